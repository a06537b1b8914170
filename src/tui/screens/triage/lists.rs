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

impl TriageScreen {
    /// Where the list of decisions stands, and the line at its top.
    pub(super) fn overview_list(&self, area: Rect) -> (Rect, usize) {
        let list = Rect { y: area.y + 3, height: area.height.saturating_sub(3), ..area };
        let lines = self.round.history().len();
        let cursor = self.overview.unwrap_or(0).min(lines.saturating_sub(1));
        (list, page_offset(cursor, lines, usize::from(list.height)))
    }

    /// Draws the decisions of the round, the one under the cursor marked.
    pub(super) fn draw_done(&self, world: &World, styles: &Styles, area: Rect, buf: &mut Buffer) {
        let history = self.round.history();
        let hidden = self.round.waiting().count();
        let is_hidden = self.card.is_none() && hidden > 0;
        let (title, hint) = if is_hidden {
            let query = sanitize(&self.query);
            (format!("No card matches /{query}"), format!("Esc shows all {hidden} again"))
        } else {
            headline(&history, self.card.is_some(), &world.keymap)
        };
        let title = Line::styled(format!(" {title}"), styles.strong);
        draw_lines(&[title, Line::styled(format!(" {hint}"), styles.quiet)], area, buf);
        if is_hidden {
            return;
        }
        let (list, first) = self.overview_list(area);
        let cursor = self.overview.unwrap_or(0).min(history.len().saturating_sub(1));
        for ((at, done), row) in history.iter().enumerate().skip(first).zip(list.rows()) {
            let is_here = at == cursor;
            let style = if is_here { styles.selected } else { styles.text };
            buf.set_style(row, style);
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
            buf.set_line(row.x, row.y, &line, row.width);
        }
    }

    /// Where the list of waiting cards stands, and the card at its top.
    pub(super) fn waiting_list(&self, area: Rect) -> (Rect, usize) {
        let list = Rect { y: area.y + 3, height: area.height.saturating_sub(3), ..area };
        let cursor = self.list.unwrap_or(0);
        (list, page_offset(cursor, self.waiting().len(), usize::from(list.height)))
    }

    /// Draws the list, the marked cards with a sign.
    pub(super) fn draw_cards(&self, world: &World, styles: &Styles, area: Rect, buf: &mut Buffer) {
        let waiting = self.waiting();
        let marked = waiting.iter().filter(|id| self.marks.contains(**id)).count();
        let mut title =
            vec![Span::styled(format!(" {} wait", count(waiting.len(), "card")), styles.strong)];
        if !self.query.is_empty() {
            title.push(Span::styled(format!("  /{}", sanitize(&self.query)), styles.caution));
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
            world.keymap.key(Command::MarkCard),
            world.keymap.key(Command::MarkAll)
        );
        draw_lines(&[Line::from(title), Line::styled(hint, styles.quiet)], area, buf);
        let cursor = self.list.unwrap_or(0);
        let (list, first) = self.waiting_list(area);
        for ((at, id), row) in waiting.iter().enumerate().skip(first).zip(list.rows()) {
            let Some(idea) = world.portfolio.idea(id) else { continue };
            let is_here = at == cursor;
            let style = if is_here { styles.selected } else { styles.text };
            let quiet = if is_here { style } else { styles.quiet };
            buf.set_style(row, style);
            let tags: Vec<String> = idea.tags.iter().map(|tag| format!("#{tag}")).collect();
            let columns = usize::from(row.width).saturating_sub(STANDING + 5);
            let tags = shorten(&sanitize(&tags.join(" ")), columns / 3).into_owned();
            let title = columns.saturating_sub(crate::text::width(&tags) + 1);
            let line = Line::from(vec![
                Span::styled(if is_here { "▸" } else { " " }, style),
                Span::styled(if self.marks.contains(*id) { " ● " } else { "   " }, style),
                Span::styled(fit(self.standing(id), STANDING), quiet),
                Span::styled(fit(&sanitize(&idea.title), title), style),
                Span::styled(format!(" {tags}"), quiet),
            ]);
            buf.set_line(row.x, row.y, &line, row.width);
        }
    }

    /// Where a card stands in the round.
    fn standing(&self, id: &str) -> &'static str {
        match (self.round.pass_of(id), self.round.skips(id)) {
            (Pass::Second, _) => "kept",
            (_, 0) if self.round.returned(id).is_some() => "is back",
            (_, 0) => "new",
            (_, _) => "later",
        }
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
