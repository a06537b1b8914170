//! One change to one idea as the smallest change to its text.
//!
//! The result is not trusted: the caller reads it again and compares it with what
//! the change should give.

mod lines;
mod lists;
mod pairs;
mod sections;

use super::entry::cells;
use super::print;
use super::span_map::{KeyPath, KeyValueSpan, PathSegment, SpanMap};
use super::value::TomlValue;
use crate::domain::{Change, Criterion, Entry, EntryKind, Field, Opinion, SettingValue};

pub(super) use lines::{attached_comments, blank_lines_before, gap_at_end};
use lines::{comment_lines, indent, is_blank, line_start};
pub(super) use lists::{insert_element, remove_element};
pub(super) use sections::{body, foreign_tables};

/// The line ending of a text: that of its first line.
pub(super) fn line_ending(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// The text of a part after a change to the idea at `index` of its list.
pub(super) fn change(text: &str, eol: &str, index: usize, change: &Change) -> String {
    let idea = vec![PathSegment::key("idea"), PathSegment::Index(index)];
    match change {
        Change::Set { field, value } => {
            let (table, key) = field.path();
            let keys: Vec<&str> = Field::all()
                .into_iter()
                .filter(|other| other.path().0 == table)
                .map(|other| other.path().1)
                .collect();
            let value = value.as_ref().map(TomlValue::from_value);
            let mut parent = idea;
            if !table.is_empty() {
                parent.push(PathSegment::key(table));
            }
            TableEditor { text, eol, parent: &parent, keys: &keys }.set(key, value.as_ref())
        }
        Change::Insert { at, entry } => sections::insert_entry(text, eol, &idea, *at, entry),
        Change::Replace { at, entry } => replace_entry(text, eol, &idea, *at, entry),
        Change::Remove { at, kind } => sections::remove_entry(text, &idea, *at, *kind),
    }
}

/// The text of a file of settings with one of them set, or cleared.
pub(super) fn setting(
    text: &str,
    eol: &str,
    (table, key): (&str, &str),
    value: Option<&SettingValue>,
) -> String {
    let parent = vec![PathSegment::key(table)];
    let weights = Criterion::ALL.map(Criterion::id);
    let keys = if table == "weights" { weights.as_slice() } else { &[] };
    let value = value.map(TomlValue::from_setting);
    TableEditor { text, eol, parent: &parent, keys }.set(key, value.as_ref())
}

/// The text of a person's file with what they said in words about an idea, which
/// is filed under `key`.
pub(super) fn opinion(text: &str, eol: &str, key: &str, opinion: &Opinion) -> String {
    let Opinion { excited, hopeless, comment } = opinion;
    let comment = Some(comment).filter(|text| !text.is_empty());
    let tables = [
        ("excited", excited.then_some(TomlValue::Flag(true))),
        ("hopeless", hopeless.clone().map(TomlValue::Text)),
        ("comments", comment.cloned().map(TomlValue::Text)),
    ];
    tables.into_iter().fold(text.to_owned(), |text, (table, value)| {
        let parent = vec![PathSegment::key(table)];
        TableEditor { text: &text, eol, parent: &parent, keys: &[] }.set(key, value.as_ref())
    })
}

fn replace_entry(text: &str, eol: &str, idea: &KeyPath, at: usize, entry: &Entry) -> String {
    let cells = cells(entry);
    let keys: Vec<&str> = cells.iter().map(|(key, _)| *key).collect();
    let parent = entry_path(idea, entry.kind(), at);
    cells.iter().fold(text.to_owned(), |text, (key, value)| {
        TableEditor { text: &text, eol, parent: &parent, keys: &keys }.set(key, value.as_ref())
    })
}

fn entry_path(idea: &KeyPath, kind: EntryKind, at: usize) -> KeyPath {
    let mut path = idea.clone();
    path.extend([PathSegment::key(kind.id()), PathSegment::Index(at)]);
    path
}

/// A table in a text, with the keys it may hold in the order in which they are
/// written.
struct TableEditor<'s> {
    text: &'s str,
    eol: &'s str,
    parent: &'s KeyPath,
    keys: &'s [&'s str],
}

impl TableEditor<'_> {
    /// The text with a key set, or cleared.
    fn set(&self, key: &str, value: Option<&TomlValue>) -> String {
        let span_map = SpanMap::of(self.text);
        let mut path = self.parent.clone();
        path.push(PathSegment::key(key));
        match (span_map.pair(&path), value) {
            (Some(pair), Some(value)) => {
                let old = pair.value.clone();
                let new = lists::replace_value(&self.text[old.clone()], value, self.eol);
                let text = replaced(self.text, old.clone(), &new);
                self.with_lost_comments(&text, pair, &new)
            }
            (Some(pair), None) => pairs::remove(self.text, &span_map, pair),
            (None, Some(value)) => {
                self.insert(&span_map, &print::key(key), &value.render(self.eol))
            }
            (None, None) => self.text.to_owned(),
        }
    }
}

impl TableEditor<'_> {
    /// The text with a value replaced, and the comments that stood in the old value
    /// and are not in the new one above its key.
    fn with_lost_comments(&self, text: &str, pair: &KeyValueSpan, new: &str) -> String {
        let start = line_start(text, pair.key.start);
        if !self.text[pair.value.clone()].contains('\n') || !is_blank(&text[start..pair.key.start])
        {
            return text.to_owned();
        }
        let lead = indent(text, pair.key.start);
        let kept = comment_lines(new, lead);
        let lost = comment_lines(&self.text[pair.value.clone()], lead);
        let lost: String =
            lost.split_inclusive('\n').filter(|comment| !kept.contains(comment)).collect();
        replaced(text, start..start, &lost)
    }
}

/// `text` with a range of it replaced.
pub(super) fn replaced(text: &str, range: std::ops::Range<usize>, with: &str) -> String {
    let mut new = String::with_capacity(text.len() - range.len() + with.len());
    new.push_str(&text[..range.start]);
    new.push_str(with);
    new.push_str(&text[range.end..]);
    new
}
