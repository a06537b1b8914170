//! `prospect add`

use clap::Args;

use super::session::Session;
use super::{Answer, Failure, Global, value};
use crate::domain::{BetInput, BetKind, Criterion, Edit, Field, Idea, Status};

/// Add an idea and print its id
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect add \"Let the model write out its reasoning\"
  prospect add \"Small teachers\" --tag data,efficiency --summary \"A tenth of the size picks the data.\"
  prospect add \"Ask the solver\" --bet hot --rate headroom=8 --rate longevity=6..9 --rate edge=7")]
pub struct Arguments {
    /// Its title
    title: String,
    /// What it is about; Markdown
    #[arg(long, value_name = "TEXT")]
    summary: Option<String>,
    /// Keywords; several with commas, or the option again
    #[arg(long = "tag", value_name = "TAG", value_delimiter = ',')]
    tags: Vec<String>,
    /// The way of betting: hot or next-hot
    #[arg(long, value_name = "KIND", value_parser = bet)]
    bet: Option<BetKind>,
    /// An answer: a criterion, or a question about the bet, = a number or LO..HI
    #[arg(long = "rate", value_name = "CRITERION=VALUE")]
    rates: Vec<String>,
    /// Where it stands [default: inbox]
    #[arg(long, value_parser = value::status)]
    status: Option<Status>,
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<Answer, Failure> {
    let mut idea = Idea::new("", arguments.title.trim());
    idea.summary = arguments.summary.clone().unwrap_or_default();
    idea.tags = arguments.tags.iter().flat_map(|tags| value::list(tags)).collect();
    idea.created = Some(global.as_of());
    idea.status = arguments.status.unwrap_or(Status::Inbox);
    idea.bet = arguments.bet;
    for rate in &arguments.rates {
        apply_rate(&mut idea, rate)?;
    }
    if idea.title.is_empty() {
        return Err(Failure::usage("title must not be empty"));
    }
    let mut session = Session::edit_or_create(global)?;
    let edit = session.apply(|session| {
        let id = session.free_id(&idea.title);
        Ok(Edit::Add { idea: Box::new(Idea { id, ..idea.clone() }), before: None })
    })?;
    Ok(Answer::from(edit.ids().iter().map(|id| format!("{id}\n")).collect::<String>()))
}

/// Reads `headroom=7` or `edge=3..7` into the idea. A question about a bet
/// declares the bet, unless another is declared.
fn apply_rate(idea: &mut Idea, rate: &str) -> Result<(), Failure> {
    let (name, number) = rate.split_once('=').unwrap_or((rate, ""));
    let criterion = Criterion::from_id(name).map(Field::Rating);
    let input = BetInput::from_id(name);
    let field = criterion.or(input.map(Field::BetInput));
    let Some(field) = field.filter(|_| !number.trim().is_empty()) else {
        return Err(wrong_rate(rate));
    };
    if let Some(input) = input {
        let kind = *idea.bet.get_or_insert(input.kind());
        if kind != input.kind() {
            let allowed = kind.inputs().map(BetInput::id).join(", ");
            return Err(Failure::usage(format!(
                "{name} is not asked of a {} bet, only {allowed}",
                kind.id()
            )));
        }
    }
    idea.set(field, value::value(field, number)?)?;
    Ok(())
}

fn wrong_rate(rate: &str) -> Failure {
    let criteria = Criterion::ALL.map(Criterion::id).join(", ");
    let inputs = |kind: BetKind| kind.inputs().map(BetInput::id).join(", ");
    Failure::advise(
        format!("\"{rate}\" is not CRITERION=VALUE or CRITERION=LO..HI"),
        format!(
            "criteria are {criteria}, each 0 to 10\n\
             a hot bet has {}; a next-hot bet has {} (chance is 0 to 1)",
            inputs(BetKind::Hot),
            inputs(BetKind::NextHot)
        ),
    )
}

fn bet(text: &str) -> Result<BetKind, String> {
    BetKind::from_id(text)
        .ok_or_else(|| format!("one of {}", BetKind::ALL.map(BetKind::id).join(", ")))
}
