//! Navigation: from screen to screen with the idea under the cursor, to what a saved
//! filter finds, to the duels and what comes of them.

use crate::command::Command;
use crate::config::{describe_filter_error, filter_setting};
use crate::domain::{
    Duel, DuelEntry, DuelPool, Edit, Retraction, SettingValue, Winner, fresh_duel_id,
};
use crate::find::{Filter, SAVED};
use crate::judge::duel::Curiosities;
use crate::tui::app::message::Request;
use crate::tui::app::model::{Model, Overlay, OverlayKind, Tone};
use crate::tui::dialogs::SaveFilter;
use crate::tui::screens::{Screen, ScreenId};
use crate::tui::world::World;

use super::edits;

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

/// Asks for the name under which the search in force is to be saved.
pub(super) fn ask_to_save(model: &mut Model) {
    let search = model.world.portfolio.filters().expand(model.query());
    if let Err(fault) = Filter::strict(&search) {
        return model.say(Tone::Note, describe_filter_error(&fault));
    }
    model.ask(Box::new(SaveFilter { search }));
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

/// Saves a filter under a name, and searches by that name from now on.
pub(super) fn save_filter(model: &mut Model, name: &str, search: String) {
    match filter_setting(name) {
        Ok(setting) => {
            edits::edit(model, Edit::setting(&setting, Some(SettingValue::Text(search))));
            model.filter(&format!("{SAVED}{name}"));
        }
        Err(reason) => model.say(Tone::Trouble, reason),
    }
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
        let kind = OverlayKind::Curiosities;
        model.overlay = Some(Overlay { kind, scroll: 0, query: String::new() });
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
    let nth = world.portfolio.duels().entries.len() as u64;
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
