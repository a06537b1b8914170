//! Ideas that come back: parked ones when their time is over, abandoned ones for a
//! second look after a while.

use crate::domain::{Date, Idea, Portfolio, Status, days};

/// Days after the abandonment on which an idea comes up again.
const INTERVALS: [i64; 2] = [90, 270];

/// Second looks in a week, at most.
const A_WEEK: usize = 3;

/// Why an abandoned idea comes up again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SecondLook {
    /// The phrase that its owner waits for turned up in this idea.
    Phrase {
        /// Id of the idea.
        found_in: String,
    },
    /// The day that its owner set has come.
    Day(Date),
    /// So many days have passed since it was abandoned.
    Interval {
        /// 90 or 270.
        days: i64,
    },
}

impl SecondLook {
    /// The reason in a plain sentence, without a full stop.
    #[must_use]
    pub fn sentence(&self, idea: &Idea) -> String {
        match self {
            Self::Phrase { found_in } => {
                let phrase = idea.revive_if.as_deref().unwrap_or_default();
                format!("\"{phrase}\" turned up in {found_in}: has its time come?")
            }
            Self::Day(day) => format!("its day for a second look was {day}"),
            Self::Interval { days } => {
                format!("{days} days since it was dropped: what did the world make of it?")
            }
        }
    }
}

/// For each idea of a portfolio, in its order, why it is due for a second look,
/// if it is: the abandoned that carry hours or a trigger, on their trigger or
/// after 90 and 270 days, and no more than three a week, triggers first.
#[must_use]
pub fn second_looks(portfolio: &Portfolio, as_of: Date) -> Vec<Option<SecondLook>> {
    let ideas = portfolio.ideas();
    let said = Said::all(portfolio, as_of);
    let mut looks: Vec<Option<SecondLook>> =
        ideas.iter().map(|idea| reason(idea, &said, as_of)).collect();
    let mut due: Vec<usize> = (0..ideas.len()).filter(|&i| looks[i].is_some()).collect();
    due.sort_by_key(|&i| (looks[i].clone(), last_look(&ideas[i], as_of), &ideas[i].id));
    let left = A_WEEK.saturating_sub(looks_this_week(portfolio, as_of));
    for position in due.into_iter().skip(left) {
        looks[position] = None;
    }
    looks
}

fn reason(idea: &Idea, said: &[Said<'_>], as_of: Date) -> Option<SecondLook> {
    if idea.status != Status::Abandoned {
        return None;
    }
    let last = last_look(idea, as_of);
    let phrase = phrase(idea);
    let found_in = phrase.and_then(|phrase| turned_up(phrase, idea, said, last?));
    if let Some(other) = found_in {
        return Some(SecondLook::Phrase { found_in: other.id.clone() });
    }
    let is_news = |day: &Date| *day <= as_of && last.is_none_or(|last| last < *day);
    if let Some(day) = idea.revive_on.filter(is_news) {
        return Some(SecondLook::Day(day));
    }
    let worked = idea.log.iter().any(|entry| entry.date <= as_of && entry.hours > Some(0.0));
    let carries = worked || phrase.is_some() || idea.revive_on.is_some();
    let abandoned = abandonment(idea, as_of).filter(|_| carries)?;
    let has_come = |days: &i64| days::after(abandoned, *days) <= as_of;
    let days = INTERVALS.into_iter().rev().find(has_come)?;
    is_news(&days::after(abandoned, days)).then_some(SecondLook::Interval { days })
}

/// The day of the next second look at an idea: the one that its owner set, or 90
/// or 270 days after it was abandoned, the earliest that no decision has answered.
/// It may be past. A phrase that turns up has no day.
pub(super) fn next_look(idea: &Idea, as_of: Date) -> Option<Date> {
    if idea.status != Status::Abandoned {
        return None;
    }
    let last = last_look(idea, as_of);
    let worked = idea.log.iter().any(|entry| entry.date <= as_of && entry.hours > Some(0.0));
    let carries = worked || phrase(idea).is_some() || idea.revive_on.is_some();
    let abandoned = abandonment(idea, as_of).filter(|_| carries);
    let intervals = INTERVALS.iter().filter_map(|days| Some(days::after(abandoned?, *days)));
    let days = intervals.chain(idea.revive_on);
    days.filter(|day| last.is_none_or(|last| last < *day)).min()
}

/// When the idea was abandoned, second looks aside.
fn abandonment(idea: &Idea, as_of: Date) -> Option<Date> {
    let given_up = idea.decisions.iter().filter(|decision| {
        decision.date <= as_of
            && decision.to == Status::Abandoned
            && decision.from != Status::Abandoned
    });
    given_up.map(|decision| decision.date).max()
}

/// The day of the last decision about the idea.
fn last_look(idea: &Idea, as_of: Date) -> Option<Date> {
    idea.decisions.iter().map(|decision| decision.date).filter(|date| *date <= as_of).max()
}

/// The phrase that brings an idea back, if there is one.
fn phrase(idea: &Idea) -> Option<&str> {
    idea.revive_if.as_deref().filter(|phrase| !phrase.trim().is_empty())
}

/// What an idea says, in small letters, with the day since when it says it.
struct Said<'a> {
    idea: &'a Idea,
    texts: Vec<(Date, String)>,
}

impl<'a> Said<'a> {
    /// All that was said until a day after the first day on which an idea
    /// began to wait for a phrase; nothing where none does.
    fn all(portfolio: &'a Portfolio, as_of: Date) -> Vec<Self> {
        let waiting = portfolio
            .iter()
            .filter(|idea| idea.status == Status::Abandoned && phrase(idea).is_some());
        let Some(first) = waiting.filter_map(|idea| last_look(idea, as_of)).min() else {
            return Vec::new();
        };
        let is_new = |day: &Date| *day > first && *day <= as_of;
        let of = |idea: &'a Idea| {
            let words = [&idea.title, &idea.summary].into_iter().chain(&idea.tags);
            let day = idea.created.filter(is_new);
            let own = day.into_iter().flat_map(|day| words.clone().map(move |text| (day, text)));
            let log = idea.log.iter().filter(|entry| is_new(&entry.date));
            let notes = log.map(|entry| (entry.date, &entry.note));
            let texts = own.chain(notes).map(|(day, text)| (day, text.to_lowercase()));
            Self { idea, texts: texts.collect() }
        };
        portfolio.iter().map(of).filter(|said| !said.texts.is_empty()).collect()
    }
}

/// The first idea that is newer than a day, or was logged on since, and speaks
/// of the phrase, whatever its case.
fn turned_up<'a>(phrase: &str, idea: &Idea, said: &[Said<'a>], since: Date) -> Option<&'a Idea> {
    let phrase = phrase.trim().to_lowercase();
    let speaks = |(day, text): &(Date, String)| *day > since && text.contains(&phrase);
    let mut others = said.iter().filter(|other| other.idea.id != idea.id);
    others.find(|other| other.texts.iter().any(speaks)).map(|other| other.idea)
}

/// Second looks that were taken within the last seven days.
fn looks_this_week(portfolio: &Portfolio, as_of: Date) -> usize {
    let first = days::after(as_of, -6);
    let decisions = portfolio.iter().flat_map(|idea| &idea.decisions);
    decisions
        .filter(|decision| decision.from == Status::Abandoned)
        .filter(|decision| (first..=as_of).contains(&decision.date))
        .count()
}

/// The status as of a day. A parked idea whose day has come, or whose
/// [`Idea::parked_on`] is done or abandoned, stands where it stood before it
/// was parked (or in the inbox, if that is not known) until the user decides.
#[must_use]
pub fn effective_status(idea: &Idea, portfolio: &Portfolio, as_of: Date) -> Status {
    if idea.status == Status::Parked && returns(idea, portfolio, as_of) {
        stood_before(idea, as_of)
    } else {
        idea.status
    }
}

fn returns(idea: &Idea, portfolio: &Portfolio, as_of: Date) -> bool {
    let is_decided = |id: &String| {
        let other = portfolio.get(id).filter(|other| other.id != idea.id);
        other.is_some_and(|other| matches!(other.status, Status::Done | Status::Abandoned))
    };
    idea.parked_until.is_some_and(|day| day <= as_of)
        || idea.parked_on.as_ref().is_some_and(is_decided)
}

fn stood_before(idea: &Idea, as_of: Date) -> Status {
    let parked = idea
        .decisions
        .iter()
        .filter(|decision| decision.date <= as_of && decision.to == Status::Parked)
        .max_by_key(|decision| decision.date);
    parked
        .map(|decision| decision.from)
        .filter(|from| matches!(from, Status::Inbox | Status::Shortlist | Status::Active))
        .unwrap_or(Status::Inbox)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Decision, LogEntry};

    const GIVEN_UP: Date = Date::constant(2026, 1, 1);

    fn after(days: i64) -> Date {
        days::after(GIVEN_UP, days)
    }

    fn decide(idea: &mut Idea, date: Date, to: Status) {
        let from = idea.status;
        idea.decisions.push(Decision::new(date, from, to, "x"));
        idea.status = to;
    }

    fn entry(date: Date, note: &str) -> LogEntry {
        LogEntry {
            date,
            hours: Some(3.0),
            traction: None,
            note: note.into(),
            recalled: false,
            output: None,
        }
    }

    fn abandoned(id: &str) -> Idea {
        let mut idea = Idea::new(id, id);
        idea.log.push(entry(after(-10), "it runs"));
        decide(&mut idea, GIVEN_UP, Status::Abandoned);
        idea
    }

    fn looks(ideas: &[Idea], days: i64) -> Vec<Option<SecondLook>> {
        second_looks(&Portfolio::new(ideas.to_vec(), Vec::new()), after(days))
    }

    fn look(idea: &Idea, days: i64) -> Option<SecondLook> {
        looks(std::slice::from_ref(idea), days).remove(0)
    }

    #[test]
    fn what_cost_hours_comes_up_again_after_its_intervals() {
        let mut idea = abandoned("a");
        assert_eq!(look(&idea, 30), None);
        assert_eq!(look(&idea, 89), None);
        assert_eq!(look(&idea, 100), Some(SecondLook::Interval { days: 90 }));
        decide(&mut idea, after(45), Status::Abandoned);
        assert_eq!(look(&idea, 60), None);
        assert_eq!(look(&idea, 90), Some(SecondLook::Interval { days: 90 }));
        decide(&mut idea, after(300), Status::Abandoned);
        assert_eq!(look(&idea, 3000), None);
    }

    #[test]
    fn what_never_cost_anything_is_let_go() {
        let mut idea = abandoned("a");
        idea.log.clear();
        assert_eq!(look(&idea, 90), None);
        idea.revive_if = Some("a bigger cluster".into());
        assert_eq!(look(&idea, 90), Some(SecondLook::Interval { days: 90 }));
    }

    #[test]
    fn a_day_brings_it_back_once() {
        let mut idea = abandoned("a");
        idea.revive_on = Some(after(20));
        assert_eq!(look(&idea, 19), None);
        assert_eq!(look(&idea, 20), Some(SecondLook::Day(after(20))));
        decide(&mut idea, after(21), Status::Abandoned);
        assert_eq!(look(&idea, 25), None);
    }

    #[test]
    fn a_phrase_brings_it_back_when_it_is_news() {
        let mut idea = abandoned("a");
        idea.revive_if = Some("Bigger Cluster".into());
        let mut newer = Idea::new("b", "What to do with the bigger cluster");
        let found = Some(SecondLook::Phrase { found_in: "b".into() });
        newer.created = Some(after(-5));
        assert_eq!(looks(&[idea.clone(), newer.clone()], 20), [None, None]);
        newer.created = Some(after(15));
        assert_eq!(looks(&[idea.clone(), newer.clone()], 14), [None, None]);
        assert_eq!(looks(&[idea.clone(), newer.clone()], 15), [found.clone(), None]);
        decide(&mut idea, after(16), Status::Abandoned);
        assert_eq!(looks(&[idea.clone(), newer.clone()], 20), [None, None]);
        newer.log.push(entry(after(18), "the bigger cluster is up"));
        assert_eq!(looks(&[idea, newer], 20), [found, None]);
    }

    #[test]
    fn no_more_than_three_a_week() {
        let mut ideas: Vec<Idea> = ["a", "b", "c", "d", "e"].map(abandoned).to_vec();
        ideas[4].revive_on = Some(after(89));
        let due = |ideas: &[Idea]| -> Vec<bool> {
            looks(ideas, 90).iter().map(Option::is_some).collect()
        };
        assert_eq!(due(&ideas), [true, true, false, false, true]);
        decide(&mut ideas[0], after(84), Status::Abandoned);
        assert_eq!(due(&ideas), [false, true, false, false, true]);
    }

    const PARKED: Date = Date::constant(2026, 1, 1);
    const BACK: Date = Date::constant(2026, 3, 1);

    fn parked(from: Status) -> Idea {
        let mut idea = Idea::new("a", "a");
        idea.status = Status::Parked;
        let to = Status::Parked;
        idea.decisions.push(Decision::new(PARKED, from, to, "later"));
        idea
    }

    fn status(idea: &Idea, other: &Idea, as_of: Date) -> Status {
        let portfolio = Portfolio::new(vec![idea.clone(), other.clone()], Vec::new());
        effective_status(&portfolio.ideas()[0], &portfolio, as_of)
    }

    #[test]
    fn it_comes_back_on_its_day_to_where_it_stood() {
        let other = Idea::new("b", "b");
        for from in [Status::Shortlist, Status::Active] {
            let mut idea = parked(from);
            idea.parked_until = Some(BACK);
            assert_eq!(status(&idea, &other, Date::constant(2026, 2, 28)), Status::Parked);
            assert_eq!(status(&idea, &other, BACK), from);
        }
        let mut idea = parked(Status::Parked);
        idea.parked_until = Some(BACK);
        assert_eq!(status(&idea, &other, BACK), Status::Inbox);
    }

    #[test]
    fn it_comes_back_when_the_other_idea_is_decided() {
        let mut idea = parked(Status::Shortlist);
        idea.parked_on = Some("earlier-name".into());
        let mut other = Idea::new("b", "b");
        other.aliases.push("earlier-name".into());
        for (decided, expected) in [
            (Status::Shortlist, Status::Parked),
            (Status::Active, Status::Parked),
            (Status::Done, Status::Shortlist),
            (Status::Abandoned, Status::Shortlist),
        ] {
            other.status = decided;
            assert_eq!(status(&idea, &other, BACK), expected);
        }
        idea.parked_on = Some("gone".into());
        assert_eq!(status(&idea, &other, BACK), Status::Parked);
    }
}
