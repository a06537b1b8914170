//! JSON, as the design pins it; settings with their values and where these come from.

mod idea;
mod statistics;

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};

use super::{LabelledReport, Line, NextUp, Ranking, Standings};
use crate::command;
use crate::config::{LoadReport, Origin, Setting};
use crate::domain::{BetKind, Criterion, Date, Idea, Portfolio, Problem};
use crate::judge::duel::Certainty;
use crate::judge::simulate::{
    DuelSimulation, LIFETIME_ENTRIES, Lifetime, LifetimeShape, SINGLE_LOOK_ENTRIES, ScenarioResult,
    SingleLook, StallSimulation, TasteRow, TasteSimulation,
};
use crate::judge::taste::TasteStudy;
use crate::judge::{Flag, ForecastHistory, ScorePart, Selection, TimeSpent};
use crate::text::sanitize;

pub use statistics::{comparison_json, practice_json, robustness_json};

pub fn ranking_json<'a>(
    ranking: &Ranking<'_>,
    broken: impl IntoIterator<Item = &'a Problem>,
) -> String {
    let broken: Vec<Json> = broken.into_iter().map(place).collect();
    printed(&json!({
        "as_of": ranking.as_of.to_string(),
        "ideas": ranking.lines.iter().map(line).collect::<Vec<_>>(),
        "broken": broken,
    }))
}

/// `prospect show --json`: the idea as in its file, its line of the ranking of
/// all ideas as `rank`, and what is to be said about its log as `review`.
#[must_use]
pub fn idea_json(ranking: &Ranking<'_>, of: &Line<'_>) -> String {
    let mut idea = idea::idea(of.idea);
    idea.insert("as_of".to_owned(), json!(ranking.as_of.to_string()));
    idea.insert("rank".to_owned(), line(of));
    idea.insert("review".to_owned(), idea::review(ranking, of));
    idea.insert("similar".to_owned(), idea::similar(ranking, of.idea));
    idea.insert("others".to_owned(), idea::reactions(&ranking.portfolio.reactions(of.idea)));
    printed(&Json::Object(idea))
}

pub fn reviews_json<'a>(
    ranking: &Ranking<'_>,
    spent: &TimeSpent,
    broken: impl IntoIterator<Item = &'a Problem>,
) -> String {
    with_broken(idea::reviews(ranking, spent), broken)
}

pub fn next_json<'a>(
    next: &NextUp<'_, '_>,
    broken: impl IntoIterator<Item = &'a Problem>,
) -> String {
    with_broken(idea::next(next), broken)
}

#[must_use]
pub fn calibration_json(
    history: &ForecastHistory,
    selection: &Selection,
    spent: &TimeSpent,
    portfolio: &Portfolio,
    as_of: Date,
) -> String {
    printed(&statistics::calibration(history, selection, spent, portfolio, as_of))
}

#[must_use]
pub fn simulation_json(simulation: &StallSimulation) -> String {
    printed(&of_stall(simulation))
}

#[must_use]
pub fn labelled_json(report: &LabelledReport<'_>) -> String {
    printed(&of_labelled(report))
}

pub fn standings_json<'a>(
    standings: &Standings<'_>,
    broken: impl IntoIterator<Item = &'a Problem>,
) -> String {
    with_broken(of_standings(standings), broken)
}

/// `prospect pair --json`; all null where there is nothing to compare.
#[must_use]
pub fn pair_json(standings: &Standings<'_>) -> String {
    printed(&of_pair(standings))
}

pub fn taste_json<'a>(study: &TasteStudy, broken: impl IntoIterator<Item = &'a Problem>) -> String {
    with_broken(of_taste(study), broken)
}

#[must_use]
pub fn taste_simulation_json(simulation: &TasteSimulation, rows: &[TasteRow]) -> String {
    printed(&of_taste_simulation(simulation, rows))
}

#[must_use]
pub fn duel_simulation_json(simulation: &DuelSimulation, results: &[ScenarioResult]) -> String {
    printed(&of_simulation(simulation, results))
}

/// An idea as in its file.
pub(super) fn idea_object(idea: &Idea) -> Map<String, Json> {
    idea::idea(idea)
}

fn with_broken<'a>(mut json: Json, broken: impl IntoIterator<Item = &'a Problem>) -> String {
    json["broken"] = broken.into_iter().map(place).collect();
    printed(&json)
}

#[must_use]
pub fn problems_json(problems: &[Problem], duplicates: &BTreeSet<String>) -> String {
    let problems: Vec<Json> = problems.iter().map(problem).collect();
    printed(&json!({ "problems": problems, "duplicates": duplicates }))
}

#[must_use]
pub fn settings_json(report: &LoadReport) -> String {
    let problems: Vec<Json> = report.settings.ui_problems.iter().map(problem).collect();
    printed(&json!({ "settings": settings(report), "problems": problems }))
}

fn problem(problem: &Problem) -> Json {
    let mut json = place(problem);
    json["severity"] = json!(problem.severity.id());
    json["code"] = json!(problem.code);
    json["hint"] = json!(problem.hint);
    json
}

fn place(problem: &Problem) -> Json {
    json!({
        "file": problem.file.display().to_string(),
        "line": problem.line,
        "column": problem.column,
        "message": problem.message,
        "idea": problem.idea,
    })
}

/// One line of the ranking. With nothing rated there are no numbers.
fn line(line: &Line<'_>) -> Json {
    let Line { rank, idea, score, review } = line;
    let rated = |x: f64| score.rated.then_some(x + 0.0);
    let contributions = score.rated.then(|| {
        ScorePart::ALL
            .into_iter()
            .zip(score.parts())
            .map(|(part, amount)| (part.id().to_owned(), json!(amount + 0.0)))
            .collect::<Map<_, _>>()
    });
    json!({
        "rank": rank,
        "id": idea.id,
        "title": idea.title,
        "status": idea.status.id(),
        "effective_status": review.effective_status.id(),
        "complete": score.is_complete(),
        "score": rated(score.value()),
        "low": rated(score.low),
        "high": rated(score.high),
        "strategy": score.strategy.middle(),
        "strategy_range": [score.strategy.low(), score.strategy.high()],
        "bet": idea.bet.map(BetKind::id),
        "contributions": contributions,
        "missing": score.missing().map(Criterion::id).collect::<Vec<_>>(),
        "flags": review.flags.iter().copied().map(Flag::id).collect::<Vec<_>>(),
        "tags": idea.tags,
    })
}

/// An object without what is null.
fn present<const N: usize>(entries: [(&str, Json); N]) -> Json {
    let entries = entries.into_iter().filter(|(_, value)| !value.is_null());
    Json::Object(entries.map(|(name, value)| (name.to_owned(), value)).collect())
}

/// Indented, with everything escaped that a terminal would obey.
pub(super) fn printed(json: &Json) -> String {
    let mut text = String::new();
    for c in format!("{json:#}\n").chars() {
        let mut buffer = [0; 4];
        if c != '\n' && sanitize(c.encode_utf8(&mut buffer)) != *c.encode_utf8(&mut [0; 4]) {
            text.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            text.push(c);
        }
    }
    text
}

/// Every setting, then the saved filters, then the keys of every command.
fn settings(report: &LoadReport) -> Json {
    let values = Setting::all().into_iter().map(|setting| {
        let value = setting.value(&report.settings);
        let value = value.and_then(|value| serde_json::to_value(value).ok());
        described(report, &setting.to_string(), value.as_ref())
    });
    let filters =
        report.settings.filters.iter().map(|(name, search)| {
            described(report, &format!("filters.{name}"), Some(&search.into()))
        });
    let keys = command::all().iter().map(|entry| {
        let keys = report.settings.keymap.written(entry.command).into();
        described(report, &format!("keys.{}", entry.id), Some(&keys))
    });
    values.chain(filters).chain(keys).collect()
}

fn described(report: &LoadReport, name: &str, value: Option<&Json>) -> Json {
    let origin = report.origin(name);
    let (file, line) = match &origin {
        Origin::File { file, line, .. } => (Some(file.display().to_string()), Some(*line)),
        Origin::BuiltIn | Origin::Option(_) => (None, None),
    };
    json!({ "name": name, "value": value, "origin": origin.id(), "file": file, "line": line })
}

fn of_standings(standings: &Standings<'_>) -> Json {
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

fn of_pair(standings: &Standings<'_>) -> Json {
    let question = standings.round.next_pair;
    json!({
        "left": question.map(|question| standings.id(question.left)),
        "right": question.map(|question| standings.id(question.right)),
        "reason": standings.reason(),
    })
}

fn of_taste(study: &TasteStudy) -> Json {
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

fn of_taste_simulation(simulation: &TasteSimulation, rows: &[TasteRow]) -> Json {
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

fn of_simulation(simulation: &DuelSimulation, results: &[ScenarioResult]) -> Json {
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

fn of_stall(simulation: &StallSimulation) -> Json {
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

fn of_labelled(report: &LabelledReport<'_>) -> Json {
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
