//! From keys to commands.

use super::{Command, KeyPress, Scope, all, parse_keys};

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
}

#[derive(Clone, Debug)]
struct Binding {
    scope: Scope,
    chord: Vec<Pattern>,
    command: Command,
}

/// Which keys set off which command.
#[derive(Clone, Debug)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

/// A command as it was called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invocation {
    /// The command.
    pub command: Command,
    /// The digit that stood for `<digit>` in its keys.
    pub digit: Option<u8>,
}

/// What keys mean so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// They call a command.
    Call(Invocation),
    /// They begin a chord.
    Begun,
    /// They mean nothing.
    Unbound,
}

impl Default for Keymap {
    /// The keys of the table.
    fn default() -> Self {
        let bindings = all()
            .iter()
            .flat_map(|entry| entry.keys.iter().map(move |keys| (entry, chord(keys))))
            .map(|(entry, chord)| Binding { scope: entry.scope, chord, command: entry.command })
            .collect();
        Self { bindings }
    }
}

impl Keymap {
    /// What these keys mean where these scopes are in force; earlier scopes
    /// win.
    #[must_use]
    pub fn resolve(&self, scopes: &[Scope], pressed: &[KeyPress]) -> Resolution {
        for scope in scopes {
            let mut begun = false;
            for binding in self.bindings.iter().filter(|binding| binding.scope == *scope) {
                let starts = pressed.len() <= binding.chord.len()
                    && binding.chord.iter().zip(pressed).all(|(key, press)| key.matches(*press));
                if starts && pressed.len() == binding.chord.len() {
                    let digit = binding
                        .chord
                        .iter()
                        .zip(pressed)
                        .find(|(key, _)| **key == Pattern::AnyDigit)
                        .and_then(|(_, press)| press.digit());
                    return Resolution::Call(Invocation { command: binding.command, digit });
                }
                begun |= starts;
            }
            if begun {
                return Resolution::Begun;
            }
        }
        Resolution::Unbound
    }

    /// How the chord that these keys begin can go on: the rest of the keys, as
    /// people read them, and what they call.
    #[must_use]
    pub fn continuations(&self, scopes: &[Scope], pressed: &[KeyPress]) -> Vec<(String, Command)> {
        let of_scope = |scope: &Scope| -> Vec<(String, Command)> {
            let begun = self.bindings.iter().filter(|binding| {
                binding.scope == *scope
                    && binding.chord.len() > pressed.len()
                    && binding.chord.iter().zip(pressed).all(|(key, press)| key.matches(*press))
            });
            begun.map(|binding| (shown(&binding.chord[pressed.len()..]), binding.command)).collect()
        };
        scopes.iter().map(of_scope).find(|found| !found.is_empty()).unwrap_or_default()
    }
}

/// Keys as the table writes them: chords with spaces.
fn chord(keys: &str) -> Vec<Pattern> {
    keys.split(' ')
        .flat_map(|name| match name {
            "<digit>" => vec![Pattern::AnyDigit],
            name => {
                parse_keys(name).unwrap_or_default().into_iter().map(Pattern::Exactly).collect()
            }
        })
        .collect()
}

/// Keys of the table as people read them: `gg`, `Ctrl-D`, `0–9`.
///
/// ```
/// assert_eq!(prospect::command::keys_shown("g g"), "gg");
/// assert_eq!(prospect::command::keys_shown("<c-d>"), "Ctrl-D");
/// ```
#[must_use]
pub fn keys_shown(keys: &str) -> String {
    shown(&chord(keys))
}

fn shown(chord: &[Pattern]) -> String {
    chord
        .iter()
        .map(|pattern| match pattern {
            Pattern::Exactly(press) => press.to_string(),
            Pattern::AnyDigit => "0–9".to_owned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(keys: &str) -> Vec<KeyPress> {
        parse_keys(keys).unwrap()
    }

    const CONTEXTS: [&[Scope]; 10] = [
        &[Scope::Rank, Scope::Rating, Scope::Everywhere],
        &[Scope::Detail, Scope::Rank, Scope::Rating, Scope::Everywhere],
        &[Scope::Sort, Scope::Triage, Scope::Everywhere],
        &[Scope::Weigh, Scope::Triage, Scope::Rating, Scope::Everywhere],
        &[Scope::Review, Scope::Everywhere],
        &[Scope::Map, Scope::Everywhere],
        &[Scope::Choice, Scope::Everywhere],
        &[Scope::Prompt],
        &[Scope::Duel, Scope::Everywhere],
        &[Scope::Past, Scope::Duel, Scope::Everywhere],
    ];

    #[test]
    fn every_key_of_the_table_is_readable() {
        for entry in all() {
            for keys in entry.keys {
                for name in keys.split(' ').filter(|name| *name != "<digit>") {
                    assert_eq!(parse_keys(name).map(|keys| keys.len()), Ok(1), "{}", entry.id);
                }
            }
        }
    }

    #[test]
    fn no_key_hides_another_where_both_are_in_force() {
        let keymap = Keymap::default();
        for scopes in CONTEXTS {
            let bindings: Vec<&Binding> =
                keymap.bindings.iter().filter(|binding| scopes.contains(&binding.scope)).collect();
            for (i, one) in bindings.iter().enumerate() {
                for other in &bindings[i + 1..] {
                    let shorter = one.chord.len().min(other.chord.len());
                    assert_ne!(
                        one.chord[..shorter],
                        other.chord[..shorter],
                        "{:?} and {:?}",
                        one.command,
                        other.command
                    );
                }
            }
        }
    }

    #[test]
    fn a_chord_waits_for_its_second_key() {
        let keymap = Keymap::default();
        let scopes = CONTEXTS[0];
        let top = Invocation { command: Command::Top, digit: None };
        assert_eq!(keymap.resolve(scopes, &press("g")), Resolution::Begun);
        assert_eq!(keymap.resolve(scopes, &press("gg")), Resolution::Call(top));
        assert_eq!(keymap.resolve(scopes, &press("gx")), Resolution::Unbound);
    }

    #[test]
    fn a_chord_that_has_begun_tells_how_it_can_go_on() {
        let keymap = Keymap::default();
        let ways = keymap.continuations(CONTEXTS[0], &press("g"));
        assert!(ways.contains(&("g".to_owned(), Command::Top)), "{ways:?}");
        assert_eq!(keymap.continuations(CONTEXTS[0], &press("j")), []);
        assert_eq!(keymap.continuations(&[Scope::Prompt], &press("g")), []);
    }

    #[test]
    fn a_digit_reaches_its_command() {
        let rate = Invocation { command: Command::Rate, digit: Some(0) };
        let called = Keymap::default().resolve(CONTEXTS[0], &press("0"));
        assert_eq!(called, Resolution::Call(rate));
        assert_eq!(
            Keymap::default().resolve(&[Scope::Everywhere], &press("0")),
            Resolution::Unbound
        );
    }
}
