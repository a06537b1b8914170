//! Membership in the top k, by draws from the posterior.

use rand::SeedableRng;
use rand_pcg::Pcg64Mcg;

use crate::judge::sort_descending;

use super::{Contest, Posterior};

/// An idea is not drawn if the top k is out of reach: if even this many
/// standard deviations above its strength it stays below k others that are as
/// many below theirs.
const OUT_OF_REACH: f64 = 3.0;

/// Chance from which an idea is surely in, and below one minus which surely out.
const SURE: f64 = 0.90;

/// Chance from which an idea is likely in.
const LIKELY: f64 = 0.70;

/// The top k of a pool: how likely each idea belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cut {
    chances: Vec<f64>,
    shown: Vec<usize>,
    whole: f64,
}

/// How sure it is that an idea of the first k belongs there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// With at least 90 %.
    Sure,
    /// With at least 70 %.
    Likely,
    /// Less than that.
    Open,
}

impl Certainty {
    /// The word on screen and in JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Sure => "sure",
            Self::Likely => "likely",
            Self::Open => "open",
        }
    }
}

/// Whether more questions are worth asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Progress {
    /// Go on.
    Open,
    /// Eight in ten of the ideas shown may be expected to belong.
    GoodEnough,
    /// Nine in ten.
    Settled,
}

impl Progress {
    /// The expected overlap from which it holds, 0–1.
    #[must_use]
    pub const fn threshold(self) -> f64 {
        match self {
            Self::Open => 0.0,
            Self::GoodEnough => 0.80,
            Self::Settled => 0.90,
        }
    }
}

impl Cut {
    /// Estimates by drawing strengths from the posterior, `draws` times (at
    /// least once). `seed` is mixed with the contest's own, so the same duels
    /// give the same numbers.
    #[must_use]
    pub fn new(
        contest: &Contest,
        posterior: &Posterior,
        k: usize,
        draws: usize,
        seed: u64,
    ) -> Self {
        let pool = contest.pool();
        let k = k.clamp(1, pool.max(1));
        if k >= pool {
            return Self { chances: vec![1.0; pool], shown: (0..pool).collect(), whole: 1.0 };
        }
        let contenders = within_reach(contest, posterior, k);
        let draws = draws.max(1);
        let tops = draw_tops(contest, posterior, &contenders, k, draws, seed);
        let mut times = vec![0_u32; pool];
        for &entrant in &tops {
            times[entrant] += 1;
        }
        let chances: Vec<f64> = times.iter().map(|&n| f64::from(n) / draws as f64).collect();
        let strengths = posterior.strengths();
        let mut shown: Vec<usize> = (0..pool).collect();
        // Of those as likely, the stronger first.
        sort_descending(&mut shown, strengths);
        sort_descending(&mut shown, &chances);
        shown.truncate(k);
        let right = tops.chunks(k).filter(|top| top.iter().all(|entrant| shown.contains(entrant)));
        let whole = right.count() as f64 / draws as f64;
        Self { chances, shown, whole }
    }

    /// The probability that an idea of the pool belongs to the top k, by its
    /// number.
    #[must_use]
    pub fn chances(&self) -> &[f64] {
        &self.chances
    }

    /// The k ideas that most probably belong, the surest first.
    #[must_use]
    pub fn shown(&self) -> &[usize] {
        &self.shown
    }

    /// The share of the ideas shown that may be expected to belong, 0–1.
    #[must_use]
    pub fn expected_overlap(&self) -> f64 {
        let sum: f64 = self.shown.iter().map(|&entrant| self.chances[entrant]).sum();
        if self.shown.is_empty() { 1.0 } else { (sum / self.shown.len() as f64).min(1.0) }
    }

    /// The probability that the ideas shown are the top k exactly, 0–1.
    #[must_use]
    pub const fn whole_set(&self) -> f64 {
        self.whole
    }

    /// How sure it is that an idea belongs to the top k.
    #[must_use]
    pub fn certainty(&self, entrant: usize) -> Certainty {
        match self.chances[entrant] {
            chance if chance >= SURE => Certainty::Sure,
            chance if chance >= LIKELY => Certainty::Likely,
            _ => Certainty::Open,
        }
    }

    /// Whether an idea surely does not belong to the top k.
    #[must_use]
    pub fn is_out(&self, entrant: usize) -> bool {
        self.chances[entrant] <= 1.0 - SURE
    }

    /// The ideas outside the first k that may still belong there, the most
    /// likely first.
    #[must_use]
    pub fn contenders(&self) -> Vec<usize> {
        let mut contenders: Vec<usize> = (0..self.chances.len())
            .filter(|entrant| !self.shown.contains(entrant) && !self.is_out(*entrant))
            .collect();
        sort_descending(&mut contenders, &self.chances);
        contenders
    }

    /// Whether more questions are worth asking.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let reached = |progress: &Progress| self.expected_overlap() >= progress.threshold();
        [Progress::Settled, Progress::GoodEnough]
            .into_iter()
            .find(reached)
            .unwrap_or(Progress::Open)
    }
}

/// The ideas of the pool within reach of the top k.
fn within_reach(contest: &Contest, posterior: &Posterior, k: usize) -> Vec<usize> {
    let bound = |entrant: usize, side: f64| {
        let (mean, deviation) = posterior.mean_and_deviation(entrant);
        mean + side * OUT_OF_REACH * deviation
    };
    let mut floors: Vec<f64> = (0..contest.pool()).map(|entrant| bound(entrant, -1.0)).collect();
    let (_, floor, _) = floors.select_nth_unstable_by(k - 1, |a, b| b.total_cmp(a));
    let floor = *floor;
    (0..contest.pool()).filter(|&entrant| bound(entrant, 1.0) >= floor).collect()
}

/// The top k of each draw, one after the other.
fn draw_tops(
    contest: &Contest,
    posterior: &Posterior,
    contenders: &[usize],
    k: usize,
    draws: usize,
    seed: u64,
) -> Vec<usize> {
    let mut sampler = posterior.sampler(contenders);
    let mut random = Pcg64Mcg::seed_from_u64(contest.seed() ^ seed);
    let mut drawn = vec![0.0; contenders.len()];
    let mut order: Vec<usize> = (0..contenders.len()).collect();
    let mut tops = Vec::with_capacity(k * draws);
    for _ in 0..draws {
        sampler.draw(&mut random, &mut drawn);
        order.select_nth_unstable_by(k - 1, |&a, &b| drawn[b].total_cmp(&drawn[a]));
        tops.extend(order[..k].iter().map(|&index| contenders[index]));
    }
    tops
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Winner;
    use crate::judge::duel::{DuelRule, Entrant};

    fn pool_of(size: usize) -> Contest {
        Contest::new((0..size).map(|i| Entrant::unrated(i.to_string())).collect(), size)
    }

    fn cut(contest: &Contest, k: usize) -> Cut {
        Cut::new(contest, &Posterior::new(contest, &DuelRule::default()), k, 4000, 1)
    }

    #[test]
    fn with_nothing_known_all_are_equally_likely() {
        let cut = cut(&pool_of(8), 2);
        for chance in cut.chances() {
            assert!((chance - 0.25).abs() < 0.03, "{chance}");
        }
        assert_eq!(cut.progress(), Progress::Open);
        assert!((cut.chances().iter().sum::<f64>() - 2.0).abs() < 1e-9);
    }

    #[test]
    fn an_idea_that_always_wins_is_sure() {
        let entrant =
            |i: i32| Entrant { id: i.to_string(), score: if i == 0 { 80.0 } else { 40.0 } };
        let mut contest = Contest::new((0..6).map(entrant).collect(), 6);
        for other in 1..6 {
            contest.record("ana", 0, other, Winner::Left);
        }
        let cut = cut(&contest, 1);
        assert_eq!(cut.shown(), [0]);
        assert_eq!(cut.certainty(0), Certainty::Sure);
        assert!(cut.is_out(3) && cut.contenders().is_empty());
        assert_eq!(cut.progress(), Progress::Settled);
    }

    #[test]
    fn a_pool_no_larger_than_k_is_settled() {
        for size in 0..3 {
            let cut = cut(&pool_of(size), 3);
            assert_eq!(cut.shown().len(), size);
            assert_eq!((cut.expected_overlap(), cut.whole_set()), (1.0, 1.0));
        }
    }

    #[test]
    fn ideas_outside_the_pool_are_never_shown() {
        let entrants = (0..5).map(|i| Entrant::unrated(i.to_string())).collect();
        let mut contest = Contest::new(entrants, 3);
        for other in 0..4 {
            contest.record("ana", 4, other, Winner::Left);
        }
        let cut = cut(&contest, 2);
        assert_eq!(cut.chances().len(), 3);
        assert!(cut.shown().iter().all(|&entrant| entrant < 3));
    }
}
