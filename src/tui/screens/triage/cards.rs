//! The cards that wait, to decide about several at once.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::command::{Command, Keymap};
use crate::text::{count, fit, sanitize, shorten};
use crate::tui::theme::Styles;
use crate::tui::widgets::page_offset;
use crate::tui::world::World;

use super::{Pass, TriageScreen};

/// Columns for where a card stands.
const STANDING: usize = 9;

/// Where the list stands, and the card at its top.
pub(super) fn list(screen: &TriageScreen, area: Rect) -> (Rect, usize) {
    let list = Rect { y: area.y + 3, height: area.height.saturating_sub(3), ..area };
    let cursor = screen.list.unwrap_or(0);
    (list, page_offset(cursor, screen.waiting().len(), usize::from(list.height)))
}

/// Draws the list, the marked cards with a sign.
pub(super) fn draw(
    screen: &TriageScreen,
    world: &World,
    keymap: &Keymap,
    styles: &Styles,
    area: Rect,
    buffer: &mut Buffer,
) {
    let waiting = screen.waiting();
    let marked = waiting.iter().filter(|id| screen.marks.contains(**id)).count();
    let mut title =
        vec![Span::styled(format!(" {} wait", count(waiting.len(), "card")), styles.strong)];
    if !screen.query.is_empty() {
        title.push(Span::styled(format!("  /{}", sanitize(&screen.query)), styles.caution));
    }
    if marked > 0 {
        title.push(Span::styled(format!("  {marked} marked"), styles.accent));
    }
    buffer.set_line(area.x, area.y, &Line::from(title), area.width);
    let about = match marked {
        0 => "the card under the cursor".to_owned(),
        marked => format!("all {marked} marked"),
    };
    let hint = format!(
        " {} marks, {} marks all; a decision is about {about}",
        keymap.key(Command::MarkCard),
        keymap.key(Command::MarkAll)
    );
    buffer.set_line(area.x, area.y + 1, &Line::styled(hint, styles.quiet), area.width);
    let cursor = screen.list.unwrap_or(0);
    let (list, first) = list(screen, area);
    for ((at, id), row) in waiting.iter().enumerate().skip(first).zip(list.rows()) {
        let Some(idea) = world.portfolio.idea(id) else { continue };
        let is_here = at == cursor;
        let style = if is_here { styles.selected } else { styles.text };
        let quiet = if is_here { style } else { styles.quiet };
        buffer.set_style(row, style);
        let tags: Vec<String> = idea.tags.iter().map(|tag| format!("#{tag}")).collect();
        let columns = usize::from(row.width).saturating_sub(STANDING + 5);
        let tags = shorten(&sanitize(&tags.join(" ")), columns / 3).into_owned();
        let title = columns.saturating_sub(crate::text::width(&tags) + 1);
        let line = Line::from(vec![
            Span::styled(if is_here { "▸" } else { " " }, style),
            Span::styled(if screen.marks.contains(*id) { " ● " } else { "   " }, style),
            Span::styled(fit(standing(screen, id), STANDING), quiet),
            Span::styled(fit(&sanitize(&idea.title), title), style),
            Span::styled(format!(" {tags}"), quiet),
        ]);
        buffer.set_line(row.x, row.y, &line, row.width);
    }
}

/// Where a card stands in the round.
fn standing(screen: &TriageScreen, id: &str) -> &'static str {
    match (screen.round.pass_of(id), screen.round.skips(id)) {
        (Pass::Second, _) => "kept",
        (_, 0) if screen.round.returned(id).is_some() => "is back",
        (_, 0) => "new",
        (_, _) => "later",
    }
}
