//! Edits by which something is decided or promised.

use super::{Change, Date, Decision, Edit, Entry, Field, Idea, Promise, Status, Value};

impl Edit {
    /// Changes the status and records the decision. Every change of status
    /// goes through here, because each appends a decision.
    #[must_use]
    pub fn decide(idea: &Idea, to: Status, date: Date, why: &str) -> Self {
        Self::decide_and_learn(idea, to, date, why, None)
    }

    /// As [`Edit::decide`], with what was learned.
    #[must_use]
    pub fn decide_and_learn(
        idea: &Idea,
        to: Status,
        date: Date,
        why: &str,
        lesson: Option<String>,
    ) -> Self {
        let decision = Decision { date, from: idea.status, to, why: why.to_owned(), lesson };
        Self::Group(vec![
            Self::set(&idea.id, Field::Status, Some(Value::Status(to))),
            Self::append(idea, Entry::Decision(decision)),
        ])
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
