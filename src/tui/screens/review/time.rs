//! Time logged during the last month.

use ratatui::text::{Line, Span};

use crate::judge::Verdict;
use crate::text::{fit, sanitize, shorten, wrap};
use crate::tui::theme::Styles;
use crate::tui::world::World;

use crate::tui::jobs::review::ReviewFindings;

use super::ReviewScreen;

/// The row in the list, and the title of the page.
pub(super) const TITLE: &str = "where the time went";

const VERDICT: usize = 16;

/// Columns of a bar that holds all hours.
const BAR: f64 = 24.0;

/// The page: choosing beside working in one sentence, and the hours by verdict and by idea.
pub(super) fn page(
    screen: &ReviewScreen,
    world: &World,
    styles: &Styles,
    width: usize,
) -> (Vec<Line<'static>>, Vec<Line<'static>>) {
    let sentence = wrap(&screen.time_spent(world).sentence(), width);
    let mut head = vec![Line::styled(TITLE, styles.strong)];
    head.extend(sentence.into_iter().map(|line| Line::styled(line, styles.text)));
    head.push(Line::default());
    let ReviewFindings { hours, reviews, .. } = &*screen.findings;
    let total: f64 = hours.iter().map(|(_, hours)| hours).sum();
    let verdict_of = |at: &usize| reviews.get(*at).map(|review| review.traction.verdict);
    let share = |hours: f64| format!("{hours:>5.0} h {:>3.0} %  ", 100.0 * hours / total);
    let mut rest = Vec::new();
    for verdict in Verdict::ALL.into_iter().filter(|verdict| *verdict != Verdict::Unclear) {
        let word = verdict.shown();
        let these = hours
            .iter()
            .filter(|(at, _)| verdict_of(at).is_some_and(|other| other.shown() == word));
        let sum: f64 = these.map(|(_, hours)| hours).sum();
        if sum > 0.0 {
            let bar = "■".repeat((BAR * sum / total).round().max(1.0) as usize);
            rest.push(Line::from(vec![
                Span::styled(fit(word, VERDICT), styles.text),
                Span::styled(share(sum), styles.text),
                Span::styled(bar, if verdict.is_stall() { styles.caution } else { styles.accent }),
            ]));
        }
    }
    if !rest.is_empty() {
        rest.push(Line::default());
    }
    rest.extend(hours.iter().filter_map(|(at, hours)| {
        let idea = screen.findings.idea(*at, &world.portfolio)?;
        let verdict = fit(verdict_of(at)?.shown(), VERDICT);
        let text = format!("{verdict}{}{}", share(*hours), sanitize(&idea.title));
        Some(Line::styled(shorten(&text, width).into_owned(), styles.text))
    }));
    (head, rest)
}
