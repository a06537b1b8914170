//! The workbench without a terminal: keys in, screens out.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Color;

use crate::command::KeyPress;

use super::ask::{Prompt, Then};
use super::effects::{Librarian, name_of};
use super::message::{Effect, Files, Msg, Request};
use super::model::Model;
use super::recall::{Memory, Recall};
use super::theme::Styles;
use super::update::update;
use super::view::view;
use super::{Options, Screen};

/// A workbench on an in-memory terminal. What it is asked to save waits until
/// [`Session::settle`].
#[derive(Debug)]
pub struct Session {
    model: Model,
    librarian: Librarian,
    styles: Styles,
    color: bool,
    size: Size,
    requests: Vec<Request>,
    memory: Memory,
    recalls: Vec<Recall>,
    over: bool,
}

impl Session {
    /// Opens the workspace.
    ///
    /// # Errors
    /// It cannot be read at all.
    pub fn open(options: Options, size: (u16, u16)) -> anyhow::Result<Self> {
        let color = options.color;
        let (mut model, librarian) = open(options)?;
        let size = Size::new(size.0, size.1);
        model.resize(size);
        Ok(Self {
            model,
            librarian,
            styles: Styles::default(),
            color,
            size,
            requests: Vec::new(),
            memory: Memory::default(),
            recalls: Vec::new(),
            over: false,
        })
    }

    /// Presses a key, without waiting for what it sets off.
    pub fn press(&mut self, press: KeyPress) {
        if !self.over {
            self.take(Msg::Key(press));
        }
    }

    /// Does everything that was set off, and what follows from it.
    pub fn settle(&mut self) {
        while !self.requests.is_empty() {
            let request = self.requests.remove(0);
            let outcome = self.librarian.perform(&request);
            self.take(Msg::Done(outcome));
        }
        while let Some(recall) = self.recalls.pop() {
            self.recalls.clear();
            let recalled = self.memory.recall(&recall);
            self.take(Msg::Recalled(recalled));
        }
    }

    /// What a terminal would show now.
    #[must_use]
    pub fn screen(&self) -> Screen {
        let mut buffer = Buffer::empty(Rect::from((Position::ORIGIN, self.size)));
        let cursor = draw(&self.model, &self.styles, self.color, &mut buffer);
        Screen::new(buffer, cursor)
    }

    fn take(&mut self, msg: Msg) {
        for effect in update(&mut self.model, msg) {
            match effect {
                Effect::Store(request) => self.requests.push(request),
                Effect::Recall(recall) => self.recalls.push(recall),
                Effect::Quit => self.over = true,
                // Neither means anything without a terminal.
                Effect::Suspend | Effect::Redraw => {}
            }
        }
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
    let rule = options.settings.score;
    let mut model = Model::new(name, files.portfolio, files.problems, rule, options.as_of);
    model.triage.set_lenses(options.settings.lenses);
    model.prompt = welcome;
    Ok((model, librarian))
}

fn welcome(options: &Options) -> Prompt {
    let lines = vec![
        format!("an empty workspace in {}", options.paths.workspace.display()),
        "the demo: 27 ideas of a small research group, on a copy that is thrown away".to_owned(),
    ];
    Prompt::list("Welcome. Nothing is here yet; start with", lines, 0, Then::Welcome)
}

/// Draws the model; without colours where they are not wanted. They are taken
/// out of what was drawn, so that bold and the like stay.
pub(super) fn draw(
    model: &Model,
    styles: &Styles,
    color: bool,
    buffer: &mut Buffer,
) -> Option<Position> {
    let cursor = view(model, styles, buffer.area, buffer);
    if !color {
        for cell in &mut buffer.content {
            cell.fg = Color::Reset;
            cell.bg = Color::Reset;
            cell.underline_color = Color::Reset;
        }
    }
    cursor
}
