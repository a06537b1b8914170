//! Lines of text: a page that is scrolled, lines in an area, and the frame around what
//! opens at the bottom left.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Borders, Clear, Padding, Widget};

use crate::text::{sanitize, shorten, wrap};
use crate::tui::theme::Styles;

/// A column of lines, the first `scroll` of them out of sight.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// The lines, each fitting the width.
    pub lines: &'a [Line<'a>],
    /// Lines that were scrolled past; more than there are shows the end.
    pub scroll: usize,
    pub styles: &'a Styles,
}

impl Widget for Page<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let height = usize::from(area.height);
        let start = self.scroll.min(self.lines.len().saturating_sub(height));
        draw_lines(&self.lines[start..], area, buf);
        let marks = [
            (start > 0, area.y, "↑"),
            (start + height < self.lines.len(), area.bottom().saturating_sub(1), "↓"),
        ];
        for (more, y, mark) in marks {
            if more && area.width > 0 {
                self.mark(mark, y, area, buf);
            }
        }
    }
}

impl Page<'_> {
    /// Draws a mark at the right end of the row, or of the nearest one without text there:
    /// of a cut line nothing may be hidden.
    fn mark(&self, mark: &str, y: u16, area: Rect, buf: &mut Buffer) {
        let x = area.right() - 1;
        let is_free = |y: &u16| buf.cell((x, *y)).is_some_and(|cell| cell.symbol() == " ");
        let free = area.rows().map(|row| row.y).filter(is_free);
        if let Some(nearest) = free.min_by_key(|row| row.abs_diff(y)) {
            buf.set_string(x, nearest, mark, self.styles.accent);
        }
    }
}

/// Which line of a list stands at the top so that the cursor is in sight, in the middle
/// where it can be: a function of what is shown, so that nothing has to be remembered.
///
/// ```
/// use prospect::tui::widgets::page_offset;
/// assert_eq!(page_offset(2, 100, 10), 0);
/// assert_eq!(page_offset(50, 100, 10), 45);
/// assert_eq!(page_offset(99, 100, 10), 90);
/// ```
pub fn page_offset(cursor: usize, lines: usize, height: usize) -> usize {
    cursor.saturating_sub(height / 2).min(lines.saturating_sub(height))
}

/// Where a cursor is after a move by so many lines in a list of so many.
pub(crate) fn moved(at: usize, lines: isize, count: usize) -> usize {
    at.saturating_add_signed(lines).min(count.saturating_sub(1))
}

/// The row nearest to one that can be under the cursor: looking up first, or down; the
/// first where there is none.
pub(crate) fn nearest<R>(rows: &[R], at: usize, up: bool, is_choice: impl Fn(&R) -> bool) -> usize {
    let at = at.min(rows.len().saturating_sub(1));
    let above = || (0..rows.len().min(at + 1)).rev().find(|row| is_choice(&rows[*row]));
    let below = || (at..rows.len()).find(|row| is_choice(&rows[*row]));
    let found = if up { above().or_else(below) } else { below().or_else(above) };
    found.unwrap_or(0)
}

/// Draws as many lines as there is room for.
pub(crate) fn draw_lines(lines: &[Line<'_>], area: Rect, buf: &mut Buffer) {
    for (line, row) in lines.iter().zip(area.rows()) {
        buf.set_line(row.x, row.y, line, row.width);
    }
}

/// Texts as lines of one style.
pub(crate) fn styled(
    texts: impl IntoIterator<Item = String>,
    style: Style,
) -> impl Iterator<Item = Line<'static>> {
    texts.into_iter().map(move |text| Line::styled(text, style))
}

/// A text behind a label; what does not fit goes on below it.
pub(crate) fn labelled(
    label: Span<'static>,
    text: &str,
    columns: usize,
    style: Style,
) -> Vec<Line<'static>> {
    let indent = Span::styled(" ".repeat(label.width()), label.style);
    let texts = wrap(text, columns.saturating_sub(label.width()));
    let labels = std::iter::once(label).chain(std::iter::repeat(indent));
    labels.zip(texts).map(|(label, text)| label + Span::styled(text, style)).collect()
}

/// What is left of an area below so many rows.
pub(crate) fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}

/// A line of text, cut to the width.
pub(crate) fn put(text: &str, area: Rect, row: u16, style: Style, buf: &mut Buffer) {
    if row < area.height {
        let room = usize::from(area.width);
        let clean = sanitize(text);
        buf.set_stringn(area.x, area.y + row, shorten(&clean, room), room, style);
    }
}

/// Draws a frame at the bottom left of an area, around so many columns and
/// rows or as many as fit, and says where its inside is.
pub(crate) fn panel(
    title: &str,
    columns: usize,
    rows: usize,
    styles: &Styles,
    area: Rect,
    buf: &mut Buffer,
) -> Rect {
    let frame = frame(columns, rows, area);
    Clear.render(Rect { width: area.width, ..frame }, buf);
    let title = shorten(title, usize::from(frame.width.saturating_sub(6)));
    let block = framed(styles).title(Line::styled(format!(" {title} "), styles.strong));
    let inner = block.inner(frame);
    block.render(frame, buf);
    inner
}

/// The frame of whatever opens over a screen.
pub(crate) fn framed(styles: &Styles) -> Block<'static> {
    Block::new()
        .borders(Borders::ALL)
        .border_type(BorderType::Rounded)
        .border_style(styles.faint)
        .padding(Padding::horizontal(1))
}

/// Where the inside of such a frame is, without drawing it.
pub(super) fn inside(columns: usize, rows: usize, area: Rect) -> Rect {
    let block = Block::new().borders(Borders::ALL).padding(Padding::horizontal(1));
    block.inner(frame(columns, rows, area))
}

fn frame(columns: usize, rows: usize, area: Rect) -> Rect {
    let columns = u16::try_from(columns.saturating_add(4)).unwrap_or(u16::MAX).min(area.width);
    let rows = u16::try_from(rows.saturating_add(2)).unwrap_or(u16::MAX).min(area.height);
    Rect::new(area.x, area.bottom() - rows, columns, rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_covers_no_text() {
        let lines = ["a full line", "short", "a full line"].map(Line::from);
        let area = Rect::new(0, 0, 11, 2);
        let mut buf = Buffer::empty(area);
        Page { lines: &lines, scroll: 1, styles: &Styles::default() }.render(area, &mut buf);
        let shown: String = buf.content().iter().map(ratatui::buffer::Cell::symbol).collect();
        assert_eq!(shown, "short     ↑a full line");
    }
}
