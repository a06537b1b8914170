//! Rules of the project itself: which module may import which, and that the
//! documents are true.

mod loops;

use std::fs;
use std::path::{Path, PathBuf};

use prospect::config::{Paths, Settings, Theme};
use prospect::demo;
use prospect::tui::{self, Options};

/// What the files of a folder may use of this crate, and which other crates
/// they must not touch.
struct Rule {
    /// Folder (or file) under `src`.
    folder: &'static str,
    /// Modules of this crate that may be named there.
    may_use: &'static [&'static str],
    /// Paths that may not occur there.
    never: &'static [&'static [&'static str]],
}

/// Drawing and keys.
const TERMINAL: &[&str] = &["ratatui::", "crossterm::"];

const KEYBOARD: &[&str] = &["crossterm::"];

/// What the same arguments may give another answer for.
const OUTSIDE: &[&str] =
    &["std::fs", "std::io", "std::env", "SystemTime", "Instant::now", "Zoned::now"];

const THREADS: &[&str] = &["std::thread"];

const FORMATS: &[&str] = &["serde::", "toml::"];

const CHANCE: &[&str] = &["rand::"];

/// What the parts of the workbench leave to its runtime.
const RUNTIME: &[&str] = &["std::fs", "std::thread", "Zoned::now"];

const RULES: &[Rule] = &[
    Rule {
        folder: "domain",
        may_use: &["domain"],
        never: &[OUTSIDE, TERMINAL, THREADS, FORMATS, CHANCE],
    },
    Rule {
        folder: "judge",
        may_use: &["domain", "judge", "parallel"],
        never: &[OUTSIDE, TERMINAL, FORMATS],
    },
    Rule {
        folder: "store",
        may_use: &["domain", "parallel", "regular_file", "store", "toml_value"],
        never: &[TERMINAL],
    },
    Rule {
        folder: "command",
        may_use: &["command", "text"],
        never: &[TERMINAL, FORMATS, &["std::fs"]],
    },
    Rule {
        folder: "config",
        may_use: &[
            "command",
            "config",
            "domain",
            "find",
            "judge",
            "regular_file",
            "text",
            "toml_value",
        ],
        never: &[TERMINAL],
    },
    Rule {
        folder: "exchange",
        may_use: &["domain", "exchange"],
        never: &[OUTSIDE, TERMINAL, THREADS, CHANCE],
    },
    Rule {
        folder: "import_source",
        may_use: &["domain", "exchange", "regular_file", "store", "text"],
        never: &[TERMINAL],
    },
    Rule { folder: "find", may_use: &["domain", "find", "judge", "parallel"], never: &[TERMINAL] },
    Rule {
        folder: "report",
        may_use: &[
            "command", "config", "domain", "exchange", "judge", "parallel", "report", "store",
            "text",
        ],
        never: &[TERMINAL],
    },
    Rule {
        folder: "cli",
        may_use: &[
            "cli",
            "command",
            "config",
            "domain",
            "editor",
            "exchange",
            "find",
            "import_source",
            "judge",
            "regular_file",
            "report",
            "store",
            "text",
        ],
        never: &[TERMINAL],
    },
    Rule {
        folder: "tui/widgets",
        may_use: &["text", "tui::theme", "tui::widgets"],
        never: &[KEYBOARD],
    },
    Rule {
        folder: "tui/import",
        may_use: &[
            "command",
            "domain",
            "exchange",
            "text",
            "tui::action",
            "tui::import",
            "tui::theme",
            "tui::widgets",
        ],
        never: &[RUNTIME, KEYBOARD],
    },
    Rule {
        folder: "tui/jobs",
        // Of the world only the scored portfolio: its revisions are keys.
        may_use: &["domain", "judge", "text", "tui::jobs", "tui::world"],
        never: &[TERMINAL, RUNTIME, &["world::World"]],
    },
    Rule {
        folder: "tui/world",
        may_use: &["command", "config", "domain", "find", "judge", "tui::jobs", "tui::world"],
        never: &[RUNTIME, KEYBOARD],
    },
    Rule {
        folder: "tui/dialogs",
        may_use: &[
            "command",
            "config",
            "domain",
            "find",
            "judge",
            "text",
            // What follows from an answer.
            "tui::action",
            "tui::dialogs",
            "tui::import",
            "tui::world",
        ],
        never: &[TERMINAL, RUNTIME],
    },
    Rule {
        folder: "tui/action",
        may_use: &["command", "config", "domain", "tui::dialogs"],
        never: &[TERMINAL, RUNTIME],
    },
    Rule {
        folder: "tui/app",
        may_use: &[
            "command",
            "config",
            "demo",
            "domain",
            "exchange",
            "find",
            "judge",
            "text",
            "tui::action",
            "tui::app",
            "tui::clipboard",
            "tui::dialogs",
            "tui::import",
            "tui::jobs",
            "tui::mouse",
            "tui::overlays",
            "tui::palette",
            "tui::screens",
            "tui::theme",
            "tui::view",
            "tui::widgets",
            "tui::world",
        ],
        never: &[RUNTIME, KEYBOARD, &["ratatui::Frame"]],
    },
    Rule {
        folder: "tui/screens",
        may_use: &[
            "command",
            "domain",
            "find",
            "judge",
            "text",
            // What a screen is shown, how it searches it, and how it asks.
            "tui::dialogs",
            "tui::jobs",
            "tui::screens",
            "tui::theme",
            "tui::widgets",
            "tui::world",
        ],
        never: &[RUNTIME, KEYBOARD],
    },
];

/// The one place of the tui that may name the store.
const STORE_IN_TUI: &[&str] = &["tui/runtime"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file under `src`, as a path relative to it (or to `src/core`),
/// with its text up to the tests at its end; files of tests are left out.
fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() && !path.ends_with("core/tests") {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs")
                && !path.ends_with("tests.rs")
            {
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
            let inside = path.strip_prefix(&src).expect("under src");
            let inside = inside.strip_prefix("core").unwrap_or(inside);
            let name = inside.to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).expect("a source file");
            let code = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or_default();
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
            for path in rule.never.iter().copied().flatten().filter(|path| text.contains(**path)) {
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
    let screen_of = |name: &str| -> Option<String> {
        let rest = name.strip_prefix("tui/screens/")?;
        rest.trim_end_matches(".rs").split('/').next().map(str::to_owned)
    };
    let sources = sources();
    // What screens share is no screen.
    let is_screen =
        |name: &str| sources.iter().any(|(path, _)| path == &format!("tui/screens/{name}/draw.rs"));
    let screens: Vec<String> = sources.iter().filter_map(|(name, _)| screen_of(name)).collect();
    for (name, text) in &sources {
        let Some(own) = screen_of(name) else { continue };
        for other in screens.iter().filter(|screen| **screen != own && is_screen(screen)) {
            assert!(!text.contains(&format!("screens::{other}")), "{name} names {other}");
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

#[test]
fn the_version_has_notes_and_a_place_in_the_changelog() {
    let version = env!("CARGO_PKG_VERSION");
    let notes = format!("docs/release-notes/{version}.md");
    assert!(read(&notes).starts_with(&format!("# prospect {version}\n")), "{notes}");
    let changelog = read("CHANGELOG.md");
    let heading = changelog.lines().find(|line| line.starts_with("## ")).expect("a heading");
    assert!(heading.starts_with(&format!("## {version}")), "CHANGELOG.md begins with {heading}");
    assert!(read("docs/packaging.md").contains(&notes["docs/".len()..]));
}

#[test]
fn generated_pages_are_up_to_date() {
    use prospect::cli;

    for (path, page) in
        [("docs/keys.md", cli::keys_page()), ("docs/criteria.md", cli::criteria_page())]
    {
        if std::env::var_os("PROSPECT_BLESS").is_some() {
            fs::write(root().join(path), &page).expect("a page");
        }
        assert_eq!(
            read(path),
            page,
            "{path} is stale: PROSPECT_BLESS=1 cargo test --locked --test project"
        );
    }
}

/// Where the generated tables stand in `docs/settings.md`.
const TABLES: (&str, &str) = ("<!-- generated from the table of settings -->\n", "<!-- end -->");

#[test]
fn the_tables_of_settings_are_up_to_date() {
    let page = read("docs/settings.md");
    let (before, rest) = page.split_once(TABLES.0).expect("the beginning of the tables");
    let (_, after) = rest.split_once(TABLES.1).expect("the end of the tables");
    let tables = prospect::cli::settings_tables();
    let expected = format!("{before}{}{tables}\n{}{after}", TABLES.0, TABLES.1);
    if std::env::var_os("PROSPECT_BLESS").is_some() {
        fs::write(root().join("docs/settings.md"), &expected).expect("a page");
    }
    assert_eq!(
        read("docs/settings.md"),
        expected,
        "docs/settings.md is stale: PROSPECT_BLESS=1 cargo test --locked --test project"
    );
}

#[test]
fn links_between_documents_lead_somewhere() {
    let documents = fs::read_dir(root().join("docs")).expect("docs").map(|entry| {
        let name = entry.expect("an entry").file_name();
        format!("docs/{}", name.to_string_lossy())
    });
    let documents = documents.filter(|path| path.ends_with(".md"));
    for document in documents.chain(["README.md".to_owned(), "CONTRIBUTING.md".to_owned()]) {
        let text = read(&document);
        let folder = root().join(&document).parent().expect("a folder").to_owned();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let path = link.split('#').next().unwrap_or_default();
            let is_local = !path.is_empty() && !path.contains("://");
            assert!(!is_local || folder.join(path).exists(), "{document} links to {link}");
        }
    }
}

/// The words between backticks in the first column of the tables below a
/// heading.
fn first_column(page: &str, heading: &str) -> Vec<String> {
    let section = page.split(heading).nth(1).unwrap_or_default();
    let cells = section.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).map(str::to_owned).collect()
}

#[test]
fn the_messages_that_are_explained_exist() {
    let page = read("docs/troubleshooting.md");
    // As a person sees them: without escapes, and without line breaks that are
    // only those of the source.
    let broken = |text: &str| {
        let mut parts = text.split("\\\n");
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |text, part| text + part.trim_start()).replace("\\\"", "\"")
    };
    let code: Vec<String> = sources().iter().map(|(_, text)| broken(text)).collect();
    let exists = |words: &str| code.iter().any(|text| text.contains(words));
    let messages = first_column(&page, "## What messages mean");
    assert!(messages.len() > 30, "{messages:?}");
    for message in &messages {
        for words in message.split('…').map(str::trim).filter(|words| !words.is_empty()) {
            assert!(exists(words), "no source says: {words}");
        }
    }
    // Above the tables, what is quoted as a heading.
    for quoted in page.split("**\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        let longest = quoted.split(['…', ',']).max_by_key(|part| part.len()).unwrap_or_default();
        assert!(exists(longest.trim()), "no source says: {longest}");
    }
}

/// What may be called only in some places, and why.
const CONFINED: &[(&str, &[&str], &str)] = &[
    ("Zoned::now", &["cli/global.rs", "tui/runtime.rs"], "the day comes in from outside"),
    ("SystemTime::now", &["regular_file.rs"], "the day comes in from outside"),
    ("process::exit", &[], "main returns an exit code, and everything is put back on the way"),
    ("println!", &[], "a command answers with text; cli/output.rs writes it and minds the pipe"),
    (
        "thread::sleep",
        &["store/load.rs", "store/state.rs"],
        "nothing waits for a while; it waits for something",
    ),
    ("fs::write", &["demo.rs"], "files of the user are written by store/atomic.rs"),
    ("fs::rename", &["store/atomic.rs"], "files of the user are written by store/atomic.rs"),
    ("todo!", &[], "a part is built or it is not there"),
    ("unimplemented!", &[], "a part is built or it is not there"),
];

#[test]
fn effects_stay_where_they_belong() {
    for (name, text) in sources() {
        for (call, places, why) in CONFINED {
            let allowed = places.contains(&name.as_str());
            assert!(allowed || !text.contains(call), "{name} calls {call}: {why}");
        }
    }
}

/// Pictures of the guide: name, keys, size, colours.
const PICTURES: &[(&str, &str, (u16, u16), Theme)] = &[
    ("rank", "", (80, 24), Theme::Calm),
    ("idea", "/cache<enter>", (120, 36), Theme::Calm),
    ("palette", ":change", (80, 24), Theme::Calm),
    ("found", "/status:active<enter>oG<up><up><up><enter>gg", (80, 24), Theme::Dark),
    ("review", "g4n<enter>", (100, 34), Theme::Calm),
    ("review-question", "g4", (80, 24), Theme::Calm),
    ("review-second-look", "g4jjjjj", (80, 24), Theme::Calm),
    ("review-direction", "g4tjj", (100, 24), Theme::Calm),
    ("review-time", "g4G", (110, 26), Theme::Calm),
    ("triage", "g2", (80, 24), Theme::Calm),
    ("triage-pause", "g2yypd1d2ppy", (80, 24), Theme::Calm),
    ("triage-weigh", "g2yppppppp<enter>", (100, 28), Theme::Calm),
    ("triage-list", "g2v<space>j<space>", (80, 24), Theme::Calm),
    ("triage-over", "g2d1pd2pppd3p", (80, 24), Theme::Calm),
    ("duel", "g3", (80, 24), Theme::Calm),
    ("duel-criteria", "g3z", (110, 30), Theme::Calm),
    ("duel-limit", "g3fbet:hot<enter>", (80, 24), Theme::Calm),
    ("duel-result", "g3lllhhhllld", (80, 24), Theme::Calm),
    ("duel-past", "g3pjj", (80, 24), Theme::Calm),
    ("duel-curious", "g3hhhhc", (100, 24), Theme::Calm),
    ("duel-pull", "w", (80, 24), Theme::Calm),
    ("light", "jz", (100, 26), Theme::Light),
    ("filter", "/status:active status:short<enter>Wnow<enter>", (80, 24), Theme::Calm),
    ("note", NOTE, (80, 24), Theme::Calm),
    ("traction", "/cache<enter><enter>xjjjjjjjj", (100, 34), Theme::Calm),
    ("small", "j", (60, 16), Theme::Calm),
    ("large", "jjjj[[", (160, 50), Theme::Calm),
    ("high-contrast", "jz", (80, 20), Theme::HighContrast),
    ("color-blind", "jz", (80, 20), Theme::ColorBlind),
    ("map", "g5jjj", (120, 36), Theme::Calm),
    ("map-moved", "g5<gt><gt>", (100, 26), Theme::Calm),
    ("portfolio", "g5p", (100, 28), Theme::Calm),
    ("taste", "g6jj", (110, 38), Theme::Calm),
    ("taste-adoption", "g6A", (80, 24), Theme::Calm),
    ("practice", "g6[7h", (80, 24), Theme::Calm),
    ("goals", "g4Gkkk", (80, 24), Theme::Calm),
    ("taste-statistics", "g6z", (100, 36), Theme::Calm),
    ("taste-forecasts", "g6]", (80, 24), Theme::Calm),
];

/// Pictures of the demo with the first of its answers only.
const PICTURES_WITH_FEW_DUELS: &[(&str, &str, (u16, u16), Theme)] =
    &[("taste-few", "g6", (80, 24), Theme::Calm)];

/// Duels, with a blank line behind each, that are few.
const FEW_DUELS: usize = 27;

/// A note as it is written.
const NOTE: &str = "/cache<enter>N3h 6 two good seeds out of five<enter><enter>\
                    - the third run forgets the beginning of long documents<enter>\
                    - Tomasz reads the draft on Friday<enter>";

#[test]
fn pictures_are_up_to_date() {
    let duels = read("assets/demo/duels.toml");
    let duels: String = duels.split_inclusive("\n\n").take(FEW_DUELS).collect();
    let plain = PICTURES.iter().map(|picture| (picture, None));
    let with_few = PICTURES_WITH_FEW_DUELS.iter().map(|picture| (picture, Some(&duels)));
    for (&(name, keys, size, theme), duels) in plain.chain(with_few) {
        let folder = tempfile::tempdir().expect("a folder");
        let place = |name: &str| folder.path().join(name);
        demo::unpack(&place("demo")).expect("the demo");
        if let Some(duels) = duels {
            fs::write(place("demo").join("duels.toml"), duels).expect("the duels");
        }
        let options = Options {
            workspace: Some(place("demo")),
            paths: Paths {
                config: place("config.toml"),
                workspace: place("new"),
                state: place("state"),
            },
            settings: Settings { theme: Some(theme), ..Settings::default() },
            as_of: demo::DAY,
            day_stays: true,
            color: true,
            demo: true,
        };
        let picture = tui::replay(options, keys, size).expect("a screen").to_svg();
        let path = format!("docs/pictures/{name}.svg");
        if std::env::var_os("PROSPECT_BLESS").is_some() {
            fs::create_dir_all(root().join("docs/pictures")).expect("a folder");
            fs::write(root().join(&path), &picture).expect("a picture");
        }
        assert!(
            read(&path) == picture,
            "{path} is stale: PROSPECT_BLESS=1 cargo test --locked --test project"
        );
    }
}

/// Pictures of the report: name, and the beginning of what the picture is called.
const FIGURES: &[(&str, &str)] = &[
    ("report-ranking", "Scores and what they may be"),
    ("report-map", "Risk against reward"),
    ("report-traction", "Traction of"),
];

#[test]
fn pictures_of_the_report_are_up_to_date() {
    let folder = tempfile::tempdir().expect("a folder");
    let demo = folder.path().join("demo");
    demo::unpack(&demo).expect("the demo");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_prospect"));
    command.env_clear().env("HOME", folder.path()).args(["--as-of", "2026-11-20", "report"]);
    let output = command.arg(&demo).args(["-o", "-"]).output().expect("a report");
    let page = String::from_utf8(output.stdout).expect("text");
    // By itself a picture is light, in colours that every viewer knows.
    let style = read("assets/report/figure.css");
    let (names, rules) = style.split_once('\n').expect("names of colours");
    let mut rules: String = rules.lines().filter(|line| !line.starts_with('@')).collect();
    for name in names.split(['{', ';', '}']).filter(|name| name.starts_with("--")) {
        let (name, colour) = name.split_once(':').expect("a colour");
        rules = rules.replace(&format!("var({name})"), colour);
    }
    let style = format!(".figure{{font:13px system-ui,sans-serif}}{rules}");
    for (name, title) in FIGURES {
        let mut figures = page.split("<svg ").skip(1);
        let figure = figures.find(|figure| figure.contains(&format!("-t\">{title}")));
        let figure = figure.and_then(|figure| figure.split("</svg>").next()).expect("a figure");
        let ground = "<rect class=\"ground\" width=\"100%\" height=\"100%\"/>";
        let figure =
            figure.replacen("</desc>", &format!("</desc><style>{style}</style>{ground}"), 1);
        let figure = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {figure}</svg>\n");
        let path = format!("docs/pictures/{name}.svg");
        if std::env::var_os("PROSPECT_BLESS").is_some() {
            fs::write(root().join(&path), &figure).expect("a picture");
        }
        assert_eq!(
            read(&path),
            figure,
            "{path} is stale: PROSPECT_BLESS=1 cargo test --locked --test project"
        );
    }
}
