//! Commands of the Triage screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::command::{Command, Invocation, Scope};
use crate::domain::{Activity, Idea, Status};
use crate::judge::questions;
use crate::tui::jobs::JobRequest;
use crate::tui::jobs::similar::SimilarityJob;
use crate::tui::screens::{Action, Reversal, Screen, Unavailable};
use crate::tui::theme::Styles;
use crate::tui::world::World;

use super::round::Pass;
use super::{TriageScreen, actions, draw};

impl Screen for TriageScreen {
    fn scopes(&self) -> &'static [Scope] {
        if self.list.is_some() {
            return &[Scope::Cards, Scope::Sort, Scope::Triage, Scope::Everywhere];
        }
        match (self.overview, self.pass()) {
            (None, Pass::First) => &[Scope::Sort, Scope::Triage, Scope::Everywhere],
            (None, Pass::Second) => {
                &[Scope::Weigh, Scope::Triage, Scope::Idea, Scope::Rating, Scope::Everywhere]
            }
            (Some(_), _) | (None, Pass::Over) => &[Scope::Triage, Scope::Everywhere],
        }
    }

    fn waiting(&self, world: &World) -> usize {
        world.portfolio.portfolio().iter().filter(|idea| idea.status == Status::Inbox).count()
    }

    fn legend(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("━━━━┄┄┄┄", "cards decided in this pass"),
            (
                "simplicity 7",
                "your answers so far; the marked question is the one that digits answer",
            ),
            ("?", "not answered yet"),
            ("≈", "an idea like this one: there already, or dropped, with the cause"),
            (
                "1 2 3 5 10 20 …",
                "for a chance the digits 1 to 9 and 0 mean 1, 2, 3, 5, 10, 20, 35, 50, 70 and 90 %",
            ),
        ]
    }

    fn help_scopes(&self) -> &'static [Scope] {
        &[Scope::Sort, Scope::Weigh, Scope::Cards, Scope::Triage, Scope::Idea, Scope::Rating]
    }

    fn available(&self, command: Command, world: &World) -> Result<(), Unavailable> {
        use Command as C;
        match command {
            C::Overview if self.card.is_none() => Err(Unavailable("this is it")),
            C::TakeBack if !self.shows_overview() => {
                Err(Unavailable("only in the list of what was decided: o"))
            }
            C::TakeBack if self.round.decided().is_empty() => {
                Err(Unavailable("nothing has been decided in this round"))
            }
            C::Open if self.list.is_none() => Err(Unavailable("the card is open already")),
            C::Find => Ok(()),
            C::Edit | C::Log if self.list.is_some() => {
                Err(Unavailable("open the card first: Enter"))
            }
            _ if self.card.is_none() && self.round.waiting().next().is_some() => {
                Err(Unavailable("no card matches the search: Esc shows all"))
            }
            C::MarkCard | C::Cards | C::MarkAll if self.card.is_none() => {
                Err(Unavailable("no card is waiting: a adds an idea"))
            }
            C::MarkCard | C::Cards | C::MarkAll => Ok(()),
            C::Overview | C::TakeBack => Ok(()),
            _ => {
                let Some(idea) = self.idea(world) else {
                    return Err(Unavailable("no card is waiting: a adds an idea"));
                };
                let answered = self.question.is_some_and(|field| idea.get(field).is_some());
                if matches!(command, C::NudgeDown | C::NudgeUp) && !answered {
                    return Err(Unavailable("not rated yet: a digit rates it"));
                }
                Ok(())
            }
        }
    }

    fn run(&mut self, invocation: Invocation, world: &World) -> Vec<Action> {
        use Command as C;
        match invocation.command {
            C::Overview => {
                self.list = None;
                self.overview = if self.overview.is_some() { None } else { Some(0) };
            }
            C::Cards => self.list = if self.list.is_some() { None } else { self.open_list() },
            C::MarkCard => self.mark(),
            C::MarkAll => self.mark_all(),
            C::Open => self.take_from_list(world),
            C::TakeBack => return self.pop_unsaved(),
            C::Down => self.step(1, world),
            C::Up => self.step(-1, world),
            C::PageDown => self.scroll_by(isize::from(half_page(world)), world),
            C::PageUp => self.scroll_by(-isize::from(half_page(world)), world),
            C::Top => self.scroll_by(isize::MIN, world),
            C::Bottom => self.scroll_by(isize::MAX, world),
            C::NextCriterion => self.move_question(1, world),
            C::PreviousCriterion => self.move_question(-1, world),
            C::Keep => self.pass_on(true, world),
            C::SkipCard | C::PutOff => self.pass_on(false, world),
            _ => return actions::actions(self, invocation, world),
        }
        Vec::new()
    }

    fn draw(&self, world: &World, styles: &Styles, area: Rect, buffer: &mut Buffer) {
        draw::draw(self, world, styles, area, buffer);
    }

    fn idea<'a>(&self, world: &'a World) -> Option<&'a Idea> {
        world.portfolio.idea(self.card.as_deref()?)
    }

    fn activity(&self) -> Option<Activity> {
        Some(Activity::Triage)
    }

    fn select(&mut self, id: &str, world: &World) {
        if self.round.is_open(id) {
            self.go_to(id, world);
        }
    }

    fn back(&mut self, world: &World) -> bool {
        if self.card.is_some() && self.overview.take().is_some() {
            return true;
        }
        if self.list.is_some() && !self.marks.is_empty() {
            self.marks.clear();
            return true;
        }
        if self.list.take().is_some() {
            return true;
        }
        let searched = !self.query.is_empty();
        if searched {
            self.filter("", world);
        }
        searched
    }

    fn is_searchable(&self) -> bool {
        true
    }

    fn query(&self) -> &str {
        &self.query
    }

    fn filter(&mut self, query: &str, world: &World) {
        query.clone_into(&mut self.query);
        self.overview = None;
        self.find(world);
        self.settle_list();
        if !self.card.as_deref().is_some_and(|id| self.waits(id)) {
            self.deal(world);
        }
    }

    fn refresh(&mut self, world: &World) {
        self.round.refresh(world);
        self.find(world);
        if self.waiting().is_empty() {
            // What the search was for is done: the round goes on with the rest.
            self.show_all();
        }
        self.settle_list();
        let waits = self.card.as_deref().is_some_and(|id| self.waits(id));
        if waits {
            self.move_on(world);
        } else {
            self.deal(world);
        }
        self.landing.take();
        if let Some(at) = self.overview {
            self.overview = Some(at.min(self.round.decided().len().saturating_sub(1)));
        }
    }

    fn wanted_jobs(&self, world: &World) -> Vec<JobRequest> {
        let job = |id: &String| SimilarityJob::of(id, &world.portfolio, &world.results.similar);
        self.card.iter().map(|id| JobRequest::Similar(Box::new(job(id)))).collect()
    }
}

impl TriageScreen {
    /// Moves what moves here: the cursor of the list, the question, the text.
    fn step(&mut self, lines: isize, world: &World) {
        if let Some(at) = self.list {
            let last = self.waiting().len().saturating_sub(1);
            self.list = Some(at.saturating_add_signed(lines).min(last));
        } else if self.shows_overview() {
            let last = self.round.decided().len().saturating_sub(1);
            let at = self.overview.unwrap_or(0).saturating_add_signed(lines).min(last);
            self.overview = Some(at);
        } else if self.pass() == Pass::Second {
            self.move_question(lines, world);
        } else {
            self.scroll_by(lines, world);
        }
    }

    fn scroll_by(&mut self, lines: isize, world: &World) {
        if self.list.is_some() {
            return self.step(lines.clamp(-10_000, 10_000), world);
        }
        if self.shows_overview() {
            if self.round.decided().len() > 1 {
                self.step(lines.clamp(-10_000, 10_000), world);
            }
            return;
        }
        let last = draw::last_scroll(self, world);
        self.scroll = self.scroll.saturating_add_signed(lines).min(last);
    }

    fn move_question(&mut self, by: isize, world: &World) {
        let Some(idea) = self.idea(world) else { return };
        let asked = questions(idea);
        let now = asked.iter().position(|field| Some(*field) == self.question).unwrap_or(0);
        let at = now.saturating_add_signed(by).min(asked.len().saturating_sub(1));
        self.ask(asked.get(at).copied(), world);
    }

    /// Where the list opens: at the card on the table.
    fn open_list(&mut self) -> Option<usize> {
        self.overview = None;
        let waiting = self.waiting();
        let at = waiting.iter().position(|id| Some(*id) == self.card.as_deref());
        (!waiting.is_empty()).then_some(at.unwrap_or(0))
    }

    /// Marks the card under the cursor of the list, or unmarks it, and goes on.
    fn mark(&mut self) {
        let waiting = self.waiting();
        let Some(at) = self.list else { return };
        let Some(id) = waiting.get(at).map(|id| (*id).to_owned()) else { return };
        self.list = Some((at + 1).min(waiting.len() - 1));
        if !self.marks.remove(&id) {
            self.marks.insert(id);
        }
    }

    /// Marks all cards that the search finds; if they are marked already, none.
    fn mark_all(&mut self) {
        if self.list.is_none() {
            self.list = self.open_list();
        }
        let waiting: Vec<String> = self.waiting().into_iter().map(str::to_owned).collect();
        if waiting.iter().all(|id| self.marks.contains(id)) {
            self.marks.clear();
        } else {
            self.marks.extend(waiting);
        }
    }

    /// Puts the card under the cursor of the list on the table.
    fn take_from_list(&mut self, world: &World) {
        let Some(at) = self.list.take() else { return };
        let id = self.waiting().get(at).map(|id| (*id).to_owned());
        self.put(id, world);
    }

    /// Keeps or skips the chosen cards, which changes nothing in the files.
    fn pass_on(&mut self, keep: bool, world: &World) {
        let ids = self.chosen();
        self.marks.clear();
        let takes_card = self.card.as_ref().is_some_and(|card| ids.contains(card));
        if keep {
            self.round.keep(ids);
        } else {
            self.round.skip(ids);
        }
        self.round.refresh(world);
        if takes_card {
            self.deal(world);
        }
    }

    /// The decision under the cursor of the list, reversed.
    fn pop_unsaved(&mut self) -> Vec<Action> {
        let at = self.overview.unwrap_or(0);
        // The list stays open though a card waits again.
        self.overview = Some(at);
        let decided = self.round.decided().get(at).map(|decided| Reversal {
            edit: decided.inverse.clone(),
            standing: decided.standing.clone(),
        });
        decided.map(Action::Reverse).into_iter().collect()
    }
}

fn half_page(world: &World) -> i8 {
    i8::try_from(world.room().height / 3).unwrap_or(8).max(1)
}
