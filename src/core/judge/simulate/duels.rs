//! Simulated duel sessions: accuracy of the chosen top k and honesty of the overlap
//! that is shown.

use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, StandardNormal};
use rand_pcg::Pcg64Mcg;

use super::in_parallel;
use crate::domain::Winner;
use crate::judge::duel::{
    Aim, Contest, Cut, DuelRule, Entrant, Outcomes, Pair, Posterior, Progress, next_pair,
};
use crate::judge::sort_descending;

/// Draws behind each question, and behind the overlap shown at it.
const DRAWS: usize = 1000;

/// Standard deviation of scores over ideas, in points.
const SCORE_SPREAD: f64 = 15.0;

/// The person who answers, with a memory: the outcome of a pair is drawn once.
const JUDGE: &str = "judge";

/// An idea within this many logits of the last one that belongs nearly belongs.
const NEAR: f64 = 0.5;

/// The stopping rules that are tried.
const STOPS: [Progress; 2] = [Progress::GoodEnough, Progress::Settled];

/// A simulated ranking session, repeated with different ideas.
#[derive(Clone, Debug, PartialEq)]
pub struct DuelSimulation {
    /// Ideas in the pool, at least 1.
    pub ideas: usize,
    /// Duels in a session.
    pub duels: usize,
    /// How many ideas are to be chosen.
    pub top: usize,
    /// Standard deviation of the true strengths, in logits. The rule assumes
    /// about 3.
    pub sigma: f64,
    /// True tie parameter ν; 0 for answers without ties.
    pub ties: f64,
    /// Sessions.
    pub runs: usize,
    /// Seed of everything that is random.
    pub seed: u64,
}

impl Default for DuelSimulation {
    fn default() -> Self {
        Self { ideas: 30, duels: 120, top: 5, sigma: 3.0, ties: 0.0, runs: 200, seed: 1 }
    }
}

/// How the pairs are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// The rule in use: questions that aim at the cut.
    Cut,
    /// Questions that aim at the whole order.
    Order,
    /// Any two ideas.
    Random,
}

impl Method {
    /// The word in JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Cut => "cut",
            Self::Order => "order",
            Self::Random => "random",
        }
    }
}

/// How well the scores foretell the strengths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rubric {
    /// Correlation 0.6, which the rule assumes.
    Typical,
    /// Correlation 0.8.
    Good,
    /// Correlation 0: the scores say nothing, and do not say so.
    Misleading,
    /// Nothing is rated.
    Absent,
}

impl Rubric {
    /// The word in JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Typical => "typical",
            Self::Good => "good",
            Self::Misleading => "misleading",
            Self::Absent => "absent",
        }
    }

    const fn correlation(self) -> f64 {
        match self {
            Self::Typical => 0.6,
            Self::Good => 0.8,
            Self::Misleading | Self::Absent => 0.0,
        }
    }
}

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// How the pairs are chosen.
    pub method: Method,
    /// How well the scores foretell the strengths.
    pub rubric: Rubric,
}

/// The scenarios of the tables in the documentation.
pub const SCENARIOS: [Scenario; 7] = [
    Scenario { method: Method::Cut, rubric: Rubric::Typical },
    Scenario { method: Method::Cut, rubric: Rubric::Good },
    Scenario { method: Method::Cut, rubric: Rubric::Misleading },
    Scenario { method: Method::Cut, rubric: Rubric::Absent },
    Scenario { method: Method::Order, rubric: Rubric::Typical },
    Scenario { method: Method::Random, rubric: Rubric::Typical },
    Scenario { method: Method::Random, rubric: Rubric::Absent },
];

/// What came out for one scenario, averaged over the sessions.
#[derive(Clone, Debug, PartialEq)]
pub struct ScenarioResult {
    /// The scenario.
    pub scenario: Scenario,
    /// At each quarter of the session, and before it.
    pub checkpoints: Vec<Checkpoint>,
    /// Had one stopped when the screen said so; empty for random pairs.
    pub stops: Vec<StopResult>,
}

/// How things stand after some duels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Checkpoint {
    /// Duels so far.
    pub duels: usize,
    /// Share of the ideas shown that are among the best: the actual overlap.
    pub recall: f64,
    /// Share of the ideas shown that are, or are all but, among the best.
    pub near_recall: f64,
    /// Kendall's τ between the fitted and the true order of all ideas.
    pub kendall_tau: f64,
    /// The overlap that was shown.
    pub shown_overlap: f64,
}

/// What stopping at a threshold would have given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StopResult {
    /// The shown overlap at which to stop.
    pub threshold: f64,
    /// Share of the sessions that got there.
    pub reached: f64,
    /// Median of the duels that it took those.
    pub median_duels: usize,
    /// As in [`Checkpoint::recall`], over those; 0 if there are none.
    pub recall: f64,
    /// As in [`Checkpoint::near_recall`].
    pub near_recall: f64,
}

impl DuelSimulation {
    /// Runs all sessions of a scenario, on as many threads as there are
    /// processors. The same settings give the same numbers, however many those
    /// are.
    #[must_use]
    pub fn run(&self, scenario: Scenario) -> ScenarioResult {
        let sessions = in_parallel(self.runs, |run| self.session(scenario, run));
        let stops = if scenario.method == Method::Random {
            Vec::new()
        } else {
            STOPS.iter().enumerate().map(|(i, stop)| stop_result(*stop, i, &sessions)).collect()
        };
        ScenarioResult { scenario, checkpoints: average(&sessions), stops }
    }

    /// One session: invents ideas and answers its questions.
    fn session(&self, scenario: Scenario, run: usize) -> Session {
        let truth = Truth::invent(self, scenario.rubric, run);
        let mut random = self.generator(!(run as u64));
        let rule = DuelRule { k: self.top, ..DuelRule::default() };
        let mut contest = truth.contest(scenario.rubric);
        let mut session = Session { checkpoints: Vec::new(), stops: [None; STOPS.len()] };
        for asked in 0..=self.duels {
            let at_checkpoint = asked.is_multiple_of((self.duels / 4).max(1));
            let is_random = scenario.method == Method::Random;
            let mut pair = None;
            if at_checkpoint || !is_random {
                let posterior = Posterior::new(&contest, &rule);
                let cut = Cut::new(&contest, &posterior, rule.k, DRAWS, self.seed);
                let now = truth.checkpoint(asked, &posterior, &cut);
                session.take(now, cut.progress(), at_checkpoint);
                let aim =
                    if scenario.method == Method::Cut { Aim::TopOf(&cut) } else { Aim::WholeOrder };
                let next = next_pair(&contest, &posterior, aim, JUDGE, &[], self.seed);
                pair = next.and_then(|next| Pair::of(next.left, next.right));
            }
            if is_random {
                pair = random_pair(&contest, &mut random);
            }
            let Some(pair) = pair else { break };
            // The outcome of a pair is drawn once, whatever the scenario.
            let key = ((pair.first() as u64) << 32) | pair.second() as u64;
            let mut memory = self.generator((run as u64).rotate_right(16) ^ key);
            let winner = truth.answer(pair, self.ties, &mut memory);
            contest.record(JUDGE, pair.first(), pair.second(), winner);
        }
        session
    }

    fn generator(&self, stream: u64) -> Pcg64Mcg {
        Pcg64Mcg::seed_from_u64(self.seed.rotate_left(32) ^ stream)
    }
}

impl Session {
    /// Takes note of how things stand.
    fn take(&mut self, now: Checkpoint, progress: Progress, at_checkpoint: bool) {
        for (stop, reached) in STOPS.iter().zip(&mut self.stops) {
            if progress >= *stop && reached.is_none() {
                *reached = Some(now);
            }
        }
        if at_checkpoint {
            self.checkpoints.push(now);
        }
    }
}

/// The checkpoints and stops of one session.
struct Session {
    checkpoints: Vec<Checkpoint>,
    stops: [Option<Checkpoint>; STOPS.len()],
}

/// Invented ideas.
struct Truth {
    strengths: Vec<f64>,
    scores: Vec<f64>,
    best: Vec<bool>,
    cut: f64,
}

impl Truth {
    fn invent(simulation: &DuelSimulation, rubric: Rubric, run: usize) -> Self {
        let mut random = simulation.generator(run as u64);
        let mut normal = || -> f64 { StandardNormal.sample(&mut random) };
        let correlation = rubric.correlation();
        let (mut strengths, mut scores) = (Vec::new(), Vec::new());
        for _ in 0..simulation.ideas {
            let (strength, noise) = (normal(), normal());
            let shared = correlation * strength + (1.0 - correlation * correlation).sqrt() * noise;
            strengths.push(simulation.sigma * strength);
            scores.push(50.0 + SCORE_SPREAD * shared);
        }
        let mut order: Vec<usize> = (0..simulation.ideas).collect();
        sort_descending(&mut order, &strengths);
        order.truncate(simulation.top.max(1));
        let cut = order.last().map_or(f64::NEG_INFINITY, |&last| strengths[last]);
        let mut best = vec![false; simulation.ideas];
        for entrant in order {
            best[entrant] = true;
        }
        Self { strengths, scores, best, cut }
    }

    fn contest(&self, rubric: Rubric) -> Contest {
        let entrant = |(number, score): (usize, &f64)| match rubric {
            Rubric::Absent => Entrant::unrated(number.to_string()),
            _ => Entrant { id: number.to_string(), score: *score },
        };
        let entrants = self.scores.iter().enumerate().map(entrant).collect();
        Contest::new(entrants, self.scores.len())
    }

    fn answer(&self, pair: Pair, ties: f64, random: &mut Pcg64Mcg) -> Winner {
        let d = self.strengths[pair.first()] - self.strengths[pair.second()];
        let outcomes = Outcomes::at(d, ties);
        match random.random::<f64>() {
            x if x < outcomes.left => Winner::Left,
            x if x < outcomes.left + outcomes.right => Winner::Right,
            _ => Winner::Tie,
        }
    }

    fn checkpoint(&self, duels: usize, posterior: &Posterior, cut: &Cut) -> Checkpoint {
        let shown = cut.shown();
        let share = |belongs: &dyn Fn(usize) -> bool| {
            shown.iter().filter(|&&entrant| belongs(entrant)).count() as f64
                / shown.len().max(1) as f64
        };
        Checkpoint {
            duels,
            recall: share(&|entrant| self.best[entrant]),
            near_recall: share(&|entrant| self.strengths[entrant] >= self.cut - NEAR),
            kendall_tau: kendall_tau(posterior.strengths(), &self.strengths),
            shown_overlap: cut.expected_overlap(),
        }
    }
}

/// A pair that has not been answered, each with the same chance.
fn random_pair(contest: &Contest, random: &mut Pcg64Mcg) -> Option<Pair> {
    let pool = contest.pool();
    if contest.answered_by(JUDGE).count() == contest.pool_pairs() {
        return None;
    }
    loop {
        let pair = Pair::of(random.random_range(0..pool), random.random_range(0..pool));
        let is_new = |pair: &Pair| contest.answers_of(JUDGE, *pair).is_none();
        if let Some(pair) = pair.filter(is_new) {
            return Some(pair);
        }
    }
}

/// Kendall's τ: the share of pairs in the same order less the share in the
/// opposite one; 0 with fewer than two.
fn kendall_tau(ours: &[f64], truth: &[f64]) -> f64 {
    let (mut agreement, mut pairs) = (0.0, 0.0);
    for (i, (a, x)) in ours.iter().zip(truth).enumerate() {
        for (b, y) in ours.iter().zip(truth).skip(i + 1) {
            let sign = (a - b) * (x - y);
            agreement += if sign > 0.0 { 1.0 } else { 0.0 } - if sign < 0.0 { 1.0 } else { 0.0 };
            pairs += 1.0;
        }
    }
    if pairs > 0.0 { agreement / pairs } else { 0.0 }
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), x| (sum + x, count + 1.0));
    if count > 0.0 { sum / count } else { 0.0 }
}

fn average(sessions: &[Session]) -> Vec<Checkpoint> {
    let longest = sessions.iter().map(|session| session.checkpoints.len()).max().unwrap_or(0);
    let at = |index: usize| {
        let points = || sessions.iter().filter_map(move |session| session.checkpoints.get(index));
        Checkpoint {
            duels: points().next().map_or(0, |point| point.duels),
            recall: mean(points().map(|point| point.recall)),
            near_recall: mean(points().map(|point| point.near_recall)),
            kendall_tau: mean(points().map(|point| point.kendall_tau)),
            shown_overlap: mean(points().map(|point| point.shown_overlap)),
        }
    };
    (0..longest).map(at).collect()
}

fn stop_result(stop: Progress, index: usize, sessions: &[Session]) -> StopResult {
    let points: Vec<Checkpoint> =
        sessions.iter().filter_map(|session| session.stops[index]).collect();
    let mut duels: Vec<usize> = points.iter().map(|point| point.duels).collect();
    duels.sort_unstable();
    StopResult {
        threshold: stop.threshold(),
        reached: points.len() as f64 / sessions.len().max(1) as f64,
        median_duels: duels.get(duels.len() / 2).copied().unwrap_or(0),
        recall: mean(points.iter().map(|point| point.recall)),
        near_recall: mean(points.iter().map(|point| point.near_recall)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> DuelSimulation {
        DuelSimulation { ideas: 12, duels: 20, top: 3, runs: 16, ..DuelSimulation::default() }
    }

    #[test]
    fn aiming_beats_chance_and_the_shown_overlap_is_near_the_actual_one() {
        let run = |method| small().run(Scenario { method, rubric: Rubric::Typical });
        let (cut, random) = (run(Method::Cut), run(Method::Random));
        assert_eq!(cut.checkpoints.iter().map(|c| c.duels).collect::<Vec<_>>(), [0, 5, 10, 15, 20]);
        let (first, last) = (cut.checkpoints[0], cut.checkpoints[4]);
        // The same ideas, and nothing asked yet.
        assert_eq!(first, random.checkpoints[0]);
        assert!(last.recall > random.checkpoints[4].recall && last.recall > first.recall);
        assert!((last.recall - last.shown_overlap).abs() < 0.1, "{last:?}");
        assert_eq!((cut.stops.len(), random.stops.len()), (2, 0));
        assert!(cut.stops[0].median_duels <= cut.stops[1].median_duels);
    }

    #[test]
    fn the_same_settings_give_the_same_numbers() {
        let simulation = DuelSimulation { runs: 3, duels: 8, ..small() };
        let scenario = Scenario { method: Method::Order, rubric: Rubric::Absent };
        assert_eq!(simulation.run(scenario), simulation.run(scenario));
        let other = DuelSimulation { seed: 2, ..simulation.clone() };
        assert_ne!(simulation.run(scenario), other.run(scenario));
    }

    #[test]
    fn odd_settings_are_survived() {
        let scenario = Scenario { method: Method::Cut, rubric: Rubric::Misleading };
        for (ideas, duels, top, runs) in [(1, 5, 3, 2), (2, 3, 1, 2), (5, 0, 5, 1), (4, 4, 0, 0)] {
            let settings = DuelSimulation { ideas, duels, top, runs, ..small() };
            let result = settings.run(scenario);
            assert_eq!(result.checkpoints.is_empty(), runs == 0);
        }
    }

    #[test]
    fn kendall_counts_pairs() {
        assert_eq!(kendall_tau(&[1.0, 2.0, 3.0], &[1.0, 3.0, 2.0]), 1.0 / 3.0);
        assert_eq!(kendall_tau(&[1.0], &[1.0]), 0.0);
    }
}
