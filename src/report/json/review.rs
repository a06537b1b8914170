//! What there is to say about the traction and the promises of an idea.

use serde_json::{Value as Json, json};

use crate::domain::{Idea, Promise};
use crate::judge::{EffortUnit, PromiseStanding};
use crate::report::{Line, Ranking};

/// One entry of the review.
pub(super) fn review(ranking: &Ranking<'_>, line: &Line<'_>) -> Json {
    let Line { idea, review, .. } = line;
    let traction = &review.traction;
    let outlook = traction.outlook.as_ref();
    let alternative = review.best_alternative.as_ref();
    let by_hours = traction.effort.unit == EffortUnit::Hours;
    json!({
        "id": idea.id,
        "status": idea.status.id(),
        "effective_status": review.effective_status.id(),
        "verdict": traction.verdict.id(),
        "sentence": traction.sentence(&ranking.settings.stall),
        "p_stalled": outlook.map(|outlook| outlook.p_stalled),
        "p_declining": outlook.map(|outlook| outlook.p_declining),
        "expected_gain": outlook.map(|outlook| outlook.expected_gain),
        "block_hours": by_hours.then_some(traction.block),
        "block_weeks": (!by_hours).then_some(traction.block),
        "hours": traction.effort.hours,
        "observations": traction.effort.observations.len(),
        "sunk_cost": review.sunk_cost,
        "best_alternative": alternative.map(|other| &ranking.portfolio.ideas()[other.position].id),
        "opportunity_cost": alternative.map(|other| other.opportunity_cost),
        "reasons": review.reasons,
        "promises": standings(idea, &review.promises),
        "due": review.due,
    })
}

fn standings(idea: &Idea, standings: &[PromiseStanding]) -> Vec<Json> {
    let each = standings.iter().map(|standing| (&idea.promises[standing.position], standing));
    each.map(|(promise, standing)| of_promise(promise, standing)).collect()
}

fn of_promise(promise: &Promise, standing: &PromiseStanding) -> Json {
    json!({
        "set": promise.set.map(|set| set.to_string()),
        "by": promise.by.to_string(),
        "claim": promise.claim,
        "traction": promise.traction,
        "chance": promise.chance,
        "state": standing.state.id(),
        "amended": standing.amended,
    })
}
