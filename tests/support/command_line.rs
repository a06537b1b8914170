//! Calls of the program on a workspace.

use std::time::Duration;

use super::{BINARY, TestWorkspace};

/// The result of a call.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    fn of(command: &mut assert_cmd::Command) -> Self {
        let output = command.output().unwrap();
        Self {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl TestWorkspace {
    /// A call of the binary on the workspace, on 2026-03-01.
    pub(crate) fn command(&self) -> assert_cmd::Command {
        Self::in_time(self.std_command())
    }

    fn in_time(command: std::process::Command) -> assert_cmd::Command {
        let mut command = assert_cmd::Command::from_std(command);
        command.timeout(Duration::from_secs(30));
        command
    }

    /// The same, to be spawned.
    pub(crate) fn std_command(&self) -> std::process::Command {
        self.std_command_on("2026-03-01")
    }

    fn std_command_on(&self, day: &str) -> std::process::Command {
        let mut command = std::process::Command::new(BINARY);
        command.env_clear().env("HOME", self.home()).env("PROSPECT_WORKSPACE", self.folder());
        command.current_dir(self.home()).args(["--as-of", day]);
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.command().args(arguments))
    }

    /// The same on another day.
    pub(crate) fn run_on(&self, day: &str, arguments: &[&str]) -> Ran {
        Ran::of(Self::in_time(self.std_command_on(day)).args(arguments))
    }

    /// Runs it and takes what a call that succeeds prints.
    pub(crate) fn ok(&self, arguments: &[&str]) -> String {
        let ran = self.run(arguments);
        assert_eq!(ran.code, 0, "{arguments:?}: {}{}", ran.stdout, ran.stderr);
        ran.stdout
    }

    /// Runs it and takes the JSON of a call that succeeds.
    pub(crate) fn json(&self, arguments: &[&str]) -> serde_json::Value {
        serde_json::from_str(&self.ok(arguments)).unwrap()
    }
}
