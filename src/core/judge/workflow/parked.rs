//! The return of parked ideas.

use crate::domain::{Date, Idea, Portfolio, Status};

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
    use crate::domain::Decision;

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
