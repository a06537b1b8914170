//! Selection of the next pair to ask, with its reason.

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use crate::domain::Winner;
use crate::judge::sort_descending;

use super::summary::ordinal_word;
use super::{Certainty, Contest, Cut, Pair, Posterior, surprises};

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
    /// One of the two takes the last place of the top k; the others have theirs.
    OneIsLast,
    /// Both may or may not belong to the top k.
    BothNearTheCut,
    /// This one has not been compared with anything yet.
    Newcomer(usize),
    /// The first surely belongs to the top k, the second may.
    AgainstOneThatIsIn(usize, usize),
    /// The first surely does not belong to the top k, the second may.
    AgainstOneThatIsOut(usize, usize),
    /// Nothing is near the cut any more.
    NothingElseIsOpen,
    /// Of all pairs, the order of these two is the most open.
    OrderIsOpen,
    /// The person wanted to be asked again; the number of the entrant that they
    /// preferred, if any.
    AskedAgain(Option<usize>),
}

impl Reason {
    /// The reason, to follow `Asked because: `, with the names of the ideas.
    #[must_use]
    pub fn describe<'a>(self, k: usize, name: impl Fn(usize) -> &'a str) -> String {
        let yours = if k == 1 { "your first".to_owned() } else { format!("your {k}") };
        match self {
            Self::OneIsLast => format!("one of these two is {}.", ordinal_word(k)),
            Self::BothNearTheCut => format!("both may be among {yours}."),
            Self::Newcomer(new) => format!("{} has not been compared yet.", name(new)),
            Self::AgainstOneThatIsIn(sure, open) => {
                format!("{} is sure to be among {yours}; is {} as good?", name(sure), name(open))
            }
            Self::AgainstOneThatIsOut(out, open) => {
                format!("{} may be among {yours}; is it better than {}?", name(open), name(out))
            }
            Self::NothingElseIsOpen => {
                format!("{yours} are settled; of the rest, this pair is the most open.")
            }
            Self::OrderIsOpen => {
                "of all pairs, the order of these two is the most open.".to_owned()
            }
            Self::AskedAgain(Some(preferred)) => format!(
                "you wanted to be asked again. You have answered this before: {}.",
                name(preferred)
            ),
            Self::AskedAgain(None) => {
                "you wanted to be asked again. You have answered this before: equal.".to_owned()
            }
        }
    }
}

/// The most informative pair of the pool that the person has not answered yet,
/// sides at random. Skipped pairs (`waiting`, in the order in which they were
/// skipped) come last, the one skipped last at the very end. `None` if all pairs
/// have been answered.
///
/// Aimed at the cut, a pair is worth I·√(g·g'): the information of its answer
/// times how open it is whether each idea belongs, g = q·(1 − q). Plain
/// information spreads its questions over the whole order instead.
#[must_use]
pub fn next_pair(
    contest: &Contest,
    posterior: &Posterior,
    aim: Aim<'_>,
    person: &str,
    waiting: &[Pair],
    seed: u64,
) -> Option<NextPair> {
    let openness: Vec<f64> = match aim {
        Aim::TopOf(cut) => cut.chances().iter().map(|q| (q * (1.0 - q)).sqrt()).collect(),
        Aim::WholeOrder => vec![1.0; contest.pool()],
    };
    let is_new = |pair| contest.answers_of(person, pair).is_none();
    let just_skipped = waiting.last();
    let pair =
        best_pair(contest, posterior, &openness, |pair| is_new(pair) && !waiting.contains(&pair))
            .or_else(|| {
                let others = |pair| is_new(pair) && Some(&pair) != just_skipped;
                best_pair(contest, posterior, &openness, others)
            })
            .or_else(|| just_skipped.copied().filter(|pair| is_new(*pair)))?;
    Some(shown(contest, pair, reason(contest, aim, pair), seed))
}

/// The pair to ask a person again who wants that: the one with the most
/// surprising of their answers. `None` without an answer.
#[must_use]
pub fn ask_again(
    contest: &Contest,
    posterior: &Posterior,
    person: &str,
    waiting: &[Pair],
    seed: u64,
) -> Option<NextPair> {
    let surprises = surprises(contest, posterior).into_iter();
    let pairs = surprises.filter_map(|answer| Pair::of(answer.winner, answer.loser));
    let own =
        |pair: &Pair| pair.second() < contest.pool() && contest.answers_of(person, *pair).is_some();
    let (later, sooner): (Vec<Pair>, Vec<Pair>) =
        pairs.filter(own).partition(|pair| waiting.contains(pair));
    let pair = *sooner.first().or(later.first())?;
    let before = match contest.answers_of(person, pair)?.majority() {
        Winner::Left => Some(pair.first()),
        Winner::Right => Some(pair.second()),
        Winner::Tie => None,
    };
    Some(shown(contest, pair, Reason::AskedAgain(before), seed))
}

/// A pair with its sides at random.
fn shown(contest: &Contest, pair: Pair, reason: Reason, seed: u64) -> NextPair {
    let swap: bool = Pcg64Mcg::seed_from_u64(contest.seed() ^ seed).random();
    let (left, right) =
        if swap { (pair.second(), pair.first()) } else { (pair.first(), pair.second()) };
    NextPair { left, right, reason }
}

/// The best of the pairs that may be asked. The search goes through the most
/// open ideas first and skips every pair that cannot be worth more than the
/// best so far.
fn best_pair(
    contest: &Contest,
    posterior: &Posterior,
    openness: &[f64],
    may_be_asked: impl Fn(Pair) -> bool,
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
            let Some(pair) = Pair::of(one, other).filter(|pair| may_be_asked(*pair)) else {
                continue;
            };
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
    let is_in = |entrant| cut.certainty(entrant) == Certainty::Sure;
    let is_open = |entrant| !is_in(entrant) && !cut.is_out(entrant);
    if !is_open(one) && !is_open(other) {
        return Reason::NothingElseIsOpen;
    }
    if let Some(new) = [one, other].into_iter().find(|&entrant| contest.duels_of(entrant) == 0) {
        return Reason::Newcomer(new);
    }
    for (entrant, rival) in [(one, other), (other, one)] {
        if is_in(entrant) {
            return Reason::AgainstOneThatIsIn(entrant, rival);
        }
        if cut.is_out(entrant) {
            return Reason::AgainstOneThatIsOut(entrant, rival);
        }
    }
    if is_for_the_last_place(cut, pair) { Reason::OneIsLast } else { Reason::BothNearTheCut }
}

/// Whether a pair is the last of the first k and the first outside, while the
/// others of the first k are likely or sure.
fn is_for_the_last_place(cut: &Cut, pair: Pair) -> bool {
    let Some((&last, others)) = cut.shown().split_last() else { return false };
    let rival = cut.contenders().first().copied();
    rival.and_then(|rival| Pair::of(last, rival)) == Some(pair)
        && others.iter().all(|&entrant| cut.certainty(entrant) != Certainty::Open)
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
        let entrant = |(i, score): (usize, &f64)| Entrant { id: i.to_string(), score: *score };
        Contest::new(scores.iter().enumerate().map(entrant).collect(), scores.len())
    }

    fn ask(contest: &Contest, k: usize, waiting: &[Pair]) -> Option<NextPair> {
        let posterior = Posterior::new(contest, &DuelRule::default());
        let cut = Cut::new(contest, &posterior, k, 600, 0);
        next_pair(contest, &posterior, Aim::TopOf(&cut), "ana", waiting, 0)
    }

    fn pair_of(asked: NextPair) -> Pair {
        Pair::of(asked.left, asked.right).unwrap()
    }

    /// Every pair, without pruning.
    fn best_of_all(contest: &Contest, posterior: &Posterior, cut: &Cut) -> Pair {
        let mut pairs = Vec::new();
        for one in 0..contest.pool() {
            for other in one + 1..contest.pool() {
                let open = |i: usize| cut.chances()[i] * (1.0 - cut.chances()[i]);
                let weight = (open(one) * open(other)).sqrt() + MIN_WEIGHT;
                let pair = Pair::of(one, other).unwrap();
                pairs.push((weight * posterior.information(one, other), pair));
            }
        }
        pairs.retain(|(_, pair)| contest.answers_of("ana", *pair).is_none());
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
            let asked = next_pair(&contest, &posterior, Aim::TopOf(&cut), "ana", &[], 0).unwrap();
            let asked = pair_of(asked);
            assert_eq!(asked, best_of_all(&contest, &posterior, &cut));
            let winner = if turn % 5 == 4 { Winner::Tie } else { Winner::Left };
            contest.record("ana", asked.first(), asked.second(), winner);
        }
    }

    #[test]
    fn questions_gather_at_the_cut() {
        let scores: Vec<f64> = (0..20).map(|i| 95.0 - 4.0 * f64::from(i)).collect();
        let mut contest = pool_of(&scores);
        let mut near = 0;
        for _ in 0..20 {
            let asked = ask(&contest, 3, &[]).unwrap();
            near += usize::from(asked.left < 9 && asked.right < 9);
            // The scores are right.
            let winner = if asked.left < asked.right { Winner::Left } else { Winner::Right };
            contest.record("ana", asked.left, asked.right, winner);
        }
        assert!(near >= 15, "{near} of 20");
    }

    #[test]
    fn every_pair_is_asked_once_and_then_only_on_request() {
        let mut contest = pool_of(&[60.0, 50.0, 50.0, 40.0, 50.0]);
        let mut asked = Vec::new();
        while let Some(next) = ask(&contest, 2, &[]) {
            assert!(!asked.contains(&pair_of(next)), "{asked:?} {next:?}");
            asked.push(pair_of(next));
            let winner = if next.left < next.right { Winner::Left } else { Winner::Right };
            contest.record("ana", next.left, next.right, winner);
        }
        assert_eq!(asked.len(), contest.pool_pairs());
        let posterior = Posterior::new(&contest, &DuelRule::default());
        let again = ask_again(&contest, &posterior, "ana", &[], 0).unwrap();
        let least_likely = surprises(&contest, &posterior)[0];
        assert_eq!(
            Pair::of(again.left, again.right),
            Pair::of(least_likely.winner, least_likely.loser)
        );
        assert_eq!(again.reason, Reason::AskedAgain(Some(least_likely.winner)));
        let skipped = [pair_of(again)];
        let other = ask_again(&contest, &posterior, "ana", &skipped, 0).unwrap();
        assert_ne!(pair_of(other), skipped[0]);
        assert_eq!(ask_again(&contest, &posterior, "bo", &[], 0), None);
        let cut = Cut::new(&contest, &posterior, 2, 600, 0);
        let for_bo = next_pair(&contest, &posterior, Aim::TopOf(&cut), "bo", &[], 0);
        assert!(for_bo.is_some(), "another person has answered nothing");
    }

    #[test]
    fn a_skipped_pair_comes_back_later() {
        let contest = pool_of(&[50.0, 50.0, 50.0, 50.0]);
        let first = ask(&contest, 1, &[]).unwrap();
        let mut skipped = SkippedPairs::default();
        skipped.skip(pair_of(first));
        let second = ask(&contest, 1, &skipped.waiting()).unwrap();
        assert_ne!(pair_of(second), pair_of(first));
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
            let pair = pair_of(ask(&contest, 1, &skipped.waiting()).unwrap());
            assert_ne!(Some(pair), last);
            skipped.skip(pair);
            last = Some(pair);
        }
        let only = Pair::of(0, 1).unwrap();
        let asked = ask(&pool_of(&[50.0, 50.0]), 1, &[only]).unwrap();
        assert_eq!(pair_of(asked), only, "there is no other pair");
    }

    #[test]
    fn two_ideas_are_asked_once() {
        let mut contest = pool_of(&[50.0, 50.0]);
        let asked = ask(&contest, 1, &[]).unwrap();
        contest.record("ana", asked.left, asked.right, Winner::Tie);
        assert_eq!(ask(&contest, 1, &[]), None);
        assert_eq!(ask(&pool_of(&[50.0]), 1, &[]), None);
        assert_eq!(ask(&pool_of(&[]), 1, &[]), None);
    }

    #[test]
    fn sides_are_random_but_reproducible() {
        let mut contest = pool_of(&[50.0; 12]);
        let mut swapped = 0;
        for _ in 0..60 {
            let asked = ask(&contest, 2, &[]).unwrap();
            assert_eq!(ask(&contest, 2, &[]), Some(asked));
            swapped += i32::from(asked.left > asked.right);
            contest.record("ana", asked.left, asked.right, Winner::Tie);
        }
        assert!((15..=45).contains(&swapped), "{swapped}");
    }

    #[test]
    fn reasons_are_told_in_plain_words() {
        let name = |entrant: usize| ["A", "B"][entrant];
        let told = |reason: Reason| reason.describe(3, name);
        assert_eq!(told(Reason::OneIsLast), "one of these two is third.");
        assert_eq!(told(Reason::Newcomer(1)), "B has not been compared yet.");
        assert_eq!(
            told(Reason::AgainstOneThatIsIn(0, 1)),
            "A is sure to be among your 3; is B as good?"
        );
    }

    #[test]
    fn the_pair_at_the_cut_is_asked_because_one_of_them_is_last() {
        let mut contest = pool_of(&[90.0, 85.0, 51.0, 50.0, 10.0, 12.0]);
        for (winner, loser) in [(0, 2), (1, 3), (0, 4), (1, 5), (2, 4), (3, 5), (0, 3), (1, 2)] {
            contest.record("ana", winner, loser, Winner::Left);
        }
        let asked = ask(&contest, 3, &[]).unwrap();
        assert_eq!((pair_of(asked), asked.reason), (Pair::of(2, 3).unwrap(), Reason::OneIsLast));
    }
}
