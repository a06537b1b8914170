//! Text of several lines: what is typed is kept until it is saved or thrown
//! away.

use crate::command::Command;
use crate::domain::{Change, Edit, Entry};
use crate::tui::action::{Action, LeftText};
use crate::tui::app::message::Request;
use crate::tui::app::model::{Model, Tone};
use crate::tui::dialogs::{Form, OpenDialog, UnsavedKey, program::Choose};

/// Several lines that are pasted where one is typed go to the question that takes
/// them in, or lead to something else, which is returned.
pub(super) fn widen(model: &mut Model, pasted: &str) -> Option<Action> {
    if !pasted.trim_end().contains(['\n', '\r']) {
        return None;
    }
    let open = model.dialog.as_ref()?;
    match open.dialog.pasted(open.answer().text(), pasted)? {
        Action::Ask(wider) => {
            model.dialog = Some(OpenDialog::new(wider, &model.world));
            None
        }
        other => {
            model.dialog = None;
            Some(other)
        }
    }
}

/// Saves the text that is being written, so that it outlives the program.
pub(super) fn save_unfinished_text(model: &mut Model) {
    let Some(open) = &model.dialog else { return };
    let Form::Text(writing, _) = &open.prompt.form else { return };
    if let Some(key) = open.dialog.unsaved().filter(|_| writing.is_changed()) {
        let text = writing.text().to_owned();
        set(model, key, Some(text));
    }
}

/// Leaves a text; asks first if it would be lost.
pub(super) fn leave(model: &mut Model) {
    let Some(open) = model.dialog.take() else { return };
    let Form::Text(writing, _) = &open.prompt.form else { return };
    if writing.is_changed() {
        model.left = Some(open);
        return model.ask(Box::new(Choose::leave_text()));
    }
    // It is left as it was opened: what was kept of it meanwhile is not wanted
    // any more.
    if let Some(key) = open.dialog.unsaved().filter(|key| model.unsaved_texts.contains_key(key)) {
        let text = writing.text();
        set(model, key, (!open.dialog.stands(text)).then(|| text.to_owned()));
    }
}

/// Does what was chosen about a text that is left.
pub(super) fn left(model: &mut Model, choice: LeftText) {
    let Some(open) = model.left.take() else { return };
    let text = match &open.prompt.form {
        Form::Text(writing, _) => writing.text().to_owned(),
        _ => String::new(),
    };
    match (choice, open.dialog.unsaved()) {
        (LeftText::KeepForLater, Some(key)) => {
            set(model, key, Some(text));
            model.say(Tone::Note, "kept for later: the same key goes on with it");
        }
        (LeftText::ThrowAway, Some(key)) => set(model, key, None),
        _ => model.dialog = Some(open),
    }
}

/// A text was taken: nothing of it is left to keep.
pub(super) fn taken(model: &mut Model, open: &OpenDialog) {
    if let Some(key) = open.dialog.unsaved() {
        set(model, key, None);
    }
}

/// An edit cannot be saved and never will: a note in it is kept for later.
/// True if there was one.
pub(super) fn rescue(model: &mut Model, edit: &Edit) -> bool {
    let notes = edit.flatten().into_iter().filter_map(|step| match step {
        Edit::Change { id, change: Change::Insert { entry: Entry::Log(entry), .. } } => {
            (!entry.note.is_empty()).then(|| (id.clone(), entry.note.clone()))
        }
        _ => None,
    });
    let notes: Vec<(String, String)> = notes.collect();
    for (id, note) in &notes {
        let key = UnsavedKey::Note(id.clone());
        let text = match model.unsaved_texts.get(&key) {
            Some(begun) if begun.contains(note) => begun.clone(),
            Some(begun) => format!("{note}\n\n{begun}"),
            None => note.clone(),
        };
        set(model, key, Some(text));
    }
    !notes.is_empty()
}

/// The program ends and cannot save: the notes among the edits are kept for later.
pub(super) fn rescue_unsaved(model: &mut Model) {
    let edits: Vec<Edit> = model.save_queue.edits().cloned().collect();
    for edit in &edits {
        rescue(model, edit);
    }
}

/// What was begun and not saved when the program was last open, in words.
pub(crate) fn unfinished(model: &Model) -> Option<String> {
    let mut keys = model.unsaved_texts.keys();
    let first = keys.next()?;
    let command = match first {
        UnsavedKey::Note(_) => Command::Note,
        UnsavedKey::Summary(_) => Command::Summary,
    };
    let key = model.world.keymap.key(command);
    let more = match keys.count() {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    let (kind, id) = (first.kind(), first.id());
    Some(format!("a {kind} of {id} is begun and not saved{more}; {key} on it goes on"))
}

fn set(model: &mut Model, key: UnsavedKey, text: Option<String>) {
    let name = key.to_string();
    let before = match &text {
        Some(text) => model.unsaved_texts.insert(key, text.clone()),
        None => model.unsaved_texts.remove(&key),
    };
    if before != text {
        model.store(Request::KeepUnsavedText { name, text });
    }
}
