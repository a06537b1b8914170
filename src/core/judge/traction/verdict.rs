//! Verdicts on traction, the thresholds at which each begins, and the sentence
//! that gives its numbers.

use super::{EffortUnit, LevelMeans, Outlook, Pace, RECENT, Snapshot, Traction, Trend};
use crate::judge::numeric;

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

/// A fall of the hours to less than this share is told. A judgement.
const FALL: f64 = 0.5;

/// From this probability on a gain is called likely.
const LIKELY: f64 = 0.7;

impl Traction {
    /// The verdict in one plain sentence with its numbers, without a full stop:
    /// `up 3.5 in the first 34 h, up 0.2 in the 41 h since. 40 more hours will
    /// probably add less than 0.7`. Without a full stop.
    #[must_use]
    pub fn sentence(&self, rule: &StallRule) -> String {
        match (self.verdict, &self.outlook) {
            (Verdict::NotEnoughEvidence, _) | (_, None) => self.what_is_missing(rule),
            (Verdict::Dormant, _) => {
                let what = match self.effort.unit {
                    EffortUnit::Hours => "no hours",
                    EffortUnit::Weeks => "no entry",
                };
                let days = self.effort.idle_days.unwrap_or_default();
                format!("{what} for {days} days: it rests rather than stalls")
            }
            (Verdict::Mature, Some(outlook)) => {
                let mean = self.means.recent.unwrap_or_default();
                format!("{}. At {mean:.1} of 10 little is left to gain", self.so_far(outlook))
            }
            (_, Some(outlook)) => {
                format!("{}. {}", self.so_far(outlook), self.ahead(outlook, rule))
            }
        }
    }

    /// Facts beside the verdict, where they hold, in plain sentences without a
    /// full stop: a drop from the best level, and a fall in the hours logged.
    #[must_use]
    pub fn facts(&self, rule: &StallRule) -> Vec<String> {
        let LevelMeans { recent, best } = self.means;
        let dropped = best.zip(recent).filter(|_| self.means.drop() >= rule.drop);
        let dropped = dropped.map(|(best, recent)| {
            format!("it stood at {}, it stands at {}", numeric::tenth(best), numeric::tenth(recent))
        });
        let fell = self.effort.pace.filter(|pace| pace.recent < FALL * pace.before);
        let fell = fell.map(|Pace { recent, before }| {
            format!("{recent:.0} h a week in the last three months, {before:.0} in the year before")
        });
        dropped.into_iter().chain(fell).collect()
    }

    /// `up 3.5 in the first 34 h, up 0.2 in the 41 h since`.
    fn so_far(&self, outlook: &Outlook) -> String {
        let (unit, total) = (self.effort.unit, self.effort.total);
        let Trend { bend, gain_before, gain_since } = outlook.trend;
        let (before, since) = (change(gain_before), change(gain_since));
        let gains = match bend {
            None => format!("{before} in {}", amount(total, unit)),
            Some(bend) => {
                let (first, rest) = (amount(bend, unit), amount(total - bend, unit));
                format!("{before} in the first {first}, {since} in the {rest} since")
            }
        };
        match self.effort.silence() {
            weeks if weeks >= 1.0 => {
                format!("{gains}, the last {} without an entry", amount(weeks, unit))
            }
            _ => gains,
        }
    }

    /// `40 more hours will probably add less than 0.7`; open where neither is
    /// likely.
    fn ahead(&self, outlook: &Outlook, rule: &StallRule) -> String {
        let (block, unit) = (self.block, self.effort.unit.id());
        let gain = rule.least_gain;
        match outlook.p_stalled {
            p if p >= LIKELY => {
                format!("{block:.0} more {unit} will probably add less than {gain}")
            }
            p if p <= 1.0 - LIKELY => {
                format!("{block:.0} more {unit} will probably add {gain} or more")
            }
            _ => format!("Whether {block:.0} more {unit} add {gain} is open"),
        }
    }

    /// `too little to judge: 3 of 5 entries with traction, 12 of 40 h`.
    fn what_is_missing(&self, rule: &StallRule) -> String {
        let snapshot =
            Snapshot { effort: &self.effort, entries: self.effort.observations.len(), rule };
        let (observations, least) = (snapshot.entries, rule.least_observations);
        let mut missing = Vec::new();
        if observations < least {
            missing.push(format!("{observations} of {least} entries with traction"));
        }
        if snapshot.total() < snapshot.least_effort() {
            let least = amount(snapshot.least_effort(), self.effort.unit);
            missing.push(format!("{:.0} of {least}", snapshot.total().floor()));
        }
        let recent = snapshot.recent();
        if missing.is_empty() {
            let third = "in the last third of the effort";
            missing.push(format!("{recent} of {RECENT} entries with traction {third}"));
        }
        format!("too little to judge: {}", missing.join(", "))
    }
}

/// `34 h`, `12 weeks`.
fn amount(effort: f64, unit: EffortUnit) -> String {
    match unit {
        EffortUnit::Hours => format!("{effort:.0} h"),
        EffortUnit::Weeks => format!("{effort:.0} weeks"),
    }
}

/// `up 3.5`, `down 0.2`, `unchanged`.
fn change(gain: f64) -> String {
    match (gain * 10.0).round() / 10.0 {
        up if up > 0.0 => format!("up {up:.1}"),
        down if down < 0.0 => format!("down {:.1}", -down),
        _ => "unchanged".to_owned(),
    }
}
