//! New ideas and entries as TOML text, and entries of an idea's lists as rows of keys
//! and values.

use std::fmt::Write as _;

use super::value::TomlValue;
use crate::domain::{
    CleanSlate, Criterion, Date, Entry, EntryKind, Field, ForecastResult, Idea, PromiseResult,
    RaterAnswers, Status,
};

/// What hangs below an idea, in the order in which a new idea is written.
pub(super) const SECTIONS: [&str; 8] =
    ["ratings", "bet", "log", "promise", "forecast", "decision", "case", "hindsight"];

/// An idea as it is written into a file, from its header to the end of its last line.
#[must_use]
pub fn idea_toml(idea: &Idea) -> String {
    self::idea(idea, "\n")
}

/// A whole idea, from its header to the end of its last line.
pub(super) fn idea(idea: &Idea, eol: &str) -> String {
    let mut text = format!("[[idea]]{eol}");
    lines(&mut text, &fields(idea, ""), eol);
    for section in SECTIONS {
        if let Some(kind) = EntryKind::ALL.into_iter().find(|kind| kind.id() == section) {
            for entry in entries(idea, kind) {
                text.push_str(eol);
                text.push_str(&entry_section(&entry, eol));
            }
        } else {
            let fields = fields(idea, section);
            if !fields.is_empty() {
                text.push_str(&format!("{eol}[idea.{section}]{eol}"));
                lines(&mut text, &fields, eol);
            }
        }
    }
    text
}

/// A whole idea as an inline table.
pub(super) fn inline_idea(idea: &Idea, eol: &str) -> String {
    let mut pairs = pairs(&fields(idea, ""), eol);
    for section in SECTIONS {
        if let Some(kind) = EntryKind::ALL.into_iter().find(|kind| kind.id() == section) {
            let entries: Vec<_> =
                entries(idea, kind).map(|entry| inline_entry(&entry, eol)).collect();
            if !entries.is_empty() {
                pairs.push(format!("{section} = [{}]", entries.join(", ")));
            }
        } else {
            let fields = fields(idea, section);
            if !fields.is_empty() {
                pairs.push(format!("{section} = {}", inline(&fields, eol)));
            }
        }
    }
    format!("{{ {} }}", pairs.join(", "))
}

/// An entry with a header of its own.
pub(super) fn entry_section(entry: &Entry, eol: &str) -> String {
    let mut text = format!("[[idea.{}]]{eol}", entry.kind().id());
    lines(&mut text, &present(cells(entry)), eol);
    text
}

/// An entry as an inline table.
pub(super) fn inline_entry(entry: &Entry, eol: &str) -> String {
    inline(&present(cells(entry)), eol)
}

fn entries(idea: &Idea, kind: EntryKind) -> impl Iterator<Item = Entry> {
    (0..idea.entries(kind)).filter_map(move |at| idea.entry(kind, at))
}

/// The fields of one table that are worth a line: an idea without a status is in the inbox.
fn fields(idea: &Idea, table: &str) -> Vec<(&'static str, TomlValue)> {
    Field::all()
        .into_iter()
        .filter(|field| field.path().0 == table)
        .filter(|field| *field != Field::Status || idea.status != Status::Inbox)
        .filter_map(|field| Some((field.path().1, TomlValue::from_value(&idea.get(field)?))))
        .collect()
}

fn present(cells: Vec<(&'static str, Option<TomlValue>)>) -> Vec<(&'static str, TomlValue)> {
    cells.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
}

fn pairs(cells: &[(&str, TomlValue)], eol: &str) -> Vec<String> {
    cells.iter().map(|(key, value)| format!("{key} = {}", value.render(eol))).collect()
}

fn lines(text: &mut String, cells: &[(&str, TomlValue)], eol: &str) {
    for pair in pairs(cells, eol) {
        text.push_str(&pair);
        text.push_str(eol);
    }
}

fn inline(cells: &[(&str, TomlValue)], eol: &str) -> String {
    format!("{{ {} }}", pairs(cells, eol).join(", "))
}

/// A rater's answers about an idea, as a table of the rater's file.
pub(super) fn answers(answered: &RaterAnswers, eol: &str) -> String {
    let mut table = String::new();
    for remark in &answered.remarks {
        let _ = writeln!(table, "# {}", comment(remark));
    }
    let _ = writeln!(table, "[ratings.{}]", key(&answered.id));
    for criterion in Criterion::ALL {
        let Some(rating) = answered.ratings[criterion.index()] else { continue };
        let _ = write!(table, "{} = ", criterion.id());
        let _ = match rating.is_value() {
            true => write!(table, "{}", rating.low()),
            false => write!(table, "[{}, {}]", rating.low(), rating.high()),
        };
        let reason = comment(&answered.reasons[criterion.index()]);
        let _ = if reason.is_empty() { writeln!(table) } else { writeln!(table, "  # {reason}") };
    }
    table.replace('\n', eol)
}

/// A comment holds no control characters but tabs.
fn comment(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect::<String>().trim().to_owned()
}

/// A key as it is written: bare where that is possible.
pub(super) fn key(id: &str) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !id.is_empty() && id.chars().all(is_bare) {
        id.to_owned()
    } else {
        toml::Value::String(id.to_owned()).to_string()
    }
}

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
