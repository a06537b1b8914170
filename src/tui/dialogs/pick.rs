//! One of many lines, found by typing.

use tui_input::Input;

use crate::find::{Finder, fold};

/// A list that shrinks while its search is typed.
#[derive(Clone, Debug)]
pub(crate) struct Picker {
    pub input: Input,
    pub choices: Vec<Choice>,
    /// What each line is found by.
    keys: Vec<String>,
    /// Positions of the lines that match, the best first.
    found: Vec<usize>,
    /// Which of the found lines is under the cursor.
    cursor: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    pub text: String,
    /// The key that does the same, or what else belongs to it.
    pub aside: String,
    /// Other words that it is found by; not shown.
    pub synonyms: String,
    /// Why it cannot be chosen now.
    pub refusal: Option<String>,
}

impl Picker {
    /// A list of which nothing has been typed yet.
    pub(crate) fn new(choices: Vec<Choice>) -> Self {
        let key = |Choice { text, aside, synonyms, .. }: &Choice| {
            fold(&format!("{text} {aside} {synonyms}"))
        };
        let keys = choices.iter().map(key).collect();
        let found = (0..choices.len()).collect();
        Self { input: Input::default(), choices, keys, found, cursor: 0 }
    }

    /// Finds again after what is typed has changed.
    pub(crate) fn find(&mut self) {
        let query = fold(self.input.value());
        let words: Vec<&str> = query.split_whitespace().collect();
        let mut found = Finder::default().find(&query, &self.keys);
        // Scattered letters count only where no line holds the words as they are typed.
        let holds = |at: &usize| words.iter().all(|word| self.keys[*at].contains(word));
        if found.iter().any(holds) {
            found.retain(holds);
        }
        found.sort_by_key(|at| {
            let Choice { text, synonyms, refusal, .. } = &self.choices[*at];
            let is_name = synonyms.split_whitespace().next() == Some(query.as_str());
            let near = if is_name { 0 } else { how_near(&fold(text), &query) };
            (near > 0, refusal.is_some(), near)
        });
        self.found = found;
        self.cursor = 0;
    }

    /// Moves the cursor, and goes on at the other end.
    pub(crate) fn step(&mut self, down: bool) {
        let count = self.found.len();
        if count > 0 {
            self.cursor = if down { self.cursor + 1 } else { self.cursor + count - 1 } % count;
        }
    }

    /// Puts the cursor on one of the shown lines.
    pub(crate) fn point(&mut self, line: usize) {
        self.cursor = line.min(self.found.len().saturating_sub(1));
    }

    /// The lines that match, the best first.
    pub(crate) fn shown(&self) -> impl Iterator<Item = &Choice> {
        self.found.iter().filter_map(|at| self.choices.get(*at))
    }

    /// Which of the shown lines is under the cursor.
    pub(crate) const fn cursor(&self) -> usize {
        self.cursor
    }

    /// The position of the line under the cursor among all lines.
    pub(crate) fn chosen(&self) -> Option<usize> {
        self.found.get(self.cursor).copied()
    }
}

/// Smaller the nearer a text is to a query: it begins with it, a word of it does, or neither.
fn how_near(text: &str, query: &str) -> u8 {
    if text.starts_with(query) {
        return 0;
    }
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    if words.any(|word| word.starts_with(query)) { 1 } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picker(typed: &str) -> Picker {
        let choice = |synonyms: &str, text: &str| Choice {
            text: text.into(),
            aside: String::new(),
            synonyms: synonyms.into(),
            refusal: None,
        };
        let choices =
            vec![choice("undo", "Take the last change back"), choice("tags", "Change the tags")];
        let mut picker = Picker::new(choices);
        picker.input = typed.into();
        picker.find();
        picker
    }

    #[test]
    fn lines_are_found_by_name_and_by_text() {
        assert_eq!(picker("tags").chosen(), Some(1));
        assert_eq!(picker("last change").chosen(), Some(0));
        assert_eq!(picker("").shown().count(), 2);
        assert_eq!(picker("xyzzy").chosen(), None);
    }

    #[test]
    fn the_cursor_goes_round_the_lines_that_are_shown() {
        let mut picker = picker("change");
        let first = picker.chosen();
        picker.step(false);
        assert_ne!(picker.chosen(), first);
        picker.step(true);
        assert_eq!(picker.chosen(), first);
        picker.step(true);
        picker.step(true);
        assert_eq!(picker.chosen(), first);
    }
}
