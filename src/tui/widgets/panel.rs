//! The frame of what opens at the bottom left.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Block, BorderType, Borders, Clear, Padding, Widget};

use crate::text::shorten;
use crate::tui::theme::Styles;

/// Draws a frame at the bottom left of an area, around so many columns and
/// rows or as many as fit, and says where its inside is.
pub(crate) fn panel(
    title: &str,
    columns: usize,
    rows: usize,
    styles: &Styles,
    area: Rect,
    buffer: &mut Buffer,
) -> Rect {
    let frame = frame(columns, rows, area);
    Clear.render(Rect { width: area.width, ..frame }, buffer);
    let title = shorten(title, usize::from(frame.width.saturating_sub(6)));
    let block = Block::new()
        .borders(Borders::ALL)
        .border_type(BorderType::Rounded)
        .border_style(styles.faint)
        .padding(Padding::horizontal(1))
        .title(Line::styled(format!(" {title} "), styles.strong));
    let inner = block.inner(frame);
    block.render(frame, buffer);
    inner
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
