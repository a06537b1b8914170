//! A place to try the binary in: a home of its own, and a workspace.

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

/// A home folder and a workspace that nobody else uses.
pub(crate) struct Bench {
    folder: TempDir,
}

/// What a call came to.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Bench {
    /// Without a workspace.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// With a workspace of one file.
    pub(crate) fn with(ideas: &str) -> Self {
        let bench = Self::empty();
        std::fs::create_dir(bench.workspace()).unwrap();
        std::fs::write(bench.ideas(), ideas).unwrap();
        bench
    }

    /// The folder around home and workspace.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The folder of the workspace.
    pub(crate) fn workspace(&self) -> PathBuf {
        self.path().join("ideas")
    }

    /// Its file.
    pub(crate) fn ideas(&self) -> PathBuf {
        self.workspace().join("ideas.toml")
    }

    /// What is in its file.
    pub(crate) fn text(&self) -> String {
        std::fs::read_to_string(self.ideas()).unwrap()
    }

    /// A call of the binary on the workspace, on 2026-03-01.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::from_std(self.std_command());
        command.timeout(std::time::Duration::from_secs(30));
        command
    }

    /// The same, to be spawned.
    pub(crate) fn std_command(&self) -> std::process::Command {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_prospect"));
        command.env_clear().env("HOME", self.path()).env("PROSPECT_WORKSPACE", self.workspace());
        command.current_dir(self.path()).args(["--as-of", "2026-03-01"]);
        command
    }

    /// Runs the binary on the workspace.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        let output = self.command().args(arguments).output().unwrap();
        Ran {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs it and takes the answer of a call that ends well.
    pub(crate) fn ok(&self, arguments: &[&str]) -> String {
        let ran = self.run(arguments);
        assert_eq!(ran.code, 0, "{arguments:?}: {}{}", ran.stdout, ran.stderr);
        ran.stdout
    }

    /// Runs it and takes the JSON of a call that ends well.
    pub(crate) fn json(&self, arguments: &[&str]) -> serde_json::Value {
        serde_json::from_str(&self.ok(arguments)).unwrap()
    }
}

/// Two ideas, one complete and capped, one with answers missing, and comments
/// that must survive.
pub(crate) const TWO: &str = "\
# what we might do

[[idea]]
id = \"narrow\"
title = \"A narrow topic, well done\"   # by the window
tags = [\"vision\"]
[idea.ratings]
simplicity = 9
generality = 8
longevity = 8
headroom = 2
strategy = 8

[[idea]]
id = \"open-question\"
title = \"An open question\"
status = \"shortlist\"
dir = \"work\"
[idea.ratings]
headroom = [6, 9]
[idea.bet]
kind = \"hot\"
edge = 3
";
