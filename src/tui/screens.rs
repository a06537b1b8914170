//! The screens. Each knows the domain, its own state and the widgets; none
//! knows another, the store or the terminal. A screen proposes, the root
//! applies.

pub(super) mod duel;
pub(super) mod map;
mod prose;
mod question;
pub(super) mod rank;
mod rating;
pub(super) mod review;
pub(super) mod taste;
pub(super) mod triage;

use crate::command::Scope;
use crate::domain::{Activity, DuelPool, Edit, Idea, Winner};

use super::dialogs::Prompt;

/// The screens there are, in the order of their tabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ScreenId {
    /// The ranking, with the idea under the cursor in detail.
    Rank,
    /// The inbox, one card at a time.
    Triage,
    /// Which of two ideas one would rather pursue.
    Duel,
    /// What needs a decision, with the evidence for it.
    Review,
    /// Risk against reward, the balance, and the weights.
    Map,
    /// The weights that duels reveal, and how far promises and choices could
    /// be trusted.
    Taste,
}

impl ScreenId {
    /// All screens, in the order of their tabs.
    pub(super) const ALL: [Self; 6] =
        [Self::Rank, Self::Triage, Self::Duel, Self::Review, Self::Map, Self::Taste];

    /// The word on its tab.
    #[must_use]
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Rank => "Rank",
            Self::Triage => "Triage",
            Self::Duel => "Duel",
            Self::Review => "Review",
            Self::Map => "Map",
            Self::Taste => "Taste",
        }
    }

    /// The number on its tab.
    #[must_use]
    pub(super) const fn number(self) -> u8 {
        match self {
            Self::Rank => 1,
            Self::Triage => 2,
            Self::Duel => 3,
            Self::Review => 4,
            Self::Map => 5,
            Self::Taste => 6,
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

    /// What is done on it, if that is choosing between ideas.
    #[must_use]
    pub(super) const fn deliberation(self) -> Option<Activity> {
        match self {
            Self::Rank | Self::Taste => None,
            Self::Triage => Some(Activity::Triage),
            Self::Duel => Some(Activity::Duel),
            Self::Review => Some(Activity::Review),
            Self::Map => Some(Activity::Map),
        }
    }

    /// The scope of its commands.
    #[must_use]
    pub(super) const fn scope(self) -> Scope {
        match self {
            Self::Rank => Scope::Rank,
            Self::Triage => Scope::Triage,
            Self::Duel => Scope::Duel,
            Self::Review => Scope::Review,
            Self::Map => Scope::Map,
            Self::Taste => Scope::Taste,
        }
    }
}

/// What a screen, or an answer to its question, wants done.
#[derive(Clone, Debug)]
pub(super) enum Action {
    /// Apply an edit and save it.
    Edit(Edit),
    Say(String),
    Ask(Prompt),
    /// Show the idea under the cursor on the Rank screen.
    Show,
    /// Open the questions of the bet of the idea under the cursor.
    AskBet,
    /// Record an answer, once the clock has been asked.
    Answer {
        /// The past duel that it replaces, or that is struck.
        instead_of: Option<String>,
        /// The ids of left and right, and which of them it is; none strikes.
        answer: Option<(String, String, Winner)>,
    },
    /// Limit the duels, and go there.
    Limit(DuelPool),
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
pub(super) struct Unavailable(pub &'static str);
