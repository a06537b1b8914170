//! Small files of the state folder: what the user was doing last, such as the triage
//! round that is under way, which does not belong in the user's own files.
//!
//! The log of the time spent on choosing has lines such as `2026-11-20 triage 312`
//! (day, what was done, seconds) that are only ever added to. Several workbenches may
//! do so at the same time; what is torn or unknown is skipped, and what two of them
//! wrote adds up.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::file::SETTINGS;
use super::journal::EditRecord;
use super::state::{append_line, create_private_folder};
use super::{StoreError, Workspace, atomic};
use crate::domain::{
    Activity, Date, DuelPool, Edit, Idea, Status, TimeEntry, TriageCard, TriageDecision,
    TriageRound, TriageStep, fnv_1a,
};
use crate::regular_file;

const QUARTER: &str = "quarter.json";
const DUEL_POOL: &str = "duels.json";
const IMPORT_HISTORY: &str = "imports.json";
const UNSAVED_TEXTS: &str = "drafts.json";
const TIME_LOG: &str = "choosing.log";
const EDITOR_TEXTS: &str = "texts";

/// Of the program, not of a workspace.
const DIVIDER: &str = "divider.json";

#[derive(Serialize, Deserialize)]
struct DuelPoolRecord {
    query: String,
    only: Vec<String>,
}

impl Workspace {
    /// The ideas that duels were limited to when the workspace was last open, if
    /// this version can read that; else no limit.
    #[must_use]
    pub fn duel_pool(&self) -> DuelPool {
        let pool = |DuelPoolRecord { query, only }| DuelPool { query, only };
        self.state.read_json(DUEL_POOL).map(pool).unwrap_or_default()
    }

    /// Saves the ideas that duels are limited to.
    ///
    /// # Errors
    /// The state folder cannot be written.
    pub fn save_duel_pool(&self, pool: &DuelPool) -> io::Result<()> {
        let record = DuelPoolRecord { query: pool.query.clone(), only: pool.only.clone() };
        self.state.write_json(DUEL_POOL, &record)
    }

    /// The day on which the questions of the quarter were put off, if they were.
    #[must_use]
    pub fn quarter_put_off(&self) -> Option<Date> {
        self.state.read_json::<String>(QUARTER)?.parse().ok()
    }

    /// Saves the day on which the questions of the quarter were put off.
    ///
    /// # Errors
    /// The state folder cannot be written.
    pub fn save_quarter_put_off(&self, day: Date) -> io::Result<()> {
        self.state.write_json(QUARTER, &day.to_string())
    }

    /// Texts that were begun and not saved, by what each is to become; none if they cannot be read.
    #[must_use]
    pub fn unsaved_texts(&self) -> BTreeMap<String, String> {
        self.state.read_json(UNSAVED_TEXTS).unwrap_or_default()
    }

    /// Saves a text that was begun in place of the one of that name, or drops it.
    /// Those of other running programs stay.
    ///
    /// # Errors
    /// The state folder cannot be written.
    pub fn save_unsaved_text(&self, name: &str, text: Option<&str>) -> io::Result<()> {
        // A text is better kept without the lock than lost with the program: at
        // worst another workbench, which keeps one at this moment, loses that.
        let _lock = self.state.lock(|_| {});
        let mut texts = self.unsaved_texts();
        match text {
            Some(text) => drop(texts.insert(name.to_owned(), text.to_owned())),
            None if texts.remove(name).is_none() => return Ok(()),
            None => {}
        }
        self.state.write_json(UNSAVED_TEXTS, &texts)
    }

    /// The time that was spent on choosing, as this and other workbenches measured it.
    ///
    /// # Errors
    /// The file in the state folder cannot be read.
    pub fn time_log(&self) -> Result<Vec<TimeEntry>, StoreError> {
        let path = self.state.path(TIME_LOG);
        read_times(&path).map_err(StoreError::io(&path))
    }

    /// Adds time that was spent on choosing.
    ///
    /// # Errors
    /// The file in the state folder cannot be written.
    pub fn save_time_spent(&self, spent: &[TimeEntry]) -> Result<(), StoreError> {
        let path = self.state.path(TIME_LOG);
        append_time(&path, spent).map_err(StoreError::io(&path))
    }

    /// What earlier imports brought in, as [`Self::save_import_history`] was given it.
    #[must_use]
    pub fn import_history(&self) -> Option<String> {
        let (bytes, _) = regular_file::read(&self.state.path(IMPORT_HISTORY)).ok()?;
        String::from_utf8(bytes).ok()
    }

    /// # Errors
    /// The file cannot be written; the path names it.
    pub fn save_import_history(&self, text: &str) -> Result<(), StoreError> {
        let error = StoreError::io(&self.state.path(IMPORT_HISTORY));
        self.state.write(IMPORT_HISTORY, text.as_bytes()).map_err(error)
    }

    /// Where the settings of the workspace lie, or would lie.
    #[must_use]
    pub fn settings_path(&self) -> PathBuf {
        self.root.join(SETTINGS)
    }

    /// Where the text of an idea lies while it is edited in another program: one
    /// file for each idea of each workspace.
    ///
    /// # Errors
    /// Its folder cannot be created.
    pub fn editor_file(&self, id: &str) -> io::Result<PathBuf> {
        let folder = self.state.path(EDITOR_TEXTS);
        create_private_folder(&folder)?;
        let name: String =
            id.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).take(60).collect();
        Ok(folder.join(format!("{name}-{:08x}.toml", fnv_1a(id.as_bytes()) >> 32)))
    }
}

/// Saved position of the divider of the Rank screen: thousandths of the width,
/// and rows; 0 for a side that was never moved. `None` if nothing is saved.
#[must_use]
pub fn divider(state: &Path) -> Option<[u16; 2]> {
    serde_json::from_slice(&regular_file::read(&state.join(DIVIDER)).ok()?.0).ok()
}

/// Saves the position of the divider.
///
/// # Errors
/// The state folder cannot be written.
pub fn save_divider(state: &Path, position: [u16; 2]) -> io::Result<()> {
    create_private_folder(state)?;
    atomic::write_private(&state.join(DIVIDER), &serde_json::to_vec(&position)?)
}

/// Reads all time entries, those of a day taken together; none if there is no such file.
pub(super) fn read_times(path: &Path) -> io::Result<Vec<TimeEntry>> {
    let bytes = match regular_file::read(path).map(|(bytes, _)| bytes) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        read => read?,
    };
    let mut sums: BTreeMap<(Date, Activity), Duration> = BTreeMap::new();
    for TimeEntry { day, on, time } in
        String::from_utf8_lossy(&bytes).lines().filter_map(time_entry)
    {
        *sums.entry((day, on)).or_default() += time;
    }
    Ok(sums.into_iter().map(|((day, on), time)| TimeEntry { day, on, time }).collect())
}

fn time_entry(line: &str) -> Option<TimeEntry> {
    let words: Vec<&str> = line.split(' ').collect();
    let [day, on, seconds] = words[..] else { return None };
    Some(TimeEntry {
        day: day.parse().ok()?,
        on: Activity::from_id(on)?,
        time: Duration::from_secs(seconds.parse::<u32>().ok()?.into()),
    })
}

/// Adds time entries in whole seconds, in one write, on lines of their own whatever
/// the last line looks like.
pub(super) fn append_time(path: &Path, time_spent: &[TimeEntry]) -> io::Result<()> {
    let mut text = String::new();
    for TimeEntry { day, on, time } in time_spent {
        // Writing to a string does not fail.
        let _ = writeln!(text, "{day} {on} {}", time.as_secs());
    }
    append_line(path, text.into_bytes()).map(drop)
}

const TRIAGE_ROUND: &str = "triage.json";

#[derive(Serialize, Deserialize)]
struct RoundRecord {
    cards: Vec<CardRecord>,
    decided: Vec<DecisionRecord>,
    steps: Vec<StepRecord>,
}

#[derive(Serialize, Deserialize)]
struct CardRecord {
    id: String,
    kept: bool,
    skips: usize,
    passed_at: Option<f64>,
}

#[derive(Serialize, Deserialize)]
struct DecisionRecord {
    id: String,
    title: String,
    to: String,
    why: String,
    inverse: EditRecord,
    standing: Vec<EditRecord>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum StepRecord {
    Kept(Vec<String>),
    Skipped(Vec<String>),
    TakenOut(Vec<String>),
    Edited,
}

impl Workspace {
    /// The round of triage that was under way here, if there was one that this version can read.
    #[must_use]
    pub fn triage_round(&self) -> Option<TriageRound> {
        self.state.read_json::<RoundRecord>(TRIAGE_ROUND)?.into_round()
    }

    /// Saves the triage round that is under way.
    ///
    /// # Errors
    /// The state folder cannot be written.
    pub fn save_triage_round(&self, round: &TriageRound) -> io::Result<()> {
        self.state.write_json(TRIAGE_ROUND, &RoundRecord::of(round))
    }
}

impl RoundRecord {
    fn of(round: &TriageRound) -> Self {
        let card = |card: &TriageCard| CardRecord {
            id: card.id.clone(),
            kept: card.is_kept,
            skips: card.skips,
            passed_at: card.passed_at,
        };
        let step = |step: &TriageStep| match step {
            TriageStep::Kept(ids) => StepRecord::Kept(ids.clone()),
            TriageStep::Skipped(ids) => StepRecord::Skipped(ids.clone()),
            TriageStep::TakenOut(ids) => StepRecord::TakenOut(ids.clone()),
            TriageStep::Edited => StepRecord::Edited,
        };
        Self {
            cards: round.cards.iter().map(card).collect(),
            decided: round.decided.iter().map(DecisionRecord::of).collect(),
            steps: round.steps.iter().map(step).collect(),
        }
    }

    fn into_round(self) -> Option<TriageRound> {
        let card = |card: CardRecord| TriageCard {
            id: card.id,
            is_kept: card.kept,
            skips: card.skips,
            passed_at: card.passed_at.filter(|seconds| seconds.is_finite()),
        };
        let step = |step: StepRecord| match step {
            StepRecord::Kept(ids) => TriageStep::Kept(ids),
            StepRecord::Skipped(ids) => TriageStep::Skipped(ids),
            StepRecord::TakenOut(ids) => TriageStep::TakenOut(ids),
            StepRecord::Edited => TriageStep::Edited,
        };
        let decided = self.decided.into_iter().map(DecisionRecord::into_decision);
        Some(TriageRound {
            cards: self.cards.into_iter().map(card).collect(),
            decided: decided.collect::<Option<_>>()?,
            steps: self.steps.into_iter().map(step).collect(),
        })
    }
}

impl DecisionRecord {
    fn of(decision: &TriageDecision) -> Self {
        let whole = |idea: &Idea| {
            EditRecord::from_edit(&Edit::Add { idea: Box::new(idea.clone()), before: None })
        };
        Self {
            id: decision.id.clone(),
            title: decision.title.clone(),
            to: decision.to.id().to_owned(),
            why: decision.why.clone(),
            inverse: EditRecord::from_edit(&decision.inverse),
            standing: decision.standing.iter().map(whole).collect(),
        }
    }

    fn into_decision(self) -> Option<TriageDecision> {
        let whole = |text: &EditRecord| match text.to_edit()? {
            Edit::Add { idea, .. } => Some(*idea),
            _ => None,
        };
        Some(TriageDecision {
            to: Status::from_id(&self.to)?,
            inverse: self.inverse.to_edit()?,
            standing: self.standing.iter().map(whole).collect::<Option<_>>()?,
            id: self.id,
            title: self.title,
            why: self.why,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use jiff::civil::date;

    use super::*;
    use crate::domain::{Field, Value};

    #[test]
    fn unsaved_texts_are_kept_side_by_side_until_they_are_dropped() {
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
        fs::write(one.state.path(UNSAVED_TEXTS), "not json").unwrap();
        assert!(one.unsaved_texts().is_empty());
    }

    #[test]
    fn two_workspaces_do_not_share_the_text_of_an_idea_of_one_name() {
        let folder = tempfile::tempdir().unwrap();
        let open = |name: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(&path).unwrap();
            Workspace::open(&path, &folder.path().join("state")).unwrap().0
        };
        let (one, other) = (open("one"), open("other"));
        fs::write(one.editor_file("foo").unwrap(), "mine").unwrap();
        fs::write(other.editor_file("foo").unwrap(), "theirs").unwrap();
        assert_eq!(fs::read_to_string(one.editor_file("foo").unwrap()).unwrap(), "mine");
        assert_ne!(one.editor_file("a-b").unwrap(), one.editor_file("a_b").unwrap());
    }

    fn time_entry(on: Activity, seconds: u64) -> TimeEntry {
        TimeEntry { day: Date::constant(2026, 3, 1), on, time: Duration::from_secs(seconds) }
    }

    #[test]
    fn what_is_written_is_read_and_what_is_torn_is_skipped() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state").join("choosing.log");
        assert_eq!(read_times(&path).unwrap(), []);
        let (one, two) = (time_entry(Activity::Triage, 312), time_entry(Activity::Map, 5));
        append_time(&path, &[one, two]).unwrap();
        fs::write(&path, fs::read_to_string(&path).unwrap() + "2026-03-01 du").unwrap();
        append_time(&path, &[two]).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.ends_with("\n2026-03-01 du\n2026-03-01 map 5\n"), "{text}");
        assert_eq!(read_times(&path).unwrap(), [one, time_entry(Activity::Map, 10)]);
        for odd in ["2026-03-01 nap 5", "2026-03-01 duel -5", "2026-03-01 duel 5 6", "\u{0}", ""] {
            assert_eq!(super::time_entry(odd), None, "{odd}");
        }
    }

    #[test]
    fn two_who_write_at_once_lose_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("choosing.log");
        std::thread::scope(|scope| {
            for on in [Activity::Duel, Activity::Review] {
                let path = &path;
                scope.spawn(move || {
                    (0..200).for_each(|_| append_time(path, &[time_entry(on, 7)]).unwrap());
                });
            }
        });
        let both = [Activity::Duel, Activity::Review].map(|on| time_entry(on, 1400));
        assert_eq!(read_times(&path).unwrap(), both);
    }

    #[test]
    fn a_round_is_read_as_it_was_kept_and_nothing_else_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ideas.toml");
        fs::write(&path, "").unwrap();
        let (workspace, _) = Workspace::open(&path, &folder.path().join("state")).unwrap();
        assert_eq!(workspace.triage_round(), None);
        let mut idea = Idea::new("a", "A \"quoted\" title");
        idea.tags = vec!["größer".into()];
        let drop = Edit::decide(&idea, Status::Abandoned, date(2026, 11, 20), "no ceiling");
        let round = TriageRound {
            cards: vec![TriageCard {
                id: "a".into(),
                is_kept: true,
                skips: 2,
                passed_at: Some(0.1 + 0.2),
            }],
            decided: vec![TriageDecision {
                id: "a".into(),
                title: idea.title.clone(),
                to: Status::Abandoned,
                why: "no ceiling".into(),
                inverse: Edit::Group(vec![
                    drop,
                    Edit::set("a", Field::Title, Some(Value::Text("line\nline".into()))),
                ]),
                standing: vec![idea],
            }],
            steps: vec![TriageStep::Kept(vec!["a".into()]), TriageStep::Edited],
        };
        workspace.save_triage_round(&round).unwrap();
        assert_eq!(workspace.triage_round(), Some(round));
        for text in ["", "{", "{\"cards\": 7}", "[]"] {
            fs::write(workspace.state.path(TRIAGE_ROUND), text).unwrap();
            assert_eq!(workspace.triage_round(), None, "{text}");
        }
    }
}
