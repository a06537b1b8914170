//! The page of a program that has no workspace yet.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::text::{sanitize, shorten};
use crate::tui::dialogs::Welcome;
use crate::tui::theme::Styles;

/// Rows above the choices.
const TITLE: u16 = 4;

/// Where there is little room, the choices stand close together.
const fn is_roomy(area: Rect) -> bool {
    area.height >= 20
}

/// The choice at a cell of the area.
pub(super) fn line_at(at: Position, area: Rect) -> Option<usize> {
    let mut row = area.y + TITLE;
    Welcome::CHOICES.iter().position(|(_, more)| {
        let first = row;
        let rows = 1 + u16::try_from(more.len()).unwrap_or(0);
        row += rows + u16::from(is_roomy(area));
        (first..first + rows).contains(&at.y)
    })
}

/// Draws the choices, with the cursor on one of them, and where ideas would be
/// kept.
pub(super) fn draw(
    cursor: Option<usize>,
    folder: &str,
    styles: &Styles,
    area: Rect,
    buffer: &mut Buffer,
) {
    let mut lines = vec![
        Line::default(),
        Line::styled("  Welcome. prospect helps you choose what to research next.", styles.strong),
        Line::styled("  Nothing is here yet. What would you like to do?", styles.text),
        Line::default(),
    ];
    let is_roomy = is_roomy(area);
    for (at, (choice, more)) in Welcome::CHOICES.iter().enumerate() {
        let is_marked = cursor == Some(at);
        let style = |style: Style| if is_marked { styles.selected } else { style };
        lines.push(Line::from(vec![
            Span::styled(if is_marked { "  ▸" } else { "   " }, style(styles.accent)),
            Span::styled((at + 1).to_string(), style(styles.key)),
            Span::styled(format!("  {choice}"), style(styles.text)),
        ]));
        lines.extend(more.iter().map(|text| Line::styled(format!("        {text}"), styles.quiet)));
        if is_roomy {
            lines.push(Line::default());
        }
    }
    let room = usize::from(area.width.saturating_sub(3));
    let folder = shorten(&sanitize(folder), room).into_owned();
    lines.extend([
        Line::default(),
        Line::styled("  Your ideas will be kept in plain files in", styles.quiet),
        Line::styled(format!("  {folder}"), styles.text),
        Line::styled("  (another folder: prospect init FOLDER)", styles.quiet),
    ]);
    for (line, row) in lines.iter().zip(area.rows()) {
        buffer.set_line(row.x, row.y, line, row.width);
    }
}
