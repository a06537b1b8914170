//! The question behind the number: always in sight while numbers are given.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::{Criterion, Field, Idea, Rating, Value};
use crate::judge::Score;
use crate::text::{shorten, width};
use crate::tui::theme::Styles;

use super::rating;

/// Rows that the question takes at a width.
pub(super) const fn rows(width: u16) -> u16 {
    if width >= 160 { 2 } else { 3 }
}

/// Draws what is rated, its question, and what the ends of the scale mean; the
/// anchor nearest to the answer stands out.
pub(super) fn draw(
    field: Field,
    idea: &Idea,
    score: &Score,
    styles: &Styles,
    area: Rect,
    buffer: &mut Buffer,
) {
    let Some(question) = rating::question(field) else { return };
    let answer = answer(field, idea, score);
    let mut first = Line::from(vec![
        Span::styled(format!(" ◂ {} ", rating::name(field)), styles.accent),
        Span::styled(rating::shown(field, answer), styles.strong),
        Span::styled(" ▸ ", styles.accent),
    ]);
    let room = usize::from(area.width).saturating_sub(first.width() + 1);
    first.push_span(Span::styled(shorten(question.text, room), styles.text));
    buffer.set_line(area.x, area.y, &first, area.width);
    let share = answer.map(|answer| answer.middle() / rating::max(field));
    let near = |low: f64, high: f64| match share {
        Some(share) if (low..high).contains(&share) => styles.text,
        _ => styles.quiet,
    };
    let (low, high) = if rating::is_chance(field) { ("", "") } else { ("0–2 ", "9–10 ") };
    let middle = if rating::is_chance(field) { "" } else { "5 " };
    let anchors = [
        (format!("{low}{}", question.low), near(0.0, 0.35)),
        (format!("{middle}{}", question.middle), near(0.35, 0.75)),
        (format!("{high}{}", question.high), near(0.75, 1.1)),
    ];
    let indent = 3;
    let (mut x, mut y) = (area.x + indent, area.y + 1);
    for (i, (anchor, style)) in anchors.iter().enumerate() {
        let columns = u16::try_from(width(anchor)).unwrap_or(u16::MAX);
        let separator = if i > 0 { 3 } else { 0 };
        if i > 0 && x.saturating_add(separator + columns) > area.right() {
            (x, y) = (area.x + indent, y + 1);
        } else if i > 0 {
            buffer.set_string(x, y, " · ", styles.faint);
            x += separator;
        }
        if y >= area.bottom() {
            break;
        }
        let room = usize::from(area.right().saturating_sub(x));
        (x, _) = buffer.set_stringn(x, y, anchor, room, *style);
    }
}

/// The answer as it stands; the strategy may follow from the bet.
fn answer(field: Field, idea: &Idea, score: &Score) -> Option<Rating> {
    match (field, idea.get(field)) {
        (_, Some(Value::Rating(rating))) => Some(rating),
        (Field::Rating(Criterion::Strategy), None) => {
            let known = !score.missing[Criterion::Strategy.index()];
            known.then_some(score.strategy).and_then(rounded)
        }
        _ => None,
    }
}

fn rounded(rating: Rating) -> Option<Rating> {
    let round = |value: f64| (value * 10.0).round() / 10.0;
    Rating::range(round(rating.low()), round(rating.high()))
}
