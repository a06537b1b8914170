//! Words by which texts are compared: accents folded, endings cut, the words
//! that every text has left out.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::domain::{fold, is_unspaced};

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// What it is compared by: folded, without its ending.
    pub(super) stem: String,
    /// As the text has it, in lower case.
    pub(super) written: String,
}

/// The words of a text, in order, without addresses and stop words. Scripts
/// that put no spaces between words give every pair of neighbouring letters.
pub(super) fn tokenize(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    for piece in text.split_whitespace().flat_map(around_address) {
        for written in piece.split(|c| !is_part_of_word(c)) {
            let written = lower(written);
            if written.contains(is_unspaced) {
                words.extend(pairs_of_letters(&written));
                continue;
            }
            let folded = fold(&written);
            if folded.chars().nth(1).is_some() && !is_stop_word(&folded) {
                words.push(Word { stem: stem(folded), written });
            }
        }
    }
    words
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

fn is_part_of_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || is_apostrophe(c)
}

/// What stands before and behind an address in a piece of text without spaces:
/// `[notes](` and `)` of `[notes](https://example.org)`.
fn around_address(piece: &str) -> [&str; 2] {
    let Some(at) = piece.find("://") else { return [piece, ""] };
    let before = piece[..at].trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let behind = piece[at..].find([')', ']', '>']).map_or("", |end| &piece[at + end..]);
    [before, behind]
}

fn pairs_of_letters(run: &str) -> Vec<Word> {
    let letters: Vec<char> = run.chars().collect();
    let word = |letters: &[char]| {
        let written: String = letters.iter().collect();
        Word { stem: written.clone(), written }
    };
    match letters.len() {
        0..=2 => vec![word(&letters)],
        _ => letters.windows(2).map(word).collect(),
    }
}

fn lower(word: &str) -> String {
    if word.is_ascii() {
        return word.replace('\'', "").to_ascii_lowercase();
    }
    let composed: String = word.nfc().filter(|c| !is_apostrophe(*c)).collect();
    composed.to_lowercase()
}

/// Endings, longest first within a family: what is cut, what takes its place,
/// and how many letters must at least be left in front of it.
const ENDINGS: &[(&str, &str, usize)] = &[
    ("izations", "iz", 3),
    ("isations", "iz", 3),
    ("ization", "iz", 3),
    ("isation", "iz", 3),
    ("iveness", "", 4),
    ("ically", "ic", 3),
    ("ations", "", 3),
    ("ation", "", 3),
    ("ating", "", 4),
    ("ators", "", 4),
    ("ator", "", 4),
    ("ated", "", 4),
    ("ates", "", 4),
    ("izing", "iz", 3),
    ("ising", "iz", 3),
    ("izers", "iz", 3),
    ("isers", "iz", 3),
    ("nesses", "", 4),
    ("ively", "", 4),
    ("ities", "", 4),
    ("ments", "", 4),
    ("izer", "iz", 3),
    ("iser", "iz", 3),
    ("ized", "iz", 3),
    ("ised", "iz", 3),
    ("izes", "iz", 3),
    ("ises", "iz", 3),
    ("ally", "al", 3),
    ("ment", "", 4),
    ("ness", "", 4),
    ("ings", "", 3),
    ("ions", "", 4),
    ("ives", "", 4),
    ("ate", "", 4),
    ("ize", "iz", 3),
    ("ise", "iz", 3),
    ("ive", "", 4),
    ("ity", "", 4),
    ("ing", "", 3),
    ("ion", "", 4),
    ("ers", "", 4),
    ("ors", "", 4),
    ("ies", "y", 3),
    ("ied", "y", 3),
    ("er", "", 4),
    ("or", "", 4),
    ("ly", "", 4),
    ("ed", "", 3),
    ("es", "", 3),
    ("s", "", 3),
    ("e", "", 3),
];

/// Cuts an English ending so that `predict`, `prediction` and `predicted` are
/// one word. Cruder than a dictionary, and wrong now and then: what counts is
/// that one word in two forms gives one stem.
fn stem(mut word: String) -> String {
    if !word.is_ascii() || word.bytes().all(|b| b.is_ascii_digit()) {
        return word;
    }
    let ending = ENDINGS
        .iter()
        .find(|(ending, _, least)| word.len() >= ending.len() + least && word.ends_with(ending));
    if let Some((ending, replacement, _)) = ending {
        word.truncate(word.len() - ending.len());
        word.push_str(replacement);
    }
    if let [front @ .., one, other] = word.as_bytes()
        && front.len() >= 3
        && one == other
        && other.is_ascii_alphabetic()
        && *other != b's'
    {
        word.pop();
    }
    if word.len() > 3 && word.ends_with('y') {
        word.pop();
        word.push('i');
    }
    word
}

fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.binary_search(&word).is_ok()
}

/// Words that say nothing about a subject, in English and the most common in
/// German and French; sorted.
const STOP_WORDS: &[&str] = &[
    "about", "above", "after", "again", "against", "all", "along", "already", "also", "an", "and",
    "another", "any", "are", "around", "as", "at", "au", "auf", "aus", "aux", "avec", "be",
    "because", "been", "before", "being", "below", "between", "both", "but", "by", "can", "cannot",
    "ce", "could", "dans", "das", "de", "dem", "den", "der", "des", "did", "die", "do", "does",
    "doing", "done", "dont", "down", "du", "during", "each", "eg", "ein", "eine", "einem", "einen",
    "einer", "else", "en", "est", "et", "etc", "even", "ever", "every", "few", "for", "from",
    "fur", "further", "get", "gets", "give", "given", "gives", "go", "had", "has", "have",
    "having", "he", "her", "here", "him", "his", "how", "idea", "ideas", "ie", "if", "in",
    "instead", "into", "is", "isnt", "ist", "it", "its", "just", "la", "le", "les", "less", "let",
    "lets", "like", "made", "make", "makes", "making", "many", "may", "me", "might", "mit", "more",
    "most", "much", "must", "my", "need", "needs", "new", "nicht", "no", "nor", "not", "now",
    "nur", "oder", "of", "off", "on", "once", "one", "only", "or", "other", "others", "ou", "our",
    "out", "over", "own", "par", "per", "pour", "project", "projects", "qui", "same", "she",
    "should", "sich", "sind", "so", "some", "still", "such", "sur", "than", "that", "the", "their",
    "them", "then", "there", "these", "they", "thing", "things", "this", "those", "through", "to",
    "too", "two", "uber", "un", "und", "under", "une", "until", "up", "us", "use", "used", "uses",
    "using", "very", "via", "von", "want", "was", "way", "we", "well", "were", "what", "when",
    "where", "whether", "which", "while", "who", "whom", "whose", "why", "will", "with", "within",
    "without", "wont", "would", "yet", "you", "your", "zu", "zur",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(text: &str) -> Vec<String> {
        tokenize(text).into_iter().map(|word| word.stem).collect()
    }

    #[test]
    fn forms_of_a_word_are_one_word() {
        for forms in [
            "predict predicts predicted predicting prediction predictions predictive",
            "optimize optimise optimizing optimization optimisation optimizer",
            "annotate annotated annotation annotations annotating",
            "query queries queried",
            "cache caches cached caching",
            "plan planning planned plans",
            "model models model's",
            "forecast forecasting forecasts",
        ] {
            let mut stems = stems(forms);
            stems.dedup();
            assert_eq!(stems.len(), 1, "{forms}: {stems:?}");
        }
    }

    #[test]
    fn accents_and_capitals_do_not_tell_words_apart() {
        assert_eq!(stems("Résumé"), stems("resume\u{301}"));
        let stems_of = stems("GRÖSSE größe");
        assert_eq!(stems_of[0], stems_of[1]);
        assert_eq!(tokenize("Résumé")[0].written, "résumé");
    }

    #[test]
    fn addresses_and_stop_words_say_nothing() {
        assert_eq!(
            stems("see [the notes](https://example.org/a/b), or <http://x.y>"),
            ["see", "not"]
        );
        assert!(tokenize("what would you want to do with it").is_empty());
    }

    #[test]
    fn every_stop_word_is_found() {
        assert!(STOP_WORDS.iter().all(|word| is_stop_word(word)));
        assert!(tokenize("Für die THE don't").is_empty());
    }

    #[test]
    fn scripts_without_spaces_are_compared_by_pairs_of_letters() {
        assert_eq!(stems("失敗ログ"), ["失敗", "敗ロ", "ログ"]);
    }

    #[test]
    fn any_text_has_words_or_none() {
        proptest::proptest!(|(text in "\\PC*")| {
            for word in tokenize(&text) {
                proptest::prop_assert!(!word.stem.is_empty() && !word.written.is_empty());
            }
        });
    }
}
