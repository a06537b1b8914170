//! The screens. Each knows the domain, its own state and the widgets; none
//! knows another, the store or the terminal. A screen proposes, the root
//! applies.

pub(super) mod rank;

use crate::command::Scope;
use crate::domain::Edit;

use super::ask::Prompt;

/// The screens there are, in the order of their tabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ScreenId {
    /// The ranking, with the idea under the cursor in detail.
    Rank,
}

impl ScreenId {
    /// All screens, in the order of their tabs.
    pub(super) const ALL: [Self; 1] = [Self::Rank];

    /// The word on its tab.
    #[must_use]
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Rank => "Rank",
        }
    }

    /// The scope of its commands.
    #[must_use]
    pub(super) const fn scope(self) -> Scope {
        match self {
            Self::Rank => Scope::Rank,
        }
    }
}

/// What a screen, or an answer to its question, wants done.
#[expect(clippy::large_enum_variant, reason = "a handful exists at a time")]
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
}

/// Why a command cannot run here, in words for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reason(pub &'static str);
