//! The steps from an idea to its end: triage, the next step, parking, promises,
//! the review, second looks.

mod attention;
mod due;
mod goal;
mod next_step;
mod promise;
mod review;
mod second_look;
mod triage;

pub use attention::{Attention, attention, is_first_log_in_a_week, passed_over};
pub use due::{
    CalendarEvent, DueEntry, EventKind, Judgement, Recheck, RecheckReason, calendar_events,
    due_entries, rechecks,
};
pub use goal::{GoalProgress, goal_progress, serving_no_goal};
pub use next_step::{Alternative, NextStep, next_step};
pub use promise::{
    PromiseStanding, PromiseState, describe_promise, promise_flags, promised_until, promises,
};
pub use review::{Review, Urgency, agenda, review, review_of};
pub use second_look::{SecondLook, effective_status, second_looks};
pub use triage::{Card, Progress, ReturnReason, WouldRank, next_open, questions, queue};
