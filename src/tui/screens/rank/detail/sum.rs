//! The score as a waterfall, and as a sum that can be checked with a pencil.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::domain::{BetKind, CRITERIA, Criterion, Field, Idea, Rating};
use crate::judge::{Cap, Form, Score, ScorePart, ScoreRule, ordinal};
use crate::text::{shorten, width};
use crate::tui::screens::rank::{bet_inputs, rating};
use crate::tui::widgets::{StepBar, labelled};

use super::{Detail, NAME};

const ANSWER: usize = 8;
/// Columns for what a part adds.
const AMOUNT: usize = 5;

impl Detail<'_> {
    /// What every criterion adds, what the ceilings take, and the sum: all in
    /// tenths that add up as shown.
    pub(super) fn waterfall(&self) -> Vec<Line<'static>> {
        let Self { idea, score, styles, .. } = self;
        let rank = self.screen.rank_of(&idea.id, self.world);
        let mut head = vec![Span::styled(self.score_words(), styles.strong)];
        if let Some(rank) = rank {
            let place = format!(" · {} of {}", ordinal(rank), self.screen.ranked());
            head.push(Span::styled(place, styles.quiet));
        }
        let mut lines = vec![Line::from(head)];
        let shown = score.shown_parts();
        let mut sum = 0.0;
        for criterion in Criterion::ALL {
            let part = score.contributions[criterion.index()];
            let amount = shown[criterion.index()];
            lines.push(self.step(criterion, (sum, sum + part), amount));
            sum += part;
            if criterion == Criterion::Strategy {
                lines.extend(self.bet());
            }
        }
        if !score.rated {
            return lines;
        }
        let mut caps = Cap::of(idea, score, self.world.portfolio.rule()).into_iter();
        for ((part, amount), taken) in ScorePart::ALL.into_iter().zip(&shown).zip(score.parts()) {
            if part.is_cap() && *amount < 0.0 {
                let name = caps.next().map_or_else(|| part.name().to_owned(), |cap| cap.label());
                lines.push(self.cap(&name, (sum, sum + taken), &signed(*amount)));
                sum += taken;
            }
        }
        let total = score.shown();
        lines.push(self.bar("  score", styles.strong, "", (0.0, score.value()), &total));
        let line = line(score, self.world.portfolio.rule(), idea);
        lines.extend(labelled(Span::styled("  ", styles.quiet), &line, self.width, styles.quiet));
        if let Some(leak) = self.leak() {
            let indent = Span::styled("  ", styles.quiet);
            lines.extend(labelled(indent, &leak, self.width, styles.quiet));
        }
        lines
    }

    /// Why the score of a capped idea is higher than the cap.
    fn leak(&self) -> Option<String> {
        let (rule, score) = (self.world.portfolio.rule(), self.score);
        let is_capped = score.headroom_cap < 0.0 || score.strategy_cap < 0.0;
        let leaks = rule.form == Form::Leaky && rule.leak > 0.0;
        let said = || format!("{:.0} % of what lies above the cap still counts", rule.leak * 100.0);
        (is_capped && leaks).then(said)
    }

    fn step(&self, criterion: Criterion, bar: (f64, f64), amount: f64) -> Line<'static> {
        let known = !self.score.missing[criterion.index()];
        let answer = match criterion {
            Criterion::Strategy => known.then_some(self.score.strategy).map(tenths),
            _ => self.idea.rating(criterion),
        };
        let field = Field::Rating(criterion);
        let focused = self.screen.card.is_none() && self.screen.criterion == criterion;
        let mark = if focused { "▸ " } else { "  " };
        let style = if focused { self.styles.focused } else { self.styles.text };
        let amount = match (self.score.rated, known) {
            (false, _) => String::new(),
            (true, false) => format!("~{amount:.1}"),
            (true, true) => format!("{amount:.1}"),
        };
        let bar = if self.score.rated { bar } else { (0.0, 0.0) };
        let name = match (criterion, self.idea.bet) {
            (Criterion::Strategy, Some(BetKind::Hot)) => "bet (hot)",
            (Criterion::Strategy, Some(BetKind::NextHot)) => "bet (next-hot)",
            _ => rating::criterion_name(criterion),
        };
        let name = format!("{mark}{name}");
        self.bar(&name, style, &rating::shown(field, answer), bar, &amount)
    }

    /// One line of the waterfall: name, answer, bar, amount.
    fn bar(
        &self,
        name: &str,
        style: Style,
        answer: &str,
        (from, to): (f64, f64),
        amount: &str,
    ) -> Line<'static> {
        let styles = self.styles;
        let columns = self.width.saturating_sub(NAME + ANSWER + AMOUNT + 4).min(60);
        let columns = u16::try_from(columns).unwrap_or(0);
        let whole = self.score.contributions.iter().sum::<f64>().max(1.0);
        let step = StepBar { from: from / whole, to: to / whole, width: columns };
        let (mark, name) = name.split_at(name.len() - name.trim_start_matches(['▸', ' ']).len());
        Line::from(vec![
            Span::styled(mark.to_owned(), styles.accent),
            Span::styled(name.to_owned(), style),
            Span::raw(" ".repeat((NAME + 2).saturating_sub(width(mark) + width(name)))),
            Span::styled(format!("{answer:>ANSWER$} "), styles.text),
            step.span(styles.bar, styles.loss),
            Span::styled(format!(" {amount:>AMOUNT$}"), styles.text),
        ])
    }

    /// The line of a ceiling; its name goes over the empty part of the bar.
    fn cap(&self, name: &str, bar: (f64, f64), amount: &str) -> Line<'static> {
        let mut line = self.bar("  ", self.styles.text, "", bar, amount);
        let name = format!("  {name}");
        let mut covered = width(&name);
        line.spans.insert(0, Span::styled(name, self.styles.text));
        for span in line.spans.iter_mut().skip(1) {
            let blank = span.content.chars().take(covered).take_while(|c| *c == ' ').count();
            span.content = span.content.chars().skip(blank).collect::<String>().into();
            covered -= blank;
            if covered == 0 || !span.content.is_empty() {
                break;
            }
        }
        line
    }

    /// The answers that the strategy follows from.
    fn bet(&self) -> Vec<Line<'static>> {
        let answers: Vec<String> = bet_inputs(self.idea)
            .map(|input| {
                let answer = self.idea.bet_input(input);
                format!("{} {}", input.id(), rating::shown(Field::BetInput(input), answer))
            })
            .collect();
        if answers.is_empty() {
            return Vec::new();
        }
        let overridden = self.idea.rating(Criterion::Strategy).is_some();
        let note = if overridden { " (overridden by a direct rating)" } else { "" };
        let text = format!("    {}{note}", answers.join(" · "));
        vec![Line::styled(shorten(&text, self.width).into_owned(), self.styles.quiet)]
    }
}

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
fn signed(value: f64) -> String {
    if value < 0.0 { format!("−{:.1}", -value) } else { format!("{value:.1}") }
}

/// A number in tenths, without `.0`.
fn plain(value: f64) -> String {
    let tenths = (value * 10.0).round() / 10.0;
    format!("{}", tenths + 0.0)
}

fn tenths(rating: Rating) -> Rating {
    let round = |value: f64| (value * 10.0).round() / 10.0;
    Rating::range(round(rating.low()), round(rating.high())).unwrap_or(rating)
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
