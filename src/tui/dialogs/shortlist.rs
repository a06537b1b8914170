//! Shortlisting ideas. Nothing is asked: the page of the idea offers its case as the
//! next step.

use crate::domain::Status;
use crate::tui::action::Action;
use crate::tui::world::World;

use super::decision::moved;
use super::dialog::for_each;

/// Shortlists one idea, or all that are marked.
///
/// # Errors
/// All of them are shortlisted already.
pub(crate) fn shortlist(ids: &[String], world: &World) -> Result<Vec<Action>, String> {
    for_each(ids, world, |idea| moved(idea, Status::Shortlist, "", world).map(Some))
}
