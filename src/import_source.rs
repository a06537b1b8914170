//! Source of an import on disk: a file, a folder of notes, a workspace. The command
//! line and the workbench read it here and make ideas of it.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::domain::{Date, Problem, Severity};
use crate::exchange::{
    self, IdeasRead, ImportOptions, Location, Mapping, Rows, Shape, Skipped, SourceIdea, Target,
};
use crate::regular_file;
use crate::store::{StoreError, Workspace};

/// Content of a source.
#[derive(Debug)]
pub(crate) enum ImportSource {
    /// Rows, about whose columns something has to be said.
    Rows {
        /// Its name, by which its ideas are known again.
        name: String,
        rows: Rows,
    },
    /// The ideas of a workspace.
    Ideas { name: String, ideas: Vec<SourceIdea>, skipped: Vec<Skipped> },
}

/// The ideas of a source.
#[derive(Debug)]
pub(crate) struct IdeasOfSource {
    /// What each column was taken for; `None` for a workspace.
    pub mapping: Option<Mapping>,
    pub ideas: Vec<SourceIdea>,
    /// Everything that was left out, in the order of the source.
    pub skipped: Vec<Skipped>,
    /// How many rows became no idea.
    pub rows_left_out: usize,
}

/// Why a source cannot be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SourceError {
    #[error("there is no file or folder \"{}\"", .0.display())]
    Missing(PathBuf),
    #[error("{} cannot be read: {error}", path.display())]
    Io { path: PathBuf, error: io::Error },
    #[error("{name} looks like {looks_like}, which is not read")]
    Foreign {
        name: String,
        looks_like: &'static str,
        /// How its ideas can be had all the same.
        advice: &'static str,
    },
    #[error("{}: {}", .0.location, .0.message)]
    Unreadable(Skipped),
    #[error("there are neither ideas nor notes in {}", .0.display())]
    Empty(PathBuf),
    #[error("{}", crate::text::count(.0.len(), "problem"))]
    Problems(Vec<Problem>),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl SourceError {
    /// What to do instead; may be empty.
    pub(crate) const fn hint(&self) -> &'static str {
        match self {
            Self::Foreign { advice, .. } => advice,
            Self::Empty(_) => "notes end in .md, .markdown or .txt",
            _ => "",
        }
    }

    fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |error| Self::Io { path, error }
    }
}

impl ImportSource {
    /// Reads a file or a folder; `-` is the standard input. `state` is the
    /// folder of state that a workspace is opened with. `shape` says what an
    /// idea is in Markdown; `None` guesses.
    pub(crate) fn read(
        path: &Path,
        state: &Path,
        shape: Option<Shape>,
    ) -> Result<Self, SourceError> {
        if path == Path::new("-") {
            let mut bytes = Vec::new();
            io::stdin().read_to_end(&mut bytes).map_err(SourceError::io(Path::new("stdin")))?;
            return Self::from_bytes("stdin", bytes, shape);
        }
        if !path.exists() {
            return Err(SourceError::Missing(path.to_owned()));
        }
        let name = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let name = name.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            return Self::folder(path, name, state);
        }
        let bytes = regular_file::read(path).map_err(SourceError::io(path))?.0;
        let is_toml = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
        if is_toml && has_ideas(&String::from_utf8_lossy(&bytes)) {
            return Self::workspace(path, name, state);
        }
        Self::from_bytes(&name, bytes, shape)
    }

    /// Reads the bytes of a file of this name.
    pub(crate) fn from_bytes(
        name: &str,
        bytes: Vec<u8>,
        shape: Option<Shape>,
    ) -> Result<Self, SourceError> {
        let bytes = from_utf16(&bytes).map_or(bytes, String::into_bytes);
        if let Some((looks_like, advice)) = exchange::unsupported_format(name, &bytes) {
            return Err(SourceError::Foreign { name: name.to_owned(), looks_like, advice });
        }
        let text = utf8(name, bytes)?;
        let rows = exchange::read(name, &text, shape).map_err(SourceError::Unreadable)?;
        Ok(Self::Rows { name: name.to_owned(), rows })
    }

    /// A workspace, or a folder of notes.
    fn folder(path: &Path, name: String, state: &Path) -> Result<Self, SourceError> {
        let files = path.read_dir().map_err(SourceError::io(path))?;
        let mut tomls = files.filter_map(Result::ok).map(|entry| entry.path()).filter(|file| {
            file.is_file() && file.extension().is_some_and(|ending| ending == "toml")
        });
        let holds_ideas = |file: PathBuf| {
            regular_file::read(&file)
                .is_ok_and(|(bytes, _)| has_ideas(&String::from_utf8_lossy(&bytes)))
        };
        if tomls.any(holds_ideas) {
            return Self::workspace(path, name, state);
        }
        let mut skipped = Vec::new();
        let mut notes = Vec::new();
        collect_notes(path, "", &mut notes, &mut skipped).map_err(SourceError::io(path))?;
        let mut texts = Vec::new();
        for called in notes {
            let file = path.join(&called);
            let (bytes, _) = regular_file::read(&file).map_err(SourceError::io(&file))?;
            let bytes = from_utf16(&bytes).map_or(bytes, String::into_bytes);
            match String::from_utf8(bytes) {
                Ok(text) => texts.push((called, text)),
                Err(_) => skipped.push(Skipped {
                    location: Location { file: called, line: 1 },
                    message: "this is not UTF-8 text".to_owned(),
                }),
            }
        }
        if texts.is_empty() {
            return Err(SourceError::Empty(path.to_owned()));
        }
        let pairs = texts.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        let mut rows = exchange::read_notes(pairs);
        rows.skipped.extend(skipped);
        Ok(Self::Rows { name, rows })
    }

    fn workspace(path: &Path, name: String, state: &Path) -> Result<Self, SourceError> {
        let (workspace, loaded) = Workspace::open(path, state)?;
        let errors: Vec<&Problem> =
            loaded.problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
        if loaded.portfolio.ideas().is_empty() && !errors.is_empty() {
            return Err(SourceError::Problems(errors.into_iter().cloned().collect()));
        }
        let skipped = errors.into_iter().map(|problem| Skipped {
            location: Location { file: problem.file.display().to_string(), line: problem.line },
            message: problem.message.clone(),
        });
        let skipped = skipped.collect();
        let mut ideas = exchange::ideas_of_workspace(loaded.portfolio.iter(), &name);
        for idea in &mut ideas {
            if let Some((file, line)) = workspace.location(&idea.name) {
                idea.location = Location { file: file.display().to_string(), line };
            }
        }
        Ok(Self::Ideas { name, ideas, skipped })
    }

    /// The ideas that it holds. `user_mapping` has the columns that the user has mapped,
    /// by name; with `keep_rest`, columns that become nothing are put below the summary.
    ///
    /// # Errors
    /// As [`Mapping::guess`].
    pub(crate) fn ideas(
        &self,
        user_mapping: &[(String, Target)],
        keep_rest: bool,
    ) -> Result<IdeasOfSource, String> {
        match self {
            Self::Rows { rows, .. } => {
                let mapping = Mapping::guess(rows, user_mapping)?;
                let IdeasRead { ideas, faults, rows_left_out } =
                    mapping.read_ideas(rows, keep_rest);
                let mut skipped = [rows.skipped.as_slice(), &faults].concat();
                skipped.sort_by(|a, b| a.location.cmp(&b.location));
                Ok(IdeasOfSource { mapping: Some(mapping), ideas, skipped, rows_left_out })
            }
            Self::Ideas { ideas, skipped, .. } => Ok(IdeasOfSource {
                mapping: None,
                ideas: ideas.clone(),
                skipped: skipped.clone(),
                rows_left_out: skipped.len(),
            }),
        }
    }

    /// How its ideas are compared with those that are there.
    pub(crate) fn options(&self, as_of: Date, overwrite: bool) -> ImportOptions<'_> {
        let keeps_ids = match self {
            Self::Rows { rows, .. } => rows.keeps_ids,
            Self::Ideas { .. } => true,
        };
        ImportOptions { source: self.name(), keeps_ids, as_of, overwrite }
    }

    /// The name by which its ideas are known again.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Rows { name, .. } | Self::Ideas { name, .. } => name,
        }
    }

    /// The format that it was read as.
    pub(crate) const fn format(&self) -> &'static str {
        match self {
            Self::Rows { rows, .. } => rows.format,
            Self::Ideas { .. } => "a workspace",
        }
    }

    /// `40 rows`; of a workspace, `27 ideas`.
    pub(crate) fn size(&self) -> String {
        match self {
            Self::Rows { rows, .. } => crate::text::count(rows.rows.len(), "row"),
            Self::Ideas { ideas, .. } => crate::text::count(ideas.len(), "idea"),
        }
    }
}

/// The notes in a folder and the folders below, by their paths in it. Hidden folders
/// are those of programs; folders of templates hold no ideas, and are named.
fn collect_notes(
    root: &Path,
    inside: &str,
    notes: &mut Vec<String>,
    skipped: &mut Vec<Skipped>,
) -> io::Result<()> {
    let entries: io::Result<Vec<_>> = root.join(inside).read_dir()?.collect();
    let mut entries = entries?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if inside.is_empty() { name.clone() } else { format!("{inside}/{name}") };
        // A link to a folder could lead round in a circle.
        let kind = entry.file_type()?;
        let is_template = matches!(
            name.trim_start_matches(|c: char| !c.is_alphabetic()).to_lowercase().as_str(),
            "templates" | "template"
        );
        match name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()) {
            _ if name.starts_with('.') => {}
            _ if kind.is_dir() && is_template => skipped.push(Skipped {
                location: Location { file: path, line: 1 },
                message: "a folder of templates was not looked into".to_owned(),
            }),
            _ if kind.is_dir() => collect_notes(root, &path, notes, skipped)?,
            Some(ending)
                if matches!(ending.as_str(), "md" | "markdown" | "txt")
                    && root.join(&path).is_file() =>
            {
                notes.push(path);
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whether a text is that of a workspace.
fn has_ideas(text: &str) -> bool {
    text.lines().any(|line| {
        let line: String = line.chars().filter(|c| !c.is_whitespace()).collect();
        line.starts_with("[[idea]]") || line.starts_with("idea=[")
    })
}

/// The text of bytes that say they are UTF-16, as spreadsheets on Windows write
/// "Unicode text"; `None` of all others.
fn from_utf16(bytes: &[u8]) -> Option<String> {
    let unit: fn([u8; 2]) -> u16 = match bytes {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => return None,
    };
    let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|two| unit([two[0], two[1]])).collect();
    String::from_utf16(&units).ok()
}

fn utf8(name: &str, bytes: Vec<u8>) -> Result<String, SourceError> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let text = String::from_utf8_lossy(&error.as_bytes()[..at]).into_owned();
        let message = "this is not UTF-8 text".to_owned();
        let file = Path::new(name);
        let problem = Problem::at(file, &text, at..at, Severity::Error, "not-utf8", message);
        let hint = "save it as UTF-8; spreadsheets call it \"CSV UTF-8\"".to_owned();
        SourceError::Problems(vec![Problem { hint, ..problem }])
    })
}

/// Whether two paths lead to the same place.
pub(crate) fn is_same(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}
