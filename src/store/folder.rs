//! Names and listing of the files of a workspace.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::domain::is_file_name;

/// The file into which the first idea of a folder goes.
pub(super) const NEW_IDEAS: &str = "ideas.toml";

/// The log of duels.
pub(super) const DUELS: &str = "duels.toml";

/// What the ranking of this workspace depends on.
pub(super) const SETTINGS: &str = "prospect.toml";

/// How the names of files begin that hold what others say.
pub(super) const PEOPLE: &str = "people/";

/// Files of the workspace that hold no ideas.
const OTHERS: [&str; 2] = [SETTINGS, DUELS];

/// The files that may hold ideas: the path itself, or what a folder holds, by
/// name.
///
/// # Errors
/// The path does not exist, or the folder cannot be read.
pub(super) fn idea_files(path: &Path, is_folder: bool) -> io::Result<Vec<PathBuf>> {
    if !is_folder {
        // A single file that cannot be read is no workspace.
        let _ = File::open(path)?.read(&mut [0])?;
        return Ok(vec![path.to_owned()]);
    }
    let mut files = toml_files(path)?;
    files.retain(|file| !OTHERS.iter().any(|other| file.ends_with(other)));
    Ok(files)
}

/// The file of settings, where there is one; the path of a workspace that is a
/// single file is not looked for twice.
pub(super) fn settings_file(root: &Path, known: &[PathBuf]) -> Option<PathBuf> {
    let path = root.join(SETTINGS);
    (path.is_file() && !known.contains(&path)).then_some(path)
}

/// The files with other people's ratings, by name; none if there is no such
/// folder.
pub(super) fn people_files(root: &Path) -> Vec<PathBuf> {
    toml_files(&root.join(PEOPLE)).unwrap_or_default()
}

/// The name of the file with what a person says.
pub(super) fn person_file(person: &str) -> String {
    format!("{PEOPLE}{person}.toml")
}

/// Whether a file of this name is one that a workspace can have, and lies in its
/// folder or in `people`: a journal that says anything else is not believed.
pub(super) fn is_own(name: &str) -> bool {
    let in_folder = name.strip_prefix(PEOPLE).unwrap_or(name);
    in_folder.strip_suffix(".toml").is_some_and(is_file_name)
}

/// Visible files that end in `.toml`, by name.
fn toml_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in folder.read_dir()? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.ends_with(".toml") && !name.starts_with('.') && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Refuses a file that only this program writes if a link leads it out of its
/// folder, or nowhere: a cloned workspace could aim it at any file of the user.
pub(super) fn check_own_file(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let root = folder.unwrap_or(Path::new("."));
    let is_link = path.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink());
    if !is_link {
        return Ok(());
    }
    let root = root.canonicalize()?;
    match path.canonicalize() {
        Ok(target) if target.starts_with(root) => Ok(()),
        Ok(target) => {
            let message = format!("it is a link out of the workspace, to {}", target.display());
            Err(io::Error::new(io::ErrorKind::PermissionDenied, message))
        }
        Err(_) => {
            let message = "it is a link to a file that does not exist";
            Err(io::Error::new(io::ErrorKind::PermissionDenied, message))
        }
    }
}
