//! `prospect next` in JSON.

use serde_json::{Value as Json, json};

use crate::judge::Urgency;
use crate::report::NextUp;

pub(super) fn next(next: &NextUp<'_, '_>) -> Json {
    let due: Vec<Json> = next
        .due
        .iter()
        .map(|line| {
            json!({
                "id": line.idea.id,
                "title": line.idea.title,
                "why": line.review.urgency.map(Urgency::id),
                "reason": line.review.reasons.first(),
            })
        })
        .collect();
    json!({
        "as_of": next.as_of.to_string(),
        "due": due,
        "inbox": next.inbox,
        "incomplete": next.incomplete,
    })
}
