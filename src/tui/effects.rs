//! What the workbench does outside its model: the one place in it that touches
//! the store and starts threads.

mod answer;
mod editor;
mod examiner;
mod watch;

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use anyhow::Context;
use tempfile::TempDir;

use crate::config::{Paths, Settings};
use crate::demo;
use crate::store::{Loaded, OnConflict, StoreError, Workspace};

use super::critic::{Critic, Inquiry};
use super::message::{Conflict, Draft, Files, Msg, Outcome, Request};
use super::recall::{Memory, Recall};

use watch::Watch;

pub(super) use answer::sign;
pub(super) use editor::{edit, of as editor_of};
pub(super) use examiner::Examiner;

/// Keeps the open workspace and does what the model asks of it.
#[derive(Debug)]
pub(super) struct Librarian {
    workspace: Option<Workspace>,
    paths: Paths,
    /// Holds a throw-away copy of the demo for as long as it is open.
    throw_away: Option<TempDir>,
}

impl Librarian {
    /// A librarian without a workspace.
    #[must_use]
    pub(super) const fn new(paths: Paths) -> Self {
        Self { workspace: None, paths, throw_away: None }
    }

    /// Opens a workspace.
    ///
    /// # Errors
    /// It does not exist or cannot be read at all.
    pub(super) fn open(&mut self, path: &Path) -> Result<Files, StoreError> {
        let (workspace, loaded) = Workspace::open(path, &self.paths.state)?;
        let files = files(&workspace, loaded);
        self.workspace = Some(workspace);
        Ok(files)
    }

    /// Where prospect keeps its own files.
    #[must_use]
    pub(super) fn state(&self) -> &Path {
        &self.paths.state
    }

    /// Does what is asked.
    pub(super) fn perform(&mut self, request: &Request) -> Outcome {
        let result = match request {
            Request::OpenEmpty => self.open_empty(),
            Request::OpenDemo => self.open_demo(),
            _ => match &mut self.workspace {
                Some(workspace) => perform(workspace, request),
                None => return Outcome::Failed("no workspace is open".to_owned()),
            },
        };
        if let (Request::Rewrite { draft, .. }, Ok(Outcome::Rewritten { .. })) = (request, &result)
        {
            // It is where it belongs; a copy that stays behind does no harm.
            let _ = std::fs::remove_file(editor::draft_file(&self.paths.state, &draft.id));
        }
        result.unwrap_or_else(|error| Outcome::Failed(self.explain(request, &error)))
    }

    /// Why something could not be done; a text that was typed is not lost.
    fn explain(&self, request: &Request, error: &anyhow::Error) -> String {
        match request {
            Request::Rewrite { draft, .. } => {
                let kept = editor::draft_file(&self.paths.state, &draft.id);
                format!("{error:#}; your text is in {}", kept.display())
            }
            _ => format!("{error:#}"),
        }
    }

    /// The file or folder that is open.
    fn place(&self) -> Option<PathBuf> {
        self.workspace.as_ref().map(|workspace| workspace.path().to_owned())
    }

    fn open_empty(&mut self) -> anyhow::Result<Outcome> {
        let path = self.paths.workspace.clone();
        if !path.exists() {
            Workspace::create(&path)?;
        }
        let files = self.open(&path)?;
        Ok(Outcome::Opened { name: name_of(&path), files, as_of: None })
    }

    fn open_demo(&mut self) -> anyhow::Result<Outcome> {
        let folder = tempfile::Builder::new().prefix("prospect-demo-").tempdir();
        let folder = folder.context("no room for a copy of the demo")?;
        let path = folder.path().join("demo");
        demo::unpack(&path).context("no room for a copy of the demo")?;
        self.paths.state = folder.path().join("state");
        let files = self.open(&path)?;
        self.throw_away = Some(folder);
        Ok(Outcome::Opened { name: name_of(&path), files, as_of: Some(demo::DAY) })
    }
}

/// The last part of a path, as the name of a workspace.
#[must_use]
pub(super) fn name_of(path: &Path) -> String {
    let full = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    full.file_name().map_or_else(|| "/".to_owned(), |name| name.to_string_lossy().into_owned())
}

fn perform(workspace: &mut Workspace, request: &Request) -> anyhow::Result<Outcome> {
    let result = match request {
        Request::Commit { edit, inverse, overwrite } => {
            let committed = workspace.commit(edit, inverse, on_conflict(*overwrite));
            committed
                .map(|committed| Outcome::Saved { outside: news(workspace, committed.outside) })
        }
        Request::Undo { overwrite } => {
            workspace.undo(on_conflict(*overwrite)).map(|step| stepped(workspace, step))
        }
        Request::Redo { overwrite } => {
            workspace.redo(on_conflict(*overwrite)).map(|step| stepped(workspace, step))
        }
        Request::Text { id } => match workspace.idea_text(id) {
            Some(text) => {
                let (id, before) = (id.clone(), text.clone());
                Ok(Outcome::Text(Draft { id, before, text, line: 1 }))
            }
            None => anyhow::bail!("there is no idea \"{id}\""),
        },
        Request::Rewrite { draft, overwrite } => rewrite(workspace, draft, *overwrite),
        Request::Reload | Request::Look => {
            workspace.reload().map(|loaded| Outcome::Reloaded(news(workspace, loaded)))
        }
        Request::OpenEmpty | Request::OpenDemo => anyhow::bail!("a workspace is open already"),
    };
    match result {
        Err(StoreError::Conflict { id, what, mine, theirs, loaded }) => {
            Ok(Outcome::Conflict(Conflict {
                what: format!("{what} of {id}"),
                mine,
                theirs,
                files: files(workspace, *loaded),
            }))
        }
        Err(error @ StoreError::Io { .. }) => Err(error.into()),
        Err(error) => Ok(Outcome::Refused(error.to_string())),
        Ok(outcome) => Ok(outcome),
    }
}

fn rewrite(
    workspace: &mut Workspace,
    draft: &Draft,
    overwrite: bool,
) -> Result<Outcome, StoreError> {
    let Draft { id, before, text, .. } = draft;
    match workspace.rewrite(id, before, text, on_conflict(overwrite)) {
        Ok(rewritten) => {
            let outside = news(workspace, rewritten.outside);
            Ok(Outcome::Rewritten { edit: rewritten.edit, outside })
        }
        Err(StoreError::Invalid { problems }) => {
            Ok(Outcome::NotAnIdea { draft: draft.clone(), problems })
        }
        Err(error) => Err(error),
    }
}

const fn on_conflict(overwrite: bool) -> OnConflict {
    if overwrite { OnConflict::Overwrite } else { OnConflict::Ask }
}

fn stepped(workspace: &Workspace, step: Option<crate::store::Step>) -> Outcome {
    match step {
        Some(step) => Outcome::Stepped {
            label: step.label,
            edit: step.edit,
            outside: news(workspace, step.outside),
        },
        None => Outcome::NothingToStep,
    }
}

fn news(workspace: &Workspace, loaded: Option<Loaded>) -> Option<Files> {
    loaded.map(|loaded| files(workspace, loaded))
}

/// What was read, with what is wrong with the settings.
fn files(workspace: &Workspace, loaded: Loaded) -> Files {
    let Loaded { portfolio, mut problems } = loaded;
    if let Some((file, text)) = workspace.settings_text() {
        problems.extend(Settings::faults_of(file, text));
    }
    Files { portfolio, problems }
}

/// What to say of a panic.
fn fault(panic: &(dyn Any + Send)) -> Outcome {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    Outcome::Failed(format!("a fault in prospect: {}", text.unwrap_or("no reason was given")))
}

/// Memory on a thread of its own: finding what is alike takes longer than a
/// frame, and must not keep an edit from being saved.
#[derive(Debug)]
pub(super) struct Recaller {
    questions: Sender<Recall>,
}

impl Recaller {
    /// Starts the thread; it ends with the program.
    #[must_use]
    pub(super) fn start(answers: Sender<Msg>) -> Self {
        let (questions, inbox): (Sender<Recall>, Receiver<Recall>) = channel();
        std::thread::spawn(move || {
            let mut memory = Memory::default();
            while let Ok(first) = inbox.recv() {
                // Only the last card is still on the table.
                let last = inbox.try_iter().last().unwrap_or(first);
                if answers.send(Msg::Recalled(memory.recall(&last))).is_err() {
                    break;
                }
            }
        });
        Self { questions }
    }

    /// Hands over a question. Without the thread there is no answer, and the
    /// card simply shows none.
    pub(super) fn ask(&self, recall: Recall) {
        let _ = self.questions.send(recall);
    }
}

/// Somebody who works on a thread of its own, so that nothing on screen ever
/// waits. Answers come as messages.
#[derive(Debug)]
pub(super) struct Worker<T> {
    requests: Option<Sender<T>>,
    thread: Option<JoinHandle<()>>,
}

impl Worker<Request> {
    /// Starts the thread of a librarian. If it is to watch, it tells of
    /// everything that others do to the files.
    #[must_use]
    pub(super) fn librarian(mut librarian: Librarian, answers: Sender<Msg>, watches: bool) -> Self {
        let messages = answers.clone();
        let mut place = None;
        let mut _watch = None;
        let mut look_around = move |librarian: &Librarian| {
            let now = librarian.place();
            if watches && now != place {
                _watch = now.as_deref().and_then(|path| watch(path, &messages));
                place = now;
            }
        };
        look_around(&librarian);
        Self::start(answers, move |request| {
            // A fault here must not take unsaved edits down with it. Every
            // operation of the store starts from what is on disk, so none
            // depends on what a failed one left behind.
            let perform = AssertUnwindSafe(|| librarian.perform(&request));
            let outcome = catch_unwind(perform).unwrap_or_else(|panic| fault(&*panic));
            look_around(&librarian);
            Some(Msg::Done(outcome))
        })
    }
}

impl Worker<Inquiry> {
    /// Starts the thread of a critic.
    #[must_use]
    pub(super) fn critic(answers: Sender<Msg>) -> Self {
        let mut critic = Critic::default();
        Self::start(answers, move |inquiry| critic.hear(inquiry).map(Msg::Reviewed))
    }
}

impl<T: Send + 'static> Worker<T> {
    /// Starts a thread that takes requests one by one.
    fn start(
        answers: Sender<Msg>,
        mut perform: impl FnMut(T) -> Option<Msg> + Send + 'static,
    ) -> Self {
        let (requests, inbox): (Sender<T>, Receiver<T>) = channel();
        let thread = std::thread::spawn(move || {
            for request in inbox {
                let answer = perform(request);
                if answer.is_some_and(|answer| answers.send(answer).is_err()) {
                    break;
                }
            }
        });
        Self { requests: Some(requests), thread: Some(thread) }
    }

    /// Hands over a request; false if the thread is gone.
    #[must_use]
    pub(super) fn send(&self, request: T) -> bool {
        self.requests.as_ref().is_some_and(|requests| requests.send(request).is_ok())
    }
}

/// Watches a workspace. Where the system does not, its files are read again on
/// request and with every edit.
fn watch(workspace: &Path, messages: &Sender<Msg>) -> Option<Watch> {
    let watch = Watch::start(workspace, messages.clone());
    let watch = watch.inspect_err(|error| tracing::warn!(%error, "the files are not watched"));
    // Something may have changed since the files were read.
    let _ = messages.send(Msg::FilesTouched);
    watch.ok()
}

/// Waits until what was handed over is done.
impl<T> Drop for Worker<T> {
    fn drop(&mut self) {
        self.requests.take();
        if let Some(thread) = self.thread.take() {
            // A panic of the thread has been reported by the hook already.
            let _ = thread.join();
        }
    }
}
