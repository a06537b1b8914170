//! Imports: a list is shown as it would become, and written when that is confirmed.

use std::sync::Arc;

use crate::command::{Command, Invocation};
use crate::tui::action::ImportList;
use crate::tui::app::message::{PreviewRequest, Request};
use crate::tui::app::model::{Model, Tone};
use crate::tui::dialogs::{import::ImportPath, program::Welcome};
use crate::tui::import::{ImportPage, PreviewQuestion};
use crate::tui::screens::ScreenId;

use super::edits::key_of;
use super::{edits, navigation};

/// Asks for the path of a list.
pub(super) fn choose(model: &mut Model) {
    model.store(Request::ListFolder(String::new()));
    model.ask(Box::new(ImportPath));
}

/// Shows what becomes of a list.
pub(super) fn open(model: &mut Model, list: ImportList) {
    let page = ImportPage::new(list, model.world.portfolio.revision());
    ask(model, page.question.clone());
    model.import = Some(page);
}

/// Asks again if the ideas have changed since the preview was asked for.
pub(super) fn keep_current(model: &mut Model) {
    let revision = model.world.portfolio.revision();
    let anew = model.import.as_mut().and_then(|page| page.asked_anew(revision));
    if let Some(question) = anew {
        ask(model, question);
    }
}

/// Without a workspace there is nothing but the welcome to come back to.
pub(super) fn welcome_again(model: &mut Model) {
    let is_free = model.dialog.is_none() && model.import.is_none() && model.overlay.is_none();
    let waits = !model.save_queue.is_empty() || model.leaving;
    if model.new_workspace.is_some() && is_free && !waits {
        model.ask(Box::new(Welcome));
    }
}

fn ask(model: &mut Model, question: PreviewQuestion) {
    let portfolio = Arc::clone(&model.world.portfolio.share());
    let as_of = model.world.portfolio.as_of();
    let request = Box::new(PreviewRequest { question, portfolio, as_of });
    model.store(Request::PreviewImport(request));
}

/// Runs a command of the page; false if it is none.
pub(super) fn call(model: &mut Model, invocation: Invocation) -> bool {
    let Some(page) = &mut model.import else { return false };
    let refusal = match invocation.command {
        Command::Open => match page.open() {
            Ok(question) => {
                question.into_iter().for_each(|question| ask(model, question));
                None
            }
            Err(reason) => Some(reason),
        },
        Command::Problems => page.toggle_problems().err(),
        Command::OtherFile => {
            choose(model);
            None
        }
        Command::ImportAll => {
            import(model);
            None
        }
        Command::Back | Command::Quit => {
            if !page.back() {
                cancel(model);
            }
            None
        }
        command if page.moved(command) => None,
        _ => return false,
    };
    if let Some(reason) = refusal {
        model.say(Tone::Note, reason);
    }
    true
}

fn cancel(model: &mut Model) {
    model.import = None;
    model.say(Tone::Note, "nothing was imported");
}

/// Writes what the page shows, as one edit, and opens Triage.
fn import(model: &mut Model) {
    let Some(page) = &model.import else { return };
    let Some(preview) = page.ready() else {
        return model.say(Tone::Note, "the list is still being read");
    };
    if preview.is_empty() {
        return model.say(Tone::Note, "there is nothing to import: all of it is known");
    }
    let (plan, done) = (preview.plan.clone(), preview.done());
    model.import = None;
    if model.new_workspace.is_some() {
        model.save_queue.push(Request::OpenEmpty);
    }
    edits::edit(model, plan.edit);
    model.save_queue.push(Request::SaveImportHistory(Box::new(plan.history)));
    navigation::show_screen(model, ScreenId::Triage);
    let key = key_of(model, Command::Undo);
    model.say(Tone::Done, format!("{done} · {key} undoes all"));
}
