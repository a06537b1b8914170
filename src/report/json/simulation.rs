//! A simulation in JSON.

use serde_json::{Value as Json, json};

use crate::judge::simulate::{
    LIFETIME_ENTRIES, Lifetime, LifetimeShape, SINGLE_LOOK_ENTRIES, SingleLook, StallSimulation,
};
use crate::report::LabelledReport;

pub(super) fn stall(simulation: &StallSimulation) -> Json {
    let looks = SINGLE_LOOK_ENTRIES
        .iter()
        .flat_map(|&n| simulation.single_look(n))
        .map(|look| single_look(&look));
    let lives = LIFETIME_ENTRIES.iter().flat_map(|&n| LifetimeShape::ALL.map(|shape| (n, shape)));
    let lives = lives.flat_map(|(n, shape)| simulation.lifetimes(n, shape));
    let rows: Vec<Json> = looks.chain(lives.map(|one| lifetime(&one))).collect();
    json!({
        "settings": { "what": "stall", "runs": simulation.runs, "seed": simulation.seed },
        "rows": rows,
    })
}

fn single_look(look: &SingleLook) -> Json {
    json!({
        "look": "once",
        "observations": look.observations,
        "rule": look.detector.id(),
        "auroc": look.auroc,
        "power_at_10_percent": look.power_at_tenth,
        "false_alarms": look.false_alarms,
        "power": look.power,
    })
}

fn lifetime(lifetime: &Lifetime) -> Json {
    json!({
        "look": "lifetime",
        "entries": lifetime.entries,
        "shape": lifetime.shape.id(),
        "rule": lifetime.detector.id(),
        "called": lifetime.called,
        "early": lifetime.early,
        "median_delay": lifetime.median_delay,
        "watched": lifetime.watched,
    })
}

pub(super) fn labelled(report: &LabelledReport<'_>) -> Json {
    let rows: Vec<Json> = report
        .rows
        .iter()
        .flat_map(|row| {
            row.groups.iter().zip(report.groups()).map(|(group, (label, n))| {
                json!({
                    "rule": row.detector.id(),
                    "label": label,
                    "n": n,
                    "auroc": group.auroc,
                    "standard_error": group.standard_error,
                    "false_alarms": row.false_alarms,
                    "power": group.power,
                })
            })
        })
        .collect();
    json!({
        "settings": {
            "what": "labelled",
            "healthy": report.logs.healthy.len(),
            "left_out": report.left_out,
        },
        "rows": rows,
    })
}
