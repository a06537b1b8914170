//! How far forecasts can be trusted, for a person.

use super::number;
use super::page::Page;
use crate::domain::{Outcome, Portfolio};
use crate::judge::{Bin, Calibration, FEW, Selection};
use crate::text::fit;

/// `prospect calibration`, in lines of at most `columns`.
#[must_use]
pub fn calibration_text(
    promises: Option<&Calibration>,
    selection: &Selection,
    portfolio: &Portfolio,
    columns: usize,
) -> String {
    let mut page = Page::new(columns);
    page.title("Calibration", "how far your forecasts and your choices can be trusted");
    page.heading("Promises");
    match promises {
        None => page.item("", "no promise with a chance has been kept or missed yet"),
        Some(calibration) => of_forecasts(&mut page, calibration, "kept"),
    }
    page.heading("Selection");
    of_selection(&mut page, selection, portfolio);
    page.into_text()
}

/// What is to be said about forecasts; `held` is the word for one that did.
pub(super) fn of_forecasts(page: &mut Page, calibration: &Calibration, held: &str) {
    let Calibration { resolved, kept, expected, .. } = calibration;
    page.item("", &format!("{kept} of {resolved} {held}; {} to be expected", number(*expected)));
    if *resolved < FEW {
        let few = "too few to judge: even a twofold overconfidence would hardly show";
        page.item("", &format!("{resolved} of {FEW}: {few}"));
    }
    let brier = &calibration.decomposition;
    page.item(
        "",
        &format!(
            "Brier score {:.3} (0 is best): miscalibration {:.3}, discrimination {:.3}, \
             uncertainty {:.3}",
            calibration.brier, brier.miscalibration, brier.discrimination, brier.uncertainty
        ),
    );
    if let Some(skill) = calibration.skill {
        let (log, rate) = (calibration.log_score, calibration.base_rate);
        let than = "against always saying the same";
        page.item(
            "",
            &format!("skill {skill:.2} {than}, {:.0} %; log score {log:.3}", rate * 100.0),
        );
    }
    if let Some(z) = calibration.spiegelhalter_z {
        let (few, many) = (calibration.p_so_few, calibration.p_so_many);
        page.item(
            "",
            &format!(
                "if your chances are right: so few {:.0} %, so many {:.0} % of the time; \
                 Spiegelhalter's z {z:.2}",
                few * 100.0,
                many * 100.0
            )
            .replace("z -", "z −"),
        );
    }
    for Bin { from, to, n, kept, low, high } in &calibration.bins {
        let said = format!("{:.0}–{:.0} %", from * 100.0, to * 100.0);
        let share = format!("{kept} of {n} {held}, 80 % interval");
        let text = format!("{share} {:.0}–{:.0} %", low * 100.0, high * 100.0);
        page.item(&format!("{}  ", fit(&said, 9)), &text);
    }
    if let Some(recalibration) = calibration.recalibration {
        let worth = [0.3, 0.5, 0.7, 0.9].map(|chance| {
            format!("{:.0} → {:.0} %", chance * 100.0, recalibration.apply(chance) * 100.0)
        });
        page.item("", &format!("what a chance may be worth: {}", worth.join(", ")));
    }
}

fn of_selection(page: &mut Page, selection: &Selection, portfolio: &Portfolio) {
    if selection.judged.is_empty() {
        return page.item("", "no hindsight yet: second looks in the review ask for it");
    }
    let counts =
        Outcome::ALL.iter().map(|outcome| format!("{} {outcome}", selection.count(*outcome)));
    page.item(
        "",
        &format!("of what was dropped or done: {}", counts.collect::<Vec<_>>().join(", ")),
    );
    for regret in selection.regrets() {
        page.item(
            "",
            &format!("given up, and it mattered: {}", portfolio.ideas()[regret.position].title),
        );
    }
    match selection.concordance {
        Some(share) if selection.pairs >= FEW => {
            let text = "the score puts what mattered above what did not";
            page.item(
                "",
                &format!("{text} in {:.0} % of {} pairs", share * 100.0, selection.pairs),
            );
        }
        _ => page.item("", "too few to set against the scores"),
    }
}
