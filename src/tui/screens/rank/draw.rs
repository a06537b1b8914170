//! Layout of the Rank screen, and the mouse on it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget;

use crate::command::Command;
use crate::text::{shorten, width};
use crate::tui::screens::{Mouse, Screen};
use crate::tui::theme::Styles;
use crate::tui::widgets::{Page, draw_lines, page_offset};
use crate::tui::world::World;

use super::detail::Detail;
use super::divider::Divider;
use super::order::Row;
use super::{RankScreen, card, question};

/// From this width on the detail stands beside the table.
pub(super) const SIDE_BY_SIDE: u16 = 100;

/// Rows of detail up to which only the most important is said.
const SHORT: u16 = 4;

impl RankScreen {
    pub(crate) fn draw_screen(&self, world: &World, styles: &Styles, area: Rect, buf: &mut Buffer) {
        let (main, bottom) = self.split(area);
        if let Some(notice) = self.shown_notice() {
            let area = Rect { height: main.y - area.y, ..area };
            draw_notice(notice, styles, area, buf);
        }
        if self.is_open() {
            self.draw_page(world, styles, main, buf);
        } else if self.is_beside(area.width) {
            self.draw_beside(world, styles, main, buf);
        } else {
            self.draw_below(world, styles, main, buf);
        }
        let here = self.idea(world).and_then(|idea| world.portfolio.scored(&idea.id));
        let Some((idea, score)) = here else { return };
        if let Some(at) = self.card {
            card::draw(at, (idea, score), styles, main, buf);
        }
        if bottom.height == 0 {
            return;
        }
        let rule = "─".repeat(usize::from(bottom.width));
        buf.set_string(bottom.x, bottom.y, rule, styles.faint);
        let bottom = Rect { y: bottom.y + 1, height: bottom.height.saturating_sub(1), ..bottom };
        question::draw(self.field(idea), idea, score, styles, bottom, buf);
    }

    /// Where the table stands, if it is in sight.
    pub(super) fn table_area(&self, area: Rect) -> Option<Rect> {
        let main = self.main_area(area);
        if self.is_open() {
            None
        } else if self.is_beside(area.width) {
            Some(self.divider.left_of(main))
        } else {
            Some(self.divider.top_of(main))
        }
    }

    /// Where the divider between table and detail stands, if it is in sight.
    pub(super) fn divider_area(&self, area: Rect) -> Option<Rect> {
        let table = self.table_area(area)?;
        Some(if self.is_beside(area.width) {
            Rect { x: table.right(), width: 1, ..table }
        } else {
            Rect { y: table.bottom(), height: 1, ..table }
        })
    }

    /// The part that table and detail share.
    pub(super) fn main_area(&self, area: Rect) -> Rect {
        self.split(area).0
    }

    /// The main part, and the question below it where one can be answered.
    fn split(&self, area: Rect) -> (Rect, Rect) {
        let rows = if self.marks_a_cell() {
            (1 + question::rows(area.width)).min(area.height / 4)
        } else {
            0
        };
        let above = u16::from(self.shown_notice().is_some()).min(area.height);
        let height = area.height.saturating_sub(rows + above);
        let main = Rect { y: area.y + above, height, ..area };
        (main, Rect { y: main.bottom(), height: rows, ..area })
    }

    /// How far the page of the idea under the cursor can be scrolled.
    pub(super) fn last_scroll(&self, world: &World) -> usize {
        let main = self.main_area(Rect::new(0, 0, world.room().width, world.room().height));
        let area = page_area(main);
        let lines = Detail::new(self, world, &Styles::default(), area.width)
            .map_or(0, |detail| detail.lines().len());
        lines.saturating_sub(usize::from(area.height))
    }

    fn draw_page(&self, world: &World, styles: &Styles, area: Rect, buf: &mut Buffer) {
        let area = page_area(area);
        let Some(detail) = Detail::new(self, world, styles, area.width.saturating_sub(1)) else {
            return;
        };
        let scroll = self.open.unwrap_or(0);
        Page { lines: &detail.lines(), scroll, styles }.render(area, buf);
    }

    fn draw_beside(&self, world: &World, styles: &Styles, area: Rect, buf: &mut Buffer) {
        let left = self.divider.left_of(area);
        self.draw_table(world, styles, left, buf);
        for row in left.rows() {
            buf.set_string(left.right(), row.y, "│", styles.faint);
        }
        let x = left.right() + 2;
        let right = Rect { x, width: area.right().saturating_sub(x + 1), ..left };
        if let Some(detail) = Detail::new(self, world, styles, right.width.saturating_sub(1)) {
            Page { lines: &detail.lines(), scroll: 0, styles }.render(right, buf);
        }
    }

    fn draw_below(&self, world: &World, styles: &Styles, area: Rect, buf: &mut Buffer) {
        let top = self.divider.top_of(area);
        let rows = area.height.saturating_sub(top.height + 1);
        self.draw_table(world, styles, top, buf);
        let rule = "─".repeat(usize::from(area.width));
        buf.set_string(area.x, top.bottom(), rule, styles.faint);
        let room = usize::from(area.width.saturating_sub(4));
        let listed = format!(" {} ", self.listed_line(world));
        buf.set_stringn(area.x + 2, top.bottom(), listed, room, styles.quiet);
        let x = area.x + 1;
        let bottom =
            Rect { x, y: top.bottom() + 1, width: area.width.saturating_sub(2), height: rows };
        if let Some(detail) = Detail::new(self, world, styles, bottom.width) {
            if rows > SHORT {
                return Page { lines: &detail.lines(), scroll: 0, styles }.render(bottom, buf);
            }
            let lines = detail.short(usize::from(rows));
            draw_lines(&lines, bottom, buf);
        }
    }

    /// `2 marked · 23 of 27, 4 dropped or done (A) · by duels`.
    fn listed_line(&self, world: &World) -> String {
        let ideas = || world.portfolio.iter();
        let all = ideas().count();
        let over = ideas().filter(|idea| !idea.status.is_ranked_by_default()).count();
        let listed = self.listed();
        let mut parts = Vec::new();
        if !self.marks.is_empty() {
            parts.push(format!("{} marked", self.marks.len()));
        }
        let key = world.keymap.key(Command::AllStatuses);
        parts.push(match all {
            1 => "1 idea".to_owned(),
            _ if listed == all => format!("{all} ideas"),
            _ if !self.all_statuses && self.query.is_empty() => {
                format!("{listed} of {all}, {over} dropped or done ({key})")
            }
            _ => format!("{listed} of {all}"),
        });
        parts.push(format!("by {}", self.sorted_by().unwrap_or("score")));
        parts.join(" · ")
    }
}

/// `! 41 % of your last 30 days went to #10 of 23; #1 and #2 got none. g4 answers`
fn draw_notice(notice: &str, styles: &Styles, area: Rect, buf: &mut Buffer) {
    let room = usize::from(area.width);
    let text = format!("! {notice}.");
    let (x, y) = buf.set_stringn(area.x, area.y, shorten(&text, room), room, styles.caution);
    let answers = " g4 answers";
    if usize::from(area.right().saturating_sub(x)) >= width(answers) {
        buf.set_string(x, y, answers, styles.quiet);
    }
}

/// One idea fills the screen, in lines that are not too long to read.
fn page_area(area: Rect) -> Rect {
    let width = area.width.saturating_sub(4).min(100);
    Rect { x: area.x + 2, width, ..area }
}

impl RankScreen {
    /// Puts the cursor on the idea at a cell of the area in which the screen is
    /// drawn; true if it was there already.
    pub(super) fn click(&mut self, mouse: Mouse, area: Rect, world: &World) -> bool {
        let at = mouse.at;
        if self.card.is_some() {
            return false;
        }
        let Some(table) = self.table_area(area).filter(|table| table.contains(at)) else {
            return false;
        };
        let height = usize::from(table.height.saturating_sub(1));
        let first = page_offset(self.cursor, self.rows.len(), height);
        let Some(line) = at.y.checked_sub(table.y + 1) else { return false };
        let row = first + usize::from(line);
        let is_idea = self.rows.get(row).is_some_and(Row::is_idea);
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
        let is_there = self.divider_area(area).is_some_and(|divider| divider.contains(at));
        self.divider.hold(is_there && self.card.is_none())
    }

    /// Moves the divider, if it is held, to this cell.
    pub(super) fn drag(&mut self, at: Position, area: Rect) {
        let is_beside = self.is_beside(area.width);
        let main = self.main_area(area);
        self.divider.drag(at, main, is_beside);
    }

    pub(super) fn move_divider(&mut self, towards: i32, world: &World) {
        let area = Rect::from((Position::ORIGIN, world.room()));
        let is_beside = self.is_beside(area.width);
        let main = self.main_area(area);
        self.divider.step(towards, main, is_beside);
    }

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
        width >= SIDE_BY_SIDE && !self.all_columns
    }
}

/// A row as something that can be subtracted.
fn signed(row: usize) -> isize {
    isize::try_from(row).unwrap_or(isize::MAX)
}
