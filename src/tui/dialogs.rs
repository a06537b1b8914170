//! Questions to the user, one flow a file: how each is asked, what is understood
//! of the answer, and what follows from it.

mod add;
mod case;
mod decision;
mod dialog;
mod drop;
mod filter;
mod go_on;
mod goal;
mod holders;
mod import;
mod judge;
mod line_assist;
mod log;
mod look_back;
mod merge;
mod open_dialog;
mod park;
mod pick;
mod practice_card;
mod program;
mod promise;
mod quarter;
mod rate;
mod start;
mod status;
mod summary;
mod tags;
mod text_editor;
mod theme_menu;
mod think_again;
mod title;
mod unsaved;
mod words;

pub(super) use add::Add;
pub(super) use case::Case;
pub(super) use dialog::{Answer, Dialog, Form, Lines, List};
pub(super) use drop::{Drop, DropMenu};
pub(super) use filter::{Find, ForgetFilter, Limit, SaveFilter, ShowFilter, filter_choices};
pub(super) use go_on::{GoOn, NewIdea};
pub(super) use goal::GoalBox;
pub(super) use holders::Holders;
pub(super) use import::ImportPath;
pub(super) use judge::Judge;
pub(super) use line_assist::History;
pub(super) use log::{Log, Note};
pub(super) use look_back::{LookBack, Recall, Revive};
pub(super) use merge::Merge;
pub(super) use open_dialog::OpenDialog;
pub(super) use park::Park;
pub(super) use pick::{Choice, Picker};
pub(super) use practice_card::PracticeCard;
pub(super) use program::{
    Conflict, EditAgain, KeepCopy, LeaveText, Palette, Quit, Runnable, Sort, Welcome,
};
pub(super) use promise::{Forecast, Promise};
pub(super) use quarter::QuarterBox;
pub(super) use rate::{Bet, Rate};
pub(super) use start::Start;
pub(super) use status::{StatusMenu, moved};
pub(super) use summary::Summary;
pub(super) use tags::Tags;
pub(super) use text_editor::{TextEditor, columns as writing_columns};
pub(super) use theme_menu::ThemeMenu;
pub(super) use title::Title;
pub(super) use unsaved::UnsavedKey;
