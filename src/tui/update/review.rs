//! What the critic is told and asked, and what it answers.

use crate::tui::backlog::Unreviewed;
use crate::tui::critic::{Case, Inquiry};
use crate::tui::message::Effect;
use crate::tui::model::{Judging, Model, Tone};
use crate::tui::screens::ScreenId;
use crate::tui::screens::review::Findings;

/// What opening a workspace sets off. With `opens`, the Review screen opens if
/// a decision waits and nobody has typed anything by the time that is known.
pub(in crate::tui) fn start(model: &mut Model, opens: bool) -> Vec<Effect> {
    model.judging.wanted = opens;
    model.judging.opens = opens;
    ask(model)
}

/// Asks for a review where one is wanted and something has changed. Only one is
/// ever on its way; what changes meanwhile waits for the next.
pub(super) fn ask(model: &mut Model) -> Vec<Effect> {
    let wanted = model.judging.wanted || model.screen == ScreenId::Review;
    if !wanted || model.judging.asked {
        return Vec::new();
    }
    let mut effects: Vec<Effect> = match model.backlog.take_unreviewed() {
        Unreviewed::Edits(edits) if edits.is_empty() && model.judging.known => return Vec::new(),
        Unreviewed::Edits(edits) if !model.judging.lost => {
            edits.into_iter().map(|edit| Effect::Judge(Inquiry::Apply(edit))).collect()
        }
        Unreviewed::Edits(_) | Unreviewed::Everything => {
            model.judging.lost = false;
            let case = Case {
                portfolio: model.backlog.portfolio().clone(),
                score_rule: model.backlog.rule().clone(),
                stall_rule: model.backlog.stall_rule().clone(),
                as_of: model.backlog.as_of(),
            };
            vec![Effect::Judge(Inquiry::Take(Box::new(case)))]
        }
    };
    model.judging.asked = true;
    model.judging.wanted = false;
    effects.push(Effect::Judge(Inquiry::Review));
    effects
}

/// Nothing was found, because of a fault. What led to it is not asked again
/// before something has changed.
pub(super) fn failed(model: &mut Model, reason: String) {
    model.judging = Judging { known: true, lost: true, ..Judging::default() };
    model.say(Tone::Trouble, reason);
}

/// Takes what was found.
pub(super) fn take(model: &mut Model, findings: Findings) {
    model.judging.asked = false;
    model.judging.known = true;
    model.review.take(findings, &model.backlog);
    let opens = std::mem::take(&mut model.judging.opens);
    if opens && model.prompt.is_none() && model.review.is_due() {
        model.screen = ScreenId::Review;
    }
}
