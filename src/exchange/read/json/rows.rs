//! Elements of JSON as rows: of any program, of a Trello board (its cards, with what
//! the board says of them elsewhere), of `task export` of Taskwarrior.

use std::collections::HashMap;

use serde_json::{Map, Value as Json, json};

use crate::domain::{Field, Status};
use crate::exchange::cell::name_of;
use crate::exchange::status_words::status_of;
use crate::exchange::{Location, Row, Rows, column_names};

/// The parts of a board to which its cards refer.
pub(super) struct Board {
    /// Names of lists by id, and whether they are archived.
    lists: HashMap<String, (String, bool)>,
    people: HashMap<String, String>,
    /// Items of checklists by card, as Markdown.
    items: HashMap<String, Vec<String>>,
    /// Comments by card, as entries of a log.
    comments: HashMap<String, Vec<Json>>,
}

impl Board {
    /// Whether an object with these members is a board.
    pub(super) fn is_one(has: impl Fn(&str) -> bool) -> bool {
        has("cards") && (has("lists") || has("actions"))
    }

    /// The board, without its cards.
    pub(super) fn new(board: &Map<String, Json>) -> Self {
        let all = |key: &str| board.get(key).and_then(Json::as_array).into_iter().flatten();
        let mut new = Self {
            lists: HashMap::new(),
            people: HashMap::new(),
            items: HashMap::new(),
            comments: HashMap::new(),
        };
        for list in all("lists") {
            new.lists.insert(text(list, "id"), (text(list, "name"), is_closed(list)));
        }
        for member in all("members") {
            new.people.insert(text(member, "id"), text(member, "fullName"));
        }
        for list in all("checklists") {
            for item in list["checkItems"].as_array().into_iter().flatten() {
                let mark = if item["state"] == "complete" { "x" } else { " " };
                let line = format!("- [{mark}] {}", text(item, "name"));
                new.items.entry(text(list, "idCard")).or_default().push(line);
            }
        }
        for action in all("actions").filter(|action| action["type"] == "commentCard") {
            let card = text(&action["data"]["card"], "id");
            let comment = json!({ "date": action["date"], "note": action["data"]["text"] });
            new.comments.entry(card).or_default().push(comment);
        }
        new
    }

    /// A card as a row: the name of its list is its status or, where it is no
    /// word for one, a tag.
    pub(super) fn card(&self, card: &Map<String, Json>) -> Map<String, Json> {
        let card = Json::Object(card.clone());
        let id = text(&card, "id");
        let list = self.lists.get(&text(&card, "idList"));
        let mut tags: Vec<String> = elements(&card, "labels").map(label).collect();
        let listed = list.and_then(|(name, _)| status_of(name));
        if let Some((name, _)) = list.filter(|_| listed.is_none()) {
            tags.push(name.clone());
        }
        let is_over = matches!(listed, Some(Status::Done | Status::Abandoned));
        let is_archived = is_closed(&card) || list.is_some_and(|(_, closed)| *closed);
        let status = if is_archived && !is_over { Some(Status::Parked) } else { listed };
        let items = self.items.get(&id).map(|items| items.join("\n")).unwrap_or_default();
        let words = [text(&card, "desc").trim().to_owned(), items];
        let words: Vec<String> = words.into_iter().filter(|part| !part.is_empty()).collect();
        let people = elements(&card, "idMembers").filter_map(|id| self.people.get(id.as_str()?));
        let links = elements(&card, "attachments").map(|attachment| text(attachment, "url"));
        let mut comments = self.comments.get(&id).cloned().unwrap_or_default();
        comments.reverse();
        let row = json!({
            "title": text(&card, "name"),
            "text": words.join("\n\n"),
            "tags": tags.into_iter().filter(|tag| !tag.is_empty()).collect::<Vec<_>>(),
            "status": status.map(Status::id),
            "people": people.collect::<Vec<_>>(),
            "links": links.collect::<Vec<_>>(),
            "shortUrl": card["shortUrl"],
            "created": made_at(&id),
            "due": card["due"],
            "log": comments,
        });
        row.as_object().cloned().unwrap_or_default()
    }
}

fn text(value: &Json, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

fn elements<'v>(value: &'v Json, key: &str) -> impl Iterator<Item = &'v Json> {
    value[key].as_array().into_iter().flatten()
}

fn is_closed(value: &Json) -> bool {
    value["closed"] == Json::Bool(true)
}

/// A label by its name, or by its colour where it has none.
fn label(label: &Json) -> String {
    let name = text(label, "name");
    if name.is_empty() { text(label, "color") } else { name }
}

/// The second since 1970 in which a card was made: its id begins with it.
fn made_at(id: &str) -> Option<String> {
    let is_id = id.len() == 24 && id.chars().all(|c| c.is_ascii_hexdigit());
    let seconds = is_id.then(|| i64::from_str_radix(&id[..8], 16).ok()).flatten()?;
    Some(seconds.to_string())
}

/// Whether an object is a task.
pub(super) fn is_task(object: &Map<String, Json>) -> bool {
    ["uuid", "entry", "status", "description"].iter().all(|key| object.contains_key(*key))
}

/// A task as a row: the description is its title, the project a tag, annotations
/// are entries of the log; a pending task that was started is active, and one that
/// waits is parked until then.
pub(super) fn row(mut task: Map<String, Json>) -> Map<String, Json> {
    let mut row = Map::new();
    let mut rename = |from: &str, to: &str| {
        if let Some(value) = task.remove(from) {
            row.insert(to.to_owned(), value);
        }
    };
    rename("description", "title");
    rename("uuid", "uuid");
    rename("entry", "created");
    let mut tags = task.remove("tags").unwrap_or_else(|| json!([]));
    if let (Some(project), Json::Array(tags)) = (task.remove("project"), &mut tags) {
        tags.push(project);
    }
    row.insert("tags".to_owned(), tags);
    let notes = task.remove("annotations");
    let notes = notes.as_ref().and_then(Json::as_array).into_iter().flatten();
    let log = notes.map(|note| json!({ "date": note["entry"], "note": note["description"] }));
    row.insert("log".to_owned(), log.collect());
    if task["status"] == "pending" || task["status"] == "waiting" {
        if let Some(wait) = task.remove("wait") {
            task.insert("status".to_owned(), Status::Parked.id().into());
            task.insert(Field::ParkedUntil.to_string(), wait);
        } else if task.contains_key("start") {
            task.insert("status".to_owned(), Status::Active.id().into());
        }
    }
    // The number of a row, which the next task may have tomorrow.
    task.remove("id");
    row.extend(task);
    row
}

/// Makes a row of an element; a text is one with a single cell.
pub(crate) fn push(value: Json, location: Location, key: Option<String>, rows: &mut Rows) {
    let mut cells = Vec::new();
    match value {
        Json::Object(mut object) => {
            if let Some(key) = key.filter(|_| !object.contains_key("id")) {
                cells.push(("id".to_owned(), Json::String(key)));
            }
            if is_task(&object) {
                object = row(object);
            }
            flatten("", object, rows.keeps_ids, &mut cells);
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

/// Makes cells of members; what is nested becomes `outer.inner`. An object with a
/// name, where a column of that name is known, is its name, such as the author of
/// an issue; `{"nodes": […]}` is the list in it.
fn flatten(
    outer: &str,
    object: Map<String, Json>,
    keeps_ids: bool,
    cells: &mut Vec<(String, Json)>,
) {
    for (key, value) in object {
        let is_known = !keeps_ids && column_names::is_known(&key);
        let name = if outer.is_empty() { key } else { format!("{outer}.{key}") };
        match value {
            Json::Null => {}
            Json::Object(mut inner) => {
                if let Some(list @ Json::Array(_)) = inner.get_mut("nodes") {
                    cells.push((name, list.take()));
                } else if let Some(text) = name_of(&inner).filter(|_| is_known) {
                    cells.push((name, Json::String(text)));
                } else {
                    flatten(&name, inner, keeps_ids, cells);
                }
            }
            Json::Array(list) if list.is_empty() => {}
            Json::String(text) if text.trim().is_empty() => {}
            value => cells.push((name, value)),
        }
    }
}
