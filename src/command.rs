//! The one table of commands: names, keys, scopes and words. The keymap, the
//! footer, the help, `prospect keys` and docs/keys.md all read it.

mod key;
mod keymap;
mod table;

pub use key::{Key, KeyError, KeyPress, parse_keys};
pub use keymap::{Invocation, Keymap, Resolution, keys_shown};
pub use table::{Command, Entry, Scope, all};
