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

/// The edit that moves an idea to a status.
///
/// # Errors
/// It has that status already.
pub(super) fn moved(idea: &Idea, to: Status, why: &str, world: &World) -> Result<Edit, String> {
    if idea.status == to {
        return Err(format!("It is {} already.", to.shown()));
    }
    Ok(Edit::Group(decided(idea, decision(idea, to, why, world))))
}
