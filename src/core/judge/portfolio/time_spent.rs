//! Time spent on choosing what to do, and the hours logged on doing it.

use crate::domain::{Activity, Date, Portfolio, TimeEntry};
use crate::judge::days;

/// Time of the last [`TimeSpent::DAYS`] days.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TimeSpent {
    /// Hours spent on choosing, in the order of [`Activity::ALL`].
    pub choosing: [f64; Activity::ALL.len()],
    /// Duels answered, those that were taken back aside.
    pub duels: usize,
    /// Hours logged on ideas.
    pub logged: f64,
}

impl TimeSpent {
    /// How far back is looked, the day itself included.
    pub const DAYS: i64 = 30;

    /// Adds up what was measured and what was logged, until a day. `spells` may
    /// come in any order.
    #[must_use]
    pub fn of(portfolio: &Portfolio, spells: &[TimeEntry], as_of: Date) -> Self {
        let recent = |day: Date| is_recent(day, as_of);
        let standing = portfolio.duels().standing(as_of);
        let logged = hours_within(portfolio, Self::DAYS, as_of);
        Self {
            choosing: Self::choosing(spells, as_of),
            duels: standing.iter().filter(|duel| recent(duel.at.date())).count(),
            logged: logged.iter().map(|(_, hours)| hours).sum(),
        }
    }

    /// The hours spent on choosing, in the order of [`Activity::ALL`].
    #[must_use]
    pub fn choosing(spells: &[TimeEntry], as_of: Date) -> [f64; Activity::ALL.len()] {
        let mut hours = [0.0; Activity::ALL.len()];
        for spell in spells.iter().filter(|spell| is_recent(spell.day, as_of)) {
            hours[spell.on as usize] += spell.time.as_secs_f64() / 3600.0;
        }
        hours
    }

    /// Whether nothing is known of any of it.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// Hours spent on choosing in all.
    #[must_use]
    pub fn hours_choosing(&self) -> f64 {
        self.choosing.iter().sum()
    }

    /// `Choosing took 1.4 h of the last 30 days, the work 61 h.`
    #[must_use]
    pub fn sentence(&self) -> String {
        let (choosing, logged) = (duration(self.hours_choosing()), duration(self.logged));
        let days = Self::DAYS;
        format!("Choosing took {choosing} of the last {days} days, the work {logged}.")
    }
}

fn is_recent(day: Date, as_of: Date) -> bool {
    (days::after(as_of, 1 - TimeSpent::DAYS)..=as_of).contains(&day)
}

/// `25 min`, `1.4 h`, `61 h`.
fn duration(hours: f64) -> String {
    match hours {
        0.0 => "0 h".to_owned(),
        h if h * 60.0 < 0.5 => "under 1 min".to_owned(),
        h if h < 0.95 => format!("{:.0} min", h * 60.0),
        h if h < 9.95 => format!("{h:.1} h"),
        h => format!("{h:.0} h"),
    }
}

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
    use std::time::Duration;

    use super::*;
    use crate::domain::{Idea, LogEntry};

    const TODAY: Date = Date::constant(2026, 3, 30);

    fn spell(ago: i64, on: Activity, minutes: u64) -> TimeEntry {
        let time = Duration::from_secs(60 * minutes);
        TimeEntry { day: days::after(TODAY, -ago), on, time }
    }

    #[test]
    fn only_the_last_days_count() {
        let mut idea = Idea::new("a", "a");
        for (ago, hours) in [(3, 40.0), (29, 21.0), (30, 100.0), (-1, 100.0)] {
            idea.log.push(LogEntry {
                date: days::after(TODAY, -ago),
                hours: Some(hours),
                traction: None,
                note: String::new(),
                recalled: false,
                output: None,
            });
        }
        let portfolio = Portfolio::new(vec![idea], Vec::new());
        let spells = [
            spell(0, Activity::Duel, 72),
            spell(29, Activity::Triage, 12),
            spell(30, Activity::Review, 600),
            spell(-1, Activity::Review, 600),
        ];
        let spent = TimeSpent::of(&portfolio, &spells, TODAY);
        assert!((spent.hours_choosing() - 1.4).abs() < 1e-9 && spent.logged == 61.0);
        assert_eq!(spent.sentence(), "Choosing took 1.4 h of the last 30 days, the work 61 h.");
    }

    #[test]
    fn nothing_is_nothing() {
        assert_eq!(
            TimeSpent::default().sentence(),
            "Choosing took 0 h of the last 30 days, the work 0 h."
        );
    }

    #[test]
    fn hours_of_the_last_days_are_summed_by_idea() {
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
