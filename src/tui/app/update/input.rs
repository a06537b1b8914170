//! Keys, with their counts and chords, and the mouse: which command they stand for.

use crate::command::{Command, Invocation, Key, KeyPress, Resolution, Scope};
use crate::tui::app::message::Effect;
use crate::tui::app::model::{Model, Tone};
use crate::tui::dialogs::{Form, writing_columns};
use crate::tui::screens::{Mouse, MouseAction};
use crate::tui::{import, view};

use super::commands::{apply, call};
use super::{answers, navigation, writing};

pub(super) fn key(model: &mut Model, press: KeyPress) -> Vec<Effect> {
    if model.world.is_too_small() && !acts_unseen(model, press) {
        return Vec::new();
    }
    model.toast = None;
    model.last_click = None;
    model.opens_when_due = false;
    if !model.chord.is_empty() && press.key == Key::Esc {
        model.chord.clear();
        return Vec::new();
    }
    if model.chord.pop_if(|_| press.key == Key::Backspace).is_some() {
        return Vec::new();
    }
    if let Some(answer) = model.dialog.as_ref().and_then(|open| open.answers(press)) {
        answers::answered(model, &answer);
        return Vec::new();
    }
    model.chord.push(press);
    let scopes = model.scopes();
    debug_assert!(Scope::ACTIVE_SETS.contains(&scopes), "{scopes:?}");
    match model.world.keymap.resolve(scopes, &model.chord) {
        Resolution::Pending => Vec::new(),
        Resolution::Run(invocation) => {
            model.chord.clear();
            call(model, invocation)
        }
        Resolution::Counted(invocation, count) => {
            model.chord.clear();
            counted(model, invocation, count)
        }
        Resolution::Unbound => {
            let alone = model.chord.len() == 1;
            model.chord.clear();
            if alone && matches!(scopes, [Scope::Prompt | Scope::Writing]) {
                let columns = writing_columns(model.world.size.width);
                if let Some(open) = &mut model.dialog {
                    open.type_key(press, columns);
                    answers::changed(model);
                }
                // Line by line, so that hardly anything is lost with the
                // program.
                if press.key == Key::Enter {
                    writing::save_unfinished_text(model);
                }
            } else {
                model.say(Tone::Note, unbound(model, press));
            }
            Vec::new()
        }
    }
}

/// What is said of a key that does nothing, with the one that may be meant.
fn unbound(model: &Model, press: KeyPress) -> String {
    let key = |command| model.world.keymap.key(command);
    let deletes = matches!(press.key, Key::Backspace | Key::Delete);
    if deletes && model.available(Command::Remove).is_ok() {
        return format!("{press} does nothing here; {} deletes the idea", key(Command::Remove));
    }
    format!("{press} does nothing here; {} lists the keys", key(Command::Help))
}

/// Whether a key acts although nothing is drawn: only those that leave.
fn acts_unseen(model: &Model, press: KeyPress) -> bool {
    let interrupts = press == KeyPress { key: Key::Char('c'), control: true };
    let leaves = matches!(
        model.world.keymap.resolve(&[Scope::Everywhere], &[press]),
        Resolution::Run(Invocation { command: Command::Quit | Command::Suspend, .. })
    );
    interrupts || (leaves && model.dialog.is_none())
}

/// Runs a motion so many times; the first and the last line stand for the line of that number.
fn counted(model: &mut Model, invocation: Invocation, count: u16) -> Vec<Effect> {
    let call_as = |model: &mut Model, command: Command, times: u16| -> Vec<Effect> {
        let invocation = Invocation { command, ..invocation };
        (0..times).flat_map(|_| call(model, invocation)).collect()
    };
    match invocation.command {
        Command::Top | Command::Bottom => {
            let mut effects = call_as(model, Command::Top, 1);
            effects.extend(call_as(model, Command::Down, count - 1));
            effects
        }
        command if command.takes_count() => {
            let mut effects = Vec::new();
            for _ in 0..count {
                let before = model.scrolled();
                effects.extend(call_as(model, command, 1));
                // The end of a page is the end of the way.
                if before.is_some() && before == model.scrolled() {
                    break;
                }
            }
            effects
        }
        command => {
            let text = format!("\"{}\" takes no count; motions do", command.spec().id);
            model.say(Tone::Note, text);
            Vec::new()
        }
    }
}

/// Lines that the wheel moves at once.
const WHEEL: usize = 3;

/// The wheel moves; a click on a tab shows its screen, one on a key of the last line
/// runs it, one on a line of a menu takes it. All else is for the screen that is shown.
pub(super) fn mouse(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    if model.world.is_too_small() {
        return Vec::new();
    }
    // What an undo under way leads to is not known yet.
    if mouse.action != MouseAction::Release && model.save_queue.has_undo_in_flight() {
        return Vec::new();
    }
    let mouse = with_second_click(model, mouse);
    match mouse.action {
        MouseAction::WheelUp => return wheel(model, Command::Up),
        MouseAction::WheelDown => return wheel(model, Command::Down),
        MouseAction::Click | MouseAction::SecondClick if model.dialog.is_some() => {
            if let Some(press) = view::dialog_key_at(mouse.at, model) {
                return key(model, press);
            }
            let line = view::line_at(mouse.at, view::body(model), model);
            if let Some(line) = line {
                answers::click(model, line);
            }
            return Vec::new();
        }
        // Nothing is decided by a stray click while a list is about to be imported.
        MouseAction::Drag if model.dialog.is_some() || model.import.is_some() => return Vec::new(),
        MouseAction::Click | MouseAction::SecondClick
            if model.import.is_some() && model.overlay.is_none() =>
        {
            return import(model, mouse);
        }
        MouseAction::Click | MouseAction::SecondClick => {
            model.toast = None;
            model.chord.clear();
            if let Some(screen) = view::tab_at(mouse.at, model) {
                model.overlay = None;
                navigation::show_screen(model, screen);
                return Vec::new();
            }
            if let Some(invocation) = view::key_at(mouse.at, model) {
                return call(model, invocation);
            }
        }
        MouseAction::Drag | MouseAction::Release => {}
    }
    if model.overlay.is_none() && model.import.is_none() || mouse.action == MouseAction::Release {
        let body = view::body(model);
        let actions = model.screens.get_mut(model.screen).mouse(mouse, body, &model.world);
        apply(model, actions);
    }
    Vec::new()
}

/// A click on the page of an import: on a key, or on a line, which the second one opens.
fn import(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    if let Some(invocation) = view::key_at(mouse.at, model) {
        return call(model, invocation);
    }
    let (body, keymap) = (view::body(model), &model.world.keymap);
    let Some(page) = &mut model.import else { return Vec::new() };
    let line = import::line_at(page, keymap, mouse.at, body);
    let takes = page.has_menu();
    if line.is_some_and(|line| page.point(line) || takes) {
        return call(model, Invocation { command: Command::Open, digit: None });
    }
    Vec::new()
}

/// A click as the second one where it is: what was selected by the first may
/// stand elsewhere now.
fn with_second_click(model: &mut Model, mouse: Mouse) -> Mouse {
    let before = match mouse.action {
        MouseAction::Release => return mouse,
        MouseAction::Click => model.last_click.replace(mouse.at),
        _ => model.last_click.take(),
    };
    let is_second = mouse.action == MouseAction::Click && before == Some(mouse.at);
    if is_second { Mouse { action: MouseAction::SecondClick, ..mouse } } else { mouse }
}

fn wheel(model: &mut Model, command: Command) -> Vec<Effect> {
    model.chord.clear();
    let lines = if model.dialog.is_some() { 1 } else { WHEEL };
    let picks = model.dialog.as_ref().is_some_and(|open| matches!(open.prompt.form, Form::Pick(_)));
    let command = match command {
        Command::Up if picks => Command::Earlier,
        _ if picks => Command::Later,
        _ => command,
    };
    let invocation = Invocation { command, digit: None };
    (0..lines).flat_map(|_| call(model, invocation)).collect()
}
