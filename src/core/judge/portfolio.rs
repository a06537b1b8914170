//! The ideas taken together: balance of bets, risk against reward, tags, hours,
//! a suggested portfolio.
//!
//! The balance is of the portfolio, never inside the score of an idea. Risk and
//! reward have two planes, because two ways of betting are not measured with the
//! same stick. The active ideas that share a tag are judged by their logs together:
//! each may be too young to judge while the direction has been going nowhere for a
//! year.

mod suggestion;

pub use suggestion::{Candidate, Capacity, Suggestion, suggest};

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    Activity, BetInput, BetKind, Date, Idea, LogEntry, Portfolio, Status, TimeEntry, days,
};
use crate::judge::{StallRule, Traction, effective_status};

/// How effort is split, against how it should be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Balance {
    /// Share of the effort in hot bets, 0–1.
    pub hot: f64,
    /// Share of the effort in next-hot bets, 0–1.
    pub next_hot: f64,
    /// Share of the effort where no bet is declared, 0–1.
    pub undeclared: f64,
    /// Share that should go to next-hot bets, 0–1; the rest to hot ones.
    pub target: f64,
}

impl Balance {
    /// 1 − ½ Σ |share − target share|: 1 where the effort is split as it should
    /// be, 0 where all of it is elsewhere.
    #[must_use]
    pub fn value(&self) -> f64 {
        let off = (self.hot - (1.0 - self.target)).abs()
            + (self.next_hot - self.target).abs()
            + self.undeclared;
        1.0 - 0.5 * off
    }
}

/// The balance of efforts (hours, or 1 for each idea; 0 or more) against the
/// share that next-hot bets should have (0–1); `None` without any effort.
#[must_use]
pub fn balance(
    efforts: impl IntoIterator<Item = (Option<BetKind>, f64)>,
    target: f64,
) -> Option<Balance> {
    let (mut hot, mut next_hot, mut undeclared) = (0.0, 0.0, 0.0);
    for (kind, effort) in efforts {
        match kind {
            Some(BetKind::Hot) => hot += effort,
            Some(BetKind::NextHot) => next_hot += effort,
            None => undeclared += effort,
        }
    }
    let all = hot + next_hot + undeclared;
    let share = |effort: f64| effort / all;
    (all > 0.0).then(|| Balance {
        hot: share(hot),
        next_hot: share(next_hot),
        undeclared: share(undeclared),
        target,
    })
}

/// The least and the greatest chance that the axis tells apart: those of the
/// scale.
const CHANCES: (f64, f64) = (0.01, 0.9);

/// A point of the risk–reward plane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RiskRewardPoint {
    /// In which plane.
    pub bet: BetKind,
    /// From left to right, 0–1: the chance of a next-hot bet, the edge of a hot
    /// one. The middle of an answer that is a range.
    pub across: f64,
    /// From the bottom up, 0–1: the reward of a next-hot bet, the commitment to
    /// a hot one.
    pub up: f64,
    /// Whether both answers are numbers and not ranges.
    pub is_exact: bool,
}

impl RiskRewardPoint {
    /// The questions that span a plane: across, up.
    #[must_use]
    pub const fn axes(bet: BetKind) -> [BetInput; 2] {
        match bet {
            BetKind::NextHot => [BetInput::Chance, BetInput::Reward],
            BetKind::Hot => [BetInput::Edge, BetInput::Commitment],
        }
    }

    /// The place of an idea; `None` without a bet, or where one of the two
    /// answers is missing.
    #[must_use]
    pub fn of(idea: &Idea) -> Option<Self> {
        let bet = idea.bet?;
        let [across, up] = Self::axes(bet).map(|input| idea.bet_input(input));
        let (across, up) = (across?, up?);
        Some(Self {
            bet,
            across: match bet {
                BetKind::NextHot => Self::along_chances(across.middle()),
                BetKind::Hot => across.middle() / 10.0,
            },
            up: up.middle() / 10.0,
            is_exact: across.is_value() && up.is_value(),
        })
    }

    /// Where a chance (0–1) stands on its axis, 0–1: every step along it
    /// multiplies the chance.
    #[must_use]
    pub fn along_chances(chance: f64) -> f64 {
        let (least, greatest) = CHANCES;
        ((chance.max(least) / least).ln() / (greatest / least).ln()).min(1.0)
    }
}

/// Ideas that it takes to make a direction.
const LEAST: usize = 2;

/// The active ideas that share a tag.
#[derive(Clone, Debug, PartialEq)]
pub struct TagRollup {
    /// The tag.
    pub tag: String,
    /// Which of the portfolio's ideas, in its order.
    pub positions: Vec<usize>,
    /// The verdict on their logs taken together. The level of a direction is
    /// the best that any of its ideas had to show last.
    pub traction: Traction,
}

/// The tags with two active ideas or more, the most hours first.
#[must_use]
pub fn tag_rollups(portfolio: &Portfolio, rule: &StallRule, as_of: Date) -> Vec<TagRollup> {
    let mut by_tag: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (position, idea) in portfolio.iter().enumerate() {
        if effective_status(idea, portfolio, as_of) == Status::Active {
            for tag in &idea.tags {
                by_tag.entry(tag).or_default().push(position);
            }
        }
    }
    let shared = by_tag.into_iter().filter(|(_, positions)| positions.len() >= LEAST);
    let mut rollups: Vec<TagRollup> = shared
        .map(|(tag, positions)| {
            let ideas = positions.iter().map(|&position| portfolio.ideas()[position].as_ref());
            let traction = Traction::of(&together(tag, ideas, as_of), rule, as_of);
            TagRollup { tag: tag.to_owned(), positions, traction }
        })
        .collect();
    rollups.sort_by(|a, b| b.traction.effort.hours.total_cmp(&a.traction.effort.hours));
    rollups
}

/// One idea with the logs of all.
fn together<'a>(tag: &str, ideas: impl Iterator<Item = &'a Idea>, as_of: Date) -> Idea {
    let mut log: Vec<(usize, &LogEntry)> = Vec::new();
    for (of, idea) in ideas.enumerate() {
        log.extend(idea.log.iter().filter(|entry| entry.date <= as_of).map(|entry| (of, entry)));
    }
    log.sort_by_key(|(_, entry)| entry.date);
    // The last level of each idea, as bits: those of numbers from 0 on are in their order.
    let mut levels: BTreeMap<usize, u64> = BTreeMap::new();
    let mut by_level: BTreeSet<(u64, usize)> = BTreeSet::new();
    let mut rollup = Idea::new(tag, tag);
    for (of, entry) in log {
        let traction = entry.traction.and_then(|level| {
            let level = level.abs().to_bits();
            if let Some(before) = levels.insert(of, level) {
                by_level.remove(&(before, of));
            }
            by_level.insert((level, of));
            by_level.last().map(|(best, _)| f64::from_bits(*best))
        });
        rollup.log.push(LogEntry { traction, note: String::new(), ..entry.clone() });
    }
    rollup
}

/// Time of the last [`TimeSpent::DAYS`] days.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TimeSpent {
    /// Hours spent on choosing, in the order of [`Activity::ALL`].
    pub choosing: [f64; Activity::ALL.len()],
    /// Duels answered, those that were taken back aside.
    pub duels: usize,
    /// Hours logged on ideas.
    pub logged: f64,
}

impl TimeSpent {
    /// How far back is looked, the day itself included.
    pub const DAYS: i64 = 30;

    /// Adds up what was measured and what was logged, until a day. `spells` may
    /// come in any order.
    #[must_use]
    pub fn of(portfolio: &Portfolio, spells: &[TimeEntry], as_of: Date) -> Self {
        let recent = |day: Date| is_recent(day, as_of);
        let standing = portfolio.duels().standing(as_of);
        let logged = hours_within(portfolio, Self::DAYS, as_of);
        Self {
            choosing: Self::choosing(spells, as_of),
            duels: standing.iter().filter(|duel| recent(duel.at.date())).count(),
            logged: logged.iter().map(|(_, hours)| hours).sum(),
        }
    }

    /// The hours spent on choosing, in the order of [`Activity::ALL`].
    #[must_use]
    pub fn choosing(spells: &[TimeEntry], as_of: Date) -> [f64; Activity::ALL.len()] {
        let mut hours = [0.0; Activity::ALL.len()];
        for spell in spells.iter().filter(|spell| is_recent(spell.day, as_of)) {
            hours[spell.on as usize] += spell.time.as_secs_f64() / 3600.0;
        }
        hours
    }

    /// Whether nothing is known of any of it.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// Hours spent on choosing in all.
    #[must_use]
    pub fn hours_choosing(&self) -> f64 {
        self.choosing.iter().sum()
    }

    /// `Choosing took 1.4 h of the last 30 days, the work 61 h.`
    #[must_use]
    pub fn sentence(&self) -> String {
        let (choosing, logged) = (duration(self.hours_choosing()), duration(self.logged));
        let days = Self::DAYS;
        format!("Choosing took {choosing} of the last {days} days, the work {logged}.")
    }
}

fn is_recent(day: Date, as_of: Date) -> bool {
    (days::after(as_of, 1 - TimeSpent::DAYS)..=as_of).contains(&day)
}

/// `25 min`, `1.4 h`, `61 h`.
fn duration(hours: f64) -> String {
    match hours {
        0.0 => "0 h".to_owned(),
        h if h * 60.0 < 0.5 => "under 1 min".to_owned(),
        h if h < 0.95 => format!("{:.0} min", h * 60.0),
        h if h < 9.95 => format!("{h:.1} h"),
        h => format!("{h:.0} h"),
    }
}

/// The ideas that were worked on within so many days up to and including a day,
/// with the hours, the most first.
#[must_use]
pub fn hours_within(portfolio: &Portfolio, days: i64, as_of: Date) -> Vec<(usize, f64)> {
    let first = days::after(as_of, 1 - days);
    let mut spent: Vec<(usize, f64)> = Vec::new();
    for (position, idea) in portfolio.iter().enumerate() {
        let recent = idea.log.iter().filter(|entry| (first..=as_of).contains(&entry.date));
        let hours: f64 = recent.filter_map(|entry| entry.hours).sum();
        if hours > 0.0 {
            spent.push((position, hours));
        }
    }
    spent.sort_by(|a, b| b.1.total_cmp(&a.1));
    spent
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;
    use crate::domain::{Field, Idea, LogEntry, Rating, Value};
    use crate::judge::Verdict;

    #[test]
    fn balance_is_what_lies_where_it_should() {
        let value = |hot, next_hot, undeclared, target| {
            let efforts =
                [(Some(BetKind::Hot), hot), (Some(BetKind::NextHot), next_hot), (None, undeclared)];
            balance(efforts, target).map(|balance| balance.value())
        };
        assert_eq!(value(30.0, 10.0, 0.0, 0.25), Some(1.0));
        assert_eq!(value(40.0, 0.0, 0.0, 0.25), Some(0.75));
        assert_eq!(value(40.0, 0.0, 0.0, 1.0), Some(0.0));
        assert_eq!(value(0.0, 0.0, 8.0, 0.5), Some(0.0));
        assert_eq!(value(0.0, 0.0, 0.0, 0.5), None);
    }

    proptest! {
        #[test]
        fn balance_is_a_share(efforts in prop::array::uniform3(0.0..100.0), target in 0.0..=1.0) {
            let kinds = [Some(BetKind::Hot), Some(BetKind::NextHot), None];
            if let Some(balance) = balance(kinds.into_iter().zip(efforts), target) {
                prop_assert!((-1e-9..=1.0 + 1e-9).contains(&balance.value()));
            }
        }
    }

    fn with_bet(bet: BetKind, answers: [(BetInput, Rating); 2]) -> Idea {
        let mut idea = Idea::new("a", "A");
        idea.set(Field::Bet, Some(Value::Bet(bet))).unwrap();
        for (input, rating) in answers {
            idea.set(Field::BetInput(input), Some(Value::Rating(rating))).unwrap();
        }
        idea
    }

    #[test]
    fn every_step_along_the_chances_multiplies_them() {
        let step = RiskRewardPoint::along_chances(0.03);
        assert!((RiskRewardPoint::along_chances(0.09) - 2.0 * step).abs() < 1e-12);
        assert!((RiskRewardPoint::along_chances(0.27) - 3.0 * step).abs() < 1e-12);
        for (chance, place) in [(0.0, 0.0), (0.01, 0.0), (0.9, 1.0), (1.0, 1.0)] {
            assert!((RiskRewardPoint::along_chances(chance) - place).abs() < 1e-12, "{chance}");
        }
    }

    #[test]
    fn a_bet_is_placed_by_its_own_two_answers() {
        let hot = with_bet(
            BetKind::Hot,
            [
                (BetInput::Edge, Rating::value(8.0)),
                (BetInput::Commitment, Rating::range(2.0, 4.0).unwrap()),
            ],
        );
        let place = RiskRewardPoint { bet: BetKind::Hot, across: 0.8, up: 0.3, is_exact: false };
        assert_eq!(RiskRewardPoint::of(&hot), Some(place));
        let half = Idea { bet: Some(BetKind::NextHot), ..hot };
        assert_eq!(RiskRewardPoint::of(&half), None);
        assert_eq!(RiskRewardPoint::of(&Idea::new("a", "A")), None);
    }

    fn idea(id: &str, first_day: i8, levels: &[f64]) -> Idea {
        let mut idea = Idea::new(id, id);
        idea.status = Status::Active;
        idea.tags = vec!["agents".into(), id.into()];
        idea.log = (first_day..)
            .zip(levels)
            .map(|(day, level)| LogEntry {
                date: Date::constant(2026, 3, day),
                hours: Some(12.0),
                traction: Some(*level),
                note: String::new(),
                recalled: false,
                output: None,
            })
            .collect();
        idea
    }

    #[test]
    fn a_direction_stalls_though_each_of_its_ideas_is_too_young_to_say() {
        let day = Date::constant(2026, 3, 25);
        let ideas = vec![
            idea("a", 1, &[3.0, 4.0, 4.0]),
            idea("b", 5, &[2.0, 3.0, 3.0, 4.0]),
            idea("c", 10, &[2.0, 3.0, 4.0, 3.0]),
            idea("d", 15, &[3.0, 3.0, 4.0, 4.0]),
        ];
        let portfolio = Portfolio::new(ideas, Vec::new());
        let rule = StallRule::default();
        for idea in portfolio.ideas() {
            assert_eq!(Traction::of(idea, &rule, day).verdict, Verdict::NotEnoughEvidence);
        }
        let rollups = tag_rollups(&portfolio, &rule, day);
        assert_eq!(rollups.len(), 1);
        let agents = &rollups[0];
        assert_eq!((agents.tag.as_str(), &agents.positions[..]), ("agents", &[0, 1, 2, 3][..]));
        assert_eq!(agents.traction.effort.hours, 180.0);
        assert!(agents.traction.verdict.is_stall(), "{:?}", agents.traction);
    }

    const TODAY: Date = Date::constant(2026, 3, 30);

    fn spell(ago: i64, on: Activity, minutes: u64) -> TimeEntry {
        let time = Duration::from_secs(60 * minutes);
        TimeEntry { day: days::after(TODAY, -ago), on, time }
    }

    #[test]
    fn only_the_last_days_count() {
        let mut idea = Idea::new("a", "a");
        for (ago, hours) in [(3, 40.0), (29, 21.0), (30, 100.0), (-1, 100.0)] {
            idea.log.push(LogEntry {
                date: days::after(TODAY, -ago),
                hours: Some(hours),
                traction: None,
                note: String::new(),
                recalled: false,
                output: None,
            });
        }
        let portfolio = Portfolio::new(vec![idea], Vec::new());
        let spells = [
            spell(0, Activity::Duel, 72),
            spell(29, Activity::Triage, 12),
            spell(30, Activity::Review, 600),
            spell(-1, Activity::Review, 600),
        ];
        let spent = TimeSpent::of(&portfolio, &spells, TODAY);
        assert!((spent.hours_choosing() - 1.4).abs() < 1e-9 && spent.logged == 61.0);
        assert_eq!(spent.sentence(), "Choosing took 1.4 h of the last 30 days, the work 61 h.");
    }

    #[test]
    fn nothing_is_nothing() {
        assert_eq!(
            TimeSpent::default().sentence(),
            "Choosing took 0 h of the last 30 days, the work 0 h."
        );
    }

    #[test]
    fn hours_of_the_last_days_are_summed_by_idea() {
        let day = Date::constant(2026, 3, 30);
        let idea = |id: &str, entries: &[(i64, f64)]| {
            let mut idea = Idea::new(id, id);
            idea.log.extend(entries.iter().map(|&(ago, hours)| LogEntry {
                date: days::after(day, -ago),
                hours: Some(hours),
                traction: None,
                note: String::new(),
                recalled: false,
                output: None,
            }));
            idea
        };
        let ideas = vec![
            idea("a", &[(0, 2.0), (30, 50.0)]),
            idea("b", &[(29, 7.0)]),
            idea("c", &[(-1, 9.0)]),
        ];
        let spent = hours_within(&Portfolio::new(ideas, Vec::new()), 30, day);
        assert_eq!(spent, [(1, 7.0), (0, 2.0)]);
    }
}
