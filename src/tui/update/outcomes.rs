//! What the store answers.

use crate::command::Command;
use crate::tui::ask::{Prompt, Then};
use crate::tui::message::{Files, Outcome, Request};
use crate::tui::model::{Model, Tone};

use super::edits::key_of;

/// Takes the answer to the first request in line into the model.
pub(super) fn done(model: &mut Model, outcome: Outcome) {
    match outcome {
        Outcome::Saved { outside } => {
            model.outbox.done();
            if let Some(files) = outside {
                take(model, files);
                model.say(Tone::Note, "the files were changed outside: both are kept");
            }
        }
        Outcome::Stepped { label, edit, outside } => stepped(model, &label, &edit, outside),
        Outcome::NothingToStep => {
            let redoes = matches!(model.outbox.done(), Some(Request::Redo { .. }));
            let text = if redoes { "nothing to do again" } else { "nothing to undo" };
            model.say(Tone::Note, text);
        }
        Outcome::Reloaded(files) => {
            model.outbox.done();
            let changed = files.is_some();
            if let Some(files) = files {
                take(model, files);
            }
            let text = if changed { "read again" } else { "nothing has changed on disk" };
            model.say(Tone::Note, text);
        }
        Outcome::Opened { name, files, as_of } => {
            model.outbox.done();
            model.name = name;
            if let Some(day) = as_of {
                model.backlog.set_as_of(day);
            }
            take(model, files);
            model.rank.select_first(&model.backlog);
            model.triage.begin(&model.backlog);
        }
        Outcome::Conflict(conflict) => model.conflict = Some(conflict),
        Outcome::Failed(reason) => failed(model, reason),
    }
}

fn stepped(model: &mut Model, label: &str, edit: &crate::domain::Edit, outside: Option<Files>) {
    let redoes = matches!(model.outbox.done(), Some(Request::Redo { .. }));
    let text = if redoes {
        format!("did again: {label}; {} undoes", key_of(Command::Undo))
    } else {
        format!("undid: {label}; {} to redo", key_of(Command::Redo))
    };
    match outside {
        Some(files) => take(model, files),
        None => {
            match model.backlog.apply(edit) {
                Ok(inverse) if redoes => model.triage.record(edit, &inverse, &model.backlog),
                Ok(_) => {}
                // What is shown has drifted from what is on disk; the disk is
                // right.
                Err(_) => model.outbox.push(Request::Reload),
            }
            model.refresh();
        }
    }
    if let Some(id) = edit.ids().first() {
        model.rank.select(id, &model.backlog);
        model.triage.select(id, &model.backlog);
    }
    model.say(Tone::Done, text);
}

/// Takes what the files hold, with the edits that are not on disk yet on top.
fn take(model: &mut Model, files: Files) {
    model.backlog.replace(files.portfolio);
    model.problems = files.problems;
    let backlog = &mut model.backlog;
    let mut lost = None;
    model.outbox.retain(|request| match request {
        Request::Commit { edit, .. } => match backlog.apply(edit) {
            Ok(_) => true,
            Err(error) => {
                lost = Some(error);
                false
            }
        },
        _ => true,
    });
    model.refresh();
    if let Some(error) = lost {
        model.say(Tone::Trouble, format!("a change no longer fits: {error}"));
    }
}

/// Asks about a conflict as soon as no other question is open.
pub(super) fn ask_about_conflict(model: &mut Model) {
    let Some(conflict) = model.conflict.as_ref().filter(|_| model.prompt.is_none()) else {
        return;
    };
    let lines = vec![
        format!("keep mine     {}", conflict.mine),
        format!("take theirs   {}", conflict.theirs),
    ];
    let label = format!("{} was changed outside", conflict.what);
    model.prompt = Some(Prompt::list(label, lines, 0, Then::Conflict));
}

/// Settles a conflict: the edit wins, or what stands on disk.
pub(super) fn settle(model: &mut Model, keep_mine: bool) {
    let Some(conflict) = model.conflict.take() else { return };
    if keep_mine {
        model.outbox.insist();
    } else {
        model.outbox.done();
        take(model, conflict.files);
        model.say(Tone::Note, format!("{}: theirs it is", conflict.what));
    }
}

fn failed(model: &mut Model, reason: String) {
    let edit = matches!(model.outbox.first(), Some(Request::Commit { .. }));
    let text = if edit {
        format!("not saved: {reason} · {} tries again", key_of(Command::Save))
    } else {
        reason.clone()
    };
    model.outbox.failed(reason);
    model.say(Tone::Trouble, text);
}
