//! The interface of a screen to the root.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::command::{Command, Invocation, Scope};
use crate::domain::{Activity, Idea};
use crate::tui::jobs::{JobKind, JobRequest};
use crate::tui::theme::Styles;
use crate::tui::world::World;

use super::Action;

/// A screen: its own state beside the world that all screens read. It proposes
/// actions; the root carries them out.
pub(crate) trait Screen {
    /// The scopes whose keys are in force, the nearest first.
    fn scopes(&self) -> &'static [Scope];

    /// What it is for, in a few words.
    fn purpose(&self) -> &'static str;

    /// The scopes that the list of keys shows for this screen, whatever is open on it now.
    /// A command of a scope runs on the first screen that names it.
    fn help_scopes(&self) -> &'static [Scope];

    /// What is seen here, sign by sign and column by column, for help: what it
    /// looks like, and what it means; numbers of the settings by their names, as `{leak}`.
    fn legend(&self) -> &'static [(&'static str, &'static str)];

    /// The keys of the last line with their words, where they are not simply
    /// those of the scopes in the order of the table.
    fn footer(&self) -> KeyWords {
        &[]
    }

    /// Whether a command can run now: one of this screen, or one that opens, edits, logs or finds.
    fn available(&self, command: Command, world: &World) -> Result<(), Unavailable>;

    /// Moves what moves here by so many lines: the cursor, or what is read.
    fn step(&mut self, lines: isize, world: &World);

    /// Runs a command that is available and no motion.
    fn run(&mut self, invocation: Invocation, world: &World) -> Option<Action>;

    fn draw(&self, world: &World, styles: &Styles, area: Rect, buf: &mut Buffer);

    /// The idea under the cursor.
    fn idea<'w>(&self, world: &'w World) -> Option<&'w Idea>;

    /// What is done here, if that is choosing between ideas.
    fn activity(&self) -> Option<Activity> {
        None
    }

    /// How much waits here that needs the user, for its tab; soft reminders do not count.
    fn waiting(&self, _world: &World) -> usize {
        0
    }

    /// Puts the cursor on an idea that was under it on another screen, if it is listed here.
    fn select(&mut self, _id: &str, _world: &World) {}

    /// Closes what is open, or ends a search; false if there was nothing.
    fn back(&mut self, _world: &World) -> bool {
        false
    }

    /// The search in force, empty where all is shown; `None` where nothing can be searched.
    fn query(&self) -> Option<&str> {
        None
    }

    /// Shows only what a search finds; an empty one shows all.
    fn filter(&mut self, _query: &str, _world: &World) {}

    /// Takes in that the ideas or the settings have changed.
    fn refresh(&mut self, _world: &World) {}

    /// Takes in that a job has a new result.
    fn take_result(&mut self, _job: JobKind, _world: &World) {}

    /// The jobs whose results the screen reads, as far as it can say. Those
    /// that are done or under way are not begun again.
    fn wanted_jobs(&self, _world: &World) -> Vec<JobRequest> {
        Vec::new()
    }

    /// Takes in the world after each message while the screen is shown.
    fn show(&mut self, _world: &World) {}

    /// How far what is read has been scrolled, if something is.
    fn scrolled(&self) -> Option<usize> {
        None
    }

    /// Answers the mouse in the area where the screen is drawn.
    fn mouse(&mut self, _mouse: Mouse, _area: Rect, _world: &World) -> Option<Action> {
        None
    }
}

/// Commands with one word for all of them, as the last line shows their keys.
pub(crate) type KeyWords = &'static [(&'static [Command], &'static str)];

/// Why a command cannot run here, in words for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unavailable(pub &'static str);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mouse {
    pub action: MouseAction,
    /// The cell that it points at.
    pub at: Position,
}

impl Mouse {
    /// Whether it is a click, the first or the second.
    pub(crate) const fn is_click(self) -> bool {
        matches!(self.action, MouseAction::Click | MouseAction::SecondClick)
    }

    /// Whether it is a second click in one place: about what the first one
    /// selected, even if that has moved.
    pub(crate) const fn is_second_click(self) -> bool {
        matches!(self.action, MouseAction::SecondClick)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MouseAction {
    /// The left button went down.
    Click,
    /// It went down again in the same cell, with nothing else in between.
    SecondClick,
    /// The mouse was moved with the left button held.
    Drag,
    /// The left button was let go.
    Release,
    /// The wheel was turned away from the hand.
    WheelUp,
    /// The wheel was turned towards the hand.
    WheelDown,
}
