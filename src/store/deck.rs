//! Practice decks: the built-in one, and files.

use std::path::{Path, PathBuf};

use super::fault::{Fault, problems};
use super::file::SourceFile;
use super::read;
use crate::domain::{Deck, Problem, Severity};

/// The deck that comes with the program.
const HISTORY: &str = include_str!("../../assets/decks/history.toml");

/// The deck that comes with the program.
///
/// # Errors
/// Every fault of it; there is none in a released program.
pub fn built_in_deck() -> Result<(Deck, Vec<Problem>), Vec<Problem>> {
    let mut file = SourceFile::new(PathBuf::from("history.toml"));
    HISTORY.clone_into(&mut file.text);
    understand(&file)
}

/// The deck in a file, and what is odd about it but no error.
///
/// # Errors
/// Every fault of the file, with its place.
pub fn read_deck(path: &Path) -> Result<(Deck, Vec<Problem>), Vec<Problem>> {
    understand(&SourceFile::read(path.to_owned()))
}

fn understand(file: &SourceFile) -> Result<(Deck, Vec<Problem>), Vec<Problem>> {
    // Without its text there is nothing to be said about what is in it.
    if file.text.is_empty() && !file.flaws.is_empty() {
        return Err(problems(&file.path, "", file.flaws.clone()));
    }
    let (deck, mut faults): (Deck, Vec<Fault>) = read::deck(&file.text);
    faults.extend(file.flaws.iter().cloned());
    let problems = problems(&file.path, &file.text, faults);
    if problems.iter().any(|problem| problem.severity == Severity::Error) {
        Err(problems)
    } else {
        Ok((deck, problems))
    }
}
