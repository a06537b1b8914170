//! How long it takes to say how sure a ranking is.

use divan::Bencher;
use divan::counter::ItemsCount;
use prospect::domain::{BetKind, Idea, Portfolio, Rating};
use prospect::judge::{Sampling, Score, ScoreRule, Study, score, tipping_points, weight_stability};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

fn main() {
    divan::main();
}

/// Ideas of which every answer is a range (`width` > 0) or a value, half of
/// them with a hot and half with a next-hot bet.
fn ideas(count: usize, width: u64) -> Vec<Idea> {
    let mut random = Pcg64Mcg::seed_from_u64(11);
    let mut answer = |max: f64| {
        let low = random.random_range(0..11 - width) as f64;
        Rating::range(low * max / 10.0, (low + width as f64) * max / 10.0)
    };
    let idea = |i: usize| {
        let mut idea = Idea::new(format!("idea-{i}"), format!("Idea {i}"));
        let kind = BetKind::ALL[i % 2];
        idea.bet = Some(kind);
        for rating in &mut idea.ratings[..4] {
            *rating = answer(10.0);
        }
        for input in kind.inputs() {
            idea.bet_inputs[input.index()] = answer(input.max());
        }
        idea
    };
    (0..count).map(idea).collect()
}

fn study(ideas: &[Idea]) -> Study {
    let ideas: Vec<&Idea> = ideas.iter().collect();
    Study::new(&ideas, &Portfolio::default(), &ScoreRule::default(), &Sampling::default())
}

/// 10,000 draws of 200 ideas, to the rank acceptabilities; the argument is the
/// width of every range, in points.
#[divan::bench(args = [0, 2, 4], sample_count = 10)]
fn acceptability(bencher: Bencher, width: u64) {
    let ideas = ideas(200, width);
    bencher.counter(ItemsCount::new(10_000_usize * 200)).bench(|| study(&ideas).acceptability(5));
}

/// The probability of the top five only, as the workbench shows it.
#[divan::bench(args = [0, 2, 4], sample_count = 10)]
fn top_chances(bencher: Bencher, width: u64) {
    let ideas = ideas(200, width);
    bencher.bench(|| study(&ideas).top_chances(5));
}

/// Everything that the workbench asks for after a change: the chances of the
/// top, the bands, the cheapest questions, how far each weight may move.
#[divan::bench(sample_count = 10)]
fn survey(bencher: Bencher) {
    let (ideas, rule) = (ideas(200, 4), ScoreRule::default());
    let scores: Vec<Score> = ideas.iter().map(|idea| score(idea, &rule, false)).collect();
    let ranked: Vec<(&Idea, &Score)> = ideas.iter().zip(&scores).collect();
    let order: Vec<usize> = (0..200).collect();
    bencher.bench(|| {
        let study = study(&ideas);
        let bands = study.bands(&order).len();
        let questions = study.open_questions(5).len();
        (study.top_chances(5), bands, questions, weight_stability(&ranked, &rule, 5))
    });
}

#[divan::bench(sample_count = 10)]
fn confidence(bencher: Bencher) {
    let study = study(&ideas(200, 4));
    let acceptability = study.acceptability(5);
    bencher.bench(|| study.confidence(&acceptability));
}

#[divan::bench(sample_count = 10)]
fn open_questions(bencher: Bencher) {
    let study = study(&ideas(200, 4));
    bencher.bench(|| study.open_questions(5));
}

#[divan::bench(sample_count = 10)]
fn bands(bencher: Bencher) {
    let study = study(&ideas(200, 4));
    let order: Vec<usize> = (0..200).collect();
    bencher.bench(|| study.bands(&order));
}

#[divan::bench(sample_count = 10)]
fn stability_and_tipping_points(bencher: Bencher) {
    let (ideas, rule) = (ideas(200, 4), ScoreRule::default());
    let scores: Vec<Score> = ideas.iter().map(|idea| score(idea, &rule, false)).collect();
    let ranked: Vec<(&Idea, &Score)> = ideas.iter().zip(&scores).collect();
    bencher.bench(|| {
        let points = (0..200).map(|position| tipping_points(&ranked, &rule, 5, position).len());
        (weight_stability(&ranked, &rule, 5), points.sum::<usize>())
    });
}
