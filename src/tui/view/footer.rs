//! The last two lines: what just happened, and what the main keys do now.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::command::{Command, Key, KeyPress, Scope, all, parse_keys};
use crate::text::{sanitize, shorten, width};
use crate::tui::app::model::{Model, Tone};
use crate::tui::dialogs::{Form, OpenDialog};
use crate::tui::palette::screen_key;
use crate::tui::screens::ScreenId;
use crate::tui::theme::Styles;

/// A key with its word, or one of several with a word in common: where it
/// stands in the line of keys.
#[derive(Clone, Debug)]
struct KeyLabel {
    command: Command,
    /// The first column, from the beginning of the line.
    start: u16,
    key: String,
    word: &'static str,
}

/// Columns of a title in a message, at least.
const LEAST_TITLE: usize = 14;

/// Columns of what a message ends in: `u undoes`.
const TAIL: usize = 14;

/// Draws the last two lines: what just happened, and the main keys; help always
/// keeps its place at the end.
pub(super) fn draw(model: &Model, styles: &Styles, area: Rect, buf: &mut Buffer) {
    message(model, styles, area, buf);
    let last = Rect { y: area.bottom() - 1, height: 1, ..area };
    for label in labels(model, last.width) {
        label.draw(last, styles, buf);
    }
}

/// What just happened, or the chord that has begun, in the first line.
pub(super) fn message(model: &Model, styles: &Styles, area: Rect, buf: &mut Buffer) {
    let x = area.x + 1;
    if !model.chord.is_empty() {
        let chord: String = model.chord.iter().map(ToString::to_string).collect();
        buf.set_string(x, area.y, format!("{chord} …"), styles.key);
        return;
    }
    let room = usize::from(area.width.saturating_sub(2));
    let said = model.toast.as_ref().filter(|toast| toast.tone != Tone::Done);
    if let (None, Some(text)) = (said, saving(model)) {
        let text = format!("· {}", sanitize(&text));
        buf.set_stringn(x, area.y, shorten(&text, room), room, styles.text);
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
    // How it is undone stays in sight, but for a question that takes the keys.
    let (said, tail) = match text.rsplit_once(" · ") {
        Some((said, tail)) if width(tail) <= TAIL && model.dialog.is_some() => {
            (said, String::new())
        }
        Some((said, tail)) if width(tail) <= TAIL => (said, format!(" · {tail}")),
        _ => (text.as_str(), String::new()),
    };
    let said = fitted(said, room.saturating_sub(width(&tail)));
    buf.set_stringn(x, area.y, format!("{said}{tail}"), room, style);
}

/// A message in so many columns: a long title in quotes gives way before the end does.
fn fitted(text: &str, room: usize) -> String {
    let over = width(text).saturating_sub(room);
    let longest = text.split('"').skip(1).step_by(2).max_by_key(|title| width(title));
    let title = longest.filter(|title| over > 0 && width(title) >= LEAST_TITLE + over);
    let text = title.map_or_else(
        || text.to_owned(),
        |title| {
            let short = shorten(title, width(title) - over);
            text.replacen(&format!("\"{title}\""), &format!("\"{short}\""), 1)
        },
    );
    shorten(&text, room).into_owned()
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
pub(super) fn keys(model: &Model, styles: &Styles, area: Rect, buf: &mut Buffer) {
    for label in main_labels(model, area.width) {
        label.draw(area, styles, buf);
    }
}

/// The command whose key or word stands in a column of the line of keys, while no question is open.
pub(crate) fn command_at(column: u16, model: &Model) -> Option<Command> {
    let mut labels = labels(model, model.world.size.width).into_iter();
    labels.find(|label| (label.start..label.end()).contains(&column)).map(|label| label.command)
}

/// The main keys, and help at the end.
fn labels(model: &Model, columns: u16) -> Vec<KeyLabel> {
    let key = model.world.keymap.key(Command::Help);
    let mut help =
        KeyLabel { command: Command::Help, start: 0, key, word: Command::Help.spec().short };
    help.start = columns.saturating_sub(help.columns() + 1);
    let mut labels = main_labels(model, help.start);
    labels.push(help);
    labels
}

/// From this width on the keys of the scopes follow those that a screen chooses.
const WIDE: u16 = 100;

/// The main keys as far as they fit: those that the screen chooses, or else those
/// of the scopes in force.
fn main_labels(model: &Model, columns: u16) -> Vec<KeyLabel> {
    let is_screen = model.dialog.is_none() && model.overlay.is_none();
    let chosen = match &model.import {
        _ if !is_screen => &[],
        Some(page) => page.footer(),
        None => model.current().footer(),
    };
    let mut groups: Vec<(Vec<Command>, &'static str)> =
        chosen.iter().map(|(commands, word)| (commands.to_vec(), *word)).collect();
    let is_complete = !chosen.is_empty() && model.world.size.width < WIDE;
    for scope in model.scopes().iter().filter(|_| !is_complete) {
        for entry in all().iter().filter(|entry| entry.scope == *scope) {
            // While a question is open, what else could be done is beside the
            // point.
            let beside = model.dialog.is_some() && entry.scope == Scope::Everywhere;
            let hidden = entry.short.is_empty() || entry.command == Command::Help;
            let is_chosen = chosen.iter().any(|(commands, _)| commands.contains(&entry.command));
            if !hidden && !beside && !is_chosen {
                groups.push((vec![entry.command], entry.short));
            }
        }
    }
    let mut labels = Vec::new();
    let mut start = 1;
    for (commands, word) in groups {
        let is_usable = |command: &Command| {
            !model.world.keymap.keys(*command).is_empty() && model.available(*command).is_ok()
        };
        let usable: Vec<Command> = commands.into_iter().filter(is_usable).collect();
        let mut group = Vec::new();
        let mut next = start;
        for (i, command) in usable.iter().enumerate() {
            let word = if i + 1 == usable.len() { word } else { "" };
            let key = match command {
                // What is left leads to Rank.
                Command::GoTo => screen_key(ScreenId::Rank, &model.world.keymap),
                _ => model.world.keymap.key(*command),
            };
            let label = KeyLabel { command: *command, start: next, key, word };
            next = label.end() + 1;
            group.push(label);
        }
        if next > columns {
            break;
        }
        if !group.is_empty() {
            start = next + 1;
            labels.append(&mut group);
        }
    }
    labels
}

impl KeyLabel {
    fn columns(&self) -> u16 {
        let word = if self.word.is_empty() { 0 } else { width(self.word) + 1 };
        u16::try_from(width(&self.key) + word).unwrap_or(u16::MAX)
    }

    fn end(&self) -> u16 {
        self.start.saturating_add(self.columns())
    }

    fn draw(&self, line: Rect, styles: &Styles, buf: &mut Buffer) {
        let mut spans = vec![Span::styled(self.key.as_str(), styles.key)];
        if !self.word.is_empty() {
            spans.push(Span::styled(format!(" {}", self.word), styles.quiet));
        }
        buf.set_line(line.x + self.start, line.y, &Line::from(spans), self.columns());
    }
}

/// A key of the last line with its word.
struct DialogKey {
    key: String,
    word: &'static str,
    /// What a click on it presses.
    press: Option<KeyPress>,
}

impl DialogKey {
    fn of(command: Command, word: &'static str, model: &Model) -> Self {
        let written = model.world.keymap.written(command).into_iter().next();
        let press = written.and_then(|keys| parse_keys(&keys).ok()?.into_iter().next());
        Self { key: model.world.keymap.key(command), word, press }
    }

    /// Keys that no click can stand for.
    fn named(key: impl Into<String>, word: &'static str) -> Self {
        Self { key: key.into(), word, press: None }
    }
}

/// The keys that answer a question; none for a text, which has those of its scope.
fn question_keys(open: &OpenDialog, model: &Model) -> Vec<DialogKey> {
    let of = |command, word| DialogKey::of(command, word, model);
    let verb = open.prompt.verb;
    match &open.prompt.form {
        Form::Text(..) => Vec::new(),
        Form::Pick(_) => vec![
            of(Command::Accept, verb),
            DialogKey::named("↑ ↓", "choose"),
            of(Command::Cancel, "close"),
        ],
        Form::Lines(lines) if lines.lines.len() > 1 => vec![
            of(Command::Accept, "next line, then:"),
            DialogKey::named("", verb),
            DialogKey::named("↑ ↓", "line"),
            of(Command::Complete, "complete"),
            of(Command::Cancel, "cancel"),
        ],
        Form::Lines(_) => vec![
            of(Command::Accept, verb),
            of(Command::Complete, "complete"),
            of(Command::Cancel, "cancel"),
        ],
        Form::List(list) if open.dialog.fills_screen() => vec![
            DialogKey::named(format!("1–{}", list.lines.len()), verb),
            of(Command::Open, "take the marked line"),
            of(Command::Quit, "quit"),
            of(Command::Help, "help"),
        ],
        Form::List(list) => {
            let own = list.keys.iter().filter(|(_, word)| !word.is_empty());
            let mut keys: Vec<DialogKey> = own
                .map(|(key, word)| DialogKey {
                    key: key.to_string(),
                    word,
                    press: Some(KeyPress { key: Key::Char(*key), control: false }),
                })
                .collect();
            if list.keys.is_empty() {
                keys.push(DialogKey::named(format!("1–{}", list.lines.len()), verb));
            }
            if keys.iter().all(|key| key.word != verb || key.press.is_none()) {
                keys.push(of(Command::Open, verb));
            }
            keys.push(DialogKey::named("j k", "line"));
            keys.push(of(Command::Back, "cancel"));
            keys
        }
    }
}

/// The keys that have room in so many columns, each with the columns that it takes.
fn placed(keys: Vec<DialogKey>, columns: u16) -> Vec<(Range<u16>, DialogKey)> {
    let mut start: u16 = 1;
    let mut placed = Vec::new();
    for key in keys {
        let is_help = key.word == Command::Help.spec().short;
        let gap = usize::from(!key.key.is_empty());
        let needed = u16::try_from(width(&key.key) + gap + width(key.word)).unwrap_or(u16::MAX);
        if is_help {
            // As everywhere, at the end of the line.
            start = start.max(columns.saturating_sub(needed + 1));
        }
        let end = start.saturating_add(needed);
        if end >= columns {
            break;
        }
        // A key without a name goes on with the one before.
        let next = end + if key.word.ends_with(':') { 1 } else { 2 };
        placed.push((start..end, key));
        start = next;
    }
    placed
}

pub(super) fn draw_question_keys(
    open: &OpenDialog,
    model: &Model,
    styles: &Styles,
    area: Rect,
    buf: &mut Buffer,
) {
    for (at, DialogKey { key, word, .. }) in placed(question_keys(open, model), area.width) {
        let gap = if key.is_empty() { "" } else { " " };
        let spans =
            [Span::styled(key, styles.key), Span::styled(format!("{gap}{word}"), styles.quiet)];
        let columns = at.end - at.start;
        buf.set_line(area.x + at.start, area.y, &Line::from(spans.to_vec()), columns);
    }
}

/// What a click in a column of the last line presses, while a question is open.
pub(crate) fn dialog_key_at(column: u16, model: &Model) -> Option<KeyPress> {
    let keys = question_keys(model.dialog.as_ref()?, model);
    let mut placed = placed(keys, model.world.size.width).into_iter();
    placed.find(|(at, _)| at.contains(&column)).and_then(|(_, key)| key.press)
}
