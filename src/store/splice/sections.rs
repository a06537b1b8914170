//! Tables with a header of their own: sections of an idea and entries of its
//! lists.

use std::ops::Range;

use super::super::print::TomlValue;
use super::super::print::{self, SECTIONS, entry_section, inline_entry};
use super::super::span_map::{KeyPath, PathSegment, SpanMap, Table};
use super::lists::{insert_element, remove_element};
use super::{
    TableEditor, attached_comments, blank_lines_before, entry_path, gap_at_end, indent, line_end,
    line_start, replaced, trailing_comments,
};
use crate::domain::{Entry, EntryKind};

/// The text with an entry before the one at `at` of its list, or at its end.
pub(super) fn insert_entry(
    text: &str,
    eol: &str,
    idea: &KeyPath,
    at: usize,
    entry: &Entry,
) -> String {
    let span_map = SpanMap::of(text);
    let kind = entry.kind();
    let mut list = idea.clone();
    list.push(PathSegment::key(kind.id()));
    if let Some(pair) = span_map.pair(&list) {
        let new = inline_entry(entry, eol);
        let array = insert_element(&text[pair.value.clone()], eol, at, &new);
        return replaced(text, pair.value.clone(), &array);
    }
    if span_map.table(idea).is_some_and(|table| table.is_inline) {
        let value = format!("[{}]", inline_entry(entry, eol));
        return TableEditor { text, eol, parent: idea, keys: &[] }.insert(
            &span_map,
            kind.id(),
            &value,
        );
    }
    let section = entry_section(entry, eol);
    match span_map.table(&entry_path(idea, kind, at)) {
        Some(next) => insert_before(text, eol, &span_map, next, &section),
        None => insert_section(text, eol, &span_map, idea, kind.id(), &section),
    }
}

/// The text without the entry at `at` of its list.
pub(super) fn remove_entry(text: &str, idea: &KeyPath, at: usize, kind: EntryKind) -> String {
    let mut list = idea.clone();
    list.push(PathSegment::key(kind.id()));
    remove_table(text, &list, at)
}

/// The text without the table at `at` of a list of tables.
pub(super) fn remove_table(text: &str, list: &KeyPath, at: usize) -> String {
    let span_map = SpanMap::of(text);
    if let Some(pair) = span_map.pair(list) {
        let array = remove_element(&text[pair.value.clone()], at);
        return replaced(text, pair.value.clone(), &array);
    }
    let path = [list.as_slice(), &[PathSegment::Index(at)]].concat();
    let Some(table) = span_map.table(&path) else { return text.to_owned() };
    let start = attached_comments(text, line_start(text, table.span.start));
    let start = blank_lines_before(text, start);
    let below = |other: &&Table| !other.is_inline && other.path.starts_with(&table.path);
    let below = span_map.tables.iter().rfind(below);
    let end = content_end(text, &span_map, below.unwrap_or(table));
    replaced(text, start..end, "")
}

/// The text of a file of settings with a table before the one at `at` of a list,
/// or behind the last of them, or at the end.
pub(super) fn insert_table(
    text: &str,
    eol: &str,
    name: &str,
    at: usize,
    cells: &[(String, TomlValue)],
) -> String {
    let span_map = SpanMap::of(text);
    if let Some(pair) = span_map.pair(&[PathSegment::key(name)]) {
        let new = TomlValue::Table(cells.to_vec()).render(eol);
        let array = insert_element(&text[pair.value.clone()], eol, at, &new);
        return replaced(text, pair.value.clone(), &array);
    }
    let path = |at| [PathSegment::key(name), PathSegment::Index(at)];
    let lines = cells
        .iter()
        .map(|(key, value)| format!("{} = {}{eol}", print::key(key), value.render(eol)));
    let section = format!("[[{name}]]{eol}{}", lines.collect::<String>());
    if let Some(next) = span_map.table(&path(at)) {
        return insert_before(text, eol, &span_map, next, &section);
    }
    match at.checked_sub(1).and_then(|last| span_map.table(&path(last))) {
        Some(last) => {
            let end = content_end(text, &span_map, last);
            let section = section.trim_end_matches(['\r', '\n']);
            insert_lines(text, eol, end, &format!("{eol}{section}"))
        }
        None => format!("{text}{}{section}", gap_at_end(text, eol)),
    }
}

/// An idea from its header to the end of its last line; an inline one from brace to brace.
pub(crate) fn body(text: &str, index: usize) -> Range<usize> {
    let span_map = SpanMap::of(text);
    let idea = [PathSegment::key("idea"), PathSegment::Index(index)];
    let Some(table) = span_map.table(&idea) else { return 0..text.len() };
    if table.is_inline {
        return table.span.clone();
    }
    let below = |other: &&Table| !other.is_inline && other.path.starts_with(&idea);
    let last = span_map.tables.iter().rfind(below).unwrap_or(table);
    line_start(text, table.span.start)..content_end(text, &span_map, last)
}

/// The tables that stand between those of an idea and are not its own,
/// with the comments above them.
pub(crate) fn foreign_tables(text: &str, index: usize) -> Vec<Range<usize>> {
    let span_map = SpanMap::of(text);
    let idea = [PathSegment::key("idea"), PathSegment::Index(index)];
    let body = body(text, index);
    let start = |table: &Table| attached_comments(text, line_start(text, table.span.start));
    let tables: Vec<&Table> = span_map
        .tables
        .iter()
        .filter(|table| !table.is_inline && body.contains(&table.span.start))
        .filter(|table| !table.path.is_empty())
        .collect();
    let ends = tables.iter().skip(1).map(|next| start(next)).chain([body.end]);
    let foreign = tables.iter().zip(ends).filter(|(table, _)| !table.path.starts_with(&idea));
    foreign.map(|(table, end)| start(table)..end).collect()
}

/// The text with a new section of an idea: behind the last one that goes before
/// it, one blank line apart where the others are.
pub(super) fn insert_section(
    text: &str,
    eol: &str,
    span_map: &SpanMap,
    idea: &KeyPath,
    name: &str,
    section: &str,
) -> String {
    let rank = rank(name);
    let before = span_map
        .tables
        .iter()
        .filter(|table| !table.is_inline && table.path.starts_with(idea))
        .rfind(|table| match table.path.get(idea.len()) {
            Some(PathSegment::Key(name)) => self::rank(name) <= rank,
            _ => true,
        });
    let Some(before) = before else { return text.to_owned() };
    let is_below = before.path.len() > idea.len();
    let end = content_end(text, span_map, before);
    let follows = &text[end..];
    let is_compact = if follows.trim_matches([' ', '\t', '\r', '\n']).is_empty() {
        let above = attached_comments(text, line_start(text, before.span.start));
        is_below && blank_lines_before(text, above) == above
    } else {
        !follows.starts_with(['\r', '\n'])
    };
    let indent = if is_below { indent(text, before.span.start) } else { "" };
    let section = section.trim_end_matches(['\r', '\n']);
    // Inside a multi-line string an indent would belong to the text.
    let is_plain = !section.contains("\"\"\"") && !section.contains("'''");
    let section = if is_plain && !indent.is_empty() {
        section.split(eol).map(|line| format!("{indent}{line}")).collect::<Vec<_>>().join(eol)
    } else {
        section.to_owned()
    };
    let gap = if is_compact { "" } else { eol };
    insert_lines(text, eol, end, &format!("{gap}{section}"))
}

/// The text with a section in front of another one and its comments.
fn insert_before(text: &str, eol: &str, span_map: &SpanMap, next: &Table, section: &str) -> String {
    let start = attached_comments(text, line_start(text, next.span.start));
    let is_spaced = blank_lines_before(text, start) < start
        || span_map.tables.get(1).is_some_and(|first| first.span == next.span);
    let gap = if is_spaced { eol } else { "" };
    replaced(text, start..start, &format!("{section}{gap}"))
}

fn rank(section: &str) -> usize {
    SECTIONS.iter().position(|name| *name == section).unwrap_or(SECTIONS.len())
}

/// Where a section's own lines end, with the comment lines directly below.
fn content_end(text: &str, span_map: &SpanMap, table: &Table) -> usize {
    let next = span_map
        .tables
        .iter()
        .filter(|other| !other.is_inline)
        .map(|other| other.span.start)
        .find(|start| *start > table.span.start)
        .unwrap_or(text.len());
    let last = span_map
        .pairs
        .iter()
        .filter(|pair| (table.span.start..next).contains(&pair.key.start))
        .map(|pair| pair.value.end)
        .max();
    trailing_comments(text, line_end(text, last.unwrap_or(table.span.end)))
}

/// The text with lines at an offset where a line starts, or at its end; an end
/// without a line break stays without one.
pub(super) fn insert_lines(text: &str, eol: &str, at: usize, lines: &str) -> String {
    let is_unfinished = at > 0 && !text[..at].ends_with('\n');
    let lines = if is_unfinished { format!("{eol}{lines}") } else { format!("{lines}{eol}") };
    replaced(text, at..at, &lines)
}
