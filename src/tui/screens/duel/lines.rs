//! Lines of text that the views of the Duel screen share.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::text::{sanitize, shorten, width};

/// A text at the right end of the first row, in the room that `left` columns leave it.
pub(super) fn put_right(text: &str, left: usize, area: Rect, style: Style, buffer: &mut Buffer) {
    let clean = sanitize(text);
    let room = usize::from(area.width).saturating_sub(left + 1);
    let text = shorten(&clean, room);
    let columns = u16::try_from(width(&text)).unwrap_or(u16::MAX).min(area.width);
    let x = area.right().saturating_sub(columns + 1).max(area.x);
    buffer.set_stringn(x, area.y, text, room, style);
}

/// A line of text, cut to the width.
pub(super) fn put(text: &str, area: Rect, row: u16, style: Style, buffer: &mut Buffer) {
    if row < area.height {
        let room = usize::from(area.width.saturating_sub(2));
        let clean = sanitize(text);
        buffer.set_stringn(area.x + 1, area.y + row, shorten(&clean, room), room, style);
    }
}
