//! Errors of an edit that cannot be applied.

use super::{EntryKind, Field, ValueKind};

/// Why an edit cannot be applied. Nothing has changed then.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum EditError {
    /// No idea has this id or alias.
    #[error("there is no idea \"{id}\"")]
    NoSuchIdea {
        /// The id that was asked for.
        id: String,
    },
    /// Another idea has this id.
    #[error("the id \"{id}\" is taken")]
    IdTaken {
        /// The id.
        id: String,
    },
    /// No duel that counts has this id.
    #[error("there is no duel \"{id}\" to take back")]
    NoSuchDuel {
        /// The id that was asked for.
        id: String,
    },
    /// The name is not one that a setting can have, or the number is none.
    #[error("\"{name}\" cannot be set: a setting is TABLE.KEY with a value")]
    NotASetting {
        /// The name.
        name: String,
    },
    /// The name cannot be that of a file.
    #[error("\"{name}\" cannot be the name of a file")]
    NotAName {
        /// The name.
        name: String,
    },
    /// An answer would take the place of an earlier one.
    #[error("{person} has answered about \"{id}\" before")]
    AnsweredAlready {
        /// Who has.
        person: String,
        /// The idea.
        id: String,
    },
    /// There is no answer to take out.
    #[error("{person} has not answered about \"{id}\"")]
    NotAnswered {
        /// Who has not.
        person: String,
        /// The idea.
        id: String,
    },
    /// The value is of the wrong kind or off the scale.
    #[error("{field} must be {expected}")]
    WrongValue {
        /// The field.
        field: Field,
        /// What it may hold.
        expected: ValueKind,
    },
    /// The field cannot be empty.
    #[error("{field} must not be empty")]
    Required {
        /// The field.
        field: Field,
    },
    /// What is kept on failure would exceed what is won on success.
    #[error(
        "bet.reward must be at least half of bet.fallback: a failure keeps no more than a success wins"
    )]
    RewardUnderFallback,
    /// No entry stands there.
    #[error("\"{id}\" has no {} number {}", kind.id(), at + 1)]
    NoSuchEntry {
        /// The idea.
        id: String,
        /// Which list.
        kind: EntryKind,
        /// Position from 0.
        at: usize,
    },
    /// A number in an entry is off its scale.
    #[error("{what} must be {expected}")]
    WrongEntry {
        /// Which number.
        what: &'static str,
        /// What it may be.
        expected: &'static str,
    },
}
