//! `prospect taste`

use std::path::PathBuf;

use clap::Args;

use super::session::Session;
use super::{Answer, Failure, Global, global};
use crate::judge::taste::{TasteQuestion, TasteStudy};
use crate::report;

/// Print the weights that the duels reveal beside the stated ones
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect taste
  prospect taste --by ana --json | jq .revealed.headroom")]
pub struct Arguments {
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
    /// Only the duels of this person
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<Answer, Failure> {
    let session = Session::read(global, arguments.path.as_deref())?;
    let study = TasteStudy::new(
        session.portfolio(),
        &TasteQuestion {
            rule: &session.settings.score,
            prior: session.settings.stated_before,
            as_of: session.as_of,
            by: arguments.by.as_deref(),
            seed: global.seed().unwrap_or_default(),
        },
    );
    Ok(Answer::from(if arguments.json {
        report::taste_json(&study, session.errors())
    } else {
        report::taste_text(&study, session.portfolio(), global::columns())
    }))
}
