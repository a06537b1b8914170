//! A text cut at its `[[idea]]` headers, so that each idea can be read, and
//! fail, by itself.

use std::ops::Range;

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

pub(super) const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The parts of a text: what stands before the first idea (maybe nothing), then
/// one part for each header, from the start of its line to the next header.
/// A byte-order mark belongs to no part.
pub(super) fn split(text: &str) -> Vec<Range<usize>> {
    let first = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
    ranges(first, &headers(text, first), text.len())
}

/// The parts of a piece that could not be read, cut at every line that looks
/// like a header although the lexer saw it inside a string or an array: what a
/// missing closing quote or bracket swallows.
pub(super) fn split_by_lines(text: &str) -> Vec<Range<usize>> {
    let mut headers = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if start > 0 && header(line).is_some() {
            headers.push(start);
        }
        start += line.len();
    }
    ranges(0, &headers, text.len())
}

fn ranges(first: usize, headers: &[usize], end: usize) -> Vec<Range<usize>> {
    let starts = std::iter::once(first).chain(headers.iter().copied());
    let ends = headers.iter().copied().chain([end]);
    starts.zip(ends).map(|(start, end)| start..end).collect()
}

/// Where the lines of `[[idea]]` headers start.
fn headers(text: &str, first: usize) -> Vec<usize> {
    let mut headers = Vec::new();
    let mut line = Some(first);
    let mut in_value = false;
    let mut depth = 0_usize;
    for token in Source::new(text).lex() {
        match (token.kind(), line) {
            (TokenKind::Whitespace, _) => continue,
            (TokenKind::Newline, _) => {
                in_value &= depth > 0;
                line = Some(token.span().end());
                continue;
            }
            (TokenKind::LeftSquareBracket, Some(start)) if begins_idea(&text[start..], depth) => {
                headers.push(start);
                in_value = false;
                depth = 0;
            }
            (TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket, _) if in_value => {
                depth += 1;
            }
            (TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket, _) if in_value => {
                depth = depth.saturating_sub(1);
            }
            (TokenKind::Equals, _) => in_value = true,
            _ => {}
        }
        line = None;
    }
    headers
}

/// Inside an array `[["idea"]]` may be a value; `[[idea]]` never is, so there
/// it tells that a bracket was left open.
fn begins_idea(text: &str, depth: usize) -> bool {
    let line = text.split('\n').next().unwrap_or_default();
    header(line).is_some_and(|key| depth == 0 || key == Key::Bare)
}

#[derive(PartialEq)]
enum Key {
    Bare,
    Quoted,
}

fn header(line: &str) -> Option<Key> {
    const BLANK: [char; 2] = [' ', '\t'];
    let inner = line.trim_start_matches(BLANK).strip_prefix("[[")?.trim_start_matches(BLANK);
    let (key, rest) = [("idea", Key::Bare), ("\"idea\"", Key::Quoted), ("'idea'", Key::Quoted)]
        .into_iter()
        .find_map(|(word, key)| Some((key, inner.strip_prefix(word)?)))?;
    let rest = rest.trim_start_matches(BLANK).strip_prefix("]]")?;
    let rest = rest.trim_start_matches(BLANK).trim_end_matches(['\r', '\n']);
    (rest.is_empty() || rest.starts_with('#')).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<&str> {
        split(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn headers_come_in_many_spellings() {
        let text = "# top\n[[idea]]\na=1\r\n [[ \"idea\" ]] # x\r\nb=2\n\t[['idea']]\n[idea.bet]\n";
        assert_eq!(
            parts(text),
            [
                "# top\n",
                "[[idea]]\na=1\r\n",
                " [[ \"idea\" ]] # x\r\nb=2\n",
                "\t[['idea']]\n[idea.bet]\n"
            ]
        );
        assert_eq!(parts("\u{feff}[[idea]]\n"), ["", "[[idea]]\n"]);
        assert_eq!(parts(""), [""]);
    }

    #[test]
    fn what_only_looks_like_a_header_is_none() {
        for text in [
            "# [[idea]]\n",
            "a = \"\"\"\n[[idea]]\n\"\"\"\n",
            "a = '''\n[[idea]]\n'''\n",
            "a = [\n[[\"idea\"]]\n]\n",
            "[[idea.log]]\n",
            "[idea]\n",
            "[[ideas]]\n",
        ] {
            assert_eq!(parts(text), [text]);
        }
    }

    #[test]
    fn an_open_bracket_does_not_swallow_the_next_idea() {
        let text = "[[idea]]\ntags = [\"a\"\n[[idea]]\n";
        assert_eq!(parts(text), ["", "[[idea]]\ntags = [\"a\"\n", "[[idea]]\n"]);
    }

    #[test]
    fn lines_cut_what_an_open_string_swallowed() {
        let text = "[[idea]]\nsummary = \"\"\"\n[[idea]]\nb = 1\n";
        assert_eq!(parts(text).len(), 2);
        assert_eq!(split_by_lines(text), [0..23, 23..text.len()]);
    }
}
