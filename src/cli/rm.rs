//! `prospect rm`

use clap::Args;

use super::session::Session;
use super::{Answer, Failure, Global};
use crate::domain::Edit;
use crate::text::sanitize;

/// Remove an idea
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect rm small-teacher
  prospect undo                  brings it back

An idea that is given up is better abandoned, with its reason:
  prospect set small-teacher status=abandoned --why \"the gain is gone\"")]
pub struct Arguments {
    /// The idea
    id: String,
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<Answer, Failure> {
    let mut session = Session::edit(global, None)?;
    let edit = session
        .apply(|session| Ok(Edit::Remove { id: session.find(&arguments.id)?.id.clone() }))?;
    Ok(Answer::from(format!("{}; prospect undo brings it back\n", sanitize(&edit.describe()))))
}
