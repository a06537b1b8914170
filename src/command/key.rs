//! Keys and their names: `j`, `<enter>`, `<c-d>`.

use std::fmt;

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
}
