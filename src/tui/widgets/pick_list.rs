//! Lines that are found by typing.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::text::{shorten, width};
use crate::tui::theme::Styles;

use super::page_offset;
use super::panel::{inside, panel};

/// Columns for the key at the left of a line.
const KEY: usize = 11;

/// Columns of the widest line.
const WIDEST: usize = 96;

/// A line of the list.
#[derive(Clone, Copy, Debug)]
pub struct PickLine<'a> {
    /// The key that does the same; empty if there is none.
    pub key: &'a str,
    pub text: &'a str,
    /// Its name, or why it cannot be chosen.
    pub aside: &'a str,
    /// Whether it can be chosen.
    pub enabled: bool,
}

/// A panel of lines at the bottom left of an area; those around the cursor are in sight.
#[derive(Clone, Copy, Debug)]
pub struct PickList<'a> {
    pub title: &'a str,
    pub lines: &'a [PickLine<'a>],
    /// The line under the cursor.
    pub cursor: usize,
    pub styles: &'a Styles,
}

impl Widget for PickList<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let rows = self.lines.len().max(1);
        let inner = panel(self.title, WIDEST, rows, self.styles, area, buffer);
        if self.lines.is_empty() {
            buffer.set_string(inner.x, inner.y, "nothing found", self.styles.quiet);
            return;
        }
        let offset = page_offset(self.cursor, self.lines.len(), usize::from(inner.height));
        let shown = self.lines.iter().enumerate().skip(offset).zip(inner.rows());
        for ((index, line), row) in shown {
            self.draw_line(line, index == self.cursor, row, buffer);
        }
    }
}

impl PickList<'_> {
    /// The line at a cell, where the list is drawn in this area.
    #[must_use]
    pub fn line_at(&self, at: Position, area: Rect) -> Option<usize> {
        let inner = inside(WIDEST, self.lines.len().max(1), area);
        let offset = page_offset(self.cursor, self.lines.len(), usize::from(inner.height));
        let line = offset + usize::from(at.y.checked_sub(inner.y)?);
        (inner.contains(at) && line < self.lines.len()).then_some(line)
    }

    fn draw_line(&self, line: &PickLine<'_>, selected: bool, row: Rect, buffer: &mut Buffer) {
        let styles = self.styles;
        let over = |style| if selected { styles.over(style) } else { style };
        if selected {
            buffer.set_style(row, styles.selected);
        }
        let room = usize::from(row.width).saturating_sub(KEY + 1);
        let aside = shorten(line.aside, room / 2);
        let text = shorten(line.text, room.saturating_sub(width(&aside) + 2));
        let gap = room.saturating_sub(width(&text) + width(&aside));
        let key = shorten(line.key, KEY - 1);
        let (text_style, key_style, aside_style) = match (line.enabled, selected) {
            (true, true) => (styles.selected, over(styles.key), styles.selected),
            (true, false) => (styles.text, styles.key, styles.quiet),
            (false, _) => (over(styles.quiet), over(styles.quiet), over(styles.caution)),
        };
        let key_gap = " ".repeat(KEY - width(&key));
        let spans = vec![
            Span::styled(if selected { "▸" } else { " " }, over(styles.accent)),
            Span::styled(key, key_style),
            Span::raw(key_gap),
            Span::styled(text, text_style),
            Span::raw(" ".repeat(gap)),
            Span::styled(aside, aside_style),
        ];
        buffer.set_line(row.x, row.y, &Line::from(spans), row.width);
    }
}
