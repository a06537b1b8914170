//! Replaced bytes, and how to find them again.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::file::SourceFile;

/// How many bytes around a spot must be the same for it to be that spot.
const CONTEXT: usize = 32;

/// All patches of one file, in the order in which they were made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct FilePatch {
    /// Name of the file in its folder.
    pub(super) file: String,
    /// Length before; `None` if there was no file.
    pub(super) before: Option<usize>,
    /// Length after; `None` if the file was removed.
    pub(super) after: Option<usize>,
    pub(super) patches: Vec<Patch>,
}

/// One replaced stretch of a file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Patch {
    /// Where it starts in the file.
    pub(super) at: usize,
    /// The idea in whose part it starts once it is made, and where in it.
    pub(super) anchor: Option<(String, usize)>,
    pub(super) before: String,
    pub(super) after: String,
    /// What stands around it.
    left: String,
    right: String,
}

impl Patch {
    /// The patch that has replaced `before` by what now stands at `spot`.
    pub(super) fn new(file: &SourceFile, spot: Range<usize>, before: String) -> Self {
        let text = &file.text;
        let left = floor_char_boundary(text, spot.start.saturating_sub(CONTEXT));
        let right = floor_char_boundary(text, (spot.end + CONTEXT).min(text.len()));
        let anchor = file.slots.iter().rfind(|slot| slot.range.start <= spot.start);
        let anchor = anchor
            .and_then(|slot| Some((slot.id.as_ref()?.to_string(), spot.start - slot.range.start)));
        Self {
            at: spot.start,
            anchor,
            before,
            after: text[spot.clone()].to_owned(),
            left: text[left..spot.start].to_owned(),
            right: text[spot.end..right].to_owned(),
        }
    }

    /// Where the written bytes stand in a file: at the same place, else at the
    /// same place of the same idea, else anywhere in that idea if only once;
    /// outside of any idea, anywhere in the file if only once.
    pub(super) fn find(&self, file: &SourceFile) -> Option<Range<usize>> {
        let text = &file.text;
        let fits = |at: usize| self.fits(text, at);
        let at = match &self.anchor {
            _ if fits(self.at) => self.at,
            Some((id, offset)) => {
                let slot = file.slots.iter().find(|slot| slot.id.as_deref() == Some(id))?;
                let at = slot.range.start + offset;
                if fits(at) { at } else { self.find_only(text, slot.range.clone())? }
            }
            None => self.find_only(text, 0..text.len()).filter(|at| fits(*at))?,
        };
        Some(at..at + self.after.len())
    }

    fn fits(&self, text: &str, at: usize) -> bool {
        let Some(start) = at.checked_sub(self.left.len()) else { return false };
        let Some(rest) = text.get(start..) else { return false };
        let rest = rest.strip_prefix(self.left.as_str());
        let rest = rest.and_then(|rest| rest.strip_prefix(self.after.as_str()));
        // A spot at the end of its file is still at the end.
        rest.is_some_and(|rest| {
            if self.right.is_empty() { rest.is_empty() } else { rest.starts_with(&self.right) }
        })
    }

    fn find_only(&self, text: &str, range: Range<usize>) -> Option<usize> {
        let sought = [self.left.as_str(), &self.after, &self.right].concat();
        let part = &text[range.clone()];
        let at = part.find(&sought)?;
        (part.rfind(&sought) == Some(at)).then_some(range.start + at + self.left.len())
    }
}

/// The range of `old` that differs from `new`, and what stands there instead.
pub(super) fn difference<'n>(old: &str, new: &'n str) -> Option<(Range<usize>, &'n str)> {
    if old == new {
        return None;
    }
    let same = old.bytes().zip(new.bytes()).take_while(|(old, new)| old == new).count();
    let start = floor_char_boundary(old, same);
    let (old_rest, new_rest) = (&old.as_bytes()[start..], &new.as_bytes()[start..]);
    let pairs = old_rest.iter().rev().zip(new_rest.iter().rev());
    let mut tail = pairs.take_while(|(old, new)| old == new).count();
    while !old.is_char_boundary(old.len() - tail) {
        tail -= 1;
    }
    Some((start..old.len() - tail, &new[start..new.len() - tail]))
}

fn floor_char_boundary(text: &str, mut offset: usize) -> usize {
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::file::FileKind;

    #[test]
    fn a_difference_is_small_and_on_characters() {
        assert_eq!(difference("a = 7\n", "a = 8\n"), Some((4..5, "8")));
        assert_eq!(difference("aa", "aaa"), Some((2..2, "a")));
        assert_eq!(difference("é", "è"), Some((0..2, "è")));
        assert_eq!(difference("xé", "x\u{129}"), Some((1..3, "\u{129}")));
        assert_eq!(difference("same", "same"), None);
    }

    #[test]
    fn a_spot_is_found_where_it_is_and_nowhere_else() {
        let mut file = SourceFile::new("x.toml".into(), FileKind::Ideas);
        let text = "[[idea]]\ntitle = \"A\"\na1 = 1\n[[idea]]\ntitle = \"B\"\na1 = 1\n";
        file.replace(0..0, text);
        let at = text.rfind("1\n").unwrap();
        for slot in &mut file.slots {
            slot.id.clone_from(&slot.slug);
        }
        let patch = Patch::new(&file, at..at + 1, "2".to_owned());
        assert_eq!(patch.anchor, Some(("b".to_owned(), at - text.rfind("[[").unwrap())));
        assert_eq!(patch.find(&file), Some(at..at + 1));
        file.replace(9..9, "note = 1\n");
        assert_eq!(patch.find(&file), Some(at + 9..at + 10));
        file.replace(at + 9..at + 10, "3");
        assert_eq!(patch.find(&file), None);
    }
}
