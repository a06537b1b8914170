//! An idea in JSON, as in its file.

use serde_json::{Map, Value as Json, json};

use super::present;
use crate::domain::{
    CleanSlate, Date, Decision, Field, Forecast, ForecastResult, Idea, LogEntry, Promise,
    PromiseResult, Rating, Value,
};

/// An idea with the names and the nesting of its file; what is absent there is
/// absent here.
pub(super) fn idea(idea: &Idea) -> Map<String, Json> {
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
    list("forecast", idea.forecasts.iter().map(of_forecast).collect());
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
        ("output", json!(entry.output)),
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

fn of_forecast(forecast: &Forecast) -> Json {
    let day = |date: Option<Date>| json!(date.map(|date| date.to_string()));
    present([
        ("set", day(forecast.set)),
        ("by", day(Some(forecast.by))),
        ("claim", json!(forecast.claim)),
        ("chance", json!(forecast.chance)),
        ("result", json!(forecast.result.map(ForecastResult::id))),
        ("resolved", day(forecast.resolved)),
    ])
}

fn of_decision(decision: &Decision) -> Json {
    present([
        ("date", json!(decision.date.to_string())),
        ("from", json!(decision.from.id())),
        ("to", json!(decision.to.id())),
        ("why", json!(decision.why)),
        ("cause", json!(decision.cause)),
        ("taken_by", json!(decision.taken_by)),
        ("lesson", json!(decision.lesson)),
        ("score", json!(decision.score)),
        ("clean_slate", json!(decision.clean_slate.map(CleanSlate::id))),
        ("log_chance", json!(decision.log_chance)),
    ])
}
