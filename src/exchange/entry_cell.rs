//! Cells as entries of lists: logs, promises, forecasts, decisions.

use serde_json::{Map, Value as Json};

use super::cell::{date, expected, hours, number, text};
use super::status_words::status_of;
use crate::domain::{
    CleanSlate, Date, DateOrder, Decision, Entry, EntryKind, Forecast, ForecastResult, LogEntry,
    Promise, PromiseResult, date_from_text,
};

/// Whether a text is a log: a day at the beginning of its first line.
pub(super) fn is_log(text: &str) -> bool {
    let first = text.trim().split([' ', '\n', ':', '\t']).next().unwrap_or_default();
    date_from_text(first, DateOrder::Unknown).is_some()
}

/// The entries that an import reads from a cell of our own export.
#[must_use]
pub fn entries_from_cell(kind: EntryKind, cell: &str) -> Vec<Entry> {
    entries(kind, &Json::from(cell)).0
}

/// The entries of a cell, and what could not be read of it.
pub(super) fn entries(kind: EntryKind, cell: &Json) -> (Vec<Entry>, Vec<String>) {
    let parts: Vec<Json> = match cell {
        Json::Array(list) => list.clone(),
        Json::String(text) if text.starts_with('[') => {
            serde_json::from_str(text).unwrap_or_else(|_| vec![cell.clone()])
        }
        Json::String(text) => {
            text.lines().filter(|line| !line.trim().is_empty()).map(Json::from).collect()
        }
        other => vec![other.clone()],
    };
    let (mut entries, mut faults) = (Vec::new(), Vec::new());
    for (at, part) in parts.iter().enumerate() {
        let read = match (kind, part) {
            (_, Json::Object(object)) => entry(kind, object, &mut faults),
            (EntryKind::Log, Json::String(line)) => log_line(line),
            (EntryKind::Promise, Json::String(line)) => promise_line(line),
            (EntryKind::Decision, Json::String(line)) => decision_line(line),
            _ => Err("an object was expected"),
        };
        let checked = read
            .map_err(str::to_owned)
            .and_then(|entry| entry.check().map(|()| entry).map_err(|error| error.to_string()));
        match checked {
            Ok(entry) => entries.push(entry),
            Err(fault) => faults.push(format!("{} number {}: {fault}", kind.id(), at + 1)),
        }
    }
    (entries, faults)
}

/// `2024-03-01 3h 6 first task works`.
fn log_line(line: &str) -> Result<Entry, &'static str> {
    let line = line.trim().trim_start_matches(['-', '*']).trim_start();
    let (first, rest) = line.split_once([' ', '\t']).unwrap_or((line, ""));
    let date = date_from_text(first.trim_end_matches(':'), DateOrder::Unknown);
    let date = date.ok_or("it must begin with a date such as 2024-03-01")?;
    let mut entry = LogEntry::from_words(rest.trim_start().split(' '), date);
    if let Some(note) = entry.note.strip_suffix(" (recalled)").map(str::to_owned) {
        (entry.note, entry.recalled) = (note, true);
    }
    Ok(Entry::Log(entry))
}

/// `2027-01-15 70% t5 beats the direct answer (kept)`.
fn promise_line(line: &str) -> Result<Entry, &'static str> {
    let (front, result) = line.trim().rsplit_once(" (").ok_or("it must end with a result")?;
    let mut promise = Promise::from_line(front, Date::MIN).map_err(|_| "it is no promise")?;
    promise.set = None;
    promise.result = match result.trim_end_matches(')') {
        "open" => None,
        result => Some(PromiseResult::from_id(result).ok_or("it must end with a result")?),
    };
    Ok(Entry::Promise(promise))
}

/// `2026-03-01 inbox → parked: why`.
fn decision_line(line: &str) -> Result<Entry, &'static str> {
    let said = "it must be a date, two statuses with → between them, and a reason behind a colon";
    let (day, rest) = line.trim().split_once(' ').ok_or(said)?;
    let (from, rest) = rest.split_once('→').ok_or(said)?;
    let (to, why) = rest.split_once(':').unwrap_or((rest, ""));
    Ok(Entry::Decision(Decision::new(
        date_from_text(day, DateOrder::Unknown).ok_or(said)?,
        status_of(from).ok_or(said)?,
        status_of(to).ok_or(said)?,
        why.trim(),
    )))
}

/// An entry from an object; numbers that cannot be read are faults of it.
fn entry(
    kind: EntryKind,
    object: &Map<String, Json>,
    faults: &mut Vec<String>,
) -> Result<Entry, &'static str> {
    let get =
        |keys: &[&str]| keys.iter().find_map(|key| object.get(*key)).filter(|cell| !cell.is_null());
    let words = |keys: &[&str]| get(keys).map(text).filter(|text| !text.trim().is_empty());
    let day = |keys: &[&str]| get(keys).and_then(|cell| date(cell, DateOrder::Unknown));
    let mut amount = |keys: &[&str], read: fn(&Json) -> Option<f64>, what: &str| {
        let cell = get(keys)?;
        let amount = read(cell);
        if amount.is_none() {
            faults.push(format!("{}: {} {}", kind.id(), keys[0], expected(what, cell)));
        }
        amount
    };
    match kind {
        EntryKind::Log => Ok(Entry::Log(LogEntry {
            date: day(&["date", "day", "at", "when", "entry", "created_at", "createdAt"])
                .ok_or("it has no date")?,
            hours: amount(&["hours", "duration"], hours, HOURS),
            traction: amount(&["traction", "level"], number, LEVEL),
            note: words(&["note", "text", "message", "subject", "comment", "body", "description"])
                .unwrap_or_default(),
            recalled: get(&["recalled"]).is_some_and(|flag| flag == &Json::Bool(true)),
            output: words(&["output"]),
        })),
        EntryKind::Promise => Ok(Entry::Promise(Promise {
            set: day(&["set"]),
            by: day(&["by", "date", "due"]).ok_or("it has no day by which it is judged")?,
            claim: words(&["claim", "text"]),
            traction: amount(&["traction"], number, LEVEL),
            chance: amount(&["chance", "probability"], number, "a number from 0 to 1"),
            result: words(&["result"]).and_then(|word| PromiseResult::from_id(&word)),
            resolved: day(&["resolved"]),
            amended: day(&["amended"]),
        })),
        EntryKind::Forecast => Ok(Entry::Forecast(Forecast {
            set: day(&["set"]),
            by: day(&["by", "date", "due"]).ok_or("it has no day by which it is judged")?,
            claim: words(&["claim", "text"]).ok_or("it claims nothing")?,
            chance: amount(&["chance", "probability"], number, "a number from 0 to 1")
                .ok_or("it has no chance")?,
            result: words(&["result"]).and_then(|word| ForecastResult::from_id(&word)),
            resolved: day(&["resolved"]),
        })),
        EntryKind::Decision => {
            let status = |key: &str| words(&[key]).and_then(|word| status_of(&word));
            let date = day(&["date"]).ok_or("it has no date")?;
            let from = status("from").ok_or("it does not say from which status")?;
            let to = status("to").ok_or("it does not say to which status")?;
            let why = words(&["why", "reason"]).unwrap_or_default();
            let clean_slate = words(&["clean_slate"]).and_then(|word| CleanSlate::from_id(&word));
            Ok(Entry::Decision(Decision {
                cause: words(&["cause"]),
                taken_by: words(&["taken_by"]),
                lesson: words(&["lesson"]),
                score: amount(&["score"], number, "a number from 0 to 100"),
                clean_slate,
                log_chance: amount(&["log_chance"], number, "a number from 0 to 1"),
                ..Decision::new(date, from, to, why)
            }))
        }
    }
}

/// What hours must be, for a message.
pub(super) const HOURS: &str = "hours such as 1.5, 1:30 or 90m";

/// What a level of traction must be, for a message.
pub(super) const LEVEL: &str = "a number from 0 to 10";

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_log_is_read_from_lines_and_from_objects() {
        let (entries, faults) = entries(EntryKind::Log, &json!("2024-03-01: 3h 6 works\nlater\n"));
        let Entry::Log(entry) = &entries[0] else { panic!() };
        assert_eq!(
            (entry.hours, entry.traction, entry.note.as_str()),
            (Some(3.0), Some(6.0), "works")
        );
        assert_eq!(faults, ["log number 2: it must begin with a date such as 2024-03-01"]);
        let cell =
            json!([{"date": "2024-03-01", "subject": "S"}, {"date": "2024-03-01", "traction": 11}]);
        let (entries, faults) = super::entries(EntryKind::Log, &cell);
        assert_eq!((entries.len(), faults.len()), (1, 1));
        let cell = json!([{"date": "2024-03-01", "hours": "1:30", "traction": "low"}]);
        let (entries, faults) = super::entries(EntryKind::Log, &cell);
        let Entry::Log(entry) = &entries[0] else { panic!() };
        assert_eq!((entry.hours, entry.traction), (Some(1.5), None));
        assert_eq!(faults, ["log: traction must be a number from 0 to 10; found \"low\""]);
    }
}
