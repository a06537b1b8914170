//! Results of practice in JSON.

use serde_json::{Map, Value as Json, json};

use crate::domain::{CardOutcome, Criterion, Deck};
use crate::judge::{FEW, Practice};

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
        "bins": calibration.map_or_else(Vec::new, |c| c.bins.iter().map(super::calibration::of_bin).collect()),
        "backed": backed,
        "pairs": practice.pairs,
        "concordance": practice.by_chance,
        "rated_pairs": practice.by_score.0,
        "score_concordance": practice.by_score.1,
        "leanings": correlations,
    }))
}
