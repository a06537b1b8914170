//! Date, author and id of a duel answer: the one thing in the workbench that
//! asks the clock.

use std::hash::{BuildHasher, Hasher, RandomState};

use crate::domain::{Date, Duel, DuelEntry, Edit, Retraction, Winner, Zoned};
use crate::store::duels::fresh_id;

/// An answer with its day, its name and its id, as an edit: a duel, a
/// retraction, or one in place of the other.
#[must_use]
pub(super) fn sign(
    instead_of: Option<String>,
    answer: Option<(String, String, Winner)>,
    as_of: Date,
    by: &str,
) -> Edit {
    let now = Zoned::now();
    let at = now.with().date(as_of).build().unwrap_or(now);
    let salt = RandomState::new().build_hasher().finish();
    let struck = instead_of.map(|duel| Retraction { duel, at: at.clone() });
    let given = answer.map(|(left, right, winner)| {
        let (id, by) = (fresh_id(&at, salt), by.to_owned());
        Duel { id, at: at.clone(), by, left, right, winner }
    });
    let struck = struck.map(DuelEntry::Retraction).map(Edit::Duel);
    let mut edits: Vec<Edit> =
        struck.into_iter().chain(given.map(DuelEntry::Duel).map(Edit::Duel)).collect();
    if edits.len() == 1 { edits.remove(0) } else { Edit::Group(edits) }
}
