//! Similar past ideas for a triage card, found by a background worker.

use std::sync::Arc;

use crate::domain::{Date, Portfolio};
use crate::judge::{SimilarPastIdea, SimilarityIndex, similar_past_ideas};
use crate::text::sanitize;

use super::app::message::Msg;
use super::runtime::BackgroundJob;

/// The question what an idea reminds of.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SimilarityRequest {
    /// The idea that is asked about.
    pub id: String,
    /// The ideas, itself among them.
    pub portfolio: Arc<Portfolio>,
    /// Which state of their texts this is; see [`ScoredPortfolio::text_revision`].
    ///
    /// [`ScoredPortfolio::text_revision`]: super::scored_portfolio::ScoredPortfolio::text_revision
    pub texts: u64,
    /// The day that counts as today.
    pub as_of: Date,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SimilarIdeas {
    /// The idea that was asked about.
    pub id: String,
    /// The state of the texts to which the answer belongs.
    pub texts: u64,
    /// What it reminds of, the most telling first.
    pub lines: Vec<SimilarIdea>,
}

/// One idea of which another reminds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SimilarIdea {
    pub id: String,
    /// Which one, how alike and by which words.
    pub likeness: String,
    /// The cause of death, if it was given up.
    pub cause: Option<String>,
}

/// Remembers the words of all ideas from one question to the next.
#[derive(Debug, Default)]
pub(super) struct SimilarityWorker {
    index: Option<(u64, SimilarityIndex)>,
}

/// Words in common that are named.
const WORDS: usize = 4;

impl BackgroundJob for SimilarityWorker {
    type Request = SimilarityRequest;

    fn perform(&mut self, request: SimilarityRequest) -> Option<Msg> {
        Some(Msg::SimilarIdeasReady(self.similar_ideas(&request)))
    }

    /// Only the last card is still on the table.
    fn is_superseded_by(_: &SimilarityRequest, _: &SimilarityRequest) -> bool {
        true
    }

    fn on_panic(&mut self, reason: String) -> Msg {
        *self = Self::default();
        Msg::WorkerPanicked(reason)
    }
}

impl SimilarityWorker {
    /// Answers a question; reads all ideas again only when a text has changed.
    fn similar_ideas(&mut self, request: &SimilarityRequest) -> SimilarIdeas {
        let is_fresh = self.index.as_ref().is_some_and(|(texts, _)| *texts == request.texts);
        if !is_fresh {
            self.index = Some((request.texts, SimilarityIndex::new(request.portfolio.iter())));
        }
        let lines = match (&self.index, request.portfolio.get(&request.id)) {
            (Some((_, index)), Some(idea)) => {
                similar_past_ideas(idea, &request.portfolio, index, request.as_of)
                    .iter()
                    .map(similar)
                    .collect()
            }
            _ => Vec::new(),
        };
        SimilarIdeas { id: request.id.clone(), texts: request.texts, lines }
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
