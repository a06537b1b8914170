//! The state of promises: what the user recorded wins, a level resolves by itself
//! from the log, and a claim waits until the user says yes or no.

use crate::domain::{Date, Idea, Promise, PromiseResult, Status, days};

use crate::judge::{Flag, numeric};

/// A level is judged on what was observed within so many days before the
/// promise's day.
const OBSERVED_WITHIN: i64 = 14;

/// How a promise stands on some day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PromiseState {
    /// Its day has not come.
    Pending,
    /// Its day has come, and the user has to say whether it was kept.
    Due,
    /// Kept.
    Kept,
    /// Not kept.
    Missed,
    /// Its day has passed and nothing was observed by which to judge it.
    Unknown,
    /// Withdrawn, or replaced by a later promise.
    Void,
}

impl PromiseState {
    /// Every state.
    pub const ALL: [Self; 6] =
        [Self::Pending, Self::Due, Self::Kept, Self::Missed, Self::Unknown, Self::Void];

    /// The word on screen and in JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Due => "due",
            Self::Kept => "kept",
            Self::Missed => "missed",
            Self::Unknown => "unknown",
            Self::Void => "void",
        }
    }
}

/// How one promise of an idea stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PromiseStanding {
    /// Which of [`Idea::promises`].
    pub position: usize,
    /// Its state.
    pub state: PromiseState,
    /// How often it was moved: the number of promises that it replaced.
    pub amended: usize,
    /// Whether it asks for something: to be judged, or, where it was missed or
    /// cannot be judged, for a decision.
    pub asks: bool,
}

/// How the promises of an idea stand, in file order. Promises made after
/// `as_of` are left out; results, entries and decisions after it are ignored.
#[must_use]
pub fn promises(idea: &Idea, as_of: Date) -> Vec<PromiseStanding> {
    let amended = amendments(idea, as_of);
    let made = |promise: &Promise| promise.set.is_none_or(|set| set <= as_of);
    let standing = |(position, promise): (usize, &Promise)| {
        let state = state(idea, promise, as_of);
        let asks = match state {
            PromiseState::Due => true,
            PromiseState::Missed | PromiseState::Unknown => !is_answered(idea, promise, as_of),
            PromiseState::Pending | PromiseState::Kept | PromiseState::Void => false,
        };
        PromiseStanding { position, state, amended: amended[position], asks }
    };
    idea.promises.iter().enumerate().filter(|(_, promise)| made(promise)).map(standing).collect()
}

/// The flags that promises raise which ask for something.
#[must_use]
pub fn promise_flags<'a>(asking: impl IntoIterator<Item = &'a PromiseStanding>) -> Vec<Flag> {
    let mut flags: Vec<Flag> = Vec::new();
    for promise in asking {
        let flag = match promise.state {
            PromiseState::Missed => Flag::PromiseMissed,
            _ => Flag::PromiseDue,
        };
        if !flags.contains(&flag) {
            flags.push(flag);
        }
    }
    flags
}

/// What is promised, in words: `"beats the direct answer", level 5 or more`.
#[must_use]
pub fn describe_promise(promise: &Promise) -> String {
    let claim = promise.claim.as_ref().map(|claim| format!("\"{claim}\""));
    let level = promise.traction.map(|level| format!("level {level} or more"));
    let both: Vec<String> = claim.into_iter().chain(level).collect();
    both.join(" and ")
}

/// The day until which an active idea runs under a promise that is still ahead:
/// the latest, if there are several.
#[must_use]
pub fn promised_until(idea: &Idea, as_of: Date) -> Option<Date> {
    let live = promises(idea, as_of).into_iter();
    let live = live.filter(|standing| standing.state == PromiseState::Pending);
    let days = live.map(|standing| idea.promises[standing.position].by);
    days.max().filter(|_| idea.status == Status::Active)
}

fn state(idea: &Idea, promise: &Promise, as_of: Date) -> PromiseState {
    match recorded(promise, as_of) {
        Some(PromiseResult::Kept) => PromiseState::Kept,
        Some(PromiseResult::Missed) => PromiseState::Missed,
        Some(PromiseResult::Void) => PromiseState::Void,
        None if promise.amended.is_some_and(|on| on <= as_of) => PromiseState::Void,
        None if is_reached(idea, promise, as_of) && promise.claim.is_none() => PromiseState::Kept,
        None if matches!(idea.status, Status::Done | Status::Abandoned) => PromiseState::Void,
        None if as_of < promise.by => PromiseState::Pending,
        None => on_its_day(idea, promise, as_of),
    }
}

/// What the user recorded until then.
fn recorded(promise: &Promise, as_of: Date) -> Option<PromiseResult> {
    promise.result.filter(|_| promise.resolved.is_none_or(|resolved| resolved <= as_of))
}

/// The state of a promise whose day has come and about which nothing is
/// recorded. Both the claim and the level have to hold where both are given.
fn on_its_day(idea: &Idea, promise: &Promise, as_of: Date) -> PromiseState {
    let day_is_over = as_of > promise.by;
    let level = promise.traction.map(|_| {
        if is_reached(idea, promise, as_of) {
            Some(true)
        } else {
            is_observed(idea, promise.by).then_some(false)
        }
    });
    match (level, &promise.claim) {
        (Some(Some(false)), _) if day_is_over => PromiseState::Missed,
        (Some(None), None) if day_is_over => PromiseState::Unknown,
        _ => PromiseState::Due,
    }
}

/// Whether an entry after the day on which a promise was made, and no later
/// than its day, reaches its level.
fn is_reached(idea: &Idea, promise: &Promise, as_of: Date) -> bool {
    let is_meant =
        |date: Date| date <= promise.by.min(as_of) && promise.set.is_none_or(|set| set < date);
    promise.traction.is_some_and(|level| {
        let mut entries = idea.log.iter().filter(|entry| is_meant(entry.date));
        entries.any(|entry| entry.traction.is_some_and(|traction| traction >= level))
    })
}

/// Whether a level was observed on a day or shortly before.
fn is_observed(idea: &Idea, by: Date) -> bool {
    let first = days::after(by, -OBSERVED_WITHIN);
    let mut recent = idea.log.iter().filter(|entry| (first..=by).contains(&entry.date));
    recent.any(|entry| entry.traction.is_some())
}

/// Whether a decision has followed: after the promise's day, or from the day
/// on which its end was recorded.
fn is_answered(idea: &Idea, promise: &Promise, as_of: Date) -> bool {
    let since = match recorded(promise, as_of) {
        Some(_) => promise.resolved.unwrap_or(promise.by),
        None => days::after(promise.by, 1),
    };
    idea.decisions.iter().any(|decision| (since..=as_of).contains(&decision.date))
}

/// For each promise how many it replaced, directly or in turn. A replaced
/// promise was followed by the next one in the file that was made no earlier.
fn amendments(idea: &Idea, as_of: Date) -> Vec<usize> {
    let promises = &idea.promises;
    let mut counts = vec![0; promises.len()];
    let mut follows = vec![false; promises.len()];
    for (position, promise) in promises.iter().enumerate() {
        let Some(on) = promise.amended.filter(|on| *on <= as_of) else { continue };
        let made_then = |next: &usize| {
            !follows[*next] && promises[*next].set.is_none_or(|set| (on..=as_of).contains(&set))
        };
        if let Some(next) = (position + 1..promises.len()).find(made_then) {
            follows[next] = true;
            counts[next] = counts[position] + 1;
        }
    }
    counts
}

/// `moved twice`; nothing for a promise that stands as it was made.
pub(crate) fn moved(amended: usize) -> Option<String> {
    (amended > 0).then(|| format!("moved {}", numeric::times(amended)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Decision, LogEntry};

    const SET: Date = Date::constant(2026, 1, 1);
    const BY: Date = Date::constant(2026, 3, 1);

    fn on(days: i64) -> Date {
        days::after(BY, days)
    }

    fn promise(claim: Option<&str>, traction: Option<f64>) -> Promise {
        Promise {
            set: Some(SET),
            by: BY,
            claim: claim.map(str::to_owned),
            traction,
            chance: Some(0.6),
            result: None,
            resolved: None,
            amended: None,
        }
    }

    fn idea(promise: Promise, observed: &[(i64, f64)]) -> Idea {
        let mut idea = Idea::new("a", "a");
        idea.promises.push(promise);
        idea.log.extend(observed.iter().map(|&(day, traction)| LogEntry {
            date: on(day),
            hours: None,
            traction: Some(traction),
            note: String::new(),
            recalled: false,
            output: None,
        }));
        idea
    }

    fn decide(idea: &mut Idea, date: Date) {
        let (from, to) = (Status::Active, Status::Active);
        idea.decisions.push(Decision::new(date, from, to, "go on"));
    }

    /// State and whether it asks for something, so many days after its day.
    fn at(idea: &Idea, day: i64) -> (&'static str, bool) {
        let standing = promises(idea, on(day))[0];
        (standing.state.id(), standing.asks)
    }

    #[test]
    fn a_claim_waits_to_be_judged_however_long() {
        let idea = idea(promise(Some("it works"), None), &[(-3, 9.0)]);
        assert_eq!(at(&idea, -1), ("pending", false));
        assert_eq!(at(&idea, 0), ("due", true));
        assert_eq!(at(&idea, 500), ("due", true));
    }

    #[test]
    fn a_level_resolves_by_itself() {
        let level = || promise(None, Some(5.0));
        for (observed, before, on_the_day, later) in [
            (vec![(-14, 5.0)], "kept", "kept", "kept"),
            (vec![(-15, 5.0)], "kept", "kept", "kept"),
            (vec![(-15, 4.0)], "pending", "due", "unknown"),
            (vec![(-9, 6.0), (-2, 4.5)], "kept", "kept", "kept"),
            (vec![(-2, 4.5)], "pending", "due", "missed"),
            (vec![(0, 4.0), (0, 5.0)], "pending", "kept", "kept"),
            (vec![(0, 4.0), (1, 5.0)], "pending", "due", "missed"),
            (vec![(1, 5.0)], "pending", "due", "unknown"),
            (vec![], "pending", "due", "unknown"),
        ] {
            let idea = idea(level(), &observed);
            assert_eq!(at(&idea, -1), (before, false));
            assert_eq!(at(&idea, 0), (on_the_day, on_the_day == "due"), "{observed:?}");
            assert_eq!(at(&idea, 30), (later, later != "kept"), "{observed:?}");
        }
    }

    #[test]
    fn a_level_is_met_on_the_day_it_is_reached_and_not_by_what_came_before() {
        let reached = idea(promise(None, Some(5.0)), &[(-20, 5.0), (-2, 3.0)]);
        assert_eq!(at(&reached, -21), ("pending", false));
        assert_eq!(at(&reached, -20), ("kept", false));
        // What was reached when the promise was made is no news.
        let mut before = idea(promise(None, Some(5.0)), &[]);
        let entry = LogEntry { date: SET, ..reached.log[0].clone() };
        before.log.push(entry);
        assert_eq!(at(&before, 1), ("unknown", true));
    }

    #[test]
    fn promises_of_an_idea_that_is_over_are_void() {
        for status in [Status::Done, Status::Abandoned] {
            let mut over = idea(promise(Some("it works"), None), &[]);
            over.status = status;
            assert_eq!(at(&over, -1), ("void", false));
            assert_eq!(at(&over, 30), ("void", false));
            let mut kept = idea(promise(None, Some(5.0)), &[(-1, 6.0)]);
            kept.status = status;
            assert_eq!(at(&kept, 30), ("kept", false), "what was kept stays kept");
        }
    }

    #[test]
    fn where_both_are_given_both_have_to_hold() {
        let both = || promise(Some("it works"), Some(5.0));
        assert_eq!(at(&idea(both(), &[(-1, 4.0)]), 0), ("due", true));
        assert_eq!(at(&idea(both(), &[(-1, 4.0)]), 1), ("missed", true));
        assert_eq!(at(&idea(both(), &[(-1, 5.0)]), 1), ("due", true));
        assert_eq!(at(&idea(both(), &[]), 1), ("due", true));
    }

    #[test]
    fn what_was_recorded_wins_once_it_was() {
        for (result, asks) in [
            (PromiseResult::Kept, false),
            (PromiseResult::Missed, true),
            (PromiseResult::Void, false),
        ] {
            let recorded =
                Promise { result: Some(result), resolved: Some(on(5)), ..promise(None, Some(5.0)) };
            let idea = idea(recorded, &[(-1, 1.0)]);
            assert_eq!(at(&idea, 4), ("missed", true));
            assert_eq!(at(&idea, 5), (result.id(), asks));
        }
    }

    #[test]
    fn a_miss_counts_until_something_is_decided() {
        let mut idea = idea(promise(None, Some(5.0)), &[(-1, 1.0)]);
        decide(&mut idea, BY);
        assert_eq!(at(&idea, 40), ("missed", true));
        decide(&mut idea, on(20));
        assert_eq!(at(&idea, 19), ("missed", true));
        assert_eq!(at(&idea, 20), ("missed", false));
    }

    #[test]
    fn what_is_recorded_as_missed_can_be_decided_on_the_same_day() {
        let result = Some(PromiseResult::Missed);
        let missed = Promise { result, resolved: Some(BY), ..promise(Some("it works"), None) };
        let mut idea = idea(missed, &[]);
        assert_eq!(at(&idea, 0), ("missed", true));
        decide(&mut idea, BY);
        assert_eq!(at(&idea, 0), ("missed", false));
    }

    #[test]
    fn a_moved_promise_remembers_how_often() {
        let mut idea = idea(promise(Some("it works"), None), &[]);
        idea.promises[0].amended = Some(on(-30));
        let second = Promise { set: Some(on(-30)), by: on(20), ..promise(Some("it works"), None) };
        let other = Promise { set: Some(on(-40)), ..promise(Some("it is cheap"), None) };
        let third = Promise { set: Some(on(10)), by: on(50), ..second.clone() };
        idea.promises.extend([other, Promise { amended: Some(on(10)), ..second }, third]);
        let standings = |day| -> Vec<(usize, &str, usize)> {
            let standings = promises(&idea, on(day));
            standings.iter().map(|s| (s.position, s.state.id(), s.amended)).collect()
        };
        assert_eq!(standings(-35), [(0, "pending", 0), (1, "pending", 0)]);
        assert_eq!(standings(-30), [(0, "void", 0), (1, "pending", 0), (2, "pending", 1)]);
        let last = [(0, "void", 0), (1, "due", 0), (2, "void", 1), (3, "pending", 2)];
        assert_eq!(standings(10), last);
    }

    #[test]
    fn a_promise_is_told_in_words() {
        let both = promise(Some("it works"), Some(5.0));
        assert_eq!(describe_promise(&both), "\"it works\" and level 5 or more");
        assert_eq!(moved(0), None);
        assert_eq!(moved(2).as_deref(), Some("moved twice"));
    }
}
