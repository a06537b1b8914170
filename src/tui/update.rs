//! What happens next: a message changes the model and gives effects. Nothing
//! here touches a file, a clock or the terminal.

mod by_hand;
mod copy;
mod duels;
mod edits;
mod filters;
mod hands;
mod outcomes;
mod prompts;
mod repeat;
mod review;
mod settings;
#[cfg(test)]
mod tests;
mod visit;
mod writing;

pub(super) use filters::{choices, own};
pub(super) use review::start;
pub(super) use writing::unfinished;

use std::sync::Arc;

use crate::command::{Command, Invocation, Key, KeyPress, Resolution, Scope};
use crate::judge::TimeSpent;
use crate::text;

use super::ask::{Prompt, Then, writing_columns};
use super::message::{Effect, Msg, Request};
use super::model::{Model, Page, PageKind, Tone};
use super::recall::Recall;
use super::screens::{Proposal, Reason, ScreenId};
use super::{pages, palette};

/// Takes a message into the model and says what is to be done outside it.
pub(super) fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let mut effects = Vec::new();
    if matches!(msg, Msg::Key(_) | Msg::Mouse(_) | Msg::Paste(_)) {
        measure(model);
    }
    match msg {
        Msg::Key(press) if model.outbox.steps() && model.conflict.is_none() => {
            model.held.push(press);
        }
        Msg::Key(press) => effects.extend(key(model, press)),
        Msg::Mouse(mouse) => effects.extend(hands::mouse(model, mouse)),
        Msg::Paste(text) => {
            writing::widen(model, &text);
            if let Some(prompt) = &mut model.prompt {
                prompt.paste(&text);
                prompts::typed(model);
                writing::keep(model);
            }
        }
        Msg::Resize(size) => model.resize(size),
        Msg::FilesTouched => {
            if model.outbox.last() != Some(&Request::Look) {
                model.outbox.push(Request::Look);
            }
        }
        Msg::SettingsTouched => effects.push(Effect::Store(Request::Settings)),
        Msg::Settings(read) => effects.extend(settings::take(model, read)),
        Msg::Edited { draft, text } => by_hand::edited(model, draft, text),
        Msg::Reviewed(findings) => review::take(model, findings),
        Msg::Surveyed(survey) => {
            let survey = Arc::new(*survey);
            model.rank.surveyed(&survey);
            model.map.surveyed(&survey);
        }
        Msg::NotReviewed(reason) => review::failed(model, reason),
        Msg::Fault(reason) => model.say(Tone::Trouble, reason),
        Msg::Signed(edit) => edits::edit(model, edit),
        Msg::Judged(judged) => model.duel.judged(judged.0, judged.1),
        Msg::Curious(found) => duels::show_curiosities(model, found),
        Msg::Polled(pulls) => model.rank.polled(*pulls, &model.backlog),
        Msg::Tasted(tasted) => model.taste.found(tasted.0, tasted.1),
        Msg::Recalled(recalled) => model.triage.recalled(recalled),
        Msg::Ground(color) => {
            if !model.look.knows_ground() {
                effects.push(Effect::RefineKeys);
            }
            model.look.fit(color);
        }
        Msg::Elapsed(time) => {
            model.triage.set_time(time);
            model.stopwatch.set_time(time);
        }
        Msg::Terminate => {
            writing::keep(model);
            model.leaving = true;
        }
        Msg::Done(outcome) => {
            effects.extend(outcomes::done(model, outcome));
            let held = std::mem::take(&mut model.held);
            for press in held {
                effects.extend(update(model, Msg::Key(press)));
            }
        }
    }
    outcomes::ask_about_conflict(model);
    if let Some(places) = model.rank.take_divider() {
        model.afterwards.push(Effect::Store(Request::Divider(places)));
    }
    if let Some(round) = model.triage.take_round() {
        model.outbox.remember(round);
    }
    effects.extend(review::ask(model));
    if model.screen == ScreenId::Map {
        model.map.refresh(&model.backlog);
    }
    effects.extend(review::survey(model));
    effects.extend(duels::poll(model));
    effects.append(&mut model.afterwards);
    effects.extend(note(model));
    effects.extend(next_effect(model));
    effects.extend(judge(model));
    effects.extend(recall(model));
    effects.extend(taste(model));
    effects
}

/// Counts the time since the last key or click for the screen that was shown.
fn measure(model: &mut Model) {
    model.stopwatch.touch(model.screen.deliberation());
    let today = model.backlog.as_of();
    let choosing = TimeSpent::choosing(&model.stopwatch.spells(today), today);
    model.review.set_choosing(choosing);
    model.taste.set_choosing(choosing);
}

/// Keeps the time that was spent on choosing, now and then and at the end.
fn note(model: &mut Model) -> Option<Effect> {
    let spells = model.stopwatch.take(model.backlog.as_of(), model.leaving);
    (!spells.is_empty()).then(|| Effect::Store(Request::Note(spells)))
}

/// The rounds of duels that the screen waits for, and those that may come
/// next.
fn judge(model: &mut Model) -> Vec<Effect> {
    if model.screen != ScreenId::Duel {
        return Vec::new();
    }
    model.duel.refresh(&model.backlog);
    model.duel.exams().into_iter().map(Effect::Examine).collect()
}

/// What the state of the model calls for: sending what waits, and leaving when
/// nothing is left to wait for.
fn next_effect(model: &mut Model) -> Option<Effect> {
    let waits = model.outbox.failure().is_some() || model.conflict.is_some();
    if !waits && let Some(request) = model.outbox.send() {
        return Some(Effect::Store(request));
    }
    (model.leaving && (waits || model.outbox.is_empty())).then_some(Effect::Quit)
}

/// Asks memory about the card on the table, once for each.
fn recall(model: &mut Model) -> Option<Effect> {
    if model.screen != ScreenId::Triage {
        return None;
    }
    let id = model.triage.wants_to_recall(&model.backlog)?;
    Some(Effect::Recall(Recall {
        id,
        portfolio: model.backlog.share(),
        texts: model.backlog.texts(),
        as_of: model.backlog.as_of(),
    }))
}

/// What the Taste screen waits for.
fn taste(model: &mut Model) -> Option<Effect> {
    if model.screen != ScreenId::Taste {
        return None;
    }
    let stated_before = model.in_force.settings().stated_before();
    let job = model.taste.job(&model.backlog, stated_before, &model.person)?;
    Some(Effect::Taste(Box::new(job)))
}

fn key(model: &mut Model, press: KeyPress) -> Vec<Effect> {
    model.toast = None;
    model.judging.opens = false;
    if !model.chord.is_empty() && press.key == Key::Esc {
        model.chord.clear();
        return Vec::new();
    }
    if model.chord.pop_if(|_| press.key == Key::Backspace).is_some() {
        return Vec::new();
    }
    model.chord.push(press);
    let scopes = model.scopes();
    debug_assert!(Scope::TOGETHER.contains(&scopes), "{scopes:?}");
    match model.keymap.resolve(scopes, &model.chord) {
        Resolution::Begun => Vec::new(),
        Resolution::Call(invocation) => {
            model.chord.clear();
            call(model, invocation)
        }
        Resolution::Counted(invocation, count) => {
            model.chord.clear();
            counted(model, invocation, count)
        }
        Resolution::Unbound => {
            let alone = model.chord.len() == 1;
            model.chord.clear();
            if alone && matches!(scopes, [Scope::Prompt | Scope::Writing]) {
                let columns = writing_columns(model.size.width);
                if let Some(prompt) = &mut model.prompt {
                    prompt.type_key(press, columns);
                    prompts::typed(model);
                }
                // Line by line, so that hardly anything is lost with the
                // program.
                if press.key == Key::Enter {
                    writing::keep(model);
                }
            } else {
                let help = model.keymap.key(Command::Help);
                model.say(Tone::Note, format!("{press} does nothing here; {help} lists the keys"));
            }
            Vec::new()
        }
    }
}

/// Runs a motion so many times; the first and the last line stand for the line
/// of that number.
fn counted(model: &mut Model, invocation: Invocation, count: u16) -> Vec<Effect> {
    let call_as = |model: &mut Model, command: Command, times: u16| -> Vec<Effect> {
        let invocation = Invocation { command, ..invocation };
        (0..times).flat_map(|_| call(model, invocation)).collect()
    };
    match invocation.command {
        Command::Top | Command::Bottom => {
            let mut effects = call_as(model, Command::Top, 1);
            effects.extend(call_as(model, Command::Down, count - 1));
            effects
        }
        command if command.takes_count() => {
            let mut effects = Vec::new();
            for _ in 0..count {
                let before = model.scrolled();
                effects.extend(call_as(model, command, 1));
                // The end of a page is the end of the way.
                if before.is_some() && before == model.scrolled() {
                    break;
                }
            }
            effects
        }
        command => {
            let text = format!("\"{}\" takes no count; motions do", command.entry().id);
            model.say(Tone::Note, text);
            Vec::new()
        }
    }
}

fn call(model: &mut Model, invocation: Invocation) -> Vec<Effect> {
    if let Err(Reason(reason)) = model.available(invocation.command) {
        model.say(Tone::Note, reason);
        return Vec::new();
    }
    if model.prompt.is_some() {
        return prompts::call(model, invocation);
    }
    match invocation.command {
        Command::Suspend => return vec![Effect::Suspend],
        Command::Quit => quit(model),
        Command::Back => back(model),
        Command::Help => toggle_page(model, PageKind::Help),
        Command::Problems => toggle_page(model, PageKind::Problems),
        Command::Palette => model.prompt = Some(palette::open(model)),
        Command::Theme => {
            model.look.next();
            let id = model.look.theme.id();
            model.say(Tone::Note, format!("{id}; [theme] name = \"{id}\" keeps it"));
        }
        Command::CopyId => return copy::id(model),
        Command::CopyText => copy::ask_for_text(model),
        Command::Repeat => repeat::repeat(model),
        Command::EndSession => duels::end(model),
        Command::Edit => by_hand::edit(model),
        Command::Changes => toggle_page(model, PageKind::Changes),
        Command::Find => find(model),
        Command::Filters => filters::ask(model),
        Command::KeepFilter => filters::ask_to_save(model),
        Command::ForgetFilter => filters::ask_to_forget(model),
        Command::Undo => edits::undo(model),
        Command::Redo => model.outbox.push(Request::Redo { overwrite: false }),
        Command::Save => return edits::save_again(model),
        Command::Reload => {
            model.outbox.push(Request::Reload);
            return vec![Effect::Redraw, Effect::Store(Request::Settings)];
        }
        Command::Add => {
            let hint = "a short title; #tag @name !hot !next in the same line";
            model.prompt = Some(Prompt::line("new idea", "", hint, Then::Add));
        }
        Command::Note => writing::ask_note(model),
        Command::Summary => writing::ask_summary(model),
        Command::NextScreen => visit::visit(model, model.screen.after(1)),
        Command::PreviousScreen => visit::visit(model, model.screen.after(-1)),
        Command::GoTo => go_to(model, invocation.digit.unwrap_or(0)),
        _ if model.page.is_some() => scroll(model, invocation.command),
        _ => {
            let proposals = model.run(invocation);
            apply(model, proposals);
        }
    }
    Vec::new()
}

/// Does what a screen or an answer proposes.
fn apply(model: &mut Model, proposals: Vec<Proposal>) {
    for proposal in proposals {
        match proposal {
            Proposal::Edit(edit) => edits::edit(model, edit),
            Proposal::Say(text) => model.say(Tone::Note, text),
            Proposal::Ask(prompt) => model.prompt = Some(prompt),
            Proposal::Show => visit::show(model),
            Proposal::AskBet if model.screen == ScreenId::Triage => {
                // The questions of the bet are on the card already.
            }
            Proposal::AskBet => model.rank.open_card(),
            Proposal::Answer { instead_of, answer } => model.afterwards.push(Effect::Sign {
                instead_of,
                answer,
                as_of: model.backlog.as_of(),
                by: model.person.clone(),
            }),
            Proposal::Limit(pool) => {
                if let Err(reason) = duels::limit(model, pool) {
                    model.say(Tone::Note, reason);
                }
            }
            Proposal::Reverse(reversal) => edits::reverse(model, reversal),
        }
    }
}

fn back(model: &mut Model) {
    match &mut model.page {
        Some(page) if !page.query.is_empty() => page.query.clear(),
        Some(_) => model.page = None,
        None => {
            model.back();
        }
    }
}

/// Back, or out where there is nothing to go back from.
fn quit(model: &mut Model) {
    if model.page.take().is_some() || model.back() {
        return;
    }
    if duels::show_moved(model) {
        return;
    }
    if model.unsaved() == 0 {
        model.leaving = true;
        return;
    }
    let lines = vec!["stay".to_owned(), "quit and lose what is not saved".to_owned()];
    let label = format!("{} could not be saved", text::count(model.unsaved(), "change"));
    model.prompt = Some(Prompt::list(label, lines, 0, Then::Quit));
}

fn go_to(model: &mut Model, number: u8) {
    match ScreenId::ALL.into_iter().find(|screen| screen.number() == number) {
        Some(screen) => visit::visit(model, screen),
        None => model.say(Tone::Note, format!("there is no screen {number}")),
    }
}

fn toggle_page(model: &mut Model, kind: PageKind) {
    let open = model.page.as_ref().is_some_and(|page| page.kind == kind);
    model.page = (!open).then(|| Page { kind, scroll: 0, query: String::new() });
}

fn find(model: &mut Model) {
    if model.screen == ScreenId::Duel && model.page.is_none() {
        model.prompt = Some(model.duel.ask_limit());
        return;
    }
    let query = match &model.page {
        Some(page) => page.query.clone(),
        None => model.query().to_owned(),
    };
    let hint = match model.page {
        Some(_) => "all words, in any order",
        None => "words in any order; status:active tag:data person:… flag:… bet:… · Tab completes",
    };
    model.prompt = Some(Prompt::line("/", query, hint, Then::Find));
}

fn scroll(model: &mut Model, command: Command) {
    let Some(page) = &model.page else { return };
    let room = usize::from(model.size.height.saturating_sub(pages::ROWS_AROUND));
    let columns = pages::columns(model.size.width);
    let lines = pages::lines(page, model, columns).len().saturating_sub(room);
    let Some(page) = &mut model.page else { return };
    page.scroll = match command {
        Command::Down => page.scroll + 1,
        Command::Up => page.scroll.saturating_sub(1),
        Command::PageDown => page.scroll + 10,
        Command::PageUp => page.scroll.saturating_sub(10),
        Command::Top => 0,
        Command::Bottom => lines,
        _ => return,
    }
    .min(lines);
}
