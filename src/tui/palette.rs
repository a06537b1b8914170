//! Every command by name: what it does, its key, and why it cannot run; behind
//! them the saved filters.

use crate::command::{Command, CommandSpec, Scope, all};

use super::app::model::Model;
use super::app::update::choices;
use super::dialogs::{Choice, Prompt, Runnable, Then};
use super::screens::Unavailable;

/// The palette as it opens now: first what can run, the nearest scope first.
#[must_use]
pub(super) fn open(model: &Model) -> Prompt {
    let scopes = model.scopes();
    let nearness = |entry: &CommandSpec| {
        scopes.iter().position(|scope| *scope == entry.scope).unwrap_or(scopes.len())
    };
    let mut rows: Vec<(&CommandSpec, Option<String>)> = all()
        .iter()
        .filter(|entry| !matches!(entry.scope, Scope::Prompt | Scope::Writing | Scope::Choice))
        .filter(|entry| entry.command != Command::Palette)
        .map(|entry| (entry, refusal(entry, model, scopes)))
        .collect();
    rows.sort_by_key(|(entry, refusal)| (refusal.is_some(), nearness(entry)));
    let commands = rows.iter().map(|(entry, _)| Runnable::Command(entry.command));
    let filters = model.world.portfolio.filters().iter().map(|(name, _)| name.to_owned());
    let filters: Vec<String> = filters.collect();
    let runnables = commands.chain(filters.iter().cloned().map(Runnable::Filter)).collect();
    let choices = rows
        .into_iter()
        .map(|(entry, refusal)| Choice {
            key: model.world.keymap.keys(entry.command).into_iter().next().unwrap_or_default(),
            name: entry.id.to_owned(),
            text: entry.help.to_owned(),
            refusal,
        })
        .chain(choices(model, &filters))
        .collect();
    Prompt::pick(":", choices, Then::Run(runnables))
}

/// Why a command cannot run now.
fn refusal(entry: &CommandSpec, model: &Model, scopes: &[Scope]) -> Option<String> {
    if !scopes.contains(&entry.scope) {
        return Some(format!("only in: {}", entry.scope.title()));
    }
    if entry.command == Command::Count {
        return Some("press its key, then digits and a motion".to_owned());
    }
    if entry.takes_digit() {
        return Some("press the digit itself".to_owned());
    }
    model.available(entry.command).err().map(|Unavailable(reason)| reason.to_owned())
}
