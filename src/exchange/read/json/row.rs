//! Elements of JSON as rows.

use serde_json::{Map, Value as Json};

use super::taskwarrior;
use crate::exchange::cell::name_of;
use crate::exchange::{Location, Row, Rows, column_names};

/// Makes a row of an element; a text is one with a single cell.
pub(crate) fn push(value: Json, location: Location, key: Option<String>, rows: &mut Rows) {
    let mut cells = Vec::new();
    match value {
        Json::Object(mut object) => {
            if let Some(key) = key.filter(|_| !object.contains_key("id")) {
                cells.push(("id".to_owned(), Json::String(key)));
            }
            if taskwarrior::is_task(&object) {
                object = taskwarrior::row(object);
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
