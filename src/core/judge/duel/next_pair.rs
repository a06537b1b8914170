//! Selection of the next pair to ask, with its reason.

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use crate::judge::sort_descending;

use super::{Contest, Cut, Pair, Posterior, Side};

/// Questions for which a skipped pair waits before it may be asked again.
const SKIP_DELAY: usize = 5;

/// Weight of pairs far from the cut, for when no idea is near it.
const MIN_WEIGHT: f64 = 1e-4;

/// The aim of the questions.
#[derive(Clone, Copy, Debug)]
pub enum Aim<'a> {
    /// Membership in the top k.
    TopOf(&'a Cut),
    /// The order of all.
    WholeOrder,
}

/// The pair to ask next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NextPair {
    /// Number of the entrant to show on the left.
    pub left: usize,
    /// Number of the entrant to show on the right.
    pub right: usize,
    /// Why this pair.
    pub reason: Reason,
}

/// The reason for asking a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Both may or may not belong to the top k.
    BothNearTheCut,
    /// This one has not been compared with anything yet.
    Newcomer(usize),
    /// The first is probably in, the second is near the cut.
    AgainstOneThatIsIn(usize, usize),
    /// The first is probably out, the second is near the cut.
    AgainstOneThatIsOut(usize, usize),
    /// Nothing is near the cut any more.
    NothingElseIsOpen,
    /// Of all pairs, the order of these two is the most open.
    OrderIsOpen,
}

impl Reason {
    /// The reason in a sentence, with the names of the ideas.
    #[must_use]
    pub fn describe<'a>(self, k: usize, name: impl Fn(usize) -> &'a str) -> String {
        match self {
            Self::BothNearTheCut => {
                format!("both are near the cut: either may belong to the top {k}")
            }
            Self::Newcomer(new) => {
                format!("{} has not been compared with anything yet", name(new))
            }
            Self::AgainstOneThatIsIn(sure, open) => {
                format!("{} is probably in the top {k}; does {} match it?", name(sure), name(open))
            }
            Self::AgainstOneThatIsOut(sure, open) => format!(
                "{} may belong to the top {k}; is it clearly ahead of {}?",
                name(open),
                name(sure)
            ),
            Self::NothingElseIsOpen => {
                format!("the top {k} is all but settled; this pair is the most open of the rest")
            }
            Self::OrderIsOpen => "of all pairs, the order of these two is the most open".to_owned(),
        }
    }
}

/// The most informative pair, sides at random. Skipped pairs (`waiting`, in the
/// order in which they were skipped) come last; the one answered or skipped
/// last is never asked again at once. `None` if the pool has no other.
///
/// Aimed at the cut, a pair is worth I·√(g·g'): the information of its answer
/// times how open it is whether each idea belongs, g = q·(1 − q). Plain
/// information spreads its questions over the whole order instead.
#[must_use]
pub fn next_pair(
    contest: &Contest,
    posterior: &Posterior,
    aim: Aim<'_>,
    waiting: &[Pair],
    seed: u64,
) -> Option<NextPair> {
    let openness: Vec<f64> = match aim {
        Aim::TopOf(cut) => cut.chances().iter().map(|q| (q * (1.0 - q)).sqrt()).collect(),
        Aim::WholeOrder => vec![1.0; contest.pool()],
    };
    let just_skipped = &waiting[waiting.len().saturating_sub(1)..];
    let pair = best_pair(contest, posterior, &openness, waiting)
        .or_else(|| best_pair(contest, posterior, &openness, just_skipped))?;
    let reason = reason(contest, aim, pair);
    let swap: bool = Pcg64Mcg::seed_from_u64(contest.seed() ^ seed).random();
    let (left, right) =
        if swap { (pair.second(), pair.first()) } else { (pair.first(), pair.second()) };
    Some(NextPair { left, right, reason })
}

/// The best pair apart from the last one and those that wait. The search goes
/// through the most open ideas first and skips every pair that cannot be worth
/// more than the best so far.
fn best_pair(
    contest: &Contest,
    posterior: &Posterior,
    openness: &[f64],
    waiting: &[Pair],
) -> Option<Pair> {
    let mut order: Vec<usize> = (0..contest.pool()).collect();
    sort_descending(&mut order, openness);
    let bound = posterior.information_bound();
    let mut best: Option<(f64, Pair)> = None;
    for (index, &one) in order.iter().enumerate() {
        for &other in &order[index + 1..] {
            let weight = openness[one] * openness[other] + MIN_WEIGHT;
            let most = weight * bound.at(posterior.difference(one, other).1);
            if best.is_some_and(|(worth, _)| most <= worth) {
                continue;
            }
            let Some(pair) = Pair::of(one, other) else { continue };
            if contest.last() == Some(pair) || waiting.contains(&pair) {
                continue;
            }
            let worth = weight * posterior.information(pair.first(), pair.second());
            if best.is_none_or(|(most, _)| worth > most) {
                best = Some((worth, pair));
            }
        }
    }
    best.map(|(_, pair)| pair)
}

fn reason(contest: &Contest, aim: Aim<'_>, pair: Pair) -> Reason {
    let Aim::TopOf(cut) = aim else { return Reason::OrderIsOpen };
    let (one, other) = (pair.first(), pair.second());
    let sides = (cut.side(one), cut.side(other));
    if sides.0 != Side::OnTheLine && sides.1 != Side::OnTheLine {
        return Reason::NothingElseIsOpen;
    }
    match (contest.duels_of(one), contest.duels_of(other), sides) {
        (0, _, _) => Reason::Newcomer(one),
        (_, 0, _) => Reason::Newcomer(other),
        (_, _, (Side::In, _)) => Reason::AgainstOneThatIsIn(one, other),
        (_, _, (_, Side::In)) => Reason::AgainstOneThatIsIn(other, one),
        (_, _, (Side::Out, _)) => Reason::AgainstOneThatIsOut(one, other),
        (_, _, (_, Side::Out)) => Reason::AgainstOneThatIsOut(other, one),
        _ => Reason::BothNearTheCut,
    }
}

/// Pairs skipped in a session that are not to be asked yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SkippedPairs {
    pairs: Vec<(Pair, usize)>,
}

impl SkippedPairs {
    /// Makes a pair wait for a few questions.
    pub fn skip(&mut self, pair: Pair) {
        self.advance();
        self.pairs.retain(|(other, _)| *other != pair);
        self.pairs.push((pair, SKIP_DELAY));
    }

    /// Counts one more question asked.
    pub fn advance(&mut self) {
        for (_, left) in &mut self.pairs {
            *left -= 1;
        }
        self.pairs.retain(|(_, left)| *left > 0);
    }

    /// The pairs that wait, the last one skipped at the end.
    #[must_use]
    pub fn waiting(&self) -> Vec<Pair> {
        self.pairs.iter().map(|(pair, _)| *pair).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Winner;
    use crate::judge::duel::{DuelRule, Entrant};

    fn pool_of(scores: &[f64]) -> Contest {
        let entrant =
            |(i, score): (usize, &f64)| Entrant { id: i.to_string(), low: *score, high: *score };
        Contest::new(scores.iter().enumerate().map(entrant).collect(), scores.len())
    }

    fn ask(contest: &Contest, k: usize, waiting: &[Pair]) -> Option<NextPair> {
        let posterior = Posterior::new(contest, &DuelRule::default());
        let cut = Cut::new(contest, &posterior, k, 600, 0);
        next_pair(contest, &posterior, Aim::TopOf(&cut), waiting, 0)
    }

    /// Every pair, the slow way.
    fn best_by_hand(contest: &Contest, posterior: &Posterior, cut: &Cut) -> Pair {
        let mut pairs = Vec::new();
        for one in 0..contest.pool() {
            for other in one + 1..contest.pool() {
                let open = |i: usize| cut.chances()[i] * (1.0 - cut.chances()[i]);
                let weight = (open(one) * open(other)).sqrt() + MIN_WEIGHT;
                let pair = Pair::of(one, other).unwrap();
                pairs.push((weight * posterior.information(one, other), pair));
            }
        }
        pairs.retain(|(_, pair)| contest.last() != Some(*pair));
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
        pairs[0].1
    }

    #[test]
    fn the_pruned_search_finds_the_best_pair() {
        let mut contest = pool_of(&[80.0, 72.0, 71.0, 55.0, 52.0, 50.0, 41.0, 30.0, 12.0, 8.0]);
        let rule = DuelRule::default();
        for turn in 0..30 {
            let posterior = Posterior::new(&contest, &rule);
            let cut = Cut::new(&contest, &posterior, 3, 600, 0);
            let question = next_pair(&contest, &posterior, Aim::TopOf(&cut), &[], 0).unwrap();
            let asked = Pair::of(question.left, question.right).unwrap();
            assert_eq!(asked, best_by_hand(&contest, &posterior, &cut));
            assert_ne!(contest.last(), Some(asked));
            let winner = if turn % 5 == 4 { Winner::Tie } else { Winner::Left };
            contest.record(asked.first(), asked.second(), winner);
        }
    }

    #[test]
    fn questions_gather_at_the_cut() {
        let scores: Vec<f64> = (0..20).map(|i| 95.0 - 4.0 * f64::from(i)).collect();
        let mut contest = pool_of(&scores);
        let mut near = 0;
        for _ in 0..40 {
            let question = ask(&contest, 3, &[]).unwrap();
            near += usize::from(question.left < 9 && question.right < 9);
            // The scores are right.
            let winner = if question.left < question.right { Winner::Left } else { Winner::Right };
            contest.record(question.left, question.right, winner);
        }
        assert!(near >= 36, "{near}");
    }

    #[test]
    fn a_skipped_pair_comes_back_later() {
        let contest = pool_of(&[50.0, 50.0, 50.0, 50.0]);
        let first = ask(&contest, 1, &[]).unwrap();
        let pair = Pair::of(first.left, first.right).unwrap();
        let mut skipped = SkippedPairs::default();
        skipped.skip(pair);
        let second = ask(&contest, 1, &skipped.waiting()).unwrap();
        assert_ne!(Pair::of(second.left, second.right), Some(pair));
        for _ in 0..SKIP_DELAY {
            skipped.advance();
        }
        assert_eq!(ask(&contest, 1, &skipped.waiting()), Some(first));
    }

    #[test]
    fn when_every_pair_was_skipped_the_oldest_come_back() {
        let contest = pool_of(&[50.0, 50.0, 50.0]);
        let mut skipped = SkippedPairs::default();
        let mut last = None;
        for _ in 0..12 {
            let question = ask(&contest, 1, &skipped.waiting()).unwrap();
            let pair = Pair::of(question.left, question.right).unwrap();
            assert_ne!(Some(pair), last);
            skipped.skip(pair);
            last = Some(pair);
        }
        let only = ask(&pool_of(&[50.0, 50.0]), 1, &[Pair::of(0, 1).unwrap()]);
        assert_eq!(only, None, "there is no other pair");
    }

    #[test]
    fn two_ideas_are_not_asked_twice_in_a_row() {
        let mut contest = pool_of(&[50.0, 50.0]);
        let question = ask(&contest, 1, &[]).unwrap();
        contest.record(question.left, question.right, Winner::Tie);
        assert_eq!(ask(&contest, 1, &[]), None);
        assert_eq!(ask(&pool_of(&[50.0]), 1, &[]), None);
        assert_eq!(ask(&pool_of(&[]), 1, &[]), None);
    }

    #[test]
    fn sides_are_random_but_reproducible() {
        let mut contest = pool_of(&[50.0, 50.0, 50.0, 50.0, 50.0]);
        let mut swapped = 0;
        for _ in 0..60 {
            let question = ask(&contest, 2, &[]).unwrap();
            assert_eq!(ask(&contest, 2, &[]), Some(question));
            swapped += i32::from(question.left > question.right);
            contest.record(question.left, question.right, Winner::Tie);
        }
        assert!((15..=45).contains(&swapped), "{swapped}");
    }
}
