//! JSON: a list, a value per line, or an object with a list inside.

mod rows;

use std::cell::Cell;

use serde_json::Value as Json;
use serde_json::value::RawValue;

use self::rows::Board;
pub(super) use self::rows::push;
use crate::exchange::{EXPORT_MARKER, Format, Input, Location, Rows, Skipped, line_of};

/// Names of lists of ideas; else a list of things with titles is taken, the longest of several.
const LISTS: [&str; 11] = [
    "ideas", "idea", "items", "entries", "records", "rows", "data", "results", "cards", "issues",
    "tasks",
];

/// Members that make an object a thing with a title or a text.
const TITLES: [&str; 8] =
    ["title", "name", "idea", "summary", "description", "text", "subject", "headline"];

/// From here on a float does not hold every whole number.
const EXACT: f64 = 9_007_199_254_740_992.0;

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

/// Reads JSON. Every element of the list is a row, and what is nested in it becomes `outer.inner`.
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

    fn element(&self, text: &'a str, rows: &mut Rows) {
        let location = self.location(text);
        match self.value(text) {
            Ok(value) => push(value, location, None, rows),
            Err(skipped) => rows.skipped.push(skipped),
        }
    }

    /// A value, with the numbers in it that no float holds as texts: two ids of 20
    /// digits must not become one.
    fn value(&self, text: &'a str) -> Result<Json, Skipped> {
        let mut value = parse::<Json>(self, text)?;
        if let Json::Object(object) = &mut value
            && object.values().any(|value| value.as_f64().is_some_and(|x| x.abs() >= EXACT))
        {
            for (key, raw) in self.members(text)? {
                let is_whole = raw.trim_start_matches('-').chars().all(|c| c.is_ascii_digit());
                if is_whole && raw.len() >= 16 {
                    object.insert(key, Json::String(raw.to_owned()));
                }
            }
        }
        Ok(value)
    }

    /// An object that holds a list of ideas, or one idea below each key, or is one.
    fn object(&self, text: &'a str) -> Result<Rows, Skipped> {
        let mut rows = Rows::new("JSON");
        let members = self.members(text)?;
        if members.is_empty() {
            return Ok(rows);
        }
        rows.keeps_ids = members.iter().any(|(key, _)| key == EXPORT_MARKER);
        if Board::is_one(|key| {
            members.iter().any(|(own, value)| own == key && value.starts_with('['))
        }) {
            return self.board(text, &members);
        }
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
        let are_objects = members.iter().all(|(_, value)| value.starts_with('{'));
        let is_table = members.len() > 1 && (are_objects || self.has_things(&members));
        if !is_table {
            self.element(text, &mut rows);
            return Ok(rows);
        }
        for (key, value) in members {
            let location = self.location(value);
            match self.value(value) {
                Ok(json @ Json::Object(_)) => push(json, location, Some(key), &mut rows),
                Ok(_) => {
                    let value: String = value.chars().take(40).collect();
                    rows.skip(location, format!("\"{key}\": {value} is no idea"));
                }
                Err(skipped) => rows.skipped.push(skipped),
            }
        }
        Ok(rows)
    }

    /// Whether two or more members are things with titles, beside members that are
    /// neither objects nor titles themselves.
    fn has_things(&self, members: &[(String, &'a str)]) -> bool {
        let (objects, others): (Vec<_>, Vec<_>) =
            members.iter().partition(|(_, value)| value.starts_with('{'));
        objects.len() > 1
            && objects.iter().all(|(_, value)| self.has_title(value))
            && !others.iter().any(|(key, _)| is_title(key))
    }

    fn has_title(&self, text: &'a str) -> bool {
        self.members(text).is_ok_and(|members| members.iter().any(|(key, _)| is_title(key)))
    }

    /// The cards of a Trello board.
    fn board(&self, text: &str, members: &[(String, &'a str)]) -> Result<Rows, Skipped> {
        let mut rows = Rows::new("a Trello board");
        let board = match parse::<Json>(self, text)? {
            Json::Object(board) => Board::new(&board),
            _ => return Ok(rows),
        };
        for (key, value) in members {
            match key.as_str() {
                "cards" => {
                    for card in parse::<Vec<&RawValue>>(self, value)? {
                        let location = self.location(card.get());
                        match parse::<Json>(self, card.get()) {
                            Ok(Json::Object(card)) => {
                                push(Json::Object(board.card(&card)), location, None, &mut rows);
                            }
                            Ok(_) => rows.skip(location, "a card is expected here"),
                            Err(skipped) => rows.skipped.push(skipped),
                        }
                    }
                }
                "actions" => rows.skip(
                    self.location(value),
                    "the activity of the board, of which only comments are taken, as log entries",
                ),
                _ => {}
            }
        }
        Ok(rows)
    }

    fn members(&self, text: &'a str) -> Result<Vec<(String, &'a str)>, Skipped> {
        if !text.starts_with('{') {
            return Ok(Vec::new());
        }
        let members = parse::<std::collections::BTreeMap<String, &RawValue>>(self, text)?;
        let members = members.into_iter().map(|(key, value)| (key, value.get()));
        let mut members: Vec<(String, &str)> = members.collect();
        // As they stand in the file.
        members.sort_by_key(|(_, value)| value.as_ptr().addr());
        Ok(members)
    }

    /// Whether the first element of a list has a title of its own.
    fn is_of_things(&self, list: &'a str) -> bool {
        let elements = parse::<Vec<&RawValue>>(self, list).unwrap_or_default();
        elements.first().is_some_and(|element| self.has_title(element.get()))
    }

    /// The list of objects in an object: by its name, else the longest of those
    /// whose elements have titles; where there is none, that of an object
    /// inside. An object that has a title is an idea itself.
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
            let lists = members.iter().filter(|(_, value)| is_list(value));
            lists.max_by_key(|(_, value)| (self.is_of_things(value), value.len()))
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

fn is_title(key: &str) -> bool {
    TITLES.iter().any(|title| key.eq_ignore_ascii_case(title))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

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

    /// The cells of every row, as JSON.
    fn cells(text: &str) -> Vec<Json> {
        let rows = read("x.json", text).unwrap().rows.into_iter();
        rows.map(|row| Json::Object(row.cells.into_iter().collect())).collect()
    }

    #[test]
    fn a_board_brings_its_cards() {
        let board = json!({
            "name": "Board",
            "actions": [
                {"type": "commentCard", "date": "2024-03-05T10:00:00Z", "data": {"text": "Tried.", "card": {"id": "65e1a3800000000000000000"}}},
                {"type": "updateCard", "date": "2024-03-04T10:00:00Z", "data": {"card": {"id": "65e1a3800000000000000000", "name": "Probe", "desc": "old"}}},
            ],
            "lists": [{"id": "l1", "name": "Doing", "closed": false}, {"id": "l2", "name": "Vision", "closed": false}],
            "members": [{"id": "m1", "fullName": "Mara Lind"}],
            "cards": [
                {"id": "65e1a3800000000000000000", "name": "Probe", "desc": "Look.", "closed": false, "idList": "l1", "labels": [{"name": "nlp", "color": "red"}, {"name": "", "color": "blue"}], "idMembers": ["m1"], "shortUrl": "https://trello.com/c/x"},
                {"id": "c1", "name": "Smaller", "desc": "", "closed": true, "idList": "l2", "labels": []},
            ],
        });
        let expected = [
            json!({"title": "Probe", "text": "Look.", "tags": ["nlp", "blue"], "status": "active",
                "people": ["Mara Lind"], "shortUrl": "https://trello.com/c/x", "created": "1709286272",
                "log": [{"date": "2024-03-05T10:00:00Z", "note": "Tried."}]}),
            json!({"title": "Smaller", "tags": ["Vision"], "status": "parked"}),
        ];
        assert_eq!(cells(&board.to_string()), expected);
    }

    #[test]
    fn tasks_of_taskwarrior() {
        let task = json!([{"id": 1, "uuid": "aa-1", "description": "Probe", "project": "nlp.tok", "tags": ["x"],
            "entry": "20240301T101500Z", "status": "pending", "start": "20240302T101500Z",
            "annotations": [{"entry": "20240305T120000Z", "description": "looked at merges"}]}]);
        let cells = &cells(&task.to_string())[0];
        let of = |key: &str| cells[key].clone();
        assert_eq!(
            (of("title"), of("tags"), of("status")),
            (json!("Probe"), json!(["x", "nlp.tok"]), json!("active"))
        );
        assert_eq!(of("log"), json!([{"date": "20240305T120000Z", "note": "looked at merges"}]));
        assert_eq!(
            (of("uuid"), of("created"), of("id")),
            (json!("aa-1"), json!("20240301T101500Z"), Json::Null)
        );
    }

    #[test]
    fn the_list_with_titles_is_taken_and_objects_are_their_names() {
        let text = r#"{"events":[{"at":1,"x":{"name":"no"}},{"at":2},{"at":3,"more":"longer than the other list"}],"things":[{"title":"A"}]}"#;
        assert_eq!(cells(text), [json!({"title": "A"})]);
        let text = r#"[{"title":"A","labels":{"nodes":[{"name":"x"}]},"author":{"login":"mara","id":7},"more":{"name":"m"}}]"#;
        let expected =
            json!({"title": "A", "labels": [{"name": "x"}], "author": "mara", "more.name": "m"});
        assert_eq!(cells(text), [expected]);
    }

    #[test]
    fn ideas_by_key_may_have_a_number_beside_them() {
        let rows =
            read("x.json", r#"{"probe":{"title":"Probe"},"schema":2,"small":{"title":"Smaller"}}"#)
                .unwrap();
        assert_eq!((rows.rows.len(), rows.skipped.len()), (2, 1));
        let one = r#"{"name":"One","author":{"name":"mara"},"group":{"name":"x"}}"#;
        assert_eq!(read("x.json", one).unwrap().rows.len(), 1);
    }

    #[test]
    fn ids_that_no_float_holds_stay_apart() {
        let cells = cells(
            r#"[{"id":12345678901234567890123,"title":"A"},{"id":12345678901234567890124,"title":"B"}]"#,
        );
        assert_eq!(
            (&cells[0]["id"], &cells[1]["id"]),
            (&json!("12345678901234567890123"), &json!("12345678901234567890124"))
        );
    }
}
