//! Text of several lines, with a cursor.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::text::sanitize;

use super::page_offset;

/// A text in the rows into which it was laid out, scrolled so that the cursor stays in sight.
#[derive(Clone, Copy, Debug)]
pub struct TextArea<'a> {
    pub text: &'a str,
    /// Where its rows begin and end, in bytes.
    pub rows: &'a [Range<usize>],
    /// Row and column of the cursor.
    pub cursor: (usize, usize),
    pub style: Style,
}

impl TextArea<'_> {
    /// Draws the text and says where the cursor stands.
    pub fn render(self, area: Rect, buffer: &mut Buffer) -> Position {
        let (row, column) = self.cursor;
        let offset = page_offset(row, self.rows.len(), usize::from(area.height));
        for (range, line) in self.rows.iter().skip(offset).zip(area.rows()) {
            let text = self.text.get(range.clone()).unwrap_or_default();
            let room = usize::from(line.width);
            buffer.set_stringn(line.x, line.y, sanitize(text), room, self.style);
        }
        let down = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
        let x = area.x.saturating_add(down(column)).min(area.right().saturating_sub(1));
        let y = area.y.saturating_add(down(row.saturating_sub(offset)));
        Position::new(x, y.min(area.bottom().saturating_sub(1)))
    }
}
