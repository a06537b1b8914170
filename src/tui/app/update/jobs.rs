//! Background jobs: which are asked for, and what their results set off.

use std::sync::Arc;

use crate::find::Subject;
use crate::tui::app::message::Effect;
use crate::tui::app::model::Model;
use crate::tui::jobs::review::ReviewJob;
use crate::tui::jobs::{JobKind, JobRequest, JobResult};
use crate::tui::screens::{Screen, ScreenId};
use crate::tui::world::World;

use super::navigation;

/// What opening a workspace sets off. With `opens`, the Review screen opens if
/// a decision waits and no key was pressed by the time that is known.
pub(crate) fn start(model: &mut Model, opens: bool) -> Vec<Effect> {
    model.opens_when_due = opens;
    ask(model)
}

/// Asks for what the screen reads and is neither there nor under way.
pub(super) fn ask(model: &mut Model) -> Vec<Effect> {
    let mut wanted = model.current().wanted_jobs(&model.world);
    if wants_review(model) {
        let World { portfolio, settings, results, .. } = &model.world;
        let job = ReviewJob::of(portfolio, settings.current().pursued, &results.review);
        wanted.push(JobRequest::Review(Box::new(job)));
    }
    wanted.retain(|request| model.world.results.begin(request));
    wanted.into_iter().map(Effect::Job).collect()
}

/// Whether a review is wanted whatever screen is shown: the first one, and as
/// long as its flags are on screen or searched for.
fn wants_review(model: &Model) -> bool {
    model.world.results.review.latest().is_none()
        || model.world.portfolio.has_review_flags()
        || searches_flags(model)
}

/// Whether a search is in force that only a review can answer.
fn searches_flags(model: &Model) -> bool {
    let query = model.query();
    !query.is_empty() && model.world.portfolio.filter(query).is_about(Subject::Flag)
}

/// Takes in what came of a job.
pub(super) fn take(model: &mut Model, result: JobResult) {
    let job = result.kind();
    let is_followed = model.screen == ScreenId::Review
        && model.idea().map(|idea| &idea.id) == model.selection.at_arrival.as_ref();
    model.deferred_effects.extend(model.world.results.take(result).map(Effect::Discard));
    if job == JobKind::Review {
        take_flags(model);
    }
    model.screens.take_result(job, &model.world);
    model.screens.get_mut(model.screen).show(&model.world);
    match job {
        JobKind::Review => open_when_due(model, is_followed),
        JobKind::Curiosities => navigation::show_curiosities(model),
        _ => {}
    }
}

/// Flags the ideas as the review found them.
fn take_flags(model: &mut Model) {
    let Some(findings) = model.world.results.review.output() else { return };
    let flags = Arc::clone(&findings.flags);
    let finds_others = searches_flags(model) && *flags != *model.world.portfolio.review_flags();
    model.world.portfolio.set_review_flags(flags);
    if finds_others {
        model.screens.refresh(&model.world);
    }
}

fn open_when_due(model: &mut Model, is_followed: bool) {
    if is_followed {
        // What has just come to be listed was not gone to.
        navigation::mark_arrival(model);
    }
    let opens = std::mem::take(&mut model.opens_when_due);
    if opens && model.dialog.is_none() && model.screens.review.due() > 0 {
        model.screen = ScreenId::Review;
        model.screens.review.show(&model.world);
        navigation::mark_arrival(model);
    }
}
