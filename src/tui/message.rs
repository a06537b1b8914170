//! What comes in and what goes out: messages to the update, effects of it.

use std::time::Duration;

use ratatui::layout::Size;

use crate::command::KeyPress;
use crate::domain::{Date, Edit, Portfolio, Problem};

use super::recall::{Recall, Recalled};

/// Something that happened.
#[expect(clippy::large_enum_variant, reason = "a handful exists at a time, never a list")]
#[derive(Clone, Debug)]
pub(super) enum Msg {
    /// A key was pressed.
    Key(KeyPress),
    /// Text was pasted.
    Paste(String),
    /// The terminal has this size now.
    Resize(Size),
    /// The store has done what the first effect in line asked for, or has not.
    Done(Outcome),
    /// What memory says about a card.
    Recalled(Recalled),
    /// So much time has passed since the program began.
    Elapsed(Duration),
    /// The system asks the program to end.
    Terminate,
}

/// How a request to the store ended.
#[derive(Clone, Debug)]
pub(super) enum Outcome {
    /// An edit is on disk.
    Saved {
        /// Everything as it now stands, if somebody else had changed it.
        outside: Option<Files>,
    },
    /// An edit was taken back or done again.
    Stepped {
        /// What it was, in words.
        label: String,
        /// The edit from before the step to after it.
        edit: Edit,
        /// As in [`Outcome::Saved`].
        outside: Option<Files>,
    },
    /// There was nothing to take back or to do again.
    NothingToStep,
    /// The files were read again; `None` if nothing had changed.
    Reloaded(Option<Files>),
    /// A workspace was opened.
    Opened {
        /// Its name for the title line.
        name: String,
        /// What it holds.
        files: Files,
        /// The day on which it is set, if it is not today.
        as_of: Option<Date>,
    },
    /// Somebody else has changed what the edit would change.
    Conflict(Conflict),
    /// It could not be done, for this reason. The files are as before.
    Failed(String),
}

/// What the files hold.
#[derive(Clone, Debug, Default)]
pub(super) struct Files {
    /// The ideas that could be read.
    pub portfolio: Portfolio,
    /// What is wrong with the rest.
    pub problems: Vec<Problem>,
}

/// An edit and an outside change to the same place.
#[derive(Clone, Debug)]
pub(super) struct Conflict {
    /// The field and the idea, in words.
    pub what: String,
    /// What the edit would put there.
    pub mine: String,
    /// What stands there now.
    pub theirs: String,
    /// Everything as it now stands on disk.
    pub files: Files,
}

/// Something to be done outside the model.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Effect {
    /// A request to the store; answered by [`Msg::Done`].
    Store(Request),
    /// A question to memory; answered by [`Msg::Recalled`].
    Recall(Recall),
    /// Hand the terminal back to the shell until the program is called again.
    Suspend,
    /// Draw everything afresh, whatever is on the screen.
    Redraw,
    /// End the program.
    Quit,
}

/// What the store can be asked for.
#[expect(clippy::large_enum_variant, reason = "a handful exists at a time, never a list")]
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Request {
    /// Write an edit to disk.
    Commit {
        /// The edit.
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
    /// Make and open an empty workspace where the user's data lives.
    OpenEmpty,
    /// Open a throw-away copy of the demo.
    OpenDemo,
}
