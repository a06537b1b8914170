//! Files and domain: reading with spans, edits spliced into the text, journal,
//! lock, atomic writes.

mod atomic;
mod commit;
mod diagnostic;
mod duel_file;
pub mod duels;
mod error;
mod file;
mod folder;
mod journal;
mod load;
mod own_settings;
mod patch;
mod practice;
mod print;
mod read;
mod recovery;
mod schema;
mod span_map;
mod splice;
mod state;
mod state_files;
mod transaction;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;
use std::{fmt, io};

use crate::domain::{Edit, Problem, SettingValues};
use duel_file::DuelFile;
use file::FileKind;
use file::SourceFile;
use folder::Listing;
use journal::{Journal, StepKind};
use load::{ChangeTracker, Freshness, OwnWrites, reread};
use state::StateFolder;

pub use atomic::{write_atomic, write_private};
pub use diagnostic::Notice;
pub use error::StoreError;
pub use load::{Loaded, Wanted};
pub use own_settings::{make_settings, set_own_setting};
pub use practice::{PairLog, PracticeLog, built_in_deck, read_deck};
pub use print::idea_toml;
pub use schema::idea_schema;
pub use state_files::{divider, save_divider};

/// The journal in the state folder of a workspace.
const JOURNAL: &str = "journal.jsonl";

/// A workspace that is open: its texts, and where each idea stands in them.
#[derive(Debug)]
pub struct Workspace {
    path: PathBuf,
    /// The folder in which its files lie.
    root: PathBuf,
    is_folder: bool,
    files: Vec<SourceFile>,
    /// What is wrong with files that look as if they belonged to the workspace.
    listing_problems: Vec<Problem>,
    duels: DuelFile,
    /// The workspace's settings as they could be read last.
    settings: SettingValues,
    /// Whether the files have changed since the last load that was returned.
    externally_changed: bool,
    tracker: ChangeTracker,
    state: StateFolder,
    journal: Journal,
    own_writes: OwnWrites,
    /// Whether the state folder is known to name this path.
    has_noted_path: bool,
    notices: Vec<Notice>,
    /// Called when a lock is waited for.
    on_wait: WaitObserver,
}

/// A function that is called when a lock is waited for, with the holder once that is known.
type OnWait = dyn Fn(Option<&str>) + Send;

struct WaitObserver(Box<OnWait>);

impl fmt::Debug for WaitObserver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WaitObserver")
    }
}

/// An edit that is on disk.
#[derive(Clone, Debug)]
pub struct Committed {
    /// Everything as it now stands, this edit included, if the files had been
    /// changed externally since they were read.
    pub outside: Option<Loaded>,
}

/// An edit taken back or done again.
#[derive(Clone, Debug)]
pub struct Step {
    /// What was taken back or done again, in words.
    pub label: String,
    /// The edit that brings a portfolio from before the step to after it.
    pub edit: Edit,
    pub outside: Option<Loaded>,
}

/// A text that is on disk.
#[derive(Clone, Debug)]
pub struct Rewritten {
    /// What the text changed about the idea; `None` if not a byte.
    pub edit: Option<Edit>,
    pub outside: Option<Loaded>,
}

/// What to do where an edit and an outside change touch the same field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnConflict {
    Ask,
    Overwrite,
}

impl Workspace {
    /// Opens a file or a folder and reads all ideas. Broken ideas are problems,
    /// not errors. `state` is the folder for journals and locks.
    ///
    /// # Errors
    /// The path does not exist or cannot be read at all.
    pub fn open(path: &Path, state: &Path) -> Result<(Self, Loaded), StoreError> {
        let mut workspace = Self::opened(path, state)?;
        let loaded = workspace.load();
        Ok((workspace, loaded))
    }

    /// As [`Self::open`], to change some ideas: reads no others, if these can be told apart
    /// without that. The portfolio then holds only them, and reserves the ids of the others.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_wanted(
        path: &Path,
        state: &Path,
        wanted: Wanted<'_>,
    ) -> Result<(Self, Loaded), StoreError> {
        let mut workspace = Self::opened(path, state)?;
        let loaded = match load::load_wanted(&mut workspace.files, wanted) {
            Some(loaded) => workspace.complete(loaded),
            None => workspace.load(),
        };
        Ok((workspace, loaded))
    }

    /// A workspace whose files have been read and not been looked into.
    fn opened(path: &Path, state: &Path) -> Result<Self, StoreError> {
        let is_folder = path.metadata().map_err(StoreError::io(path))?.is_dir();
        let root = if is_folder { path } else { path.parent().unwrap_or(Path::new("")) };
        let folder = if root.as_os_str().is_empty() { Path::new(".") } else { root };
        let state = StateFolder::of(path, folder, state).map_err(StoreError::io(path))?;
        let mut workspace = Self {
            path: path.to_owned(),
            root: root.to_owned(),
            is_folder,
            files: Vec::new(),
            listing_problems: Vec::new(),
            duels: DuelFile::new(root),
            settings: SettingValues::new(),
            externally_changed: true,
            tracker: ChangeTracker::default(),
            journal: Journal::new(state.path(JOURNAL)),
            own_writes: OwnWrites::read(&state),
            has_noted_path: false,
            notices: Vec::new(),
            on_wait: WaitObserver(Box::new(|_| {})),
            state,
        };
        workspace.refresh(Freshness::Stamp)?;
        Ok(workspace)
    }

    /// Makes a workspace at a path where there is none: `PATH/ideas.toml`, or
    /// PATH itself where it ends in `.toml`. Never overwrites. Returns the file.
    ///
    /// # Errors
    /// Something is there already, or cannot be written.
    pub fn create(path: &Path) -> Result<PathBuf, StoreError> {
        folder::create(path)
    }

    /// Copies the files of the workspace, with what other people answered, into a
    /// folder that does not exist yet or is empty. The journal stays behind: the
    /// copy begins with a history of its own.
    ///
    /// # Errors
    /// The folder holds something already, or a file cannot be read or written.
    pub fn copy_to(&self, folder: &Path) -> io::Result<()> {
        if folder.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, "it holds something already"));
        }
        copy_toml(&self.root, folder)?;
        let people = self.root.join("people");
        if people.is_dir() {
            copy_toml(&people, &folder.join("people"))?;
        }
        Ok(())
    }

    /// The file or folder that is open.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Takes what has to be told to the user since the last time.
    #[must_use]
    pub fn take_notices(&mut self) -> Vec<Notice> {
        std::mem::take(&mut self.notices)
    }

    /// Has a function called when an operation has to wait for the lock: at once
    /// with `None`, and after a second with the holder.
    pub fn on_wait(&mut self, observer: impl Fn(Option<&str>) + Send + 'static) {
        self.on_wait = WaitObserver(Box::new(observer));
    }

    /// Lets operations give a held lock up after a second instead of a minute while
    /// this is set, as when the program has to end.
    pub fn hurry_while(&mut self, in_a_hurry: Arc<AtomicBool>) {
        self.state.hurry_while(in_a_hurry);
    }

    /// Where an idea stands: its file and the line of its header, from 1.
    #[must_use]
    pub fn location(&self, id: &str) -> Option<(PathBuf, usize)> {
        let transaction = self.transaction();
        let (file, body) = transaction.body(transaction.find(id)?);
        Some((file.path.clone(), load::line_of(&file.text, body.start)))
    }

    /// The file in which a new idea is written. It may not exist yet.
    #[must_use]
    pub fn file_for_new_ideas(&self) -> PathBuf {
        self.transaction().path_for_new_ideas()
    }

    /// The TOML text of an idea, from its header to the end of its last line.
    #[must_use]
    pub fn idea_text(&self, id: &str) -> Option<String> {
        let transaction = self.transaction();
        let (file, body) = transaction.body(transaction.find(id)?);
        Some(file.text[body].to_owned())
    }

    /// The file of settings of the workspace and its text, if there is one.
    #[must_use]
    pub fn settings_text(&self) -> Option<(&Path, &str)> {
        self.settings_file().map(|file| (file.path.as_path(), file.text.as_str()))
    }

    fn settings_file(&self) -> Option<&SourceFile> {
        self.files.iter().find(|file| file.kind == FileKind::Settings)
    }

    /// Writes an edit to the freshest text on disk and records it for undo.
    /// `inverse` is what applying it to the portfolio returned: it holds the
    /// values that the edit expects to replace. An edit that would change no
    /// byte is neither written nor recorded.
    ///
    /// # Errors
    /// See [`StoreError`]; nothing is written then.
    pub fn commit(
        &mut self,
        edit: &Edit,
        inverse: &Edit,
        on_conflict: OnConflict,
    ) -> Result<Committed, StoreError> {
        let result = self.commit_edit(edit, inverse, on_conflict);
        let () = self.with_current_state(result)?;
        Ok(Committed { outside: self.take_external_changes() })
    }

    /// Takes back the last edit that stands; `None` if there is none.
    ///
    /// # Errors
    /// See [`StoreError`]; nothing is written then.
    pub fn undo(&mut self, on_conflict: OnConflict) -> Result<Option<Step>, StoreError> {
        self.step(StepKind::Undo, on_conflict)
    }

    /// Does again what was taken back last; `None` if there is nothing.
    ///
    /// # Errors
    /// See [`StoreError`]; nothing is written then.
    pub fn redo(&mut self, on_conflict: OnConflict) -> Result<Option<Step>, StoreError> {
        self.step(StepKind::Redo, on_conflict)
    }

    /// Puts a text in place of that of an idea, and records it for undo.
    /// `before` is the text that it was made from. The text is taken byte for
    /// byte; only where the title of an idea without an id changes, the id is written into it.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] where the text is not one idea without faults,
    /// with places in the text; [`StoreError::Conflict`] where the idea is not
    /// what `before` says. Nothing is written then.
    pub fn rewrite(
        &mut self,
        id: &str,
        before: &str,
        text: &str,
        on_conflict: OnConflict,
    ) -> Result<Rewritten, StoreError> {
        let result = self.rewrite_text(id, before, text, on_conflict);
        let edit = self.with_current_state(result)?;
        Ok(Rewritten { edit, outside: self.take_external_changes() })
    }

    /// Reads again what has changed on disk, once it stands still; `None` if nothing has.
    ///
    /// # Errors
    /// The workspace cannot be read any more. What was read before stays.
    pub fn reload(&mut self) -> Result<Option<Loaded>, StoreError> {
        self.refresh_when_still(Freshness::Stamp)?;
        Ok(self.take_external_changes())
    }

    fn step(
        &mut self,
        kind: StepKind,
        on_conflict: OnConflict,
    ) -> Result<Option<Step>, StoreError> {
        let result = self.undo_or_redo(kind, on_conflict);
        let step = self.with_current_state(result)?;
        Ok(step.map(|(label, edit)| Step { label, edit, outside: self.take_external_changes() }))
    }

    /// A conflict carries everything as it now stands.
    fn with_current_state<T>(&mut self, result: Result<T, StoreError>) -> Result<T, StoreError> {
        result.map_err(|mut error| {
            if let StoreError::Conflict { loaded, .. } = &mut error {
                **loaded = self.load();
            }
            error
        })
    }

    /// Everything, if something was changed externally since the last load.
    fn take_external_changes(&mut self) -> Option<Loaded> {
        self.externally_changed.then(|| self.load())
    }

    fn load(&mut self) -> Loaded {
        let loaded = load::load(&mut self.files, self.is_folder);
        self.complete(loaded)
    }

    /// Adds to what the files of ideas say what stands elsewhere.
    fn complete(&mut self, mut loaded: Loaded) -> Loaded {
        self.externally_changed = false;
        self.settings = match self.settings_file().map(SourceFile::settings) {
            None => SettingValues::new(),
            Some(Ok(settings)) => settings,
            // What cannot be read for a moment must not turn the ranking over.
            Some(Err(_)) => std::mem::take(&mut self.settings),
        };
        let Loaded { portfolio, .. } = loaded;
        loaded.portfolio =
            portfolio.with_duels(self.duels.log.clone()).with_settings(self.settings.clone());
        loaded.problems.extend_from_slice(&self.listing_problems);
        loaded.problems.extend_from_slice(&self.duels.problems);
        loaded.touched = self.tracker.report(&self.files);
        loaded
    }

    /// The files of the workspace as they are found now.
    fn listing(&self) -> Result<Listing, StoreError> {
        let listing = Listing::of(&self.path, &self.root, self.is_folder);
        listing.map_err(StoreError::io(&self.path))
    }

    /// As [`Self::refresh`], once files that another program modified a moment ago
    /// stand still, so that none is read half-written.
    fn refresh_when_still(&mut self, freshness: Freshness) -> Result<Vec<SourceFile>, StoreError> {
        let started = Instant::now();
        let mut before: Vec<SourceFile> = Vec::new();
        loop {
            let listing = self.listing()?;
            let files =
                || listing.files.iter().map(|(path, kind)| (path.as_path(), kind.name_of(path)));
            self.own_writes.wait_for_others(files());
            for file in self.refresh(freshness)? {
                if before.iter().all(|known| known.path != file.path) {
                    before.push(file);
                }
            }
            // A save may have begun between the wait and the reading.
            let is_moving = self.own_writes.is_moving(files());
            if !is_moving || started.elapsed() >= load::PATIENCE {
                return Ok(before);
            }
        }
    }

    /// Waits for a moment if one of the files may still be incomplete; `false` if none may.
    fn wait_once(&self) -> bool {
        let files = self.files.iter().map(|file| (file.path.as_path(), file.name.clone()));
        self.own_writes.wait_once(files)
    }

    /// Reads the files that have changed on disk, and returns how those were before.
    fn refresh(&mut self, freshness: Freshness) -> Result<Vec<SourceFile>, StoreError> {
        let Listing { files, problems } = self.listing()?;
        let files = reread(std::mem::take(&mut self.files), files, freshness);
        self.externally_changed |= problems != self.listing_problems;
        self.listing_problems = problems;
        let new_duels = self.duels.refresh();
        self.tracker.record(&files);
        self.externally_changed |= files.has_changed || new_duels;
        self.files = files.now;
        Ok(files.before)
    }
}

fn copy_toml(from: &Path, to: &Path) -> io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in from.read_dir()? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "toml") && path.is_file() {
            std::fs::copy(&path, to.join(path.file_name().unwrap_or_default()))?;
        }
    }
    Ok(())
}
