//! `prospect rank`, and the `--filter` argument.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use super::open_workspace::OpenWorkspace;
use super::{CliError, GlobalArgs, Output, global, value};
use crate::config::describe_filter_error;
use crate::domain::{Criterion, Idea, Rating, Status};
use crate::find::{Filter, Finder, SAVED, Subject, search_key};
use crate::judge::duel::{self, DuelRule};
use crate::judge::{Flag, scores};
use crate::report::{self, Line, Ranking};

/// Print the ranking
///
/// Shows inbox, shortlist, active and parked ideas. Ideas with an answer
/// missing come behind the complete ones, and those with nothing rated last.
/// The score never depends on duels; --by orders by them on request.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect rank
  prospect rank ~/ideas --top 5 --why
  prospect rank --status shortlist --status active --tag reasoning
  prospect rank --filter 'status:active flag:promise-due'
  prospect rank --filter @mine
  prospect rank --sort headroom --top 5
  prospect rank --status all --json | jq '.ideas[].id'")]
pub struct Arguments {
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
    /// Only ideas of this status, instead of the usual four; "all" for every one
    #[arg(long, value_name = "STATUS", value_delimiter = ',', value_parser = status)]
    status: Vec<Option<Status>>,
    /// Only ideas with this tag, or one of these
    #[arg(long = "tag", value_name = "TAG", value_delimiter = ',')]
    tags: Vec<String>,
    /// Only what a search finds, as in the workbench, of every status unless
    /// --status says otherwise: words, status:… tag:… person:… flag:… bet:…,
    /// and @NAME for one that was saved
    #[arg(long, value_name = "SEARCH")]
    filter: Option<String>,
    /// Order by the rubric, by what the duels alone say, or by both joined
    #[arg(long, value_name = "ORDER", default_value = "rubric")]
    by: By,
    /// Sort by a column instead, the highest or latest first: rank, title, id,
    /// status, a criterion, range, hours, created
    #[arg(long, value_name = "FIELD", value_parser = sort_field())]
    sort: Option<SortField>,
    /// Only the first N
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    top: Option<u32>,
    /// Say how each score comes about
    #[arg(long)]
    why: bool,
    /// Form of the answer [default: table]
    #[arg(long, value_name = "FORM", conflicts_with = "json")]
    format: Option<Format>,
    /// The same as --format json
    #[arg(long)]
    json: bool,
}

/// What a ranking goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    /// The score
    Rubric,
    /// What I would rather do: the duels alone
    Pull,
    /// The duels, with the score as what is believed before them
    Joined,
}

/// A column that the ranking can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SortField {
    Rank,
    Title,
    Id,
    Status,
    Criterion(Criterion),
    Range,
    Hours,
    Created,
}

impl SortField {
    fn named() -> Vec<(&'static str, Self)> {
        let named = [
            ("rank", Self::Rank),
            ("score", Self::Rank),
            ("title", Self::Title),
            ("id", Self::Id),
            ("status", Self::Status),
            ("range", Self::Range),
            ("hours", Self::Hours),
            ("created", Self::Created),
        ];
        let criteria = Criterion::ALL.map(|criterion| (criterion.id(), Self::Criterion(criterion)));
        named.into_iter().chain(criteria).collect()
    }
}

fn sort_field() -> impl TypedValueParser<Value = SortField> {
    PossibleValuesParser::new(SortField::named().into_iter().map(|(name, _)| name)).map(|word| {
        let named = SortField::named().into_iter().find(|(name, _)| *name == word);
        named.map_or(SortField::Rank, |(_, field)| field)
    })
}

/// Sorts what is listed; unknown values come last, equal ones keep their order.
fn sort<R>(ranking: &mut Ranking<'_, R>, field: SortField) {
    let as_of = ranking.as_of;
    let hours = |line: &Line<'_, R>| -> f64 {
        let past = line.idea.log.iter().filter(|entry| entry.date <= as_of);
        past.filter_map(|entry| entry.hours).sum()
    };
    let rating = |line: &Line<'_, R>, criterion: Criterion| match criterion {
        Criterion::Strategy => line.score.rated.then(|| line.score.strategy.middle()),
        criterion => line.idea.ratings[criterion.index()].map(Rating::middle),
    };
    let highest = |a: Option<f64>, b: Option<f64>| match (a, b) {
        (Some(a), Some(b)) => b.total_cmp(&a),
        (a, b) => b.is_some().cmp(&a.is_some()),
    };
    let range = |line: &Line<'_, R>| line.score.rated.then_some(line.score.high - line.score.low);
    let place = |line: &Line<'_, R>| Status::ALL.iter().position(|one| *one == line.idea.status);
    ranking.lines.sort_by(|a, b| match field {
        SortField::Rank => std::cmp::Ordering::Equal,
        SortField::Title => a.idea.title.to_lowercase().cmp(&b.idea.title.to_lowercase()),
        SortField::Id => a.idea.id.cmp(&b.idea.id),
        SortField::Status => place(a).cmp(&place(b)),
        SortField::Criterion(criterion) => highest(rating(a, criterion), rating(b, criterion)),
        SortField::Range => highest(range(a), range(b)),
        SortField::Hours => hours(b).total_cmp(&hours(a)),
        SortField::Created => b.idea.created.cmp(&a.idea.created),
    });
}

/// Forms in which a ranking is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Lines for a person
    Table,
    /// JSON
    Json,
    /// Comma-separated values
    Csv,
    /// A Markdown table
    Md,
}

pub(super) fn run(arguments: &Arguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let workspace = OpenWorkspace::read(global, arguments.path.as_deref())?;
    let search = arguments.filter.as_deref().map(|text| Search::read(text, &workspace));
    let search = search.transpose()?;
    let (portfolio, settings, as_of) =
        (workspace.portfolio(), &workspace.settings, workspace.as_of);
    let format =
        if arguments.json { Format::Json } else { arguments.format.unwrap_or(Format::Table) };
    let keeps = |idea: &Idea| {
        arguments.keeps(idea) && search.as_ref().is_none_or(|search| search.finds(idea))
    };
    Ok(Output::from(match format {
        Format::Json | Format::Csv => {
            let mut ranking = Ranking::new(portfolio, settings, as_of, keeps);
            arguments.arrange(&mut ranking, &workspace);
            ranking.flag_duplicates();
            match format {
                Format::Json => report::ranking_json(&ranking, workspace.errors()),
                _ => report::ranking_csv(&ranking)?,
            }
        }
        Format::Md | Format::Table => {
            let mut ranking = Ranking::unreviewed(portfolio, settings, as_of, keeps);
            arguments.arrange(&mut ranking, &workspace);
            match format {
                Format::Md => report::ranking_markdown(&ranking, arguments.why),
                _ if ranking.lines.is_empty() => nothing(portfolio.ideas().len()),
                _ => report::ranking_table(&ranking, global::terminal_columns(), arguments.why),
            }
        }
    }))
}

/// How much every idea is wanted.
fn strengths(workspace: &OpenWorkspace, by: By) -> Vec<Option<f64>> {
    let rule = match by {
        By::Pull => DuelRule::default().without_rubric(),
        By::Rubric | By::Joined => DuelRule::default(),
    };
    let portfolio = workspace.portfolio();
    let scores = scores(portfolio, &workspace.settings.score);
    let duels = portfolio.duels().standing(workspace.as_of);
    duel::strengths(portfolio, &scores, duels, &rule)
}

impl Arguments {
    /// Orders a ranking as asked, and leaves as many lines as asked.
    fn arrange<R>(&self, ranking: &mut Ranking<'_, R>, workspace: &OpenWorkspace) {
        if self.by != By::Rubric {
            ranking.order_by(&strengths(workspace, self.by));
        }
        if let Some(field) = self.sort {
            sort(ranking, field);
        }
        if let Some(top) = self.top {
            ranking.lines.truncate(usize::try_from(top).unwrap_or(usize::MAX));
        }
    }

    fn keeps(&self, idea: &Idea) -> bool {
        let status = if self.status.is_empty() {
            self.filter.is_some() || idea.status.is_ranked_by_default()
        } else {
            self.status.iter().any(|status| status.is_none_or(|status| status == idea.status))
        };
        status && (self.tags.is_empty() || self.tags.iter().any(|tag| idea.tags.contains(tag)))
    }
}

/// A status, or `all`.
fn status(text: &str) -> Result<Option<Status>, String> {
    match text {
        "all" => Ok(None),
        text => value::status(text).map(Some).map_err(|expected| format!("{expected}, all")),
    }
}

fn nothing(ideas: usize) -> String {
    match ideas {
        0 => "no ideas yet; prospect add TITLE adds one\n".to_owned(),
        _ => "no idea matches; prospect rank --status all shows every one\n".to_owned(),
    }
}

/// A search, and which ideas its words are found in.
pub(super) struct Search {
    filter: Filter,
    /// Ids of the ideas that hold its words.
    found: BTreeSet<String>,
    /// The flags of all ideas by their ids, where it asks for flags.
    flags: HashMap<String, Vec<Flag>>,
}

impl Search {
    /// Reads a search as it would be saved, with saved ones by name.
    ///
    /// # Errors
    /// None is saved under that name, or a condition does not exist.
    pub(super) fn read(text: &str, workspace: &OpenWorkspace) -> Result<Self, CliError> {
        let filter = Filter::strict(&expanded(text, workspace)?);
        let filter = filter.map_err(|fault| CliError::usage(describe_filter_error(&fault)))?;
        let ideas = workspace.portfolio().ideas();
        let keys: Vec<String> = workspace.portfolio().iter().map(search_key).collect();
        let found = Finder::default().find(&filter.words, &keys);
        let found = found.into_iter().map(|position| ideas[position].id.clone()).collect();
        let asks_flags = filter.is_about(Subject::Flag);
        let flags = if asks_flags { flags(workspace) } else { HashMap::new() };
        Ok(Self { filter, found, flags })
    }

    /// Whether it finds an idea.
    pub(super) fn finds(&self, idea: &Idea) -> bool {
        let flags = |idea: &Idea| self.flags.get(&idea.id).cloned().unwrap_or_default();
        self.found.contains(&idea.id) && self.filter.holds(idea, flags)
    }

    /// Whether one of its conditions is about this subject.
    pub(super) fn is_about(&self, subject: Subject) -> bool {
        self.filter.is_about(subject)
    }
}

/// The flags of all ideas, by their ids.
fn flags(workspace: &OpenWorkspace) -> HashMap<String, Vec<Flag>> {
    let (portfolio, settings) = (workspace.portfolio(), &workspace.settings);
    let mut ranking = Ranking::new(portfolio, settings, workspace.as_of, |_| true);
    ranking.flag_duplicates();
    ranking.lines.into_iter().map(|line| (line.idea.id.clone(), line.review.flags)).collect()
}

/// A search with what was saved in place of each `@name`.
///
/// # Errors
/// None is saved under that name.
pub(super) fn expanded(text: &str, workspace: &OpenWorkspace) -> Result<String, CliError> {
    let saved = &workspace.settings.filters;
    let Some(unknown) = saved.unknown(text) else { return Ok(saved.expand(text)) };
    let names: Vec<String> = saved.iter().map(|(name, _)| format!("{SAVED}{name}")).collect();
    let known = match names.is_empty() {
        true => "none is saved yet; they stand in [filters] of prospect.toml".to_owned(),
        false => format!("there are {}", names.join(", ")),
    };
    Err(CliError::usage(format!("no filter is saved as \"{unknown}\"; {known}")))
}
