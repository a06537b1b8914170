//! Commands of the Duel screen.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::command::{Command, Invocation, Scope};
use crate::domain::{Activity, Idea, Winner};
use crate::judge::duel::SessionState;
use crate::tui::jobs::curiosities::CuriosityJob;
use crate::tui::jobs::next_pair::{RoundJob, RoundKey};
use crate::tui::jobs::{Job, JobKind, JobRequest};
use crate::tui::screens::{Action, Screen, Unavailable};
use crate::tui::theme::Styles;
use crate::tui::world::World;

use super::session_changes::SessionStart;
use super::{DuelScreen, draw, past};

impl Screen for DuelScreen {
    fn scopes(&self) -> &'static [Scope] {
        if self.past.is_some() {
            &[Scope::Past, Scope::Duel, Scope::Everywhere]
        } else {
            &[Scope::Duel, Scope::Everywhere]
        }
    }

    fn legend(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("h  l", "the left card and the right card; their sides are by chance"),
            (
                "sure likely open",
                "how certain it is that an idea belongs to your first few: 90 % and more, 70 % and more, less",
            ),
            ("+0.9", "strength: 1 more is odds of about 3 to 1; ± is how sure that is"),
        ]
    }

    fn help_scopes(&self) -> &'static [Scope] {
        &[Scope::Duel, Scope::Past]
    }

    fn available(&self, command: Command, world: &World) -> Result<(), Unavailable> {
        use Command as C;
        match command {
            C::Past if past::answers(world).is_empty() => {
                Err(Unavailable("there are no answers yet"))
            }
            C::PickLeft | C::PickRight | C::PickTie if self.past.is_some() => Ok(()),
            C::Curiosities if self.current().is_none() => {
                Err(Unavailable("the answers are being looked at"))
            }
            C::PickLeft | C::PickRight | C::PickTie | C::SkipPair => match self.current() {
                None => Err(Unavailable("the next pair is being worked out")),
                Some(round) if round.next_pair.is_some() => Ok(()),
                Some(round) if round.state() == SessionState::TooFew => {
                    Err(Unavailable("there is nothing to compare: put two ideas on the shortlist"))
                }
                Some(_) => Err(Unavailable("every pair has been answered: p changes an answer")),
            },
            C::Edit | C::Log => Err(Unavailable("that is for the Rank screen: g 1")),
            _ => Ok(()),
        }
    }

    fn run(&mut self, invocation: Invocation, world: &World) -> Vec<Action> {
        use Command as C;
        let winner = match invocation.command {
            C::PickLeft => Winner::Left,
            C::PickRight => Winner::Right,
            C::PickTie => Winner::Tie,
            C::Open | C::Reveal => {
                self.reveals = !self.reveals;
                return Vec::new();
            }
            C::Past => {
                self.past = if self.past.is_some() { None } else { Some(0) };
                return Vec::new();
            }
            C::Curiosities => {
                let key = self.contest.as_ref().map(|(key, _)| key);
                self.is_curious = key.and_then(|key| world.results.curiosities.get(key)).is_none();
                return if self.is_curious { Vec::new() } else { vec![Action::ShowCuriosities] };
            }
            C::Limit | C::Find => return vec![Action::Ask(self.ask_limit())],
            C::SkipPair => {
                self.skip();
                self.show(world);
                return Vec::new();
            }
            command => return past::run(self, command, world),
        };
        match self.past {
            Some(at) => past::change(at, winner, world).into_iter().collect(),
            None => self.answer(winner).into_iter().collect(),
        }
    }

    fn draw(&self, world: &World, styles: &Styles, area: Rect, buffer: &mut Buffer) {
        draw::draw(self, world, styles, area, buffer);
    }

    fn idea<'w>(&self, _world: &'w World) -> Option<&'w Idea> {
        None
    }

    fn activity(&self) -> Option<Activity> {
        Some(Activity::Duel)
    }

    fn back(&mut self, _world: &World) -> bool {
        self.past.take().is_some()
    }

    /// Takes in how the ideas and the duels stand now. What was worked out
    /// ahead is shown at once.
    fn show(&mut self, world: &World) {
        let duels = world.portfolio.portfolio().duels().standing(world.portfolio.as_of());
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
