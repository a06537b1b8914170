//! Keys that somebody wants instead of those of the table, and why not all of
//! them can be had.

use super::chord::Chord;
use super::keymap::Binding;
use super::{Command, Scope, all};

/// The keys that somebody wants for a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The command.
    pub command: Command,
    /// Its keys, each a chord as the table writes it; none leaves the command
    /// to the palette.
    pub keys: Vec<String>,
}

/// Why a wish cannot be granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Which wish, counted from 0.
    pub wish: usize,
    /// Which of its keys, counted from 0; `None` if the wish as a whole.
    pub key: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

/// Commands without which one could not get out any more, or not answer.
const NEEDED: [Command; 4] = [Command::Quit, Command::Open, Command::Accept, Command::Cancel];

/// The bindings in force: for each command what is wanted, or what the table
/// says where nothing is or where it cannot be had.
pub(super) fn grant(wishes: &[Wish]) -> (Vec<Binding>, Vec<Fault>) {
    let mut faults = Vec::new();
    let mut granted: Vec<Option<Vec<Chord>>> = wishes
        .iter()
        .enumerate()
        .map(|(at, wish)| {
            let before = faults.len();
            let chords = chords(at, wish, &mut faults);
            (faults.len() == before).then_some(chords)
        })
        .collect();
    loop {
        let bindings = bindings(wishes, &granted);
        match first_collision(&bindings) {
            None => {
                faults.sort_by_key(|fault: &Fault| (fault.wish, fault.key));
                return (bindings.into_iter().map(|owned| owned.binding).collect(), faults);
            }
            Some((mine, other)) => {
                // The table alone is free of collisions, so that there is a
                // wish to blame.
                let Some((wish, key)) = mine.wish else { return (table(), faults) };
                faults.push(collision(wish, key, mine, other));
                granted[wish] = None;
            }
        }
    }
}

/// A binding, and the wish and its key that it comes from, if any.
struct Owned {
    binding: Binding,
    wish: Option<(usize, usize)>,
}

fn table() -> Vec<Binding> {
    bindings(&[], &[]).into_iter().map(|owned| owned.binding).collect()
}

fn bindings(wishes: &[Wish], granted: &[Option<Vec<Chord>>]) -> Vec<Owned> {
    let mut all_of_them = Vec::new();
    for entry in all() {
        let binding = |chord| Binding { scope: entry.scope, chord, command: entry.command };
        let wanted = wishes.iter().rposition(|wish| wish.command == entry.command);
        match wanted.and_then(|at| Some((at, granted.get(at)?.as_ref()?))) {
            Some((at, chords)) => {
                all_of_them.extend(chords.iter().enumerate().map(|(key, chord)| Owned {
                    binding: binding(chord.clone()),
                    wish: Some((at, key)),
                }));
            }
            None => {
                let chords = entry.keys.iter().filter_map(|keys| Chord::parse(keys).ok());
                all_of_them
                    .extend(chords.map(|chord| Owned { binding: binding(chord), wish: None }));
            }
        }
    }
    all_of_them
}

/// Reads the keys of a wish; what is wrong with it by itself becomes faults.
fn chords(at: usize, wish: &Wish, faults: &mut Vec<Fault>) -> Vec<Chord> {
    let entry = wish.command.entry();
    let mut refuse = |key, message: String, hint: String| {
        faults.push(Fault { wish: at, key, message, hint });
    };
    if wish.keys.is_empty() && NEEDED.contains(&wish.command) {
        let message = format!("{} cannot be without a key", entry.id);
        refuse(None, message, "nothing else would get out of where it is needed".to_owned());
    }
    let mut chords: Vec<Chord> = Vec::new();
    for (key, text) in wish.keys.iter().enumerate() {
        let chord = match Chord::parse(text) {
            Ok(chord) => chord,
            Err(wrong) => {
                refuse(Some(key), wrong.message, wrong.hint);
                continue;
            }
        };
        match (entry.takes_digit(), chord.digits()) {
            (true, 1) | (false, 0) => {}
            (true, _) => {
                let message = format!("{} takes a digit: one of its keys is <digit>", entry.id);
                refuse(Some(key), message, format!("such as {:?}", entry.keys[0]));
            }
            (false, _) => {
                let message = format!("{} takes no digit", entry.id);
                refuse(Some(key), message, "name the digit that is meant: 3".to_owned());
            }
        }
        if matches!(entry.scope, Scope::Prompt | Scope::Writing) && chord.begins_with_text() {
            let message = format!("while a line is typed, {chord} is part of the text");
            refuse(Some(key), message, "take a key that writes nothing: <c-x>, <f2>".to_owned());
        }
        chords.push(chord);
    }
    chords
}

/// Two bindings in force together that begin with the same keys. If a wish has
/// part in it, the first is that of a wish, of the later one where there are two.
fn first_collision(bindings: &[Owned]) -> Option<(&Owned, &Owned)> {
    for (i, one) in bindings.iter().enumerate() {
        for other in &bindings[..i] {
            let (a, b) = (&one.binding, &other.binding);
            if a.chord.collides(&b.chord) && together(a.scope, b.scope).is_some() {
                return Some(if one.wish >= other.wish { (one, other) } else { (other, one) });
            }
        }
    }
    None
}

/// Where two scopes are in force at the same time.
fn together(one: Scope, other: Scope) -> Option<Scope> {
    let both = |scopes: &&&[Scope]| scopes.contains(&one) && scopes.contains(&other);
    Scope::TOGETHER.iter().find(both).map(|scopes| scopes[0])
}

fn collision(wish: usize, key: usize, mine: &Owned, other: &Owned) -> Fault {
    let (a, b) = (&mine.binding, &other.binding);
    let (own, theirs) = (a.command.entry().id, b.command.entry().id);
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
    let hint = match (own == theirs, other.wish) {
        (true, _) => "leave one of them out".to_owned(),
        (false, Some(_)) => format!("both are in force in: {place}; give one of them other keys"),
        (false, None) => format!("in: {place}; give {theirs} other keys as well, or none: []"),
    };
    Fault { wish, key: Some(key), message, hint }
}

#[cfg(test)]
mod tests {
    use super::super::{Invocation, Keymap, Resolution, parse_keys};
    use super::*;

    fn wish(command: Command, keys: &[&str]) -> Wish {
        Wish { command, keys: keys.iter().map(|keys| (*keys).to_owned()).collect() }
    }

    fn call(keymap: &Keymap, keys: &str) -> Option<Command> {
        match keymap.resolve(Scope::TOGETHER[0], &parse_keys(keys).unwrap()) {
            Resolution::Call(Invocation { command, .. })
            | Resolution::Counted(Invocation { command, .. }, _) => Some(command),
            Resolution::Begun | Resolution::Unbound => None,
        }
    }

    #[test]
    fn the_table_is_free_of_collisions() {
        assert!(first_collision(&bindings(&[], &[])).is_none());
    }

    #[test]
    fn wanted_keys_take_the_place_of_those_of_the_table() {
        let (keymap, faults) = Keymap::with(&[
            wish(Command::Undo, &["Z", "g u"]),
            wish(Command::Redo, &[]),
            wish(Command::Rate, &[", <digit>"]),
        ]);
        assert_eq!(faults, []);
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
        let (keymap, faults) =
            Keymap::with(&[wish(Command::Down, &["k"]), wish(Command::Up, &["j"])]);
        assert_eq!(faults, []);
        assert_eq!(call(&keymap, "j"), Some(Command::Up));
    }

    #[test]
    fn every_fault_is_found_and_the_good_wishes_count() {
        let (keymap, faults) = Keymap::with(&[
            wish(Command::Undo, &["x", "a"]),
            wish(Command::Find, &["g"]),
            wish(Command::Rate, &["v"]),
            wish(Command::Top, &["7"]),
            wish(Command::Accept, &["y"]),
            wish(Command::Quit, &[]),
            wish(Command::Help, &["<hlep>"]),
            wish(Command::Save, &["<f2>"]),
        ]);
        let places: Vec<_> = faults.iter().map(|fault| (fault.wish, fault.key)).collect();
        let expected =
            [(0, Some(1)), (1, Some(0)), (2, Some(0)), (3, Some(0)), (4, Some(0)), (5, None)];
        assert_eq!(places[..6], expected);
        assert_eq!(places[6..], [(6, Some(0))]);
        assert_eq!(faults[0].message, "a is a key of add already");
        assert!(faults[1].message.starts_with("g would hide g"), "{}", faults[1].message);
        assert!(faults[3].message.contains("of rate") || faults[3].message.contains("of choose"));
        assert_eq!(call(&keymap, "u"), Some(Command::Undo));
        assert_eq!(call(&keymap, "/"), Some(Command::Find));
        assert_eq!(keymap.keys(Command::Save), ["F2"]);
    }

    #[test]
    fn what_falls_back_may_take_another_with_it() {
        // Undo cannot have "<nothing>", keeps u, and so redo cannot have it.
        let (keymap, faults) =
            Keymap::with(&[wish(Command::Undo, &["<nothing>"]), wish(Command::Redo, &["u"])]);
        assert_eq!(faults.len(), 2);
        assert_eq!(keymap, Keymap::default());
    }

    #[test]
    fn the_same_key_twice_is_one_too_many() {
        let (_, faults) = Keymap::with(&[wish(Command::Save, &["<f2>", "<f2>"])]);
        assert_eq!(faults[0].hint, "leave one of them out");
    }
}
