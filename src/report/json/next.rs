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
    let attention = next.attention.map(|attention| {
        let neglected: Vec<Option<&str>> =
            attention.neglected.iter().map(|(position, _)| next.id(*position)).collect();
        json!({
            "share": attention.share,
            "id": next.id(attention.position),
            "rank": attention.rank,
            "of": attention.of,
            "neglected": neglected,
        })
    });
    json!({
        "as_of": next.as_of.to_string(),
        "attention": attention,
        "due": due,
        "inbox": next.inbox,
        "incomplete": next.incomplete,
    })
}
