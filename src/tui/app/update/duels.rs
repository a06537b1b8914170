//! Sessions of duels: who takes part, and what has moved at the end.

use crate::domain::{Duel, DuelEntry, DuelPool, Edit, Retraction, Winner, fresh_duel_id};
use crate::judge::duel::Curiosities;
use crate::tui::app::message::{Effect, Request};
use crate::tui::app::model::{Model, Overlay, OverlayKind, Tone};
use crate::tui::screens::ScreenId;
use crate::tui::world::World;

use super::navigation;

/// Limits who takes part, from now on and the next time, and goes there.
///
/// # Errors
/// Says why that cannot be. Nothing changes then.
pub(super) fn limit(model: &mut Model, pool: DuelPool) -> Result<(), String> {
    model.screens.duel.limit(&pool, &model.world)?;
    model.deferred_effects.push(Effect::Store(Request::SaveDuelPool(pool)));
    navigation::show_screen(model, ScreenId::Duel);
    Ok(())
}

/// Ends the session at the request of the user.
pub(super) fn end(model: &mut Model) {
    if !show_session_changes(model) {
        model.say(Tone::Note, "nothing has moved since this session began");
    }
}

/// Ends the session on the screen that is shown, and shows what has moved;
/// false if nothing has.
pub(super) fn show_session_changes(model: &mut Model) -> bool {
    let has_moved = model.screen == ScreenId::Duel && model.screens.duel.end(&model.world);
    if has_moved {
        open(model, OverlayKind::SessionChanges);
    }
    has_moved
}

fn open(model: &mut Model, kind: OverlayKind) {
    model.overlay = Some(Overlay { kind, scroll: 0, query: String::new() });
}

/// Shows what is curious about the answers, if anything is.
pub(super) fn show_curiosities(model: &mut Model) {
    if model.world.results.curiosities.output().is_none_or(Curiosities::is_empty) {
        return model.say(Tone::Note, "nothing curious: the answers go well together");
    }
    if model.screen == ScreenId::Duel && model.prompt.is_none() && model.overlay.is_none() {
        open(model, OverlayKind::Curiosities);
    }
}

/// An answer with its day, its name and its id, as an edit: a duel, a
/// retraction, or one in place of the other.
#[must_use]
pub(super) fn signed(
    instead_of: Option<String>,
    answer: Option<(String, String, Winner)>,
    world: &World,
) -> Edit {
    let now = &world.tick.now;
    let at = now.with().date(world.portfolio.as_of()).build().unwrap_or_else(|_| now.clone());
    // Several answers may be given at one moment.
    let nth = world.portfolio.portfolio().duels().entries.len() as u64;
    let id = fresh_duel_id(&at, world.tick.seed.wrapping_add(nth));
    let struck = instead_of.map(|duel| Retraction { duel, at: at.clone() });
    let given = answer.map(|(left, right, winner)| Duel {
        id,
        at,
        by: world.person.clone(),
        left,
        right,
        winner,
    });
    let struck = struck.map(DuelEntry::Retraction).map(Edit::Duel);
    let mut edits: Vec<Edit> =
        struck.into_iter().chain(given.map(DuelEntry::Duel).map(Edit::Duel)).collect();
    if edits.len() == 1 { edits.remove(0) } else { Edit::Group(edits) }
}
