//! State of the workbench that outlives a session and is no part of an idea: the
//! practice deck with its guesses, a round of triage, the time spent choosing.

use std::time::Duration;

use jiff::Zoned;
use jiff::civil::Date;

use super::status::vocabulary;
use super::{BetKind, CRITERIA, Edit, Idea, Rating, Status};

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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deck {
    /// Name by which guesses refer to it; never empty.
    pub name: String,
    /// What it is called for people; may be empty.
    pub title: String,
    /// At least one in a deck that was read.
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

/// Which of two cards of a deck mattered, answered before the end was told.
#[derive(Clone, Debug, PartialEq)]
pub struct PairAnswer {
    /// When.
    pub at: Zoned,
    /// Who.
    pub by: String,
    /// [`Deck::name`].
    pub deck: String,
    /// [`DeckCard::id`] of the left one.
    pub left: String,
    /// [`DeckCard::id`] of the right one.
    pub right: String,
    /// Probability that the chosen one is the right answer, ½ to 1.
    pub chance: f64,
    /// Whether it was.
    pub is_right: bool,
}

/// A round of triage.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TriageRound {
    /// The cards of the round, in the order in which they came.
    pub cards: Vec<TriageCard>,
    /// What was decided about them, in order.
    pub decided: Vec<TriageDecision>,
    /// What was done, the last thing at the end, as far back as something was
    /// kept or skipped: edits before that take themselves back.
    pub steps: Vec<TriageStep>,
}

/// A card that was on the table.
#[derive(Clone, Debug, PartialEq)]
pub struct TriageCard {
    /// The idea.
    pub id: String,
    /// Whether it is worth a closer look.
    pub is_kept: bool,
    /// How often it was skipped.
    pub skips: usize,
    /// When it was last kept or decided, in seconds since the round began.
    pub passed_at: Option<f64>,
}

impl TriageCard {
    /// A card that nothing was done with yet.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), is_kept: false, skips: 0, passed_at: None }
    }
}

/// A decision of a round.
#[derive(Clone, Debug, PartialEq)]
pub struct TriageDecision {
    /// The card.
    pub id: String,
    /// Its title when it was decided.
    pub title: String,
    /// What became of it.
    pub to: Status,
    /// The reason, or where it went.
    pub why: String,
    /// What takes it back.
    pub inverse: Edit,
    /// The ideas that it touched, as they stood behind it. Only while they
    /// stand so does the inverse mean what it says.
    pub standing: Vec<Idea>,
}

/// Something that was done at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TriageStep {
    /// These cards were kept.
    Kept(Vec<String>),
    /// These cards were skipped.
    Skipped(Vec<String>),
    /// These cards are no longer kept.
    TakenOut(Vec<String>),
    /// An idea was edited.
    Edited,
}

vocabulary! {
    /// A way of choosing between ideas, by the screen on which it is done.
    Activity {
        /// Going through the inbox.
        Triage = "triage",
        /// Answering which of two ideas one would rather pursue.
        Duel = "duel",
        /// Looking at what has become of the work.
        Review = "review",
        /// Weighing risk against reward.
        Map = "map",
    }
}

/// Time that was spent on one activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeEntry {
    /// The day.
    pub day: Date,
    /// What was done.
    pub on: Activity,
    /// For how long.
    pub time: Duration,
}
