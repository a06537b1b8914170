//! Commands of the Triage screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::command::{Command, Invocation, Scope};
use crate::domain::{Activity, BetKind, Edit, Field, Idea, Status, Value};
use crate::tui::dialogs::{
    drop::{DropMenu, Holders},
    merge::Merge,
    park::not_now,
    shortlist::shortlist,
};
use crate::tui::jobs::JobRequest;
use crate::tui::jobs::sensitivity::SensitivityJob;
use crate::tui::jobs::similar::SimilarityJob;
use crate::tui::screens::{Action, KeyWords, Mouse, Screen, Unavailable, deciding};
use crate::tui::theme::Styles;
use crate::tui::widgets::moved;
use crate::tui::world::World;

use super::round::Pass;
use super::{TriageScreen, rating};

impl Screen for TriageScreen {
    fn scopes(&self) -> &'static [Scope] {
        if self.list.is_some() {
            return &[Scope::Cards, Scope::Sort, Scope::Triage, Scope::Everywhere];
        }
        if self.is_paused {
            return &[Scope::Triage, Scope::Everywhere];
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
        world.portfolio.iter().filter(|idea| idea.status == Status::Inbox).count()
    }

    fn legend(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("━━━━┄┄┄┄", "cards decided in this pass"),
            (
                "▸simplicity 7",
                "your answers so far; the marked question is the one that digits answer",
            ),
            ("?", "not answered yet"),
            ("so far", "where it would stand in the ranking, whatever the open answers are"),
            ("≈", "an idea like this one: there already, or dropped, with the cause"),
            (
                "1 2 3 5 10 20 …",
                "for a chance the digits 1 to 9 and 0 mean 1, 2, 3, 5, 10, 20, 35, 50, 70 and 90 %",
            ),
        ]
    }

    fn purpose(&self) -> &'static str {
        "decide about what is new"
    }

    fn help_scopes(&self) -> &'static [Scope] {
        &[Scope::Sort, Scope::Weigh, Scope::Cards, Scope::Triage, Scope::Idea, Scope::Rating]
    }

    fn footer(&self) -> KeyWords {
        use Command as C;
        if self.list.is_some() || self.overview.is_some() {
            return &[];
        }
        if self.is_paused {
            return &[
                (&[C::Open], "rate them"),
                (&[C::Quit], "enough"),
                (&[C::TakeBack], "take out"),
                (&[C::Overview], "decided"),
                (&[C::Holders], "who"),
                (&[C::Undo], "undo"),
            ];
        }
        if self.is_whole {
            return &[(&[C::Open], "back"), (&[C::Down, C::Up], "scroll")];
        }
        match (self.pass(), self.question) {
            (Pass::First, _) => &[
                (&[C::Keep], "keep"),
                (&[C::NotNow], "park"),
                (&[C::DropCard], "drop"),
                (&[C::SkipCard], "later"),
                (&[C::Open], "whole text"),
                (&[C::Cards], "list"),
                (&[C::Overview], "decided"),
            ],
            (Pass::Second, Some(_)) => &[
                (&[C::Rate], "answer"),
                (&[C::PreviousCriterion, C::NextCriterion], "other question"),
                (&[C::Undo], "undo"),
                (&[C::Open], "whole text"),
                (&[C::Overview], "decided"),
            ],
            (Pass::Second, None) => &[
                (&[C::Shortlist, C::Park, C::Drop], "decide"),
                (&[C::PreviousCriterion, C::NextCriterion], "change an answer"),
                (&[C::Undo], "undo"),
                (&[C::Overview], "decided"),
            ],
            (Pass::Over, _) => &[],
        }
    }

    fn available(&self, command: Command, world: &World) -> Result<(), Unavailable> {
        use Command as C;
        match command {
            C::Edit | C::Log | C::Find | C::Cards | C::MarkAll if self.shows_pause() => {
                Err(Unavailable("pass 1 is done: Enter goes on, q is enough for today"))
            }
            C::Holders if !self.shows_pause() => Err(Unavailable("only between the passes")),
            C::Holders if self.held_by_others(world).is_empty() => {
                Err(Unavailable("nothing was dropped because others have it"))
            }
            C::Holders => Ok(()),
            C::Open if self.shows_pause() => Ok(()),
            C::TakeBack if self.shows_pause() => Ok(()),
            C::Overview if self.card.is_none() => Err(Unavailable("this is it")),
            C::TakeBack if !self.shows_overview() => {
                Err(Unavailable("only in the list of what was decided: o"))
            }
            C::TakeBack if self.round.history().is_empty() => {
                Err(Unavailable("nothing has been decided in this round"))
            }
            C::Open if self.list.is_none() && self.shows_overview() => {
                Err(Unavailable("x takes the decision back; Esc closes the list"))
            }
            C::Rate if self.list.is_none() && self.question.is_none() && self.card.is_some() => {
                Err(Unavailable("all is answered: s p d decide, h l change an answer"))
            }
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
                let Some(idea) = self.on_table(world) else {
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

    fn step(&mut self, lines: isize, world: &World) {
        let moved = |at: usize, count: usize| moved(at, lines, count);
        if let Some(at) = self.list {
            self.list = Some(moved(at, self.waiting().len()));
        } else if self.shows_overview() {
            self.overview = Some(moved(self.overview.unwrap_or(0), self.round.history().len()));
        } else if self.is_paused {
            self.kept_line = moved(self.kept_line, self.kept().len());
        } else {
            self.scroll = moved(self.scroll, self.last_scroll(world) + 1);
        }
    }

    fn run(&mut self, invocation: Invocation, world: &World) -> Option<Action> {
        use Command as C;
        match invocation.command {
            C::Overview => {
                self.list = None;
                self.overview = if self.overview.is_some() { None } else { Some(0) };
            }
            C::Cards => self.list = if self.list.is_some() { None } else { self.open_list() },
            C::MarkCard => self.mark(),
            C::MarkAll => self.mark_all(),
            C::Open if self.list.is_some() => self.take_from_list(world),
            C::Open if self.shows_pause() => self.put(self.card.clone(), world),
            C::Open => {
                self.is_whole = !self.is_whole;
                self.scroll = 0;
            }
            C::Holders => return Some(Action::ask(Holders::new(self.held_by_others(world)))),
            C::TakeBack if self.shows_pause() => return self.take_out(self.kept_line, world),
            C::TakeBack => return self.take_back(world),
            C::NextCriterion => self.move_question(1, world),
            C::PreviousCriterion => self.move_question(-1, world),
            C::Keep => return Some(self.pass_on(true, world)),
            C::SkipCard | C::PutOff => return Some(self.pass_on(false, world)),
            _ => return self.actions(invocation, world),
        }
        None
    }

    fn draw(&self, world: &World, styles: &Styles, area: Rect, buf: &mut Buffer) {
        self.draw_screen(world, styles, area, buf);
    }

    /// The idea under the cursor: in the pause that of the list.
    fn idea<'a>(&self, world: &'a World) -> Option<&'a Idea> {
        if self.shows_pause() {
            return world.portfolio.idea(self.kept().get(self.kept_line)?);
        }
        self.on_table(world)
    }

    fn activity(&self) -> Option<Activity> {
        Some(Activity::Triage)
    }

    fn select(&mut self, id: &str, world: &World) {
        self.show(world);
        if self.round.is_open(id) && !self.is_paused {
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
        if self.list.take().is_some() || std::mem::take(&mut self.is_whole) {
            return true;
        }
        let searched = !self.query.is_empty();
        if searched {
            self.filter("", world);
        }
        searched
    }

    fn query(&self) -> Option<&str> {
        Some(&self.query)
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

    fn refresh(&mut self, _world: &World) {
        self.is_stale = true;
    }

    /// Takes in the ideas as they are, if anything has changed: not before it is seen,
    /// because of thousands of ideas that takes time.
    fn show(&mut self, world: &World) {
        if !std::mem::take(&mut self.is_stale) {
            return;
        }
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
            self.overview = Some(at.min(self.round.history().len().saturating_sub(1)));
        }
        self.kept_line = self.kept_line.min(self.kept().len().saturating_sub(1));
    }

    fn wanted_jobs(&self, world: &World) -> Vec<JobRequest> {
        let job = |id: &String| SimilarityJob::of(id, &world.portfolio, &world.results.similar);
        let similar = self.card.iter().map(|id| JobRequest::Similar(Box::new(job(id))));
        // Only what is answered in full is told apart from others.
        let is_answered = self.pass() == Pass::Second && self.question.is_none();
        let sensitivity = is_answered.then(|| {
            let scored = &world.portfolio;
            let pursued = world.settings.current().pursued;
            JobRequest::Sensitivity(Box::new(SensitivityJob::of(scored, scored.rule(), pursued)))
        });
        similar.chain(sensitivity).collect()
    }

    fn mouse(&mut self, mouse: Mouse, area: Rect, world: &World) -> Option<Action> {
        self.click(mouse, area, world)
    }
}

const NO_BET: u8 = 3;

const BETS: &str = "1 is hot, 2 is next-hot, 3 is none";

impl TriageScreen {
    /// What a command on the card on the table leads to.
    pub(super) fn actions(&mut self, invocation: Invocation, world: &World) -> Option<Action> {
        use Command as C;
        let chosen = self.chosen();
        let idea = self.on_table(world)?;
        let field = self.question.unwrap_or(Field::Bet);
        match invocation.command {
            C::DropCard | C::Drop => Some(Action::ask(DropMenu { ids: chosen })),
            C::NotNow => done(not_now(&chosen, world)),
            C::Shortlist => done(shortlist(std::slice::from_ref(&idea.id), world)),
            C::MergeInto => {
                let alike = self.reminders(world).map_or(&[][..], |similar| &similar.lines);
                let alike: Vec<&str> = alike.iter().map(|similar| similar.id.as_str()).collect();
                Some(Action::ask(Merge::new(idea, &alike, world)))
            }
            C::Rate if field == Field::Bet && invocation.digit == Some(NO_BET) => {
                let edit = idea.bet.map(|_| Action::Edit(Edit::set(&idea.id, Field::Bet, None)));
                self.has_no_bet = true;
                self.ask_next(world);
                edit
            }
            C::Rate if field == Field::Bet => {
                let action = bet(idea, invocation.digit.unwrap_or(0));
                self.goes_on = true;
                action
            }
            // The bet is answered by one of three numbers, not on a scale.
            C::Exact | C::Range | C::NudgeDown | C::NudgeUp if field == Field::Bet => {
                Some(Action::Say(BETS.to_owned()))
            }
            command => {
                let action = deciding::action(command, &[idea], None, world)
                    .or_else(|| rating::action(invocation, idea, field));
                // A digit also goes on where it changes an answer.
                self.goes_on |= command == C::Rate;
                action
            }
        }
    }
}

/// What follows from a decision, or why it cannot be made.
fn done(actions: Result<Vec<Action>, String>) -> Option<Action> {
    actions.map_or_else(|reason| Some(Action::Say(reason)), |mut actions| actions.pop())
}

fn bet(idea: &Idea, digit: u8) -> Option<Action> {
    let kind = usize::from(digit).checked_sub(1).and_then(|at| BetKind::ALL.get(at).copied());
    match kind {
        None => Some(Action::Say(BETS.to_owned())),
        Some(kind) if idea.bet == Some(kind) => Some(Action::Say(format!("{} already", kind.id()))),
        Some(kind) => Some(Action::Edit(Edit::set(&idea.id, Field::Bet, Some(Value::Bet(kind))))),
    }
}
