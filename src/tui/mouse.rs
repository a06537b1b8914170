//! Hit tests for the mouse: tabs in the title row, and the body below it.

use ratatui::layout::{Position, Rect};

use crate::text::width;

use super::app::model::Model;
use super::screens::ScreenId;
use super::world::title_rows;

/// What stands in front of the first tab, at a width of the terminal: nothing
/// where the tabs and the problems need the room.
pub(super) const fn brand(width: u16) -> &'static str {
    if width >= 100 { " prospect " } else { "" }
}

/// A tab as it is written.
#[must_use]
pub(super) fn tab(screen: ScreenId) -> String {
    format!("  {} {}", screen.number(), screen.title())
}

/// The tab at a cell of a terminal of this width.
#[must_use]
pub(super) fn tab_at(at: Position, terminal: u16) -> Option<ScreenId> {
    if at.y != 0 {
        return None;
    }
    let mut end = width(brand(terminal));
    let column = usize::from(at.x);
    ScreenId::ALL.iter().copied().find(|screen| {
        let start = end;
        end += width(&tab(*screen));
        (start..end).contains(&column)
    })
}

/// Where the screen is drawn: below the title, above the footer.
#[must_use]
pub(super) fn body(model: &Model) -> Rect {
    let top = Position::new(0, title_rows(model.world.size.height));
    Rect::from((top, model.world.room()))
}
