//! Schemas: what they let pass, and that they refuse what `check` refuses.

use boon::{Compiler, Draft, SchemaIndex, Schemas};
use prospect::config::Setting;
use prospect::domain::{EntryKind, EntryValue, Field, ValueKind};
use serde_json::{Value as Json, json};

use crate::support::{TWO, TestWorkspace};

/// One of the program's schemas, ready to be asked.
struct Schema {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Schema {
    fn of(workspace: &TestWorkspace, subject: &[&str]) -> Self {
        let schema = workspace.json(&[&["schema"], subject].concat());
        assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
        let (mut compiler, mut schemas) = (Compiler::new(), Schemas::new());
        compiler.set_default_draft(Draft::V7);
        compiler.enable_format_assertions();
        compiler.add_resource("file:///schema.json", schema).unwrap();
        let index = compiler.compile("file:///schema.json", &mut schemas).unwrap();
        Self { schemas, index }
    }

    fn accepts(&self, text: &str) -> bool {
        let document: toml::Value = toml::from_str(text).unwrap();
        self.schemas.validate(&json(document), self.index).is_ok()
    }
}

/// As editors hand TOML to a schema: a date is a string.
fn json(value: toml::Value) -> Json {
    match value {
        toml::Value::Datetime(date) => json!(date.to_string()),
        toml::Value::Array(array) => array.into_iter().map(json).collect(),
        toml::Value::Table(table) => {
            Json::Object(table.into_iter().map(|(key, value)| (key, json(value))).collect())
        }
        toml::Value::String(text) => json!(text),
        toml::Value::Integer(number) => json!(number),
        toml::Value::Float(number) => json!(number),
        toml::Value::Boolean(flag) => json!(flag),
    }
}

fn read(path: &str) -> String {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(root.join(path)).unwrap()
}

/// The starter with its example taken out of the comments, as it advises.
fn starter() -> String {
    let lines = read("assets/starter/ideas.toml");
    let example = lines.split_once("# [[idea]]").unwrap().1;
    let lines = format!("# [[idea]]{example}");
    lines
        .lines()
        .map(|line| line.trim_start_matches("# ").trim_start_matches('#'))
        .fold(String::new(), |text, line| text + line + "\n")
}

#[test]
fn what_is_right_passes() {
    let workspace = TestWorkspace::with(TWO);
    let ideas = Schema::of(&workspace, &[]);
    let files = ["assets/demo/ideas.toml", "assets/starter/ideas.toml", "tests/store/nasty.toml"];
    for text in files.map(read).into_iter().chain([starter(), TWO.to_owned()]) {
        assert!(ideas.accepts(&text), "{text}");
    }
    assert!(ideas.accepts("[[idea]]\ntitle = \"T\"\ncolour = 3\ncreated = \"2026-03-01\""));
    assert!(Schema::of(&workspace, &["workspace"]).accepts(&read("assets/demo/prospect.toml")));
    let settings = Schema::of(&workspace, &["config"]);
    assert!(settings.accepts(&workspace.ok(&["config"])));
    assert!(settings.accepts(
        "[keys]\nundo = [\"Z\", \"g u\"]\nredo = []\nhelp = \"<f1>\"\n[theme]\nname = \"auto\"\n\
         accent = \"#ff8700\"\nbad = \"bright-red\"\ngood = 34\n[filters]\nnow_2 = \"tag:a\""
    ));
}

/// Values that a field of this kind must not have.
fn wrong_values(kind: ValueKind) -> Vec<String> {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    match kind {
        ValueKind::Text => words(&["3", "[\"a\"]"]),
        ValueKind::List => words(&["\"a\"", "[3]"]),
        ValueKind::Date => words(&["3", "\"soon\"", "\"2026-02-30\"", "\"2026-13-01\""]),
        ValueKind::Rating { max } => vec![
            "-1".to_owned(),
            format!("{}", max + 0.5),
            format!("[0, {}]", max + 0.5),
            "[1]".to_owned(),
            "[0, 0.5, 1]".to_owned(),
            "\"high\"".to_owned(),
            "[0, \"high\"]".to_owned(),
        ],
        ValueKind::Status | ValueKind::Bet | ValueKind::Outcome => words(&["\"warm\"", "3"]),
    }
}

fn wrong_entry_values(value: EntryValue) -> Vec<String> {
    match value {
        EntryValue::Date => wrong_values(ValueKind::Date),
        EntryValue::Text => wrong_values(ValueKind::Text),
        EntryValue::Flag => vec!["\"yes\"".to_owned(), "1".to_owned()],
        EntryValue::Status
        | EntryValue::Result
        | EntryValue::CleanSlate
        | EntryValue::ForecastResult => wrong_values(ValueKind::Status),
        EntryValue::Number { max } => {
            let over = max.is_finite().then(|| format!("{}", max + 0.5));
            [Some("-1".to_owned()), Some("\"all\"".to_owned()), over]
                .into_iter()
                .flatten()
                .collect()
        }
    }
}

/// A line for each key of an entry that is right.
fn right_entry_value(value: EntryValue) -> &'static str {
    match value {
        EntryValue::Date => "2026-03-01",
        EntryValue::Number { .. } => "0.5",
        EntryValue::Text => "\"text\"",
        EntryValue::Flag => "true",
        EntryValue::Status => "\"active\"",
        EntryValue::Result => "\"kept\"",
        EntryValue::CleanSlate => "\"unsure\"",
        EntryValue::ForecastResult => "\"yes\"",
    }
}

/// Ideas that each have one fault, by what the fault is.
fn faulty() -> Vec<(String, String)> {
    let mut faulty = Vec::new();
    for field in Field::all() {
        let (table, key) = field.path();
        let (title, header) = match (field, table) {
            (Field::Title, _) => ("", String::new()),
            (_, "") => ("title = \"T\"\n", String::new()),
            _ => ("title = \"T\"\n", format!("[idea.{table}]\n")),
        };
        for value in wrong_values(field.kind()) {
            let text = format!("[[idea]]\n{title}{header}{key} = {value}\n");
            faulty.push((format!("{field} = {value}"), text));
        }
        if !table.is_empty() {
            faulty
                .push((format!("{table} = 3"), format!("[[idea]]\ntitle = \"T\"\n{table} = 3\n")));
        }
    }
    for kind in EntryKind::ALL {
        let id = kind.id();
        for field in kind.fields() {
            for value in wrong_entry_values(field.value).into_iter().map(Some).chain([None]) {
                if value.is_none() && !field.is_required {
                    continue;
                }
                let mut text = format!("[[idea]]\ntitle = \"T\"\n[[idea.{id}]]\n");
                for other in kind.fields() {
                    let right = Some(right_entry_value(other.value));
                    let value = if other.key == field.key { value.as_deref() } else { right };
                    text += &value
                        .map(|value| format!("{} = {value}\n", other.key))
                        .unwrap_or_default();
                }
                faulty.push((format!("{id}.{} = {value:?}", field.key), text));
            }
        }
        faulty.push((format!("{id} = 3"), format!("[[idea]]\ntitle = \"T\"\n{id} = 3\n")));
    }
    for text in [
        "idea = 3\n",
        "[[idea]]\nid = \"a\"\n",
        "[[idea]]\ntitle = \"\"\n",
        "[[idea]]\ntitle = \"T\"\n[[idea.promise]]\nby = 2026-03-01\n",
        "[[idea]]\ntitle = \"T\"\n[[idea.promise]]\nby = 2026-03-01\nclaim = \"\"\n",
    ] {
        faulty.push((text.to_owned(), text.to_owned()));
    }
    faulty
}

#[test]
fn what_check_refuses_for_its_type_or_range_the_schema_refuses() {
    let workspace = TestWorkspace::with(TWO);
    let ideas = Schema::of(&workspace, &[]);
    let faulty = faulty();
    // One call for all: each in a file of its own.
    std::fs::remove_file(workspace.ideas_file()).unwrap();
    for (at, (_, text)) in faulty.iter().enumerate() {
        std::fs::write(workspace.file(format!("{at:03}.toml")), text).unwrap();
    }
    let checked: Json = serde_json::from_str(&workspace.run(&["check", "--json"]).stdout).unwrap();
    let problems = checked["problems"].as_array().unwrap();
    for (at, (what, text)) in faulty.iter().enumerate() {
        let file = format!("{at:03}.toml");
        let is_refused = problems.iter().any(|problem| {
            problem["severity"] == "error" && problem["file"].as_str().unwrap().ends_with(&file)
        });
        assert!(is_refused, "check lets pass: {what}");
        assert!(!ideas.accepts(text), "the schema lets pass: {what}");
    }
}

#[test]
fn settings_that_are_refused_the_schema_refuses() {
    let workspace = TestWorkspace::with(TWO);
    let settings = Schema::of(&workspace, &["config"]);
    let shared = Schema::of(&workspace, &["workspace"]);
    let file = workspace.path("mine.toml");
    for text in [
        "[weights]\nheadroom = -1",
        "[weights]\nbeauty = 1",
        "[risk]\nappetite = \"brave\"",
        "[risk]\nnext_hot_share = 1.5",
        "[duel]\nk = 0",
        "[duel]\nk = 1.5",
        "[stall]\nblock_hours = 0",
        "[stall]\ndormant_days = \"many\"",
        "[triage]\nlenses = \"one\"",
        "[ui]\nname = 3",
        "[ui]\nwatch = \"yes\"",
        "[theme]\nname = \"drak\"",
        "[theme]\naccent = \"#12345\"",
        "[theme]\naccent = 256",
        "[keys]\nrdo = \"x\"",
        "[keys]\nredo = 3",
        "[keys]\nredo = [3]",
        "[filters]\nmine = 3",
        "[filters]\nmine = \"\"",
        "[filters]\n\"two words\" = \"tag:a\"",
        "[colours]",
        "risk = 3",
    ] {
        std::fs::write(&file, text).unwrap();
        assert_eq!(workspace.run(&["--config", "mine.toml", "config"]).code, 2, "{text}");
        assert!(!settings.accepts(text), "{text}");
        assert!(!shared.accepts(text), "{text}");
    }
    assert!(!shared.accepts("[ui]\nname = \"Ada\""));
}

#[test]
fn every_setting_stands_in_the_schema_of_its_file() {
    let workspace = TestWorkspace::with(TWO);
    let config = workspace.json(&["schema", "config"]);
    let shared = workspace.json(&["schema", "workspace"]);
    for setting in Setting::all() {
        let Setting { table, key, .. } = setting;
        let place = format!("/properties/{table}/properties/{key}");
        assert!(config.pointer(&place).is_some(), "{setting}");
        assert_eq!(shared.pointer(&place).is_some(), !setting.is_personal(), "{setting}");
    }
}

#[test]
fn a_new_workspace_names_its_schema_and_brings_it_along() {
    let workspace = TestWorkspace::empty();
    for place in ["new", "single/list.toml"] {
        workspace.ok(&["init", place]);
        let file = workspace.home().join(if place == "new" { "new/ideas.toml" } else { place });
        let text = std::fs::read_to_string(&file).unwrap();
        let named = text.lines().next().unwrap().strip_prefix("#:schema ").unwrap();
        let schema = std::fs::read_to_string(file.parent().unwrap().join(named)).unwrap();
        assert_eq!(schema, workspace.ok(&["schema"]));
        workspace.ok(&["-w", place, "add", "The first"]);
        let after = std::fs::read_to_string(&file).unwrap();
        assert!(after.starts_with(&text), "{after}");
        workspace.ok(&["-w", place, "undo"]);
        assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
        assert_eq!(workspace.run(&["-w", place, "check", "--strict"]).code, 0);
    }
}

#[test]
fn a_schema_that_is_there_already_stays() {
    let workspace = TestWorkspace::empty();
    std::fs::create_dir(workspace.path("new")).unwrap();
    let schema = workspace.path("new/.prospect.schema.json");
    std::fs::write(&schema, "{}").unwrap();
    workspace.ok(&["init", "new"]);
    assert_eq!(std::fs::read_to_string(schema).unwrap(), "{}");
}
