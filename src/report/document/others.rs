//! The part of the report on people: what others say about the ideas, and what
//! this quarter is for.

use super::{Block, Document};
use crate::domain::Portfolio;

impl Document {
    /// What colleagues said in words, idea by idea; nothing where nobody did.
    pub(super) fn others(&mut self, portfolio: &Portfolio) {
        let spoken = portfolio.spoken_of();
        if spoken.is_empty() {
            return;
        }
        self.blocks.push(Block::Section("What others say"));
        let items = spoken.into_iter().map(|(idea, said)| {
            let people = match idea.status.is_ranked_by_default() {
                true => String::new(),
                false => format!(" ({})", idea.status.shown()),
            };
            format!("{}{people}: {}", idea.title, said.join(" "))
        });
        self.blocks.push(Block::List(items.collect()));
    }
}
