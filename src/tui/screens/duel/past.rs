//! Past answers: looked through, changed, deleted.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::command::Command;
use crate::domain::{Duel, Winner};
use crate::text::{fit, sanitize, shorten, width};
use crate::tui::theme::Styles;
use crate::tui::widgets::page_offset;
use crate::tui::world::World;

use super::lines::put;
use super::{Action, DuelScreen};

/// Rows above the list.
pub(super) const HEAD: u16 = 3;

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

/// Gives another answer to the question at a place of the list: left is the
/// idea that is named first there.
pub(super) fn change(at: usize, winner: Winner, world: &World) -> Option<Action> {
    let duel = *answers(world).get(at)?;
    let winner = match (duel.winner, winner) {
        (Winner::Right, Winner::Left) => Winner::Right,
        (Winner::Right, Winner::Right) => Winner::Left,
        (_, winner) => winner,
    };
    if duel.winner == winner {
        return Some(Action::Say("That was the answer already.".to_owned()));
    }
    let answer = Some((duel.left.clone(), duel.right.clone(), winner));
    Some(Action::Answer { instead_of: Some(duel.id.clone()), answer })
}

/// The answer at the top of the list, so that the one under the cursor is in sight.
pub(super) fn offset(at: usize, world: &World, area: Rect) -> usize {
    page_offset(at, answers(world).len(), usize::from(area.height.saturating_sub(HEAD)))
}

/// Draws the answers, the latest first.
pub(super) fn draw(at: usize, world: &World, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let answers = answers(world);
    put(&format!("Your answers: {}", answers.len()), area, 0, styles.strong, buffer);
    let hint = "h the first one, l the second, t equal; x deletes the answer; u undoes";
    put(hint, area, 1, styles.quiet, buffer);
    let first = offset(at, world, area);
    for (row, (index, duel)) in (HEAD..area.height).zip(answers.iter().enumerate().skip(first)) {
        let mark = if index == at { "▸" } else { " " };
        let style = if index == at { styles.selected } else { styles.text };
        let columns = usize::from(area.width).saturating_sub(16);
        let sentence = sentence(duel, columns, world);
        put(&format!("{mark} {}  {sentence}", duel.at.date()), area, row, style, buffer);
    }
}

/// An answer in so many columns, `A over B` or `A = B`; both titles have as much room.
pub(super) fn sentence(duel: &Duel, room: usize, world: &World) -> String {
    let (one, between, other) = match duel.winner {
        Winner::Left => (&duel.left, " over ", &duel.right),
        Winner::Right => (&duel.right, " over ", &duel.left),
        Winner::Tie => (&duel.left, " = ", &duel.right),
    };
    let title = |id: &String| {
        sanitize(world.portfolio.idea(id).map_or(id.as_str(), |idea| &idea.title)).into_owned()
    };
    let half = room.saturating_sub(width(" over ")) / 2;
    format!("{}{between}{}", fit(&title(one), half), shorten(&title(other), half))
}
