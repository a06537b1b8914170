//! Practice in pairs: which of two directions of the past mattered, and how sure one
//! is of it.

use std::collections::BTreeMap;

use crate::domain::{
    CardOutcome, Date, Deck, DeckCard, Idea, Outcome, PairAnswer, Portfolio, Status, days, fnv_1a,
};

/// Name of the deck that one's own finished and dropped ideas make up.
pub const OWN_DECK: &str = "own";

/// Days after its end from which an own idea is a card: before that one still
/// knows too well what was thought of it.
const SETTLED: i64 = 365;

/// How sure one can be, for the keys 5 to 9.
pub const SURE: [f64; 5] = [0.5, 0.6, 0.7, 0.8, 0.9];

/// Two cards of a deck of which one came to matter by its year and the other did
/// not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CardPair<'d> {
    /// The name of their deck.
    pub deck: &'d str,
    /// On the left.
    pub left: &'d DeckCard,
    /// On the right.
    pub right: &'d DeckCard,
}

impl CardPair<'_> {
    /// Whether the left one mattered.
    #[must_use]
    pub fn left_mattered(&self) -> bool {
        self.left.fate == CardOutcome::Hit
    }
}

/// The next pair of these decks: one that was not answered yet, of cards that were
/// shown least, by chance among those and with sides by chance. `None` if all
/// were answered or no deck has a card of either kind. The same answers and seed
/// give the same pair.
#[must_use]
pub fn next_pair<'d>(
    decks: &[&'d Deck],
    answers: &[PairAnswer],
    seed: u64,
) -> Option<CardPair<'d>> {
    let mut shown: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for answer in answers {
        for card in [&answer.left, &answer.right] {
            *shown.entry((&answer.deck, card)).or_default() += 1;
        }
    }
    let times = |deck: &Deck, card: &DeckCard| {
        shown.get(&(deck.name.as_str(), card.id.as_str())).copied().unwrap_or(0)
    };
    let is_answered = |deck: &Deck, a: &DeckCard, b: &DeckCard| {
        answers.iter().any(|answer| {
            answer.deck == deck.name
                && [(&answer.left, &answer.right), (&answer.right, &answer.left)]
                    .contains(&(&a.id, &b.id))
        })
    };
    let mut best: Option<((usize, u64), CardPair<'d>)> = None;
    for deck in decks {
        let (held, others): (Vec<&DeckCard>, Vec<&DeckCard>) =
            deck.cards.iter().partition(|card| card.fate == CardOutcome::Hit);
        let pairs = held.iter().flat_map(|a| others.iter().map(move |b| (*a, *b)));
        for (a, b) in pairs.filter(|(a, b)| !is_answered(deck, a, b)) {
            let draw = fnv_1a(format!("{seed} {} {} {}", deck.name, a.id, b.id).as_bytes());
            let rank = (times(deck, a) + times(deck, b), draw);
            if best.is_none_or(|(other, _)| rank < other) {
                let (left, right) = if draw & 1 == 0 { (a, b) } else { (b, a) };
                best = Some((rank, CardPair { deck: &deck.name, left, right }));
            }
        }
    }
    best.map(|(_, pair)| pair)
}

/// Own ideas that ended more than a year ago, as cards: what was written of them,
/// without the end. One that is done, or of which hindsight says that it mattered,
/// held; one that was dropped or fizzled did not. One whose outcome is open is no
/// card.
#[must_use]
pub fn own_deck(portfolio: &Portfolio, as_of: Date) -> Deck {
    let cards = portfolio.iter().filter_map(|idea| own_card(idea, as_of)).collect();
    Deck { name: OWN_DECK.to_owned(), title: "Your own ideas".to_owned(), cards }
}

fn own_card(idea: &Idea, as_of: Date) -> Option<DeckCard> {
    if !matches!(idea.status, Status::Done | Status::Abandoned) || idea.merged_into.is_some() {
        return None;
    }
    let over = |status: Status| matches!(status, Status::Done | Status::Abandoned);
    let ends = idea.decisions.iter().filter(|it| over(it.to) && !over(it.from));
    let end = ends.max_by_key(|decision| decision.date)?;
    if days::after(end.date, SETTLED) > as_of {
        return None;
    }
    let fate = match (idea.hindsight_outcome, idea.status) {
        (Some(Outcome::Mattered), _) | (None, Status::Done) => CardOutcome::Hit,
        (Some(Outcome::Open), _) => return None,
        _ => CardOutcome::Fizzle,
    };
    let begun = idea.created.into_iter().chain(idea.log.iter().map(|entry| entry.date)).min();
    let outcome = match idea.status {
        Status::Done => format!("You finished it on {}.", end.date),
        _ if end.why.is_empty() => format!("You dropped it on {}.", end.date),
        _ => format!("You dropped it on {}: {}.", end.date, end.why.trim_end_matches('.')),
    };
    let hindsight =
        idea.hindsight_outcome.map(|outcome| format!(" In hindsight: {}.", outcome.id()));
    Some(DeckCard {
        id: idea.id.clone(),
        year: begun.unwrap_or(end.date).year(),
        field: String::new(),
        title: idea.title.clone(),
        description: idea.summary.clone(),
        by: end.date.year(),
        claim: "it is finished, or it mattered".to_owned(),
        fate,
        outcome: outcome + &hindsight.unwrap_or_default(),
        source: String::new(),
    })
}

/// How good the answers of a person to pairs were.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PairScore {
    /// For each chance that was given, the surest first: how many were right, out
    /// of how many.
    pub by_chance: Vec<(f64, usize, usize)>,
    /// The mean squared error of each day, in order: 0 is best, .25 a coin.
    pub sessions: Vec<(Date, f64)>,
}

impl PairScore {
    /// Scores answers, in the order in which they were given.
    #[must_use]
    pub fn of(answers: &[PairAnswer]) -> Self {
        let mut by_chance: Vec<(f64, usize, usize)> = Vec::new();
        let mut sessions: Vec<(Date, f64, usize)> = Vec::new();
        for answer in answers {
            let error = (answer.chance - f64::from(u8::from(answer.is_right))).powi(2);
            let day = answer.at.date();
            match sessions.iter_mut().find(|(date, _, _)| *date == day) {
                Some((_, sum, n)) => (*sum, *n) = (*sum + error, *n + 1),
                None => sessions.push((day, error, 1)),
            }
            let group = by_chance.iter_mut().find(|(chance, _, _)| *chance == answer.chance);
            match group {
                Some((_, right, n)) => {
                    (*right, *n) = (*right + usize::from(answer.is_right), *n + 1);
                }
                None => by_chance.push((answer.chance, usize::from(answer.is_right), 1)),
            }
        }
        by_chance.sort_by(|a, b| b.0.total_cmp(&a.0));
        sessions.sort_by_key(|(day, _, _)| *day);
        let mean = |(day, sum, n): (Date, f64, usize)| (day, sum / n as f64);
        Self { by_chance, sessions: sessions.into_iter().map(mean).collect() }
    }

    /// `sure 90 %: 8 of 10 right · even: 5 of 9`; empty without answers.
    #[must_use]
    pub fn sentence(&self) -> String {
        let said = |(at, (chance, right, n)): (usize, &(f64, usize, usize))| {
            let sure = match *chance {
                chance if chance <= 0.5 => "even".to_owned(),
                chance => format!("sure {:.0} %", chance * 100.0),
            };
            let word = if at == 0 { " right" } else { "" };
            format!("{sure}: {right} of {n}{word}")
        };
        self.by_chance.iter().enumerate().map(said).collect::<Vec<_>>().join(" · ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Decision;
    use jiff::civil::date;

    fn card(id: &str, fate: CardOutcome) -> DeckCard {
        DeckCard {
            id: id.into(),
            year: 1984,
            field: String::new(),
            title: id.into(),
            description: String::new(),
            by: 1990,
            claim: "it holds".into(),
            fate,
            outcome: String::new(),
            source: String::new(),
        }
    }

    fn deck() -> Deck {
        let cards = vec![
            card("a", CardOutcome::Hit),
            card("b", CardOutcome::Slow),
            card("c", CardOutcome::Fizzle),
            card("d", CardOutcome::Hit),
        ];
        Deck { name: "history".into(), title: String::new(), cards }
    }

    fn answer(left: &str, right: &str, day: Date, chance: f64, is_right: bool) -> PairAnswer {
        PairAnswer {
            at: day.to_zoned(jiff::tz::TimeZone::UTC).unwrap(),
            by: "me".into(),
            deck: "history".into(),
            left: left.into(),
            right: right.into(),
            chance,
            is_right,
        }
    }

    const DAY: Date = Date::constant(2026, 11, 20);

    #[test]
    fn every_pair_comes_once_and_no_card_far_more_often_than_another() {
        let deck = deck();
        let mut answers = Vec::new();
        let mut lefts = 0;
        while let Some(pair) = next_pair(&[&deck], &answers, 7) {
            assert_ne!(pair.left_mattered(), pair.right.fate == CardOutcome::Hit);
            lefts += usize::from(pair.left_mattered());
            answers.push(answer(&pair.left.id, &pair.right.id, DAY, 0.7, true));
            if answers.len() == 2 {
                let mut seen: Vec<&str> =
                    answers.iter().flat_map(|it| [it.left.as_str(), it.right.as_str()]).collect();
                seen.sort_unstable();
                assert_eq!(seen, ["a", "b", "c", "d"]);
            }
        }
        assert_eq!(answers.len(), 4);
        assert!(lefts > 0 && lefts < 4, "sides by chance");
        assert_eq!(next_pair(&[&deck], &[], 7), next_pair(&[&deck], &[], 7));
        assert_eq!(next_pair(&[], &[], 7), None);
    }

    #[test]
    fn answers_are_scored_by_chance_and_by_day() {
        let day = |n| date(2026, 11, n);
        let answers = [
            answer("a", "b", day(1), 0.9, true),
            answer("a", "c", day(1), 0.9, false),
            answer("d", "b", day(2), 0.5, true),
        ];
        let score = PairScore::of(&answers);
        assert_eq!(score.sentence(), "sure 90 %: 1 of 2 right · even: 1 of 1");
        let [(_, first), (_, second)] = score.sessions[..] else { panic!("{score:?}") };
        assert!((first - 0.41).abs() < 1e-12 && (second - 0.25).abs() < 1e-12);
        assert_eq!(PairScore::of(&[]).sentence(), "");
    }

    #[test]
    fn own_ideas_become_cards_a_year_after_their_end() {
        let ended = |id: &str, to: Status, day: Date, outcome: Option<Outcome>| {
            let mut idea = Idea::new(id, format!("Title of {id}"));
            idea.status = to;
            idea.created = Some(date(2024, 5, 1));
            idea.hindsight_outcome = outcome;
            idea.decisions = vec![Decision::new(day, Status::Active, to, "no traction")];
            idea
        };
        let ideas = vec![
            ended("old", Status::Abandoned, date(2025, 11, 20), None),
            ended("young", Status::Abandoned, date(2025, 11, 21), None),
            ended("done", Status::Done, date(2025, 1, 1), None),
            ended("mattered", Status::Abandoned, date(2025, 1, 1), Some(Outcome::Mattered)),
            ended("open", Status::Abandoned, date(2025, 1, 1), Some(Outcome::Open)),
            Idea::new("running", "Running"),
        ];
        let deck = own_deck(&Portfolio::new(ideas, Vec::new()), DAY);
        let cards: Vec<(&str, CardOutcome)> =
            deck.cards.iter().map(|card| (card.id.as_str(), card.fate)).collect();
        let (hit, fizzle) = (CardOutcome::Hit, CardOutcome::Fizzle);
        assert_eq!(cards, [("old", fizzle), ("done", hit), ("mattered", hit)]);
        assert_eq!(deck.cards[0].outcome, "You dropped it on 2025-11-20: no traction.");
        assert_eq!(deck.cards[0].year, 2024);
        assert!(!deck.cards[0].description.contains("traction"));
    }
}
