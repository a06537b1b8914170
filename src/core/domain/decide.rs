//! Edits by which something is decided or promised.

use super::{Change, Date, Decision, Edit, Entry, Field, Idea, Promise, Status, Value};

impl Edit {
    /// Changes the status and records the decision, for this reason.
    #[must_use]
    pub fn decide(idea: &Idea, to: Status, date: Date, why: &str) -> Self {
        Self::record(idea, Decision::new(date, idea.status, to, why))
    }

    /// Records a decision and sets the status that it leads to. Every change of
    /// status goes through here, because each appends a decision.
    #[must_use]
    pub fn record(idea: &Idea, decision: Decision) -> Self {
        Self::Group(vec![
            Self::set(&idea.id, Field::Status, Some(Value::Status(decision.to))),
            Self::append(idea, Entry::Decision(decision)),
        ])
    }

    /// The same edit in which every decision that has no score yet carries that
    /// of its idea, in tenths: what was thought on that day. Every edit that is
    /// made by a user goes through here.
    #[must_use]
    pub fn with_scores(self, score_of: &impl Fn(&str) -> Option<f64>) -> Self {
        match self {
            Self::Group(edits) => {
                Self::Group(edits.into_iter().map(|edit| edit.with_scores(score_of)).collect())
            }
            Self::Change {
                id,
                change: Change::Insert { at, entry: Entry::Decision(mut decision) },
            } => {
                let tenths = |score: f64| (score * 10.0).round() / 10.0;
                decision.score = decision.score.or_else(|| score_of(&id).map(tenths));
                let entry = Entry::Decision(decision);
                Self::Change { id, change: Change::Insert { at, entry } }
            }
            other => other,
        }
    }

    /// Makes a promise. The one that still stands, if there is one, is moved by
    /// that: its words stay, with the day.
    #[must_use]
    pub fn promise(idea: &Idea, promise: Promise, today: Date) -> Self {
        let moved = idea.standing_promise(today).map(|(at, old)| {
            let entry = Entry::Promise(Promise { amended: Some(today), ..old.clone() });
            Self::Change { id: idea.id.clone(), change: Change::Replace { at, entry } }
        });
        Self::Group(
            moved.into_iter().chain([Self::append(idea, Entry::Promise(promise))]).collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::Portfolio;

    #[test]
    fn a_decision_keeps_the_score_of_its_day() {
        let idea = Idea::new("a", "A");
        let mut portfolio = Portfolio::new(vec![idea.clone()], Vec::new());
        let edit = Edit::decide(&idea, Status::Active, date(2026, 3, 1), "cheap to try");
        let scored = edit.with_scores(&|id| (id == "a").then_some(71.4321));
        portfolio.apply(&scored).unwrap();
        assert_eq!(portfolio.ideas()[0].decisions[0].score, Some(71.4));
        let again = scored.clone().with_scores(&|_| Some(3.0));
        assert_eq!(again, scored, "one that is known stays");
    }
}
