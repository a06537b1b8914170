//! Moves of the Triage screen: through a list, a text and the questions, with keys and
//! the mouse; cards that are kept, put off and taken out.

use ratatui::layout::Rect;

use crate::command::{Command, Invocation};
use crate::domain::Status;
use crate::text::shorten;
use crate::tui::dialogs::drop::Holders;
use crate::tui::screens::{Action, Mouse, Reversal, Screen};
use crate::tui::world::World;

use super::round::{Done, Pass};
use super::{TriageScreen, rate};

impl TriageScreen {
    pub(super) fn move_question(&mut self, by: isize, world: &World) {
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
    pub(super) fn open_list(&mut self) -> Option<usize> {
        self.overview = None;
        let waiting = self.waiting();
        let at = waiting.iter().position(|id| Some(*id) == self.card.as_deref());
        (!waiting.is_empty()).then_some(at.unwrap_or(0))
    }

    /// Marks the card under the cursor of the list, or unmarks it, and goes on.
    pub(super) fn mark(&mut self) {
        let waiting = self.waiting();
        let Some(at) = self.list else { return };
        let Some(id) = waiting.get(at).map(|id| (*id).to_owned()) else { return };
        self.list = Some((at + 1).min(waiting.len() - 1));
        if !self.marks.remove(&id) {
            self.marks.insert(id);
        }
    }

    /// Marks all cards that the search finds; if they are marked already, none.
    pub(super) fn mark_all(&mut self) {
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
    pub(super) fn take_from_list(&mut self, world: &World) {
        let Some(at) = self.list.take() else { return };
        let id = self.waiting().get(at).map(|id| (*id).to_owned());
        self.put(id, world);
    }

    /// Keeps or puts off the chosen cards, which changes nothing in the files; says which.
    pub(super) fn pass_on(&mut self, keep: bool, world: &World) -> Action {
        let ids = self.chosen();
        let which = match ids.as_slice() {
            [id] => shorten(world.portfolio.title_of(id), 44).into_owned(),
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
            self.round.keep(ids, world);
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
    pub(super) fn take_out(&mut self, line: usize, world: &World) -> Option<Action> {
        let id = self.kept().get(line).map(|id| (*id).to_owned());
        id.map(|id| self.take_out_card(id, world))
    }

    pub(super) fn take_out_card(&mut self, id: String, world: &World) -> Action {
        let title = world.portfolio.title_of(&id).to_owned();
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
    pub(super) fn take_back(&mut self, world: &World) -> Option<Action> {
        let at = self.overview.unwrap_or(0);
        // The list stays open though a card waits again.
        self.overview = Some(at);
        match self.round.history().get(at) {
            Some(Done::Decided(decided)) => {
                let (edit, standing) = (decided.inverse.clone(), decided.standing.clone());
                Some(Action::Reverse(Reversal { edit, standing }))
            }
            Some(Done::Kept(id)) => {
                let id = (*id).to_owned();
                let said = self.take_out_card(id, world);
                self.overview = Some(at.min(self.round.history().len().saturating_sub(1)));
                Some(said)
            }
            None => None,
        }
    }

    /// Answers the mouse in the area where the screen is drawn.
    pub(super) fn click(&mut self, mouse: Mouse, area: Rect, world: &World) -> Option<Action> {
        if !mouse.is_click() || !area.contains(mouse.at) {
            return None;
        }
        let line = |list: Rect, first: usize, count: usize| {
            let row = mouse.at.y.checked_sub(list.y).map(|row| first + usize::from(row));
            row.filter(|at| list.contains(mouse.at) && *at < count)
        };
        if let Some(cursor) = self.list {
            let (list, first) = self.waiting_list(area);
            match line(list, first, self.waiting().len()) {
                Some(at) if at == cursor || mouse.is_second_click() => {
                    return self.run(open(), world);
                }
                Some(at) => self.list = Some(at),
                None => {}
            }
        } else if self.shows_pause() {
            let (list, first) = self.kept_list(world, area);
            if let Some(at) = line(list, first, self.kept().len()) {
                self.kept_line = at;
            }
        } else if self.shows_overview() {
            let (list, first) = self.overview_list(area);
            if let Some(at) = line(list, first, self.round.history().len()) {
                self.overview = Some(at);
            }
        } else if self.verbs_row(world, area) == Some(mouse.at.y) {
            let column = usize::from(mouse.at.x - area.x);
            let command = rate::verb_at(column, world);
            return command.map(run);
        }
        None
    }
}

const fn open() -> Invocation {
    Invocation { command: Command::Open, digit: None }
}

const fn run(command: Command) -> Action {
    Action::Run(Invocation { command, digit: None })
}
