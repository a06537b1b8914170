//! Messages to the update, and the effects that it returns.

use std::path::PathBuf;
use std::sync::Arc;

use ratatui::layout::Size;

use crate::command::KeyPress;
use crate::config::{Settings, Theme};
use crate::domain::{
    Date, DuelPool, Edit, Guess, PairAnswer, Portfolio, Problem, TimeEntry, TriageRound,
};
use crate::exchange::ImportHistory;
use crate::tui::action::{EditorTask, EditorText};
use crate::tui::import::{ImportPreview, PreviewQuestion, PreviewRefusal};
use crate::tui::jobs::{Discarded, JobRequest, JobResult};
use crate::tui::screens::Mouse;
use crate::tui::world::{FolderListing, PortfolioScores, Tick};

#[expect(clippy::large_enum_variant, reason = "a handful exists at a time, never a list")]
#[derive(Clone, Debug)]
pub(crate) enum Msg {
    Key(KeyPress),
    Mouse(Mouse),
    Paste(String),
    Resize(Size),
    /// The store has done what the first effect in line asked for, or has not.
    StoreReply(StoreReply),
    /// Something that the store has to say besides its replies.
    StoreNotice(String),
    /// The lock of the workspace, which a save waits for, is held by this process.
    LockHeld(String),
    /// The files may have been changed from outside.
    FilesChanged,
    /// The user's own settings file may have been changed from outside.
    SettingsFileChanged,
    /// The user's own settings as they are now, or what is wrong with them.
    SettingsLoaded(Result<Box<Settings>, Vec<Problem>>),
    EditorClosed {
        /// What it was opened on.
        draft: EditorText,
        /// The text after editing, or why it cannot be had.
        text: Result<String, String>,
    },
    /// Where a file of settings lies that is to be edited by hand.
    SettingsFile(Result<PathBuf, String>),
    /// A file of settings was open in an editor; or why it was not.
    SettingsEdited(Result<(), String>),
    /// No editor is set: which one would open, and how it is left.
    EditorUnset {
        notice: String,
        task: EditorTask,
    },
    JobDone(JobResult),
    /// A background job panicked, with this message.
    JobPanicked(String),
    /// The moment of the messages that follow.
    Tick(Tick),
    /// What a folder holds, for completing a path.
    FolderListed(FolderListing),
    /// What would become of a list that is to be imported.
    ImportPreviewed {
        question: PreviewQuestion,
        answer: Result<Box<ImportPreview>, PreviewRefusal>,
    },
    /// Background colour of the terminal: red, green and blue.
    Background([u8; 3]),
    /// The system asks the program to stop until it is called again.
    Suspend,
    /// The program was stopped, and goes on.
    Continued,
    /// The system asks the program to end.
    Terminate,
}

/// How a request to the store ended.
#[derive(Clone, Debug)]
pub(crate) enum StoreReply {
    /// An edit is on disk.
    Saved {
        /// Everything as it now stands, if it was changed from outside.
        outside: Option<Files>,
    },
    /// An edit was taken back or done again.
    Stepped {
        /// What it was, in words.
        label: String,
        /// The edit from before the step to after it.
        edit: Edit,
        outside: Option<Files>,
    },
    /// What was to be remembered is, or nothing can be done about it.
    Remembered,
    /// A copy of the workspace lies in this folder.
    Copied(PathBuf),
    /// There was nothing to take back or to do again.
    NothingToStep,
    /// The text of an idea, to be edited by hand.
    Text(EditorText),
    /// A text that was edited by hand is on disk.
    Rewritten {
        /// What it changed; `None` if nothing.
        edit: Option<Edit>,
        outside: Option<Files>,
    },
    /// A text that was edited by hand is not an idea.
    NotAnIdea { draft: EditorText, problems: Vec<Problem> },
    /// The files were read again; `None` if nothing had changed.
    Reloaded(Option<Files>),
    Opened {
        /// Its name for the title line.
        name: String,
        files: Files,
        /// The day on which it is set, if it is not today.
        as_of: Option<Date>,
        /// The time that was spent on choosing in it before.
        time_spent: Vec<TimeEntry>,
    },
    /// An external change touches the place that the edit would change.
    Conflict(Conflict),
    /// It could not be done now, for this reason. The files are as before,
    /// and trying again may help.
    Failed(String),
    /// It cannot be done, for this reason, and never will.
    Refused(String),
}

impl StoreReply {
    /// Everything as it now stands, if that has come along.
    pub(crate) fn files(&mut self) -> Option<&mut Files> {
        match self {
            Self::Saved { outside }
            | Self::Stepped { outside, .. }
            | Self::Rewritten { outside, .. }
            | Self::Reloaded(outside) => outside.as_mut(),
            Self::Opened { files, .. } => Some(files),
            Self::Conflict(conflict) => Some(&mut conflict.files),
            Self::NothingToStep
            | Self::Copied(_)
            | Self::Remembered
            | Self::Text(_)
            | Self::NotAnIdea { .. }
            | Self::Failed(_)
            | Self::Refused(_) => None,
        }
    }
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Files {
    /// The ideas that could be read.
    pub portfolio: Portfolio,
    /// What is wrong with the rest.
    pub problems: Vec<Problem>,
    /// What is concluded about the ideas, computed on the store's thread.
    pub scores: Option<PortfolioScores>,
    /// Ids of the ideas that may have changed; `None` if that is not known.
    pub touched: Option<Vec<String>>,
}

/// An edit and an outside change to the same place.
#[derive(Clone, Debug)]
pub(crate) struct Conflict {
    /// The field and the idea, in words.
    pub what: String,
    /// What the edit would put there.
    pub mine: String,
    pub theirs: String,
    /// Everything as it now stands on disk.
    pub files: Files,
}

/// Something to be done outside the model.
#[expect(clippy::large_enum_variant, reason = "a handful exists at a time, never a list")]
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Effect {
    /// A request to the store; answered by [`Msg::StoreReply`].
    Store(Request),
    /// Run a background job; answered by [`Msg::JobDone`].
    Job(JobRequest),
    /// Hand the terminal back to the shell until the program is called again.
    Suspend,
    /// Take the terminal over again, whatever was done to it meanwhile.
    Retake,
    /// Open an editor; answered by [`Msg::EditorClosed`] or [`Msg::SettingsEdited`], and
    /// the first time by [`Msg::EditorUnset`] if the user has chosen none.
    OpenEditor(EditorTask),
    /// Let go of what is not shown any more.
    Discard(Discarded),
    /// Draw everything afresh, whatever is on the screen.
    Redraw,
    /// Hand a text to the clipboard.
    Copy(String),
    /// Listen to the mouse, or leave it to the terminal.
    CaptureMouse(bool),
    /// Ask the terminal, which has shown that it answers, to tell keys apart better.
    EnableKittyKeyboard,
    Quit,
}

/// What the store can be asked for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Request {
    /// Write an edit to disk.
    Commit {
        edit: Edit,
        /// What takes it back: the values that it expects to replace.
        inverse: Edit,
        /// Whether it wins over an outside change to the same place.
        overwrite: bool,
    },
    /// Take the last edit back.
    Undo {
        /// Whether it wins over an outside change to the same place.
        overwrite: bool,
    },
    /// Do again what was taken back.
    Redo {
        /// Whether it wins over an outside change to the same place.
        overwrite: bool,
    },
    /// Read again what has changed.
    Reload,
    /// The same, without a word if nothing has.
    ReloadQuietly,
    /// Read the user's own settings; answered by [`Msg::SettingsLoaded`].
    Settings,
    /// Remember a round of triage for the next time.
    SaveTriageRound(Box<TriageRound>),
    /// Remember what an import brought in, for the next one.
    SaveImportHistory(Box<ImportHistory>),
    /// List a folder, as it was typed; answered by [`Msg::FolderListed`].
    ListFolder(String),
    /// Say what would become of a list; answered by [`Msg::ImportPreviewed`].
    PreviewImport(Box<PreviewRequest>),
    /// Give the text of an idea.
    Text {
        id: String,
        /// Whether it is for the clipboard, not for an editor.
        to_copy: bool,
    },
    /// Say where a file of settings lies, and make it where there is none; answered by
    /// [`Msg::SettingsFile`].
    SettingsFile {
        /// Whether it is the user's own, not that of the workspace.
        own: bool,
    },
    /// Write a text that was edited by hand to disk.
    Rewrite {
        draft: EditorText,
        /// Whether it wins over an outside change to the same idea.
        overwrite: bool,
    },
    /// Make and open an empty workspace where the user's data lives.
    OpenEmpty,
    /// Open a throw-away copy of the demo.
    OpenDemo,
    /// Copy the workspace into a folder.
    CopyTo(PathBuf),
    /// Keep in mind to whom the duels are limited. Not answered.
    SaveDuelPool(DuelPool),
    /// Keep an answer to a practice pair. Not answered.
    SavePair(PairAnswer),
    /// Keep a guess at a practice card. Not answered.
    SaveGuess(Guess),
    /// Keep the day on which the questions of the quarter were put off. Not answered.
    SaveQuarterPutOff(Date),
    /// Keep time that was spent on choosing. Not answered.
    SaveTime(Vec<TimeEntry>),
    /// Keep where the divider of the Rank screen stands. Not answered.
    SaveDivider([u16; 2]),
    /// Write a theme into the user's own settings; answered by [`Msg::StoreNotice`].
    KeepTheme(Theme),
    /// Keep a text that was begun, or let go of it. Not answered.
    KeepUnsavedText {
        /// What it is to become.
        name: String,
        /// The text, if it is kept.
        text: Option<String>,
    },
}

/// A preview that is asked for, and what it is compared with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PreviewRequest {
    pub question: PreviewQuestion,
    pub portfolio: Arc<Portfolio>,
    /// The day that counts as today.
    pub as_of: Date,
}
