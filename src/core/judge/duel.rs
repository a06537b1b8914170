//! Duels: strengths of ideas from answers to "which would you rather work on?",
//! and the next pair to ask.
//!
//! The model is that of Bradley and Terry (1952) with ties after Davidson
//! (1970): with strengths θ, in logits, the left of two ideas wins with
//! probability ∝ e^(d/2), the right one ∝ e^(−d/2), and neither ∝ ν, where
//! d = θ(left) − θ(right). The rubric's score is a prior on strength.
//!
//! A [`Contest`] holds the entrants and the answers, a [`Posterior`] the
//! strengths, a [`Cut`] the chances to belong to the top k, and [`next_pair`]
//! chooses what to ask next; a [`Round`] is all of these together.
//!
//! The answers of one person to one pair weigh 1 together ([`Weights`]), and a
//! pair is asked only once of a person.

mod contest;
mod cut;
mod cycles;
mod davidson;
mod expectation_propagation;
mod fit;
mod next_pair;
mod posterior;
mod summary;

pub use contest::{Contest, Counts, Entrant, Pair, Weights};
pub use cut::{Certainty, Cut, Progress};
pub use cycles::{
    Curiosities, Surprise, SurprisingAnswer, cycles, expected_cyclic_triads, surprises,
};
pub use davidson::Outcomes;
pub use expectation_propagation::StrengthPrior;
pub use fit::Fit;
pub use next_pair::{Aim, NextPair, Reason, SkippedPairs, ask_again, next_pair};
pub(crate) use posterior::Preferences;
pub use posterior::{Posterior, Strength, Strengths, duelled, strengths};
pub use summary::SessionState;

use crate::domain::{Duel, Idea, Portfolio, Winner};
use crate::judge::{Score, sort_descending};

/// Assumptions of the duel model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DuelRule {
    /// How many ideas are to be chosen, at least 1.
    pub k: usize,
    /// β: logits per ten points of score.
    pub slope: f64,
    /// τ: standard deviation of a strength around what the score says, logits.
    pub spread: f64,
    /// Prior mean of η = ln ν.
    pub tie_mean: f64,
    /// Prior standard deviation of η.
    pub tie_spread: f64,
}

impl Default for DuelRule {
    fn default() -> Self {
        Self { k: 3, slope: 1.2, spread: 2.4, tie_mean: 0.35_f64.ln(), tie_spread: 0.7 }
    }
}

impl DuelRule {
    /// The same rule with no regard to the scores: what the duels alone say.
    #[must_use]
    pub fn without_rubric(self) -> Self {
        Self { slope: 0.0, ..self }
    }
}

/// Draws behind the chances that are shown: their standard error is at most
/// half a percent.
const DRAWS: usize = 10_000;

/// The goal of a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Goal {
    /// The top k.
    #[default]
    Top,
    /// The order of all.
    Order,
}

/// Who is asked, and for what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RoundOptions {
    /// The goal of the questions.
    pub goal: Goal,
    /// The person who is asked: pairs that they have answered are not asked
    /// again.
    pub person: String,
    /// Pairs to ask later.
    pub skipped: SkippedPairs,
}

/// A contest with all its results: what a screen shows after an answer. It takes
/// longer than a frame.
#[derive(Clone, Debug)]
pub struct Round {
    /// The entrants and the answers.
    pub contest: Contest,
    /// Who is asked, and for what.
    pub options: RoundOptions,
    /// The strengths.
    pub posterior: Posterior,
    /// Membership in the top k.
    pub cut: Cut,
    /// `None` if there is no pair that the person has not answered.
    pub next_pair: Option<NextPair>,
}

impl Round {
    /// Works everything out. `seed` is mixed with the contest's own.
    #[must_use]
    pub fn new(contest: Contest, rule: &DuelRule, options: RoundOptions, seed: u64) -> Self {
        let posterior = Posterior::new(&contest, rule);
        let cut = Cut::new(&contest, &posterior, rule.k, DRAWS, seed);
        let aim = match options.goal {
            Goal::Top => Aim::TopOf(&cut),
            Goal::Order => Aim::WholeOrder,
        };
        let waiting = options.skipped.waiting();
        let next_pair = next_pair(&contest, &posterior, aim, &options.person, &waiting, seed);
        Self { contest, options, posterior, cut, next_pair }
    }

    /// The pair with the most surprising answer of the person, to ask it again
    /// because they want that. `None` without an answer.
    #[must_use]
    pub fn ask_again(&self, seed: u64) -> Option<NextPair> {
        let waiting = self.options.skipped.waiting();
        ask_again(&self.contest, &self.posterior, &self.options.person, &waiting, seed)
    }

    /// The contest after each possible answer to the next pair, to work out
    /// ahead while the person thinks.
    #[must_use]
    pub fn ahead(&self) -> Vec<(Winner, Contest)> {
        let Some(NextPair { left, right, .. }) = self.next_pair else { return Vec::new() };
        let after = |winner: &Winner| {
            (*winner, self.contest.with(&self.options.person, left, right, *winner))
        };
        Winner::ALL.iter().map(after).collect()
    }
}

impl Contest {
    /// The contest of the ideas that `in_pool` admits, by id. Other ideas that
    /// have been in duels take part outside the pool, so that a strength does
    /// not depend on which ideas are looked at. Duels that name an unknown idea, or
    /// (after a merge) one idea twice, are left out.
    ///
    /// `scores` are by position in [`Portfolio::ideas`].
    #[must_use]
    pub fn of_ideas<'a>(
        portfolio: &Portfolio,
        scores: &[Score],
        in_pool: impl Fn(&Idea) -> bool,
        duels: impl IntoIterator<Item = &'a Duel>,
    ) -> Self {
        let answered: Vec<(usize, usize, &Duel)> = duels
            .into_iter()
            .filter_map(|duel| {
                Some((portfolio.position(&duel.left)?, portfolio.position(&duel.right)?, duel))
            })
            .filter(|(left, right, _)| left != right)
            .collect();
        let ideas = portfolio.ideas();
        let mut duelled = vec![false; ideas.len()];
        for &(left, right, _) in &answered {
            (duelled[left], duelled[right]) = (true, true);
        }
        let admitted: Vec<bool> = portfolio.iter().map(in_pool).collect();
        let mut members: Vec<usize> = (0..ideas.len().min(scores.len()))
            .filter(|&position| admitted[position] || duelled[position])
            .collect();
        members.sort_by_key(|&position| (!admitted[position], &ideas[position].id));
        let mut numbers = vec![usize::MAX; ideas.len()];
        for (number, &position) in members.iter().enumerate() {
            numbers[position] = number;
        }
        let pool = members.iter().filter(|&&position| admitted[position]).count();
        let entrant = |&position: &usize| Entrant::new(&ideas[position], &scores[position]);
        let mut contest = Self::new(members.iter().map(entrant).collect(), pool);
        for (left, right, duel) in answered {
            contest.record(&duel.by, numbers[left], numbers[right], duel.winner);
        }
        contest
    }
}

/// The order of the pool, by id: the ideas that most probably belong to the top k
/// first, the surest of them first, then the others by strength.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PoolOrder {
    /// The ids.
    pub ids: Vec<String>,
    /// The size of the top k.
    pub k: usize,
}

impl PoolOrder {
    /// The order of the pool of a round.
    #[must_use]
    pub fn of(round: &Round) -> Self {
        let Round { contest, posterior, cut, .. } = round;
        let strengths = posterior.strengths();
        let mut order = cut.shown().to_vec();
        let mut others: Vec<usize> =
            (0..contest.pool()).filter(|entrant| !order.contains(entrant)).collect();
        sort_descending(&mut others, strengths);
        let k = order.len();
        order.append(&mut others);
        let ids = order.into_iter().map(|entrant| contest.entrants()[entrant].id.clone());
        Self { ids: ids.collect(), k }
    }

    /// The order of the pool of a round by score instead, equal ones by id.
    #[must_use]
    pub fn by_score(round: &Round) -> Self {
        let Round { contest, cut, .. } = round;
        let mut pool: Vec<&Entrant> = contest.entrants()[..contest.pool()].iter().collect();
        pool.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
        Self {
            ids: pool.into_iter().map(|entrant| entrant.id.clone()).collect(),
            k: cut.shown().len(),
        }
    }

    /// The ids of the first k.
    #[must_use]
    pub fn top(&self) -> &[String] {
        &self.ids[..self.k]
    }

    /// The ideas of the top k that were not in it before.
    pub fn entered_top_since<'a>(&'a self, before: &'a Self) -> impl Iterator<Item = &'a String> {
        self.top().iter().filter(|id| !before.top().contains(id))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use jiff::tz::TimeZone;

    use super::*;
    use crate::domain::{Criterion, Rating, Status, Winner, Zoned};
    use crate::judge::duel::{Contest, Counts, DuelRule, Entrant, Pair, RoundOptions};
    use crate::judge::{ScoreRule, score};

    #[test]
    fn answering_as_asked_settles_a_small_pool() {
        let entrants = (0..8).map(|i| Entrant::unrated(i.to_string())).collect();
        let rule = DuelRule { k: 2, ..DuelRule::default() };
        let options = RoundOptions { person: "ana".into(), ..RoundOptions::default() };
        let mut round = Round::new(Contest::new(entrants, 8), &rule, options.clone(), 3);
        while round.cut.progress() < Progress::GoodEnough {
            let asked = round.next_pair.unwrap();
            let answer = if asked.left < asked.right { Winner::Left } else { Winner::Right };
            let (_, next) =
                round.ahead().into_iter().find(|(winner, _)| *winner == answer).unwrap();
            assert_eq!(next.duels(), round.contest.duels() + 1);
            round = Round::new(next, &rule, options.clone(), 3);
        }
        let mut shown = round.cut.shown().to_vec();
        shown.sort_unstable();
        assert_eq!(shown, [0, 1]);
    }

    fn at(hour: i8) -> Zoned {
        date(2026, 3, 1).at(hour, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap()
    }

    fn duel(left: &str, right: &str, winner: Winner, hour: i8) -> Duel {
        let (left, right, by) = (left.to_owned(), right.to_owned(), "ana".to_owned());
        Duel { id: hour.to_string(), at: at(hour), by, left, right, winner }
    }

    fn idea(id: &str, status: Status) -> Idea {
        let mut idea = Idea::new(id, id);
        idea.status = status;
        idea
    }

    fn contest(ideas: Vec<Idea>, duels: &[Duel]) -> Contest {
        let portfolio = Portfolio::new(ideas, Vec::new());
        let scores: Vec<Score> = portfolio
            .ideas()
            .iter()
            .map(|idea| score(idea, &ScoreRule::default(), false))
            .collect();
        Contest::of_ideas(&portfolio, &scores, |idea| idea.status == Status::Shortlist, duels)
    }

    fn names(contest: &Contest) -> Vec<&str> {
        contest.entrants().iter().map(|entrant| entrant.id.as_str()).collect()
    }

    #[test]
    fn the_pool_comes_first() {
        let ideas = vec![
            idea("parked", Status::Parked),
            idea("b", Status::Shortlist),
            idea("silent", Status::Inbox),
            idea("a", Status::Shortlist),
        ];
        let duels = [
            duel("a", "parked", Winner::Right, 9),
            duel("parked", "b", Winner::Right, 11),
            duel("b", "a", Winner::Tie, 10),
            duel("a", "deleted", Winner::Left, 12),
        ];
        let mut contest = contest(ideas, &duels);
        assert_eq!((names(&contest), contest.pool()), (vec!["a", "b", "parked"], 2));
        assert_eq!(contest.duels(), 3);
        let counts = contest.answers_of("ana", Pair::of(0, 2).unwrap()).unwrap();
        assert_eq!(counts, Counts { first: 0, second: 1, ties: 0 });
        assert_eq!((contest.duels_of(2), contest.duels_of(0)), (2, 2));
        contest.record("ana", 7, 0, Winner::Left);
        assert_eq!(contest.duels(), 3, "no entrant has that number");
    }

    #[test]
    fn merged_and_renamed_ideas_answer_to_their_old_names() {
        let mut merged = idea("new", Status::Shortlist);
        merged.aliases = vec!["old".into(), "absorbed".into()];
        let ideas = vec![merged, idea("other", Status::Shortlist)];
        let duels = [
            duel("old", "other", Winner::Left, 9),
            duel("other", "absorbed", Winner::Right, 10),
            duel("old", "absorbed", Winner::Left, 11),
        ];
        let contest = contest(ideas, &duels);
        let counts = contest.answers_of("ana", Pair::of(0, 1).unwrap()).unwrap();
        assert_eq!(counts, Counts { first: 2, second: 0, ties: 0 });
        assert_eq!(contest.duels(), 2, "an idea has no duel with itself");
    }

    #[test]
    fn the_order_of_files_does_not_matter_but_every_answer_does() {
        let mut rated = idea("a", Status::Shortlist);
        rated.ratings[Criterion::Headroom.index()] = Some(Rating::value(9.0));
        let mut ideas = vec![rated, idea("b", Status::Shortlist), idea("c", Status::Shortlist)];
        let duels = [duel("a", "b", Winner::Left, 9), duel("b", "c", Winner::Tie, 10)];
        let forwards = contest(ideas.clone(), &duels);
        ideas.reverse();
        let backwards = contest(ideas.clone(), &[duels[1].clone(), duels[0].clone()]);
        assert_eq!(forwards.seed(), backwards.seed());
        assert_ne!(forwards.seed(), contest(ideas, &duels[..1]).seed());
        assert_eq!(forwards.entrants()[1], Entrant::unrated("b"));
        assert!(forwards.entrants()[0].score > 50.0);
    }

    fn order(duels: &[(usize, usize)]) -> PoolOrder {
        let entrant = |i: i32| Entrant { id: format!("{i}"), score: 70.0 - 5.0 * f64::from(i) };
        let mut contest = Contest::new((0..5).map(entrant).collect(), 4);
        for &(winner, loser) in duels {
            contest.record("ana", winner, loser, Winner::Left);
        }
        let rule = DuelRule { k: 2, ..DuelRule::default() };
        PoolOrder::of(&Round::new(contest, &rule, RoundOptions::default(), 0))
    }

    #[test]
    fn nothing_moves_without_an_answer() {
        let before = order(&[]);
        assert_eq!((before.ids.concat(), before.k), ("0123".to_owned(), 2));
        assert_eq!(before.entered_top_since(&before).count(), 0);
    }

    #[test]
    fn winners_enter_the_top_and_losers_leave() {
        let before = order(&[]);
        let now = order(&[(3, 0), (3, 0), (3, 1), (3, 1), (3, 2), (0, 1)]);
        assert_eq!(now.ids[0], "3");
        assert_eq!(now.entered_top_since(&before).collect::<Vec<_>>(), ["3"]);
        assert_eq!(before.entered_top_since(&now).count(), 1);
        assert!(!now.ids.contains(&"4".to_owned()), "an idea outside the pool has no rank");
    }
}
