//! The workbench without a terminal: keys in, screens out.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Color;

use crate::command::KeyPress;

use super::ask::{Prompt, Then};
use super::effects::{Desk, Librarian, Stage, name_of};
use super::in_force::InForce;
use super::message::{Effect, Files, Msg};
use super::model::{Model, Tone};
use super::theme::Depth;
use super::update::{start, unfinished, update};
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
    if let Some(places) = librarian.divider() {
        model.rank.set_divider(places);
    }
    model.drafts = librarian.drafts();
    if let Some(words) = unfinished(&model) {
        model.say(Tone::Note, words);
    }
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

#[cfg(test)]
mod tests {
    use ratatui::buffer::Cell;
    use ratatui::style::Modifier;

    use super::*;
    use crate::command::parse_keys;
    use crate::config::{Paths, Settings, Theme};
    use crate::tui::theme::contrast::{contrast, linear};
    use crate::tui::theme::rgb;

    /// Every screen, with a page, a palette and a question over it.
    const SCREENS: [&str; 13] = [
        "jj",
        "zjl",
        "/cache<enter>",
        "g2",
        "g2v",
        "g3",
        "g4n",
        "g5jjj",
        "g5pj",
        "g6",
        "?",
        ":do",
        "js",
    ];

    /// The demo after some keys.
    fn pressed(keys: &str) -> Model {
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str| folder.path().join(name);
        crate::demo::unpack(&place("demo")).unwrap();
        let options = Options {
            workspace: Some(place("demo")),
            paths: Paths {
                config: place("config.toml"),
                workspace: place("new"),
                state: place("state"),
            },
            settings: Settings::default(),
            as_of: crate::demo::DAY,
            color: true,
            demo: true,
        };
        let mut session = Session::open(options, (100, 30)).unwrap();
        for key in parse_keys(keys).unwrap() {
            session.press(key);
            session.settle();
        }
        session.model
    }

    fn drawn(model: &Model, depth: Depth) -> Buffer {
        let mut buffer = Buffer::empty(Rect::from((Position::ORIGIN, model.size)));
        draw(model, depth, &mut buffer);
        buffer
    }

    #[test]
    fn every_word_on_every_screen_can_be_read() {
        for keys in SCREENS {
            let mut model = pressed(keys);
            for theme in Theme::ALL {
                let settings = Settings { theme: Some(theme), ..Settings::default() };
                model.look = model.look.renewed(&settings);
                let (ground, text) = match theme {
                    Theme::Light => ([255; 3], [0; 3]),
                    _ => ([30, 30, 46], [205, 214, 244]),
                };
                for cell in drawn(&model, Depth::Many).content {
                    let letter = cell.symbol().chars().next().unwrap_or(' ');
                    let color = |color, usual| linear(rgb(color).map_or(usual, Into::into));
                    let found = contrast(color(cell.fg, text), color(cell.bg, ground));
                    let can_be_read = !letter.is_alphanumeric() || found >= 4.5;
                    assert!(can_be_read, "{theme:?} {keys}: {letter} {found:.2}");
                }
                // What the sixteen look like is not known.
                for Cell { fg, bg, .. } in drawn(&model, Depth::Sixteen).content {
                    assert!(fg == Color::Reset || fg != bg, "{theme:?} {keys}: {fg}");
                    assert!(bg == Color::Reset || fg != Color::Reset, "{theme:?} {keys}: {bg}");
                }
            }
        }
    }

    #[test]
    fn without_colours_the_line_under_the_cursor_is_the_other_way_round() {
        for keys in SCREENS {
            let buffer = drawn(&pressed(keys), Depth::None);
            let uncoloured = |cell: &Cell| cell.fg == Color::Reset && cell.bg == Color::Reset;
            assert!(buffer.content.iter().all(uncoloured), "{keys}");
            let reversed = |cell: &Cell| cell.modifier.contains(Modifier::REVERSED);
            let has_list = !matches!(keys, "g2" | "g3" | "g6" | "?");
            assert_eq!(buffer.content.iter().any(reversed), has_list, "{keys}");
        }
    }
}
