//! The review of a workspace, for a person and as a memo.

use super::markdown::escaped;
use super::text_page::Page;
use super::{Line, Ranking, number};
use crate::domain::Status;
use crate::judge::{TimeSpent, Urgency, hours_within, tag_rollups};
use crate::text::{fit, sanitize, width};

/// The ideas of a ranking, those that need a decision first, the most urgent of
/// them first, else in the order of the files.
#[must_use]
pub fn agenda<'r, 'a>(ranking: &'r Ranking<'a>) -> Vec<&'r Line<'a>> {
    let mut lines: Vec<&Line<'_>> = ranking.lines.iter().collect();
    let position = |line: &Line<'_>| ranking.portfolio.position(&line.idea.id);
    lines.sort_by_key(|line| (line.review.urgency.is_none(), line.review.urgency, position(line)));
    lines
}

/// `prospect review`: what needs a decision and why, what the logs of the other
/// ideas at work say, whole directions, and where the hours of the last month
/// went. In lines of at most `columns`.
#[must_use]
pub fn review_text(ranking: &Ranking<'_>, spent: &TimeSpent, columns: usize) -> String {
    let mut page = Page::new(columns);
    let agenda = agenda(ranking);
    let due = agenda.iter().filter(|line| line.review.due).count();
    let facts = format!("as of {}", ranking.as_of);
    page.title(&waiting(due), &facts);
    for line in agenda.iter().filter(|line| line.review.due) {
        let urgency = line.review.urgency.map_or("", Urgency::words);
        page.heading(&format!("{urgency}: {} ({})", line.idea.title, line.idea.id));
        for reason in &line.review.reasons {
            page.item("", reason);
        }
        if let Some(alternative) = alternative(ranking, line) {
            page.item("", &alternative);
        }
    }
    if let Some(attention) = &ranking.attention {
        page.heading("Hours against rank");
        page.item("", &attention.sentence());
    }
    let sentence = |line: &&&Line<'_>| {
        let review = &line.review;
        let said = review.reasons.first().cloned();
        let said = said.unwrap_or_else(|| review.traction.sentence(&ranking.settings.stall));
        (
            format!("{}  ", fit(review.traction.verdict.shown(), 14)),
            format!("{}: {said}", line.idea.id),
        )
    };
    let at_work =
        |line: &&&Line<'_>| !line.review.due && line.review.effective_status == Status::Active;
    page.section("No decision needed", agenda.iter().filter(at_work).map(|line| sentence(&line)));
    let directions = tag_rollups(ranking.portfolio, &ranking.settings.stall, ranking.as_of);
    let directions = directions.iter().map(|direction| {
        let said = direction.traction.sentence(&ranking.settings.stall);
        let ideas = direction.positions.len();
        (
            format!("{}  ", fit(direction.traction.verdict.shown(), 14)),
            format!("{} ({ideas} ideas): {said}", direction.tag),
        )
    });
    page.section("Whole directions", directions);
    page.heading("Where the time went");
    page.item("", &spent.sentence());
    for (amount, idea) in hours(ranking) {
        page.item(&amount, &idea);
    }
    page.into_text()
}

fn waiting(due: usize) -> String {
    match due {
        0 => "No decision waits".to_owned(),
        1 => "1 decision waits".to_owned(),
        many => format!("{many} decisions wait"),
    }
}

/// What one could do instead, and what staying costs.
fn alternative(ranking: &Ranking<'_>, line: &Line<'_>) -> Option<String> {
    if line.review.effective_status != Status::Active {
        return None;
    }
    let other = line.review.best_alternative?;
    let idea = ranking.portfolio.ideas().get(other.position)?;
    let cost = number(other.opportunity_cost);
    Some(format!("best alternative: {} ({}), {cost} points more", idea.title, idea.id))
}

/// Hours of the last month with the idea and its verdict.
fn hours(ranking: &Ranking<'_>) -> Vec<(String, String)> {
    let spent = hours_within(ranking.portfolio, TimeSpent::DAYS, ranking.as_of);
    let total: f64 = spent.iter().map(|(_, hours)| hours).sum();
    let rows = spent.into_iter().filter_map(|(position, hours)| {
        let idea = &ranking.portfolio.ideas()[position];
        let line = ranking.lines.iter().find(|line| line.idea.id == idea.id)?;
        let verdict = line.review.traction.verdict.shown();
        Some((
            format!("{:>6} h  {:>3.0} %  ", number(hours), 100.0 * hours / total),
            format!("{} ({verdict})", idea.title),
        ))
    });
    rows.collect()
}

/// `prospect review --format md`: a memo that can be sent or kept.
#[must_use]
pub fn review_markdown(ranking: &Ranking<'_>, spent: &TimeSpent) -> String {
    let agenda = agenda(ranking);
    let (due, rest): (Vec<&Line<'_>>, Vec<&Line<'_>>) =
        agenda.into_iter().partition(|line| line.review.due);
    let mut text = format!("# Review of {}\n\n{}.\n", ranking.as_of, waiting(due.len()));
    for line in due {
        let urgency = line.review.urgency.map_or("", Urgency::words);
        text.push_str(&format!("\n## {}\n\n", escaped(&line.idea.title)));
        text.push_str(&format!(
            "`{}`, {}, **{urgency}**\n\n",
            line.idea.id,
            line.idea.status.shown()
        ));
        let alternative = alternative(ranking, line);
        for said in line.review.reasons.iter().chain(alternative.as_ref()) {
            text.push_str(&format!("- {}\n", escaped(said)));
        }
        text.push_str("\nDecision:\n");
    }
    if let Some(attention) = &ranking.attention {
        text.push_str(&format!("\n## Hours against rank\n\n{}.\n", attention.sentence()));
    }
    let quiet = rest.iter().filter(|line| line.review.effective_status == Status::Active);
    let mut quiet = quiet.peekable();
    if quiet.peek().is_some() {
        text.push_str("\n## No decision needed\n\n");
    }
    for line in quiet {
        let verdict = line.review.traction.verdict.shown();
        let said = line.review.traction.sentence(&ranking.settings.stall);
        let title = escaped(&line.idea.title);
        text.push_str(&format!("- {title} ({verdict}): {}\n", escaped(&said)));
    }
    text.push_str(&format!("\n## Where the time went\n\n{}.\n\n", spent.sentence()));
    for (amount, idea) in hours(ranking) {
        text.push_str(&format!("- {}: {}\n", amount.trim(), escaped(&idea)));
    }
    text
}

/// Widths of a column that holds all of these.
pub(super) fn widest<'t>(texts: impl IntoIterator<Item = &'t str>) -> usize {
    texts.into_iter().map(|text| width(&sanitize(text))).max().unwrap_or(0)
}
