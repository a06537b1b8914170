//! `prospect duel`, `pair`, `duels` and `taste`, and the pool of ideas that they ask about.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::open_workspace::OpenWorkspace;
use super::rank::Search;
use super::{CliError, GlobalArgs, Output, global, value};
use crate::domain::{Duel, DuelEntry, Edit, Idea, Status, Winner, fresh_duel_id};
use crate::find::Subject;
use crate::judge::taste::{TasteRequest, TasteStudy, duels_by_person};
use crate::report;
use crate::report::Standings;
use crate::store::Wanted;
use crate::text::sanitize;

/// Record which of two ideas you would rather pursue
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect duel small-teacher cache-prompts --winner left
  prospect duel small-teacher cache-prompts ~/ideas --winner tie
  prospect undo                                takes the answer back")]
pub struct DuelArguments {
    /// The idea on the left
    left: String,
    /// The idea on the right
    right: String,
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
    /// Which one: left, right or tie
    #[arg(long, value_parser = winner())]
    winner: Winner,
}

fn winner() -> impl TypedValueParser<Value = Winner> {
    PossibleValuesParser::new(Winner::ALL.iter().map(|winner| winner.id()))
        .map(|word| Winner::from_id(&word).unwrap_or(Winner::Tie))
}

pub(super) fn duel(arguments: &DuelArguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let ids = [arguments.left.as_str(), arguments.right.as_str()];
    let wanted = Wanted { ids: &ids, ..Wanted::default() };
    let mut workspace =
        OpenWorkspace::edit_wanted(global, arguments.path.as_deref(), Some(wanted))?;
    let at = global.now();
    let by = workspace.settings.person();
    let edit = workspace.apply(|workspace| {
        let left = workspace.find(&arguments.left)?.id.clone();
        let right = workspace.find(&arguments.right)?.id.clone();
        if left == right {
            return Err(CliError::usage(format!("\"{left}\" cannot be compared with itself")));
        }
        let (id, winner) = (fresh_duel_id(&at, global.salt()), arguments.winner);
        let (at, by) = (at.clone(), by.clone());
        Ok(Edit::Duel(DuelEntry::Duel(Duel { id, at, by, left, right, winner })))
    })?;
    Ok(Output::from(format!("{}\n", sanitize(&edit.describe()))))
}

/// Print what the duels say: who belongs to the few to pursue
///
/// Compares the ideas on the shortlist and the active ones. How many are to be
/// chosen is [duel] k in the settings, 3 unless changed.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect duels
  prospect duels --filter 'tag:reasoning bet:hot' --by ana
  prospect duels --json | jq .expected_overlap")]
pub struct DuelsArguments {
    /// Who takes part.
    #[command(flatten)]
    pool: Pool,
}

pub(super) fn duels(arguments: &DuelsArguments, global: &GlobalArgs) -> Result<Output, CliError> {
    arguments.pool.answer(
        global,
        |standings, workspace| report::standings_json(standings, workspace.errors()),
        report::standings_text,
    )
}

/// Print the pair of ideas to compare next, and why
///
/// Of all pairs it is the one whose answer tells most about who belongs to the
/// few to pursue. The same duels always give the same pair.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect pair
  prospect pair --filter tag:reasoning
  prospect pair --json | jq -r '.left, .right'")]
pub struct PairArguments {
    /// Who takes part.
    #[command(flatten)]
    pool: Pool,
}

pub(super) fn pair(arguments: &PairArguments, global: &GlobalArgs) -> Result<Output, CliError> {
    arguments.pool.answer(global, |standings, _| report::pair_json(standings), report::pair_text)
}

/// Print the weights that the duels reveal beside the stated ones
///
/// Taste is one person's: yours (`[ui] name`, else the login name), or that of
/// the only person who has answered duels here.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect taste
  prospect taste --by ana --json | jq .revealed.headroom")]
pub struct TasteArguments {
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
    /// Whose taste: only the duels of this person count
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn taste(arguments: &TasteArguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let workspace = OpenWorkspace::read(global, arguments.path.as_deref())?;
    let (portfolio, settings) = (workspace.portfolio(), &workspace.settings);
    let by = arguments.by.clone().unwrap_or_else(|| whose(&workspace));
    let question = TasteRequest {
        rule: &settings.score,
        stated_before: settings.stated_before(),
        as_of: workspace.as_of,
        by: &by,
        seed: global.seed().unwrap_or_default(),
    };
    let study = TasteStudy::new(portfolio, &question);
    Ok(Output::from(if arguments.json {
        report::taste_json(&study, workspace.errors())
    } else {
        report::taste_text(&study, portfolio, global::columns())
    }))
}

/// The person whose taste is meant where none is named: that of the person who asks, or
/// of the only one who has ever answered.
fn whose(workspace: &OpenWorkspace) -> String {
    let person = workspace.settings.person();
    let judges = duels_by_person(workspace.portfolio(), workspace.as_of);
    match judges.keys().next() {
        Some(only) if judges.len() == 1 => (*only).to_owned(),
        _ => person,
    }
}

/// Which ideas are compared, by whose duels, and how the answer is printed.
#[derive(Debug, Args)]
pub(super) struct Pool {
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
    /// Only ideas of this status, instead of shortlist and active
    #[arg(long, value_name = "STATUS", value_delimiter = ',', value_parser = value::status)]
    status: Vec<Status>,
    /// Only ideas with this tag, or one of these
    #[arg(long = "tag", value_name = "TAG", value_delimiter = ',')]
    tags: Vec<String>,
    /// Only ideas that the search of the workbench finds: words, tag:… bet:… person:… flag:… status:…
    #[arg(long, value_name = "SEARCH")]
    filter: Option<String>,
    /// Only the duels of this person
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Pool {
    /// Judges the pool and prints what comes of it, as JSON or in so many columns.
    pub(super) fn answer(
        &self,
        global: &GlobalArgs,
        json: impl FnOnce(&Standings<'_>, &OpenWorkspace) -> String,
        text: impl FnOnce(&Standings<'_>, usize) -> String,
    ) -> Result<Output, CliError> {
        let workspace = OpenWorkspace::read(global, self.path.as_deref())?;
        let standings = self.standings(&workspace, global)?;
        Ok(Output::from(if self.json {
            json(&standings, &workspace)
        } else {
            text(&standings, global::columns())
        }))
    }

    fn standings<'s>(
        &self,
        workspace: &'s OpenWorkspace,
        global: &GlobalArgs,
    ) -> Result<Standings<'s>, CliError> {
        let portfolio = workspace.portfolio();
        let duels = portfolio.duels().standing(workspace.as_of).into_iter();
        let duels = duels.filter(|duel| self.by.as_ref().is_none_or(|by| *by == duel.by));
        let (rule, k) = (&workspace.settings.score, workspace.settings.pursued);
        let search =
            self.filter.as_deref().map(|text| Search::read(text, workspace)).transpose()?;
        let in_pool = |idea: &Idea| {
            let is_found = search.as_ref().is_none_or(|search| search.finds(idea));
            let names_status =
                search.as_ref().is_some_and(|search| search.is_about(Subject::Status));
            let has_status = if self.status.is_empty() {
                names_status || idea.status.is_compared_by_default()
            } else {
                self.status.contains(&idea.status)
            };
            let has_tag =
                self.tags.is_empty() || self.tags.iter().any(|tag| idea.tags.contains(tag));
            is_found && has_status && has_tag
        };
        let seed = global.seed().unwrap_or_default();
        let person = self.by.clone().unwrap_or_else(|| workspace.settings.person());
        Ok(Standings::new(portfolio, rule, k, in_pool, duels, &person, seed))
    }
}
