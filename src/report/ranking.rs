//! The ranking of a workspace, ready to be printed; as comma-separated values and as
//! a Markdown table.

use anyhow::Context;

use super::{QUIET, STRONG, number};
use crate::config::Settings;
use crate::domain::{CRITERIA, Criterion, Date, Idea, Portfolio};
use crate::judge::{
    Attention, Cap, Flag, Review, Score, ScoreRule, all_duplicates, attention, rank, review, scores,
};
use crate::parallel;
use crate::text::{fit, sanitize, shorten, width, wrap};

/// A score whose ends lie this far apart or further is marked as wide. A
/// judgement: about what one unknown criterion comes to.
const WIDE: f64 = 10.0;

/// `R` is `()` where reviews are not asked for: judging every log takes most of the time.
#[derive(Clone, Debug)]
pub struct Ranking<'a, R = Review> {
    /// The day that counts as today.
    pub as_of: Date,
    /// All ideas of the workspace.
    pub portfolio: &'a Portfolio,
    pub settings: &'a Settings,
    /// The ideas that are listed, best first.
    pub lines: Vec<Line<'a, R>>,
    /// Hours that went to an idea below the cut while better ones got none; not looked
    /// for without reviews.
    pub attention: Option<Attention>,
}

/// One idea in its place.
#[derive(Clone, Debug)]
pub struct Line<'a, R = Review> {
    /// Its rank among those listed; `None` with nothing rated.
    pub rank: Option<usize>,
    pub idea: &'a Idea,
    pub score: Score,
    /// What its log and its promises say.
    pub review: R,
}

impl<'a> Ranking<'a> {
    /// Judges all ideas and ranks those that `keep` keeps.
    pub fn new(
        portfolio: &'a Portfolio,
        settings: &'a Settings,
        as_of: Date,
        keep: impl Fn(&Idea) -> bool,
    ) -> Self {
        let scores = scores(portfolio, &settings.score);
        let reviews = review(portfolio, &scores, &settings.score, &settings.stall, as_of);
        let rules = (&settings.score, &settings.stall);
        let attention = attention(portfolio, &scores, rules, settings.pursued, as_of);
        let judged = portfolio.iter().zip(scores).zip(reviews);
        let judged = judged.map(|((idea, score), review)| (idea, score, review));
        let kept = judged.filter(|(idea, ..)| keep(idea)).collect();
        Self { as_of, portfolio, settings, lines: ranked(kept), attention }
    }
}

impl<'a> Ranking<'a, ()> {
    /// Ranks the ideas that `keep` keeps by their scores, and reviews none.
    pub fn unreviewed(
        portfolio: &'a Portfolio,
        settings: &'a Settings,
        as_of: Date,
        keep: impl Fn(&Idea) -> bool,
    ) -> Self {
        let judged = portfolio.iter().zip(scores(portfolio, &settings.score));
        let judged = judged.map(|(idea, score)| (idea, score, ()));
        let kept = judged.filter(|(idea, ..)| keep(idea)).collect();
        Self { as_of, portfolio, settings, lines: ranked(kept), attention: None }
    }
}

/// Ideas in the order of their ranks.
fn ranked<R>(judged: Vec<(&Idea, Score, R)>) -> Vec<Line<'_, R>> {
    let scored: Vec<(&Idea, &Score)> =
        judged.iter().map(|(idea, score, _)| (*idea, score)).collect();
    let standings = rank(&scored);
    let mut judged: Vec<_> = judged.into_iter().map(Some).collect();
    let lines = standings.into_iter().filter_map(|standing| {
        let (idea, score, review) = judged[standing.position].take()?;
        Some(Line { rank: standing.rank, idea, score, review })
    });
    lines.collect()
}

impl Ranking<'_> {
    /// Flags the ideas that say much the same as another one. That takes reading
    /// all words, so it is done only where flags are shown.
    pub fn flag_duplicates(&mut self) {
        let duplicates = all_duplicates(self.portfolio);
        for line in self.lines.iter_mut().filter(|line| duplicates.contains(&line.idea.id)) {
            line.review.raise(Flag::Duplicate);
        }
    }
}

impl<'a, R> Ranking<'a, R> {
    /// Orders the ideas anew, the strongest first; `strengths` are by position
    /// in [`Portfolio::ideas`]. Those without one come last, in the order they
    /// had, and have no rank.
    pub fn order_by(&mut self, strengths: &[Option<f64>]) {
        let strength = |line: &Line<'_, R>| {
            let position = self.portfolio.position(&line.idea.id)?;
            strengths.get(position).copied().flatten()
        };
        let mut lines: Vec<(Option<f64>, Line<'a, R>)> =
            self.lines.drain(..).map(|line| (strength(&line), line)).collect();
        lines.sort_by(|(a, _), (b, _)| match (a, b) {
            (Some(a), Some(b)) => b.total_cmp(a),
            (a, b) => b.is_some().cmp(&a.is_some()),
        });
        let rank = |at: usize, strength: Option<f64>| strength.is_some().then_some(at + 1);
        let ranked = lines.into_iter().enumerate();
        self.lines = ranked
            .map(|(at, (strength, line))| Line { rank: rank(at, strength), ..line })
            .collect();
    }
}

impl<R> Line<'_, R> {
    /// Whether the score is so uncertain that it should be marked.
    #[must_use]
    pub fn is_wide(&self) -> bool {
        self.score.high - self.score.low >= WIDE
    }

    /// The score with one decimal, `~` in front of a wide one; `–` with nothing rated.
    #[must_use]
    pub fn shown_score(&self) -> String {
        if !self.score.rated {
            return "–".to_owned();
        }
        format!("{}{}", if self.is_wide() { "~" } else { "" }, self.score.shown())
    }

    /// Lowest and highest score, `60–82`; empty if they are the same.
    #[must_use]
    pub fn shown_range(&self) -> String {
        let (low, high) = (self.score.low.round(), self.score.high.round());
        if self.score.rated && low < high { format!("{low}–{high}") } else { String::new() }
    }
}

/// `prospect rank --format csv`: a header and a line for each idea; numbers in
/// full, empty where nothing is known. `…_points` is what a criterion adds to the score.
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
    let line = |line: &str| line.split('\t').map(sanitize).collect::<Vec<_>>().join("\t");
    let lines: Vec<_> = text.split('\n').map(line).collect();
    format!("{}{}", if starts_formula { "'" } else { "" }, lines.join("\n"))
}

/// `prospect rank --format md`; with `why`, how each score comes about below
/// the table.
#[must_use]
pub fn ranking_markdown(ranking: &Ranking<'_, ()>, why: bool) -> String {
    let mut text = "| # | score | range | idea | bet | status |\n\
                    |--:|------:|:-----:|:-----|:----|:-------|\n"
        .to_owned();
    text.extend(ranking.lines.iter().map(markdown_row));
    if why {
        text.push('\n');
        text.extend(ranking.lines.iter().map(|line| {
            let why = waterfall(line.idea, &line.score, &ranking.settings.score);
            format!("- **{}**: {why}\n", escaped(&line.idea.title))
        }));
    }
    text
}

fn markdown_row(line: &Line<'_, ()>) -> String {
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
    cell: fn(&Line<'_, ()>) -> String,
}

/// From this many lines on, all cores make the table.
const MANY: usize = 500;

/// Columns where the output is no terminal.
const PIPE_COLUMNS: usize = 80;

/// `prospect rank`: aligned by what a terminal shows, in at most so many columns;
/// where the output is no terminal, ids are whole. With `why`, the parts of each score below it.
#[must_use]
pub fn ranking_table(ranking: &Ranking<'_, ()>, terminal: Option<usize>, why: bool) -> String {
    let layout = layout(ranking, terminal);
    let columns = terminal.unwrap_or(PIPE_COLUMNS);
    let header: Vec<String> = layout.iter().map(|column| column.aligned(column.title)).collect();
    let mut text = format!("{QUIET}{}{QUIET:#}\n", header.join("  ").trim_end());
    let shown = parallel::map(&ranking.lines, MANY, |line| {
        let mut shown = row(&layout, line);
        if why {
            let why = waterfall(line.idea, &line.score, &ranking.settings.score);
            for part in wrap(&why, columns.saturating_sub(4).max(20)) {
                shown.push_str(&format!("    {QUIET}{part}{QUIET:#}\n"));
            }
        }
        shown
    });
    let mut group = Group::Complete;
    for (line, shown) in ranking.lines.iter().zip(shown) {
        let of = Group::of(line);
        if of != group {
            text.push_str(&format!("{QUIET}{}{QUIET:#}\n", shorten(of.heading(), columns)));
            group = of;
        }
        text.push_str(&shown);
    }
    text
}

fn layout(ranking: &Ranking<'_, ()>, terminal: Option<usize>) -> Vec<Column> {
    let columns = terminal.unwrap_or(PIPE_COLUMNS);
    let column = |title, width, right, quiet, cell| Column { title, width, right, quiet, cell };
    let mut layout = vec![
        column("#", 2, true, false, rank_cell),
        column("score", 5, true, false, score_cell),
        column("range", 5, true, true, range_cell),
    ];
    if columns >= WITH_BET {
        layout.push(column("bet", 3, false, true, bet_cell));
    }
    layout.push(column("status", 6, false, true, status_cell));
    let own = layout.len();
    layout.push(column("id", 2, false, true, id_cell));
    layout.push(column("idea", 4, false, false, title_cell));
    let widths = parallel::map(&ranking.lines, MANY, |line| -> Vec<usize> {
        layout.iter().map(|column| width(&(column.cell)(line))).collect()
    });
    for widths in widths {
        for (column, width) in layout.iter_mut().zip(widths) {
            column.width = column.width.max(width);
        }
    }
    let used: usize = layout[..own].iter().map(|column| column.width + 2).sum();
    let room = columns.saturating_sub(used);
    let [id, title] = &mut layout[own..] else { return layout };
    let least = title.width.min(TITLE_COLUMNS);
    let whole_id = id.width;
    if terminal.is_some() {
        id.width = id.width.min(room.saturating_sub(least + 2));
    }
    if terminal.is_none() || id.width >= ID_COLUMNS.min(whole_id) {
        title.width = title.width.min(room.saturating_sub(id.width + 2).max(least));
    } else {
        title.width = title.width.min(room);
        layout.remove(own);
    }
    layout
}

impl Column {
    /// A text in the width of the column.
    fn aligned(&self, text: &str) -> String {
        let room = self.width.saturating_sub(width(text));
        if self.right { format!("{}{text}", " ".repeat(room)) } else { fit(text, self.width) }
    }
}

fn row(layout: &[Column], line: &Line<'_, ()>) -> String {
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

fn rank_cell(line: &Line<'_, ()>) -> String {
    line.rank.map_or_else(String::new, |rank| rank.to_string())
}

fn score_cell(line: &Line<'_, ()>) -> String {
    line.shown_score()
}

fn range_cell(line: &Line<'_, ()>) -> String {
    line.shown_range()
}

fn bet_cell(line: &Line<'_, ()>) -> String {
    line.idea.bet.map_or("", |kind| kind.id()).to_owned()
}

fn status_cell(line: &Line<'_, ()>) -> String {
    line.idea.status.shown().to_owned()
}

fn id_cell(line: &Line<'_, ()>) -> String {
    sanitize(&line.idea.id).into_owned()
}

fn title_cell(line: &Line<'_, ()>) -> String {
    sanitize(&line.idea.title).into_owned()
}

/// The parts of a ranking.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Complete,
    Incomplete,
    Unrated,
}

impl Group {
    fn of(line: &Line<'_, ()>) -> Self {
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
