//! Questions: typing, choosing, and what follows from the answer.

use crate::command::{Command, Invocation};
use crate::tui::answers;
use crate::tui::ask::{Answer, Form, Prompt, Then};
use crate::tui::message::Request;
use crate::tui::model::Model;

use super::{apply, outcomes};

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
    match &mut model.page {
        Some(page) => {
            query.clone_into(&mut page.query);
            page.scroll = 0;
        }
        None => model.filter(query),
    }
}

/// Runs a command while a question is open.
pub(super) fn call(model: &mut Model, invocation: Invocation) {
    let Some(prompt) = &mut model.prompt else { return };
    match invocation.command {
        Command::Cancel | Command::Back | Command::Quit => return cancel(model),
        Command::Accept | Command::Open => return accept(model),
        _ => {}
    }
    let Form::List { lines, cursor } = &mut prompt.form else { return };
    let last = lines.len().saturating_sub(1);
    prompt.refusal = None;
    match invocation.command {
        Command::Down => *cursor = (*cursor + 1).min(last),
        Command::Up => *cursor = cursor.saturating_sub(1),
        Command::Top | Command::PageUp => *cursor = 0,
        Command::Bottom | Command::PageDown => *cursor = last,
        Command::Choose => {
            let number = usize::from(invocation.digit.unwrap_or(0));
            if (1..=lines.len()).contains(&number) {
                *cursor = number - 1;
                accept(model);
            }
        }
        _ => {}
    }
}

/// Leaves everything as it was.
fn cancel(model: &mut Model) {
    let Some(prompt) = model.prompt.take() else { return };
    match prompt.then {
        Then::Find => filter(model, ""),
        // Neither can be left open: the safe answer stands for none.
        Then::Conflict => outcomes::settle(model, false),
        Then::Welcome => model.leaving = true,
        Then::Add | Then::Idea { .. } | Then::Quit => {}
    }
}

/// Takes the answer; one that is wrong is refused and can be put right.
fn accept(model: &mut Model) {
    let Some(mut prompt) = model.prompt.take() else { return };
    let answer = prompt.answer();
    let result = match (&prompt.then, &answer) {
        (Then::Find, _) => Ok(Vec::new()),
        (Then::Add, Answer::Text(title)) => {
            answers::add(title, &model.backlog).map(|proposal| vec![proposal])
        }
        (Then::Idea { id, about }, answer) => {
            answers::about_idea(id, about, answer, &model.backlog)
        }
        (Then::Conflict, Answer::Chosen(line)) => {
            outcomes::settle(model, *line == 0);
            Ok(Vec::new())
        }
        (Then::Quit, Answer::Chosen(line)) => {
            model.leaving = *line == 1;
            Ok(Vec::new())
        }
        (Then::Welcome, Answer::Chosen(line)) => {
            model.outbox.push(if *line == 0 { Request::OpenEmpty } else { Request::OpenDemo });
            Ok(Vec::new())
        }
        _ => Ok(Vec::new()),
    };
    match result {
        Ok(proposals) => apply(model, proposals),
        Err(refusal) => {
            prompt.refusal = Some(refusal);
            model.prompt = Some(prompt);
        }
    }
}
