//! Text of several lines that is being written.

use std::ops::Range;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use crate::command::{Key, KeyPress};
use crate::text::{rows, sanitize, width};

use super::text_history::TextHistory;

/// Columns of a row at most: longer ones are hard to read.
const WIDEST: u16 = 100;

/// Columns of a row on a terminal of this width, with room for the cursor behind the last.
pub(crate) fn columns(terminal: u16) -> usize {
    usize::from(terminal.saturating_sub(4).min(WIDEST).saturating_sub(1))
}

/// A text and the cursor in it. It moves by what a reader sees as characters,
/// and up and down by the rows that are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TextEditor {
    text: String,
    /// The byte in front of which the cursor stands.
    cursor: usize,
    /// The column to which the cursor returns when it moves up and down.
    goal: Option<usize>,
    /// What was last cut, to be put in again.
    cut: String,
    history: TextHistory,
    /// The text as it was when it was opened.
    before: String,
}

impl TextEditor {
    /// A text to go on with at its end.
    pub(crate) fn new(text: String) -> Self {
        Self { cursor: text.len(), before: text.clone(), text, ..Self::default() }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether it says anything else than when it was opened.
    pub(crate) fn is_changed(&self) -> bool {
        self.text.trim_end() != self.before.trim_end()
    }

    /// The rows in so many columns, and the row and the column of the cursor.
    pub(crate) fn laid_out(&self, columns: usize) -> (Vec<Range<usize>>, (usize, usize)) {
        let rows = rows(&self.text, columns);
        // At a soft break the cursor stands in front of what comes.
        let row = rows.iter().rposition(|row| row.start <= self.cursor).unwrap_or(0);
        let column = width(&sanitize(&self.text[rows[row].start..self.cursor]));
        (rows, (row, column))
    }

    /// Takes a key; `columns` are those of a row.
    pub(crate) fn type_key(&mut self, press: KeyPress, columns: usize) {
        let goal = self.goal.take();
        let length = self.text.len();
        match (press.key, press.control) {
            (Key::Char(c), false) => self.insert(c.encode_utf8(&mut [0; 4])),
            (Key::Enter, _) | (Key::Char('j'), true) => self.insert("\n"),
            (Key::Tab, _) => self.insert("  "),
            (Key::Backspace, false) | (Key::Char('h'), true) => {
                self.remove(self.before_cursor()..self.cursor);
            }
            (Key::Delete, _) | (Key::Char('d'), true) => {
                self.remove(self.cursor..self.behind_cursor());
            }
            (Key::Backspace | Key::Char('w'), true) => self.cut(self.word_before()..self.cursor),
            (Key::Char('u'), true) => self.cut(self.line_start()..self.cursor),
            (Key::Char('k'), true) => self.cut(self.cursor..self.line_end()),
            (Key::Char('y'), true) => {
                let cut = self.cut.clone();
                self.insert(&cut);
            }
            (Key::Left, false) | (Key::Char('b'), true) => self.cursor = self.before_cursor(),
            (Key::Right, false) | (Key::Char('f'), true) => self.cursor = self.behind_cursor(),
            (Key::Left, true) => self.cursor = self.word_before(),
            (Key::Right, true) => self.cursor = self.word_behind(),
            (Key::Home, false) | (Key::Char('a'), true) => self.cursor = self.line_start(),
            (Key::End, false) | (Key::Char('e'), true) => self.cursor = self.line_end(),
            (Key::Home, true) => self.cursor = 0,
            (Key::End, true) => self.cursor = self.text.len(),
            (Key::Up, _) | (Key::Char('p'), true) => self.move_rows(-1, goal, columns),
            (Key::Down, _) | (Key::Char('n'), true) => self.move_rows(1, goal, columns),
            (Key::PageUp, _) => self.move_rows(-10, goal, columns),
            (Key::PageDown, _) => self.move_rows(10, goal, columns),
            _ => self.goal = goal,
        }
        let cursor_moved = self.text.len() == length;
        if cursor_moved {
            self.history.pause();
        }
    }

    /// Takes the last change back, if there is one.
    pub(crate) fn undo(&mut self) {
        self.goal = None;
        self.cursor = self.history.undo(&mut self.text).unwrap_or(self.cursor);
    }

    /// Makes again what was taken back last.
    pub(crate) fn redo(&mut self) {
        self.goal = None;
        self.cursor = self.history.redo(&mut self.text).unwrap_or(self.cursor);
    }

    /// Takes pasted text in as it is, but for what would act on a terminal,
    /// which is shown as a visible character.
    pub(crate) fn paste(&mut self, text: &str) {
        self.goal = None;
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let clean = |line: &str| {
            let parts = line.split('\t').map(|part| sanitize(part).into_owned());
            parts.collect::<Vec<_>>().join("\t")
        };
        let lines: Vec<String> = text.split('\n').map(clean).collect();
        self.insert(&lines.join("\n"));
    }

    fn insert(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        self.history.record(self.cursor, "", text, self.cursor);
        self.text.insert_str(self.cursor, text);
        self.cursor += text.len();
    }

    fn remove(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            let removed = &self.text[range.clone()];
            self.history.record(range.start, removed, "", self.cursor);
        }
        self.cursor = range.start;
        self.text.replace_range(range, "");
    }

    fn cut(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.text[range.clone()].clone_into(&mut self.cut);
        }
        self.remove(range);
    }

    fn before_cursor(&self) -> usize {
        let mut cursor = GraphemeCursor::new(self.cursor, self.text.len(), true);
        cursor.prev_boundary(&self.text, 0).ok().flatten().unwrap_or(0)
    }

    fn behind_cursor(&self) -> usize {
        let mut cursor = GraphemeCursor::new(self.cursor, self.text.len(), true);
        cursor.next_boundary(&self.text, 0).ok().flatten().unwrap_or(self.text.len())
    }

    fn word_before(&self) -> usize {
        let mut words = self.text[..self.cursor].unicode_word_indices();
        words.next_back().map_or(0, |(at, _)| at)
    }

    fn word_behind(&self) -> usize {
        let mut words = self.text[self.cursor..].unicode_word_indices();
        words.next().map_or(self.text.len(), |(at, word)| self.cursor + at + word.len())
    }

    fn line_start(&self) -> usize {
        self.text[..self.cursor].rfind('\n').map_or(0, |at| at + 1)
    }

    fn line_end(&self) -> usize {
        self.text[self.cursor..].find('\n').map_or(self.text.len(), |at| self.cursor + at)
    }

    /// Moves so many rows up or down; beyond the first and the last to the beginning and the end.
    fn move_rows(&mut self, by: isize, goal: Option<usize>, columns: usize) {
        let (rows, (row, column)) = self.laid_out(columns);
        let goal = goal.unwrap_or(column);
        let Some(target) = row.checked_add_signed(by).filter(|row| *row < rows.len()) else {
            self.cursor = if by < 0 { 0 } else { self.text.len() };
            return;
        };
        let range = rows[target].clone();
        let goes_on = rows.get(target + 1).is_some_and(|next| next.start == range.end);
        let mut used = 0;
        self.cursor = range.end;
        for (at, grapheme) in self.text[range.clone()].grapheme_indices(true) {
            let last = range.start + at + grapheme.len() == range.end;
            // The end of a row that goes on is the beginning of the next.
            if used >= goal || (last && goes_on) {
                self.cursor = range.start + at;
                break;
            }
            used += width(&sanitize(grapheme));
        }
        self.goal = Some(goal);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::parse_keys;
    use proptest::prelude::*;

    /// A text after some keys, with `|` where the cursor stands.
    fn typed(before: &str, keys: &str, columns: usize) -> String {
        let mut writing = TextEditor::new(before.to_owned());
        for press in parse_keys(keys).unwrap() {
            writing.type_key(press, columns);
        }
        let (front, behind) = writing.text.split_at(writing.cursor);
        format!("{front}|{behind}")
    }

    #[test]
    fn keys_write_move_and_cut() {
        for (before, keys, after) in [
            ("", "one<enter>two", "one\ntwo|"),
            ("one", "<home>x<end>y", "xoney|"),
            ("one two", "<c-w>", "one |"),
            ("one two", "<c-w><c-a><c-y>", "two|one "),
            ("one\ntwo", "<c-u><bs>", "one|"),
            ("one\ntwo", "<home><bs><c-k>", "one|"),
            ("e\u{301}👩‍🔬", "<left>x", "e\u{301}x|👩‍🔬"),
            ("e\u{301}👩‍🔬", "<left><left><del>", "|👩‍🔬"),
            ("a\nlonger\nb", "<up><up><end>", "a|\nlonger\nb"),
            ("abc\nd\nefg", "<up><up>", "abc|\nd\nefg"),
            ("abc", "<up>x<down>y", "xabcy|"),
        ] {
            assert_eq!(typed(before, keys, 40), after, "{before:?} {keys}");
        }
    }

    #[test]
    fn the_cursor_moves_by_the_rows_that_are_shown() {
        // "one two " | "three"
        assert_eq!(typed("one two three", "<up>", 9), "one t|wo three");
        assert_eq!(typed("one two three", "<up><up>", 9), "|one two three");
        assert_eq!(typed("one two threeee", "<up>", 8), "one two| threeee");
        assert_eq!(typed("日本語日本語", "<up>", 6), "日本|語日本語");
    }

    #[test]
    fn words_are_taken_back_one_by_one_and_made_again() {
        let mut writing = TextEditor::new("so: ".to_owned());
        let type_keys = |writing: &mut TextEditor, keys: &str| {
            parse_keys(keys).unwrap().into_iter().for_each(|press| writing.type_key(press, 40));
        };
        type_keys(&mut writing, "one two<c-w>");
        writing.paste("2\n3");
        type_keys(&mut writing, "<bs><bs>");
        let mut steps = vec![writing.text.clone()];
        for _ in 0..6 {
            writing.undo();
            steps.push(writing.text.clone());
        }
        let expected =
            ["so: one 2", "so: one 2\n3", "so: one ", "so: one two", "so: one ", "so: ", "so: "];
        assert_eq!(steps, expected);
        assert_eq!(writing.cursor, 4);
        (0..9).for_each(|_| writing.redo());
        assert_eq!(writing.text, "so: one 2");
        writing.undo();
        type_keys(&mut writing, "x");
        writing.redo();
        assert_eq!(writing.text, "so: one 2\n3x", "what is typed ends what could be made again");
    }

    #[test]
    fn letters_behind_a_move_of_the_cursor_are_a_change_of_their_own() {
        let mut writing = TextEditor::new(String::new());
        parse_keys("ab<left><right>c").unwrap().into_iter().for_each(|press| {
            writing.type_key(press, 40);
        });
        writing.undo();
        assert_eq!(writing.text, "ab");
    }

    #[test]
    fn what_is_pasted_goes_in_as_it_is_and_harmless() {
        let mut writing = TextEditor::new("> ".to_owned());
        writing.paste("first\r\n\tsecond \u{1b}[31m\n\nthird\u{202e}\r");
        assert_eq!(writing.text(), "> first\n\tsecond ␛[31m\n\nthird�\n");
        assert!(writing.is_changed());
    }

    proptest! {
        /// Whatever is typed, the cursor stands between two characters of the
        /// text, and in the row and column where it is drawn; and undo leads back
        /// to where it began.
        #[test]
        fn the_cursor_never_stands_inside_a_character(
            text in "[ab \n日e\u{301}👩‍🔬]{0,20}",
            keys in proptest::collection::vec(0_usize..14, 0..30),
            columns in 1_usize..12,
        ) {
            let keys: String = keys.into_iter().map(|at| [
                "x", " ", "<enter>", "<bs>", "<del>", "<left>", "<right>", "<up>", "<down>",
                "<home>", "<end>", "<c-w>", "<c-k>", "<c-y>",
            ][at]).collect();
            let mut writing = TextEditor::new(text.clone());
            for press in parse_keys(&keys).unwrap() {
                writing.type_key(press, columns);
                prop_assert!(writing.text.is_char_boundary(writing.cursor));
                let (rows, (row, column)) = writing.laid_out(columns);
                prop_assert!(rows[row].start <= writing.cursor && writing.cursor <= rows[row].end);
                // A character may be wider than the row.
                let widest = writing.text.graphemes(true).map(|c| width(&sanitize(c))).max();
                let most = columns.max(widest.unwrap_or(0));
                prop_assert!(column <= most, "{column} in {most}");
                let all: usize = rows.iter().map(ExactSizeIterator::len).sum();
                let breaks = writing.text.matches('\n').count();
                prop_assert_eq!(all + breaks, writing.text.len());
            }
            let written = writing.text.clone();
            (0..=keys.len()).for_each(|_| writing.undo());
            prop_assert_eq!(&writing.text, &text, "everything can be taken back");
            (0..=keys.len()).for_each(|_| writing.redo());
            prop_assert_eq!(&writing.text, &written, "and made again");
        }
    }
}
