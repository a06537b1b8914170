//! Entries of an idea's lists as rows of keys and values.

use super::value::TomlValue;
use crate::domain::{CleanSlate, Date, Entry, ForecastResult, PromiseResult};

/// The keys of an entry in the order in which they are written, each with its
/// value; `None` is left out of the file.
pub(super) fn cells(entry: &Entry) -> Vec<(&'static str, Option<TomlValue>)> {
    let number = |x: Option<f64>| x.map(TomlValue::Number);
    let date = |day: Option<Date>| day.map(TomlValue::Date);
    let text = |text: Option<&str>| {
        text.filter(|text| !text.is_empty()).map(|text| TomlValue::Text(text.to_owned()))
    };
    match entry {
        Entry::Log(entry) => vec![
            ("date", date(Some(entry.date))),
            ("hours", number(entry.hours)),
            ("traction", number(entry.traction)),
            ("note", text(Some(&entry.note))),
            ("recalled", entry.recalled.then_some(TomlValue::Flag(true))),
            ("output", text(entry.output.as_deref())),
        ],
        Entry::Promise(promise) => vec![
            ("set", date(promise.set)),
            ("by", date(Some(promise.by))),
            ("claim", text(promise.claim.as_deref())),
            ("traction", number(promise.traction)),
            ("chance", number(promise.chance)),
            ("result", text(promise.result.map(PromiseResult::id))),
            ("resolved", date(promise.resolved)),
            ("amended", date(promise.amended)),
        ],
        Entry::Forecast(forecast) => vec![
            ("set", date(forecast.set)),
            ("by", date(Some(forecast.by))),
            ("claim", text(Some(&forecast.claim))),
            ("chance", number(Some(forecast.chance))),
            ("result", text(forecast.result.map(ForecastResult::id))),
            ("resolved", date(forecast.resolved)),
        ],
        Entry::Decision(decision) => vec![
            ("date", date(Some(decision.date))),
            ("from", text(Some(decision.from.id()))),
            ("to", text(Some(decision.to.id()))),
            ("why", text(Some(&decision.why))),
            ("cause", text(decision.cause.as_deref())),
            ("taken_by", text(decision.taken_by.as_deref())),
            ("lesson", text(decision.lesson.as_deref())),
            ("score", number(decision.score)),
            ("clean_slate", text(decision.clean_slate.map(CleanSlate::id))),
            ("log_chance", number(decision.log_chance)),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::EntryKind;
    use crate::store::read;

    #[test]
    fn what_is_written_is_what_is_read_in_its_order() {
        for (kind, text) in [
            (EntryKind::Log, "{ date = 2026-03-01 }"),
            (EntryKind::Promise, "{ by = 2026-03-01, traction = 5 }"),
            (EntryKind::Forecast, "{ by = 2026-03-01, claim = \"it works\", chance = 0.7 }"),
            (EntryKind::Decision, "{ date = 2026-03-01, from = \"inbox\", to = \"active\" }"),
        ] {
            let entry = read::entry(kind, text).unwrap();
            let written: Vec<&str> = cells(&entry).iter().map(|(key, _)| *key).collect();
            let read: Vec<&str> = kind.fields().iter().map(|field| field.key).collect();
            assert_eq!(written, read);
        }
    }
}
