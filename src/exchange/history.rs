//! The history of imports: what the last import of every idea brought.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::source_idea::entries;
use crate::domain::{Decision, Entry, Field, Idea, LogEntry, Portfolio, Value, fnv_1a};

/// The values that the last import of every idea brought, by origin
/// (`papers.csv#17`, `uuid:…`), as hashes. They tell a change in the source from an
/// edit made here, and they know an idea again that was retitled here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportHistory(BTreeMap<String, LastImport>);

/// One idea as its source had it last. The names are those of a file on disk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LastImport {
    #[serde(rename = "id")]
    id: String,
    /// Hashes of the values, by the name of the field; empty for no value.
    #[serde(rename = "fields")]
    fields: BTreeMap<String, String>,
    /// Hashes of log entries, promises and decisions.
    #[serde(rename = "entries")]
    entries: Vec<String>,
}

/// The last imports of every idea that is still there, each with its origin.
pub(super) type LastImports<'a> = HashMap<&'a str, Vec<(&'a str, &'a LastImport)>>;

impl ImportHistory {
    /// Reads what [`ImportHistory::to_json`] wrote; what cannot be read is forgotten.
    #[must_use]
    pub fn from_json(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// The text of the file on disk.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    pub(super) fn by_idea<'a>(&'a self, portfolio: &'a Portfolio) -> LastImports<'a> {
        let mut by_idea: LastImports<'a> = HashMap::new();
        for (origin, last) in &self.0 {
            // An idea that was renamed is found by its alias.
            if let Some(idea) = portfolio.get(&last.id) {
                by_idea.entry(&idea.id).or_default().push((origin, last));
            }
        }
        by_idea
    }

    /// Records an import of `idea`, the values of its source, as the idea `id`.
    /// It takes the place of `before`, an import under an older name of the source.
    pub(super) fn record(
        &mut self,
        origin: String,
        before: Option<&str>,
        id: &str,
        idea: &Idea,
        given: &[Field],
    ) {
        if let Some(before) = before {
            self.0.remove(before);
        }
        let hashes = given.iter().map(|field| (field.to_string(), hash_of(&idea.get(*field))));
        let last = LastImport {
            id: id.to_owned(),
            fields: hashes.collect(),
            entries: entries(idea).map(|entry| hash_of_entry(&entry)).collect(),
        };
        self.0.insert(origin, last);
    }
}

impl LastImport {
    /// Whether the source had this value; `None` if it had nothing to say about the field.
    pub(super) fn had(&self, field: Field, value: &Option<Value>) -> Option<bool> {
        Some(*self.fields.get(&field.to_string())? == hash_of(value))
    }

    pub(super) fn had_entry(&self, entry: &Entry) -> bool {
        self.entries.contains(&hash_of_entry(entry))
    }

    /// The hash of the title, to look it up by.
    pub(super) fn title_hash(&self) -> Option<&str> {
        self.fields.get("title").map(String::as_str)
    }
}

pub(super) fn hash_of(value: &Option<Value>) -> String {
    value.as_ref().map_or_else(String::new, |value| hash(&value.to_string()))
}

fn hash_of_entry(entry: &Entry) -> String {
    let number = |x: Option<f64>| x.map_or_else(String::new, |x| x.to_string());
    let words = match entry {
        Entry::Log(LogEntry { date, hours, traction, note, .. }) => {
            format!("{date} {} {} {note}", number(*hours), number(*traction))
        }
        Entry::Promise(promise) => promise.to_line(),
        Entry::Forecast(forecast) => forecast.to_line(),
        Entry::Decision(Decision { date, from, to, why, .. }) => {
            format!("{date} {from} {to} {why}")
        }
    };
    hash(&format!("{} {words}", entry.kind().id()))
}

fn hash(text: &str) -> String {
    format!("{:016x}", fnv_1a(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_history_of_version_0_2_is_read_and_written_as_it_was() {
        let text = r#"{"papers.csv#17":{"id":"one","fields":{"from":"","title":"8b1b4a0e5d3a2a44"},"entries":["00ff00ff00ff00ff"]}}"#;
        let history = ImportHistory::from_json(text);
        assert_eq!(history.to_json(), text);
        let portfolio = Portfolio::new(vec![Idea::new("one", "One")], Vec::new());
        let last = history.by_idea(&portfolio)["one"][0];
        assert_eq!((last.0, last.1.had(Field::From, &None)), ("papers.csv#17", Some(true)));
        assert_eq!(last.1.had(Field::Summary, &None), None);
    }
}
