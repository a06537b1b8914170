//! Commands of the Duel screen, and the mouse on it.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::command::{Command, Invocation, Scope};
use crate::domain::{Activity, Idea, Status, Winner};
use crate::judge::duel::{Round, SessionState};
use crate::tui::dialogs::{already, start::Start};
use crate::tui::jobs::duels::{CuriosityJob, RoundJob, RoundKey};
use crate::tui::jobs::{Job, JobKind, JobRequest};
use crate::tui::screens::{Action, KeyWords, Mouse, Screen, Unavailable};
use crate::tui::theme::Styles;
use crate::tui::widgets::moved;
use crate::tui::world::World;

use super::{DuelScreen, SessionStart, result};

impl Screen for DuelScreen {
    fn scopes(&self) -> &'static [Scope] {
        match self.past {
            Some(_) => &[Scope::Past, Scope::Duel, Scope::Everywhere],
            None if self.shows_result() => &[Scope::Result, Scope::Duel, Scope::Everywhere],
            None => &[Scope::Duel, Scope::Everywhere],
        }
    }

    fn legend(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("h  l", "the left card and the right card; their sides are by chance"),
            (
                "sure likely open",
                "how certain it is that an idea belongs to your first few: 90 % and more, 70 % and more, less",
            ),
            ("or …", "the likeliest to take the place of the open one"),
            (
                "97 %",
                "how likely it is that your answers would put it in the top few, by duels alone",
            ),
            (
                "8 ideas · 9 answers",
                "the ideas that take part, and your answers; about these: those between two of them",
            ),
        ]
    }

    fn purpose(&self) -> &'static str {
        "which of two ideas rather"
    }

    fn help_scopes(&self) -> &'static [Scope] {
        &[Scope::Duel, Scope::Result, Scope::Past]
    }

    fn footer(&self) -> KeyWords {
        use Command as C;
        match self.past {
            Some(_) => &[
                (&[C::PickLeft, C::PickRight, C::PickTie], "change it"),
                (&[C::Strike], "delete"),
                (&[C::Undo], "undo"),
                (&[C::Past], "back"),
            ],
            None if self.shows_result() => &[
                (&[C::StartFirst], "start"),
                (&[C::RankByDuels], "rank by duels"),
                (&[C::AskOn], "ask on"),
                (&[C::Past], "answers"),
                (&[C::Open], "open"),
                (&[C::GoTo], "leave"),
            ],
            None => &[],
        }
    }

    fn available(&self, command: Command, world: &World) -> Result<(), Unavailable> {
        use Command as C;
        let shows_result = self.shows_result();
        match command {
            C::Past if result::answers(world).is_empty() => {
                Err(Unavailable("there are no answers yet"))
            }
            C::PickLeft | C::PickRight | C::PickTie if self.past.is_some() => Ok(()),
            C::Curiosities if self.current().is_none() => {
                Err(Unavailable("the answers are being looked at"))
            }
            C::PickLeft | C::PickRight | C::PickTie | C::SkipPair | C::Reveal | C::EndSession
                if shows_result || self.past.is_some() =>
            {
                self.no_question()
            }
            C::PickLeft | C::PickRight | C::PickTie | C::SkipPair if self.current().is_none() => {
                Err(Unavailable("the next pair is being worked out"))
            }
            C::EndSession if self.round.is_none() => {
                Err(Unavailable("the first pair is being worked out"))
            }
            C::StartFirst | C::RankByDuels | C::AskOn if !shows_result => {
                Err(Unavailable("finish first: d"))
            }
            C::StartFirst | C::RankByDuels | C::AskOn => {
                let (_, round) =
                    self.round.as_ref().ok_or(Unavailable("the result is being worked out"))?;
                if self.offers(command, round, world) {
                    return Ok(());
                }
                Err(Unavailable(match command {
                    C::StartFirst => already(Status::Active),
                    C::RankByDuels => "there are no answers yet",
                    _ => "there is nothing to compare: put two ideas on the shortlist",
                }))
            }
            C::Edit | C::Log => Err(Unavailable("open the idea first: g1, then Enter")),
            _ => Ok(()),
        }
    }

    fn step(&mut self, lines: isize, world: &World) {
        if let Some(at) = self.past {
            self.past = Some(moved(at, lines, result::answers(world).len()));
        } else if self.shows_result() {
            self.line = moved(self.line, lines, self.first_ids().len());
        }
    }

    fn run(&mut self, invocation: Invocation, world: &World) -> Option<Action> {
        use Command as C;
        let shows_result = self.shows_result();
        match invocation.command {
            C::PickLeft => return self.pick(Winner::Left, world),
            C::PickRight => return self.pick(Winner::Right, world),
            C::PickTie => return self.pick(Winner::Tie, world),
            C::Open if shows_result => return Some(Action::Show),
            C::Open if self.past.is_some() => {}
            C::Open | C::Reveal => self.reveals = !self.reveals,
            C::Past => self.past = if self.past.is_some() { None } else { Some(0) },
            C::EndSession => self.finish(),
            C::AskOn => self.ask_on(),
            C::StartFirst => return Some(Action::ask(Start::new(self.idea(world)?, world))),
            C::RankByDuels => return Some(Action::RankByDuels),
            C::Curiosities => {
                let key = self.contest.as_ref().map(|(key, _)| key);
                self.is_curious = key.and_then(|key| world.results.curiosities.get(key)).is_none();
                return (!self.is_curious).then_some(Action::ShowCuriosities);
            }
            C::Limit | C::Find => return Some(Action::ask(self.ask_limit())),
            C::SkipPair => {
                self.skip();
                self.show(world);
            }
            C::Strike => return result::strike(self.past?, world),
            _ => {}
        }
        None
    }

    fn draw(&self, world: &World, styles: &Styles, area: Rect, buf: &mut Buffer) {
        self.draw_screen(world, styles, area, buf);
    }

    /// The idea under the cursor of the result.
    fn idea<'w>(&self, world: &'w World) -> Option<&'w Idea> {
        let ids = if self.shows_result() { self.first_ids() } else { Vec::new() };
        world.portfolio.idea(ids.get(self.line)?)
    }

    fn activity(&self) -> Option<Activity> {
        Some(Activity::Duel)
    }

    /// Closes the list of answers; after some answers shows what came of them.
    fn back(&mut self, _world: &World) -> bool {
        if self.past.take().is_some() {
            return true;
        }
        let answered = match (&self.round, &self.session_start) {
            (Some((_, round)), Some(start)) => start.has_answers(round),
            _ => false,
        };
        let finishes = answered && !self.shows_result();
        if finishes {
            self.finish();
        }
        finishes
    }

    fn mouse(&mut self, mouse: Mouse, area: Rect, world: &World) -> Option<Action> {
        self.click(mouse, area, world)
    }

    /// Takes in how the ideas and the duels stand now. What was worked out
    /// ahead is shown at once.
    fn show(&mut self, world: &World) {
        self.choose(world.settings.current().pursued);
        let duels = world.portfolio.duels().standing(world.portfolio.as_of());
        self.past = self.past.map(|at| at.min(duels.len().saturating_sub(1)));
        let contest = self.members.contest(world);
        let key = RoundKey::of(&contest, &self.rule, &self.options(world));
        if self.contest.as_ref().is_none_or(|(known, _)| *known != key) {
            let ahead =
                std::mem::take(&mut self.ahead).into_iter().find(|(ahead, _)| *ahead == key);
            self.round = ahead.or(self.round.take());
            self.contest = Some((key.clone(), contest));
        }
        if self.current().is_none()
            && let Some(round) = world.results.next_pair.get(&key)
        {
            self.round = Some((key, Arc::clone(round)));
            if self.session_start.as_ref().is_none_or(SessionStart::is_empty) {
                self.begin();
            }
        }
        self.line = self.line.min(self.first_ids().len().saturating_sub(1));
        if let Some((key, round)) = world.results.look_ahead.latest()
            && !self.ahead.iter().any(|(ahead, _)| ahead == key)
        {
            self.ahead.push((key.clone(), Arc::clone(round)));
        }
    }

    fn take_result(&mut self, job: JobKind, _world: &World) {
        self.is_curious &= job != JobKind::Curiosities;
    }

    /// The round for the duels as they stand; then those that may come next.
    fn wanted_jobs(&self, world: &World) -> Vec<JobRequest> {
        let Some((key, contest)) = &self.contest else { return Vec::new() };
        let Some(round) = self.current() else {
            let job = RoundJob::new(contest.clone(), self.rule, self.options(world));
            return vec![JobRequest::NextPair(Box::new(job))];
        };
        let is_known = |job: &RoundJob| self.ahead.iter().any(|(ahead, _)| ahead == job.key());
        let ahead = self.rounds_ahead(round, world).find(|job| !is_known(job)).map(Box::new);
        let curious =
            self.is_curious.then(|| CuriosityJob { key: key.clone(), round: Arc::clone(round) });
        let curious = curious.map(|job| JobRequest::Curiosities(Box::new(job)));
        curious.into_iter().chain(ahead.map(JobRequest::LookAhead)).collect()
    }
}

impl DuelScreen {
    /// Answers the question, or the past one under the cursor anew.
    fn pick(&mut self, winner: Winner, world: &World) -> Option<Action> {
        match self.past {
            Some(at) => result::change(at, winner, world),
            None => self.answer(winner),
        }
    }

    /// Whether a command of the result can be done now.
    pub(super) fn offers(&self, command: Command, round: &Round, world: &World) -> bool {
        match command {
            Command::StartFirst => {
                self.idea(world).is_some_and(|idea| idea.status != Status::Active)
            }
            Command::AskOn => round.next_pair.is_some() || round.contest.duels() > 0,
            Command::RankByDuels => round.contest.duels() > 0,
            Command::Past => !result::answers(world).is_empty(),
            _ => false,
        }
    }

    /// Why no pair can be answered now.
    fn no_question(&self) -> Result<(), Unavailable> {
        let state = self.round.as_ref().map(|(_, round)| round.state());
        Err(Unavailable(match state {
            _ if self.past.is_some() => "close the list first: p",
            Some(SessionState::TooFew) => {
                "there is nothing to compare: put two ideas on the shortlist"
            }
            _ => "no question is open: n asks on",
        }))
    }

    pub(super) fn draw_screen(&self, world: &World, styles: &Styles, area: Rect, buf: &mut Buffer) {
        match (&self.round, self.past) {
            (_, Some(at)) => result::draw_past(at, world, styles, area, buf),
            (Some((_, round)), None) if self.shows_result() => {
                self.draw_result(round, world, styles, area, buf);
            }
            _ => self.draw_question(world, styles, area, buf),
        }
    }

    /// Answers the mouse in the area where the screen is drawn.
    fn click(&mut self, mouse: Mouse, area: Rect, world: &World) -> Option<Action> {
        if !mouse.is_click() || !area.contains(mouse.at) {
            return None;
        }
        let line = |start: u16| mouse.at.y.checked_sub(start).map(usize::from);
        if let Some(at) = self.past {
            let first = result::offset(at, world, area);
            let clicked = line(area.y + result::HEAD).map(|line| first + line);
            if let Some(clicked) = clicked.filter(|at| *at < result::answers(world).len()) {
                self.past = Some(clicked);
            }
            return None;
        }
        if self.shows_result() {
            let (_, round) = self.round.as_ref()?;
            let clicked = line(self.list_start(round, world, area));
            let clicked = clicked.filter(|at| *at < round.cut.shown().len())?;
            let was_there = std::mem::replace(&mut self.line, clicked) == clicked;
            return was_there.then_some(Action::Show);
        }
        let areas = self.areas(world, area);
        let cards = [(Winner::Left, areas.left), (Winner::Right, areas.right)];
        let card =
            cards.into_iter().find(|(_, area)| area.contains(mouse.at)).map(|(side, _)| side);
        match card {
            Some(side) if self.clicked == card && self.question().is_some() => self.answer(side),
            _ => {
                self.clicked = card;
                None
            }
        }
    }
}
