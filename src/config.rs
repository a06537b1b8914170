//! Settings and their layers (built-in, `config.toml`, the workspace's
//! `prospect.toml`, flags), where each value comes from, and the searches that were
//! saved under names.

mod color;
mod layer;
mod setting;
#[cfg(test)]
mod tests;

pub use color::{Color, Colors, Role, Theme};
pub use setting::{Setting, settings_schema, settings_template};

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fmt};

use crate::command::Keymap;
use crate::domain::{
    CRITERIA, Goal, Problem, QuarterAnswers, SettingValue, SettingValues, setting_path,
};
use crate::find::{FilterError, SavedFilters};
use crate::judge::{ScoreRule, StallRule};
use crate::text::did_you_mean;

/// The file beside the ideas that holds what their ranking depends on.
pub const WORKSPACE_SETTINGS: &str = "prospect.toml";

/// Everything that can be set.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// How answers become a score.
    pub score: ScoreRule,
    /// The weights as they are stated, before they are scaled to sum to 1: what
    /// the next layer is laid over.
    pub stated_weights: [f64; CRITERIA],
    /// The weights as they were stated before any were adopted from duels, if
    /// some were: in proportion, not scaled.
    pub weights_before: Option<[f64; CRITERIA]>,
    /// Where "stalled" and its neighbours begin.
    pub stall: StallRule,
    /// Share of the effort that should go to next-hot bets, 0–1.
    pub next_hot_share: f64,
    /// How many ideas are to be pursued, 1 or more: the cut that duels aim at.
    pub pursued: usize,
    /// Questions that are shown with a finalist.
    pub lenses: Vec<String>,
    /// The name under which duels are recorded; the login name if absent.
    pub name: Option<String>,
    /// The editor, with arguments; else `$VISUAL`, `$EDITOR`, or `vi`.
    pub editor: Option<String>,
    /// Whether changes that others make to the files show up by themselves.
    pub watch: bool,
    /// Whether the mouse is listened to.
    pub mouse: bool,
    /// Whether ideas may be copied through the terminal.
    pub clipboard: bool,
    /// Whether only ASCII is drawn.
    pub ascii: bool,
    /// Whether the command line asks for ASCII, whatever the files say.
    pub asks_ascii: bool,
    /// The colours; `None` for those that fit the ground of the terminal, which is asked for it.
    pub theme: Option<Theme>,
    /// Colours that go over those of the theme.
    pub colors: Colors,
    /// Which keys set off which command.
    pub keymap: Keymap,
    /// What the owner is after: the goals of the workspace, else the user's own.
    pub goals: Vec<Goal>,
    /// The answers of each quarter.
    pub quarters: Vec<QuarterAnswers>,
    /// Searches that were saved under names.
    pub filters: SavedFilters,
    /// What of the keys, the colours and the saved searches could not be had.
    /// In its place stands what is built in.
    pub ui_problems: Vec<Problem>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            score: ScoreRule::default(),
            stated_weights: ScoreRule::default().weights,
            weights_before: None,
            stall: StallRule::default(),
            next_hot_share: 0.5,
            pursued: 3,
            lenses: Vec::new(),
            name: None,
            editor: None,
            watch: true,
            mouse: true,
            clipboard: true,
            ascii: false,
            asks_ascii: false,
            theme: None,
            colors: Colors::default(),
            keymap: Keymap::default(),
            goals: Vec::new(),
            quarters: Vec::new(),
            filters: SavedFilters::default(),
            ui_problems: Vec::new(),
        }
    }
}

impl Settings {
    /// Reads the layers, later ones over earlier ones: `config` is the user's
    /// own file, `workspace` the workspace (a file of ideas, or a folder) beside
    /// or in which a `prospect.toml` may lie. A file that does not exist is
    /// skipped. Weights that no layer names keep their defaults; then all are
    /// scaled to sum to 1.
    ///
    /// Keys, colours and saved searches change nothing but how the workbench is
    /// used: their faults are kept in [`Settings::ui_problems`], and do not stop the program.
    ///
    /// # Errors
    /// Every fault of every file, with its place; never a silent default.
    pub fn load(config: Option<&Path>, workspace: Option<&Path>) -> Result<Self, Vec<Problem>> {
        let LoadReport { settings, mut problems, .. } = LoadReport::of(config, workspace);
        if problems.is_empty() {
            return Ok(settings);
        }
        problems.extend(settings.ui_problems);
        Err(problems)
    }

    /// These settings with what a workspace sets laid over them: `self` is what
    /// holds without it. Names that no setting has are passed over.
    ///
    /// # Errors
    /// What is wrong with a value, in words.
    pub fn with_workspace(&self, values: &SettingValues) -> Result<Self, String> {
        let mut settings = self.clone();
        for setting in shared() {
            if values.contains_key(setting.table) {
                return Err(format!("{} must be a table: [{0}]", setting.table));
            }
            if let Some(value) = values.get(&setting.to_string()) {
                let expected = setting.read(value, &mut settings).err();
                if let Some(expected) = expected {
                    return Err(format!("{setting} must be {expected}; found {value}"));
                }
            }
        }
        settings.set_goals(values);
        for (name, value) in values {
            // A wrong filter is reported where it is read, and does not
            // stop the program.
            if let (Some(name), SettingValue::Text(text)) = (name_in(name), value) {
                let _ = settings.filters.save(name, text);
            }
        }
        settings.scaled().ok_or_else(|| NO_WEIGHT.to_owned())
    }

    /// Takes over the goals and quarters of a file that has some.
    fn set_goals(&mut self, values: &SettingValues) {
        let (goals, quarters) = (Goal::all(values), QuarterAnswers::all(values));
        if !goals.is_empty() {
            self.goals = goals;
        }
        if !quarters.is_empty() {
            self.quarters = quarters;
        }
    }

    /// What is wrong with the text of a workspace's settings, in file order.
    #[must_use]
    pub fn problems_in(file: &Path, text: &str) -> Vec<Problem> {
        layer::problems_in(file, text, &shared())
    }

    /// The same with weights that sum to 1; `None` if all are 0.
    fn scaled(self) -> Option<Self> {
        let score = self.score.clone().with_weights(self.stated_weights)?;
        Some(Self { score, ..self })
    }

    /// The weights as they were stated before any were adopted from duels,
    /// scaled to sum to 1; `None` if none were.
    #[must_use]
    pub fn stated_before(&self) -> Option<[f64; CRITERIA]> {
        let scaled = self.score.clone().with_weights(self.weights_before?)?;
        Some(scaled.weights)
    }

    /// The name under which duels are recorded: the one that is set, else the login name.
    #[must_use]
    pub fn person(&self) -> String {
        let login = || ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| env::var(name).ok());
        self.name.clone().or_else(login).unwrap_or_else(|| "me".to_owned())
    }
}

/// What is said of weights that cannot be scaled.
const NO_WEIGHT: &str = "the weights must not all be 0";

/// What a workspace can set.
fn shared() -> Vec<Setting> {
    Setting::all().into_iter().filter(|setting| !setting.is_personal()).collect()
}

/// Where the settings of a workspace stand: in the folder, or beside the file.
#[must_use]
pub fn settings_of(workspace: &Path) -> PathBuf {
    folder_of(workspace).join(WORKSPACE_SETTINGS)
}

/// The folder of a workspace: itself, or the one in which the file lies.
#[must_use]
pub fn folder_of(workspace: &Path) -> PathBuf {
    if workspace.is_dir() {
        return workspace.to_owned();
    }
    match workspace.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// Where prospect keeps its own files.
#[derive(Clone, Debug)]
pub struct Paths {
    pub config: PathBuf,
    /// The workspace that opens when no other is named.
    pub workspace: PathBuf,
    pub state: PathBuf,
}

impl Paths {
    /// The places that the system sets aside for programs (on Linux those of
    /// the XDG base directories, `XDG_CONFIG_HOME` and so on included); `None`
    /// for a user without a home.
    #[must_use]
    pub fn find() -> Option<Self> {
        let folders = directories::ProjectDirs::from("", "", "prospect")?;
        let state = match folders.state_dir() {
            Some(state) => state.to_owned(),
            None => folders.data_local_dir().join("state"),
        };
        Some(Self {
            config: folders.config_dir().join("config.toml"),
            workspace: folders.data_dir().to_owned(),
            state,
        })
    }
}

/// Where a value comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    #[default]
    BuiltIn,
    /// A line of a file of settings.
    File {
        file: PathBuf,
        line: usize,
        /// Whether it is the file of the workspace, not the user's own.
        is_workspace: bool,
    },
    /// The command line: an option.
    Option(&'static str),
}

impl Origin {
    #[must_use]
    pub const fn id(&self) -> &'static str {
        match self {
            Self::BuiltIn => "built-in",
            Self::File { is_workspace: false, .. } => "config",
            Self::File { is_workspace: true, .. } => "workspace",
            Self::Option(_) => "option",
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BuiltIn => f.write_str("built-in"),
            Self::File { file, line, .. } => write!(f, "{}:{line}", file.display()),
            Self::Option(option) => f.write_str(option),
        }
    }
}

/// Everything that the layers say, with its faults.
#[derive(Clone, Debug, Default)]
pub struct LoadReport {
    /// The settings; where there are problems, as far as they could be read.
    pub settings: Settings,
    /// Faults that no command should pass over, in the order of the files.
    pub problems: Vec<Problem>,
    /// Where the values come from, by `table.key`; what is not here is built in.
    origins: BTreeMap<String, Origin>,
}

impl LoadReport {
    /// Reads the layers, as [`Settings::load`] does.
    #[must_use]
    pub fn of(config: Option<&Path>, workspace: Option<&Path>) -> Self {
        let mut report = Self::default();
        if let Some(file) = config {
            layer::read(file, false, &Setting::all(), &mut report);
        }
        if let Some(workspace) = workspace {
            layer::read(&settings_of(workspace), true, &shared(), &mut report);
        }
        // Weights that cannot be scaled have been reported.
        if let Some(settings) = report.settings.clone().scaled() {
            report.settings = settings;
        }
        report
    }

    /// Notes that an option of the command line has set a setting.
    pub fn overrule(&mut self, setting: &str, option: &'static str) {
        self.origins.insert(setting.to_owned(), Origin::Option(option));
    }

    /// Where the value of a setting (`risk.appetite`) or the keys of
    /// a command (`keys.undo`) come from.
    #[must_use]
    pub fn origin(&self, setting: &str) -> Origin {
        self.origins.get(setting).cloned().unwrap_or_default()
    }
}

const FILTERS: &str = "filters";

/// What a filter can be called.
const PLAIN_NAME: &str = "a name is made of letters from a to z, digits, - and _";

/// The name of the setting that holds the filter of this name.
///
/// # Errors
/// A filter cannot be called that; says what it can be called.
pub fn filter_setting(name: &str) -> Result<String, &'static str> {
    let setting = format!("{FILTERS}.{name}");
    let is_plain = setting_path(&setting).is_some();
    if is_plain { Ok(setting) } else { Err(PLAIN_NAME) }
}

/// The name of the filter that a setting holds, if it holds one.
fn name_in(setting: &str) -> Option<&str> {
    setting_path(setting).filter(|(table, _)| *table == FILTERS).map(|(_, name)| name)
}

/// What is wrong with a filter, and what may have been meant, in a line.
#[must_use]
pub fn describe_filter_error(fault: &FilterError) -> String {
    match filter_hint(fault) {
        hint if hint.is_empty() => fault.message.clone(),
        hint => format!("{}; {hint}", fault.message),
    }
}

/// What may have been meant by a filter that cannot be read; empty where nothing is close enough.
#[must_use]
fn filter_hint(fault: &FilterError) -> String {
    match did_you_mean(&fault.word, fault.known.iter().copied()) {
        hint if hint.is_empty() && !fault.known.is_empty() => {
            format!("there are {}", fault.known.join(", "))
        }
        hint => hint,
    }
}
