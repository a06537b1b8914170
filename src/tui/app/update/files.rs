//! Contents of files, taken into the model: news from outside, conflicts with
//! what is not saved yet, settings that were changed.

use std::sync::Arc;

use crate::config::Settings;
use crate::domain::{Change, Edit, Portfolio, Problem};
use crate::tui::app::external_changes;
use crate::tui::app::message::{Effect, Files};
use crate::tui::app::model::{Model, Tone};
use crate::tui::dialogs::program::Choose;
use crate::tui::jobs::Discarded;

/// Says what has been changed outside, and how it can be listed. A change that
/// makes no difference to any idea, as to a comment, is not worth a word.
pub(super) fn say_news(model: &mut Model, is_news: bool, and: &str) {
    if is_news {
        let count = external_changes::count(&model.external_changes);
        model.say(Tone::Note, format!("{count}{and} · :changes lists them"));
    }
    let fault = model.settings_faults().next().map(ToString::to_string);
    if let Some(fault) = fault {
        let text = format!("{fault}; the settings stay as they were");
        model.say(Tone::Trouble, text);
    }
}

/// Takes what the files hold, with the edits that are not on disk yet on top.
/// True if that makes a difference to any idea.
pub(super) fn take(model: &mut Model, files: Files) -> bool {
    let Files { portfolio, problems, scores, touched } = files;
    let (before, scores_before) = model.world.portfolio.replace(portfolio, scores);
    model.problems = problems;
    let scored = &mut model.world.portfolio;
    let mut lost = None;
    // The inverses stay what the user saw when editing: it is against those
    // that the store looks for conflicts.
    model.save_queue.retain_edits(|edit, _| match scored.apply(&fitted(edit, scored)) {
        Ok(_) => true,
        Err(error) => {
            lost = Some(error);
            false
        }
    });
    model.refresh();
    let changes = external_changes::changes(&before, &model.world.portfolio, touched.as_deref());
    let discarded = [Discarded(before), Discarded(Arc::new(scores_before))];
    model.deferred_effects.extend(discarded.map(Effect::Discard));
    let is_news = !changes.is_empty();
    if is_news {
        let before = std::mem::replace(&mut model.external_changes, changes);
        model.deferred_effects.push(Effect::Discard(Discarded(Arc::new(before))));
    }
    if let Some(error) = lost {
        // Nothing else may be said over this.
        model.say(Tone::Trouble, format!("a change no longer fits: {error}"));
        return false;
    }
    is_news
}

/// An edit with insertions at the end of a list moved to where it ends now: the
/// entry before may have been removed outside. The store does the same.
fn fitted(edit: &Edit, portfolio: &Portfolio) -> Edit {
    let steps = edit.flatten();
    let list_of = |step: &Edit| match step {
        Edit::Change { id, change: Change::Insert { entry, .. } } => {
            Some((id.clone(), entry.kind()))
        }
        _ => None,
    };
    let fit = |(number, step): (usize, &&Edit)| match step {
        Edit::Change { id, change: Change::Insert { at, entry } } => {
            let length = portfolio.get(id).map_or(*at, |idea| idea.entries(entry.kind()));
            let before = steps[..number].iter().filter(|one| list_of(one) == list_of(step)).count();
            let at = (length + before).min(*at);
            Edit::Change { id: id.clone(), change: Change::Insert { at, entry: entry.clone() } }
        }
        other => (*other).clone(),
    };
    Edit::Group(steps.iter().enumerate().map(fit).collect())
}

/// Asks about a conflict as soon as no other question is open.
pub(super) fn ask_about_conflict(model: &mut Model) {
    let Some(conflict) = model.conflict.as_ref().filter(|_| model.dialog.is_none()) else {
        return;
    };
    let question = Choose::conflict(&conflict.what, &conflict.mine, &conflict.theirs);
    model.ask(Box::new(question));
}

/// Resolves a conflict: the edit wins, or what stands on disk.
pub(super) fn resolve_conflict(model: &mut Model, keep_mine: bool) {
    let Some(conflict) = model.conflict.take() else { return };
    if keep_mine {
        // What else has changed is taken in, with mine on top.
        model.save_queue.retry_overwriting();
        take(model, conflict.files);
    } else {
        model.save_queue.done();
        take(model, conflict.files);
        model.say(Tone::Note, format!("{}: the version on disk stays", conflict.what));
    }
}

/// Puts new settings into effect. While anything is wrong with them, the last
/// good ones stay in force, and what is wrong is named.
pub(super) fn take_settings(
    model: &mut Model,
    read: Result<Box<Settings>, Vec<Problem>>,
) -> Vec<Effect> {
    match read {
        Ok(settings) => {
            let was_wrong = !model.settings_problems.is_empty();
            let mouse = model.world.settings.current().mouse;
            if model.world.settings.set_user(*settings) || was_wrong {
                model.apply_ui_settings();
                model.apply_settings();
                model.refresh();
                model.say(Tone::Done, "your settings have changed and are in force");
            }
            let now = model.world.settings.current().mouse;
            if mouse == now { Vec::new() } else { vec![Effect::CaptureMouse(now)] }
        }
        Err(problems) => {
            if let Some(first) = problems.first() {
                // The place comes first: the end may be cut off.
                let name = first.file.file_name().unwrap_or_default().to_string_lossy();
                let Problem { line, column, message, .. } = first;
                let text = format!("{name}:{line}:{column}: {message}; settings stay as they were");
                model.say(Tone::Trouble, text);
            }
            model.settings_problems = problems;
            Vec::new()
        }
    }
}
