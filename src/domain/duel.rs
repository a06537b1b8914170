//! Answered questions "which of these two would you rather pursue?", and the
//! log that keeps them.

use std::collections::HashSet;

use jiff::{Zoned, civil::Date};

use super::status::vocabulary;

vocabulary! {
    /// How a duel was answered.
    Winner {
        /// The idea shown on the left.
        Left = "left",
        /// The idea shown on the right.
        Right = "right",
        /// Neither.
        Tie = "tie",
    }
}

/// One answered question.
#[derive(Clone, Debug, PartialEq)]
pub struct Duel {
    /// Name by which a retraction refers to it; unique in a log.
    pub id: String,
    /// When it was answered, at the clock of the person.
    pub at: Zoned,
    /// Who answered.
    pub by: String,
    /// Id or alias of the idea on the left.
    pub left: String,
    /// Id or alias of the idea on the right.
    pub right: String,
    /// The answer.
    pub winner: Winner,
}

/// An answer taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct Retraction {
    /// Id of the duel that no longer counts.
    pub duel: String,
    /// When it was taken back.
    pub at: Zoned,
}

/// One entry of a log, which is only ever added to.
#[derive(Clone, Debug, PartialEq)]
pub enum DuelEntry {
    /// An answer.
    Duel(Duel),
    /// An answer taken back.
    Retraction(Retraction),
}

/// All duels of a workspace, with what was taken back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DuelLog {
    /// The entries, in file order. Nothing depends on the order but which of
    /// two duels with one id counts: the first.
    pub entries: Vec<DuelEntry>,
}

impl DuelLog {
    /// The duels that count on a day: answered by then, and not taken back by
    /// then.
    #[must_use]
    pub fn standing(&self, as_of: Date) -> Vec<&Duel> {
        let mut gone: HashSet<&str> = self
            .entries
            .iter()
            .filter_map(|entry| match entry {
                DuelEntry::Retraction(retraction) if retraction.at.date() <= as_of => {
                    Some(retraction.duel.as_str())
                }
                _ => None,
            })
            .collect();
        self.entries
            .iter()
            .filter_map(|entry| match entry {
                DuelEntry::Duel(duel) if duel.at.date() <= as_of => Some(duel),
                _ => None,
            })
            .filter(|duel| gone.insert(&duel.id))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::{civil::date, tz::TimeZone};

    fn at(day: i8) -> Zoned {
        date(2026, 3, day).at(12, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap()
    }

    fn duel(id: &str, day: i8) -> DuelEntry {
        DuelEntry::Duel(Duel {
            id: id.into(),
            at: at(day),
            by: "ana".into(),
            left: "a".into(),
            right: "b".into(),
            winner: Winner::Left,
        })
    }

    fn retraction(duel: &str, day: i8) -> DuelEntry {
        DuelEntry::Retraction(Retraction { duel: duel.into(), at: at(day) })
    }

    #[test]
    fn a_duel_counts_from_its_day_until_it_is_taken_back() {
        // A merge may put a retraction in front of its duel, and an entry twice.
        let log =
            DuelLog { entries: vec![retraction("1", 5), duel("1", 2), duel("2", 3), duel("2", 3)] };
        let standing = |day| -> Vec<&str> {
            log.standing(date(2026, 3, day)).iter().map(|duel| duel.id.as_str()).collect()
        };
        assert!(standing(1).is_empty());
        assert_eq!(standing(2), ["1"]);
        assert_eq!(standing(4), ["1", "2"]);
        assert_eq!(standing(5), ["2"]);
    }
}
