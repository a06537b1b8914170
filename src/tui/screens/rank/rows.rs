//! The rows of the ranking: ideas, and quiet headings between groups of them.

use crate::judge::Standing;
use crate::tui::world::World;

/// A line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// The idea at a position of the portfolio.
    Idea(usize),
    /// What the ideas below have in common.
    Heading(&'static str),
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

pub(super) fn idea_at_or_after(rows: &[Row], row: usize) -> Option<usize> {
    let below = rows.get(row..)?;
    below.iter().position(|row| matches!(row, Row::Idea(_))).map(|steps| row + steps)
}

pub(super) fn idea_at_or_before(rows: &[Row], row: usize) -> Option<usize> {
    let above = rows.get(..=row)?;
    above.iter().rposition(|row| matches!(row, Row::Idea(_)))
}
