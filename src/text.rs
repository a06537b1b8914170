//! Text from files, made safe and measured for a terminal.
//!
//! Text from files is data: nothing in a title or a note may move a cursor,
//! change a colour or turn the line around.
//!
//! And "did you mean …": the closest known word.

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// One line that a terminal shows as it stands: control characters become
/// their visible pictures (`␛`), a tab becomes a space, and characters that
/// reorder or break lines become `�`. Every character becomes exactly one, so
/// columns counted in characters stay true.
///
/// ```
/// use prospect::text::sanitize;
/// assert_eq!(sanitize("plain"), "plain");
/// assert_eq!(sanitize("\u{1b}[31mred"), "␛[31mred");
/// ```
#[must_use]
pub fn sanitize(text: &str) -> Cow<'_, str> {
    if is_printable_ascii(text) || text.chars().all(|c| shown(c) == c) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().map(shown).collect())
    }
}

/// What stands on the screen for a character.
fn shown(c: char) -> char {
    match c {
        '\t' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
        '\u{7f}' => '␡',
        '\u{80}'..='\u{9f}' => '\u{fffd}',
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            '\u{fffd}'
        }
        c => c,
    }
}

/// Columns that a line takes on a terminal.
#[must_use]
pub fn width(text: &str) -> usize {
    if is_printable_ascii(text) { text.len() } else { text.width() }
}

/// Most lines are, and need no look at every character.
fn is_printable_ascii(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// A number of things in words: `1 problem`, `2 problems`.
#[must_use]
pub fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// A share (0–1) in hundredths: `.25`, `1.00`.
#[must_use]
pub fn hundredths(share: f64) -> String {
    let text = format!("{share:.2}");
    text.strip_prefix('0').map_or_else(|| text.clone(), str::to_owned)
}

/// The line cut to at most `columns`, with `…` where something is missing. Cuts
/// between what a reader sees as characters, never inside one.
#[must_use]
pub fn shorten(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let Some(room) = columns.checked_sub(1) else {
        return Cow::Borrowed("");
    };
    let (head, _) = split_at_width(text, room);
    Cow::Owned(format!("{}…", head.trim_end()))
}

/// The line cut or filled up with spaces to exactly `columns`.
#[must_use]
pub fn fit(text: &str, columns: usize) -> String {
    let mut line = shorten(text, columns).into_owned();
    line.extend(std::iter::repeat_n(' ', columns.saturating_sub(width(&line))));
    line
}

/// A text in lines of at most `columns`, each sanitised: paragraphs (told apart
/// by blank lines) and list items keep lines of their own, other line breaks
/// count as spaces, and a word that is longer than a line is cut.
#[must_use]
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let mut lines: Vec<String> = Vec::new();
    let mut open = false;
    for source in text.trim().lines() {
        let source = sanitize(source.trim());
        if source.is_empty() {
            if open {
                lines.push(String::new());
            }
            open = false;
            continue;
        }
        if starts_block(&source) {
            open = false;
        }
        for word in source.split_whitespace() {
            push_word(&mut lines, open, word, columns);
            open = true;
        }
    }
    lines
}

/// Whether a line of Markdown begins a heading or an item of a list.
fn starts_block(line: &str) -> bool {
    let marker = line.split_whitespace().next().unwrap_or_default();
    let number = marker.trim_end_matches(['.', ')']);
    matches!(marker, "-" | "*" | "+" | ">")
        || (!marker.is_empty() && marker.chars().all(|c| c == '#'))
        || (number.len() < marker.len() && number.parse::<u32>().is_ok())
}

fn push_word(lines: &mut Vec<String>, continues: bool, mut word: &str, columns: usize) {
    if let Some(line) = lines.last_mut().filter(|_| continues)
        && width(line) + 1 + width(word) <= columns
    {
        line.push(' ');
        line.push_str(word);
        return;
    }
    while width(word) > columns {
        let (head, tail) = split_at_width(word, columns);
        if head.is_empty() {
            break;
        }
        lines.push(head.to_owned());
        word = tail;
    }
    lines.push(word.to_owned());
}

/// Where the rows of a text begin and end when it is shown in so many columns,
/// as ranges of bytes. Every line begins a row; a longer one goes on in the
/// next, behind a space where there is one. Nothing but line breaks lies
/// between two rows, so that a cursor finds every character.
///
/// ```
/// use prospect::text::rows;
/// let text = "one two\n\nthree";
/// let rows: Vec<&str> = rows(text, 5).into_iter().map(|row| &text[row]).collect();
/// assert_eq!(rows, ["one ", "two", "", "three"]);
/// ```
#[must_use]
pub fn rows(text: &str, columns: usize) -> Vec<Range<usize>> {
    let columns = columns.max(1);
    let mut rows = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let end = start + line.len();
        let (mut row, mut used, mut gap) = (start, 0, None);
        for (at, grapheme) in line.grapheme_indices(true) {
            let at = start + at;
            let needed = width(&sanitize(grapheme));
            while used + needed > columns && at > row {
                let next = gap.filter(|gap| *gap > row).unwrap_or(at);
                rows.push(row..next);
                used = width(&sanitize(&text[next..at]));
                (row, gap) = (next, None);
            }
            used += needed;
            if grapheme == " " {
                gap = Some(at + 1);
            }
        }
        rows.push(row..end);
        start = end + 1;
    }
    rows
}

/// Splits behind the last whole character that ends within `columns`.
fn split_at_width(text: &str, columns: usize) -> (&str, &str) {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += width(grapheme);
        if used > columns {
            return text.split_at(at);
        }
    }
    (text, "")
}

/// The blocks of a sparkline, lowest first.
const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The last levels (each 0–`max`) that fit, one column each, the latest on the right.
///
/// ```
/// assert_eq!(prospect::text::sparkline(&[0.0, 5.0, 10.0], 10.0, 8), "▁▅█");
/// ```
#[must_use]
pub fn sparkline(levels: &[f64], max: f64, columns: usize) -> String {
    let start = levels.len().saturating_sub(columns);
    levels[start..].iter().map(|level| symbol(level / max)).collect()
}

/// The block that is nearest to a share (0–1), the lowest for nothing.
fn symbol(share: f64) -> char {
    let steps = [0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5].map(|step| step / 7.0);
    LEVELS[steps.iter().filter(|step| share >= **step).count()]
}

/// How alike two words must be (Jaro–Winkler, 0–1) for one to be suggested.
const ALIKE: f64 = 0.8;

/// Nothing is suggested that is less like it than the best by more than this.
const CLOSE: f64 = 0.08;

/// At most this many are suggested.
const MOST: usize = 3;

/// The candidates that look or begin like `word`, or hold it, most alike first.
///
/// ```
/// use prospect::text::nearest;
/// assert_eq!(nearest("rnak", ["rank", "show", "set"]), ["rank"]);
/// assert!(nearest("xyz", ["rank", "show"]).is_empty());
/// ```
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let word = word.to_lowercase();
    let mut alike: Vec<(f64, &str)> = candidates
        .into_iter()
        .map(|candidate| (likeness(&word, &candidate.to_lowercase()), candidate))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .collect();
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    alike.dedup_by_key(|(_, candidate)| *candidate);
    let best = alike.first().map_or(0.0, |(likeness, _)| *likeness);
    alike.retain(|(likeness, _)| best - likeness <= CLOSE);
    alike.into_iter().take(MOST).map(|(_, candidate)| candidate).collect()
}

fn likeness(word: &str, candidate: &str) -> f64 {
    let held = word.chars().count() >= 3 && candidate.contains(word);
    let likeness = strsim::jaro_winkler(word, candidate);
    if held { likeness.max(ALIKE) } else { likeness }
}

/// `did you mean "a" or "b"?`; empty where nothing is near.
///
/// ```
/// use prospect::text::did_you_mean;
/// assert_eq!(did_you_mean("rnak", ["rank", "show"]), "did you mean \"rank\"?");
/// ```
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> =
        nearest(word, candidates).iter().map(|candidate| format!("\"{candidate}\"")).collect();
    if quoted.is_empty() { String::new() } else { format!("did you mean {}?", quoted.join(" or ")) }
}

/// Markdown in lines, with soft line breaks joined and the marks of emphasis and code left out.
pub fn wrap_markdown(text: &str, columns: usize) -> Vec<String> {
    wrap(&unmarked(text), columns)
}

/// The text without `*emphasis*`, `**weight**` and `` `code` `` marks. Where a
/// mark has no partner, or is a list's bullet, it is text and stays.
fn unmarked(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['*', '`']) {
        let (before, marked) = rest.split_at(at);
        plain.push_str(before);
        let mark_end = marked.find(|c| !marked.starts_with(c)).unwrap_or(marked.len());
        let (mark, after) = marked.split_at(mark_end);
        match after.split_once(mark) {
            Some((inside, behind)) if is_marked(inside) => {
                plain.push_str(inside);
                rest = behind;
            }
            _ => {
                plain.push_str(mark);
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// Whether this can stand between two marks: on one paragraph, without a space beside the marks.
fn is_marked(inside: &str) -> bool {
    let edges = inside.starts_with(char::is_whitespace) || inside.ends_with(char::is_whitespace);
    !inside.is_empty() && !edges && !inside.contains("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_left_out_and_what_only_looks_like_one_stays() {
        assert_eq!(
            unmarked("find *which* rewrites **help** in `code`"),
            "find which rewrites help in code"
        );
        for text in ["2 * 3 * 4", "* one\n* two", "a * b", "**", "*open", "`", "5 *\n\n* 6"] {
            assert_eq!(unmarked(text), text);
        }
    }

    #[test]
    fn nothing_that_a_terminal_obeys_gets_through() {
        for code in (0..0x20).chain(0x7f..0xa0) {
            let c = char::from_u32(code).unwrap();
            let text = format!("a{c}b");
            let safe = sanitize(&text);
            assert!(!safe.chars().any(char::is_control), "{code:x}");
            assert_eq!(safe.chars().count(), 3, "{code:x}");
        }
        assert_eq!(sanitize("a\u{202e}b\u{2066}c\u{2028}d"), "a�b�c�d");
    }

    #[test]
    fn what_people_write_stays_as_it_is() {
        for text in ["Größe", "日本語", "שלום", "👩‍🔬 e\u{301}", "a — b"] {
            assert!(matches!(sanitize(text), Cow::Borrowed(same) if same == text));
        }
    }

    #[test]
    fn lines_are_cut_between_characters_and_filled_up() {
        assert_eq!(shorten("headroom", 8), "headroom");
        assert_eq!(shorten("headroom", 5), "head…");
        assert_eq!(shorten("日本語", 4), "日…");
        assert_eq!(shorten("e\u{301}e\u{301}e\u{301}", 2), "e\u{301}…");
        assert_eq!(shorten("abc", 0), "");
        for columns in 0..9 {
            for text in ["headroom", "日本語の研究", "👩‍🔬 lab", ""] {
                assert_eq!(width(&fit(text, columns)), columns, "{text} in {columns}");
            }
        }
    }

    #[test]
    fn paragraphs_and_items_keep_their_lines() {
        let text = "One two\nthree four.\n\n\n- first item\n- second\n  goes on\n";
        let lines = ["One two three", "four.", "", "- first item", "- second goes", "on"];
        assert_eq!(wrap(text, 13), lines);
        assert_eq!(wrap("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(wrap("日本語", 1), ["日本語"]);
        assert!(wrap(" \n ", 10).is_empty());
    }

    #[test]
    fn no_line_is_wider_than_it_may_be() {
        let text = "The 日本語 title, with wideword日本語日本語 and an e\u{301}cole in it.";
        for columns in 2..40 {
            assert!(wrap(text, columns).iter().all(|line| width(line) <= columns));
        }
    }
}
