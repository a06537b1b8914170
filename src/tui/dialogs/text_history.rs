//! Changes of a text that is being written, to be taken back and made again.

/// What was changed, the latest last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TextHistory {
    done: Vec<TextChange>,
    undone: Vec<TextChange>,
    /// The next letter may join the last change: the cursor has not moved since.
    joins: bool,
}

/// A piece of text that took the place of another.
#[derive(Clone, Debug, PartialEq, Eq)]
struct TextChange {
    /// Where, in bytes from the beginning.
    at: usize,
    removed: String,
    inserted: String,
    /// Where the cursor stood before.
    cursor: usize,
}

impl TextHistory {
    /// From here on what is typed is a change of its own.
    pub(super) fn pause(&mut self) {
        self.joins = false;
    }

    /// Takes note of a change that is about to be made. Letters that are typed one
    /// after another are one change up to the next word, and so are those that are
    /// deleted one after another.
    pub(super) fn record(&mut self, at: usize, removed: &str, inserted: &str, cursor: usize) {
        self.undone.clear();
        let is_letter = inserted.chars().count() + removed.chars().count() == 1;
        let joins = std::mem::replace(&mut self.joins, is_letter) && is_letter;
        match self.done.last_mut().filter(|_| joins) {
            Some(last) if last.continues_with(at, inserted) => last.inserted += inserted,
            Some(last) if last.extends_back_to(at, removed, inserted) => {
                last.removed.insert_str(0, removed);
                last.at = at;
            }
            _ => self.done.push(TextChange {
                at,
                removed: removed.to_owned(),
                inserted: inserted.to_owned(),
                cursor,
            }),
        }
    }

    /// Takes the last change back; returns where the cursor stood before it.
    pub(super) fn undo(&mut self, text: &mut String) -> Option<usize> {
        self.pause();
        let change = self.done.pop()?;
        text.replace_range(change.at..change.at + change.inserted.len(), &change.removed);
        let cursor = change.cursor;
        self.undone.push(change);
        Some(cursor)
    }

    /// Makes again what was taken back last; returns where the cursor stands then.
    pub(super) fn redo(&mut self, text: &mut String) -> Option<usize> {
        let change = self.undone.pop()?;
        text.replace_range(change.at..change.at + change.removed.len(), &change.inserted);
        let cursor = change.at + change.inserted.len();
        self.done.push(change);
        Some(cursor)
    }
}

impl TextChange {
    /// Whether a text that is inserted belongs to the same word, or to the gap behind it.
    fn continues_with(&self, at: usize, inserted: &str) -> bool {
        let begins_word = self.inserted.ends_with(char::is_whitespace)
            && !inserted.starts_with(char::is_whitespace);
        let goes_on = at == self.at + self.inserted.len() && !self.inserted.is_empty();
        goes_on && !inserted.is_empty() && !begins_word
    }

    /// Whether this was deleted just behind what is deleted now.
    fn extends_back_to(&self, at: usize, removed: &str, inserted: &str) -> bool {
        let only_deletes = self.inserted.is_empty() && inserted.is_empty();
        only_deletes && at + removed.len() == self.at
    }
}
