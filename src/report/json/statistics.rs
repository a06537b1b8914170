//! Robustness, comparisons of two ideas, calibration and results of practice in JSON.

use serde_json::{Map, Value as Json, json};

use super::{place, printed};
use crate::domain::{Activity, CardOutcome, Criterion, Date, Deck, Outcome, Portfolio, Problem};
use crate::judge::{
    Bin, Calibration, FEW, ForecastHistory, Practice, Quarter, Selection, Side, TimeSpent,
    TippingPoint, WeightInterval,
};
use crate::report::{IdeaComparison, Robustness};

/// `prospect robust --json`. `stability` is how far each weight may move before
/// the top changes; `stability_first` and `stability_order` are the same for
/// the first place and for the whole order.
pub fn robustness_json<'a>(
    robustness: &Robustness<'_>,
    as_of: Date,
    broken: impl IntoIterator<Item = &'a Problem>,
) -> String {
    let id = |place: usize| robustness.ideas[place].id.as_str();
    let ideas: Vec<Json> =
        robustness.acceptability.iter().map(|own| idea(robustness, own.position)).collect();
    let stability = |of: fn(&crate::judge::Stability) -> &WeightInterval| -> Map<String, Json> {
        let ends = robustness.stability.iter().map(|it| (it.criterion, of(it)));
        ends.map(|(criterion, it)| (criterion.id().to_owned(), json!([it.low, it.high]))).collect()
    };
    let questions: Vec<Json> = robustness
        .questions
        .iter()
        .map(|question| {
            json!({
                "id": id(question.position),
                "input": question.input.id(),
                "gain": question.gain,
                "threshold": question.threshold,
                "chance": question.chance,
                "rival": id(question.rival),
                "sentence": question.sentence(&robustness.ideas, robustness.top),
            })
        })
        .collect();
    let bands = robustness.bands.iter().filter(|band| band.len() > 1);
    let bands: Vec<Vec<&str>> = bands.map(|band| band.clone().map(id).collect()).collect();
    printed(&json!({
        "as_of": as_of.to_string(),
        "samples": robustness.draws,
        "weights": robustness.spread.id(),
        "top": robustness.top,
        "ideas": ideas,
        "stability": stability(|it| &it.top),
        "stability_first": stability(|it| &it.first),
        "stability_order": stability(|it| &it.order),
        "questions": questions,
        "ties": bands,
        "broken": broken.into_iter().map(place).collect::<Vec<_>>(),
    }))
}

fn idea(robustness: &Robustness<'_>, position: usize) -> Json {
    let own = &robustness.acceptability[position];
    let tipping = robustness.tipping.iter().find(|(at, _)| *at == position);
    let tipping: Vec<Json> = tipping
        .into_iter()
        .flat_map(|(_, points)| points)
        .map(|point| tip(point, robustness.top))
        .collect();
    json!({
        "rank": robustness.ranks[position],
        "id": robustness.ideas[position].id,
        "title": robustness.ideas[position].title,
        "acceptability": own.ranks,
        "p_top_k": own.top,
        "central_weights": own.central_weights.map(|weights| by_criterion(&weights)),
        "confidence": robustness.confidence[position],
        "tipping_points": tipping,
    })
}

fn tip(point: &TippingPoint, top: usize) -> Json {
    json!({
        "input": point.input.id(),
        "at": point.at,
        "side": if point.side == Side::Below { "below" } else { "above" },
        "enters": point.enters,
        "change": point.change,
        "sentence": point.sentence(top),
    })
}

fn by_criterion(values: &[f64]) -> Map<String, Json> {
    let named = Criterion::ALL.iter().zip(values);
    named.map(|(criterion, value)| (criterion.id().to_owned(), json!(value))).collect()
}

#[must_use]
pub fn comparison_json(pair: &IdeaComparison<'_>, as_of: Date) -> String {
    let terms = pair.terms.as_ref().map(|comparison| {
        let terms = comparison.terms.iter().map(|term| {
            json!({
                "name": term.part.id(),
                "left": term.left,
                "right": term.right,
                "difference": term.difference(),
            })
        });
        terms.collect::<Vec<_>>()
    });
    let comparison = pair.terms.as_ref();
    printed(&json!({
        "as_of": as_of.to_string(),
        "left": pair.left.id,
        "right": pair.right.id,
        "score_left": comparison.map(|it| it.left),
        "score_right": comparison.map(|it| it.right),
        "difference": comparison.map(crate::judge::Comparison::difference),
        "terms": terms,
        "p_left_better": pair.chance,
        "sentence": pair.sentence(),
    }))
}

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

/// `prospect practice --json`; figures that need a forecast are null without one.
#[must_use]
pub fn practice_json(deck: &Deck, practice: &Practice) -> String {
    let calibration = practice.calibration.as_ref();
    let backed: Map<String, Json> = CardOutcome::ALL
        .iter()
        .zip(practice.backed)
        .map(|(fate, of)| (fate.id().to_owned(), json!({ "backed": of.backed, "of": of.of })))
        .collect();
    let correlations: Map<String, Json> = Criterion::ALL
        .into_iter()
        .map(|criterion| {
            let correlation = practice.correlations[criterion.index()].map(|correlation| {
                json!({
                    "n": correlation.n,
                    "with_chance": correlation.with_chance,
                    "with_outcome": correlation.with_outcome,
                    "noise": correlation.noise(),
                })
            });
            (criterion.id().to_owned(), json!(correlation))
        })
        .collect();
    super::printed(&json!({
        "deck": deck.name,
        "cards": practice.of,
        "answered": practice.answered,
        "known": practice.known,
        "forecasts": calibration.map_or(0, |calibration| calibration.resolved),
        "too_few": calibration.is_none_or(|calibration| calibration.resolved < FEW),
        "brier": calibration.map(|calibration| calibration.brier),
        "base_rate": calibration.map(|calibration| calibration.base_rate),
        "skill": calibration.and_then(|calibration| calibration.skill),
        "bins": calibration.map_or_else(Vec::new, |c| c.bins.iter().map(of_bin).collect()),
        "backed": backed,
        "pairs": practice.pairs,
        "concordance": practice.by_chance,
        "rated_pairs": practice.by_score.0,
        "score_concordance": practice.by_score.1,
        "leanings": correlations,
    }))
}
