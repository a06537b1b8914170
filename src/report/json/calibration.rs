//! Calibration in JSON.

use serde_json::{Map, Value as Json, json};

use crate::domain::{Activity, Date, Outcome, Portfolio};
use crate::judge::{Bin, Calibration, FEW, ForecastHistory, Quarter, Selection, TimeSpent};

/// `prospect calibration --json`; figures that need a resolved promise are null
/// without one.
pub(super) fn calibration(
    history: &ForecastHistory,
    selection: &Selection,
    spent: &TimeSpent,
    portfolio: &Portfolio,
    as_of: Date,
) -> Json {
    json!({
        "as_of": as_of.to_string(),
        "promises": of_forecasts(history.of_promises().as_ref()),
        "forecasts": of_forecasts(history.of_forecasts().as_ref()),
        "together": of_forecasts(history.of_all().as_ref()),
        "quarters": history.quarters().iter().map(of_quarter).collect::<Vec<_>>(),
        "selection": of_selection(selection, portfolio),
        "time": time(spent),
    })
}

/// Where the time of the last month went.
pub(super) fn time(spent: &TimeSpent) -> Json {
    let each = Activity::ALL.iter().zip(spent.choosing);
    let each: Map<String, Json> =
        each.map(|(on, hours)| (on.id().to_owned(), json!(hours))).collect();
    json!({
        "days": TimeSpent::DAYS,
        "choosing": spent.hours_choosing(),
        "by_screen": each,
        "duels": spent.duels,
        "logged": spent.logged,
    })
}

fn of_quarter(quarter: &Quarter) -> Json {
    let Quarter { year, quarter, n, error } = quarter;
    json!({
        "quarter": format!("{year}-Q{quarter}"),
        "n": n,
        "mean_error": error,
        "coin": Quarter::COIN,
    })
}

fn of_forecasts(calibration: Option<&Calibration>) -> Json {
    let resolved = calibration.map_or(0, |calibration| calibration.resolved);
    json!({
        "resolved": resolved,
        "kept": calibration.map_or(0, |calibration| calibration.kept),
        "expected": calibration.map_or(0.0, |calibration| calibration.expected),
        "too_few": resolved < FEW,
        "brier": calibration.map(|calibration| calibration.brier),
        "log_score": calibration.map(|calibration| calibration.log_score),
        "base_rate": calibration.map(|calibration| calibration.base_rate),
        "skill": calibration.and_then(|calibration| calibration.skill),
        "spiegelhalter_z": calibration.and_then(|calibration| calibration.spiegelhalter_z),
        "p_so_few": calibration.map(|calibration| calibration.p_so_few),
        "p_so_many": calibration.map(|calibration| calibration.p_so_many),
        "miscalibration": calibration.map(|calibration| calibration.decomposition.miscalibration),
        "discrimination": calibration.map(|calibration| calibration.decomposition.discrimination),
        "uncertainty": calibration.map(|calibration| calibration.decomposition.uncertainty),
        "recalibration": calibration.and_then(|calibration| calibration.recalibration).map(
            |recalibration| json!({
                "offset": recalibration.offset,
                "slope": recalibration.slope,
            }),
        ),
        "advice": calibration.map(Calibration::advice),
        "bins": calibration.map_or_else(Vec::new, |c| c.bins.iter().map(of_bin).collect()),
    })
}

pub(super) fn of_bin(bin: &Bin) -> Json {
    let Bin { from, to, n, kept, low, high } = bin;
    json!({ "from": from, "to": to, "n": n, "kept": kept, "low": low, "high": high })
}

fn of_selection(selection: &Selection, portfolio: &Portfolio) -> Json {
    let outcomes: Map<String, Json> = Outcome::ALL
        .iter()
        .map(|outcome| (outcome.id().to_owned(), json!(selection.count(*outcome))))
        .collect();
    let judged: Vec<Json> = selection
        .judged
        .iter()
        .map(|judged| {
            json!({
                "id": portfolio.ideas()[judged.position].id,
                "outcome": judged.outcome.id(),
                "abandoned": judged.abandoned,
                "score": judged.score,
                "decided": judged.decided.map(|day| day.to_string()),
                "pull": judged.pull,
            })
        })
        .collect();
    json!({
        "judged": selection.judged.len(),
        "outcomes": outcomes,
        "pairs": selection.pairs,
        "concordance": selection.concordance,
        "duel_pairs": selection.duel_pairs,
        "duel_concordance": selection.duel_concordance,
        "ideas": judged,
    })
}
