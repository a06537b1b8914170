//! Similar past ideas for a triage card.

use std::sync::Arc;

use crate::domain::{Date, Portfolio};
use crate::judge::{
    SimilarPastIdea, SimilarityIndex, perhaps_in_words, perhaps_like, similar_past_ideas,
};
use crate::text::sanitize;
use crate::tui::world::scored_portfolio::ScoredPortfolio;

use super::slot::{Job, JobSlot};

/// A card, the state of all texts, and the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SimilarityKey {
    id: String,
    texts: u64,
    as_of: Date,
}

#[derive(Clone, Debug)]
pub(crate) struct SimilarityJob {
    key: SimilarityKey,
    portfolio: Arc<Portfolio>,
    /// The words of all ideas, if they were read before.
    index: Option<Arc<SimilarityIndex>>,
}

#[derive(Clone, Debug)]
pub(crate) struct SimilarIdeas {
    /// What the card reminds of, the most telling first.
    pub lines: Vec<SimilarIdea>,
    /// The nearest below that, in words, where it reminds of none.
    pub perhaps: Option<String>,
    index: Arc<SimilarityIndex>,
}

/// One idea of which another reminds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SimilarIdea {
    pub id: String,
    /// Which one, and why it was dropped, if it was.
    pub said: String,
    /// What was learned, if it was dropped.
    pub lesson: Option<String>,
}

impl SimilarityKey {
    pub(crate) fn of(id: &str, scored: &ScoredPortfolio) -> Self {
        Self { id: id.to_owned(), texts: scored.text_revision(), as_of: scored.as_of() }
    }
}

impl SimilarityJob {
    /// The ideas that resemble a card. All words are read again only when a
    /// text has changed since the result before.
    pub(crate) fn of(id: &str, scored: &ScoredPortfolio, before: &JobSlot<Self>) -> Self {
        let key = SimilarityKey::of(id, scored);
        let before = before.latest().filter(|(before, _)| before.texts == key.texts);
        let index = before.map(|(_, similar)| Arc::clone(&similar.index));
        Self { key, portfolio: scored.share(), index }
    }
}

impl Job for SimilarityJob {
    type Key = SimilarityKey;
    type Output = SimilarIdeas;

    fn key(&self) -> &SimilarityKey {
        &self.key
    }

    fn run(&self) -> SimilarIdeas {
        let read = || Arc::new(SimilarityIndex::new(self.portfolio.iter()));
        let index = self.index.clone().unwrap_or_else(read);
        let portfolio = &*self.portfolio;
        let idea = portfolio.get(&self.key.id);
        let lines: Vec<SimilarIdea> = idea.map_or_else(Vec::new, |idea| {
            similar_past_ideas(idea, portfolio, &index, self.key.as_of)
                .iter()
                .map(similar)
                .collect()
        });
        let near = idea.filter(|_| lines.is_empty());
        let perhaps = near.and_then(|idea| {
            let near = perhaps_like(idea, portfolio, &index);
            perhaps_in_words(&near, portfolio).map(|said| sanitize(&said).into_owned())
        });
        SimilarIdeas { lines, perhaps, index }
    }
}

fn similar(reminder: &SimilarPastIdea<'_>) -> SimilarIdea {
    let lesson = reminder.ending.and_then(|decision| decision.lesson.as_deref());
    SimilarIdea {
        id: reminder.idea.id.clone(),
        said: sanitize(&reminder.sentence()).into_owned(),
        lesson: lesson.map(|lesson| sanitize(lesson).into_owned()),
    }
}
