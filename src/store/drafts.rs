//! Texts that are being written and not saved yet, in the state folder: until
//! somebody saves them they do not belong into anybody's files.

use std::collections::BTreeMap;
use std::fs;
use std::io;

use super::{Workspace, atomic};

impl Workspace {
    /// The texts that were begun here, by what each is to become; none where
    /// they cannot be read.
    #[must_use]
    pub fn drafts(&self) -> BTreeMap<String, String> {
        let bytes = fs::read(&self.state.drafts).ok();
        bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// Keeps a text that was begun, in place of the one of that name, or lets
    /// go of it. Those that another workbench keeps stay.
    ///
    /// # Errors
    /// The state folder cannot be written.
    pub fn keep_draft(&self, name: &str, text: Option<&str>) -> io::Result<()> {
        let _lock = self.state.lock()?;
        let mut drafts = self.drafts();
        match text {
            Some(text) => drop(drafts.insert(name.to_owned(), text.to_owned())),
            None if drafts.remove(name).is_none() => return Ok(()),
            None => {}
        }
        if let Some(folder) = self.state.drafts.parent() {
            fs::create_dir_all(folder)?;
        }
        atomic::write_atomic(&self.state.drafts, &serde_json::to_vec(&drafts)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drafts_are_kept_side_by_side_until_they_are_let_go() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ideas.toml");
        fs::write(&path, "[[idea]]\ntitle = \"A\"\n").unwrap();
        let open = || Workspace::open(&path, &folder.path().join("state")).unwrap().0;
        let (one, other) = (open(), open());
        assert!(one.drafts().is_empty());
        one.keep_draft("note a", Some("first\nsecond")).unwrap();
        other.keep_draft("summary a", Some("…")).unwrap();
        assert_eq!(one.drafts()["note a"], "first\nsecond");
        one.keep_draft("note a", None).unwrap();
        one.keep_draft("never there", None).unwrap();
        assert_eq!(open().drafts().into_keys().collect::<Vec<_>>(), ["summary a"]);
        fs::write(&one.state.drafts, "not json").unwrap();
        assert!(one.drafts().is_empty());
    }
}
