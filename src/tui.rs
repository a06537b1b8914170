//! The workbench: event → keymap → command → message → update → view.

mod answers;
mod ask;
mod backlog;
mod effects;
pub mod finder;
mod message;
mod model;
mod outbox;
mod pages;
mod picture;
mod recall;
mod screens;
mod session;
mod terminal;
mod theme;
mod update;
mod view;
pub mod widgets;

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::time::Instant;

use crate::command::parse_keys;
use crate::config::{Paths, Settings};
use crate::domain::Date;

use effects::{Recaller, Worker};
use message::{Effect, Msg, Outcome};
use model::Model;
use terminal::Terminal;
use theme::Styles;
use update::update;

pub use picture::Screen;
pub use session::Session;

/// What the workbench needs to know to start.
#[derive(Clone, Debug)]
pub struct Options {
    /// The workspace; `None` welcomes somebody new.
    pub workspace: Option<PathBuf>,
    /// Where prospect keeps its own files.
    pub paths: Paths,
    /// The settings in force.
    pub settings: Settings,
    /// The day that counts as today.
    pub as_of: Date,
    /// Whether colours may be used.
    pub color: bool,
    /// Whether this is the demo.
    pub demo: bool,
}

/// Runs until the user quits.
///
/// # Errors
/// The terminal or the workspace cannot be used.
pub fn run(options: Options) -> anyhow::Result<()> {
    let color = options.color;
    let (mut model, librarian) = session::open(options)?;
    let (sender, inbox) = channel();
    let mut terminal = Terminal::start()?;
    model.resize(terminal.size()?);
    let worker = Worker::start(librarian, sender.clone());
    let recaller = Recaller::start(sender.clone());
    terminal::listen(&sender)?;
    work(&mut model, &inbox, (&worker, &recaller), &mut terminal, color)
}

/// The event loop. If the terminal is lost on the way, it goes on without until
/// everything is saved.
fn work(
    model: &mut Model,
    inbox: &Receiver<Msg>,
    (worker, recaller): (&Worker, &Recaller),
    terminal: &mut Terminal,
    color: bool,
) -> anyhow::Result<()> {
    let styles = Styles::default();
    let mut lost = None;
    let began = Instant::now();
    loop {
        if lost.is_none() {
            let drawn = terminal.draw(|frame| {
                let cursor = session::draw(model, &styles, color, frame.buffer_mut());
                if let Some(cursor) = cursor {
                    frame.set_cursor_position(cursor);
                }
            });
            lost = drawn.err();
            if lost.is_some() {
                model.leaving = true;
            }
        }
        // What is waiting already is taken in before the next frame.
        let first = inbox.recv()?;
        let waiting = [Msg::Elapsed(began.elapsed()), first];
        for msg in waiting.into_iter().chain(inbox.try_iter()) {
            for effect in update(model, msg) {
                match effect {
                    Effect::Store(request) => {
                        if !worker.send(request) {
                            let gone = "the thread that saves has stopped".to_owned();
                            update(model, Msg::Done(Outcome::Failed(gone)));
                        }
                    }
                    Effect::Recall(recall) => recaller.ask(recall),
                    Effect::Suspend => terminal.suspend()?,
                    Effect::Redraw => terminal.clear()?,
                    Effect::Quit => return lost.map_or(Ok(()), |error| Err(error.into())),
                }
            }
        }
    }
}

/// Presses keys (`jj7<enter>`) on an in-memory terminal, waiting after each for
/// everything that it sets off, and gives the last screen. What is written is
/// written for good.
///
/// # Errors
/// A key is unknown, or the workspace cannot be used.
pub fn replay(options: Options, keys: &str, size: (u16, u16)) -> anyhow::Result<Screen> {
    let keys = parse_keys(keys)?;
    let mut session = Session::open(options, size)?;
    for key in keys {
        session.press(key);
        session.settle();
    }
    Ok(session.screen())
}
