//! `prospect answers`

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;

use super::failure::count;
use super::session::Session;
use super::{Answer, Failure, Global, output};
use crate::domain::Edit;
use crate::report::{self, Answers};
use crate::store::write_atomic;
use crate::text::sanitize;

/// Take in a sheet that a colleague has filled in
///
/// Ratings are added to people/NAME.toml beside the ideas; what was answered
/// there before stays. What the colleague would start comes into your inbox, and
/// `prospect undo` takes that back; people/NAME.toml is theirs and is only ever
/// added to.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect answers for-mara.md --from mara
  prospect answers - --from mara < reply.txt     a mail, as it came")]
pub struct Arguments {
    /// The sheet; - reads the standard input
    file: PathBuf,
    /// Who has answered
    #[arg(long, value_name = "NAME")]
    from: String,
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<Answer, Failure> {
    let from = arguments.from.trim();
    if from.is_empty() || from.starts_with('.') || from.contains(['/', '\\', '\0']) {
        let hint = "people/NAME.toml must be a file: --from mara";
        return Err(Failure::advise(format!("\"{from}\" cannot be the name of a file"), hint));
    }
    let text = read(&arguments.file)?;
    let mut session = Session::edit(global, None)?;
    let answers = Answers::read(&text, session.portfolio());
    for unread in &answers.unread {
        let message = format!("line {}: {}", unread.line, sanitize(&unread.message));
        session.say(&output::warning_line(&message, "this line was left out"));
    }
    if answers.started.is_empty() && answers.answered.is_empty() {
        let hint = "prospect ask prints a sheet whose form is understood";
        return Err(Failure::advise("there are no answers on this sheet", hint));
    }
    let shown = sanitize(from);
    let file = session.folder().join("people").join(format!("{from}.toml"));
    let kept = add_ratings(&file, &answers, &session)?;
    let mut said = String::new();
    let new = answers.answered.len().saturating_sub(kept.len());
    if new > 0 {
        said += &format!(
            "{shown}: answers about {} added to people/{shown}.toml\n",
            count(new, "idea")
        );
    }
    if !kept.is_empty() {
        said += &format!("answered before, left as it was: {}\n", sanitize(&kept.join(", ")));
    }
    said += &start(&mut session, &answers, from)?;
    Ok(Answer::from(said))
}

fn read(file: &Path) -> Result<String, Failure> {
    let mut text = String::new();
    let result = if file == Path::new("-") {
        io::stdin().read_to_string(&mut text).map(drop)
    } else {
        fs::read_to_string(file).map(|read| text = read)
    };
    result.with_context(|| format!("{} cannot be read", file.display()))?;
    Ok(text)
}

/// Adds the ratings to the file of that person; gives the ideas about which
/// they had answered before.
fn add_ratings(file: &Path, answers: &Answers, session: &Session) -> Result<Vec<String>, Failure> {
    if answers.answered.is_empty() {
        return Ok(Vec::new());
    }
    let before = match fs::read_to_string(file) {
        Ok(before) => before,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(anyhow::Error::from(error).into()),
    };
    let (after, kept) =
        report::append_ratings(&before, answers, session.portfolio()).map_err(|error| {
            Failure::advise(
                format!("{} is not TOML: {}", file.display(), error.message()),
                "put it right first; prospect check shows the place",
            )
        })?;
    if after != before {
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).context("the folder people cannot be made")?;
        }
        write_atomic(file, after.as_bytes())
            .with_context(|| format!("{} cannot be written", file.display()))?;
    }
    Ok(kept)
}

/// Takes what they would start into the inbox.
fn start(session: &mut Session, answers: &Answers, from: &str) -> Result<String, Failure> {
    let as_of = session.as_of;
    if answers.edit(session.portfolio(), from, as_of).steps().is_empty() {
        return Ok(String::new());
    }
    let edit = session.apply(|session| Ok(answers.edit(session.portfolio(), from, as_of)))?;
    let new = edit.steps().iter().filter(|step| matches!(step, Edit::Add { .. })).count();
    let known = edit.steps().len() - new;
    let (mut said, from) = (String::new(), sanitize(from));
    if new > 0 {
        said += &format!("{from} would start: {} in your inbox now\n", count(new, "new idea"));
    }
    if known > 0 {
        said += &format!("{from} would start what you have already: {}\n", count(known, "idea"));
    }
    Ok(said)
}
