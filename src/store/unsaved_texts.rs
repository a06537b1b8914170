//! Texts that are being written and not saved yet, in the state folder.

use std::collections::BTreeMap;
use std::fs;
use std::io;

use super::{Workspace, atomic};

impl Workspace {
    /// The texts that were begun here, by what each is to become; none where
    /// they cannot be read.
    #[must_use]
    pub fn unsaved_texts(&self) -> BTreeMap<String, String> {
        let bytes = fs::read(&self.state.unsaved_texts).ok();
        bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// Keeps a text that was begun, in place of the one of that name, or lets
    /// go of it. Those that another workbench keeps stay.
    ///
    /// # Errors
    /// The state folder cannot be written.
    pub fn save_unsaved_text(&self, name: &str, text: Option<&str>) -> io::Result<()> {
        let _lock = self.state.lock()?;
        let mut unsaved_texts = self.unsaved_texts();
        match text {
            Some(text) => drop(unsaved_texts.insert(name.to_owned(), text.to_owned())),
            None if unsaved_texts.remove(name).is_none() => return Ok(()),
            None => {}
        }
        if let Some(folder) = self.state.unsaved_texts.parent() {
            fs::create_dir_all(folder)?;
        }
        atomic::write_atomic(&self.state.unsaved_texts, &serde_json::to_vec(&unsaved_texts)?)
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
        assert!(one.unsaved_texts().is_empty());
        one.save_unsaved_text("note a", Some("first\nsecond")).unwrap();
        other.save_unsaved_text("summary a", Some("…")).unwrap();
        assert_eq!(one.unsaved_texts()["note a"], "first\nsecond");
        one.save_unsaved_text("note a", None).unwrap();
        one.save_unsaved_text("never there", None).unwrap();
        assert_eq!(open().unsaved_texts().into_keys().collect::<Vec<_>>(), ["summary a"]);
        fs::write(&one.state.unsaved_texts, "not json").unwrap();
        assert!(one.unsaved_texts().is_empty());
    }
}
