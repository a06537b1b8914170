//! Ids for new ideas, as they are written into files.

use std::collections::{HashMap, HashSet};

use super::{Portfolio, slug};

/// The most characters of an id that is written for a new idea. People type ids.
pub const LONGEST_ID: usize = 32;

/// Ids for new ideas of a portfolio, all different: those of its ideas, readable or
/// not, are taken, and so are those given before.
///
/// ```
/// use prospect_core::domain::{NewIds, Portfolio};
/// let portfolio = Portfolio::default();
/// let mut ids = NewIds::new(&portfolio);
/// let title = "Teach agents when to stop before they spend everything";
/// assert_eq!(ids.of_title(title), "teach-agents-when-to-stop-before");
/// assert_eq!(ids.of_title(title), "teach-agents-when-to-stop-2");
/// ```
#[derive(Clone, Debug)]
pub struct NewIds<'p> {
    portfolio: &'p Portfolio,
    given: HashSet<String>,
    /// The number to try next, by the id that it is put behind: many titles may
    /// begin with the same words.
    next: HashMap<String, u64>,
}

impl<'p> NewIds<'p> {
    /// None given yet.
    #[must_use]
    pub fn new(portfolio: &'p Portfolio) -> Self {
        Self { portfolio, given: HashSet::new(), next: HashMap::new() }
    }

    /// An id made of a title: whole words of its slug, at most [`LONGEST_ID`]
    /// characters with the `-2`, `-3`, … where that is taken.
    pub fn of_title(&mut self, title: &str) -> String {
        let slug = slug(title);
        self.first_free(whole_words(&slug, LONGEST_ID), LONGEST_ID)
    }

    /// An id that an idea brings along, with `-2`, `-3`, … where it is taken.
    pub fn own(&mut self, id: &str) -> String {
        self.first_free(id, usize::MAX)
    }

    fn first_free(&mut self, wanted: &str, most: usize) -> String {
        let mut number = self.next.get(wanted).copied().unwrap_or(1);
        let id = loop {
            let suffix = if number == 1 { String::new() } else { format!("-{number}") };
            let id = whole_words(wanted, most - suffix.len()).to_owned() + &suffix;
            number += 1;
            if !self.given.contains(&id) && !self.portfolio.is_taken(&id) {
                break id;
            }
        };
        self.next.insert(wanted.to_owned(), number);
        self.given.insert(id.clone());
        id
    }
}

impl Portfolio {
    /// An id for one new idea of this title, as [`NewIds`] gives it.
    #[must_use]
    pub fn free_id(&self, title: &str) -> String {
        NewIds::new(self).of_title(title)
    }
}

/// The words that a slug begins with, in at most so many characters; of a word that
/// is longer alone, as where a script writes no spaces, its beginning.
fn whole_words(slug: &str, most: usize) -> &str {
    let Some((end, next)) = slug.char_indices().nth(most) else { return slug };
    let beginning = &slug[..end];
    if next == '-' {
        return beginning;
    }
    beginning.rsplit_once('-').map_or(beginning, |(words, _)| words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Idea;

    #[test]
    fn ids_are_whole_words_of_at_most_32_characters() {
        let portfolio = Portfolio::default();
        let id = |title: &str| NewIds::new(&portfolio).of_title(title);
        assert_eq!(id("Small"), "small");
        assert_eq!(
            id("Train on the work log, not only on the answer"),
            "train-on-the-work-log-not-only"
        );
        assert_eq!(id("12345678901234567890123456789012 more"), "12345678901234567890123456789012");
        assert_eq!(id(&"我们应该".repeat(10)).chars().count(), 32);
        assert_eq!(id("…"), "idea");
    }

    #[test]
    fn every_id_is_given_once() {
        let taken = Portfolio::new(vec![Idea::new("same", "Same")], Vec::new());
        let mut ids = NewIds::new(&taken);
        let title = "Train on the work log, not only on the answer";
        let given: Vec<String> = (0..12).map(|_| ids.of_title(title)).collect();
        assert_eq!(given[11], "train-on-the-work-log-not-12");
        assert!(given.iter().all(|id| id.chars().count() <= LONGEST_ID));
        assert_eq!(
            [ids.of_title("Same"), ids.own("same"), ids.own("same-2")],
            ["same-2", "same-3", "same-2-2"]
        );
        let own = "an-id-that-came-along-and-is-longer-than-that";
        assert_eq!(ids.own(own), own);
    }
}
