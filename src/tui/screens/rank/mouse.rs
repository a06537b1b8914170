//! Mouse input on the Rank screen, and the divider that it drags.

use ratatui::layout::{Position, Rect};

use crate::tui::screens::Mouse;
use crate::tui::widgets::page_offset;
use crate::tui::world::World;

use super::divider::Divider;
use super::rows::Row;
use super::{RankScreen, draw};

impl RankScreen {
    /// Puts the cursor on the idea at a cell of the area in which the screen is
    /// drawn; true if it was there already.
    pub(super) fn click(&mut self, mouse: Mouse, area: Rect, world: &World) -> bool {
        let at = mouse.at;
        if self.card.is_some() {
            return false;
        }
        let Some(table) = draw::table_area(self, area).filter(|table| table.contains(at)) else {
            return false;
        };
        let height = usize::from(table.height.saturating_sub(1));
        let first = page_offset(self.cursor, self.rows.len(), height);
        let Some(line) = at.y.checked_sub(table.y + 1) else { return false };
        let row = first + usize::from(line);
        let is_idea = matches!(self.rows.get(row), Some(Row::Idea(_)));
        if row == self.cursor || (mouse.is_second_click() && is_idea) {
            return true;
        }
        if is_idea {
            self.move_by(signed(row) - signed(self.cursor), world);
        }
        false
    }

    /// Takes hold of the divider, if it is at this cell.
    pub(super) fn grab(&mut self, at: Position, area: Rect) -> bool {
        let is_there = draw::divider_area(self, area).is_some_and(|divider| divider.contains(at));
        self.divider.hold(is_there && self.card.is_none())
    }

    /// Moves the divider, if it is held, to this cell.
    pub(super) fn drag(&mut self, at: Position, area: Rect) {
        let is_beside = self.is_beside(area.width);
        let main = draw::main_area(self, area);
        self.divider.drag(at, main, is_beside);
    }

    pub(super) fn move_divider(&mut self, towards: i32, world: &World) {
        let area = Rect::from((Position::ORIGIN, world.room()));
        let is_beside = self.is_beside(area.width);
        let main = draw::main_area(self, area);
        self.divider.step(towards, main, is_beside);
    }

    /// Lets go of the divider.
    pub(super) fn let_go(&mut self) {
        self.divider.hold(false);
    }

    /// Where the divider has been moved to, once after it was.
    pub(crate) fn take_divider(&mut self) -> Option<[u16; 2]> {
        self.divider.take()
    }

    /// Puts the divider where it was when the program was last open.
    pub(crate) fn set_divider(&mut self, places: [u16; 2]) {
        self.divider = Divider::at(places);
    }

    /// Whether the detail stands beside the table at a width.
    pub(super) const fn is_beside(&self, width: u16) -> bool {
        width >= draw::SIDE_BY_SIDE && !self.all_columns
    }
}

/// A row as something that can be subtracted.
fn signed(row: usize) -> isize {
    isize::try_from(row).unwrap_or(isize::MAX)
}
