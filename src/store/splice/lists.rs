//! Values replaced, and elements of lists inserted and removed, with the
//! comments and line breaks between them kept.

use std::ops::Range;

use toml::de::DeValue;

use super::super::value::TomlValue;
use super::lines::{indent, is_blank, line_end, line_start};
use super::replaced;

/// The text of a value after it has been set. What already says the same stays
/// as it is, and a list keeps the elements at its ends.
pub(super) fn replace_value(old: &str, new: &TomlValue, eol: &str) -> String {
    let Ok(value) = DeValue::parse(old) else { return new.render(eol) };
    if new.equals(value.get_ref()) {
        return old.to_owned();
    }
    match (new, value.get_ref()) {
        (TomlValue::List(items), DeValue::Array(elements)) => {
            let says = |(item, element): (&TomlValue, &toml::Spanned<DeValue<'_>>)| {
                item.equals(element.get_ref())
            };
            let head = items.iter().zip(elements.iter()).take_while(|pair| says(*pair)).count();
            let tail = items[head..].iter().rev().zip(elements[head..].iter().rev());
            let tail = tail.take_while(|pair| says(*pair)).count();
            let middle = head..elements.len() - tail;
            replace_elements(old, eol, middle, &items[head..items.len() - tail])
        }
        _ => new.render_in_style_of(old, eol),
    }
}

fn replace_elements(array: &str, eol: &str, range: Range<usize>, items: &[TomlValue]) -> String {
    let mut text = array.to_owned();
    for (at, item) in range.clone().zip(items) {
        let Some(element) = elements(&text).get(at).cloned() else { break };
        let new = item.render_in_style_of(&text[element.clone()], eol);
        text = replaced(&text, element, &new);
    }
    for at in (range.start + items.len()..range.end).rev() {
        text = remove_element(&text, at);
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

/// The array without one element. On a line of its own it takes the line along.
pub(crate) fn remove_element(array: &str, at: usize) -> String {
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
    replaced(array, range, "")
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
