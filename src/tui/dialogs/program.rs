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

/// What to do about an edit and an outside change to the same place.
#[derive(Debug)]
pub(crate) struct Conflict {
    /// The field and the idea, in words.
    pub what: String,
    pub mine: String,
    pub theirs: String,
}

impl Dialog for Conflict {
    fn prompt(&self, _: &World) -> Prompt {
        let lines =
            [format!("keep mine     {}", self.mine), format!("take theirs   {}", self.theirs)];
        Prompt::new("conflict", format!("{} was changed outside", self.what), Form::list(lines, 0))
            .verb("choose")
    }

    fn submit(&mut self, answer: &Answer, _world: &World) -> Result<Vec<Action>, String> {
        Ok(vec![Action::ResolveConflict { keep_mine: answer.chosen() == Some(0) }])
    }

    fn cancelled(&self, _world: &World) -> Vec<Action> {
        // It cannot be left open: the safe answer stands for none.
        vec![Action::ResolveConflict { keep_mine: false }]
    }
}

/// What to do about a text that is left before it was saved.
#[derive(Debug)]
pub(crate) struct LeaveText;

impl Dialog for LeaveText {
    fn prompt(&self, _: &World) -> Prompt {
        let lines = [
            "go on writing",
            "leave it for later: it is there when you come back",
            "throw it away",
        ];
        Prompt::new("leave text", "What you have written is not saved", Form::list(lines, 0))
            .verb("choose")
    }

    fn submit(&mut self, answer: &Answer, _world: &World) -> Result<Vec<Action>, String> {
        Ok(vec![Action::LeaveText(match answer.chosen() {
            Some(1) => LeftText::KeepForLater,
            Some(2) => LeftText::ThrowAway,
            _ => LeftText::GoOn,
        })])
    }

    fn cancelled(&self, _world: &World) -> Vec<Action> {
        vec![Action::LeaveText(LeftText::GoOn)]
    }
}

/// Goes back to a text that is not an idea yet.
#[derive(Debug)]
pub(crate) struct EditAgain {
    pub draft: EditorText,
    pub fault: String,
}

impl Dialog for EditAgain {
    fn prompt(&self, _: &World) -> Prompt {
        let lines = [
            format!("back to line {} of the text", self.draft.line),
            "leave the idea as it was; the text is kept beside the journal".to_owned(),
        ];
        Prompt::new("edit again", self.fault.clone(), Form::list(lines, 0)).verb("choose")
    }

    fn submit(&mut self, answer: &Answer, _world: &World) -> Result<Vec<Action>, String> {
        let again = answer.chosen() == Some(0);
        let task = again.then(|| EditorTask::Idea(self.draft.clone()));
        Ok(task.map(Action::OpenEditor).into_iter().collect())
    }
}

/// Which editor opens and how it is left, before one opens that the user did not choose.
#[derive(Debug)]
pub(crate) struct UsualEditor {
    pub notice: String,
    pub task: EditorTask,
}

impl Dialog for UsualEditor {
    fn prompt(&self, _: &World) -> Prompt {
        Prompt::new("editor", self.notice.clone(), Form::list(["open it", "not now"], 0))
            .verb("choose")
    }

    fn submit(&mut self, answer: &Answer, _world: &World) -> Result<Vec<Action>, String> {
        let opens = answer.chosen() == Some(0);
        let action = opens.then(|| Action::OpenEditor(self.task.clone()));
        Ok(action.into_iter().collect())
    }
}

/// Whether to leave although not everything could be saved.
#[derive(Debug)]
pub(crate) struct Quit {
    /// What could not be saved, in words.
    pub unsaved: String,
}

impl Dialog for Quit {
    fn prompt(&self, _: &World) -> Prompt {
        Prompt::new(
            "quit",
            format!("{} could not be saved", self.unsaved),
            Form::list(["stay", "quit and lose what is not saved"], 0),
        )
        .verb("choose")
    }

    fn submit(&mut self, answer: &Answer, _world: &World) -> Result<Vec<Action>, String> {
        let quits = answer.chosen() == Some(1);
        Ok(quits.then_some(Action::Quit).into_iter().collect())
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

    fn cancelled(&self, _world: &World) -> Vec<Action> {
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
        Prompt::new(
            "keep",
            "keep a copy in the folder",
            Form::line("a new folder, such as ~/research/demo"),
        )
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
