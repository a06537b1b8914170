//! Which ideas are alike, by the words they share. Lexical on purpose: the
//! answer is explained by naming the words.
//!
//! Title, summary and tags are a vector of words each, of length 1: a word that
//! occurs n times counts 1 + ln n, times its inverse document frequency
//! ln(1 + ideas / ideas with the word) (Salton & Buckley 1988). An idea is
//! 0.7 × title + summary + 0.2 × tags, so that the few words of a title are not
//! lost in a long summary. Likeness is the cosine between two ideas.

mod resemblance;
mod tokenize;
mod vector;

pub use resemblance::{Reminder, is_duplicate, reminders};

use std::collections::HashMap;

use crate::domain::Idea;

use self::vector::{Counted, Counts, Gram, Scale, count, product};

/// Ideas from this likeness on are taken for one idea in two wordings.
///
/// Chosen on the odd pairs of `src/core/tests/judge/similarity/pairs.toml`; the test that
/// reads them measures what it finds and how often it is wrong.
pub const ALIKE: f64 = 0.42;

/// One rare word in common is chance, unless it is all there is; two are a
/// subject.
const FEWEST_SHARED_WORDS: usize = 2;
const IDENTICAL: f64 = 1.0 - 1e-6;

/// That an idea is much like another.
#[derive(Clone, Debug, PartialEq)]
pub struct Resemblance {
    /// The other idea.
    pub id: String,
    /// 0–1; 1 for ideas with the same words.
    pub likeness: f64,
    /// The words that both have, as the first one has them in lower case; the
    /// most telling first.
    pub words: Vec<String>,
}

/// The words of all ideas of a portfolio, for finding what is like a given one
/// without reading them all again.
#[derive(Clone, Debug, Default)]
pub struct SimilarityIndex {
    /// Row of each idea by its id.
    rows: HashMap<String, usize>,
    /// Ids by row; rows of removed ideas are not used again.
    ids: Vec<String>,
    /// What brings each row to length 1; follows from `postings`.
    scales: Vec<Scale>,
    /// Position in `postings` of each stem.
    vocabulary: HashMap<String, usize>,
    /// For every word, the rows that have it.
    postings: Vec<Vec<Posting>>,
    /// For every row, the words that it has, as positions in `postings`.
    words: Vec<Vec<u32>>,
}

/// That an idea has a word, and how much of it in each place.
#[derive(Clone, Copy, Debug)]
struct Posting {
    row: u32,
    counts: Counts,
}

/// A word of the idea that is asked about, with the ideas that have it.
struct QueryWord<'a> {
    weight: f64,
    written: String,
    postings: &'a [Posting],
}

impl SimilarityIndex {
    /// An index of these ideas.
    #[must_use]
    pub fn new<'a>(ideas: impl IntoIterator<Item = &'a Idea>) -> Self {
        let mut index = Self::default();
        for idea in ideas {
            index.write(idea);
        }
        index.measure();
        index
    }

    /// Adds an idea, or takes in its new words if it is there already.
    pub fn insert(&mut self, idea: &Idea) {
        self.write(idea);
        self.measure();
    }

    /// Forgets an idea, if it is there.
    pub fn remove(&mut self, id: &str) {
        if let Some(row) = self.rows.remove(id) {
            self.clear(row);
            self.measure();
        }
    }

    /// The other ideas whose likeness is at least `least` (over 0, up to 1; see
    /// [`ALIKE`]), whether or not this one is in the index itself: the most
    /// alike first, equals by id.
    #[must_use]
    pub fn like(&self, idea: &Idea, least: f64) -> Vec<Resemblance> {
        let own = self.rows.get(&idea.id).copied();
        let query = self.query(idea);
        let mut likeness = vec![0.0; self.ids.len()];
        let mut shared = vec![0_usize; self.ids.len()];
        for word in &query {
            let weight = word.weight * self.rarity(word.postings.len());
            for posting in word.postings {
                let row = posting.row as usize;
                likeness[row] += weight * product(&posting.counts, &self.scales[row]);
                shared[row] += 1;
            }
        }
        let mut found: Vec<(f64, usize)> = (0..self.ids.len())
            .filter(|&row| shared[row] > 0 && Some(row) != own)
            .map(|row| (likeness[row].min(1.0), row))
            .filter(|&(likeness, row)| {
                likeness >= least && shared[row] >= FEWEST_SHARED_WORDS || likeness >= IDENTICAL
            })
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| self.ids[a.1].cmp(&self.ids[b.1])));
        let resemblance = |(likeness, row): (f64, usize)| Resemblance {
            id: self.ids[row].clone(),
            likeness,
            words: self.shared_words(&query, row),
        };
        found.into_iter().map(resemblance).collect()
    }

    /// The words of an idea, as a vector of length 1.
    fn query(&self, idea: &Idea) -> Vec<QueryWord<'_>> {
        let counted = count(idea);
        let found: Vec<&[Posting]> = counted
            .keys()
            .map(|stem| self.vocabulary.get(stem).map_or(&[][..], |&word| &self.postings[word]))
            .collect();
        let mut gram = Gram::default();
        for (word, postings) in counted.values().zip(&found) {
            gram.add(&word.counts, self.rarity(postings.len()));
        }
        let scale = gram.scale();
        counted
            .into_values()
            .zip(found)
            .map(|(Counted { counts, written }, postings)| {
                let weight = self.rarity(postings.len()) * product(&counts, &scale);
                QueryWord { weight, written, postings }
            })
            .collect()
    }

    fn shared_words(&self, query: &[QueryWord<'_>], row: usize) -> Vec<String> {
        let mut shared: Vec<(f64, &str)> = query
            .iter()
            .filter_map(|word| {
                let posting = word.postings.iter().find(|posting| posting.row as usize == row)?;
                let weight =
                    self.rarity(word.postings.len()) * product(&posting.counts, &self.scales[row]);
                Some((word.weight * weight, word.written.as_str()))
            })
            .collect();
        shared.sort_by(|a, b| b.0.total_cmp(&a.0));
        shared.into_iter().map(|(_, written)| written.to_owned()).collect()
    }

    /// Inverse document frequency of a word that so many ideas have. One that
    /// none has counts like one that a single idea has.
    fn rarity(&self, ideas: usize) -> f64 {
        (1.0 + self.rows.len() as f64 / ideas.max(1) as f64).ln()
    }

    fn write(&mut self, idea: &Idea) {
        let row = match self.rows.get(&idea.id).copied() {
            Some(row) => {
                self.clear(row);
                row
            }
            None => {
                let row = self.ids.len();
                self.ids.push(idea.id.clone());
                self.rows.insert(idea.id.clone(), row);
                self.words.push(Vec::new());
                row
            }
        };
        for (stem, Counted { counts, .. }) in count(idea) {
            let word = *self.vocabulary.entry(stem).or_insert_with(|| {
                self.postings.push(Vec::new());
                self.postings.len() - 1
            });
            self.postings[word].push(Posting { row: row as u32, counts });
            self.words[row].push(word as u32);
        }
    }

    fn clear(&mut self, row: usize) {
        for word in std::mem::take(&mut self.words[row]) {
            self.postings[word as usize].retain(|posting| posting.row as usize != row);
        }
    }

    /// Every idea that comes or goes makes its words more common or rarer in
    /// all others, so all lengths are taken anew.
    fn measure(&mut self) {
        let mut grams = vec![Gram::default(); self.ids.len()];
        for postings in &self.postings {
            let rarity = self.rarity(postings.len());
            for posting in postings {
                grams[posting.row as usize].add(&posting.counts, rarity);
            }
        }
        self.scales = grams.iter().map(Gram::scale).collect();
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use proptest::prelude::*;

    fn idea(id: &str, title: &str, summary: &str) -> Idea {
        Idea { summary: summary.to_owned(), ..Idea::new(id, title) }
    }

    fn some() -> Vec<Idea> {
        vec![
            idea("seeds", "Error bars over random seeds", "Repeat each benchmark run."),
            idea("logs", "Agents that read logs", "Search the logs of failed runs."),
            idea("cache", "Prune the attention cache", "Drop keys nobody attends to."),
        ]
    }

    #[test]
    fn the_words_in_common_are_named_the_most_telling_first() {
        let index = SimilarityIndex::new(&some());
        let found = index.like(&idea("new", "Reading failed logs with agents", ""), ALIKE);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].id, "logs");
        assert_eq!(found[0].words[0], "logs");
        assert!(found[0].words.iter().any(|word| word == "reading"));
    }

    #[test]
    fn an_idea_is_not_like_itself_but_wholly_like_its_copy() {
        let mut ideas = some();
        ideas.push(Idea { id: "copy".to_owned(), ..ideas[1].clone() });
        let found = SimilarityIndex::new(&ideas).like(&ideas[1], ALIKE);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].id, "copy");
        assert!((found[0].likeness - 1.0).abs() < 1e-6);
    }

    #[test]
    fn one_shared_word_is_chance() {
        let index = SimilarityIndex::new(&[idea("a", "Spreadsheet compiler", "")]);
        assert!(index.like(&idea("b", "Spreadsheet music", ""), ALIKE).is_empty());
        assert!(index.like(&idea("b", "…", ""), ALIKE).is_empty());
        assert_eq!(index.like(&idea("b", "Compiler for spreadsheets", ""), ALIKE).len(), 1);
    }

    fn any_idea() -> impl Strategy<Value = Idea> {
        let words = |n| prop::collection::vec("[a-f]{2}", 0..n).prop_map(|words| words.join(" "));
        (0..8_u8, words(4), words(8))
            .prop_map(|(id, title, summary)| idea(&format!("i{id}"), &title, &summary))
    }

    fn rounded(found: Vec<Resemblance>) -> Vec<(String, i64)> {
        let mut rounded: Vec<_> =
            found.into_iter().map(|r| (r.id, (r.likeness * 1e6).round() as i64)).collect();
        rounded.sort();
        rounded
    }

    proptest! {
        #[test]
        fn an_index_kept_up_to_date_equals_a_new_one(
            first in prop::collection::vec(any_idea(), 0..8),
            later in prop::collection::vec((any_idea(), any::<bool>()), 0..8),
            asked in any_idea(),
        ) {
            let mut now: BTreeMap<String, Idea> = BTreeMap::new();
            now.extend(first.into_iter().map(|idea| (idea.id.clone(), idea)));
            let list = |now: &BTreeMap<String, Idea>| now.values().cloned().collect::<Vec<_>>();
            let mut index = SimilarityIndex::new(&list(&now));
            for (idea, stays) in later {
                if stays {
                    index.insert(&idea);
                    now.insert(idea.id.clone(), idea);
                } else {
                    index.remove(&idea.id);
                    now.remove(&idea.id);
                }
            }
            let new = SimilarityIndex::new(&list(&now));
            prop_assert_eq!(rounded(index.like(&asked, ALIKE)), rounded(new.like(&asked, ALIKE)));
        }

        #[test]
        fn likeness_is_mutual(ideas in prop::collection::vec(any_idea(), 2..8)) {
            let ideas: BTreeMap<String, Idea> =
                ideas.into_iter().map(|idea| (idea.id.clone(), idea)).collect();
            let list: Vec<Idea> = ideas.values().cloned().collect();
            let index = SimilarityIndex::new(&list);
            for one in &list {
                for other in index.like(one, ALIKE) {
                    let back = index.like(&ideas[&other.id], ALIKE);
                    let back = back.iter().find(|found| found.id == one.id);
                    prop_assert!(back.is_some_and(|b| (b.likeness - other.likeness).abs() < 1e-6));
                    prop_assert!((ALIKE..=1.0).contains(&other.likeness));
                }
            }
        }
    }
}
