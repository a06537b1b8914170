//! The schema of a file of ideas (JSON Schema, draft 7), from the tables of the
//! domain: editors complete and check with it what is typed by hand.

use serde_json::{Map, Value as Json, json};

use crate::domain::{
    BetKind, CleanSlate, EntryField, EntryKind, EntryValue, Field, ForecastResult, Outcome,
    PromiseResult, Status, ValueKind,
};

/// The schema of a file of ideas. It says what a value may be; what only the
/// whole idea or the whole workspace can tell (the lower end of a range above
/// its upper end, two ideas with one id) `prospect check` says. Unknown keys are
/// the user's and may stand anywhere.
#[must_use]
pub fn idea_schema() -> Json {
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Ideas for prospect",
        "description": "What to research next, one [[idea]] for each candidate.",
        "type": "object",
        "properties": {
            "idea": {
                "type": "array",
                "description": "The candidates.",
                "items": { "$ref": "#/definitions/idea" },
            },
        },
        "definitions": {
            "idea": idea(),
            "date": {
                "description": "A day, such as 2026-03-01, with or without quotes.",
                "type": "string",
                // A time of day may follow; it does not count.
                "anyOf": [{ "format": "date" }, { "pattern": "^\\d{4}-\\d{2}-\\d{2}[Tt ]" }],
            },
            "status": one_of(Status::ALL, Status::id),
            "rating": rating(10.0),
            "probability": rating(1.0),
        },
    })
}

fn idea() -> Json {
    let mut properties = table("");
    for section in ["ratings", "bet", "case", "hindsight"] {
        let of = json!({ "type": "object", "properties": table(section) });
        properties.insert(section.to_owned(), of);
    }
    for kind in EntryKind::ALL {
        let of = json!({
            "type": "array",
            "description": sentence(kind.meaning()),
            "items": entry(kind),
        });
        properties.insert(kind.id().to_owned(), of);
    }
    json!({ "type": "object", "required": ["title"], "properties": properties })
}

/// The fields of an idea that stand in one table; the name is empty for the idea itself.
fn table(name: &str) -> Map<String, Json> {
    let fields = Field::all().into_iter().filter(|field| field.path().0 == name);
    fields
        .map(|field| {
            let mut schema = value(field.kind());
            if field == Field::Title {
                schema["minLength"] = json!(1);
            }
            (field.path().1.to_owned(), described(schema, &field.meaning()))
        })
        .collect()
}

fn value(kind: ValueKind) -> Json {
    match kind {
        ValueKind::Text => json!({ "type": "string" }),
        ValueKind::List => json!({ "type": "array", "items": { "type": "string" } }),
        ValueKind::Date => reference("date"),
        ValueKind::Rating { max } if max > 1.0 => reference("rating"),
        ValueKind::Rating { .. } => reference("probability"),
        ValueKind::Status => reference("status"),
        ValueKind::Bet => one_of(&BetKind::ALL, BetKind::id),
        ValueKind::Outcome => one_of(Outcome::ALL, Outcome::id),
    }
}

fn entry(kind: EntryKind) -> Json {
    let fields = kind.fields();
    let required: Vec<&str> =
        fields.iter().filter(|field| field.is_required).map(|field| field.key).collect();
    let properties: Map<String, Json> = fields
        .iter()
        .map(|field| (field.key.to_owned(), described(entry_value(field), field.meaning)))
        .collect();
    let mut schema = json!({
        "type": "object",
        "required": required,
        "properties": properties,
    });
    if kind == EntryKind::Promise {
        schema["anyOf"] = json!([
            { "required": ["claim"], "properties": { "claim": { "minLength": 1 } } },
            { "required": ["traction"] },
        ]);
    }
    if kind == EntryKind::Forecast {
        schema["properties"]["claim"]["minLength"] = json!(1);
    }
    schema
}

fn entry_value(field: &EntryField) -> Json {
    match field.value {
        EntryValue::Date => reference("date"),
        EntryValue::Number { max } => number(max),
        EntryValue::Text => json!({ "type": "string" }),
        EntryValue::Flag => json!({ "type": "boolean" }),
        EntryValue::Status => reference("status"),
        EntryValue::Result => one_of(PromiseResult::ALL, PromiseResult::id),
        EntryValue::CleanSlate => one_of(CleanSlate::ALL, CleanSlate::id),
        EntryValue::ForecastResult => one_of(ForecastResult::ALL, ForecastResult::id),
    }
}

/// A number, or a range of two with the lower one first.
fn rating(max: f64) -> Json {
    let range = json!({
        "type": "array",
        "description": "A range, for somebody who is unsure: the lower end first.",
        "items": number(max),
        "minItems": 2,
        "maxItems": 2,
    });
    json!({ "anyOf": [number(max), range] })
}

fn number(max: f64) -> Json {
    let mut number = json!({ "type": "number", "minimum": 0 });
    if max.is_finite() {
        number["maximum"] = json!(max);
    }
    number
}

fn one_of<T: Copy>(all: &[T], id: fn(T) -> &'static str) -> Json {
    json!({ "enum": all.iter().map(|word| id(*word)).collect::<Vec<_>>() })
}

/// Draft 7 passes over everything that stands beside a reference, so that it
/// stands in a list of its own.
fn reference(name: &str) -> Json {
    json!({ "allOf": [{ "$ref": format!("#/definitions/{name}") }] })
}

fn described(mut schema: Json, meaning: &str) -> Json {
    schema["description"] = json!(sentence(meaning));
    schema
}

fn sentence(words: &str) -> String {
    format!("{words}.")
}
