//! Sessions of duels: who takes part, and what has moved at the end.

use crate::domain::DuelPool;
use crate::judge::duel::Curiosities;
use crate::tui::message::{Effect, Request};
use crate::tui::model::{Model, Page, PageKind, Tone};
use crate::tui::pulls::{Ground, Poll};
use crate::tui::screens::ScreenId;

use super::visit;

/// Limits who takes part, from now on and the next time, and goes there.
///
/// # Errors
/// Says why that cannot be. Nothing changes then.
pub(super) fn limit(model: &mut Model, pool: DuelPool) -> Result<(), String> {
    model.duel.limit(&pool, &model.backlog)?;
    model.afterwards.push(Effect::Store(Request::Limit(pool)));
    visit::visit(model, ScreenId::Duel);
    Ok(())
}

/// Ends the session at the request of the user.
pub(super) fn end(model: &mut Model) {
    if !show_moved(model) {
        model.say(Tone::Note, "nothing has moved since this session began");
    }
}

/// Ends the session on the screen that is shown, and shows what has moved;
/// false if nothing has.
pub(super) fn show_moved(model: &mut Model) -> bool {
    let has_moved = model.screen == ScreenId::Duel && model.duel.end(&model.backlog);
    if has_moved {
        open(model, PageKind::Moved);
    }
    has_moved
}

fn open(model: &mut Model, kind: PageKind) {
    model.page = Some(Page { kind, scroll: 0, query: String::new() });
}

/// Shows what is curious about the answers, if anything is.
pub(super) fn show_curiosities(model: &mut Model, found: Curiosities) {
    if found.is_empty() {
        return model.say(Tone::Note, "nothing curious: the answers go well together");
    }
    model.duel.take_curiosities(found);
    if model.screen == ScreenId::Duel && model.prompt.is_none() && model.page.is_none() {
        open(model, PageKind::Curiosities);
    }
}

/// Asks how much the ideas are wanted, where that is shown and not asked
/// already.
pub(super) fn poll(model: &mut Model) -> Option<Effect> {
    if model.screen != ScreenId::Rank || !model.rank.shows_pulls(&model.backlog) {
        return None;
    }
    let ground = Ground::of(&model.backlog);
    if model.judging.polling.as_ref() == Some(&ground) {
        return None;
    }
    model.judging.polling = Some(ground.clone());
    Some(Effect::Poll(Box::new(Poll::of(ground, &model.backlog))))
}
