//! The screens. Each knows the domain, its own state and the widgets; none
//! knows another, the store or the terminal. A screen proposes, the root
//! applies.

pub(super) mod duel;
pub(super) mod rank;

use crate::command::Scope;
use crate::domain::{Edit, Winner};

use super::ask::Prompt;

/// The screens there are, in the order of their tabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ScreenId {
    /// The ranking, with the idea under the cursor in detail.
    Rank,
    /// Which of two ideas one would rather pursue.
    Duel,
}

impl ScreenId {
    /// All screens, in the order of their tabs.
    pub(super) const ALL: [Self; 2] = [Self::Rank, Self::Duel];

    /// The number on its tab.
    #[must_use]
    pub(super) const fn number(self) -> u8 {
        match self {
            Self::Rank => 1,
            Self::Duel => 3,
        }
    }

    /// The word on its tab.
    #[must_use]
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Rank => "Rank",
            Self::Duel => "Duel",
        }
    }

    /// The scope of its commands.
    #[must_use]
    pub(super) const fn scope(self) -> Scope {
        match self {
            Self::Rank => Scope::Rank,
            Self::Duel => Scope::Duel,
        }
    }
}

/// What a screen, or an answer to its question, wants done.
#[derive(Clone, Debug)]
pub(super) enum Proposal {
    /// Apply an edit and save it.
    Edit(Edit),
    /// Tell the user something.
    Say(String),
    /// Ask the user something.
    Ask(Prompt),
    /// Open the questions of the bet of the idea under the cursor.
    AskBet,
    /// Record an answer, once the clock has been asked.
    Answer {
        /// The past duel that it replaces, or that is struck.
        instead_of: Option<String>,
        /// The ids of left and right, and which of them it is; none strikes.
        answer: Option<(String, String, Winner)>,
    },
}

/// Why a command cannot run here, in words for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reason(pub &'static str);
