//! Mouse input on the Duel screen: a click selects, a second click on the same
//! place acts.

use ratatui::layout::Rect;

use crate::domain::Winner;
use crate::tui::screens::{Action, Mouse};
use crate::tui::world::World;

use super::{DuelScreen, ask, past, result};

/// Answers the mouse in the area where the screen is drawn.
pub(super) fn mouse(
    screen: &mut DuelScreen,
    mouse: Mouse,
    area: Rect,
    world: &World,
) -> Vec<Action> {
    if !mouse.is_click() || !area.contains(mouse.at) {
        return Vec::new();
    }
    let line = |start: u16| mouse.at.y.checked_sub(start).map(usize::from);
    if let Some(at) = screen.past {
        let first = past::offset(at, world, area);
        let clicked = line(area.y + past::HEAD).map(|line| first + line);
        if let Some(clicked) = clicked.filter(|at| *at < past::answers(world).len()) {
            screen.past = Some(clicked);
        }
        return Vec::new();
    }
    if screen.shows_result() {
        let Some((_, round)) = &screen.round else { return Vec::new() };
        let clicked = line(result::list_start(screen, round, world, area));
        let Some(clicked) = clicked.filter(|at| *at < round.cut.shown().len()) else {
            return Vec::new();
        };
        if clicked == screen.line {
            return vec![Action::Show];
        }
        screen.line = clicked;
        return Vec::new();
    }
    let areas = ask::areas(screen, world, area);
    let cards = [(Winner::Left, areas.left), (Winner::Right, areas.right)];
    let card = cards.into_iter().find(|(_, area)| area.contains(mouse.at)).map(|(side, _)| side);
    match card {
        Some(side) if screen.clicked == card && screen.question().is_some() => {
            screen.answer(side).into_iter().collect()
        }
        _ => {
            screen.clicked = card;
            Vec::new()
        }
    }
}
