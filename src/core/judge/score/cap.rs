//! Caps: what the ceilings of headroom and of the bet take from a score, in words.

use crate::domain::{Criterion, Idea, Rating};

use super::{Form, Score, ScoreRule};

/// A ceiling that takes something from a score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cap {
    /// Headroom, or strategy for the bet.
    pub by: Criterion,
    /// The answer that sets the ceiling, 0–10; `None` where it is unknown.
    pub answer: Option<Rating>,
    /// The ceiling at the lowest and the highest answer, 0–100.
    pub ceiling: (f64, f64),
    /// The form of the rule: under the multiplicative one the ceiling is a
    /// factor, in percent.
    form: Form,
}

impl Cap {
    /// The ceilings that take something from the score of an idea: none, one,
    /// or over a range both.
    #[must_use]
    pub fn of(idea: &Idea, score: &Score, rule: &ScoreRule) -> Vec<Self> {
        let headroom = (score.headroom_cap < 0.0).then(|| {
            let answer = idea.rating(Criterion::Headroom);
            let (low, high) = ends(answer);
            let ceiling = (rule.headroom_ceiling(low), rule.headroom_ceiling(high));
            Self { by: Criterion::Headroom, answer, ceiling, form: rule.form }
        });
        let bet = (score.strategy_cap < 0.0).then(|| {
            let is_known = !score.missing[Criterion::Strategy.index()];
            let (low, high) = (score.strategy.low(), score.strategy.high());
            let ceiling = (rule.bet_ceiling(low), rule.bet_ceiling(high));
            let answer = is_known.then_some(score.strategy);
            Self { by: Criterion::Strategy, answer, ceiling, form: rule.form }
        });
        headroom.into_iter().chain(bet).collect()
    }

    /// `headroom 2/10 caps at 36`, `the bet 6.8/10 caps at 77.6`.
    #[must_use]
    pub fn sentence(&self) -> String {
        let name = self.name();
        let verb = if self.form == Form::Multiplicative { "leaves %" } else { "caps at" };
        match self.answer {
            None => format!("{name}, unknown, caps"),
            Some(answer) => format!("{name} {}/10 {verb} {}", shown(answer), self.shown_ceiling()),
        }
    }

    /// `capped at 60 by headroom 5`, as a line of the waterfall on screen.
    #[must_use]
    pub fn label(&self) -> String {
        let verb = if self.form == Form::Multiplicative { "multiplied by %" } else { "capped at" };
        match self.answer {
            None => format!("capped by {}, unknown", self.name()),
            Some(answer) => {
                format!("{verb} {} by {} {}", self.shown_ceiling(), self.name(), shown(answer))
            }
        }
    }

    const fn name(&self) -> &'static str {
        match self.by {
            Criterion::Strategy => "the bet",
            criterion => criterion.id(),
        }
    }

    fn shown_ceiling(&self) -> String {
        let (low, high) = (tenths(self.ceiling.0), tenths(self.ceiling.1));
        if low == high { low } else { format!("{low}–{high}") }
    }
}

fn ends(answer: Option<Rating>) -> (f64, f64) {
    answer.map_or((0.0, 10.0), |answer| (answer.low(), answer.high()))
}

fn shown(answer: Rating) -> String {
    let (low, high) = (tenths(answer.low()), tenths(answer.high()));
    if low == high { low } else { format!("{low}..{high}") }
}

/// A number in tenths, without `.0`.
fn tenths(x: f64) -> String {
    format!("{}", (x * 10.0).round() / 10.0 + 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::score;

    fn caps(ratings: [(f64, f64); 5]) -> Vec<String> {
        let ratings = ratings.map(|(low, high)| Rating::range(low, high));
        let idea = Idea { ratings, ..Idea::new("a", "A") };
        let rule = ScoreRule::default();
        let caps = Cap::of(&idea, &score(&idea, &rule, false), &rule);
        caps.iter().flat_map(|cap| [cap.sentence(), cap.label()]).collect()
    }

    #[test]
    fn the_ceiling_that_counts_is_named_with_its_answer() {
        let exact = |x: [f64; 5]| caps(x.map(|x| (x, x)));
        assert_eq!(
            exact([9.0, 8.0, 8.0, 2.0, 8.0]),
            ["headroom 2/10 caps at 36", "capped at 36 by headroom 2"]
        );
        assert_eq!(
            exact([9.0, 9.0, 9.0, 9.0, 5.0]),
            ["the bet 5/10 caps at 65", "capped at 65 by the bet 5"]
        );
        assert_eq!(exact([5.0; 5]), [""; 0]);
        let mut ratings = [(9.0, 9.0); 5];
        ratings[3] = (1.0, 4.0);
        assert_eq!(
            caps(ratings),
            ["headroom 1..4/10 caps at 28–52", "capped at 28–52 by headroom 1..4"]
        );
    }
}
