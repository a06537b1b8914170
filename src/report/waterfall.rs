//! The waterfall of a score in one line, whose numbers add up as shown.

use super::number;
use crate::domain::{Criterion, Idea};
use crate::judge::{Form, Score, ScoreRule, shown_tenths};

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
    let mut parts = score.contributions.to_vec();
    parts.push(score.headroom_cap);
    let shown = shown_tenths(&parts, score.value());
    let (cap, parts) = shown.split_last().unwrap_or((&0.0, &[]));
    let terms = Criterion::ALL.iter().zip(parts).map(|(criterion, part)| {
        format!("{} {}{}", criterion.id(), doubt(idea, score, *criterion), number(*part))
    });
    let sum = format!("{} = {}", terms.collect::<Vec<_>>().join(" + "), number(parts.iter().sum()));
    if *cap == 0.0 {
        return sum;
    }
    let total = number(shown.iter().sum());
    format!("{sum}; {} → {} = {total}", limit(idea, rule), number(*cap))
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

/// `headroom 2/10 caps at 36`.
fn limit(idea: &Idea, rule: &ScoreRule) -> String {
    let verb = if rule.form == Form::Multiplicative { "leaves %" } else { "caps at" };
    let ceiling = |headroom: f64| number(rule.ceiling_at(headroom));
    match idea.rating(Criterion::Headroom) {
        None => "headroom, unknown, caps".to_owned(),
        Some(headroom) if headroom.is_value() => {
            format!("headroom {headroom}/10 {verb} {}", ceiling(headroom.low()))
        }
        Some(headroom) => {
            let (low, high) = (ceiling(headroom.low()), ceiling(headroom.high()));
            format!("headroom {headroom}/10 {verb} {low}–{high}")
        }
    }
}
