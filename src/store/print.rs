//! New ideas and entries as TOML text.

use std::fmt::Write as _;

use super::entry::cells;
use super::value::TomlValue;
use crate::domain::{Criterion, Entry, EntryKind, Field, Idea, RaterAnswers, Status};

/// What hangs below an idea, in the order in which a new idea is written.
pub(super) const SECTIONS: [&str; 8] =
    ["ratings", "bet", "log", "promise", "forecast", "decision", "case", "hindsight"];

/// An idea as it is written into a file, from its header to the end of its last
/// line.
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

/// The fields of one table that are worth a line: an idea without a status is
/// in the inbox.
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
