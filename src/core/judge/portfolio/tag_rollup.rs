//! Tag rollups: the active ideas that share a tag, with their logs taken
//! together. Each of two ideas may be too young to judge while the direction
//! has been going nowhere for a year.

use std::collections::BTreeMap;

use crate::domain::{Date, Idea, LogEntry, Portfolio, Status};

use crate::judge::{StallRule, Traction, effective_status};

/// Ideas that it takes to make a direction.
const LEAST: usize = 2;

/// The active ideas that share a tag.
#[derive(Clone, Debug, PartialEq)]
pub struct TagRollup {
    /// The tag.
    pub tag: String,
    /// Which of the portfolio's ideas, in its order.
    pub positions: Vec<usize>,
    /// The verdict on their logs taken together. The level of a direction is
    /// the best that any of its ideas had to show last.
    pub traction: Traction,
}

/// The tags with two active ideas or more, the most hours first.
#[must_use]
pub fn tag_rollups(portfolio: &Portfolio, rule: &StallRule, as_of: Date) -> Vec<TagRollup> {
    let mut by_tag: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (position, idea) in portfolio.iter().enumerate() {
        if effective_status(idea, portfolio, as_of) == Status::Active {
            for tag in &idea.tags {
                by_tag.entry(tag).or_default().push(position);
            }
        }
    }
    let shared = by_tag.into_iter().filter(|(_, positions)| positions.len() >= LEAST);
    let mut rollups: Vec<TagRollup> = shared
        .map(|(tag, positions)| {
            let ideas = positions.iter().map(|&position| portfolio.ideas()[position].as_ref());
            let traction = Traction::of(&together(tag, ideas, as_of), rule, as_of);
            TagRollup { tag: tag.to_owned(), positions, traction }
        })
        .collect();
    rollups.sort_by(|a, b| b.traction.effort.hours.total_cmp(&a.traction.effort.hours));
    rollups
}

/// One idea with the logs of all.
fn together<'a>(tag: &str, ideas: impl Iterator<Item = &'a Idea>, as_of: Date) -> Idea {
    let mut log: Vec<(usize, &LogEntry)> = Vec::new();
    for (of, idea) in ideas.enumerate() {
        log.extend(idea.log.iter().filter(|entry| entry.date <= as_of).map(|entry| (of, entry)));
    }
    log.sort_by_key(|(_, entry)| entry.date);
    let mut levels: BTreeMap<usize, f64> = BTreeMap::new();
    let mut rollup = Idea::new(tag, tag);
    for (of, entry) in log {
        let traction = entry.traction.map(|level| {
            levels.insert(of, level);
            levels.values().copied().fold(level, f64::max)
        });
        rollup.log.push(LogEntry { traction, note: String::new(), ..entry.clone() });
    }
    rollup
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::Verdict;

    fn idea(id: &str, first_day: i8, levels: &[f64]) -> Idea {
        let mut idea = Idea::new(id, id);
        idea.status = Status::Active;
        idea.tags = vec!["agents".into(), id.into()];
        idea.log = (first_day..)
            .zip(levels)
            .map(|(day, level)| LogEntry {
                date: Date::constant(2026, 3, day),
                hours: Some(12.0),
                traction: Some(*level),
                note: String::new(),
                recalled: false,
                output: None,
            })
            .collect();
        idea
    }

    #[test]
    fn a_direction_stalls_though_each_of_its_ideas_is_too_young_to_say() {
        let day = Date::constant(2026, 3, 25);
        let ideas = vec![
            idea("a", 1, &[3.0, 4.0, 4.0]),
            idea("b", 5, &[2.0, 3.0, 3.0, 4.0]),
            idea("c", 10, &[2.0, 3.0, 4.0, 3.0]),
            idea("d", 15, &[3.0, 3.0, 4.0, 4.0]),
        ];
        let portfolio = Portfolio::new(ideas, Vec::new());
        let rule = StallRule::default();
        for idea in portfolio.ideas() {
            assert_eq!(Traction::of(idea, &rule, day).verdict, Verdict::NotEnoughEvidence);
        }
        let rollups = tag_rollups(&portfolio, &rule, day);
        assert_eq!(rollups.len(), 1);
        let agents = &rollups[0];
        assert_eq!((agents.tag.as_str(), &agents.positions[..]), ("agents", &[0, 1, 2, 3][..]));
        assert_eq!(agents.traction.effort.hours, 180.0);
        assert!(agents.traction.verdict.is_stall(), "{:?}", agents.traction);
    }
}
