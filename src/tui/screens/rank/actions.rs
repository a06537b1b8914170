//! From commands on an idea to edits of it and questions about it.

use crate::command::{Command, Invocation};
use crate::tui::dialogs::Sort;
use crate::tui::screens::{Screen, deciding};
use crate::tui::world::World;

use super::{Action, Order, RankScreen, rating};

/// What a command on the idea under the cursor leads to.
pub(super) fn actions(
    screen: &mut RankScreen,
    invocation: Invocation,
    world: &World,
) -> Vec<Action> {
    use Command as C;
    let Some(idea) = screen.idea(world) else { return Vec::new() };
    let rates =
        matches!(invocation.command, C::Rate | C::NudgeDown | C::NudgeUp | C::Exact | C::Range);
    if rates && screen.asks_the_bet(idea) {
        screen.open_card();
        return Vec::new();
    }
    let field = screen.field(idea);
    let action = match invocation.command {
        C::Versus => Some(Action::Limit(screen.pool())),
        command => deciding::action(command, &screen.marked(world), None, world)
            .or_else(|| rating::action(invocation, idea, field)),
    };
    action.into_iter().collect()
}

pub(super) fn ask_order(now: Order) -> Action {
    let columns = Order::ALL.iter().map(|order| order.name().to_owned()).collect();
    let now = Order::ALL.iter().position(|order| *order == now).unwrap_or(0);
    Action::ask(Sort { columns, now })
}
