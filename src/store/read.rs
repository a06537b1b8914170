//! A text cut at its `[[idea]]` headers, so that each idea can be read, and fail, by
//! itself; and a part of a text, read into ideas, with every diagnostic it has.

mod deck;
mod entries;
mod ideas;

pub(super) use deck::deck;
pub(super) use entries::entry;
pub(super) use ideas::{field_value, rater, setting_value};

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use super::diagnostic::Diagnostic;
use crate::domain::Idea;

/// What a part of a text holds.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// The ideas in it: one below each header, more in an inline list.
    pub(super) ideas: Vec<Reading>,
    /// What is wrong outside of any idea.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// One idea as far as it could be read.
#[derive(Debug)]
pub(super) struct Reading {
    /// `None` if it has an error. Without an id of its own it carries the slug
    /// of its title.
    pub(super) idea: Option<Idea>,
    /// Whether its id is written in the file.
    pub(super) has_id: bool,
    /// What it is called in messages: its id or its title, if it has one.
    pub(super) name: Option<String>,
    /// Where a diagnostic of the idea as a whole is shown: its id or its header.
    pub(super) place: Range<usize>,
    /// All that is wrong with it.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Reading {
    /// Makes the idea unreadable for a reason that only the whole workspace can tell.
    pub(super) fn refuse(&mut self, diagnostic: Diagnostic) {
        self.idea = None;
        self.diagnostics.push(Diagnostic { idea: self.name.clone(), ..diagnostic });
    }
}

impl Part {
    /// Whether everything in it could be read.
    pub(super) fn is_sound(&self) -> bool {
        self.ideas.iter().all(|reading| reading.idea.is_some())
            && !self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Reads one part of a text; spans count from the start of the whole text.
pub(super) fn part(text: &str, range: Range<usize>) -> Part {
    let (table, errors) = DeTable::parse_recoverable(&text[range.clone()]);
    let mut reader = Reader { text, offset: range.start, diagnostics: Vec::new() };
    let mut part = Part::default();
    if let Some((key, value)) = table.get_ref().get_key_value("idea") {
        if let DeValue::Array(array) = value.get_ref() {
            part.ideas = array.iter().map(|element| reader.idea(element)).collect();
        } else {
            let message = "ideas are a list, with a header for each of them".to_owned();
            let diagnostic = Diagnostic::error(reader.span(key), "not-a-list", message);
            part.diagnostics.push(diagnostic.hint("write [[idea]] with two brackets on each side"));
        }
    }
    if !errors.is_empty() {
        blame(&mut part, text, syntax_diagnostics(text, &range, &errors));
    }
    part
}

/// The diagnostics that the TOML parser found, one for each line: what follows on
/// the same line is mostly an echo.
pub(super) fn syntax_diagnostics(
    text: &str,
    range: &Range<usize>,
    errors: &[toml::de::Error],
) -> Vec<Diagnostic> {
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    let moved = |offset: usize| (offset + range.start).min(range.end);
    for error in errors {
        let span = error.span().unwrap_or_default();
        let span = moved(span.start)..moved(span.end);
        if diagnostics
            .iter()
            .all(|other| !line_around(text, other.span.start).contains(&span.start))
        {
            diagnostics.push(Diagnostic::error(span, "syntax", error.message().to_owned()));
        }
    }
    if let (Some(start), Some(last)) = (open_text(&text[range.clone()]), diagnostics.last_mut()) {
        // The parser complains where the text runs out; the slip is elsewhere.
        "the text that begins here has no end".clone_into(&mut last.message);
        last.span = moved(start)..moved(start + 3);
    }
    diagnostics
}

/// Where a multi-line string begins that is never closed.
fn open_text(text: &str) -> Option<usize> {
    let token = Source::new(text).lex().filter(|token| token.kind() != TokenKind::Eof).last()?;
    let raw = text.get(token.span().start()..token.span().end())?;
    let delimiter = match token.kind() {
        TokenKind::MlBasicString => "\"\"\"",
        TokenKind::MlLiteralString => "'''",
        _ => return None,
    };
    let is_closed = raw.len() >= 6 && raw.ends_with(delimiter);
    (!is_closed).then_some(token.span().start())
}

/// A syntax error makes every idea of its part unreadable. What seems to be
/// missing then, or stands on the same line, is no diagnostic of its own.
fn blame(part: &mut Part, text: &str, errors: Vec<Diagnostic>) {
    let lines: Vec<Range<usize>> =
        errors.iter().map(|diagnostic| line_around(text, diagnostic.span.start)).collect();
    for reading in &mut part.ideas {
        reading.idea = None;
        reading.diagnostics.retain(|diagnostic| {
            diagnostic.code != "missing"
                && !lines.iter().any(|line| line.contains(&diagnostic.span.start))
        });
    }
    match part.ideas.as_mut_slice() {
        [] => part.diagnostics.extend(errors),
        [first, ..] => {
            let idea = first.name.clone();
            first.diagnostics.extend(
                errors
                    .into_iter()
                    .map(|diagnostic| Diagnostic { idea: idea.clone(), ..diagnostic }),
            );
        }
    }
}

/// The line of an offset, with its ending and one more, so that the end of the
/// text has a line too.
fn line_around(text: &str, offset: usize) -> Range<usize> {
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let end = text[offset..].find('\n').map_or(text.len(), |at| offset + at);
    start..end + 1
}

/// Collects diagnostics while values are converted.
struct Reader<'t> {
    text: &'t str,
    offset: usize,
    diagnostics: Vec<Diagnostic>,
}

impl<'t> Reader<'t> {
    fn span<T>(&self, spanned: &Spanned<T>) -> Range<usize> {
        let span = spanned.span();
        span.start + self.offset..span.end + self.offset
    }

    fn raw<T>(&self, spanned: &Spanned<T>) -> &'t str {
        self.text.get(self.span(spanned)).unwrap_or_default()
    }

    /// Reports keys that mean nothing here; they are kept all the same.
    fn unknown_key(&mut self, key: &Spanned<DeString<'_>>, table: &str, known: &[&str]) {
        let place = if table.is_empty() { String::new() } else { format!(" in {table}") };
        let message = format!("\"{}\" means nothing{place}; it is kept", key.get_ref());
        let mut diagnostic = Diagnostic::warning(self.span(key), "unknown-key", message);
        if let Some(word) = super::diagnostic::nearest(key.get_ref(), known.iter().copied()) {
            diagnostic = diagnostic.hint(format!("did you mean \"{word}\"?"));
        }
        self.diagnostics.push(diagnostic);
    }
}

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
