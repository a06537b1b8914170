//! Faults in the files: each is reported with its place, and leaves the rest
//! readable.

use prospect::domain::{Edit, Field, Problem, Severity, Value};
use prospect::store::StoreError;

use crate::support::TestWorkspace;

/// `line:column code`, and what the pointer underlines.
fn places(problems: &[Problem]) -> Vec<String> {
    let place = |problem: &Problem| {
        let start = problem.excerpt.chars().skip(problem.column - 1);
        let marked: String = start.take(problem.width).collect();
        format!("{}:{} {} {marked}", problem.line, problem.column, problem.code)
    };
    problems.iter().map(place).collect()
}

#[track_caller]
fn check(lines: &str, expected: &[&str]) {
    let text = format!(
        "# ä top\r\n[[idea]]\r\ntitle = 'Fine'\r\n\r\n[[idea]]\r\n{lines}\r\n[[idea]]\r\ntitle = 'Last'\r\n"
    );
    let opened = TestWorkspace::with(&text).open();
    assert_eq!(places(&opened.problems), expected);
    let titles: Vec<_> = opened.portfolio.iter().map(|idea| &idea.title).collect();
    assert_eq!(titles, ["Fine", "Last"]);
}

#[test]
fn every_kind_of_fault_has_its_place() {
    check("id = 'x'", &["5:1 missing [[idea]]"]);
    check("title = ''", &["6:9 missing ''"]);
    check("title = 7", &["6:9 wrong-type 7"]);
    check("title = 'B'\r\nstatus = 'activ'", &["7:10 unknown-word 'activ'"]);
    check("title = 'B'\r\nratings.headroom = 11", &["7:20 out-of-range 11"]);
    check(
        "title = 'B'\r\nratings = {'ü' = 1, headroom = nan}",
        &["7:12 unknown-key 'ü'", "7:32 out-of-range nan"],
    );
    check("title = 'B'\r\nratings.headroom = [7, 3]", &["7:20 low-above-high [7, 3]"]);
    check("title = 'B'\r\nratings.headroom = [1, 2, 3]", &["7:20 wrong-type [1, 2, 3]"]);
    check("title = 'B'\r\nratings.headroom = 'high'", &["7:20 wrong-type 'high'"]);
    check("title = 'B'\r\nratings = 3", &["7:11 wrong-type 3"]);
    check("title = 'B'\r\ncreated = 'last May'", &["7:11 wrong-date 'last May'"]);
    check("title = 'B'\r\ncreated = 2026", &["7:11 wrong-type 2026"]);
    check("title = 'B'\r\ncreated = 2026-02-30", &["7:11 syntax 2026-02-30"]);
    check("title = 'B'\r\ntags = 'a, b'", &["7:8 wrong-type 'a, b'"]);
    check(
        "title = 'B'\r\nbet = { kind = 'warm', chance = 30 }",
        &["7:16 unknown-word 'warm'", "7:33 out-of-range 30"],
    );
    check("title = 'B'\r\nbet = { reward = 2, fallback = 5 }", &["7:18 reward-under-fallback 2"]);
    check("title = 'B'\r\n[idea.hindsight]\r\noutcome = 'won'", &["8:11 unknown-word 'won'"]);
    check("title = 'B'\r\n[idea.log]\r\ndate = 2026-01-01", &["7:1 not-a-list [idea.log]"]);
    check(
        "title = 'B'\r\n[[idea.log]]\r\nhours = -1\r\ntraction = 'x'\r\nnote = 3",
        &[
            "7:1 missing [[idea.log]]",
            "8:9 out-of-range -1",
            "9:12 wrong-type 'x'",
            "10:8 wrong-type 3",
        ],
    );
    check(
        "title = 'B'\r\n[[idea.promise]]\r\nby = 2026-01-01",
        &["7:1 empty-promise [[idea.promise]]"],
    );
    check(
        "title = 'B'\r\n[[idea.promise]]\r\nclaim = 'x'\r\nchance = 3\r\nresult = 'keptt'",
        &["7:1 missing [[idea.promise]]", "9:10 out-of-range 3", "10:10 unknown-word 'keptt'"],
    );
    check(
        "title = 'B'\r\n[[idea.decision]]\r\ndate = 2026-01-01\r\nto = 'activ'",
        &["7:1 missing [[idea.decision]]", "9:6 unknown-word 'activ'"],
    );
    check("title = 'B'\r\ntitle = 'C'", &["7:1 syntax title"]);
    check("title = 'B'\r\nstatus = \r\ncreated = 'x'", &["7:10 syntax ", "8:11 wrong-date 'x'"]);
    check("title = 'B", &["6:11 syntax "]);
    check("title = 'B'\r\ntags = ['a'", &["7:12 syntax "]);
}

#[test]
fn messages_say_what_was_expected_and_what_helps() {
    let text = "[[idea]]\ntitle = 'A'\nheadrom = 3\nstatus = 'activ'\n[idea.ratings]\nheadrom = 1\nheadroom = 11\n";
    let opened = TestWorkspace::with(text).open();
    let said: Vec<_> = opened
        .problems
        .iter()
        .map(|problem| (problem.severity, problem.message.as_str(), problem.hint.as_str()))
        .collect();
    assert_eq!(
        said,
        [
            (Severity::Warning, "\"headrom\" means nothing; it is kept", ""),
            (
                Severity::Error,
                "status must be one of inbox, shortlist, active, parked, abandoned, done; found 'activ'",
                "did you mean \"active\"?"
            ),
            (
                Severity::Warning,
                "\"headrom\" means nothing in ratings; it is kept",
                "did you mean \"headroom\"?"
            ),
            (
                Severity::Error,
                "headroom must be a number from 0 to 10, or a range with its lower end first; found 11",
                ""
            ),
        ]
    );
    assert!(opened.problems.iter().all(|problem| problem.idea.as_deref() == Some("A")));
}

#[test]
fn a_broken_idea_is_not_edited_and_its_neighbours_are() {
    let files = TestWorkspace::with(
        "[[idea]]\nid = 'a'\ntitle = 'A'\nstatus = 'x'\n[[idea]]\ntitle = 'B'\n",
    );
    let mut opened = files.open();
    let set = |id: &str| Edit::set(id, Field::From, Some(Value::Text("me".to_owned())));
    opened.edit(&set("b"));
    let inverse = Edit::set("a", Field::From, None);
    let ask = prospect::store::OnConflict::Ask;
    let refused = opened.workspace.commit(&set("a"), &inverse, ask);
    let Err(StoreError::Broken { id, problem }) = refused else { panic!("{refused:?}") };
    assert_eq!((id.as_str(), problem.line, problem.code), ("a", 4, "unknown-word"));
    assert!(files.text().starts_with("[[idea]]\nid = 'a'\ntitle = 'A'\nstatus = 'x'\n[[idea]]"));
}

#[test]
fn a_missing_quote_does_not_swallow_the_ideas_behind_it() {
    let open = "[[idea]]\ntitle = 'Open'\nsummary = \"\"\"\nno end\n\n";
    let more = "[[idea]]\ntitle = 'Plain'\n\n[[idea]]\ntitle = 'Text'\nsummary = \"\"\"\ntext\n\"\"\"\n\n[[idea]]\ntitle = 'Last'\n";
    let opened = TestWorkspace::with(&format!("{open}{more}")).open();
    let titles: Vec<_> = opened.portfolio.iter().map(|idea| &idea.title).collect();
    assert_eq!(titles, ["Plain", "Text", "Last"]);
    assert_eq!(places(&opened.problems), ["3:11 syntax \"\"\""]);
}

#[test]
fn of_two_equal_ids_the_first_counts() {
    let files = TestWorkspace::with_files(&[
        ("a.toml", "[[idea]]\nid = 'x'\ntitle = 'First'\n"),
        (
            "b.toml",
            "\n[[idea]]\nid = 'x'\ntitle = 'Second'\n[[idea]]\nid = 'y'\ntitle = 'Third'\naliases = ['x']\n",
        ),
    ]);
    let opened = files.open();
    assert_eq!(opened.idea("x").title, "First");
    assert_eq!(places(&opened.problems), ["3:1 duplicate-id id", "6:1 alias-taken id"]);
    assert!(opened.problems[0].message.ends_with("a.toml:1"), "{}", opened.problems[0].message);
}

#[test]
fn bytes_that_are_not_utf8_break_only_their_own_idea() {
    let files = TestWorkspace::with_files(&[("other.toml", "[[idea]]\ntitle = 'Other'\n")]);
    let bytes = b"[[idea]]\ntitle = 'A'\n[[idea]]\ntitle = 'B\xff'\n";
    files.write("ideas.toml", bytes);
    let mut opened = files.open();
    assert_eq!(opened.portfolio.ideas().len(), 2);
    assert_eq!(places(&opened.problems), ["4:11 not-utf8 \u{fffd}"]);
    let set = |id: &str| Edit::set(id, Field::From, Some(Value::Text("me".to_owned())));
    let refused = opened.try_edit(&set("a"));
    assert!(matches!(refused, Err(StoreError::Broken { .. })), "{refused:?}");
    opened.edit(&set("other"));
    assert_eq!(std::fs::read(files.file("ideas.toml")).unwrap(), bytes);
}

#[test]
fn a_folder_may_hold_other_toml() {
    let files = TestWorkspace::with_files(&[
        ("Cargo.toml", "[package]\nname = 'x'\n"),
        ("broken.toml", "= = =\n"),
        (".hidden.toml", "[[idea]]\n"),
        ("prospect.toml", "[[idea]]\n"),
        ("duels.toml", "[[idea]]\n"),
        ("deep/ideas.toml", "[[idea]]\n"),
        ("single.toml", "[idea]\ntitle = 'one bracket'\n"),
    ]);
    let opened = files.open();
    assert_eq!(places(&opened.problems), ["1:2 not-a-list idea"]);
    assert!(opened.portfolio.ideas().is_empty());
}

#[test]
fn a_list_is_written_in_one_way() {
    let opened = TestWorkspace::with("idea = [{ title = 'A' }]\n[[idea]]\ntitle = 'B'\n").open();
    assert_eq!(places(&opened.problems), ["1:9 mixed-lists { title = 'A' }"]);
    assert_eq!(opened.portfolio.ideas().len(), 1);
}

#[test]
fn people_are_read_and_their_faults_reported() {
    let files = TestWorkspace::with_files(&[
        ("ideas.toml", "[[idea]]\nid = 'b'\ntitle = 'A'\naliases = ['a']\n"),
        (
            "people/mara.toml",
            "[ratings.a]\nheadroom = [6, 8]\nbeauty = 3\n[ratings.c]\nheadroom = 12\n",
        ),
    ]);
    let opened = files.open();
    let mara = &opened.portfolio.raters()[0];
    assert_eq!(mara.name, "mara");
    assert_eq!(mara.ratings["a"].iter().flatten().count(), 1);
    assert_eq!(
        places(&opened.problems),
        ["3:1 unknown-key beauty", "4:10 unknown-idea c", "5:12 out-of-range 12"]
    );
}

#[test]
fn the_demo_has_no_fault() {
    let demo = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo");
    let state = tempfile::tempdir().unwrap();
    let opened = crate::support::OpenWorkspace::open(&demo, state.path());
    assert_eq!(opened.problems, []);
    assert!(opened.portfolio.ideas().len() > 20);
    assert_eq!(opened.portfolio.raters().len(), 3);
}
