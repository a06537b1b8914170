//! Parts that the views of the Duel screen share: a card with what the idea is and how it
//! could be tested, and lines of text.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::domain::{CaseField, Criterion, Field, Idea, Rating};
use crate::judge::Score;
use crate::text::{fit, sanitize, shorten, width, wrap, wrap_markdown};
use crate::tui::screens::rating::{criterion_name, shown};
use crate::tui::theme::Styles;
use crate::tui::widgets::{self, Gauge};

/// The lines of a card: title, ratings where they are wanted, pitch or summary, the
/// cheapest test, tags. Where room is short, the tags go first, then the end of the
/// text and the test; where there is more, the rest of the case and the summary follow.
pub(super) fn lines(
    idea: &Idea,
    score: &Score,
    reveals: bool,
    columns: usize,
    rows: usize,
    styles: &Styles,
) -> Vec<Line<'static>> {
    let styled = |lines: Vec<String>, style| -> Vec<Line<'static>> {
        widgets::styled(lines, style).collect()
    };
    let part = |name: &'static str, field: CaseField| -> Vec<Line<'static>> {
        let Some(text) = idea.case(field).filter(|text| !text.trim().is_empty()) else {
            return Vec::new();
        };
        let mut lines = vec![Line::default(), Line::styled(name, styles.quiet)];
        lines.extend(styled(wrap_markdown(text, columns), styles.text));
        lines
    };
    let mut lines = styled(wrap(&idea.title, columns), styles.strong);
    if reveals {
        lines.push(Line::default());
        lines.extend(Criterion::ALL.map(|criterion| gauge(criterion, idea, score, styles)));
    }
    let pitch = idea.case(CaseField::Pitch).filter(|pitch| !pitch.trim().is_empty());
    let text = styled(wrap_markdown(pitch.unwrap_or(&idea.summary), columns), styles.text);
    let is_short = rows < 8;
    let test = if is_short { Vec::new() } else { part("cheapest test", CaseField::Test) };
    let tags = wrap(&idea.tags.join(" · "), columns);
    let mut tags = after_blank(styled(tags, styles.quiet));
    let has_room = |used: usize, extra: &[Line<'_>]| used + extra.len() <= rows;
    let mut used = lines.len() + 1 + text.len() + test.len();
    if !has_room(used, &tags) {
        tags.clear();
    }
    used += tags.len();
    let summary = pitch.map_or_else(Vec::new, |_| wrap_markdown(&idea.summary, columns));
    let mut more = Vec::new();
    for extra in [
        part("the result, if it works", CaseField::Result),
        part("who uses it", CaseField::User),
        after_blank(styled(summary, styles.quiet)),
    ] {
        if has_room(used + more.len(), &extra) {
            more.extend(extra);
        }
    }
    let room = rows.saturating_sub(lines.len() + usize::from(!is_short) + test.len()).max(1);
    let text = cut(text, room, styles);
    lines.extend(if is_short { text } else { after_blank(text) });
    lines.extend(test);
    lines.extend(more);
    lines.extend(tags);
    cut(lines, rows, styles)
}

fn after_blank(mut lines: Vec<Line<'static>>) -> Vec<Line<'static>> {
    if !lines.is_empty() {
        lines.insert(0, Line::default());
    }
    lines
}

/// At most so many lines; an ellipsis where some are missing.
fn cut(mut lines: Vec<Line<'static>>, rows: usize, styles: &Styles) -> Vec<Line<'static>> {
    if lines.len() > rows {
        lines.truncate(rows.saturating_sub(1));
        if rows > 0 {
            lines.push(Line::styled("…", styles.quiet));
        }
    }
    lines
}

fn gauge(criterion: Criterion, idea: &Idea, score: &Score, styles: &Styles) -> Line<'static> {
    let is_known = !score.missing[criterion.index()];
    let rating = match criterion {
        Criterion::Strategy => is_known.then_some(score.strategy),
        _ => idea.rating(criterion),
    };
    let share = |value: Option<f64>| value.map_or(0.0, |value| value / 10.0);
    let bar = Gauge { low: share(rating.map(Rating::low)), high: share(rating.map(Rating::high)) };
    let tenths = |value: f64| (value * 10.0).round() / 10.0;
    let tenths = |rating: Rating| Rating::range(tenths(rating.low()), tenths(rating.high()));
    let shown = shown(Field::Rating(criterion), rating.and_then(tenths));
    let name = Span::styled(fit(criterion_name(criterion), 11), styles.quiet);
    let mut spans = vec![name, Span::styled(format!("{shown:>7} "), styles.strong)];
    spans.extend(bar.spans(styles.bar, styles.range, styles.faint));
    Line::from(spans)
}

/// A text at the right end of the first row, in the room that `left` columns leave it.
pub(super) fn put_right(text: &str, left: usize, area: Rect, style: Style, buf: &mut Buffer) {
    let clean = sanitize(text);
    let room = usize::from(area.width).saturating_sub(left + 1);
    let text = shorten(&clean, room);
    let columns = u16::try_from(width(&text)).unwrap_or(u16::MAX).min(area.width);
    let x = area.right().saturating_sub(columns + 1).max(area.x);
    buf.set_stringn(x, area.y, text, room, style);
}

/// A line of text, cut to the width.
pub(super) fn put(text: &str, area: Rect, row: u16, style: Style, buf: &mut Buffer) {
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    widgets::put(text, inner, row, style, buf);
}
