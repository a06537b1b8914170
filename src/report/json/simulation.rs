//! A simulation in JSON.

use serde_json::{Value as Json, json};

use crate::judge::simulate::{
    GLANCES, Glance, LIFETIMES, Lifetime, LifetimeShape, StallSimulation,
};
use crate::report::LabelledReport;

/// `prospect simulate stall --json`.
pub(super) fn stall(simulation: &StallSimulation) -> Json {
    let glances = GLANCES.iter().flat_map(|&n| simulation.glance(n)).map(|one| glance(&one));
    let lives = LIFETIMES.iter().flat_map(|&n| LifetimeShape::ALL.map(|shape| (n, shape)));
    let lives = lives.flat_map(|(n, shape)| simulation.lifetimes(n, shape));
    let rows: Vec<Json> = glances.chain(lives.map(|one| lifetime(&one))).collect();
    json!({
        "settings": { "what": "stall", "runs": simulation.runs, "seed": simulation.seed },
        "rows": rows,
    })
}

fn glance(glance: &Glance) -> Json {
    json!({
        "look": "once",
        "observations": glance.observations,
        "rule": glance.spotter.id(),
        "auroc": glance.auroc,
        "power_at_10_percent": glance.power_at_tenth,
        "false_alarms": glance.false_alarms,
        "power": glance.power,
    })
}

fn lifetime(lifetime: &Lifetime) -> Json {
    json!({
        "look": "lifetime",
        "entries": lifetime.entries,
        "shape": lifetime.shape.id(),
        "rule": lifetime.spotter.id(),
        "called": lifetime.called,
        "early": lifetime.early,
        "median_delay": lifetime.median_delay,
        "watched": lifetime.watched,
    })
}

/// `prospect simulate labelled --json`.
pub(super) fn labelled(report: &LabelledReport<'_>) -> Json {
    let rows: Vec<Json> = report
        .rows
        .iter()
        .flat_map(|row| {
            row.groups.iter().zip(report.groups()).map(|(group, (label, n))| {
                json!({
                    "rule": row.spotter.id(),
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
