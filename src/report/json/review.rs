//! Traction and promises of an idea in JSON.

use serde_json::{Value as Json, json};

use crate::domain::{Idea, Promise};
use crate::judge::{
    Attention, EffortUnit, PromiseStanding, TimeSpent, Urgency, hours_within, tag_rollups,
};
use crate::report::{Line, Ranking, agenda};

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
        "why_due": review.urgency.map(Urgency::id),
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

/// `prospect review --json`: every idea, those that need a decision first.
pub(super) fn reviews(ranking: &Ranking<'_>, spent: &TimeSpent) -> Json {
    let ideas: Vec<Json> = agenda(ranking).into_iter().map(|line| review(ranking, line)).collect();
    let id = |position: usize| &ranking.portfolio.ideas()[position].id;
    let directions = tag_rollups(ranking.portfolio, &ranking.settings.stall, ranking.as_of);
    let directions: Vec<Json> = directions
        .iter()
        .map(|direction| {
            json!({
                "tag": direction.tag,
                "ids": direction.positions.iter().map(|at| id(*at)).collect::<Vec<_>>(),
                "verdict": direction.traction.verdict.id(),
                "sentence": direction.traction.sentence(&ranking.settings.stall),
                "hours": direction.traction.effort.hours,
            })
        })
        .collect();
    let hours = hours_within(ranking.portfolio, TimeSpent::DAYS, ranking.as_of);
    let hours: Vec<Json> =
        hours.into_iter().map(|(at, hours)| json!({ "id": id(at), "hours": hours })).collect();
    json!({
        "as_of": ranking.as_of.to_string(),
        "ideas": ideas,
        "directions": directions,
        "attention": ranking.attention.as_ref().map(Attention::sentence),
        "hours_last_month": hours,
        "time": super::calibration::time(spent),
    })
}
