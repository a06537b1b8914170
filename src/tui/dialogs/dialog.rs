//! The interface of a dialog to the root, and the forms in which it is answered.

use std::fmt::{self, Debug};

use tui_input::Input;

use crate::domain::{Date, Decision, Edit, Field, Idea, Status};
use crate::text::sanitize;
use crate::tui::action::Action;
use crate::tui::world::World;

use super::line_assist::LineAssist;
use super::pick::{Choice, Picker};
use super::text_editor::TextEditor;

/// A question to the user: one flow from how it is asked to what follows from
/// the answer. The root owns the form while it is filled in.
pub(crate) trait Dialog: Debug {
    /// What is asked, and the form that is filled in.
    fn prompt(&self, world: &World) -> Prompt;

    /// Whether the view draws it over the whole screen, not in a box.
    fn fills_screen(&self) -> bool {
        false
    }

    /// What is said where nothing is found by what is typed.
    fn nothing_found(&self) -> &'static str {
        "Nothing found."
    }

    /// What is worth knowing about the answer as it stands, above the form.
    fn about(&self, _answer: &Answer, _world: &World) -> Vec<String> {
        Vec::new()
    }

    /// What is understood of the answer so far, below the line of this number;
    /// nothing where that is not worth saying.
    ///
    /// # Errors
    /// Says what cannot be.
    fn preview(
        &self,
        _answer: &Answer,
        _line: usize,
        _world: &World,
    ) -> Result<Option<String>, String> {
        Ok(None)
    }

    /// Where the word at the end of `front` begins, and what it can become.
    fn complete(&self, _line: usize, _front: &str, _world: &World) -> (usize, Vec<String>) {
        (0, Vec::new())
    }

    /// What the answer leads to.
    ///
    /// # Errors
    /// It cannot be taken, for this reason, and stays to be put right.
    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String>;

    /// What is done at once, while the answer is typed or chosen.
    fn changed(&self, _answer: &Answer, _world: &World) -> Vec<Action> {
        Vec::new()
    }

    /// What is done when the question is left without an answer.
    fn cancelled(&mut self, _world: &World) -> Vec<Action> {
        Vec::new()
    }

    /// What several pasted lines lead to, where this question takes one; `typed`
    /// stands there already. A question takes them in.
    fn pasted(&self, _typed: &str, _lines: &str) -> Option<Action> {
        None
    }

    /// The name under which a text that is begun outlives the program.
    fn unsaved(&self) -> Option<UnsavedKey> {
        None
    }

    /// Whether a text that was begun says what stands in the idea already.
    fn stands(&self, text: &str) -> bool {
        text.trim().is_empty()
    }
}

/// What a dialog asks, as it opens.
#[derive(Debug)]
pub(crate) struct Prompt {
    /// The answers that were given before are kept under it.
    pub name: &'static str,
    /// What is asked, in a few words.
    pub label: String,
    pub form: Form,
    /// What Enter does with the answer, in a word for the footer.
    pub verb: &'static str,
}

impl Prompt {
    /// A question whose answer is saved.
    pub(crate) fn new(name: &'static str, label: impl Into<String>, form: Form) -> Self {
        Self { name, label: label.into(), form, verb: "save" }
    }

    pub(crate) fn verb(self, verb: &'static str) -> Self {
        Self { verb, ..self }
    }
}

/// How a question can be answered.
#[derive(Clone, Debug)]
pub(crate) enum Form {
    /// One line or several; all but the first may stay empty.
    Lines(Lines),
    /// Text of several lines.
    Text(Box<TextEditor>, &'static str),
    /// By finding one of many lines.
    Pick(Picker),
    /// By choosing from a short list.
    List(List),
}

/// Lines to be typed.
#[derive(Clone, Debug)]
pub(crate) struct Lines {
    pub lines: Vec<TypedLine>,
    /// The line under the cursor.
    pub at: usize,
}

#[derive(Clone, Debug)]
pub(crate) struct TypedLine {
    /// What it says; empty for the only one.
    pub label: &'static str,
    pub input: Input,
    /// How it can be filled in.
    pub hint: String,
    /// The first letter that is typed replaces what stands there.
    pub replaces: bool,
    pub assist: LineAssist,
}

impl TypedLine {
    /// A line in which nothing stands yet.
    pub(crate) fn new(label: &'static str, hint: impl Into<String>) -> Self {
        let input = Input::default();
        Self { label, input, hint: hint.into(), replaces: false, assist: LineAssist::default() }
    }

    /// The line with a text that is to be changed.
    pub(crate) fn with(mut self, text: &str) -> Self {
        // What the line shows is what it gives back, so text that cannot be
        // shown as it stands is cleaned on the way in.
        self.input = Input::from(sanitize(text).into_owned());
        self
    }

    /// The line with a text that the first letter typed replaces.
    pub(crate) fn suggesting(self, text: &str) -> Self {
        Self { replaces: !text.is_empty(), ..self.with(text) }
    }
}

/// A short list to choose from.
#[derive(Clone, Debug)]
pub(crate) struct List {
    /// The lines, in the order of their numbers.
    pub lines: Vec<String>,
    /// The line under the cursor.
    pub cursor: usize,
    /// Keys that answer about the line under the cursor, each with its word for
    /// the footer. With them the lines have no numbers.
    pub keys: Vec<(char, &'static str)>,
    /// How many lines stand side by side.
    pub columns: usize,
}

impl Form {
    pub(crate) fn line(hint: impl Into<String>) -> Self {
        Self::lines(vec![TypedLine::new("", hint)])
    }

    /// One line with a text that is to be changed.
    pub(crate) fn edited(text: &str, hint: impl Into<String>) -> Self {
        Self::lines(vec![TypedLine::new("", hint).with(text)])
    }

    /// One line with a text that the first letter typed replaces.
    pub(crate) fn suggested(text: &str, hint: impl Into<String>) -> Self {
        Self::lines(vec![TypedLine::new("", hint).suggesting(text)])
    }

    pub(crate) const fn lines(lines: Vec<TypedLine>) -> Self {
        Self::Lines(Lines { lines, at: 0 })
    }

    /// A list with numbers.
    pub(crate) fn list(lines: impl IntoIterator<Item: Into<String>>, cursor: usize) -> Self {
        let lines = lines.into_iter().map(Into::into).collect();
        Self::List(List { lines, cursor, keys: Vec::new(), columns: 1 })
    }

    /// A list with numbers, two lines side by side.
    pub(crate) fn list_in_two(lines: impl IntoIterator<Item: Into<String>>) -> Self {
        let lines = lines.into_iter().map(Into::into).collect();
        Self::List(List { lines, cursor: 0, keys: Vec::new(), columns: 2 })
    }

    /// Many lines, to be found by typing.
    pub(crate) fn pick(choices: impl IntoIterator<Item = Choice>) -> Self {
        Self::Pick(Picker::new(choices.into_iter().collect()))
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The lines that were typed, each trimmed; a text of several lines is one,
    /// without the blank ones at its end.
    Typed(Vec<String>),
    /// The line that was chosen, from 0.
    Chosen(usize),
    /// A key of a list, about the line of this number.
    Key(char, usize),
}

impl Answer {
    /// The typed line of this number; empty if nothing was typed there.
    pub(crate) fn line(&self, at: usize) -> &str {
        match self {
            Self::Typed(lines) => lines.get(at).map_or("", String::as_str),
            Self::Chosen(_) | Self::Key(..) => "",
        }
    }

    /// What was typed first.
    pub(crate) fn text(&self) -> &str {
        self.line(0)
    }

    pub(crate) const fn chosen(&self) -> Option<usize> {
        match self {
            Self::Chosen(line) => Some(*line),
            Self::Typed(_) | Self::Key(..) => None,
        }
    }
}

/// `19 Aug`; with the year where it is another.
pub(crate) fn shown_day(day: Date, today: Date) -> String {
    let format = if day.year() == today.year() { "%-d %b" } else { "%-d %b %Y" };
    day.strftime(format).to_string()
}

/// The idea of an id, as a question about it needs it.
///
/// # Errors
/// It is gone.
pub(crate) fn idea<'w>(id: &str, world: &'w World) -> Result<&'w Idea, String> {
    world.portfolio.idea(id).ok_or_else(|| "the idea is gone".to_owned())
}

/// The title of an idea, in quotes.
pub(crate) fn titled(id: &str, world: &World) -> String {
    match world.portfolio.idea(id) {
        Some(idea) => format!("\"{}\"", sanitize(&idea.title)),
        None => "an idea that is gone".to_owned(),
    }
}

/// How the ideas of a question are named: by the title, or by their number.
pub(crate) fn named(ids: &[String], world: &World) -> String {
    match ids {
        [id] => titled(id, world),
        _ => format!("{} marked ideas", ids.len()),
    }
}

/// What an answer about several ideas leads to: one edit of all of them. Those
/// that the answer does not fit stay as they are.
///
/// # Errors
/// It fits none of them; says why.
pub(crate) fn for_each(
    ids: &[String],
    world: &World,
    mut edit: impl FnMut(&Idea) -> Result<Option<Edit>, String>,
) -> Result<Vec<Action>, String> {
    let (mut edits, mut refusal) = (Vec::new(), None);
    for id in ids {
        match idea(id, world).and_then(&mut edit) {
            Ok(found) => edits.extend(found),
            Err(reason) => refusal = refusal.or(Some(reason)),
        }
    }
    match refusal {
        Some(refusal) if edits.is_empty() => Err(refusal),
        _ => Ok(as_one(edits)),
    }
}

/// The edits as one that is taken back as one; nothing if there is none.
pub(super) fn as_one(mut edits: Vec<Edit>) -> Vec<Action> {
    let edit = if edits.len() > 1 { Some(Edit::Group(edits)) } else { edits.pop() };
    edit.map(Action::Edit).into_iter().collect()
}

/// A decision of today about an idea, with this reason.
pub(super) fn decision(idea: &Idea, to: Status, why: &str, world: &World) -> Decision {
    Decision::new(world.portfolio.as_of(), idea.status, to, why)
}

/// What a decision changes; where an idea was parked, it waits no longer.
pub(super) fn decided(idea: &Idea, decision: Decision) -> Vec<Edit> {
    let mut edits = vec![Edit::record(idea, decision)];
    for field in [Field::ParkedUntil, Field::ParkedOn] {
        if idea.get(field).is_some() {
            edits.push(Edit::set(&idea.id, field, None));
        }
    }
    edits
}

pub(crate) const fn already(status: Status) -> &'static str {
    match status {
        Status::Inbox => "Already in the inbox.",
        Status::Shortlist => "Already on the shortlist.",
        Status::Active => "Already active.",
        Status::Parked => "Already parked.",
        Status::Abandoned => "Already dropped.",
        Status::Done => "Already done.",
    }
}

/// The edit that moves an idea to a status.
///
/// # Errors
/// It has that status already.
pub(super) fn moved(idea: &Idea, to: Status, why: &str, world: &World) -> Result<Edit, String> {
    if idea.status == to {
        return Err(already(to).to_owned());
    }
    Ok(Edit::Group(decided(idea, decision(idea, to, why, world))))
}

/// What a text that is begun is to become. Written as two words in the state folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum UnsavedKey {
    /// A log entry over several lines on the idea of this id.
    Note(String),
    Summary(String),
}

impl UnsavedKey {
    /// What the name stands for; `None` if it is of a kind that is not known.
    pub(crate) fn read(name: &str) -> Option<Self> {
        let (kind, id) = name.split_once(' ')?;
        match kind {
            "note" => Some(Self::Note(id.to_owned())),
            "summary" => Some(Self::Summary(id.to_owned())),
            _ => None,
        }
    }

    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Note(_) => "note",
            Self::Summary(_) => "summary",
        }
    }

    pub(crate) fn id(&self) -> &str {
        match self {
            Self::Note(id) | Self::Summary(id) => id,
        }
    }
}

impl fmt::Display for UnsavedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind(), self.id())
    }
}
