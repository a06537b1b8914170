//! Mouse input on the Triage screen: a click selects a line, a second click
//! opens it; one on a word of the keys that decide runs it.

use ratatui::layout::Rect;

use crate::command::{Command, Invocation};
use crate::tui::screens::{Action, Mouse, Screen};
use crate::tui::world::World;

use super::{TriageScreen, cards, draw, overview, pause, rate};

/// Answers the mouse in the area where the screen is drawn.
pub(super) fn mouse(
    screen: &mut TriageScreen,
    mouse: Mouse,
    area: Rect,
    world: &World,
) -> Vec<Action> {
    if !mouse.is_click() || !area.contains(mouse.at) {
        return Vec::new();
    }
    let line = |list: Rect, first: usize, count: usize| {
        let row = mouse.at.y.checked_sub(list.y).map(|row| first + usize::from(row));
        row.filter(|at| list.contains(mouse.at) && *at < count)
    };
    if let Some(cursor) = screen.list {
        let (list, first) = cards::list(screen, area);
        match line(list, first, screen.waiting().len()) {
            Some(at) if at == cursor || mouse.is_second_click() => {
                return screen.run(open(), world);
            }
            Some(at) => screen.list = Some(at),
            None => {}
        }
    } else if screen.shows_pause() {
        let (list, first) = pause::list(screen, world, area);
        if let Some(at) = line(list, first, screen.kept().len()) {
            screen.kept_line = at;
        }
    } else if screen.shows_overview() {
        let (list, first) = overview::list(screen, area);
        if let Some(at) = line(list, first, screen.round.history().len()) {
            screen.overview = Some(at);
        }
    } else if draw::verbs_row(screen, world, area) == Some(mouse.at.y) {
        let column = usize::from(mouse.at.x - area.x);
        let command = rate::verb_at(column, world);
        return command.map(run).into_iter().collect();
    }
    Vec::new()
}

const fn open() -> Invocation {
    Invocation { command: Command::Open, digit: None }
}

const fn run(command: Command) -> Action {
    Action::Run(Invocation { command, digit: None })
}
