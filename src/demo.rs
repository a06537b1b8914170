//! The workspace that comes with the program.

use std::io;
use std::path::Path;

use crate::domain::Date;

/// The day on which the demo is set: its logs and promises end there.
pub const DAY: Date = Date::constant(2026, 11, 20);

/// The person who has answered its duels, so that the visitor goes on as them.
pub const PERSON: &str = "me";

/// Its files: where each goes in the folder, and what is in it.
const FILES: [(&str, &str); 6] = [
    ("ideas.toml", include_str!("../assets/demo/ideas.toml")),
    ("duels.toml", include_str!("../assets/demo/duels.toml")),
    ("prospect.toml", include_str!("../assets/demo/prospect.toml")),
    ("people/ines.toml", include_str!("../assets/demo/people/ines.toml")),
    ("people/lee.toml", include_str!("../assets/demo/people/lee.toml")),
    ("people/mara.toml", include_str!("../assets/demo/people/mara.toml")),
];

/// Puts a copy of the demo into a folder, which is created.
///
/// # Errors
/// The folder or a file cannot be written.
pub fn unpack(folder: &Path) -> io::Result<()> {
    for (name, text) in FILES {
        let file = folder.join(name);
        std::fs::create_dir_all(file.parent().unwrap_or(folder))?;
        std::fs::write(file, text)?;
    }
    Ok(())
}
