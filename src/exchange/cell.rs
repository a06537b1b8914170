//! Cells as values of fields and as entries of lists.

use serde_json::{Map, Value as Json};

use super::dates::{self, DateOrder};
use crate::domain::{
    BetKind, Date, Decision, Entry, EntryKind, Field, LogEntry, Outcome, Promise, PromiseResult,
    Rating, Status, Value, ValueKind,
};

/// Words for a status, besides its own.
const STATUSES: &[(Status, &[&str])] = &[
    (
        Status::Inbox,
        &[
            "new", "open", "todo", "to do", "backlog", "idea", "proposed", "proposal", "draft",
            "planned",
        ],
    ),
    (
        Status::Shortlist,
        &[
            "shortlisted",
            "selected",
            "next",
            "accepted",
            "candidate",
            "ready",
            "review",
            "last call",
        ],
    ),
    (
        Status::Active,
        &[
            "doing",
            "in progress",
            "in-progress",
            "started",
            "wip",
            "ongoing",
            "current",
            "working",
            "assigned",
            "living",
        ],
    ),
    (
        Status::Parked,
        &[
            "paused", "later", "on hold", "on-hold", "blocked", "deferred", "someday", "waiting",
            "stagnant",
        ],
    ),
    (
        Status::Abandoned,
        &[
            "dropped",
            "rejected",
            "cancelled",
            "canceled",
            "withdrawn",
            "killed",
            "removed",
            "wontfix",
            "won't do",
            "stopped",
            "failed",
        ],
    ),
    (
        Status::Done,
        &["closed", "finished", "complete", "completed", "final", "merged", "shipped", "published"],
    ),
];

/// A cell as one text: numbers and flags as they are written, a list with
/// commas.
pub(super) fn text(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Array(list) => list.iter().map(text).collect::<Vec<_>>().join(", "),
        Json::Null => String::new(),
        value => value.to_string(),
    }
}

/// A number, also one that is written as a text.
pub(super) fn number(value: &Json) -> Option<f64> {
    let number = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok());
    number.filter(|number| number.is_finite()).map(|number| number + 0.0)
}

/// A day.
pub(super) fn date(value: &Json, order: DateOrder) -> Option<Date> {
    match value {
        Json::String(text) => dates::day(text, order),
        Json::Number(number) => dates::day(&number.to_string(), order),
        _ => None,
    }
}

/// A list: its elements, or the parts of a text, separated by lines, semicolons
/// or commas, whichever is there first.
fn list(value: &Json) -> Vec<String> {
    if let Json::Array(list) = value {
        return list.iter().map(text).filter(|part| !part.is_empty()).collect();
    }
    let text = text(value);
    let sign = ['\n', ';', ','].into_iter().find(|sign| text.contains(*sign));
    let mut list: Vec<String> = Vec::new();
    for part in text.split(|c| Some(c) == sign).map(str::trim) {
        if !part.is_empty() && !list.iter().any(|known| known == part) {
            list.push(part.to_owned());
        }
    }
    list
}

/// What a cell puts into a field.
///
/// # Errors
/// Says what was expected and what was found.
pub(super) fn value(field: Field, cell: &Json, order: DateOrder) -> Result<Option<Value>, String> {
    let value = match field.kind() {
        ValueKind::Text => Some(Value::Text(text(cell))),
        ValueKind::List => Some(Value::List(list(cell))),
        ValueKind::Date => date(cell, order).map(Value::Date),
        ValueKind::Rating { max } => rating(cell).filter(|one| one.fits(max)).map(Value::Rating),
        ValueKind::Status => status(&text(cell)).map(Value::Status),
        ValueKind::Bet => {
            let word = text(cell).to_lowercase().replace([' ', '_'], "-");
            BetKind::from_id(if word == "next" { "next-hot" } else { &word }).map(Value::Bet)
        }
        ValueKind::Outcome => Outcome::from_id(&text(cell).to_lowercase()).map(Value::Outcome),
    };
    let found =
        || text(cell).lines().next().unwrap_or_default().chars().take(40).collect::<String>();
    let value =
        value.ok_or_else(|| format!("{field} must be {}; found \"{}\"", field.kind(), found()))?;
    let is_empty = match &value {
        Value::Text(text) => text.is_empty(),
        Value::List(list) => list.is_empty(),
        _ => false,
    };
    Ok((!is_empty).then_some(value))
}

/// `7`, `"3..7"`, `"3-7"`, `[3, 7]`.
fn rating(cell: &Json) -> Option<Rating> {
    match cell {
        Json::Array(ends) => match &ends[..] {
            [low, high] => Rating::range(number(low)?, number(high)?),
            _ => None,
        },
        Json::String(text) => {
            let text = text.trim();
            Rating::parse(text).or_else(|| {
                let (low, high) = text.split_once(['-', '–'])?;
                Rating::range(low.trim().parse().ok()?, high.trim().parse().ok()?)
            })
        }
        cell => number(cell).map(Rating::value),
    }
}

/// A status by its word or another for it; of several words the first may do.
fn status(text: &str) -> Option<Status> {
    let text = text.trim().to_lowercase();
    let known = |word: &str| {
        let other =
            || STATUSES.iter().find(|(_, words)| words.contains(&word)).map(|(status, _)| *status);
        Status::from_id(word).or_else(other)
    };
    known(&text).or_else(|| known(text.split_whitespace().next()?))
}

/// Whether a text is a log: a day at the beginning of its first line.
pub(super) fn is_log(text: &str) -> bool {
    let first = text.trim().split([' ', '\n', ':', '\t']).next().unwrap_or_default();
    dates::day(first, DateOrder::Unknown).is_some()
}

/// The entries of a cell, and what could not be read of it.
pub(super) fn entries(kind: EntryKind, cell: &Json) -> (Vec<Entry>, Vec<String>) {
    let parts: Vec<Json> = match cell {
        Json::Array(list) => list.clone(),
        Json::String(text) => {
            text.lines().filter(|line| !line.trim().is_empty()).map(Json::from).collect()
        }
        other => vec![other.clone()],
    };
    let (mut entries, mut faults) = (Vec::new(), Vec::new());
    for (at, part) in parts.iter().enumerate() {
        let read = match (kind, part) {
            (_, Json::Object(object)) => entry(kind, object),
            (EntryKind::Log, Json::String(line)) => log_line(line),
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
    let date = dates::day(first.trim_end_matches(':'), DateOrder::Unknown);
    let date = date.ok_or("it must begin with a date such as 2024-03-01")?;
    let words = rest.split(' ').filter(|word| !word.is_empty());
    let mut entry = LogEntry::from_words(words, date);
    if let Some(note) = entry.note.strip_suffix(" (recalled)").map(str::to_owned) {
        (entry.note, entry.recalled) = (note, true);
    }
    Ok(Entry::Log(entry))
}

fn entry(kind: EntryKind, object: &Map<String, Json>) -> Result<Entry, &'static str> {
    let get =
        |keys: &[&str]| keys.iter().find_map(|key| object.get(*key)).filter(|cell| !cell.is_null());
    let words = |keys: &[&str]| get(keys).map(text).filter(|text| !text.trim().is_empty());
    let day = |keys: &[&str]| get(keys).and_then(|cell| date(cell, DateOrder::Unknown));
    let amount = |keys: &[&str]| get(keys).and_then(number);
    match kind {
        EntryKind::Log => Ok(Entry::Log(LogEntry {
            date: day(&["date", "day", "at", "when", "created_at"]).ok_or("it has no date")?,
            hours: amount(&["hours"]),
            traction: amount(&["traction", "level"]),
            note: words(&["note", "text", "message", "subject", "comment", "body"])
                .unwrap_or_default(),
            recalled: get(&["recalled"]).is_some_and(|flag| flag == &Json::Bool(true)),
        })),
        EntryKind::Promise => Ok(Entry::Promise(Promise {
            set: day(&["set"]),
            by: day(&["by", "date", "due"]).ok_or("it has no day by which it is judged")?,
            claim: words(&["claim", "text"]),
            traction: amount(&["traction"]),
            chance: amount(&["chance", "probability"]),
            result: words(&["result"]).and_then(|word| PromiseResult::from_id(&word)),
            resolved: day(&["resolved"]),
            amended: day(&["amended"]),
        })),
        EntryKind::Decision => {
            let status = |key: &str| words(&[key]).and_then(|word| status(&word));
            Ok(Entry::Decision(Decision {
                date: day(&["date"]).ok_or("it has no date")?,
                from: status("from").ok_or("it does not say from which status")?,
                to: status("to").ok_or("it does not say to which status")?,
                why: words(&["why", "reason"]).unwrap_or_default(),
                lesson: words(&["lesson"]),
            }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn cells_become_values() {
        let of = |field, cell: Json| {
            value(field, &cell, DateOrder::Unknown)
                .map(|value| value.map(|value| value.to_string()))
        };
        let rating = Field::Rating(crate::domain::Criterion::Headroom);
        for (field, cell, expected) in [
            (Field::Tags, json!("a; b, c; a"), "a, b, c"),
            (Field::Tags, json!(["a", 3]), "a, 3"),
            (Field::Created, json!("1 March 2024"), "2024-03-01"),
            (Field::Status, json!("In progress"), "active"),
            (Field::Status, json!("removed undone"), "abandoned"),
            (Field::Bet, json!("Next hot"), "next-hot"),
            (rating, json!("3-7"), "3..7"),
            (rating, json!([3, 7.5]), "3..7.5"),
            (rating, json!(4), "4"),
            (Field::Id, json!(17), "17"),
        ] {
            assert_eq!(of(field, cell.clone()), Ok(Some(expected.to_owned())), "{field} {cell}");
        }
        assert_eq!(of(Field::From, json!("")), Ok(None));
        let fault = of(rating, json!("high")).unwrap_err();
        assert_eq!(
            fault,
            "ratings.headroom must be a number from 0 to 10, or a range with its lower end first; found \"high\""
        );
    }

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
    }
}
