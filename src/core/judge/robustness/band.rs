//! Tie bands: neighbours that the draws cannot tell apart.

use std::ops::Range;

use super::Study;

/// An order of two ideas counts as told apart from this pairwise winning index
/// on. A judgement, not a calibrated figure.
const TOLD_APART: f64 = 2.0 / 3.0;

impl Study {
    /// Cuts a ranking (positions, best first) into bands. An idea belongs to
    /// the band of the one before it while the band's first idea is better with
    /// a probability between 1/3 and 2/3, so that a band never chains ideas
    /// together of which the ends differ. Ranges of places in `order`; an idea
    /// that is told apart from both neighbours, or is not rated, has a band of
    /// its own.
    #[must_use]
    pub fn bands(&self, order: &[usize]) -> Vec<Range<usize>> {
        let mut bands: Vec<Range<usize>> = Vec::new();
        for (place, position) in order.iter().enumerate() {
            match bands.last_mut() {
                Some(band) if self.are_tied(order[band.start], *position) => band.end = place + 1,
                _ => bands.push(place..place + 1),
            }
        }
        bands
    }

    fn are_tied(&self, first: usize, second: usize) -> bool {
        let index = self.pairwise(first, second);
        index.is_some_and(|index| 1.0 - TOLD_APART < index && index < TOLD_APART)
    }
}
