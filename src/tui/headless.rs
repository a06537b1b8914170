//! The workbench without a terminal: keys in, screens out.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Color;

use crate::command::KeyPress;

use super::app::message::{Effect, Files, Msg};
use super::app::model::{Model, Tone};
use super::app::update::{start, unfinished, update};
use super::dialogs::{OpenDialog, UnsavedKey, program::Welcome};
use super::runtime::{Runtime, StoreWorker, TerminalOps, name_of, tick};
use super::screens::{Mouse, MouseAction};
use super::theme::Depth;
use super::view::view;
use super::world::EffectiveSettings;
use super::{Options, Screen, ascii};

/// A workbench on an in-memory terminal. What it is asked
/// to save waits until [`HeadlessApp::run_until_idle`].
#[derive(Debug)]
pub struct HeadlessApp {
    model: Model,
    runtime: Runtime,
    depth: Depth,
    size: Size,
    no_terminal: NoTerminal,
    over: bool,
}

/// Reply of a background worker.
#[derive(Debug)]
pub struct WorkerReply(Msg);

/// Nothing that a terminal could do.
#[derive(Debug)]
struct NoTerminal {
    /// Whether editors are started all the same.
    starts_editors: bool,
}

impl TerminalOps for NoTerminal {
    fn suspend_for<T>(&mut self, run: impl FnOnce() -> T) -> Option<T> {
        self.starts_editors.then(run)
    }

    fn has_person(&self) -> bool {
        self.starts_editors
    }
}

impl HeadlessApp {
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
    pub fn open_speculative(options: Options, size: (u16, u16)) -> anyhow::Result<Self> {
        Self::start(options, size, true)
    }

    fn start(options: Options, size: (u16, u16), run_speculative: bool) -> anyhow::Result<Self> {
        let depth = if options.color { Depth::True } else { Depth::None };
        let opens = !options.demo;
        let (mut model, store_worker) = open(options)?;
        let size = Size::new(size.0, size.1);
        model.world.size = size;
        let first = start(&mut model, opens);
        let runtime = Runtime::inline(store_worker, run_speculative);
        let no_terminal = NoTerminal { starts_editors: true };
        let mut app = Self { model, runtime, depth, size, no_terminal, over: false };
        app.perform(first);
        Ok(app)
    }

    /// Starts no editor from here on, because there is no person to use it.
    pub(super) fn refuse_editors(&mut self) {
        self.no_terminal.starts_editors = false;
    }

    /// Presses a key, without waiting for what it sets off.
    pub fn press(&mut self, press: KeyPress) {
        if !self.over {
            // Keys of a script take no time.
            self.take(Msg::Tick(tick(Duration::ZERO)));
            self.take(Msg::Key(press));
        }
    }

    /// Clicks on a cell, counted from 0, without waiting for what that sets off.
    pub fn click(&mut self, column: u16, row: u16) {
        if !self.over {
            let at = Position::new(column, row);
            self.take(Msg::Tick(tick(Duration::ZERO)));
            self.take(Msg::Mouse(Mouse { action: MouseAction::Click, at }));
            self.take(Msg::Mouse(Mouse { action: MouseAction::Release, at }));
        }
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, size: (u16, u16)) {
        self.size = Size::new(size.0, size.1);
        self.take(Msg::Resize(self.size));
    }

    /// Pastes a text, without waiting for what it sets off.
    pub fn paste(&mut self, text: &str) {
        if !self.over {
            self.take(Msg::Paste(text.to_owned()));
        }
    }

    /// Does everything that was set off, and what follows from it.
    pub fn run_until_idle(&mut self) {
        while let Some(reply) = self.next_reply() {
            self.apply_reply(reply);
        }
    }

    /// Does what the next key depends on: saves, and all jobs but those
    /// whose results are only drawn.
    pub fn run_until_ready(&mut self, next: KeyPress) {
        let reads_all = self.model.reads_every_result(next);
        while let Some(reply) = self.runtime.next(|job| reads_all || !job.is_only_drawn()) {
            self.take(reply);
        }
    }

    /// The next reply of a background worker; `None` when all are idle.
    pub fn next_reply(&mut self) -> Option<WorkerReply> {
        self.runtime.next(|_| true).map(WorkerReply)
    }

    /// Takes in what was said.
    pub fn apply_reply(&mut self, reply: WorkerReply) {
        self.take(reply.0);
    }

    /// What a terminal would show now.
    pub fn screen(&self) -> Screen {
        let mut buffer = Buffer::empty(Rect::from((Position::ORIGIN, self.size)));
        let cursor = draw(&self.model, self.depth, &mut buffer);
        let screen = Screen::new(buffer, cursor);
        if self.model.appearance.is_light() { screen.on_light() } else { screen }
    }

    fn take(&mut self, msg: Msg) {
        let effects = update(&mut self.model, msg);
        self.perform(effects);
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        let goes_on = self.runtime.perform(&mut self.model, effects, &mut self.no_terminal);
        self.over |= !goes_on;
    }
}

/// Opens what the options name: a workspace, or the welcome.
pub(super) fn open(options: Options) -> anyhow::Result<(Model, StoreWorker)> {
    let new = options.paths.workspace.clone();
    let mut store_worker = StoreWorker::new(options.paths);
    let (name, files) = match &options.workspace {
        Some(path) => {
            let name = if options.demo { "demo".to_owned() } else { name_of(path) };
            (name, store_worker.open(path)?)
        }
        None => ("welcome".to_owned(), Files::default()),
    };
    let effective_settings = EffectiveSettings::new(options.settings, files.portfolio.settings());
    let rule = effective_settings.current().score.clone();
    let mut model = Model::new(name, files.portfolio, files.problems, rule, options.as_of);
    model.activity_timer.resume_from(store_worker.time_spent());
    if let Some(round) = store_worker.triage_round() {
        model.screens.triage.resume(round, &model.world);
    }
    model.screens.duel.resume(store_worker.duel_pool());
    model.world.quarter_put_off = store_worker.quarter_put_off();
    model.world.settings = effective_settings;
    model.world.demo = options.demo;
    model.world.day_stays = options.day_stays;
    model.apply_settings();
    model.apply_ui_settings();
    model.world.practice = store_worker.practice(&model.world.person);
    model.screens.refresh(&model.world);
    if let Some(places) = store_worker.divider() {
        model.screens.rank.set_divider(places);
    }
    let drafts = store_worker.drafts().into_iter();
    model.unsaved_texts =
        drafts.filter_map(|(name, text)| Some((UnsavedKey::read(&name)?, text))).collect();
    if let Some(words) = unfinished(&model) {
        model.say(Tone::Note, words);
    }
    model.say_settings_problems();
    if options.workspace.is_none() {
        model.new_workspace = Some(new);
        model.dialog = Some(OpenDialog::new(Box::new(Welcome), &model.world));
    }
    Ok((model, store_worker))
}

/// Draws the model; without colours where they are not wanted. They are taken
/// out of what was drawn, so that bold and the like stay.
pub(super) fn draw(model: &Model, depth: Depth, buffer: &mut Buffer) -> Option<Position> {
    let cursor = view(model, &model.appearance.styles(depth), buffer.area, buffer);
    if model.appearance.ascii {
        ascii::to_ascii(buffer);
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
            day_stays: true,
            color: true,
            demo: true,
        };
        let mut app = HeadlessApp::open(options, (100, 30)).unwrap();
        for key in parse_keys(keys).unwrap() {
            app.press(key);
            app.run_until_idle();
        }
        app.model
    }

    fn drawn(model: &Model, depth: Depth) -> Buffer {
        let mut buffer = Buffer::empty(Rect::from((Position::ORIGIN, model.world.size)));
        draw(model, depth, &mut buffer);
        buffer
    }

    #[test]
    fn every_word_on_every_screen_can_be_read() {
        for keys in SCREENS {
            let mut model = pressed(keys);
            for theme in Theme::ALL {
                let settings = Settings { theme: Some(theme), ..Settings::default() };
                model.appearance = model.appearance.with_settings(&settings);
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
            let has_list = !matches!(keys, "g2" | "g3" | "?");
            assert_eq!(buffer.content.iter().any(reversed), has_list, "{keys}");
        }
    }
}
