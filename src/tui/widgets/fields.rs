//! Fields in which text is typed: of one line, and of several.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use tui_input::Input;

use crate::text::sanitize;

use super::page_offset;

/// A label and the text behind it, scrolled so that the cursor stays in sight.
#[derive(Clone, Copy, Debug)]
pub struct LineField<'a> {
    pub label: &'a str,
    /// The text and its cursor.
    pub input: &'a Input,
    pub label_style: Style,
    pub text_style: Style,
}

impl LineField<'_> {
    /// Draws the field and says where the cursor stands.
    pub fn render(self, area: Rect, buf: &mut Buffer) -> Position {
        let (x, _) = buf.set_stringn(
            area.x,
            area.y,
            self.label,
            usize::from(area.width / 2),
            self.label_style,
        );
        let start = (x + 1).min(area.right());
        let room = usize::from(area.right().saturating_sub(start + 1)).max(1);
        let scroll = self.input.visual_scroll(room);
        let text = sanitize(self.input.value());
        buf.set_stringn(start, area.y, after_columns(&text, scroll), room, self.text_style);
        let column = self.input.visual_cursor().saturating_sub(scroll).min(room);
        Position::new(start + u16::try_from(column).unwrap_or(0), area.y)
    }
}

/// What is left of a text when so many columns are scrolled out of sight.
fn after_columns(text: &str, columns: usize) -> &str {
    use unicode_segmentation::UnicodeSegmentation;
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        if used >= columns {
            return &text[at..];
        }
        used += crate::text::width(grapheme);
    }
    ""
}

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
    pub fn render(self, area: Rect, buf: &mut Buffer) -> Position {
        let (row, column) = self.cursor;
        let offset = page_offset(row, self.rows.len(), usize::from(area.height));
        for (range, line) in self.rows.iter().skip(offset).zip(area.rows()) {
            let text = self.text.get(range.clone()).unwrap_or_default();
            let room = usize::from(line.width);
            buf.set_stringn(line.x, line.y, sanitize(text), room, self.style);
        }
        let down = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
        let x = area.x.saturating_add(down(column)).min(area.right().saturating_sub(1));
        let y = area.y.saturating_add(down(row.saturating_sub(offset)));
        Position::new(x, y.min(area.bottom().saturating_sub(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_stays_in_sight() {
        let area = Rect::new(0, 0, 20, 1);
        for text in
            ["", "short", "a much longer text than fits in here", "日本語日本語日本語日本語"]
        {
            let mut buf = Buffer::empty(area);
            let input = Input::from(text);
            let style = Style::new();
            let field =
                LineField { label: "title", input: &input, label_style: style, text_style: style };
            let cursor = field.render(area, &mut buf);
            assert!(area.contains(cursor), "{text}: {cursor}");
        }
    }
}
