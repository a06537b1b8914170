//! Calibration of forecasts, for people.

use super::text_page::Page;
use crate::domain::Portfolio;
use crate::judge::{Calibration, ForecastHistory, Quarter, Selection, TimeSpent};
use crate::text::count;

/// `prospect calibration`, in lines of at most `columns`.
#[must_use]
pub fn calibration_text(
    history: &ForecastHistory,
    selection: &Selection,
    spent: &TimeSpent,
    portfolio: &Portfolio,
    columns: usize,
) -> String {
    let mut page = Page::new(columns);
    page.title("Calibration", "how far your forecasts and your choices can be trusted");
    page.heading("Promises");
    match history.of_promises() {
        None => page.item("", "no promise with a chance has been kept or missed yet"),
        Some(calibration) => of_forecasts(&mut page, &calibration, "kept"),
    }
    page.heading("Forecasts");
    match history.of_forecasts() {
        None => page.item("", "no forecast has been judged yet: prospect forecast makes one"),
        Some(calibration) => of_forecasts(&mut page, &calibration, "came true"),
    }
    if let Some(calibration) = history.of_all() {
        page.heading("Both together");
        let Calibration { resolved, kept, .. } = calibration;
        page.item("", &format!("{kept} of {resolved} came true"));
        for Quarter { year, quarter, n, error } in history.quarters() {
            let resolved = count(n, "forecast");
            let coin = Quarter::COIN;
            let text = format!("mean error {error:.2} (a coin: {coin}), {resolved}");
            page.item(&format!("{year} Q{quarter}  "), &text);
        }
        page.item("", &calibration.advice());
    }
    page.heading("Selection");
    of_selection(&mut page, selection, portfolio);
    page.heading("Time");
    page.item("", &spent.sentence());
    page.into_text()
}

/// What is to be said about forecasts; `held` is the word for one that did.
pub(super) fn of_forecasts(page: &mut Page, calibration: &Calibration, held: &str) {
    for (label, text) in calibration.statistics(held) {
        page.item(&label, &text);
    }
}

fn of_selection(page: &mut Page, selection: &Selection, portfolio: &Portfolio) {
    if selection.judged.is_empty() {
        return page.item("", "no hindsight yet: second looks in the review ask for it");
    }
    page.item("", &format!("of what was dropped or done: {}", selection.outcomes()));
    for regret in selection.regrets() {
        page.item(
            "",
            &format!("given up, and it mattered: {}", portfolio.ideas()[regret.position].title),
        );
    }
    for said in selection.comparisons() {
        page.item("", &said);
    }
}
