//! Verdicts on traction and the thresholds at which each begins.

use super::EffortUnit;

/// Where "stalled" and its neighbours begin. All of these are judgements, not
/// calibrated figures.
#[derive(Clone, Debug, PartialEq)]
pub struct StallRule {
    /// The next block of effort, in hours, unless a third of what was spent is
    /// more. Also the least effort to judge by, and the least to have sunk.
    pub block_hours: f64,
    /// What stands for [`StallRule::block_hours`] where no hours are recorded.
    pub block_weeks: f64,
    /// Gain in traction that the next block should bring.
    pub least_gain: f64,
    /// Entries with traction to judge by.
    pub least_observations: usize,
    /// Up to this probability of less than the least gain: progressing.
    pub progressing: f64,
    /// From this probability of less than the least gain on: watch.
    pub watch: f64,
    /// From this probability on, at two entries in a row: stalled.
    pub stalled: f64,
    /// What is stalled is declining once it stands this many levels below its
    /// best: the mean of the last three against the best mean of three in a row
    /// before them.
    pub drop: f64,
    /// From this mean of the last three levels on, what is flat is mature.
    pub mature: f64,
    /// Days without effort after which an idea is dormant.
    pub dormant_days: u32,
    /// Share of all logged hours that makes an idea one of the costly ones.
    pub invested_share: f64,
    /// From this probability on, another idea counts as better.
    pub better: f64,
}

impl Default for StallRule {
    fn default() -> Self {
        Self {
            block_hours: 40.0,
            block_weeks: 8.0,
            least_gain: 0.7,
            least_observations: 5,
            progressing: 0.25,
            watch: 0.65,
            stalled: 0.75,
            drop: 1.5,
            mature: 7.5,
            dormant_days: 30,
            invested_share: 0.15,
            better: 0.8,
        }
    }
}

impl StallRule {
    /// The least effort to judge by, which is also the least block ahead.
    #[must_use]
    pub const fn block(&self, unit: EffortUnit) -> f64 {
        match unit {
            EffortUnit::Hours => self.block_hours,
            EffortUnit::Weeks => self.block_weeks,
        }
    }
}

/// What there is to say about traction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Too few entries, too little effort, or nothing recent.
    NotEnoughEvidence,
    /// The next block will probably bring something.
    Progressing,
    /// Neither progressing nor stalled.
    Unclear,
    /// It looks like a stall, but not clearly enough to say so.
    Watch,
    /// The next block will very probably bring little.
    Stalled,
    /// Stalled, and below what it had reached.
    Declining,
    /// Flat because it is nearly as good as it gets: not a failure.
    Mature,
    /// No work is being done on it: not a stall.
    Dormant,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 8] = [
        Self::NotEnoughEvidence,
        Self::Progressing,
        Self::Unclear,
        Self::Watch,
        Self::Stalled,
        Self::Declining,
        Self::Mature,
        Self::Dormant,
    ];

    /// The word in files and in JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::NotEnoughEvidence => "not-enough-evidence",
            Self::Progressing => "progressing",
            Self::Unclear => "unclear",
            Self::Watch => "watch",
            Self::Stalled => "stalled",
            Self::Declining => "declining",
            Self::Mature => "mature",
            Self::Dormant => "dormant",
        }
    }

    /// The plain words on screen and in text: two verdicts that leave it open
    /// share theirs.
    #[must_use]
    pub const fn shown(self) -> &'static str {
        match self {
            Self::NotEnoughEvidence | Self::Unclear => "can't tell yet",
            Self::Progressing => "moving",
            Self::Watch => "slowing",
            Self::Stalled => "stalled",
            Self::Declining => "falling",
            Self::Mature => "holding",
            Self::Dormant => "idle",
        }
    }

    /// Whether the effort has stopped paying off.
    #[must_use]
    pub const fn is_stall(self) -> bool {
        matches!(self, Self::Stalled | Self::Declining)
    }
}
