//! What the workbench does outside its model: the one place in it that touches
//! the store and starts threads.

use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use anyhow::Context;
use tempfile::TempDir;

use crate::config::Paths;
use crate::demo;
use crate::store::{Loaded, OnConflict, StoreError, Workspace};

use super::message::{Conflict, Files, Msg, Outcome, Request};
use super::recall::{Memory, Recall};

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
        self.workspace = Some(workspace);
        Ok(files(loaded))
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
        result.unwrap_or_else(|error| Outcome::Failed(format!("{error:#}")))
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
            committed.map(|committed| Outcome::Saved { outside: committed.outside.map(files) })
        }
        Request::Undo { overwrite } => workspace.undo(on_conflict(*overwrite)).map(stepped),
        Request::Redo { overwrite } => workspace.redo(on_conflict(*overwrite)).map(stepped),
        Request::Reload => workspace.reload().map(|loaded| Outcome::Reloaded(loaded.map(files))),
        Request::OpenEmpty | Request::OpenDemo => anyhow::bail!("a workspace is open already"),
    };
    match result {
        Err(StoreError::Conflict { id, what, mine, theirs, loaded }) => {
            Ok(Outcome::Conflict(Conflict {
                what: format!("{what} of {id}"),
                mine,
                theirs,
                files: files(*loaded),
            }))
        }
        other => Ok(other?),
    }
}

const fn on_conflict(overwrite: bool) -> OnConflict {
    if overwrite { OnConflict::Overwrite } else { OnConflict::Ask }
}

fn stepped(step: Option<crate::store::Step>) -> Outcome {
    match step {
        Some(step) => Outcome::Stepped {
            label: step.label,
            edit: step.edit,
            outside: step.outside.map(files),
        },
        None => Outcome::NothingToStep,
    }
}

fn files(loaded: Loaded) -> Files {
    Files { portfolio: loaded.portfolio, problems: loaded.problems }
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

/// A librarian on a thread of its own, so that nothing on screen ever waits
/// for the disk. Answers come as messages.
#[derive(Debug)]
pub(super) struct Worker {
    requests: Option<Sender<Request>>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    /// Starts the thread.
    #[must_use]
    pub(super) fn start(mut librarian: Librarian, answers: Sender<Msg>) -> Self {
        let (requests, inbox): (Sender<Request>, Receiver<Request>) = channel();
        let thread = std::thread::spawn(move || {
            for request in inbox {
                if answers.send(Msg::Done(librarian.perform(&request))).is_err() {
                    break;
                }
            }
        });
        Self { requests: Some(requests), thread: Some(thread) }
    }

    /// Hands over a request; false if the thread is gone.
    #[must_use]
    pub(super) fn send(&self, request: Request) -> bool {
        self.requests.as_ref().is_some_and(|requests| requests.send(request).is_ok())
    }
}

/// Waits until what was handed over is done.
impl Drop for Worker {
    fn drop(&mut self) {
        self.requests.take();
        if let Some(thread) = self.thread.take() {
            // A panic of the thread has been reported by the hook already.
            let _ = thread.join();
        }
    }
}
