//! The waterfall of a score in one line, whose numbers add up as shown.

use super::number;
use crate::domain::{CRITERIA, Criterion, Idea};
use crate::judge::{Cap, Score, ScoreRule};

/// `simplicity 13.5 + generality 16 + … = 66.5; headroom 2/10 caps at 36 →
/// −25.9 = 40.6`. What is unknown (`?`) or a range (`~`) counts with the mean of
/// what both ends add.
///
/// ```
/// use prospect::domain::{Criterion, Idea, Rating};
/// use prospect::judge::{ScoreRule, score};
/// let mut idea = Idea::new("capped", "A narrow topic, well done");
/// idea.ratings = [9.0, 8.0, 8.0, 2.0, 8.0].map(|x| Some(Rating::value(x)));
/// let rule = ScoreRule::default();
/// assert_eq!(
///     prospect::report::waterfall(&idea, &score(&idea, &rule, false), &rule),
///     "simplicity 13.5 + generality 16 + longevity 16 + headroom 5 + strategy 16 = 66.5; \
///      headroom 2/10 caps at 36 → −25.9 = 40.6",
/// );
/// ```
#[must_use]
pub fn waterfall(idea: &Idea, score: &Score, rule: &ScoreRule) -> String {
    if !score.rated {
        return "nothing is rated yet, so there is no score".to_owned();
    }
    let shown = score.shown_parts();
    let (parts, caps) = shown.split_at(CRITERIA);
    let terms = Criterion::ALL.iter().zip(parts).map(|(criterion, part)| {
        format!("{} {}{}", criterion.id(), doubt(idea, score, *criterion), number(*part))
    });
    let sum = format!("{} = {}", terms.collect::<Vec<_>>().join(" + "), number(parts.iter().sum()));
    let taken: f64 = caps.iter().sum();
    if taken == 0.0 {
        return sum;
    }
    let causes: Vec<String> = Cap::of(idea, score, rule).iter().map(Cap::sentence).collect();
    let total = number(shown.iter().sum());
    format!("{sum}; {} → {} = {total}", causes.join(", "), number(taken))
}

/// What stands in front of a part whose answer is not one number.
fn doubt(idea: &Idea, score: &Score, criterion: Criterion) -> &'static str {
    let range = match criterion {
        Criterion::Strategy => !score.strategy.is_value(),
        _ => idea.rating(criterion).is_some_and(|rating| !rating.is_value()),
    };
    match (score.missing[criterion.index()], range) {
        (true, _) => "?",
        (false, true) => "~",
        (false, false) => "",
    }
}
