//! Moves of the Triage screen: through a list, a text and the questions; marks.

use crate::tui::world::World;

use super::{TriageScreen, draw};

impl TriageScreen {
    /// Moves what moves here: the cursor of the list, the question, the text.
    pub(super) fn step(&mut self, lines: isize, world: &World) {
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

    pub(super) fn scroll_by(&mut self, lines: isize, world: &World) {
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
}
