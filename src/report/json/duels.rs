//! Duels, taste and simulations in JSON.

use serde_json::{Map, Value as Json, json};

use crate::domain::Criterion;
use crate::judge::duel::Certainty;
use crate::judge::simulate::{
    DuelSimulation, LIFETIME_ENTRIES, Lifetime, LifetimeShape, SINGLE_LOOK_ENTRIES, ScenarioResult,
    SingleLook, StallSimulation, TasteRow, TasteSimulation,
};
use crate::judge::taste::TasteStudy;
use crate::report::LabelledReport;
use crate::report::duels::Standings;

pub(super) fn standings(standings: &Standings<'_>) -> Json {
    let round = &standings.round;
    let strengths = round.posterior.relative_strengths(round.contest.pool());
    let ideas = standings.order().into_iter().map(|entrant| {
        json!({
            "id": standings.id(entrant),
            "strength": strengths[entrant].value,
            "sd": strengths[entrant].deviation,
            "p_top_k": round.cut.chances()[entrant],
            "certainty": standings.certainty(entrant).map(Certainty::id),
        })
    });
    json!({
        "k": standings.k,
        "duels": round.contest.duels(),
        "expected_overlap": round.cut.expected_overlap(),
        "p_set": round.cut.whole_set(),
        "state": round.state().id(),
        "pairs_left": round.pairs_left(),
        "words": standings.summary(),
        "ideas": ideas.collect::<Vec<_>>(),
        "cycles": standings.cycles(),
        "tie_parameter": round.posterior.tie_parameter(),
    })
}

pub(super) fn pair(standings: &Standings<'_>) -> Json {
    let question = standings.round.next_pair;
    json!({
        "left": question.map(|question| standings.id(question.left)),
        "right": question.map(|question| standings.id(question.right)),
        "reason": standings.reason(),
    })
}

pub(super) fn taste(study: &TasteStudy) -> Json {
    let by_criterion = |value: &dyn Fn(Criterion) -> Json| {
        let entries = Criterion::ALL.map(|criterion| (criterion.id().to_owned(), value(criterion)));
        Json::Object(entries.into_iter().collect::<Map<_, _>>())
    };
    let revealed = |criterion: Criterion| {
        let weight = study.taste.weights[criterion.index()];
        json!({ "mean": weight.mean, "low": weight.low, "high": weight.high })
    };
    let disagreements = study.disagreements.iter().map(|(id, one)| {
        json!({
            "id": id,
            "rank_by_score": one.rank_by_score,
            "rank_by_duels": one.rank_by_duels,
            "because": one.because.map(Criterion::id),
        })
    });
    json!({
        "duels": study.duels,
        "by": study.by,
        "others": study.others,
        "stated": by_criterion(&|criterion| json!(study.stated[criterion.index()])),
        "adopted": study.adopted,
        "prior": by_criterion(&|criterion| json!(study.prior[criterion.index()])),
        "revealed": by_criterion(&revealed),
        "enough": study.taste.is_enough(),
        "words": study.sentences(),
        "disagreements": disagreements.collect::<Vec<_>>(),
    })
}

pub(super) fn taste_simulation(simulation: &TasteSimulation, rows: &[TasteRow]) -> Json {
    let rows = rows.iter().map(|row| {
        json!({
            "chooser": row.chooser.id(),
            "sharpness": row.sharpness,
            "duels": row.duels,
            "told_falsely": row.told_falsely,
            "told": row.told,
            "coverage": row.coverage,
        })
    });
    let TasteSimulation { ideas, people, seed } = simulation;
    json!({
        "settings": { "what": "taste", "ideas": ideas, "people": people, "seed": seed },
        "rows": rows.collect::<Vec<_>>(),
    })
}

pub(super) fn simulation(simulation: &DuelSimulation, results: &[ScenarioResult]) -> Json {
    let rows = results.iter().flat_map(|result| {
        let named = |mut row: Json| {
            row["method"] = json!(result.scenario.method.id());
            row["rubric"] = json!(result.scenario.rubric.id());
            row
        };
        let checkpoints = result.checkpoints.iter().map(move |point| {
            named(json!({
                "duels": point.duels,
                "recall": point.recall,
                "near_recall": point.near_recall,
                "kendall_tau": point.kendall_tau,
                "shown_overlap": point.shown_overlap,
            }))
        });
        let stops = result.stops.iter().map(move |stop| {
            named(json!({
                "stop_at": stop.threshold,
                "reached": stop.reached,
                "median_duels": stop.median_duels,
                "recall": stop.recall,
                "near_recall": stop.near_recall,
            }))
        });
        checkpoints.chain(stops)
    });
    let DuelSimulation { ideas, duels, top, sigma, ties, runs, seed } = simulation;
    json!({
        "settings": {
            "what": "duels", "ideas": ideas, "duels": duels, "top": top, "sigma": sigma,
            "ties": ties, "runs": runs, "seed": seed,
        },
        "rows": rows.collect::<Vec<_>>(),
    })
}

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
