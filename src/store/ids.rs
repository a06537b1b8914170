//! Ids of ideas that do not write one: the slug of the title, with `-2`, `-3`
//! in file order where it is taken.

use std::collections::HashSet;
use std::sync::Arc;

use super::file::IdeaSlot;
use crate::domain::unique;

/// The id of each slot, in order. Written ids go before made ones.
pub(super) fn assigned<'s>(
    slots: impl Iterator<Item = &'s IdeaSlot> + Clone,
) -> Vec<Option<Arc<str>>> {
    let written = slots.clone().filter(|slot| slot.slug.is_none());
    let mut taken: HashSet<Arc<str>> = written.filter_map(|slot| slot.id.clone()).collect();
    let assign = |slot: &IdeaSlot| match &slot.slug {
        None => slot.id.clone(),
        Some(slug) if taken.insert(slug.clone()) => Some(slug.clone()),
        Some(slug) => {
            let id: Arc<str> = unique(slug.to_string(), |id| taken.contains(id)).into();
            taken.insert(id.clone());
            Some(id)
        }
    };
    slots.map(assign).collect()
}
