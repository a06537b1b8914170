//! Front matter: the lines between `---` and `---` at the beginning of a note.

use serde_json::Value as Json;

/// Front matter that was read.
pub(super) struct FrontMatter<'t> {
    /// Its keys, with the line on which each stands, from 1.
    pub(super) cells: Vec<(String, Json)>,
    /// Lines that mean more than is understood, and why.
    pub(super) skipped: Vec<(usize, String)>,
    pub(super) body: &'t str,
    /// The line on which that begins, from 1.
    pub(super) body_line: usize,
}

/// Reads the part of YAML that notes use: `key: value`, `key: [a, b]`, and
/// `- item` below a key. Anything else is named, not guessed. `None` without
/// front matter.
pub(super) fn front_matter(text: &str) -> Option<FrontMatter<'_>> {
    let mut rest =
        text.strip_prefix("---")?.strip_prefix('\n').or_else(|| text.strip_prefix("---\r\n"))?;
    let mut found = FrontMatter { cells: Vec::new(), skipped: Vec::new(), body: "", body_line: 1 };
    let mut number = 1;
    let mut open: Option<usize> = None;
    loop {
        number += 1;
        if rest.is_empty() {
            return None;
        }
        let (line, behind) = rest.split_once('\n').unwrap_or((rest, ""));
        rest = behind;
        let line = line.trim_end();
        match line {
            "---" | "..." => break,
            _ if line.trim().is_empty() || line.trim_start().starts_with('#') => {}
            _ => open = found.line(line, number, open),
        }
    }
    found.cells.retain(|(_, value)| !value.is_null());
    found.body = rest;
    found.body_line = number + 1;
    Some(found)
}

impl FrontMatter<'_> {
    /// Reads a line; returns the cell to which items may be added below.
    fn line(&mut self, line: &str, number: usize, open: Option<usize>) -> Option<usize> {
        let inner = line.trim_start();
        if let (Some(at), Some(item)) = (open, inner.strip_prefix("- ")) {
            match (scalar(item), &mut self.cells[at].1) {
                (Some(item), Json::Array(list)) => list.push(item),
                (Some(item), cell @ Json::Null) => *cell = Json::Array(vec![item]),
                _ => self.skipped.push((number, "an item that is more than a text".to_owned())),
            }
            return open;
        }
        let pair = line.split_once(':').filter(|(key, value)| {
            inner.len() == line.len()
                && !key.is_empty()
                && !key.contains(['"', '\'', '{', '[', ' '])
                && (value.is_empty() || value.starts_with(' '))
        });
        let Some((key, value)) = pair else {
            self.skipped.push((number, "not \"key: value\", a list, or an item of one".to_owned()));
            return None;
        };
        match self::value(value.trim()) {
            Some(value) => {
                let is_open = value.is_null();
                self.cells.push((key.to_owned(), value));
                is_open.then_some(self.cells.len() - 1)
            }
            None => {
                let message = format!("{key}: only texts, numbers and simple lists are understood");
                self.skipped.push((number, message));
                None
            }
        }
    }
}

fn value(text: &str) -> Option<Json> {
    if let Some(list) = text.strip_prefix('[') {
        let list = list.strip_suffix(']')?;
        let items = list.split(',').map(str::trim).filter(|item| !item.is_empty());
        return items.map(scalar).collect::<Option<Vec<_>>>().map(Json::Array);
    }
    if text.is_empty() { Some(Json::Null) } else { scalar(text) }
}

/// A text, with or without quotes.
fn scalar(text: &str) -> Option<Json> {
    let text = text.trim();
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote) {
            let inner = inner.strip_suffix(quote)?;
            let is_plain = !inner.contains([quote, '\\']);
            return is_plain.then(|| Json::String(inner.to_owned()));
        }
    }
    // A block, an anchor, an alias, a tag or a table.
    let is_more = text.starts_with(['|', '>', '&', '*', '!', '{', '%', '@', '`', '[']);
    let text = text.split(" #").next().unwrap_or_default().trim();
    (!is_more && !text.is_empty()).then(|| Json::String(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_lists_and_items_are_read_and_the_rest_is_named() {
        let text = "---\ntitle: \"A: b\"\ntags: [x, 'y z']\npeople:\n  - mara\n  - tom # too\n\
                    # a comment\ndate: 2024-03-01\nmore: |\n  block\nempty:\n---\nBody.\n";
        let found = front_matter(text).unwrap();
        let cells = [
            ("title", json!("A: b")),
            ("tags", json!(["x", "y z"])),
            ("people", json!(["mara", "tom"])),
            ("date", json!("2024-03-01")),
        ]
        .map(|(key, value)| (key.to_owned(), value));
        assert_eq!(found.cells, cells);
        assert_eq!(found.skipped.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [9, 10]);
        assert_eq!((found.body, found.body_line), ("Body.\n", 13));
        for none in ["", "---", "--- a\n", "---\nnever: closed\n", "text\n---\n---\n"] {
            assert!(front_matter(none).is_none(), "{none}");
        }
    }
}
