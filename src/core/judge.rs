//! Conclusions: scores, rankings, verdicts, flags. Pure functions of the domain;
//! the day as of which is judged is always an argument.

mod calibration;
pub mod duel;
mod numeric;
mod portfolio;
mod robustness;
mod score;
mod similarity;
pub mod simulate;
pub mod taste;
mod traction;
mod workflow;

pub use calibration::{
    BackedShare, Bin, Calibration, CardPair, CriterionCorrelation, Decomposition, DueForecast, FEW,
    ForecastHistory, IdeaInHindsight, OWN_DECK, PairScore, Practice, Quarter, Recalibration,
    ResolvedForecast, SURE, Selection, due_forecasts, next_pair, own_deck, promise_forecasts,
    reminder, selection, wants_forecast,
};
pub use numeric::{ordinal, percent, sort_descending};
pub use portfolio::{
    Balance, Candidate, Capacity, RiskRewardPoint, Suggestion, TagRollup, TimeSpent, balance,
    hours_within, suggest, tag_rollups,
};
pub use robustness::{
    Acceptability, OpenQuestion, Passing, Sampling, Side, Stability, Study, TippingPoint,
    WeightInterval, WeightSpread, tipping_points, weight_stability,
};
pub use score::{
    Answers, Appetite, Cap, Comparison, Flag, Form, Input, Score, ScorePart, ScoreRule, Standing,
    Term, Waterfall, compare, disputes, flags, flags_of_answers, others, possible_ranks, rank,
    rank_order, rated_ranking, said_by_others, score, scores, shown_tenths, sort_for_rank,
    standings, strategy, thousandths,
};
pub use similarity::{
    ALIKE, PERHAPS, Resemblance, SimilarPastIdea, SimilarityIndex, alike_ids, all_duplicates,
    is_duplicate, perhaps_in_words, perhaps_like, similar_past_ideas,
};
pub use traction::{
    Effort, EffortUnit, Hinge, Level, LevelForecast, LevelMeans, Observation, Outlook, Pace,
    StallRule, Traction, Trend, Verdict, level_forecast,
};
pub use workflow::{
    Alternative, Attention, CalendarEvent, Card, DueEntry, EventKind, GoalProgress, Judgement,
    NextStep, Progress, PromiseStanding, PromiseState, Recheck, RecheckReason, ReturnReason,
    Review, SecondLook, Urgency, WouldRank, agenda, attention, calendar_events, describe_promise,
    due_entries, effective_status, goal_progress, is_first_log_in_a_week, next_open, next_step,
    passed_over, promise_flags, promised_until, promises, questions, queue, rechecks, review,
    review_of, second_looks, serving_no_goal,
};
