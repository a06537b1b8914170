//! Similarity of ideas by the words they share. Lexical on purpose: the
//! answer is explained by naming the words.
//!
//! Title, summary and tags are a vector of words each, of length 1: a word that
//! occurs n times counts 1 + ln n, times its inverse document frequency
//! ln(1 + ideas / ideas with the word) (Salton & Buckley 1988). An idea is
//! 0.7 × title + summary + 0.2 × tags, so that the few words of a title are not
//! lost in a long summary. Likeness is the cosine between two ideas. The vectors are
//! kept by place, so that each place can be brought to its share.

mod resemblance;
mod tokenize;

pub use resemblance::{
    SimilarPastIdea, alike_ids, all_duplicates, is_duplicate, perhaps_in_words, perhaps_like,
    similar_past_ideas,
};

use std::collections::{BTreeMap, HashMap};

use self::tokenize::tokenize;
use crate::domain::Idea;
use crate::parallel;

/// Ideas from this likeness on are taken for one idea in two wordings.
///
/// Chosen on the odd pairs of `src/core/tests/judge/similarity/pairs.toml`; the test that
/// reads them measures what it finds and how often it is wrong.
pub const ALIKE: f64 = 0.42;

/// Below [`ALIKE`] and from this likeness on the nearest ideas are offered as
/// perhaps alike. A judgement: below it the words in common say nothing.
pub const PERHAPS: f64 = 0.15;

/// One rare word in common is chance, unless it is all there is; two are a
/// subject.
const FEWEST_SHARED_WORDS: usize = 2;
const IDENTICAL: f64 = 1.0 - 1e-6;

/// More than sums of so few weights are off by rounding.
const ROUNDING: f64 = 1e-9;

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
    /// Ids by row.
    ids: Vec<String>,
    /// What brings each row to length 1; follows from `postings`.
    norms: Vec<Norm>,
    /// Position in `postings` of each stem.
    vocabulary: HashMap<String, usize>,
    /// For every word, the rows that have it.
    postings: Vec<Vec<Posting>>,
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
        const MANY: usize = 500;
        let ideas: Vec<&Idea> = ideas.into_iter().collect();
        let mut index = Self::default();
        for (idea, words) in ideas.iter().zip(parallel::map(&ideas, MANY, |idea| count(idea))) {
            index.index_idea(idea, words);
        }
        index.recompute_norms();
        index
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
            let weight = word.weight * self.idf(word.postings.len());
            for posting in word.postings {
                let row = posting.row as usize;
                likeness[row] += weight * product(&posting.counts, &self.norms[row]);
                shared[row] += 1;
            }
        }
        let mut found: Vec<(f64, usize)> = (0..self.ids.len())
            .filter(|&row| shared[row] > 0 && Some(row) != own)
            .map(|row| (likeness[row].min(1.0), row))
            .filter(|&(likeness, row)| is_alike(likeness, shared[row], least))
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| self.ids[a.1].cmp(&self.ids[b.1])));
        let resemblance = |(likeness, row): (f64, usize)| Resemblance {
            id: self.ids[row].clone(),
            likeness,
            words: self.shared_words(&query, row),
        };
        found.into_iter().map(resemblance).collect()
    }

    /// Which ideas have a likeness of at least `least` to another one that counts, by the
    /// positions of the ideas that the index was made of: what [`like`](Self::like) says of
    /// each, in far less time.
    ///
    /// The words of an idea are gone through from the rarest on, only until those that are
    /// left are too light for `least`: the length of the rest bounds what it can add to the
    /// likeness to any other idea (Anastasiu & Karypis 2014, L2AP). The words that most ideas
    /// have, which lead to all pairs, are mostly among those.
    pub(super) fn have_alike(&self, least: f64, counts: impl Fn(usize) -> bool) -> Vec<bool> {
        let vectors = self.vectors();
        let mut rows_of: Vec<Vec<(usize, f64)>> = vec![Vec::new(); self.postings.len()];
        for (row, words) in vectors.iter().enumerate() {
            words.iter().for_each(|(word, weight)| rows_of[*word].push((row, *weight)));
        }
        let rests: Vec<Vec<f64>> = vectors.iter().map(|words| rests(words)).collect();
        let mut found = vec![false; vectors.len()];
        let mut likeness = vec![0.0; vectors.len()];
        for (row, words) in vectors.iter().enumerate() {
            if found[row] {
                continue;
            }
            let mut touched = Vec::new();
            // Rounding must not lose a pair that is just alike enough.
            let end = rests[row].partition_point(|rest| *rest >= least - ROUNDING);
            for (word, weight) in &words[..end] {
                for (other, theirs) in &rows_of[*word] {
                    if likeness[*other] == 0.0 {
                        touched.push(*other);
                    }
                    likeness[*other] += weight * theirs;
                }
            }
            let cut = words.get(end).map_or(usize::MAX, |(word, _)| *word);
            let rest = rests[row].get(end).copied().unwrap_or_default();
            for other in touched {
                let so_far = std::mem::take(&mut likeness[other]);
                let is_known = found[row] && found[other];
                let behind = vectors[other].partition_point(|(word, _)| *word < cut);
                let most = so_far + rest * rests[other][behind];
                if other == row || is_known || most < least - ROUNDING {
                    continue;
                }
                let (alike, shared) = compare(words, &vectors[other]);
                if is_alike(alike, shared, least) {
                    found[row] |= counts(other);
                    found[other] |= counts(row);
                }
            }
        }
        found
    }

    /// The words of all ideas, each idea a vector of length 1: words by their rank, the rarest
    /// first, with their weights.
    fn vectors(&self) -> Vec<Vec<(usize, f64)>> {
        let mut by_rarity: Vec<&Vec<Posting>> = self.postings.iter().collect();
        by_rarity.sort_by_key(|postings| postings.len());
        let mut vectors: Vec<Vec<(usize, f64)>> = vec![Vec::new(); self.ids.len()];
        for (word, postings) in by_rarity.into_iter().enumerate() {
            let idf = self.idf(postings.len());
            for posting in postings {
                let row = posting.row as usize;
                vectors[row].push((word, idf * product(&posting.counts, &self.norms[row])));
            }
        }
        vectors
    }

    /// The words of an idea, as a vector of length 1.
    fn query(&self, idea: &Idea) -> Vec<QueryWord<'_>> {
        let counted = count(idea);
        let found: Vec<&[Posting]> = counted
            .keys()
            .map(|stem| self.vocabulary.get(stem).map_or(&[][..], |&word| &self.postings[word]))
            .collect();
        let mut matrix = GramMatrix::default();
        for (word, postings) in counted.values().zip(&found) {
            matrix.add(&word.counts, self.idf(postings.len()));
        }
        let norm = matrix.norm();
        counted
            .into_values()
            .zip(found)
            .map(|(TermCounts { counts, written }, postings)| {
                let weight = self.idf(postings.len()) * product(&counts, &norm);
                QueryWord { weight, written, postings }
            })
            .collect()
    }

    fn shared_words(&self, query: &[QueryWord<'_>], row: usize) -> Vec<String> {
        let mut shared: Vec<(f64, &str)> = query
            .iter()
            .filter_map(|word| {
                // Ideas come into the index one by one, and so into each list.
                let at = word.postings.binary_search_by_key(&row, |it| it.row as usize).ok()?;
                let weight = self.idf(word.postings.len())
                    * product(&word.postings[at].counts, &self.norms[row]);
                Some((word.weight * weight, word.written.as_str()))
            })
            .collect();
        shared.sort_by(|a, b| b.0.total_cmp(&a.0));
        shared.into_iter().map(|(_, written)| written.to_owned()).collect()
    }

    /// Inverse document frequency of a word that so many ideas have. One that
    /// none has counts like one that a single idea has.
    fn idf(&self, ideas: usize) -> f64 {
        (1.0 + self.rows.len() as f64 / ideas.max(1) as f64).ln()
    }

    fn index_idea(&mut self, idea: &Idea, words: BTreeMap<String, TermCounts>) {
        let row = self.ids.len();
        self.ids.push(idea.id.clone());
        self.rows.insert(idea.id.clone(), row);
        for (stem, TermCounts { counts, .. }) in words {
            let word = *self.vocabulary.entry(stem).or_insert_with(|| {
                self.postings.push(Vec::new());
                self.postings.len() - 1
            });
            self.postings[word].push(Posting { row: row as u32, counts });
        }
    }

    /// Works out the lengths, when all ideas are in: each makes its words more
    /// common in all others.
    fn recompute_norms(&mut self) {
        let mut matrices = vec![GramMatrix::default(); self.ids.len()];
        for postings in &self.postings {
            let idf = self.idf(postings.len());
            for posting in postings {
                matrices[posting.row as usize].add(&posting.counts, idf);
            }
        }
        self.norms = matrices.iter().map(GramMatrix::norm).collect();
    }
}

/// The length of a vector from each of its words on, and at last that of nothing.
fn rests(words: &[(usize, f64)]) -> Vec<f64> {
    let mut rests = vec![0.0; words.len() + 1];
    let mut square = 0.0;
    for (at, (_, weight)) in words.iter().enumerate().rev() {
        square += weight * weight;
        rests[at] = square.sqrt();
    }
    rests
}

/// The likeness of two ideas of [`SimilarityIndex::vectors`], and how many words they share.
fn compare(one: &[(usize, f64)], other: &[(usize, f64)]) -> (f64, usize) {
    let (mut likeness, mut shared) = (0.0, 0);
    let mut others = other.iter().peekable();
    for (word, weight) in one {
        while others.next_if(|(theirs, _)| theirs < word).is_some() {}
        if let Some((_, theirs)) = others.next_if(|(theirs, _)| theirs == word) {
            likeness += weight * theirs;
            shared += 1;
        }
    }
    (likeness, shared)
}

/// Whether two ideas of this likeness that share so many words are alike.
fn is_alike(likeness: f64, shared: usize, least: f64) -> bool {
    likeness >= least && shared >= FEWEST_SHARED_WORDS || likeness >= IDENTICAL
}

/// Title, summary, tags.
const PLACES: usize = 3;
const SHARES: Norm = [0.7, 1.0, 0.2];

/// How often an idea has a word in each place, damped: 1 + ln n.
type Counts = [f32; PLACES];

/// By what the counts of each place are multiplied.
type Norm = [f64; PLACES];

fn product(counts: &Counts, norm: &Norm) -> f64 {
    counts.iter().zip(norm).map(|(count, norm)| f64::from(*count) * norm).sum()
}

/// Products of the places of one idea with each other: all that its length
/// depends on, in one pass over its words.
#[derive(Clone, Default)]
struct GramMatrix([Norm; PLACES]);

impl GramMatrix {
    fn add(&mut self, counts: &Counts, idf: f64) {
        for (row, one) in self.0.iter_mut().zip(counts).filter(|(_, one)| **one > 0.0) {
            for (cell, other) in row.iter_mut().zip(counts) {
                *cell += f64::from(one * other) * idf * idf;
            }
        }
    }

    /// Factors by which each place is multiplied so that every place counts its
    /// share and the whole has length 1.
    fn norm(&self) -> Norm {
        let mut norm = [0.0; PLACES];
        for (place, factor) in norm.iter_mut().enumerate() {
            let square = self.0[place][place];
            *factor = if square > 0.0 { SHARES[place] / square.sqrt() } else { 0.0 };
        }
        let mut square = 0.0;
        for (row, one) in self.0.iter().zip(&norm) {
            square += row.iter().zip(&norm).map(|(cell, other)| cell * one * other).sum::<f64>();
        }
        if square > 0.0 { norm.map(|factor| factor / square.sqrt()) } else { norm }
    }
}

/// How often an idea has a word, damped, in each place.
struct TermCounts {
    counts: Counts,
    written: String,
}

/// The words of an idea by their stems.
fn count(idea: &Idea) -> BTreeMap<String, TermCounts> {
    let mut counted: BTreeMap<String, TermCounts> = BTreeMap::new();
    for (place, text) in [&idea.title, &idea.summary, &idea.tags.join(" ")].into_iter().enumerate()
    {
        for word in tokenize(text) {
            let entry = counted
                .entry(word.stem)
                .or_insert(TermCounts { counts: [0.0; PLACES], written: word.written });
            entry.counts[place] += 1.0;
        }
    }
    for count in counted.values_mut().flat_map(|word| &mut word.counts) {
        *count = if *count > 0.0 { 1.0 + count.ln() } else { 0.0 };
    }
    counted
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

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

    proptest! {
        #[test]
        fn likeness_is_mutual(ideas in prop::collection::vec(any_idea(), 2..8)) {
            let ideas: BTreeMap<String, Idea> =
                ideas.into_iter().map(|idea| (idea.id.clone(), idea)).collect();
            let list: Vec<Idea> = ideas.values().cloned().collect();
            let index = SimilarityIndex::new(&list);
            let counts = |row: usize| !row.is_multiple_of(3);
            let found = index.have_alike(ALIKE, counts);
            for (one, found) in list.iter().zip(found) {
                let alike = index.like(one, ALIKE);
                let row = |id: &str| list.iter().position(|idea| idea.id == id).unwrap();
                prop_assert_eq!(found, alike.iter().any(|other| counts(row(&other.id))));
            }
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
