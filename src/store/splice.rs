//! One change to one idea as the smallest change to its text, and the lines, blank
//! lines and comment lines around an offset.
//!
//! The result is not trusted: the caller reads it again and compares it with what
//! the change should give.

mod lists;
mod sections;

pub(super) use lists::{insert_element, remove_element};
pub(super) use sections::{body, foreign_tables};

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use super::print;
use super::print::TomlValue;
use super::print::cells;
use super::span_map::{KeyPath, KeyValueSpan, PathSegment, SpanMap};
use crate::domain::{
    Change, Criterion, Entry, EntryKind, Field, GOAL_LISTS, Reaction, SettingTable, SettingValue,
};

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

/// The text of a file of settings with a list of tables changed, `[[goal]]`: what
/// is the same at both ends stays as it is.
pub(super) fn setting_list(
    text: &str,
    eol: &str,
    name: &str,
    (before, after): (&[SettingTable], &[SettingTable]),
) -> String {
    if after.is_empty() && SpanMap::of(text).pair(&[PathSegment::key(name)]).is_some() {
        return TableEditor { text, eol, parent: &Vec::new(), keys: &[] }.set(name, None);
    }
    let start = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    let behind = before[start..].iter().rev().zip(after[start..].iter().rev());
    let same = behind.take_while(|(a, b)| a == b).count();
    let (old, new) = (start..before.len() - same, start..after.len() - same);
    let fields = GOAL_LISTS.iter().find(|(list, _)| *list == name).map_or(&[][..], |(_, all)| all);
    let keys: Vec<&str> = fields.iter().map(|field| field.key).collect();
    let mut text = text.to_owned();
    for (at, table) in new.clone().zip(old.clone()).map(|(at, _)| (at, &after[at])) {
        let parent = vec![PathSegment::key(name), PathSegment::Index(at)];
        let gone = before[at].keys().filter(|key| !table.contains_key(*key));
        for key in gone.chain(table.keys()) {
            let value = table.get(key).map(TomlValue::from_setting);
            text = TableEditor { text: &text, eol, parent: &parent, keys: &keys }
                .set(key, value.as_ref());
        }
    }
    for at in (new.end.min(old.end)..old.end).rev() {
        text = sections::remove_table(&text, &vec![PathSegment::key(name)], at);
    }
    let added = old.end.min(new.end)..new.end;
    for (at, table) in added.clone().zip(&after[added]) {
        text = sections::insert_table(&text, eol, name, at, &cells_in_order(table, &keys));
    }
    text
}

/// The keys and values of a table, known keys first and in their order.
fn cells_in_order(table: &SettingTable, keys: &[&str]) -> Vec<(String, TomlValue)> {
    let rank = |key: &str| keys.iter().position(|known| *known == key).unwrap_or(keys.len());
    let mut cells: Vec<_> = table.iter().collect();
    cells.sort_by_key(|(key, _)| rank(key));
    let cell =
        |(key, value): (&String, &SettingValue)| (key.clone(), TomlValue::from_setting(value));
    cells.into_iter().map(cell).collect()
}

/// The text of a person's file with what they said in words about an idea,
/// which is filed under `key`.
pub(super) fn reaction(text: &str, eol: &str, key: &str, reaction: &Reaction) -> String {
    let Reaction { excited, hopeless, comment } = reaction;
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

/// A table in a text, with the keys it may hold in the order in which they are written.
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
            (Some(pair), None) => lists::remove(self.text, &span_map, pair),
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

/// Where the line of an offset starts.
fn line_start(text: &str, offset: usize) -> usize {
    text[..offset].rfind('\n').map_or(0, |at| at + 1)
}

/// Where the line of an offset ends, its ending included.
fn line_end(text: &str, offset: usize) -> usize {
    text[offset..].find('\n').map_or(text.len(), |at| offset + at + 1)
}

/// What stands before an offset on its line if that is only blank space.
fn indent(text: &str, offset: usize) -> &str {
    let before = &text[line_start(text, offset)..offset];
    if is_blank(before) { before } else { "" }
}

fn is_blank(line: &str) -> bool {
    line.trim_matches([' ', '\t', '\r', '\n', '\u{feff}']).is_empty()
}

fn is_comment(line: &str) -> bool {
    line.trim_start_matches([' ', '\t']).starts_with('#')
}

/// The line before the one that starts at an offset.
fn line_before(text: &str, start: usize) -> Option<(usize, &str)> {
    let end = start.checked_sub(1)?;
    let before = line_start(text, end);
    Some((before, &text[before..start]))
}

/// The comments in some text, each on a line of its own.
fn comment_lines(text: &str, indent: &str) -> String {
    let eol = line_ending(text);
    let comments = Source::new(text).lex();
    let comments = comments.filter(|token| token.kind() == TokenKind::Comment);
    let comments = comments.filter_map(|token| text.get(token.span().start()..token.span().end()));
    comments.map(|comment| format!("{indent}{}{eol}", comment.trim_end())).collect()
}

/// Where the comment lines begin that stand directly above the line that starts
/// at an offset; the offset itself if there are none.
pub(crate) fn attached_comments(text: &str, start: usize) -> usize {
    let mut first = start;
    while let Some((before, line)) = line_before(text, first) {
        if !is_comment(line) {
            break;
        }
        first = before;
    }
    first
}

/// Where the blank lines begin that stand directly above an offset.
pub(crate) fn blank_lines_before(text: &str, start: usize) -> usize {
    let mut first = start;
    while let Some((before, line)) = line_before(text, first) {
        // The byte-order mark is no line of its own.
        if !is_blank(line) || line.contains('\u{feff}') {
            break;
        }
        first = before;
    }
    first
}

/// What goes between a text and a section at its end, so that one blank line keeps them apart.
pub(crate) fn gap_at_end(text: &str, eol: &str) -> String {
    if matches!(text, "" | "\u{feff}") {
        String::new()
    } else if !text.ends_with('\n') {
        eol.repeat(2)
    } else if blank_lines_before(text, text.len()) < text.len() {
        String::new()
    } else {
        eol.to_owned()
    }
}

/// Where the comment lines end that stand directly below a line that ends at an
/// offset, unless they belong to a header that follows them.
fn trailing_comments(text: &str, end: usize) -> usize {
    let mut last = end;
    while last < text.len() && is_comment(&text[last..line_end(text, last)]) {
        last = line_end(text, last);
    }
    let follows = text[last..].trim_start_matches([' ', '\t']);
    if follows.starts_with('[') { end } else { last }
}
