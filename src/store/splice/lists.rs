//! Keys set, inserted and removed; values replaced, and elements of lists inserted and
//! removed, with the comments and line breaks between them kept.

use std::ops::Range;

use toml::de::DeValue;

use super::super::print::TomlValue;
use super::super::span_map::{KeyValueSpan, PathSegment, SpanMap, Table};
use super::{
    TableEditor, comment_lines, gap_at_end, indent, is_blank, line_end, line_start, replaced,
    sections,
};

/// The text of a value after it has been set. What already says the same stays
/// as it is, and a list keeps the elements that it has before and after.
pub(super) fn replace_value(old: &str, new: &TomlValue, eol: &str) -> String {
    let Ok(value) = DeValue::parse(old) else { return new.render(eol) };
    if new.equals(value.get_ref()) {
        return old.to_owned();
    }
    match (new, value.get_ref()) {
        (TomlValue::List(items), DeValue::Array(elements)) => {
            let elements: Vec<&DeValue<'_>> = elements.iter().map(toml::Spanned::get_ref).collect();
            let kept = kept_elements(&elements, items);
            let mut text = old.to_owned();
            // From the end, so that the positions before it stay.
            let (mut element_end, mut item_end) = (elements.len(), items.len());
            for (element, item) in kept.into_iter().rev() {
                let gap = element + 1..element_end;
                text = replace_elements(&text, eol, gap, &items[item + 1..item_end]);
                (element_end, item_end) = (element, item);
            }
            text = replace_elements(&text, eol, 0..element_end, &items[..item_end]);
            text
        }
        _ => new.render_in_style_of(old, eol),
    }
}

/// A longest common subsequence of elements and items, as pairs of positions.
fn kept_elements(elements: &[&DeValue<'_>], items: &[TomlValue]) -> Vec<(usize, usize)> {
    let columns = items.len() + 1;
    let mut lengths = vec![0_usize; (elements.len() + 1) * columns];
    for row in (0..elements.len()).rev() {
        for column in (0..items.len()).rev() {
            lengths[row * columns + column] = if items[column].equals(elements[row]) {
                lengths[(row + 1) * columns + column + 1] + 1
            } else {
                lengths[(row + 1) * columns + column].max(lengths[row * columns + column + 1])
            };
        }
    }
    let (mut row, mut column, mut kept) = (0, 0, Vec::new());
    while row < elements.len() && column < items.len() {
        if items[column].equals(elements[row]) {
            kept.push((row, column));
            (row, column) = (row + 1, column + 1);
        } else if lengths[(row + 1) * columns + column] >= lengths[row * columns + column + 1] {
            row += 1;
        } else {
            column += 1;
        }
    }
    kept
}

fn replace_elements(array: &str, eol: &str, range: Range<usize>, items: &[TomlValue]) -> String {
    let mut text = array.to_owned();
    for (at, item) in range.clone().zip(items) {
        let Some(element) = elements(&text).get(at).cloned() else { break };
        let new = item.render_in_style_of(&text[element.clone()], eol);
        text = replaced(&text, element, &new);
    }
    for at in (range.start + items.len()..range.end).rev() {
        text = without_element(&text, at, true);
    }
    for (at, item) in items.iter().enumerate().skip(range.len()) {
        text = insert_element(&text, eol, range.start + at, &item.render(eol));
    }
    text
}

/// The spans of the elements of an array.
fn elements(array: &str) -> Vec<Range<usize>> {
    let value = DeValue::parse(array).ok();
    let elements = value.as_ref().and_then(|value| value.get_ref().as_array());
    elements.into_iter().flat_map(|array| array.iter().map(toml::Spanned::span)).collect()
}

/// The array with an element before the one at `at`, or at its end.
pub(crate) fn insert_element(array: &str, eol: &str, at: usize, new: &str) -> String {
    let elements = elements(array);
    let before = at.min(elements.len()).checked_sub(1).and_then(|at| elements.get(at));
    let Some(before) = before else {
        return match elements.first() {
            None => replaced(array, 1..1, new),
            Some(next) if stands_alone(array, next) => {
                let lead = indent(array, next.start);
                replaced(array, next.start..next.start, &format!("{new},{eol}{lead}"))
            }
            Some(next) => replaced(array, next.start..next.start, &format!("{new}, ")),
        };
    };
    if !stands_alone(array, before) {
        return replaced(array, before.end..before.end, &format!(", {new}"));
    }
    let lead = indent(array, before.start);
    let end = line_end(array, before.end);
    if array[before.end..].trim_start_matches([' ', '\t']).starts_with(',') {
        return replaced(array, end..end, &format!("{lead}{new},{eol}"));
    }
    let with_line = replaced(array, end..end, &format!("{lead}{new}{eol}"));
    replaced(&with_line, before.end..before.end, ",")
}

/// The array without one element. On a line of its own it takes the line along,
/// and the comment behind it.
pub(crate) fn remove_element(array: &str, at: usize) -> String {
    without_element(array, at, false)
}

fn without_element(array: &str, at: usize, keeps_comment: bool) -> String {
    let elements = elements(array);
    let Some(element) = elements.get(at) else { return array.to_owned() };
    let range = if stands_alone(array, element) {
        line_start(array, element.start)..line_end(array, element.end)
    } else if let Some(before) = at.checked_sub(1).and_then(|at| elements.get(at)) {
        before.end..element.end
    } else if let Some(after) = elements.get(at + 1) {
        element.start..after.start
    } else {
        let rest = array[element.end..].trim_start();
        let comma = if rest.starts_with(',') { array.len() - rest.len() + 1 } else { element.end };
        element.start..comma
    };
    // The comments in between stay: on lines of their own, or at the end of theirs.
    let stands_alone = stands_alone(array, element);
    if stands_alone && !keeps_comment {
        return replaced(array, range, "");
    }
    let lead = indent(array, if stands_alone { element.start } else { range.end });
    let mut comments = comment_lines(&array[range.clone()], lead);
    let is_line = array[..range.start].ends_with('\n');
    if !is_line && !comments.is_empty() {
        comments = format!(" {}{lead}", comments.trim_start());
    }
    replaced(array, range, &comments)
}

/// Whether an element shares its lines with nothing but its comma and a comment.
fn stands_alone(array: &str, element: &Range<usize>) -> bool {
    let start = line_start(array, element.start);
    let end = line_end(array, element.end);
    let behind = array[element.end..end].trim_start_matches([' ', '\t']);
    let behind = behind.strip_prefix(',').unwrap_or(behind).trim_start_matches([' ', '\t']);
    start > 0
        && end < array.len()
        && is_blank(&array[start..element.start])
        && (is_blank(behind) || behind.starts_with('#'))
}

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

    /// A pair written like another one of its table: with the same dotted prefix,
    /// the same space around the `=`, and in line with it where the other is padded.
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
