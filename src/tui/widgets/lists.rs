//! Lists to choose from: of lines, of what a text finds, of keys that continue a chord.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};
use tui_input::Input;

use crate::text::{fit, shorten, width};
use crate::tui::theme::Styles;

use super::LineField;
use super::page::{framed, inside, page_offset, panel};

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
    pub numbered: bool,
    /// How many lines stand side by side, at least one.
    pub columns: usize,
    pub styles: &'a Styles,
}

impl Menu<'_> {
    /// The line at a cell, where the menu is drawn in this area.
    pub fn line_at(&self, at: Position, area: Rect) -> Option<usize> {
        let (columns, rows) = self.size();
        let inner = inside(columns, rows, area);
        let below = inner.y.saturating_add(u16::try_from(self.about.len()).unwrap_or(u16::MAX));
        let row = usize::from(at.y.checked_sub(below)?);
        let cell = self.cell();
        let column = usize::from(at.x - inner.x.min(at.x)) / cell.max(1);
        let row = row + self.first(inner.height);
        let line = column.min(self.columns.max(1) - 1) * self.rows() + row;
        (inner.contains(at) && row < self.rows() && line < self.lines.len()).then_some(line)
    }

    /// The first line that is shown where they do not all fit: the one under the
    /// cursor stays in sight.
    fn first(&self, height: u16) -> usize {
        let room = usize::from(height).saturating_sub(self.about.len());
        page_offset(self.cursor % self.rows().max(1), self.rows(), room)
    }

    /// Rows that the lines take.
    fn rows(&self) -> usize {
        self.lines.len().div_ceil(self.columns.max(1))
    }

    /// Columns of one line, with its mark and number.
    fn cell(&self) -> usize {
        self.lines.iter().map(|line| width(line)).max().unwrap_or(0) + 5
    }

    /// Columns and rows of the inside.
    fn size(&self) -> (usize, usize) {
        let about = self.about.iter().map(|line| width(line) + 5).max().unwrap_or(0);
        let widest = (self.cell() * self.columns.max(1)).max(about).max(width(self.title));
        (widest.saturating_add(2), self.about.len() + self.rows())
    }
}

impl Widget for Menu<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let (columns, rows) = self.size();
        let inner = panel(self.title, columns, rows, self.styles, area, buf);
        for (text, row) in self.about.iter().zip(inner.rows()) {
            buf.set_stringn(row.x, row.y, text, usize::from(row.width), self.styles.text);
        }
        let beside = self.columns.max(1);
        for (i, text) in self.lines.iter().enumerate() {
            let Some(row) = (i % self.rows()).checked_sub(self.first(inner.height)) else {
                continue;
            };
            let Some(row) = inner.rows().nth(self.about.len() + row) else { continue };
            let cell = if beside > 1 { self.cell() } else { usize::from(row.width) };
            let x = u16::try_from(i / self.rows() * cell).unwrap_or(row.width).min(row.width);
            let cell = u16::try_from(cell).unwrap_or(row.width).min(row.width - x);
            let area = Rect { x: row.x + x, width: cell, ..row };
            self.draw_line(i, text, area, buf);
        }
    }
}

impl Menu<'_> {
    fn draw_line(&self, i: usize, text: &str, area: Rect, buf: &mut Buffer) {
        let selected = i == self.cursor;
        let mark = if selected { "▸" } else { " " };
        let number = match i {
            _ if !self.numbered => String::new(),
            0..9 => format!("{} ", i + 1),
            _ => "  ".to_owned(),
        };
        let style = if selected { self.styles.selected } else { self.styles.text };
        buf.set_style(area, style);
        let room = usize::from(area.width).saturating_sub(1 + width(&number));
        let line = Line::from(vec![
            Span::styled(mark, style),
            Span::styled(number, if selected { style } else { self.styles.key }),
            Span::styled(fit(text, room), style),
        ]);
        buf.set_line(area.x, area.y, &line, area.width);
    }
}

/// Columns of the widest line.
const WIDEST: u16 = 100;

#[derive(Clone, Copy, Debug)]
pub struct PickLine<'a> {
    pub text: &'a str,
    /// The key that does the same, what else belongs to it, or why it cannot be chosen.
    pub aside: &'a str,
    pub enabled: bool,
}

/// A frame at the top of an area, with what is typed in its title, and the lines
/// around the cursor.
#[derive(Clone, Copy, Debug)]
pub struct PickList<'a> {
    /// What is asked, in front of what is typed.
    pub label: &'a str,
    pub input: &'a Input,
    pub lines: &'a [PickLine<'a>],
    /// The line under the cursor.
    pub cursor: usize,
    /// What is said where no line is found.
    pub nothing: &'a str,
    pub styles: &'a Styles,
}

impl PickList<'_> {
    /// Draws the list and says where the cursor of what is typed stands.
    pub fn render(self, area: Rect, buf: &mut Buffer) -> Position {
        let styles = self.styles;
        let frame = self.frame(area);
        Clear.render(Rect { width: area.width, ..frame }, buf);
        let found = match self.lines.len() {
            0 => String::new(),
            count => format!(" {count} found "),
        };
        let title = Rect {
            x: frame.x + 1,
            width: frame.width.saturating_sub(3 + width(&found) as u16),
            height: 1,
            ..frame
        };
        let block = framed(styles).title_top(Line::styled(found, styles.quiet).right_aligned());
        let inner = block.inner(frame);
        block.render(frame, buf);
        let typed = width(self.label) + width(self.input.value()) + 3;
        let blank = " ".repeat(typed.min(usize::from(title.width)));
        buf.set_string(title.x, title.y, blank, styles.text);
        let label = format!(" {}", self.label);
        let field = LineField {
            label: &label,
            input: self.input,
            label_style: styles.accent,
            text_style: styles.strong,
        };
        let at = field.render(title, buf);
        if self.lines.is_empty() {
            let room = usize::from(inner.width);
            buf.set_stringn(inner.x, inner.y, self.nothing, room, styles.quiet);
            return at;
        }
        let offset = page_offset(self.cursor, self.lines.len(), usize::from(inner.height));
        let shown = self.lines.iter().enumerate().skip(offset).zip(inner.rows());
        for ((index, line), row) in shown {
            self.draw_line(line, index == self.cursor, row, buf);
        }
        at
    }

    /// The line at a cell, where the list is drawn in this area.
    pub fn line_at(&self, at: Position, area: Rect) -> Option<usize> {
        let inner = framed(self.styles).inner(self.frame(area));
        let offset = page_offset(self.cursor, self.lines.len(), usize::from(inner.height));
        let line = offset + usize::from(at.y.checked_sub(inner.y)?);
        (inner.contains(at) && line < self.lines.len()).then_some(line)
    }

    fn frame(&self, area: Rect) -> Rect {
        let rows = u16::try_from(self.lines.len().max(1) + 2).unwrap_or(u16::MAX);
        Rect { width: area.width.min(WIDEST), height: rows.min(area.height), ..area }
    }

    fn draw_line(&self, line: &PickLine<'_>, selected: bool, row: Rect, buf: &mut Buffer) {
        let styles = self.styles;
        let over = |style| if selected { styles.over(style) } else { style };
        if selected {
            buf.set_style(row, styles.selected);
        }
        let room = usize::from(row.width).saturating_sub(2);
        let aside = shorten(line.aside, room * 2 / 3);
        let text = shorten(line.text, room.saturating_sub(width(&aside) + 2));
        let gap = room.saturating_sub(width(&text) + width(&aside));
        let (text_style, aside_style) = match (line.enabled, selected) {
            (true, true) => (styles.selected, over(styles.key)),
            (true, false) => (styles.text, styles.key),
            (false, _) => (over(styles.quiet), over(styles.caution)),
        };
        let spans = vec![
            Span::styled(if selected { "▸ " } else { "  " }, over(styles.accent)),
            Span::styled(text, text_style),
            Span::raw(" ".repeat(gap)),
            Span::styled(aside, aside_style),
        ];
        buf.set_line(row.x, row.y, &Line::from(spans), row.width);
    }
}

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
    fn render(self, area: Rect, buf: &mut Buffer) {
        let keys = self.ways.iter().map(|(key, _)| width(key)).max().unwrap_or(0);
        let words = self.ways.iter().map(|(_, words)| width(words)).max().unwrap_or(0);
        let columns = (keys + 2 + words).max(width(self.title) + 4);
        let inner = panel(self.title, columns, self.ways.len(), self.styles, area, buf);
        for ((key, words), row) in self.ways.iter().zip(inner.rows()) {
            let gap = " ".repeat(keys + 2 - width(key));
            let line = Line::from(vec![
                Span::styled(key.as_str(), self.styles.key),
                Span::raw(gap),
                Span::styled(words.as_str(), self.styles.text),
            ]);
            buf.set_line(row.x, row.y, &line, row.width);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_under_the_cursor_stays_in_sight() {
        let lines: Vec<String> = (0..30).map(|number| format!("line {number}")).collect();
        let styles = Styles::default();
        let area = Rect::new(0, 0, 40, 10);
        for cursor in [0, 12, 29] {
            let about = ["about".to_owned()];
            let menu = Menu {
                title: "menu",
                about: &about,
                lines: &lines,
                cursor,
                columns: 1,
                numbered: false,
                styles: &styles,
            };
            let mut buf = Buffer::empty(area);
            menu.render(area, &mut buf);
            let row_of = |row: u16| (0..40).map(|x| buf[(x, row)].symbol()).collect::<String>();
            let row = (0..10).find(|row| row_of(*row).contains(&format!("line {cursor} ")));
            let row = row.expect("the line is shown");
            assert_eq!(menu.line_at(Position::new(4, row), area), Some(cursor));
        }
    }
}
