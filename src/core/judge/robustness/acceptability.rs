//! Rank acceptability, central weights and confidence factors; and the cheapest
//! question: which answer, once settled, would make the top more right than any
//! other.

use super::belief::{Belief, Draws, Spread};
use super::{Candidate, Study};
use crate::domain::{CRITERIA, Idea};
use crate::judge::score::TIE;
use crate::judge::{Input, ScoreRule, sort_descending};

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

/// Places at which the line between in and out may be drawn, over the range
/// that an answer may take.
const BINS: usize = 80;

/// Gains below this are noise of the draws.
const LEAST_GAIN: f64 = 0.005;

/// An input that is not settled, and what settling it is worth.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenQuestion {
    /// Which of the ideas that were given.
    pub position: usize,
    /// What to settle about it.
    pub input: Input,
    /// How many more of the ideas that are really among the first `top` are
    /// expected among those shown, once this is known (the expected value of
    /// this information, in ideas; 0–1).
    pub gain: f64,
    /// On the better side of this answer the idea belongs among the first more often
    /// than not, all other answers being as uncertain as they are.
    pub threshold: f64,
    /// The probability that the answer lies on that side.
    pub chance: f64,
    /// The idea that has the place otherwise, or gives it up.
    pub rival: usize,
    /// Whether the idea is among the first as things stand.
    pub is_in: bool,
}

impl OpenQuestion {
    /// The question in words, for ideas in the order of the study and the
    /// number of first places that was asked about.
    #[must_use]
    pub fn sentence(&self, ideas: &[&Idea], top: usize) -> String {
        let own = title(ideas, self.position);
        let hangs_on = self.hangs_on("it", ideas, top);
        format!("settle {} of \"{own}\". {hangs_on}", self.input)
    }

    /// What hangs on it, for a place where the idea is in sight.
    #[must_use]
    pub fn stake(&self, ideas: &[&Idea], top: usize) -> String {
        self.hangs_on(&self.input.to_string(), ideas, top)
    }

    fn hangs_on(&self, input: &str, ideas: &[&Idea], top: usize) -> String {
        let line = self.input.shown(self.threshold);
        let rival = title(ideas, self.rival);
        let (better, worse) = match self.input.more_is_better() {
            true => ("or more", "below"),
            false => ("or less", "above"),
        };
        if self.is_in {
            format!(
                "If {input} is {worse} {line}, \"{rival}\" takes its place in the top {top} more \
                 often than not"
            )
        } else {
            format!(
                "If {input} is {line} {better}, it takes the place of \"{rival}\" in the top {top} \
                 more often than not"
            )
        }
    }
}

fn title<'a>(ideas: &[&'a Idea], position: usize) -> &'a str {
    ideas.get(position).map_or("", |idea| idea.title.as_str())
}

/// How often the idea and its rival were among the first, by bin of the answer.
struct Tally {
    /// Draws with the idea in, minus draws with the rival in.
    lead: [i64; BINS],
    draws: [u64; BINS],
}

/// The best line between in and out.
struct Cut {
    gain: f64,
    bin: usize,
    chance: f64,
}

impl Study {
    /// What is worth settling, the most valuable first: unknowns, ranges, and
    /// answers on which people lie apart. A plain number is not asked for again;
    /// where only those are left, a second rater would tell more.
    ///
    /// Shown among the first `top` are the ideas that most often are. Settling
    /// an answer of one idea can put it in or out against the idea next to the
    /// cut. Being in rises with the answer, so the best use of it is a line:
    /// in on the better side, out on the other. The gain is what that line adds
    /// to the expected number of right ones, over the same draws.
    ///
    /// The line is chosen on one half of the draws and valued on the other, and
    /// the reverse, because the best of many noisy lines always looks good.
    #[must_use]
    pub fn open_questions(&self, top: usize) -> Vec<OpenQuestion> {
        let columns = self.candidates.len();
        if top == 0 || top >= columns {
            return Vec::new();
        }
        let cuts = self.cuts(top);
        let chances: Vec<f64> = (0..columns).map(|column| self.share_over(&cuts, column)).collect();
        let mut order: Vec<usize> = (0..columns).collect();
        sort_descending(&mut order, &chances);
        let mut questions = Vec::new();
        for (place, &column) in order.iter().enumerate() {
            if chances[column] == 0.0 || chances[column] == 1.0 {
                continue;
            }
            let is_in = place < top;
            let rival = order[if is_in { top } else { top - 1 }];
            let lead = self.lead(&cuts, column, rival);
            let candidate = &self.candidates[column];
            for (input, spread) in candidate.belief.spreads() {
                if !spread.is_open() {
                    continue;
                }
                let cut = best_cut(&tallies(&candidate.belief, input, spread, &lead), input);
                if cut.gain >= LEAST_GAIN {
                    let width = (spread.high() - spread.low()) / BINS as f64;
                    questions.push(OpenQuestion {
                        position: candidate.position,
                        input,
                        gain: cut.gain,
                        threshold: spread.low() + width * cut.bin as f64,
                        chance: cut.chance,
                        rival: self.candidates[rival].position,
                        is_in,
                    });
                }
            }
        }
        questions.sort_by(|a, b| b.gain.total_cmp(&a.gain));
        questions
    }

    /// By draw: 1 where only the first is among the top, −1 where only the
    /// second is.
    fn lead(&self, cuts: &[f32], first: usize, second: usize) -> Vec<i8> {
        let scores = self.scores_of(first).iter().zip(self.scores_of(second));
        scores.zip(cuts).map(|((a, b), cut)| i8::from(a >= cut) - i8::from(b >= cut)).collect()
    }
}

/// Tallies of the even and of the odd draws.
fn tallies(belief: &Belief, input: Input, spread: &Spread, lead: &[i8]) -> [Tally; 2] {
    let empty = || Tally { lead: [0; BINS], draws: [0; BINS] };
    let mut tallies = [empty(), empty()];
    let mut random = belief.stream(input);
    let scale = BINS as f64 / (spread.high() - spread.low());
    for (draw, lead) in lead.iter().enumerate() {
        let value = spread.draw(&mut random);
        let bin = (((value - spread.low()) * scale) as usize).min(BINS - 1);
        let tally = &mut tallies[draw % 2];
        tally.lead[bin] += i64::from(*lead);
        tally.draws[bin] += 1;
    }
    tallies
}

/// The line that both halves together prefer, with the gain that each half
/// finds at the line of the other.
fn best_cut(halves: &[Tally; 2], input: Input) -> Cut {
    let leads = halves.each_ref().map(|half| leads_beyond(&half.lead, input));
    let draws: u64 = halves.iter().flat_map(|half| half.draws).sum();
    let best = |leads: &[i64; BINS + 1]| {
        let best = leads.iter().enumerate().max_by_key(|(bin, lead)| (**lead, usize::MAX - bin));
        best.map_or(0, |(bin, _)| bin)
    };
    let everywhere = if input.more_is_better() { 0 } else { BINS };
    let both: [i64; BINS + 1] = std::array::from_fn(|bin| leads[0][bin] + leads[1][bin]);
    let without = both[everywhere].max(0);
    let crossed = leads[0][best(&leads[1])] + leads[1][best(&leads[0])];
    let bin = best(&both);
    let on_better_side = |at: &usize| if input.more_is_better() { *at >= bin } else { *at < bin };
    let better: u64 =
        (0..BINS).filter(on_better_side).map(|at| halves[0].draws[at] + halves[1].draws[at]).sum();
    Cut {
        gain: (crossed - without) as f64 / draws as f64,
        bin,
        chance: better as f64 / draws as f64,
    }
}

/// The lead summed over the better side of every line between bins.
fn leads_beyond(lead: &[i64; BINS], input: Input) -> [i64; BINS + 1] {
    let mut sums = [0; BINS + 1];
    for bin in 0..BINS {
        sums[bin + 1] = sums[bin] + lead[bin];
    }
    if input.more_is_better() { sums.map(|below| sums[BINS] - below) } else { sums }
}
