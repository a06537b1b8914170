//! Settings and their layers: built-in, `config.toml`, the workspace's
//! `prospect.toml`, flags.

mod layer;
mod setting;
mod theme;

use std::env;
use std::path::{Path, PathBuf};

use crate::domain::{CRITERIA, Problem};
use crate::judge::{ScoreRule, StallRule};

pub use setting::Setting;
pub use theme::Theme;

/// The file beside the ideas that holds what their ranking depends on.
pub const WORKSPACE_SETTINGS: &str = "prospect.toml";

/// Everything that can be set.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// How answers become a score.
    pub score: ScoreRule,
    /// Where "stalled" and its neighbours begin.
    pub stall: StallRule,
    /// Share of the effort that should go to next-hot bets, 0–1.
    pub next_hot_share: f64,
    /// How many ideas are to be pursued, 1 or more: the cut that duels aim at.
    pub pursued: usize,
    /// The weights that were stated before any were adopted from duels, if some
    /// were; scaled to sum to 1.
    pub stated_before: Option<[f64; CRITERIA]>,
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
    /// Whether only ASCII is drawn.
    pub ascii: bool,
    /// The colours.
    pub theme: Theme,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            score: ScoreRule::default(),
            stall: StallRule::default(),
            next_hot_share: 0.5,
            pursued: 3,
            stated_before: None,
            lenses: Vec::new(),
            name: None,
            editor: None,
            watch: true,
            mouse: true,
            ascii: false,
            theme: Theme::default(),
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
    /// # Errors
    /// Every fault of every file, with its place; never a silent default.
    pub fn load(config: Option<&Path>, workspace: Option<&Path>) -> Result<Self, Vec<Problem>> {
        let mut settings = Self::default();
        let mut problems = Vec::new();
        if let Some(file) = config {
            layer::read(file, &Setting::all(), &mut settings, &mut problems);
        }
        if let Some(workspace) = workspace {
            let shared: Vec<Setting> =
                Setting::all().into_iter().filter(|setting| !setting.is_personal()).collect();
            layer::read(&settings_of(workspace), &shared, &mut settings, &mut problems);
        }
        let weights = settings.score.weights;
        let scaled = |weights| settings.score.clone().with_weights(weights);
        let stated_before = settings.stated_before.and_then(scaled).map(|rule| rule.weights);
        match scaled(weights) {
            Some(score) if problems.is_empty() => Ok(Self { score, stated_before, ..settings }),
            _ => Err(problems),
        }
    }
}

impl Settings {
    /// The name under which duels are recorded: the one that is set, else the
    /// login name.
    #[must_use]
    pub fn person(&self) -> String {
        let login = || ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| env::var(name).ok());
        self.name.clone().or_else(login).unwrap_or_else(|| "me".to_owned())
    }
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
    /// `config.toml`.
    pub config: PathBuf,
    /// The workspace that opens when no other is named.
    pub workspace: PathBuf,
    /// Journals and locks.
    pub state: PathBuf,
}

impl Paths {
    /// The places that the system sets aside for programs (on Linux those of the
    /// XDG base directories, `XDG_CONFIG_HOME` and so on included); `None` for a
    /// user without a home.
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

#[cfg(test)]
mod tests;
