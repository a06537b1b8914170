//! A workspace opened for one command.

use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use tracing::{info, warn};

use super::{CliError, GlobalArgs, error, output};
use crate::config::Settings;
use crate::domain::{Date, Edit, Idea, Portfolio, Problem, Severity, slug};
use crate::judge::{TimeSpent, others, passed_over, score, scores};
use crate::store::{Loaded, OnConflict, StoreError, Wanted, Workspace};
use crate::text::{did_you_mean, sanitize};

/// How often an edit is made anew because another program was faster.
const ATTEMPTS: usize = 100;

/// At most this many faults are shown by commands that are about something else.
const SHOWN: usize = 10;

/// A workspace opened for one command, with the settings in force.
pub(super) struct OpenWorkspace {
    pub settings: Settings,
    /// The day that counts as today.
    pub as_of: Date,
    workspace: Workspace,
    /// The process ends soon: the system frees all ideas faster than their destructors do.
    loaded: ManuallyDrop<Loaded>,
    color: anstream::ColorChoice,
}

impl OpenWorkspace {
    /// Opens the workspace that is meant, to read it, and warns of ideas that cannot be read.
    ///
    /// # Errors
    /// There is no such workspace, settings are wrong, or not one idea can be
    /// read though there are some.
    pub(super) fn read(global: &GlobalArgs, path: Option<&Path>) -> Result<Self, CliError> {
        let workspace = Self::open(global, path, None)?;
        let errors: Vec<Problem> = workspace.errors().cloned().collect();
        if workspace.portfolio().ideas().is_empty() && !errors.is_empty() {
            return Err(CliError::Problems(errors));
        }
        workspace.warn(&errors);
        Ok(workspace)
    }

    /// Opens the workspace that is meant, to change it.
    ///
    /// # Errors
    /// There is no such workspace, or settings are wrong.
    pub(super) fn edit(global: &GlobalArgs, path: Option<&Path>) -> Result<Self, CliError> {
        Self::edit_wanted(global, path, None)
    }

    /// As [`OpenWorkspace::edit`]; only what is wanted need be read, `None` is everything.
    pub(super) fn edit_wanted(
        global: &GlobalArgs,
        path: Option<&Path>,
        wanted: Option<Wanted<'_>>,
    ) -> Result<Self, CliError> {
        let mut workspace = Self::open(global, path, wanted)?;
        // A file that is being written must not be edited by halves.
        if let Some(loaded) = workspace.workspace.reload()? {
            workspace.loaded = ManuallyDrop::new(loaded);
        }
        // An id that stands in two files: only one of them is edited.
        workspace.say_problems("duplicate-id");
        Ok(workspace)
    }

    fn open(
        global: &GlobalArgs,
        path: Option<&Path>,
        wanted: Option<Wanted<'_>>,
    ) -> Result<Self, CliError> {
        let paths = global.paths()?;
        let place = global.existing(path, &paths)?;
        let settings = global.settings(&paths, Some(&place))?;
        let (mut workspace, loaded) = match wanted {
            Some(wanted) => Workspace::open_wanted(&place, &paths.state, wanted)?,
            None => Workspace::open(&place, &paths.state)?,
        };
        let color = global.color();
        workspace.on_wait(move |holder| {
            // Most locks are free again at once.
            let Some(holder) = holder else { return };
            output::say(
                &format!("waiting: the workspace is locked by {}\n", sanitize(holder)),
                color,
            );
        });
        info!(ideas = loaded.portfolio.ideas().len(), problems = loaded.problems.len(), "read");
        let loaded = ManuallyDrop::new(loaded);
        let opened = Self { settings, as_of: global.as_of(), workspace, loaded, color };
        // Files that look like copies of others are left alone.
        opened.say_problems("copy");
        Ok(opened)
    }

    /// As [`OpenWorkspace::edit_wanted`], but a workspace that does not exist is created.
    ///
    /// # Errors
    /// It cannot be created, or settings are wrong.
    pub(super) fn edit_or_create(
        global: &GlobalArgs,
        path: Option<&Path>,
        wanted: Option<Wanted<'_>>,
    ) -> Result<Self, CliError> {
        let paths = global.paths()?;
        let place = global.place(path, &paths);
        if !place.path.exists() {
            let file = Workspace::create(&place.path)?;
            let file = sanitize(&file.display().to_string()).into_owned();
            output::say(&format!("created {file}\n"), global.color());
        }
        Self::edit_wanted(global, path, wanted)
    }

    /// As [`OpenWorkspace::edit`]; `None` where no workspace exists yet.
    ///
    /// # Errors
    /// Settings are wrong, or the workspace cannot be read.
    pub(super) fn edit_if_there(
        global: &GlobalArgs,
        path: Option<&Path>,
    ) -> Result<Option<Self>, CliError> {
        let place = global.place(path, &global.paths()?);
        if place.path.exists() { Self::edit(global, path).map(Some) } else { Ok(None) }
    }

    /// All ideas that could be read, or those that are wanted.
    pub(super) fn portfolio(&self) -> &Portfolio {
        &self.loaded.portfolio
    }

    /// What the workspace is called: the name of its folder or file.
    pub(super) fn name(&self) -> String {
        let path = self.workspace.path();
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// What the owner of the ideas is called: by the settings, else the login.
    pub(super) fn owner(&self) -> Option<String> {
        let login =
            || ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
        self.settings.name.clone().or_else(login).filter(|name| !name.is_empty())
    }

    /// The folder of the workspace.
    pub(super) fn folder(&self) -> PathBuf {
        crate::config::folder_of(self.workspace.path())
    }

    /// Where the time of the last month went. What cannot be read of it is
    /// machine state and no loss.
    pub(super) fn time_spent(&self) -> TimeSpent {
        let spells = self.workspace.time_log();
        let spells = spells.inspect_err(|error| warn!(%error, "time spent on choosing"));
        TimeSpent::of(self.portfolio(), &spells.unwrap_or_default(), self.as_of)
    }

    /// Says which problems there are of one kind.
    fn say_problems(&self, code: &str) {
        let problems = self.loaded.problems.iter();
        let found: Vec<Problem> =
            problems.filter(|problem| problem.code == code).take(SHOWN).cloned().collect();
        if !found.is_empty() {
            output::say(&error::render_problems(&found), self.color);
        }
    }

    /// What keeps ideas from being read.
    pub(super) fn errors(&self) -> impl Iterator<Item = &Problem> {
        self.loaded.problems.iter().filter(|problem| problem.severity == Severity::Error)
    }

    /// The idea with this id or alias, or else the only one whose id begins so.
    ///
    /// # Errors
    /// There is none or more than one, or it cannot be read.
    pub(super) fn find(&self, id: &str) -> Result<&Idea, CliError> {
        if let Some(idea) = self.portfolio().get(id) {
            return Ok(idea);
        }
        let broken: Vec<Problem> =
            self.errors().filter(|problem| problem.idea.as_deref() == Some(id)).cloned().collect();
        if !broken.is_empty() {
            return Err(CliError::Problems(broken));
        }
        let beginning: Vec<&Idea> =
            self.portfolio().iter().filter(|idea| idea.id.starts_with(id)).collect();
        match beginning[..] {
            [idea] if !id.is_empty() => Ok(idea),
            [_, _, ..] if !id.is_empty() => {
                let ids: Vec<&str> = beginning.iter().map(|idea| idea.id.as_str()).collect();
                let message = format!("{} ideas begin with \"{id}\"", ids.len());
                Err(CliError::with_hint(message, format!("one of {}", some_of(&ids))))
            }
            _ => Err(no_such_idea(self.portfolio(), id)),
        }
    }

    /// Whether an idea that cannot be read has this id, or would get it from its title.
    pub(super) fn is_broken(&self, id: &str) -> bool {
        let mut names = self.errors().filter_map(|problem| problem.idea.as_deref());
        names.any(|name| name == id || slug(name) == id)
    }

    /// Applies an edit and writes it. `make` says what to do with the ideas as
    /// they are; it is asked again when another program has changed the same
    /// thing in the meantime, so that neither change is lost.
    ///
    /// # Errors
    /// As `make`; or the edit does not fit, or cannot be written.
    pub(super) fn apply(
        &mut self,
        mut make: impl FnMut(&Self) -> Result<Edit, CliError>,
    ) -> Result<Edit, CliError> {
        let result = self.commit(&mut make);
        self.say_notices();
        result
    }

    /// Says what the store has to say besides the result of an operation.
    pub(super) fn say_notices(&mut self) {
        for notice in self.workspace.take_notices() {
            output::say(&output::warning_line(&notice.to_string(), ""), self.color);
        }
    }

    /// The score of an idea before an edit; `None` with nothing rated.
    fn score_of(&self, id: &str) -> Option<f64> {
        let portfolio = &self.loaded.portfolio;
        let idea = portfolio.get(id)?;
        let is_rated = others(portfolio, idea).into_iter().flatten().any(Option::is_some);
        let score = score(idea, &self.settings.score, is_rated);
        score.rated.then(|| score.value())
    }

    /// Says on stderr which ideas above an idea that is started below the cut
    /// are probably better; nothing where none is.
    pub(super) fn say_passed_over(&self, id: &str) {
        let portfolio = &self.loaded.portfolio;
        let Some(position) = portfolio.position(id) else { return };
        let scores = scores(portfolio, &self.settings.score);
        let rules = (&self.settings.score, &self.settings.stall);
        let k = self.settings.pursued;
        let better = passed_over(portfolio, &scores, rules, k, position, self.as_of);
        let titles: Vec<String> = better
            .iter()
            .filter_map(|(at, rank)| Some(format!("\"{}\" (#{rank})", portfolio.at(*at)?.title)))
            .collect();
        if !titles.is_empty() {
            let message = format!("probably better and not started: {}", titles.join(", "));
            let hint = "say why this one with --why";
            output::say(&output::warning_line(&sanitize(&message), hint), self.color);
        }
    }

    fn commit(
        &mut self,
        make: &mut impl FnMut(&Self) -> Result<Edit, CliError>,
    ) -> Result<Edit, CliError> {
        let mut attempts = 0;
        loop {
            attempts += 1;
            let edit = make(self)?.with_scores(&|id| self.score_of(id));
            let inverse = self.loaded.portfolio.apply(&edit)?;
            match self.workspace.commit(&edit, &inverse, OnConflict::Ask) {
                Ok(_) => {
                    info!(edit = edit.describe(), "written");
                    return Ok(edit);
                }
                Err(StoreError::Conflict { loaded, .. }) if attempts < ATTEMPTS => {
                    self.loaded = ManuallyDrop::new(*loaded);
                }
                Err(StoreError::Edit(error)) if attempts < ATTEMPTS => {
                    match self.workspace.reload()? {
                        Some(loaded) => self.loaded = ManuallyDrop::new(loaded),
                        None => return Err(error.into()),
                    }
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// What earlier imports brought in.
    pub(super) fn import_history(&self) -> Option<String> {
        self.workspace.import_history()
    }

    pub(super) fn save_import_history(&self, text: &str) -> Result<(), StoreError> {
        self.workspace.save_import_history(text)
    }

    /// The files and their journal, to step through it.
    pub(super) fn store(&mut self) -> &mut Workspace {
        &mut self.workspace
    }

    /// Says something that is not the answer.
    pub(super) fn say(&self, text: &str) {
        output::say(text, self.color);
    }

    /// Warns of faults that do not stop the command.
    fn warn(&self, errors: &[Problem]) {
        if errors.is_empty() {
            return;
        }
        let mut text = error::render_problems(&errors[..errors.len().min(SHOWN)]);
        let more = match errors.len().checked_sub(SHOWN) {
            None | Some(0) => String::new(),
            Some(more) => format!("and {more} more: "),
        };
        let problems = crate::text::count(errors.len(), "problem");
        text += &output::warning_line(
            &format!("some ideas cannot be read and are left out ({problems})"),
            &format!("{more}prospect check shows every problem"),
        );
        self.say(&text);
    }
}

/// The first few of many names.
fn some_of(names: &[&str]) -> String {
    match names.len().checked_sub(SHOWN) {
        None | Some(0) => names.join(", "),
        Some(more) => format!("{} and {more} more", names[..SHOWN].join(", ")),
    }
}

/// An unknown id, with those that look like it.
fn no_such_idea(portfolio: &Portfolio, id: &str) -> CliError {
    let ids = portfolio.iter().map(|idea| idea.id.as_str());
    let hint = match did_you_mean(id, ids) {
        hint if hint.is_empty() => "prospect rank lists the ids".to_owned(),
        hint => hint,
    };
    CliError::with_hint(format!("there is no idea \"{id}\""), hint)
}
