//! Hours logged within the last days.

use crate::domain::{Date, Portfolio};

use crate::judge::days;

/// The ideas that were worked on within so many days up to and including a day,
/// with the hours, the most first.
#[must_use]
pub fn hours_within(portfolio: &Portfolio, days: i64, as_of: Date) -> Vec<(usize, f64)> {
    let first = days::after(as_of, 1 - days);
    let mut spent: Vec<(usize, f64)> = Vec::new();
    for (position, idea) in portfolio.iter().enumerate() {
        let recent = idea.log.iter().filter(|entry| (first..=as_of).contains(&entry.date));
        let hours: f64 = recent.filter_map(|entry| entry.hours).sum();
        if hours > 0.0 {
            spent.push((position, hours));
        }
    }
    spent.sort_by(|a, b| b.1.total_cmp(&a.1));
    spent
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Idea, LogEntry};

    #[test]
    fn only_the_last_days_count() {
        let day = Date::constant(2026, 3, 30);
        let idea = |id: &str, entries: &[(i64, f64)]| {
            let mut idea = Idea::new(id, id);
            idea.log.extend(entries.iter().map(|&(ago, hours)| LogEntry {
                date: days::after(day, -ago),
                hours: Some(hours),
                traction: None,
                note: String::new(),
                recalled: false,
                output: None,
            }));
            idea
        };
        let ideas = vec![
            idea("a", &[(0, 2.0), (30, 50.0)]),
            idea("b", &[(29, 7.0)]),
            idea("c", &[(-1, 9.0)]),
        ];
        let spent = hours_within(&Portfolio::new(ideas, Vec::new()), 30, day);
        assert_eq!(spent, [(1, 7.0), (0, 2.0)]);
    }
}
