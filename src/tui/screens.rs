//! The screens. Each knows the domain, its own state and the widgets; none
//! knows another, the store or the terminal. A screen proposes, the root
//! applies.

mod prose;
mod question;
pub(super) mod rank;
mod rating;
pub(super) mod triage;

use crate::command::Scope;
use crate::domain::{Edit, Idea};

use super::ask::Prompt;

/// The screens there are, in the order of their tabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ScreenId {
    /// The ranking, with the idea under the cursor in detail.
    Rank,
    /// The inbox, one card at a time.
    Triage,
}

impl ScreenId {
    /// All screens, in the order of their tabs.
    pub(super) const ALL: [Self; 2] = [Self::Rank, Self::Triage];

    /// The word on its tab.
    #[must_use]
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Rank => "Rank",
            Self::Triage => "Triage",
        }
    }

    /// The scope of its commands.
    #[must_use]
    pub(super) const fn scope(self) -> Scope {
        match self {
            Self::Rank => Scope::Rank,
            Self::Triage => Scope::Triage,
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
    /// Take back an earlier edit, if nothing about it has changed since.
    Reverse(Reversal),
}

/// What takes an earlier edit back out of turn.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reversal {
    /// The inverse of that edit.
    pub edit: Edit,
    /// The ideas that it touched, as they stood behind it. Only while they
    /// stand so does the inverse mean what it says.
    pub standing: Vec<Idea>,
}

/// Why a command cannot run here, in words for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reason(pub &'static str);
