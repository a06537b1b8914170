//! Words with a closed set of values (statuses, results, outcomes), and the edits
//! by which something is decided or promised.

use super::{Change, Date, Decision, Edit, Entry, Field, Idea, Promise, Value};

/// Declares an enum whose variants are words in files, on the command line and
/// in JSON, with `ALL`, `id` and `from_id`.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $id:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $name {
            /// Every value, in the order in which they are listed.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word used in files, on the command line and in JSON.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id),+ }
            }

            /// The value with that name, if there is one.
            #[must_use]
            pub fn from_id(id: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.id() == id)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.id())
            }
        }
    };
}

pub(super) use vocabulary;

vocabulary! {
    /// Where an idea stands.
    Status {
        /// Captured, not yet looked at.
        Inbox = "inbox",
        /// One of the few to choose from.
        Shortlist = "shortlist",
        /// Being worked on.
        Active = "active",
        /// Put aside until a date or until another idea is decided.
        Parked = "parked",
        /// Given up, with a reason.
        Abandoned = "abandoned",
        /// Finished.
        Done = "done",
    }
}

impl Status {
    /// The word on screen and in text, where what was given up is *dropped*;
    /// files, filters and JSON say [`Status::id`].
    #[must_use]
    pub const fn shown(self) -> &'static str {
        match self {
            Self::Abandoned => "dropped",
            other => other.id(),
        }
    }

    /// Whether the ranking shows ideas of this status unless asked otherwise.
    #[must_use]
    pub const fn is_ranked_by_default(self) -> bool {
        matches!(self, Self::Inbox | Self::Shortlist | Self::Active | Self::Parked)
    }

    /// Whether ideas of this status are compared unless asked otherwise: they
    /// are about to be chosen, or have been.
    #[must_use]
    pub const fn is_compared_by_default(self) -> bool {
        matches!(self, Self::Shortlist | Self::Active)
    }
}

vocabulary! {
    /// The answer to "would you start this today?", hours and levels aside.
    CleanSlate {
        /// It would be started again.
        Yes = "yes",
        /// It would not.
        No = "no",
        /// Undecided.
        Unsure = "unsure",
    }
}

vocabulary! {
    /// How a promise ended, once the user or the log has said so.
    PromiseResult {
        /// The claim held, or the level was reached.
        Kept = "kept",
        /// It did not.
        Missed = "missed",
        /// Withdrawn: it counts neither way.
        Void = "void",
    }
}

vocabulary! {
    /// How a forecast ended.
    ForecastResult {
        /// The claim held.
        Yes = "yes",
        /// It did not.
        No = "no",
        /// It cannot be judged: it counts neither way.
        Void = "void",
    }
}

vocabulary! {
    /// What the world made of a direction that was dropped or done.
    Outcome {
        /// It was done, here or elsewhere, and it mattered.
        Mattered = "mattered",
        /// It was done and fizzled.
        Fizzled = "fizzled",
        /// Still open.
        Open = "open",
        /// There was nothing in it.
        Nothing = "nothing",
    }
}

vocabulary! {
    /// The four sentences of a case, asked when an idea is shortlisted.
    CaseField {
        /// One sentence that a colleague could retell.
        Pitch = "pitch",
        /// The headline figure if it works.
        Result = "result",
        /// Who uses it the day after.
        User = "user",
        /// The cheapest experiment that could kill it.
        Test = "test",
    }
}

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
        let decision = Decision { lesson, ..Decision::new(date, idea.status, to, why) };
        Self::Group(vec![
            Self::set(&idea.id, Field::Status, Some(Value::Status(to))),
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
    fn every_word_is_read_back() {
        for &status in Status::ALL {
            assert_eq!(Status::from_id(status.id()), Some(status));
        }
        assert_eq!(Status::from_id("killed"), None);
    }

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
