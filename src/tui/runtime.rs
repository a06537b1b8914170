//! The runtime: performs the effects that the update asks for. The one place in
//! the workbench that touches the store and starts threads.

mod file_watcher;
mod import_preview;
mod store_worker;
mod worker;

use std::collections::VecDeque;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use crate::domain::Zoned;
use crate::editor::Editor;
use crate::tui::action::EditorTask;
use crate::tui::app::message::{Effect, Msg, StoreReply};
use crate::tui::app::model::Model;
use crate::tui::app::update::update;
use crate::tui::jobs::{Discarded, JobKind};
use crate::tui::world::Tick;

use store_worker::StoreRequest;
use worker::{JobScheduler, Worker};

pub(super) use store_worker::{StoreWorker, name_of};
pub(super) use worker::BackgroundJob;

/// Why no editor is opened.
const NO_PERSON: &str = "an editor needs a person at a terminal";

fn no_person<T>() -> Result<T, String> {
    Err(NO_PERSON.to_owned())
}

/// Runs effects and owns the background workers.
#[derive(Debug)]
pub(super) struct Runtime {
    store_worker: Worker<StoreWorker>,
    jobs: JobScheduler,
    /// To the thread that lets go of things.
    discards: Sender<Discarded>,
    /// Makes the store worker give a held lock up soon.
    in_a_hurry: Arc<AtomicBool>,
    /// Whether the user has been told which editor opens.
    has_announced_editor: bool,
}

/// Operations on the terminal; the defaults do nothing. That the terminal is lost
/// must not keep anything else from being done, so none of them fails.
pub(super) trait TerminalOps {
    /// Hands the terminal to the shell until that calls again.
    fn suspend(&mut self, _model: &mut Model) {}

    /// Takes the terminal over again, whatever was done to it meanwhile.
    fn retake(&mut self, _model: &mut Model) {}

    /// Leaves the terminal to another program while it runs; `None` if there is no
    /// person who could use it.
    fn suspend_for<T>(&mut self, run: impl FnOnce() -> T) -> Option<T>;

    /// Whether a person can use another program in the terminal.
    fn has_person(&self) -> bool {
        true
    }

    /// Draws everything afresh with the next frame.
    fn redraw(&mut self) {}

    /// Hands a text to the clipboard.
    fn copy(&mut self, _text: &str) {}

    /// Listens to the mouse, or leaves it to the terminal.
    fn set_mouse_capture(&mut self, _wanted: bool) {}

    /// Asks a terminal that answers to tell keys apart better, if it can.
    fn enable_kitty_keyboard(&mut self) {}
}

impl Runtime {
    /// Workers on threads of their own, which reply with messages. If
    /// `watches`, external changes to the files are reported.
    pub(super) fn threads(
        mut store_worker: StoreWorker,
        replies: &Sender<Msg>,
        watches: bool,
    ) -> Self {
        store_worker.watch(watches, replies.clone());
        Self {
            in_a_hurry: store_worker.in_a_hurry(),
            has_announced_editor: false,
            store_worker: Worker::start(store_worker, replies.clone()),
            jobs: JobScheduler::threads(replies),
            discards: discards(),
        }
    }

    /// Workers run inline; see [`Runtime::next`]. With
    /// `run_speculative`, speculative requests run too.
    pub(super) fn inline(store_worker: StoreWorker, run_speculative: bool) -> Self {
        Self {
            in_a_hurry: store_worker.in_a_hurry(),
            has_announced_editor: false,
            store_worker: Worker::inline(store_worker),
            jobs: JobScheduler::inline(run_speculative),
            discards: discards(),
        }
    }

    /// Runs waiting requests, and jobs of a kind that is due, until there is a
    /// result; `None` when all are done.
    pub(super) fn next(&mut self, is_due: impl Fn(JobKind) -> bool) -> Option<Msg> {
        self.store_worker.next().or_else(|| self.jobs.next(is_due))
    }

    /// Gives a lock that another process holds up soon, because the program has to
    /// end: what cannot be saved then is told.
    pub(super) fn hurry(&self) {
        self.in_a_hurry.store(true, Ordering::Relaxed);
    }

    /// Performs effects, and those that follow from them. False when the program is to end.
    pub(super) fn perform(
        &mut self,
        model: &mut Model,
        effects: Vec<Effect>,
        terminal_ops: &mut impl TerminalOps,
    ) -> bool {
        let mut effects = VecDeque::from(effects);
        while let Some(effect) = effects.pop_front() {
            match effect {
                Effect::Store(request) => {
                    let rule = model.world.portfolio.rule().clone();
                    if !self.store_worker.give(StoreRequest { request, rule }) {
                        let gone = "the thread that saves has stopped".to_owned();
                        effects.extend(update(model, Msg::StoreReply(StoreReply::Failed(gone))));
                    }
                }
                Effect::Job(request) => self.jobs.give(request),
                Effect::OpenEditor(task) => {
                    let reply = self.open_editor(task, model.editor.as_deref(), terminal_ops);
                    effects.extend(update(model, reply));
                }
                Effect::Suspend => terminal_ops.suspend(model),
                // Without the thread it is let go of here.
                Effect::Discard(discarded) => drop(self.discards.send(discarded)),
                Effect::Retake => terminal_ops.retake(model),
                Effect::Redraw => terminal_ops.redraw(),
                Effect::Copy(text) => terminal_ops.copy(&text),
                Effect::CaptureMouse(wanted) => terminal_ops.set_mouse_capture(wanted),
                Effect::EnableKittyKeyboard => terminal_ops.enable_kitty_keyboard(),
                Effect::Quit => return false,
            }
        }
        true
    }

    /// Opens an editor; one that the user has not chosen is announced once before.
    fn open_editor(
        &mut self,
        task: EditorTask,
        setting: Option<&str>,
        terminal_ops: &mut impl TerminalOps,
    ) -> Msg {
        let editor = Editor::choose(setting);
        let notice = editor.notice();
        if !notice.is_empty()
            && terminal_ops.has_person()
            && !std::mem::replace(&mut self.has_announced_editor, true)
        {
            return Msg::EditorUnset { notice, task };
        }
        match task {
            EditorTask::Idea(draft) => {
                let text =
                    terminal_ops.suspend_for(|| editor.edit(&draft.file, &draft.text, draft.line));
                Msg::EditorClosed { draft, text: text.unwrap_or_else(no_person) }
            }
            EditorTask::Settings(file) => {
                let result = terminal_ops.suspend_for(|| editor.open(&file, 1));
                Msg::SettingsEdited(result.unwrap_or_else(no_person))
            }
        }
    }
}

/// Nothing is let go of before none has come for this time. At once it would be while the frame
/// is drawn that takes its place: one allocates where the other frees, and both wait.
const PAUSE: Duration = Duration::from_millis(50);

/// The way to a thread that lets go of what it is sent.
fn discards() -> Sender<Discarded> {
    let (discards, inbox) = channel();
    std::thread::spawn(move || {
        while let Ok(first) = inbox.recv() {
            let mut held = vec![first];
            while let Ok(next) = inbox.recv_timeout(PAUSE) {
                held.push(next);
            }
        }
    });
    discards
}

/// This moment, so long after the program began.
pub(crate) fn tick(elapsed: Duration) -> Tick {
    Tick { elapsed, now: Zoned::now(), seed: RandomState::new().build_hasher().finish() }
}
