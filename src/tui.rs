//! The workbench: event → keymap → command → message → update → view.

mod answers;
mod ask;
mod backlog;
mod complete;
mod critic;
mod effects;
pub mod finder;
mod glyphs;
mod in_force;
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
pub mod terminal;
mod theme;
mod update;
mod view;
pub mod widgets;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::time::Instant;

use crate::command::parse_keys;
use crate::config::{Paths, Settings};
use crate::domain::Date;

use critic::Inquiry;
use effects::{Examiner, Recaller, Worker};
use message::{Effect, Msg, Outcome, Request};
use model::Model;
use terminal::{Keyboard, Terminal};
use update::{start, update};

pub use picture::Screen;
pub use session::Session;

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
    let (color, opens) = (options.color, !options.demo);
    let Settings { watch: watches, mouse, .. } = options.settings;
    let (mut model, librarian) = session::open(options)?;
    let (sender, inbox) = channel();
    let mut terminal = Terminal::start(mouse)?;
    let state = librarian.state().to_owned();
    let desk = Desk {
        librarian: Worker::librarian(librarian, sender.clone(), watches),
        critic: Worker::critic(sender.clone()),
        examiner: Examiner::start(sender.clone()),
        recaller: Recaller::start(sender.clone()),
        state,
        color,
    };
    let mut keyboard = terminal::listen(&sender)?;
    model.resize(terminal.size()?);
    let first = start(&mut model, opens);
    work(&mut model, first, &inbox, &desk, &mut terminal, &mut keyboard)
}

/// What the event loop works with besides the terminal: those who work while
/// the screen is drawn.
struct Desk {
    librarian: Worker<Request>,
    critic: Worker<Inquiry>,
    examiner: Examiner,
    recaller: Recaller,
    /// Where prospect keeps its own files.
    state: PathBuf,
    color: bool,
}

/// The event loop. If the terminal is lost on the way, it goes on without until
/// everything is saved.
fn work(
    model: &mut Model,
    first: Vec<Effect>,
    inbox: &Receiver<Msg>,
    desk: &Desk,
    terminal: &mut Terminal,
    keyboard: &mut Keyboard,
) -> anyhow::Result<()> {
    let mut lost = None;
    for effect in first {
        if let Effect::Judge(inquiry) = effect {
            let _ = desk.critic.send(inquiry);
        }
    }
    let began = Instant::now();
    loop {
        if lost.is_none() {
            let drawn = terminal.draw(|frame| {
                let cursor = session::draw(model, desk.color, frame.buffer_mut());
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
            let mut effects = VecDeque::from(update(model, msg));
            while let Some(effect) = effects.pop_front() {
                match effect {
                    Effect::Store(request) => {
                        if !desk.librarian.send(request) {
                            let gone = "the thread that saves has stopped".to_owned();
                            update(model, Msg::Done(Outcome::Failed(gone)));
                        }
                    }
                    Effect::Judge(inquiry) => {
                        // Without a critic there is no review, and all else works.
                        let _ = desk.critic.send(inquiry);
                    }
                    Effect::Suspend => {
                        terminal.suspend()?;
                        model.resize(terminal.size()?);
                    }
                    Effect::Editor(draft) => {
                        let editor = effects::editor_of(model.editor.as_deref());
                        let edit = || effects::edit(&draft, &editor, &desk.state);
                        let text = terminal.lend(keyboard, edit)?;
                        effects.extend(update(model, Msg::Edited { draft, text }));
                    }
                    Effect::Sign { instead_of, answer, as_of, by } => {
                        let edit = effects::sign(instead_of, answer, as_of, &by);
                        effects.extend(update(model, Msg::Signed(edit)));
                    }
                    Effect::Examine(job) => desk.examiner.send(job),
                    Effect::Recall(recall) => desk.recaller.ask(recall),
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
    session.settle();
    for key in keys {
        session.press(key);
        session.settle();
    }
    Ok(session.screen())
}
