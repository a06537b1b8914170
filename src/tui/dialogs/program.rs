//! Questions about the program itself: what to run, what to keep, what to open,
//! whether to leave.

use crate::command::Invocation;
use crate::tui::action::{Action, EditorTask, EditorText, LeftText};
use crate::tui::world::World;

use super::dialog::{Answer, Dialog, Form, Prompt};
use super::import::TypeIdeas;
use super::pick::Choice;

/// Every command by its name.
#[derive(Debug)]
pub(crate) struct Palette {
    /// What can be run, each with its line.
    pub runnables: Vec<(Runnable, Choice)>,
}

/// What can be run by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Runnable {
    Command(Invocation),
    /// A line to type in the shell.
    Shell(&'static str),
    /// A search that was saved under this name.
    Filter(String),
}

impl Dialog for Palette {
    fn prompt(&self, _: &World) -> Prompt {
        Prompt::new(":", ":", Form::pick(self.runnables.iter().map(|(_, choice)| choice.clone())))
            .verb("run")
    }

    fn nothing_found(&self) -> &'static str {
        "Nothing found; Enter searches the help."
    }

    fn submit(&mut self, answer: &Answer, _world: &World) -> Result<Vec<Action>, String> {
        let Some((runnable, choice)) = answer.chosen().and_then(|at| self.runnables.get(at)) else {
            return Ok(vec![Action::SearchHelp(answer.text().to_owned())]);
        };
        if let Some(refusal) = &choice.refusal {
            return Err(refusal.clone());
        }
        Ok(vec![match runnable {
            Runnable::Command(invocation) => Action::Run(*invocation),
            Runnable::Shell(line) => Action::Say(format!("in the shell: {line}")),
            Runnable::Filter(name) => Action::ShowFilter(name.clone()),
        }])
    }
}

/// A question with a few answers, each with what it leads to.
#[derive(Debug)]
pub(crate) struct Choose {
    name: &'static str,
    label: String,
    answers: Vec<(String, Option<Action>)>,
    /// What it leads to if it is left without an answer.
    otherwise: Option<Action>,
}

impl Choose {
    fn new<const N: usize>(
        name: &'static str,
        label: impl Into<String>,
        answers: [(String, Option<Action>); N],
    ) -> Self {
        Self { name, label: label.into(), answers: answers.into(), otherwise: None }
    }

    /// What to do about an edit and an outside change to the same place. It cannot be
    /// left open: the safe answer stands for none.
    pub(crate) fn conflict(what: &str, mine: &str, theirs: &str) -> Self {
        let resolve = |keep_mine| Some(Action::ResolveConflict { keep_mine });
        let answers = [
            (format!("keep mine     {mine}"), resolve(true)),
            (format!("take theirs   {theirs}"), resolve(false)),
        ];
        let question = Self::new("conflict", format!("{what} was changed outside"), answers);
        Self { otherwise: resolve(false), ..question }
    }

    /// What to do about a text that is left before it was saved.
    pub(crate) fn leave_text() -> Self {
        let answer = |text: &str, left| (text.to_owned(), Some(Action::LeaveText(left)));
        let answers = [
            answer("go on writing", LeftText::GoOn),
            answer("leave it for later: it is there when you come back", LeftText::KeepForLater),
            answer("throw it away", LeftText::ThrowAway),
        ];
        let question = Self::new("leave text", "What you have written is not saved", answers);
        Self { otherwise: Some(Action::LeaveText(LeftText::GoOn)), ..question }
    }

    /// Whether to go back to a text that is not an idea yet.
    pub(crate) fn edit_again(draft: EditorText, fault: String) -> Self {
        let back = format!("back to line {} of the text", draft.line);
        let leave = "leave the idea as it was; the text is kept beside the journal".to_owned();
        let open = Some(Action::OpenEditor(EditorTask::Idea(draft)));
        Self::new("edit again", fault, [(back, open), (leave, None)])
    }

    /// Which editor opens and how it is left, before one opens that the user did not choose.
    pub(crate) fn usual_editor(notice: String, task: EditorTask) -> Self {
        let open = ("open it".to_owned(), Some(Action::OpenEditor(task)));
        Self::new("editor", notice, [open, ("not now".to_owned(), None)])
    }

    /// Whether to leave although not everything could be saved.
    pub(crate) fn quit(unsaved: &str) -> Self {
        let quit = ("quit and lose what is not saved".to_owned(), Some(Action::Quit));
        let label = format!("{unsaved} could not be saved");
        Self::new("quit", label, [("stay".to_owned(), None), quit])
    }
}

impl Dialog for Choose {
    fn prompt(&self, _: &World) -> Prompt {
        let lines = self.answers.iter().map(|(answer, _)| answer);
        Prompt::new(self.name, self.label.as_str(), Form::list(lines, 0)).verb("choose")
    }

    fn submit(&mut self, answer: &Answer, _: &World) -> Result<Vec<Action>, String> {
        let chosen = answer.chosen().and_then(|at| self.answers.get_mut(at));
        Ok(chosen.and_then(|(_, action)| action.take()).into_iter().collect())
    }

    fn cancelled(&mut self, _: &World) -> Vec<Action> {
        self.otherwise.take().into_iter().collect()
    }
}

/// What a program that has no workspace yet begins with. The view draws its choices
/// over the whole screen.
#[derive(Debug)]
pub(crate) struct Welcome;

impl Welcome {
    /// The choices, in the order of their numbers, each with more about it.
    pub(crate) const CHOICES: [(&'static str, &'static [&'static str]); 4] = [
        (
            "Import a list you have",
            &[
                "a spreadsheet, notes, Zotero, Trello, Org, todo.txt … You see what",
                "becomes of it before anything is written.",
            ],
        ),
        ("Type or paste ideas, one a line", &[]),
        ("Look around in a demo: 27 ideas of a small group, in a throw-away copy", &[]),
        ("Start empty", &[]),
    ];

    /// What is seen there, for help.
    pub(crate) const LEGEND: &'static [(&'static str, &'static str)] = &[
        ("1 to 4", "the choices: press the number, or Enter for the marked one"),
        ("a throw-away copy", "the demo: nothing that you change in it is kept"),
        ("plain files", "TOML text that you can read, edit and keep in git"),
    ];
}

impl Dialog for Welcome {
    fn prompt(&self, _: &World) -> Prompt {
        Prompt::new("welcome", "Welcome", Form::list(Self::CHOICES.map(|(choice, _)| choice), 0))
            .verb("choose")
    }

    fn fills_screen(&self) -> bool {
        true
    }

    fn submit(&mut self, answer: &Answer, _world: &World) -> Result<Vec<Action>, String> {
        Ok(match answer.chosen() {
            Some(0) => vec![Action::ChooseImport],
            Some(1) => vec![Action::ask(TypeIdeas)],
            Some(line @ 2..=3) => vec![Action::Open { demo: line == 2 }],
            _ => Vec::new(),
        })
    }

    fn cancelled(&mut self, _world: &World) -> Vec<Action> {
        vec![Action::Quit]
    }
}

/// By what the ranking is ordered.
#[derive(Debug)]
pub(crate) struct Sort {
    pub columns: Vec<String>,
    /// The one in force.
    pub now: usize,
}

impl Dialog for Sort {
    fn prompt(&self, _: &World) -> Prompt {
        Prompt::new("sort", "Sort by", Form::list(self.columns.clone(), self.now)).verb("sort")
    }

    fn submit(&mut self, answer: &Answer, _world: &World) -> Result<Vec<Action>, String> {
        Ok(answer.chosen().map(Action::Sort).into_iter().collect())
    }
}

/// Into which folder a copy of the workspace goes.
#[derive(Debug)]
pub(crate) struct KeepCopy;

impl Dialog for KeepCopy {
    fn prompt(&self, _: &World) -> Prompt {
        let form = Form::line("a new folder, such as ~/research/demo");
        Prompt::new("keep", "keep a copy in the folder", form)
    }

    fn submit(&mut self, answer: &Answer, _world: &World) -> Result<Vec<Action>, String> {
        let text = answer.text();
        if text.is_empty() {
            return Err("which folder? A new one, such as ~/research/demo".to_owned());
        }
        let home = text.strip_prefix("~/").zip(std::env::home_dir());
        let folder = home.map_or_else(|| text.into(), |(rest, home)| home.join(rest));
        Ok(vec![Action::CopyTo(folder)])
    }
}
