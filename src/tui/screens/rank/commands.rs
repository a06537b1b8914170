//! Commands of the Rank screen.

use crate::command::{Command, Invocation};
use crate::domain::{Criterion, DuelPool};
use crate::tui::screens::{Action, Unavailable};
use crate::tui::world::World;

use super::{RankScreen, actions, draw};

impl RankScreen {
    /// Whether a command can run now.
    pub(crate) fn available(&self, command: Command, world: &World) -> Result<(), Unavailable> {
        use Command as C;
        let always = matches!(
            command,
            C::AllColumns
                | C::AllStatuses
                | C::Axis
                | C::Sort
                | C::NextCriterion
                | C::PreviousCriterion
        );
        if always {
            return Ok(());
        }
        if matches!(command, C::MoreTable | C::LessTable) {
            let is_there = !self.is_open();
            return is_there
                .then_some(())
                .ok_or(Unavailable("one idea fills the screen: Esc first"));
        }
        if command == C::ByDuels && world.portfolio.portfolio().duels().entries.is_empty() {
            return Err(Unavailable("there are no duels yet: g 3 asks for some"));
        }
        let Some(idea) = self.idea(world) else {
            return Err(Unavailable("there is no idea here: a adds one"));
        };
        if command == C::Versus && self.pool() == DuelPool::default() {
            return Err(Unavailable("mark some ideas first, or find them with /"));
        }
        let nudges = matches!(command, C::NudgeDown | C::NudgeUp);
        if nudges && !self.asks_the_bet(idea) && idea.get(self.field(idea)).is_none() {
            return Err(Unavailable("not rated yet: a digit rates it"));
        }
        Ok(())
    }

    pub(crate) fn run(&mut self, invocation: Invocation, world: &World) -> Vec<Action> {
        use Command as C;
        match invocation.command {
            C::Down => self.step(1, world),
            C::Up => self.step(-1, world),
            C::PageDown => self.step(self.half_page(), world),
            C::PageUp => self.step(-self.half_page(), world),
            C::Top => self.step(isize::MIN, world),
            C::Bottom => self.step(isize::MAX, world),
            C::Mark => self.mark(world),
            C::MarkListed => self.mark_listed(world),
            C::NextIdea => self.move_by(1, world),
            C::PreviousIdea => self.move_by(-1, world),
            C::Open if self.card.is_some() => self.card = None,
            C::Open => self.open = if self.open.is_some() { None } else { Some(0) },
            C::NextCriterion => self.move_criterion(1),
            C::PreviousCriterion => self.move_criterion(-1),
            C::Axis => self.axis = self.axis.other(),
            C::MoreTable => self.move_divider(1),
            C::LessTable => self.move_divider(-1),
            C::AllColumns => self.all_columns = !self.all_columns,
            C::ByDuels => {
                self.order = self.order.after();
                self.refresh(world);
            }
            C::Sort => return vec![actions::ask_order(self.order)],
            C::CheapestQuestion => return vec![self.ask_cheapest(world)],
            C::AllStatuses => {
                self.all_statuses = !self.all_statuses;
                self.refresh(world);
            }
            _ => return actions::actions(self, invocation, world),
        }
        Vec::new()
    }

    /// Moves what moves here: the card's question, the page, or the cursor.
    pub(super) fn step(&mut self, lines: isize, world: &World) {
        if let Some(question) = &mut self.card {
            *question = question.saturating_add_signed(lines).min(2);
        } else if let Some(scroll) = self.open {
            let scrolled = scroll.saturating_add_signed(lines);
            self.open = Some(scrolled.min(draw::last_scroll(self, world)));
        } else {
            self.move_by(lines, world);
        }
    }

    fn half_page(&self) -> isize {
        isize::try_from(self.size.height / 3).unwrap_or(1).max(1)
    }

    fn move_criterion(&mut self, by: isize) {
        if let Some(question) = &mut self.card {
            *question = question.saturating_add_signed(by).min(2);
            return;
        }
        let index = self.criterion.index().saturating_add_signed(by);
        self.criterion = Criterion::ALL[index.min(Criterion::ALL.len() - 1)];
    }
}
