//! The one place in the workbench that asks the clock and draws a random number.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

use crate::domain::Zoned;
use crate::tui::world::Tick;

/// This moment, so long after the program began.
#[must_use]
pub(crate) fn tick(elapsed: Duration) -> Tick {
    Tick { elapsed, now: Zoned::now(), seed: RandomState::new().build_hasher().finish() }
}
