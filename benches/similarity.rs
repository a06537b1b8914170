//! How long it takes to say what a card resembles, and to keep the index.

use prospect::domain::{Idea, Portfolio};
use prospect::judge::{ALIKE, SimilarityIndex, alike_ids};

fn main() {
    divan::main();
}

/// Ideas of about a hundred words, some of them common and most of them rare,
/// as in natural text.
fn ideas(count: usize) -> Vec<Idea> {
    let mut state = 1_u64;
    let mut below = |n: f64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        n * (state >> 33) as f64 / (1_u64 << 31) as f64
    };
    let mut text = |words: usize| {
        let word = |rank: f64| format!("w{}x", rank.exp() as u64);
        (0..words).map(|_| word(below(10.0))).collect::<Vec<_>>().join(" ")
    };
    (0..count)
        .map(|number| {
            let mut idea = Idea::new(format!("idea-{number}"), text(6));
            idea.summary = text(100);
            idea
        })
        .collect()
}

#[divan::bench(args = [2_000, 10_000])]
fn one_card(bencher: divan::Bencher<'_, '_>, count: usize) {
    let ideas = ideas(count);
    let index = SimilarityIndex::new(&ideas);
    bencher.bench(|| index.like(&ideas[7], ALIKE));
}

#[divan::bench(args = [2_000, 10_000], sample_count = 10)]
fn whole_index(bencher: divan::Bencher<'_, '_>, count: usize) {
    let ideas = ideas(count);
    bencher.bench(|| SimilarityIndex::new(&ideas));
}

#[divan::bench(args = [2_000, 10_000], sample_count = 10)]
fn which_are_alike(bencher: divan::Bencher<'_, '_>, count: usize) {
    let portfolio = Portfolio::new(ideas(count), Vec::new());
    bencher.bench(|| alike_ids(&portfolio));
}
