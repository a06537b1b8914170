//! Tasks as `task export` of Taskwarrior writes them.

use serde_json::{Map, Value as Json, json};

use crate::domain::{Field, Status};

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
