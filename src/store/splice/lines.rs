//! Lines, blank lines and comment lines around an offset.

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use super::line_ending;

/// Where the line of an offset starts.
pub(super) fn line_start(text: &str, offset: usize) -> usize {
    text[..offset].rfind('\n').map_or(0, |at| at + 1)
}

/// Where the line of an offset ends, its ending included.
pub(super) fn line_end(text: &str, offset: usize) -> usize {
    text[offset..].find('\n').map_or(text.len(), |at| offset + at + 1)
}

/// What stands before an offset on its line if that is only blank space.
pub(super) fn indent(text: &str, offset: usize) -> &str {
    let before = &text[line_start(text, offset)..offset];
    if is_blank(before) { before } else { "" }
}

pub(super) fn is_blank(line: &str) -> bool {
    line.trim_matches([' ', '\t', '\r', '\n', '\u{feff}']).is_empty()
}

fn is_comment(line: &str) -> bool {
    line.trim_start_matches([' ', '\t']).starts_with('#')
}

/// The line before the one that starts at an offset.
fn line_before(text: &str, start: usize) -> Option<(usize, &str)> {
    let end = start.checked_sub(1)?;
    let before = line_start(text, end);
    Some((before, &text[before..start]))
}

/// The comments in some text, each on a line of its own.
pub(super) fn comment_lines(text: &str, indent: &str) -> String {
    let eol = line_ending(text);
    let comments = Source::new(text).lex();
    let comments = comments.filter(|token| token.kind() == TokenKind::Comment);
    let comments = comments.filter_map(|token| text.get(token.span().start()..token.span().end()));
    comments.map(|comment| format!("{indent}{}{eol}", comment.trim_end())).collect()
}

/// Where the comment lines begin that stand directly above the line that starts
/// at an offset; the offset itself if there are none.
pub(crate) fn attached_comments(text: &str, start: usize) -> usize {
    let mut first = start;
    while let Some((before, line)) = line_before(text, first) {
        if !is_comment(line) {
            break;
        }
        first = before;
    }
    first
}

/// Where the blank lines begin that stand directly above an offset.
pub(crate) fn blank_lines_before(text: &str, start: usize) -> usize {
    let mut first = start;
    while let Some((before, line)) = line_before(text, first) {
        // The byte-order mark is no line of its own.
        if !is_blank(line) || line.contains('\u{feff}') {
            break;
        }
        first = before;
    }
    first
}

/// What goes between a text and a section at its end, so that one blank line
/// keeps them apart.
pub(crate) fn gap_at_end(text: &str, eol: &str) -> String {
    if matches!(text, "" | "\u{feff}") {
        String::new()
    } else if !text.ends_with('\n') {
        eol.repeat(2)
    } else if blank_lines_before(text, text.len()) < text.len() {
        String::new()
    } else {
        eol.to_owned()
    }
}

/// Where the comment lines end that stand directly below a line that ends at an
/// offset, unless they belong to a header that follows them.
pub(super) fn trailing_comments(text: &str, end: usize) -> usize {
    let mut last = end;
    while last < text.len() && is_comment(&text[last..line_end(text, last)]) {
        last = line_end(text, last);
    }
    let follows = text[last..].trim_start_matches([' ', '\t']);
    if follows.starts_with('[') { end } else { last }
}
