//! Kinds of files of a workspace, told by their names.

use std::path::Path;

/// The file into which the first idea of a folder goes.
pub(super) const NEW_IDEAS: &str = "ideas.toml";

/// What the ranking of this workspace depends on.
pub(super) const SETTINGS: &str = "prospect.toml";

/// How the names of files begin that hold what others say.
pub(super) const PEOPLE: &str = "people/";

/// What a file of a workspace holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileKind {
    Ideas,
    Settings,
    /// Ratings of the ideas by a rater other than the user.
    Person,
}

impl FileKind {
    /// What a file of that name in the folder holds.
    pub(super) fn of(name: &str) -> Self {
        if name == SETTINGS {
            Self::Settings
        } else if name.starts_with(PEOPLE) {
            Self::Person
        } else {
            Self::Ideas
        }
    }

    /// The name in the folder of a workspace of a file of this kind.
    pub(super) fn name_of(self, path: &Path) -> String {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if self == Self::Person { format!("{PEOPLE}{name}") } else { name.into() }
    }
}
