//! Places and lines of text that the pages of the Taste screen share.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use crate::text::{sanitize, shorten};
use crate::tui::world::World;

/// Columns for the name of a criterion, and for the label of a sentence.
pub(super) const NAME: usize = 11;

/// Rows of the tabs, with the blank line below them.
pub(super) const TABS: u16 = 2;

/// Rows below the tabs.
pub(super) fn page_rows(world: &World) -> usize {
    usize::from(world.room().height.saturating_sub(TABS))
}

/// The lines from one on.
pub(super) fn scrolled(lines: &[Line<'_>], at: usize, area: Rect, buffer: &mut Buffer) {
    for (line, row) in lines.iter().skip(at).zip(area.rows()) {
        buffer.set_line(row.x, row.y, line, row.width);
    }
}

/// What is left of an area below so many rows.
pub(super) fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}

/// A line of text, cut to the width.
pub(super) fn put(text: &str, area: Rect, row: u16, style: Style, buffer: &mut Buffer) {
    if row < area.height {
        let room = usize::from(area.width);
        let clean = sanitize(text);
        buffer.set_stringn(area.x, area.y + row, shorten(&clean, room), room, style);
    }
}
