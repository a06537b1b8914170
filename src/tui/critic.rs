//! The judging that takes too long for the thread that draws: a copy of the
//! ideas, kept in step edit by edit, and what was concluded about each log.

use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::{Date, Edit, Portfolio};
use crate::judge::{
    ScoreRule, StallRule, TimeSpent, Traction, directions, hours_within, review_of, scores,
};

use super::effects::Craft;
use super::message::Msg;
use super::screens::review::Findings;
use super::survey::{Basis, Survey};

/// What the critic is told or asked.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Inquiry {
    /// These are the ideas now, and this is how to judge them.
    Take(Box<Case>),
    /// This has changed.
    Apply(Edit),
    /// What is there to say about all ideas? Answered by [`Findings`].
    Review,
    /// How sure is the ranking? Answered by a [`Survey`].
    Survey(Basis),
}

/// Ideas and how to judge them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Case {
    /// The ideas. The critic makes a copy of its own: as long as these are
    /// shared, whoever edits them has to copy them all.
    pub portfolio: Arc<Portfolio>,
    /// How answers become a score.
    pub score_rule: ScoreRule,
    /// Where "stalled" begins.
    pub stall_rule: StallRule,
    /// The day that counts as today.
    pub as_of: Date,
}

/// Keeps a case and judges it again only where its logs have changed.
#[derive(Debug, Default)]
pub(super) struct Critic {
    case: Option<Box<Case>>,
    /// Verdicts by id of the idea.
    tractions: HashMap<String, Traction>,
}

impl Craft for Critic {
    type Request = Inquiry;

    fn perform(&mut self, inquiry: Inquiry) -> Option<Msg> {
        match inquiry {
            Inquiry::Survey(basis) => {
                let portfolio = &self.case.as_ref()?.portfolio;
                Some(Msg::Surveyed(Box::new(Survey::of(portfolio, basis))))
            }
            inquiry => self.hear(inquiry).map(Msg::Reviewed),
        }
    }

    /// How sure an earlier ranking was is of no interest any more.
    fn is_wanted(waiting: &Inquiry, newest: &Inquiry) -> bool {
        !matches!((waiting, newest), (Inquiry::Survey(_), Inquiry::Survey(_)))
    }

    fn fault(&mut self, reason: String) -> Msg {
        *self = Self::default();
        Msg::NotReviewed(reason)
    }
}

impl Critic {
    /// Takes note, and answers if it was asked.
    fn hear(&mut self, inquiry: Inquiry) -> Option<Findings> {
        match inquiry {
            Inquiry::Take(mut case) => {
                case.portfolio = Arc::new(Portfolio::clone(&case.portfolio));
                self.forget(&case);
                self.case = Some(case);
                None
            }
            Inquiry::Apply(edit) => {
                for id in edit.ids() {
                    self.tractions.remove(id);
                }
                // What does not fit here did not fit there either, and is
                // followed by the ideas as they are.
                let _ = Arc::make_mut(&mut self.case.as_mut()?.portfolio).apply(&edit);
                None
            }
            Inquiry::Review => Some(self.review()),
            Inquiry::Survey(_) => None,
        }
    }

    /// Forgets the verdicts that do not hold for other ideas any more.
    fn forget(&mut self, new: &Case) {
        let Some(old) = &self.case else { return };
        if (&old.stall_rule, old.as_of) != (&new.stall_rule, new.as_of) {
            self.tractions.clear();
        }
        self.tractions.retain(|id, _| {
            let (before, after) = (old.portfolio.get(id), new.portfolio.get(id));
            before.zip(after).is_some_and(|(before, after)| Traction::is_same(before, after))
        });
    }

    fn review(&mut self) -> Findings {
        let Some(case) = &self.case else { return Findings::default() };
        let Case { portfolio, score_rule, stall_rule, as_of } = &**case;
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
        Findings {
            ids,
            reviews: review_of(portfolio, tractions, &scores, rules, *as_of),
            directions: directions(portfolio, stall_rule, *as_of),
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
        let case = |portfolio: &Portfolio| {
            Inquiry::Take(Box::new(Case {
                portfolio: Arc::new(portfolio.clone()),
                score_rule: ScoreRule::default(),
                stall_rule: StallRule::default(),
                as_of: day,
            }))
        };
        let mut critic = Critic::default();
        assert_eq!(critic.hear(Inquiry::Review), Some(Findings::default()));
        critic.hear(case(&portfolio));
        for hours in [3.0, 50.0] {
            let note = "again".to_owned();
            let entry = LogEntry {
                date: day,
                hours: Some(hours),
                traction: Some(4.0),
                note,
                recalled: false,
            };
            let edit = Edit::append(&portfolio.ideas()[1], Entry::Log(entry));
            portfolio.apply(&edit).unwrap();
            critic.hear(Inquiry::Apply(edit));
            let step_by_step = critic.hear(Inquiry::Review);
            let mut fresh = Critic::default();
            fresh.hear(case(&portfolio));
            assert_eq!(step_by_step, fresh.hear(Inquiry::Review));
        }
    }

    #[test]
    fn what_comes_from_outside_is_judged_again_only_where_it_differs() {
        let case = |hours: f64, stall_rule: StallRule| {
            let idea = |id: &str, hours| {
                let mut idea = Idea::new(id, id);
                idea.log.push(LogEntry {
                    date: Date::constant(2026, 3, 1),
                    hours: Some(hours),
                    traction: Some(4.0),
                    note: String::new(),
                    recalled: false,
                });
                idea
            };
            let ideas = vec![idea("a", 3.0), idea("b", hours)];
            let portfolio = Arc::new(Portfolio::new(ideas, Vec::new()));
            let (score_rule, as_of) = (ScoreRule::default(), Date::constant(2026, 3, 2));
            Inquiry::Take(Box::new(Case { portfolio, score_rule, stall_rule, as_of }))
        };
        let known = |critic: &Critic| -> Vec<String> {
            let mut ids: Vec<String> = critic.tractions.keys().cloned().collect();
            ids.sort_unstable();
            ids
        };
        let mut critic = Critic::default();
        critic.hear(case(5.0, StallRule::default()));
        critic.hear(Inquiry::Review);
        critic.hear(case(6.0, StallRule::default()));
        assert_eq!(known(&critic), ["a"]);
        let findings = critic.hear(Inquiry::Review).unwrap();
        assert_eq!(findings.reviews[1].traction.effort.hours, 6.0);
        critic.hear(case(6.0, StallRule { least_gain: 1.0, ..StallRule::default() }));
        assert!(known(&critic).is_empty());
    }
}
