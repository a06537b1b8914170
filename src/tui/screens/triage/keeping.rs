//! Cards that are kept, put off and taken out, and decisions that are taken
//! back: nothing here changes a file by itself.

use crate::command::Command;
use crate::domain::Status;
use crate::text::shorten;
use crate::tui::dialogs::Holders;
use crate::tui::screens::{Action, Reversal};
use crate::tui::world::World;

use super::TriageScreen;
use super::round::{Done, Pass};

impl TriageScreen {
    /// Keeps or puts off the chosen cards, which changes nothing in the files; says which.
    pub(super) fn pass_on(&mut self, keep: bool, world: &World) -> Action {
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
    pub(super) fn take_out(&mut self, line: usize, world: &World) -> Vec<Action> {
        let id = self.kept().get(line).map(|id| (*id).to_owned());
        id.map(|id| self.take_out_card(id, world)).into_iter().collect()
    }

    pub(super) fn take_out_card(&mut self, id: String, world: &World) -> Action {
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
    pub(super) fn take_back(&mut self, world: &World) -> Vec<Action> {
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
