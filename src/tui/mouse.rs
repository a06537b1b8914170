//! Hit tests for the mouse: tabs in the title row, the body below it, and the
//! line of keys.

use ratatui::layout::{Position, Rect};

use crate::command::{Command, Invocation, KeyPress};
use crate::text::width;

use super::app::model::Model;
use super::screens::ScreenId;
use super::view;
use super::world::title_rows;

/// The tabs as they are written: the keys that open each, and what waits there.
#[must_use]
pub(super) fn tabs(model: &Model) -> Vec<(ScreenId, String)> {
    let tab = |screen: ScreenId| {
        // At the least width the word demo needs the room of the counts.
        let is_bare = model.world.size.width < 64 && model.world.demo;
        let waiting = match model.screens.get(screen).waiting(&model.world) {
            _ if is_bare => String::new(),
            0 => String::new(),
            count => format!(" {count}"),
        };
        let text = format!("g{} {}{waiting}", screen.number(), screen.title());
        // At the least width there is one column between two tabs.
        let behind = if model.world.size.width < 64 { "" } else { " " };
        if screen == model.screen { format!("[{text}]") } else { format!(" {text}{behind}") }
    };
    ScreenId::ALL.iter().map(|screen| (*screen, tab(*screen))).collect()
}

/// The tab at a cell of the terminal.
#[must_use]
pub(super) fn tab_at(at: Position, model: &Model) -> Option<ScreenId> {
    if at.y != 0 {
        return None;
    }
    let (mut end, column) = (0, usize::from(at.x));
    let at_column = |(screen, text): (ScreenId, String)| {
        let start = end;
        end += width(&text);
        (start..end).contains(&column).then_some(screen)
    };
    tabs(model).into_iter().find_map(at_column)
}

/// The command whose key in the last line is at a cell of the terminal; none for
/// which a digit has to be chosen.
#[must_use]
pub(super) fn key_at(at: Position, model: &Model) -> Option<Invocation> {
    let is_last = at.y + 1 == model.world.size.height;
    match is_last.then(|| view::command_at(at.x, model)).flatten()? {
        Command::GoTo => {
            let digit = u8::try_from(ScreenId::Rank.number()).ok();
            Some(Invocation { command: Command::GoTo, digit })
        }
        command if command.spec().takes_digit() => None,
        command => Some(Invocation { command, digit: None }),
    }
}

/// The key in the last line at a cell of the terminal, while a question is open.
#[must_use]
pub(super) fn dialog_key_at(at: Position, model: &Model) -> Option<KeyPress> {
    let is_last = at.y + 1 == model.world.size.height;
    is_last.then(|| view::dialog_key_at(at.x, model)).flatten()
}

/// Where the screen is drawn: below the title, above the footer.
#[must_use]
pub(super) fn body(model: &Model) -> Rect {
    let top = Position::new(0, title_rows(model.world.size.height));
    Rect::from((top, model.world.room()))
}
