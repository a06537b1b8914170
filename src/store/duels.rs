//! The text of `duels.toml`: reading entries one by one, and adding some at the
//! end.
//!
//! Every line of an entry ends in its id as a comment: git's union merge folds
//! lines that are equal on both sides, and with them two entries into one. The
//! key that is read last is written last, so that no torn entry passes for a
//! whole one.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;

use jiff::tz::{Offset, TimeZone};
use jiff::{Zoned, civil};
use serde::Deserialize;
use toml_writer::ToTomlValue as _;

use crate::domain::{Duel, DuelEntry, Problem, Retraction, Severity, Winner};

/// An entry as it stands in the file.
#[derive(Deserialize)]
struct Piece {
    #[serde(default)]
    duel: Vec<DuelTable>,
    #[serde(default)]
    retract: Vec<RetractionTable>,
}

#[derive(Deserialize)]
struct DuelTable {
    id: String,
    at: At,
    by: String,
    left: String,
    right: String,
    winner: Answer,
}

#[derive(Deserialize)]
struct RetractionTable {
    duel: String,
    at: At,
}

/// A date-time as TOML knows it, or quoted.
#[derive(Deserialize)]
#[serde(try_from = "Moment")]
struct At(Zoned);

#[derive(Deserialize)]
#[serde(untagged)]
enum Moment {
    Native(toml::value::Datetime),
    Quoted(String),
}

impl TryFrom<Moment> for At {
    type Error = String;

    fn try_from(moment: Moment) -> Result<Self, String> {
        let text = match moment {
            Moment::Native(moment) => moment.to_string(),
            Moment::Quoted(text) => text,
        };
        moment_of(&text).map(Self).ok_or_else(|| {
            format!("\"{text}\" is not a date-time such as 2026-03-01T09:30:00+01:00")
        })
    }
}

/// A date-time keeps the offset that it was written with; without one it counts as universal time.
pub(super) fn moment_of(text: &str) -> Option<Zoned> {
    let pieces = jiff::fmt::temporal::Pieces::parse(text).ok()?;
    let time = pieces.time()?;
    let offset = pieces.to_numeric_offset().unwrap_or(Offset::UTC);
    civil::DateTime::from_parts(pieces.date(), time).to_zoned(TimeZone::fixed(offset)).ok()
}

#[derive(Deserialize)]
#[serde(try_from = "String")]
struct Answer(Winner);

impl TryFrom<String> for Answer {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        Winner::from_id(&word)
            .map(Self)
            .ok_or_else(|| format!("\"{word}\" is none of left, right, tie"))
    }
}

/// Reads a file. An entry that cannot be read is a problem and is left out: an
/// error, but only a warning if it is the last one, which a crash may have torn off.
#[must_use]
pub fn parse(file: &Path, bytes: &[u8]) -> (Vec<DuelEntry>, Vec<Problem>) {
    let text = text_of(bytes);
    let mut entries = Vec::new();
    let mut problems = Vec::new();
    let pieces = pieces(&text);
    for (number, piece) in pieces.iter().enumerate() {
        match read(&text[piece.clone()]) {
            Ok(mut read) => entries.append(&mut read),
            Err(diagnostic) => {
                let last = number + 1 == pieces.len();
                problems.push(problem(file, &text, piece.start, &diagnostic, last));
            }
        }
    }
    (entries, problems)
}

/// What to change in a file so that entries stand at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addition {
    /// Keep so many bytes of the file: all, unless its last entry is torn.
    pub keep: usize,
    pub text: String,
}

/// The addition of entries to a file with these bytes. A torn last entry is
/// turned into comments, so that nothing of it is lost.
#[must_use]
pub fn append(bytes: &[u8], entries: &[DuelEntry]) -> Addition {
    let mut keep = bytes.len();
    let mut text = String::new();
    let eol = if bytes.windows(2).any(|pair| pair == b"\r\n") { "\r\n" } else { "\n" };
    if let Some(torn) = torn_piece(bytes) {
        keep = torn.start;
        for line in String::from_utf8_lossy(&bytes[torn]).lines() {
            text.push_str(if line.is_empty() { "" } else { "# " });
            // What is torn may hold any character; a comment may not.
            text.extend(line.chars().filter(|c| !c.is_control()));
            text.push_str(eol);
        }
    } else if !bytes.is_empty() && !bytes.ends_with(b"\n") {
        text.push_str(eol);
    }
    for entry in entries {
        if keep > 0 || !text.is_empty() {
            text.push_str(eol);
        }
        write_entry(&mut text, entry, eol);
    }
    Addition { keep, text }
}

/// An entry by itself, for the journal.
pub(super) fn print(entry: &DuelEntry) -> String {
    let mut text = String::new();
    write_entry(&mut text, entry, "\n");
    text
}

pub(super) fn read_entry(text: &str) -> Option<DuelEntry> {
    read(text).ok()?.pop()
}

fn write_entry(text: &mut String, entry: &DuelEntry, eol: &str) {
    let (header, mark, cells) = match entry {
        DuelEntry::Duel(Duel { id, at, by, left, right, winner }) => {
            let quoted = |text: &str| text.to_toml_value();
            let cells = vec![
                ("id", quoted(id)),
                ("at", moment(at)),
                ("by", quoted(by)),
                ("left", quoted(left)),
                ("right", quoted(right)),
                ("winner", quoted(winner.id())),
            ];
            ("duel", id.clone(), cells)
        }
        DuelEntry::Retraction(Retraction { duel, at }) => {
            let cells = vec![("at", moment(at)), ("duel", duel.to_toml_value())];
            ("retract", format!("{duel} taken back {}", moment(at)), cells)
        }
    };
    let mark: String = mark.chars().filter(|c| !c.is_control()).collect();
    // Writing into a string cannot fail.
    let _ = write!(text, "[[{header}]] # {mark}{eol}");
    for (key, value) in cells {
        let _ = write!(text, "{key} = {value} # {mark}{eol}");
    }
}

pub(super) fn moment(at: &Zoned) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
}

/// One piece for each line that starts with `[`, up to the next such line; and
/// what stands before the first, if it says anything.
fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut starts = vec![0];
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if start > 0 && line.trim_start().starts_with('[') {
            starts.push(start);
        }
        start += line.len();
    }
    let ends = starts.iter().copied().skip(1).chain([text.len()]);
    let says_something = |piece: &Range<usize>| {
        let mut lines = text[piece.clone()].lines().map(str::trim);
        lines.any(|line| !line.is_empty() && !line.starts_with('#'))
    };
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).filter(says_something).collect()
}

fn read(piece: &str) -> Result<Vec<DuelEntry>, toml::de::Error> {
    let Piece { duel, retract } = toml::from_str(piece)?;
    let duels = duel.into_iter().map(|duel| {
        DuelEntry::Duel(Duel {
            id: duel.id,
            at: duel.at.0,
            by: duel.by,
            left: duel.left,
            right: duel.right,
            winner: duel.winner.0,
        })
    });
    let retractions = retract
        .into_iter()
        .map(|retract| DuelEntry::Retraction(Retraction { duel: retract.duel, at: retract.at.0 }));
    Ok(duels.chain(retractions).collect())
}

/// Where the last entry stands, if it cannot be read.
fn torn_piece(bytes: &[u8]) -> Option<Range<usize>> {
    let lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let starts = lines.scan(0, |start, line| {
        *start += line.len();
        Some((*start - line.len(), line))
    });
    let headers = starts.filter(|(_, line)| line.trim_ascii_start().starts_with(b"["));
    let (start, _) = headers.last()?;
    read(&String::from_utf8_lossy(&bytes[start..])).is_err().then_some(start..bytes.len())
}

fn problem(
    file: &Path,
    text: &str,
    start: usize,
    diagnostic: &toml::de::Error,
    last: bool,
) -> Problem {
    let at = (start + diagnostic.span().map_or(0, |span| span.start)).min(text.len());
    let message = diagnostic.message();
    let (severity, code, message, hint) = if last {
        let message = format!("the last entry is torn and does not count: {message}");
        let hint = "it is turned into comments before the next duel is added";
        (Severity::Warning, "torn-entry", message, hint)
    } else {
        (Severity::Error, "unreadable-entry", format!("this entry does not count: {message}"), "")
    };
    let problem = Problem::at(file, text, at..at, severity, code, message);
    Problem { hint: hint.to_owned(), ..problem }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn duel(id: &str, winner: Winner) -> DuelEntry {
        DuelEntry::Duel(Duel {
            id: id.into(),
            at: moment_of("2026-03-01T09:30:00+01:00").unwrap(),
            by: "Ana \"A\" \\ B".into(),
            left: "größere-modelle".into(),
            right: "b".into(),
            winner,
        })
    }

    fn retraction(duel: &str) -> DuelEntry {
        let at = moment_of("2026-03-02T10:00:00Z").unwrap();
        DuelEntry::Retraction(Retraction { duel: duel.into(), at })
    }

    fn added(bytes: &[u8], entries: &[DuelEntry]) -> Vec<u8> {
        let addition = append(bytes, entries);
        [&bytes[..addition.keep], addition.text.as_bytes()].concat()
    }

    fn parsed(bytes: &[u8]) -> (Vec<DuelEntry>, Vec<Problem>) {
        parse(Path::new("duels.toml"), bytes)
    }

    #[test]
    fn what_is_written_is_read_back() {
        let entries = [duel("1", Winner::Left), retraction("1"), duel("2", Winner::Tie)];
        let mut bytes = Vec::new();
        for entry in &entries {
            bytes = added(&bytes, std::slice::from_ref(entry));
        }
        assert_eq!(bytes, added(b"", &entries));
        let (read, problems) = parsed(&bytes);
        assert_eq!(read, entries);
        assert!(problems.is_empty());
        let text = String::from_utf8(bytes).unwrap();
        assert!(
            text.starts_with("[[duel]] # 1\nid = \"1\" # 1\nat = 2026-03-01T09:30:00+01:00 # 1\n")
        );
    }

    #[test]
    fn the_offset_survives() {
        let DuelEntry::Duel(duel) = duel("1", Winner::Left) else { unreachable!() };
        assert_eq!(moment(&duel.at), "2026-03-01T09:30:00+01:00");
        let quoted = "[[retract]]\nduel = \"1\"\nat = \"2026-03-01T23:30:00-08:00\"\n";
        let (entries, _) = parsed(quoted.as_bytes());
        let [DuelEntry::Retraction(retraction)] = entries.as_slice() else { panic!("{entries:?}") };
        assert_eq!(retraction.at.date(), civil::date(2026, 3, 1));
    }

    #[test]
    fn wherever_the_last_entry_is_torn_the_others_count() {
        let whole = added(b"", &[duel("1", Winner::Left), duel("2", Winner::Right)]);
        let second = whole.len() - whole.len() / 2;
        let complete = String::from_utf8(whole.clone()).unwrap().rfind("\"right\"").unwrap() + 7;
        for length in second..whole.len() {
            let torn = &whole[..length];
            let (entries, problems) = parsed(torn);
            let survives = length >= complete;
            assert_eq!(entries.len(), if survives { 2 } else { 1 }, "{length}");
            assert!(problems.iter().all(|problem| problem.code == "torn-entry"));
            let repaired = added(torn, &[duel("3", Winner::Tie)]);
            assert!(repaired.starts_with(&whole[..second - 2]));
            let (entries, problems) = parsed(&repaired);
            assert_eq!(entries.len(), if survives { 3 } else { 2 }, "{length}");
            assert!(problems.is_empty(), "{problems:?}");
        }
    }

    #[test]
    fn a_broken_entry_in_the_middle_is_an_error_at_its_place() {
        let bytes = added(b"# mine\r\n", &[duel("1", Winner::Left), duel("2", Winner::Left)]);
        let text = String::from_utf8(bytes).unwrap().replacen("\"left\" # 1", "\"lefft\" # 1", 1);
        assert!(!text.replace("\r\n", "").contains('\n'));
        let (entries, problems) = parsed(text.as_bytes());
        assert_eq!(entries.len(), 1);
        let [problem] = problems.as_slice() else { panic!("{problems:?}") };
        assert_eq!((problem.severity, problem.line, problem.column), (Severity::Error, 9, 10));
        assert!(problem.message.contains("lefft"), "{}", problem.message);
        assert_eq!(append(text.as_bytes(), &[]).keep, text.len());
    }

    #[test]
    fn unknown_keys_do_no_harm() {
        let text = "[[duel]]\nid = \"1\"\nmood = \"good\"\nat = 2026-03-01T09:30:00\nby = \"a\"\n\
                    left = \"x\"\nright = \"y\"\nwinner = \"tie\"\n[other]\nx = 1\n";
        let (entries, problems) = parsed(text.as_bytes());
        assert_eq!((entries.len(), problems.len()), (1, 0));
    }
}
