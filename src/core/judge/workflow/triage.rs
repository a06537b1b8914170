//! Triage: which cards wait, what is open about one, how far the round is, and
//! where a card would stand.

use std::fmt;

use crate::domain::{Criterion, Date, Field, Idea, Portfolio, Status};

use crate::judge::{Score, effective_status, ordinal, possible_ranks, rank};

/// A card that waits for a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card<'a> {
    /// The idea.
    pub id: &'a str,
    /// Why it is back; `None` for one from the inbox.
    pub returned: Option<ReturnReason>,
}

/// Why a parked idea is back. Shown as a few words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReturnReason {
    /// The day until which it was parked has come.
    Day(Date),
    /// The idea that it waited for is decided.
    Decided {
        /// Id of the other idea.
        id: String,
        /// Done or abandoned.
        status: Status,
    },
}

impl fmt::Display for ReturnReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "was parked until {day}"),
            Self::Decided { id, status } => {
                write!(f, "{id}, for which it waited, is {}", status.shown())
            }
        }
    }
}

/// The cards of a round: parked ideas that have returned, then the inbox, each
/// in file order.
#[must_use]
pub fn queue(portfolio: &Portfolio, as_of: Date) -> Vec<Card<'_>> {
    let ideas = portfolio.iter();
    let returned = ideas.clone().filter_map(|idea| {
        returned(idea, portfolio, as_of)
            .map(|returned| Card { id: &idea.id, returned: Some(returned) })
    });
    let inbox = ideas
        .filter(|idea| idea.status == Status::Inbox)
        .map(|idea| Card { id: &idea.id, returned: None });
    returned.chain(inbox).collect()
}

fn returned(idea: &Idea, portfolio: &Portfolio, as_of: Date) -> Option<ReturnReason> {
    let is_back =
        idea.status == Status::Parked && effective_status(idea, portfolio, as_of) != Status::Parked;
    if !is_back {
        return None;
    }
    if let Some(day) = idea.parked_until.filter(|day| *day <= as_of) {
        return Some(ReturnReason::Day(day));
    }
    let other = portfolio.get(idea.parked_on.as_deref()?)?;
    Some(ReturnReason::Decided { id: other.id.clone(), status: other.status })
}

/// The questions on a card, in order: the criteria, then the bet and its own
/// questions, from which the strategy follows unless it is rated directly.
#[must_use]
pub fn questions(idea: &Idea) -> Vec<Field> {
    let criteria = Criterion::ALL.into_iter().filter(|criterion| {
        *criterion != Criterion::Strategy || idea.rating(Criterion::Strategy).is_some()
    });
    let mut questions: Vec<Field> = criteria.map(Field::Rating).collect();
    if idea.rating(Criterion::Strategy).is_none() {
        questions.push(Field::Bet);
        let inputs = idea.bet.map(|kind| kind.inputs().map(Field::BetInput));
        questions.extend(inputs.into_iter().flatten());
    }
    questions
}

/// The next of some questions without an answer: the first behind `from`, else
/// the first of all; `None` when all are answered.
#[must_use]
pub fn next_open(questions: &[Field], idea: &Idea, from: Option<Field>) -> Option<Field> {
    let behind = from
        .and_then(|from| questions.iter().position(|field| *field == from))
        .map_or(0, |position| position + 1);
    let (before, behind) = questions.split_at(behind);
    behind.iter().chain(before).copied().find(|field| idea.get(*field).is_none())
}

/// How far a round is. Shown as `12 of 40`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Cards decided.
    pub decided: usize,
    /// Cards of the round.
    pub all: usize,
    /// Seconds that the rest takes at the pace so far; `None` before there is a
    /// pace, and at the end.
    pub seconds_left: Option<f64>,
}

/// Decisions before a pace is spoken of.
const FEWEST_FOR_PACE: usize = 3;

impl Progress {
    /// The progress of a round of `all` cards. `decided_at` holds, for every
    /// decision in order, the seconds since the round began. The pace is the
    /// median time between decisions, so that a telephone call does not count.
    #[must_use]
    pub fn of(decided_at: &[f64], all: usize) -> Self {
        let decided = decided_at.len();
        let starts = std::iter::once(&0.0).chain(decided_at);
        let mut gaps: Vec<f64> =
            decided_at.iter().zip(starts).map(|(end, start)| (end - start).max(0.0)).collect();
        gaps.sort_unstable_by(f64::total_cmp);
        let open = all.saturating_sub(decided);
        let pace = gaps.get(decided / 2).filter(|_| decided >= FEWEST_FOR_PACE && open > 0);
        Self { decided, all, seconds_left: pace.map(|pace| pace * open as f64) }
    }

    /// How long the rest takes, in words: `about 3 min`; `None` before there is
    /// a pace.
    #[must_use]
    pub fn time_left(&self) -> Option<String> {
        let minutes = self.seconds_left? / 60.0;
        Some(if minutes < 1.0 {
            "under 1 min".to_owned()
        } else {
            format!("about {} min", minutes.round())
        })
    }
}

impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.decided, self.all)
    }
}

/// Where an idea would stand among others. Shown as `4th of 18`, or, while
/// answers are missing, as `between 2nd and 14th of 18`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WouldRank {
    /// The best rank that it may take, from 1.
    pub best: usize,
    /// The worst.
    pub worst: usize,
    /// How many rated ideas there are, itself included.
    pub of: usize,
}

impl WouldRank {
    /// Where a card would stand among others (itself not among them); `None`
    /// while nothing about it is rated. A complete card has the rank that the
    /// ranking would give it, an incomplete one all that are possible.
    #[must_use]
    pub fn of(card: (&Idea, &Score), others: &[(&Idea, &Score)]) -> Option<Self> {
        if !card.1.rated {
            return None;
        }
        let rated = others.iter().copied().filter(|(_, score)| score.rated);
        let all: Vec<(&Idea, &Score)> = std::iter::once(card).chain(rated).collect();
        let (best, worst) = if card.1.is_complete() {
            let standings = rank(&all);
            let rank = standings.iter().find(|standing| standing.position == 0)?.rank?;
            (rank, rank)
        } else {
            let scores: Vec<&Score> = all.iter().map(|(_, score)| *score).collect();
            let possible = possible_ranks(&scores).into_iter().next()?;
            (*possible.start(), *possible.end())
        };
        Some(Self { best, worst, of: all.len() })
    }
}

impl fmt::Display for WouldRank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { best, worst, of } = self;
        if best == worst {
            write!(f, "{} of {of}", ordinal(*best))
        } else {
            write!(f, "between {} and {} of {of}", ordinal(*best), ordinal(*worst))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{BetInput, BetKind, Edit, Rating};
    use crate::judge::{ScoreRule, score};
    use jiff::civil::date;
    use proptest::prelude::*;

    const TODAY: Date = date(2026, 11, 20);

    fn idea(id: &str, status: Status) -> Idea {
        Idea { status, ..Idea::new(id, id) }
    }

    fn rated(id: &str, answer: f64) -> Idea {
        Idea { ratings: [Some(Rating::value(answer)); 5], ..Idea::new(id, id) }
    }

    #[test]
    fn the_returned_come_first_and_say_why() {
        let mut on_day = idea("on-day", Status::Parked);
        on_day.parked_until = Some(TODAY);
        let mut waited = idea("waited", Status::Parked);
        waited.parked_on = Some("gone".into());
        let mut waits = idea("waits", Status::Parked);
        waits.parked_until = Some(date(2026, 11, 21));
        let ideas = vec![
            idea("first", Status::Inbox),
            on_day,
            idea("running", Status::Active),
            waits,
            idea("second", Status::Inbox),
            waited,
            idea("gone", Status::Abandoned),
        ];
        let portfolio = Portfolio::new(ideas, Vec::new());
        let cards = queue(&portfolio, TODAY);
        let ids: Vec<&str> = cards.iter().map(|card| card.id).collect();
        assert_eq!(ids, ["on-day", "waited", "first", "second"]);
        let why: Vec<String> =
            cards.iter().flat_map(|card| &card.returned).map(ToString::to_string).collect();
        assert_eq!(why, ["was parked until 2026-11-20", "gone, for which it waited, is dropped"]);
    }

    #[test]
    fn a_decision_takes_a_card_out_and_undo_puts_it_back() {
        let mut portfolio =
            Portfolio::new(vec![idea("a", Status::Inbox), idea("b", Status::Inbox)], Vec::new());
        let before = portfolio.clone();
        let drop = Edit::decide(&portfolio.ideas()[0], Status::Abandoned, TODAY, "no ceiling");
        let inverse = portfolio.apply(&drop).unwrap();
        assert_eq!(queue(&portfolio, TODAY).len(), 1);
        portfolio.apply(&inverse).unwrap();
        assert_eq!(queue(&portfolio, TODAY), queue(&before, TODAY));
    }

    #[test]
    fn answering_leads_through_all_questions_once() {
        let mut idea = Idea::new("a", "a");
        let mut asked = Vec::new();
        while let Some(field) = next_open(&questions(&idea), &idea, asked.last().copied()) {
            match field {
                Field::Bet => idea.bet = Some(BetKind::NextHot),
                Field::Rating(criterion) => {
                    idea.ratings[criterion.index()] = Some(Rating::value(5.0));
                }
                Field::BetInput(input) => idea.bet_inputs[input.index()] = Some(Rating::value(0.5)),
                other => panic!("{other} is no question"),
            }
            asked.push(field);
        }
        assert_eq!(asked, questions(&idea));
        assert_eq!(asked.len(), 8);
        assert!(score(&idea, &ScoreRule::default(), false).is_complete());
    }

    #[test]
    fn what_was_left_open_is_asked_at_the_end() {
        let mut idea = rated("a", 5.0);
        idea.ratings[0] = None;
        idea.ratings[Criterion::Strategy.index()] = None;
        let from = |criterion| Some(Field::Rating(criterion));
        let next = |idea: &Idea, from| next_open(&questions(idea), idea, from);
        assert_eq!(next(&idea, from(Criterion::Headroom)), Some(Field::Bet));
        assert_eq!(next(&idea, None), from(Criterion::Simplicity));
        idea.bet = Some(BetKind::Hot);
        let edge = Some(Field::BetInput(BetInput::Edge));
        assert_eq!(next(&idea, Some(Field::Bet)), edge);
        idea.ratings[Criterion::Strategy.index()] = Some(Rating::value(5.0));
        assert_eq!(next(&idea, from(Criterion::Strategy)), from(Criterion::Simplicity));
        assert_eq!(next(&rated("a", 5.0), None), None);
    }

    #[test]
    fn the_pace_is_not_that_of_the_telephone_call() {
        let left = |decided_at: &[f64], all| Progress::of(decided_at, all).time_left();
        assert_eq!(Progress::of(&[10.0, 20.0], 40).to_string(), "2 of 40");
        assert_eq!(left(&[], 40), None);
        assert_eq!(left(&[10.0, 20.0], 40), None);
        let telephone = [20.0, 40.0, 1000.0, 1020.0, 1040.0];
        assert_eq!(left(&telephone, 32).as_deref(), Some("about 9 min"));
        assert_eq!(left(&[20.0, 40.0, 60.0], 6).as_deref(), Some("about 1 min"));
        assert_eq!(left(&[2.0, 4.0, 6.0], 6).as_deref(), Some("under 1 min"));
        assert_eq!(left(&[2.0, 4.0, 6.0], 3), None);
    }

    #[test]
    fn a_card_is_placed_among_the_rated() {
        let rule = ScoreRule::default();
        let ideas = [rated("a", 9.0), rated("b", 5.0), rated("c", 1.0), Idea::new("d", "d")];
        let scores = ideas.each_ref().map(|idea| score(idea, &rule, false));
        let others: Vec<(&Idea, &Score)> = ideas.iter().zip(&scores).collect();
        let shown = |card: &Idea| {
            WouldRank::of((card, &score(card, &rule, false)), &others)
                .map(|landing| landing.to_string())
        };
        assert_eq!(shown(&rated("card", 7.0)).as_deref(), Some("2nd of 4"));
        assert_eq!(shown(&rated("card", 0.0)).as_deref(), Some("4th of 4"));
        let mut open = rated("card", 9.5);
        open.ratings[0] = None;
        assert_eq!(shown(&open).as_deref(), Some("between 1st and 2nd of 4"));
        assert_eq!(shown(&Idea::new("card", "card")), None);
    }

    proptest! {
        #[test]
        fn no_answer_is_asked_for_twice(answered in prop::array::uniform5(any::<bool>()), from in 0..5_usize) {
            let mut idea = Idea::new("a", "a");
            idea.ratings = answered.map(|yes| yes.then_some(Rating::value(1.0)));
            let from = Some(Field::Rating(Criterion::ALL[from]));
            if let Some(field) = next_open(&questions(&idea), &idea, from) {
                prop_assert_eq!(idea.get(field), None);
            } else {
                prop_assert!(questions(&idea).iter().all(|field| idea.get(*field).is_some()));
            }
        }
    }
}
