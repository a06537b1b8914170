//! Open questions: asking, typing, choosing, and what follows from the answer.

use crate::command::{Command, Invocation};
use crate::text;
use crate::tui::app::model::{Model, Tone};
use crate::tui::dialogs::{Answer, Dialog, Form, OpenDialog, TextEditor, program::Choose};
use crate::tui::palette;
use crate::tui::screens::ScreenId;
use crate::tui::widgets::moved;

use super::commands::apply;
use super::{commands, navigation, writing};

/// What is typed or chosen has changed.
pub(super) fn changed(model: &mut Model) {
    let Some(open) = &model.dialog else { return };
    let actions = open.dialog.changed(&open.answer(), &model.world);
    apply(model, actions);
}

/// Runs a command while a question is open.
pub(super) fn call(model: &mut Model, invocation: Invocation) {
    match invocation.command {
        Command::LeaveText => writing::leave(model),
        Command::KeepText | Command::AcceptAll => accept(model),
        Command::Cancel | Command::Back | Command::Quit => cancel(model),
        Command::Accept | Command::Open => {
            let world = &model.world;
            let stays = model.dialog.as_mut().is_some_and(|open| open.next_line(world));
            if !stays {
                accept(model);
            }
        }
        Command::Choose => choose(model, invocation.digit.unwrap_or(0)),
        Command::UndoTyping | Command::RedoTyping => {
            if let Some(Form::Text(writing, _)) =
                model.dialog.as_mut().map(|open| &mut open.prompt.form)
            {
                match invocation.command {
                    Command::UndoTyping => writing.undo(),
                    _ => writing.redo(),
                }
            }
            changed(model);
        }
        Command::Complete => {
            if let Some(open) = &mut model.dialog {
                open.complete(&model.world);
            }
            changed(model);
        }
        Command::Earlier | Command::Later => {
            if let Some(open) = &mut model.dialog {
                open.recall(invocation.command == Command::Earlier, &model.history);
            }
            changed(model);
        }
        command => move_cursor(model, command),
    }
}

/// Takes the line of a list with this number.
fn choose(model: &mut Model, digit: u8) {
    let Some(open) = &mut model.dialog else { return };
    let Some(line) = open.numbered(digit) else { return };
    if let Form::List(list) = &mut open.prompt.form {
        list.cursor = line;
    }
    accept(model);
}

/// A line of the open list was clicked: it is taken, or, where the list has
/// keys of its own, only put under the cursor.
pub(super) fn click(model: &mut Model, line: usize) {
    let Some(open) = &mut model.dialog else { return };
    let takes = match &mut open.prompt.form {
        Form::List(list) => {
            list.cursor = line;
            list.keys.is_empty()
        }
        Form::Pick(picker) => {
            picker.point(line);
            true
        }
        Form::Lines(_) | Form::Text(..) => false,
    };
    open.refusal = None;
    if takes {
        accept(model);
    } else {
        changed(model);
    }
}

fn move_cursor(model: &mut Model, command: Command) {
    let Some(open) = &mut model.dialog else { return };
    let Form::List(list) = &mut open.prompt.form else { return };
    let Some(by) = command.lines(isize::MAX) else { return };
    open.refusal = None;
    list.cursor = moved(list.cursor, by, list.lines.len());
    changed(model);
}

/// Leaves everything as it was.
fn cancel(model: &mut Model) {
    if let Some(mut open) = model.dialog.take() {
        let actions = open.dialog.cancelled(&model.world);
        apply(model, actions);
    }
}

/// Takes the answer as it stands.
fn accept(model: &mut Model) {
    if let Some(open) = &model.dialog {
        let answer = open.answer();
        answered(model, &answer);
    }
}

/// Takes an answer; one that is wrong is refused and can be put right.
pub(super) fn answered(model: &mut Model, answer: &Answer) {
    let Some(mut open) = model.dialog.take() else { return };
    match open.dialog.submit(answer, &model.world) {
        Ok(actions) => {
            open.remember(&mut model.history);
            writing::taken(model, &open);
            apply(model, actions);
        }
        Err(reason) => {
            open.refusal = Some(reason);
            model.dialog = Some(open);
        }
    }
}

/// Runs a command that was chosen by its name.
pub(super) fn run(model: &mut Model, invocation: Invocation) {
    if let Some(screen) = palette::other_screen(model, invocation.command) {
        return run_there(model, invocation, screen);
    }
    let effects = commands::call(model, invocation);
    model.deferred_effects.extend(effects);
}

/// Goes to the screen of a command and runs it there, unless it would change
/// what was not in sight when it was chosen: then its key is named.
fn run_there(model: &mut Model, invocation: Invocation, screen: ScreenId) {
    use Command as C;
    let command = invocation.command;
    let under_cursor = |model: &Model| model.idea().map(|idea| idea.id.clone());
    let before = under_cursor(model);
    navigation::show_screen(model, screen);
    let was_in_sight = match screen {
        ScreenId::Map | ScreenId::Taste => true,
        ScreenId::Duel => !matches!(command, C::PickLeft | C::PickRight | C::PickTie | C::SkipPair),
        _ => before == under_cursor(model),
    };
    let spec = command.spec();
    if model.overlay.is_none() && !model.scopes().contains(&spec.scope) {
        model.say(Tone::Note, format!("{}: only in: {}", spec.help, spec.scope.title()));
    } else if was_in_sight {
        let effects = commands::call(model, invocation);
        model.deferred_effects.extend(effects);
    } else {
        let key = model.world.keymap.key(command);
        model.say(Tone::Note, format!("{key} does it here: {}", spec.help));
    }
}

impl Model {
    /// Asks a question; a text that was begun before goes on.
    pub(crate) fn ask(&mut self, dialog: Box<dyn Dialog>) {
        let mut open = OpenDialog::new(dialog, &self.world);
        let begun = open.dialog.unsaved().and_then(|key| self.unsaved_texts.get(&key));
        if let (Form::Text(writing, _), Some(begun)) = (&mut open.prompt.form, begun)
            && open.dialog.stands(writing.text())
        {
            **writing = TextEditor::new(begun.clone());
            open.is_resumed = true;
        }
        self.dialog = Some(open);
    }

    /// Asks whether to quit although not everything could be saved.
    pub(crate) fn ask_to_lose(&mut self) {
        let unsaved = text::count(self.unsaved(), "change");
        self.ask(Box::new(Choose::quit(&unsaved)));
    }
}
