//! Questions to the user, one flow a file: how each is asked, what is understood
//! of the answer, and what follows from it.

mod add;
mod dialog;
mod drop;
mod filter;
mod go_on;
mod goal;
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
mod rate;
mod shortlist;
mod start;
mod status;
mod summary;
mod tags;
mod text_editor;
mod text_history;
mod theme_menu;

pub(super) use add::Add;
pub(super) use dialog::UnsavedKey;
pub(super) use dialog::{Answer, Dialog, Form, Lines, List, TypedLine, already, shown_day};
pub(super) use drop::{Drop, DropMenu, Holders};
pub(super) use filter::{Find, ForgetFilter, Limit, SaveFilter, ShowFilter, filter_choices};
pub(super) use go_on::{GoOn, NewIdea};
pub(super) use goal::{GoalBox, QuarterBox};
pub(super) use import::ImportPath;
pub(super) use judge::Judge;
pub(super) use line_assist::History;
pub(super) use log::{Log, Note};
pub(super) use look_back::{LookBack, Recall, Revive};
pub(super) use merge::Merge;
pub(super) use open_dialog::OpenDialog;
pub(super) use park::{Park, not_now};
pub(super) use pick::{Choice, Picker};
pub(super) use practice_card::PracticeCard;
pub(super) use program::{
    Conflict, EditAgain, KeepCopy, LeaveText, Palette, Quit, Runnable, Sort, UsualEditor, Welcome,
};
pub(super) use promise::{Forecast, Promise};
pub(super) use rate::{Bet, Rate};
pub(super) use shortlist::{Case, shortlist};
pub(super) use start::Start;
pub(super) use status::StatusMenu;
pub(super) use summary::{Summary, Title};
pub(super) use tags::Tags;
pub(super) use text_editor::{TextEditor, columns as writing_columns};
pub(super) use theme_menu::ThemeMenu;
