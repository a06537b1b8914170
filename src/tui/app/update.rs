//! The update function: message → model changes and effects. Nothing here
//! touches a file, a clock or the terminal.

mod answers;
mod commands;
mod edit_messages;
mod edits;
mod files;
mod idea_text;
mod imports;
mod input;
mod jobs;
mod navigation;
mod store_replies;
#[cfg(test)]
mod tests;
mod writing;

pub(crate) use jobs::start;
pub(crate) use writing::unfinished;

use crate::judge::TimeSpent;

use crate::tui::action::EditorTask;
use crate::tui::dialogs::program::Choose;

use super::message::{Effect, Msg, Request};
use super::model::{Model, Tone};

/// Takes a message into the model and says what is to be done outside it.
pub(crate) fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    if matches!(msg, Msg::Key(_) | Msg::Mouse(_) | Msg::Paste(_)) {
        if model.ending {
            return Vec::new();
        }
        measure(model);
    }
    let mut effects = take(model, msg);
    imports::keep_current(model);
    imports::welcome_again(model);
    files::ask_about_conflict(model);
    if model.ending && has_stopped_saving(model) {
        writing::rescue_unsaved(model);
    }
    model.screens.get_mut(model.screen).show(&model.world);
    if let Some(places) = model.screens.rank.take_divider() {
        model.store(Request::SaveDivider(places));
    }
    if let Some(round) = model.screens.triage.take_round() {
        model.save_queue.save_triage_round(round);
    }
    effects.append(&mut model.deferred_effects);
    effects.extend(note(model));
    effects.extend(next_effect(model));
    effects.extend(jobs::ask(model));
    effects
}

/// Takes a message into the part of the model that it is about.
fn take(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let mut effects = Vec::new();
    match msg {
        Msg::Key(press) if model.save_queue.has_undo_in_flight() && model.conflict.is_none() => {
            model.keys_during_undo.push(press);
        }
        Msg::Key(press) => effects.extend(input::key(model, press)),
        Msg::Mouse(mouse) => effects.extend(input::mouse(model, mouse)),
        Msg::Paste(_) if model.world.is_too_small() => {}
        Msg::Paste(text) => paste(model, &text),
        Msg::Resize(size) => model.world.size = size,
        Msg::FilesChanged => model.save_queue.reload_quietly(),
        Msg::SettingsFileChanged => effects.push(Effect::Store(Request::Settings)),
        Msg::SettingsLoaded(read) => effects.extend(files::take_settings(model, read)),
        Msg::EditorClosed { draft, text } => idea_text::edited(model, draft, text),
        Msg::SettingsFile(Ok(file)) => effects.push(Effect::OpenEditor(EditorTask::Settings(file))),
        Msg::SettingsFile(Err(reason)) => model.say(Tone::Trouble, reason),
        Msg::SettingsEdited(result) => effects.extend(idea_text::settings(model, result)),
        Msg::EditorUnset { notice, task } => {
            model.ask(Box::new(Choose::usual_editor(notice, task)));
        }
        Msg::FolderListed(listing) => model.world.folder = listing,
        Msg::ImportPreviewed { question, answer } => {
            if let Some(page) = &mut model.import {
                page.take(&question, answer);
            }
        }
        Msg::JobDone(result) => jobs::take(model, result),
        Msg::JobPanicked(reason) => model.say(Tone::Trouble, reason),
        Msg::StoreNotice(text) => model.say_notice(text),
        Msg::LockHeld(holder) => model.save_queue.locked_by = Some(holder),
        Msg::Background(color) => {
            if !model.appearance.background_known() {
                effects.push(Effect::EnableKittyKeyboard);
            }
            model.appearance.set_background(color);
        }
        Msg::Tick(tick) => {
            model.activity_timer.set_time(tick.elapsed);
            model.world.tick = tick;
        }
        Msg::Suspend => effects.push(Effect::Suspend),
        Msg::Continued => effects.push(Effect::Retake),
        Msg::Terminate => {
            writing::save_unfinished_text(model);
            model.leaving = true;
            model.ending = true;
        }
        Msg::StoreReply(reply) => {
            effects.extend(store_replies::done(model, reply));
            let held = std::mem::take(&mut model.keys_during_undo);
            effects.extend(held.into_iter().flat_map(|press| update(model, Msg::Key(press))));
        }
    }
    effects
}

fn paste(model: &mut Model, text: &str) {
    if let Some(action) = writing::widen(model, text) {
        commands::apply(model, [action]);
    } else if model.dialog.as_mut().is_some_and(|open| open.paste(text)) {
        answers::changed(model);
        writing::save_unfinished_text(model);
    }
}

/// Counts the time since the last key or click for the screen that was shown.
fn measure(model: &mut Model) {
    model.activity_timer.record_activity(model.current().activity());
    let today = model.world.portfolio.as_of();
    model.world.choosing = TimeSpent::choosing(&model.activity_timer.time_spent(today), today);
}

/// Keeps the time that was spent on choosing, now and then and at the end.
fn note(model: &mut Model) -> Option<Effect> {
    let time_spent = model.activity_timer.drain(model.world.portfolio.as_of(), model.leaving);
    (!time_spent.is_empty()).then(|| Effect::Store(Request::SaveTime(time_spent)))
}

/// What the state of the model calls for: sending what waits, and leaving when
/// nothing is left to wait for.
fn next_effect(model: &mut Model) -> Option<Effect> {
    let waits = has_stopped_saving(model);
    if !waits && let Some(request) = model.save_queue.send() {
        return Some(Effect::Store(request));
    }
    (model.leaving && (waits || model.save_queue.is_empty())).then_some(Effect::Quit)
}

/// Whether saving does not go on by itself.
fn has_stopped_saving(model: &Model) -> bool {
    model.save_queue.failure().is_some() || model.conflict.is_some()
}
