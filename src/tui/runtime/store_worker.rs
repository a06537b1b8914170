//! The store worker: owns the open workspace and executes store requests.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::Sender;

use anyhow::Context;
use tempfile::TempDir;

use crate::config::{Paths, Settings, Theme, settings_template};
use crate::demo;
use crate::domain::{Date, DuelPool, Problem, TimeEntry, TriageRound};
use crate::judge::ScoreRule;
use crate::store::{
    Loaded, OnConflict, PairLog, PracticeLog, StoreError, Workspace, built_in_deck, make_settings,
};
use crate::tui::action::EditorText;
use crate::tui::app::message::{Conflict, Files, Msg, PreviewRequest, Request, StoreReply};
use crate::tui::world::{PortfolioScores, PracticeRecord};

use super::file_watcher::FileWatcher;
use super::{BackgroundJob, import_preview};

/// Keeps the open workspace and does what the model asks of it.
#[derive(Debug)]
pub(crate) struct StoreWorker {
    workspace: Option<Workspace>,
    paths: Paths,
    /// Holds a throw-away copy of the demo for as long as it is open.
    throw_away: Option<TempDir>,
    file_watcher: Option<FileWatcher>,
    /// Where notices go that belong to no reply.
    messages: Option<Sender<Msg>>,
    /// Whether a held lock is given up soon, because the program has to end.
    in_a_hurry: Arc<AtomicBool>,
}

/// A request, and how ideas are judged now, so that what comes back is ready to be shown.
#[derive(Debug)]
pub(crate) struct StoreRequest {
    pub request: Request,
    /// How answers become a score.
    pub rule: ScoreRule,
}

impl BackgroundJob for StoreWorker {
    type Request = StoreRequest;

    fn perform(&mut self, StoreRequest { request, rule }: StoreRequest) -> Option<Msg> {
        match self.remember(&request) {
            Ok(false) => {}
            Ok(true) => return None,
            Err(error) => {
                tracing::warn!("not kept for the next time: {error:#}");
                return None;
            }
        }
        match &request {
            Request::ListFolder(folder) => {
                return Some(Msg::FolderListed(import_preview::list(folder)));
            }
            Request::PreviewImport(request) => return Some(self.preview_import(request)),
            Request::Settings => return Some(Msg::SettingsLoaded(self.settings())),
            Request::SettingsFile { own } => {
                return Some(Msg::SettingsFile(self.settings_file(*own)));
            }
            Request::KeepTheme(theme) => return Some(Msg::StoreNotice(self.keep_theme(*theme))),
            _ => {}
        }
        let mut reply = self.answer(&request);
        if let Some(files) = reply.files() {
            files.scores = Some(PortfolioScores::of(&files.portfolio, &rule));
        }
        self.rewatch();
        self.send_notices();
        Some(Msg::StoreReply(reply))
    }

    /// A fault must not take unsaved edits down with it. Every operation of the store
    /// starts from what is on disk, so none depends on what a failed one left behind.
    fn on_panic(&mut self, reason: String) -> Msg {
        Msg::StoreReply(StoreReply::Failed(reason))
    }
}

impl StoreWorker {
    /// A worker without a workspace.
    pub(crate) fn new(paths: Paths) -> Self {
        Self {
            workspace: None,
            paths,
            throw_away: None,
            file_watcher: None,
            messages: None,
            in_a_hurry: Arc::default(),
        }
    }

    /// What makes it give a held lock up soon, once it is set.
    pub(crate) fn in_a_hurry(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.in_a_hurry)
    }

    /// Opens a workspace.
    ///
    /// # Errors
    /// It does not exist or cannot be read at all.
    pub(crate) fn open(&mut self, path: &Path) -> Result<Files, StoreError> {
        let (mut workspace, loaded) = Workspace::open(path, &self.paths.state)?;
        workspace.hurry_while(self.in_a_hurry());
        let files = files(&workspace, loaded);
        self.workspace = Some(workspace);
        self.observe_lock();
        self.send_notices();
        Ok(files)
    }

    /// Says who holds the lock that a save waits for.
    fn observe_lock(&mut self) {
        let (Some(workspace), Some(messages)) = (&mut self.workspace, self.messages.clone()) else {
            return;
        };
        workspace.on_wait(move |holder| {
            let holder = holder.unwrap_or("another process").to_owned();
            // There is no reader once the screen is gone.
            let _ = messages.send(Msg::LockHeld(holder));
        });
    }

    /// Passes on what the store has to say besides its replies.
    fn send_notices(&mut self) {
        let (Some(workspace), Some(messages)) = (&mut self.workspace, &self.messages) else {
            return;
        };
        for notice in workspace.take_notices() {
            tracing::warn!(%notice, "store");
            let _ = messages.send(Msg::StoreNotice(notice.to_string()));
        }
    }

    /// Keeps what is only convenient to have the next time; false for any other request.
    fn remember(&self, request: &Request) -> anyhow::Result<bool> {
        let state = &self.paths.state;
        match (request, &self.workspace) {
            (Request::SavePair(answer), _) => PairLog::in_state(state).append(answer)?,
            (Request::SaveGuess(guess), _) => PracticeLog::in_state(state).append(guess)?,
            (Request::SaveDivider(places), _) => crate::store::save_divider(state, *places)?,
            (Request::SaveTime(time_spent), Some(workspace)) => {
                workspace.save_time_spent(time_spent)?;
            }
            (Request::SaveDuelPool(pool), Some(workspace)) => workspace.save_duel_pool(pool)?,
            (Request::SaveQuarterPutOff(day), Some(workspace)) => {
                workspace.save_quarter_put_off(*day)?;
            }
            (Request::KeepUnsavedText { name, text }, Some(workspace)) => {
                workspace.save_unsaved_text(name, text.as_deref())?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// The time spent on choosing before; none where it cannot be read.
    pub(crate) fn time_spent(&self) -> Vec<TimeEntry> {
        let time_spent =
            self.workspace.as_ref().map_or_else(|| Ok(Vec::new()), Workspace::time_log);
        time_spent.unwrap_or_else(|error| {
            tracing::warn!(%error, "time spent on choosing is not known");
            Vec::new()
        })
    }

    /// Where the divider of the Rank screen was left, in whichever workspace.
    pub(crate) fn divider(&self) -> Option<[u16; 2]> {
        crate::store::divider(&self.paths.state)
    }

    /// Writes a theme into the user's own settings, and says so.
    fn keep_theme(&self, theme: Theme) -> String {
        let file = &self.paths.config;
        match crate::store::set_own_setting(file, ("theme", "name"), theme.id()) {
            Ok(()) => format!("Kept as your default, in {}", file.display()),
            Err(error) => format!("Not kept: {}: {error}", file.display()),
        }
    }

    /// Where the user's own settings lie, or those of the workspace; made where there is none.
    fn settings_file(&self, own: bool) -> Result<PathBuf, String> {
        let file = match &self.workspace {
            Some(workspace) if !own => workspace.settings_path(),
            _ => self.paths.config.clone(),
        };
        let made = make_settings(&file, &settings_template(own));
        made.map(|()| file.clone()).map_err(|error| format!("{}: {error}", file.display()))
    }

    /// The texts that were begun and not saved.
    pub(crate) fn drafts(&self) -> BTreeMap<String, String> {
        self.workspace.as_ref().map_or_else(BTreeMap::new, Workspace::unsaved_texts)
    }

    /// The round of triage that was under way when the workspace was last open.
    pub(crate) fn triage_round(&self) -> Option<TriageRound> {
        self.workspace.as_ref()?.triage_round()
    }

    /// To whom the duels were limited when the workspace was last open.
    pub(crate) fn duel_pool(&self) -> DuelPool {
        self.workspace.as_ref().map(Workspace::duel_pool).unwrap_or_default()
    }

    /// The built-in deck, with the answers of a person to its cards and to pairs.
    pub(crate) fn practice(&self, person: &str) -> PracticeRecord {
        let deck = built_in_deck().map(|(deck, _)| deck).unwrap_or_default();
        let mut pairs = PairLog::in_state(&self.paths.state).read().unwrap_or_default();
        let guesses = PracticeLog::in_state(&self.paths.state).read();
        let (mut guesses, _) = guesses.unwrap_or_default();
        pairs.retain(|answer| answer.by == person);
        guesses.retain(|guess| guess.by == person && guess.deck == deck.name);
        PracticeRecord { deck, pairs, guesses }
    }

    /// The day on which the questions of the quarter were put off, if they were.
    pub(crate) fn quarter_put_off(&self) -> Option<Date> {
        self.workspace.as_ref().and_then(Workspace::quarter_put_off)
    }

    /// Tells of everything that others do to the files from now on,
    /// or of nothing until the settings want it.
    pub(super) fn watch(&mut self, watches: bool, messages: Sender<Msg>) {
        self.messages = Some(messages.clone());
        self.observe_lock();
        self.send_notices();
        self.file_watcher = Some(FileWatcher::new(self.paths.config.clone(), watches, messages));
        self.rewatch();
    }

    /// Watches what is open now.
    fn rewatch(&mut self) {
        let workspace = self.workspace.as_ref().map(Workspace::path);
        if let Some(file_watcher) = &mut self.file_watcher {
            file_watcher.rewatch(workspace);
        }
    }

    /// The user's own settings as they are now, or everything that is wrong with them.
    fn settings(&mut self) -> Result<Box<Settings>, Vec<Problem>> {
        // First, so that nothing is missed that happens after reading.
        self.rewatch();
        let mut settings = Settings::load(Some(&self.paths.config), None)?;
        if let Some(file_watcher) = &mut self.file_watcher {
            file_watcher.set_watching(settings.watch);
            self.rewatch();
        }
        match std::mem::take(&mut settings.ui_problems) {
            faults if faults.is_empty() => Ok(Box::new(settings)),
            faults => Err(faults),
        }
    }

    fn answer(&mut self, request: &Request) -> StoreReply {
        let result = match request {
            Request::OpenEmpty => self.open_empty(),
            Request::OpenDemo => self.open_demo(),
            _ => match &mut self.workspace {
                Some(workspace) => perform(workspace, request),
                None => return StoreReply::Failed("no workspace is open".to_owned()),
            },
        };
        if let (Request::Rewrite { draft, .. }, Ok(StoreReply::Rewritten { .. })) =
            (request, &result)
        {
            // It is where it belongs; a copy that stays behind does no harm.
            let _ = std::fs::remove_file(&draft.file);
        }
        result.unwrap_or_else(|error| StoreReply::Failed(self.explain(request, &error)))
    }

    /// Why something could not be done; a text that was typed is not lost.
    fn explain(&self, request: &Request, error: &anyhow::Error) -> String {
        match request {
            Request::Rewrite { draft, .. } => {
                format!("{error:#}; your text is in {}", draft.file.display())
            }
            _ => format!("{error:#}"),
        }
    }

    /// What would become of a list. It is only read: a fault of it is an answer.
    fn preview_import(&self, request: &PreviewRequest) -> Msg {
        let workspace = self.workspace.as_ref();
        let Paths { workspace: new, state, .. } = &self.paths;
        let answer = import_preview::preview(request, workspace, new, state);
        Msg::ImportPreviewed { question: request.question.clone(), answer }
    }

    fn open_empty(&mut self) -> anyhow::Result<StoreReply> {
        let path = self.paths.workspace.clone();
        if !path.exists() {
            Workspace::create(&path)?;
        }
        let files = self.open(&path)?;
        Ok(StoreReply::Opened {
            name: name_of(&path),
            files,
            as_of: None,
            time_spent: self.time_spent(),
        })
    }

    fn open_demo(&mut self) -> anyhow::Result<StoreReply> {
        let folder = tempfile::Builder::new().prefix("prospect-demo-").tempdir();
        let folder = folder.context("no room for a copy of the demo")?;
        let path = folder.path().join("demo");
        demo::unpack(&path).context("no room for a copy of the demo")?;
        self.paths.state = folder.path().join("state");
        let files = self.open(&path)?;
        self.throw_away = Some(folder);
        Ok(StoreReply::Opened {
            name: name_of(&path),
            files,
            as_of: Some(demo::DAY),
            time_spent: Vec::new(),
        })
    }
}

/// The last part of a path, as the name of a workspace.
pub(crate) fn name_of(path: &Path) -> String {
    let full = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    full.file_name().map_or_else(|| "/".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// Does what needs an open workspace. What the files do not allow is an answer.
fn perform(workspace: &mut Workspace, request: &Request) -> anyhow::Result<StoreReply> {
    let result = match request {
        Request::Commit { edit, inverse, overwrite } => {
            let committed = workspace.commit(edit, inverse, on_conflict(*overwrite));
            committed.map(|committed| StoreReply::Saved {
                outside: external_files(workspace, committed.outside),
            })
        }
        Request::Undo { overwrite } => {
            workspace.undo(on_conflict(*overwrite)).map(|step| stepped(workspace, step))
        }
        Request::Redo { overwrite } => {
            workspace.redo(on_conflict(*overwrite)).map(|step| stepped(workspace, step))
        }
        Request::Rewrite { draft, overwrite } => rewrite(workspace, draft, *overwrite),
        Request::Reload | Request::ReloadQuietly => {
            workspace.reload().map(|loaded| StoreReply::Reloaded(external_files(workspace, loaded)))
        }
        _ => return perform_beside(workspace, request),
    };
    match result {
        Err(StoreError::Conflict { id, what, mine, theirs, loaded }) => {
            Ok(StoreReply::Conflict(Conflict {
                what: format!("{what} of {id}"),
                mine,
                theirs,
                files: files(workspace, *loaded),
            }))
        }
        Err(error @ (StoreError::Io { .. } | StoreError::KeepsChanging { .. })) => {
            Err(error.into())
        }
        Err(error) => Ok(StoreReply::Refused(error.to_string())),
        Ok(reply) => Ok(reply),
    }
}

/// Does what changes no idea.
fn perform_beside(workspace: &Workspace, request: &Request) -> anyhow::Result<StoreReply> {
    match request {
        Request::Text { id, .. } => {
            let text = workspace.idea_text(id);
            let text = text.with_context(|| format!("there is no idea \"{id}\""))?;
            let file = workspace.editor_file(id).context("no room for the text")?;
            let (id, before) = (id.clone(), text.clone());
            Ok(StoreReply::Text(EditorText { id, before, text, line: 1, file }))
        }
        Request::SaveTriageRound(round) => {
            // Not worth an interruption: only the place in the round is lost.
            if let Err(error) = workspace.save_triage_round(round) {
                tracing::warn!(%error, "the round of triage is not remembered");
            }
            Ok(StoreReply::Remembered)
        }
        Request::SaveImportHistory(history) => {
            let saved = workspace.save_import_history(&history.to_json());
            saved.context("the ideas are written; the next import will ask rather than update")?;
            Ok(StoreReply::Remembered)
        }
        Request::CopyTo(folder) => {
            let place = || format!("{} cannot take a copy", folder.display());
            workspace.copy_to(folder).with_context(place)?;
            Ok(StoreReply::Copied(folder.clone()))
        }
        _ => anyhow::bail!("a workspace is open already"),
    }
}

fn rewrite(
    workspace: &mut Workspace,
    draft: &EditorText,
    overwrite: bool,
) -> Result<StoreReply, StoreError> {
    let EditorText { id, before, text, .. } = draft;
    match workspace.rewrite(id, before, text, on_conflict(overwrite)) {
        Ok(rewritten) => {
            let outside = external_files(workspace, rewritten.outside);
            Ok(StoreReply::Rewritten { edit: rewritten.edit, outside })
        }
        Err(StoreError::Invalid { problems }) => {
            Ok(StoreReply::NotAnIdea { draft: draft.clone(), problems })
        }
        Err(error) => Err(error),
    }
}

const fn on_conflict(overwrite: bool) -> OnConflict {
    if overwrite { OnConflict::Overwrite } else { OnConflict::Ask }
}

fn stepped(workspace: &Workspace, step: Option<crate::store::Step>) -> StoreReply {
    match step {
        Some(step) => StoreReply::Stepped {
            label: step.label,
            edit: step.edit,
            outside: external_files(workspace, step.outside),
        },
        None => StoreReply::NothingToStep,
    }
}

fn external_files(workspace: &Workspace, loaded: Option<Loaded>) -> Option<Files> {
    loaded.map(|loaded| files(workspace, loaded))
}

/// What was read, with what is wrong with the settings.
fn files(workspace: &Workspace, loaded: Loaded) -> Files {
    let Loaded { portfolio, mut problems, touched } = loaded;
    if let Some((file, text)) = workspace.settings_text() {
        problems.extend(Settings::problems_in(file, text));
    }
    Files { portfolio, problems, scores: None, touched: Some(touched) }
}
