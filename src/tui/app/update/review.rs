//! Requests to the review worker, and its replies.

use crate::find::Subject;
use crate::tui::app::message::Effect;
use crate::tui::app::model::{Model, ReviewJobState, Tone};
use crate::tui::review_worker::{ReviewInput, ReviewRequest};
use crate::tui::screens::ScreenId;
use crate::tui::screens::review::ReviewFindings;
use crate::tui::world::PendingChanges;

use super::navigation;

/// What opening a workspace sets off. With `opens`, the Review screen opens if
/// a decision waits and no key was pressed by the time that is known.
pub(crate) fn start(model: &mut Model, opens: bool) -> Vec<Effect> {
    model.review_job.requested = true;
    model.review_job.open_when_due = opens;
    let mut effects = ask(model);
    effects.extend(sensitivity(model));
    effects
}

/// Asks for a review where one is wanted and something has changed. Only one is
/// ever on its way; what changes meanwhile waits for the next.
pub(super) fn ask(model: &mut Model) -> Vec<Effect> {
    let flags = model.world.portfolio.has_sunk_costs() || searches_flags(model);
    let wanted = model.review_job.requested || model.screen == ScreenId::Review || flags;
    if !wanted || model.review_job.in_flight {
        return Vec::new();
    }
    let nothing_new = model.review_job.up_to_date && !model.world.portfolio.has_pending_changes();
    if nothing_new && model.review_job.loaded {
        return Vec::new();
    }
    let mut effects = sync_worker(model);
    model.review_job.in_flight = true;
    model.review_job.requested = false;
    model.review_job.up_to_date = true;
    effects.push(Effect::Review(ReviewRequest::Review));
    effects
}

/// Whether a search is in force that only a review can answer.
fn searches_flags(model: &Model) -> bool {
    let query = model.query();
    !query.is_empty() && model.world.portfolio.filter(query).is_about(Subject::Flag)
}

/// Asks how sure the ranking is, wherever that is shown and not asked already.
pub(super) fn sensitivity(model: &mut Model) -> Vec<Effect> {
    let Some(key) = model.sensitivity_key() else { return Vec::new() };
    if model.review_job.sensitivity_key.as_ref() == Some(&key) {
        return Vec::new();
    }
    model.review_job.sensitivity_key = Some(key.clone());
    let mut effects = sync_worker(model);
    effects.push(Effect::Review(ReviewRequest::Sensitivity(key)));
    effects
}

/// Brings the review worker up to date.
fn sync_worker(model: &mut Model) -> Vec<Effect> {
    let is_lost = std::mem::take(&mut model.review_job.worker_reset);
    let effects: Vec<Effect> = match model.world.portfolio.take_pending_changes() {
        PendingChanges::Edits(edits) if !is_lost => {
            edits.into_iter().map(|edit| Effect::Review(ReviewRequest::Apply(edit))).collect()
        }
        PendingChanges::Edits(_) | PendingChanges::Everything => {
            let input = ReviewInput {
                portfolio: model.world.portfolio.share(),
                score_rule: model.world.portfolio.rule().clone(),
                stall_rule: model.world.portfolio.stall_rule().clone(),
                as_of: model.world.portfolio.as_of(),
            };
            vec![Effect::Review(ReviewRequest::Load(Box::new(input)))]
        }
    };
    model.review_job.up_to_date &= effects.is_empty();
    effects
}

/// Nothing was found, because of a fault. What led to it is not asked again
/// before something has changed.
pub(super) fn failed(model: &mut Model, reason: String) {
    let sensitivity_key = model.review_job.sensitivity_key.take();
    let pull_key = model.review_job.pull_key.take();
    model.review_job = ReviewJobState {
        loaded: true,
        up_to_date: true,
        worker_reset: true,
        sensitivity_key,
        pull_key,
        ..ReviewJobState::default()
    };
    model.say(Tone::Trouble, reason);
}

pub(super) fn take(model: &mut Model, findings: ReviewFindings) {
    model.review_job.in_flight = false;
    model.review_job.loaded = true;
    let is_followed = model.screen == ScreenId::Review
        && model.idea().map(|idea| &idea.id) == model.selection.at_arrival.as_ref();
    let of = findings.ids.iter().zip(&findings.reviews);
    let sunk = of.filter(|(_, review)| review.sunk_cost).map(|(id, _)| id.clone()).collect();
    if model.world.portfolio.set_sunk_costs(sunk) && searches_flags(model) {
        model.screens.refresh(&model.world);
    }
    model.screens.review.take(findings, &model.world);
    if is_followed {
        // What has just come to be listed was not gone to.
        navigation::mark_arrival(model);
    }
    let opens = std::mem::take(&mut model.review_job.open_when_due);
    if opens && model.prompt.is_none() && model.screens.review.is_due() {
        model.screen = ScreenId::Review;
        navigation::mark_arrival(model);
    }
}
