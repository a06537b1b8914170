//! The card as lines.

use ratatui::text::Line;

use crate::domain::{Criterion, Date, Idea};
use crate::text::wrap;
use crate::tui::theme::Styles;
use crate::tui::world::World;

use super::{TriageScreen, prose};

const REMINDERS: usize = 2;

/// Everything there is to read on the card, in lines that fit.
pub(super) fn lines(
    screen: &TriageScreen,
    world: &World,
    styles: &Styles,
    columns: usize,
) -> Vec<Line<'static>> {
    let Some(idea) = screen.on_table(world) else { return Vec::new() };
    let mut lines: Vec<Line<'static>> = wrap(&idea.title, columns)
        .into_iter()
        .map(|line| Line::styled(line, styles.strong))
        .collect();
    let mut add = |text: &str, style| {
        lines.extend(wrap(text, columns).into_iter().map(|line| Line::styled(line, style)));
    };
    if let Some(returned) = screen.round.returned(&idea.id) {
        add(&format!("↩ {returned}"), styles.accent);
    }
    let facts = facts(idea, world.portfolio.as_of());
    if !facts.is_empty() {
        add(&facts, styles.quiet);
    }
    if let Some(similar) = screen.reminders(world) {
        for idea in similar.lines.iter().take(REMINDERS) {
            add(&format!("≈ {}", idea.said), styles.caution);
            if let Some(lesson) = &idea.lesson {
                add(&format!("  {lesson}"), styles.caution);
            }
        }
        if let Some(perhaps) = &similar.perhaps {
            add(perhaps, styles.quiet);
        }
    }
    let disputed: Vec<&str> =
        world.portfolio.disputes(idea).into_iter().map(Criterion::id).collect();
    if !disputed.is_empty() {
        let names = disputed.join(", ");
        add(&format!("≠ disputed: people disagree on {names}"), styles.caution);
    }
    let summary = prose::lines(&idea.summary, columns);
    if !idea.summary.trim().is_empty() {
        lines.push(Line::default());
        lines.extend(summary.into_iter().map(|line| Line::styled(line, styles.text)));
    }
    lines
}

/// `19 Aug`; with the year where it is another.
pub(super) fn shown_day(day: Date, today: Date) -> String {
    let format = if day.year() == today.year() { "%-d %b" } else { "%-d %b %Y" };
    day.strftime(format).to_string()
}

fn facts(idea: &Idea, today: Date) -> String {
    let list = |mark: &str, words: &[String]| {
        words.iter().map(|word| format!("{mark}{word}")).collect::<Vec<_>>().join(" ")
    };
    let parts = [
        list("#", &idea.tags),
        list("@", &idea.people),
        idea.bet.map(|kind| kind.id().to_owned()).unwrap_or_default(),
        idea.from.as_ref().map(|from| format!("from {from}")).unwrap_or_default(),
        idea.created.map(|day| format!("since {}", shown_day(day, today))).unwrap_or_default(),
        idea.links.join(" "),
    ];
    let parts: Vec<&str> =
        parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}
