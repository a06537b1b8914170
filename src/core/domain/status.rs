//! Words with a closed set of values: statuses, results, outcomes.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_back() {
        for &status in Status::ALL {
            assert_eq!(Status::from_id(status.id()), Some(status));
        }
        assert_eq!(Status::from_id("killed"), None);
    }
}
