//! An idea as a vector of words, kept by place so that each place can be brought
//! to its share.

use std::collections::BTreeMap;

use crate::domain::Idea;

use super::tokenize::tokenize;

/// Title, summary, tags.
const PLACES: usize = 3;
const SHARES: Norm = [0.7, 1.0, 0.2];

/// How often an idea has a word in each place, damped: 1 + ln n.
pub(super) type Counts = [f32; PLACES];

/// By what the counts of each place are multiplied.
pub(super) type Norm = [f64; PLACES];

pub(super) fn product(counts: &Counts, norm: &Norm) -> f64 {
    counts.iter().zip(norm).map(|(count, norm)| f64::from(*count) * norm).sum()
}

/// Products of the places of one idea with each other: all that its length
/// depends on, in one pass over its words.
#[derive(Clone, Default)]
pub(super) struct GramMatrix([Norm; PLACES]);

impl GramMatrix {
    pub(super) fn add(&mut self, counts: &Counts, idf: f64) {
        for (row, one) in self.0.iter_mut().zip(counts).filter(|(_, one)| **one > 0.0) {
            for (cell, other) in row.iter_mut().zip(counts) {
                *cell += f64::from(one * other) * idf * idf;
            }
        }
    }

    /// Factors by which each place is multiplied so that every place counts its
    /// share and the whole has length 1.
    pub(super) fn norm(&self) -> Norm {
        let mut norm = [0.0; PLACES];
        for (place, factor) in norm.iter_mut().enumerate() {
            let square = self.0[place][place];
            *factor = if square > 0.0 { SHARES[place] / square.sqrt() } else { 0.0 };
        }
        let mut square = 0.0;
        for (row, one) in self.0.iter().zip(&norm) {
            square += row.iter().zip(&norm).map(|(cell, other)| cell * one * other).sum::<f64>();
        }
        if square > 0.0 { norm.map(|factor| factor / square.sqrt()) } else { norm }
    }
}

/// How often an idea has a word, damped, in each place.
pub(super) struct TermCounts {
    pub(super) counts: Counts,
    pub(super) written: String,
}

/// The words of an idea by their stems.
pub(super) fn count(idea: &Idea) -> BTreeMap<String, TermCounts> {
    let mut counted: BTreeMap<String, TermCounts> = BTreeMap::new();
    for (place, text) in [&idea.title, &idea.summary, &idea.tags.join(" ")].into_iter().enumerate()
    {
        for word in tokenize(text) {
            let entry = counted
                .entry(word.stem)
                .or_insert(TermCounts { counts: [0.0; PLACES], written: word.written });
            entry.counts[place] += 1.0;
        }
    }
    for count in counted.values_mut().flat_map(|word| &mut word.counts) {
        *count = if *count > 0.0 { 1.0 + count.ln() } else { 0.0 };
    }
    counted
}
