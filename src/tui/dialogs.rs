//! Questions to the user as values: a line to type or a list to choose from,
//! and what happens with the answer.

pub(super) mod answers;
mod line_assist;
mod pick;
mod text_editor;

use tui_input::{Input, InputRequest};

use crate::command::{Invocation, Key, KeyPress};
use crate::domain::{CaseField, Date, Field, Idea, Outcome, Status, day_from_words};
use crate::text::{sanitize, shorten};
use crate::tui::app::message::EditorText;

pub(super) use line_assist::{History, LineAssist, typed_to};
pub(super) use pick::{Choice, Picker};
pub(super) use text_editor::{TextEditor, columns as writing_columns};

/// The causes of death that stand in the list, in the order of their numbers.
/// Behind them stands one that is put in words.
pub(super) const CAUSES: [&str; 5] = ["no ceiling", "taken", "not mine", "too slow", "bored"];

/// Columns at most for a question of the workspace, in front of its answer.
const LENS: usize = 56;

/// Bytes of the longest line that takes pasted text.
const LONGEST_LINE: usize = 64_000;

/// A question that waits for its answer.
#[derive(Clone, Debug)]
pub(super) struct Prompt {
    /// What is asked, in a few words.
    pub label: String,
    /// How it can be answered.
    pub form: Form,
    /// What the answer is for.
    pub then: Then,
    /// Why the last answer could not be taken.
    pub refusal: Option<String>,
}

/// How a question can be answered.
#[derive(Clone, Debug)]
pub(super) enum Form {
    Line {
        input: Input,
        hint: String,
        /// Where recalling and completing stand.
        assist: LineAssist,
    },
    Text {
        writing: Box<TextEditor>,
        hint: String,
    },
    /// By finding one of many lines.
    Pick(Picker),
    /// By choosing from a list.
    List {
        /// The lines, in the order of their numbers.
        lines: Vec<String>,
        /// The line under the cursor.
        cursor: usize,
    },
}

/// An answer to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// The line that was typed, trimmed, or the lines without the blank ones at
    /// their end.
    Text(String),
    /// The line that was chosen, from 0.
    Chosen(usize),
}

/// What an answer is for: the continuation of a prompt.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Then {
    /// Filters while it is typed; the answer keeps the filter.
    Find,
    /// Limits the duels to what a search finds.
    Limit,
    /// Adds an idea with this title.
    Add,
    /// Runs the chosen one of these.
    Run(Vec<Runnable>),
    /// Shows what the chosen one of these saved filters finds.
    Filter(Vec<String>),
    /// Saves this search under a name.
    SaveFilter(String),
    /// Forgets the chosen one of these saved filters.
    ForgetFilter(Vec<String>),
    /// Changes something about an idea.
    Idea {
        id: String,
        /// What is asked about it.
        about: About,
    },
    /// The same about several ideas at once, in one edit.
    Ideas {
        ids: Vec<String>,
        /// What is asked about each.
        about: About,
    },
    /// Decides between an edit and an external change to the same place.
    Conflict,
    /// Decides about a text that is left before it was saved.
    LeaveWriting(Unsaved),
    Sort,
    /// Opens the editor on a text again that is not an idea yet.
    EditAgain(EditorText),
    /// Quits in spite of edits that are not saved.
    Quit,
    Welcome,
}

/// A text that is left before it was saved: all that it takes to go on with it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Unsaved {
    pub label: String,
    pub writing: Box<TextEditor>,
    pub hint: String,
    /// What the text is for.
    pub then: Box<Then>,
}

impl From<Unsaved> for Prompt {
    fn from(Unsaved { label, writing, hint, then }: Unsaved) -> Self {
        Self { label, form: Form::Text { writing, hint }, then: *then, refusal: None }
    }
}

/// What can be run by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Runnable {
    Command(Invocation),
    /// A line to type in the shell.
    Shell(&'static str),
    /// A search that was saved under this name.
    Filter(String),
}

/// What can be asked about an idea.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum About {
    /// A rating, as a number or a range.
    Rating(Field),
    Title,
    Tags,
    /// A log entry in one line.
    Log,
    /// A log entry over several lines.
    Note,
    Summary {
        /// What stood there when it was opened.
        before: String,
    },
    Status,
    Why(Status),
    /// Until when, or until which idea is decided, it is parked.
    ParkedUntil {
        /// Why it is parked; empty if no reason was given.
        why: String,
    },
    /// Which way of betting it is.
    Bet,
    /// Why it is given up.
    Drop,
    /// Into which of these ideas it is merged.
    Merge(Vec<String>),
    /// What is still open about it before it is shortlisted.
    Finalist(Finalist),
    /// The day of the promise with which it is started.
    PromiseBy,
    /// What is promised by that day.
    PromiseClaim {
        by: Date,
    },
    /// How sure one is of it.
    PromiseChance {
        by: Date,
        claim: String,
    },
    /// Something that the review asks.
    Review(Question),
}

/// An idea on its way to the shortlist: the sentences of its case, then what the
/// workspace asks of every finalist.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Finalist {
    /// The sentences so far, in the order of [`CaseField::ALL`].
    pub case: Vec<String>,
    pub lenses: Vec<String>,
    /// The answers so far, in the order of the questions.
    pub answers: Vec<String>,
}

/// What is asked of a finalist next.
pub(super) enum Open<'a> {
    /// A sentence of its case.
    Case(CaseField),
    /// A question of the workspace.
    Lens(&'a str),
}

impl Finalist {
    /// What is asked next; `None` when all has been.
    #[must_use]
    pub(super) fn open(&self) -> Option<Open<'_>> {
        match CaseField::ALL.get(self.case.len()) {
            Some(field) => Some(Open::Case(*field)),
            None => self.lenses.get(self.answers.len()).map(|lens| Open::Lens(lens)),
        }
    }

    /// Takes the answer to what was asked.
    pub(super) fn answered(mut self, text: &str) -> Self {
        match self.open() {
            Some(Open::Case(_)) => self.case.push(text.to_owned()),
            Some(Open::Lens(_)) => self.answers.push(text.to_owned()),
            None => {}
        }
        self
    }

    /// The questions of the workspace that were answered, with their answers, as
    /// the reason of the decision.
    #[must_use]
    pub(super) fn why(&self) -> String {
        let answered = self.lenses.iter().zip(&self.answers);
        let answered = answered.filter(|(_, answer)| !answer.is_empty());
        let said: Vec<String> = answered.map(|(lens, answer)| format!("{lens} {answer}")).collect();
        said.join(" · ")
    }
}

/// What the review asks about an idea. What was answered before is carried
/// along until all is known.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Question {
    GoOnWhy,
    /// With which promise to go on.
    GoOnPromise {
        why: String,
    },
    /// The title of the idea that grows out of this one.
    PivotTitle,
    /// Why to go on with the new one.
    PivotWhy {
        title: String,
    },
    /// Why it is given up, in a few words.
    Cause,
    /// The same in words of one's own.
    CauseWords,
    /// What was learned from it.
    Lesson {
        /// Why it is given up.
        why: String,
    },
    /// What would bring it back.
    Trigger {
        /// Why it is given up.
        why: String,
        lesson: String,
    },
    /// Where it comes back to.
    Revive,
    /// A promise in one line.
    Promise,
    PromiseEnd {
        at: usize,
    },
    /// What the world made of it.
    Outcome,
    /// What was seen when looking.
    OutcomeWhy(Outcome),
    /// Total hours and levels, from memory.
    Recall,
}

impl Then {
    /// What is asked about one idea, or about several at once.
    #[must_use]
    pub(super) fn about(mut ids: Vec<String>, about: About) -> Self {
        match ids.len() {
            1 => Self::Idea { id: ids.remove(0), about },
            _ => Self::Ideas { ids, about },
        }
    }
}

impl Prompt {
    /// Asks for a line; `text` is there to be changed.
    #[must_use]
    pub(super) fn line(
        label: impl Into<String>,
        text: impl Into<String>,
        hint: impl Into<String>,
        then: Then,
    ) -> Self {
        // What the prompt shows is what it gives back, so text that cannot be
        // shown as it stands is cleaned on the way in.
        let input = Input::from(sanitize(&text.into()).into_owned());
        let form = Form::Line { input, hint: hint.into(), assist: LineAssist::default() };
        Self { label: label.into(), form, then, refusal: None }
    }

    /// Asks for one of some lines.
    #[must_use]
    pub(super) fn list(
        label: impl Into<String>,
        lines: Vec<String>,
        cursor: usize,
        then: Then,
    ) -> Self {
        Self { label: label.into(), form: Form::List { lines, cursor }, then, refusal: None }
    }

    /// Asks for one of many lines, to be found by typing.
    #[must_use]
    pub(super) fn pick(label: impl Into<String>, choices: Vec<Choice>, then: Then) -> Self {
        Self { label: label.into(), form: Form::Pick(Picker::new(choices)), then, refusal: None }
    }

    /// Asks for a log entry on an idea.
    #[must_use]
    pub(super) fn log(id: &str) -> Self {
        let hint = "hours, traction 0–10, a note: 3h 6 first task works";
        Self::line("log", "", hint, Then::Idea { id: id.to_owned(), about: About::Log })
    }

    /// Asks for a log entry over several lines; `text` is written already.
    #[must_use]
    pub(super) fn note(idea: &Idea, text: String) -> Self {
        let label = format!("Log on {}", idea.title);
        let hint = "first hours and traction 0–10 if you like: 3h 6 first task works";
        let writing = Box::new(TextEditor::new(text));
        let then = Then::Idea { id: idea.id.clone(), about: About::Note };
        let form = Form::Text { writing, hint: hint.to_owned() };
        Self { label, form, then, refusal: None }
    }

    /// Asks for the summary of an idea.
    #[must_use]
    pub(super) fn summary(idea: &Idea) -> Self {
        let label = format!("Summary of {}", idea.title);
        let hint = "Markdown of any length; empty for none";
        let writing = Box::new(TextEditor::new(idea.summary.clone()));
        let about = About::Summary { before: idea.summary.clone() };
        let then = Then::Idea { id: idea.id.clone(), about };
        Self { label, form: Form::Text { writing, hint: hint.to_owned() }, then, refusal: None }
    }

    /// Asks what is still open about a finalist; `None` when all has been asked.
    #[must_use]
    pub(super) fn finalist(idea: &Idea, finalist: Finalist) -> Option<Self> {
        let (label, text, hint) = match finalist.open()? {
            Open::Case(field) => {
                let hint = match field {
                    CaseField::Pitch => {
                        "one sentence that a colleague could retell; may stay empty"
                    }
                    CaseField::Result => "the headline figure if it works; may stay empty",
                    CaseField::User => "who uses it the day after; may stay empty",
                    CaseField::Test => "the cheapest experiment that could kill it; may stay empty",
                };
                let text = idea.case(field).unwrap_or_default();
                (field.id().to_owned(), text.to_owned(), hint)
            }
            Open::Lens(lens) => (
                shorten(lens, LENS).into_owned(),
                String::new(),
                "goes into the decision; may stay empty",
            ),
        };
        let then = Then::Idea { id: idea.id.clone(), about: About::Finalist(finalist) };
        Some(Self::line(sanitize(&label), text, hint, then))
    }

    /// Asks why ideas are given up.
    #[must_use]
    pub(super) fn cause(ids: Vec<String>) -> Self {
        let lines = CAUSES.iter().copied().chain(["other: say it in your own words"]);
        let label = match ids.len() {
            1 => "Dropped, because".to_owned(),
            count => format!("{count} dropped, because"),
        };
        let then = Then::about(ids, About::Drop);
        Self::list(label, lines.map(str::to_owned).collect(), 0, then)
    }

    /// The same question, if it is about one of these ideas, about all of them.
    #[must_use]
    pub(super) fn about_all(self, ids: Vec<String>) -> Self {
        match self.then {
            Then::Idea { about, .. } if ids.len() > 1 => {
                let label = format!("{} ideas: {}", ids.len(), self.label);
                Self { label, then: Then::about(ids, about), ..self }
            }
            _ => self,
        }
    }

    /// The answer as it stands; what is typed where no line is found by it.
    #[must_use]
    pub(super) fn answer(&self) -> Answer {
        match &self.form {
            Form::Line { input, .. } => Answer::Text(input.value().trim().to_owned()),
            Form::Text { writing, .. } => Answer::Text(writing.text().trim_end().to_owned()),
            Form::List { cursor, .. } => Answer::Chosen(*cursor),
            Form::Pick(picker) => match picker.chosen() {
                Some(chosen) => Answer::Chosen(chosen),
                None => Answer::Text(picker.input.value().trim().to_owned()),
            },
        }
    }

    /// The line that is typed.
    fn input(&mut self) -> Option<&mut Input> {
        match &mut self.form {
            Form::Line { input, .. } => Some(input),
            Form::Pick(picker) => Some(&mut picker.input),
            Form::List { .. } | Form::Text { .. } => None,
        }
    }

    /// What is typed has changed: what was said about it before is void.
    fn changed(&mut self) {
        self.refusal = None;
        match &mut self.form {
            Form::Line { assist, .. } => assist.forget(),
            Form::Pick(picker) => picker.find(),
            Form::List { .. } | Form::Text { .. } => {}
        }
    }

    /// Takes a key into what is typed; rows of a text have so many columns.
    pub(super) fn type_key(&mut self, press: KeyPress, columns: usize) {
        if let Form::Text { writing, .. } = &mut self.form {
            writing.type_key(press, columns);
            return self.changed();
        }
        let Some(input) = self.input() else { return };
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
        input.handle(request);
        self.changed();
    }

    /// Takes pasted text into what is typed. In a line what would act or break it is
    /// shown as a visible character, line breaks as spaces. False if nothing was
    /// taken.
    pub(super) fn paste(&mut self, text: &str) -> bool {
        if let Form::Text { writing, .. } = &mut self.form {
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

/// Reads a day as people type it, seen from `today`.
///
/// # Errors
/// Says how a day can be typed.
pub(super) fn read_day(text: &str, today: Date) -> Result<Date, String> {
    let ways = "a day is 2026-03-01, or words such as fri, 2w or next month";
    day_from_words(text, today).ok_or_else(|| ways.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pasted_text_becomes_one_harmless_line() {
        let mut prompt = Prompt::line("title", "A ", "", Then::Add);
        prompt.paste("first\r\nsecond \u{1b}[31m\n");
        assert_eq!(prompt.answer(), Answer::Text("A first second ␛[31m".into()));
    }

    #[test]
    fn a_line_takes_64_kilobytes_of_pasted_text_and_refuses_more() {
        for form in [Prompt::line("", "ab", "", Then::Add), Prompt::pick("", vec![], Then::Sort)] {
            let mut prompt = form;
            prompt.type_key(KeyPress::plain(Key::Left), 80);
            assert!(!prompt.paste(&"é".repeat(32_001)));
            let refusal = "that is 64 kB: too long for one line; nothing was taken";
            assert_eq!(prompt.refusal.as_deref(), Some(refusal));
            assert!(prompt.paste(&"é".repeat(31_999)));
            assert_eq!(prompt.refusal, None);
        }
        let mut prompt = Prompt::line("", "ab", "", Then::Add);
        prompt.type_key(KeyPress::plain(Key::Left), 80);
        prompt.paste("été ");
        prompt.type_key(KeyPress::plain(Key::Char('!')), 80);
        assert_eq!(prompt.answer(), Answer::Text("aété !b".into()));
    }

    #[test]
    fn editing_keys_edit_and_clear_the_refusal() {
        let mut prompt = Prompt::line("title", "two words", "", Then::Add);
        prompt.refusal = Some("no".into());
        prompt.type_key(KeyPress { key: Key::Char('w'), control: true }, 80);
        prompt.type_key(KeyPress::plain(Key::Char('!')), 80);
        assert_eq!(prompt.answer(), Answer::Text("two !".into()));
        assert_eq!(prompt.refusal, None);
    }
}
