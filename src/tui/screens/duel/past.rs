//! Past answers: looked through, changed, struck.

use crate::command::Command;
use crate::domain::{Duel, Winner};
use crate::tui::world::World;

use super::{Action, DuelScreen};

/// The answers that count, the latest first.
pub(super) fn answers(world: &World) -> Vec<&Duel> {
    let mut duels = world.portfolio.portfolio().duels().standing(world.portfolio.as_of());
    // Within one second, too, what was written later comes first.
    duels.reverse();
    duels.sort_by_key(|duel| std::cmp::Reverse(duel.at.timestamp()));
    duels
}

/// Runs a command of the list.
pub(super) fn run(screen: &mut DuelScreen, command: Command, world: &World) -> Vec<Action> {
    let Some(at) = screen.past else { return Vec::new() };
    let answers = answers(world);
    let last = answers.len().saturating_sub(1);
    let to = match command {
        Command::Down => at + 1,
        Command::Up => at.saturating_sub(1),
        Command::PageDown => at + 10,
        Command::PageUp => at.saturating_sub(10),
        Command::Top => 0,
        Command::Bottom => last,
        Command::Strike => {
            let duel = answers.get(at).map(|duel| duel.id.clone());
            let strike = |id| Action::Answer { instead_of: Some(id), answer: None };
            return duel.map(strike).into_iter().collect();
        }
        _ => at,
    };
    screen.past = Some(to.min(last));
    Vec::new()
}

/// Gives another answer to the question at a place of the list.
pub(super) fn change(at: usize, winner: Winner, world: &World) -> Option<Action> {
    let duel = *answers(world).get(at)?;
    if duel.winner == winner {
        return Some(Action::Say("that was the answer already".to_owned()));
    }
    let answer = Some((duel.left.clone(), duel.right.clone(), winner));
    Some(Action::Answer { instead_of: Some(duel.id.clone()), answer })
}
