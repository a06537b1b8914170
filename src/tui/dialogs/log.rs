//! Logging work on an idea: in one line, or over several.

use crate::domain::{Edit, Entry, Idea, LogEntry};
use crate::tui::action::Action;
use crate::tui::world::World;

use super::dialog::UnsavedKey;
use super::dialog::{Answer, Dialog, Form, Prompt, idea, titled};
use super::judge::ThinkAgain;
use super::text_editor::TextEditor;

/// A log entry in one line.
#[derive(Debug)]
pub(crate) struct Log {
    pub id: String,
}

impl Dialog for Log {
    fn prompt(&self, world: &World) -> Prompt {
        Prompt::new(
            "log",
            format!("log for {}", titled(&self.id, world)),
            Form::line("hours, how convincing it is today (0–10), a note: 3h 6 first task works"),
        )
    }

    fn preview(&self, answer: &Answer, _: usize, world: &World) -> Result<Option<String>, String> {
        understood(answer.text(), world)
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        logged(idea(&self.id, world)?, answer.text(), world)
    }

    fn pasted(&self, typed: &str, _lines: &str) -> Option<Action> {
        Some(Action::ask(Note { id: self.id.clone(), begun: typed.to_owned() }))
    }
}

/// A log entry over several lines.
#[derive(Debug)]
pub(crate) struct Note {
    pub id: String,
    /// What is written already.
    pub begun: String,
}

impl Dialog for Note {
    fn prompt(&self, world: &World) -> Prompt {
        let hint = "first hours and a level 0–10 if you like: 3h 6 first task works";
        Prompt::new(
            "note",
            format!("Log for {}", titled(&self.id, world)),
            Form::Text(Box::new(TextEditor::new(self.begun.clone())), hint),
        )
    }

    fn preview(&self, answer: &Answer, _: usize, world: &World) -> Result<Option<String>, String> {
        understood(answer.text(), world)
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        logged(idea(&self.id, world)?, answer.text(), world)
    }

    fn unsaved(&self) -> Option<UnsavedKey> {
        Some(UnsavedKey::Note(self.id.clone()))
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
