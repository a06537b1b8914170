//! The last two lines: what just happened, and what the main keys do now.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::command::{Command, Scope, all};
use crate::text::{sanitize, shorten, width};
use crate::tui::app::model::{Model, Tone};
use crate::tui::theme::Styles;

/// Draws the last two lines: what just happened, and the main keys; help always
/// keeps its place at the end.
pub(super) fn draw(model: &Model, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    message(model, styles, area, buffer);
    let last = Rect { y: area.bottom() - 1, height: 1, ..area };
    let help = key(Command::Help, model, styles);
    let help_columns = columns(&help);
    let end = last.right().saturating_sub(help_columns + 1);
    buffer.set_line(end, last.y, &Line::from(help), help_columns);
    let room = Rect { width: end.saturating_sub(last.x), ..last };
    keys(model, styles, room, buffer);
}

/// What just happened, or the chord that has begun, in the first line.
fn message(model: &Model, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let x = area.x + 1;
    if !model.chord.is_empty() {
        let chord: String = model.chord.iter().map(ToString::to_string).collect();
        buffer.set_string(x, area.y, format!("{chord} …"), styles.key);
        return;
    }
    let room = usize::from(area.width.saturating_sub(2));
    let said = model.toast.as_ref().filter(|toast| toast.tone != Tone::Done);
    if let (None, Some(text)) = (said, saving(model)) {
        let text = format!("· {}", sanitize(&text));
        buffer.set_stringn(x, area.y, shorten(&text, room), room, styles.text);
        return;
    }
    let Some(toast) = &model.toast else { return };
    let (mark, style) = match toast.tone {
        Tone::Done if model.save_queue.is_saving() => ("… ", styles.text),
        Tone::Done => ("✓ ", styles.good),
        Tone::Note => ("· ", styles.text),
        Tone::Trouble => ("✗ ", styles.bad),
    };
    let text = format!("{mark}{}", sanitize(&toast.text));
    buffer.set_stringn(x, area.y, shorten(&text, room), room, style);
}

/// What is not saved yet, where that takes long or keeps the program from leaving.
fn saving(model: &Model) -> Option<String> {
    let queue = &model.save_queue;
    if !model.leaving {
        let holder = queue.locked_by.as_deref()?;
        return Some(format!("saving … the workspace is locked by {holder}"));
    }
    let edits = match queue.edits().count() {
        0 => return None,
        1 => "1 change is".to_owned(),
        many => format!("{many} changes are"),
    };
    let holder = queue.locked_by.as_ref().map(|holder| format!(": locked by {holder}"));
    Some(format!("leaving … {edits} not saved yet{}", holder.unwrap_or_default()))
}

/// The main keys that are valid now, as far as there is room.
pub(super) fn keys(model: &Model, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let (mut x, end) = (area.x + 1, area.right());
    for scope in model.scopes() {
        for entry in all().iter().filter(|entry| entry.scope == *scope) {
            // While a question is open, what else could be done is beside the
            // point.
            let beside = model.prompt.is_some() && entry.scope == Scope::Everywhere;
            let hidden = entry.short.is_empty() || entry.command == Command::Help;
            let unbound = model.world.keymap.keys(entry.command).is_empty();
            if hidden || beside || unbound || model.available(entry.command).is_err() {
                continue;
            }
            let spans = key(entry.command, model, styles);
            let needed = columns(&spans);
            if x + needed + 1 > end {
                return;
            }
            buffer.set_line(x, area.y, &Line::from(spans), needed);
            x += needed + 2;
        }
    }
}

/// A key and its word.
fn key(command: Command, model: &Model, styles: &Styles) -> Vec<Span<'static>> {
    let entry = command.spec();
    vec![
        Span::styled(model.world.keymap.key(command), styles.key),
        Span::styled(format!(" {}", entry.short), styles.quiet),
    ]
}

fn columns(spans: &[Span<'_>]) -> u16 {
    u16::try_from(spans.iter().map(|span| width(&span.content)).sum::<usize>()).unwrap_or(0)
}
