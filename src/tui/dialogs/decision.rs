//! Edits by which a status is decided, as the dialogs make them.

use crate::domain::{Decision, Edit, Field, Idea, Status};
use crate::tui::world::World;

/// A decision of today about an idea, with this reason.
pub(super) fn decision(idea: &Idea, to: Status, why: &str, world: &World) -> Decision {
    Decision::new(world.portfolio.as_of(), idea.status, to, why)
}

/// What a decision changes; where an idea was parked, it waits no longer.
pub(super) fn decided(idea: &Idea, decision: Decision) -> Vec<Edit> {
    let mut edits = vec![Edit::record(idea, decision)];
    for field in [Field::ParkedUntil, Field::ParkedOn] {
        if idea.get(field).is_some() {
            edits.push(Edit::set(&idea.id, field, None));
        }
    }
    edits
}

/// That an idea has a status already.
pub(crate) const fn already(status: Status) -> &'static str {
    match status {
        Status::Inbox => "Already in the inbox.",
        Status::Shortlist => "Already on the shortlist.",
        Status::Active => "Already active.",
        Status::Parked => "Already parked.",
        Status::Abandoned => "Already dropped.",
        Status::Done => "Already done.",
    }
}

/// The edit that moves an idea to a status.
///
/// # Errors
/// It has that status already.
pub(super) fn moved(idea: &Idea, to: Status, why: &str, world: &World) -> Result<Edit, String> {
    if idea.status == to {
        return Err(already(to).to_owned());
    }
    Ok(Edit::Group(decided(idea, decision(idea, to, why, world))))
}
