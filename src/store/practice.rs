//! Practice decks, the built-in one and files; and the record of guesses at them: one
//! file for all persons and decks, one guess on a line, only ever appended to.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::diagnostic::{Diagnostic, problems};
use super::duels::{moment, moment_of};
use super::file::FileKind;
use super::file::SourceFile;
use super::state::{append_line, hold};
use super::{StoreError, read};
use crate::domain::{BetKind, Criterion, Deck, Guess, PairAnswer, Problem, Rating, Severity};
use crate::regular_file;

/// The record in the state folder.
#[derive(Clone, Debug)]
pub struct PracticeLog {
    path: PathBuf,
}

/// A guess as it stands in the file. Ratings are keyed by criterion; a range is
/// a list of its two ends.
#[derive(Serialize, Deserialize)]
struct Line {
    at: String,
    by: String,
    deck: String,
    round: u32,
    card: String,
    ratings: serde_json::Map<String, Json>,
    bet: Option<String>,
    chance: f64,
    known: bool,
}

impl PracticeLog {
    /// The record in this state folder; it need not exist yet.
    #[must_use]
    pub fn in_state(state: &Path) -> Self {
        Self { path: state.join("practice.jsonl") }
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// All guesses, in the order in which they were made, and the number of
    /// lines that cannot be read.
    ///
    /// # Errors
    /// The file is there and cannot be read.
    pub fn read(&self) -> Result<(Vec<Guess>, usize), StoreError> {
        let (bytes, _) = match regular_file::read(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((Vec::new(), 0)),
            bytes => bytes.map_err(StoreError::io(&self.path))?,
        };
        let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        let read: Vec<Option<Guess>> = lines.map(guess).collect();
        let torn = read.iter().filter(|guess| guess.is_none()).count();
        Ok((read.into_iter().flatten().collect(), torn))
    }

    /// Appends a guess; it is on disk when this returns.
    ///
    /// # Errors
    /// The file cannot be written; then it is as before.
    pub fn append(&self, guess: &Guess) -> Result<(), StoreError> {
        append_record(&self.path, &line(guess))
    }
}

fn line(guess: &Guess) -> Line {
    let ratings = Criterion::ALL.into_iter().filter_map(|criterion| {
        let rating = guess.ratings[criterion.index()]?;
        let value = if rating.is_value() {
            Json::from(rating.low())
        } else {
            Json::from(vec![rating.low(), rating.high()])
        };
        Some((criterion.id().to_owned(), value))
    });
    Line {
        at: moment(&guess.at),
        by: guess.by.clone(),
        deck: guess.deck.clone(),
        round: guess.round,
        card: guess.card.clone(),
        ratings: ratings.collect(),
        bet: guess.bet.map(|kind| kind.id().to_owned()),
        chance: guess.chance,
        known: guess.known,
    }
}

/// The guess on a line; `None` if it is torn, or was written by something else.
fn guess(bytes: &[u8]) -> Option<Guess> {
    let line: Line = serde_json::from_slice(bytes).ok()?;
    let rating = |criterion: Criterion| match line.ratings.get(criterion.id())? {
        Json::Array(ends) => match ends.as_slice() {
            [low, high] => Rating::range(low.as_f64()?, high.as_f64()?),
            _ => None,
        },
        value => value.as_f64().map(Rating::value),
    };
    let ratings = Criterion::ALL.map(|c| rating(c).filter(|rating| rating.fits(10.0)));
    Some(Guess {
        at: moment_of(&line.at)?,
        ratings,
        bet: line.bet.as_deref().and_then(BetKind::from_id),
        chance: Some(line.chance).filter(|chance| (0.0..=1.0).contains(chance))?,
        known: line.known,
        by: line.by,
        deck: line.deck,
        round: line.round,
        card: line.card,
    })
}

/// The record of answers to pairs in the state folder.
#[derive(Clone, Debug)]
pub struct PairLog {
    path: PathBuf,
}

/// An answer as it stands in the file.
#[derive(Serialize, Deserialize)]
struct PairLine {
    at: String,
    by: String,
    deck: String,
    left: String,
    right: String,
    chance: f64,
    right_answer: bool,
}

impl PairLog {
    /// The record in this state folder; it need not exist yet.
    #[must_use]
    pub fn in_state(state: &Path) -> Self {
        Self { path: state.join("practice-pairs.jsonl") }
    }

    /// All answers, in the order in which they were given; lines that cannot be read are left out.
    ///
    /// # Errors
    /// The file is there and cannot be read.
    pub fn read(&self) -> Result<Vec<PairAnswer>, StoreError> {
        let (bytes, _) = match regular_file::read(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            bytes => bytes.map_err(StoreError::io(&self.path))?,
        };
        Ok(bytes.split(|byte| *byte == b'\n').filter_map(pair_answer).collect())
    }

    /// Appends an answer; it is on disk when this returns.
    ///
    /// # Errors
    /// The file cannot be written; then it is as before.
    pub fn append(&self, answer: &PairAnswer) -> Result<(), StoreError> {
        let line = PairLine {
            at: moment(&answer.at),
            by: answer.by.clone(),
            deck: answer.deck.clone(),
            left: answer.left.clone(),
            right: answer.right.clone(),
            chance: answer.chance,
            right_answer: answer.is_right,
        };
        append_record(&self.path, &line)
    }
}

fn pair_answer(bytes: &[u8]) -> Option<PairAnswer> {
    let line: PairLine = serde_json::from_slice(bytes).ok()?;
    Some(PairAnswer {
        at: moment_of(&line.at)?,
        chance: Some(line.chance).filter(|chance| (0.0..=1.0).contains(chance))?,
        by: line.by,
        deck: line.deck,
        left: line.left,
        right: line.right,
        is_right: line.right_answer,
    })
}

/// Appends a line of JSON, under a lock; it is on disk when this returns.
fn append_record(path: &Path, line: &impl Serialize) -> Result<(), StoreError> {
    let write = || {
        let _lock = hold(&path.with_extension("lock"), &AtomicBool::new(false), |_| {})?;
        let mut bytes = serde_json::to_vec(line)?;
        bytes.push(b'\n');
        append_line(path, bytes)?.sync_data()
    };
    write().map_err(StoreError::io(path))
}

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
