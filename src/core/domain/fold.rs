//! Text without case and accents.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case without accents: what is searched for and what it is searched in
/// are compared like this.
///
/// ```
/// assert_eq!(prospect_core::domain::fold("Größe É"), "große e");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        fold_into(&mut folded, c);
    }
    folded
}

/// Appends one character to a text that is being folded.
pub fn fold_into(folded: &mut String, c: char) {
    let marked = std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c));
    folded.extend(marked.flat_map(char::to_lowercase));
}
