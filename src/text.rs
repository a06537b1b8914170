//! Text from files, made fit for a terminal: nothing in it acts, and it fits
//! the columns it is given.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The same text with every control character, escape and direction override
/// replaced by one visible character each, so that positions stay. Line breaks
/// and tabs become spaces.
///
/// ```
/// assert_eq!(prospect::text::sanitize("red \u{1b}[31m"), "red ␛[31m");
/// ```
#[must_use]
pub fn sanitize(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| harmless(c) == c) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().map(harmless).collect())
    }
}

fn harmless(c: char) -> char {
    match c {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('�'),
        '\u{7f}' => '␡',
        '\u{80}'..='\u{9f}' => '�',
        // Direction marks, embeddings, overrides and isolates: they would
        // reorder what stands beside them on the line.
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            '�'
        }
        _ => c,
    }
}

/// Columns that a text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// The text if it fits, else as much of it as fits with `…` at the end. Never
/// splits what people see as one character.
///
/// ```
/// assert_eq!(prospect::text::fit("headroom", 5), "head…");
/// assert_eq!(prospect::text::fit("日本語", 5), "日本…");
/// ```
#[must_use]
pub fn fit(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let mut left = columns.saturating_sub(1);
    let mut fitted = String::new();
    for grapheme in text.graphemes(true) {
        let width = UnicodeWidthStr::width(grapheme);
        if width > left {
            break;
        }
        left -= width;
        fitted.push_str(grapheme);
    }
    if columns > 0 {
        fitted.push('…');
    }
    Cow::Owned(fitted)
}

/// Breaks a line at spaces into lines of at most so many columns; a word that
/// is longer is broken anywhere.
#[must_use]
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let needed = width(word);
        if used > 0 && used + 1 + needed > columns {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        for grapheme in word.graphemes(true) {
            let width = UnicodeWidthStr::width(grapheme);
            if used > 0 && used + width > columns {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push_str(grapheme);
            used += width;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_acts_is_left_and_positions_stay() {
        let hostile = "a\u{1b}]0;x\u{7}\u{9b}31m\u{202e}b\r\n\u{2066}\0c\u{7f}";
        let clean = sanitize(hostile);
        assert!(clean.chars().all(|c| !c.is_control() && harmless(c) == c), "{clean}");
        assert_eq!(clean.chars().count(), hostile.chars().count());
        assert!(matches!(sanitize("ordinary 日本 é 👩‍🔬"), Cow::Borrowed(_)));
    }

    #[test]
    fn what_is_fitted_never_exceeds_its_columns() {
        for text in ["", "plain words", "日本語のタイトル", "e\u{301}e\u{301}e\u{301}", "👩‍🔬👩‍🔬👩‍🔬"]
        {
            for columns in 0..12 {
                assert!(width(&fit(text, columns)) <= columns, "{text} in {columns}");
            }
        }
    }

    #[test]
    fn wrapping_loses_no_word() {
        let text = "one  two three-and-a-half 日本語日本語 four";
        for columns in 2..20 {
            let lines = wrap(text, columns);
            assert!(lines.iter().all(|line| width(line) <= columns), "{columns}: {lines:?}");
            let letters = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(letters(&lines.concat()), letters(text));
        }
    }
}
