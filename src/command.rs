//! The one table of commands: names, keys, scopes and words. The keymap, the
//! footer, the help, `prospect keys` and docs/keys.md all read it.

mod key;
mod keymap;
mod overrides;
mod synonyms;
mod table;

pub use key::{Key, KeyError, KeyPress, parse_keys};
pub use keymap::{Invocation, Keymap, Resolution};
pub use overrides::{KeyOverride, OverrideError};
pub use synonyms::{SHELL_LINES, ShellLine};
pub use table::{Command, CommandSpec, Scope, all};
