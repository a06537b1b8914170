//! Accuracy of the guesses at a practice deck.

use crate::domain::{CardOutcome, Criterion, Deck, DeckCard, Guess, Idea};

use super::selection::concordance;
use super::{Calibration, FEW, ResolvedForecast};
use crate::judge::{ScoreRule, score};

/// From this chance on a direction counts as backed.
const BACKED: f64 = 0.5;

/// What is to be said about guesses at a deck. Cards whose end was known
/// beforehand are counted and otherwise left out: knowing the end changes what
/// one believes to have thought (Fischhoff 1975, "Hindsight is not equal to
/// foresight", Journal of Experimental Psychology: Human Perception and
/// Performance 1).
#[derive(Clone, Debug, PartialEq)]
pub struct Practice {
    /// Cards that were answered.
    pub answered: usize,
    /// Cards of the deck.
    pub of: usize,
    /// Answered cards whose end was known beforehand.
    pub known: usize,
    /// The chances against what happened; `None` without one.
    pub calibration: Option<Calibration>,
    /// How many of each fate were backed, by position in [`CardOutcome::ALL`].
    pub backed: [BackedShare; 3],
    /// Pairs of a direction whose claim held and one whose did not.
    pub pairs: usize,
    /// Share of those pairs in which the first was given the higher chance,
    /// ties counting half: ½ is luck. `None` without a pair.
    pub by_chance: Option<f64>,
    /// The same for the score of the ratings, and the number of pairs in which
    /// both are rated completely.
    pub by_score: (usize, Option<f64>),
    /// What each rating went along with, by [`Criterion::index`].
    pub correlations: [Option<CriterionCorrelation>; 5],
}

/// How many of some directions were given an even chance or better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BackedShare {
    /// How many were.
    pub backed: usize,
    /// Out of how many.
    pub of: usize,
}

/// What the ratings on a criterion went along with: Spearman's rank
/// correlations over the cards that were rated on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CriterionCorrelation {
    /// How many cards.
    pub n: usize,
    /// With the chance that was given: what one believes in.
    pub with_chance: f64,
    /// With whether the claim held: what was right. `None` where all ended the
    /// same way.
    pub with_outcome: Option<f64>,
}

impl CriterionCorrelation {
    /// Below this a correlation may well be nothing: two-sided 5 % by the
    /// normal approximation, 1.96 / √(n − 1).
    #[must_use]
    pub fn noise(&self) -> f64 {
        1.96 / (self.n as f64 - 1.0).sqrt()
    }
}

/// A card with what was guessed about it.
type Pair<'a> = (&'a DeckCard, &'a Guess);

impl Practice {
    /// Judges guesses at a deck: those about its cards, the last one of each.
    #[must_use]
    pub fn of(deck: &Deck, guesses: &[Guess], rule: &ScoreRule) -> Self {
        let last = |card: &DeckCard| guesses.iter().rfind(|guess| guess.card == card.id);
        let pairs: Vec<Pair<'_>> =
            deck.cards.iter().filter_map(|card| Some((card, last(card)?))).collect();
        let answered = pairs.len();
        let fresh: Vec<Pair<'_>> = pairs.into_iter().filter(|(_, guess)| !guess.known).collect();
        let forecasts: Vec<ResolvedForecast> = fresh
            .iter()
            .map(|(card, guess)| ResolvedForecast { chance: guess.chance, came_true: held(card) })
            .collect();
        let chance = |pair: &Pair<'_>| Some(pair.1.chance);
        let scored = |pair: &Pair<'_>| score_of(pair.1, rule);
        let (pairs, by_chance) = told_apart(&fresh, chance);
        Self {
            answered,
            of: deck.cards.len(),
            known: answered - fresh.len(),
            calibration: Calibration::of(&forecasts),
            backed: [CardOutcome::Hit, CardOutcome::Slow, CardOutcome::Fizzle]
                .map(|fate| backed(&fresh, fate)),
            pairs,
            by_chance,
            by_score: told_apart(&fresh, scored),
            correlations: Criterion::ALL.map(|criterion| correlation(&fresh, criterion)),
        }
    }
}

fn held(card: &DeckCard) -> bool {
    card.fate == CardOutcome::Hit
}

fn backed(pairs: &[Pair<'_>], fate: CardOutcome) -> BackedShare {
    let these = pairs.iter().filter(|(card, _)| card.fate == fate);
    BackedShare {
        backed: these.clone().filter(|(_, guess)| guess.chance >= BACKED).count(),
        of: these.count(),
    }
}

/// The score of the ratings, if all criteria were answered.
fn score_of(guess: &Guess, rule: &ScoreRule) -> Option<f64> {
    let mut idea = Idea::new(&*guess.card, &*guess.card);
    idea.ratings = guess.ratings;
    let score = score(&idea, rule, false);
    score.is_complete().then(|| score.value())
}

/// How well a number tells the directions that held from those that did not,
/// and over how many pairs.
fn told_apart(
    pairs: &[Pair<'_>],
    number: impl Fn(&Pair<'_>) -> Option<f64>,
) -> (usize, Option<f64>) {
    let of = |held_is: bool| -> Vec<f64> {
        pairs.iter().filter(|(card, _)| held(card) == held_is).filter_map(&number).collect()
    };
    let (these, others) = (of(true), of(false));
    (these.len() * others.len(), concordance(&these, &others))
}

fn correlation(pairs: &[Pair<'_>], criterion: Criterion) -> Option<CriterionCorrelation> {
    let rated: Vec<(f64, &Pair<'_>)> = pairs
        .iter()
        .filter_map(|pair| Some((pair.1.ratings[criterion.index()]?.middle(), pair)))
        .collect();
    if rated.len() < FEW {
        return None;
    }
    let ratings: Vec<f64> = rated.iter().map(|(rating, _)| *rating).collect();
    let chances: Vec<f64> = rated.iter().map(|(_, (_, guess))| guess.chance).collect();
    let outcomes: Vec<f64> =
        rated.iter().map(|(_, (card, _))| f64::from(u8::from(held(card)))).collect();
    Some(CriterionCorrelation {
        n: rated.len(),
        with_chance: spearman(&ratings, &chances)?,
        with_outcome: spearman(&ratings, &outcomes),
    })
}

/// Spearman's rank correlation, ties at the mean of their ranks; `None` where
/// one of the two does not vary.
fn spearman(a: &[f64], b: &[f64]) -> Option<f64> {
    let (a, b) = (ranks(a), ranks(b));
    // The mean of the ranks is the same with and without ties.
    let mean = (a.len() as f64 + 1.0) / 2.0;
    let product = |x: &[f64], y: &[f64]| -> f64 {
        x.iter().zip(y).map(|(x, y)| (x - mean) * (y - mean)).sum()
    };
    let spread = (product(&a, &a) * product(&b, &b)).sqrt();
    (spread > 0.0).then(|| product(&a, &b) / spread)
}

/// Ranks from 1; equal numbers share the mean of theirs.
fn ranks(numbers: &[f64]) -> Vec<f64> {
    let below = |x: f64| numbers.iter().filter(|other| **other < x).count() as f64;
    let equal = |x: f64| numbers.iter().filter(|other| **other == x).count() as f64;
    numbers.iter().map(|x| below(*x) + (equal(*x) + 1.0) / 2.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{CRITERIA, Rating};

    fn card(id: &str, fate: CardOutcome) -> DeckCard {
        DeckCard {
            id: id.into(),
            year: 1950,
            field: String::new(),
            title: id.into(),
            description: String::new(),
            by: 1960,
            claim: String::new(),
            fate,
            outcome: String::new(),
            source: String::new(),
        }
    }

    fn guess(card: &str, chance: f64, rating: f64) -> Guess {
        Guess {
            at: jiff::civil::date(2026, 3, 1).to_zoned(jiff::tz::TimeZone::UTC).unwrap(),
            by: "me".into(),
            deck: "d".into(),
            round: 1,
            card: card.into(),
            ratings: [Some(Rating::value(rating)); CRITERIA],
            bet: None,
            chance,
            known: false,
        }
    }

    fn deck() -> Deck {
        let fates = [CardOutcome::Hit, CardOutcome::Hit, CardOutcome::Slow, CardOutcome::Fizzle];
        let cards = fates.iter().zip(["a", "b", "c", "d"]).map(|(fate, id)| card(id, *fate));
        Deck { name: "d".into(), title: String::new(), cards: cards.collect() }
    }

    #[test]
    fn chances_are_set_against_what_happened() {
        let guesses = [
            guess("a", 0.1, 1.0),
            guess("a", 0.8, 9.0),
            guess("b", 0.3, 8.0),
            guess("c", 0.5, 2.0),
            guess("d", 0.3, 8.0),
            guess("unknown", 0.9, 9.0),
        ];
        let practice = Practice::of(&deck(), &guesses, &ScoreRule::default());
        assert_eq!((practice.answered, practice.of, practice.known), (4, 4, 0));
        let of = |backed, of| BackedShare { backed, of };
        assert_eq!(practice.backed, [of(1, 2), of(1, 1), of(0, 1)]);
        // a beats both; b loses to c and ties with d. By score, b ties with d only.
        assert_eq!((practice.pairs, practice.by_chance), (4, Some(2.5 / 4.0)));
        assert_eq!(practice.by_score, (4, Some(3.5 / 4.0)));
        assert_eq!(practice.calibration.unwrap().kept, 2);
        assert_eq!(practice.correlations, [None; 5], "four are too few");
    }

    #[test]
    fn what_was_known_beforehand_foretells_nothing() {
        let known = Guess { known: true, ..guess("a", 1.0, 9.0) };
        let practice = Practice::of(&deck(), &[known], &ScoreRule::default());
        assert_eq!((practice.answered, practice.known), (1, 1));
        assert_eq!((practice.calibration, practice.by_chance), (None, None));
    }

    #[test]
    fn ratings_lean_on_what_was_believed_and_on_what_was_right() {
        let ids: Vec<String> = (0..12).map(|i| format!("c{i}")).collect();
        let fate = |i: usize| if i < 6 { CardOutcome::Fizzle } else { CardOutcome::Hit };
        let cards = ids.iter().enumerate().map(|(i, id)| card(id, fate(i))).collect();
        let deck = Deck { name: "d".into(), title: String::new(), cards };
        let guesses: Vec<Guess> = ids
            .iter()
            .enumerate()
            .map(|(i, id)| guess(id, 0.9 - i as f64 / 20.0, i as f64 / 2.0))
            .collect();
        let practice = Practice::of(&deck, &guesses, &ScoreRule::default());
        let correlation = practice.correlations[0].unwrap();
        assert_eq!((correlation.n, correlation.with_chance), (12, -1.0));
        assert!((correlation.with_outcome.unwrap() - 0.869).abs() < 1e-3);
        assert!((correlation.noise() - 0.591).abs() < 1e-3);
    }

    #[test]
    fn ranks_are_shared_by_equals() {
        assert_eq!(ranks(&[3.0, 1.0, 3.0, 2.0]), [3.5, 1.0, 3.5, 2.0]);
        // scipy.stats.spearmanr([1, 2, 2, 4, 5], [2, 1, 4, 4, 5])
        let rho = spearman(&[1.0, 2.0, 2.0, 4.0, 5.0], &[2.0, 1.0, 4.0, 4.0, 5.0]).unwrap();
        assert!((rho - 0.763_157_9).abs() < 1e-6, "{rho}");
        assert_eq!(spearman(&[1.0, 1.0], &[1.0, 2.0]), None);
    }
}
