//! Commands of the Triage screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::command::{Command, Invocation, Scope};
use crate::domain::{Activity, Idea, Status};
use crate::text::shorten;
use crate::tui::dialogs::Holders;
use crate::tui::jobs::JobRequest;
use crate::tui::jobs::sensitivity::SensitivityJob;
use crate::tui::jobs::similar::SimilarityJob;
use crate::tui::screens::{Action, KeyWords, Mouse, Reversal, Screen, Unavailable};
use crate::tui::theme::Styles;
use crate::tui::world::World;

use super::round::{Done, Pass};
use super::{TriageScreen, actions, draw, mouse};

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
        world.portfolio.portfolio().iter().filter(|idea| idea.status == Status::Inbox).count()
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
            C::Open if self.list.is_some() => self.take_from_list(world),
            C::Open if self.shows_pause() => self.put(self.card.clone(), world),
            C::Open => {
                self.is_whole = !self.is_whole;
                self.scroll = 0;
            }
            C::Holders => return vec![Action::ask(Holders::new(self.held_by_others(world)))],
            C::TakeBack if self.shows_pause() => return self.take_out(self.kept_line, world),
            C::TakeBack => return self.take_back(world),
            C::Down => self.step(1, world),
            C::Up => self.step(-1, world),
            C::PageDown => self.scroll_by(isize::from(half_page(world)), world),
            C::PageUp => self.scroll_by(-isize::from(half_page(world)), world),
            C::Top => self.scroll_by(isize::MIN, world),
            C::Bottom => self.scroll_by(isize::MAX, world),
            C::NextCriterion => self.move_question(1, world),
            C::PreviousCriterion => self.move_question(-1, world),
            C::Keep => return vec![self.pass_on(true, world)],
            C::SkipCard | C::PutOff => return vec![self.pass_on(false, world)],
            _ => return actions::actions(self, invocation, world),
        }
        Vec::new()
    }

    fn draw(&self, world: &World, styles: &Styles, area: Rect, buffer: &mut Buffer) {
        draw::draw(self, world, styles, area, buffer);
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

    fn mouse(&mut self, mouse: Mouse, area: Rect, world: &World) -> Vec<Action> {
        mouse::mouse(self, mouse, area, world)
    }
}

impl TriageScreen {
    /// Moves what moves here: the cursor of the list, the question, the text.
    fn step(&mut self, lines: isize, world: &World) {
        if let Some(at) = self.list {
            let last = self.waiting().len().saturating_sub(1);
            self.list = Some(at.saturating_add_signed(lines).min(last));
        } else if self.shows_overview() {
            let last = self.round.history().len().saturating_sub(1);
            let at = self.overview.unwrap_or(0).saturating_add_signed(lines).min(last);
            self.overview = Some(at);
        } else if self.is_paused {
            let last = self.kept().len().saturating_sub(1);
            self.kept_line = self.kept_line.saturating_add_signed(lines).min(last);
        } else {
            self.scroll_by(lines, world);
        }
    }

    fn scroll_by(&mut self, lines: isize, world: &World) {
        if self.list.is_some() || self.shows_pause() {
            return self.step(lines.clamp(-10_000, 10_000), world);
        }
        if self.shows_overview() {
            if self.round.history().len() > 1 {
                self.step(lines.clamp(-10_000, 10_000), world);
            }
            return;
        }
        let last = draw::last_scroll(self, world);
        self.scroll = self.scroll.saturating_add_signed(lines).min(last);
    }

    fn move_question(&mut self, by: isize, world: &World) {
        let Some(idea) = self.on_table(world) else { return };
        let asked = self.questions(idea);
        let last = asked.len().saturating_sub(1);
        let at = match asked.iter().position(|field| Some(*field) == self.question) {
            Some(now) => now.saturating_add_signed(by).min(last),
            None if by > 0 => 0,
            None => last,
        };
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

    /// Keeps or puts off the chosen cards, which changes nothing in the files; says which.
    fn pass_on(&mut self, keep: bool, world: &World) -> Action {
        let ids = self.chosen();
        let title = |id: &String| world.portfolio.idea(id).map(|idea| idea.title.clone());
        let which = match ids.as_slice() {
            [id] => shorten(&title(id).unwrap_or_default(), 44).into_owned(),
            ids => format!("{} cards", ids.len()),
        };
        let undo = world.keymap.key(Command::Undo);
        let said = if keep {
            format!("Kept for pass 2: {which} · {undo} undoes")
        } else {
            format!("Later, at the end: {which} · {undo} undoes")
        };
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
        Action::Say(said)
    }

    /// Ids of the cards that were dropped in this round because others have
    /// them, where it is not said who.
    pub(super) fn held_by_others(&self, world: &World) -> Vec<String> {
        let decided = self.round.decided().iter();
        let dropped = decided.filter(|decided| decided.to == Status::Abandoned);
        let ideas = dropped.filter_map(|decided| world.portfolio.idea(&decided.id));
        ideas.filter(|idea| Holders::is_open(idea)).map(|idea| idea.id.clone()).collect()
    }

    /// The kept card at a line of the pause is no longer kept.
    fn take_out(&mut self, line: usize, world: &World) -> Vec<Action> {
        let id = self.kept().get(line).map(|id| (*id).to_owned());
        id.map(|id| self.take_out_card(id, world)).into_iter().collect()
    }

    fn take_out_card(&mut self, id: String, world: &World) -> Action {
        let title = world.portfolio.idea(&id).map_or_else(|| id.clone(), |idea| idea.title.clone());
        let was_paused = self.is_paused;
        let was_on_table = self.card.as_deref() == Some(&id);
        self.round.take_out(vec![id]);
        self.round.refresh(world);
        if was_on_table {
            self.deal(world);
            self.is_paused = was_paused && self.pass() == Pass::Second;
        }
        self.kept_line = self.kept_line.min(self.kept().len().saturating_sub(1));
        let (title, undo) = (shorten(&title, 40), world.keymap.key(Command::Undo));
        Action::Say(format!("Not kept: {title} comes again at the end · {undo} undoes"))
    }

    /// Takes back what is under the cursor of the list.
    fn take_back(&mut self, world: &World) -> Vec<Action> {
        let at = self.overview.unwrap_or(0);
        // The list stays open though a card waits again.
        self.overview = Some(at);
        match self.round.history().get(at) {
            Some(Done::Decided(decided)) => {
                let (edit, standing) = (decided.inverse.clone(), decided.standing.clone());
                vec![Action::Reverse(Reversal { edit, standing })]
            }
            Some(Done::Kept(id)) => {
                let id = (*id).to_owned();
                let said = self.take_out_card(id, world);
                self.overview = Some(at.min(self.round.history().len().saturating_sub(1)));
                vec![said]
            }
            None => Vec::new(),
        }
    }
}

fn half_page(world: &World) -> i8 {
    i8::try_from(world.room().height / 3).unwrap_or(8).max(1)
}
