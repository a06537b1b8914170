//! Finding ideas: words in any order as they are typed, and conditions such as
//! `status:active`.

mod filter;

pub use crate::domain::fold;
pub use filter::{Filter, FilterError, SAVED, SavedFilters, Subject};

use std::fmt;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use crate::domain::{Idea, fold_char, is_unspaced};
use crate::parallel;

/// A word counts as found where it scores at least this share of what it would
/// score against itself; what lies below is letters strewn over a line.
const LEAST_SHARE: f64 = 0.75;

/// Finds lines that hold all words of a query, in any order, accents and case
/// aside, the best first. Remembers the last query, so that a longer one only
/// looks where the shorter one found something.
pub struct Finder {
    matcher: SkimMatcherV2,
    query: String,
    /// Lines that hold all letters of the query in order, however strewn.
    candidates: Option<Vec<usize>>,
}

/// Bytes of the longest word whose letters may be strewn. One that is longer is
/// looked for as it stands: a score takes time in the square of the length.
const LONGEST_STREWN: usize = 100;

impl Default for Finder {
    fn default() -> Self {
        Self {
            matcher: SkimMatcherV2::default().respect_case(),
            query: String::new(),
            candidates: None,
        }
    }
}

impl fmt::Debug for Finder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Finder").field("query", &self.query).finish_non_exhaustive()
    }
}

impl Finder {
    /// Forgets where the last query looked: the lines have changed.
    pub fn forget(&mut self) {
        self.candidates = None;
    }

    /// Positions of the lines that match, the best first, equally good ones in
    /// the order of the lines. `keys` are the lines, each through [`fold`].
    pub fn find(&mut self, query: &str, keys: &[String]) -> Vec<usize> {
        let folded = fold(query);
        let words = self.words(&folded);
        let narrower = folded.starts_with(&self.query);
        let candidates = match self.candidates.take().filter(|_| narrower) {
            Some(candidates) => candidates,
            None => (0..keys.len()).collect(),
        };
        self.query.clone_from(&folded);
        let scored = parallel::map(&candidates, MANY, |position| {
            let (score, good) = self.score(&words, keys.get(*position)?)?;
            Some((score, good, *position))
        });
        let scored: Vec<_> = scored.into_iter().flatten().collect();
        let good = scored.iter().filter(|(_, good, _)| *good);
        let mut found: Vec<(i64, usize)> =
            good.map(|(score, _, position)| (*score, *position)).collect();
        self.candidates = Some(scored.into_iter().map(|(.., position)| position).collect());
        found.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        found.into_iter().map(|(_, position)| position).collect()
    }

    /// Which characters of a text, counted from 0, match the query.
    #[must_use]
    pub fn highlights(&self, text: &str) -> Vec<usize> {
        let mut folded = String::new();
        let mut origins = Vec::new();
        for (origin, c) in text.chars().enumerate() {
            let before = folded.chars().count();
            fold_char(c, &mut folded);
            origins.extend(std::iter::repeat_n(origin, folded.chars().count() - before));
        }
        let mut found: Vec<usize> = self
            .words(&self.query)
            .iter()
            .filter_map(|word| {
                if word.is_long() {
                    let start = folded[..folded.find(word.text)?].chars().count();
                    return Some((start..start + word.text.chars().count()).collect());
                }
                let (score, indices) = self.matcher.fuzzy_indices(&folded, word.text)?;
                word.is_good(score).then_some(indices)
            })
            .flatten()
            .filter_map(|index| origins.get(index).copied())
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The words of a query, each once.
    fn words<'a>(&self, folded: &'a str) -> Vec<Word<'a>> {
        let word =
            |text: &'a str| Word { text, perfect: 0, counts_anywhere: counts_anywhere(text) };
        let mut words: Vec<Word<'_>> = folded.split_whitespace().map(word).collect();
        words.sort_unstable_by_key(|word| word.text);
        words.dedup_by_key(|word| word.text);
        for word in &mut words {
            if !word.is_long() {
                word.perfect = self.matcher.fuzzy_match(word.text, word.text).unwrap_or(0);
            }
        }
        words
    }

    /// The sum of the words' scores, and whether every word is good; `None` if a letter is
    /// missing. Where one word is not good, the sum is of no use and not worked out.
    fn score(&self, words: &[Word<'_>], key: &str) -> Option<(i64, bool)> {
        // Nearly every line fails this, and it costs far less than a match.
        if !words.iter().all(|word| holds_in_order(key, word.text)) {
            return None;
        }
        let mut sum = 0;
        for word in words {
            let score = match word.letter() {
                _ if word.counts_anywhere && key.contains(word.text) => word.perfect,
                Some(letter) => word.score_letter(letter, key)?,
                None if word.is_long() => key.contains(word.text).then_some(0)?,
                None => self.matcher.fuzzy_match(key, word.text)?,
            };
            if !word.is_good(score) {
                return Some((0, false));
            }
            sum += score;
        }
        Some((sum, true))
    }
}

/// So many lines are shared out to all cores.
const MANY: usize = 4000;

/// Each line through [`fold`].
#[must_use]
pub fn fold_all(lines: &[&str]) -> Vec<String> {
    parallel::map(lines, MANY, |line| fold(line))
}

/// A word of a query.
struct Word<'a> {
    text: &'a str,
    /// What it scores against itself.
    perfect: i64,
    /// Whether it counts in the middle of a word as well.
    counts_anywhere: bool,
}

/// Scripts without spaces have no beginnings of words that could be seen, and neither have signs.
fn counts_anywhere(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphanumeric());
    letters.all(is_unspaced)
}

/// Whether all letters of a word occur in a line in their order. Compared by
/// bytes: what holds the letters holds their bytes.
fn holds_in_order(key: &str, word: &str) -> bool {
    let mut rest = key.as_bytes();
    word.bytes().all(|byte| match rest.iter().position(|one| *one == byte) {
        Some(at) => {
            rest = &rest[at + 1..];
            true
        }
        None => false,
    })
}

impl Word<'_> {
    /// Whether it is too long for its letters to be strewn.
    fn is_long(&self) -> bool {
        self.text.len() > LONGEST_STREWN
    }

    /// The letter that the word consists of, if it is only one.
    fn letter(&self) -> Option<char> {
        let mut letters = self.text.chars();
        letters.next().filter(|_| letters.next().is_none())
    }

    /// A single letter counts where a word begins with it. Nearly every line
    /// holds a given letter somewhere, so this must not cost a fuzzy match.
    fn score_letter(&self, letter: char, key: &str) -> Option<i64> {
        let mut places = key.match_indices(letter).peekable();
        places.peek()?;
        let begins = |at: usize| !key[..at].ends_with(char::is_alphanumeric);
        Some(if places.any(|(at, _)| begins(at)) { self.perfect } else { 0 })
    }

    #[expect(clippy::cast_precision_loss, reason = "scores are small")]
    fn is_good(&self, score: i64) -> bool {
        score as f64 >= LEAST_SHARE * self.perfect as f64
    }
}

/// What an idea is found by: title and tags, folded.
#[must_use]
pub fn search_key(idea: &Idea) -> String {
    let mut key = fold(&idea.title);
    for tag in &idea.tags {
        key.push(' ');
        key.push_str(&fold(tag));
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    const TITLES: [&str; 5] = [
        "Train on the work log, not only on the answer",
        "A way to donate work logs that people would sign",
        "Größere Modelle für die Straße",
        "L'école des modèles",
        "Let one model teach another",
    ];

    fn keys() -> Vec<String> {
        TITLES.iter().map(|title| fold(title)).collect()
    }

    #[test]
    fn a_query_of_any_length_is_answered() {
        let long = "antidisestablishmentarianism".repeat(2000);
        let keys = [fold(&format!("a {long} b")), keys().remove(0)];
        let mut finder = Finder::default();
        assert_eq!(finder.find(&long, &keys), [0]);
        assert_eq!(finder.highlights(&keys[0]).len(), long.len());
        assert!(finder.find(&format!("{long}x"), &keys).is_empty());
        assert_eq!(finder.find(&"work log ".repeat(7000), &keys), [1]);
    }

    fn find(query: &str) -> Vec<usize> {
        Finder::default().find(query, &keys())
    }

    #[test]
    fn words_match_in_any_order() {
        assert_eq!(find("log work"), find("work log"));
        assert_eq!(find("sign donate"), [1]);
        assert_eq!(find("answer log"), [0]);
        assert_eq!(find("donate answer"), [0_usize; 0]);
    }

    #[test]
    fn accents_and_case_are_folded_on_both_sides() {
        assert_eq!(find("ecole modeles"), [3]);
        assert_eq!(find("GRÖSSERE"), [2]);
        assert_eq!(find("größere"), [2]);
        assert_eq!(find("GROßERE"), [2]);
        assert_eq!(find("École"), [3]);
    }

    #[test]
    fn words_of_every_script_and_typographic_signs_are_found() {
        let lines = [
            "我们应该研究更小的模型",
            "Don’t trust the ‘early’ loss – plot it",
            "Łódź and øre and œuvre",
            "ﬁne-tuning ＦＵＬＬ β‑VAE x²",
            "모델 압축 연구",
            "一歩ずつ圧縮する",
        ];
        let keys: Vec<String> = lines.iter().map(|line| fold(line)).collect();
        for (query, line) in [
            ("模型", 0),
            ("研究", 0),
            ("小", 0),
            ("的模型", 0),
            ("don't", 1),
            ("don’t", 1),
            ("'early'", 1),
            ("loss - plot", 1),
            ("lodz", 2),
            ("ore", 2),
            ("oeuvre", 2),
            ("fine-tuning", 3),
            ("full", 3),
            ("β-vae", 3),
            ("x2", 3),
            ("압축", 4),
            ("一歩", 5),
            ("圧縮", 5),
        ] {
            assert_eq!(Finder::default().find(query, &keys), [line], "{query}");
        }
        assert!(Finder::default().find("型模", &keys).is_empty());
    }

    #[test]
    fn strewn_letters_are_not_a_find() {
        assert_eq!(find("nedec"), [0_usize; 0]);
        assert_eq!(find("lmt"), [4], "first letters of words are");
        assert_eq!(find("worklog").len(), 2);
    }

    #[test]
    fn highlights_point_into_the_original_text() {
        let mut finder = Finder::default();
        finder.find("ecole", &keys());
        let at: String = finder
            .highlights(TITLES[3])
            .into_iter()
            .filter_map(|index| TITLES[3].chars().nth(index))
            .collect();
        assert_eq!(at, "école");
        // A combining accent is a character of its own in the original.
        let decomposed = "L'e\u{301}cole";
        let indices = finder.highlights(decomposed);
        assert_eq!(indices, [2, 4, 5, 6, 7]);
    }

    #[test]
    fn narrowing_finds_what_a_fresh_search_finds() {
        let keys = keys();
        let mut finder = Finder::default();
        let query = "model teach";
        for end in 0..=query.len() {
            assert_eq!(finder.find(&query[..end], &keys), find(&query[..end]), "{end}");
        }
        assert_eq!(finder.find("work", &keys), find("work"));
    }

    #[test]
    fn many_lines_are_searched_as_few_are() {
        let lines: Vec<&str> = TITLES.iter().copied().cycle().take(10_001).collect();
        let keys = fold_all(&lines);
        assert_eq!(keys[..TITLES.len()], self::keys()[..]);
        let mut finder = Finder::default();
        for query in ["", "work", "work log", "q"] {
            let mut found = finder.find(query, &keys);
            let of_few = find(query);
            assert_eq!(found.first().map(|at| at % 5), of_few.first().copied(), "{query}");
            found.sort_unstable();
            let expected = (0..keys.len()).filter(|at| of_few.contains(&(at % 5)));
            assert_eq!(found, expected.collect::<Vec<_>>(), "{query}");
        }
    }

    #[test]
    fn one_letter_finds_the_words_that_begin_with_it() {
        assert_eq!(find("s"), [1, 2]);
        assert_eq!(find("w l").len(), 2);
        assert_eq!(find("q"), [0_usize; 0]);
    }

    #[test]
    fn an_empty_query_finds_everything_in_order() {
        assert_eq!(find(""), [0, 1, 2, 3, 4]);
        assert_eq!(find("  "), [0, 1, 2, 3, 4]);
    }
}
