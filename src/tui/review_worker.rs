//! Background worker that reviews all ideas incrementally: a copy of the ideas,
//! kept in step edit by edit, and a cache of the verdicts on their logs.

use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::{Date, Edit, Portfolio};
use crate::judge::{
    ScoreRule, StallRule, TimeSpent, Traction, hours_within, review_of, scores, tag_rollups,
};

use super::app::message::Msg;
use super::runtime::BackgroundJob;
use super::screens::review::ReviewFindings;
use super::sensitivity::{Sensitivity, SensitivityKey};

/// Requests to the review worker.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum ReviewRequest {
    /// These are the ideas now, and this is how to judge them.
    Load(Box<ReviewInput>),
    Apply(Edit),
    /// What is there to say about all ideas? Answered by [`ReviewFindings`].
    Review,
    /// How sure is the ranking? Answered by a [`Sensitivity`].
    Sensitivity(SensitivityKey),
}

/// Ideas and how to judge them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ReviewInput {
    /// The ideas. The worker makes a copy of its own: as long as these are
    /// shared, an edit has to copy them.
    pub portfolio: Arc<Portfolio>,
    /// How answers become a score.
    pub score_rule: ScoreRule,
    pub stall_rule: StallRule,
    /// The day that counts as today.
    pub as_of: Date,
}

/// Keeps a case and judges it again only where its logs have changed.
#[derive(Debug, Default)]
pub(super) struct ReviewWorker {
    input: Option<Box<ReviewInput>>,
    /// Verdicts by id of the idea.
    tractions: HashMap<String, Traction>,
}

impl BackgroundJob for ReviewWorker {
    type Request = ReviewRequest;

    fn perform(&mut self, request: ReviewRequest) -> Option<Msg> {
        match request {
            ReviewRequest::Sensitivity(key) => {
                let portfolio = &self.input.as_ref()?.portfolio;
                Some(Msg::SensitivityReady(Box::new(Sensitivity::of(portfolio, key))))
            }
            request => self.handle(request).map(Msg::ReviewReady),
        }
    }

    /// How sure an earlier ranking was is of no interest any more.
    fn is_superseded_by(waiting: &ReviewRequest, newest: &ReviewRequest) -> bool {
        matches!((waiting, newest), (ReviewRequest::Sensitivity(_), ReviewRequest::Sensitivity(_)))
    }

    fn on_panic(&mut self, reason: String) -> Msg {
        *self = Self::default();
        Msg::ReviewFailed(reason)
    }
}

impl ReviewWorker {
    /// Takes note, and answers if it was asked.
    fn handle(&mut self, request: ReviewRequest) -> Option<ReviewFindings> {
        match request {
            ReviewRequest::Load(mut input) => {
                input.portfolio = Arc::new(Portfolio::clone(&input.portfolio));
                self.evict_stale(&input);
                self.input = Some(input);
                None
            }
            ReviewRequest::Apply(edit) => {
                for id in edit.ids() {
                    self.tractions.remove(id);
                }
                // What does not fit here did not fit there either, and is
                // followed by the ideas as they are.
                let _ = Arc::make_mut(&mut self.input.as_mut()?.portfolio).apply(&edit);
                None
            }
            ReviewRequest::Review => Some(self.review()),
            ReviewRequest::Sensitivity(_) => None,
        }
    }

    /// Forgets the verdicts that do not hold for other ideas any more.
    fn evict_stale(&mut self, new: &ReviewInput) {
        let Some(old) = &self.input else { return };
        if (&old.stall_rule, old.as_of) != (&new.stall_rule, new.as_of) {
            self.tractions.clear();
        }
        self.tractions.retain(|id, _| {
            let (before, after) = (old.portfolio.get(id), new.portfolio.get(id));
            before.zip(after).is_some_and(|(before, after)| Traction::is_same(before, after))
        });
    }

    fn review(&mut self) -> ReviewFindings {
        let Some(input) = &self.input else { return ReviewFindings::default() };
        let ReviewInput { portfolio, score_rule, stall_rule, as_of } = &**input;
        let ideas = portfolio.ideas();
        let tractions = ideas.iter().map(|idea| {
            let known = self.tractions.get(&idea.id).cloned();
            known.unwrap_or_else(|| Traction::of(idea, stall_rule, *as_of))
        });
        let tractions: Vec<Traction> = tractions.collect();
        let ids: Vec<String> = ideas.iter().map(|idea| idea.id.clone()).collect();
        self.tractions = ids.iter().cloned().zip(tractions.iter().cloned()).collect();
        let scores = scores(portfolio, score_rule);
        let rules = (score_rule, stall_rule);
        ReviewFindings {
            ids,
            reviews: review_of(portfolio, tractions, &scores, rules, *as_of),
            directions: tag_rollups(portfolio, stall_rule, *as_of),
            hours: hours_within(portfolio, TimeSpent::DAYS, *as_of),
            spent: TimeSpent::of(portfolio, &[], *as_of),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Entry, Idea, LogEntry};

    #[test]
    fn what_is_judged_edit_by_edit_equals_what_is_judged_at_once() {
        let day = Date::constant(2026, 3, 1);
        let ideas = vec![Idea::new("a", "A"), Idea::new("b", "B")];
        let mut portfolio = Portfolio::new(ideas, Vec::new());
        let input = |portfolio: &Portfolio| {
            ReviewRequest::Load(Box::new(ReviewInput {
                portfolio: Arc::new(portfolio.clone()),
                score_rule: ScoreRule::default(),
                stall_rule: StallRule::default(),
                as_of: day,
            }))
        };
        let mut review_worker = ReviewWorker::default();
        assert_eq!(review_worker.handle(ReviewRequest::Review), Some(ReviewFindings::default()));
        review_worker.handle(input(&portfolio));
        for hours in [3.0, 50.0] {
            let note = "again".to_owned();
            let entry = LogEntry {
                date: day,
                hours: Some(hours),
                traction: Some(4.0),
                note,
                recalled: false,
                output: None,
            };
            let edit = Edit::append(&portfolio.ideas()[1], Entry::Log(entry));
            portfolio.apply(&edit).unwrap();
            review_worker.handle(ReviewRequest::Apply(edit));
            let step_by_step = review_worker.handle(ReviewRequest::Review);
            let mut fresh = ReviewWorker::default();
            fresh.handle(input(&portfolio));
            assert_eq!(step_by_step, fresh.handle(ReviewRequest::Review));
        }
    }

    #[test]
    fn what_comes_from_outside_is_judged_again_only_where_it_differs() {
        let input = |hours: f64, stall_rule: StallRule| {
            let idea = |id: &str, hours| {
                let mut idea = Idea::new(id, id);
                idea.log.push(LogEntry {
                    date: Date::constant(2026, 3, 1),
                    hours: Some(hours),
                    traction: Some(4.0),
                    note: String::new(),
                    recalled: false,
                    output: None,
                });
                idea
            };
            let ideas = vec![idea("a", 3.0), idea("b", hours)];
            let portfolio = Arc::new(Portfolio::new(ideas, Vec::new()));
            let (score_rule, as_of) = (ScoreRule::default(), Date::constant(2026, 3, 2));
            ReviewRequest::Load(Box::new(ReviewInput { portfolio, score_rule, stall_rule, as_of }))
        };
        let known = |review_worker: &ReviewWorker| -> Vec<String> {
            let mut ids: Vec<String> = review_worker.tractions.keys().cloned().collect();
            ids.sort_unstable();
            ids
        };
        let mut review_worker = ReviewWorker::default();
        review_worker.handle(input(5.0, StallRule::default()));
        review_worker.handle(ReviewRequest::Review);
        review_worker.handle(input(6.0, StallRule::default()));
        assert_eq!(known(&review_worker), ["a"]);
        let findings = review_worker.handle(ReviewRequest::Review).unwrap();
        assert_eq!(findings.reviews[1].traction.effort.hours, 6.0);
        review_worker.handle(input(6.0, StallRule { least_gain: 1.0, ..StallRule::default() }));
        assert!(known(&review_worker).is_empty());
    }
}
