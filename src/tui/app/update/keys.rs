//! A key: a letter of what is typed, the beginning of a chord, or a command.

use crate::command::{Command, Invocation, Key, KeyPress, Resolution, Scope};
use crate::tui::app::message::Effect;
use crate::tui::app::model::{Model, Tone};
use crate::tui::dialogs::writing_columns;

use super::commands::call;
use super::{answers, writing};

pub(super) fn key(model: &mut Model, press: KeyPress) -> Vec<Effect> {
    if model.world.is_too_small() && !acts_unseen(model, press) {
        return Vec::new();
    }
    model.toast = None;
    model.last_click = None;
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

/// Runs a motion so many times; the first and the last line stand for the line of that number.
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
