//! Navigation: from screen to screen with the idea under the cursor, to what a saved
//! filter finds, to the duels and what comes of them.

use crate::command::Command;
use crate::domain::DuelPool;
use crate::find::SAVED;
use crate::judge::duel::Curiosities;
use crate::tui::app::message::Request;
use crate::tui::app::model::{Model, Overlay, OverlayKind, Tone};
use crate::tui::screens::{Screen, ScreenId};

/// Shows a screen, with the cursor on the idea that was last gone to. A screen
/// that does not list it keeps its own place, and the idea is not forgotten.
pub(super) fn show_screen(model: &mut Model, screen: ScreenId) {
    let here = model.idea().map(|idea| idea.id.clone());
    // If the cursor was not moved, the selection stays as it was.
    if here != model.selection.at_arrival {
        model.selection.id.clone_from(&here);
    }
    model.screen = screen;
    if screen == ScreenId::Duel {
        model.screens.duel.begin();
    }
    let shown = model.screens.get_mut(screen);
    if let Some(id) = &model.selection.id {
        shown.select(id, &model.world);
    }
    shown.show(&model.world);
    mark_arrival(model);
}

/// Takes note of where the cursor is now: only what is gone to from here is followed.
pub(super) fn mark_arrival(model: &mut Model) {
    model.selection.at_arrival = model.idea().map(|idea| idea.id.clone());
}

/// Shows the idea under the cursor on the Rank screen.
pub(super) fn show(model: &mut Model) {
    let Some(id) = model.idea().map(|idea| idea.id.clone()) else { return };
    if !model.screens.rank.lists(&id, &model.world) {
        model.screens.rank.filter("", &model.world);
    }
    model.selection.id = Some(id);
    mark_arrival(model);
    show_screen(model, ScreenId::Rank);
}

/// Shows what a saved filter finds, on this screen where it can be searched,
/// else on Rank; between duels, limits them to it.
pub(super) fn show_filter(model: &mut Model, name: &str) {
    let query = format!("{SAVED}{name}");
    if model.screen == ScreenId::Duel {
        return limit(model, DuelPool::found_by(query));
    }
    if matches!(model.screen, ScreenId::Map | ScreenId::Taste) {
        show_screen(model, ScreenId::Rank);
    }
    model.history.remember("/", &query);
    model.filter(&query);
}

/// Limits who takes part, from now on and the next time, and goes there; says
/// why where that cannot be.
pub(super) fn limit(model: &mut Model, pool: DuelPool) {
    if let Err(reason) = model.screens.duel.limit(&pool, &model.world) {
        return model.say(Tone::Note, reason);
    }
    model.store(Request::SaveDuelPool(pool));
    show_screen(model, ScreenId::Duel);
}

/// Shows Rank in the order of the duels.
pub(super) fn rank_by_duels(model: &mut Model) {
    model.screens.rank.order_by_duels(&model.world);
    show_screen(model, ScreenId::Rank);
    let key = model.world.keymap.key(Command::ByDuels);
    model.say(Tone::Note, format!("Rank is in the order of your duels; {key} changes the order."));
}

/// Shows what is curious about the answers, if anything is.
pub(super) fn show_curiosities(model: &mut Model) {
    if model.world.results.curiosities.output().is_none_or(Curiosities::is_empty) {
        return model.say(Tone::Note, "nothing curious: the answers go well together");
    }
    if model.screen == ScreenId::Duel && model.dialog.is_none() && model.overlay.is_none() {
        model.overlay = Some(Overlay::new(OverlayKind::Curiosities));
    }
}
