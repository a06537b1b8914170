//! The orders in which ideas can stand, and the rows of the ranking: ideas, and
//! quiet headings between groups of them.

use crate::domain::{Criterion, Date, Idea, LogEntry};
use crate::find::fold;
use crate::judge::{Score, Standing};
use crate::text::sanitize;
use crate::tui::jobs::duels::Pulls;
use crate::tui::screens::rating::criterion_name;
use crate::tui::world::World;

/// What the ideas are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Order {
    /// The ranking, with its groups.
    #[default]
    Rank,
    /// What the duels alone say, the most wanted first.
    Pull,
    /// The duels joined with the score, the most wanted first.
    Joined,
    Title,
    /// The status, from the inbox on.
    Status,
    /// A criterion, the best first.
    Criterion(Criterion),
    /// How far the score may be off, the least certain first.
    Doubt,
    /// The hours that went in, the most first.
    Hours,
    /// The traction of late, the most first.
    Traction,
    /// The last log entry, the latest first.
    Worked,
    /// The day of capture, the latest first.
    Created,
}

impl Order {
    /// All orders, as they are offered.
    pub(crate) const ALL: [Self; 15] = [
        Self::Rank,
        Self::Pull,
        Self::Joined,
        Self::Title,
        Self::Status,
        Self::Criterion(Criterion::Simplicity),
        Self::Criterion(Criterion::Generality),
        Self::Criterion(Criterion::Longevity),
        Self::Criterion(Criterion::Headroom),
        Self::Criterion(Criterion::Strategy),
        Self::Doubt,
        Self::Hours,
        Self::Traction,
        Self::Worked,
        Self::Created,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Rank => "rank",
            Self::Pull => "duels",
            Self::Joined => "duels + score",
            Self::Title => "title",
            Self::Status => "status",
            Self::Criterion(criterion) => criterion_name(criterion),
            Self::Doubt => "doubt",
            Self::Hours => "hours",
            Self::Traction => "traction",
            Self::Worked => "last worked on",
            Self::Created => "created",
        }
    }

    /// The next of the three orders that go by what is said about an idea as a
    /// whole: the score, the pull, or both.
    pub(super) const fn after(self) -> Self {
        match self {
            Self::Pull => Self::Joined,
            Self::Joined => Self::Rank,
            _ => Self::Pull,
        }
    }

    /// Sorts ideas that are in the order of their ranks; what is unknown comes
    /// last, what is equal stays by rank.
    pub(super) fn sort(self, rows: &mut Vec<Row>, world: &World) {
        if self == Self::Rank {
            return;
        }
        let pulls = world.results.pulls.output();
        rows.retain(Row::is_idea);
        let key = |row: &Row| match row {
            Row::Idea(position) => world
                .portfolio
                .at(*position)
                .and_then(|(idea, score)| self.key(idea, score, world.portfolio.as_of(), pulls)),
            Row::Heading(_) => None,
        };
        let mut keyed: Vec<(Option<SortKey>, Row)> =
            rows.iter().map(|row| (key(row), *row)).collect();
        keyed.sort_by(|(one, _), (other, _)| match (one, other) {
            (Some(one), Some(other)) => one.compare(other),
            _ => one.is_none().cmp(&other.is_none()),
        });
        rows.clear();
        rows.extend(keyed.into_iter().map(|(_, row)| row));
    }

    fn key(
        self,
        idea: &Idea,
        score: &Score,
        as_of: Date,
        pulls: Option<&Pulls>,
    ) -> Option<SortKey> {
        let most_first = |value: f64| SortKey::Number(-value);
        match self {
            Self::Rank => None,
            Self::Pull => Some(most_first(pulls?.pull(idea, score)?.value)),
            Self::Joined => Some(most_first(pulls?.joined(idea, score)?.value)),
            Self::Title => Some(SortKey::Text(fold(&sanitize(&idea.title)))),
            Self::Status => Some(SortKey::Number(f64::from(idea.status as u8))),
            Self::Criterion(Criterion::Strategy) => {
                let known = !score.missing[Criterion::Strategy.index()];
                known.then(|| most_first(score.strategy.middle()))
            }
            Self::Criterion(criterion) => {
                idea.rating(criterion).map(|rating| most_first(rating.middle()))
            }
            Self::Doubt => score.rated.then(|| most_first(score.high - score.low)),
            Self::Hours => Some(hours(idea, as_of)).filter(|h| *h > 0.0).map(most_first),
            Self::Traction => traction(idea, as_of).last().copied().map(most_first),
            Self::Worked => {
                let past = idea.log.iter().map(|entry| entry.date).filter(|date| *date <= as_of);
                past.max().map(SortKey::Latest)
            }
            Self::Created => idea.created.map(SortKey::Latest),
        }
    }
}

/// What ideas are compared by; all of a list are of one kind.
enum SortKey {
    Number(f64),
    Text(String),
    Latest(Date),
}

impl SortKey {
    fn compare(&self, other: &Self) -> std::cmp::Ordering {
        match (self, other) {
            (Self::Number(one), Self::Number(other)) => one.total_cmp(other),
            (Self::Text(one), Self::Text(other)) => one.cmp(other),
            (Self::Latest(one), Self::Latest(other)) => other.cmp(one),
            _ => std::cmp::Ordering::Equal,
        }
    }
}

/// A line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// The idea at a position of the portfolio.
    Idea(usize),
    /// What the ideas below have in common.
    Heading(&'static str),
}

impl Row {
    pub(super) const fn is_idea(&self) -> bool {
        matches!(self, Self::Idea(_))
    }
}

const INCOMPLETE: &str = "something is unknown: the bar shows what is possible";
const UNRATED: &str = "not rated yet";

/// The ranking with a heading above the incomplete and above the unrated.
pub(super) fn grouped(standings: &[Standing], world: &World) -> Vec<Row> {
    let mut rows = Vec::with_capacity(standings.len() + 2);
    let mut group = None;
    for standing in standings {
        let heading = match world.portfolio.at(standing.position) {
            Some((_, score)) if !score.rated => Some(UNRATED),
            Some((_, score)) if !score.is_complete() => Some(INCOMPLETE),
            _ => None,
        };
        if heading != group {
            rows.extend(heading.map(Row::Heading));
            group = heading;
        }
        rows.push(Row::Idea(standing.position));
    }
    rows
}

fn past(idea: &Idea, as_of: Date) -> impl Iterator<Item = &LogEntry> {
    idea.log.iter().filter(move |entry| entry.date <= as_of)
}

/// Levels of traction by date.
pub(super) fn traction(idea: &Idea, as_of: Date) -> Vec<f64> {
    let mut levels: Vec<(Date, f64)> = past(idea, as_of)
        .filter_map(|entry| entry.traction.map(|level| (entry.date, level)))
        .collect();
    levels.sort_by_key(|(date, _)| *date);
    levels.into_iter().map(|(_, level)| level).collect()
}

/// Hours logged up to a day.
pub(super) fn hours(idea: &Idea, as_of: Date) -> f64 {
    past(idea, as_of).filter_map(|entry| entry.hours).sum()
}
