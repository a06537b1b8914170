//! The workbench: event → keymap → command → message → update → view.

mod action;
mod app;
mod ascii;
mod dialogs;

mod headless;
mod import;
mod jobs;
mod overlays;
mod palette;
mod runtime;

mod screens;
mod screenshot;
pub mod terminal;
mod theme;
mod view;
pub mod widgets;
mod world;

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::command::parse_keys;
use crate::config::{Paths, Settings};
use crate::domain::{Date, Edit};

use app::message::Msg;
use app::model::Model;
use app::update::{start, update};
use runtime::{Runtime, TerminalOps};
use terminal::{Keyboard, Signals, Terminal};
use theme::Depth;

pub use headless::{HeadlessApp, WorkerReply};
pub use screenshot::Screen;

/// What the workbench needs to know to start.
#[derive(Clone, Debug)]
pub struct Options {
    /// The workspace; `None` shows the welcome.
    pub workspace: Option<PathBuf>,
    /// Where prospect keeps its own files.
    pub paths: Paths,
    /// The settings below those of the workspace, which are read with it.
    pub settings: Settings,
    /// The day that counts as today.
    pub as_of: Date,
    /// Whether it stays that day; else the day of the clock begins with the next reload.
    pub day_stays: bool,
    /// Whether colours may be used.
    pub color: bool,
    /// Whether this is the demo.
    pub demo: bool,
}

/// How a session of the workbench ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ended {
    /// The number of the signal that ended it; `None` if the user quit.
    pub signal: Option<u8>,
    /// The edits that could not be saved before, in words.
    pub unsaved: Vec<String>,
}

/// Runs until the user quits or the system ends it.
///
/// # Errors
/// The terminal or the workspace cannot be used.
pub fn run(options: Options) -> anyhow::Result<Ended> {
    let depth = if options.color { terminal::depth() } else { Depth::None };
    let opens = !options.demo;
    let Settings { watch: watches, mouse, .. } = options.settings;
    let (mut model, store_worker) = headless::open(options)?;
    let (sender, inbox) = channel();
    let signals = Signals::listen(&sender)?;
    let mut terminal = Terminal::start(mouse)?;
    let mut runtime = Runtime::threads(store_worker, &sender, watches);
    let keyboard = terminal::listen(&sender)?;
    let asked = terminal.query_background()?.then(Instant::now);
    model.world.size = terminal.size()?;
    let first = start(&mut model, opens);
    let mut live = LiveTerminal { terminal: &mut terminal, keyboard, signals, is_lost: false };
    runtime.perform(&mut model, first, &mut live);
    work(&mut model, &inbox, &mut runtime, &mut live, depth)?;
    runtime.hurry();
    let may_answer = asked.is_some_and(|asked| asked.elapsed() < REPLY_TIMEOUT);
    if may_answer && !model.ending && !model.appearance.background_known() {
        // An answer that comes now would end up in the shell.
        let deadline = Instant::now() + EXIT_GRACE;
        let left = || deadline.saturating_duration_since(Instant::now());
        while inbox.recv_timeout(left()).is_ok_and(|msg| !matches!(msg, Msg::Background(_))) {}
    }
    if !model.ending {
        return Ok(Ended::default());
    }
    // A terminal that is gone has hung up, also if the signal is still on its way.
    let signal = live.signals.end().and_then(|signal| u8::try_from(signal).ok());
    let signal = signal.unwrap_or(HANG_UP);
    let unsaved = model.save_queue.edits().map(Edit::describe).collect();
    Ok(Ended { signal: Some(signal), unsaved })
}

/// The number of the signal that says that the terminal is gone, on every system.
const HANG_UP: u8 = 1;

/// A terminal that has not answered after this long never will.
const REPLY_TIMEOUT: Duration = Duration::from_secs(1);

/// So long the end of the program waits for an answer that may still come.
const EXIT_GRACE: Duration = Duration::from_millis(150);

/// So long the program, once it has to end, waits for a lock that another process holds.
const LOCK_GRACE: Duration = Duration::from_secs(1);

/// So long messages are taken in before the next frame.
const BATCH_TIME: Duration = Duration::from_millis(50);

/// A terminal, and the threads that listen to it and to the system.
struct LiveTerminal<'a> {
    terminal: &'a mut Terminal,
    keyboard: Keyboard,
    signals: Signals,
    /// Whether the terminal cannot be used any more.
    is_lost: bool,
}

impl LiveTerminal<'_> {
    fn draw(&mut self, model: &Model, depth: Depth) {
        if !self.is_lost {
            let drawn = self.terminal.draw(|frame| {
                if let Some(cursor) = headless::draw(model, depth, frame.buffer_mut()) {
                    frame.set_cursor_position(cursor);
                }
            });
            self.note(drawn);
        }
    }

    /// Takes note of a failure of the terminal.
    fn note<T>(&mut self, result: io::Result<T>) -> Option<T> {
        if let Err(error) = &result {
            tracing::warn!(%error, "the terminal is gone");
            self.is_lost = true;
        }
        result.ok()
    }

    /// Takes note of the size, which may have changed while the program was stopped.
    fn resize(&mut self, model: &mut Model, result: io::Result<()>) {
        let size = result.and_then(|()| self.terminal.size());
        if let Some(size) = self.note(size) {
            model.world.size = size;
        }
    }
}

impl TerminalOps for LiveTerminal<'_> {
    fn suspend(&mut self, model: &mut Model) {
        let result = self.terminal.suspend();
        self.resize(model, result);
    }

    fn retake(&mut self, model: &mut Model) {
        let result = self.terminal.retake();
        self.resize(model, result);
    }

    fn suspend_for<T>(&mut self, run: impl FnOnce() -> T) -> Option<T> {
        let paused = self.terminal.pause_for_program(&mut self.keyboard, &self.signals);
        self.note(paused)?;
        let result = run();
        let back = self.terminal.resume_after_program(&mut self.keyboard, &self.signals);
        self.note(back);
        Some(result)
    }

    fn redraw(&mut self) {
        let result = self.terminal.clear();
        self.note(result);
    }

    fn copy(&mut self, text: &str) {
        let result = self.terminal.copy(text);
        self.note(result);
    }

    fn set_mouse_capture(&mut self, wanted: bool) {
        let result = self.terminal.set_mouse_capture(wanted);
        self.note(result);
    }

    fn enable_kitty_keyboard(&mut self) {
        let result = self.terminal.enable_kitty_keyboard(&mut self.keyboard);
        self.note(result);
    }
}

/// The event loop. If the terminal is lost on the way, it goes on
/// without until everything is saved.
fn work(
    model: &mut Model,
    inbox: &Receiver<Msg>,
    runtime: &mut Runtime,
    live: &mut LiveTerminal<'_>,
    depth: Depth,
) -> anyhow::Result<()> {
    let began = Instant::now();
    loop {
        live.draw(model, depth);
        let first = if live.is_lost && !model.ending {
            Msg::Terminate
        } else {
            receive(model, inbox, runtime)?
        };
        // What is waiting already is taken in before the next frame, up to a point.
        let batch = Instant::now();
        let waiting = [Msg::Tick(runtime::tick(began.elapsed())), first];
        for msg in waiting.into_iter().chain(inbox.try_iter()) {
            // The end does not wait behind everything that was typed before it.
            let is_overdue = !model.ending && live.signals.is_end_overdue();
            for msg in is_overdue.then_some(Msg::Terminate).into_iter().chain([msg]) {
                let effects = update(model, msg);
                if !runtime.perform(model, effects, live) {
                    return Ok(());
                }
            }
            if batch.elapsed() > BATCH_TIME {
                break;
            }
        }
    }
}

/// Waits for the next message. If the program has to end, locks are not waited for much longer.
fn receive(
    model: &Model,
    inbox: &Receiver<Msg>,
    runtime: &Runtime,
) -> Result<Msg, std::sync::mpsc::RecvError> {
    if model.ending {
        if let Ok(msg) = inbox.recv_timeout(LOCK_GRACE) {
            return Ok(msg);
        }
        runtime.hurry();
    }
    inbox.recv()
}

/// Presses keys (`jj7<enter>`) on an in-memory terminal, waiting before each for
/// everything that it depends on, and gives the last screen. What is written is
/// written for good. No editor is started: there is no person to use it.
///
/// # Errors
/// A key is unknown, or the workspace cannot be used.
pub fn replay(options: Options, keys: &str, size: (u16, u16)) -> anyhow::Result<Screen> {
    let keys = parse_keys(keys)?;
    let mut app = HeadlessApp::open(options, size)?;
    app.refuse_editors();
    for key in keys {
        app.run_until_ready(key);
        app.press(key);
    }
    app.run_until_idle();
    Ok(app.screen())
}
