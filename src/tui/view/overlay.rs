//! Drawing of an overlay.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::command::Command;
use crate::text::{sanitize, shorten, width};
use crate::tui::app::model::{Model, Overlay, OverlayKind};
use crate::tui::overlays::{self, OverlayLine};
use crate::tui::theme::Styles;
use crate::tui::widgets;

pub(super) fn draw(
    overlay: &Overlay,
    model: &Model,
    styles: &Styles,
    area: Rect,
    buffer: &mut Buffer,
) {
    let mut heading =
        vec![Span::styled(format!(" {}", overlays::title(overlay.kind, model)), styles.strong)];
    let note = if overlay.query.is_empty() {
        let key = |command| model.world.keymap.key(command);
        let find = key(Command::Find);
        let examples = match overlay.kind {
            OverlayKind::Help => ": bar, tie, cap, undo …",
            _ => "",
        };
        format!("  {find} searches{examples}  {} closes", key(Command::Back))
    } else {
        format!("  with \"{}\"", sanitize(&overlay.query))
    };
    heading.push(Span::styled(note, styles.quiet));
    buffer.set_line(area.x, area.y, &Line::from(heading), area.width);
    let text = Rect {
        x: area.x + 1,
        y: area.y + 2,
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(2),
    };
    let room = overlays::columns(area.width);
    let lines: Vec<Line<'_>> = overlays::lines(overlay, model, room)
        .into_iter()
        .map(|line| drawn(line, room, styles))
        .collect();
    if lines.is_empty() {
        buffer.set_string(text.x, text.y, "nothing found", styles.quiet);
    }
    widgets::Page { lines: &lines, scroll: overlay.scroll, styles }.render(text, buffer);
}

fn drawn(line: OverlayLine, room: usize, styles: &Styles) -> Line<'static> {
    let fitted = |text: &str| shorten(&sanitize(text), room).into_owned();
    match line {
        OverlayLine::Blank => Line::default(),
        OverlayLine::Heading(text) => Line::styled(fitted(&text), styles.accent),
        OverlayLine::Text(text) => Line::styled(fitted(&text), styles.quiet),
        OverlayLine::Plain(text) => Line::styled(fitted(&text), styles.text),
        OverlayLine::Trouble(text) => Line::styled(fitted(&text), styles.bad),
        OverlayLine::Keys { keys, help } => {
            let space = " ".repeat(overlays::KEYS.saturating_sub(width(&keys)).max(1));
            Line::from(vec![
                Span::styled(keys, styles.key),
                Span::raw(space),
                Span::styled(help, styles.text),
            ])
        }
    }
}
