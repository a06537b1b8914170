//! The workbench: event → keymap → command → message → update → view.

mod answers;
mod ask;
mod backlog;
mod clipboard;
mod complete;
mod critic;
mod effects;
mod glyphs;
mod in_force;
mod look;
mod message;
mod model;
mod mouse;
mod outbox;
mod outside;
mod pages;
mod palette;
mod picture;
mod recall;
mod screens;
mod session;
mod stopwatch;
mod survey;
pub mod terminal;
mod theme;
mod update;
mod view;
pub mod widgets;

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::command::parse_keys;
use crate::config::{Paths, Settings};
use crate::domain::Date;

use effects::{Desk, Stage};
use message::Msg;
use model::Model;
use terminal::{Keyboard, Terminal};
use theme::Depth;
use update::{start, update};

pub use picture::Screen;
pub use session::{News, Session};

/// What the workbench needs to know to start.
#[derive(Clone, Debug)]
pub struct Options {
    /// The workspace; `None` welcomes somebody new.
    pub workspace: Option<PathBuf>,
    /// Where prospect keeps its own files.
    pub paths: Paths,
    /// The settings below those of the workspace, which are read with it.
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
    let depth = if options.color { terminal::depth() } else { Depth::None };
    let opens = !options.demo;
    let Settings { watch: watches, mouse, .. } = options.settings;
    let (mut model, librarian) = session::open(options)?;
    let (sender, inbox) = channel();
    let mut terminal = Terminal::start(mouse)?;
    let mut desk = Desk::threads(librarian, &sender, watches);
    let keyboard = terminal::listen(&sender)?;
    let asked = terminal.ask_for_ground()?.then(Instant::now);
    model.resize(terminal.size()?);
    let first = start(&mut model, opens);
    let mut stage = Hall { terminal: &mut terminal, keyboard };
    desk.perform(&mut model, first, &mut stage)?;
    work(&mut model, &inbox, &mut desk, &mut stage, depth)?;
    let may_answer = asked.is_some_and(|asked| asked.elapsed() < TIME_TO_ANSWER);
    if may_answer && !model.look.knows_ground() {
        // An answer that comes now would end up in the shell.
        let deadline = Instant::now() + PATIENCE;
        let left = || deadline.saturating_duration_since(Instant::now());
        while inbox.recv_timeout(left()).is_ok_and(|msg| !matches!(msg, Msg::Ground(_))) {}
    }
    Ok(())
}

/// A terminal that has not answered after this long never will.
const TIME_TO_ANSWER: Duration = Duration::from_secs(1);

/// So long the end of the program waits for an answer that may still come.
const PATIENCE: Duration = Duration::from_millis(150);

/// A terminal, and the thread that reads from it.
struct Hall<'a> {
    terminal: &'a mut Terminal,
    keyboard: Keyboard,
}

impl Stage for Hall<'_> {
    fn suspend(&mut self, model: &mut Model) -> io::Result<()> {
        self.terminal.suspend()?;
        model.resize(self.terminal.size()?);
        Ok(())
    }

    fn lend<T>(&mut self, run: impl FnOnce() -> T) -> io::Result<T> {
        self.terminal.lend(&mut self.keyboard, run)
    }

    fn redraw(&mut self) -> io::Result<()> {
        self.terminal.clear()
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        self.terminal.copy(text)
    }

    fn take_mouse(&mut self, wanted: bool) -> io::Result<()> {
        self.terminal.take_mouse(wanted)
    }

    fn refine_keys(&mut self) -> io::Result<()> {
        self.terminal.refine_keys(&mut self.keyboard)
    }
}

/// The event loop. If the terminal is lost on the way, it goes on without until
/// everything is saved.
fn work(
    model: &mut Model,
    inbox: &Receiver<Msg>,
    desk: &mut Desk,
    stage: &mut Hall<'_>,
    depth: Depth,
) -> anyhow::Result<()> {
    let mut lost = None;
    let began = Instant::now();
    loop {
        if lost.is_none() {
            let drawn = stage.terminal.draw(|frame| {
                if let Some(cursor) = session::draw(model, depth, frame.buffer_mut()) {
                    frame.set_cursor_position(cursor);
                }
            });
            lost = drawn.err();
            model.leaving |= lost.is_some();
        }
        // What is waiting already is taken in before the next frame.
        let first = inbox.recv()?;
        let waiting = [Msg::Elapsed(began.elapsed()), first];
        for msg in waiting.into_iter().chain(inbox.try_iter()) {
            let effects = update(model, msg);
            if !desk.perform(model, effects, stage)? {
                return lost.map_or(Ok(()), |error| Err(error.into()));
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
    session.settle();
    for key in keys {
        session.press(key);
        session.settle();
    }
    Ok(session.screen())
}
