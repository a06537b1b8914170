//! Things that can be drawn and know nothing of ideas.

mod bars;
mod course;
mod fields;
mod lists;
mod page;
mod scatter;

pub(crate) use page::{below, draw_lines, framed, labelled, moved, nearest, panel, put, styled};

pub use crate::text::sparkline;
pub use bars::{Gauge, RangeBar, Slider, StepBar};
pub use course::{Bend, CourseChart, Dot, Fitted};
pub use fields::{LineField, TextArea};
pub use lists::{KeyMenu, Menu, PickLine, PickList};
pub use page::{Page, page_offset};
pub use scatter::{Mark, Scatter};

/// A share (0–1) of so many columns, in halves of a column.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the share is clamped to 0–1 and a width is at most 65535"
)]
fn halves(share: f64, columns: u16) -> usize {
    (share.clamp(0.0, 1.0) * f64::from(columns) * 2.0).round() as usize
}
