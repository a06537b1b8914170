//! Points in a plane with labels that do not collide.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

use crate::text::{shorten, width};
use crate::tui::theme::Styles;

/// Columns for the labels of the upright axis, and the axis.
const MARGIN: u16 = 3;

/// How far a point may be moved to have a cell of its own: columns and rows. A
/// point farther off would say something else.
const REACH: (u16, u16) = (4, 2);

/// A point with what may stand beside it.
#[derive(Clone, Debug)]
pub struct Mark {
    /// From left to right, 0–1.
    pub x: f64,
    /// From the bottom up, 0–1.
    pub y: f64,
    pub symbol: &'static str,
    /// What may stand beside it, the best first; the first that fits does.
    pub labels: Vec<String>,
    pub style: Style,
}

/// Points between two axes. Each has a cell of its own at its place or close to
/// it, where there is one, and a label where one fits; earlier points choose
/// first. What is left without a cell is hidden by those that are there.
pub struct Scatter<'a> {
    pub title: &'a str,
    /// The points, the most important first.
    pub marks: &'a [Mark],
    /// Words for the corners: above left, above right, below left, below right.
    pub corners: [&'a str; 4],
    /// At the lower end, in the middle and at the upper end of the upright axis.
    pub upright: [&'a str; 3],
    /// The same from left to right.
    pub across: [&'a str; 3],
    pub styles: &'a Styles,
}

impl Widget for Scatter<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        if area.width < MARGIN + 8 || area.height < 5 {
            return;
        }
        let room = usize::from(area.width);
        buf.set_stringn(area.x, area.y, shorten(self.title, room), room, self.styles.accent);
        let plane = Rect {
            x: area.x + MARGIN,
            y: area.y + 1,
            width: area.width - MARGIN,
            height: area.height - 2,
        };
        self.draw_axes(area, plane, buf);
        let mut taken = Taken::new(plane);
        let cells = self.place(&mut taken);
        for (mark, cell) in self.marks.iter().zip(&cells) {
            let Some((x, y)) = *cell else { continue };
            buf.set_string(x, y, mark.symbol, mark.style);
        }
        for (mark, cell) in self.marks.iter().zip(&cells) {
            let Some(cell) = *cell else { continue };
            let spot =
                mark.labels.iter().find_map(|label| Some((label, taken.beside(cell, label)?)));
            if let Some((label, (x, y))) = spot {
                buf.set_string(x, y, label, mark.style);
                taken.take(x, y, columns(label));
            }
        }
        self.draw_corners(plane, &mut taken, buf);
    }
}

impl Scatter<'_> {
    fn draw_axes(&self, area: Rect, plane: Rect, buf: &mut Buffer) {
        let faint = self.styles.faint;
        for row in plane.rows() {
            buf.set_string(plane.x - 1, row.y, "│", faint);
        }
        let rows = [plane.bottom() - 1, plane.y + plane.height / 2, plane.y];
        for (label, y) in self.upright.into_iter().zip(rows) {
            let x = plane.x - 1 - columns(label).min(MARGIN - 1);
            buf.set_string(x, y, label, self.styles.quiet);
        }
        let y = area.bottom() - 1;
        let places = |label: &str| {
            let free = plane.width.saturating_sub(columns(label));
            [0, free / 2, free]
        };
        // The one in the middle only where it has a free column on either side.
        let [first, middle, last] = self.across;
        let fits = columns(first) + columns(last) < plane.width;
        let start = places(middle)[1];
        let is_clear = columns(first) < start && start + columns(middle) < places(last)[2];
        let shown = [(0, first, true), (1, middle, fits && is_clear), (2, last, fits)];
        for (at, label, _) in shown.into_iter().filter(|(_, _, is_shown)| *is_shown) {
            buf.set_string(plane.x + places(label)[at], y, label, self.styles.quiet);
        }
    }

    /// A cell of its own for every point.
    fn place(&self, taken: &mut Taken) -> Vec<Option<(u16, u16)>> {
        let plane = taken.plane;
        let place = |mark: &Mark| {
            let x = plane.x + along(mark.x, plane.width);
            let y = plane.y + along(1.0 - mark.y, plane.height);
            let cell = taken.nearest_free(x, y)?;
            taken.take(cell.0, cell.1, 1);
            Some(cell)
        };
        self.marks.iter().map(place).collect()
    }

    fn draw_corners(&self, plane: Rect, taken: &mut Taken, buf: &mut Buffer) {
        let (top, bottom) = (plane.y, plane.bottom() - 1);
        for (i, words) in self.corners.into_iter().enumerate() {
            let right = plane.right().saturating_sub(columns(words));
            let x = if i % 2 == 0 { plane.x } else { right };
            let y = if i < 2 { top } else { bottom };
            if taken.is_clear(x, y, columns(words)) {
                buf.set_string(x, y, words, self.styles.quiet);
                taken.take(x, y, columns(words));
            }
        }
    }
}

/// Which cells of a plane are taken.
struct Taken {
    plane: Rect,
    cells: Vec<bool>,
}

impl Taken {
    fn new(plane: Rect) -> Self {
        Self { plane, cells: vec![false; usize::from(plane.width) * usize::from(plane.height)] }
    }

    fn index(&self, x: u16, y: u16) -> Option<usize> {
        let inside = self.plane.contains((x, y).into());
        let (x, y) = (x.checked_sub(self.plane.x)?, y.checked_sub(self.plane.y)?);
        inside.then(|| usize::from(y) * usize::from(self.plane.width) + usize::from(x))
    }

    /// Whether so many cells from one on lie inside and are free.
    fn is_free(&self, x: u16, y: u16, columns: u16) -> bool {
        (x..x.saturating_add(columns))
            .all(|x| self.index(x, y).is_some_and(|index| !self.cells[index]))
    }

    /// The same with nothing next to them.
    fn is_clear(&self, x: u16, y: u16, columns: u16) -> bool {
        let is_clear = |x: u16| self.index(x, y).is_none_or(|index| !self.cells[index]);
        let before = x.checked_sub(1).is_none_or(is_clear);
        self.is_free(x, y, columns) && before && is_clear(x.saturating_add(columns))
    }

    fn take(&mut self, x: u16, y: u16, columns: u16) {
        for x in x..x.saturating_add(columns) {
            if let Some(index) = self.index(x, y) {
                self.cells[index] = true;
            }
        }
    }

    /// The free cell that is nearest to one; `None` if all within reach are taken.
    fn nearest_free(&self, x: u16, y: u16) -> Option<(u16, u16)> {
        if self.is_free(x, y, 1) {
            return Some((x, y));
        }
        let columns = x.saturating_sub(REACH.0)..=x + REACH.0;
        let rows = y.saturating_sub(REACH.1)..=y + REACH.1;
        let cells = rows.flat_map(|y| columns.clone().map(move |x| (x, y)));
        let free = cells.filter(|(x, y)| self.is_free(*x, *y, 1));
        // A row is about twice as high as a column is wide.
        free.min_by_key(|cell| {
            let (across, upright) = (cell.0.abs_diff(x), cell.1.abs_diff(y));
            (u32::from(across) + 2 * u32::from(upright), across, cell.1, cell.0)
        })
    }

    /// Where a label fits beside a cell, with a free column on either side, so
    /// that it runs into nothing: to the right, to the left, above, below.
    fn beside(&self, (x, y): (u16, u16), label: &str) -> Option<(u16, u16)> {
        let length = columns(label);
        let centred = x.saturating_sub(length / 2);
        let spots = [
            Some((x + 1, y)),
            x.checked_sub(length).map(|x| (x, y)),
            y.checked_sub(1).map(|y| (centred, y)),
            Some((centred, y + 1)),
        ];
        spots.into_iter().flatten().find(|&(start, row)| {
            let is_clear = |x: u16| self.index(x, row).is_none_or(|index| !self.cells[index]);
            let before = start.checked_sub(1).is_none_or(|before| before == x || is_clear(before));
            let behind = start + length;
            self.is_free(start, row, length) && before && (behind == x || is_clear(behind))
        })
    }
}

fn columns(text: &str) -> u16 {
    u16::try_from(width(text)).unwrap_or(u16::MAX)
}

/// The cell of a share (0–1) of a length: 0 in the first, 1 in the last.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to 0 and a length that is at most 65535"
)]
fn along(share: f64, length: u16) -> u16 {
    (share.clamp(0.0, 1.0) * f64::from(length.saturating_sub(1))).round() as u16
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mark(x: f64, y: f64, label: &str) -> Mark {
        let labels = vec![format!("{label} in full"), label.to_owned()];
        Mark { x, y, symbol: "●", labels, style: Style::new() }
    }

    fn drawn(marks: &[Mark], size: (u16, u16)) -> Vec<String> {
        let area = Rect::new(0, 0, size.0, size.1);
        let mut buf = Buffer::empty(area);
        let styles = Styles::default();
        let corners = ["far", "near", "", ""];
        let (upright, across) = (["0", "5", "10"], ["little", "", "much"]);
        Scatter { title: "a plane", marks, corners, upright, across, styles: &styles }
            .render(area, &mut buf);
        let rows = buf.content().chunks(usize::from(size.0));
        rows.map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect()).collect()
    }

    #[test]
    fn axes_corners_points_and_labels_have_their_places() {
        let rows = drawn(&[mark(0.5, 0.5, "a"), mark(1.0, 0.5, "b")], (33, 9));
        assert_eq!(rows[0].trim(), "a plane");
        assert!(rows[1].starts_with("10│far") && rows[1].ends_with("near"), "{rows:#?}");
        assert!(rows[4].contains("●a in full"), "{rows:#?}");
        assert!(rows[4].ends_with("b●"), "{rows:#?}");
        assert!(rows[8].trim().starts_with("little") && rows[8].ends_with("much"), "{rows:#?}");
    }

    #[test]
    fn points_at_one_place_stand_beside_each_other() {
        let marks = ["a", "b", "c", "d"].map(|label| mark(0.4, 0.4, label));
        let all = drawn(&marks, (40, 9)).join("\n");
        assert_eq!(all.matches('●').count(), 4, "{all}");
    }

    proptest! {
        #[test]
        fn no_label_hides_anything(
            points in prop::collection::vec((0.0..=1.0, 0.0..=1.0), 0..40),
            size in (1..90_u16, 1..30_u16),
        ) {
            let marks: Vec<Mark> = points.iter().enumerate().map(|(i, (x, y))| {
                let label = char::from(b'a' + (i % 26) as u8).to_string();
                Mark { labels: vec![label.repeat(7), label.repeat(2)], ..mark(*x, *y, "") }
            }).collect();
            let rows = drawn(&marks, size);
            if size.0 < MARGIN + 8 || size.1 < 5 {
                return Ok(());
            }
            let plane: Vec<&str> = rows[1..rows.len() - 1].iter().map(String::as_str).collect();
            let shown = plane.join("").matches('●').count();
            let places: std::collections::BTreeSet<(u16, u16)> = points
                .iter()
                .map(|(x, y)| {
                    (along(*x, size.0 - MARGIN), along(1.0 - y, size.1 - 2))
                })
                .collect();
            prop_assert!((places.len()..=marks.len()).contains(&shown), "{}", shown);
            // A label is whole or not there: runs of its letter are 7 or 2 long.
            for row in plane {
                let words = row.split(|c: char| !c.is_ascii_lowercase());
                for word in words.filter(|word| !["", "far", "near"].contains(word)) {
                    let first = word.chars().next().unwrap();
                    prop_assert!(word.chars().all(|c| c == first), "{}", row);
                    prop_assert!(matches!(word.len(), 2 | 7), "{}", row);
                }
            }
        }
    }
}
