//! A comparison of two scores, term by term.

use crate::domain::Criterion;

use crate::judge::score::{Group, TIE};
use crate::judge::{Score, ScorePart, numeric};

/// Two scores side by side, as they are shown: in tenths that add up.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// What every criterion adds, then what the caps take.
    pub terms: Vec<Term>,
    /// The score of the one, the sum of its terms.
    pub left: f64,
    /// The score of the other, the sum of its terms.
    pub right: f64,
    lead: Lead,
}

/// One line of a [`Comparison`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Term {
    /// Which part of the score.
    pub part: ScorePart,
    /// What it adds to the one, in tenths.
    pub left: f64,
    /// What it adds to the other, in tenths.
    pub right: f64,
}

/// Why one stands above the other.
#[derive(Clone, Debug, PartialEq)]
enum Lead {
    /// The score alone decides.
    Score,
    /// The same group and the same score.
    Tie,
    /// The other is incomplete: what of it is not known.
    Known { left: bool, missing: Vec<Criterion> },
}

impl Term {
    /// The name on screen.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.part.name()
    }

    /// What the one gets more than the other, in tenths.
    #[must_use]
    pub fn difference(&self) -> f64 {
        tenths(self.left - self.right)
    }
}

/// Compares two scores; `None` unless both ideas are rated.
#[must_use]
pub fn compare(left: &Score, right: &Score) -> Option<Comparison> {
    if !left.rated || !right.rated {
        return None;
    }
    let (left_terms, right_terms) = (left.shown_parts(), right.shown_parts());
    let sides = left_terms.iter().zip(&right_terms);
    let terms = ScorePart::ALL
        .into_iter()
        .zip(sides)
        .map(|(part, (left, right))| Term { part, left: *left, right: *right })
        .collect();
    Some(Comparison {
        terms,
        left: tenths(left.value()),
        right: tenths(right.value()),
        lead: Lead::of(left, right),
    })
}

impl Lead {
    fn of(left: &Score, right: &Score) -> Self {
        let missing = |score: &Score| score.missing().collect();
        match (Group::of(left), Group::of(right)) {
            (a, b) if a < b => Self::Known { left: true, missing: missing(right) },
            (a, b) if a > b => Self::Known { left: false, missing: missing(left) },
            _ if (left.value() - right.value()).abs() <= TIE => Self::Tie,
            _ => Self::Score,
        }
    }
}

impl Comparison {
    /// What the one has more than the other: the sum of the differences of the
    /// terms.
    #[must_use]
    pub fn difference(&self) -> f64 {
        tenths(self.left - self.right)
    }

    /// The comparison in a sentence, from the one that stands above: `"A"
    /// stands above "B" by 12.3: generality +8.0, headroom +5.0; against it
    /// simplicity −0.7`.
    #[must_use]
    pub fn sentence(&self, left: &str, right: &str) -> String {
        let left_leads = match &self.lead {
            Lead::Known { left, .. } => *left,
            Lead::Score | Lead::Tie => self.difference() >= 0.0,
        };
        let (above, below, sign) =
            if left_leads { (left, right, 1.0) } else { (right, left, -1.0) };
        let lead = sign * self.difference();
        let verdict = match &self.lead {
            Lead::Tie => format!("\"{above}\" and \"{below}\" have the same score"),
            Lead::Score if lead == 0.0 => {
                format!("\"{above}\" and \"{below}\" are less than a tenth apart")
            }
            Lead::Score => format!("\"{above}\" stands above \"{below}\" by {lead:.1}"),
            Lead::Known { missing, .. } => {
                let names: Vec<&str> = missing.iter().map(|criterion| criterion.id()).collect();
                let names = names.join(" and ");
                let by_score = match lead {
                    lead if lead > 0.0 => format!("is ahead by {lead:.1}"),
                    lead if lead < 0.0 => format!("is behind by {:.1}", -lead),
                    _ => "is level".to_owned(),
                };
                format!(
                    "\"{above}\" stands above \"{below}\", which lacks {names}; by score it \
                     {by_score}"
                )
            }
        };
        match self.reasons(sign) {
            reasons if reasons.is_empty() => verdict,
            reasons => format!("{verdict}: {reasons}"),
        }
    }

    /// What speaks for the one above, then what speaks against, the largest
    /// first.
    fn reasons(&self, sign: f64) -> String {
        let mut differences: Vec<(f64, &str)> =
            self.terms.iter().map(|term| (sign * term.difference(), term.name())).collect();
        differences.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
        let list = |keep: fn(f64) -> bool| {
            let kept = differences.iter().filter(|(difference, _)| keep(*difference));
            let words =
                kept.map(|(difference, name)| format!("{name} {}", numeric::signed(*difference)));
            words.collect::<Vec<_>>().join(", ")
        };
        let (with, against) = (list(|x| x > 0.0), list(|x| x < 0.0));
        match (with.is_empty(), against.is_empty()) {
            (_, true) => with,
            (true, false) => against,
            (false, false) => format!("{with}; against it {against}"),
        }
    }
}

/// Rounded to a tenth; −0.0 becomes 0.
fn tenths(x: f64) -> f64 {
    (x * 10.0).round() / 10.0 + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Idea, Rating};
    use crate::judge::{ScoreRule, score};
    use proptest::prelude::*;

    fn rated(ratings: [Option<f64>; 5]) -> Score {
        let ratings = ratings.map(|rating| rating.map(Rating::value));
        score(&Idea { ratings, ..Idea::new("a", "a") }, &ScoreRule::default(), false)
    }

    #[test]
    fn the_sentence_begins_with_the_one_above() {
        let strong = rated([8.0, 9.0, 8.0, 9.0, 7.0].map(Some));
        let capped = rated([9.0, 8.0, 8.0, 2.0, 8.0].map(Some));
        let expected = "\"A\" stands above \"B\" by 38.9: headroom cap +25.9, headroom +17.5, \
                        generality +2.0; against it bet cap −3.0, strategy −2.0, simplicity −1.5";
        assert_eq!(compare(&strong, &capped).unwrap().sentence("A", "B"), expected);
        assert_eq!(compare(&capped, &strong).unwrap().sentence("B", "A"), expected);
    }

    #[test]
    fn what_is_unknown_decides_before_the_score() {
        let poor = rated([2.0; 5].map(Some));
        let open = rated([Some(9.0), Some(9.0), None, Some(9.0), None]);
        let sentence = compare(&open, &poor).unwrap().sentence("open", "poor");
        let start = "\"poor\" stands above \"open\", which lacks longevity and strategy; by \
                     score it is behind by ";
        assert!(sentence.starts_with(start), "{sentence}");
    }

    #[test]
    fn equals_are_not_put_in_an_order() {
        let score = rated([5.0; 5].map(Some));
        let sentence = compare(&score, &score).unwrap().sentence("A", "B");
        assert_eq!(sentence, "\"A\" and \"B\" have the same score");
        assert_eq!(compare(&score, &rated([None; 5])), None);
    }

    proptest! {
        #[test]
        fn the_differences_of_the_terms_sum_to_the_difference(
            left in prop::array::uniform5(0.0..=10.0), right in prop::array::uniform5(0.0..=10.0),
        ) {
            let comparison = compare(&rated(left.map(Some)), &rated(right.map(Some))).unwrap();
            let sum: f64 = comparison.terms.iter().map(Term::difference).sum();
            prop_assert!((sum - comparison.difference()).abs() < 1e-9);
            let left: f64 = comparison.terms.iter().map(|term| term.left).sum();
            prop_assert!((left - comparison.left).abs() < 1e-9);
        }
    }
}
