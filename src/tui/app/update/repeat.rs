//! The last change once more, on another idea or on all that are marked.

use crate::domain::{Change, Decision, Edit, Entry, Field, Idea};
use crate::tui::app::model::{Model, Tone};

/// Does the last change again on the marked ideas, or on the one under the cursor, as one edit.
pub(super) fn repeat(model: &mut Model) {
    let Some(last) = model.last_edit.clone() else { return };
    let ideas = model.screens.rank.marked(&model.world);
    let count = ideas.len();
    let edits: Vec<Edit> = ideas.iter().filter_map(|idea| again(&last, idea)).collect();
    match (edits.len(), count) {
        (0, _) => model.say(Tone::Note, "there is nothing to change: it is so already"),
        (1, 1) => edits.into_iter().for_each(|edit| super::edits::edit(model, edit)),
        _ => super::edits::edit(model, Edit::Group(edits)),
    }
    model.last_edit = Some(last);
}

/// The change as it can be made again on other ideas, if it can; of one that
/// was made on several, what it did to the first.
pub(super) fn repeatable(edit: &Edit) -> Option<Edit> {
    let first = match edit.additional_ideas() {
        0 => edit.clone(),
        _ => edit.by_idea().remove(*edit.ids().first()?)?,
    };
    is_repeatable(&first).then_some(first)
}

fn is_repeatable(edit: &Edit) -> bool {
    edit.flatten().into_iter().all(|step| match step {
        Edit::Change { change: Change::Set { field, .. }, .. } => {
            !matches!(field, Field::Id | Field::Title | Field::Aliases)
        }
        Edit::Change { change: Change::Insert { .. }, .. } => true,
        _ => false,
    })
}

/// The change as it is on another idea; nothing where it makes no difference.
fn again(edit: &Edit, idea: &Idea) -> Option<Edit> {
    let mut steps = Vec::new();
    for step in edit.flatten() {
        let Edit::Change { change, .. } = step else { return None };
        match change {
            Change::Set { field, value } if idea.get(*field) == *value => {
                // A decision for what is decided already is none.
                if *field == Field::Status {
                    return None;
                }
            }
            Change::Set { field, value } => {
                steps.push(Edit::set(&idea.id, *field, value.clone()));
            }
            Change::Insert { entry: Entry::Decision(decision), .. } => {
                let decision = Decision { from: idea.status, ..decision.clone() };
                steps.push(Edit::append(idea, Entry::Decision(decision)));
            }
            Change::Insert { entry, .. } => steps.push(Edit::append(idea, entry.clone())),
            Change::Replace { .. } | Change::Remove { .. } => return None,
        }
    }
    match steps.len() {
        0 => None,
        1 => steps.pop(),
        _ => Some(Edit::Group(steps)),
    }
}
