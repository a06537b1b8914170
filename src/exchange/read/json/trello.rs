//! A Trello board: its cards, with what the board says of them elsewhere.

use std::collections::HashMap;

use serde_json::{Map, Value as Json, json};

use crate::domain::Status;
use crate::exchange::status_words::status_of;

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

    /// A card as a row: the name of its list is its status or, where it is no word
    /// for one, a tag.
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
