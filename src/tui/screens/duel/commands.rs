//! Commands of the Duel screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::command::{Command, Invocation, Scope};
use crate::domain::{Activity, Idea, Winner};
use crate::judge::duel::SessionState;
use crate::tui::screens::{Action, Screen, Unavailable};
use crate::tui::theme::Styles;
use crate::tui::world::World;

use super::{DuelScreen, RoundKey, draw, past};

impl Screen for DuelScreen {
    fn scopes(&self) -> &'static [Scope] {
        if self.past.is_some() {
            &[Scope::Past, Scope::Duel, Scope::Everywhere]
        } else {
            &[Scope::Duel, Scope::Everywhere]
        }
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
                self.is_curious = true;
                return Vec::new();
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

    fn show(&mut self, world: &World) {
        self.set_person(&world.person);
        let duels = world.portfolio.portfolio().duels().standing(world.portfolio.as_of());
        self.past = self.past.map(|at| at.min(duels.len().saturating_sub(1)));
        let contest = self.members.contest(world);
        let key = RoundKey::of(&contest, &self.skipped);
        if self.contest.as_ref().is_some_and(|(known, _)| *known == key) {
            return;
        }
        self.asked.clear();
        if let Some(at) = self.ahead.iter().position(|(ahead, _)| *ahead == key) {
            self.round = Some(self.ahead.swap_remove(at));
        }
        self.ahead.clear();
        self.contest = Some((key, contest));
    }
}
