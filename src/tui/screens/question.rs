//! The question behind the number: always in sight while numbers are given.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::{BetInput, Criterion, Field, Idea, Question, Rating, Value};
use crate::judge::Score;
use crate::text::{shorten, width};
use crate::tui::theme::Styles;
use crate::tui::widgets::draw_lines;

use super::rating;

const CHANCE: Field = Field::BetInput(BetInput::Chance);

/// Rows that the question takes at a width.
pub(super) const fn rows(width: u16) -> u16 {
    if width >= 160 { 2 } else { 3 }
}

pub(super) fn draw(
    field: Field,
    idea: &Idea,
    score: &Score,
    styles: &Styles,
    area: Rect,
    buf: &mut Buffer,
) {
    let lines = lines(field, idea, score, styles, usize::from(area.width));
    draw_lines(&lines, area, buf);
}

/// What is rated, its question, and what the ends of the scale mean; the anchor
/// nearest to the answer stands out. For a chance also what the keys mean.
pub(super) fn lines(
    field: Field,
    idea: &Idea,
    score: &Score,
    styles: &Styles,
    columns: usize,
) -> Vec<Line<'static>> {
    let Some(question) = rating::question(field) else { return Vec::new() };
    let answer = answer(field, idea, score);
    let mut first = Line::from(Span::styled(
        format!(" {} ", rating::name(field).to_uppercase()),
        styles.accent,
    ));
    if answer.is_some() {
        first.push_span(Span::styled(rating::shown(field, answer), styles.strong));
        first.push_span(Span::raw("  "));
    }
    first.push_span(Span::raw(" "));
    let room = columns.saturating_sub(first.width() + 1);
    first.push_span(Span::styled(shorten(question.text, room).into_owned(), styles.text));
    let mut lines = vec![first];
    if rating::is_chance(field) {
        lines.extend(key_table(styles));
    }
    lines.extend(anchors(field, question, answer, styles, columns));
    lines
}

/// What the digits mean for a chance, and the other keys that answer.
fn key_table(styles: &Styles) -> [Line<'static>; 2] {
    let (mut keys, mut means) = (String::new(), String::new());
    for digit in (1..=9).chain([0]) {
        let chance = rating::shown(CHANCE, Some(rating::from_digit(CHANCE, digit)));
        let chance = chance.trim_end_matches(" %");
        let columns = width(chance).max(1) + 3;
        keys += &format!("{digit:>columns$}");
        means += &format!("{chance:>columns$}");
    }
    let row = |name: &'static str, cells: String, style, more: &'static str| {
        Line::from(vec![
            Span::styled(name, styles.quiet),
            Span::styled(cells, style),
            Span::styled(more, styles.quiet),
        ])
    };
    [
        row("   key  ", keys, styles.key, "      = another number"),
        row("   means", means, styles.text, " %    - unknown  ~ a range"),
    ]
}

/// What the ends and the middle of the scale mean, one after the other.
fn anchors(
    field: Field,
    question: &Question,
    answer: Option<Rating>,
    styles: &Styles,
    columns: usize,
) -> Vec<Line<'static>> {
    let share = answer.map(|answer| answer.middle() / rating::max(field));
    let near = |low: f64, high: f64| match share {
        Some(share) if (low..high).contains(&share) => styles.text,
        _ => styles.quiet,
    };
    let [low, middle, high] =
        if rating::is_chance(field) { ["", "", ""] } else { ["0–2 ", "5 ", "9–10 "] };
    let anchors = [
        (format!("{low}{}", question.low), near(0.0, 0.35)),
        (format!("{middle}{}", question.middle), near(0.35, 0.75)),
        (format!("{high}{}", question.high), near(0.75, 1.1)),
    ];
    let mut lines = vec![Line::raw("   ")];
    for (i, (anchor, style)) in anchors.into_iter().enumerate() {
        let Some(line) = lines.last_mut() else { break };
        if i > 0 && line.width() + 3 + width(&anchor) > columns {
            lines.push(Line::from(vec![Span::raw("   "), Span::styled(anchor, style)]));
            continue;
        }
        if i > 0 {
            line.push_span(Span::styled(" · ", styles.faint));
        }
        line.push_span(Span::styled(anchor, style));
    }
    lines
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
