//! Duels: who takes part, answers as edits, and what comes of them.

use crate::command::Command;
use crate::domain::{Duel, DuelEntry, DuelPool, Edit, Retraction, Winner, fresh_duel_id};
use crate::judge::duel::Curiosities;
use crate::tui::app::message::{Effect, Request};
use crate::tui::app::model::{Model, Overlay, OverlayKind, Tone};
use crate::tui::screens::ScreenId;
use crate::tui::world::World;

use super::navigation;

/// Limits who takes part, from now on and the next time, and goes there; says
/// why where that cannot be.
pub(super) fn limit(model: &mut Model, pool: DuelPool) {
    if let Err(reason) = model.screens.duel.limit(&pool, &model.world) {
        return model.say(Tone::Note, reason);
    }
    model.deferred_effects.push(Effect::Store(Request::SaveDuelPool(pool)));
    navigation::show_screen(model, ScreenId::Duel);
}

/// Shows Rank in the order of the duels.
pub(super) fn rank_by_duels(model: &mut Model) {
    model.screens.rank.order_by_duels(&model.world);
    navigation::show_screen(model, ScreenId::Rank);
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
