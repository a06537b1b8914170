//! Files to import from: the listing of a folder, for completing a path, and what
//! would become of a list.

use std::path::{Path, PathBuf};
use std::time::SystemTime;
use std::{env, fs};

use crate::domain::{Idea, Portfolio};
use crate::exchange::{
    ImportHistory, ImportPlan, Location, Mapping, Skipped, is_read, plan_import,
};
use crate::import_source::{self, ImportSource, SourceError};
use crate::store::Workspace;
use crate::text::shorten;
use crate::tui::action::ImportList;
use crate::tui::app::message::PreviewRequest;
use crate::tui::import::{ImportPreview, PreviewColumn, PreviewIdea, PreviewRefusal};
use crate::tui::world::{FolderEntry, FolderListing};

/// The name of what was pasted, by which it is known again. Its ending lets
/// plain lines be a list.
const PASTED: &str = "pasted.txt";

/// An import as it would be. `workspace` is the open one; without one, ideas go
/// into a new one at `new`. `state` is the folder of state.
pub(super) fn preview(
    request: &PreviewRequest,
    workspace: Option<&Workspace>,
    new: &Path,
    state: &Path,
) -> Result<Box<ImportPreview>, PreviewRefusal> {
    let question = &request.question;
    let place = workspace.map_or(new, Workspace::path);
    let (source, shown) = read(&question.list, place, state)?;
    let read = source.ideas(&question.user_mapping, false).map_err(refusal)?;
    if read.ideas.is_empty() {
        let places = crate::text::count(read.skipped.len(), "place");
        return Err(refusal(format!("no idea could be read from it ({places} left out)")));
    }
    let history = workspace.and_then(Workspace::import_history);
    let history = history.map(|text| ImportHistory::from_json(&text)).unwrap_or_default();
    let options = source.options(request.as_of, false);
    let plan = plan_import(&read.ideas, &request.portfolio, &history, &options);
    let columns = match (&read.mapping, &source) {
        (Some(mapping), ImportSource::Rows { rows, .. }) => columns(mapping, rows),
        _ => Vec::new(),
    };
    let file = workspace.map_or_else(|| new.join("ideas.toml"), Workspace::file_for_new_ideas);
    Ok(Box::new(ImportPreview {
        source: shown,
        format: format!("{}, {}", source.format(), source.size()),
        columns,
        ideas: ideas(&plan, &request.portfolio),
        problems: problems(&read.skipped, &plan, source.name()),
        rows_left_out: read.rows_left_out,
        file: in_home(&file),
        plan,
    }))
}

fn read(
    list: &ImportList,
    place: &Path,
    state: &Path,
) -> Result<(ImportSource, String), PreviewRefusal> {
    match list {
        ImportList::Pasted(text) => {
            let source = ImportSource::from_bytes(PASTED, text.clone().into_bytes(), None);
            Ok((source.map_err(|error| explained(&error))?, "what you pasted".to_owned()))
        }
        ImportList::File(typed) => {
            let path = expanded(typed);
            if import_source::is_same(&path, place) {
                return Err(refusal("a workspace cannot be imported into itself".to_owned()));
            }
            // A pipe or a device could keep everything else waiting for ever.
            let is_read = path.metadata().is_ok_and(|data| data.is_file() || data.is_dir());
            if path.exists() && !is_read {
                return Err(refusal("it is a pipe or a device, not a file or folder".to_owned()));
            }
            let source = ImportSource::read(&path, state, None);
            Ok((source.map_err(|error| explained(&error))?, in_home(&path)))
        }
    }
}

fn refusal(message: String) -> PreviewRefusal {
    PreviewRefusal { message, hint: String::new() }
}

fn explained(error: &SourceError) -> PreviewRefusal {
    let (message, hint) = match error {
        SourceError::Problems(problems) => match problems.first() {
            Some(problem) => (problem.to_string(), problem.hint.clone()),
            None => (error.to_string(), String::new()),
        },
        _ => (error.to_string(), error.hint().to_owned()),
    };
    PreviewRefusal { message, hint }
}

fn columns(mapping: &Mapping, rows: &crate::exchange::Rows) -> Vec<PreviewColumn> {
    let filled = mapping.columns.iter().filter(|column| column.filled > 0);
    filled
        .map(|column| PreviewColumn {
            name: column.name.clone(),
            target: column.target,
            example: mapping.example(column, rows),
        })
        .collect()
}

fn ideas(plan: &ImportPlan, portfolio: &Portfolio) -> Vec<PreviewIdea> {
    let tags = |idea: &Idea| {
        let tags = idea.tags.iter().map(|tag| format!("#{tag}"));
        tags.collect::<Vec<_>>().join(" ")
    };
    let added = plan.added.iter().map(|idea| PreviewIdea {
        title: idea.title.clone(),
        state: idea.status.id().to_owned(),
        details: tags(idea),
    });
    let updated = plan.updated.iter().map(|(id, fields)| PreviewIdea {
        title: portfolio.get(id).map_or(id, |idea| &idea.title).clone(),
        state: "changes".to_owned(),
        details: fields.join(", "),
    });
    added.chain(updated).collect()
}

/// What a person should look at: what was left out, what stays as it was edited
/// here, and keys that mean something else now.
fn problems(skipped: &[Skipped], plan: &ImportPlan, source: &str) -> Vec<String> {
    let at = |location: &Location| match location {
        Location { file, line } if file == source => format!("line {line}"),
        location => location.to_string(),
    };
    let left_out = skipped.iter().chain(&plan.skipped);
    let left_out =
        left_out.map(|Skipped { location, message }| format!("{}: {message}", at(location)));
    let kept = plan.kept.iter().map(|kept| {
        let theirs = kept.theirs.lines().next().unwrap_or_default();
        let theirs = if theirs.is_empty() { "nothing" } else { theirs };
        let (place, field, id) = (at(&kept.location), kept.field, &kept.id);
        let theirs = shorten(theirs, 60);
        format!("{place}: {field} of {id} was edited here and stays; the source has: {theirs}")
    });
    let reused = plan.reused_keys.iter().map(|reused| {
        let (place, key, id) = (at(&reused.location), &reused.key, &reused.id);
        format!("{place}: \"{key}\" meant {id} before, which is another idea: added as a new one")
    });
    left_out.chain(kept).chain(reused).collect()
}

/// A path with the home folder in place of `~`.
pub(super) fn expanded(typed: &Path) -> PathBuf {
    match (typed.strip_prefix("~"), env::home_dir()) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => typed.to_owned(),
    }
}

/// A path with `~` in place of the home folder.
pub(super) fn in_home(path: &Path) -> String {
    let home = env::home_dir().filter(|home| !home.as_os_str().is_empty());
    match home.and_then(|home| Some(path.strip_prefix(home).ok()?.to_owned())) {
        Some(rest) => Path::new("~").join(rest).display().to_string(),
        None => path.display().to_string(),
    }
}

/// More entries than this are not listed.
const MOST: usize = 1000;

/// What the folder of a path, as it was typed, holds: folders, and files that can
/// be read, the newest first. Empty where there is none.
pub(super) fn list(folder: &str) -> FolderListing {
    let path = match folder {
        "" => Path::new(".").to_owned(),
        folder => expanded(Path::new(folder)),
    };
    let found = fs::read_dir(path).into_iter().flatten().filter_map(Result::ok);
    let mut entries: Vec<(SystemTime, FolderEntry)> = found
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            // A link counts as what it leads to.
            let data = fs::metadata(entry.path()).ok()?;
            let is_folder = data.is_dir();
            let is_listed = is_folder || data.is_file() && is_read(&name);
            let changed = data.modified().unwrap_or(SystemTime::UNIX_EPOCH);
            is_listed.then_some((changed, FolderEntry { name, is_folder }))
        })
        .collect();
    entries.sort_by(|(a, one), (b, other)| b.cmp(a).then_with(|| one.name.cmp(&other.name)));
    let entries = entries.into_iter().map(|(_, entry)| entry).take(MOST).collect();
    FolderListing { folder: folder.to_owned(), entries }
}
