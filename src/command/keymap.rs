//! From keys to commands.

use super::chord::Chord;
use super::wish::{self, Fault, Wish};
use super::{Command, Entry, KeyPress, Scope};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Binding {
    pub(super) scope: Scope,
    pub(super) chord: Chord,
    pub(super) command: Command,
}

/// Which keys set off which command.
#[derive(Clone, Debug, PartialEq, Eq)]
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
        Self::with(&[]).0
    }
}

impl Keymap {
    /// The keys of the table with those that somebody wants instead, as far as
    /// they can be had. A command whose wish cannot be granted keeps the keys
    /// of the table; every reason is given.
    #[must_use]
    pub fn with(wishes: &[Wish]) -> (Self, Vec<Fault>) {
        let (bindings, faults) = wish::grant(wishes);
        (Self { bindings }, faults)
    }

    fn chords(&self, command: Command) -> impl Iterator<Item = &Chord> {
        let own = move |binding: &&Binding| binding.command == command;
        self.bindings.iter().filter(own).map(|binding| &binding.chord)
    }

    /// The keys of a command, as people read them: `gg`, `Ctrl-D`, `0–9`.
    #[must_use]
    pub fn keys(&self, command: Command) -> Vec<String> {
        self.chords(command).map(ToString::to_string).collect()
    }

    /// The keys of a command, as settings write them: `g g`, `<c-d>`.
    #[must_use]
    pub fn written(&self, command: Command) -> Vec<String> {
        self.chords(command).map(Chord::written).collect()
    }

    /// The first key of a command; without keys, what to type to call it from
    /// the palette.
    #[must_use]
    pub fn key(&self, command: Command) -> String {
        let first = self.chords(command).next();
        first.map_or_else(|| format!(":{}", command.entry().id), ToString::to_string)
    }

    /// The keys of a row of the table, as people read them; without keys, what
    /// to type to call it from the palette.
    #[must_use]
    pub fn ways(&self, entry: &Entry) -> Vec<String> {
        match self.keys(entry.command) {
            keys if keys.is_empty() => vec![self.key(entry.command)],
            keys => keys,
        }
    }

    /// What these keys mean where these scopes are in force; earlier scopes
    /// win.
    #[must_use]
    pub fn resolve(&self, scopes: &[Scope], pressed: &[KeyPress]) -> Resolution {
        for scope in scopes {
            let mut begun = false;
            for binding in self.bindings.iter().filter(|binding| binding.scope == *scope) {
                let begins = binding.chord.begins_with(pressed);
                if begins && binding.chord.len() == pressed.len() {
                    let digit = binding.chord.digit(pressed);
                    return Resolution::Call(Invocation { command: binding.command, digit });
                }
                begun |= begins;
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
                    && binding.chord.begins_with(pressed)
            });
            begun.map(|binding| (binding.chord.rest(pressed.len()), binding.command)).collect()
        };
        scopes.iter().map(of_scope).find(|found| !found.is_empty()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::{all, parse_keys};

    fn press(keys: &str) -> Vec<KeyPress> {
        parse_keys(keys).unwrap()
    }

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
    fn a_chord_waits_for_its_second_key() {
        let keymap = Keymap::default();
        let scopes = Scope::TOGETHER[0];
        let top = Invocation { command: Command::Top, digit: None };
        assert_eq!(keymap.resolve(scopes, &press("g")), Resolution::Begun);
        assert_eq!(keymap.resolve(scopes, &press("gg")), Resolution::Call(top));
        assert_eq!(keymap.resolve(scopes, &press("gx")), Resolution::Unbound);
    }

    #[test]
    fn a_chord_that_has_begun_tells_how_it_can_go_on() {
        let keymap = Keymap::default();
        let ways = keymap.continuations(Scope::TOGETHER[0], &press("g"));
        assert!(ways.contains(&("g".to_owned(), Command::Top)), "{ways:?}");
        assert_eq!(keymap.continuations(Scope::TOGETHER[0], &press("j")), []);
        assert_eq!(keymap.continuations(&[Scope::Prompt], &press("g")), []);
    }

    #[test]
    fn a_digit_reaches_its_command() {
        let rate = Invocation { command: Command::Rate, digit: Some(0) };
        let called = Keymap::default().resolve(Scope::TOGETHER[0], &press("0"));
        assert_eq!(called, Resolution::Call(rate));
        assert_eq!(
            Keymap::default().resolve(&[Scope::Everywhere], &press("0")),
            Resolution::Unbound
        );
    }
}
