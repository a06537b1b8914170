//! Questions to the user, one flow a file: how each is asked, what is understood
//! of the answer, and what follows from it.

pub(super) mod add;
pub(super) mod dialog;
pub(super) mod drop;
pub(super) mod filter;
pub(super) mod go_on;
pub(super) mod goal;
pub(super) mod import;
pub(super) mod judge;
pub(super) mod line_assist;
pub(super) mod log;
pub(super) mod look_back;
pub(super) mod merge;
pub(super) mod open_dialog;
pub(super) mod park;
pub(super) mod pick;
pub(super) mod practice_card;
pub(super) mod program;
pub(super) mod promise;
pub(super) mod rate;
pub(super) mod shortlist;
pub(super) mod start;
pub(super) mod status;
pub(super) mod summary;
pub(super) mod tags;
pub(super) mod text_editor;
pub(super) mod text_history;
pub(super) mod theme_menu;
