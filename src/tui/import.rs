//! Page of an import over a screen: what each column of a list becomes, the ideas
//! as they would be, and what to look at before anything is written.

mod draw;

use crate::command::{Command, Scope};
use crate::exchange::{ImportPlan, Target};
use crate::text::count;
use crate::tui::action::ImportList;
use crate::tui::widgets::moved;

use draw::FieldMenu;

pub(crate) use draw::{draw, line_at};

/// The scopes whose keys are in force on the page.
pub(crate) const SCOPES: &[Scope] = &[Scope::Import, Scope::Everywhere];

/// What is seen on the page, for help.
pub(crate) const LEGEND: &[(&str, &str)] = &[
    ("▸", "the line under the cursor: a column, or further down an idea"),
    ("becomes", "the field of an idea that the column is taken for; Enter chooses another"),
    ("example", "the first cell, and how dates and statuses are read"),
    ("(not used)", "the column is left out"),
    ("N new ideas", "added when you import; what is known is not added again"),
    ("changed", "known ideas that are different in the source since the last import"),
];

/// Commands of the footer, with the word for each.
type Footer = &'static [(&'static [Command], &'static str)];

const KEYS: Footer = &[
    (&[Command::ImportAll], "import"),
    (&[Command::Open], "change the column"),
    (&[Command::Problems], "problems"),
    (&[Command::OtherFile], "other file"),
    (&[Command::Back], "cancel"),
];

const MENU_KEYS: Footer = &[(&[Command::Open], "take this field"), (&[Command::Back], "back")];

const PROBLEM_KEYS: Footer = &[(&[Command::Problems, Command::Back], "back")];

const REFUSED_KEYS: Footer = &[(&[Command::OtherFile], "other file"), (&[Command::Back], "cancel")];

/// What a preview is asked for. Its answer is taken only while it is still asked.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PreviewQuestion {
    pub list: ImportList,
    /// What the user has mapped columns to, by their names.
    pub user_mapping: Vec<(String, Target)>,
    /// The state of the ideas that the list is compared with.
    pub revision: u64,
}

#[derive(Clone, Debug)]
pub(crate) struct ImportPage {
    /// What was asked last.
    pub question: PreviewQuestion,
    answer: Option<Result<Box<ImportPreview>, PreviewRefusal>>,
    /// Whether the answer to the question is still to come.
    is_waiting: bool,
    /// The line under the cursor: a column or, behind the last, an idea.
    cursor: usize,
    /// The fields that the column under the cursor may become, while they are listed.
    menu: Option<FieldMenu>,
    /// How far the list of things to look at is scrolled, while it is shown.
    problems: Option<usize>,
}

impl ImportPage {
    /// The page while the list is being read.
    pub(crate) const fn new(list: ImportList, revision: u64) -> Self {
        let question = PreviewQuestion { list, user_mapping: Vec::new(), revision };
        Self { question, answer: None, is_waiting: true, cursor: 0, menu: None, problems: None }
    }

    /// Takes an answer, if it is one to what was asked last.
    pub(crate) fn take(
        &mut self,
        question: &PreviewQuestion,
        answer: Result<Box<ImportPreview>, PreviewRefusal>,
    ) {
        if *question != self.question {
            return;
        }
        self.is_waiting = false;
        self.answer = Some(answer);
        self.cursor = self.cursor.min(self.lines().saturating_sub(1));
    }

    /// What is to be asked anew because the ideas are in another state now.
    pub(crate) fn asked_anew(&mut self, revision: u64) -> Option<PreviewQuestion> {
        if self.question.revision == revision {
            return None;
        }
        self.question.revision = revision;
        self.is_waiting = true;
        Some(self.question.clone())
    }

    /// The preview of what was asked last, once it is there.
    pub(crate) fn ready(&self) -> Option<&ImportPreview> {
        self.preview().filter(|_| !self.is_waiting)
    }

    fn preview(&self) -> Option<&ImportPreview> {
        self.answer.as_ref()?.as_deref().ok()
    }

    fn refusal(&self) -> Option<&PreviewRefusal> {
        self.answer.as_ref()?.as_ref().err()
    }

    /// Lines that the cursor can stand on.
    fn lines(&self) -> usize {
        self.preview().map_or(0, |preview| preview.columns.len() + preview.ideas.len())
    }

    /// The keys that are worth a place in the footer now, with their words.
    pub(crate) const fn footer(&self) -> Footer {
        match (&self.menu, self.problems, &self.answer) {
            (Some(_), _, _) => MENU_KEYS,
            (None, Some(_), _) => PROBLEM_KEYS,
            (None, None, Some(Err(_))) => REFUSED_KEYS,
            (None, None, _) => KEYS,
        }
    }

    /// Whether the fields that a column may become are listed.
    pub(crate) const fn has_menu(&self) -> bool {
        self.menu.is_some()
    }

    /// Puts the cursor of what is listed on a line; true if it was there already.
    pub(crate) fn point(&mut self, line: usize) -> bool {
        let cursor = self.menu.as_mut().map_or(&mut self.cursor, |menu| &mut menu.cursor);
        std::mem::replace(cursor, line) == line
    }

    /// Moves the cursor of what is listed, by a command of motion; false if it is none.
    pub(crate) fn moved(&mut self, command: Command) -> bool {
        let Some(by) = command.lines(10) else { return false };
        let (cursor, count) = match (&mut self.menu, &mut self.problems) {
            (Some(menu), _) => (&mut menu.cursor, menu.targets.len()),
            (None, Some(scroll)) => {
                let problems = self.answer.as_ref().and_then(|answer| answer.as_ref().ok());
                (scroll, problems.map_or(0, |preview| preview.problems.len()))
            }
            (None, None) => {
                let lines = self.lines();
                (&mut self.cursor, lines)
            }
        };
        *cursor = moved(*cursor, by, count);
        true
    }

    /// Opens the fields for the column under the cursor, or takes the one that is under
    /// the cursor there. What is to be asked anew then; else why nothing follows.
    pub(crate) fn open(&mut self) -> Result<Option<PreviewQuestion>, &'static str> {
        if let Some(menu) = self.menu.take() {
            return Ok(self.set_target(&menu));
        }
        let preview = self.ready().ok_or("the list is still being read")?;
        let Some(column) = preview.columns.get(self.cursor) else {
            return Err("the fields of an idea follow from the columns, further up");
        };
        self.menu = Some(FieldMenu::of(column));
        Ok(None)
    }

    fn set_target(&mut self, menu: &FieldMenu) -> Option<PreviewQuestion> {
        let target = *menu.targets.get(menu.cursor)?;
        let mapping = &mut self.question.user_mapping;
        // A field that takes one column is taken away from the one that had it.
        mapping.retain(|(name, other)| {
            *name != menu.column && (*other != target || target.takes_many())
        });
        mapping.push((menu.column.clone(), target));
        self.is_waiting = true;
        Some(self.question.clone())
    }

    /// Shows or hides all things to look at.
    pub(crate) fn toggle_problems(&mut self) -> Result<(), &'static str> {
        self.problems = match self.problems {
            Some(_) => None,
            None if self.preview().is_some_and(|preview| !preview.problems.is_empty()) => Some(0),
            None => return Err("there is nothing to look at: everything was understood"),
        };
        Ok(())
    }

    /// Closes what is open on the page; false if nothing was.
    pub(crate) fn back(&mut self) -> bool {
        self.menu.take().is_some() || self.problems.take().is_some()
    }
}

#[derive(Clone, Debug)]
pub(crate) struct ImportPreview {
    /// The path or name of the source, as it is shown.
    pub source: String,
    /// `CSV, 40 rows`
    pub format: String,
    /// The columns that have something in any row; none for whole ideas.
    pub columns: Vec<PreviewColumn>,
    /// A line for each new idea, and then for each that changes.
    pub ideas: Vec<PreviewIdea>,
    /// What to look at: each with its place and the reason.
    pub problems: Vec<String>,
    pub rows_left_out: usize,
    /// The file that new ideas are written to, as it is shown.
    pub file: String,
    pub plan: ImportPlan,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PreviewColumn {
    pub name: String,
    pub target: Target,
    pub example: String,
}

/// A line about an idea.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PreviewIdea {
    pub title: String,
    /// Its status, or that it changes.
    pub state: String,
    /// Its tags, or the fields that change.
    pub details: String,
}

/// Why there is no preview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PreviewRefusal {
    pub message: String,
    /// What to do instead; may be empty.
    pub hint: String,
}

impl ImportPreview {
    /// `38 new ideas · 1 known and unchanged · 1 skipped · in ~/research/ideas.toml`
    fn counts(&self) -> String {
        let plan = &self.plan;
        let new = match plan.added.len() {
            0 => "nothing new".to_owned(),
            many => count(many, "new idea"),
        };
        let rest = [
            (plan.updated.len(), "changed"),
            (plan.unchanged, "known and unchanged"),
            (self.rows_left_out, "skipped"),
        ];
        let rest = rest.iter().filter(|(number, _)| *number > 0);
        let rest: String = rest.map(|(number, what)| format!(" · {number} {what}")).collect();
        format!("{new}{rest} · in {}", self.file)
    }

    /// `38 imported`; `3 imported, 2 changed`
    pub(crate) fn done(&self) -> String {
        match (self.plan.added.len(), self.plan.updated.len()) {
            (added, 0) => format!("{added} imported"),
            (0, changed) => format!("{changed} changed"),
            (added, changed) => format!("{added} imported, {changed} changed"),
        }
    }

    /// Whether nothing would be written.
    pub(crate) const fn is_empty(&self) -> bool {
        self.plan.added.is_empty() && self.plan.updated.is_empty()
    }
}
