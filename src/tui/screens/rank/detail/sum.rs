//! The score as a sum that can be checked with a pencil.

use crate::domain::{CRITERIA, Idea};
use crate::judge::{Cap, Score, ScoreRule};

/// `13.5+16+16+5+16 = 66.5; headroom 2/10 caps at 36 → −25.9 = 40.6`, in the
/// order of the criteria.
pub(super) fn line(score: &Score, rule: &ScoreRule, idea: &Idea) -> String {
    let shown = score.shown_parts();
    let (parts, caps) = shown.split_at(CRITERIA);
    let terms: Vec<String> = parts.iter().map(|part| plain(*part)).collect();
    let (sum, taken): (f64, f64) = (parts.iter().sum(), caps.iter().sum());
    let head = format!("{} = {}", terms.join("+"), plain(sum));
    if taken >= 0.0 {
        return head;
    }
    let causes: Vec<String> = Cap::of(idea, score, rule).iter().map(Cap::sentence).collect();
    format!("{head}; {} → {} = {}", causes.join(", "), signed(taken), plain(sum + taken))
}

/// A number in tenths with the minus sign that is as wide as a plus.
pub(super) fn signed(value: f64) -> String {
    if value < 0.0 { format!("−{:.1}", -value) } else { format!("{value:.1}") }
}

/// A number in tenths, without `.0`.
fn plain(value: f64) -> String {
    let tenths = (value * 10.0).round() / 10.0;
    format!("{}", tenths + 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Rating;
    use crate::judge::score;

    #[test]
    fn the_line_of_the_reference_adds_up() {
        let mut idea = Idea::new("a", "A");
        idea.ratings = [9.0, 8.0, 8.0, 2.0, 8.0].map(|value| Some(Rating::value(value)));
        let rule = ScoreRule::default();
        let line = line(&score(&idea, &rule, false), &rule, &idea);
        assert_eq!(line, "13.5+16+16+5+16 = 66.5; headroom 2/10 caps at 36 → −25.9 = 40.6");
    }

    #[test]
    fn without_a_cap_it_is_a_sum() {
        let mut idea = Idea::new("a", "A");
        idea.ratings = [Some(Rating::value(5.0)); 5];
        let rule = ScoreRule::default();
        assert_eq!(line(&score(&idea, &rule, false), &rule, &idea), "7.5+10+10+12.5+10 = 50");
    }
}
