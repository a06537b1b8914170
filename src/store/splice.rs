//! One change to one idea as the smallest change to its text.
//!
//! Nothing here is trusted: whoever splices reads the result again and compares
//! it with what the change should give.

mod lines;
mod lists;
mod pairs;
mod sections;

use super::entry::cells;
use super::layout::{Layout, Path, Step};
use super::literal::Literal;
use crate::domain::{Change, Criterion, Entry, EntryKind, Field, SettingValue};

pub(super) use lines::{attached_comments, blank_lines_before, gap_at_end};
pub(super) use lists::{insert_element, remove_element};
pub(super) use sections::body;

/// The line ending of a text: that of its first line.
pub(super) fn line_ending(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// The text of a part after a change to the idea at `index` of its list.
pub(super) fn change(text: &str, eol: &str, index: usize, change: &Change) -> String {
    let idea = vec![Step::key("idea"), Step::Index(index)];
    match change {
        Change::Set { field, value } => {
            let (table, key) = field.path();
            let keys: Vec<&str> = Field::all()
                .into_iter()
                .filter(|other| other.path().0 == table)
                .map(|other| other.path().1)
                .collect();
            let value = value.as_ref().map(Literal::from_value);
            let mut parent = idea;
            if !table.is_empty() {
                parent.push(Step::key(table));
            }
            Spot { text, eol, parent: &parent, keys: &keys }.set(key, value.as_ref())
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
    let parent = vec![Step::key(table)];
    let weights = Criterion::ALL.map(Criterion::id);
    let keys = if table == "weights" { weights.as_slice() } else { &[] };
    let value = value.map(Literal::from_setting);
    Spot { text, eol, parent: &parent, keys }.set(key, value.as_ref())
}

fn replace_entry(text: &str, eol: &str, idea: &Path, at: usize, entry: &Entry) -> String {
    let cells = cells(entry);
    let keys: Vec<&str> = cells.iter().map(|(key, _)| *key).collect();
    let parent = entry_path(idea, entry.kind(), at);
    cells.iter().fold(text.to_owned(), |text, (key, value)| {
        Spot { text: &text, eol, parent: &parent, keys: &keys }.set(key, value.as_ref())
    })
}

fn entry_path(idea: &Path, kind: EntryKind, at: usize) -> Path {
    let mut path = idea.clone();
    path.extend([Step::key(kind.id()), Step::Index(at)]);
    path
}

/// A table in a text, with the keys it may hold in the order in which they are
/// written.
struct Spot<'s> {
    text: &'s str,
    eol: &'s str,
    parent: &'s Path,
    keys: &'s [&'s str],
}

impl Spot<'_> {
    /// The text with a key set, or cleared.
    fn set(&self, key: &str, value: Option<&Literal>) -> String {
        let layout = Layout::of(self.text);
        let mut path = self.parent.clone();
        path.push(Step::key(key));
        match (layout.pair(&path), value) {
            (Some(pair), Some(value)) => {
                let old = pair.value.clone();
                let new = lists::replace_value(&self.text[old.clone()], value, self.eol);
                replaced(self.text, old, &new)
            }
            (Some(pair), None) => pairs::remove(self.text, &layout, pair),
            (None, Some(value)) => self.insert(&layout, key, &value.render(self.eol)),
            (None, None) => self.text.to_owned(),
        }
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
