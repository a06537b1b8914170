//! Questions to the user, one flow a file: how each is asked, what is understood
//! of the answer, and what follows from it.

pub(super) mod add;
mod dialog;
pub(super) mod drop;
pub(super) mod filter;
pub(super) mod go_on;
pub(super) mod goal;
pub(super) mod import;
pub(super) mod judge;
mod line_assist;
pub(super) mod log;
pub(super) mod look_back;
pub(super) mod merge;
mod open_dialog;
pub(super) mod park;
mod pick;
pub(super) mod practice_card;
pub(super) mod program;
pub(super) mod promise;
pub(super) mod rate;
pub(super) mod shortlist;
pub(super) mod start;
pub(super) mod status;
pub(super) mod summary;
pub(super) mod tags;
mod text_editor;
mod text_history;
pub(super) mod theme_menu;

pub(super) use dialog::{
    Answer, Dialog, Form, Lines, List, TypedLine, UnsavedKey, already, shown_day,
};
pub(super) use line_assist::History;
pub(super) use open_dialog::OpenDialog;
pub(super) use pick::{Choice, Picker};
pub(super) use text_editor::{TextEditor, columns as writing_columns};
