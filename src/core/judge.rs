//! What we conclude: scores, rankings, verdicts, flags. Pure functions of the
//! domain; the day as of which is judged is always an argument.

mod alternative;
mod balance;
mod belief;
mod calibration;
mod comparison;
mod days;
mod descending;
mod direction;
pub mod duel;
mod hours;
mod input;
mod memory;
mod next_step;
mod numeric;
mod parking;
mod plane;
mod promise;
mod rank;
mod raters;
mod review;
mod robustness;
mod rule;
mod score;
mod second_look;
mod similarity;
pub mod simulate;
mod strategy;
mod suggestion;
pub mod taste;
mod time_spent;
mod traction;
mod triage;
mod words;

pub use alternative::Alternative;
pub use balance::{Balance, balance, chance_of_a_hit};
pub use calibration::{
    BackedShare, Bin, Calibration, CriterionCorrelation, Decomposition, FEW, IdeaInHindsight,
    Practice, Recalibration, ResolvedForecast, Selection, promise_forecasts, reminder, selection,
};
pub use comparison::{Comparison, Term, compare};
pub use descending::sort_descending;
pub use direction::{Direction, directions};
pub use hours::hours_within;
pub use input::Input;
pub use memory::{Reminder, is_duplicate, reminders};
pub use next_step::{NextStep, next_step};
pub use parking::effective_status;
pub use plane::Place;
pub use promise::{PromiseStanding, PromiseState, describe_promise, promise_flags, promises};
pub use rank::{
    Flag, Standing, flags, flags_of_answers, possible_ranks, rank, rank_order, rated_ranking,
    sort_for_rank, standings,
};
pub use raters::{Answers, disputes, others, scores};
pub use review::{Review, Urgency, agenda, review, review_of};
pub use robustness::{
    Acceptability, OpenQuestion, Passing, Sampling, Side, Stability, Study, TippingPoint,
    WeightInterval, WeightSpread, tipping_points, weight_stability,
};
pub use rule::{Appetite, Form, ScoreRule, thousandths};
pub use score::{Score, score, shown_tenths};
pub use second_look::{SecondLook, second_looks};
pub use similarity::{ALIKE, Resemblance, SimilarityIndex};
pub use strategy::strategy;
pub use suggestion::{Bid, Suggestion, Week, suggest};
pub use time_spent::TimeSpent;
pub use traction::{
    Effort, EffortUnit, Hinge, Level, LevelForecast, Observation, Outlook, StallRule, Traction,
    Trend, Verdict, level_forecast,
};
pub use triage::{Card, Landing, Progress, Return, next_open, questions, queue};
pub use words::percent;
