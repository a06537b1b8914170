//! Rank acceptability, central weights and confidence factors.

use super::belief::Draws;
use crate::domain::CRITERIA;
use crate::judge::score::TIE;
use crate::judge::{ScoreRule, sort_descending};

use super::{Candidate, Study};

/// Ranks that are told one by one: more in a row are not read.
const DEPTH: usize = 400;

/// Draws of all candidates' answers that are held at a time.
const BLOCK: usize = 64;

/// What the draws say of one idea.
#[derive(Clone, Debug, PartialEq)]
pub struct Acceptability {
    /// Which of the ideas that were given.
    pub position: usize,
    /// Probability of each rank from the first on; equal scores share the
    /// better rank. Only the first 400 ranks are told.
    pub ranks: Vec<f64>,
    /// Probability of a rank among the first that were asked for.
    pub top: f64,
    /// The mean of the weights under which it comes first; `None` if it never
    /// does.
    pub central_weights: Option<[f64; CRITERIA]>,
}

impl Study {
    /// Rank acceptability of every idea that takes part, in the order given,
    /// with the probability of the first `top` ranks.
    #[must_use]
    pub fn acceptability(&self, top: usize) -> Vec<Acceptability> {
        let candidates = self.candidates.len();
        let depth = candidates.min(DEPTH.max(top));
        let mut counts = vec![0_u32; candidates * depth];
        let mut firsts = vec![([0.0; CRITERIA], 0_u32); candidates];
        let mut keys = Vec::with_capacity(candidates);
        self.each_draw(|draw, row| {
            sort_by_score(row, &mut keys);
            let mut rank = 0;
            for (place, key) in keys.iter().enumerate() {
                if place == 0 || score_bits(keys[place - 1]) != score_bits(*key) {
                    rank = place;
                }
                if rank >= depth {
                    break;
                }
                let column = column(*key);
                counts[column * depth + rank] += 1;
                if rank == 0 {
                    let (sum, times) = &mut firsts[column];
                    *times += 1;
                    for (sum, weight) in sum.iter_mut().zip(&self.weights[draw]) {
                        *sum += weight;
                    }
                }
            }
        });
        let share = |count: &u32| f64::from(*count) / self.draws() as f64;
        let rows = counts.chunks(depth.max(1)).zip(firsts).zip(&self.candidates);
        rows.map(|((counts, (sum, times)), candidate)| {
            let ranks: Vec<f64> = counts.iter().map(share).collect();
            Acceptability {
                position: candidate.position,
                top: ranks.iter().take(top).sum::<f64>().min(1.0),
                ranks,
                central_weights: (times > 0).then(|| sum.map(|sum| sum / f64::from(times))),
            }
        })
        .collect()
    }

    /// The confidence factor of each idea: the probability, over the draws of
    /// answers, that it comes first under its own central weights. `None` if it
    /// never comes first. In the order of `acceptability`, which must come from
    /// this study.
    #[must_use]
    pub fn confidence(&self, acceptability: &[Acceptability]) -> Vec<Option<f64>> {
        let mut contenders: Vec<Option<Contender>> =
            acceptability.iter().map(|own| Contender::new(self, own, acceptability)).collect();
        let mut draws: Vec<Draws> = self.candidates.iter().map(|it| it.belief.draws()).collect();
        let mut answers = vec![[[0.0; CRITERIA]; BLOCK]; draws.len()];
        for start in (0..self.draws()).step_by(BLOCK) {
            let block = BLOCK.min(self.draws() - start);
            for (draws, answers) in draws.iter_mut().zip(&mut answers) {
                draws.fill(&mut answers[..block]);
            }
            for contender in contenders.iter_mut().flatten() {
                contender.firsts +=
                    (0..block).filter(|draw| contender.leads(&answers, *draw)).count();
            }
        }
        let share = |contender: Contender| contender.firsts as f64 / self.draws() as f64;
        contenders.into_iter().map(|contender| contender.map(share)).collect()
    }
}

/// An idea under its own central weights, against all that could pass it.
struct Contender {
    column: usize,
    rule: ScoreRule,
    rivals: Vec<usize>,
    firsts: usize,
}

impl Contender {
    fn new(study: &Study, own: &Acceptability, all: &[Acceptability]) -> Option<Self> {
        let rule = ScoreRule { weights: own.central_weights?, ..study.rule.clone() };
        let column = study.columns[own.position]?;
        let [low, _] = study.candidates[column].belief.bounds();
        let own_least = rule.value(&low);
        let passes = |(rival, candidate): (usize, &Candidate)| {
            let [_, high] = candidate.belief.bounds();
            (rival != column && rule.value(&high) > own_least + TIE).then_some(rival)
        };
        let mut rivals: Vec<usize> =
            study.candidates.iter().enumerate().filter_map(passes).collect();
        // Those likely to be ahead are asked first: most draws end there.
        let likely = |rival: usize| all.get(rival).map_or(0.0, |rival| rival.top);
        let likely: Vec<f64> = (0..study.candidates.len()).map(likely).collect();
        sort_descending(&mut rivals, &likely);
        Some(Self { column, rule, rivals, firsts: 0 })
    }

    fn leads(&self, answers: &[[[f64; CRITERIA]; BLOCK]], draw: usize) -> bool {
        let own = self.rule.value(&answers[self.column][draw]) + TIE;
        self.rivals.iter().all(|rival| self.rule.value(&answers[*rival][draw]) <= own)
    }
}

/// Candidates from the highest score down. A key is the score, whose bits order
/// like the number because it is not negative, then the candidate.
fn sort_by_score(row: &[f32], keys: &mut Vec<u64>) {
    keys.clear();
    let key = |(column, score): (usize, &f32)| u64::from(!score.to_bits()) << 32 | column as u64;
    keys.extend(row.iter().enumerate().map(key));
    keys.sort_unstable();
}

fn score_bits(key: u64) -> u32 {
    (key >> 32) as u32
}

fn column(key: u64) -> usize {
    key as u32 as usize
}
