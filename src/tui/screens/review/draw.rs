//! The Review screen as it is drawn.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::command::Command;
use crate::domain::{Idea, Status};
use crate::judge::{EffortUnit, Traction, Urgency, Verdict};
use crate::text::{fit, sanitize, shorten, wrap};
use crate::tui::screens::Screen;
use crate::tui::theme::Styles;
use crate::tui::widgets::{Bend, CourseChart, Dot, Fitted, Page, draw_lines, page_offset, styled};
use crate::tui::world::World;

use super::evidence::Evidence;
use super::rows::Row;
use super::{Review, ReviewScreen, rows, week};

/// From this width on the list stands beside the evidence.
const BESIDE: u16 = 100;

/// Columns of the list where it stands beside the evidence, at least.
const LIST: u16 = 46;

/// Rows that a question takes below the list.
const PAGE: u16 = 8;

/// Columns of the line above the list.
const SUMMARY: u16 = 78;

/// Columns of the bar that shows how much of the week is done.
const BAR: usize = 14;

/// Columns for why a decision is needed.
const WHY: usize = 18;

/// Probability between the ends of what is drawn around the fit.
pub(super) const WITHIN: f64 = 0.8;

/// Standard deviations on either side of the mean that hold as much.
const BAND: f64 = 1.2816;

impl ReviewScreen {
    /// Draws the list and what is known of the row under the cursor.
    pub(crate) fn draw_screen(&self, world: &World, styles: &Styles, area: Rect, buf: &mut Buffer) {
        let (list, page) = self.areas(area);
        if let Some(list) = list {
            let head = Rect { height: list.y - area.y, width: list.width, ..area };
            self.draw_head(styles, head, buf);
            self.draw_list(world, styles, list, buf);
        }
        self.draw_page(world, styles, page, buf);
    }

    /// Where the list stands, if it is shown, and where the page.
    fn areas(&self, area: Rect) -> (Option<Rect>, Rect) {
        let inside =
            |area: Rect| Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
        if self.open {
            return (None, inside(area));
        }
        let head = u16::from(self.shows_week());
        if area.width >= BESIDE {
            let columns = LIST.max(area.width * 2 / 5 - 2);
            let list =
                Rect { y: area.y + head, width: columns, height: area.height - head, ..area };
            let page = Rect { x: area.x + columns + 1, width: area.width - columns - 1, ..area };
            return (Some(list), inside(page));
        }
        let rows = u16::try_from(self.rows.len()).unwrap_or(u16::MAX);
        // A question is short; evidence needs the room.
        let is_short = self.asks() || !self.is_on_evidence();
        let room = if is_short { area.height.saturating_sub(PAGE + head) } else { area.height / 3 };
        let rows = rows.clamp(1, room.max(area.height / 3));
        let list = Rect { y: area.y + head, height: rows, ..area };
        let above = head + rows + 1;
        let page = Rect { y: area.y + above, height: area.height.saturating_sub(above), ..area };
        (Some(list), inside(page))
    }

    /// How much of the week is done.
    fn draw_head(&self, styles: &Styles, area: Rect, buf: &mut Buffer) {
        if area.height == 0 {
            return;
        }
        let (done, all) = self.week.progress;
        buf.set_string(area.x + 1, area.y, "This week", styles.strong);
        if all == 0 {
            return;
        }
        let full = (done * BAR).checked_div(all).unwrap_or(0);
        let bar = format!("{}{}", "━".repeat(full), "┄".repeat(BAR - full));
        let line = Line::from(vec![
            Span::styled(format!("{done} of {all} done  "), styles.text),
            Span::styled(bar, styles.bar),
        ]);
        let columns = u16::try_from(line.width()).unwrap_or(0);
        let end = area.width.min(SUMMARY);
        buf.set_line(area.x + end.saturating_sub(columns), area.y, &line, columns);
    }

    /// The row of the list at a cell of the area, if the list is shown.
    pub(super) fn row_at(&self, at: Position, area: Rect) -> Option<usize> {
        let list = self.areas(area).0.filter(|list| list.contains(at))?;
        let offset = page_offset(self.cursor, self.rows.len(), usize::from(list.height));
        let row = offset + usize::from(at.y - list.y);
        (row < self.rows.len()).then_some(row)
    }

    fn draw_list(&self, world: &World, styles: &Styles, area: Rect, buf: &mut Buffer) {
        if self.rows.is_empty() {
            let text = match (self.by_tag, self.query.is_empty()) {
                (_, false) => "  nothing found: Esc shows everything again",
                (true, _) => "  no tag is shared by two active ideas",
                (false, _) => "  Nothing needs a decision, and nothing is being worked on.",
            };
            buf.set_stringn(area.x, area.y, text, usize::from(area.width), styles.quiet);
            return;
        }
        let offset = page_offset(self.cursor, self.rows.len(), usize::from(area.height));
        let visible = self.rows.iter().enumerate().skip(offset).zip(area.rows());
        for ((index, row), line) in visible {
            let room = usize::from(line.width.saturating_sub(2));
            let Some(text) = row_text(*row, self, world, room) else { continue };
            let selected = index == self.cursor;
            if selected {
                buf.set_style(line, styles.selected);
                buf.set_string(line.x, line.y, "▸", styles.selected);
            }
            if self.is_done(index, world) {
                let style = if selected { styles.selected } else { styles.good };
                buf.set_string(line.x + u16::from(selected), line.y, "✓", style);
            }
            let style = match row {
                _ if selected => styles.selected,
                Row::Heading(_) | Row::Done(_) | Row::Time => styles.quiet,
                _ => styles.text,
            };
            buf.set_stringn(line.x + 2, line.y, shorten(&text, room), room, style);
        }
    }

    fn draw_page(&self, world: &World, styles: &Styles, area: Rect, buf: &mut Buffer) {
        let Some(parts) = parts(self, world, styles, area.width) else { return };
        let (head, chart) = heights(&parts, area);
        draw_lines(&parts.head, area, buf);
        if let Some(traction) = parts.chart.filter(|_| chart > 0) {
            let room = Rect { y: area.y + head, height: chart, width: area.width.min(90), ..area };
            draw_course(traction, styles, room, buf);
        }
        let rest = Rect { y: area.y + head + chart, height: area.height - head - chart, ..area };
        Page { lines: &parts.rest, scroll: self.scroll, styles }.render(rest, buf);
    }

    /// The furthest that the page of one idea can be scrolled.
    pub(super) fn last_scroll(&self, world: &World) -> usize {
        let size = world.room();
        let (_, area) = self.areas(Rect::new(0, 0, size.width, size.height));
        let styles = Styles::default();
        let Some(parts) = parts(self, world, &styles, area.width) else { return 0 };
        let (head, chart) = heights(&parts, area);
        parts.rest.len().saturating_sub(usize::from(area.height - head - chart))
    }
}

/// What a row of the list says; nothing if what it is about is gone.
fn row_text(row: Row, screen: &ReviewScreen, world: &World, room: usize) -> Option<String> {
    let verdict = |name: &str, said: &str| {
        format!("{} {said}", fit(&sanitize(name), room.saturating_sub(WHY + 1)))
    };
    Some(match row {
        Row::Heading(week::DUE) => {
            let key = world.keymap.key(Command::Judge);
            beside(&format!("── {}", week::DUE), &format!("{key} judges"), room)
        }
        Row::Heading(text) => format!("── {text}"),
        Row::Done(at) => {
            let (what, how) = screen.week.done.get(at)?;
            beside(what, how, room)
        }
        Row::Idea(position) => {
            let idea = screen.findings.idea(position, &world.portfolio)?;
            verdict(&idea.title, &why(idea, screen.findings.reviews.get(position)?, world))
        }
        Row::Direction(at) => {
            let direction = screen.findings.directions.get(at)?;
            let name = format!("{} ({})", direction.tag, direction.positions.len());
            verdict(&name, direction.traction.verdict.shown())
        }
        Row::Time => week::TIME.to_owned(),
        row => {
            let (what, how) = rows::line(row, &screen.week.due, world);
            beside(&what, &how, room)
        }
    })
}

/// Two texts at the ends of a line.
fn beside(what: &str, how: &str, room: usize) -> String {
    let how = shorten(&sanitize(how), room * 3 / 5).into_owned();
    let left = room.saturating_sub(crate::text::width(&how) + 1);
    format!("{} {how}", fit(&sanitize(what), left))
}

/// Why a decision is needed, what was logged this week, or when the last entry was.
fn why(idea: &Idea, review: &Review, world: &World) -> String {
    let today = world.portfolio.as_of();
    let word = match review.urgency {
        // What has paused since is no longer stalled by its verdict, and still to be decided.
        Some(Urgency::Stalled) if review.traction.verdict == Verdict::Dormant => {
            "stalled, now idle".to_owned()
        }
        Some(Urgency::Stalled) => review.traction.verdict.shown().to_owned(),
        Some(urgency) => urgency.label().to_owned(),
        None if review.effective_status != Status::Active => {
            review.traction.verdict.shown().to_owned()
        }
        None => week::logged(idea, today).unwrap_or_else(|| week::last_logged(idea, today)),
    };
    fit(&word, WHY)
}

/// A page in three parts: words, a chart, and more words that scroll.
struct Parts<'a> {
    head: Vec<Line<'static>>,
    chart: Option<&'a Traction>,
    rest: Vec<Line<'static>>,
}

fn parts<'a>(
    screen: &'a ReviewScreen,
    world: &'a World,
    styles: &'a Styles,
    width: u16,
) -> Option<Parts<'a>> {
    let width = usize::from(width);
    if let Some(direction) = screen.direction() {
        let sentence = direction.traction.sentence(world.portfolio.stall_rule());
        let said = format!("{}: {sentence}", direction.traction.verdict.shown());
        let mut head = vec![Line::styled(sanitize(&direction.tag).into_owned(), styles.strong)];
        head.extend(styled(wrap(&said, width), styles.text));
        let ideas = direction.positions.iter().filter_map(|at| {
            let idea = screen.findings.idea(*at, &world.portfolio)?;
            let review = screen.findings.reviews.get(*at)?;
            let text =
                format!("{}  {}", fit(review.traction.verdict.shown(), 14), sanitize(&idea.title));
            Some(Line::styled(shorten(&text, width).into_owned(), styles.text))
        });
        return Some(Parts { head, chart: Some(&direction.traction), rest: ideas.collect() });
    }
    if screen.is_on_time() {
        let (head, rest) = screen.time_page(world, styles, width);
        return Some(Parts { head, chart: None, rest });
    }
    let row = *screen.rows.get(screen.cursor)?;
    if rows::open(row, world).is_some() || matches!(row, Row::Logs(_)) {
        let head = rows::page(row, &screen.week.due, world, styles, width);
        return Some(Parts { head, chart: None, rest: Vec::new() });
    }
    let (idea, review) = (screen.idea(world)?, screen.review()?);
    let findings = &*screen.findings;
    let evidence = Evidence { idea, review, findings, world, styles, width };
    if screen.asks_first(idea, review) {
        return Some(Parts { head: evidence.question(), chart: None, rest: Vec::new() });
    }
    let slate = screen.slates.get(&idea.id).copied();
    Some(Parts {
        head: evidence.head(slate),
        chart: Some(&review.traction).filter(|traction| traction.outlook.is_some()),
        rest: evidence.rest(),
    })
}

/// How many rows each part takes.
fn heights(parts: &Parts<'_>, area: Rect) -> (u16, u16) {
    let head = u16::try_from(parts.head.len()).unwrap_or(u16::MAX).min(area.height);
    let left = area.height - head;
    let chart = match parts.chart {
        None => 0,
        Some(_) if left < 6 => 0,
        Some(_) => (left * 3 / 5).clamp(6, 14),
    };
    (head, chart)
}

/// Traction against effort, the fit with its band, and the next block.
fn draw_course(traction: &Traction, styles: &Styles, area: Rect, buf: &mut Buffer) {
    let Some(hinge) = traction.hinge() else { return };
    let effort = &traction.effort;
    let dots: Vec<Dot> = effort
        .observations
        .iter()
        .map(|o| Dot { effort: o.effort, level: o.traction, hollow: o.recalled })
        .collect();
    let fit = |effort: f64| {
        let level = hinge.level(effort);
        let half = BAND * level.deviation;
        Some(Fitted { mean: level.mean, low: level.mean - half, high: level.mean + half })
    };
    let unit = match effort.unit {
        EffortUnit::Hours => "h",
        EffortUnit::Weeks => "weeks",
    };
    CourseChart {
        dots: &dots,
        fit: &fit,
        now: effort.total,
        end: effort.total + traction.block,
        bend: traction.outlook.and_then(|outlook| outlook.trend.bend).map(|at| {
            let (low, high) = hinge.bend_within(WITHIN).unwrap_or((at, at));
            Bend { at, low: low.min(at), high: high.max(at), unit }
        }),
        from: &format!("0 {unit}"),
        today: &format!("{:.0} {unit} now", effort.total),
        next: &format!("+{:.0} {unit}", traction.block),
        styles,
    }
    .render(area, buf);
}
