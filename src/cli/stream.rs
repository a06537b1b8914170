//! The standard streams: the only place from which the command line writes.
//!
//! A terminal gets printable text, tabs, line breaks and colours, and nothing
//! else, whatever a command hands over. A pipe or a file gets the bytes as they
//! are, without the colours of text that is meant for people.

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};

use crate::text::sanitize;

/// A kind of text, which decides what of it goes into a pipe.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Content {
    /// For people: may hold colours.
    #[default]
    Styled,
    /// For programs: every byte counts.
    Data,
}

/// The standard output or the standard error.
pub(super) struct Stream {
    to: Box<dyn Write>,
    is_terminal: bool,
    colors: bool,
}

impl Stream {
    pub(super) fn stdout(color: ColorChoice) -> Self {
        let stdout = io::stdout();
        let colors = has_colors(AutoStream::choice(&stdout), color);
        let is_terminal = stdout.is_terminal();
        let to: Box<dyn Write> = match is_terminal {
            // Old consoles need the colours translated.
            true => Box::new(AutoStream::always(stdout.lock())),
            false => Box::new(stdout.lock()),
        };
        Self { to, is_terminal, colors }
    }

    pub(super) fn stderr(color: ColorChoice) -> Self {
        let stderr = io::stderr();
        let colors = has_colors(AutoStream::choice(&stderr), color);
        let is_terminal = stderr.is_terminal();
        let to: Box<dyn Write> = match is_terminal {
            true => Box::new(AutoStream::always(stderr.lock())),
            false => Box::new(stderr.lock()),
        };
        Self { to, is_terminal, colors }
    }

    pub(super) fn write(&mut self, text: &str, content: Content) -> io::Result<()> {
        let text = match (self.is_terminal, content) {
            (true, _) => for_terminal(text, self.colors),
            (false, Content::Styled) if !self.colors => without_colors(text),
            (false, _) => Cow::Borrowed(text),
        };
        self.to.write_all(text.as_bytes())?;
        self.to.flush()
    }
}

fn has_colors(usual: ColorChoice, asked: ColorChoice) -> bool {
    match asked {
        ColorChoice::Auto => usual != ColorChoice::Never,
        choice => choice != ColorChoice::Never,
    }
}

/// A piece of text: what a terminal shows, or one sequence that sets a colour.
enum Piece<'a> {
    Text(&'a str),
    Color(&'a str),
}

/// Splits a text at its colours (`ESC [ … m`).
fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let start = rest.match_indices("\x1b[").find_map(|(at, _)| Some((at, color_at(rest, at)?)));
        let (end, is_color) = match start {
            Some((0, end)) => (end, true),
            Some((start, _)) => (start, false),
            None => (rest.len(), false),
        };
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(if is_color { Piece::Color(piece) } else { Piece::Text(piece) })
    })
}

/// Where the colour that begins at `at` ends, if one does.
fn color_at(text: &str, at: usize) -> Option<usize> {
    let parameters = &text[at + 2..];
    let length = parameters.find(|c: char| !matches!(c, '0'..='9' | ';' | ':'))?;
    parameters[length..].starts_with('m').then_some(at + 2 + length + 1)
}

/// What a terminal may get of a text.
fn for_terminal(text: &str, colors: bool) -> Cow<'_, str> {
    let is_plain = |c: char| !c.is_control() || matches!(c, '\n' | '\t');
    if text.chars().all(is_plain) && matches!(sanitize(text), Cow::Borrowed(_)) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Color(color) if colors => shown.push_str(color),
            Piece::Color(_) => {}
            Piece::Text(text) => {
                for part in text.replace("\r\n", "\n").split_inclusive(['\n', '\t']) {
                    let end = part.len() - usize::from(part.ends_with(['\n', '\t']));
                    shown.push_str(&sanitize(&part[..end]));
                    shown.push_str(&part[end..]);
                }
            }
        }
    }
    Cow::Owned(shown)
}

fn without_colors(text: &str) -> Cow<'_, str> {
    if !text.contains('\x1b') {
        return Cow::Borrowed(text);
    }
    let kept = pieces(text).filter_map(|piece| match piece {
        Piece::Text(text) => Some(text),
        Piece::Color(_) => None,
    });
    Cow::Owned(kept.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_gets_colours_and_nothing_else_that_it_obeys() {
        let hostile =
            "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b[2J \u{9b}31m \u{202e}x\r\n\ty\x08\x1b[";
        let shown = for_terminal(hostile, true);
        assert_eq!(shown, "\x1b[31mred\x1b[0m ␛]0;title␇ ␛[2J �31m �x\n\ty␈␛[");
        assert_eq!(
            for_terminal(hostile, false),
            shown.replace("\x1b[31m", "").replace("\x1b[0m", "")
        );
    }

    #[test]
    fn every_code_is_harmless() {
        for code in (0..0x20).chain(0x7f..0xa0) {
            let text = format!("a{}b", char::from_u32(code).unwrap());
            let shown = for_terminal(&text, true);
            assert!(shown.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\t')), "{code:x}");
        }
    }

    #[test]
    fn a_pipe_loses_colours_and_no_other_byte() {
        let text = "\x1b[1;38:5:4mbold\x1b[m\r\n\x1b[2K\u{9b}m\x1b]0;t\x07\x1b";
        assert_eq!(without_colors(text), "bold\r\n\x1b[2K\u{9b}m\x1b]0;t\x07\x1b");
    }
}
