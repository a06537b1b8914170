//! The review of all ideas.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::domain::{Date, Idea, Portfolio};
use crate::judge::{
    Attention, Flag, Review, ScoreRule, StallRule, TagRollup, TimeSpent, Traction, Urgency,
    alike_ids, attention, hours_within, is_duplicate, review_of, scores, tag_rollups,
};
use crate::tui::world::scored_portfolio::{ReviewFlags, ScoredPortfolio, review_flags};

use super::slot::{Job, JobSlot};

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ReviewKey {
    /// The state of the ideas and the duels, as the scored portfolio counts it.
    changes: u64,
    pub score_rule: ScoreRule,
    stall_rule: StallRule,
    /// How many ideas are to be pursued.
    pursued: usize,
    as_of: Date,
}

#[derive(Clone, Debug)]
pub(crate) struct ReviewJob {
    key: ReviewKey,
    portfolio: Arc<Portfolio>,
    /// The state of all texts, as the scored portfolio counts it.
    texts: u64,
    /// The review before, if it went by the same rules on the same day.
    before: Option<Arc<ReviewFindings>>,
}

/// What there is to say about all ideas, as they were when it was asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ReviewFindings {
    /// The ideas, as they were when they were reviewed.
    pub ideas: Vec<Arc<Idea>>,
    /// What was found about each.
    pub reviews: Vec<Review>,
    /// The flags of them that only a review can raise.
    pub flags: Arc<ReviewFlags>,
    /// How many need a decision.
    pub due: usize,
    /// The ids of ideas that say much the same as another one, and the state of the
    /// texts that this is about.
    alike: (u64, Arc<BTreeSet<String>>),
    pub directions: Vec<TagRollup>,
    /// All hours that were ever logged.
    pub all_hours: f64,
    /// Where the hours of the last month went, the most first.
    pub hours: Vec<(usize, f64)>,
    /// Hours that went to an idea below the cut while better ones got none.
    pub attention: Option<Attention>,
    /// Where the time of the last month went. What went into choosing is known to the screen.
    pub spent: TimeSpent,
}

impl ReviewFindings {
    /// The idea that stood at a position, as it is now.
    pub(crate) fn idea<'a>(
        &self,
        position: usize,
        scored: &'a ScoredPortfolio,
    ) -> Option<&'a Idea> {
        scored.idea(&self.ideas.get(position)?.id)
    }
}

impl ReviewJob {
    /// A review of the ideas as they are. What the review before concluded from
    /// a log holds as long as the log stays.
    pub(crate) fn of(scored: &ScoredPortfolio, pursued: usize, before: &JobSlot<Self>) -> Self {
        let key = ReviewKey {
            changes: scored.revision(),
            score_rule: scored.rule().clone(),
            stall_rule: scored.stall_rule().clone(),
            pursued,
            as_of: scored.as_of(),
        };
        let is_alike =
            |before: &ReviewKey| (&before.stall_rule, before.as_of) == (&key.stall_rule, key.as_of);
        let before = before.latest().filter(|(before, _)| is_alike(before));
        let before = before.map(|(_, findings)| Arc::clone(findings));
        Self { key, portfolio: scored.share(), texts: scored.text_revision(), before }
    }

    /// The verdicts on all logs.
    fn tractions(&self) -> Vec<Traction> {
        let ideas = self.before.iter().flat_map(|before| before.ideas.iter().zip(&before.reviews));
        let known: HashMap<&str, (&Idea, &Traction)> =
            ideas.map(|(idea, review)| (&*idea.id, (&**idea, &review.traction))).collect();
        let traction = |idea: &Idea| match known.get(&*idea.id) {
            Some((before, traction)) if Traction::is_same(before, idea) => (*traction).clone(),
            _ => Traction::of(idea, &self.key.stall_rule, self.key.as_of),
        };
        self.portfolio.iter().map(traction).collect()
    }
}

impl ReviewJob {
    /// The ideas that say much the same. All words are read again only when a
    /// text has changed since the review before.
    fn alike(&self) -> Arc<BTreeSet<String>> {
        let before = self.before.as_ref().filter(|before| before.alike.0 == self.texts);
        before.map_or_else(
            || Arc::new(alike_ids(&self.portfolio)),
            |before| Arc::clone(&before.alike.1),
        )
    }
}

impl Job for ReviewJob {
    type Key = ReviewKey;
    type Output = ReviewFindings;

    fn key(&self) -> &ReviewKey {
        &self.key
    }

    fn run(&self) -> ReviewFindings {
        let Self {
            key: ReviewKey { score_rule, stall_rule, pursued, as_of, .. }, portfolio, ..
        } = self;
        let scores = scores(portfolio, score_rule);
        let rules = (score_rule, stall_rule);
        let mut reviews = review_of(portfolio, self.tractions(), &scores, rules, *as_of);
        let alike = self.alike();
        for (idea, review) in portfolio.iter().zip(&mut reviews) {
            if is_duplicate(idea, &alike) {
                review.raise(Flag::Duplicate);
            }
        }
        let attention = attention(portfolio, &scores, rules, *pursued, *as_of);
        if let Some(found) = &attention
            && let Some(review) = reviews.get_mut(found.position)
        {
            review.ask(Urgency::HoursAgainstRank, found.sentence());
        }
        let flagged = portfolio.iter().zip(&reviews);
        let flagged = flagged.map(|(idea, review)| (idea.id.as_str(), review.flags.as_slice()));
        ReviewFindings {
            ideas: portfolio.ideas().to_vec(),
            flags: Arc::new(review_flags(flagged)),
            due: reviews.iter().filter(|review| review.due).count(),
            reviews,
            alike: (self.texts, alike),
            directions: tag_rollups(portfolio, stall_rule, *as_of),
            all_hours: all_hours(portfolio, *as_of),
            attention,
            hours: hours_within(portfolio, TimeSpent::DAYS, *as_of),
            spent: TimeSpent::of(portfolio, &[], *as_of),
        }
    }
}

/// The hours logged on all ideas until a day.
fn all_hours(portfolio: &Portfolio, as_of: Date) -> f64 {
    let entries = portfolio.iter().flat_map(|idea| &idea.log);
    entries.filter(|entry| entry.date <= as_of).filter_map(|entry| entry.hours).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Edit, Entry, Idea, LogEntry};

    fn entry(hours: f64) -> LogEntry {
        let (date, note) = (Date::constant(2026, 3, 1), String::new());
        LogEntry {
            date,
            hours: Some(hours),
            traction: Some(4.0),
            note,
            recalled: false,
            output: None,
        }
    }

    #[test]
    fn what_follows_from_the_review_before_equals_what_is_judged_at_once() {
        let ideas = vec![Idea::new("a", "A"), Idea::new("b", "B")];
        let portfolio = Portfolio::new(ideas, Vec::new());
        let day = Date::constant(2026, 3, 2);
        let mut scored = ScoredPortfolio::new(portfolio, ScoreRule::default(), day);
        let mut before = JobSlot::default();
        for hours in [3.0, 50.0, 4.0] {
            let edit = Edit::append(&scored.ideas()[1], Entry::Log(entry(hours)));
            scored.apply(&edit).unwrap();
            let next = ReviewJob::of(&scored, 3, &before);
            let findings = next.run();
            assert_eq!(findings, ReviewJob::of(&scored, 3, &JobSlot::default()).run());
            before.take(next.key().clone(), Arc::new(findings));
        }
        assert!(ReviewJob::of(&scored, 3, &before).before.is_some());
        let least_gain = StallRule { least_gain: 1.0, ..StallRule::default() };
        scored.set_rules(ScoreRule::default(), least_gain);
        assert!(ReviewJob::of(&scored, 3, &before).before.is_none(), "by other rules");
    }
}
