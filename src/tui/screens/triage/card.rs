//! The card as lines.

use ratatui::text::{Line, Span};

use crate::domain::{Criterion, Idea, Value};
use crate::judge::questions;
use crate::text::{sanitize, wrap};
use crate::tui::screens::Screen;
use crate::tui::theme::Styles;
use crate::tui::world::World;

use super::{Pass, TriageScreen, prose, rating};

const REMINDERS: usize = 2;

/// Everything there is to read on the card, in lines that fit.
pub(super) fn lines(
    screen: &TriageScreen,
    world: &World,
    styles: &Styles,
    columns: usize,
) -> Vec<Line<'static>> {
    let Some(idea) = screen.idea(world) else { return Vec::new() };
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
    let facts = facts(idea);
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
    if screen.pass() == Pass::Second && !screen.lenses.is_empty() {
        lines.push(Line::default());
        for lens in &screen.lenses {
            let wrapped = wrap(&format!("? {}", sanitize(lens)), columns);
            lines.extend(wrapped.into_iter().map(|line| Line::styled(line, styles.accent)));
        }
    }
    lines
}

fn facts(idea: &Idea) -> String {
    let list = |mark: &str, words: &[String]| {
        words.iter().map(|word| format!("{mark}{word}")).collect::<Vec<_>>().join(" ")
    };
    let parts = [
        list("#", &idea.tags),
        list("@", &idea.people),
        idea.bet.map(|kind| format!("{} bet", kind.id())).unwrap_or_default(),
        idea.from.as_ref().map(|from| format!("from {from}")).unwrap_or_default(),
        idea.created.map(|day| format!("since {day}")).unwrap_or_default(),
        idea.links.join(" "),
    ];
    let parts: Vec<&str> =
        parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

/// All questions with their answers; the one under the cursor stands out.
pub(super) fn answers(
    screen: &TriageScreen,
    idea: &Idea,
    styles: &Styles,
    columns: usize,
) -> Vec<Line<'static>> {
    let mut lines: Vec<Line<'static>> = vec![Line::default()];
    for field in questions(idea) {
        let answer = match idea.get(field) {
            Some(Value::Rating(answer)) => rating::shown(field, Some(answer)),
            Some(value) => value.to_string(),
            None => "?".to_owned(),
        };
        let (_, name) = field.path();
        let name = if name == "kind" { "bet" } else { name };
        let is_here = Some(field) == screen.question;
        let spans = [
            Span::styled(format!(" {name} "), if is_here { styles.focused } else { styles.quiet }),
            Span::styled(format!("{answer} "), if is_here { styles.strong } else { styles.text }),
        ];
        let needed: usize = spans.iter().map(Span::width).sum();
        if lines.last().is_some_and(|line| line.width() + needed > columns) {
            lines.push(Line::default());
        }
        if let Some(line) = lines.last_mut() {
            line.spans.extend(spans);
        }
    }
    lines
}
