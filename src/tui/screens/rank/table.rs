//! The table: calm, or with all columns.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

use crate::domain::{BetKind, Criterion, Idea, Status};
use crate::judge::duel::Strength;
use crate::judge::{Flag, NextStep, Score};
use crate::text::{sanitize, shorten, width, width as columns_of};
use crate::tui::jobs::duels::PullKey;
use crate::tui::screens::deciding;
use crate::tui::theme::Styles;
use crate::tui::widgets::{RangeBar, page_offset, sparkline};
use crate::tui::world::World;

use super::order::{Order, Row};
use super::{RankScreen, chance, order};

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Rank,
    Title,
    Bar,
    Bet,
    Status,
    Next,
    Score,
    Range,
    Criterion(Criterion),
    Chance,
    Pull,
    Joined,
    Traction,
    Hours,
    Who,
    Flags,
}

impl Column {
    fn heading(self) -> &'static str {
        match self {
            Self::Chance => "top",
            Self::Rank => "  #",
            Self::Title => "idea",
            Self::Bar => "score",
            Self::Bet => "bet",
            Self::Status => "status",
            Self::Next => "to do",
            Self::Score => "score",
            Self::Range => "range",
            Self::Criterion(criterion) => criterion.short(),
            Self::Pull => "duels",
            Self::Joined => "both",
            Self::Traction => "level",
            Self::Hours => "hours",
            Self::Who => "who",
            Self::Flags => "flags",
        }
    }
}

/// From this width on the calm table also says how sure a place is.
const ROOMY: u16 = 90;

/// Columns that a title needs at least to be told from others.
const LEAST_TITLE: u16 = 12;

/// What goes first where there is no room for the title.
const DROPPED: [Column; 8] = [
    Column::Flags,
    Column::Who,
    Column::Hours,
    Column::Traction,
    Column::Range,
    Column::Next,
    Column::Chance,
    Column::Bet,
];

const PULL: u16 = 8;

/// The columns at a width, with their widths; the title takes what is left.
fn columns(total: u16, screen: &RankScreen, world: &World) -> Vec<(Column, u16)> {
    let wanted = screen.shows_pulls(world).then_some(match screen.order {
        Order::Joined => Column::Joined,
        _ => Column::Pull,
    });
    let mut columns = if screen.all_columns {
        let criterion = if total >= 110 { 6 } else { 4 };
        let mut columns = vec![(Column::Rank, 4), (Column::Title, 0), (Column::Score, 5)];
        // Where there is little room, the mark at the score stands for it.
        if wanted.is_none() || total >= 110 {
            columns.push((Column::Range, 6));
        }
        columns.push((Column::Chance, 5));
        columns.extend(wanted.map(|column| (column, PULL)));
        columns.extend(Criterion::ALL.map(|one| (Column::Criterion(one), criterion - 1)));
        let (traction, flags) = if total >= 110 { (12, 8) } else { (6, 6) };
        columns.extend([(Column::Traction, traction), (Column::Hours, 5)]);
        // No one else has said a word: nothing to show.
        if world.portfolio.portfolio().raters().iter().any(|rater| !rater.reactions.is_empty()) {
            columns.push((Column::Who, 3));
        }
        columns.push((Column::Flags, flags));
        columns
    } else {
        let bar = if total >= 110 { 20 } else { 12 };
        let mut columns = vec![(Column::Rank, 4), (Column::Title, 0), (Column::Bar, bar)];
        // Beside the detail, which says it, the bet has no column of its own.
        if total >= 78 {
            columns.push((Column::Bet, 8));
        }
        if total >= ROOMY {
            columns.push((Column::Chance, 5));
        }
        let status = if total >= 68 { 9 } else { 1 };
        columns.push((Column::Status, status));
        // What orders the table stands where the next step stands else.
        columns.push(wanted.map_or((Column::Next, 15), |column| (column, PULL)));
        columns
    };
    // One column for the cursor, and one behind every other.
    let taken =
        |columns: &[(Column, u16)]| columns.iter().map(|(_, width)| width + 1).sum::<u16>() + 1;
    for dropped in DROPPED {
        if total.saturating_sub(taken(&columns)) < LEAST_TITLE {
            columns.retain(|(column, _)| *column != dropped);
        }
    }
    let taken = taken(&columns);
    for (column, width) in &mut columns {
        if *column == Column::Title {
            *width = total.saturating_sub(taken);
        }
    }
    columns
}

/// Draws the heading and the rows around the cursor.
pub(super) fn draw(
    screen: &RankScreen,
    world: &World,
    styles: &Styles,
    area: Rect,
    buffer: &mut Buffer,
) {
    let columns = columns(area.width, screen, world);
    let mut x = area.x + 1;
    let mut free = x;
    for (i, (column, width)) in columns.iter().enumerate() {
        let focused = *column == Column::Criterion(screen.criterion);
        let style = if focused { styles.focused } else { styles.quiet };
        let heading = match column {
            Column::Chance => chance::heading(world),
            Column::Pull | Column::Joined => {
                let is_current = world.results.pulls.get(&PullKey::of(&world.portfolio)).is_some();
                format!(
                    "{:>8}",
                    format!("{}{}", column.heading(), if is_current { "" } else { "…" })
                )
            }
            Column::Title if !screen.query.is_empty() => {
                format!("idea · {}", sanitize(&world.portfolio.in_words(&screen.query)))
            }
            _ if *width > 1 => column.heading().to_owned(),
            _ => String::new(),
        };
        let room = match column {
            // A search may need the room of the next heading too.
            Column::Title => width + columns.get(i + 1).map_or(0, |(_, next)| next + 1),
            _ => *width,
        };
        let heading = shorten(&heading, usize::from(room));
        let indent = match column {
            Column::Criterion(_) => width.saturating_sub(3),
            _ => 0,
        };
        if x >= free {
            buffer.set_stringn(x + indent, area.y, &heading, usize::from(room), style);
            free = x + u16::try_from(columns_of(&heading)).unwrap_or(0);
        }
        x += width + 1;
    }
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if screen.rows.is_empty() {
        let text = if screen.query.is_empty() {
            "  no ideas yet: a adds one or a pasted list, :import reads a file"
        } else {
            "  nothing found: Esc shows everything again"
        };
        buffer.set_stringn(body.x, body.y, text, usize::from(body.width), styles.quiet);
        return;
    }
    let offset = page_offset(screen.cursor, screen.rows.len(), usize::from(body.height));
    let visible = screen.rows.iter().enumerate().skip(offset).zip(body.rows());
    for ((index, row), line) in visible {
        match row {
            Row::Heading(text) => heading(text, styles, line, buffer),
            Row::Idea(position) => {
                let Some((idea, score)) = world.portfolio.at(*position) else { continue };
                let rank = screen.ranks.get(*position).copied().flatten();
                let selected = index == screen.cursor;
                let drawn = IdeaRow { screen, world, idea, score, rank, selected, styles };
                drawn.draw(&columns, line, buffer);
                if let Some(bracket) = bracket(screen, index, world) {
                    // In the column that the rank leaves free.
                    buffer.set_string(line.x + 4, line.y, bracket, drawn.style(styles.quiet));
                }
            }
        }
    }
}

fn heading(text: &str, styles: &Styles, line: Rect, buffer: &mut Buffer) {
    let text = format!("  ── {text} ");
    let (x, _) = buffer.set_stringn(line.x, line.y, text, usize::from(line.width), styles.quiet);
    let rest = usize::from(line.right().saturating_sub(x + 1));
    buffer.set_stringn(x, line.y, "─".repeat(rest), rest, styles.faint);
}

/// An idea as it stands in a row.
struct IdeaRow<'a> {
    screen: &'a RankScreen,
    world: &'a World,
    idea: &'a Idea,
    score: &'a Score,
    rank: Option<usize>,
    selected: bool,
    styles: &'a Styles,
}

impl IdeaRow<'_> {
    fn draw(&self, columns: &[(Column, u16)], line: Rect, buffer: &mut Buffer) {
        if self.selected {
            buffer.set_style(line, self.styles.selected);
            buffer.set_string(line.x, line.y, "▸", self.style(self.styles.accent));
        }
        if self.screen.marks.contains(&self.idea.id) {
            buffer.set_string(line.x, line.y, "●", self.style(self.styles.caution));
        }
        let mut x = line.x + 1;
        for (column, width) in columns {
            let cell = Rect::new(x, line.y, *width, 1).intersection(line);
            self.cell(*column, cell, buffer);
            x += width + 1;
        }
    }

    /// A style on the background of the row.
    fn style(&self, style: Style) -> Style {
        if self.selected { self.styles.over(style) } else { style }
    }

    fn cell(&self, column: Column, cell: Rect, buffer: &mut Buffer) {
        let Self { idea, score, styles, .. } = self;
        let as_of = self.world.portfolio.as_of();
        match column {
            Column::Title => self.title(cell, buffer),
            Column::Bar => self.bar(cell, buffer),
            Column::Rank => {
                let rank = self.rank.map_or_else(|| "·".to_owned(), |rank| rank.to_string());
                // What holds neighbours together stands behind it.
                let cell = Rect { width: cell.width.saturating_sub(1), ..cell };
                put_right(&rank, styles.quiet, self, cell, buffer);
            }
            Column::Bet => {
                let word = match idea.bet {
                    Some(BetKind::Hot) => "hot",
                    Some(BetKind::NextHot) => "next-hot",
                    None => "·",
                };
                put(word, styles.quiet, self, cell, buffer);
            }
            Column::Status => self.status(cell, buffer),
            Column::Next => {
                let Some(step) = self.screen.next_step(idea, self.world) else { return };
                let style = match step {
                    NextStep::JudgePromise(_) | NextStep::LookAgain => styles.caution,
                    _ => styles.quiet,
                };
                put(&deciding::cell(step, self.world), style, self, cell, buffer);
            }
            Column::Score => {
                let text = if score.rated { shown_score(score) } else { "·".to_owned() };
                put_right(&text, styles.text, self, cell, buffer);
            }
            Column::Range => {
                let text = format!("{:.0}–{:.0}", score.low, score.high);
                let shown = score.rated && score.high - score.low >= 0.5;
                put(if shown { &text } else { "" }, styles.quiet, self, cell, buffer);
            }
            Column::Criterion(criterion) => self.criterion(criterion, cell, buffer),
            Column::Chance => {
                let text = chance::shown(&idea.id, self.world);
                put_right(&text, styles.quiet, self, cell, buffer);
            }
            Column::Pull | Column::Joined => {
                let pulls = self.world.results.pulls.output();
                let strength = pulls.and_then(|pulls| match column {
                    Column::Joined => pulls.joined(idea, score),
                    _ => pulls.pull(idea, score),
                });
                put_right(&shown_strength(strength), styles.text, self, cell, buffer);
            }
            Column::Traction => {
                let levels = order::traction(idea, as_of);
                let line = sparkline(&levels, 10.0, usize::from(cell.width));
                put(&line, styles.chart, self, cell, buffer);
            }
            Column::Hours => {
                let hours = order::hours(idea, as_of);
                let text = if hours > 0.0 { format!("{hours:.0}") } else { "·".to_owned() };
                put_right(&text, styles.quiet, self, cell, buffer);
            }
            Column::Who => {
                let drawn = self.world.portfolio.portfolio().drawn_to(idea).len();
                let text = if drawn > 0 { drawn.to_string() } else { String::new() };
                put_right(&text, styles.good, self, cell, buffer);
            }
            Column::Flags => {
                let flags = self.world.portfolio.flags(idea);
                let words: Vec<&str> = flags
                    .iter()
                    .filter(|flag| **flag != Flag::Incomplete)
                    .map(|flag| flag.id())
                    .collect();
                put(&words.join(" "), styles.caution, self, cell, buffer);
            }
        }
    }

    fn title(&self, cell: Rect, buffer: &mut Buffer) {
        let clean = sanitize(&self.idea.title);
        let base = match self.idea.status {
            _ if self.selected => self.styles.selected,
            Status::Active | Status::Shortlist | Status::Inbox => self.styles.text,
            Status::Parked | Status::Abandoned | Status::Done => self.styles.quiet,
        };
        let room = usize::from(cell.width);
        let text = shorten(&clean, room);
        buffer.set_stringn(cell.x, cell.y, &text, room, base);
        if self.screen.query.is_empty() {
            return;
        }
        let found = self.screen.finder.highlights(&clean);
        let mut x = cell.x;
        for (index, c) in text.chars().enumerate() {
            let columns = u16::try_from(width(c.encode_utf8(&mut [0; 4]))).unwrap_or(0);
            if found.binary_search(&index).is_ok() {
                let area = Rect::new(x, cell.y, columns, 1).intersection(cell);
                buffer.set_style(area, self.style(self.styles.found));
            }
            x = x.saturating_add(columns);
        }
    }

    fn bar(&self, cell: Rect, buffer: &mut Buffer) {
        if !self.score.rated {
            return put("·", self.styles.faint, self, cell, buffer);
        }
        RangeBar {
            low: self.score.low / 100.0,
            high: self.score.high / 100.0,
            bar: self.style(self.styles.bar),
            range: self.style(self.styles.range),
        }
        .render(cell, buffer);
    }

    fn status(&self, cell: Rect, buffer: &mut Buffer) {
        let status = self.idea.status;
        let style = match status {
            Status::Active => self.styles.good,
            Status::Inbox | Status::Shortlist => self.styles.text,
            Status::Parked | Status::Abandoned | Status::Done => self.styles.quiet,
        };
        let text = if cell.width > 1 { status.shown() } else { glyph(status) };
        put(text, style, self, cell, buffer);
    }

    fn criterion(&self, criterion: Criterion, cell: Rect, buffer: &mut Buffer) {
        let known = !self.score.missing[criterion.index()];
        let rating = match criterion {
            Criterion::Strategy => known.then_some(self.score.strategy),
            _ => self.idea.rating(criterion),
        };
        let text = rating.map_or_else(|| "?".to_owned(), short_rating);
        let focused = self.selected && criterion == self.screen.criterion;
        let style = if focused { self.styles.focused } else { self.styles.text };
        if let Some(rating) = rating.filter(|_| cell.width > 3) {
            let level = sparkline(&[rating.middle()], 10.0, 1);
            put(&level, self.styles.chart, self, cell, buffer);
        }
        put_right(&text, style, self, cell, buffer);
    }
}

fn put(text: &str, style: Style, row: &IdeaRow<'_>, cell: Rect, buffer: &mut Buffer) {
    let room = usize::from(cell.width);
    buffer.set_stringn(cell.x, cell.y, shorten(text, room), room, row.style(style));
}

fn put_right(text: &str, style: Style, row: &IdeaRow<'_>, cell: Rect, buffer: &mut Buffer) {
    let columns = u16::try_from(width(text)).unwrap_or(u16::MAX).min(cell.width);
    let right = Rect { x: cell.right() - columns, width: columns, ..cell };
    put(text, style, row, right, buffer);
}

/// A status in one column.
const fn glyph(status: Status) -> &'static str {
    match status {
        Status::Inbox => "·",
        Status::Shortlist => "◇",
        Status::Active => "▸",
        Status::Parked => "‖",
        Status::Abandoned => "×",
        Status::Done => "✓",
    }
}

/// A score in tenths, marked where it is wide.
pub(super) fn shown_score(score: &Score) -> String {
    let mark = if score.high - score.low >= WIDE { "~" } else { "" };
    format!("{mark}{:.1}", score.value())
}

/// How much an idea is wanted, with its uncertainty: `+1.2±0.8`; a dash where it is unknown.
fn shown_strength(strength: Option<Strength>) -> String {
    strength.map_or_else(
        || "–".to_owned(),
        |Strength { value, deviation }| {
            let sign = if value < -0.05 { "−" } else { "+" };
            format!("{sign}{:.1}±{deviation:.1}", value.abs())
        },
    )
}

/// From this width on a score is marked as uncertain.
const WIDE: f64 = 10.0;

/// A rating in three columns: `7`, `3.5`, `6–9`; a range of halves as its middle, marked.
fn short_rating(rating: crate::domain::Rating) -> String {
    let number = |value: f64| format!("{}", (value * 10.0).round() / 10.0);
    if rating.is_value() {
        return number(rating.low());
    }
    let range = format!("{:.0}–{:.0}", rating.low(), rating.high());
    if width(&range) <= 3 { range } else { format!("~{:.0}", rating.middle()) }
}

/// What holds a row together with those that cannot be told apart from it.
fn bracket(screen: &RankScreen, row: usize, world: &World) -> Option<&'static str> {
    if screen.order != Order::Rank || !screen.query.is_empty() {
        return None;
    }
    let sensitivity = chance::current(world)?;
    let band = |row: usize| match screen.rows.get(row) {
        Some(Row::Idea(position)) => {
            sensitivity.band(&world.portfolio.portfolio().ideas().get(*position)?.id)
        }
        _ => None,
    };
    let own = band(row).filter(|band| band.len() > 1)?;
    let above = row.checked_sub(1).and_then(band).is_some_and(|band| band == own);
    let below = band(row + 1).is_some_and(|band| band == own);
    match (above, below) {
        (false, true) => Some("╭"),
        (true, true) => Some("│"),
        (true, false) => Some("╰"),
        (false, false) => None,
    }
}
