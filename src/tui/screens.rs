//! The screens. Each knows the domain, its own state and the widgets; none
//! knows another, the store or the terminal. A screen proposes, the root
//! applies.

pub(super) mod rank;
pub(super) mod review;

use crate::command::Scope;
use crate::domain::Edit;

use super::ask::Prompt;

/// The screens there are, in the order of their tabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ScreenId {
    /// The ranking, with the idea under the cursor in detail.
    Rank,
    /// What needs a decision, with the evidence for it.
    Review,
}

impl ScreenId {
    /// All screens, in the order of their tabs.
    pub(super) const ALL: [Self; 2] = [Self::Rank, Self::Review];

    /// The word on its tab.
    #[must_use]
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Rank => "Rank",
            Self::Review => "Review",
        }
    }

    /// The number on its tab, the same however many screens there are.
    #[must_use]
    pub(super) const fn number(self) -> u8 {
        match self {
            Self::Rank => 1,
            Self::Review => 4,
        }
    }

    /// The screen so many tabs further on, around the end.
    #[must_use]
    pub(super) fn after(self, steps: isize) -> Self {
        let all = Self::ALL;
        let count = all.len();
        let position = all.iter().position(|screen| *screen == self).unwrap_or(0);
        all[(position + count).saturating_add_signed(steps) % count]
    }

    /// The scope of its commands.
    #[must_use]
    pub(super) const fn scope(self) -> Scope {
        match self {
            Self::Rank => Scope::Rank,
            Self::Review => Scope::Review,
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
}

/// Why a command cannot run here, in words for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reason(pub &'static str);
