//! The application state.

use std::collections::BTreeMap;
use std::path::PathBuf;

use ratatui::layout::Position;

use crate::command::{Command, Invocation, KeyPress, Resolution, Scope};
use crate::config::WORKSPACE_SETTINGS;
use crate::demo;
use crate::domain::{Date, Edit, Idea, Portfolio, Problem, Severity};
use crate::judge::ScoreRule;

use super::activity_timer::ActivityTimer;
use super::appearance::Appearance;
use super::external_changes::ExternalChange;
use super::message::{Conflict, Effect, Request};
use super::save_queue::SaveQueue;
use crate::tui::action::Action;
use crate::tui::dialogs::{Form, History, OpenDialog, UnsavedKey, program::Welcome};
use crate::tui::import::{self, ImportPage};
use crate::tui::screens::{Screen, ScreenId, Screens};
use crate::tui::world::{ScoredPortfolio, World};

/// The state of the workbench.
#[derive(Debug)]
pub(crate) struct Model {
    /// Name of the workspace, for the title line.
    pub name: String,
    pub world: World,
    /// Where a workspace will be made, while none is open.
    pub new_workspace: Option<PathBuf>,
    /// What is wrong with the files.
    pub problems: Vec<Problem>,
    /// What of the settings could not be had.
    pub settings_problems: Vec<Problem>,
    pub screen: ScreenId,
    pub screens: Screens,
    /// Nothing has been typed yet: if a decision waits, its screen opens.
    pub opens_when_due: bool,
    /// What is to be done besides when an update is over.
    pub deferred_effects: Vec<Effect>,
    /// The time that is spent on choosing.
    pub activity_timer: ActivityTimer,
    /// The idea that is followed from screen to screen.
    pub selection: Selection,
    /// The overlay over the screen.
    pub overlay: Option<Overlay>,
    /// A list that is about to be imported, over the screen.
    pub import: Option<ImportPage>,
    /// A question that waits for its answer.
    pub dialog: Option<OpenDialog>,
    /// The text that is left, while the user is asked what becomes of it.
    pub left: Option<OpenDialog>,
    /// What has been typed so far, by question.
    pub history: History,
    /// Texts that were begun and not saved, by what each is to become.
    pub unsaved_texts: BTreeMap<UnsavedKey, String>,
    pub toast: Option<Toast>,
    /// The last change that can be made again on another idea.
    pub last_edit: Option<Edit>,
    pub external_changes: Vec<ExternalChange>,
    /// The editor that the settings name.
    pub editor: Option<String>,
    pub appearance: Appearance,
    /// What is on its way to disk.
    pub save_queue: SaveQueue,
    /// An edit in conflict with an external change, while the user decides.
    pub conflict: Option<Conflict>,
    /// The cell of the last click, until something else is done.
    pub last_click: Option<Position>,
    /// The keys of a chord that has begun.
    pub chord: Vec<KeyPress>,
    /// Keys typed while an undo or redo is under way: what they mean depends on how it ends.
    pub keys_during_undo: Vec<KeyPress>,
    /// The program ends as soon as everything is saved.
    pub leaving: bool,
    /// The system ends the program, or the terminal is gone: there is no one
    /// left to ask, and little time.
    pub ending: bool,
}

/// The idea that stays under the cursor from screen to screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Selection {
    pub id: Option<String>,
    /// The idea that was under the cursor when the screen was opened: while it
    /// still is, the cursor has not been moved.
    pub at_arrival: Option<String>,
}

/// Text that lies over the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Overlay {
    pub kind: OverlayKind,
    pub scroll: usize,
    /// Only lines that hold all words of this are shown.
    pub query: String,
}

impl Overlay {
    pub(crate) const fn new(kind: OverlayKind) -> Self {
        Self { kind, scroll: 0, query: String::new() }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OverlayKind {
    Help,
    /// What cannot be read, and where.
    Problems,
    Changes,
    /// What is curious about the answers to duels.
    Curiosities,
}

/// The part of the help that is about one page or screen.
pub(crate) struct HelpPage {
    pub name: &'static str,
    /// What is seen there.
    pub legend: &'static [(&'static str, &'static str)],
    /// The scopes that are listed first.
    pub scopes: &'static [Scope],
}

/// A few words about what just happened; gone with the next key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Toast {
    pub tone: Tone,
    pub text: String,
    /// What stays beside anything that is said before the next key.
    notice: Option<String>,
}

/// How a message is to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Done,
    Note,
    Trouble,
}

impl Model {
    /// The workbench as it opens on these ideas.
    pub(crate) fn new(
        name: String,
        portfolio: Portfolio,
        problems: Vec<Problem>,
        rule: ScoreRule,
        as_of: Date,
    ) -> Self {
        let world = World::new(ScoredPortfolio::new(portfolio, rule, as_of));
        let screens = Screens::new(&world);
        let at_arrival = screens.rank.idea(&world).map(|idea| idea.id.clone());
        let selection = Selection { id: None, at_arrival };
        Self {
            name,
            world,
            new_workspace: None,
            problems,
            settings_problems: Vec::new(),
            screen: ScreenId::Rank,
            screens,
            opens_when_due: false,
            deferred_effects: Vec::new(),
            activity_timer: ActivityTimer::default(),
            selection,
            overlay: None,
            import: None,
            dialog: None,
            left: None,
            history: History::default(),
            unsaved_texts: BTreeMap::new(),
            toast: None,
            last_edit: None,
            external_changes: Vec::new(),
            editor: None,
            appearance: Appearance::default(),
            save_queue: SaveQueue::default(),
            conflict: None,
            last_click: None,
            chord: Vec::new(),
            keys_during_undo: Vec::new(),
            leaving: false,
            ending: false,
        }
    }

    /// The scopes whose keys are in force, the nearest first.
    pub(crate) fn scopes(&self) -> &'static [Scope] {
        match (self.dialog.as_ref().map(|open| &open.prompt.form), &self.overlay) {
            (Some(Form::Lines(_) | Form::Pick(_)), _) => &[Scope::Prompt],
            (Some(Form::Text(..)), _) => &[Scope::Writing],
            (Some(Form::List(_)), _) => &[Scope::Choice, Scope::Everywhere],
            (None, Some(_)) => &[Scope::Everywhere],
            (None, None) if self.import.is_some() => import::SCOPES,
            (None, None) => self.current().scopes(),
        }
    }

    pub(crate) fn current(&self) -> &dyn Screen {
        self.screens.get(self.screen)
    }

    /// What help says of the page or screen that is shown.
    pub(crate) fn help(&self) -> HelpPage {
        match (&self.import, &self.new_workspace) {
            (Some(_), _) => {
                HelpPage { name: "Import", legend: import::LEGEND, scopes: &[Scope::Import] }
            }
            (None, Some(_)) => HelpPage { name: "Welcome", legend: Welcome::LEGEND, scopes: &[] },
            (None, None) => HelpPage {
                name: self.screen.title(),
                legend: self.current().legend(),
                scopes: self.current().help_scopes(),
            },
        }
    }

    pub(crate) fn shows_welcome(&self) -> bool {
        self.dialog.as_ref().is_some_and(|open| open.dialog.fills_screen())
    }

    /// Whether a key may need results that otherwise are only drawn: it answers
    /// a question, as the palette's, or asks for the cheapest one.
    pub(crate) fn reads_every_result(&self, press: KeyPress) -> bool {
        let chord: Vec<KeyPress> = self.chord.iter().copied().chain([press]).collect();
        let runs = self.world.keymap.resolve(self.scopes(), &chord);
        let cheapest = Invocation { command: Command::CheapestQuestion, digit: None };
        self.dialog.is_some() || runs == Resolution::Run(cheapest)
    }

    /// Runs a command on the screen that is shown.
    pub(crate) fn run(&mut self, invocation: Invocation) -> Option<Action> {
        let screen = self.screens.get_mut(self.screen);
        if let Some(lines) = invocation.command.lines(self.world.half_page()) {
            screen.step(lines, &self.world);
            return None;
        }
        screen.run(invocation, &self.world)
    }

    /// Closes what is open on the screen that is shown; false if nothing was.
    pub(crate) fn back(&mut self) -> bool {
        self.screens.get_mut(self.screen).back(&self.world)
    }

    /// Shows only what a search finds on the screen that is shown.
    pub(crate) fn filter(&mut self, query: &str) {
        self.screens.get_mut(self.screen).filter(query, &self.world);
    }

    /// The search in force on the screen that is shown.
    pub(crate) fn query(&self) -> &str {
        self.current().query().unwrap_or_default()
    }

    /// How far what is read has been scrolled, where something is.
    pub(crate) fn scrolled(&self) -> Option<usize> {
        let overlay = self.overlay.as_ref().map(|overlay| overlay.scroll);
        overlay.or_else(|| self.current().scrolled())
    }

    /// The idea under the cursor.
    pub(crate) fn idea(&self) -> Option<&Idea> {
        self.current().idea(&self.world)
    }

    /// Lets what a person sets for themselves take effect: keys, colours, name, editor.
    pub(crate) fn apply_ui_settings(&mut self) {
        let settings = self.world.settings.current();
        self.world.person =
            if self.world.demo { demo::PERSON.to_owned() } else { settings.person() };
        self.editor = settings.editor.clone();
        self.appearance = self.appearance.with_settings(settings);
        self.world.keymap = settings.keymap.clone();
        self.settings_problems = settings.ui_problems.clone();
        self.chord.clear();
    }

    /// Lets the settings in force take effect everywhere.
    pub(crate) fn apply_settings(&mut self) {
        let settings = self.world.settings.current();
        self.world.portfolio.set_filters(settings.filters.clone());
        self.world.portfolio.set_rules(settings.score.clone(), settings.stall.clone());
    }

    /// Lets every screen know that the ideas, or what the workspace sets, have changed.
    pub(crate) fn refresh(&mut self) {
        if self.world.settings.set_workspace(self.world.portfolio.settings()) {
            self.apply_settings();
        }
        self.screens.refresh(&self.world);
        self.screens.get_mut(self.screen).show(&self.world);
    }

    /// What is wrong with the files of the workspace and of the settings.
    pub(crate) fn all_problems(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().chain(&self.settings_problems)
    }

    /// What is wrong with the settings of the workspace.
    pub(crate) fn settings_faults(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(|problem| problem.file.ends_with(WORKSPACE_SETTINGS))
    }

    /// How many ideas or files of ideas cannot be read.
    pub(crate) fn broken(&self) -> usize {
        let mut broken: Vec<(&std::path::Path, Option<&str>)> = self
            .problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error)
            .filter(|problem| !problem.file.ends_with(WORKSPACE_SETTINGS))
            .map(|problem| (problem.file.as_path(), problem.idea.as_deref()))
            .collect();
        broken.sort_unstable();
        broken.dedup();
        broken.len()
    }

    /// Edits that could not be saved.
    pub(crate) fn unsaved(&self) -> usize {
        if self.save_queue.failure().is_some() { self.save_queue.inverses().count() } else { 0 }
    }

    /// Asks the store for something beside what waits in line to be saved.
    pub(crate) fn store(&mut self, request: Request) {
        self.deferred_effects.push(Effect::Store(request));
    }

    pub(crate) fn say(&mut self, tone: Tone, text: impl Into<String>) {
        let notice = self.toast.take().and_then(|toast| toast.notice);
        let text = text.into();
        let text = match &notice {
            Some(notice) => format!("{text} · {notice}"),
            None => text,
        };
        self.toast = Some(Toast { tone, text, notice });
    }

    /// Says what the store has found besides what it was asked for. The reply that follows
    /// does not take its place.
    pub(crate) fn say_notice(&mut self, text: String) {
        self.say(Tone::Note, text);
        if let Some(toast) = &mut self.toast {
            toast.notice = Some(toast.text.clone());
        }
    }

    /// Says so if something is wrong with the settings.
    pub(crate) fn say_settings_problems(&mut self) {
        let count = match self.settings_problems.len() {
            0 => return,
            1 => "1 setting is wrong and stays".to_owned(),
            many => format!("{many} settings are wrong and stay"),
        };
        let key = self.world.keymap.key(Command::Problems);
        self.say(Tone::Trouble, format!("{count} as built in; {key} says why"));
    }
}
