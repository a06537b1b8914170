//! The line between the table and the detail: dragged, moved with keys, and
//! kept for the next time.

use ratatui::layout::{Position, Rect};

/// Rows of detail below the table, unless the divider was moved.
const ROWS: u16 = 4;

/// Columns of the table at most beside the detail, unless it was moved.
const WIDEST: u16 = 110;

/// Columns that table and detail keep beside each other.
const LEAST_COLUMNS: (u16, u16) = (40, 24);

/// Rows that the table keeps above the detail.
const LEAST_ROWS: u16 = 4;

/// Columns and rows that a key moves it.
const STEP: (i32, i32) = (4, 1);

/// The whole width, in the units in which the place of the divider is kept.
const WHOLE: u32 = 1000;

/// Where the table ends. The position is kept as the user set it, and fitted
/// into the space only when it is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Divider {
    /// Thousandths of the width that are the table's, beside the detail; 0 unless it was moved.
    beside: u16,
    /// Rows of the detail below the table and one more; 0 unless it was moved.
    below: u16,
    is_held: bool,
    has_moved: bool,
}

impl Divider {
    /// The divider as it was kept.
    pub(super) fn at([beside, below]: [u16; 2]) -> Self {
        Self { beside, below, ..Self::default() }
    }

    /// The part of the table beside the detail.
    pub(super) fn left_of(&self, area: Rect) -> Rect {
        let width = match self.beside {
            0 => (area.width * 3 / 5 + 2).min(WIDEST),
            share => {
                let width = u32::from(area.width) * u32::from(share) / WHOLE;
                u16::try_from(width).unwrap_or(area.width)
            }
        };
        let most = area.width.saturating_sub(LEAST_COLUMNS.1 + 1);
        Rect { width: width.min(most).max(LEAST_COLUMNS.0.min(most)), ..area }
    }

    /// The part of the table above the detail.
    pub(super) fn top_of(&self, area: Rect) -> Rect {
        let rows = match self.below {
            0 => ROWS.min(area.height / 3),
            rows => (rows - 1).min(area.height.saturating_sub(LEAST_ROWS + 1)),
        };
        Rect { height: area.height.saturating_sub(rows + 1), ..area }
    }

    /// Moves it by a key: more (1) or less (-1) for the table.
    pub(super) fn step(&mut self, towards: i32, area: Rect, is_beside: bool) {
        if is_beside {
            let columns = i32::from(self.left_of(area).width) + towards * STEP.0;
            self.put_beside(columns, area);
        } else {
            let rows = i32::from(self.top_of(area).height) + towards * STEP.1;
            self.put_below(rows, area);
        }
        self.has_moved = true;
    }

    /// Takes hold of it, or lets go. True if it is held now.
    pub(super) fn hold(&mut self, holds: bool) -> bool {
        self.is_held = holds;
        holds
    }

    /// Moves it to a cell of the area that it divides, if it is held.
    pub(super) fn drag(&mut self, at: Position, area: Rect, is_beside: bool) {
        if !self.is_held {
            return;
        }
        if is_beside {
            self.put_beside(i32::from(at.x) - i32::from(area.x), area);
        } else {
            self.put_below(i32::from(at.y) - i32::from(area.y), area);
        }
        self.has_moved = true;
    }

    /// Where it has been moved to, once after it was and is not held any more.
    pub(super) fn take(&mut self) -> Option<[u16; 2]> {
        let moved = self.has_moved && !self.is_held;
        moved.then(|| {
            self.has_moved = false;
            [self.beside, self.below]
        })
    }

    fn put_beside(&mut self, columns: i32, area: Rect) {
        let columns = u32::try_from(columns).unwrap_or(0).min(u32::from(area.width));
        // Rounded up, so that the same column comes out again.
        let share = (columns * WHOLE).div_ceil(u32::from(area.width).max(1));
        self.beside = u16::try_from(share).unwrap_or(0).max(1);
        self.beside = self.fitted(area).0;
    }

    fn put_below(&mut self, table: i32, area: Rect) {
        let table = u16::try_from(table).unwrap_or(0);
        self.below = area.height.saturating_sub(table).max(1);
        self.below = self.fitted(area).1;
    }

    /// What is kept of a place: never further than it can be drawn, so that the
    /// next key moves it at once.
    fn fitted(&self, area: Rect) -> (u16, u16) {
        let columns = u32::from(self.left_of(area).width);
        let share = (columns * WHOLE).div_ceil(u32::from(area.width).max(1));
        let rows = area.height.saturating_sub(self.top_of(area).height);
        (u16::try_from(share).unwrap_or(0).max(1), rows.max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn area(width: u16, height: u16) -> Rect {
        Rect::new(0, 1, width, height)
    }

    #[test]
    fn it_goes_where_it_is_dragged_and_is_told_once() {
        let mut divider = Divider::default();
        let area = area(120, 30);
        divider.drag(Position::new(50, 3), area, true);
        assert_eq!((divider.left_of(area).width, divider.take()), (74, None), "nobody holds it");
        divider.hold(true);
        divider.drag(Position::new(50, 3), area, true);
        assert_eq!((divider.left_of(area).width, divider.take()), (50, None), "still held");
        divider.hold(false);
        let kept = divider.take().unwrap();
        assert_eq!(divider.take(), None);
        assert_eq!(Divider::at(kept).left_of(area).width, 50);
        divider.hold(true);
        divider.drag(Position::new(7, 20), area, false);
        assert_eq!(divider.top_of(area).height, 19);
    }

    #[test]
    fn at_the_end_a_key_back_moves_it_at_once() {
        let mut divider = Divider::default();
        let area = area(100, 20);
        for _ in 0..50 {
            divider.step(1, area, true);
            divider.step(1, area, false);
        }
        let (wide, tall) = (divider.left_of(area).width, divider.top_of(area).height);
        assert_eq!((wide, tall), (75, 19));
        divider.step(-1, area, true);
        divider.step(-1, area, false);
        assert!(divider.left_of(area).width < wide && divider.top_of(area).height < tall);
    }

    proptest! {
        /// Wherever it was put at some size, at every size both sides are left.
        #[test]
        fn at_every_size_both_sides_are_left(
            kept in any::<[u16; 2]>(),
            width in 60_u16..500,
            height in 8_u16..200,
            steps in proptest::collection::vec((-1_i32..=1, any::<bool>()), 0..20),
        ) {
            let mut divider = Divider::at(kept);
            let area = area(width, height);
            for (towards, is_beside) in steps {
                divider.step(towards, area, is_beside);
            }
            let (left, top) = (divider.left_of(area), divider.top_of(area));
            prop_assert!(left.width >= LEAST_COLUMNS.0.min(width - LEAST_COLUMNS.1 - 1));
            prop_assert!(left.width + LEAST_COLUMNS.1 < width);
            prop_assert!(top.height >= LEAST_ROWS && top.height < height);
        }
    }
}
