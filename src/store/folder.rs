//! Names and listing of the files of a workspace, and new workspaces.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::StoreError;
use super::file::{FileKind, NEW_IDEAS, PEOPLE, SETTINGS};
use super::schema::idea_schema;
use crate::domain::{Problem, Severity, is_file_name};
use crate::regular_file::{self, check_inside};

pub(super) const DUELS: &str = "duels.toml";

/// Files of the workspace that hold no ideas.
const OTHERS: [&str; 2] = [SETTINGS, DUELS];

/// The files of a workspace as they are found now, and what is wrong with files
/// that look as if they belonged to it.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub(super) files: Vec<(PathBuf, FileKind)>,
    pub(super) problems: Vec<Problem>,
}

impl Listing {
    /// Lists the files of the workspace at `path`, whose folder is `root`.
    ///
    /// # Errors
    /// The path does not exist, or the folder cannot be read.
    pub(super) fn of(path: &Path, root: &Path, is_folder: bool) -> io::Result<Self> {
        let mut listing = Self::default();
        if is_folder {
            let mut ideas = listing.toml_files(path)?;
            let is_other = |file: &Path| OTHERS.iter().any(|other| file.ends_with(other));
            ideas.retain(|file| !is_other(file));
            // Their readers say what is wrong with them.
            listing.problems.retain(|problem| !is_other(&problem.file));
            listing.add(ideas, FileKind::Ideas);
        } else {
            // A single file that cannot be read is no workspace.
            let _ = regular_file::open(path)?.read(&mut [0])?;
            listing.add(vec![path.to_owned()], FileKind::Ideas);
        }
        let settings = root.join(SETTINGS);
        // The reader of the settings says why they cannot be read.
        let is_usable = settings.exists() && check_inside(&settings, root).is_ok();
        if is_usable && listing.files.iter().all(|(known, _)| *known != settings) {
            listing.add(vec![settings], FileKind::Settings);
        }
        let people = listing.people(root);
        listing.add(people, FileKind::Person);
        Ok(listing)
    }

    /// The files of other raters; without those that a link leads to from outside.
    fn people(&mut self, root: &Path) -> Vec<PathBuf> {
        let folder = root.join(PEOPLE.trim_end_matches('/'));
        let found = check_inside(&folder, root).and_then(|()| self.toml_files(&folder));
        let mut files = match found {
            Ok(files) => files,
            Err(error) => {
                let is_none =
                    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory);
                if !is_none {
                    let message = format!("the folder cannot be read: {error}");
                    self.report(&folder, Severity::Error, "unreadable", message, "");
                }
                return Vec::new();
            }
        };
        files.retain(|file| match check_inside(file, root) {
            Ok(()) => true,
            Err(error) => {
                self.report(file, Severity::Error, "outside", error.to_string(), "");
                false
            }
        });
        files
    }

    fn add(&mut self, paths: Vec<PathBuf>, kind: FileKind) {
        self.files.extend(paths.into_iter().map(|path| (path, kind)));
    }

    /// Visible regular files that end in `.toml`, by name, without copies that
    /// another program has made of one of them.
    fn toml_files(&mut self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        for entry in folder.read_dir()? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if !name.ends_with(".toml") || name.starts_with('.') {
                continue;
            }
            match path.metadata() {
                Ok(metadata) if metadata.is_file() => files.push(path),
                Ok(metadata) if metadata.is_dir() => {}
                Ok(_) => {
                    let message = "it is a pipe or a device, and is not read".to_owned();
                    self.report(&path, Severity::Error, "not-a-file", message, "");
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    let message = "it is a link to a file that does not exist".to_owned();
                    self.report(&path, Severity::Error, "dangling-link", message, "");
                }
                // Reading it says why.
                Err(_) => files.push(path),
            }
        }
        files.sort();
        let names: HashSet<String> = files.iter().map(|path| name_of(path)).collect();
        files.retain(|path| match original_of(&name_of(path), &names) {
            Some(original) => {
                let message = format!("it looks like a copy of {original}, and is left alone");
                let hint = "compare the two, then delete or rename the copy";
                self.report(path, Severity::Warning, "copy", message, hint);
                false
            }
            None => true,
        });
        Ok(files)
    }

    fn report(
        &mut self,
        path: &Path,
        severity: Severity,
        code: &'static str,
        message: String,
        hint: &str,
    ) {
        let problem = Problem::at(path, "", 0..0, severity, code, message);
        self.problems.push(Problem { hint: hint.to_owned(), ..problem });
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Words for a copy in names that file managers and sync tools make.
const COPY_WORDS: [&str; 17] = [
    "copy",
    "kopie",
    "copia",
    "copie",
    "cópia",
    "kopia",
    "kopi",
    "kopya",
    "kópia",
    "másolat",
    "копия",
    "копія",
    "副本",
    "コピー",
    "복사본",
    "사본",
    "conflict",
];

/// What stands before the name of the original.
const COPY_PREFIXES: [&str; 6] =
    ["copy of ", "kopie von ", "copia de ", "copia di ", "copie de ", "cópia de "];

/// What editors append to the name of the original.
const BACKUP_SUFFIXES: [&str; 7] = [".bak", ".backup", ".orig", ".old", ".save", ".tmp", "~"];

/// What version control appends, with a number, while a merge is resolved.
const MERGE_SUFFIXES: [&str; 4] = ["_BACKUP_", "_BASE_", "_LOCAL_", "_REMOTE_"];

/// The file among `names` of which one of them looks like a copy.
fn original_of(name: &str, names: &HashSet<String>) -> Option<String> {
    let mut stem = name.strip_suffix(".toml")?.to_owned();
    // `ideas - Copy (2).toml` is undone in two steps.
    for _ in 0..3 {
        stem = without_mark(&stem)?.to_owned();
        let original = format!("{stem}.toml");
        if names.contains(&original) {
            return Some(original);
        }
    }
    None
}

/// A name without the mark of a copy; `None` if it has none.
fn without_mark(stem: &str) -> Option<&str> {
    let lower = stem.to_lowercase();
    let is_same_length = lower.len() == stem.len();
    let is_copy = |text: &str| COPY_WORDS.iter().any(|word| text.to_lowercase().contains(word));
    for (open, close) in [('(', ')'), ('[', ']')] {
        if let Some((before, inner)) = stem.strip_suffix(close).and_then(|s| s.rsplit_once(open)) {
            let is_number = !inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_digit());
            return (is_number || is_copy(inner)).then(|| before.trim_end());
        }
    }
    // `Copy (2) of ideas`
    let unnumbered = lower.strip_prefix("copy (").and_then(|rest| rest.split_once(") of "));
    if let Some((_, original)) = unnumbered.filter(|_| is_same_length) {
        return stem.get(stem.len() - original.len()..);
    }
    if let Some(prefix) =
        COPY_PREFIXES.iter().find(|prefix| is_same_length && lower.starts_with(**prefix))
    {
        return stem.get(prefix.len()..);
    }
    let unnumbered = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    if let Some(suffix) = MERGE_SUFFIXES.iter().find(|suffix| unnumbered.ends_with(**suffix)) {
        return unnumbered.strip_suffix(suffix);
    }
    if let Some(suffix) = BACKUP_SUFFIXES.iter().find(|suffix| unnumbered.ends_with(**suffix)) {
        return unnumbered.strip_suffix(suffix);
    }
    // `ideas.sync-conflict-20240301-101500-ABCDEFG`, `ideas_conflict-2024…`,
    // `ideas - Kopie`, `ideas copy 2`
    let marks = stem.match_indices(['.', '_', '-', ' ']).map(|(at, _)| at);
    let mark = marks.into_iter().find(|at| {
        let rest = stem[at + 1..].trim_start_matches(['-', '–', '—', ' ', '.']).to_lowercase();
        let rest = rest.strip_prefix("sync-").unwrap_or(&rest);
        COPY_WORDS.iter().any(|word| {
            rest.strip_prefix(word).is_some_and(|rest| {
                *word == "conflict" || rest.trim().bytes().all(|byte| byte.is_ascii_digit())
            })
        })
    })?;
    Some(stem[..mark].trim_end_matches(['-', '–', '—', ' ', '.', '_']))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_told_by_their_names_beside_the_original() {
        let names: HashSet<String> =
            ["ideas.toml", "mara.toml", "ideas - vision.toml"].map(str::to_owned).into();
        for copy in [
            "ideas (conflicted copy).toml",
            "ideas (Mara's conflicted copy 2024-03-01).toml",
            "ideas (conflicted copy 2024-03-01 101500).toml",
            "ideas.sync-conflict-20240301-101500-ABCDEFG.toml",
            "ideas_conflict-20240301-101500.toml",
            "ideas (1).toml",
            "ideas copy.toml",
            "ideas copy 2.toml",
            "ideas - Copy.toml",
            "ideas - Copy (2).toml",
            "ideas - Kopie.toml",
            "Copy of ideas.toml",
            "Kopie von ideas.toml",
            "ideas.bak.toml",
            "ideas~.toml",
            "ideas_REMOTE_4711.toml",
            "ideas [conflicted].toml",
            "ideas (3rd copy).toml",
            "ideas - kopi.toml",
            "ideas — копия (2).toml",
            "ideas (副本).toml",
            "ideas - コピー.toml",
            "Copy (2) of ideas.toml",
        ] {
            assert_eq!(original_of(copy, &names).as_deref(), Some("ideas.toml"), "{copy}");
        }
        for own in [
            "ideas.toml",
            "ideas - vision.toml",
            "ideas 2.toml",
            "ideas (vision).toml",
            "copying.toml",
            "other (1).toml",
            "ideas-copyright.toml",
            "größe - Kopie.toml",
        ] {
            assert_eq!(original_of(own, &names), None, "{own}");
        }
    }
}
