//! Mouse input.

use crate::command::{Command, Invocation};
use crate::tui::app::message::Effect;
use crate::tui::app::model::Model;
use crate::tui::dialogs::{Form, OpenDialog};
use crate::tui::screens::{Mouse, MouseAction};
use crate::tui::{mouse, view};

use super::actions::apply;
use super::commands::call;
use super::{answers, navigation};

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
    let mouse = counted(model, mouse);
    match mouse.action {
        MouseAction::WheelUp => return wheel(model, Command::Up),
        MouseAction::WheelDown => return wheel(model, Command::Down),
        MouseAction::Click | MouseAction::SecondClick if model.dialog.is_some() => {
            let line = view::line_at(mouse.at, mouse::body(model), model);
            if let Some(line) = line {
                answers::click(model, line);
            }
            return Vec::new();
        }
        // Nothing is decided by a stray click while a question is open or a list
        // is about to be imported.
        MouseAction::Click | MouseAction::SecondClick | MouseAction::Drag
            if model.dialog.is_some() || model.import.is_some() =>
        {
            return Vec::new();
        }
        MouseAction::Click | MouseAction::SecondClick => {
            model.toast = None;
            model.chord.clear();
            if let Some(screen) = mouse::tab_at(mouse.at, model) {
                model.overlay = None;
                navigation::show_screen(model, screen);
                return Vec::new();
            }
            if let Some(command) = mouse::key_at(mouse.at, model) {
                return call(model, Invocation { command, digit: None });
            }
        }
        MouseAction::Drag | MouseAction::Release => {}
    }
    if model.overlay.is_none() && model.import.is_none() || mouse.action == MouseAction::Release {
        let body = mouse::body(model);
        let actions = model.screens.get_mut(model.screen).mouse(mouse, body, &model.world);
        apply(model, actions);
    }
    Vec::new()
}

/// A click as the second one where it is: what was selected by the first may
/// stand elsewhere now.
fn counted(model: &mut Model, mouse: Mouse) -> Mouse {
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
    let command = match (&model.dialog, command) {
        (Some(OpenDialog { form: Form::Pick(_), .. }), Command::Up) => Command::Earlier,
        (Some(OpenDialog { form: Form::Pick(_), .. }), _) => Command::Later,
        _ => command,
    };
    let invocation = Invocation { command, digit: None };
    (0..lines).flat_map(|_| call(model, invocation)).collect()
}
