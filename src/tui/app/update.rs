//! The update function: message → model changes and effects. Nothing here
//! touches a file, a clock or the terminal.

mod answers;
mod copy;
mod duels;
mod edits;
mod external_editor;
mod filters;
mod imports;
mod jobs;
mod mouse;
mod navigation;
mod repeat;
mod settings;
mod store_replies;
#[cfg(test)]
mod tests;
mod writing;

pub(crate) use jobs::start;
pub(crate) use writing::unfinished;

use crate::command::{Command, Invocation, Key, KeyPress, Resolution, Scope};
use crate::judge::TimeSpent;
use crate::text;

use super::message::{Effect, Msg, Request};
use super::model::{Model, Overlay, OverlayKind, Tone};
use crate::tui::action::Action;
use crate::tui::dialogs::{
    Add, Find, Forecast, ForgetFilter, Judge, Quit, ShowFilter, writing_columns,
};
use crate::tui::screens::{ScreenId, Unavailable};
use crate::tui::{overlays, palette};

/// Takes a message into the model and says what is to be done outside it.
pub(crate) fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let mut effects = Vec::new();
    if matches!(msg, Msg::Key(_) | Msg::Mouse(_) | Msg::Paste(_)) {
        if model.ending {
            return effects;
        }
        measure(model);
    }
    match msg {
        Msg::Key(press) if model.save_queue.has_undo_in_flight() && model.conflict.is_none() => {
            model.keys_during_undo.push(press);
        }
        Msg::Key(press) => effects.extend(key(model, press)),
        Msg::Mouse(mouse) => effects.extend(mouse::mouse(model, mouse)),
        Msg::Paste(_) if model.world.is_too_small() => {}
        Msg::Paste(text) => {
            writing::widen(model, &text);
            if model.dialog.as_mut().is_some_and(|open| open.paste(&text)) {
                answers::changed(model);
                writing::keep(model);
            }
        }
        Msg::Resize(size) => model.world.size = size,
        Msg::FilesChanged => {
            if model.save_queue.last() != Some(&Request::ReloadQuietly) {
                model.save_queue.push(Request::ReloadQuietly);
            }
        }
        Msg::SettingsFileChanged => effects.push(Effect::Store(Request::Settings)),
        Msg::SettingsLoaded(read) => effects.extend(settings::take(model, read)),
        Msg::EditorClosed { draft, text } => external_editor::edited(model, draft, text),
        Msg::ImportPreviewed { question, answer } => {
            if let Some(page) = &mut model.import {
                page.take(&question, answer);
            }
        }
        Msg::JobDone(result) => jobs::take(model, result),
        Msg::JobPanicked(reason) => model.say(Tone::Trouble, reason),
        Msg::StoreNotice(text) => model.say(Tone::Note, text),
        Msg::LockHeld(holder) => model.save_queue.locked_by = Some(holder),
        Msg::Background(color) => {
            if !model.appearance.background_known() {
                effects.push(Effect::EnableKittyKeyboard);
            }
            model.appearance.set_background(color);
        }
        Msg::Tick(tick) => {
            model.screens.triage.set_time(tick.elapsed);
            model.activity_timer.set_time(tick.elapsed);
            model.world.tick = tick;
        }
        Msg::Suspend => effects.push(Effect::Suspend),
        Msg::Continued => effects.push(Effect::Retake),
        Msg::Terminate => {
            writing::keep(model);
            model.leaving = true;
            model.ending = true;
        }
        Msg::StoreReply(reply) => {
            model.save_queue.locked_by = None;
            effects.extend(store_replies::done(model, reply));
            let held = std::mem::take(&mut model.keys_during_undo);
            for press in held {
                effects.extend(update(model, Msg::Key(press)));
            }
        }
    }
    imports::keep_current(model);
    store_replies::ask_about_conflict(model);
    if model.ending && has_stopped_saving(model) {
        writing::rescue_unsaved(model);
    }
    if let Some(places) = model.screens.rank.take_divider() {
        model.deferred_effects.push(Effect::Store(Request::SaveDivider(places)));
    }
    if let Some(round) = model.screens.triage.take_round() {
        model.save_queue.save_triage_round(round);
    }
    model.screens.get_mut(model.screen).show(&model.world);
    effects.append(&mut model.deferred_effects);
    effects.extend(note(model));
    effects.extend(next_effect(model));
    effects.extend(jobs::ask(model));
    effects
}

/// Counts the time since the last key or click for the screen that was shown.
fn measure(model: &mut Model) {
    model.activity_timer.record_activity(model.current().activity());
    let today = model.world.portfolio.as_of();
    let choosing = TimeSpent::choosing(&model.activity_timer.spells(today), today);
    model.screens.review.set_choosing(choosing);
    model.screens.taste.set_choosing(choosing);
}

/// Keeps the time that was spent on choosing, now and then and at the end.
fn note(model: &mut Model) -> Option<Effect> {
    let spells = model.activity_timer.drain(model.world.portfolio.as_of(), model.leaving);
    (!spells.is_empty()).then(|| Effect::Store(Request::SaveTime(spells)))
}

/// What the state of the model calls for: sending what waits, and leaving when
/// nothing is left to wait for.
fn next_effect(model: &mut Model) -> Option<Effect> {
    let waits = has_stopped_saving(model);
    if !waits && let Some(request) = model.save_queue.send() {
        return Some(Effect::Store(request));
    }
    (model.leaving && (waits || model.save_queue.is_empty())).then_some(Effect::Quit)
}

/// Whether saving does not go on by itself.
fn has_stopped_saving(model: &Model) -> bool {
    model.save_queue.failure().is_some() || model.conflict.is_some()
}

fn key(model: &mut Model, press: KeyPress) -> Vec<Effect> {
    if model.world.is_too_small() && !acts_unseen(model, press) {
        return Vec::new();
    }
    model.toast = None;
    model.opens_when_due = false;
    if !model.chord.is_empty() && press.key == Key::Esc {
        model.chord.clear();
        return Vec::new();
    }
    if model.chord.pop_if(|_| press.key == Key::Backspace).is_some() {
        return Vec::new();
    }
    if let Some(answer) = model.dialog.as_ref().and_then(|open| open.answers(press)) {
        answers::answered(model, &answer);
        return Vec::new();
    }
    model.chord.push(press);
    let scopes = model.scopes();
    debug_assert!(Scope::ACTIVE_SETS.contains(&scopes), "{scopes:?}");
    match model.world.keymap.resolve(scopes, &model.chord) {
        Resolution::Pending => Vec::new(),
        Resolution::Run(invocation) => {
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
                let columns = writing_columns(model.world.size.width);
                if let Some(open) = &mut model.dialog {
                    open.type_key(press, columns);
                    answers::changed(model);
                }
                // Line by line, so that hardly anything is lost with the
                // program.
                if press.key == Key::Enter {
                    writing::keep(model);
                }
            } else {
                let help = model.world.keymap.key(Command::Help);
                model.say(Tone::Note, format!("{press} does nothing here; {help} lists the keys"));
            }
            Vec::new()
        }
    }
}

/// Whether a key acts although nothing is drawn: only those that leave.
fn acts_unseen(model: &Model, press: KeyPress) -> bool {
    let interrupts = press == KeyPress { key: Key::Char('c'), control: true };
    let leaves = matches!(
        model.world.keymap.resolve(&[Scope::Everywhere], &[press]),
        Resolution::Run(Invocation { command: Command::Quit | Command::Suspend, .. })
    );
    interrupts || (leaves && model.dialog.is_none())
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
            let text = format!("\"{}\" takes no count; motions do", command.spec().id);
            model.say(Tone::Note, text);
            Vec::new()
        }
    }
}

fn call(model: &mut Model, invocation: Invocation) -> Vec<Effect> {
    if let Err(Unavailable(reason)) = model.available(invocation.command) {
        model.say(Tone::Note, reason);
        return Vec::new();
    }
    if model.dialog.is_some() {
        answers::call(model, invocation);
        return Vec::new();
    }
    if model.overlay.is_none() && imports::call(model, invocation) {
        return Vec::new();
    }
    match invocation.command {
        Command::Suspend => return vec![Effect::Suspend],
        Command::Quit => quit(model),
        Command::Back => back(model),
        Command::Help => toggle_overlay(model, OverlayKind::Help),
        Command::Problems => toggle_overlay(model, OverlayKind::Problems),
        Command::Palette => answers::ask(model, Box::new(palette::open(model))),
        Command::Theme => {
            model.appearance.next();
            let id = model.appearance.theme.id();
            model.say(Tone::Note, format!("{id}; [theme] name = \"{id}\" keeps it"));
        }
        Command::CopyId => return copy::id(model),
        Command::CopyText => copy::ask_for_text(model),
        Command::Repeat => repeat::repeat(model),
        Command::Edit => external_editor::edit(model),
        Command::Changes => toggle_overlay(model, OverlayKind::Changes),
        Command::Find if model.overlay.is_some() || model.current().is_searchable() => find(model),
        Command::Filters => answers::ask(model, Box::new(ShowFilter)),
        Command::KeepFilter => filters::ask_to_save(model),
        Command::ForgetFilter => answers::ask(model, Box::new(ForgetFilter)),
        Command::Undo => edits::undo(model),
        Command::Redo => model.save_queue.push(Request::Redo { overwrite: false }),
        Command::Save => return edits::save_again(model),
        Command::Reload => {
            model.save_queue.push(Request::Reload);
            return vec![Effect::Redraw, Effect::Store(Request::Settings)];
        }
        Command::Add => answers::ask(model, Box::new(Add)),
        Command::Forecast => {
            if let Some(idea) = model.idea() {
                let forecast = Forecast { id: idea.id.clone() };
                answers::ask(model, Box::new(forecast));
            }
        }
        Command::Judge => match Judge::new(&model.world) {
            Some(judge) => answers::ask(model, Box::new(judge)),
            None => model.say(Tone::Note, "Nothing is due."),
        },
        Command::Note => writing::ask_note(model),
        Command::Summary => writing::ask_summary(model),
        Command::NextScreen => navigation::show_screen(model, model.screen.after(1)),
        Command::PreviousScreen => navigation::show_screen(model, model.screen.after(-1)),
        Command::GoTo => go_to(model, usize::from(invocation.digit.unwrap_or(0))),
        _ if model.overlay.is_some() => scroll(model, invocation.command),
        _ => {
            let actions = model.run(invocation);
            apply(model, actions);
        }
    }
    Vec::new()
}

/// Does what a screen or an answer proposes.
fn apply(model: &mut Model, actions: Vec<Action>) {
    for action in actions {
        match action {
            Action::Edit(edit) => edits::edit(model, edit),
            Action::Say(text) => model.say(Tone::Note, text),
            Action::Ask(dialog) => answers::ask(model, dialog),
            Action::Run(invocation) => answers::run(model, invocation),
            Action::Show => navigation::show(model),
            Action::AskBet if model.screen == ScreenId::Triage => {
                // The questions of the bet are on the card already.
            }
            Action::AskBet => model.screens.rank.open_card(),
            Action::Answer { instead_of, answer } => {
                let edit = duels::signed(instead_of, answer, &model.world);
                edits::edit(model, edit);
            }
            Action::RankByDuels => duels::rank_by_duels(model),
            Action::ShowCuriosities => duels::show_curiosities(model),
            Action::PutOffQuarter => {
                let today = model.world.portfolio.as_of();
                model.world.quarter_put_off = Some(today);
                model.deferred_effects.push(Effect::Store(Request::SaveQuarterPutOff(today)));
                model.screens.refresh(&model.world);
            }
            Action::Limit(pool) => duels::limit(model, pool),
            Action::Reverse(reversal) => edits::reverse(model, reversal),
            Action::Filter(query) => filter(model, &query),
            Action::ShowFilter(name) => filters::show(model, &name),
            Action::SaveFilter { name, search } => filters::save(model, &name, search),
            Action::Sort(column) => model.screens.rank.sort(column, &model.world),
            Action::Settle { keep_mine } => store_replies::settle(model, keep_mine),
            Action::LeaveText(choice) => writing::left(model, choice),
            Action::EditAgain(draft) => {
                model.deferred_effects.push(Effect::OpenEditor(draft));
            }
            Action::Quit => model.leaving = true,
            Action::Open { demo } => {
                model.save_queue.push(if demo { Request::OpenDemo } else { Request::OpenEmpty });
            }
        }
    }
}

/// Shows only what a search finds, on the page that is open or on the screen.
fn filter(model: &mut Model, query: &str) {
    match &mut model.overlay {
        Some(overlay) => {
            query.clone_into(&mut overlay.query);
            overlay.scroll = 0;
        }
        None => model.filter(query),
    }
}

fn back(model: &mut Model) {
    match &mut model.overlay {
        Some(overlay) if !overlay.query.is_empty() => overlay.query.clear(),
        Some(_) => model.overlay = None,
        None => {
            model.back();
        }
    }
}

/// Back, or out where there is nothing to go back from.
fn quit(model: &mut Model) {
    if model.overlay.take().is_some() || model.back() {
        return;
    }
    if model.screen == ScreenId::Triage && model.screens.triage.is_at_rest() {
        navigation::show_screen(model, ScreenId::Rank);
        return model.say(Tone::Note, "Triage goes on there: g2.");
    }
    if model.unsaved() == 0 {
        model.leaving = true;
    } else {
        ask_to_lose(model);
    }
}

/// Asks whether to quit although not everything could be saved.
fn ask_to_lose(model: &mut Model) {
    let unsaved = text::count(model.unsaved(), "change");
    answers::ask(model, Box::new(Quit { unsaved }));
}

fn go_to(model: &mut Model, number: usize) {
    match number.checked_sub(1).and_then(|at| ScreenId::ALL.get(at)) {
        Some(screen) => navigation::show_screen(model, *screen),
        None => model.say(Tone::Note, format!("there is no screen {number}")),
    }
}

fn toggle_overlay(model: &mut Model, kind: OverlayKind) {
    let open = model.overlay.as_ref().is_some_and(|overlay| overlay.kind == kind);
    model.overlay = (!open).then(|| Overlay { kind, scroll: 0, query: String::new() });
}

fn find(model: &mut Model) {
    let query = match &model.overlay {
        Some(overlay) => overlay.query.clone(),
        None => model.query().to_owned(),
    };
    answers::ask(model, Box::new(Find { query, in_page: model.overlay.is_some() }));
}

fn scroll(model: &mut Model, command: Command) {
    let Some(overlay) = &model.overlay else { return };
    let room = usize::from(model.world.size.height.saturating_sub(overlays::ROWS_AROUND));
    let columns = overlays::columns(model.world.size.width);
    let lines = overlays::lines(overlay, model, columns).len().saturating_sub(room);
    let Some(overlay) = &mut model.overlay else { return };
    overlay.scroll = match command {
        Command::Down => overlay.scroll + 1,
        Command::Up => overlay.scroll.saturating_sub(1),
        Command::PageDown => overlay.scroll + 10,
        Command::PageUp => overlay.scroll.saturating_sub(10),
        Command::Top => 0,
        Command::Bottom => lines,
        _ => return,
    }
    .min(lines);
}
