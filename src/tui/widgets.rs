//! Things that can be drawn and know nothing of ideas.

mod course;
mod gauge;
mod key_menu;
mod line_field;
mod menu;
mod page;
mod panel;
pub(crate) use panel::panel;
mod pick_list;
mod range_bar;
mod scatter;
mod slider;
mod step_bar;
mod text_area;

pub use crate::text::sparkline;
pub use course::{Bend, CourseChart, Dot, Fitted};
pub use gauge::Gauge;
pub use key_menu::KeyMenu;
pub use line_field::LineField;
pub use menu::Menu;
pub use page::{Page, page_offset};
pub use pick_list::{PickLine, PickList};
pub use range_bar::RangeBar;
pub use scatter::{Mark, Scatter};
pub use slider::Slider;
pub use step_bar::StepBar;
pub use text_area::TextArea;

/// A share (0–1) of so many columns, in halves of a column.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the share is clamped to 0–1 and a width is at most 65535"
)]
fn halves(share: f64, columns: u16) -> usize {
    (share.clamp(0.0, 1.0) * f64::from(columns) * 2.0).round() as usize
}
