//! Text of several lines: what is typed is kept until it is saved or thrown
//! away.

use crate::command::Command;
use crate::domain::{Change, Edit, Entry};
use crate::tui::app::message::{Effect, Request};
use crate::tui::app::model::{Model, Tone};
use crate::tui::dialogs::{About, Form, Prompt, TextEditor, Then, Unsaved};
use crate::tui::world::World;

/// Asks for a note on the idea under the cursor.
pub(super) fn ask_note(model: &mut Model) {
    if let Some(idea) = model.idea() {
        let prompt = Prompt::note(idea, String::new());
        model.prompt = Some(begun(model, prompt));
    }
}

/// Asks for the summary of the idea under the cursor.
pub(super) fn ask_summary(model: &mut Model) {
    if let Some(idea) = model.idea() {
        let prompt = Prompt::summary(idea);
        model.prompt = Some(begun(model, prompt));
    }
}

/// A question for a text, with what was begun before.
fn begun(model: &Model, mut prompt: Prompt) -> Prompt {
    let draft = name(&prompt.then).and_then(|name| model.unsaved_texts.get(&name));
    if let (Form::Text { writing, hint }, Some(draft)) = (&mut prompt.form, draft) {
        **writing = TextEditor::new(draft.clone());
        *hint = format!("this is what you had begun · {hint}");
    }
    prompt
}

/// Several lines that are pasted where a log entry is typed in one become a
/// note.
pub(super) fn widen(model: &mut Model, pasted: &str) {
    if !pasted.trim_end().contains(['\n', '\r']) {
        return;
    }
    let Some(Prompt { form: Form::Line { input, .. }, then, .. }) = &model.prompt else { return };
    let Then::Idea { id, about: About::Log } = then else { return };
    let Some(idea) = model.world.portfolio.idea(id) else { return };
    model.prompt = Some(Prompt::note(idea, input.value().to_owned()));
}

/// What is being written is to outlive the program from here on.
pub(super) fn keep(model: &mut Model) {
    let Some(Prompt { form: Form::Text { writing, .. }, then, .. }) = &model.prompt else {
        return;
    };
    if let Some(name) = name(then).filter(|_| writing.is_changed()) {
        let text = writing.text().to_owned();
        set(model, name, Some(text));
    }
}

/// Leaves a text; asks first if it would be lost.
pub(super) fn leave(model: &mut Model) {
    let Some(Prompt { label, form, then, .. }) = model.prompt.take() else { return };
    let Form::Text { writing, hint } = form else { return };
    if !writing.is_changed() {
        return put_back(model, &then, writing.text());
    }
    let lines =
        ["go on writing", "leave it for later: it is there when you come back", "throw it away"];
    let left = Unsaved { label, writing, hint, then: Box::new(then) };
    model.prompt = Some(Prompt::list(
        "What you have written is not saved",
        lines.map(str::to_owned).to_vec(),
        0,
        Then::LeaveWriting(left),
    ));
}

/// A text is left as it was opened: what was kept of it meanwhile is not wanted
/// any more.
fn put_back(model: &mut Model, then: &Then, text: &str) {
    let Some(name) = name(then).filter(|name| model.unsaved_texts.contains_key(name)) else {
        return;
    };
    let stands = match then {
        Then::Idea { about: About::Summary { before }, .. } => before == text,
        _ => text.trim().is_empty(),
    };
    set(model, name, (!stands).then(|| text.to_owned()));
}

/// Does what was chosen about a text that is left.
pub(super) fn left(model: &mut Model, unsaved: Unsaved, choice: usize) {
    let Some(name) = name(&unsaved.then) else { return };
    match choice {
        1 => {
            set(model, name, Some(unsaved.writing.text().to_owned()));
            model.say(Tone::Note, "kept for later: the same key goes on with it");
        }
        2 => set(model, name, None),
        _ => model.prompt = Some(unsaved.into()),
    }
}

/// A text was taken: nothing of it is left to keep.
pub(super) fn taken(model: &mut Model, then: &Then) {
    if let Some(name) = name(then) {
        set(model, name, None);
    }
}

/// The user knows that the summary was changed outside meanwhile: from now on
/// the new text is compared with what stands there now.
pub(super) fn warned(prompt: &mut Prompt, world: &World) {
    if let Then::Idea { id, about: About::Summary { before } } = &mut prompt.then
        && let Some(idea) = world.portfolio.idea(id)
    {
        idea.summary.clone_into(before);
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
        let name = format!("note {id}");
        let text = match model.unsaved_texts.get(&name) {
            Some(begun) if begun.contains(note) => begun.clone(),
            Some(begun) => format!("{note}\n\n{begun}"),
            None => note.clone(),
        };
        set(model, name, Some(text));
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
#[must_use]
pub(crate) fn unfinished(model: &Model) -> Option<String> {
    let mut names = model.unsaved_texts.keys();
    let (kind, id) = names.next()?.split_once(' ')?;
    let command = if kind == "note" { Command::Note } else { Command::Summary };
    let key = model.world.keymap.key(command);
    let more = match names.count() {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    Some(format!("a {kind} of {id} is begun and not saved{more}; {key} on it goes on"))
}

/// The name under which a text is kept.
fn name(then: &Then) -> Option<String> {
    match then {
        Then::Idea { id, about: About::Note } => Some(format!("note {id}")),
        Then::Idea { id, about: About::Summary { .. } } => Some(format!("summary {id}")),
        _ => None,
    }
}

fn set(model: &mut Model, name: String, text: Option<String>) {
    let before = match &text {
        Some(text) => model.unsaved_texts.insert(name.clone(), text.clone()),
        None => model.unsaved_texts.remove(&name),
    };
    if before != text {
        model.deferred_effects.push(Effect::Store(Request::KeepUnsavedText { name, text }));
    }
}
