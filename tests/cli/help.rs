//! Every command explains itself.

use crate::support::TestWorkspace;

/// The names in a list of commands.
fn commands(help: &str) -> Vec<String> {
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let names = listed.take_while(|line| !line.is_empty());
    let names = names.filter_map(|line| line.split_whitespace().next());
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}

#[test]
fn every_command_has_a_purpose_in_a_line_and_examples() {
    let workspace = TestWorkspace::empty();
    let commands = commands(&workspace.ok(&["help", "--all"]));
    for expected in ["demo", "init", "add", "set", "rm", "undo", "redo", "log", "promise", "rank"] {
        assert!(commands.iter().any(|name| name == expected), "{expected}");
    }
    for command in commands {
        let help = workspace.ok(&[&command, "--help"]);
        let purpose = help.lines().next().unwrap();
        assert!(!purpose.is_empty() && purpose.len() <= 80, "{command}: {purpose}");
        let (_, examples) = help.split_once("\nExamples:\n").expect(&command);
        assert!(examples.trim_start().starts_with("prospect"), "{command}");
        assert!(examples.contains(&format!("prospect {command}")), "{command}");
    }
}

#[test]
fn examples_name_only_what_there_is() {
    let workspace = TestWorkspace::empty();
    let names = commands(&workspace.ok(&["help", "--all"]));
    for command in names.iter().map(String::as_str).chain([""]) {
        let arguments: Vec<&str> =
            [command, "--help"].into_iter().filter(|word| !word.is_empty()).collect();
        let help = workspace.ok(&arguments);
        for line in help.lines().filter(|line| line.starts_with("  prospect ")) {
            let word = line.split_whitespace().nth(1).unwrap();
            let is_path = word.contains(['/', '.']) || word.starts_with("--");
            let known = names.iter().any(|name| name == word);
            assert!(is_path || known || line.contains("  open your workspace"), "{line}");
        }
    }
}

#[test]
fn the_version_is_said() {
    let version = format!("prospect {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(TestWorkspace::empty().ok(&["--version"]), version);
}

#[test]
fn keys_and_paths_are_listed() {
    let workspace = TestWorkspace::empty();
    let keys = workspace.ok(&["keys"]);
    for expected in ["Everywhere", "gg", "Ctrl-D", "0–9"] {
        assert!(keys.contains(expected), "{expected} in {keys}");
    }
    let paths = workspace.ok(&["paths"]);
    for name in ["config ", "data ", "state ", "workspace "] {
        assert!(paths.lines().any(|line| line.starts_with(name)), "{name} in {paths}");
    }
    assert!(paths.contains(&workspace.folder().display().to_string()));
    let moved =
        workspace.command().env("XDG_CONFIG_HOME", "/elsewhere").arg("paths").output().unwrap();
    assert!(String::from_utf8(moved.stdout).unwrap().contains("/elsewhere/prospect/config.toml"));
}

#[test]
fn shells_and_man_are_served() {
    let workspace = TestWorkspace::empty();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        assert!(workspace.ok(&["completions", shell]).contains("promise"), "{shell}");
    }
    assert!(workspace.ok(&["man"]).starts_with(".ie"));
    assert_eq!(workspace.run(&["completions", "csh"]).code, 2);
}
