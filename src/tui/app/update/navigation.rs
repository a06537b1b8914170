//! Navigation from screen to screen: the idea under the cursor comes along.

use crate::tui::app::model::Model;
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
