//! JSON, as the design pins it.

use serde_json::{Map, Value as Json, json};

use super::{Line, Ranking};
use crate::domain::{
    BetKind, Criterion, Date, Decision, Field, Idea, LogEntry, Problem, Promise, PromiseResult,
    Rating, Value,
};
use crate::text::sanitize;

/// `prospect rank --json`.
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

/// `prospect show --json`: the idea as in its file, and its line of the ranking
/// of all ideas as `rank`.
#[must_use]
pub fn idea_json(ranking: &Ranking<'_>, of: &Line<'_>) -> String {
    let mut idea = idea(of.idea);
    idea.insert("as_of".to_owned(), json!(ranking.as_of.to_string()));
    idea.insert("rank".to_owned(), line(of));
    printed(&Json::Object(idea))
}

/// `prospect check --json`.
#[must_use]
pub fn problems_json(problems: &[Problem]) -> String {
    let problems: Vec<Json> = problems
        .iter()
        .map(|problem| {
            let mut json = place(problem);
            json["severity"] = json!(problem.severity.id());
            json["code"] = json!(problem.code);
            json["hint"] = json!(problem.hint);
            json
        })
        .collect();
    printed(&json!({ "problems": problems }))
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
    let Line { rank, idea, score, flags } = line;
    let rated = |x: f64| score.rated.then_some(x + 0.0);
    let contributions = score.rated.then(|| {
        let parts = Criterion::ALL.map(Criterion::id).into_iter().zip(score.contributions);
        let cap = ("headroom_cap", score.headroom_cap);
        parts
            .chain([cap])
            .map(|(name, part)| (name.to_owned(), json!(part + 0.0)))
            .collect::<Map<_, _>>()
    });
    json!({
        "rank": rank,
        "id": idea.id,
        "title": idea.title,
        "status": idea.status.id(),
        "complete": score.is_complete(),
        "score": rated(score.value()),
        "low": rated(score.low),
        "high": rated(score.high),
        "strategy": score.strategy.middle(),
        "strategy_range": [score.strategy.low(), score.strategy.high()],
        "bet": idea.bet.map(BetKind::id),
        "contributions": contributions,
        "missing": score.missing().map(Criterion::id).collect::<Vec<_>>(),
        "flags": flags.iter().map(|flag| flag.id()).collect::<Vec<_>>(),
        "tags": idea.tags,
    })
}

/// An idea with the names and the nesting of its file; what is absent there is
/// absent here.
fn idea(idea: &Idea) -> Map<String, Json> {
    let mut object = Map::new();
    for field in Field::all() {
        let Some(value) = idea.get(field) else { continue };
        match field.path() {
            ("", key) => drop(object.insert(key.to_owned(), of_value(value))),
            (table, key) => {
                let table = object.entry(table).or_insert_with(|| json!({}));
                table[key] = of_value(value);
            }
        }
    }
    let mut list = |name: &str, entries: Vec<Json>| {
        if !entries.is_empty() {
            object.insert(name.to_owned(), Json::Array(entries));
        }
    };
    list("log", idea.log.iter().map(of_log).collect());
    list("promise", idea.promises.iter().map(of_promise).collect());
    list("decision", idea.decisions.iter().map(of_decision).collect());
    object
}

fn of_value(value: Value) -> Json {
    match value {
        Value::Text(text) => json!(text),
        Value::List(list) => json!(list),
        Value::Date(date) => json!(date.to_string()),
        Value::Rating(rating) => of_rating(rating),
        Value::Status(status) => json!(status.id()),
        Value::Bet(kind) => json!(kind.id()),
        Value::Outcome(outcome) => json!(outcome.id()),
    }
}

fn of_rating(rating: Rating) -> Json {
    if rating.is_value() { json!(rating.low()) } else { json!([rating.low(), rating.high()]) }
}

fn of_log(entry: &LogEntry) -> Json {
    let note = Some(&entry.note).filter(|note| !note.is_empty());
    let recalled = entry.recalled.then_some(true);
    present([
        ("date", json!(entry.date.to_string())),
        ("hours", json!(entry.hours)),
        ("traction", json!(entry.traction)),
        ("note", json!(note)),
        ("recalled", json!(recalled)),
    ])
}

fn of_promise(promise: &Promise) -> Json {
    let day = |date: Option<Date>| json!(date.map(|date| date.to_string()));
    present([
        ("set", day(promise.set)),
        ("by", day(Some(promise.by))),
        ("claim", json!(promise.claim)),
        ("traction", json!(promise.traction)),
        ("chance", json!(promise.chance)),
        ("result", json!(promise.result.map(PromiseResult::id))),
        ("resolved", day(promise.resolved)),
        ("amended", day(promise.amended)),
    ])
}

fn of_decision(decision: &Decision) -> Json {
    present([
        ("date", json!(decision.date.to_string())),
        ("from", json!(decision.from.id())),
        ("to", json!(decision.to.id())),
        ("why", json!(decision.why)),
        ("lesson", json!(decision.lesson)),
    ])
}

/// An object without what is null.
fn present<const N: usize>(entries: [(&str, Json); N]) -> Json {
    let entries = entries.into_iter().filter(|(_, value)| !value.is_null());
    Json::Object(entries.map(|(name, value)| (name.to_owned(), value)).collect())
}

/// Indented, with everything escaped that a terminal would obey.
fn printed(json: &Json) -> String {
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
