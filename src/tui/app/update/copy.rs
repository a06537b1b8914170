//! The idea under the cursor, for the clipboard.

use crate::tui::action::EditorText;
use crate::tui::app::message::{Effect, Request};
use crate::tui::app::model::{Model, Tone};
use crate::tui::clipboard::{self, MOST};

pub(super) fn id(model: &mut Model) -> Vec<Effect> {
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
pub(super) fn text(model: &mut Model, draft: &EditorText) -> Vec<Effect> {
    let lines = draft.text.lines().count();
    let what = format!("{lines} lines, the TOML of {}", draft.id);
    copy(model, &draft.text, &what).into_iter().collect()
}

fn copy(model: &mut Model, text: &str, what: &str) -> Option<Effect> {
    let text = clipboard::harmless(text);
    if text.len() > MOST {
        let bytes = text.len();
        let text = format!("{bytes} bytes are too many for the clipboard of a terminal: {MOST}");
        model.say(Tone::Trouble, text);
        return None;
    }
    model.say(Tone::Done, format!("to the clipboard: {what}"));
    Some(Effect::Copy(text))
}
