//! Sessions of duels: who takes part, and what has moved at the end.

use crate::domain::DuelPool;
use crate::judge::duel::Curiosities;
use crate::tui::app::message::{Effect, Request};
use crate::tui::app::model::{Model, Overlay, OverlayKind, Tone};
use crate::tui::screens::ScreenId;

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
