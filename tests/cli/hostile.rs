//! Hostile text in files, names, arguments and the environment: a terminal gets
//! nothing of it that it would obey.

use portable_pty::CommandBuilder;

use crate::support::{BINARY, PtyApp};

/// A title, a colour change, a clear, an 8-bit sequence, an override, a bell.
const HOSTILE: &str = "\x1b]0;PWN\x07\x1b[31m\x1b[2J\u{9b}31m\u{202e}\u{2066}\x08\x7f";

fn workspace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("x{HOSTILE}y");
    let escaped: String = text.chars().map(|c| format!("\\U{:08x}", u32::from(c))).collect();
    let idea = |id: &str, headroom: u8| {
        format!(
            "[[idea]]\nid = \"{id}\"\ntitle = \"{id} {escaped}\"\nsummary = \"{escaped}\"\n\
             tags = [\"{escaped}\"]\nlinks = [\"{escaped}\"]\npeople = [\"{escaped}\"]\n\
             status = \"active\"\n[idea.ratings]\nheadroom = {headroom}\n[idea.case]\n\
             pitch = \"{escaped}\"\n[[idea.log]]\ndate = 2026-02-01\nhours = 3\ntraction = 4\n\
             note = \"{escaped}\"\n[[idea.promise]]\nset = 2026-01-01\nby = 2026-02-02\n\
             claim = \"{escaped}\"\nchance = 0.5\n[[idea.decision]]\ndate = 2026-01-01\n\
             from = \"inbox\"\nto = \"active\"\nwhy = \"{escaped}\"\n\n"
        )
    };
    // U+009B and the override need no escape in TOML: a file can hold them raw.
    let raw = "[[idea]]\nid = \"r\u{9b}\u{202e}\"\ntitle = \"raw \u{9b}31m \u{202e}\"\n";
    let ideas = idea("a", 8) + &idea("b", 3) + raw;
    let settings = format!("[triage]\nlenses = [\"{escaped}\"]\n[filters]\nf = \"{escaped}\"\n");
    std::fs::write(folder.path().join("ideas.toml"), ideas).unwrap();
    std::fs::write(folder.path().join("broken.toml"), format!("[[idea]]\n# {HOSTILE}\nid = 3\n"))
        .unwrap();
    std::fs::write(folder.path().join("prospect.toml"), settings).unwrap();
    std::fs::create_dir(folder.path().join("people")).unwrap();
    let other = folder.path().join(format!("people/ev{HOSTILE}.toml"));
    std::fs::write(other, "[ratings.b]\nheadroom = 1\n[comments]\nb = \"\u{9b}31m\"\n").unwrap();
    std::fs::write(folder.path().join("t.csv"), "Title,Notes\nT\u{9b}31m \x1b[2J,\u{202e}\n")
        .unwrap();
    std::fs::write(folder.path().join("sheet.md"), format!("{HOSTILE}\n")).unwrap();
    folder
}

/// What a terminal would obey, colours and line ends left out.
fn obeyed(bytes: &[u8]) -> Vec<char> {
    let text = String::from_utf8_lossy(bytes);
    let mut rest = text.as_ref();
    let mut found = Vec::new();
    while let Some(c) = rest.chars().next() {
        let color = rest.strip_prefix("\x1b[").and_then(|after| {
            after.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').strip_prefix('m')
        });
        if let Some(after) = color {
            rest = after;
            continue;
        }
        let overrides = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if overrides || (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            found.push(c);
        }
        rest = &rest[c.len_utf8()..];
    }
    found
}

#[test]
fn no_command_lets_a_terminal_obey_text() {
    let folder = workspace();
    let path = folder.path().display().to_string();
    let (sheet, table) = (format!("{path}/sheet.md"), format!("{path}/t.csv"));
    let new = format!("{path}/new{HOSTILE}");
    let commands: Vec<Vec<&str>> = vec![
        vec!["rank", "--why"],
        vec!["rank", "--format", "csv"],
        vec!["rank", "--format", "md"],
        vec!["rank", "--json"],
        vec!["show", "a"],
        vec!["show", "a", "--json"],
        vec!["show", HOSTILE],
        vec!["review"],
        vec!["next"],
        vec!["next", "--line"],
        vec!["why", "a", "b"],
        vec!["robust"],
        vec!["calibration"],
        vec!["duels"],
        vec!["pair"],
        vec!["duel", "a", "b", "--winner", "left"],
        vec!["taste", "--by", HOSTILE],
        vec!["lab"],
        vec!["calendar"],
        vec!["ask"],
        vec!["answers", &sheet, "--from", "mara"],
        vec!["answers", &sheet, "--from", HOSTILE],
        vec!["check"],
        vec!["config"],
        vec!["config", "--json"],
        vec!["paths"],
        vec!["export", "--format", "csv"],
        vec!["export", "--format", "md"],
        vec!["export", "--format", "toml"],
        vec!["export", "--format", "json"],
        vec!["report"],
        vec!["import", &table, "--dry-run"],
        vec!["import", HOSTILE],
        vec!["init", &new],
        vec!["completions", HOSTILE],
        vec!["--color", HOSTILE],
        vec![HOSTILE],
        vec!["set", "a", HOSTILE],
        vec!["set", "a", "title=\u{9b}31m\u{202e}"],
        vec!["log", "--id", "a", "3h", HOSTILE],
        vec!["add", HOSTILE],
        vec!["undo"],
        vec!["--keys", HOSTILE, "--print"],
        vec!["--keys", "j<enter>", "--print"],
    ];
    for arguments in commands {
        let mut command = CommandBuilder::new(BINARY);
        command.args(&arguments);
        command.env("USER", HOSTILE);
        let mut app = PtyApp::start(command, &[("PROSPECT_WORKSPACE", &path)]);
        app.end();
        let found = obeyed(&app.sent);
        let sent = String::from_utf8_lossy(&app.sent);
        assert!(!sent.is_empty() || arguments[0] == "next", "{arguments:?} says nothing");
        assert!(found.is_empty(), "{arguments:?} sends {found:?}: {sent:?}");
    }
    let mut command = CommandBuilder::new(BINARY);
    command.arg("rank");
    let missing = format!("/no/such{HOSTILE}");
    let mut app = PtyApp::start(command, &[("PROSPECT_WORKSPACE", &missing)]);
    app.end();
    assert!(obeyed(&app.sent).is_empty(), "{:?}", String::from_utf8_lossy(&app.sent));
}

#[test]
fn keys_without_a_person_start_no_editor() {
    let folder = workspace();
    let mut command = assert_cmd::Command::new(BINARY);
    command.env_clear().env("HOME", folder.path()).env("EDITOR", "sleep 60");
    command.timeout(std::time::Duration::from_secs(20));
    let output = command.arg(folder.path()).args(["--keys", "e", "--print"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let screen = String::from_utf8(output.stdout).unwrap();
    assert!(!screen.is_empty());
}
