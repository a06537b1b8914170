//! From keys to commands.

use super::key::Chord;
use super::overrides::{self, KeyOverride, OverrideError};
use super::{Command, CommandSpec, KeyPress, Scope};

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
    pub command: Command,
    /// The digit that stood for `<digit>` in its keys.
    pub digit: Option<u8>,
}

/// What keys mean so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    Run(Invocation),
    /// They call a command so many times.
    Counted(Invocation, u16),
    Pending,
    Unbound,
}

impl Default for Keymap {
    /// The keys of the table.
    fn default() -> Self {
        Self::with(&[]).0
    }
}

impl Keymap {
    /// The keys of the table with the user's own laid over them. A command whose override
    /// conflicts with another keeps the keys of the table; every reason is given.
    #[must_use]
    pub fn with(overrides: &[KeyOverride]) -> (Self, Vec<OverrideError>) {
        let (bindings, errors) = overrides::apply_overrides(overrides);
        (Self { bindings }, errors)
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

    /// The first key of a command; without keys, what to type to call it from the palette.
    #[must_use]
    pub fn key(&self, command: Command) -> String {
        let first = self.chords(command).next();
        first.map_or_else(|| format!(":{}", command.spec().id), ToString::to_string)
    }

    /// The keys of a row of the table, as people read them; without keys, what
    /// to type to call it from the palette.
    #[must_use]
    pub fn bindings_or_name(&self, spec: &CommandSpec) -> Vec<String> {
        match self.keys(spec.command) {
            keys if keys.is_empty() => vec![self.key(spec.command)],
            keys => keys,
        }
    }

    /// What these keys mean where these scopes are in force; earlier scopes
    /// win. A count may stand in front of them: behind the key of
    /// [`Command::Count`], or bare where its first digit means nothing else.
    #[must_use]
    pub fn resolve(&self, scopes: &[Scope], pressed: &[KeyPress]) -> Resolution {
        let Some((count, chord)) = self.count(scopes, pressed) else {
            return self.resolve_chord(scopes, pressed);
        };
        match self.resolve_chord(scopes, chord) {
            _ if chord.is_empty() => Resolution::Pending,
            Resolution::Run(invocation) => Resolution::Counted(invocation, count),
            other => other,
        }
    }

    /// The count that these keys begin with, and the keys behind it.
    #[must_use]
    pub fn count<'a>(
        &self,
        scopes: &[Scope],
        pressed: &'a [KeyPress],
    ) -> Option<(u16, &'a [KeyPress])> {
        let first = *pressed.first()?;
        let alone = || self.resolve_chord(scopes, &[first]);
        let digits = match first.digit() {
            Some(0) => return None,
            // Where text is typed or a line is chosen, a digit is a digit.
            Some(_) if !scopes.contains(&Scope::Everywhere) => return None,
            Some(_) if alone() != Resolution::Unbound => return None,
            Some(_) => pressed,
            None => match alone() {
                Resolution::Run(Invocation { command: Command::Count, .. }) => &pressed[1..],
                _ => return None,
            },
        };
        let typed = digits.iter().map_while(|press| press.digit());
        let (mut length, mut count) = (0, 0);
        for digit in typed {
            length += 1;
            count = (count * 10 + u16::from(digit)).min(MOST);
        }
        Some((count.max(1), &digits[length..]))
    }

    fn resolve_chord(&self, scopes: &[Scope], pressed: &[KeyPress]) -> Resolution {
        for scope in scopes {
            let mut begun = false;
            for binding in self.bindings.iter().filter(|binding| binding.scope == *scope) {
                let begins = binding.chord.begins_with(pressed);
                if begins && binding.chord.len() == pressed.len() {
                    let digit = binding.chord.digit(pressed);
                    return Resolution::Run(Invocation { command: binding.command, digit });
                }
                begun |= begins;
            }
            if begun {
                return Resolution::Pending;
            }
        }
        Resolution::Unbound
    }

    /// How the chord that these keys begin can go on: the rest of the keys, as
    /// people read them, and what they call.
    #[must_use]
    pub fn continuations(&self, scopes: &[Scope], pressed: &[KeyPress]) -> Vec<(String, Command)> {
        if let Some((_, chord)) = self.count(scopes, pressed) {
            let mut ways = self.continuations_of(scopes, chord);
            ways.retain(|(_, command)| command.takes_count());
            ways.dedup_by_key(|(_, command)| *command);
            return ways;
        }
        let found = scopes.iter().map(|scope| self.continuations_of(&[*scope], pressed));
        found.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
    }

    fn continuations_of(&self, scopes: &[Scope], pressed: &[KeyPress]) -> Vec<(String, Command)> {
        let of_scope = |scope: &Scope| -> Vec<(String, Command)> {
            let begun = self.bindings.iter().filter(|binding| {
                binding.scope == *scope
                    && binding.chord.len() > pressed.len()
                    && binding.chord.begins_with(pressed)
            });
            begun.map(|binding| (binding.chord.rest(pressed.len()), binding.command)).collect()
        };
        scopes.iter().flat_map(of_scope).collect()
    }
}

/// The largest count; what is typed beyond it changes nothing.
const MOST: u16 = 999;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::{all, parse_keys};

    fn press(keys: &str) -> Vec<KeyPress> {
        parse_keys(keys).unwrap()
    }

    #[test]
    fn every_key_of_the_table_is_readable() {
        for spec in all() {
            for keys in spec.keys {
                for name in keys.split(' ').filter(|name| *name != "<digit>") {
                    assert_eq!(parse_keys(name).map(|keys| keys.len()), Ok(1), "{}", spec.id);
                }
            }
        }
    }

    #[test]
    fn a_chord_waits_for_its_second_key() {
        let keymap = Keymap::default();
        let scopes = Scope::ACTIVE_SETS[0];
        let top = Invocation { command: Command::Top, digit: None };
        assert_eq!(keymap.resolve(scopes, &press("g")), Resolution::Pending);
        assert_eq!(keymap.resolve(scopes, &press("gg")), Resolution::Run(top));
        assert_eq!(keymap.resolve(scopes, &press("gx")), Resolution::Unbound);
    }

    #[test]
    fn a_chord_that_has_begun_tells_how_it_can_go_on() {
        let keymap = Keymap::default();
        let ways = keymap.continuations(Scope::ACTIVE_SETS[0], &press("g"));
        assert!(ways.contains(&("g".to_owned(), Command::Top)), "{ways:?}");
        assert_eq!(keymap.continuations(Scope::ACTIVE_SETS[0], &press("j")), []);
        assert_eq!(keymap.continuations(&[Scope::Prompt], &press("g")), []);
    }

    #[test]
    fn a_count_goes_in_front_of_a_motion() {
        let keymap = Keymap::default();
        let down =
            |count| Resolution::Counted(Invocation { command: Command::Down, digit: None }, count);
        let rank: &[Scope] = Scope::ACTIVE_SETS[0];
        let review: &[Scope] = &[Scope::Review, Scope::Everywhere];
        for (scopes, keys, meaning) in [
            (rank, "#", Resolution::Pending),
            (rank, "#12", Resolution::Pending),
            (rank, "#12j", down(12)),
            (rank, "#j", down(1)),
            (rank, "#99999j", down(MOST)),
            (review, "5", Resolution::Pending),
            (review, "10j", down(10)),
            (review, "0", Resolution::Unbound),
            (review, "#10j", down(10)),
            (&[Scope::Choice, Scope::Everywhere], "#2j", down(2)),
            (&[Scope::Prompt], "#", Resolution::Unbound),
            (&[Scope::Prompt], "5", Resolution::Unbound),
        ] {
            assert_eq!(keymap.resolve(scopes, &press(keys)), meaning, "{keys}");
        }
        let top = Invocation { command: Command::Top, digit: None };
        assert_eq!(keymap.resolve(rank, &press("#3gg")), Resolution::Counted(top, 3));
        let rates = Invocation { command: Command::Rate, digit: Some(5) };
        assert_eq!(keymap.resolve(rank, &press("5")), Resolution::Run(rates));
        let ways = keymap.continuations(rank, &press("#1"));
        assert!(ways.contains(&("j".to_owned(), Command::Down)), "{ways:?}");
        assert!(ways.iter().all(|(_, command)| command.takes_count()));
    }

    #[test]
    fn a_digit_reaches_its_command() {
        let rate = Invocation { command: Command::Rate, digit: Some(0) };
        let called = Keymap::default().resolve(Scope::ACTIVE_SETS[0], &press("0"));
        assert_eq!(called, Resolution::Run(rate));
        assert_eq!(Keymap::default().resolve(&[Scope::Prompt], &press("0")), Resolution::Unbound);
    }
}
