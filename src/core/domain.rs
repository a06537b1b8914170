//! The things that prospect is about: ideas, criteria, ratings, bets, logs, promises, decisions,
//! and the edits that change them.
//!
//! Knows no file, no clock and no terminal: dates come in from outside.

mod bet;
mod capture;
mod criterion;
pub(crate) mod days;
mod duel;
mod duration;
mod edit;
mod edit_error;
mod entry;
mod entry_line;
mod field;
mod fold;
mod goal;
mod idea;
mod merge;
mod new_ids;
mod portfolio;
mod problem;
mod rater;
mod reference;
mod session;
mod setting;
mod statement;
mod status;
mod written_date;

pub use bet::{BET_INPUTS, BetInput, BetKind};
pub use capture::Capture;
pub use criterion::{CRITERIA, Criterion, Question, RaterAnswers, Rating, is_file_name};
pub use days::{day_from_words, month_of, not_ahead, past_day_from_words};
pub use duel::{Duel, DuelEntry, DuelLog, DuelPool, Retraction, Winner, fresh_duel_id};
pub use duration::{hours_from_text, hours_with_unit};
pub use edit::{Change, Edit};
pub use edit_error::EditError;
pub use entry::{Entry, EntryField, EntryKind, EntryValue};
pub use entry_line::ImpossibleLog;
pub use field::{Field, Value, ValueKind};
pub use fold::{fnv_1a, fnv_1a_of_two, fold, fold_char, is_unspaced};
pub use goal::{
    GOAL_FIELDS, GOAL_LISTS, Goal, GoalField, GoalValue, QUARTER_FIELDS, QuarterAnswers,
    quarter_start,
};
pub use idea::{Decision, Forecast, Idea, LogEntry, Promise};
pub use jiff::Zoned;
pub use jiff::civil::Date;
pub use merge::merge;
pub use new_ids::{LONGEST_ID, NewIds};
pub use portfolio::{Portfolio, slug, unique};
pub use problem::{Problem, Severity};
pub use rater::{Rater, Reaction};
pub use reference::{
    is_address, link_kind, links_from_text, reference_in_words, references_in_title,
    whole_reference,
};
pub use session::{
    Activity, CardOutcome, Deck, DeckCard, Guess, PairAnswer, TimeEntry, TriageCard,
    TriageDecision, TriageRound, TriageStep,
};
pub use setting::{SettingTable, SettingValue, SettingValues, setting_path};
pub use statement::Statement;
pub use status::{CaseField, CleanSlate, ForecastResult, Outcome, PromiseResult, Status};
pub use written_date::{DateOrder, date_from_text, is_ambiguous_date};
