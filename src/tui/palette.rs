//! Every command by name, with its key and why it cannot run; every screen, what
//! only the command line does, and the saved filters.

use crate::command::{
    Command, CommandSpec, Invocation, Keymap, SHELL_LINES, Scope, ShellLine, all,
};

use super::app::model::Model;
use super::dialogs::{
    Choice,
    filter::filter_choices,
    program::{Palette, Runnable},
};
use super::screens::{ScreenId, Unavailable};

/// The palette as it opens now: first what can run here, the nearest scope
/// first; what cannot run comes last.
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
pub(super) fn other_screen(model: &Model, command: Command) -> Option<ScreenId> {
    let scope = command.spec().scope;
    let has = |id: &&ScreenId| model.screens.get(**id).help_scopes().contains(&scope);
    let screen = *ScreenId::ALL.iter().find(has)?;
    (screen != model.screen && !model.current().scopes().contains(&scope)).then_some(screen)
}

fn command(entry: &CommandSpec, model: &Model) -> (Runnable, Choice) {
    let synonyms = entry.command.synonyms();
    let choice = Choice {
        text: entry.help.to_owned(),
        aside: aside(entry, model),
        synonyms: format!("{} {synonyms}", entry.id),
        refusal: refusal(entry, model),
    };
    (Runnable::Command(Invocation { command: entry.command, digit: None }), choice)
}

/// The keys that do the same from here, or the name by which it is found.
fn aside(entry: &CommandSpec, model: &Model) -> String {
    let key = |command| model.world.keymap.keys(command).into_iter().next();
    let own = key(entry.command).unwrap_or_else(|| format!(":{}", entry.id));
    let Some(screen) = other_screen(model, entry.command) else { return own };
    let way = way(entry.scope).iter().filter_map(|command| key(*command));
    let keys: Vec<String> = way.chain([own]).collect();
    format!("{}, then {}", screen_key(screen, &model.world.keymap), keys.join(" "))
}

/// The commands that lead from a screen to where the keys of a scope are in force.
const fn way(scope: Scope) -> &'static [Command] {
    match scope {
        Scope::Past => &[Command::Past],
        Scope::Result => &[Command::EndSession],
        Scope::Cards => &[Command::Cards],
        Scope::Adoption => &[Command::Adopt],
        Scope::Practice => &[Command::NextPage, Command::NextPage],
        _ => &[],
    }
}

pub(super) fn screen_key(screen: ScreenId, keymap: &Keymap) -> String {
    let keys = keymap.written(Command::GoTo).into_iter().next().unwrap_or_default();
    keys.replace("<digit>", &screen.number().to_string()).replace(' ', "")
}

fn go_to(screen: ScreenId, model: &Model) -> (Runnable, Choice) {
    let digit = u8::try_from(screen.number()).ok();
    let invocation = Invocation { command: Command::GoTo, digit };
    let choice = Choice {
        text: format!("Go to {}: {}", screen.title(), model.screens.get(screen).purpose()),
        aside: screen_key(screen, &model.world.keymap),
        synonyms: "screen tab".to_owned(),
        refusal: model.available(Command::GoTo).err().map(|Unavailable(why)| why.to_owned()),
    };
    (Runnable::Command(invocation), choice)
}

fn shell_line(shell: &ShellLine) -> (Runnable, Choice) {
    let choice = Choice {
        text: format!("outside:  {}", shell.line),
        aside: shell.result.to_owned(),
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
