//! The ranking as a Markdown table.

use super::{Line, Ranking, waterfall};
use crate::text::sanitize;

/// `prospect rank --format md`; with `why`, how each score comes about below
/// the table.
#[must_use]
pub fn ranking_markdown(ranking: &Ranking<'_>, why: bool) -> String {
    let mut text = "| # | score | range | idea | bet | status |\n\
                    |--:|------:|:-----:|:-----|:----|:-------|\n"
        .to_owned();
    text.extend(ranking.lines.iter().map(row));
    if why {
        text.push('\n');
        text.extend(ranking.lines.iter().map(|line| {
            let why = waterfall(line.idea, &line.score, &ranking.settings.score);
            format!("- **{}**: {why}\n", escaped(&line.idea.title))
        }));
    }
    text
}

fn row(line: &Line<'_>) -> String {
    format!(
        "| {} | {} | {} | {} (`{}`) | {} | {} |\n",
        line.rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string()),
        line.shown_score(),
        line.shown_range(),
        escaped(&line.idea.title),
        sanitize(&line.idea.id).replace(['`', '|'], "'"),
        line.idea.bet.map_or("", |kind| kind.id()),
        line.idea.status,
    )
}

/// Text in which nothing is markup.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in sanitize(text).chars() {
        if "\\`*_[]<>|~#&".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
