//! Answers to "which of these two would you rather pursue?", the log that keeps
//! them, and the pool of ideas that are asked about.

use std::collections::HashSet;

use jiff::Zoned;
use jiff::civil::Date;

use super::EditError;
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

impl DuelEntry {
    /// What the entry says, in words for a toast or a list of changes.
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Self::Duel(Duel { left, right, winner, .. }) => match winner {
                Winner::Left => format!("{left} over {right}"),
                Winner::Right => format!("{right} over {left}"),
                Winner::Tie => format!("{left} = {right}"),
            },
            Self::Retraction(_) => "an answer taken back".to_owned(),
        }
    }
}

impl DuelLog {
    /// Adds an entry and returns the one that takes it back. Nothing is ever
    /// removed: a duel is taken back by a retraction of the same moment, as if
    /// it had never been answered, and a retraction by the same answer under a
    /// new id, from the moment of the retraction on. So on every day one of
    /// them counts.
    ///
    /// # Errors
    /// The id of the duel is taken, or no such duel stands. Nothing is added
    /// then.
    pub fn append(&mut self, entry: &DuelEntry) -> Result<DuelEntry, EditError> {
        let entry = self.resolve(entry);
        let inverse = match &entry {
            DuelEntry::Duel(duel) if self.get(&duel.id).is_some() => {
                return Err(EditError::IdTaken { id: duel.id.clone() });
            }
            DuelEntry::Duel(Duel { id, at, .. }) => {
                DuelEntry::Retraction(Retraction { duel: id.clone(), at: at.clone() })
            }
            DuelEntry::Retraction(Retraction { duel: id, at }) => {
                let duel = self.get(id).filter(|_| !self.is_retracted(id));
                let duel = duel.ok_or_else(|| EditError::NoSuchDuel { id: id.clone() })?;
                DuelEntry::Duel(Duel { id: self.next_id(id), at: at.clone(), ..duel.clone() })
            }
        };
        self.entries.push(entry);
        Ok(inverse)
    }

    /// The duel with this id, taken back or not.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Duel> {
        self.entries.iter().find_map(|entry| match entry {
            DuelEntry::Duel(duel) if duel.id == id => Some(duel),
            _ => None,
        })
    }

    /// Whether a duel has been taken back, on whatever day.
    #[must_use]
    pub fn is_retracted(&self, id: &str) -> bool {
        self.entries.iter().any(
            |entry| matches!(entry, DuelEntry::Retraction(retraction) if retraction.duel == id),
        )
    }

    /// The same entry, aimed at what stands: an answer that was taken back and
    /// given again goes by a new id, to which a retraction of the old one leads.
    #[must_use]
    pub fn resolve(&self, entry: &DuelEntry) -> DuelEntry {
        let DuelEntry::Retraction(Retraction { duel: id, at }) = entry else {
            return entry.clone();
        };
        let again = self.entries.iter().find_map(|entry| match entry {
            DuelEntry::Duel(duel) if stem(&duel.id) == stem(id) && !self.is_retracted(&duel.id) => {
                Some(duel.id.clone())
            }
            _ => None,
        });
        let is_gone = self.is_retracted(id);
        let duel = again.filter(|_| is_gone).unwrap_or_else(|| id.clone());
        DuelEntry::Retraction(Retraction { duel, at: at.clone() })
    }

    /// `id~2`, `id~3`, …: the first that no duel has.
    fn next_id(&self, id: &str) -> String {
        let mut names = (2_u64..).map(|count| format!("{}~{count}", stem(id)));
        names.find(|name| self.get(name).is_none()).unwrap_or_default()
    }

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

/// An id without the count that [`DuelLog::append`] gives it.
fn stem(id: &str) -> &str {
    match id.rsplit_once('~') {
        Some((stem, count)) if count.parse::<u32>().is_ok() => stem,
        _ => id,
    }
}

/// A fresh id: when the duel was answered, and five characters made of `salt`,
/// which is to be random, so that two machines never agree on one.
#[must_use]
pub fn fresh_duel_id(at: &Zoned, salt: u64) -> String {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let mut id = at.strftime("%Y%m%d-%H%M%S-").to_string();
    id.extend((0..5).map(|place| char::from(DIGITS[(salt >> (5 * place)) as usize % 32])));
    id
}

/// To which ideas a session of duels is limited. The default is no limit: the
/// shortlist and the active ideas take part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DuelPool {
    /// What they are found by, in the words of a search: `tag:data`. Unless it
    /// asks for a status, only the shortlist and the active ideas take part.
    pub query: String,
    /// Ids of the only ideas that take part, of whatever status; empty if the
    /// search says who does.
    pub only: Vec<String>,
}

impl DuelPool {
    /// Those that a search finds; an empty one is no limit.
    #[must_use]
    pub fn found_by(query: impl Into<String>) -> Self {
        Self { query: query.into(), only: Vec::new() }
    }

    /// These ideas and no others.
    #[must_use]
    pub fn of(ids: Vec<String>) -> Self {
        Self { query: String::new(), only: ids }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use jiff::tz::TimeZone;

    use super::*;

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
    fn whatever_is_taken_back_and_done_again_counts_once_on_every_day() {
        let counted = |log: &DuelLog| [2, 5].map(|day| log.standing(date(2026, 3, day)).len());
        let mut log = DuelLog::default();
        let undo = log.append(&duel("1", 2)).unwrap();
        assert_eq!(counted(&log), [1, 1]);
        let redo = log.append(&undo).unwrap();
        assert_eq!(counted(&log), [0, 0]);
        log.append(&redo).unwrap();
        assert_eq!(counted(&log), [1, 1]);
        let strike = retraction("1~2", 4);
        let restore = log.append(&strike).unwrap();
        assert_eq!(counted(&log), [1, 0]);
        log.append(&restore).unwrap();
        assert_eq!(counted(&log), [1, 1]);
        assert!(log.get("1~3").is_some());
    }

    #[test]
    fn what_makes_no_sense_is_not_added() {
        let mut log = DuelLog { entries: vec![duel("1", 2), retraction("1", 3)] };
        let before = log.clone();
        assert_eq!(log.append(&duel("1", 4)), Err(EditError::IdTaken { id: "1".into() }));
        for id in ["1", "2"] {
            let error = EditError::NoSuchDuel { id: id.into() };
            assert_eq!(log.append(&retraction(id, 4)), Err(error));
        }
        assert_eq!(log, before);
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

    #[test]
    fn ids_of_one_second_differ_by_their_salt() {
        let at = date(2026, 3, 1).at(9, 30, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap();
        assert_eq!(fresh_duel_id(&at, 0), "20260301-093000-00000");
        assert_ne!(fresh_duel_id(&at, 1), fresh_duel_id(&at, 2));
    }
}
