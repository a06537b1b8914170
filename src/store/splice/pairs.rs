//! Keys set, inserted and removed.

use super::super::span_map::{KeyValueSpan, PathSegment, SpanMap, Table};
use super::lines::{comment_lines, gap_at_end, indent, line_end, line_start};
use super::{TableEditor, replaced, sections};

/// The text without a pair. A pair on lines of its own takes them along, and
/// the comments in them stay on lines of their own.
pub(super) fn remove(text: &str, span_map: &SpanMap, pair: &KeyValueSpan) -> String {
    let table = &span_map.tables[pair.table];
    if !table.is_inline {
        let lines = line_start(text, pair.key.start)..line_end(text, pair.value.end);
        let comments = comment_lines(&text[lines.clone()], indent(text, pair.key.start));
        return replaced(text, lines, &comments);
    }
    let siblings: Vec<&KeyValueSpan> =
        span_map.pairs.iter().filter(|other| other.table == pair.table).collect();
    let at = siblings.iter().position(|other| other.key == pair.key).unwrap_or_default();
    let range = match (at.checked_sub(1).and_then(|at| siblings.get(at)), siblings.get(at + 1)) {
        (Some(before), _) => before.value.end..pair.value.end,
        (None, Some(after)) => pair.key.start..after.key.start,
        (None, None) => table.span.start + 1..table.span.end - 1,
    };
    replaced(text, range, "")
}

impl TableEditor<'_> {
    /// The text with a key that was absent, at its natural place: behind the
    /// nearest key that goes before it.
    pub(super) fn insert(&self, span_map: &SpanMap, key: &str, value: &str) -> String {
        let siblings: Vec<&KeyValueSpan> = span_map
            .pairs
            .iter()
            .filter(|pair| pair.path.split_last().is_some_and(|(_, path)| path == self.parent))
            .collect();
        let rank = self.rank(key);
        let is_unknown = rank == self.keys.len();
        let before = siblings
            .iter()
            .filter(|pair| is_unknown || self.rank_of(pair) < rank)
            .max_by_key(|pair| (self.rank_of(pair), pair.key.start));
        if let Some(pair) = before {
            self.insert_after(span_map, pair, key, value)
        } else if let Some(pair) = siblings.first() {
            self.insert_before(span_map, pair, key, value)
        } else if let Some(table) = span_map.table(self.parent) {
            self.insert_first(table, key, value)
        } else {
            self.insert_table(span_map, key, value)
        }
    }

    /// Position in the order of keys; unknown ones come last.
    fn rank(&self, key: &str) -> usize {
        self.keys.iter().position(|other| *other == key).unwrap_or(self.keys.len())
    }

    fn rank_of(&self, pair: &KeyValueSpan) -> usize {
        match pair.path.last() {
            Some(PathSegment::Key(key)) => self.rank(key),
            _ => self.keys.len(),
        }
    }

    fn insert_after(
        &self,
        span_map: &SpanMap,
        pair: &KeyValueSpan,
        key: &str,
        value: &str,
    ) -> String {
        let text = self.text;
        let new = self.like(pair, key, value);
        if span_map.tables[pair.table].is_inline {
            return replaced(text, pair.value.end..pair.value.end, &format!(", {new}"));
        }
        let end = line_end(text, pair.value.end);
        let line = format!("{}{new}", indent(text, pair.key.start));
        sections::insert_lines(text, self.eol, end, &line)
    }

    fn insert_before(
        &self,
        span_map: &SpanMap,
        pair: &KeyValueSpan,
        key: &str,
        value: &str,
    ) -> String {
        let text = self.text;
        let new = self.like(pair, key, value);
        if span_map.tables[pair.table].is_inline {
            return replaced(text, pair.key.start..pair.key.start, &format!("{new}, "));
        }
        let start = line_start(text, pair.key.start);
        let line = format!("{}{new}{}", indent(text, pair.key.start), self.eol);
        replaced(text, start..start, &line)
    }

    /// The first pair of a table that has none.
    fn insert_first(&self, table: &Table, key: &str, value: &str) -> String {
        if table.is_inline {
            let inside = table.span.start + 1..table.span.end - 1;
            return replaced(self.text, inside, &format!(" {key} = {value} "));
        }
        let line = format!("{}{key} = {value}", indent(self.text, table.span.start));
        sections::insert_lines(self.text, self.eol, line_end(self.text, table.span.end), &line)
    }

    /// The first pair of a table that is not there yet: inside an inline idea
    /// an inline table, else a section; what belongs to no idea goes to the end.
    fn insert_table(&self, span_map: &SpanMap, key: &str, value: &str) -> String {
        let Some((PathSegment::Key(name), idea)) = self.parent.split_last() else {
            return self.text.to_owned();
        };
        if idea.is_empty() {
            let Self { text, eol, .. } = self;
            return format!("{text}{}[{name}]{eol}{key} = {value}{eol}", gap_at_end(text, eol));
        }
        let idea = idea.to_vec();
        if span_map.table(&idea).is_some_and(|table| table.is_inline) {
            let spot = TableEditor { parent: &idea, keys: &[], ..*self };
            return spot.insert(span_map, name, &format!("{{ {key} = {value} }}"));
        }
        let section = format!("[idea.{name}]{}{key} = {value}{}", self.eol, self.eol);
        sections::insert_section(self.text, self.eol, span_map, &idea, name, &section)
    }

    /// A pair written like another one of its table: with the same dotted
    /// prefix, the same space around the `=`, and in line with it where the
    /// other is padded.
    fn like(&self, pair: &KeyValueSpan, key: &str, value: &str) -> String {
        let text = self.text;
        let prefix = &text[pair.key.start..pair.last.start];
        let between = &text[pair.key.end..pair.value.start];
        let padding = between.len() - between.trim_start_matches([' ', '\t']).len();
        let between = &between[padding..];
        let width = pair.last.len() + padding;
        let padding = match padding {
            0 | 1 => padding,
            _ => width.saturating_sub(key.len()).max(1),
        };
        format!("{prefix}{key}{}{between}{value}", " ".repeat(padding))
    }
}
