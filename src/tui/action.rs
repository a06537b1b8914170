//! Actions: what screens and dialogs ask the root to do.

use std::path::PathBuf;

use crate::command::Invocation;
use crate::config::Theme;
use crate::domain::{DuelPool, Edit, Guess, Idea, PairAnswer, Winner};

use super::dialogs::Dialog;

/// What a screen, or the answer to a question, wants done.
#[derive(Debug)]
pub(super) enum Action {
    /// Apply an edit and save it.
    Edit(Edit),
    Say(String),
    Ask(Box<dyn Dialog>),
    /// Run a command that was chosen by its name.
    Run(Invocation),
    /// Show the idea under the cursor on the Rank screen.
    Show,
    /// Open the questions of the bet of the idea under the cursor.
    AskBet,
    /// Record an answer, once the clock has been asked.
    Answer {
        /// The past duel that it replaces, or that is struck.
        instead_of: Option<String>,
        /// The ids of left and right, and which of them it is; none strikes.
        answer: Option<(String, String, Winner)>,
    },
    /// Show Rank in the order of the duels.
    RankByDuels,
    /// Show what is curious about the answers to duels.
    ShowCuriosities,
    KeepPair(PairAnswer),
    /// Keep a guess at a practice card.
    KeepGuess(Guess),
    /// Ask about the quarter again in a week.
    PutOffQuarter,
    /// Limit the duels, and go there.
    Limit(DuelPool),
    /// Take back an earlier edit, if nothing about it has changed since.
    Reverse(Reversal),
    /// Show only what a search finds.
    Filter(String),
    /// Show what the saved filter of this name finds.
    ShowFilter(String),
    /// Order the ranking by the column of this number.
    Sort(usize),
    /// Resolve a conflict: the edit wins, or what stands on disk.
    ResolveConflict {
        keep_mine: bool,
    },
    /// What to do with a text that is left before it was saved.
    LeaveText(LeftText),
    OpenEditor(EditorTask),
    /// Show what the help says about some words.
    SearchHelp(String),
    /// Show these colours until the program ends.
    ShowTheme(Theme),
    /// Write the theme into the user's own settings.
    KeepTheme(Theme),
    /// Copy the workspace into a folder.
    CopyTo(PathBuf),
    /// Leave the program, whatever is not saved.
    Quit,
    /// Ask for the path of a list to import.
    ChooseImport,
    /// List a folder, as it was typed, for completing a path.
    ListFolder(String),
    /// Show what becomes of a list.
    Import(ImportList),
    /// Open an empty workspace, or a throw-away copy of the demo.
    Open {
        demo: bool,
    },
}

impl Action {
    pub(super) fn ask(dialog: impl Dialog + 'static) -> Self {
        Self::Ask(Box::new(dialog))
    }
}

/// What takes an earlier edit back out of turn.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reversal {
    /// The inverse of that edit.
    pub edit: Edit,
    /// The ideas that it touched, as they stood behind it. Only while they
    /// stand so does the inverse mean what it says.
    pub standing: Vec<Idea>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ImportList {
    /// A file, a folder of notes or a workspace.
    File(PathBuf),
    Pasted(String),
}

/// What becomes of a text that is left before it was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LeftText {
    GoOn,
    KeepForLater,
    ThrowAway,
}

/// What an editor is opened on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum EditorTask {
    Idea(EditorText),
    Settings(PathBuf),
}

/// The text of an idea while it is edited by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct EditorText {
    pub id: String,
    /// Its text in the file.
    pub before: String,
    /// Its text as far as it has been edited.
    pub text: String,
    /// The line to go to, from 1.
    pub line: usize,
    /// The file that the editor is given.
    pub file: PathBuf,
}
