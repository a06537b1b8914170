//! From commands on the card to decisions about it and questions first.

use crate::command::{Command, Invocation};
use crate::domain::{BetKind, Edit, Field, Idea, Value};
use crate::tui::dialogs::{DropMenu, Merge, not_now, shortlist};
use crate::tui::screens::{Action, deciding};
use crate::tui::world::World;

use super::{TriageScreen, rating};

/// The digit for "no bet".
const NO_BET: u8 = 3;

const BETS: &str = "1 is hot, 2 is next-hot, 3 is none";

/// What a command on the card on the table leads to.
pub(super) fn actions(
    screen: &mut TriageScreen,
    invocation: Invocation,
    world: &World,
) -> Vec<Action> {
    use Command as C;
    let chosen = screen.chosen();
    let Some(idea) = screen.on_table(world) else { return Vec::new() };
    let field = screen.question.unwrap_or(Field::Bet);
    let action = match invocation.command {
        C::DropCard | C::Drop => Some(Action::ask(DropMenu { ids: chosen })),
        C::NotNow => return done(not_now(&chosen, world)),
        C::Shortlist => return done(shortlist(std::slice::from_ref(&idea.id), world)),
        C::MergeInto => {
            let alike = screen.reminders(world).map_or(&[][..], |similar| &similar.lines);
            let alike: Vec<&str> = alike.iter().map(|similar| similar.id.as_str()).collect();
            Some(Action::ask(Merge::new(idea, &alike, world)))
        }
        C::Rate if field == Field::Bet && invocation.digit == Some(NO_BET) => {
            let edit = idea.bet.map(|_| Action::Edit(Edit::set(&idea.id, Field::Bet, None)));
            screen.has_no_bet = true;
            screen.ask_next(world);
            edit
        }
        C::Rate if field == Field::Bet => {
            let action = bet(idea, invocation.digit.unwrap_or(0));
            screen.goes_on = true;
            action
        }
        // The bet is answered by one of three numbers, not on a scale.
        C::Exact | C::Range | C::NudgeDown | C::NudgeUp if field == Field::Bet => {
            Some(Action::Say(BETS.to_owned()))
        }
        command => {
            let action = deciding::action(command, &[idea], None, world)
                .or_else(|| rating::action(invocation, idea, field));
            // A digit also goes on where it changes an answer.
            screen.goes_on |= command == C::Rate;
            action
        }
    };
    action.into_iter().collect()
}

/// What follows from a decision, or why it cannot be made.
fn done(actions: Result<Vec<Action>, String>) -> Vec<Action> {
    actions.unwrap_or_else(|reason| vec![Action::Say(reason)])
}

fn bet(idea: &Idea, digit: u8) -> Option<Action> {
    let kind = usize::from(digit).checked_sub(1).and_then(|at| BetKind::ALL.get(at).copied());
    match kind {
        None => Some(Action::Say(BETS.to_owned())),
        Some(kind) if idea.bet == Some(kind) => Some(Action::Say(format!("{} already", kind.id()))),
        Some(kind) => Some(Action::Edit(Edit::set(&idea.id, Field::Bet, Some(Value::Bet(kind))))),
    }
}
