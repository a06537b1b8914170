//! What a card reminds of: asked in one thread, answered in another.

use std::sync::Arc;

use crate::domain::{Date, Portfolio};
use crate::judge::{Reminder, SimilarityIndex, reminders};
use crate::text::sanitize;

use super::effects::Craft;
use super::message::Msg;

/// The question what an idea reminds of.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Recall {
    /// The idea that is asked about.
    pub id: String,
    /// The ideas, itself among them.
    pub portfolio: Arc<Portfolio>,
    /// Which state of their texts this is; see [`Backlog::texts`].
    ///
    /// [`Backlog::texts`]: super::backlog::Backlog::texts
    pub texts: u64,
    /// The day that counts as today.
    pub as_of: Date,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Recalled {
    /// The idea that was asked about.
    pub id: String,
    /// The state of the texts to which the answer belongs.
    pub texts: u64,
    /// What it reminds of, the most telling first.
    pub lines: Vec<Echo>,
}

/// One idea of which another reminds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Echo {
    /// Its id.
    pub id: String,
    /// Which one, how alike and by which words.
    pub likeness: String,
    /// The cause of death, if it was given up.
    pub cause: Option<String>,
}

/// Remembers the words of all ideas from one question to the next.
#[derive(Debug, Default)]
pub(super) struct Memory {
    index: Option<(u64, SimilarityIndex)>,
}

/// Words in common that are named.
const WORDS: usize = 4;

impl Craft for Memory {
    type Request = Recall;

    fn perform(&mut self, recall: Recall) -> Option<Msg> {
        Some(Msg::Recalled(self.recall(&recall)))
    }

    /// Only the last card is still on the table.
    fn is_wanted(_: &Recall, _: &Recall) -> bool {
        false
    }

    fn fault(&mut self, reason: String) -> Msg {
        *self = Self::default();
        Msg::Fault(reason)
    }
}

impl Memory {
    /// Answers a question; reads all ideas again only when a text has changed.
    fn recall(&mut self, recall: &Recall) -> Recalled {
        let is_fresh = self.index.as_ref().is_some_and(|(texts, _)| *texts == recall.texts);
        if !is_fresh {
            self.index = Some((recall.texts, SimilarityIndex::new(recall.portfolio.iter())));
        }
        let lines = match (&self.index, recall.portfolio.get(&recall.id)) {
            (Some((_, index)), Some(idea)) => {
                reminders(idea, &recall.portfolio, index, recall.as_of).iter().map(echo).collect()
            }
            _ => Vec::new(),
        };
        Recalled { id: recall.id.clone(), texts: recall.texts, lines }
    }
}

fn echo(reminder: &Reminder<'_>) -> Echo {
    let Reminder { idea, likeness, words, ending } = reminder;
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
    Echo { id: idea.id.clone(), likeness, cause }
}
