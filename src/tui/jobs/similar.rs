//! Similar past ideas for a triage card.

use std::sync::Arc;

use crate::domain::{Date, Portfolio};
use crate::judge::{SimilarPastIdea, SimilarityIndex, similar_past_ideas};
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
    index: Arc<SimilarityIndex>,
}

/// One idea of which another reminds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SimilarIdea {
    pub id: String,
    /// Which one, how alike and by which words.
    pub likeness: String,
    /// The cause of death, if it was given up.
    pub cause: Option<String>,
}

/// Words in common that are named.
const WORDS: usize = 4;

impl SimilarityKey {
    #[must_use]
    pub(crate) fn of(id: &str, scored: &ScoredPortfolio) -> Self {
        Self { id: id.to_owned(), texts: scored.text_revision(), as_of: scored.as_of() }
    }
}

impl SimilarityJob {
    /// The ideas that resemble a card. All words are read again only when a
    /// text has changed since the result before.
    #[must_use]
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
        let lines = self.portfolio.get(&self.key.id).map_or_else(Vec::new, |idea| {
            let similar_ideas = similar_past_ideas(idea, &self.portfolio, &index, self.key.as_of);
            similar_ideas.iter().map(similar).collect()
        });
        SimilarIdeas { lines, index }
    }
}

fn similar(reminder: &SimilarPastIdea<'_>) -> SimilarIdea {
    let SimilarPastIdea { idea, likeness, words, ending } = reminder;
    let words: Vec<&str> = words.iter().take(WORDS).map(String::as_str).collect();
    let percent = (likeness * 100.0).round();
    let likeness = format!(
        "{percent} % like \"{}\" ({}), by the words {}",
        sanitize(&idea.title),
        idea.status,
        sanitize(&words.join(", "))
    );
    let cause = ending.map(|decision| {
        let mut cause = match decision.why.as_str() {
            "" => format!("given up on {}, for no stated reason", decision.date),
            why => format!("given up on {}: {}", decision.date, sanitize(why)),
        };
        if let Some(lesson) = &decision.lesson {
            cause = format!("{cause} ({})", sanitize(lesson));
        }
        cause
    });
    SimilarIdea { id: idea.id.clone(), likeness, cause }
}
