//! Keys and their names, `j`, `<enter>`, `<c-d>`; and chords, keys that are pressed one
//! after another.

use std::fmt;

use crate::text::did_you_mean;

/// A key, without the modifiers held with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// A character, as typed: `G` is not `g`.
    Char(char),
    Enter,
    Esc,
    Tab,
    BackTab,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    Backspace,
    Delete,
    /// A function key, from 1.
    Function(u8),
}

/// A key together with Control or without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct KeyPress {
    pub key: Key,
    pub control: bool,
}

/// The names that stand between `<` and `>`, with how they are shown to people.
const NAMED: [(&str, &str, Key); 17] = [
    ("enter", "Enter", Key::Enter),
    ("esc", "Esc", Key::Esc),
    ("tab", "Tab", Key::Tab),
    ("s-tab", "Shift-Tab", Key::BackTab),
    ("up", "↑", Key::Up),
    ("down", "↓", Key::Down),
    ("left", "←", Key::Left),
    ("right", "→", Key::Right),
    ("home", "Home", Key::Home),
    ("end", "End", Key::End),
    ("pgup", "PgUp", Key::PageUp),
    ("pgdn", "PgDn", Key::PageDown),
    ("space", "Space", Key::Char(' ')),
    ("bs", "Backspace", Key::Backspace),
    ("del", "Del", Key::Delete),
    ("lt", "<", Key::Char('<')),
    ("gt", ">", Key::Char('>')),
];

/// Function keys that have a name.
const FUNCTION_KEYS: std::ops::RangeInclusive<u8> = 1..=12;

/// A name between `<` and `>` that no key has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyError {
    /// The name, with its brackets.
    pub name: String,
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no key {}; the names are", self.name)?;
        for (name, _, _) in NAMED {
            write!(f, " <{name}>")?;
        }
        f.write_str(" <f1> to <f12> and <c-x> for Control with a letter")
    }
}

impl std::error::Error for KeyError {}

/// Every name that may stand between `<` and `>`, but those of Control and of the function keys.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    NAMED.iter().map(|(name, _, _)| *name)
}

impl KeyPress {
    #[must_use]
    pub const fn plain(key: Key) -> Self {
        Self { key, control: false }
    }

    /// The digit that was typed, if it was one.
    #[must_use]
    pub fn digit(self) -> Option<u8> {
        match self {
            Self { key: Key::Char(c), control: false } => {
                c.to_digit(10).and_then(|digit| u8::try_from(digit).ok())
            }
            _ => None,
        }
    }

    /// As settings write it: `j`, `<enter>`, `<c-d>`.
    #[must_use]
    pub fn written(self) -> String {
        match self.key {
            Key::Char(c) if self.control => format!("<c-{c}>"),
            Key::Function(number) => format!("<f{number}>"),
            key => match (NAMED.iter().find(|(_, _, named)| *named == key), key) {
                (Some((name, _, _)), _) => format!("<{name}>"),
                (None, Key::Char(c)) => c.to_string(),
                (None, _) => String::new(),
            },
        }
    }

    fn named(name: &str) -> Option<Self> {
        if let Some(letter) = name.strip_prefix("c-") {
            let mut letters = letter.chars();
            return match (letters.next(), letters.next()) {
                (Some(c), None) => {
                    Some(Self { key: Key::Char(c.to_ascii_lowercase()), control: true })
                }
                _ => None,
            };
        }
        let number = name.strip_prefix('f').and_then(|number| number.parse().ok());
        if let Some(number) = number.filter(|number| FUNCTION_KEYS.contains(number)) {
            return Some(Self::plain(Key::Function(number)));
        }
        NAMED.iter().find(|(known, _, _)| *known == name).map(|(_, _, key)| Self::plain(*key))
    }
}

/// As people read it: `j`, `Enter`, `Ctrl-D`.
impl fmt::Display for KeyPress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self { key: Key::Char(c), control: true } => write!(f, "Ctrl-{}", c.to_uppercase()),
            Self { key: Key::Char(c), .. } if c != ' ' => write!(f, "{c}"),
            Self { key: Key::Function(number), .. } => write!(f, "F{number}"),
            Self { key, .. } => {
                let shown = NAMED.iter().find(|(_, _, named)| *named == key);
                f.write_str(shown.map_or("", |(_, shown, _)| shown))
            }
        }
    }
}

/// Reads keys written one after another: `jj7<enter>`. A `<` that begins no
/// `<name>` is the key `<` itself.
///
/// ```
/// use prospect::command::parse_keys;
/// let keys = parse_keys("j<c-d><<enter>").unwrap();
/// let shown: Vec<String> = keys.iter().map(ToString::to_string).collect();
/// assert_eq!(shown, ["j", "Ctrl-D", "<", "Enter"]);
/// ```
///
/// # Errors
/// A name between `<` and `>` that no key has.
pub fn parse_keys(text: &str) -> Result<Vec<KeyPress>, KeyError> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let after = &rest[first.len_utf8()..];
        let name = after
            .split_once('>')
            .map(|(name, _)| name)
            .filter(|name| first == '<' && is_name(name));
        if let Some(name) = name {
            let press =
                KeyPress::named(name).ok_or_else(|| KeyError { name: format!("<{name}>") })?;
            keys.push(press);
            rest = &after[name.len() + 1..];
        } else {
            keys.push(KeyPress::plain(Key::Char(first)));
            rest = after;
        }
    }
    Ok(keys)
}

/// Whether this could be meant as the name of a key.
fn is_name(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    text.starts_with("c-")
        || text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.len() > 1
            && text.chars().all(is_part)
}

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

    #[test]
    fn every_name_is_read_back() {
        for (name, _, key) in NAMED {
            assert_eq!(parse_keys(&format!("<{name}>")), Ok(vec![KeyPress::plain(key)]));
        }
        for keys in ["<enter>", "<lt>", "<space>", "<c-d>", "<f1>", "<f12>", "x", "é"] {
            let pressed = parse_keys(keys).unwrap();
            assert_eq!(pressed.iter().map(|press| press.written()).collect::<String>(), keys);
        }
        assert_eq!(parse_keys("<c-D>"), parse_keys("<c-d>"));
        assert!(parse_keys("<f13>").is_err());
    }

    #[test]
    fn brackets_that_name_nothing_are_keys() {
        let chars =
            |text: &str| text.chars().map(|c| KeyPress::plain(Key::Char(c))).collect::<Vec<_>>();
        for text in ["<", "<<", "a<b>c", "5 < 7 > 3", "<>", ">"] {
            assert_eq!(parse_keys(text), Ok(chars(text)), "{text}");
        }
    }

    #[test]
    fn an_unknown_name_is_an_error_that_lists_the_names() {
        let error = parse_keys("j<entr>").unwrap_err();
        assert_eq!(error.name, "<entr>");
        assert!(error.to_string().contains("<enter>"));
    }

    #[test]
    fn only_a_plain_digit_is_a_digit() {
        let control = KeyPress { key: Key::Char('7'), control: true };
        assert_eq!(KeyPress::plain(Key::Char('7')).digit(), Some(7));
        assert_eq!(control.digit(), None);
        assert_eq!(KeyPress::plain(Key::Char('٣')).digit(), None);
    }

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
