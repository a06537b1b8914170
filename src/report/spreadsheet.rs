//! The ranking as comma-separated values.

use anyhow::Context;

use super::{Line, Ranking};
use crate::domain::Criterion;
use crate::text::sanitize;

/// `prospect rank --format csv`: a header and a line for each idea; numbers in
/// full, empty where nothing is known. `…_points` is what a criterion adds to
/// the score.
///
/// # Errors
/// Never in practice: it writes to memory.
pub fn ranking_csv(ranking: &Ranking<'_>) -> anyhow::Result<String> {
    let mut header =
        ["rank", "id", "title", "status", "bet", "complete", "score", "low", "high", "strategy"]
            .map(str::to_owned)
            .to_vec();
    header.extend(Criterion::ALL.map(|criterion| format!("{}_points", criterion.id())));
    header.extend(["headroom_cap", "strategy_cap", "missing", "flags", "tags"].map(str::to_owned));
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&header).context("the header")?;
    for line in &ranking.lines {
        writer.write_record(cells(line)).context("a line")?;
    }
    let bytes = writer.into_inner().context("the end")?;
    String::from_utf8(bytes).context("the text")
}

fn cells(line: &Line<'_>) -> Vec<String> {
    let Line { rank, idea, score, review } = line;
    let rated = |x: f64| if score.rated { (x + 0.0).to_string() } else { String::new() };
    let mut cells = vec![
        rank.map_or_else(String::new, |rank| rank.to_string()),
        defused(&idea.id),
        defused(&idea.title),
        idea.status.id().to_owned(),
        idea.bet.map_or("", |kind| kind.id()).to_owned(),
        score.is_complete().to_string(),
        rated(score.value()),
        rated(score.low),
        rated(score.high),
        score.strategy.middle().to_string(),
    ];
    cells.extend(score.contributions.map(rated));
    cells.extend([score.headroom_cap, score.strategy_cap].map(rated));
    cells.push(score.missing().map(Criterion::id).collect::<Vec<_>>().join(" "));
    cells.push(review.flags.iter().map(|flag| flag.id()).collect::<Vec<_>>().join(" "));
    cells.push(defused(&idea.tags.join(", ")));
    cells
}

/// Text that no spreadsheet runs and no terminal obeys: a quote in front of
/// what would start a formula.
pub(super) fn defused(text: &str) -> String {
    // Some spreadsheets skip blanks first, and take full-width signs for plain ones.
    let starts_formula = text.starts_with(['\t', '\r'])
        || text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let lines: Vec<_> = text.split('\n').map(sanitize).collect();
    format!("{}{}", if starts_formula { "'" } else { "" }, lines.join("\n"))
}
