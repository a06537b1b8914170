//! The weights: what may be said about them, and a bar for each.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use crate::domain::Criterion;
use crate::judge::taste::{Difference, LEAST_DUELS, LEAST_IDEAS, Taste, TasteStudy};
use crate::text::sanitize;
use crate::tui::theme::Styles;
use crate::tui::widgets::Slider;

use super::draw::{NAME, below, put};

/// Columns for a stated weight behind its name.
const STATED: u16 = 6;

/// Columns for what is revealed, behind the bar.
const REVEALED: u16 = 25;

/// No bar is longer: on a wide terminal there would be nothing more to see.
const LONGEST_BAR: u16 = 64;

/// What may be said about the weights, in one line.
pub(super) fn headline(study: &TasteStudy) -> String {
    let Taste { duels, ideas, .. } = &study.taste;
    if !study.taste.is_enough() {
        return format!(
            "{duels} of at least {LEAST_DUELS} answers, about {ideas} of at least {LEAST_IDEAS} \
             ideas: too few to say"
        );
    }
    let said = |wanted: Difference| -> Vec<&str> {
        let these = Criterion::ALL.into_iter();
        let these = these.filter(|criterion| study.taste.difference(*criterion) == Some(wanted));
        these.map(Criterion::id).collect()
    };
    let (more, less) = (said(Difference::More), said(Difference::Less));
    match (more.is_empty(), less.is_empty()) {
        (true, true) => "No sure difference between what you say and what you choose".to_owned(),
        (false, true) => format!("You weigh {} more than you say", more.join(" and ")),
        (true, false) => format!("You weigh {} less than you say", less.join(" and ")),
        (false, false) => format!(
            "You weigh {} more than you say, and {} less",
            more.join(" and "),
            less.join(" and ")
        ),
    }
}

/// What the weights are read from.
pub(super) fn facts(study: &TasteStudy) -> String {
    let Taste { duels, ideas, .. } = &study.taste;
    let mut facts = match duels {
        0 => "nothing to read weights from yet".to_owned(),
        _ if !study.taste.is_enough() => "the bars show what the weights may be".to_owned(),
        _ => format!("from {duels} answers about {ideas} ideas"),
    };
    if study.adopted {
        facts += ", set against the weights you stated first";
    }
    let others: usize = study.others.values().sum();
    if others > 0 {
        facts += &format!("; not counted: {others} of {}", names(study));
    }
    facts
}

pub(super) fn names(study: &TasteStudy) -> String {
    let names: Vec<&str> = study.others.keys().map(String::as_str).collect();
    match names.as_slice() {
        [.., _] if names.len() > 3 => format!("{} other people", names.len()),
        _ => sanitize(&names.join(" and ")).into_owned(),
    }
}

/// Stated weights beside revealed ones: a heading and a row each.
pub(super) fn draw(study: &TasteStudy, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let is_enough = study.taste.is_enough();
    let scale = scale(study);
    let x = area.x + NAME as u16 + STATED + 2;
    let columns = area.right().saturating_sub(x + REVEALED).min(LONGEST_BAR);
    let bar_end = x + columns;
    put("weight     stated", area, 0, styles.quiet, buffer);
    let (legend, heading) = if is_enough {
        ("○ stated ● revealed ━ 80 % range", "your duels say")
    } else {
        ("○ stated ━ 80 % range", "too few to say")
    };
    let head = Rect { x, width: columns, ..area };
    put(legend, head, 0, styles.quiet, buffer);
    put(heading, Rect { x: bar_end + 1, width: REVEALED, ..area }, 0, styles.quiet, buffer);
    for (criterion, row) in Criterion::ALL.into_iter().zip(below(area, 1).rows()) {
        let at = criterion.index();
        let (stated, weight) = (study.stated[at], study.taste.weights[at]);
        put(criterion.id(), row, 0, styles.text, buffer);
        let percent = format!("{:>4.0} %", stated * 100.0);
        buffer.set_string(row.x + NAME as u16, row.y, percent, styles.text);
        let bar = Rect { x, width: columns, ..row };
        let interval = (weight.low / scale, weight.high / scale);
        Slider {
            value: is_enough.then_some(weight.mean / scale),
            before: stated / scale,
            holds: (study.taste.duels > 0).then_some(interval),
            knob: styles.strong,
            heavy: styles.bar,
            line: styles.faint,
        }
        .render(bar, buffer);
        if !is_enough {
            continue;
        }
        let [mean, low, high] = [weight.mean, weight.low, weight.high].map(|share| share * 100.0);
        let text = format!("{mean:>4.0} %  {:<9}", format!("{low:.0}–{high:.0} %"));
        let (word, style) = match study.taste.difference(criterion) {
            Some(Difference::More) => ("▲ more", styles.caution),
            Some(Difference::Less) => ("▼ less", styles.caution),
            None => ("", styles.text),
        };
        let (x, _) = buffer.set_stringn(bar_end + 1, row.y, text, 17, styles.text);
        buffer.set_string(x, row.y, word, style);
    }
}

/// The weight at the right end of the bars: the tenth above all that is shown.
fn scale(study: &TasteStudy) -> f64 {
    let highs = study.taste.weights.iter().map(|weight| weight.high);
    let most = highs.chain(study.stated).fold(0.0, f64::max);
    ((most * 10.0).ceil() / 10.0).clamp(0.1, 1.0)
}
