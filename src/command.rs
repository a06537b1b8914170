//! The one table of commands: names, keys, scopes and words. The keymap, the
//! footer, the help, `prospect keys` and docs/keys.md all read it.

mod chord;
mod key;
mod keymap;
mod table;
mod wish;

pub use key::{Key, KeyError, KeyPress, parse_keys};
pub use keymap::{Invocation, Keymap, Resolution};
pub use table::{Command, Entry, Scope, all};
pub use wish::{Fault as KeyFault, Wish};
