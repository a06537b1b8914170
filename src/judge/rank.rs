//! The order of ideas by score, and the flags that need nothing else.

use crate::domain::{BetInput, BetKind, Idea};

use super::Score;

/// Scores closer than this are tied.
const TIE: f64 = 1e-9;

/// An edge below this, on a hot bet, raises [`Flag::NoEdge`].
const LEAST_EDGE: f64 = 4.0;

/// One line of a ranking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Which of the ideas that were ranked.
    pub position: usize,
    /// 1 + the number of ideas listed before it that are not tied with it;
    /// `None` for an idea with nothing rated.
    pub rank: Option<usize>,
}

/// How much is known, which orders the groups of a ranking.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Complete,
    Incomplete,
    Unrated,
}

impl Group {
    fn of(score: &Score) -> Self {
        match (score.rated, score.is_complete()) {
            (false, _) => Self::Unrated,
            (true, true) => Self::Complete,
            (true, false) => Self::Incomplete,
        }
    }
}

/// Ranks ideas: the complete by score, then the incomplete by the middle of
/// what is possible (silence is not rewarded), then the unrated; ties by id.
/// The place of an idea depends on no other's answers but through the count of
/// those before it.
#[must_use]
pub fn rank(ideas: &[(&Idea, &Score)]) -> Vec<Standing> {
    let keys: Vec<(Group, f64)> = ideas
        .iter()
        .map(|(_, score)| match Group::of(score) {
            Group::Unrated => (Group::Unrated, 0.0),
            group => (group, score.value()),
        })
        .collect();
    let id = |position: usize| ideas[position].0.id.as_str();
    let mut order: Vec<usize> = (0..ideas.len()).collect();
    order.sort_unstable_by(|&a, &b| {
        keys[a]
            .0
            .cmp(&keys[b].0)
            .then(keys[b].1.total_cmp(&keys[a].1))
            .then_with(|| id(a).cmp(id(b)))
    });
    let mut standings = Vec::with_capacity(order.len());
    let mut start = 0;
    while start < order.len() {
        let (group, score) = keys[order[start]];
        let tied = |&position: &usize| keys[position].0 == group && score - keys[position].1 <= TIE;
        let end = start + order[start..].iter().take_while(|position| tied(position)).count();
        order[start..end].sort_unstable_by(|&a, &b| id(a).cmp(id(b)));
        let rank = (group != Group::Unrated).then_some(start + 1);
        standings.extend(order[start..end].iter().map(|&position| Standing { position, rank }));
        start = end;
    }
    standings
}

/// Something about an idea that its score does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flag {
    /// Much invested, stalled or declining, and a better candidate waits.
    SunkCost,
    /// A promise is to be judged.
    PromiseDue,
    /// A promise was not kept and nobody has decided what follows.
    PromiseMissed,
    /// A hot bet without an edge.
    NoEdge,
    /// A criterion is unknown.
    Incomplete,
    /// Raters differ widely.
    Disputed,
    /// Much like another idea.
    Duplicate,
}

impl Flag {
    /// All flags, the most urgent first.
    pub const ALL: [Self; 7] = [
        Self::SunkCost,
        Self::PromiseMissed,
        Self::PromiseDue,
        Self::NoEdge,
        Self::Incomplete,
        Self::Disputed,
        Self::Duplicate,
    ];

    /// The word on screen and in JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::SunkCost => "sunk-cost",
            Self::PromiseDue => "promise-due",
            Self::PromiseMissed => "promise-missed",
            Self::NoEdge => "no-edge",
            Self::Incomplete => "incomplete",
            Self::Disputed => "disputed",
            Self::Duplicate => "duplicate",
        }
    }
}

/// The flags that follow from an idea and its score alone.
#[must_use]
pub fn flags(idea: &Idea, score: &Score) -> Vec<Flag> {
    let mut flags = Vec::new();
    let edge = idea.bet_input(BetInput::Edge);
    if idea.bet == Some(BetKind::Hot) && edge.is_some_and(|edge| edge.high() < LEAST_EDGE) {
        flags.push(Flag::NoEdge);
    }
    if !score.is_complete() {
        flags.push(Flag::Incomplete);
    }
    flags
}
