//! The practice deck: directions of the past as they looked at the time, and
//! the guesses made about them before the end was told.

use jiff::Zoned;

use super::status::vocabulary;
use super::{BetKind, CRITERIA, Rating};

vocabulary! {
    /// How a direction ended, seen from the day that its claim names.
    CardOutcome {
        /// The claim held by then.
        Hit = "hit",
        /// It did not hold by then; the direction came to matter later.
        Slow = "slow",
        /// It did not hold, and nothing has come of it.
        Fizzle = "fizzle",
    }
}

/// A deck of directions of the past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deck {
    /// Name by which guesses refer to it; never empty.
    pub name: String,
    /// What it is called for people; may be empty.
    pub title: String,
    /// At least one.
    pub cards: Vec<DeckCard>,
}

/// One direction of the past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeckCard {
    /// Name by which guesses refer to it; unique in a deck, never empty.
    pub id: String,
    /// The year in which it is looked at.
    pub year: i16,
    /// Where it belongs: `physics`, `medicine`; may be empty.
    pub field: String,
    /// Short name for people.
    pub title: String,
    /// How it looked in that year, and no later.
    pub description: String,
    /// Whether the claim holds is judged at the end of this year.
    pub by: i16,
    /// What may hold by then; yes or no.
    pub claim: String,
    /// How it ended.
    pub fate: CardOutcome,
    /// What happened, in a sentence or two.
    pub outcome: String,
    /// Where that can be read.
    pub source: String,
}

/// A guess about a card, made before the end was told.
#[derive(Clone, Debug, PartialEq)]
pub struct Guess {
    /// When.
    pub at: Zoned,
    /// Who.
    pub by: String,
    /// [`Deck::name`].
    pub deck: String,
    /// Which time that person goes through that deck, from 1.
    pub round: u32,
    /// [`DeckCard::id`].
    pub card: String,
    /// Answers by [`super::Criterion::index`]; 0–10, `None` is unknown.
    pub ratings: [Option<Rating>; CRITERIA],
    /// Which way of betting it was, if that was said.
    pub bet: Option<BetKind>,
    /// Probability that the claim holds by its year, 0–1.
    pub chance: f64,
    /// Whether the end was known beforehand; then the chance foretells nothing.
    pub known: bool,
}
