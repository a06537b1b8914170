//! The small menu after the first key of a chord.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use crate::command::Command;
use crate::tui::app::model::Model;
use crate::tui::screens::ScreenId;
use crate::tui::theme::Styles;
use crate::tui::widgets::KeyMenu;

/// Draws how the chord can go on, if one has begun.
pub(super) fn draw(model: &Model, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    if model.chord.is_empty() {
        return;
    }
    let ways: Vec<(String, String)> = model
        .world
        .keymap
        .continuations(model.scopes(), &model.chord)
        .into_iter()
        .flat_map(|(key, command)| match command {
            Command::GoTo => screens(),
            _ => vec![(key, command.spec().help.to_owned())],
        })
        .collect();
    let title: String = model.chord.iter().map(ToString::to_string).collect();
    KeyMenu { title: &title, ways: &ways, styles }.render(area, buffer);
}

/// The screens with their numbers.
fn screens() -> Vec<(String, String)> {
    let screen = |screen: &ScreenId| (screen.number().to_string(), screen.title().to_owned());
    ScreenId::ALL.iter().map(screen).collect()
}
