//! New workspaces.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::StoreError;
use super::folder::NEW_IDEAS;
use super::schema::idea_schema;

/// What a new workspace holds: nothing but comments that show how it is done.
const STARTER: &str = include_str!("../../assets/starter/ideas.toml");

/// The schema that the first line of the starter names: a file beside it, so
/// that it is found without a network and goes where the ideas go.
const SCHEMA: &str = ".prospect.schema.json";

/// Duels are only ever appended, so that git can merge them line by line.
const GIT_ATTRIBUTES: &str = "duels.toml merge=union\n";

pub(super) fn create(path: &Path) -> Result<PathBuf, StoreError> {
    if path.extension().is_some_and(|extension| extension == "toml") {
        let folder = path.parent().unwrap_or(Path::new(""));
        fs::create_dir_all(folder).map_err(StoreError::io(folder))?;
        write_new(path, STARTER).map_err(StoreError::io(path))?;
        add(&folder.join(SCHEMA), &format!("{:#}\n", idea_schema()))?;
        return Ok(path.to_owned());
    }
    fs::create_dir_all(path).map_err(StoreError::io(path))?;
    let ideas = path.join(NEW_IDEAS);
    write_new(&ideas, STARTER).map_err(StoreError::io(&ideas))?;
    add(&path.join(SCHEMA), &format!("{:#}\n", idea_schema()))?;
    add(&path.join(".gitattributes"), GIT_ATTRIBUTES)?;
    Ok(ideas)
}

/// Writes a file, unless there is one already: that one stays as it is.
fn add(path: &Path, text: &str) -> Result<(), StoreError> {
    match write_new(path, text) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            Err(StoreError::io(path)(error))
        }
        _ => Ok(()),
    }
}

/// Writes a file that must not exist yet.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut file = fs::File::create_new(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
