//! Imports in the workbench: what becomes of a list, before and after it is written.

use std::fs;
use std::path::Path;

use insta::assert_snapshot;
use prospect::command::parse_keys;
use prospect::tui::{self, HeadlessApp, Options};

use crate::support::{NARROW, TestWorkspace, WIDE, last_line};

const TABLE: &str = "\
Idea,Notes,Keywords,Stage,URL,Created,Hours,Owner
\"Train on the work log, not only on the answer\",\"The record of work is answers: finished papers.\",\"reasoning, data\",In progress,https://example.org/notes,03/04/2025,,M. Costa
Teach agents when to stop,,agents,Idea,,13/04/2025,,
Surrogates that know when to call the solver,,simulation,Later,,14/04/2025,approx. 3 weeks,
,,,Later,,,,
Sparse heads,,reasoning,Later,,15/04/2025,,
Smaller teachers,,data,,,,,
An index of what failed,,data,,,,,
";

const OPEN: &str = ":import<enter>";

/// A workspace with one idea, and a list beside it.
fn workspace() -> (TestWorkspace, String) {
    let workspace = TestWorkspace::with("[[idea]] # mine\ntitle   = \"Sparse heads\"\n");
    fs::write(workspace.path("list.csv"), TABLE).unwrap();
    let list = workspace.path("list.csv").display().to_string();
    (workspace, list)
}

/// The screen without the folder of this test.
fn screen(workspace: &TestWorkspace, keys: &str, size: (u16, u16)) -> String {
    let options = Options { demo: false, ..workspace.options() };
    let folder = workspace.path("").display().to_string();
    let shown = tui::replay(options, keys, size).unwrap().to_text();
    let (long, short) = (folder.trim_end_matches('/'), "/test");
    // What stands behind it on the line moves.
    let line = |line: &str| match line.contains(long) {
        true => line.replace(long, short).split("  ").collect::<Vec<_>>().join("  "),
        false => line.to_owned(),
    };
    shown.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Every file below a folder with its bytes, but for those that are only state.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.path().is_file() {
            found.push((entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()));
        }
    }
    found.sort();
    found
}

#[test]
fn the_page_says_what_becomes_of_a_list() {
    let (workspace, list) = workspace();
    // Paths of tests are long; the list lies in the current folder of a user.
    let page = |keys: &str, size| {
        let shown = screen(&workspace, &format!("{OPEN}{list}<enter>{keys}"), size);
        let is_path = |line: &&str| line.starts_with(" Import ") || line.contains(" · in ");
        let lines = shown.lines().filter(|line| !is_path(line));
        lines.collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!("import_narrow", page("", NARROW));
    assert_snapshot!("import_wide", page("jjjj", WIDE));
    assert_snapshot!("import_fields", page("jj<enter>", NARROW));
    assert_snapshot!("import_problems", page("!", NARROW));
    assert_snapshot!("import_small", page("G", (60, 16)));
}

#[test]
fn an_import_opens_triage_and_one_undo_takes_all_of_it_back() {
    let (workspace, list) = workspace();
    let before = files(&workspace.folder());
    let done = screen(&workspace, &format!("{OPEN}{list}<enter>y"), NARROW);
    assert!(done.contains("[g2 Triage"), "{done}");
    assert!(last_line(&done).contains("5 imported, 1 changed · u undoes all"), "{done}");
    assert!(workspace.text().contains("train-on-the-work-log-not-only"));
    // A second import through either way changes nothing.
    let after = files(&workspace.folder());
    let again = screen(&workspace, &format!("{OPEN}{list}<enter>"), NARROW);
    assert!(again.contains("nothing new · 6 known and unchanged · 1 skipped"), "{again}");
    assert_eq!(files(&workspace.folder()), after);
    // In another session, as after a restart.
    screen(&workspace, "u", NARROW);
    assert_eq!(files(&workspace.folder()), before);
}

#[test]
fn cancelling_writes_nothing() {
    let (workspace, list) = workspace();
    let before = files(&workspace.folder());
    for keys in
        ["<esc>", "<enter>j<esc><esc>", "<enter>j<enter><esc>", "!<esc><esc>", "q", "o<esc><esc>"]
    {
        let left = screen(&workspace, &format!("{OPEN}{list}<enter>{keys}"), NARROW);
        assert!(last_line(&left).contains("nothing was imported"), "{keys}: {left}");
        assert_eq!(files(&workspace.folder()), before);
    }
}

#[test]
fn a_column_becomes_what_is_chosen() {
    let (workspace, list) = workspace();
    // The owners are those from whom the ideas are.
    let keys = format!("{OPEN}{list}<enter>jjjjjj<enter>j<enter>y");
    screen(&workspace, &keys, NARROW);
    assert!(workspace.text().contains("from = \"M. Costa\""), "{}", workspace.text());
}

#[test]
fn what_is_not_read_is_refused_with_the_way_out() {
    let (workspace, _) = workspace();
    for (name, text, expected) in [
        ("a.opml", "<opml version=\"2.0\"></opml>", "looks like OPML"),
        ("a.xlsx", "PK\u{3}\u{4}", "looks like a spreadsheet"),
        ("a.csv", "", "no idea could be read"),
    ] {
        fs::write(workspace.path(name), text).unwrap();
        let path = workspace.path(name).display().to_string();
        let shown = screen(&workspace, &format!("{OPEN}{path}<enter>"), WIDE);
        assert!(shown.contains(expected) && shown.contains("Nothing was written."), "{shown}");
        assert!(last_line(&shown).contains("o other file"), "{shown}");
    }
    let shown = screen(&workspace, &format!("{OPEN}{}<enter>", "/nowhere/x.csv"), NARROW);
    assert!(shown.contains("there is no file or folder"), "{shown}");
}

#[test]
fn a_path_is_completed_with_the_newest_files() {
    let (workspace, _) = workspace();
    let folder = workspace.path("").display().to_string();
    fs::create_dir(workspace.path("notes")).unwrap();
    fs::write(workspace.path("notes/one.md"), "# One\n\ntext\n").unwrap();
    fs::write(workspace.path("picture.png"), "").unwrap();
    let listed = screen(&workspace, &format!("{OPEN}{folder}"), WIDE);
    assert!(listed.contains("list.csv") && listed.contains("notes/"), "{listed}");
    assert!(!listed.contains("picture.png"), "{listed}");
    let notes = screen(&workspace, &format!("{OPEN}{folder}no<tab>on<tab><enter>"), WIDE);
    assert!(notes.contains("1 new idea"), "{notes}");
}

#[test]
fn from_the_welcome_a_list_becomes_a_workspace() {
    let (workspace, list) = workspace();
    let options = Options { workspace: None, demo: false, ..workspace.options() };
    let press = |keys: &str| tui::replay(options.clone(), keys, NARROW).unwrap().to_text();
    let welcome = press("").replace(&workspace.path("new").display().to_string(), "/test/new");
    assert_snapshot!("welcome", welcome);
    for keys in ["1<esc>", &format!("1{list}<enter><esc>"), "2<esc>"] {
        let back = press(keys);
        assert!(back.contains("Welcome") && !workspace.path("new").exists(), "{keys}: {back}");
    }
    let page = press(&format!("1{list}<enter>"));
    assert!(page.contains("6 new ideas") && !workspace.path("new").exists(), "{page}");
    let done = press(&format!("1{list}<enter>y"));
    assert!(done.contains("6 imported") && done.contains("[g2 Triage"), "{done}");
    let text = fs::read_to_string(workspace.path("new/ideas.toml")).unwrap();
    assert_eq!(text.matches("\n[[idea]]").count(), 6, "{text}");
}

#[test]
fn typed_lines_become_ideas() {
    let (workspace, _) = workspace();
    let options = Options { workspace: None, demo: false, ..workspace.options() };
    let done = tui::replay(options, "2One idea<enter>- Another<enter><c-s>y", NARROW).unwrap();
    assert!(done.to_text().contains("2 imported"), "{}", done.to_text());
}

/// What the workbench shows after `a`, a paste and some keys.
fn pasted(workspace: &TestWorkspace, text: &str, keys: &str) -> String {
    let options = Options { demo: false, ..workspace.options() };
    let mut app = HeadlessApp::open(options, NARROW).unwrap();
    let press = |app: &mut HeadlessApp, keys: &str| {
        for key in parse_keys(keys).unwrap() {
            app.press(key);
            app.run_until_idle();
        }
    };
    press(&mut app, "a");
    app.paste(text);
    app.run_until_idle();
    press(&mut app, keys);
    app.screen().to_text()
}

#[test]
fn a_list_that_is_pasted_is_as_many_ideas() {
    let (workspace, _) = workspace();
    let before = workspace.text();
    let page = pasted(&workspace, "- Probe the tokenizer #nlp\r- [x] Smaller teachers\r", "");
    assert!(page.contains("what you pasted") && page.contains("2 new ideas"), "{page}");
    let lines = "Probe the tokenizer, and why\nSmaller teachers, really\nA third, at last\n";
    let page = pasted(&workspace, lines, "");
    assert!(page.contains("3 new ideas"), "{page}");
    assert_eq!(workspace.text(), before);
    let done = pasted(&workspace, lines, "y");
    assert!(done.contains("3 imported"), "{done}");
    assert!(workspace.text().contains("title = \"A third, at last\""));
    // One line stays an idea.
    let one = pasted(&workspace, "\nOnly one\n", "<enter>");
    assert!(!one.contains("Import") && workspace.text().contains("title = \"Only one\""), "{one}");
}

#[test]
fn the_import_page_is_ascii_where_only_that_is_wanted() {
    let (workspace, list) = workspace();
    for size in [NARROW, (160, 50)] {
        for keys in ["", "<enter>", "jj<enter>", "!", "GG", "?"] {
            let mut options = Options { demo: false, ..workspace.options() };
            options.settings.ascii = true;
            let keys = format!("{OPEN}{list}<enter>{keys}");
            let shown = tui::replay(options, &keys, size).unwrap().to_text();
            let other: String = shown.chars().filter(|c| !c.is_ascii()).collect();
            assert!(other.is_empty(), "{keys} at {size:?} shows {other}:\n{shown}");
        }
    }
}

#[test]
fn the_mouse_chooses_a_column_its_field_and_the_keys() {
    let (workspace, list) = workspace();
    let options = Options { demo: false, ..workspace.options() };
    let mut app = HeadlessApp::open(options, NARROW).unwrap();
    for key in parse_keys(&format!("{OPEN}{list}<enter>")).unwrap() {
        app.run_until_idle();
        app.press(key);
    }
    app.run_until_idle();
    let click = |app: &mut HeadlessApp, text: &str| {
        let shown = app.screen().to_text();
        let row = shown
            .lines()
            .position(|line| line.contains(text))
            .unwrap_or_else(|| panic!("{text}: {shown}"));
        let line = shown.lines().nth(row).unwrap();
        let column = line[..line.find(text).unwrap()].chars().count();
        app.click(u16::try_from(column).unwrap(), u16::try_from(row).unwrap());
        app.run_until_idle();
        app.screen().to_text()
    };
    let marked = click(&mut app, "Keywords");
    assert!(marked.lines().any(|line| line.starts_with("▸  Keywords")), "{marked}");
    let menu = click(&mut app, "Keywords");
    assert!(menu.contains("Keywords becomes"), "{menu}");
    click(&mut app, "(not used)");
    let problems = click(&mut app, "! problems");
    assert!(problems.contains("things to look at"), "{problems}");
    click(&mut app, "Esc back");
    let left = click(&mut app, "Esc cancel");
    assert!(left.contains("nothing was imported"), "{left}");
}
