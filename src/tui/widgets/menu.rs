//! A short numbered list to choose from.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::text::width;
use crate::tui::theme::Styles;

use super::panel::panel;

/// A small panel at the bottom left of an area.
#[derive(Clone, Copy, Debug)]
pub struct Menu<'a> {
    pub title: &'a str,
    /// Lines above those that can be chosen.
    pub about: &'a [String],
    /// The lines; the first nine have numbers.
    pub lines: &'a [String],
    /// The line under the cursor.
    pub cursor: usize,
    /// Whether the lines have numbers.
    pub numbered: bool,
    pub styles: &'a Styles,
}

impl Widget for Menu<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let widest =
            self.lines.iter().chain(self.about).map(|line| width(line)).max().unwrap_or(0) + 5;
        let columns = widest.max(width(self.title)).saturating_add(2);
        let rows = self.about.len() + self.lines.len();
        let inner = panel(self.title, columns, rows, self.styles, area, buffer);
        for (text, row) in self.about.iter().zip(inner.rows()) {
            buffer.set_stringn(row.x, row.y, text, usize::from(row.width), self.styles.text);
        }
        let rows = inner.rows().skip(self.about.len());
        for (i, (text, row)) in self.lines.iter().zip(rows).enumerate() {
            let selected = i == self.cursor;
            let mark = if selected { "▸" } else { " " };
            let number = match i {
                _ if !self.numbered => String::new(),
                0..9 => format!("{} ", i + 1),
                _ => "  ".to_owned(),
            };
            let style = if selected { self.styles.selected } else { self.styles.text };
            buffer.set_style(row, style);
            let line = Line::from(vec![
                Span::styled(mark, style),
                Span::styled(number, if selected { style } else { self.styles.key }),
                Span::styled(text.as_str(), style),
            ]);
            buffer.set_line(row.x, row.y, &line, row.width);
        }
    }
}
