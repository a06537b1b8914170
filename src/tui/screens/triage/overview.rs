//! Overview of the decisions of this triage round.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::command::{Command, Keymap};
use crate::domain::{Status, TriageDecision};
use crate::text::{fit, sanitize, shorten};
use crate::tui::theme::Styles;
use crate::tui::widgets::page_offset;

use super::TriageScreen;

/// Columns for what became of an idea.
const STATUS: usize = 12;

/// Draws the decisions of the round, the one under the cursor marked.
pub(super) fn draw(
    screen: &TriageScreen,
    keymap: &Keymap,
    styles: &Styles,
    area: Rect,
    buffer: &mut Buffer,
) {
    let decided = screen.round.decided();
    let hidden = screen.round.waiting().count();
    if screen.card.is_none() && hidden > 0 {
        let text = format!(" No card matches /{}", sanitize(&screen.query));
        buffer.set_line(area.x, area.y, &Line::styled(text, styles.strong), area.width);
        let text = format!(" Esc shows all {hidden} again");
        buffer.set_line(area.x, area.y + 1, &Line::styled(text, styles.quiet), area.width);
        return;
    }
    let title = match (screen.card.is_some(), decided.len()) {
        (false, 0) => " The inbox is empty".to_owned(),
        (false, _) => format!(" The inbox is empty: {}", counted(decided)),
        (true, 0) => " Nothing decided yet in this round".to_owned(),
        (true, _) => format!(" So far: {}", counted(decided)),
    };
    buffer.set_line(area.x, area.y, &Line::styled(title, styles.strong), area.width);
    let hint = if decided.is_empty() {
        format!("{} adds an idea; parked ones come back by themselves", keymap.key(Command::Add))
    } else {
        format!("{} takes back the decision under the cursor", keymap.key(Command::TakeBack))
    };
    let hint = Line::styled(format!(" {hint}"), styles.quiet);
    buffer.set_line(area.x, area.y + 1, &hint, area.width);
    let list = Rect { y: area.y + 3, height: area.height.saturating_sub(3), ..area };
    let cursor = screen.overview.unwrap_or(0).min(decided.len().saturating_sub(1));
    let first = page_offset(cursor, decided.len(), usize::from(list.height));
    for ((at, decided), row) in decided.iter().enumerate().skip(first).zip(list.rows()) {
        let is_here = at == cursor;
        let style = if is_here { styles.selected } else { styles.text };
        buffer.set_style(row, style);
        let columns = usize::from(row.width).saturating_sub(STATUS + 4);
        let title = sanitize(&decided.title);
        let why = sanitize(&decided.why);
        let half = if why.is_empty() { columns } else { columns * 3 / 5 };
        let line = Line::from(vec![
            Span::styled(if is_here { "▸ " } else { "  " }, style),
            Span::styled(fit(word(decided.to), STATUS), style),
            Span::styled(fit(&title, half), style),
            Span::styled(" ", style),
            Span::styled(
                shorten(&why, columns - half).into_owned(),
                if is_here { style } else { styles.quiet },
            ),
        ]);
        buffer.set_line(row.x, row.y, &line, row.width);
    }
}

/// What became of an idea, as one says it.
const fn word(status: Status) -> &'static str {
    match status {
        Status::Inbox => "to the inbox",
        Status::Shortlist => "shortlisted",
        Status::Active => "started",
        Status::Parked => "parked",
        Status::Abandoned => "dropped",
        Status::Done => "done",
    }
}

/// How many of each, in words.
fn counted(decided: &[TriageDecision]) -> String {
    let counts = Status::ALL.iter().filter_map(|status| {
        let count = decided.iter().filter(|decided| decided.to == *status).count();
        (count > 0).then(|| format!("{count} {}", word(*status)))
    });
    counts.collect::<Vec<_>>().join(", ")
}
