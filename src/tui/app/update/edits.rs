//! Edits: applied at once, saved afterwards, taken back, made once more.

use crate::command::Command;
use crate::domain::{
    Change, Decision, Duel, DuelEntry, Edit, Entry, Field, Idea, Retraction, Winner, fresh_duel_id,
};
use crate::judge::{attention, is_first_log_in_a_week, ordinal};
use crate::tui::app::message::{Effect, Request};
use crate::tui::app::model::{Model, Tone};
use crate::tui::screens::{Reversal, Screen, ScreenId};
use crate::tui::world::World;

use super::edit_messages;

/// Applies an edit to the ideas and puts it in line for the disk.
pub(super) fn edit(model: &mut Model, edit: Edit) {
    let edit = edit.with_scores(&|id| model.world.portfolio.score_of(id));
    let id = edit.ids().first().map(|id| (*id).to_owned());
    let before = id.as_deref().and_then(|id| model.screens.rank.rank_of(id, &model.world));
    let logged = first_log_of_a_week(&edit, &model.world);
    let words = edit_messages::in_words(&edit, &model.world.portfolio);
    let inverse = match model.world.portfolio.apply(&edit) {
        Ok(inverse) => inverse,
        Err(error) => return model.say(Tone::Trouble, error.to_string()),
    };
    if edit.flatten().into_iter().any(|step| matches!(step, Edit::Setting { .. }))
        && let Err(reason) = model.world.settings.with(model.world.portfolio.settings())
    {
        // What has just been applied can be taken back.
        let _ = model.world.portfolio.apply(&inverse);
        return model.say(Tone::Trouble, reason);
    }
    if let Some(repeatable) = repeatable(&edit) {
        model.last_edit = Some(repeatable);
    }
    if edit.additional_ideas() > 0 {
        // What was marked for this is done.
        model.screens.rank.unmark();
    }
    model.screens.triage.record(&edit, &inverse, &model.world);
    model.refresh();
    if let (Edit::Add { .. }, Some(id)) = (&edit, &id) {
        // What is new must not be hidden by a search for something else.
        if !model.screens.rank.lists(id, &model.world) {
            model.screens.rank.filter("", &model.world);
        }
        model.screens.rank.go_to(id, &model.world);
    }
    let after = id.as_deref().and_then(|id| model.screens.rank.rank_of(id, &model.world));
    let moved = match (before, after) {
        (Some(before), Some(after)) if before != after => {
            format!(", {} → {}", ordinal(before), ordinal(after))
        }
        _ => String::new(),
    };
    let text = logged
        .and_then(|id| hours_against_rank(&id, &model.world))
        .unwrap_or_else(|| format!("{words}{moved} · {} undoes", key_of(model, Command::Undo)));
    model.say(Tone::Done, text);
    model.save_queue.push(Request::Commit { edit, inverse, overwrite: false });
    if model.save_queue.failure().is_some() {
        model.save_queue.retry();
    }
}

/// The idea that an edit logs on, if it is the first entry in a week.
fn first_log_of_a_week(edit: &Edit, world: &World) -> Option<String> {
    let Edit::Change { id, change: Change::Insert { entry: Entry::Log(entry), .. } } = edit else {
        return None;
    };
    let idea = world.portfolio.idea(id)?;
    is_first_log_in_a_week(idea, entry.date).then(|| idea.id.clone())
}

/// That the hours of the last weeks went to this idea and not to better ones.
fn hours_against_rank(id: &str, world: &World) -> Option<String> {
    let scored = &world.portfolio;
    let (rules, k) = ((scored.rule(), scored.stall_rule()), world.settings.current().pursued);
    let found = attention(scored, scored.scores(), rules, k, scored.as_of())?;
    let is_this = scored.position(id) == Some(found.position);
    is_this.then(|| format!("Logged; {}", found.sentence()))
}

/// Takes the last edit back: here where it never reached the disk, else in the
/// store, which knows more of them than this session.
pub(super) fn undo(model: &mut Model) {
    if model.screen == ScreenId::Triage
        && let Some(words) = model.screens.triage.step_back(&model.world)
    {
        return model.say(Tone::Note, words);
    }
    model.screens.triage.forget_edit();
    match model.save_queue.pop_unsaved() {
        Some(Request::Commit { edit, inverse, .. }) => {
            match model.world.portfolio.apply(&inverse) {
                Ok(_) => {
                    let portfolio = &model.world.portfolio;
                    let words = edit_messages::undone(&inverse, &edit, portfolio);
                    model.say(Tone::Done, format!("{words}, before it was saved"));
                }
                Err(error) => model.say(Tone::Trouble, error.to_string()),
            }
            model.refresh();
        }
        _ => model.save_queue.push(Request::Undo { overwrite: false }),
    }
}

/// Takes an earlier edit back out of turn, if what it touched stands as it left it.
pub(super) fn reverse(model: &mut Model, reversal: Reversal) {
    let Reversal { edit, standing } = reversal;
    let portfolio = &model.world.portfolio;
    if !standing.iter().all(|idea| portfolio.get(&idea.id) == Some(idea)) {
        let text =
            format!("it has changed since: {} goes back in order", key_of(model, Command::Undo));
        return model.say(Tone::Note, text);
    }
    let back = edit.ids().last().map(|id| (*id).to_owned());
    self::edit(model, edit);
    if let Some(id) = back {
        model
            .say(Tone::Done, format!("{id} waits again · {} undoes", key_of(model, Command::Undo)));
    }
}

/// Sends what could not be saved once more.
pub(super) fn save_again(model: &mut Model) -> Vec<Effect> {
    model.save_queue.retry();
    model.say(Tone::Note, "saving again …");
    Vec::new()
}

/// The first key of a command, for messages.
pub(super) fn key_of(model: &Model, command: Command) -> String {
    model.world.keymap.key(command)
}

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

/// An answer with its day, its name and its id, as an edit: a duel, a
/// retraction, or one in place of the other.
pub(super) fn signed(
    instead_of: Option<String>,
    answer: Option<(String, String, Winner)>,
    world: &World,
) -> Edit {
    let now = &world.tick.now;
    let at = now.with().date(world.portfolio.as_of()).build().unwrap_or_else(|_| now.clone());
    // Several answers may be given at one moment.
    let nth = world.portfolio.duels().entries.len() as u64;
    let id = fresh_duel_id(&at, world.tick.seed.wrapping_add(nth));
    let by = world.person.clone();
    let struck = instead_of.map(|duel| Retraction { duel, at: at.clone() });
    let given = answer.map(|(left, right, winner)| Duel { id, at, by, left, right, winner });
    let entries = struck.map(DuelEntry::Retraction).into_iter().chain(given.map(DuelEntry::Duel));
    let mut edits: Vec<Edit> = entries.map(Edit::Duel).collect();
    if edits.len() == 1 { edits.remove(0) } else { Edit::Group(edits) }
}
