//! Clipboard through the terminal (xterm's OSC 52), which works over ssh too.

/// More bytes than this are not sent: xterm and others take no sequence of more
/// than 100,000, and what is cut would be no use.
pub(super) const MOST: usize = 74_000;

/// The sequence that asks a terminal to take a text. In tmux it is said twice:
/// to tmux, which takes it with `set-clipboard on`, and past it, which it lets
/// through with `allow-passthrough on`.
#[must_use]
pub(super) fn sequence(text: &str, in_tmux: bool) -> String {
    let plain = format!("\x1b]52;c;{}\x07", base64(text.as_bytes()));
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

/// Base64 with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let of = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let group = of(0) << 16 | of(1) << 8 | of(2);
        for at in 0..4 {
            let digit = DIGITS[(group >> (18 - 6 * at) & 63) as usize];
            text.push(if at <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_written_as_the_standard_says() {
        for (text, expected) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
            ("日本", "5pel5pys"),
        ] {
            assert_eq!(base64(text.as_bytes()), expected);
        }
        assert_eq!(sequence("f", false), "\x1b]52;c;Zg==\x07");
        let past = "\x1bPtmux;\x1b\x1b]52;c;Zg==\x07\x1b\\";
        assert_eq!(sequence("f", true), format!("\x1b]52;c;Zg==\x07{past}"));
    }

    #[test]
    fn nothing_that_a_terminal_obeys_is_copied() {
        assert_eq!(harmless("a\x1b[31m\n\tb\rc\r\n"), "a␛[31m\n\tb␍c\n");
    }
}
