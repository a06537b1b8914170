//! Time spent on choosing between ideas, as the workbench measures it.

use std::time::Duration;

use jiff::civil::Date;

use super::status::vocabulary;

vocabulary! {
    /// A way of choosing between ideas, by the screen on which it is done.
    Activity {
        /// Going through the inbox.
        Triage = "triage",
        /// Answering which of two ideas one would rather pursue.
        Duel = "duel",
        /// Looking at what has become of the work.
        Review = "review",
        /// Weighing risk against reward.
        Map = "map",
    }
}

/// Time that was spent on one activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeEntry {
    /// The day.
    pub day: Date,
    /// What was done.
    pub on: Activity,
    /// For how long.
    pub time: Duration,
}
