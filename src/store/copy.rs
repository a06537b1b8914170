//! A copy of a workspace in another folder.

use std::io;
use std::path::Path;

use super::Workspace;

impl Workspace {
    /// Copies the files of the workspace, with what other people answered, into a
    /// folder that does not exist yet or is empty. The journal stays behind: the
    /// copy begins with a history of its own.
    ///
    /// # Errors
    /// The folder holds something already, or a file cannot be read or written.
    pub fn copy_to(&self, folder: &Path) -> io::Result<()> {
        if folder.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, "it holds something already"));
        }
        copy_toml(&self.root, folder)?;
        let people = self.root.join("people");
        if people.is_dir() {
            copy_toml(&people, &folder.join("people"))?;
        }
        Ok(())
    }
}

fn copy_toml(from: &Path, to: &Path) -> io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in from.read_dir()? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "toml") && path.is_file() {
            std::fs::copy(&path, to.join(path.file_name().unwrap_or_default()))?;
        }
    }
    Ok(())
}
