//! The weights: what may be said about them, and a bar for each.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use crate::domain::{CRITERIA, Criterion};
use crate::judge::taste::{Difference, Taste, TasteStudy};
use crate::text::{count, sanitize};
use crate::tui::theme::Styles;
use crate::tui::widgets::Slider;

use super::layout::{NAME, below, put};

/// Columns for a stated weight behind its name.
const STATED: u16 = 6;

/// Columns for the words behind the bar.
const WORDS: u16 = 19;

/// No bar is longer: on a wide terminal there would be nothing more to see.
const LONGEST_BAR: u16 = 64;

/// A heading, a legend, and a row for each criterion.
pub(super) const ROWS: u16 = 2 + CRITERIA as u16;

/// What the weights are read from.
fn facts(study: &TasteStudy) -> String {
    let Taste { duels, ideas, .. } = &study.taste;
    format!("{}, {}", count(*duels, "answer"), count(*ideas, "idea"))
}

/// What else there is to say about them.
pub(super) fn notes(study: &TasteStudy) -> Vec<String> {
    let first = "Set against the weights that you stated first.".to_owned();
    let others: usize = study.others.values().sum();
    let not_counted = format!("Not counted: {} of {}.", count(others, "answer"), names(study));
    study.adopted.then_some(first).into_iter().chain((others > 0).then_some(not_counted)).collect()
}

pub(super) fn names(study: &TasteStudy) -> String {
    let names: Vec<&str> = study.others.keys().map(String::as_str).collect();
    match names.as_slice() {
        [.., _] if names.len() > 3 => format!("{} other people", names.len()),
        _ => sanitize(&names.join(" and ")).into_owned(),
    }
}

/// A criterion at the head of a row.
pub(super) const fn name(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Strategy => "bet",
        other => other.id(),
    }
}

/// Stated weights beside revealed ones: what they are read from, a legend, and a row each.
pub(super) fn draw(study: &TasteStudy, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let heading = "What your duels say you care about";
    put(heading, area, 0, styles.accent, buffer);
    let behind = Rect { x: area.x + 41, width: area.width.saturating_sub(41), ..area };
    put(&facts(study), behind, 0, styles.quiet, buffer);
    let is_enough = study.taste.is_enough();
    let scale = scale(study);
    let x = area.x + NAME as u16 + STATED + 2;
    let columns = area.right().saturating_sub(x + WORDS).min(LONGEST_BAR);
    let legend = below(area, 1);
    let legend =
        Rect { x: area.x + NAME as u16, width: area.right() - area.x - NAME as u16, ..legend };
    put("you say  ○ stated  ━ what the duels allow (80 %)", legend, 0, styles.quiet, buffer);
    for (criterion, row) in Criterion::ALL.into_iter().zip(below(area, 2).rows()) {
        let at = criterion.index();
        let (stated, weight) = (study.stated[at], study.taste.weights[at]);
        put(name(criterion), row, 0, styles.text, buffer);
        let percent = format!("{:>4.0} %", stated * 100.0);
        buffer.set_string(row.x + NAME as u16, row.y, percent, styles.text);
        let interval = (weight.low / scale, weight.high / scale);
        Slider {
            value: None,
            before: stated / scale,
            holds: (study.taste.duels > 0).then_some(interval),
            knob: styles.strong,
            heavy: styles.bar,
            line: styles.faint,
        }
        .render(Rect { x, width: columns, ..row }, buffer);
        let (word, style) = match study.taste.difference(criterion) {
            _ if !is_enough => ("too few to say", styles.quiet),
            Some(Difference::More) => ("more than you say", styles.caution),
            Some(Difference::Less) => ("less than you say", styles.caution),
            None => ("as you say", styles.quiet),
        };
        let room = usize::from(WORDS - 1);
        buffer.set_stringn(x + columns + 2, row.y, word, room, style);
    }
}

/// The weight at the right end of the bars: the tenth above all that is shown.
fn scale(study: &TasteStudy) -> f64 {
    let highs = study.taste.weights.iter().map(|weight| weight.high);
    let most = highs.chain(study.stated).fold(0.0, f64::max);
    ((most * 10.0).ceil() / 10.0).clamp(0.1, 1.0)
}
