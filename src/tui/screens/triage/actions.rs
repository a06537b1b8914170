//! From commands on the card to decisions about it and questions first.

use crate::command::{Command, Invocation};
use crate::domain::{BetKind, Edit, Field, Idea, Portfolio, Status, Value, day_from_words};
use crate::text::sanitize;
use crate::tui::dialogs::{About, Choice, Finalist, Prompt, Then};
use crate::tui::screens::{Action, Screen};
use crate::tui::world::World;

use super::{TriageScreen, rating};

/// How long "not now" is.
const NOT_NOW: &str = "3m";

/// What a command on the card on the table leads to.
pub(super) fn actions(
    screen: &mut TriageScreen,
    invocation: Invocation,
    world: &World,
) -> Vec<Action> {
    use Command as C;
    let chosen = screen.chosen();
    let Some(idea) = screen.idea(world) else { return Vec::new() };
    let field = screen.question.unwrap_or(Field::Bet);
    let action = match invocation.command {
        C::Drop | C::GiveUp => Some(Action::Ask(Prompt::cause(chosen))),
        C::NotNow => not_now(&chosen, world),
        C::ParkUntil => {
            let hint = "a day (2w, next month, 2027-03-01), or words of an idea to wait for";
            Some(ask(idea, "park until", hint, About::ParkedUntil { why: String::new() }))
        }
        C::Shortlist => {
            let finalist = Finalist { lenses: screen.lenses.clone(), ..Finalist::default() };
            Prompt::finalist(idea, finalist).map(Action::Ask)
        }
        C::Start => {
            let hint = "a promise: by which day will something hold? empty for none";
            Some(ask(idea, "promise by", hint, About::PromiseBy))
        }
        C::MergeInto => {
            let alike = screen.reminders(world).map_or(&[][..], |similar| &similar.lines);
            let alike: Vec<&str> = alike.iter().map(|similar| similar.id.as_str()).collect();
            Some(ask_target(idea, &alike, world.portfolio.portfolio()))
        }
        C::Rate if field == Field::Bet => bet(idea, invocation.digit.unwrap_or(0)),
        // The bet is answered by its two numbers, not on a scale.
        C::Exact | C::Range | C::NudgeDown | C::NudgeUp if field == Field::Bet => {
            Some(Action::Say("1 is hot, 2 is next-hot".to_owned()))
        }
        _ => rating::action(invocation, idea, field),
    };
    action.into_iter().collect()
}

fn ask(idea: &Idea, label: &str, hint: &str, about: About) -> Action {
    Action::Ask(Prompt::line(label, "", hint, Then::Idea { id: idea.id.clone(), about }))
}

/// Asks for the idea that takes this one in; what it reminds of stands first.
fn ask_target(idea: &Idea, alike: &[&str], portfolio: &Portfolio) -> Action {
    let fits = |other: &&Idea| other.id != idea.id && other.merged_into.is_none();
    let mut others: Vec<&Idea> = portfolio.iter().filter(fits).collect();
    others.sort_by_key(|other| alike.iter().position(|id| *id == other.id).unwrap_or(alike.len()));
    let choice = |other: &&Idea| Choice {
        key: other.status.shown().to_owned(),
        name: sanitize(&other.id).into_owned(),
        text: sanitize(&other.title).into_owned(),
        synonyms: String::new(),
        refusal: None,
    };
    let choices = others.iter().map(choice).collect();
    let ids = others.iter().map(|other| other.id.clone()).collect();
    let then = Then::Idea { id: idea.id.clone(), about: About::Merge(ids) };
    Action::Ask(Prompt::pick("merge into", choices, then))
}

/// Parks cards for a while, in one edit.
fn not_now(ids: &[String], world: &World) -> Option<Action> {
    let today = world.portfolio.as_of();
    let day = day_from_words(NOT_NOW, today)?;
    let park = |idea: &Idea| {
        let mut edits = vec![
            Edit::decide(idea, Status::Parked, today, "not now"),
            Edit::set(&idea.id, Field::ParkedUntil, Some(Value::Date(day))),
        ];
        if idea.parked_on.is_some() {
            edits.push(Edit::set(&idea.id, Field::ParkedOn, None));
        }
        Edit::Group(edits)
    };
    let edits = ids.iter().filter_map(|id| world.portfolio.idea(id)).map(park).collect();
    Some(Action::Edit(Edit::Group(edits)))
}

fn bet(idea: &Idea, digit: u8) -> Option<Action> {
    let kind = usize::from(digit).checked_sub(1).and_then(|at| BetKind::ALL.get(at).copied());
    match kind {
        None => Some(Action::Say("1 is hot, 2 is next-hot".to_owned())),
        Some(kind) if idea.bet == Some(kind) => Some(Action::Say(format!("{} already", kind.id()))),
        Some(kind) => Some(Action::Edit(Edit::set(&idea.id, Field::Bet, Some(Value::Bet(kind))))),
    }
}
