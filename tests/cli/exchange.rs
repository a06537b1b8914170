//! Import and export: what comes in, what it says, and that nothing is lost.

use crate::support::{TWO, TestWorkspace};

const PAPERS: &str = "\
id,Title,Abstract,Keywords,Impact,Added
17,Small teachers,They pick the data.,\"data, cost\",7,2024-03-01
18,Ask the solver,,tools,4,2024-04-01
19,,,nothing,,
";

fn write(workspace: &TestWorkspace, name: &str, text: &str) {
    let path = workspace.home().join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

#[test]
fn a_table_is_guessed_shown_and_taken_in() {
    let workspace = TestWorkspace::with(TWO);
    write(&workspace, "papers.csv", PAPERS);
    let ran = workspace.run(&["import", "papers.csv", "--map", "impact=ratings.headroom"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, "2 ideas added, 0 updated, 0 unchanged\n"));
    for said in [
        "papers.csv, read as CSV: 3 rows",
        "Abstract  → summary  (1 row)",
        "Impact    → ratings.headroom  (2 rows)",
        "papers.csv:4: no title, and no text to make one of",
    ] {
        assert!(ran.stderr.contains(said), "{said}: {}", ran.stderr);
    }
    assert!(workspace.text().starts_with(TWO), "{}", workspace.text());
    let idea = workspace.json(&["show", "small-teachers", "--json"]);
    assert_eq!(idea["tags"], serde_json::json!(["data", "cost"]));
    assert_eq!(
        (&idea["created"], &idea["ratings"]["headroom"]),
        (&"2024-03-01".into(), &7.0.into())
    );
    assert_eq!(idea["imported"], "papers.csv#17");

    // Once more changes nothing, and one step takes all of it back.
    let text = workspace.text();
    let again = workspace.ok(&["import", "papers.csv", "--map", "Impact=ratings.headroom"]);
    assert_eq!(again, "0 ideas added, 0 updated, 2 unchanged\n");
    assert_eq!(workspace.text(), text);
    assert_eq!(workspace.ok(&["undo"]), "Undone: added small-teachers, and 1 more\n");
    assert_eq!(workspace.text(), TWO);
}

#[test]
fn what_was_edited_here_is_kept_and_what_changed_there_is_taken() {
    let workspace = TestWorkspace::with(TWO);
    write(&workspace, "papers.csv", PAPERS);
    workspace.ok(&["import", "papers.csv"]);
    workspace.ok(&["set", "small-teachers", "title=My teachers"]);
    let changed = PAPERS.replace("Small teachers", "Tiny teachers").replace("data, cost", "data");
    write(&workspace, "papers.csv", &changed);
    let ran = workspace.run(&["import", "papers.csv"]);
    assert_eq!(ran.stdout, "0 ideas added, 1 updated, 1 unchanged, 1 field left as edited here\n");
    let kept = "papers.csv:2: title of small-teachers stays; the source has: Tiny teachers";
    assert!(ran.stderr.contains(kept), "{}", ran.stderr);
    let idea = workspace.json(&["show", "small-teachers", "--json"]);
    assert_eq!(
        (&idea["title"], &idea["tags"]),
        (&"My teachers".into(), &serde_json::json!(["data"]))
    );
    // Another title and another text: another idea, whatever its number.
    let other = changed.replace("Ask the solver,,", "Ask the crowd,They vote.,");
    write(&workspace, "papers.csv", &other);
    let ran = workspace.run(&["import", "papers.csv"]);
    assert!(ran.stdout.starts_with("1 idea added, 0 updated, 1 unchanged"), "{}", ran.stdout);
    assert!(
        ran.stderr.contains("papers.csv:3: \"18\" was ask-the-solver before"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_dry_run_prints_what_would_be_written_and_writes_nothing() {
    let workspace = TestWorkspace::empty();
    write(&workspace, "papers.csv", PAPERS);
    let ran = workspace.run(&["import", "papers.csv", "--to", "new", "--dry-run"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(!workspace.path("new").exists());
    // What is printed is a workspace.
    write(&workspace, "printed.toml", &ran.stdout);
    workspace.ok(&["import", "papers.csv", "--to", "new"]);
    let of = |path: &str| workspace.json(&["rank", path, "--json"])["ideas"].clone();
    assert_eq!(of("printed.toml"), of("new"));
}

#[test]
fn markdown_notes_json_and_toml_are_taken_in() {
    let workspace = TestWorkspace::with(TWO);
    write(&workspace, "list.md", "# Later\n- [ ] One thing\n  with text\n- [x] Another thing\n");
    write(&workspace, "notes/a.md", "---\ntags: [x]\nmore: {a: b}\n---\n# A note\nText.\n");
    write(&workspace, "notes/b.md", "Only text.\n");
    write(&workspace, "more.jsonl", "{\"name\": \"From a line\"}\n{\"name\": }\n");
    write(
        &workspace,
        "groups.toml",
        "[[group]]\nname = \"A group\"\nhref = \"https://example.org\"\n",
    );
    for (file, added) in [("list.md", 2), ("notes", 2), ("more.jsonl", 1), ("groups.toml", 1)] {
        let ran = workspace.run(&["import", file]);
        assert!(ran.stdout.starts_with(&format!("{added} idea")), "{file}: {}", ran.stderr);
        let fault = match file {
            "notes" => "a.md:3: more: only texts",
            "more.jsonl" => "more.jsonl:2: column 10: expected value",
            _ => "",
        };
        assert!(ran.stderr.contains(fault), "{file}: {}", ran.stderr);
    }
    let show = |id: &str| workspace.json(&["show", id, "--json"]);
    assert_eq!(show("one-thing")["summary"], "with text");
    assert_eq!(show("another-thing")["status"], "done");
    assert_eq!(show("a-note")["tags"], serde_json::json!(["x"]));
    assert_eq!(show("b")["summary"], "Only text.");
    assert_eq!(show("a-group")["links"], serde_json::json!(["https://example.org"]));
}

#[test]
fn a_workspace_comes_in_whole() {
    let workspace = TestWorkspace::with(TWO);
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo");
    workspace.ok(&["import", demo, "--to", "copy"]);
    let exported = |path: &str| workspace.json(&["export", path])["ideas"].clone();
    assert_eq!(exported(demo), exported("copy"));
    let again = workspace.ok(&["import", demo, "--to", "copy"]);
    assert_eq!(again, "0 ideas added, 0 updated, 27 unchanged\n");
    // An id that is another idea's gets another one, and is known again.
    write(&workspace, "other.toml", "[[idea]]\nid = \"narrow\"\ntitle = \"Something else\"\n");
    workspace.ok(&["import", "other.toml"]);
    assert_eq!(workspace.json(&["show", "narrow-2", "--json"])["imported"], "other.toml#narrow");
    assert_eq!(workspace.ok(&["import", "other.toml"]), "0 ideas added, 0 updated, 1 unchanged\n");
    let ran = workspace.run(&["import", "ideas"]);
    assert_eq!(ran.code, 2, "a workspace into itself: {}", ran.stderr);
}

#[test]
fn what_makes_no_sense_is_refused_with_its_place() {
    let workspace = TestWorkspace::empty();
    write(&workspace, "bad.json", "[\n {\"title\": \"A\"},\n {\"title\": }\n]");
    write(&workspace, "bad.csv", "title\n");
    std::fs::write(workspace.path("latin.csv"), b"title\nGr\xfc\xdfe\n").unwrap();
    for (arguments, said) in [
        (&["import", "bad.json"][..], "bad.json:3: column 12: expected value"),
        (&["import", "bad.csv"], "no idea could be read from bad.csv"),
        (&["import", "latin.csv"], "latin.csv:2:3"),
        (&["import", "none.csv"], "there is no file or folder"),
        (&["import", "bad.csv", "--map", "title"], "is not COLUMN=FIELD"),
        (&["import", "bad.csv", "--map", "title=titel"], "did you mean \"title\""),
    ] {
        let ran = workspace.run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(said), "{arguments:?}: {}", ran.stderr);
        assert!(!workspace.folder().exists(), "nothing is created for nothing");
    }
}

#[test]
fn exports_say_the_same_as_the_workspace() {
    let workspace = TestWorkspace::empty();
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo");
    // Flags differ: what other people said stays in people/.
    let ranked = |path: &str| {
        let ideas = workspace.json(&["rank", path, "--json", "--status", "all"])["ideas"].clone();
        let of = |idea: &serde_json::Value| {
            ["rank", "id", "title", "status", "score", "low", "high"].map(|key| idea[key].clone())
        };
        ideas.as_array().unwrap().iter().map(of).collect::<Vec<_>>()
    };
    write(&workspace, "all/ideas.toml", &workspace.ok(&["export", demo, "--format", "toml"]));
    let settings = std::fs::read_to_string(format!("{demo}/prospect.toml")).unwrap();
    write(&workspace, "all/prospect.toml", &settings);
    assert_eq!(ranked("all"), ranked(demo));

    write(&workspace, "all.json", &workspace.ok(&["export", demo, "--format", "json"]));
    workspace.ok(&["import", "all.json", "--to", "again"]);
    let exported = |path: &str| workspace.json(&["export", path])["ideas"].clone();
    assert_eq!(exported("again"), exported(demo));

    let markdown = workspace.ok(&["export", demo, "--format", "md"]);
    assert_eq!(markdown.matches("\n## ").count(), 27);
    let csv = workspace.ok(&["export", demo, "--format", "csv"]);
    assert!(csv.starts_with("id,title,summary,tags,links,"), "{csv}");
    write(&workspace, "all.csv", &csv);
    workspace.ok(&["import", "all.csv", "--to", "table"]);
    let ids = |ideas: serde_json::Value| {
        let ids = ideas
            .as_array()
            .unwrap()
            .iter()
            .map(|idea| (idea["id"].to_string(), idea["ratings"].clone()));
        ids.collect::<Vec<_>>()
    };
    assert_eq!(ids(exported("table")), ids(exported(demo)));
}

#[test]
fn a_formula_leaves_disarmed() {
    let workspace =
        TestWorkspace::with("[[idea]]\ntitle = \"=cmd|' /C calc'!A0\"\nsummary = \"a\\nb\"\n");
    let csv = workspace.ok(&["export", "--format", "csv"]);
    assert!(csv.contains("'=cmd|' /C calc'!A0,\"a\nb\""), "{csv}");
}

/// A title that a page, a picture and a table could stumble over.
const NASTY: &str = r#"<script>alert('x')</script> ]]> \u001b[31m \u202e | "quoted" & שלום"#;

fn nasty() -> String {
    let title = NASTY.replace('"', "\\\"");
    let ratings = "simplicity = 9\ngenerality = 8\nlongevity = 8\nheadroom = 2\nstrategy = 8\n";
    format!(
        "[[idea]]\ntitle = \"{title}\"\nstatus = \"active\"\n[idea.ratings]\n{ratings}\
         [[idea.log]]\ndate = 2026-02-01\nhours = 5\ntraction = 3\n\
         [[idea.promise]]\nby = 2026-02-20\nclaim = \"{title}\"\n"
    )
}

/// The report of the demo on its day.
fn report_of_demo(format: &str) -> String {
    let home = tempfile::tempdir().unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_prospect"));
    command.env_clear().env("HOME", home.path()).args(["--as-of", "2026-11-20", "report"]);
    command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo"));
    let output = command.args(["-o", "-", "--format", format]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_report_is_one_page_without_network_or_script() {
    let page = report_of_demo("html");
    assert_eq!(page, report_of_demo("html"), "the same every time");
    for part in [
        "<!DOCTYPE html>",
        "<html lang=\"en\">",
        "class=\"skip\"",
        "prefers-color-scheme:dark",
        "@media print",
        "What needs a decision",
        "The ranking",
        "How the best scores come about",
        "Risk and reward",
        "Traction of what is being worked on",
        "What the duels say",
        "How sure the ranking is",
        "How far forecasts and choices can be trusted",
        "<th scope=\"col\"",
        "<th scope=\"row\"",
    ] {
        assert!(page.contains(part), "{part}");
    }
    for part in ["<script", "http:", "https:", "src=", "@import", "url("] {
        assert!(!page.contains(part), "{part}");
    }
    let count = |part: &str| page.matches(part).count();
    assert!(count("<svg ") > 10);
    assert_eq!(count("<svg "), count("role=\"img\""));
    assert_eq!(count("<svg "), count("<desc "));
    for (open, close) in [("<section", "</section>"), ("<table", "</table>"), ("<svg", "</svg>")] {
        assert_eq!(count(open), count(close), "{open}");
    }
    let text = report_of_demo("md");
    assert_eq!(text.matches("\n## ").count(), page.matches("<h2 ").count());
}

#[test]
fn no_text_of_the_files_is_markup_in_a_report() {
    let workspace = TestWorkspace::with(&nasty());
    let page = workspace.ok(&["report", "-o", "-"]);
    assert!(page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; ]]&gt; ␛[31m � |"));
    assert!(!page.contains("<script") && !page.contains('\u{1b}') && !page.contains('\u{202e}'));
    assert!(page.contains("<bdi>"), "what may run from right to left stands by itself");
    let text = workspace.ok(&["report", "-o", "-", "--format", "md"]);
    assert!(text.contains(r"\<script\>") && !text.contains('\u{1b}'), "{text}");
    let row = text.lines().find(|line| line.starts_with("| 1 |")).unwrap();
    assert_eq!(row.replace(r"\|", "").matches('|').count(), 8, "{row}");
}

#[test]
fn a_report_replaces_nothing_but_a_report() {
    let workspace = TestWorkspace::with(TWO);
    assert_eq!(workspace.ok(&["report", "-o", "r.html"]), "wrote r.html\n");
    assert_eq!(workspace.ok(&["report", "-o", "r.html"]), "wrote r.html\n");
    workspace.ok(&["report", "-o", "r.md"]);
    workspace.ok(&["report", "-o", "r.md"]);
    write(&workspace, "mine.md", "# My notes\n");
    let ran = workspace.run(&["report", "-o", "mine.md"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(ran.stderr.contains("no report"), "{}", ran.stderr);
    assert_eq!(std::fs::read_to_string(workspace.path("mine.md")).unwrap(), "# My notes\n");
    let ran = workspace.run(&["report", "-o", "r.pdf"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    // Nothing rated, nothing logged: still a page.
    let empty = TestWorkspace::with("[[idea]]\ntitle = \"A\"\n");
    assert!(empty.ok(&["report", "-o", "-"]).contains("Nothing is rated yet"));
}
