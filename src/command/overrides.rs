//! Keys of the user's own in place of those of the table, with the conflicts
//! that keep some of them from being used.

use super::key::Chord;
use super::keymap::Binding;
use super::{Command, Scope, all};

/// The user's own keys for a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyOverride {
    pub command: Command,
    /// Its keys, each a chord as the table writes it; none leaves the command to the palette.
    pub keys: Vec<String>,
}

/// Why an override is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverrideError {
    /// Which override, counted from 0.
    pub key_override: usize,
    /// Which of its keys, counted from 0; `None` if the override as a whole.
    pub key: Option<usize>,
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

/// Commands without which one could not get out any more, or not answer.
const NEEDED: [Command; 4] = [Command::Quit, Command::Open, Command::Accept, Command::Cancel];

/// The bindings in force: for each command what is chosen, or what the table
/// says where nothing is or where it cannot be had.
pub(super) fn apply_overrides(overrides: &[KeyOverride]) -> (Vec<Binding>, Vec<OverrideError>) {
    let mut errors = Vec::new();
    let mut accepted: Vec<Option<Vec<Chord>>> = overrides
        .iter()
        .enumerate()
        .map(|(at, key_override)| {
            let before = errors.len();
            let chords = chords(at, key_override, &mut errors);
            (errors.len() == before).then_some(chords)
        })
        .collect();
    loop {
        let bindings = bindings(overrides, &accepted);
        match first_collision(&bindings) {
            None => {
                errors.sort_by_key(|error: &OverrideError| (error.key_override, error.key));
                return (bindings.into_iter().map(|sourced| sourced.binding).collect(), errors);
            }
            Some((mine, other)) => {
                // The table alone is free of collisions, so that there is a
                // override to blame.
                let Some((key_override, key)) = mine.key_override else { return (table(), errors) };
                errors.push(collision(key_override, key, mine, other));
                accepted[key_override] = None;
            }
        }
    }
}

/// A binding, and the override and its key that it comes from, if any.
struct SourcedBinding {
    binding: Binding,
    key_override: Option<(usize, usize)>,
}

fn table() -> Vec<Binding> {
    bindings(&[], &[]).into_iter().map(|sourced| sourced.binding).collect()
}

fn bindings(overrides: &[KeyOverride], accepted: &[Option<Vec<Chord>>]) -> Vec<SourcedBinding> {
    let mut all_of_them = Vec::new();
    for spec in all() {
        let binding = |chord| Binding { scope: spec.scope, chord, command: spec.command };
        let chosen =
            overrides.iter().rposition(|key_override| key_override.command == spec.command);
        match chosen.and_then(|at| Some((at, accepted.get(at)?.as_ref()?))) {
            Some((at, chords)) => {
                all_of_them.extend(chords.iter().enumerate().map(|(key, chord)| SourcedBinding {
                    binding: binding(chord.clone()),
                    key_override: Some((at, key)),
                }));
            }
            None => {
                let chords = spec.keys.iter().filter_map(|keys| Chord::parse(keys).ok());
                all_of_them.extend(
                    chords.map(|chord| SourcedBinding {
                        binding: binding(chord),
                        key_override: None,
                    }),
                );
            }
        }
    }
    all_of_them
}

/// Reads the keys of an override; what is wrong with it by itself becomes errors.
fn chords(at: usize, key_override: &KeyOverride, errors: &mut Vec<OverrideError>) -> Vec<Chord> {
    let spec = key_override.command.spec();
    let mut refuse = |key, message: String, hint: String| {
        errors.push(OverrideError { key_override: at, key, message, hint });
    };
    if key_override.keys.is_empty() && NEEDED.contains(&key_override.command) {
        let message = format!("{} cannot be without a key", spec.id);
        refuse(None, message, "nothing else would get out of where it is needed".to_owned());
    }
    let mut chords: Vec<Chord> = Vec::new();
    for (key, text) in key_override.keys.iter().enumerate() {
        let chord = match Chord::parse(text) {
            Ok(chord) => chord,
            Err(wrong) => {
                refuse(Some(key), wrong.message, wrong.hint);
                continue;
            }
        };
        match (spec.takes_digit(), chord.digits()) {
            (true, 1) | (false, 0) => {}
            (true, _) => {
                let message = format!("{} takes a digit: one of its keys is <digit>", spec.id);
                refuse(Some(key), message, format!("such as {:?}", spec.keys[0]));
            }
            (false, _) => {
                let message = format!("{} takes no digit", spec.id);
                refuse(Some(key), message, "name the digit that is meant: 3".to_owned());
            }
        }
        if matches!(spec.scope, Scope::Prompt | Scope::Writing) && chord.begins_with_text() {
            let message = format!("while a line is typed, {chord} is part of the text");
            refuse(Some(key), message, "take a key that writes nothing: <c-x>, <f2>".to_owned());
        }
        chords.push(chord);
    }
    chords
}

/// Two bindings in force together that begin with the same keys. If an override has
/// part in it, the first is that of an override, of the later one where there are two.
fn first_collision(bindings: &[SourcedBinding]) -> Option<(&SourcedBinding, &SourcedBinding)> {
    for (i, one) in bindings.iter().enumerate() {
        for other in &bindings[..i] {
            let (a, b) = (&one.binding, &other.binding);
            if a.chord.collides(&b.chord) && together(a.scope, b.scope).is_some() {
                return Some(if one.key_override >= other.key_override {
                    (one, other)
                } else {
                    (other, one)
                });
            }
        }
    }
    None
}

/// Where two scopes are in force at the same time.
fn together(one: Scope, other: Scope) -> Option<Scope> {
    let both = |scopes: &&&[Scope]| scopes.contains(&one) && scopes.contains(&other);
    Scope::ACTIVE_SETS.iter().find(both).map(|scopes| scopes[0])
}

fn collision(
    key_override: usize,
    key: usize,
    mine: &SourcedBinding,
    other: &SourcedBinding,
) -> OverrideError {
    let (a, b) = (&mine.binding, &other.binding);
    let (own, theirs) = (a.command.spec().id, b.command.spec().id);
    let message = if own == theirs {
        format!("{} and {} of {own} begin with the same keys", b.chord, a.chord)
    } else if a.chord.len() == b.chord.len() {
        format!("{} is a key of {theirs} already", a.chord)
    } else if a.chord.len() < b.chord.len() {
        format!("{} would hide {} of {theirs}", a.chord, b.chord)
    } else {
        format!("{} could never be typed: {} of {theirs} comes first", a.chord, b.chord)
    };
    let place = together(a.scope, b.scope).map_or("", Scope::title);
    let hint = match (own == theirs, other.key_override) {
        (true, _) => "leave one of them out".to_owned(),
        (false, Some(_)) => format!("both are in force in: {place}; give one of them other keys"),
        (false, None) => format!("in: {place}; give {theirs} other keys as well, or none: []"),
    };
    OverrideError { key_override, key: Some(key), message, hint }
}

#[cfg(test)]
mod tests {
    use super::super::{Invocation, Keymap, Resolution, parse_keys};
    use super::*;

    fn key_override(command: Command, keys: &[&str]) -> KeyOverride {
        KeyOverride { command, keys: keys.iter().map(|keys| (*keys).to_owned()).collect() }
    }

    fn call(keymap: &Keymap, keys: &str) -> Option<Command> {
        match keymap.resolve(Scope::ACTIVE_SETS[0], &parse_keys(keys).unwrap()) {
            Resolution::Run(Invocation { command, .. })
            | Resolution::Counted(Invocation { command, .. }, _) => Some(command),
            Resolution::Pending | Resolution::Unbound => None,
        }
    }

    #[test]
    fn the_table_is_free_of_collisions() {
        assert!(first_collision(&bindings(&[], &[])).is_none());
    }

    #[test]
    fn wanted_keys_take_the_place_of_those_of_the_table() {
        let (keymap, errors) = Keymap::with(&[
            key_override(Command::Undo, &["Z", "g u"]),
            key_override(Command::Redo, &[]),
            key_override(Command::Rate, &[", <digit>"]),
        ]);
        assert_eq!(errors, []);
        assert_eq!(call(&keymap, "Z"), Some(Command::Undo));
        assert_eq!(call(&keymap, "gu"), Some(Command::Undo));
        assert_eq!(call(&keymap, "u"), None);
        assert_eq!(call(&keymap, "U"), None);
        assert_eq!(call(&keymap, ",7"), Some(Command::Rate));
        assert_eq!(keymap.keys(Command::Undo), ["Z", "gu"]);
        assert_eq!(keymap.key(Command::Redo), ":redo");
        assert_eq!(keymap.written(Command::Rate), [", <digit>"]);
    }

    #[test]
    fn two_commands_may_swap_their_keys() {
        let (keymap, errors) =
            Keymap::with(&[key_override(Command::Down, &["k"]), key_override(Command::Up, &["j"])]);
        assert_eq!(errors, []);
        assert_eq!(call(&keymap, "j"), Some(Command::Up));
    }

    #[test]
    fn every_fault_is_found_and_the_good_wishes_count() {
        let (keymap, errors) = Keymap::with(&[
            key_override(Command::Undo, &["x", "a"]),
            key_override(Command::Find, &["g"]),
            key_override(Command::Rate, &["v"]),
            key_override(Command::Top, &["7"]),
            key_override(Command::Accept, &["y"]),
            key_override(Command::Quit, &[]),
            key_override(Command::Help, &["<hlep>"]),
            key_override(Command::Save, &["<f2>"]),
        ]);
        let places: Vec<_> = errors.iter().map(|error| (error.key_override, error.key)).collect();
        let expected =
            [(0, Some(1)), (1, Some(0)), (2, Some(0)), (3, Some(0)), (4, Some(0)), (5, None)];
        assert_eq!(places[..6], expected);
        assert_eq!(places[6..], [(6, Some(0))]);
        assert_eq!(errors[0].message, "a is a key of add already");
        assert!(errors[1].message.starts_with("g would hide g"), "{}", errors[1].message);
        assert!(errors[3].message.contains("of rate") || errors[3].message.contains("of choose"));
        assert_eq!(call(&keymap, "u"), Some(Command::Undo));
        assert_eq!(call(&keymap, "/"), Some(Command::Find));
        assert_eq!(keymap.keys(Command::Save), ["F2"]);
    }

    #[test]
    fn what_falls_back_may_take_another_with_it() {
        // Undo cannot have "<nothing>", keeps u, and so redo cannot have it.
        let (keymap, errors) = Keymap::with(&[
            key_override(Command::Undo, &["<nothing>"]),
            key_override(Command::Redo, &["u"]),
        ]);
        assert_eq!(errors.len(), 2);
        assert_eq!(keymap, Keymap::default());
    }

    #[test]
    fn the_same_key_twice_is_one_too_many() {
        let (_, errors) = Keymap::with(&[key_override(Command::Save, &["<f2>", "<f2>"])]);
        assert_eq!(errors[0].hint, "leave one of them out");
    }
}
