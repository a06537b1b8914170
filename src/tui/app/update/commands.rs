//! A command, run where it applies: on the open question, the page over the screen, the
//! list to be imported, the workbench or the screen; and the actions that are proposed.

use crate::command::{Command, Invocation, Scope};
use crate::tui::action::Action;
use crate::tui::app::message::{Effect, Request};
use crate::tui::app::model::{Model, Overlay, OverlayKind, Tone};
use crate::tui::dialogs::{
    Dialog,
    add::Add,
    filter::{Find, ForgetFilter, SaveFilter, ShowFilter},
    judge::Judge,
    log::Log,
    program::KeepCopy,
    promise::Forecast,
    summary::Summary,
    theme_menu::ThemeMenu,
};
use crate::tui::screens::{ScreenId, Unavailable};
use crate::tui::widgets::moved;
use crate::tui::{overlays, palette};

use super::{answers, edits, files, idea_text, imports, navigation, writing};

pub(super) fn call(model: &mut Model, invocation: Invocation) -> Vec<Effect> {
    if let Err(Unavailable(reason)) = model.available(invocation.command) {
        model.say(Tone::Note, reason);
        return Vec::new();
    }
    if invocation.command == Command::Help && model.shows_welcome() {
        // It comes again when the help is closed.
        model.dialog = None;
    }
    if model.dialog.is_some() {
        answers::call(model, invocation);
        return Vec::new();
    }
    if model.overlay.is_none() && imports::call(model, invocation) {
        return Vec::new();
    }
    if let Some(question) = question(model, invocation.command) {
        model.ask(question);
        return Vec::new();
    }
    match invocation.command {
        Command::Suspend => return vec![Effect::Suspend],
        Command::Quit => quit(model),
        Command::Back => back(model),
        Command::Help => toggle_overlay(model, OverlayKind::Help),
        Command::Problems => toggle_overlay(model, OverlayKind::Problems),
        Command::CopyId => return idea_text::copy_id(model),
        Command::CopyText => idea_text::ask_for_text(model),
        Command::Repeat => edits::repeat(model),
        Command::Edit => idea_text::edit(model),
        Command::Settings => return vec![Effect::Store(Request::SettingsFile { own: false })],
        Command::OwnSettings => return vec![Effect::Store(Request::SettingsFile { own: true })],
        Command::Changes => toggle_overlay(model, OverlayKind::Changes),
        Command::Find if model.overlay.is_some() || model.current().query().is_some() => {
            find(model);
        }
        Command::KeepFilter => match SaveFilter::of(model.query(), &model.world) {
            Ok(question) => model.ask(Box::new(question)),
            Err(reason) => model.say(Tone::Note, reason),
        },
        Command::Undo => edits::undo(model),
        Command::Redo => model.save_queue.push(Request::Redo { overwrite: false }),
        Command::Save => return edits::save_again(model),
        Command::Reload => {
            model.save_queue.push(Request::Reload);
            return vec![Effect::Redraw, Effect::Store(Request::Settings)];
        }
        Command::Import => imports::choose(model),
        Command::Judge => model.say(Tone::Note, "Nothing is due."),
        Command::NextScreen => navigation::show_screen(model, model.screen.after(1)),
        Command::PreviousScreen => navigation::show_screen(model, model.screen.after(-1)),
        Command::GoTo => go_to(model, usize::from(invocation.digit.unwrap_or(0))),
        _ if model.overlay.is_some() => scroll(model, invocation.command),
        _ => {
            let action = model.run(invocation);
            apply(model, action);
        }
    }
    Vec::new()
}

/// The question that a command asks wherever it is called.
fn question(model: &Model, command: Command) -> Option<Box<dyn Dialog>> {
    let id = || model.idea().map(|idea| idea.id.clone());
    Some(match command {
        Command::Palette => Box::new(palette::open(model)),
        Command::KeepCopy => Box::new(KeepCopy),
        Command::Theme => Box::new(ThemeMenu { before: model.appearance.theme }),
        Command::Filters => Box::new(ShowFilter),
        Command::ForgetFilter => Box::new(ForgetFilter),
        Command::Add => Box::new(Add),
        Command::Forecast => Box::new(Forecast { id: id()? }),
        Command::Judge => Box::new(Judge::new(&model.world)?),
        Command::Note => Box::new(Log::note(id()?, "")),
        Command::Summary => Box::new(Summary::of(model.idea()?)),
        _ => return None,
    })
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
    if model.screen == ScreenId::Triage && model.screens.triage.shows_pause() {
        navigation::show_screen(model, ScreenId::Rank);
        return model.say(Tone::Note, "Triage goes on there: g2.");
    }
    if model.unsaved() == 0 {
        model.leaving = true;
    } else {
        model.ask_to_lose();
    }
}

fn go_to(model: &mut Model, number: usize) {
    match number.checked_sub(1).and_then(|at| ScreenId::ALL.get(at)) {
        Some(screen) => navigation::show_screen(model, *screen),
        None => model.say(Tone::Note, format!("there is no screen {number}")),
    }
}

fn toggle_overlay(model: &mut Model, kind: OverlayKind) {
    let open = model.overlay.as_ref().is_some_and(|overlay| overlay.kind == kind);
    model.overlay = (!open).then(|| Overlay::new(kind));
}

fn find(model: &mut Model) {
    let query = match &model.overlay {
        Some(overlay) => overlay.query.clone(),
        None => model.query().to_owned(),
    };
    model.ask(Box::new(Find { query, in_page: model.overlay.is_some() }));
}

fn scroll(model: &mut Model, command: Command) {
    let Some(overlay) = &model.overlay else { return };
    let room = usize::from(model.world.size.height.saturating_sub(overlays::ROWS_AROUND));
    let columns = overlays::columns(model.world.size.width);
    let lines = overlays::lines(overlay, model, columns).len().saturating_sub(room);
    if let (Some(overlay), Some(by)) = (&mut model.overlay, command.lines(10)) {
        overlay.scroll = moved(overlay.scroll, by, lines + 1);
    }
}

/// Does what a screen or an answer proposes.
pub(super) fn apply(model: &mut Model, actions: impl IntoIterator<Item = Action>) {
    for action in actions {
        match action {
            Action::Edit(edit) => edits::edit(model, edit),
            Action::Say(text) => model.say(Tone::Note, text),
            Action::Ask(dialog) => model.ask(dialog),
            Action::Run(invocation) => answers::run(model, invocation),
            Action::Show => navigation::show(model),
            Action::AskBet if model.screen == ScreenId::Triage => {
                // The questions of the bet are on the card already.
            }
            Action::AskBet => model.screens.rank.open_card(),
            Action::Answer { instead_of, answer } => {
                let edit = edits::signed(instead_of, answer, &model.world);
                edits::edit(model, edit);
            }
            Action::ShowTheme(theme) => model.appearance.show(theme),
            Action::KeepTheme(theme) => model.store(Request::KeepTheme(theme)),
            Action::RankByDuels => navigation::rank_by_duels(model),
            Action::ShowCuriosities => navigation::show_curiosities(model),
            Action::KeepPair(answer) => {
                model.world.practice.pairs.push(answer.clone());
                model.store(Request::SavePair(answer));
            }
            Action::KeepGuess(guess) => {
                model.world.practice.guesses.push(guess.clone());
                model.store(Request::SaveGuess(guess));
                model.screens.refresh(&model.world);
            }
            Action::PutOffQuarter => {
                let today = model.world.portfolio.as_of();
                model.world.quarter_put_off = Some(today);
                model.store(Request::SaveQuarterPutOff(today));
                model.screens.refresh(&model.world);
            }
            Action::Limit(pool) => navigation::limit(model, pool),
            Action::Reverse(reversal) => edits::reverse(model, reversal),
            Action::Filter(query) => filter(model, &query),
            Action::ShowFilter(name) => navigation::show_filter(model, &name),
            Action::Sort(column) => model.screens.rank.sort(column, &model.world),
            Action::ResolveConflict { keep_mine } => files::resolve_conflict(model, keep_mine),
            Action::LeaveText(choice) => writing::left(model, choice),
            Action::OpenEditor(task) => {
                model.deferred_effects.push(Effect::OpenEditor(task));
            }
            Action::SearchHelp(query) => {
                model.overlay = Some(Overlay { query, ..Overlay::new(OverlayKind::Help) });
            }
            Action::CopyTo(folder) => model.save_queue.push(Request::CopyTo(folder)),
            Action::Quit => model.leaving = true,
            Action::ChooseImport => imports::choose(model),
            Action::ListFolder(folder) => model.store(Request::ListFolder(folder)),
            Action::Import(list) => imports::open(model, list),
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

impl Model {
    /// Whether a command can run now.
    pub(crate) fn available(&self, command: Command) -> Result<(), Unavailable> {
        use Command as C;
        let moves = command.lines(1).is_some() || matches!(command, C::Back | C::Quit);
        let scope = command.spec().scope;
        if moves || matches!(scope, Scope::Prompt | Scope::Writing | Scope::Choice) {
            return Ok(());
        }
        if self.dialog.is_some() {
            let answers = command == C::Open || command == C::Help && self.shows_welcome();
            return if answers { Ok(()) } else { Err(Unavailable("choose a line first, or Esc")) };
        }
        if self.overlay.is_some() && !matches!(command, C::Find | C::Help | C::Suspend | C::Palette)
        {
            return Err(Unavailable("close this page first: Esc"));
        }
        if self.import.is_some() && self.overlay.is_none() {
            let is_free =
                matches!(command, C::Open | C::Problems | C::Help | C::Suspend | C::Theme);
            let is_its = is_free || scope == Scope::Import;
            return if is_its {
                Ok(())
            } else {
                Err(Unavailable("import or cancel first: y or Esc"))
            };
        }
        if scope == Scope::Import {
            return Err(Unavailable("no list is being imported"));
        }
        self.available_on_screen(command)
    }

    /// Whether a command can run with nothing open over the screen.
    fn available_on_screen(&self, command: Command) -> Result<(), Unavailable> {
        use Command as C;
        match command {
            C::Note | C::Forecast => self.available(C::Log),
            C::Repeat if self.last_edit.is_none() => {
                Err(Unavailable("no change yet that could be made again"))
            }
            C::Save if self.save_queue.failure().is_none() => {
                Err(Unavailable("everything is saved"))
            }
            C::Problems if self.all_problems().next().is_none() => {
                Err(Unavailable("everything can be read"))
            }
            C::KeepFilter if self.query().is_empty() => {
                Err(Unavailable("nothing is searched for: / first"))
            }
            C::Filters if self.world.portfolio.filters().is_empty() => {
                Err(Unavailable("no filter is saved yet: / finds, W saves what it finds by"))
            }
            C::ForgetFilter if ForgetFilter::own(&self.world).is_empty() => {
                Err(Unavailable("the workspace has no saved filter"))
            }
            C::CopyId | C::CopyText if !self.world.settings.current().clipboard => {
                Err(Unavailable("switched off: [ui] clipboard in the settings"))
            }
            C::CopyId | C::CopyText if self.idea().is_none() => {
                Err(Unavailable("there is no idea under the cursor"))
            }
            C::Changes if self.external_changes.is_empty() => {
                Err(Unavailable("nobody else has changed anything since this began"))
            }
            C::Find if self.overlay.is_some() => Ok(()),
            C::Find | C::Open | C::Edit | C::Log => self.current().available(command, &self.world),
            _ if command.spec().scope != Scope::Everywhere => {
                self.current().available(command, &self.world)
            }
            _ => Ok(()),
        }
    }
}
