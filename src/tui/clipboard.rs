//! Clipboard through the terminal (xterm's OSC 52), which works over ssh too.

use crossterm::Command;
use crossterm::clipboard::CopyToClipboard;

/// More bytes than this are not sent: xterm and others take no sequence of more
/// than 100,000, and what is cut would be no use.
pub(super) const MOST: usize = 74_000;

/// The sequence that asks a terminal to take a text. In tmux it is said twice: to tmux, which takes
/// it with `set-clipboard on`, and past it, which it lets through with `allow-passthrough on`.
#[must_use]
pub(super) fn sequence(text: &str, in_tmux: bool) -> String {
    let mut plain = String::new();
    // A string takes everything that is written to it.
    let _ = CopyToClipboard::to_clipboard_from(text).write_ansi(&mut plain);
    if in_tmux {
        let doubled = plain.replace('\x1b', "\x1b\x1b");
        format!("{plain}\x1bPtmux;{doubled}\x1b\\")
    } else {
        plain
    }
}

/// A text without control characters, but for its lines and tabs: what is
/// pasted into a shell should do nothing by itself.
#[must_use]
pub(super) fn harmless(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let parts = text.split_inclusive(['\n', '\t']).map(|part| {
        let clean = part.trim_end_matches(['\n', '\t']);
        crate::text::sanitize(clean).into_owned() + &part[clean.len()..]
    });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tmux_takes_the_text_and_passes_it_on() {
        let plain = "\x1b]52;c;Zg==\x1b\\";
        assert_eq!(sequence("f", false), plain);
        let past = "\x1bPtmux;\x1b\x1b]52;c;Zg==\x1b\x1b\\\x1b\\";
        assert_eq!(sequence("f", true), format!("{plain}{past}"));
    }

    #[test]
    fn nothing_that_a_terminal_obeys_is_copied() {
        assert_eq!(harmless("a\x1b[31m\n\tb\rc\r\n"), "a␛[31m\n\tb␍c\n");
    }
}
