//! The state of a round of triage: which cards came, which were kept or
//! skipped, what was decided. No decision about an idea, so no part of it.

use super::{Edit, Idea, Status};

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
    /// An idea was edited.
    Edited,
}
