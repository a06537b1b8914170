//! What the workbench does outside its model: the one place in it that touches
//! the store and starts threads.

mod answer;
mod editor;
mod examiner;
mod librarian;
mod lookout;
mod taster;
mod watch;
mod worker;

use std::collections::VecDeque;
use std::io;
use std::path::PathBuf;
use std::sync::mpsc::Sender;

use super::critic::Critic;
use super::message::{Effect, Msg, Outcome};
use super::model::Model;
use super::recall::Memory;
use super::update::update;

use examiner::Examiner;
use taster::Taster;
use worker::Worker;

use librarian::Errand;

pub(super) use librarian::{Librarian, name_of};
pub(super) use worker::Craft;

/// Those who work beside the screen, and what they need.
#[derive(Debug)]
pub(super) struct Desk {
    librarian: Worker<Librarian>,
    critic: Worker<Critic>,
    examiner: Worker<Examiner>,
    memory: Worker<Memory>,
    taster: Worker<Taster>,
    /// Where prospect keeps its own files.
    state: PathBuf,
}

/// What is done with the terminal; without one, nothing.
pub(super) trait Stage {
    /// Hands the terminal to the shell until that calls again.
    ///
    /// # Errors
    /// The terminal is gone.
    fn suspend(&mut self, _model: &mut Model) -> io::Result<()> {
        Ok(())
    }

    /// Hands the terminal over while somebody else needs it.
    ///
    /// # Errors
    /// The terminal is gone.
    fn lend<T>(&mut self, run: impl FnOnce() -> T) -> io::Result<T> {
        Ok(run())
    }

    /// Draws everything afresh with the next frame.
    ///
    /// # Errors
    /// The terminal is gone.
    fn redraw(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// Hands a text to the clipboard.
    ///
    /// # Errors
    /// The terminal is gone.
    fn copy(&mut self, _text: &str) -> io::Result<()> {
        Ok(())
    }

    /// Listens to the mouse, or leaves it to the terminal.
    ///
    /// # Errors
    /// The terminal is gone.
    fn take_mouse(&mut self, _wanted: bool) -> io::Result<()> {
        Ok(())
    }

    /// Asks a terminal that answers to tell keys apart better, if it can.
    ///
    /// # Errors
    /// The terminal is gone.
    fn refine_keys(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Desk {
    /// Everybody on a thread of their own; answers come as messages. If the
    /// librarian is to watch, it tells of everything that others do to the
    /// files.
    #[must_use]
    pub(super) fn threads(mut librarian: Librarian, answers: &Sender<Msg>, watches: bool) -> Self {
        let state = librarian.state().to_owned();
        librarian.watch(watches, answers.clone());
        Self {
            librarian: Worker::start_careful(librarian, answers.clone()),
            critic: Worker::start(Critic::default(), answers.clone()),
            examiner: Worker::start(Examiner, answers.clone()),
            memory: Worker::start(Memory::default(), answers.clone()),
            taster: Worker::start(Taster, answers.clone()),
            state,
        }
    }

    /// Everybody here; see [`Desk::next`].
    #[must_use]
    pub(super) fn here(librarian: Librarian) -> Self {
        Self {
            state: librarian.state().to_owned(),
            librarian: Worker::here(librarian),
            critic: Worker::here(Critic::default()),
            examiner: Worker::here(Examiner),
            memory: Worker::here(Memory::default()),
            taster: Worker::here(Taster),
        }
    }

    /// Works here on what waits, and gives the first answer; `None` when
    /// everything is done.
    pub(super) fn next(&mut self) -> Option<Msg> {
        self.librarian
            .next()
            .or_else(|| self.critic.next())
            .or_else(|| self.examiner.next())
            .or_else(|| self.memory.next())
            .or_else(|| self.taster.next())
    }

    /// Does what the model asks for, and what follows from that at once. False
    /// when the program is to end.
    ///
    /// # Errors
    /// The terminal is gone.
    pub(super) fn perform(
        &mut self,
        model: &mut Model,
        effects: Vec<Effect>,
        stage: &mut impl Stage,
    ) -> io::Result<bool> {
        let mut effects = VecDeque::from(effects);
        while let Some(effect) = effects.pop_front() {
            match effect {
                Effect::Store(request) => {
                    let rule = model.backlog.rule().clone();
                    if !self.librarian.give(Errand { request, rule }) {
                        let gone = "the thread that saves has stopped".to_owned();
                        effects.extend(update(model, Msg::Done(Outcome::Failed(gone))));
                    }
                }
                // Without these four there is nothing to say about the ideas,
                // and all else works.
                Effect::Judge(inquiry) => drop(self.critic.give(inquiry)),
                Effect::Examine(job) => drop(self.examiner.give(job)),
                Effect::Recall(recall) => drop(self.memory.give(recall)),
                Effect::Taste(job) => drop(self.taster.give(job)),
                Effect::Sign { instead_of, answer, as_of, by } => {
                    let edit = answer::sign(instead_of, answer, as_of, &by);
                    effects.extend(update(model, Msg::Signed(edit)));
                }
                Effect::Editor(draft) => {
                    let editor = editor::of(model.editor.as_deref());
                    let text = stage.lend(|| editor::edit(&draft, &editor, &self.state))?;
                    effects.extend(update(model, Msg::Edited { draft, text }));
                }
                Effect::Suspend => stage.suspend(model)?,
                // Letting go of thousands of ideas takes longer than a frame.
                Effect::Discard(ideas) => drop(std::thread::spawn(move || drop(ideas))),
                Effect::Redraw => stage.redraw()?,
                Effect::Copy(text) => stage.copy(&text)?,
                Effect::Mouse(wanted) => stage.take_mouse(wanted)?,
                Effect::RefineKeys => stage.refine_keys()?,
                Effect::Quit => return Ok(false),
            }
        }
        Ok(true)
    }
}
