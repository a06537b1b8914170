//! Commands of the Review screen.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::command::{Command, Invocation, Scope};
use crate::domain::{Activity, CleanSlate, Idea, Status};
use crate::judge::Urgency;
use crate::tui::dialogs::{
    go_on::{GoOn, NewIdea},
    log::Log,
    look_back::{LookBack, Recall, Revive},
};
use crate::tui::jobs::review::ReviewJob;
use crate::tui::jobs::{JobKind, JobRequest};
use crate::tui::screens::{Action, KeyWords, Mouse, Screen, Unavailable, deciding};
use crate::tui::theme::Styles;
use crate::tui::widgets::nearest;
use crate::tui::world::World;

use super::ReviewScreen;
use super::rows::{self, Row};

impl Screen for ReviewScreen {
    fn scopes(&self) -> &'static [Scope] {
        if self.asks() {
            &[Scope::CleanSlate, Scope::Review, Scope::Idea, Scope::Everywhere]
        } else {
            &[Scope::Review, Scope::Listed, Scope::Idea, Scope::Everywhere]
        }
    }

    fn waiting(&self, _world: &World) -> usize {
        self.due()
    }

    fn legend(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("✓", "done this week"),
            ("●──●──●", "levels of traction, 0 to 10, over the hours that went in"),
            ("○", "a level filled in later, from memory"),
            ("·····", "where the line may lie (80 %)"),
            (
                "┊",
                "now; right of it the next block of work: {block_hours} h ({block_weeks} weeks where no hours are logged), or a third of what went in where that is more",
            ),
            (
                "40 more hours",
                "what the next block will bring; {least_gain} of a level is the least that counts as progress ([stall] in prospect.toml)",
            ),
            ("─▴─", "where progress slowed down, and where that may have been (80 %)"),
            (
                "moving",
                "the level rises; slowing: perhaps no longer; stalled: it has stopped; falling: it went down; holding: flat at a high level; idle: no work for a month; can't tell yet: too few entries, or it could be either",
            ),
            ("forecast, 70 %", "the chance that you gave it"),
            ("the log gives 16 %", "what the log alone would expect of the promise"),
            (
                "5 of 12 h a week",
                "hours of the last seven days on ideas that serve the goal, of those meant",
            ),
        ]
    }

    fn footer(&self) -> KeyWords {
        use Command as C;
        if self.asks() {
            return &[
                (&[C::Open], "do it"),
                (&[C::Yes, C::No, C::Unsure], "answer"),
                (&[C::Log], "log"),
                (&[C::Judge], "judge"),
                (&[C::Forecast], "forecast"),
                (&[C::ByTag], "directions"),
            ];
        }
        if self.waits_softly() {
            return &[
                (&[C::Open], "do it"),
                (&[C::Log], "log"),
                (&[C::Judge], "judge"),
                (&[C::Forecast], "forecast"),
                (&[C::ByTag], "directions"),
            ];
        }
        if self.review().is_some_and(|review| review.urgency == Some(Urgency::SecondLook)) {
            return &[
                (&[C::LookBack], "outcome"),
                (&[C::Revive], "bring back"),
                (&[C::Log], "log"),
                (&[C::Open], "all"),
                (&[C::ByTag], "directions"),
            ];
        }
        &[
            (&[C::Continue], "continue"),
            (&[C::Park], "park"),
            (&[C::Drop], "drop"),
            (&[C::Pivot], "new idea"),
            (&[C::Promise], "promise"),
            (&[C::Log], "log"),
            (&[C::Revive], "bring back"),
            (&[C::Open], "all"),
        ]
    }

    fn purpose(&self) -> &'static str {
        "what is due for a decision"
    }

    fn help_scopes(&self) -> &'static [Scope] {
        &[Scope::CleanSlate, Scope::Review, Scope::Listed, Scope::Idea]
    }

    fn available(&self, command: Command, world: &World) -> Result<(), Unavailable> {
        use Command as C;
        if matches!(command, C::ByTag | C::Find) {
            return Ok(());
        }
        let is_logs = matches!(self.rows.get(self.cursor), Some(Row::Logs(_)));
        let has_page = self.direction().is_some() || self.is_on_time() || is_logs;
        if command == C::Open && (has_page || self.soft_action(world).is_some()) {
            return Ok(());
        }
        let (Some(idea), Some(review)) = (self.idea(world), self.review()) else {
            return Err(Unavailable("choose an idea first"));
        };
        let asks = self.asks_first(idea, review);
        let over = matches!(idea.status, Status::Abandoned | Status::Done);
        match command {
            C::Yes | C::No | C::Unsure if !asks => Err(Unavailable("this was answered already")),
            C::Continue | C::Pivot | C::Park | C::Drop | C::Start if asks => {
                Err(Unavailable("first: would you start this today? y, n or m"))
            }
            C::Continue if review.effective_status != Status::Active => {
                Err(Unavailable("only what is active can go on; r revives"))
            }
            C::Pivot | C::Park | C::Drop if over => Err(Unavailable("it is over; r revives it")),
            C::Revive if !over && idea.status != Status::Parked => {
                Err(Unavailable("it was not put away"))
            }
            C::LookBack if !over => Err(Unavailable("only for what was dropped or done")),
            C::Promise if over => Err(Unavailable("it is over; r revives it")),
            _ => deciding::available(command, &[idea]),
        }
    }

    /// Moves what moves here: the page of one idea, or the cursor.
    fn step(&mut self, lines: isize, world: &World) {
        if self.open {
            let scrolled = self.scroll.saturating_add_signed(lines);
            self.scroll = scrolled.min(self.last_scroll(world));
            return;
        }
        let target = self.cursor.saturating_add_signed(lines);
        self.move_to(nearest(&self.rows, target, lines < 0, Row::is_choice), world);
    }

    fn run(&mut self, invocation: Invocation, world: &World) -> Option<Action> {
        use Command as C;
        match invocation.command {
            C::Open => return self.open(world),
            C::ByTag => {
                self.by_tag = !self.by_tag;
                self.cursor = 0;
                self.arrange(world);
            }
            C::Yes => self.answer(CleanSlate::Yes, world),
            C::No => self.answer(CleanSlate::No, world),
            C::Unsure => self.answer(CleanSlate::Unsure, world),
            command => {
                let idea = self.idea(world)?;
                let slate = self.slates.get(&idea.id).copied();
                self.begun = Some((idea.id.clone(), self.is_due(self.cursor)));
                return action(command, idea, slate, world);
            }
        }
        None
    }

    /// A click selects a row, a second one does it.
    fn mouse(&mut self, mouse: Mouse, area: Rect, world: &World) -> Option<Action> {
        let does = mouse.is_click() && self.click(mouse, area, world);
        let open = Invocation { command: Command::Open, digit: None };
        does.then_some(Action::Run(open))
    }

    fn draw(&self, world: &World, styles: &Styles, area: Rect, buf: &mut Buffer) {
        self.draw_screen(world, styles, area, buf);
    }

    fn idea<'a>(&self, world: &'a World) -> Option<&'a Idea> {
        match self.rows.get(self.cursor)? {
            Row::Idea(position) => self.findings.idea(*position, &world.portfolio),
            _ => None,
        }
    }

    fn activity(&self) -> Option<Activity> {
        Some(Activity::Review)
    }

    fn select(&mut self, id: &str, world: &World) {
        self.show(world);
        let position = self.findings.ideas.iter().position(|idea| idea.id == id);
        let row = position.and_then(|at| self.rows.iter().position(|row| *row == Row::Idea(at)));
        let row = row.or_else(|| rows::due_row(id, &self.rows, &self.week.due));
        match row {
            Some(row) if self.cursor != row => self.move_to(row, world),
            None if self.rows.is_empty() => self.go_to(id),
            _ => {}
        }
    }

    fn back(&mut self, world: &World) -> bool {
        if std::mem::take(&mut self.open) {
            self.scroll = 0;
            return true;
        }
        let searched = !self.query.is_empty();
        if searched || self.by_tag {
            self.by_tag = false;
            self.filter("", world);
            return true;
        }
        false
    }

    fn query(&self) -> Option<&str> {
        Some(&self.query)
    }

    fn filter(&mut self, query: &str, world: &World) {
        query.clone_into(&mut self.query);
        self.arrange(world);
    }

    fn refresh(&mut self, _world: &World) {
        self.finder.forget();
        self.is_stale = true;
    }

    /// Arranges the rows anew, if anything has changed: not before they are seen, because
    /// of thousands of ideas that takes time.
    fn show(&mut self, world: &World) {
        if self.is_stale {
            self.arrange(world);
        }
    }

    /// Takes what was found about the ideas as they are now. The cursor stays on
    /// its idea, unless what was begun about it here is done.
    fn take_result(&mut self, job: JobKind, world: &World) {
        let Some((_, findings)) = world.results.review.latest() else { return };
        if job != JobKind::Review {
            return;
        }
        self.findings = Arc::clone(findings);
        self.is_stale = true;
    }

    fn wanted_jobs(&self, world: &World) -> Vec<JobRequest> {
        let pursued = world.settings.current().pursued;
        let job = ReviewJob::of(&world.portfolio, pursued, &world.results.review);
        vec![JobRequest::Review(Box::new(job))]
    }
}

impl ReviewScreen {
    /// Does what the row under the cursor asks for; else shows its page on the whole screen.
    fn open(&mut self, world: &World) -> Option<Action> {
        if let Some(action) = self.soft_action(world) {
            return Some(action);
        }
        if matches!(self.rows.get(self.cursor), Some(Row::Logs(_))) {
            self.lists_logs = true;
            self.arrange(world);
            return None;
        }
        if let Some(id) = self.id_to_log(world) {
            self.begun = Some((id.clone(), false));
            return Some(Action::ask(Log::line(&id)));
        }
        self.open = !self.open;
        self.scroll = 0;
        self.is_on_log = false;
        None
    }

    fn answer(&mut self, slate: CleanSlate, world: &World) {
        if let Some(idea) = self.idea(world) {
            self.slates.insert(idea.id.clone(), slate);
            self.scroll = 0;
        }
    }

    /// Puts the cursor on the row of the list at a cell; true if it was there
    /// already.
    fn click(&mut self, mouse: Mouse, area: Rect, world: &World) -> bool {
        let Some(row) = self.row_at(mouse.at, area) else { return false };
        if row == self.cursor || mouse.is_second_click() {
            return true;
        }
        if self.rows[row].is_choice() {
            self.move_to(row, world);
        }
        false
    }
}

/// What a command on an idea leads to, after this answer to the clean-slate question.
pub(super) fn action(
    command: Command,
    idea: &Idea,
    slate: Option<CleanSlate>,
    world: &World,
) -> Option<Action> {
    use Command as C;
    if let Some(action) = deciding::action(command, &[idea], slate, world) {
        return Some(action);
    }
    let id = idea.id.clone();
    Some(match command {
        C::Continue => Action::ask(GoOn { id, slate }),
        C::Pivot => Action::ask(NewIdea { id, slate }),
        C::Revive => Action::ask(Revive { id }),
        C::LookBack => Action::ask(LookBack { id }),
        C::Recall => Action::ask(Recall { id }),
        _ => return None,
    })
}
