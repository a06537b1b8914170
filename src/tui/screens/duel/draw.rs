//! Layout of the Duel screen: a question, the result, or past answers.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::theme::Styles;
use crate::tui::world::World;

use super::{DuelScreen, ask, past, result};

pub(super) fn draw(
    screen: &DuelScreen,
    world: &World,
    styles: &Styles,
    area: Rect,
    buffer: &mut Buffer,
) {
    match (&screen.round, screen.past) {
        (_, Some(at)) => past::draw(at, world, styles, area, buffer),
        (Some((_, round)), None) if screen.shows_result() => {
            result::draw(screen, round, world, styles, area, buffer);
        }
        _ => ask::draw(screen, world, styles, area, buffer),
    }
}
