//! The layers put together, and where each value comes from.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use super::{Setting, Settings, layer, settings_of, shared};
use crate::domain::Problem;

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
    pub(super) origins: BTreeMap<String, Origin>,
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

    /// Where the value of a setting (`risk.appetite`) or the keys of a command
    /// (`keys.undo`) come from.
    #[must_use]
    pub fn origin(&self, setting: &str) -> Origin {
        self.origins.get(setting).cloned().unwrap_or_default()
    }
}
