//! A dialog that is open: the question, and its form as far as it is filled in.

use tui_input::{Input, InputRequest};

use crate::command::{Key, KeyPress};
use crate::text::sanitize;
use crate::tui::world::World;

use super::dialog::{Answer, Dialog, Form, Lines, List, Prompt};
use super::line_assist::{History, typed_to};

/// Bytes of the longest line that takes pasted text.
const LONGEST_LINE: usize = 64_000;

/// A question that waits for its answer.
#[derive(Debug)]
pub(crate) struct OpenDialog {
    pub dialog: Box<dyn Dialog>,
    /// What is asked, with the form as far as it is filled in.
    pub prompt: Prompt,
    /// The text goes on with what was begun before.
    pub is_resumed: bool,
    /// Why the last answer could not be taken.
    pub refusal: Option<String>,
}

impl OpenDialog {
    pub(crate) fn new(dialog: Box<dyn Dialog>, world: &World) -> Self {
        let prompt = dialog.prompt(world);
        Self { dialog, prompt, is_resumed: false, refusal: None }
    }

    /// The answer as it stands; what is typed where no line is found by it.
    pub(crate) fn answer(&self) -> Answer {
        match &self.prompt.form {
            Form::Lines(Lines { lines, .. }) => Answer::Typed(
                lines.iter().map(|line| line.input.value().trim().to_owned()).collect(),
            ),
            Form::Text(writing, _) => Answer::Typed(vec![writing.text().trim_end().to_owned()]),
            Form::List(list) => Answer::Chosen(list.cursor),
            Form::Pick(picker) => match picker.chosen() {
                Some(chosen) => Answer::Chosen(chosen),
                None => Answer::Typed(vec![picker.input.value().trim().to_owned()]),
            },
        }
    }

    /// Goes on to the next line that is to be typed, or stays where something
    /// cannot be; false behind the last.
    pub(crate) fn next_line(&mut self, world: &World) -> bool {
        let answer = self.answer();
        let Form::Lines(lines) = &mut self.prompt.form else { return false };
        if lines.lines.len() > 1
            && let Err(wrong) = self.dialog.preview(&answer, lines.at, world)
        {
            self.refusal = Some(wrong);
            return true;
        }
        let goes_on = lines.at + 1 < lines.lines.len();
        lines.at += usize::from(goes_on);
        goes_on
    }

    /// The line above or below; true if there are several.
    pub(crate) fn step_line(&mut self, down: bool) -> bool {
        let Form::Lines(Lines { lines, at }) = &mut self.prompt.form else { return false };
        let last = lines.len() - 1;
        *at = if down { (*at + 1).min(last) } else { at.saturating_sub(1) };
        last > 0
    }

    /// Completes the word in front of the cursor.
    pub(crate) fn complete(&mut self, world: &World) {
        match &mut self.prompt.form {
            Form::Lines(Lines { lines, at }) => {
                let line = &mut lines[*at];
                let front = line.input.value().get(..typed_to(&line.input)).unwrap_or_default();
                let (start, words) = self.dialog.complete(*at, front, world);
                line.replaces = false;
                line.assist.complete(start, words, &mut line.input);
            }
            Form::Pick(picker) => picker.step(true),
            Form::List(_) | Form::Text(..) => {}
        }
    }

    /// What was typed here before, or the line above or below.
    pub(crate) fn recall(&mut self, older: bool, history: &History) {
        if self.step_line(!older) {
            return;
        }
        match &mut self.prompt.form {
            Form::Lines(Lines { lines, at }) => {
                let line = &mut lines[*at];
                line.replaces = false;
                line.assist.recall(older, self.prompt.name, history, &mut line.input);
            }
            Form::Pick(picker) => picker.step(!older),
            Form::List(_) | Form::Text(..) => {}
        }
    }

    /// Takes note of what was typed, for the next time.
    pub(crate) fn remember(&self, history: &mut History) {
        if let Form::Lines(Lines { lines, .. }) = &self.prompt.form
            && let [line] = lines.as_slice()
        {
            history.remember(self.prompt.name, line.input.value().trim());
        }
    }

    /// The line of a list that a digit stands for, if there is one.
    pub(crate) fn numbered(&self, digit: u8) -> Option<usize> {
        let Form::List(List { lines, .. }) = &self.prompt.form else { return None };
        usize::from(digit).checked_sub(1).filter(|at| *at < lines.len())
    }

    /// What a key of the list answers, if it is one.
    pub(crate) fn answers(&self, press: KeyPress) -> Option<Answer> {
        let Form::List(List { keys, cursor, .. }) = &self.prompt.form else { return None };
        let Key::Char(typed) = press.key else { return None };
        let is_key = !press.control && keys.iter().any(|(key, _)| *key == typed);
        is_key.then_some(Answer::Key(typed, *cursor))
    }

    /// The line that is typed.
    fn input(&mut self) -> Option<&mut Input> {
        match &mut self.prompt.form {
            Form::Lines(Lines { lines, at }) => Some(&mut lines[*at].input),
            Form::Pick(picker) => Some(&mut picker.input),
            Form::List(_) | Form::Text(..) => None,
        }
    }

    /// What is typed has changed: what was said about it before is void.
    fn changed(&mut self) {
        self.refusal = None;
        match &mut self.prompt.form {
            Form::Lines(Lines { lines, at }) => {
                lines[*at].replaces = false;
                lines[*at].assist.forget();
            }
            Form::Pick(picker) => picker.find(),
            Form::List(_) | Form::Text(..) => {}
        }
    }

    /// What stands there as a suggestion goes with the first letter typed.
    fn replace(&mut self) {
        if let Form::Lines(Lines { lines, at }) = &mut self.prompt.form
            && std::mem::take(&mut lines[*at].replaces)
        {
            lines[*at].input = Input::default();
        }
    }

    /// Takes a key into what is typed; rows of a text have so many columns.
    pub(crate) fn type_key(&mut self, press: KeyPress, columns: usize) {
        if let Form::Text(writing, _) = &mut self.prompt.form {
            writing.type_key(press, columns);
            return self.changed();
        }
        let request = match (press.key, press.control) {
            (Key::Char(c), false) => InputRequest::InsertChar(c),
            (Key::Left, false) | (Key::Char('b'), true) => InputRequest::GoToPrevChar,
            (Key::Right, false) | (Key::Char('f'), true) => InputRequest::GoToNextChar,
            (Key::Left, true) => InputRequest::GoToPrevWord,
            (Key::Right, true) => InputRequest::GoToNextWord,
            (Key::Home, _) | (Key::Char('a'), true) => InputRequest::GoToStart,
            (Key::End, _) | (Key::Char('e'), true) => InputRequest::GoToEnd,
            (Key::Backspace, false) | (Key::Char('h'), true) => InputRequest::DeletePrevChar,
            (Key::Delete, _) | (Key::Char('d'), true) => InputRequest::DeleteNextChar,
            (Key::Backspace | Key::Char('w'), true) => InputRequest::DeletePrevWord,
            (Key::Char('u'), true) => InputRequest::DeleteFromStart,
            (Key::Char('k'), true) => InputRequest::DeleteTillEnd,
            (Key::Char('y'), true) => InputRequest::Yank,
            _ => return,
        };
        if matches!(request, InputRequest::InsertChar(_)) {
            self.replace();
        }
        let Some(input) = self.input() else { return };
        input.handle(request);
        self.changed();
    }

    /// Takes pasted text into what is typed. In a line what would act or break it is
    /// shown as a visible character, line breaks as spaces. False if nothing was taken.
    pub(crate) fn paste(&mut self, text: &str) -> bool {
        if let Form::Text(writing, _) = &mut self.prompt.form {
            writing.paste(text);
            self.changed();
            return true;
        }
        let Some(input) = self.input() else { return false };
        let length = input.value().len() + text.len();
        if length > LONGEST_LINE {
            let length = (length + 500) / 1000;
            let refusal = format!("that is {length} kB: too long for one line; nothing was taken");
            self.refusal = Some(refusal);
            return false;
        }
        self.replace();
        let Some(input) = self.input() else { return false };
        let line = text.split(['\n', '\r']).filter(|part| !part.is_empty());
        let line = line.collect::<Vec<_>>().join(" ");
        let line = sanitize(&line);
        let at = typed_to(input);
        let (front, behind) = input.value().split_at(at);
        let value = format!("{front}{line}{behind}");
        let cursor = input.cursor() + line.chars().count();
        *input = std::mem::take(input).with_value(value).with_cursor(cursor);
        self.changed();
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Date, Portfolio};
    use crate::judge::ScoreRule;
    use crate::tui::action::Action;
    use crate::tui::dialogs::pick::Choice;
    use crate::tui::world::ScoredPortfolio;

    /// A question with this form; its answer leads to nothing.
    #[derive(Debug)]
    struct Asked(Form);

    impl Dialog for Asked {
        fn prompt(&self, _: &World) -> Prompt {
            Prompt::new("asked", "asked", self.0.clone())
        }

        fn submit(&mut self, _answer: &Answer, _world: &World) -> Result<Vec<Action>, String> {
            Ok(Vec::new())
        }
    }

    fn open(form: Form) -> OpenDialog {
        let day = Date::constant(2026, 3, 1);
        let portfolio = ScoredPortfolio::new(Portfolio::default(), ScoreRule::default(), day);
        OpenDialog::new(Box::new(Asked(form)), &World::new(portfolio))
    }

    fn press(dialog: &mut OpenDialog, key: Key) {
        dialog.type_key(KeyPress::plain(key), 80);
    }

    #[test]
    fn pasted_text_becomes_one_harmless_line() {
        let mut dialog = open(Form::edited("A ", ""));
        dialog.paste("first\r\nsecond \u{1b}[31m\n");
        assert_eq!(dialog.answer().text(), "A first second ␛[31m");
    }

    #[test]
    fn a_line_takes_64_kilobytes_of_pasted_text_and_refuses_more() {
        for form in [Form::edited("ab", ""), Form::pick(Vec::<Choice>::new())] {
            let mut dialog = open(form);
            press(&mut dialog, Key::Left);
            assert!(!dialog.paste(&"é".repeat(32_001)));
            let refusal = "that is 64 kB: too long for one line; nothing was taken";
            assert_eq!(dialog.refusal.as_deref(), Some(refusal));
            assert!(dialog.paste(&"é".repeat(31_999)));
            assert_eq!(dialog.refusal, None);
        }
        let mut dialog = open(Form::edited("ab", ""));
        press(&mut dialog, Key::Left);
        dialog.paste("été ");
        press(&mut dialog, Key::Char('!'));
        assert_eq!(dialog.answer().text(), "aété !b");
    }

    #[test]
    fn editing_keys_edit_and_clear_the_refusal() {
        let mut dialog = open(Form::edited("two words", ""));
        dialog.refusal = Some("no".into());
        dialog.type_key(KeyPress { key: Key::Char('w'), control: true }, 80);
        press(&mut dialog, Key::Char('!'));
        assert_eq!(dialog.answer().text(), "two !");
        assert_eq!(dialog.refusal, None);
    }

    #[test]
    fn the_first_letter_replaces_a_suggestion_and_an_arrow_edits_it() {
        let mut dialog = open(Form::suggested("in 3 months", ""));
        press(&mut dialog, Key::Char('f'));
        press(&mut dialog, Key::Char('r'));
        assert_eq!(dialog.answer().text(), "fr");
        let mut dialog = open(Form::suggested("in 3 months", ""));
        press(&mut dialog, Key::End);
        press(&mut dialog, Key::Char('!'));
        assert_eq!(dialog.answer().text(), "in 3 months!");
        let mut dialog = open(Form::suggested("in 3 months", ""));
        dialog.paste("2w");
        assert_eq!(dialog.answer().text(), "2w");
    }
}
