//! Every command by name, with its key and why it cannot run; every screen, what
//! only the command line does, and the saved filters.

use crate::command::{Command, CommandSpec, Invocation, SHELL_LINES, Scope, ShellLine, all};

use super::app::model::Model;
use super::dialogs::{Choice, Palette, Runnable, filter_choices};
use super::screens::{ScreenId, Unavailable};

/// The palette as it opens now: first what can run here, the nearest scope
/// first; what cannot run comes last.
#[must_use]
pub(super) fn open(model: &Model) -> Palette {
    let scopes = model.scopes();
    let nearness = |entry: &CommandSpec| {
        scopes.iter().position(|scope| *scope == entry.scope).unwrap_or(scopes.len())
    };
    let mut commands: Vec<&CommandSpec> = all()
        .iter()
        .filter(|entry| !matches!(entry.scope, Scope::Prompt | Scope::Writing | Scope::Choice))
        .filter(|entry| !matches!(entry.command, Command::Palette | Command::GoTo))
        .collect();
    commands.sort_by_key(|entry| nearness(entry));
    let (here, elsewhere): (Vec<_>, Vec<_>) =
        commands.into_iter().partition(|entry| nearness(entry) < scopes.len());
    let filters = filter_choices(model.world.portfolio.filters())
        .map(|(name, choice)| (Runnable::Filter(name), choice));
    let mut runnables: Vec<(Runnable, Choice)> =
        (here.into_iter().map(|entry| command(entry, model)))
            .chain(ScreenId::ALL.iter().map(|screen| go_to(*screen, model)))
            .chain(elsewhere.into_iter().map(|entry| command(entry, model)))
            .chain(SHELL_LINES.iter().map(shell_line))
            .chain(filters)
            .collect();
    runnables.sort_by_key(|(_, choice)| choice.refusal.is_some());
    Palette { runnables }
}

/// The screen on which a command runs, if it is another than the one shown.
#[must_use]
pub(super) fn other_screen(model: &Model, command: Command) -> Option<ScreenId> {
    let scope = command.spec().scope;
    let has = |id: &&ScreenId| model.screens.get(**id).help_scopes().contains(&scope);
    let screen = *ScreenId::ALL.iter().find(has)?;
    (screen != model.screen && !model.current().scopes().contains(&scope)).then_some(screen)
}

fn command(entry: &CommandSpec, model: &Model) -> (Runnable, Choice) {
    let synonyms = entry.command.synonyms();
    let choice = Choice {
        key: model.world.keymap.keys(entry.command).into_iter().next().unwrap_or_default(),
        name: match other_screen(model, entry.command) {
            Some(screen) => format!("goes to {}", screen.title()),
            None => entry.id.to_owned(),
        },
        text: entry.help.to_owned(),
        synonyms: format!("{} {synonyms}", entry.id),
        refusal: refusal(entry, model),
    };
    (Runnable::Command(Invocation { command: entry.command, digit: None }), choice)
}

fn go_to(screen: ScreenId, model: &Model) -> (Runnable, Choice) {
    let number = screen.number();
    let invocation = Invocation { command: Command::GoTo, digit: u8::try_from(number).ok() };
    let keys = model.world.keymap.written(Command::GoTo).into_iter().next().unwrap_or_default();
    let choice = Choice {
        key: keys.replace("<digit>", &number.to_string()).replace(' ', ""),
        name: "screen".to_owned(),
        text: format!("Go to {}: {}", screen.title(), model.screens.get(screen).purpose()),
        synonyms: String::new(),
        refusal: model.available(Command::GoTo).err().map(|Unavailable(why)| why.to_owned()),
    };
    (Runnable::Command(invocation), choice)
}

fn shell_line(shell: &ShellLine) -> (Runnable, Choice) {
    let choice = Choice {
        key: "outside:".to_owned(),
        name: shell.result.to_owned(),
        text: shell.line.to_owned(),
        synonyms: shell.synonyms.to_owned(),
        refusal: None,
    };
    (Runnable::Shell(shell.line), choice)
}

/// Why a command cannot run now.
fn refusal(entry: &CommandSpec, model: &Model) -> Option<String> {
    if entry.command == Command::Count {
        return Some("press its key, then digits and a motion".to_owned());
    }
    if entry.takes_digit() {
        return Some("press the digit itself".to_owned());
    }
    if model.overlay.is_none() {
        if other_screen(model, entry.command).is_some() {
            return None;
        }
        if !model.scopes().contains(&entry.scope) {
            return Some(format!("only in: {}", entry.scope.title()));
        }
    }
    model.available(entry.command).err().map(|Unavailable(reason)| reason.to_owned())
}
