//! The workbench without a terminal: keys in, screens out.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Color;

use crate::command::KeyPress;

use super::ask::{Prompt, Then};
use super::effects::{Desk, Librarian, Stage, name_of};
use super::in_force::InForce;
use super::message::{Effect, Files, Msg};
use super::model::Model;
use super::theme::Depth;
use super::update::{start, update};
use super::view::view;
use super::{Options, Screen, glyphs};

/// A workbench on an in-memory terminal. What it is asked to save waits until
/// [`Session::settle`].
#[derive(Debug)]
pub struct Session {
    model: Model,
    desk: Desk,
    depth: Depth,
    size: Size,
    over: bool,
}

/// Word from somebody who works beside the screen.
#[derive(Debug)]
pub struct News(Msg);

/// Nothing that a terminal could do.
struct NoStage;

impl Stage for NoStage {}

impl Session {
    /// Opens the workspace.
    ///
    /// # Errors
    /// It cannot be read at all.
    pub fn open(options: Options, size: (u16, u16)) -> anyhow::Result<Self> {
        Self::start(options, size, false)
    }

    /// The same, with all that is only done in case it is wanted, as where
    /// threads have the time for it.
    ///
    /// # Errors
    /// It cannot be read at all.
    pub fn thorough(options: Options, size: (u16, u16)) -> anyhow::Result<Self> {
        Self::start(options, size, true)
    }

    fn start(options: Options, size: (u16, u16), is_thorough: bool) -> anyhow::Result<Self> {
        let depth = if options.color { Depth::True } else { Depth::None };
        let opens = !options.demo;
        let (mut model, librarian) = open(options)?;
        let size = Size::new(size.0, size.1);
        model.resize(size);
        let first = start(&mut model, opens);
        let desk = Desk::here(librarian, is_thorough);
        let mut session = Self { model, desk, depth, size, over: false };
        session.perform(first);
        Ok(session)
    }

    /// Presses a key, without waiting for what it sets off.
    pub fn press(&mut self, press: KeyPress) {
        if !self.over {
            self.take(Msg::Key(press));
        }
    }

    /// Does everything that was set off, and what follows from it.
    pub fn settle(&mut self) {
        while let Some(news) = self.wait() {
            self.hear(news);
        }
    }

    /// Waits until somebody who works beside the screen has something to say;
    /// `None` when everything is done.
    pub fn wait(&mut self) -> Option<News> {
        self.desk.next().map(News)
    }

    /// Takes in what was said.
    pub fn hear(&mut self, news: News) {
        self.take(news.0);
    }

    /// What a terminal would show now.
    #[must_use]
    pub fn screen(&self) -> Screen {
        let mut buffer = Buffer::empty(Rect::from((Position::ORIGIN, self.size)));
        let cursor = draw(&self.model, self.depth, &mut buffer);
        let screen = Screen::new(buffer, cursor);
        if self.model.look.is_light() { screen.on_light() } else { screen }
    }

    fn take(&mut self, msg: Msg) {
        let effects = update(&mut self.model, msg);
        self.perform(effects);
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        // Nothing can go wrong with a terminal that is not there.
        let goes_on = self.desk.perform(&mut self.model, effects, &mut NoStage).unwrap_or(false);
        self.over |= !goes_on;
    }
}

/// Opens what the options name: a workspace, or the welcome.
pub(super) fn open(options: Options) -> anyhow::Result<(Model, Librarian)> {
    let welcome = options.workspace.is_none().then(|| welcome(&options));
    let mut librarian = Librarian::new(options.paths);
    let (name, files) = match &options.workspace {
        Some(path) => {
            let name = if options.demo { "demo".to_owned() } else { name_of(path) };
            (name, librarian.open(path)?)
        }
        None => ("welcome".to_owned(), Files::default()),
    };
    let in_force = InForce::new(options.settings, files.portfolio.settings());
    let rule = in_force.settings().score.clone();
    let mut model = Model::new(name, files.portfolio, files.problems, rule, options.as_of);
    model.prompt = welcome;
    model.stopwatch.go_on_from(librarian.spells());
    if let Some(round) = librarian.triage_round() {
        model.triage.resume(round, &model.backlog);
    }
    model.duel.resume(librarian.duel_pool());
    model.in_force = in_force;
    model.demo = options.demo;
    model.adopt_settings();
    model.adopt_looks();
    model.say_wrong_settings();
    Ok((model, librarian))
}

fn welcome(options: &Options) -> Prompt {
    let lines = vec![
        format!("an empty workspace in {}", options.paths.workspace.display()),
        "the demo: 27 ideas of a small research group, in a copy to throw away".to_owned(),
        "a list that you have: a table, JSON, Markdown, notes, another workspace".to_owned(),
    ];
    Prompt::list("Welcome. Nothing is here yet; start with", lines, 0, Then::Welcome)
}

/// Draws the model; without colours where they are not wanted. They are taken
/// out of what was drawn, so that bold and the like stay.
pub(super) fn draw(model: &Model, depth: Depth, buffer: &mut Buffer) -> Option<Position> {
    let cursor = view(model, &model.look.styles(depth), buffer.area, buffer);
    if model.look.ascii {
        glyphs::to_ascii(buffer);
    }
    if depth == Depth::None {
        for cell in &mut buffer.content {
            cell.fg = Color::Reset;
            cell.bg = Color::Reset;
            cell.underline_color = Color::Reset;
        }
    }
    cursor
}
