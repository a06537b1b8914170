//! The project about itself: who may import whom, and whether the documents
//! are true.

use std::fs;
use std::path::{Path, PathBuf};

/// What the files of a folder may use of this crate, and which other crates
/// they must not touch.
struct Rule {
    /// Folder (or file) under `src`.
    folder: &'static str,
    /// Modules of this crate that may be named there.
    may_use: &'static [&'static str],
    /// Paths that may not occur there.
    never: &'static [&'static str],
}

const TERMINAL: &[&str] = &["ratatui::", "crossterm::"];

const RULES: &[Rule] = &[
    Rule {
        folder: "domain",
        may_use: &["domain"],
        never: &[
            "std::fs",
            "std::io",
            "std::env",
            "SystemTime",
            "Instant::now",
            "std::thread",
            "serde::",
            "toml::",
            "Zoned::now",
            "ratatui::",
            "crossterm::",
            "rand::",
        ],
    },
    Rule {
        folder: "judge",
        may_use: &["domain", "judge"],
        never: &[
            "std::fs",
            "std::io",
            "std::env",
            "SystemTime",
            "Instant::now",
            "serde::",
            "toml::",
            "Zoned::now",
            "ratatui::",
            "crossterm::",
        ],
    },
    Rule { folder: "store", may_use: &["domain", "store"], never: TERMINAL },
    Rule {
        folder: "command",
        may_use: &["command"],
        never: &["ratatui::", "crossterm::", "serde::", "toml::", "std::fs"],
    },
    Rule {
        folder: "config",
        may_use: &["command", "config", "domain", "judge", "nearest"],
        never: TERMINAL,
    },
    Rule {
        folder: "report",
        may_use: &["command", "config", "domain", "judge", "report", "store", "text"],
        never: TERMINAL,
    },
    Rule {
        folder: "cli",
        may_use: &[
            "cli", "command", "config", "domain", "judge", "nearest", "report", "store", "text",
        ],
        never: TERMINAL,
    },
    Rule {
        folder: "tui/widgets",
        may_use: &["text", "tui::theme", "tui::widgets"],
        never: &["crossterm::"],
    },
    Rule {
        folder: "tui/screens",
        may_use: &[
            "command",
            "domain",
            "judge",
            "text",
            // What a screen is shown, how it searches it, and how it asks.
            "tui::ask",
            "tui::backlog",
            "tui::finder",
            "tui::recall",
            "tui::screens",
            "tui::theme",
            "tui::widgets",
        ],
        never: &["crossterm::", "std::fs", "std::thread", "Zoned::now"],
    },
];

/// The one place of the tui that may name the store.
const STORE_IN_TUI: &[&str] = &["tui/effects"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file under `src`, as a path relative to it, with its text up to
/// the tests at its end.
fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let src = root().join("src");
    let mut found = Vec::new();
    walk(&src, &mut found);
    found.sort();
    found
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(&src).expect("under src").to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).expect("a source file");
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let code = code.lines().filter(|line| !line.trim_start().starts_with("//"));
            (name, code.collect::<Vec<_>>().join("\n"))
        })
        .collect()
}

/// The paths of this crate that a text names, one or two segments deep:
/// `crate::tui::{theme, widgets::bar}` gives `tui::theme` and `tui::widgets`.
fn named_modules(text: &str) -> Vec<String> {
    fn word(text: &str) -> &str {
        let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
        &text[..end]
    }
    fn branches(text: &str) -> Vec<&str> {
        let Some(inner) = text.strip_prefix('{') else { return vec![text] };
        let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
        for (i, c) in inner.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => {
                    parts.push(inner[start..i].trim());
                    return parts;
                }
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    parts.push(inner[start..i].trim());
                    start = i + 1;
                }
                _ => {}
            }
        }
        parts
    }
    let mut modules = Vec::new();
    for (at, found) in text.match_indices("crate::") {
        for branch in branches(&text[at + found.len()..]) {
            let first = word(branch);
            match branch[first.len()..].strip_prefix("::") {
                Some(rest) if first == "tui" => {
                    for second in branches(rest).into_iter().map(word) {
                        modules.push(format!("tui::{second}"));
                    }
                }
                _ => modules.push(first.to_owned()),
            }
        }
    }
    modules
}

#[test]
fn modules_import_only_what_they_may() {
    let mut breaches = Vec::new();
    for (name, text) in sources() {
        let inside = |folder: &str| {
            name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/') || rest == ".rs")
        };
        for rule in RULES.iter().filter(|rule| inside(rule.folder)) {
            for module in named_modules(&text) {
                if !module.is_empty() && !rule.may_use.contains(&module.as_str()) {
                    breaches.push(format!("{name} uses crate::{module}"));
                }
            }
            for path in rule.never.iter().filter(|path| text.contains(**path)) {
                breaches.push(format!("{name} uses {path}"));
            }
        }
        let in_tui = name.starts_with("tui");
        if in_tui
            && !STORE_IN_TUI.iter().any(|folder| inside(folder))
            && named_modules(&text).iter().any(|module| module == "store")
        {
            breaches.push(format!("{name} uses crate::store"));
        }
    }
    assert!(breaches.is_empty(), "imports that the architecture forbids:\n{}", breaches.join("\n"));
}

#[test]
fn a_screen_knows_no_other_screen() {
    for (name, text) in sources() {
        let Some(screen) = name.strip_prefix("tui/screens/") else { continue };
        let own = screen.trim_end_matches(".rs").split('/').next().unwrap_or_default();
        for (at, _) in text.match_indices("screens::") {
            let rest = &text[at + "screens::".len()..];
            assert!(rest.starts_with(own), "{name} names another screen: screens::{rest:.20}");
        }
    }
}

#[test]
fn imports_are_found_in_every_form() {
    let text = "use crate::tui::{theme, widgets::{bar, line}};\nuse crate::{domain::Idea, judge};\n\
                let x = crate::store::open();";
    let expected = ["tui::theme", "tui::widgets", "domain", "judge", "store"];
    assert_eq!(named_modules(text), expected);
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn the_check_runs_the_test_command_of_the_readme() {
    let readme = read("README.md");
    let check = read(".ci/run");
    for command in ["cargo test --locked", "cargo run --release --locked -- rank assets/demo"] {
        assert!(readme.lines().any(|line| line == command), "README.md has no line `{command}`");
        assert!(
            check.lines().any(|line| line.starts_with(command)),
            ".ci/run does not run `{command}`"
        );
    }
}
