//! The schemas of the files of settings (JSON Schema, draft 7), from the tables
//! of settings and of commands.

use serde_json::{Map, Value as Json, json};

use super::setting::KEYS;
use super::{FILTERS, Setting, WORKSPACE_SETTINGS};
use crate::command;
use crate::domain::{GOAL_LISTS, GoalField, GoalValue};

/// The schema of the user's own `config.toml`, or of the `prospect.toml` of a
/// workspace. Names that no setting has are not valid.
#[must_use]
pub fn settings_schema(is_workspace: bool) -> Json {
    let mut tables: Map<String, Json> = Map::new();
    let settings = Setting::all().into_iter();
    for setting in settings.filter(|setting| !(is_workspace && setting.is_personal())) {
        let table = tables.entry(setting.table).or_insert_with(|| closed(Map::new()));
        let mut schema = setting.schema();
        schema["description"] = json!(format!("{}.", capital(setting.meaning)));
        table["properties"][setting.key] = schema;
    }
    tables.insert(FILTERS.to_owned(), filters());
    tables.extend(GOAL_LISTS.map(|(list, fields)| (list.to_owned(), list_of(fields))));
    if !is_workspace {
        tables.insert(KEYS.to_owned(), keys());
    }
    let file = if is_workspace { WORKSPACE_SETTINGS } else { "config.toml" };
    let mut schema = closed(tables);
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["title"] = json!(format!("Settings of prospect: {file}"));
    schema
}

/// A list of tables with these keys.
fn list_of(fields: &[GoalField]) -> Json {
    let property = |field: &GoalField| {
        let mut schema = match field.value {
            GoalValue::Text => json!({ "type": "string" }),
            GoalValue::Date => json!({ "type": "string", "format": "date" }),
            GoalValue::Number => json!({ "type": "number", "minimum": 0 }),
            GoalValue::List => json!({ "type": "array", "items": { "type": "string" } }),
        };
        schema["description"] = json!(format!("{}.", capital(field.meaning)));
        (field.key.to_owned(), schema)
    };
    let mut item = closed(fields.iter().map(property).collect());
    let required = fields.iter().filter(|field| field.required).map(|field| field.key);
    item["required"] = required.collect();
    json!({ "type": "array", "items": item })
}

/// Saved searches, by names of one's own.
fn filters() -> Json {
    json!({
        "type": "object",
        "description": "Searches that are saved under names.",
        "propertyNames": { "pattern": "^[A-Za-z0-9_-]+$" },
        "additionalProperties": { "type": "string", "pattern": "\\S" },
    })
}

/// Keys for commands, by their ids.
fn keys() -> Json {
    let chord = json!({ "type": "string", "minLength": 1 });
    let properties = command::all().iter().map(|entry| {
        let schema = json!({
            "anyOf": [chord, { "type": "array", "items": chord }],
            "default": entry.keys,
            "description": format!("{}.", entry.help),
        });
        (entry.id.to_owned(), schema)
    });
    closed(properties.collect())
}

/// An object that has these entries and no others.
fn closed(properties: Map<String, Json>) -> Json {
    let mut schema = json!({ "type": "object", "properties": {}, "additionalProperties": false });
    schema["properties"] = Json::Object(properties);
    schema
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{layer, shared};

    #[test]
    fn every_table_that_is_read_stands_in_the_schema() {
        for (is_workspace, known) in [(false, Setting::all()), (true, shared())] {
            let schema = settings_schema(is_workspace);
            let mut written: Vec<&String> =
                schema["properties"].as_object().unwrap().keys().collect();
            let mut read = layer::tables(&known, is_workspace);
            written.sort();
            read.sort_unstable();
            assert_eq!(written, read);
        }
    }
}
