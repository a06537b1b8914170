//! Replies of the store, applied to the model.

use crate::command::Command;
use crate::demo;
use crate::domain::{Date, DuelPool, Edit};
use crate::tui::action::EditorTask;
use crate::tui::app::message::{Effect, Files, Request, StoreReply};
use crate::tui::app::model::{Model, Tone};

use super::edits::key_of;
use super::{edit_messages, files, idea_text, navigation, writing};

/// Takes the answer to the first request in line into the model.
pub(super) fn done(model: &mut Model, reply: StoreReply) -> Vec<Effect> {
    model.save_queue.locked_by = None;
    match reply {
        StoreReply::Text(draft) => {
            return match model.save_queue.done() {
                Some(Request::Text { to_copy: true, .. }) => idea_text::copy_text(model, &draft),
                _ => vec![Effect::OpenEditor(EditorTask::Idea(draft))],
            };
        }
        StoreReply::NotAnIdea { draft, problems } => {
            idea_text::refused(model, draft, &problems);
        }
        StoreReply::Rewritten { edit, outside } => idea_text::rewritten(model, edit, outside),
        StoreReply::Saved { outside } => {
            model.save_queue.done();
            if let Some(files) = outside {
                let is_news = files::take(model, files);
                files::say_news(model, is_news, "; yours is kept too");
            }
        }
        StoreReply::Stepped { label, edit, outside } => stepped(model, &label, &edit, outside),
        StoreReply::Remembered => drop(model.save_queue.done()),
        StoreReply::Copied(folder) => {
            model.save_queue.done();
            let folder = folder.display();
            model
                .say(Tone::Done, format!("A copy is in {folder}; open it with: prospect {folder}"));
        }
        StoreReply::NothingToStep => {
            let redoes = matches!(model.save_queue.done(), Some(Request::Redo { .. }));
            let text = if redoes { "nothing to do again" } else { "nothing to undo" };
            model.say(Tone::Note, text);
        }
        StoreReply::Reloaded(files) => reloaded(model, files),
        StoreReply::Opened { name, files, as_of, time_spent } => {
            model.save_queue.done();
            model.activity_timer.resume_from(time_spent);
            opened(model, name, files, as_of);
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

fn reloaded(model: &mut Model, files: Option<Files>) {
    let quiet = matches!(model.save_queue.done(), Some(Request::ReloadQuietly));
    begin_day(model);
    match files {
        Some(files) => {
            let is_news = files::take(model, files);
            files::say_news(model, is_news, "");
        }
        // What the settings have to say is worth more.
        None if quiet || model.toast.is_some() => {}
        None => model.say(Tone::Note, "nothing has changed on disk"),
    }
}

/// Another workspace is open; only the demo is set on a day of its own.
fn opened(model: &mut Model, name: String, files: Files, as_of: Option<Date>) {
    model.name = name;
    model.new_workspace = None;
    if let Some(day) = as_of {
        model.world.portfolio.set_as_of(day);
        model.world.demo = true;
        model.world.day_stays = true;
        demo::PERSON.clone_into(&mut model.world.person);
    }
    files::take(model, files);
    model.external_changes.clear();
    model.screens.rank.select_first(&model.world);
    model.screens.triage.begin(&model.world);
    model.screens.duel.resume(DuelPool::default());
    navigation::mark_arrival(model);
}

/// Lets the day of the clock begin, unless the day that counts as today stays. In
/// between nothing changes under the hands of a person who works past midnight.
fn begin_day(model: &mut Model) {
    let today = model.world.tick.now.date();
    if !model.world.day_stays && today > model.world.portfolio.as_of() {
        model.world.portfolio.set_as_of(today);
        model.refresh();
    }
}

fn stepped(model: &mut Model, label: &str, edit: &Edit, outside: Option<Files>) {
    let redoes = matches!(model.save_queue.done(), Some(Request::Redo { .. }));
    let mut text = if redoes { format!("Redone: {label}") } else { format!("Undone: {label}") };
    match outside {
        Some(files) => drop(files::take(model, files)),
        None => {
            let redone = edit_messages::in_words(edit, &model.world.portfolio);
            match model.world.portfolio.apply(edit) {
                Ok(inverse) if redoes => {
                    text = format!("Redone: {redone}");
                    model.screens.triage.record(edit, &inverse, &model.world);
                }
                Ok(inverse) => {
                    text = edit_messages::undone(edit, &inverse, &model.world.portfolio);
                }
                // What is shown has drifted from what is on disk; the disk is
                // right.
                Err(_) => model.save_queue.push(Request::Reload),
            }
            model.refresh();
        }
    }
    let text = if redoes {
        format!("{text} · {} undoes", key_of(model, Command::Undo))
    } else {
        format!("{text} · {} redoes", key_of(model, Command::Redo))
    };
    let ids = edit.ids();
    // What was decided about many at once comes back in reverse order.
    let id = if edit.additional_ideas() > 0 && !redoes { ids.last() } else { ids.first() };
    if let Some(id) = id {
        model.screens.go_to(id, &model.world);
    }
    model.say(Tone::Done, text);
}

/// An edit that can never be saved is taken back, from under those that were made after it.
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
        model.ask_to_lose();
    }
}
