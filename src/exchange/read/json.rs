//! JSON: a list, a value per line, or an object with a list inside.

use std::cell::Cell;

use serde_json::Value as Json;
use serde_json::value::RawValue;

use super::{Format, Input, line_of};
use crate::exchange::{EXPORT_MARKER, Location, Row, Rows, Skipped};

/// What lists of ideas are called; else the longest is taken.
const LISTS: [&str; 8] =
    ["ideas", "idea", "items", "entries", "records", "rows", "data", "results"];

/// Lists are looked for at most this deep.
const DEEP: usize = 4;

pub(super) const FORMAT: Format =
    Format { extensions: &["json", "jsonl", "ndjson"], looks_like, read };

/// Whether a text begins with an object, or with a list of something.
fn looks_like(text: &str) -> bool {
    let text = text.trim_start();
    let inside = |mark: char| text.strip_prefix(mark).map(str::trim_start);
    let of_values = ['{', '"', ']'];
    inside('{').is_some_and(|inside| inside.starts_with(['"', '}']))
        || inside('[').is_some_and(|inside| inside.starts_with(of_values))
}

/// Reads JSON. Every element of the list is a row, and what is nested in it
/// becomes `outer.inner`.
fn read(input: &Input<'_>) -> Result<Rows, Skipped> {
    let Input { name, text, .. } = *input;
    let start = text.len() - text.trim_start().len();
    let source = Source { name, text, last: Cell::new((0, 1)) };
    match parse::<&RawValue>(&source, text) {
        Ok(whole) if whole.get().starts_with('[') => {
            let mut rows = Rows::new("JSON");
            source.elements(whole.get(), &mut rows)?;
            Ok(rows)
        }
        Ok(whole) => source.object(whole.get()),
        Err(_) if source.has_lines() => Ok(source.lines()),
        Err(mut skipped) => {
            skipped.location.line = skipped.location.line.max(line_of(text, start));
            Err(skipped)
        }
    }
}

/// The whole text, by which places are found.
struct Source<'a> {
    name: &'a str,
    text: &'a str,
    /// An offset and its line: the next place is mostly behind it.
    last: Cell<(usize, usize)>,
}

fn parse<'t, T: serde::Deserialize<'t>>(source: &Source<'_>, part: &'t str) -> Result<T, Skipped> {
    serde_json::from_str(part).map_err(|error| {
        let mut location = source.location(part);
        location.line += error.line().saturating_sub(1);
        // Its own place is inside the part.
        let said = error.to_string();
        let message = said.split(" at line ").next().unwrap_or_default().to_owned();
        Skipped { location, message: format!("column {}: {message}", error.column()) }
    })
}

impl<'a> Source<'a> {
    /// The line on which a part of the text begins.
    fn location(&self, part: &str) -> Location {
        let offset = part.as_ptr().addr().saturating_sub(self.text.as_ptr().addr());
        let (start, above) = match self.last.get() {
            last if last.0 <= offset => last,
            _ => (0, 1),
        };
        let between = self.text.get(start..offset).unwrap_or_default();
        let line = above + line_of(between, between.len()) - 1;
        self.last.set((offset, line));
        Location { file: self.name.to_owned(), line }
    }

    /// Whether the first line that is not empty is a value by itself.
    fn has_lines(&self) -> bool {
        let first = self.text.lines().find(|line| !line.trim().is_empty());
        first.is_some_and(|line| serde_json::from_str::<&RawValue>(line).is_ok())
    }

    fn lines(&self) -> Rows {
        let mut rows = Rows::new("JSON lines");
        for line in self.text.lines().filter(|line| !line.trim().is_empty()) {
            self.element(line, &mut rows);
        }
        rows
    }

    fn elements(&self, list: &'a str, rows: &mut Rows) -> Result<(), Skipped> {
        for element in parse::<Vec<&RawValue>>(self, list)? {
            self.element(element.get(), rows);
        }
        Ok(())
    }

    fn element(&self, text: &str, rows: &mut Rows) {
        let location = self.location(text);
        match parse::<Json>(self, text) {
            Ok(value) => push(value, location, None, rows),
            Err(skipped) => rows.skipped.push(skipped),
        }
    }

    /// An object that holds a list of ideas, or one idea below each key, or is
    /// one.
    fn object(&self, text: &'a str) -> Result<Rows, Skipped> {
        let mut rows = Rows::new("JSON");
        let members = self.members(text)?;
        if members.is_empty() {
            return Ok(rows);
        }
        rows.keeps_ids = members.iter().any(|(key, _)| key == EXPORT_MARKER);
        if let Some(list) = self.list_in(text, DEEP)? {
            self.elements(list, &mut rows)?;
            for (key, value) in members {
                let is_it = value.as_ptr().addr() <= list.as_ptr().addr()
                    && list.as_ptr().addr() < value.as_ptr().addr() + value.len();
                if !is_it && value.len() > 2 && value.starts_with('[') {
                    rows.skip(self.location(value), format!("\"{key}\": another list"));
                }
            }
            return Ok(rows);
        }
        let is_table = members.len() > 1 && members.iter().all(|(_, value)| value.starts_with('{'));
        if is_table {
            for (key, value) in members {
                match parse::<Json>(self, value) {
                    Ok(json) => push(json, self.location(value), Some(key), &mut rows),
                    Err(skipped) => rows.skipped.push(skipped),
                }
            }
        } else {
            self.element(text, &mut rows);
        }
        Ok(rows)
    }

    fn members(&self, text: &'a str) -> Result<Vec<(String, &'a str)>, Skipped> {
        if !text.starts_with('{') {
            return Ok(Vec::new());
        }
        let members = parse::<std::collections::BTreeMap<String, &RawValue>>(self, text)?;
        let members = members.into_iter().map(|(key, value)| (key, value.get()));
        Ok(members.collect())
    }

    /// The list of objects in an object: by its name, else the longest; where
    /// there is none, that of an object inside. An object that has a title is
    /// an idea itself.
    fn list_in(&self, text: &'a str, deep: usize) -> Result<Option<&'a str>, Skipped> {
        let members = self.members(text)?;
        if deep == 0 || members.iter().any(|(key, _)| key.eq_ignore_ascii_case("title")) {
            return Ok(None);
        }
        let is_list = |value: &&str| {
            let inside = value.strip_prefix('[').map(str::trim_start);
            inside.is_some_and(|inside| inside.starts_with(['{', '"']))
        };
        let named = LISTS
            .iter()
            .find_map(|name| members.iter().find(|(key, value)| key == name && is_list(value)));
        let longest = || {
            members.iter().filter(|(_, value)| is_list(value)).max_by_key(|(_, value)| value.len())
        };
        if let Some((_, list)) = named.or_else(longest) {
            return Ok(Some(list));
        }
        for (_, inside) in members.iter().filter(|(_, value)| value.starts_with('{')) {
            if let Some(list) = self.list_in(inside, deep - 1)? {
                return Ok(Some(list));
            }
        }
        Ok(None)
    }
}

/// Makes a row of an element; a text is one with a single cell.
pub(super) fn push(value: Json, location: Location, key: Option<String>, rows: &mut Rows) {
    let mut cells = Vec::new();
    match value {
        Json::Object(object) => {
            if let Some(key) = key.filter(|_| !object.contains_key("id")) {
                cells.push(("id".to_owned(), Json::String(key)));
            }
            flatten("", object, &mut cells);
        }
        Json::String(text) => cells.push(("text".to_owned(), Json::String(text))),
        Json::Null => return rows.skip(location, "null where an object or a text is expected"),
        Json::Array(_) => {
            return rows.skip(location, "a list where an object or a text is expected");
        }
        Json::Bool(_) | Json::Number(_) => {
            return rows.skip(location, format!("{value} where an object or a text is expected"));
        }
    }
    if cells.is_empty() {
        rows.skip(location, "an object without anything in it");
    } else {
        rows.rows.push(Row { location, cells });
    }
}

fn flatten(outer: &str, object: serde_json::Map<String, Json>, cells: &mut Vec<(String, Json)>) {
    for (key, value) in object {
        let name = if outer.is_empty() { key } else { format!("{outer}.{key}") };
        match value {
            Json::Null => {}
            Json::Object(inner) => flatten(&name, inner, cells),
            Json::Array(list) if list.is_empty() => {}
            Json::String(text) if text.trim().is_empty() => {}
            value => cells.push((name, value)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, text: &str) -> Result<Rows, Skipped> {
        super::read(&Input { name, text, shape: None })
    }

    fn columns(rows: &Rows) -> Vec<Vec<&str>> {
        rows.rows
            .iter()
            .map(|row| row.cells.iter().map(|(name, _)| name.as_str()).collect())
            .collect()
    }

    #[test]
    fn lists_lines_and_objects_are_read() {
        let list = "[\n {\"title\": \"A\", \"more\": {\"x\": 1, \"y\": null}},\n \"B\",\n 3\n]";
        let rows = read("x.json", list).unwrap();
        assert_eq!(columns(&rows), [vec!["title", "more.x"], vec!["text"]]);
        assert_eq!(rows.rows[1].location.line, 3);
        assert_eq!((rows.skipped[0].location.line, rows.skipped.len()), (4, 1));
        let rows =
            read("x.jsonl", "{\"title\":\"A\"}\n\n{\"title\":\n{\"title\":\"C\"}\n").unwrap();
        assert_eq!(rows.rows.len(), 2);
        assert_eq!(rows.skipped[0].location.line, 3);
        let object = r#"{"version": 2, "authors": ["a"], "body": {"items": [{"title": "A"}]}}"#;
        assert_eq!(read("x.json", object).unwrap().rows.len(), 1);
        let table = r#"{"a": {"title": "A"}, "b": {"title": "B"}}"#;
        assert_eq!(columns(&read("x.json", table).unwrap()), [["id", "title"], ["id", "title"]]);
        let one = r#"{"title": "A", "tags": ["x"]}"#;
        assert_eq!(columns(&read("x.json", one).unwrap()), [["title", "tags"]]);
    }

    #[test]
    fn a_fault_is_named_with_its_line() {
        let skipped = read("x.json", "[\n {\"title\": \"A\"},\n {\"title\": }\n]").unwrap_err();
        assert_eq!(skipped.location.line, 3);
        assert!(skipped.message.contains("expected value"), "{}", skipped.message);
    }
}
