//! Two ideas side by side: why one stands above the other.

use super::{QUIET, STRONG, number};
use crate::domain::{Idea, Portfolio};
use crate::judge::{Comparison, Sampling, ScoreRule, Study, compare, others, percent, score};
use crate::text::{sanitize, shorten, wrap};

/// Titles above the columns are cut to this width.
const TITLE_COLUMNS: usize = 18;

/// Two ideas and what tells them apart.
#[derive(Clone, Debug)]
pub struct IdeaComparison<'a> {
    pub left: &'a Idea,
    pub right: &'a Idea,
    /// Their scores, term by term; `None` unless both are rated.
    pub terms: Option<Comparison>,
    /// The probability that the one is better than the other.
    pub chance: Option<f64>,
}

impl<'a> IdeaComparison<'a> {
    /// Compares two ideas of a portfolio.
    #[must_use]
    pub fn new(
        left: &'a Idea,
        right: &'a Idea,
        portfolio: &Portfolio,
        rule: &ScoreRule,
        sampling: &Sampling,
    ) -> Self {
        let judged = |idea: &Idea| {
            let mut answers = others(portfolio, idea).into_iter().flatten();
            score(idea, rule, answers.any(Option::is_some))
        };
        let study = Study::new(&[left, right], portfolio, rule, sampling);
        let terms = compare(&judged(left), &judged(right));
        Self { left, right, terms, chance: study.pairwise(0, 1) }
    }

    /// Why one stands above the other, in a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        match &self.terms {
            Some(terms) => terms.sentence(&self.left.title, &self.right.title),
            None => {
                let unrated = if self.left.has_ratings() { self.right } else { self.left };
                format!(
                    "nothing about \"{}\" is rated, so there is nothing to compare",
                    unrated.title
                )
            }
        }
    }
}

/// `prospect why`: the sentence, then the terms, in at most `columns` columns
/// where the words allow.
#[must_use]
pub fn comparison_text(pair: &IdeaComparison<'_>, columns: usize) -> String {
    let mut text = wrap(&sanitize(&pair.sentence()), columns.max(20)).join("\n") + "\n";
    let Some(comparison) = &pair.terms else { return text };
    let title = |idea: &Idea| shorten(&sanitize(&idea.title), TITLE_COLUMNS).into_owned();
    let (left, right) = (title(pair.left), title(pair.right));
    let line = |name: &str, left: &str, right: &str, difference: &str| {
        let cell = |text: &str| {
            format!("{}{text}", " ".repeat(TITLE_COLUMNS.saturating_sub(crate::text::width(text))))
        };
        format!("  {name:<14}{}  {}  {difference:>10}", cell(left), cell(right))
    };
    text.push_str(&format!("\n{QUIET}{}{QUIET:#}\n", line("", &left, &right, "difference")));
    for term in &comparison.terms {
        let (left, right) = (number(term.left), number(term.right));
        text.push_str(&line(term.name(), &left, &right, &signed(term.difference())));
        text.push('\n');
    }
    let total = line(
        "score",
        &number(comparison.left),
        &number(comparison.right),
        &signed(comparison.difference()),
    );
    text.push_str(&format!("{STRONG}{total}{STRONG:#}\n"));
    if let Some(chance) = pair.chance {
        let likely = if chance >= 0.5 { (pair.left, chance) } else { (pair.right, 1.0 - chance) };
        let sentence = format!(
            "With ranges, unknowns and weights near yours drawn at random, \"{}\" is the better one \
             in {} of the draws.",
            likely.0.title,
            percent(likely.1)
        );
        text.push('\n');
        text.push_str(&(wrap(&sanitize(&sentence), columns.max(20)).join("\n") + "\n"));
    }
    text
}

fn signed(x: f64) -> String {
    if x > 0.0 { format!("+{}", number(x)) } else { number(x) }
}
