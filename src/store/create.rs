//! New workspaces.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::StoreError;
use super::folder::NEW_IDEAS;

/// What a new workspace holds: nothing but comments that show how it is done.
const STARTER: &str = include_str!("../../assets/starter/ideas.toml");

/// Duels are only ever appended, so that git can merge them line by line.
const GIT_ATTRIBUTES: &str = "duels.toml merge=union\n";

pub(super) fn create(path: &Path) -> Result<PathBuf, StoreError> {
    if path.extension().is_some_and(|extension| extension == "toml") {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(StoreError::io(folder))?;
        }
        write_new(path, STARTER).map_err(StoreError::io(path))?;
        return Ok(path.to_owned());
    }
    fs::create_dir_all(path).map_err(StoreError::io(path))?;
    let ideas = path.join(NEW_IDEAS);
    write_new(&ideas, STARTER).map_err(StoreError::io(&ideas))?;
    let attributes = path.join(".gitattributes");
    match write_new(&attributes, GIT_ATTRIBUTES) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            Err(StoreError::io(&attributes)(error))
        }
        _ => Ok(ideas),
    }
}

/// Writes a file that must not exist yet.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut file = fs::File::create_new(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
