//! Mouse input.

use crate::command::{Command, Invocation};
use crate::tui::message::{Effect, Mouse, MouseAction};
use crate::tui::model::Model;
use crate::tui::mouse;
use crate::tui::screens::ScreenId;

/// Lines that the wheel moves at once.
const WHEEL: usize = 3;

/// The wheel moves, a click selects, a click on what is selected opens it; the
/// divider is dragged.
pub(super) fn mouse(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    if mouse.action == MouseAction::Release {
        model.rank.let_go();
        return Vec::new();
    }
    // What an undo under way leads to is not known yet; nothing is decided by
    // a stray click while a question is open.
    if model.save_queue.has_undo_in_flight() {
        return Vec::new();
    }
    let command = match mouse.action {
        MouseAction::WheelUp => Command::Up,
        MouseAction::WheelDown => Command::Down,
        MouseAction::Click if model.prompt.is_none() => return click(model, mouse),
        MouseAction::Drag if model.prompt.is_none() => {
            let body = mouse::body(model);
            model.rank.drag(mouse.at, body);
            return Vec::new();
        }
        MouseAction::Click | MouseAction::Drag | MouseAction::Release => return Vec::new(),
    };
    model.chord.clear();
    let lines = if model.prompt.is_some() { 1 } else { WHEEL };
    let invocation = Invocation { command, digit: None };
    (0..lines).flat_map(|_| super::call(model, invocation)).collect()
}

fn click(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    model.toast = None;
    model.chord.clear();
    if let Some(screen) = mouse::tab_at(mouse.at, model.world.size.width) {
        model.overlay = None;
        super::navigation::show_screen(model, screen);
    } else if model.overlay.is_none() && model.screen == ScreenId::Rank {
        let body = mouse::body(model);
        if model.rank.grab(mouse.at, body) {
            return Vec::new();
        }
        if model.rank.click(mouse.at, body, &model.world) {
            return super::call(model, Invocation { command: Command::Open, digit: None });
        }
    }
    Vec::new()
}
