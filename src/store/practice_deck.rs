//! Practice decks: the built-in one, and files.

use std::path::{Path, PathBuf};

use super::diagnostic::{Diagnostic, problems};
use super::file::{FileKind, SourceFile};
use super::read;
use crate::domain::{Deck, Problem, Severity};

/// The deck that comes with the program.
const HISTORY: &str = include_str!("../../assets/decks/history.toml");

/// The deck that comes with the program.
///
/// # Errors
/// Every diagnostic of it; there is none in a released program.
pub fn built_in_deck() -> Result<(Deck, Vec<Problem>), Vec<Problem>> {
    let mut file = SourceFile::new(PathBuf::from("history.toml"), FileKind::Ideas);
    HISTORY.clone_into(&mut file.text);
    understand(&file)
}

/// The deck in a file, and what is odd about it but no error.
///
/// # Errors
/// Every diagnostic of the file, with its place.
pub fn read_deck(path: &Path) -> Result<(Deck, Vec<Problem>), Vec<Problem>> {
    understand(&SourceFile::read(path.to_owned(), FileKind::Ideas))
}

fn understand(file: &SourceFile) -> Result<(Deck, Vec<Problem>), Vec<Problem>> {
    // Without its text there is nothing to be said about what is in it.
    if file.text.is_empty() && !file.read_errors.is_empty() {
        return Err(problems(&file.path, "", file.read_errors.clone()));
    }
    let (deck, mut diagnostics): (Deck, Vec<Diagnostic>) = read::deck(&file.text);
    diagnostics.extend(file.read_errors.iter().cloned());
    let problems = problems(&file.path, &file.text, diagnostics);
    if problems.iter().any(|problem| problem.severity == Severity::Error) {
        Err(problems)
    } else {
        Ok((deck, problems))
    }
}
