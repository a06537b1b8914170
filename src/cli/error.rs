//! Errors of a command, with the exit codes that they lead to.

use crate::domain::{EditError, Problem};
use crate::store::StoreError;
use crate::text::count;

/// Why a command did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// What was asked makes no sense.
    #[error("{message}")]
    Usage {
        message: String,
        /// What to do instead; may be empty.
        hint: String,
    },
    /// The command line cannot be read, or asks for help.
    #[error(transparent)]
    CommandLine(#[from] clap::Error),
    /// The data are not valid.
    #[error("{} in the files", count(.0.len(), "problem"))]
    Problems(Vec<Problem>),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("{0:#}")]
    Other(#[from] anyhow::Error),
}

impl From<EditError> for CliError {
    fn from(error: EditError) -> Self {
        Self::usage(error.to_string())
    }
}

impl CliError {
    /// What was asked makes no sense, and no advice is needed.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::Usage { message: message.into(), hint: String::new() }
    }

    /// What was asked makes no sense; do this instead.
    pub fn with_hint(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Usage { message: message.into(), hint: hint.into() }
    }

    /// 2 for wrong usage and invalid data, 1 for everything that the system or
    /// another program is in the way of, 0 for a request for help.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::CommandLine(error) => u8::try_from(error.exit_code()).unwrap_or(2),
            Self::Usage { .. }
            | Self::Problems(_)
            | Self::Store(StoreError::Edit(_) | StoreError::Broken { .. }) => 2,
            Self::Store(_) | Self::Other(_) => 1,
        }
    }
}
