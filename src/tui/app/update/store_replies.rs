//! Replies of the store, applied to the model.

use crate::command::Command;
use crate::demo;
use crate::domain::{Change, DuelPool, Edit, Portfolio};
use crate::tui::app::external_changes;
use crate::tui::app::message::{Effect, Files, Request, StoreReply};
use crate::tui::app::model::{Model, Tone};
use crate::tui::dialogs;

use super::edits::key_of;
use super::{answers, copy, external_editor, navigation, writing};

/// Takes the answer to the first request in line into the model.
pub(super) fn done(model: &mut Model, reply: StoreReply) -> Vec<Effect> {
    match reply {
        StoreReply::Text(draft) => {
            return match model.save_queue.done() {
                Some(Request::Text { to_copy: true, .. }) => copy::text(model, &draft),
                _ => vec![Effect::OpenEditor(draft)],
            };
        }
        StoreReply::NotAnIdea { draft, problems } => {
            external_editor::refused(model, draft, &problems);
        }
        StoreReply::Rewritten { edit, outside } => external_editor::rewritten(model, edit, outside),
        StoreReply::Saved { outside } => {
            model.save_queue.done();
            if let Some(files) = outside {
                let is_news = take(model, files);
                say_outside(model, is_news, "; yours is kept too");
            }
        }
        StoreReply::Stepped { label, edit, outside } => stepped(model, &label, &edit, outside),
        StoreReply::Remembered => drop(model.save_queue.done()),
        StoreReply::NothingToStep => {
            let redoes = matches!(model.save_queue.done(), Some(Request::Redo { .. }));
            let text = if redoes { "nothing to do again" } else { "nothing to undo" };
            model.say(Tone::Note, text);
        }
        StoreReply::Reloaded(files) => {
            let quiet = matches!(model.save_queue.done(), Some(Request::ReloadQuietly));
            match files {
                Some(files) => {
                    let is_news = take(model, files);
                    say_outside(model, is_news, "");
                }
                // What the settings have to say is worth more.
                None if quiet || model.toast.is_some() => {}
                None => model.say(Tone::Note, "nothing has changed on disk"),
            }
        }
        StoreReply::Opened { name, files, as_of, spells } => {
            model.save_queue.done();
            model.activity_timer.resume_from(spells);
            model.name = name;
            if let Some(day) = as_of {
                // Only the demo is set on a day of its own.
                model.world.portfolio.set_as_of(day);
                model.world.demo = true;
                demo::PERSON.clone_into(&mut model.world.person);
            }
            take(model, files);
            model.external_changes.clear();
            model.screens.rank.select_first(&model.world);
            model.screens.triage.begin(&model.world);
            model.screens.duel.resume(DuelPool::default());
            navigation::mark_arrival(model);
        }
        StoreReply::Conflict(conflict) => {
            // Who has to decide cannot leave yet.
            model.leaving = model.ending;
            model.conflict = Some(conflict);
        }
        StoreReply::Failed(reason) => failed(model, reason),
        StoreReply::Refused(reason) => refused(model, &reason),
    }
    Vec::new()
}

/// Says what has been changed outside, and how it can be listed. A change that
/// makes no difference to any idea, as to a comment, is not worth a word.
fn say_outside(model: &mut Model, is_news: bool, and: &str) {
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

fn stepped(model: &mut Model, label: &str, edit: &crate::domain::Edit, outside: Option<Files>) {
    let redoes = matches!(model.save_queue.done(), Some(Request::Redo { .. }));
    let text = if redoes {
        format!("did again: {label}; {} undoes", key_of(model, Command::Undo))
    } else {
        format!("undid: {label}; {} to redo", key_of(model, Command::Redo))
    };
    match outside {
        Some(files) => drop(take(model, files)),
        None => {
            match model.world.portfolio.apply(edit) {
                Ok(inverse) if redoes => model.screens.triage.record(edit, &inverse, &model.world),
                Ok(_) => {}
                // What is shown has drifted from what is on disk; the disk is
                // right.
                Err(_) => model.save_queue.push(Request::Reload),
            }
            model.refresh();
        }
    }
    let ids = edit.ids();
    // What was decided about many at once comes back in reverse order.
    let id = if edit.additional_ideas() > 0 && !redoes { ids.last() } else { ids.first() };
    if let Some(id) = id {
        model.screens.go_to(id, &model.world);
    }
    model.say(Tone::Done, text);
}

/// Takes what the files hold, with the edits that are not on disk yet on top.
/// True if that makes a difference to any idea.
pub(super) fn take(model: &mut Model, files: Files) -> bool {
    let Files { portfolio, problems, scores, touched } = files;
    let before = model.world.portfolio.replace(portfolio, scores);
    model.problems = problems;
    let scored = &mut model.world.portfolio;
    let mut lost = None;
    // The inverses stay what the user saw when editing: it is against those
    // that the store looks for conflicts.
    model.save_queue.retain_edits(|edit, _| {
        match scored.apply(&fitted(edit, scored.portfolio())) {
            Ok(_) => true,
            Err(error) => {
                lost = Some(error);
                false
            }
        }
    });
    model.refresh();
    let changes =
        external_changes::changes(&before, model.world.portfolio.portfolio(), touched.as_deref());
    model.deferred_effects.push(Effect::Discard(before));
    let is_news = !changes.is_empty();
    if is_news {
        model.external_changes = changes;
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
    let (what, mine) = (conflict.what.clone(), conflict.mine.clone());
    let theirs = conflict.theirs.clone();
    answers::ask(model, Box::new(dialogs::Conflict { what, mine, theirs }));
}

/// Settles a conflict: the edit wins, or what stands on disk.
pub(super) fn settle(model: &mut Model, keep_mine: bool) {
    let Some(conflict) = model.conflict.take() else { return };
    if keep_mine {
        // What else has changed is taken in, with mine on top.
        model.save_queue.retry_overwriting();
        take(model, conflict.files);
    } else {
        model.save_queue.done();
        take(model, conflict.files);
        model.say(Tone::Note, format!("{}: theirs it is", conflict.what));
    }
}

/// An edit that can never be saved is taken back, from under those that were
/// made after it.
fn refused(model: &mut Model, reason: &str) {
    let scored = &mut model.world.portfolio;
    let mut kept = "";
    if let Some(Request::Commit { edit, .. }) = model.save_queue.first() {
        let edit = edit.clone();
        for inverse in model.save_queue.inverses().rev() {
            // What has just been applied in this order can be taken back so.
            let _ = scored.apply(inverse);
        }
        model.save_queue.done();
        model.save_queue.retain_edits(|edit, inverse| match scored.apply(edit) {
            Ok(with_settings) => {
                *inverse = with_settings;
                true
            }
            Err(_) => false,
        });
        model.refresh();
        if writing::rescue(model, &edit) {
            kept = "; the note is kept for later";
        }
    } else {
        model.save_queue.done();
    }
    model.say(Tone::Trouble, format!("{reason}{kept}"));
}

fn failed(model: &mut Model, reason: String) {
    let edit = matches!(model.save_queue.first(), Some(Request::Commit { .. }));
    let text = if edit {
        format!("not saved: {reason} · {} tries again", key_of(model, Command::Save))
    } else {
        reason.clone()
    };
    model.save_queue.failed(reason);
    model.say(Tone::Trouble, text);
    if edit && model.leaving && !model.ending {
        model.leaving = false;
        super::ask_to_lose(model);
    }
}
