//! Chords: keys that are pressed one after another.

use std::fmt;

use super::key::{Key, KeyPress, names, parse_keys};
use crate::did_you_mean::did_you_mean;

/// A key of a chord.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pattern {
    Exactly(KeyPress),
    AnyDigit,
}

impl Pattern {
    fn matches(self, press: KeyPress) -> bool {
        match self {
            Self::Exactly(exactly) => exactly == press,
            Self::AnyDigit => press.digit().is_some(),
        }
    }

    /// Whether some key is meant by both.
    fn overlaps(self, other: Self) -> bool {
        match (self, other) {
            (Self::Exactly(press), pattern) | (pattern, Self::Exactly(press)) => {
                pattern.matches(press)
            }
            (Self::AnyDigit, Self::AnyDigit) => true,
        }
    }
}

/// Keys that are pressed one after another; at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chord {
    keys: Vec<Pattern>,
}

/// Why a text is not a chord, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NotAChord {
    pub(super) message: String,
    pub(super) hint: String,
}

impl Chord {
    /// Reads keys with spaces between them, as the table and the settings write them.
    ///
    /// # Errors
    /// Something is not a key, or not one that a terminal sends.
    pub(super) fn parse(text: &str) -> Result<Self, NotAChord> {
        let keys: Result<Vec<Pattern>, NotAChord> = text.split_whitespace().map(pattern).collect();
        match keys? {
            keys if keys.is_empty() => {
                let hint = "an empty list leaves a command without keys: []".to_owned();
                Err(NotAChord { message: "there is no key in this".to_owned(), hint })
            }
            keys => Ok(Self { keys }),
        }
    }

    /// How many keys are to be pressed.
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether these keys are its first ones, or all of them.
    pub(super) fn begins_with(&self, pressed: &[KeyPress]) -> bool {
        pressed.len() <= self.len()
            && self.keys.iter().zip(pressed).all(|(key, press)| key.matches(*press))
    }

    /// The digit among the keys that were pressed, where any digit fits.
    pub(super) fn digit(&self, pressed: &[KeyPress]) -> Option<u8> {
        let mut keys = self.keys.iter().zip(pressed);
        keys.find(|(key, _)| **key == Pattern::AnyDigit).and_then(|(_, press)| press.digit())
    }

    /// How many of its keys stand for any digit.
    pub(super) fn digits(&self) -> usize {
        self.keys.iter().filter(|key| **key == Pattern::AnyDigit).count()
    }

    /// Whether the first key is one that writes something where text is typed.
    pub(super) fn begins_with_text(&self) -> bool {
        match self.keys[0] {
            Pattern::Exactly(KeyPress { key, control }) => {
                !control && matches!(key, Key::Char(_) | Key::Backspace | Key::Delete)
            }
            Pattern::AnyDigit => true,
        }
    }

    /// Whether there are keys that begin both: the longer of the two could never be finished.
    pub(super) fn collides(&self, other: &Self) -> bool {
        self.keys.iter().zip(&other.keys).all(|(key, other)| key.overlaps(*other))
    }

    /// What is left of it behind its first keys, as people read it.
    pub(super) fn rest(&self, from: usize) -> String {
        shown(&self.keys[from..])
    }

    /// As the table and the settings write it.
    pub(super) fn written(&self) -> String {
        let names: Vec<String> = self
            .keys
            .iter()
            .map(|key| match key {
                Pattern::Exactly(press) => press.written(),
                Pattern::AnyDigit => "<digit>".to_owned(),
            })
            .collect();
        names.join(" ")
    }
}

/// As people read it: `gg`, `Ctrl-D`, `0–9`.
impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&shown(&self.keys))
    }
}

fn shown(keys: &[Pattern]) -> String {
    keys.iter()
        .map(|pattern| match pattern {
            Pattern::Exactly(press) => press.to_string(),
            Pattern::AnyDigit => "0–9".to_owned(),
        })
        .collect()
}

/// One key of a chord by its name.
fn pattern(name: &str) -> Result<Pattern, NotAChord> {
    if name == "<digit>" {
        return Ok(Pattern::AnyDigit);
    }
    let refuse = |message: String, hint: String| Err(NotAChord { message, hint });
    match parse_keys(name).as_deref() {
        Ok([KeyPress { key: Key::Char(c), control: true }]) if !c.is_ascii_lowercase() => {
            let message = format!("a terminal does not send Control with {c}");
            refuse(message, "Control goes with a letter: <c-x>".to_owned())
        }
        // These two are the same byte as another key.
        Ok([KeyPress { key: Key::Char('i'), control: true }]) => {
            refuse("<c-i> reaches a terminal as <tab>".to_owned(), "write <tab>".to_owned())
        }
        Ok([KeyPress { key: Key::Char('m'), control: true }]) => {
            refuse("<c-m> reaches a terminal as <enter>".to_owned(), "write <enter>".to_owned())
        }
        Ok([press]) => Ok(Pattern::Exactly(*press)),
        _ => refuse(format!("there is no key \"{name}\""), hint(name)),
    }
}

/// What may have been meant by a name that is no key.
fn hint(name: &str) -> String {
    let word = name.trim_matches(['<', '>']).to_lowercase();
    let letter = ["ctrl-", "ctrl+", "control-", "c-", "^"]
        .iter()
        .find_map(|prefix| word.strip_prefix(prefix))
        .filter(|letter| letter.len() == 1);
    if let Some(letter) = letter {
        return format!("did you mean \"<c-{letter}>\"?");
    }
    let names: Vec<String> = names().chain(["digit"]).map(|name| format!("<{name}>")).collect();
    let near = did_you_mean(&format!("<{word}>"), names.iter().map(String::as_str));
    if word.chars().count() > 2 && !near.is_empty() {
        return near;
    }
    let apart: Vec<String> = name.chars().map(String::from).collect();
    match name.starts_with('<') {
        true => format!("the names are {}, <f1> to <f12>, <c-x>", names.join(" ")),
        false => format!("keys stand apart: \"{}\"", apart.join(" ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chord(text: &str) -> Chord {
        Chord::parse(text).unwrap()
    }

    #[test]
    fn chords_are_read_shown_and_written() {
        for (text, shown) in [
            ("g g", "gg"),
            ("<c-d>", "Ctrl-D"),
            ("g <digit>", "g0–9"),
            ("<f5>", "F5"),
            ("<lt>", "<"),
        ] {
            assert_eq!(chord(text).to_string(), shown);
            assert_eq!(chord(text).written(), text);
        }
        assert_eq!(chord("  g   x ").written(), "g x");
    }

    #[test]
    fn what_is_no_key_comes_with_what_may_be_meant() {
        let wrong = |text| Chord::parse(text).unwrap_err();
        for (text, hint) in [
            ("enter", "did you mean \"<enter>\"?"),
            ("<entr>", "did you mean \"<enter>\"?"),
            ("Ctrl-X", "did you mean \"<c-x>\"?"),
            ("ctrl+x", "did you mean \"<c-x>\"?"),
            ("gx", "keys stand apart: \"g x\""),
            ("<c-i>", "write <tab>"),
            ("", "an empty list leaves a command without keys: []"),
        ] {
            assert_eq!(wrong(text).hint, hint, "{text}");
        }
        assert!(wrong("<hyper>").hint.starts_with("the names are <enter>"));
        assert!(wrong("<c-1>").message.contains("Control with 1"));
    }

    #[test]
    fn a_chord_collides_with_what_it_hides_and_with_digits() {
        for (one, other, collide) in [
            ("g", "g g", true),
            ("g g", "g x", false),
            ("3", "<digit>", true),
            ("g 3", "g <digit>", true),
            ("g", "G", false),
            ("<digit>", "<digit>", true),
        ] {
            assert_eq!(chord(one).collides(&chord(other)), collide, "{one} and {other}");
            assert_eq!(chord(other).collides(&chord(one)), collide);
        }
    }
}
