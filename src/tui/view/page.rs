//! A page over the screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::command::Command;
use crate::text::{sanitize, shorten, width};
use crate::tui::model::{Model, Page};
use crate::tui::pages::{self, PageLine};
use crate::tui::theme::Styles;
use crate::tui::widgets;

/// Draws a page.
pub(super) fn draw(page: &Page, model: &Model, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let mut heading = vec![Span::styled(format!(" {}", pages::title(page.kind)), styles.strong)];
    let note = if page.query.is_empty() {
        let key = |command| model.keymap.key(command);
        format!("  {} searches, {} closes", key(Command::Find), key(Command::Back))
    } else {
        format!("  with \"{}\"", sanitize(&page.query))
    };
    heading.push(Span::styled(note, styles.quiet));
    buffer.set_line(area.x, area.y, &Line::from(heading), area.width);
    let text = Rect {
        x: area.x + 1,
        y: area.y + 2,
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(2),
    };
    let room = pages::columns(area.width);
    let lines: Vec<Line<'_>> =
        pages::lines(page, model, room).into_iter().map(|line| drawn(line, room, styles)).collect();
    if lines.is_empty() {
        buffer.set_string(text.x, text.y, "nothing found", styles.quiet);
    }
    widgets::Page { lines: &lines, scroll: page.scroll, styles }.render(text, buffer);
}

fn drawn(line: PageLine, room: usize, styles: &Styles) -> Line<'static> {
    let fitted = |text: &str| shorten(&sanitize(text), room).into_owned();
    match line {
        PageLine::Blank => Line::default(),
        PageLine::Heading(text) => Line::styled(fitted(&text), styles.accent),
        PageLine::Text(text) => Line::styled(fitted(&text), styles.quiet),
        PageLine::Plain(text) => Line::styled(fitted(&text), styles.text),
        PageLine::Trouble(text) => Line::styled(fitted(&text), styles.bad),
        PageLine::Keys { keys, help } => {
            let space = " ".repeat(pages::KEYS.saturating_sub(width(&keys)).max(1));
            Line::from(vec![
                Span::styled(keys, styles.key),
                Span::raw(space),
                Span::styled(help, styles.text),
            ])
        }
    }
}
