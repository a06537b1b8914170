//! The text of an idea: edited in an editor, copied to the clipboard.

use crate::command::Command;
use crate::domain::{Edit, Problem};
use crate::text::sanitize;
use crate::tui::action::EditorText;
use crate::tui::app::message::{Effect, Files, Request};
use crate::tui::app::model::{Model, Tone};
use crate::tui::dialogs::program::Choose;

use super::edits::key_of;
use super::{edit_messages, files};

/// More bytes than this are not sent: xterm and others take no sequence of more
/// than 100,000, and what is cut would be no use.
pub(super) const MOST_BYTES: usize = 74_000;

/// Asks for the text of the idea under the cursor.
pub(super) fn edit(model: &mut Model) {
    if let Some(idea) = model.idea() {
        model.save_queue.push(Request::Text { id: idea.id.clone(), to_copy: false });
    }
}

/// Takes note that a file of settings was open in the editor: it is read again.
pub(super) fn settings(model: &mut Model, result: Result<(), String>) -> Vec<Effect> {
    match result {
        Ok(()) => {
            model.save_queue.push(Request::ReloadQuietly);
            vec![Effect::Store(Request::Settings)]
        }
        Err(error) => {
            model.say(Tone::Trouble, error);
            Vec::new()
        }
    }
}

/// Takes what the editor has left.
pub(super) fn edited(model: &mut Model, draft: EditorText, text: Result<String, String>) {
    match text {
        Ok(text) if text == draft.before => model.say(Tone::Note, "nothing was changed"),
        Ok(text) if text.trim().is_empty() => {
            let remove = key_of(model, Command::Remove);
            model.say(Tone::Note, format!("the text is empty; {remove} removes an idea"));
        }
        Ok(text) => {
            let draft = EditorText { text, ..draft };
            model.save_queue.push(Request::Rewrite { draft, overwrite: false });
        }
        Err(error) => model.say(Tone::Trouble, error),
    }
}

/// The text is not an idea: offers to go back to the line.
pub(super) fn refused(model: &mut Model, draft: EditorText, problems: &[Problem]) {
    model.save_queue.done();
    let Some(first) = problems.first() else { return };
    let more = match problems.len() {
        1 => String::new(),
        many => format!(" (and {} more)", many - 1),
    };
    let fault = format!("line {}: {}{more}", first.line, first.message);
    let draft = EditorText { line: first.line, ..draft };
    model.ask(Box::new(Choose::edit_again(draft, fault)));
}

/// The text is on disk: the ideas follow.
pub(super) fn rewritten(model: &mut Model, edit: Option<Edit>, outside: Option<Files>) {
    model.save_queue.done();
    let Some(edit) = edit else { return model.say(Tone::Note, "nothing was changed") };
    let words = match edit.flatten().as_slice() {
        [] => "the text has changed, the idea has not".to_owned(),
        [_] => edit_messages::in_words(&edit, &model.world.portfolio),
        many => format!("{} changes", many.len()),
    };
    match outside {
        Some(outside) => drop(files::take(model, outside)),
        None => {
            if model.world.portfolio.apply(&edit).is_err() {
                model.save_queue.push(Request::Reload);
            }
            model.refresh();
        }
    }
    if let Some(id) = edit.ids().last() {
        model.screens.go_to(id, &model.world);
    }
    model.say(Tone::Done, format!("{words} · {} undoes", key_of(model, Command::Undo)));
}

pub(super) fn copy_id(model: &mut Model) -> Vec<Effect> {
    let id = model.idea().map(|idea| idea.id.clone()).unwrap_or_default();
    copy(model, &id, &id).into_iter().collect()
}

/// Asks for the text of the idea under the cursor.
pub(super) fn ask_for_text(model: &mut Model) {
    if let Some(idea) = model.idea() {
        model.save_queue.push(Request::Text { id: idea.id.clone(), to_copy: true });
    }
}

/// Copies the text of an idea.
pub(super) fn copy_text(model: &mut Model, draft: &EditorText) -> Vec<Effect> {
    let lines = draft.text.lines().count();
    let what = format!("{lines} lines, the TOML of {}", draft.id);
    copy(model, &draft.text, &what).into_iter().collect()
}

fn copy(model: &mut Model, text: &str, what: &str) -> Option<Effect> {
    let text = harmless(text);
    if text.len() > MOST_BYTES {
        let bytes = text.len();
        let text =
            format!("{bytes} bytes are too many for the clipboard of a terminal: {MOST_BYTES}");
        model.say(Tone::Trouble, text);
        return None;
    }
    model.say(Tone::Done, format!("to the clipboard: {what}"));
    Some(Effect::Copy(text))
}

/// A text without control characters, but for its lines and tabs: what is
/// pasted into a shell should do nothing by itself.
fn harmless(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let parts = text.split_inclusive(['\n', '\t']).map(|part| {
        let clean = part.trim_end_matches(['\n', '\t']);
        sanitize(clean).into_owned() + &part[clean.len()..]
    });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_obeys_is_copied() {
        assert_eq!(harmless("a\x1b[31m\n\tb\rc\r\n"), "a␛[31m\n\tb␍c\n");
    }
}
