//! The workbench: event → keymap → command → message → update → view.

mod app;
mod ascii;
mod clipboard;
mod complete;
mod dialogs;

mod headless;
mod mouse;
mod overlays;
mod palette;
mod pulls;
mod review_worker;
mod runtime;

mod screens;
mod screenshot;
mod sensitivity;
mod similarity_worker;
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
use crate::domain::Date;

use app::message::Msg;
use app::model::Model;
use app::update::{start, update};
use runtime::{Runtime, TerminalOps};
use terminal::{Keyboard, Terminal};
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
    let (mut model, store_worker) = headless::open(options)?;
    let (sender, inbox) = channel();
    let mut terminal = Terminal::start(mouse)?;
    let mut runtime = Runtime::threads(store_worker, &sender, watches);
    let keyboard = terminal::listen(&sender)?;
    let asked = terminal.query_background()?.then(Instant::now);
    model.world.size = terminal.size()?;
    let first = start(&mut model, opens);
    let mut live = LiveTerminal { terminal: &mut terminal, keyboard };
    runtime.perform(&mut model, first, &mut live)?;
    work(&mut model, &inbox, &mut runtime, &mut live, depth)?;
    let may_answer = asked.is_some_and(|asked| asked.elapsed() < REPLY_TIMEOUT);
    if may_answer && !model.appearance.background_known() {
        // An answer that comes now would end up in the shell.
        let deadline = Instant::now() + EXIT_GRACE;
        let left = || deadline.saturating_duration_since(Instant::now());
        while inbox.recv_timeout(left()).is_ok_and(|msg| !matches!(msg, Msg::Background(_))) {}
    }
    Ok(())
}

/// A terminal that has not answered after this long never will.
const REPLY_TIMEOUT: Duration = Duration::from_secs(1);

/// So long the end of the program waits for an answer that may still come.
const EXIT_GRACE: Duration = Duration::from_millis(150);

/// A terminal, and the thread that reads from it.
struct LiveTerminal<'a> {
    terminal: &'a mut Terminal,
    keyboard: Keyboard,
}

impl TerminalOps for LiveTerminal<'_> {
    fn suspend(&mut self, model: &mut Model) -> io::Result<()> {
        self.terminal.suspend()?;
        model.world.size = self.terminal.size()?;
        Ok(())
    }

    fn suspend_for<T>(&mut self, run: impl FnOnce() -> T) -> io::Result<T> {
        self.terminal.suspend_for(&mut self.keyboard, run)
    }

    fn redraw(&mut self) -> io::Result<()> {
        self.terminal.clear()
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        self.terminal.copy(text)
    }

    fn set_mouse_capture(&mut self, wanted: bool) -> io::Result<()> {
        self.terminal.set_mouse_capture(wanted)
    }

    fn enable_kitty_keyboard(&mut self) -> io::Result<()> {
        self.terminal.enable_kitty_keyboard(&mut self.keyboard)
    }
}

/// The event loop. If the terminal is lost on the way, it goes on without until
/// everything is saved.
fn work(
    model: &mut Model,
    inbox: &Receiver<Msg>,
    runtime: &mut Runtime,
    live: &mut LiveTerminal<'_>,
    depth: Depth,
) -> anyhow::Result<()> {
    let mut lost = None;
    let began = Instant::now();
    loop {
        if lost.is_none() {
            let drawn = live.terminal.draw(|frame| {
                if let Some(cursor) = headless::draw(model, depth, frame.buffer_mut()) {
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
            if !runtime.perform(model, effects, live)? {
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
    let mut app = HeadlessApp::open(options, size)?;
    app.run_until_idle();
    for key in keys {
        app.press(key);
        app.run_until_idle();
    }
    Ok(app.screen())
}
