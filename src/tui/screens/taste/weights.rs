//! The weights: what may be said about them, a bar for each, and what would change if
//! the revealed ones were adopted.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::domain::{CRITERIA, Criterion};
use crate::judge::taste::{Difference, Taste, TasteStudy};
use crate::text::{count, fit, sanitize, shorten, wrap};
use crate::tui::jobs::taste::{Move, TasteFindings};
use crate::tui::screens::rating::criterion_name;
use crate::tui::theme::Styles;
use crate::tui::widgets::{Page, Slider, below, draw_lines, put};
use crate::tui::world::World;

/// Columns for the name of a criterion, and for the label of a sentence.
pub(super) const NAME: usize = 11;

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

/// Stated weights beside revealed ones: what they are read from, a legend, and a row each.
pub(super) fn draw(study: &TasteStudy, styles: &Styles, area: Rect, buf: &mut Buffer) {
    let heading = "What your duels say you care about";
    put(heading, area, 0, styles.accent, buf);
    let behind = Rect { x: area.x + 41, width: area.width.saturating_sub(41), ..area };
    put(&facts(study), behind, 0, styles.quiet, buf);
    let is_enough = study.taste.is_enough();
    let scale = scale(study);
    let x = area.x + NAME as u16 + STATED + 2;
    let columns = area.right().saturating_sub(x + WORDS).min(LONGEST_BAR);
    let legend = below(area, 1);
    let legend =
        Rect { x: area.x + NAME as u16, width: area.right() - area.x - NAME as u16, ..legend };
    put("you say  ○ stated  ━ what the duels allow (80 %)", legend, 0, styles.quiet, buf);
    for (criterion, row) in Criterion::ALL.into_iter().zip(below(area, 2).rows()) {
        let at = criterion.index();
        let (stated, weight) = (study.stated[at], study.taste.weights[at]);
        put(criterion_name(criterion), row, 0, styles.text, buf);
        let percent = format!("{:>4.0} %", stated * 100.0);
        buf.set_string(row.x + NAME as u16, row.y, percent, styles.text);
        let interval = (weight.low / scale, weight.high / scale);
        Slider {
            value: None,
            before: stated / scale,
            holds: (study.taste.duels > 0).then_some(interval),
            knob: styles.strong,
            heavy: styles.bar,
            line: styles.faint,
        }
        .render(Rect { x, width: columns, ..row }, buf);
        let (word, style) = match study.taste.difference(criterion) {
            _ if !is_enough => ("too few to say", styles.quiet),
            Some(Difference::More) => ("more than you say", styles.caution),
            Some(Difference::Less) => ("less than you say", styles.caution),
            None => ("as you say", styles.quiet),
        };
        let room = usize::from(WORDS - 1);
        buf.set_stringn(x + columns + 2, row.y, word, room, style);
    }
}

/// The weight at the right end of the bars: the tenth above all that is shown.
fn scale(study: &TasteStudy) -> f64 {
    let highs = study.taste.weights.iter().map(|weight| weight.high);
    let most = highs.chain(study.stated).fold(0.0, f64::max);
    ((most * 10.0).ceil() / 10.0).clamp(0.1, 1.0)
}

/// Rows above the ranking: a title, the weights with their heading, a gap.
const HEAD: u16 = 9;

/// Rows below it for what follows from adopting.
const FOOT: usize = 4;

/// The furthest that the ranking can be scrolled.
pub(super) fn last_line(findings: &TasteFindings, world: &World) -> usize {
    let rows = usize::from(world.room().height.saturating_sub(HEAD)).saturating_sub(FOOT);
    findings.moves.len().saturating_sub(rows)
}

/// Draws the weights before and after, and the ranking that would follow.
pub(super) fn draw_adoption(
    findings: &TasteFindings,
    at: usize,
    world: &World,
    styles: &Styles,
    area: Rect,
    buf: &mut Buffer,
) {
    let study = &findings.study;
    put("Adopt what your duels reveal? y does, n leaves everything", area, 0, styles.strong, buf);
    put("weight          now      then", area, 1, styles.quiet, buf);
    let revealed = study.revealed();
    for (criterion, row) in Criterion::ALL.into_iter().zip(below(area, 2).rows()) {
        let index = criterion.index();
        let [now, then] = [study.stated[index], revealed[index]].map(|share| share * 100.0);
        let arrow = match then - now {
            change if change > 0.05 => "▲",
            change if change < -0.05 => "▼",
            _ => " ",
        };
        let text =
            format!("{}{now:>6.1} % → {then:>5.1} % {arrow}", fit(criterion_name(criterion), 12));
        put(&text, row, 0, styles.text, buf);
    }
    let stay = findings.moves.iter().filter(|one| one.rise() == 0).count();
    let heading =
        format!("The ranking then; {stay} of {} stay where they are", findings.moves.len());
    put(&heading, area, HEAD - 1, styles.accent, buf);
    let notes = consequences(findings, usize::from(area.width));
    let foot = u16::try_from(FOOT).unwrap_or(u16::MAX);
    let list = below(area, HEAD);
    let list = Rect { height: list.height.saturating_sub(foot), ..list };
    let lines: Vec<Line<'static>> = findings
        .moves
        .iter()
        .map(|one| moved(one, world, styles, usize::from(list.width)))
        .collect();
    Page { lines: &lines, scroll: at, styles }.render(list, buf);
    let notes: Vec<Line<'static>> =
        notes.into_iter().map(|note| Line::styled(note, styles.quiet)).collect();
    let rows = u16::try_from(notes.len()).unwrap_or(u16::MAX);
    draw_lines(&notes, below(area, area.height.saturating_sub(rows)), buf);
}

fn moved(one: &Move, world: &World, styles: &Styles, columns: usize) -> Line<'static> {
    let rank = one.after.map_or_else(|| "·".to_owned(), |rank| rank.to_string());
    let (arrow, style) = match one.rise() {
        0 => (String::new(), styles.text),
        rise if rise > 0 => (format!("▲{rise}"), styles.good),
        fall => (format!("▼{}", -fall), styles.caution),
    };
    let title = world.portfolio.title_of(&one.id);
    let title = shorten(&sanitize(title), columns.saturating_sub(10)).into_owned();
    Line::from(vec![
        Span::styled(format!("{rank:>3}  "), styles.text),
        Span::styled(fit(&arrow, 5), style),
        Span::styled(title, styles.text),
    ])
}

/// What else follows from adopting, at most [`FOOT`] lines with a gap.
fn consequences(findings: &TasteFindings, columns: usize) -> Vec<String> {
    let mut text = if findings.study.adopted {
        "The weights that you stated first stay in [taste] of prospect.toml: no duel counts twice."
            .to_owned()
    } else {
        "What you state now is kept as [taste] in prospect.toml, so that no duel counts twice."
            .to_owned()
    };
    if !findings.study.others.is_empty() {
        text += " The weights are those of the workspace: they change for everybody in it.";
    }
    let mut lines = wrap(&text, columns);
    lines.truncate(FOOT - 1);
    lines
}
