//! Menu of the keys that continue a chord.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::text::width;
use crate::tui::theme::Styles;

use super::panel::panel;

/// A small panel of keys at the bottom left of an area.
#[derive(Clone, Copy, Debug)]
pub struct KeyMenu<'a> {
    /// The keys pressed so far.
    pub title: &'a str,
    /// The keys that can follow, each with what it does.
    pub ways: &'a [(String, String)],
    pub styles: &'a Styles,
}

impl Widget for KeyMenu<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let keys = self.ways.iter().map(|(key, _)| width(key)).max().unwrap_or(0);
        let words = self.ways.iter().map(|(_, words)| width(words)).max().unwrap_or(0);
        let columns = (keys + 2 + words).max(width(self.title) + 4);
        let inner = panel(self.title, columns, self.ways.len(), self.styles, area, buffer);
        for ((key, words), row) in self.ways.iter().zip(inner.rows()) {
            let gap = " ".repeat(keys + 2 - width(key));
            let line = Line::from(vec![
                Span::styled(key.as_str(), self.styles.key),
                Span::raw(gap),
                Span::styled(words.as_str(), self.styles.text),
            ]);
            buffer.set_line(row.x, row.y, &line, row.width);
        }
    }
}
