//! The page Forecasts: how often what was foretold came true, and how well ideas
//! were chosen.

use ratatui::text::{Line, Span};

use crate::judge::{Bin, Calibration, FEW, Quarter};
use crate::text::{fit, wrap};
use crate::tui::jobs::taste::TasteFindings;
use crate::tui::theme::Styles;
use crate::tui::widgets::sparkline;
use crate::tui::world::World;

use super::layout::{NAME, page_rows};

/// Quarters that the mean error is drawn for, at most.
const QUARTERS: usize = 12;

/// The furthest that the page can be scrolled.
pub(super) fn last(findings: &TasteFindings, world: &World) -> usize {
    let columns = usize::from(world.room().width.saturating_sub(2));
    lines(findings, &Styles::default(), columns).len().saturating_sub(page_rows(world))
}

/// The page, in lines of at most so many columns.
pub(super) fn lines(
    findings: &TasteFindings,
    styles: &Styles,
    columns: usize,
) -> Vec<Line<'static>> {
    let mut lines = vec![Line::styled("How often what you foretold came true", styles.accent)];
    let mut say = |label: &str, text: &str| {
        for (at, text) in wrap(text, columns.saturating_sub(NAME)).into_iter().enumerate() {
            let label = if at == 0 { label } else { "" };
            lines.push(Line::from(vec![
                Span::styled(fit(label, NAME), styles.quiet),
                Span::styled(text, styles.text),
            ]));
        }
    };
    let mut groups = vec![("forecasts", &findings.forecasts), ("promises", &findings.promises)];
    if groups.iter().all(|(_, calibration)| calibration.is_some()) {
        groups.push(("both", &findings.foretold));
    }
    for (label, calibration) in groups {
        for (at, text) in shares(calibration.as_ref()).iter().enumerate() {
            say(if at == 0 { label } else { "" }, text);
        }
    }
    if let Some(all) = &findings.foretold {
        say("", &format!("mean error {} (a coin: {})", hundredths(all.brier), coin()));
        if let Some(quarters) = by_quarter(&findings.quarters) {
            say("quarters", &quarters);
        }
        say("", "");
        say("advice", &all.advice());
    }
    lines.push(Line::default());
    lines.push(Line::styled("How well you chose", styles.accent));
    let selection = &findings.selection;
    let mut said = Vec::new();
    if selection.judged.is_empty() {
        said.push("No hindsight yet: second looks in Review ask for it.".to_owned());
    } else {
        said.push(format!("Of what was dropped or done: {}.", selection.outcomes()));
        said.push(selection.comparisons()[0].clone());
    }
    let said = said.iter().flat_map(|text| wrap(text, columns));
    lines.extend(said.map(|text| Line::styled(text, styles.text)));
    lines
}

/// `said 70 %: 9 of 20 came true (28–64 %)` for each group of like chances.
fn shares(calibration: Option<&Calibration>) -> Vec<String> {
    let few = |n: usize| vec![format!("Too few to tell: {n} of {FEW}.")];
    let Some(calibration) = calibration else { return few(0) };
    if calibration.resolved < FEW {
        return few(calibration.resolved);
    }
    let percent = |share: f64| format!("{:.0}", share * 100.0);
    let bins = calibration.bins.iter().map(|Bin { from, to, n, kept, low, high }| {
        let said = percent(f64::midpoint(*from, *to));
        let (low, high) = (percent(*low), percent(*high));
        format!("said {said} %: {kept} of {n} came true ({low}–{high} %)")
    });
    bins.collect()
}

/// `▃▃▄▅ .31 → .22`: the mean error of each quarter, a low bar for a low error.
fn by_quarter(quarters: &[Quarter]) -> Option<String> {
    let recent = &quarters[quarters.len().saturating_sub(QUARTERS)..];
    let [first, .., last] = recent else { return None };
    let errors: Vec<f64> = recent.iter().map(|quarter| quarter.error).collect();
    let line = sparkline(&errors, 2.0 * Quarter::COIN, QUARTERS);
    Some(format!("{line}  {} → {}", hundredths(first.error), hundredths(last.error)))
}

fn coin() -> String {
    hundredths(Quarter::COIN)
}

/// `.25`
pub(super) fn hundredths(share: f64) -> String {
    let text = format!("{share:.2}");
    text.strip_prefix('0').map_or_else(|| text.clone(), str::to_owned)
}
