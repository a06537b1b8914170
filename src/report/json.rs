//! JSON, as the design pins it; settings with their values and where these come from.

mod duels;
mod idea;
mod statistics;

pub use statistics::{comparison_json, practice_json, robustness_json};

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};

use super::{LabelledReport, Line, NextUp, Ranking, Standings};
use crate::command;
use crate::config::{LoadReport, Origin, Setting};
use crate::domain::{BetKind, Criterion, Date, Idea, Portfolio, Problem};
use crate::judge::simulate::{
    DuelSimulation, ScenarioResult, StallSimulation, TasteRow, TasteSimulation,
};
use crate::judge::taste::TasteStudy;
use crate::judge::{Flag, ForecastHistory, ScorePart, Selection, TimeSpent};
use crate::text::sanitize;

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
    printed(&duels::stall(simulation))
}

#[must_use]
pub fn labelled_json(report: &LabelledReport<'_>) -> String {
    printed(&duels::labelled(report))
}

pub fn standings_json<'a>(
    standings: &Standings<'_>,
    broken: impl IntoIterator<Item = &'a Problem>,
) -> String {
    with_broken(duels::standings(standings), broken)
}

/// `prospect pair --json`; all null where there is nothing to compare.
#[must_use]
pub fn pair_json(standings: &Standings<'_>) -> String {
    printed(&duels::pair(standings))
}

pub fn taste_json<'a>(study: &TasteStudy, broken: impl IntoIterator<Item = &'a Problem>) -> String {
    with_broken(duels::taste(study), broken)
}

#[must_use]
pub fn taste_simulation_json(simulation: &TasteSimulation, rows: &[TasteRow]) -> String {
    printed(&duels::taste_simulation(simulation, rows))
}

#[must_use]
pub fn duel_simulation_json(simulation: &DuelSimulation, results: &[ScenarioResult]) -> String {
    printed(&duels::simulation(simulation, results))
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
