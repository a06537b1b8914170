//! Identity: which row of a source is which idea of the workspace.
//!
//! No key alone proves that two things are the same: numbers are given anew,
//! names of files repeat, titles are edited. A row and an idea belong together if
//! a key that means the same everywhere says so, or if a key or the title agrees
//! and what the idea says does too. Everything else is a new idea.

use std::collections::HashMap;

use super::SourceIdea;
use super::plan::{LastImport, LastImports, hash_of};
use crate::domain::{Field, Idea, Portfolio, slug};

/// Schemes of keys that mean the same in every source.
const STRONG: [&str; 3] = ["uuid:", "doi:", "url:"];

/// The idea that each row is, by its position in the workspace.
pub(super) struct Matches<'a> {
    rows: &'a [SourceIdea],
    source: &'a str,
    ideas: Vec<Known<'a>>,
    /// Positions of ideas by `imported`.
    by_origin: HashMap<&'a str, Vec<usize>>,
    /// Positions of ideas by the key behind the name of their source.
    by_weak_key: HashMap<&'a str, Vec<usize>>,
    /// Positions of ideas by their titles, folded, and by hashes of the titles in the sources.
    by_title: HashMap<String, Vec<usize>>,
    /// The idea of every row.
    found: Vec<Option<usize>>,
    is_taken: Vec<bool>,
}

/// An idea of the workspace with what its sources said of it.
struct Known<'a> {
    idea: &'a Idea,
    last: &'a [(&'a str, &'a LastImport)],
}

impl<'a> Matches<'a> {
    /// Matches rows with ideas in passes, each over all rows before the next;
    /// every idea is taken once.
    pub(super) fn find(
        rows: &'a [SourceIdea],
        portfolio: &'a Portfolio,
        last: &'a LastImports<'a>,
        source: &'a str,
        keeps_ids: bool,
    ) -> Self {
        let mut matches = Self::new(rows, portfolio, last, source);
        if keeps_ids {
            matches.pass(Self::of_origin, |row, known| known.has_title(row) || known.has_text(row));
            let by_id = |_: &Self, row: &SourceIdea| {
                portfolio.position(&row.name).into_iter().collect::<Vec<_>>()
            };
            matches.pass(by_id, |row, known| known.has_title(row) || known.has_text(row));
            return matches;
        }
        matches.pass(Self::of_strong_key, |_, _| true);
        let has_key = |row: &SourceIdea| row.has_weak_key;
        matches.pass(Self::of_origin, |row, known| has_key(row) && known.has_title(row));
        matches.pass(Self::of_origin, |row, known| has_key(row) && known.has_text(row));
        matches.pass(Self::of_weak_key, |row, known| known.has_title(row) && !known.differs(row));
        // Of rows with one title, those that agree in everything come first.
        matches.pass(Self::of_title, |row, known| known.has_everything(row));
        matches.pass(Self::of_title, |row, known| known.has_same_text(row));
        // Version 0.2 made keys of titles where there was no id.
        matches.pass(Self::of_origin, |row, known| {
            let is_of_title = row.name == slug(&row.idea.title) && !known.differs(row);
            !has_key(row) && (is_of_title || known.has_text(row))
        });
        matches.only_ones_left();
        matches
    }

    /// The idea that a row is.
    pub(super) fn idea(&self, row: usize) -> Option<&'a Idea> {
        self.found[row].map(|at| self.ideas[at].idea)
    }

    /// The idea that the key of a row named before, where the row is another one.
    pub(super) fn other_of_key(&self, row: usize) -> Option<&'a Idea> {
        let at = self.of_origin(&self.rows[row]).into_iter().next();
        at.filter(|_| self.found[row].is_none()).map(|at| self.ideas[at].idea)
    }

    fn new(
        rows: &'a [SourceIdea],
        portfolio: &'a Portfolio,
        last: &'a LastImports<'a>,
        source: &'a str,
    ) -> Self {
        let ideas: Vec<Known<'a>> = portfolio
            .iter()
            .map(|idea| Known { idea, last: last.get(idea.id.as_str()).map_or(&[], Vec::as_slice) })
            .collect();
        let (mut by_origin, mut by_weak_key, mut by_title) =
            (HashMap::<_, Vec<_>>::new(), HashMap::<_, Vec<_>>::new(), HashMap::new());
        for (at, known) in ideas.iter().enumerate() {
            if let Some(origin) = known.idea.imported.as_deref() {
                by_origin.entry(origin).or_default().push(at);
                if let Some((_, key)) = origin.split_once('#').filter(|_| !is_strong(origin)) {
                    by_weak_key.entry(key).or_default().push(at);
                }
            }
            let hashes = known.last.iter().filter_map(|(_, last)| last.title_hash());
            for title in hashes.map(str::to_owned).chain([folded(&known.idea.title)]) {
                let positions: &mut Vec<usize> = by_title.entry(title).or_default();
                if positions.last() != Some(&at) {
                    positions.push(at);
                }
            }
        }
        let (found, is_taken) = (vec![None; rows.len()], vec![false; ideas.len()]);
        Self { rows, source, ideas, by_origin, by_weak_key, by_title, found, is_taken }
    }

    /// Gives every row without an idea the first of its `candidates` that is still
    /// free and that `accepts` takes.
    fn pass(
        &mut self,
        candidates: impl Fn(&Self, &SourceIdea) -> Vec<usize>,
        accepts: impl Fn(&SourceIdea, &Known<'_>) -> bool,
    ) {
        for (at, row) in self.rows.iter().enumerate() {
            if self.found[at].is_some() {
                continue;
            }
            let first = candidates(self, row).into_iter().find(|position| {
                let known = &self.ideas[*position];
                !self.is_taken[*position] && !contradicts(row, known.idea) && accepts(row, known)
            });
            if let Some(position) = first {
                self.take(at, position);
            }
        }
    }

    fn take(&mut self, row: usize, position: usize) {
        self.found[row] = Some(position);
        self.is_taken[position] = true;
    }

    /// Matches a row and an idea that are the only ones left of their title, unless
    /// their keys in this source and their texts both differ.
    fn only_ones_left(&mut self) {
        let mut left: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, row) in self.rows.iter().enumerate().filter(|(at, _)| self.found[*at].is_none()) {
            left.entry(folded(&row.idea.title)).or_default().push(at);
        }
        let mut only: Vec<usize> =
            left.into_values().filter(|rows| rows.len() == 1).flatten().collect();
        only.sort_unstable();
        for at in only {
            let row = &self.rows[at];
            let mut free = self.of_title(row);
            free.retain(|position| !self.is_taken[*position]);
            let [position] = free[..] else { continue };
            let known = &self.ideas[position];
            let has_other_key = row.has_weak_key
                && known.idea.imported.as_deref().is_some_and(|origin| {
                    let key = origin.split_once('#').filter(|(source, _)| *source == self.source);
                    key.is_some_and(|(_, key)| key != row.name)
                });
            let is_other = contradicts(row, known.idea) || has_other_key && known.differs(row);
            if !is_other {
                self.take(at, position);
            }
        }
    }

    fn of_strong_key(&self, row: &SourceIdea) -> Vec<usize> {
        let positions = row.strong_keys.iter().filter_map(|key| self.by_origin.get(key.as_str()));
        positions.flatten().copied().collect()
    }

    fn of_origin(&self, row: &SourceIdea) -> Vec<usize> {
        let origin = format!("{}#{}", self.source, row.name);
        self.by_origin.get(origin.as_str()).cloned().unwrap_or_default()
    }

    fn of_weak_key(&self, row: &SourceIdea) -> Vec<usize> {
        let positions = self.by_weak_key.get(row.name.as_str()).filter(|_| row.has_weak_key);
        positions.cloned().unwrap_or_default()
    }

    fn of_title(&self, row: &SourceIdea) -> Vec<usize> {
        let titles = [folded(&row.idea.title), hash_of(&row.idea.get(Field::Title))];
        let mut positions: Vec<usize> =
            titles.iter().filter_map(|title| self.by_title.get(title)).flatten().copied().collect();
        positions.sort_unstable();
        positions.dedup();
        positions
    }
}

impl Known<'_> {
    /// Whether the idea has the value of a row, or had it in a source.
    fn has(&self, row: &SourceIdea, field: Field) -> bool {
        let theirs = row.idea.get(field);
        self.idea.get(field) == theirs
            || self.last.iter().any(|(_, last)| last.had(field, &theirs) == Some(true))
    }

    fn has_title(&self, row: &SourceIdea) -> bool {
        folded(&self.idea.title) == folded(&row.idea.title) || self.has(row, Field::Title)
    }

    /// Whether there is a text and it is the same.
    fn has_text(&self, row: &SourceIdea) -> bool {
        !row.idea.summary.is_empty() && self.has_same_text(row)
    }

    fn has_same_text(&self, row: &SourceIdea) -> bool {
        self.idea.summary.trim() == row.idea.summary.trim() || self.has(row, Field::Summary)
    }

    /// Whether there are two texts and they are not the same.
    fn differs(&self, row: &SourceIdea) -> bool {
        !self.idea.summary.is_empty() && !row.idea.summary.is_empty() && !self.has_same_text(row)
    }

    fn has_everything(&self, row: &SourceIdea) -> bool {
        let is_decided_here = |field: &Field| matches!(field, Field::Imported);
        row.given.iter().filter(|field| !is_decided_here(field)).all(|field| {
            let filled_here = *field == Field::Created && row.idea.created.is_none();
            filled_here || self.has(row, *field)
        })
    }
}

/// Whether both have keys of one scheme that means the same everywhere, and the keys differ.
fn contradicts(row: &SourceIdea, idea: &Idea) -> bool {
    let Some(key) = idea.imported.as_deref() else { return false };
    let scheme = STRONG.iter().find(|scheme| key.starts_with(**scheme));
    scheme.is_some_and(|scheme| {
        let mut same_scheme = row.strong_keys.iter().filter(|own| own.starts_with(scheme));
        same_scheme.clone().next().is_some() && !same_scheme.any(|own| own == key)
    })
}

/// Whether a key means the same in every source.
pub(super) fn is_strong(origin: &str) -> bool {
    STRONG.iter().any(|scheme| origin.starts_with(scheme))
}

/// A title without what editors change: capitals and runs of spaces.
fn folded(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The name of a source without what a second download adds: `ideas (1).csv` and
/// `ideas 2024-03-01.csv` are of the family `ideas`.
pub(super) fn family(source: &str) -> &str {
    let mut stem = source.rsplit_once('.').map_or(source, |(stem, _)| stem);
    while let Some((front, last)) = stem.rsplit_once([' ', '-', '_']) {
        let is_added = last.eq_ignore_ascii_case("copy")
            || last.len() >= 16 && last.chars().all(|c| c.is_ascii_hexdigit())
            || last.chars().all(|c| c.is_ascii_digit() || matches!(c, '(' | ')' | 'T' | '.'));
        if !is_added || front.is_empty() {
            break;
        }
        stem = front;
    }
    stem
}
