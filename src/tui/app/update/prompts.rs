//! Questions: typing, choosing, and what follows from the answer.

use crate::command::{Command, Invocation};
use crate::domain::DuelPool;
use crate::tui::app::message::{Effect, Request};
use crate::tui::app::model::{Model, Tone};
use crate::tui::complete;
use crate::tui::dialogs::answers;
use crate::tui::dialogs::{Answer, Form, Prompt, Runnable, Then, typed_to};
use crate::tui::palette;
use crate::tui::screens::{ScreenId, Unavailable};

use super::{apply, duels, filters, navigation, store_replies, writing};

/// The line that is typed has changed.
pub(super) fn typed(model: &mut Model) {
    if !model.is_finding() {
        return;
    }
    let Some(Prompt { form: Form::Line { input, .. }, .. }) = &model.prompt else { return };
    let query = input.value().to_owned();
    filter(model, &query);
}

fn filter(model: &mut Model, query: &str) {
    match &mut model.overlay {
        Some(overlay) => {
            query.clone_into(&mut overlay.query);
            overlay.scroll = 0;
        }
        None => model.filter(query),
    }
}

/// Runs a command while a question is open.
pub(super) fn call(model: &mut Model, invocation: Invocation) -> Vec<Effect> {
    match invocation.command {
        Command::LeaveText => writing::leave(model),
        Command::KeepText => return accept(model),
        Command::Cancel | Command::Back | Command::Quit => cancel(model),
        Command::Accept | Command::Open => return accept(model),
        Command::Choose => return choose(model, invocation.digit),
        Command::Complete => complete_word(model),
        Command::Earlier | Command::Later => recall(model, invocation.command == Command::Earlier),
        command => move_cursor(model, command),
    }
    Vec::new()
}

/// Takes the line of a list with this number.
fn choose(model: &mut Model, number: Option<u8>) -> Vec<Effect> {
    let Some(Prompt { form: Form::List { lines, cursor }, .. }) = &mut model.prompt else {
        return Vec::new();
    };
    let number = usize::from(number.unwrap_or(0));
    if !(1..=lines.len()).contains(&number) {
        return Vec::new();
    }
    *cursor = number - 1;
    accept(model)
}

/// Completes the word in front of the cursor.
fn complete_word(model: &mut Model) {
    let Some(Prompt { form, then, .. }) = &mut model.prompt else { return };
    match form {
        Form::Line { input, assist, .. } => {
            let front = input.value().get(..typed_to(input)).unwrap_or_default();
            let (start, words) = complete::completions(then, front, &model.world);
            assist.complete(start, words, input);
            typed(model);
        }
        Form::Pick(picker) => picker.step(true),
        Form::List { .. } | Form::Text { .. } => {}
    }
}

/// What was typed here before, or the line above or below.
fn recall(model: &mut Model, older: bool) {
    let Some(Prompt { form, label, .. }) = &mut model.prompt else { return };
    match form {
        Form::Line { input, assist, .. } => {
            assist.recall(older, label, &model.history, input);
            typed(model);
        }
        Form::Pick(picker) => picker.step(!older),
        Form::List { .. } | Form::Text { .. } => {}
    }
}

fn move_cursor(model: &mut Model, command: Command) {
    let Some(prompt) = &mut model.prompt else { return };
    let Form::List { lines, cursor } = &mut prompt.form else { return };
    let last = lines.len().saturating_sub(1);
    prompt.refusal = None;
    match command {
        Command::Down => *cursor = (*cursor + 1).min(last),
        Command::Up => *cursor = cursor.saturating_sub(1),
        Command::Top | Command::PageUp => *cursor = 0,
        Command::Bottom | Command::PageDown => *cursor = last,
        _ => {}
    }
}

/// Leaves everything as it was.
fn cancel(model: &mut Model) {
    let Some(prompt) = model.prompt.take() else { return };
    match prompt.then {
        Then::Find => filter(model, ""),
        Then::LeaveWriting(unsaved) => model.prompt = Some(unsaved.into()),
        // Neither can be left open: the safe answer stands for none.
        Then::Conflict => store_replies::settle(model, false),
        Then::Welcome => model.leaving = true,
        Then::Add
        | Then::Limit
        | Then::Sort
        | Then::Run(_)
        | Then::Filter(_)
        | Then::SaveFilter(_)
        | Then::ForgetFilter(_)
        | Then::EditAgain(_)
        | Then::Idea { .. }
        | Then::Ideas { .. }
        | Then::Quit => {}
    }
}

/// How a list becomes a workspace: its columns are shown first, in lines.
const IMPORT: &str = "Esc leaves; then: prospect import LIST --dry-run, and without --dry-run";

/// Takes the answer; one that is wrong is refused and can be put right.
fn accept(model: &mut Model) -> Vec<Effect> {
    let Some(mut prompt) = model.prompt.take() else { return Vec::new() };
    let answer = prompt.answer();
    let mut effects = Vec::new();
    let result = match (&prompt.then, &answer) {
        (Then::Find, _) => Ok(Vec::new()),
        (Then::Add, Answer::Text(title)) => {
            answers::add(title, &model.world).map(|action| vec![action])
        }
        (Then::Limit, Answer::Text(query)) => {
            let query = model.world.portfolio.filters().expand(query);
            duels::limit(model, DuelPool::found_by(&query)).map(|()| Vec::new())
        }
        (Then::Run(runnables), Answer::Chosen(line)) => match runnables.get(*line) {
            Some(Runnable::Filter(name)) => {
                filters::recall(model, name);
                Ok(Vec::new())
            }
            Some(Runnable::Command(invocation)) => run(model, *invocation, &prompt).map(|run| {
                effects = run;
                Vec::new()
            }),
            Some(Runnable::Shell(line)) => {
                model.say(Tone::Note, format!("in the shell: {line}"));
                Ok(Vec::new())
            }
            None => Ok(Vec::new()),
        },
        (Then::Run(_), Answer::Text(_)) => Err("no command goes by that".to_owned()),
        (Then::Filter(names), Answer::Chosen(line)) => {
            if let Some(name) = names.get(*line) {
                filters::recall(model, name);
            }
            Ok(Vec::new())
        }
        (Then::ForgetFilter(names), Answer::Chosen(line)) => {
            Ok(names.get(*line).map_or_else(Vec::new, |name| filters::forget(name)))
        }
        (Then::Filter(_) | Then::ForgetFilter(_), Answer::Text(_)) => {
            Err("no filter goes by that".to_owned())
        }
        (Then::LeaveWriting(unsaved), Answer::Chosen(line)) => {
            writing::left(model, unsaved.clone(), *line);
            Ok(Vec::new())
        }
        (Then::SaveFilter(text), Answer::Text(name)) => filters::save(model, name, text),
        (Then::Idea { id, about }, answer) => answers::about_idea(id, about, answer, &model.world),
        (Then::Ideas { ids, about }, answer) => {
            answers::about_ideas(ids, about, answer, &model.world)
        }
        (Then::Conflict, Answer::Chosen(line)) => {
            store_replies::settle(model, *line == 0);
            Ok(Vec::new())
        }
        (Then::Sort, Answer::Chosen(line)) => {
            model.screens.rank.sort(*line, &model.world);
            Ok(Vec::new())
        }
        (Then::EditAgain(draft), Answer::Chosen(0)) => {
            effects.push(Effect::OpenEditor(draft.clone()));
            Ok(Vec::new())
        }
        (Then::Quit, Answer::Chosen(line)) => {
            model.leaving = *line == 1;
            Ok(Vec::new())
        }
        (Then::Welcome, Answer::Chosen(line @ 0..=1)) => {
            model.save_queue.push(if *line == 0 { Request::OpenEmpty } else { Request::OpenDemo });
            Ok(Vec::new())
        }
        (Then::Welcome, _) => Err(IMPORT.to_owned()),
        _ => Ok(Vec::new()),
    };
    match result {
        Ok(actions) => {
            if let (Form::Line { .. }, Answer::Text(line)) = (&prompt.form, &answer) {
                model.history.remember(&prompt.label, line);
            }
            writing::taken(model, &prompt.then);
            apply(model, actions);
        }
        Err(refusal) => {
            prompt.refusal = Some(refusal);
            writing::warned(&mut prompt, &model.world);
            model.prompt = Some(prompt);
        }
    }
    effects
}

/// Runs a command that was chosen by its name.
fn run(model: &mut Model, invocation: Invocation, prompt: &Prompt) -> Result<Vec<Effect>, String> {
    if let Form::Pick(picker) = &prompt.form {
        let chosen = picker.chosen().and_then(|at| picker.choices.get(at));
        if let Some(refusal) = chosen.and_then(|choice| choice.refusal.clone()) {
            return Err(refusal);
        }
    }
    if let Some(screen) = palette::other_screen(model, invocation.command) {
        return Ok(run_there(model, invocation, screen));
    }
    model.available(invocation.command).map_err(|Unavailable(reason)| reason.to_owned())?;
    Ok(super::call(model, invocation))
}

/// Goes to the screen of a command and runs it there, unless it would change
/// what was not in sight when it was chosen: then its key is named.
fn run_there(model: &mut Model, invocation: Invocation, screen: ScreenId) -> Vec<Effect> {
    use Command as C;
    let command = invocation.command;
    let under_cursor = |model: &Model| model.idea().map(|idea| idea.id.clone());
    let before = under_cursor(model);
    navigation::show_screen(model, screen);
    let was_in_sight = match screen {
        ScreenId::Map | ScreenId::Taste => true,
        ScreenId::Duel => !matches!(command, C::PickLeft | C::PickRight | C::PickTie | C::SkipPair),
        ScreenId::Rank | ScreenId::Triage | ScreenId::Review => before == under_cursor(model),
    };
    let spec = command.spec();
    if model.overlay.is_none() && !model.scopes().contains(&spec.scope) {
        model.say(Tone::Note, format!("{}: only in: {}", spec.help, spec.scope.title()));
    } else if was_in_sight {
        return super::call(model, invocation);
    } else {
        let key = model.world.keymap.key(command);
        model.say(Tone::Note, format!("{key} does it here: {}", spec.help));
    }
    Vec::new()
}
