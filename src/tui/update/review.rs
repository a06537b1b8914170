//! What the critic is told and asked, and what it answers.

use crate::find::Subject;
use crate::tui::backlog::Unreviewed;
use crate::tui::critic::{Case, Inquiry};
use crate::tui::message::Effect;
use crate::tui::model::{Judging, Model, Tone};
use crate::tui::screens::ScreenId;
use crate::tui::screens::review::Findings;

use super::visit;

/// What opening a workspace sets off. With `opens`, the Review screen opens if
/// a decision waits and nobody has typed anything by the time that is known.
pub(in crate::tui) fn start(model: &mut Model, opens: bool) -> Vec<Effect> {
    model.judging.wanted = true;
    model.judging.opens = opens;
    let mut effects = ask(model);
    effects.extend(survey(model));
    effects
}

/// Asks for a review where one is wanted and something has changed. Only one is
/// ever on its way; what changes meanwhile waits for the next.
pub(super) fn ask(model: &mut Model) -> Vec<Effect> {
    let flags = model.backlog.has_sunk() || searches_flags(model);
    let wanted = model.judging.wanted || model.screen == ScreenId::Review || flags;
    if !wanted || model.judging.asked {
        return Vec::new();
    }
    let nothing_new = model.judging.fresh && !model.backlog.has_unreviewed();
    if nothing_new && model.judging.known {
        return Vec::new();
    }
    let mut effects = brief(model);
    model.judging.asked = true;
    model.judging.wanted = false;
    model.judging.fresh = true;
    effects.push(Effect::Judge(Inquiry::Review));
    effects
}

/// Whether a search is in force that only a review can answer.
fn searches_flags(model: &Model) -> bool {
    let query = model.query();
    !query.is_empty() && model.backlog.filter(query).is_about(Subject::Flag)
}

/// Asks how sure the ranking is, wherever that is shown and not asked already.
pub(super) fn survey(model: &mut Model) -> Vec<Effect> {
    let Some(basis) = model.basis() else { return Vec::new() };
    if model.judging.surveying.as_ref() == Some(&basis) {
        return Vec::new();
    }
    model.judging.surveying = Some(basis.clone());
    let mut effects = brief(model);
    effects.push(Effect::Judge(Inquiry::Survey(basis)));
    effects
}

/// Tells the critic what has changed since it was told last.
fn brief(model: &mut Model) -> Vec<Effect> {
    let is_lost = std::mem::take(&mut model.judging.lost);
    let effects: Vec<Effect> = match model.backlog.take_unreviewed() {
        Unreviewed::Edits(edits) if !is_lost => {
            edits.into_iter().map(|edit| Effect::Judge(Inquiry::Apply(edit))).collect()
        }
        Unreviewed::Edits(_) | Unreviewed::Everything => {
            let case = Case {
                portfolio: model.backlog.share(),
                score_rule: model.backlog.rule().clone(),
                stall_rule: model.backlog.stall_rule().clone(),
                as_of: model.backlog.as_of(),
            };
            vec![Effect::Judge(Inquiry::Take(Box::new(case)))]
        }
    };
    model.judging.fresh &= effects.is_empty();
    effects
}

/// Nothing was found, because of a fault. What led to it is not asked again
/// before something has changed.
pub(super) fn failed(model: &mut Model, reason: String) {
    let surveying = model.judging.surveying.take();
    let polling = model.judging.polling.take();
    model.judging =
        Judging { known: true, fresh: true, lost: true, surveying, polling, ..Judging::default() };
    model.say(Tone::Trouble, reason);
}

/// Takes what was found.
pub(super) fn take(model: &mut Model, findings: Findings) {
    model.judging.asked = false;
    model.judging.known = true;
    let is_followed = model.screen == ScreenId::Review
        && model.idea().map(|idea| &idea.id) == model.followed.arrived.as_ref();
    let of = findings.ids.iter().zip(&findings.reviews);
    let sunk = of.filter(|(_, review)| review.sunk_cost).map(|(id, _)| id.clone()).collect();
    if model.backlog.set_sunk(sunk) && searches_flags(model) {
        model.rank.refresh(&model.backlog);
        model.triage.refresh(&model.backlog);
    }
    model.review.take(findings, &model.backlog);
    if is_followed {
        // What has just come to be listed is not where somebody went.
        visit::arrive(model);
    }
    let opens = std::mem::take(&mut model.judging.opens);
    if opens && model.prompt.is_none() && model.review.is_due() {
        model.screen = ScreenId::Review;
        visit::arrive(model);
    }
}
