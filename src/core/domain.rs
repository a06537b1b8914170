//! The things that prospect is about: ideas, criteria, ratings, bets, logs, promises, decisions,
//! and the edits that change them.
//!
//! Knows no file, no clock and no terminal: dates come in from outside.

mod bet;
mod capture;
mod criterion;
mod decide;
mod difference;
mod duel;
mod duration;
mod edit;
mod entry_field;
mod field;
mod fold;
mod forecast_line;
mod hash;
mod idea;
mod log_line;
mod merge;
mod new_ids;
mod opinion;
mod pool;
mod portfolio;
mod practice;
mod problem;
mod promise_line;
mod rater_answers;
mod rating;
mod reference;
mod setting;
mod status;
mod time_log;
mod triage;
mod when;
mod written_date;

pub use bet::{BET_INPUTS, BetInput, BetKind};
pub use capture::Capture;
pub use criterion::{CRITERIA, Criterion, Question};
pub use duel::{Duel, DuelEntry, DuelLog, Retraction, Winner, fresh_duel_id};
pub use duration::{hours_from_text, hours_with_unit};
pub use edit::{Change, Edit, EditError, Entry, EntryKind};
pub use entry_field::{EntryField, EntryValue};
pub use field::{Field, Value, ValueKind};
pub use fold::{fold, fold_char, is_unspaced};
pub use hash::fnv_1a;
pub use idea::{Decision, Forecast, Idea, LogEntry, Promise};
pub use jiff::Zoned;
pub use jiff::civil::Date;
pub use log_line::ImpossibleLog;
pub use merge::merge;
pub use new_ids::{LONGEST_ID, NewIds};
pub use opinion::Opinion;
pub use pool::DuelPool;
pub use portfolio::{Portfolio, Rater, slug, unique};
pub use practice::{CardOutcome, Deck, DeckCard, Guess};
pub use problem::{Problem, Severity};
pub use rater_answers::{RaterAnswers, is_file_name};
pub use rating::Rating;
pub use reference::{
    is_address, link_kind, links_from_text, reference_in_words, references_in_title,
    whole_reference,
};
pub use setting::{SettingValue, SettingValues, setting_path};
pub use status::{CaseField, CleanSlate, ForecastResult, Outcome, PromiseResult, Status};
pub use time_log::{Activity, TimeEntry};
pub use triage::{TriageCard, TriageDecision, TriageRound, TriageStep};
pub use when::{day_from_words, month_of, not_ahead, past_day_from_words};
pub use written_date::{DateOrder, date_from_text, is_ambiguous_date};
