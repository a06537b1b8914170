//! Lists of the round: the cards that wait, and what was decided.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::command::{Command, Keymap};
use crate::domain::Status;
use crate::text::{count, fit, sanitize, shorten};
use crate::tui::theme::Styles;
use crate::tui::widgets::{draw_lines, page_offset};
use crate::tui::world::World;

use super::round::Done;
use super::{Pass, TriageScreen};

/// Columns for what became of an idea.
const STATUS: usize = 12;

/// Where the list of decisions stands, and the line at its top.
pub(super) fn overview_list(screen: &TriageScreen, area: Rect) -> (Rect, usize) {
    let list = Rect { y: area.y + 3, height: area.height.saturating_sub(3), ..area };
    let lines = screen.round.history().len();
    let cursor = screen.overview.unwrap_or(0).min(lines.saturating_sub(1));
    (list, page_offset(cursor, lines, usize::from(list.height)))
}

/// Draws the decisions of the round, the one under the cursor marked.
pub(super) fn draw_overview(
    screen: &TriageScreen,
    world: &World,
    styles: &Styles,
    area: Rect,
    buffer: &mut Buffer,
) {
    let history = screen.round.history();
    let hidden = screen.round.waiting().count();
    let is_hidden = screen.card.is_none() && hidden > 0;
    let (title, hint) = if is_hidden {
        let query = sanitize(&screen.query);
        (format!("No card matches /{query}"), format!("Esc shows all {hidden} again"))
    } else {
        headline(&history, screen.card.is_some(), &world.keymap)
    };
    let title = Line::styled(format!(" {title}"), styles.strong);
    draw_lines(&[title, Line::styled(format!(" {hint}"), styles.quiet)], area, buffer);
    if is_hidden {
        return;
    }
    let (list, first) = overview_list(screen, area);
    let cursor = screen.overview.unwrap_or(0).min(history.len().saturating_sub(1));
    for ((at, done), row) in history.iter().enumerate().skip(first).zip(list.rows()) {
        let is_here = at == cursor;
        let style = if is_here { styles.selected } else { styles.text };
        buffer.set_style(row, style);
        let columns = usize::from(row.width).saturating_sub(STATUS + 4);
        let (title, why) = match done {
            Done::Decided(decided) => (decided.title.as_str(), decided.why.as_str()),
            Done::Kept(id) => (world.portfolio.title_of(id), "for pass 2"),
        };
        let (title, why) = (sanitize(title), sanitize(why));
        let half = if why.is_empty() { columns } else { columns * 3 / 5 };
        let line = Line::from(vec![
            Span::styled(if is_here { "▸ " } else { "  " }, style),
            Span::styled(fit(word_for(done), STATUS), style),
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

/// What was decided, counted, and what can be done about it.
fn headline(history: &[Done<'_>], is_under_way: bool, keymap: &Keymap) -> (String, String) {
    let counted = counted(history);
    let title = match (is_under_way, history.is_empty()) {
        (false, true) => "The inbox is empty".to_owned(),
        (false, false) => format!("The inbox is empty: {counted}"),
        (true, true) => "Nothing decided yet in this round".to_owned(),
        (true, false) => format!("So far: {counted}"),
    };
    if history.is_empty() {
        let add = keymap.key(Command::Add);
        return (title, format!("{add} adds an idea; parked ones come back by themselves"));
    }
    let compares = !is_under_way && counted.contains("shortlisted");
    let next = if compares { "; g3 compares what is shortlisted" } else { "" };
    let back = keymap.key(Command::TakeBack);
    (title, format!("{back} takes back the one under the cursor{next}"))
}

const fn word_for(done: &Done<'_>) -> &'static str {
    match done {
        Done::Decided(decided) => word(decided.to),
        Done::Kept(_) => "kept",
    }
}

/// What became of an idea, as one says it.
pub(super) const fn word(status: Status) -> &'static str {
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
fn counted(history: &[Done<'_>]) -> String {
    let words = Status::ALL.iter().map(|status| word(*status)).chain(["kept"]);
    let counts = words.filter_map(|word| {
        let count = history.iter().filter(|done| word_for(done) == word).count();
        (count > 0).then(|| format!("{count} {word}"))
    });
    counts.collect::<Vec<_>>().join(", ")
}

/// Columns for where a card stands.
const STANDING: usize = 9;

/// Where the list of waiting cards stands, and the card at its top.
pub(super) fn waiting_list(screen: &TriageScreen, area: Rect) -> (Rect, usize) {
    let list = Rect { y: area.y + 3, height: area.height.saturating_sub(3), ..area };
    let cursor = screen.list.unwrap_or(0);
    (list, page_offset(cursor, screen.waiting().len(), usize::from(list.height)))
}

/// Draws the list, the marked cards with a sign.
pub(super) fn draw_waiting(
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
    let about = match marked {
        0 => "the card under the cursor".to_owned(),
        marked => format!("all {marked} marked"),
    };
    let hint = format!(
        " {} marks, {} marks all; a decision is about {about}",
        keymap.key(Command::MarkCard),
        keymap.key(Command::MarkAll)
    );
    draw_lines(&[Line::from(title), Line::styled(hint, styles.quiet)], area, buffer);
    let cursor = screen.list.unwrap_or(0);
    let (list, first) = waiting_list(screen, area);
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
