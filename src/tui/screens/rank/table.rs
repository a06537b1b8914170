//! The table: calm, or with all columns.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

use crate::domain::{Criterion, Idea, Status};
use crate::judge::duel::Strength;
use crate::judge::{Flag, NextStep, Score};
use crate::text::{sanitize, shorten, width};
use crate::tui::screens::deciding;
use crate::tui::theme::Styles;
use crate::tui::widgets::{RangeBar, page_offset, sparkline};
use crate::tui::world::World;

use super::columns::Column;
use super::order::{Order, Row};
use super::{RankScreen, columns, order};

impl RankScreen {
    /// Draws the heading and the rows around the cursor.
    pub(super) fn draw_table(&self, world: &World, styles: &Styles, area: Rect, buf: &mut Buffer) {
        let columns = columns::of(area.width, self, world);
        columns::draw_headings(&columns, self, world, styles, area, buf);
        let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        if self.rows.is_empty() {
            let text = if self.query.is_empty() {
                "  no ideas yet: a adds one or a pasted list, :import reads a file"
            } else {
                "  nothing found: Esc shows everything again"
            };
            buf.set_stringn(body.x, body.y, text, usize::from(body.width), styles.quiet);
            return;
        }
        let offset = page_offset(self.cursor, self.rows.len(), usize::from(body.height));
        let visible = self.rows.iter().enumerate().skip(offset).zip(body.rows());
        for ((index, row), line) in visible {
            match row {
                Row::Heading(text) => heading(text, styles, line, buf),
                Row::Idea(position) => {
                    let Some((idea, score)) = world.portfolio.at(*position) else { continue };
                    let rank = self.ranks.get(*position).copied().flatten();
                    let selected = index == self.cursor;
                    let drawn =
                        IdeaRow { screen: self, world, idea, score, rank, selected, styles };
                    drawn.draw(&columns, line, buf);
                    if let Some(bracket) = self.bracket(index, world) {
                        // In the column that the rank leaves free.
                        buf.set_string(line.x + 4, line.y, bracket, drawn.style(styles.quiet));
                    }
                }
            }
        }
    }

    /// What holds a row together with those that cannot be told apart from it.
    fn bracket(&self, row: usize, world: &World) -> Option<&'static str> {
        if self.order != Order::Rank || !self.query.is_empty() {
            return None;
        }
        let sensitivity = columns::current_sensitivity(world)?;
        let band = |row: usize| match self.rows.get(row) {
            Some(Row::Idea(position)) => {
                sensitivity.band(&world.portfolio.ideas().get(*position)?.id)
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
}

fn heading(text: &str, styles: &Styles, line: Rect, buf: &mut Buffer) {
    let text = format!("  ── {text} ");
    let (x, _) = buf.set_stringn(line.x, line.y, text, usize::from(line.width), styles.quiet);
    let rest = usize::from(line.right().saturating_sub(x + 1));
    buf.set_stringn(x, line.y, "─".repeat(rest), rest, styles.faint);
}

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
    fn draw(&self, columns: &[(Column, u16)], line: Rect, buf: &mut Buffer) {
        if self.selected {
            buf.set_style(line, self.styles.selected);
            buf.set_string(line.x, line.y, "▸", self.style(self.styles.accent));
        }
        if self.screen.marks.contains(&self.idea.id) {
            buf.set_string(line.x, line.y, "●", self.style(self.styles.caution));
        }
        let mut x = line.x + 1;
        for (column, width) in columns {
            let cell = Rect::new(x, line.y, *width, 1).intersection(line);
            self.cell(*column, cell, buf);
            x += width + 1;
        }
    }

    /// A style on the background of the row.
    fn style(&self, style: Style) -> Style {
        if self.selected { self.styles.over(style) } else { style }
    }

    fn cell(&self, column: Column, cell: Rect, buf: &mut Buffer) {
        match column {
            Column::Title => return self.title(cell, buf),
            Column::Bar => return self.bar(cell, buf),
            Column::Criterion(criterion) => return self.criterion(criterion, cell, buf),
            _ => {}
        }
        let (text, style) = self.text(column, cell.width);
        match column {
            // What holds neighbours together stands behind it.
            Column::Rank => {
                let cell = Rect { width: cell.width.saturating_sub(1), ..cell };
                put_right(&text, style, self, cell, buf);
            }
            Column::Score
            | Column::Chance
            | Column::Pull
            | Column::Joined
            | Column::Hours
            | Column::Who => put_right(&text, style, self, cell, buf),
            _ => put(&text, style, self, cell, buf),
        }
    }

    /// What a cell of so many columns says, where it says nothing but a text.
    fn text(&self, column: Column, columns: u16) -> (String, Style) {
        let Self { idea, score, styles, .. } = self;
        let as_of = self.world.portfolio.as_of();
        let or_dot = |text: Option<String>| text.unwrap_or_else(|| "·".to_owned());
        match column {
            Column::Rank => (or_dot(self.rank.map(|rank| rank.to_string())), styles.quiet),
            Column::Bet => (or_dot(idea.bet.map(|kind| kind.id().to_owned())), styles.quiet),
            Column::Status => self.status(columns),
            Column::Next => self.next(),
            Column::Score => (or_dot(score.rated.then(|| shown_score(score))), styles.text),
            Column::Range => {
                let shown = score.rated && score.high - score.low >= 0.5;
                let range = shown.then(|| format!("{:.0}–{:.0}", score.low, score.high));
                (range.unwrap_or_default(), styles.quiet)
            }
            Column::Chance => (columns::shown_chance(&idea.id, self.world), styles.quiet),
            Column::Pull | Column::Joined => (self.strength(column), styles.text),
            Column::Traction => {
                let levels = order::traction(idea, as_of);
                (sparkline(&levels, 10.0, usize::from(columns)), styles.chart)
            }
            Column::Hours => {
                let hours = Some(order::hours(idea, as_of)).filter(|hours| *hours > 0.0);
                (or_dot(hours.map(|hours| format!("{hours:.0}"))), styles.quiet)
            }
            Column::Who => {
                let drawn = Some(self.world.portfolio.drawn_to(idea).len()).filter(|it| *it > 0);
                (drawn.map(|drawn| drawn.to_string()).unwrap_or_default(), styles.good)
            }
            Column::Flags => {
                let flags = self.world.portfolio.flags(idea).into_iter();
                let told = flags.filter(|flag| *flag != Flag::Incomplete).map(Flag::id);
                (told.collect::<Vec<_>>().join(" "), styles.caution)
            }
            Column::Title | Column::Bar | Column::Criterion(_) => (String::new(), styles.text),
        }
    }

    fn next(&self) -> (String, Style) {
        let Some(step) = self.screen.next_step(self.idea, self.world) else {
            return (String::new(), self.styles.quiet);
        };
        let is_late =
            matches!(step, NextStep::JudgePromise(_) | NextStep::Decide(_) | NextStep::LookAgain);
        let style = if is_late { self.styles.caution } else { self.styles.quiet };
        (deciding::cell(step, self.world), style)
    }

    /// How much the idea is wanted, with its uncertainty: `+1.2±0.8`; a dash where it is unknown.
    fn strength(&self, column: Column) -> String {
        let pulls = self.world.results.pulls.output();
        let strength = pulls.and_then(|pulls| match column {
            Column::Joined => pulls.joined(self.idea, self.score),
            _ => pulls.pull(self.idea, self.score),
        });
        let Some(Strength { value, deviation }) = strength else { return "–".to_owned() };
        let sign = if value < -0.05 { "−" } else { "+" };
        format!("{sign}{:.1}±{deviation:.1}", value.abs())
    }

    fn title(&self, cell: Rect, buf: &mut Buffer) {
        let clean = sanitize(&self.idea.title);
        let base = match self.idea.status {
            _ if self.selected => self.styles.selected,
            Status::Active | Status::Shortlist | Status::Inbox => self.styles.text,
            Status::Parked | Status::Abandoned | Status::Done => self.styles.quiet,
        };
        let room = usize::from(cell.width);
        let text = shorten(&clean, room);
        buf.set_stringn(cell.x, cell.y, &text, room, base);
        if self.screen.query.is_empty() {
            return;
        }
        let found = self.screen.finder.highlights(&clean);
        let mut x = cell.x;
        for (index, c) in text.chars().enumerate() {
            let columns = u16::try_from(width(c.encode_utf8(&mut [0; 4]))).unwrap_or(0);
            if found.binary_search(&index).is_ok() {
                let area = Rect::new(x, cell.y, columns, 1).intersection(cell);
                buf.set_style(area, self.style(self.styles.found));
            }
            x = x.saturating_add(columns);
        }
    }

    fn bar(&self, cell: Rect, buf: &mut Buffer) {
        if !self.score.rated {
            return put("·", self.styles.faint, self, cell, buf);
        }
        RangeBar {
            low: self.score.low / 100.0,
            high: self.score.high / 100.0,
            bar: self.style(self.styles.bar),
            range: self.style(self.styles.range),
        }
        .render(cell, buf);
    }

    fn status(&self, columns: u16) -> (String, Style) {
        let status = self.idea.status;
        let style = match status {
            Status::Active => self.styles.good,
            Status::Inbox | Status::Shortlist => self.styles.text,
            Status::Parked | Status::Abandoned | Status::Done => self.styles.quiet,
        };
        let text = if columns > 1 { status.shown() } else { glyph(status) };
        (text.to_owned(), style)
    }

    fn criterion(&self, criterion: Criterion, cell: Rect, buf: &mut Buffer) {
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
            put(&level, self.styles.chart, self, cell, buf);
        }
        put_right(&text, style, self, cell, buf);
    }
}

fn put(text: &str, style: Style, row: &IdeaRow<'_>, cell: Rect, buf: &mut Buffer) {
    let room = usize::from(cell.width);
    buf.set_stringn(cell.x, cell.y, shorten(text, room), room, row.style(style));
}

fn put_right(text: &str, style: Style, row: &IdeaRow<'_>, cell: Rect, buf: &mut Buffer) {
    let columns = u16::try_from(width(text)).unwrap_or(u16::MAX).min(cell.width);
    let right = Rect { x: cell.right() - columns, width: columns, ..cell };
    put(text, style, row, right, buf);
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
    format!("{mark}{}", score.shown())
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
