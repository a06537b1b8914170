//! Logging work on an idea: in one line, or over several.

use crate::domain::{Edit, Entry, Idea, LogEntry};
use crate::tui::action::Action;
use crate::tui::world::World;

use super::dialog::UnsavedKey;
use super::dialog::{Answer, Dialog, Form, Prompt, idea, titled};
use super::judge::ThinkAgain;
use super::text_editor::TextEditor;

/// A log entry in one line, or a note over several.
#[derive(Debug)]
pub(crate) struct Log {
    pub id: String,
    /// What is written already of a note; `None` for one line.
    pub note: Option<String>,
}

impl Log {
    /// An entry in one line.
    pub(crate) fn line(id: &str) -> Self {
        Self { id: id.to_owned(), note: None }
    }

    pub(crate) fn note(id: String, begun: &str) -> Self {
        Self { id, note: Some(begun.to_owned()) }
    }
}

impl Dialog for Log {
    fn prompt(&self, world: &World) -> Prompt {
        let title = titled(&self.id, world);
        let Some(begun) = &self.note else {
            let hint = "hours, how convincing it is today (0–10), a note: 3h 6 first task works";
            return Prompt::new("log", format!("log for {title}"), Form::line(hint));
        };
        let hint = "first hours and a level 0–10 if you like: 3h 6 first task works";
        let form = Form::Text(Box::new(TextEditor::new(begun.clone())), hint);
        Prompt::new("note", format!("Log for {title}"), form)
    }

    fn preview(&self, answer: &Answer, _: usize, world: &World) -> Result<Option<String>, String> {
        understood(answer.text(), world)
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        logged(idea(&self.id, world)?, answer.text(), world)
    }

    fn pasted(&self, typed: &str, _lines: &str) -> Option<Action> {
        self.note.is_none().then(|| Action::ask(Self::note(self.id.clone(), typed)))
    }

    fn unsaved(&self) -> Option<UnsavedKey> {
        self.note.is_some().then(|| UnsavedKey::Note(self.id.clone()))
    }
}

/// Logs it; and asks what is thought of the idea now, after many hours or a level that
/// was promised.
fn logged(idea: &Idea, text: &str, world: &World) -> Result<Vec<Action>, String> {
    let entry = LogEntry::from_typed_text(text, world.portfolio.as_of())
        .map_err(|error| error.to_string())?;
    if entry.is_empty() {
        return Err("hours, a level or a note: 3h 6 first task works".to_owned());
    }
    let edit = Edit::append(idea, Entry::Log(entry));
    let again = ThinkAgain::after([&edit], |id| id == idea.id, world);
    Ok(std::iter::once(Action::Edit(edit)).chain(again).collect())
}

fn understood(text: &str, world: &World) -> Result<Option<String>, String> {
    let entry = LogEntry::from_typed_text(text, world.portfolio.as_of())
        .map_err(|error| error.to_string())?;
    if entry.is_empty() {
        return Ok(None);
    }
    let mut parts = vec![entry.date.strftime("%a %-d %b").to_string()];
    parts.extend(entry.hours.map(|hours| format!("{} h", (hours * 100.0).round() / 100.0)));
    parts.extend(entry.traction.map(|level| format!("level {level}")));
    let has_output = entry.output.is_some();
    parts.extend(entry.output.map(|output| format!("output {output}")));
    parts.push(match entry.note.lines().count() {
        0 if has_output => return Ok(Some(parts.join(" · "))),
        0 => "no note".to_owned(),
        1 => entry.note,
        lines => format!("a note of {lines} lines"),
    });
    Ok(Some(parts.join(" · ")))
}
