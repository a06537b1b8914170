//! The source of an import: a file, a folder of notes, a workspace.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::cli::{CliError, GlobalArgs};
use crate::domain::{Problem, Severity};
use crate::exchange::{self, Location, Rows, Shape, Skipped, SourceIdea};
use crate::store::Workspace;

pub(super) enum Source {
    /// Rows, about whose columns something has to be said.
    Rows {
        /// Its name, by which its ideas are known again.
        name: String,
        rows: Rows,
    },
    /// The ideas of a workspace.
    Ideas { name: String, items: Vec<SourceIdea>, skipped: Vec<Skipped> },
}

impl Source {
    pub(super) fn read(
        path: &Path,
        global: &GlobalArgs,
        shape: Option<Shape>,
    ) -> Result<Self, CliError> {
        if path == Path::new("-") {
            let mut bytes = Vec::new();
            let read = io::stdin().read_to_end(&mut bytes);
            read.context("standard input cannot be read")?;
            return Self::text("stdin", bytes, shape);
        }
        if !path.exists() {
            let message = format!("there is no file or folder \"{}\"", path.display());
            return Err(CliError::usage(message));
        }
        let name = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let name = name.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            return Self::folder(path, name, global);
        }
        let bytes =
            std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
        let is_toml = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
        if is_toml && has_ideas(&String::from_utf8_lossy(&bytes)) {
            return Self::workspace(path, name, global);
        }
        Self::text(&name, bytes, shape)
    }

    fn text(name: &str, bytes: Vec<u8>, shape: Option<Shape>) -> Result<Self, CliError> {
        if let Some((looks_like, advice)) = exchange::foreign(name, &bytes) {
            let message = format!("{name} looks like {looks_like}, which is not read");
            return Err(CliError::with_hint(message, advice));
        }
        let text = utf8(name, bytes)?;
        let rows =
            exchange::read(name, &text, shape).map_err(|Skipped { location, message }| {
                CliError::usage(format!("{location}: {message}"))
            })?;
        Ok(Self::Rows { name: name.to_owned(), rows })
    }

    /// A workspace, or a folder of notes.
    fn folder(path: &Path, name: String, global: &GlobalArgs) -> Result<Self, CliError> {
        let files = path.read_dir().with_context(|| format!("{}", path.display()))?;
        let mut tomls = files.filter_map(Result::ok).map(|entry| entry.path()).filter(|file| {
            file.is_file() && file.extension().is_some_and(|ending| ending == "toml")
        });
        let holds_ideas = |file: PathBuf| {
            has_ideas(&String::from_utf8_lossy(&std::fs::read(file).unwrap_or_default()))
        };
        if tomls.any(holds_ideas) {
            return Self::workspace(path, name, global);
        }
        let mut skipped = Vec::new();
        let mut notes = Vec::new();
        collect_notes(path, "", &mut notes, &mut skipped)
            .with_context(|| format!("{} cannot be read", path.display()))?;
        let mut texts = Vec::new();
        for called in notes {
            let file = path.join(&called);
            let bytes = std::fs::read(&file)
                .with_context(|| format!("{} cannot be read", file.display()))?;
            match String::from_utf8(bytes) {
                Ok(text) => texts.push((called, text)),
                Err(_) => skipped.push(Skipped {
                    location: Location { file: called, line: 1 },
                    message: "this is not UTF-8 text".to_owned(),
                }),
            }
        }
        if texts.is_empty() {
            let message = format!("there are neither ideas nor notes in {}", path.display());
            return Err(CliError::with_hint(message, "notes end in .md, .markdown or .txt"));
        }
        let pairs = texts.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        let mut rows = exchange::read_notes(pairs);
        rows.skipped.extend(skipped);
        Ok(Self::Rows { name, rows })
    }

    fn workspace(path: &Path, name: String, global: &GlobalArgs) -> Result<Self, CliError> {
        let paths = global.paths()?;
        let (workspace, loaded) = Workspace::open(path, &paths.state)?;
        let errors: Vec<&Problem> =
            loaded.problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
        if loaded.portfolio.ideas().is_empty() && !errors.is_empty() {
            return Err(CliError::Problems(errors.into_iter().cloned().collect()));
        }
        let skipped = errors.into_iter().map(|problem| Skipped {
            location: Location { file: problem.file.display().to_string(), line: problem.line },
            message: problem.message.clone(),
        });
        let skipped = skipped.collect();
        let mut items = exchange::ideas_of_workspace(loaded.portfolio.iter(), &name);
        for item in &mut items {
            if let Some((file, line)) = workspace.location(&item.name) {
                item.location = Location { file: file.display().to_string(), line };
            }
        }
        Ok(Self::Ideas { name, items, skipped })
    }

    /// The name by which its ideas are known again.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Rows { name, .. } | Self::Ideas { name, .. } => name,
        }
    }

    /// Whether its ideas keep their ids.
    pub(super) const fn keeps_ids(&self) -> bool {
        match self {
            Self::Rows { rows, .. } => rows.keeps_ids,
            Self::Ideas { .. } => true,
        }
    }

    pub(super) fn skipped(&self) -> &[Skipped] {
        match self {
            Self::Rows { rows, .. } => &rows.skipped,
            Self::Ideas { skipped, .. } => skipped,
        }
    }

    pub(super) fn heading(&self) -> String {
        let (name, format, rows, noun) = match self {
            Self::Rows { name, rows } => (name, rows.format, rows.rows.len(), "row"),
            Self::Ideas { name, items, .. } => (name, "a workspace", items.len(), "idea"),
        };
        let rows = crate::text::count(rows, noun);
        format!("{}, read as {format}: {rows}", crate::text::sanitize(name))
    }
}

/// The notes in a folder and the folders below, by their paths in it. Hidden
/// folders are those of programs; folders of templates hold no ideas, and are
/// named.
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

fn utf8(name: &str, bytes: Vec<u8>) -> Result<String, CliError> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let text = String::from_utf8_lossy(&error.as_bytes()[..at]).into_owned();
        let message = "this is not UTF-8 text".to_owned();
        let file = Path::new(name);
        let problem = Problem::at(file, &text, at..at, Severity::Error, "not-utf8", message);
        let hint = "save the file as UTF-8".to_owned();
        CliError::Problems(vec![Problem { hint, ..problem }])
    })
}

/// Whether two paths lead to the same place.
pub(super) fn is_same(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}
