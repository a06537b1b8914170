//! Import and export: what comes in, what it says, and that nothing is lost.

use crate::bench::{Bench, TWO};

const PAPERS: &str = "\
id,Title,Abstract,Keywords,Impact,Added
17,Small teachers,They pick the data.,\"data, cost\",7,2024-03-01
18,Ask the solver,,tools,4,2024-04-01
19,,,nothing,,
";

fn write(bench: &Bench, name: &str, text: &str) {
    let path = bench.path().join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

#[test]
fn a_table_is_guessed_shown_and_taken_in() {
    let bench = Bench::with(TWO);
    write(&bench, "papers.csv", PAPERS);
    let ran = bench.run(&["import", "papers.csv", "--map", "impact=ratings.headroom"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, "2 ideas added, 0 updated, 0 unchanged\n"));
    for said in [
        "papers.csv, read as CSV: 3 rows",
        "Abstract  → summary  (1 row)",
        "Impact    → ratings.headroom  (2 rows)",
        "papers.csv:4: no title, and no text to make one of",
    ] {
        assert!(ran.stderr.contains(said), "{said}: {}", ran.stderr);
    }
    assert!(bench.text().starts_with(TWO), "{}", bench.text());
    let idea = bench.json(&["show", "small-teachers", "--json"]);
    assert_eq!(idea["tags"], serde_json::json!(["data", "cost"]));
    assert_eq!(
        (&idea["created"], &idea["ratings"]["headroom"]),
        (&"2024-03-01".into(), &7.0.into())
    );
    assert_eq!(idea["imported"], "papers.csv#17");

    // Once more changes nothing, and one step takes all of it back.
    let text = bench.text();
    let again = bench.ok(&["import", "papers.csv", "--map", "Impact=ratings.headroom"]);
    assert_eq!(again, "0 ideas added, 0 updated, 2 unchanged\n");
    assert_eq!(bench.text(), text);
    assert_eq!(bench.ok(&["undo"]), "undid: added small-teachers and 1 more\n");
    assert_eq!(bench.text(), TWO);
}

#[test]
fn what_was_edited_here_is_kept_and_what_changed_there_is_taken() {
    let bench = Bench::with(TWO);
    write(&bench, "papers.csv", PAPERS);
    bench.ok(&["import", "papers.csv"]);
    bench.ok(&["set", "small-teachers", "title=My teachers"]);
    let changed = PAPERS.replace("Small teachers", "Tiny teachers").replace("They pick", "We pick");
    write(&bench, "papers.csv", &changed);
    let ran = bench.run(&["import", "papers.csv"]);
    assert_eq!(ran.stdout, "0 ideas added, 1 updated, 1 unchanged, 1 field left as edited here\n");
    let kept = "papers.csv:2: title of small-teachers stays; the source has: Tiny teachers";
    assert!(ran.stderr.contains(kept), "{}", ran.stderr);
    let idea = bench.json(&["show", "small-teachers", "--json"]);
    assert_eq!(
        (&idea["title"], &idea["summary"]),
        (&"My teachers".into(), &"We pick the data.".into())
    );
}

#[test]
fn a_dry_run_prints_what_would_be_written_and_writes_nothing() {
    let bench = Bench::empty();
    write(&bench, "papers.csv", PAPERS);
    let ran = bench.run(&["import", "papers.csv", "--to", "new", "--dry-run"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(!bench.path().join("new").exists());
    // What is printed is a workspace.
    write(&bench, "printed.toml", &ran.stdout);
    bench.ok(&["import", "papers.csv", "--to", "new"]);
    let of = |path: &str| bench.json(&["rank", path, "--json"])["ideas"].clone();
    assert_eq!(of("printed.toml"), of("new"));
}

#[test]
fn markdown_notes_json_and_toml_are_taken_in() {
    let bench = Bench::with(TWO);
    write(&bench, "list.md", "# Later\n- [ ] One thing\n  with text\n- [x] Another thing\n");
    write(&bench, "notes/a.md", "---\ntags: [x]\nmore: {a: b}\n---\n# A note\nText.\n");
    write(&bench, "notes/b.md", "Only text.\n");
    write(&bench, "more.jsonl", "{\"name\": \"From a line\"}\n{\"name\": }\n");
    write(&bench, "groups.toml", "[[group]]\nname = \"A group\"\nhref = \"https://example.org\"\n");
    for (file, added) in [("list.md", 2), ("notes", 2), ("more.jsonl", 1), ("groups.toml", 1)] {
        let ran = bench.run(&["import", file]);
        assert!(ran.stdout.starts_with(&format!("{added} idea")), "{file}: {}", ran.stderr);
        let fault = match file {
            "notes" => "a.md:3: more: only texts",
            "more.jsonl" => "more.jsonl:2: column 10: expected value",
            _ => "",
        };
        assert!(ran.stderr.contains(fault), "{file}: {}", ran.stderr);
    }
    let show = |id: &str| bench.json(&["show", id, "--json"]);
    assert_eq!(show("one-thing")["summary"], "with text");
    assert_eq!(show("another-thing")["status"], "done");
    assert_eq!(show("a-note")["tags"], serde_json::json!(["x"]));
    assert_eq!(show("b")["summary"], "Only text.");
    assert_eq!(show("a-group")["links"], serde_json::json!(["https://example.org"]));
}

#[test]
fn a_workspace_comes_in_whole() {
    let bench = Bench::with(TWO);
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo");
    bench.ok(&["import", demo, "--to", "copy"]);
    let exported = |path: &str| bench.json(&["export", path])["ideas"].clone();
    assert_eq!(exported(demo), exported("copy"));
    let again = bench.ok(&["import", demo, "--to", "copy"]);
    assert_eq!(again, "0 ideas added, 0 updated, 27 unchanged\n");
    // An id that is another idea's gets another one, and is known again.
    write(&bench, "other.toml", "[[idea]]\nid = \"narrow\"\ntitle = \"Something else\"\n");
    bench.ok(&["import", "other.toml"]);
    assert_eq!(bench.json(&["show", "narrow-2", "--json"])["imported"], "other.toml#narrow");
    assert_eq!(bench.ok(&["import", "other.toml"]), "0 ideas added, 0 updated, 1 unchanged\n");
    let ran = bench.run(&["import", "ideas"]);
    assert_eq!(ran.code, 2, "a workspace into itself: {}", ran.stderr);
}

#[test]
fn what_makes_no_sense_is_refused_with_its_place() {
    let bench = Bench::empty();
    write(&bench, "bad.json", "[\n {\"title\": \"A\"},\n {\"title\": }\n]");
    write(&bench, "bad.csv", "title\n");
    std::fs::write(bench.path().join("latin.csv"), b"title\nGr\xfc\xdfe\n").unwrap();
    for (arguments, said) in [
        (&["import", "bad.json"][..], "bad.json:3: column 12: expected value"),
        (&["import", "bad.csv"], "no idea could be read from bad.csv"),
        (&["import", "latin.csv"], "latin.csv:2:3"),
        (&["import", "none.csv"], "there is no file or folder"),
        (&["import", "bad.csv", "--map", "title"], "is not COLUMN=FIELD"),
        (&["import", "bad.csv", "--map", "title=titel"], "did you mean \"title\""),
    ] {
        let ran = bench.run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(said), "{arguments:?}: {}", ran.stderr);
        assert!(!bench.workspace().exists(), "nothing is created for nothing");
    }
}

#[test]
fn exports_say_the_same_as_the_workspace() {
    let bench = Bench::empty();
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo");
    // Flags differ: what other people said stays in people/.
    let ranked = |path: &str| {
        let ideas = bench.json(&["rank", path, "--json", "--status", "all"])["ideas"].clone();
        let of = |idea: &serde_json::Value| {
            ["rank", "id", "title", "status", "score", "low", "high"].map(|key| idea[key].clone())
        };
        ideas.as_array().unwrap().iter().map(of).collect::<Vec<_>>()
    };
    write(&bench, "all/ideas.toml", &bench.ok(&["export", demo, "--format", "toml"]));
    let settings = std::fs::read_to_string(format!("{demo}/prospect.toml")).unwrap();
    write(&bench, "all/prospect.toml", &settings);
    assert_eq!(ranked("all"), ranked(demo));

    write(&bench, "all.json", &bench.ok(&["export", demo, "--format", "json"]));
    bench.ok(&["import", "all.json", "--to", "again"]);
    let exported = |path: &str| bench.json(&["export", path])["ideas"].clone();
    assert_eq!(exported("again"), exported(demo));

    let markdown = bench.ok(&["export", demo, "--format", "md"]);
    assert_eq!(markdown.matches("\n## ").count(), 27);
    let csv = bench.ok(&["export", demo, "--format", "csv"]);
    assert!(csv.starts_with("id,title,summary,tags,links,"), "{csv}");
    write(&bench, "all.csv", &csv);
    bench.ok(&["import", "all.csv", "--to", "table"]);
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
    let bench = Bench::with("[[idea]]\ntitle = \"=cmd|' /C calc'!A0\"\nsummary = \"a\\nb\"\n");
    let csv = bench.ok(&["export", "--format", "csv"]);
    assert!(csv.contains("'=cmd|' /C calc'!A0,\"a\nb\""), "{csv}");
}
