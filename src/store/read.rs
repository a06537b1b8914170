//! A text cut at its `[[idea]]` headers, so that each idea can be read, and fail, by
//! itself; and a part of a text, read into ideas, with every diagnostic it has.

mod deck;
mod entries;
mod ideas;
mod outline;
mod syntax;

pub(super) use deck::deck;
pub(super) use entries::entry;
pub(super) use ideas::{field_value, rater, setting_value};
pub(super) use outline::{Outline, outlines};

use std::ops::Range;
use std::sync::Arc;

use memchr::memmem;
use toml::Spanned;
use toml::de::{DeString, DeTable};
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use self::syntax::{Table, plain_part};
use super::diagnostic::Diagnostic;
use crate::domain::Idea;
use crate::parallel;

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
    pub(super) idea: Option<Arc<Idea>>,
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
    let own = &text[range.clone()];
    let plain = plain_part(own, header(own).is_none());
    part_of(
        text,
        range.clone(),
        plain.filter(|(_, end)| *end == range.len()).map(|(table, _)| table),
    )
}

/// Makes a part of its values, or of its text where it is not plain.
fn part_of(text: &str, range: Range<usize>, plain: Option<Table<'_>>) -> Part {
    let (table, errors) = match plain {
        Some(table) => (table, Vec::new()),
        None => {
            let (table, errors) = DeTable::parse_recoverable(&text[range.clone()]);
            (Table::of(table.into_inner()), errors)
        }
    };
    let mut reader = Reader { text, offset: range.start, diagnostics: Vec::new() };
    let mut part = Part::default();
    if let Some((key, value)) = table.get_key_value("idea") {
        if let Some(elements) = value.get_ref().as_list() {
            part.ideas = elements.iter().map(|element| reader.idea(element)).collect();
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

/// A part of a text, and where it stands.
pub(super) type Placed = (Range<usize>, Part);

/// All parts of a text, read on several threads if it is long: what stands before the
/// first idea (maybe nothing), then one part for each header, from the start of its line
/// to the next header. A byte-order mark belongs to no part.
pub(super) fn parts(text: &str) -> Vec<Placed> {
    in_shares(text, |range, is_before_ideas| parts_from(text, range, is_before_ideas))
}

/// What `read` makes of the parts of a text, in order, on several threads if it is long.
/// `read` is given a range that begins with a part, and whether that is the part before the
/// ideas; it returns also where the part begins that is the first behind that range.
fn in_shares<T: Send>(
    text: &str,
    read: impl Fn(Range<usize>, bool) -> (Vec<T>, usize) + Sync,
) -> Vec<T> {
    const LONG: usize = 1 << 18;
    const SHARES: usize = 4;
    let first = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
    if text.len() < LONG {
        return read(first..text.len(), true).0;
    }
    // Each share begins at what looks like a header. One inside of a long text is found
    // out, because the share before does not end there.
    let begin = |share: usize| {
        let middle = text.len() / SHARES * share;
        memmem::find(&text.as_bytes()[middle..], b"\n[[idea]]").map(|at| middle + at + 1)
    };
    let mut begins: Vec<usize> = (1..SHARES).filter_map(begin).collect();
    begins.insert(0, first);
    begins.dedup();
    let ends = begins.iter().skip(1).copied().chain([text.len()]);
    let shares: Vec<Range<usize>> =
        begins.iter().zip(ends).map(|(begin, end)| *begin..end).collect();
    let done = parallel::map(&shares, 2, |share| read(share.clone(), share.start == first));
    let mut all = Vec::new();
    let mut reached = first;
    for (share, (mut of_share, mut end)) in shares.into_iter().zip(done) {
        if share.start != reached {
            (of_share, end) = read(reached..share.end, false);
        }
        all.append(&mut of_share);
        reached = end;
    }
    all
}

/// The parts of a range that begins where a part begins.
pub(super) fn parts_of(text: &str, range: Range<usize>) -> Vec<Placed> {
    parts_from(&text[..range.end], range, true).0
}

/// The parts that begin in a range, and where the one behind them begins. The range begins
/// with a part: with what stands before the ideas, or with a header.
fn parts_from(text: &str, range: Range<usize>, mut is_before_ideas: bool) -> (Vec<Placed>, usize) {
    let mut parts = Vec::new();
    let mut start = range.start;
    while start < range.end || is_before_ideas {
        let rest = &text[start..];
        let plain = plain_part(rest, is_before_ideas);
        let length = match &plain {
            Some((_, length)) => *length,
            None => next_header(rest, is_before_ideas).unwrap_or(rest.len()),
        };
        let own = start..start + length;
        let part = part_of(text, own.clone(), plain.map(|(table, _)| table));
        parts.extend(cut_if_broken(text, own.clone(), part));
        start = own.end;
        is_before_ideas = false;
    }
    (parts, start)
}

/// Where a missing quote has swallowed the ideas behind it, a part is cut at what looks
/// like their headers, if that helps.
fn cut_if_broken(text: &str, range: Range<usize>, part: Part) -> Vec<Placed> {
    if !part.is_sound() {
        let pieces: Vec<Placed> = split_by_lines(&text[range.clone()])
            .into_iter()
            .map(|piece| piece.start + range.start..piece.end + range.start)
            .map(|piece| (piece.clone(), self::part(text, piece)))
            .collect();
        if pieces.iter().skip(1).any(|(_, part)| part.is_sound()) {
            return pieces;
        }
    }
    vec![(range, part)]
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

/// Where the line of the next `[[idea]]` header starts in a text that begins with a part;
/// the header of that part itself is passed over.
fn next_header(text: &str, is_before_ideas: bool) -> Option<usize> {
    let mut line = Some(0);
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
            (TokenKind::LeftSquareBracket, Some(start))
                if (start > 0 || is_before_ideas) && begins_idea(&text[start..], depth) =>
            {
                return Some(start);
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
    None
}

/// Inside an array `[["idea"]]` may be a value; `[[idea]]` never is, so there
/// it tells that a bracket was left open.
fn begins_idea(text: &str, depth: usize) -> bool {
    header(text).is_some_and(|key| depth == 0 || key == Key::Bare)
}

#[derive(PartialEq)]
enum Key {
    Bare,
    Quoted,
}

/// How the key of an idea's header is written; `None` where a text begins with no such line.
fn header(text: &str) -> Option<Key> {
    let line = text.split('\n').next().unwrap_or_default();
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

    fn texts(text: &str) -> Vec<&str> {
        parts(text).into_iter().map(|(range, _)| &text[range]).collect()
    }

    #[test]
    fn headers_come_in_many_spellings() {
        let text = "# top\n[[idea]]\na=1\r\n [[ \"idea\" ]] # x\r\nb=2\n\t[['idea']]\n[idea.bet]\n";
        assert_eq!(
            texts(text),
            [
                "# top\n",
                "[[idea]]\na=1\r\n",
                " [[ \"idea\" ]] # x\r\nb=2\n",
                "\t[['idea']]\n[idea.bet]\n"
            ]
        );
        assert_eq!(texts("\u{feff}[[idea]]\n"), ["", "[[idea]]\n"]);
        assert_eq!(texts(""), [""]);
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
            assert_eq!(texts(text), [text]);
        }
    }

    #[test]
    fn an_open_bracket_does_not_swallow_the_next_idea() {
        let text = "[[idea]]\ntags = [\"a\"\n[[idea]]\n";
        assert_eq!(texts(text), ["", "[[idea]]\ntags = [\"a\"\n", "[[idea]]\n"]);
    }

    #[test]
    fn lines_cut_what_an_open_string_swallowed() {
        let text = "[[idea]]\nsummary = \"\"\"\n[[idea]]\nb = 1\n";
        assert_eq!(texts(text).len(), 2);
        assert_eq!(split_by_lines(text), [0..23, 23..text.len()]);
    }
}
