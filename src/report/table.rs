//! The ranking as lines for a person, and the waterfall of a score in one line,
//! whose numbers add up as shown.

use super::{Line, QUIET, Ranking, STRONG, number};
use crate::domain::{CRITERIA, Criterion, Idea};
use crate::judge::{Cap, Score, ScoreRule};
use crate::text::{fit, sanitize, shorten, width, wrap};

/// Titles are not cut below this many columns; ids give way first.
const TITLE_COLUMNS: usize = 30;

/// An id in less room than this says nothing.
const ID_COLUMNS: usize = 8;

/// From this many columns on, the way of betting is shown too.
const WITH_BET: usize = 100;

/// A column of the table.
struct Column {
    title: &'static str,
    width: usize,
    right: bool,
    quiet: bool,
    cell: fn(&Line<'_>) -> String,
}

/// Columns where the output is no terminal.
const PIPE_COLUMNS: usize = 80;

/// `prospect rank`: aligned by what a terminal shows, in at most so many columns;
/// where the output is no terminal, ids are whole. With `why`, the parts of each score below it.
#[must_use]
pub fn ranking_table(ranking: &Ranking<'_>, terminal: Option<usize>, why: bool) -> String {
    let layout = layout(ranking, terminal);
    let columns = terminal.unwrap_or(PIPE_COLUMNS);
    let header: Vec<String> = layout.iter().map(|column| column.aligned(column.title)).collect();
    let mut text = format!("{QUIET}{}{QUIET:#}\n", header.join("  ").trim_end());
    let mut group = Group::Complete;
    for line in &ranking.lines {
        let of = Group::of(line);
        if of != group {
            text.push_str(&format!("{QUIET}{}{QUIET:#}\n", shorten(of.heading(), columns)));
            group = of;
        }
        text.push_str(&row(&layout, line));
        if why {
            let why = waterfall(line.idea, &line.score, &ranking.settings.score);
            for part in wrap(&why, columns.saturating_sub(4).max(20)) {
                text.push_str(&format!("    {QUIET}{part}{QUIET:#}\n"));
            }
        }
    }
    text
}

fn layout(ranking: &Ranking<'_>, terminal: Option<usize>) -> Vec<Column> {
    let columns = terminal.unwrap_or(PIPE_COLUMNS);
    let widest = |cell: fn(&Line<'_>) -> String, least: usize| {
        ranking.lines.iter().map(|line| width(&cell(line))).fold(least, usize::max)
    };
    let column = |title, least, right, quiet, cell| Column {
        title,
        width: widest(cell, least),
        right,
        quiet,
        cell,
    };
    let mut layout = vec![
        column("#", 2, true, false, rank_cell),
        column("score", 5, true, false, score_cell),
        column("range", 5, true, true, range_cell),
    ];
    if columns >= WITH_BET {
        layout.push(column("bet", 3, false, true, bet_cell));
    }
    layout.push(column("status", 6, false, true, |line| line.idea.status.shown().to_owned()));
    let mut id = column("id", 2, false, true, |line| sanitize(&line.idea.id).into_owned());
    let mut title = column("idea", 4, false, false, |line| sanitize(&line.idea.title).into_owned());
    let used: usize = layout.iter().map(|column| column.width + 2).sum();
    let room = columns.saturating_sub(used);
    let least = title.width.min(TITLE_COLUMNS);
    if terminal.is_some() {
        id.width = id.width.min(room.saturating_sub(least + 2));
    }
    if terminal.is_none() || id.width >= ID_COLUMNS.min(widest(id.cell, 2)) {
        title.width = title.width.min(room.saturating_sub(id.width + 2).max(least));
        layout.push(id);
    } else {
        title.width = title.width.min(room);
    }
    layout.push(title);
    layout
}

impl Column {
    /// A text in the width of the column.
    fn aligned(&self, text: &str) -> String {
        let room = self.width.saturating_sub(width(text));
        if self.right { format!("{}{text}", " ".repeat(room)) } else { fit(text, self.width) }
    }
}

fn row(layout: &[Column], line: &Line<'_>) -> String {
    let mut cells: Vec<String> = Vec::with_capacity(layout.len());
    for (i, column) in layout.iter().enumerate() {
        let mut cell = column.aligned(&(column.cell)(line));
        if i + 1 == layout.len() {
            cell.truncate(cell.trim_end().len());
        }
        cells.push(match (column.quiet, line.rank) {
            (true, _) => format!("{QUIET}{cell}{QUIET:#}"),
            (false, Some(1)) => format!("{STRONG}{cell}{STRONG:#}"),
            (false, _) => cell,
        });
    }
    cells.join("  ") + "\n"
}

fn rank_cell(line: &Line<'_>) -> String {
    line.rank.map_or_else(String::new, |rank| rank.to_string())
}

fn score_cell(line: &Line<'_>) -> String {
    line.shown_score()
}

fn range_cell(line: &Line<'_>) -> String {
    line.shown_range()
}

fn bet_cell(line: &Line<'_>) -> String {
    line.idea.bet.map_or("", |kind| kind.id()).to_owned()
}

/// The parts of a ranking.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Complete,
    Incomplete,
    Unrated,
}

impl Group {
    fn of(line: &Line<'_>) -> Self {
        match (line.score.rated, line.score.is_complete()) {
            (false, _) => Self::Unrated,
            (true, false) => Self::Incomplete,
            (true, true) => Self::Complete,
        }
    }

    const fn heading(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Incomplete => "── an answer is missing",
            Self::Unrated => "── nothing rated yet",
        }
    }
}

/// `simplicity 13.5 + generality 16 + … = 66.5; headroom 2/10 caps at 36 →
/// −25.9 = 40.6`. What is unknown (`?`) or a range (`~`) counts with the mean
/// of what both ends add.
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
