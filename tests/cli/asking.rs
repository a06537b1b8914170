//! Asking others: a sheet out, answers in, a page for the meeting.

use std::fs;
use std::path::Path;

use crate::support::{TWO, TestWorkspace};

#[test]
fn a_sheet_goes_out_without_numbers_and_its_answers_come_back() {
    let workspace = TestWorkspace::with(TWO);
    let sheet = workspace.ok(&["ask", "--full", "narrow"]);
    let start = sheet.find("What would you start this month?").unwrap();
    assert!(start < sheet.find("A narrow topic").unwrap(), "{sheet}");
    assert!(!sheet.contains('9') || !sheet.contains("simplicity: 9"), "{sheet}");
    let filled = sheet
        .replacen("\n- \n", "\n- Weigh the moon\n", 1)
        .replacen("headroom:", "headroom: 9", 1)
        .replacen("simplicity:", "simplicity: x", 1);
    fs::write(workspace.path("reply.md"), filled).unwrap();
    let before = workspace.text();
    let ran = workspace.run(&["answers", "reply.md", "--from", "mara"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("1 idea added to people/mara.toml"), "{}", ran.stdout);
    assert!(ran.stdout.contains("1 new idea in your inbox"), "{}", ran.stdout);
    assert!(ran.stderr.contains("line "), "{}", ran.stderr);
    let folder = workspace.ideas_file().parent().unwrap().to_owned();
    let people = fs::read_to_string(folder.join("people/mara.toml")).unwrap();
    assert!(people.contains("[ratings.narrow]") && people.contains("headroom = 9"), "{people}");
    assert!(workspace.text().contains("from = \"mara\""), "{}", workspace.text());
    let page = workspace.ok(&["lab"]);
    assert!(page.contains("It hangs on headroom"), "{page}");
    let undone = workspace.ok(&["undo"]);
    assert!(undone.contains("answers of mara on narrow"), "{undone}");
    assert_eq!(workspace.text(), before);
    assert!(!folder.join("people").exists());
    workspace.ok(&["redo"]);
    assert_eq!(fs::read_to_string(folder.join("people/mara.toml")).unwrap(), people);
}

#[test]
fn earlier_answers_stay() {
    let workspace = TestWorkspace::with(TWO);
    let reply = workspace.path("reply.md");
    let answer = |value: &str| {
        let sheet = workspace.ok(&["ask", "--full", "narrow"]);
        fs::write(&reply, sheet.replacen("headroom:", &format!("headroom: {value}"), 1)).unwrap();
        workspace.ok(&["answers", "reply.md", "--from", "mara"])
    };
    answer("9");
    assert!(answer("3").contains("left as it was: narrow"));
    let folder = workspace.ideas_file().parent().unwrap().to_owned();
    let people = fs::read_to_string(folder.join("people/mara.toml")).unwrap();
    assert!(people.contains("headroom = 9") && !people.contains("headroom = 3"), "{people}");
}

#[test]
fn a_sheet_of_one_minute_goes_out_and_comes_back_with_typing_errors() {
    let workspace = TestWorkspace::with(TWO);
    let sheet = workspace.ok(&["ask", "narrow", "open-question"]);
    assert!(sheet.starts_with("Which of these would you start?"), "{sheet}");
    assert!(!sheet.contains("simplicity"), "{sheet}");
    let filled = sheet
        .replacen("\n>\n", "\n> Weigh the moon\n", 1)
        .replacen("[ ] open-q", "[x opn-q", 1)
        .replacen("[ ] narrow", "- [ ] narrow", 1)
        .replacen("done:", "done: \u{1b}[2Jtaken, see the talk", 1);
    fs::write(workspace.path("reply.txt"), format!("{filled}\nCheers\n")).unwrap();
    let before = workspace.text();
    let ran = workspace.run(&["answers", "reply.txt", "--from", "lee"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let first = "Lee: 1 excited, 1 crossed out, 1 comment; the first answer is kept too.\n";
    assert!(ran.stdout.starts_with(first), "{}", ran.stdout);
    assert!(ran.stdout.contains("read as ticked"), "{}", ran.stdout);
    assert!(ran.stdout.contains("Written: people/lee.toml"), "{}", ran.stdout);
    assert!(ran.stderr.contains("\"Cheers\": it is not about an idea"), "{}", ran.stderr);
    let folder = workspace.ideas_file().parent().unwrap().to_owned();
    let people = fs::read_to_string(folder.join("people/lee.toml")).unwrap();
    let expected =
        "[hopeless]\nnarrow = \"[2Jtaken, see the talk\"\n\n[excited]\nopen-question = true\n";
    assert!(people == expected, "{people}");
    let again = workspace.ok(&["answers", "reply.txt", "--from", "lee"]);
    assert!(!again.contains("Written"), "{again}");
    let shown = workspace.ok(&["show", "open-question"]);
    assert!(shown.contains("People") && shown.contains("Lee is drawn to it."), "{shown}");
    let lab = workspace.ok(&["lab"]);
    assert!(lab.contains("## What others say\n\n- **An open question**. Lee is drawn"), "{lab}");
    workspace.ok(&["report", "-o", "report.md"]);
    let report = fs::read_to_string(workspace.path("report.md")).unwrap();
    assert!(report.contains("What others say"), "{report}");
    let others = workspace.json(&["show", "narrow", "--json"])["others"][0].clone();
    assert_eq!((&others["name"], &others["excited"]), (&"Lee".into(), &false.into()));
    workspace.ok(&["undo"]);
    workspace.ok(&["undo"]);
    assert_eq!(workspace.text(), before);
    assert!(!folder.join("people").exists());
}

#[test]
fn a_script_answers_as_one_rater() {
    let workspace = TestWorkspace::with(TWO);
    let mut sheet = workspace.json(&["ask", "--full", "--json", "narrow", "open-question"]);
    assert_eq!(sheet["criteria"][0]["id"], "simplicity");
    assert!(sheet["ideas"][0]["ratings"]["headroom"].is_null());
    sheet["ideas"][0]["ratings"]["headroom"] = serde_json::json!([6, 8]);
    sheet["ideas"][0]["comment"] = "measured before".into();
    sheet["ideas"][1]["excited"] = true.into();
    sheet["ideas"][1]["why"] = "no such key".into();
    sheet["start"] = serde_json::json!(["A gauge for the solver"]);
    let mut command = workspace.command();
    let ran = command.args(["answers", "--from", "model"]).write_stdin(sheet.to_string());
    let ran = ran.output().unwrap();
    assert!(ran.status.success());
    let (out, said) =
        (String::from_utf8(ran.stdout).unwrap(), String::from_utf8(ran.stderr).unwrap());
    assert!(out.contains("1 excited, 0 crossed out, 1 comment, 1 idea rated"), "{out}");
    assert!(said.contains("ideas[1].why: no sheet has this key"), "{said}");
    let people = workspace.ideas_file().parent().unwrap().join("people/model.toml");
    let people = fs::read_to_string(people).unwrap();
    for words in ["headroom = [6, 8]", "= \"measured before\"", "= true"] {
        assert!(people.contains(words), "{people}");
    }
    assert!(workspace.text().contains("from = \"model\""));
}

#[test]
fn nonsense_is_refused_with_advice() {
    let workspace = TestWorkspace::with(TWO);
    fs::write(workspace.path("empty.md"), "hello\n").unwrap();
    for arguments in [
        &["answers", "empty.md", "--from", "mara"][..],
        &["answers", "empty.md", "--from", "../mara"],
        &["ask", "narow"],
    ] {
        let ran = workspace.run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.stderr);
        assert_eq!(ran.stdout, "");
    }
    assert_eq!(workspace.run(&["answers", "none.md", "--from", "mara"]).code, 1);
}

/// The example of the page on scripts, run as it stands there.
#[test]
fn the_script_of_the_page_works() {
    let page = include_str!("../../docs/agents.md");
    let script = page.split("```python\n").nth(1).and_then(|rest| rest.split("```").next());
    let workspace = TestWorkspace::with(TWO);
    let script_file = workspace.path("assistant.py");
    fs::write(&script_file, script.unwrap()).unwrap();
    let tools = std::path::Path::new(crate::support::BINARY).parent().unwrap();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path =
        std::env::join_paths(std::iter::once(tools.to_owned()).chain(std::env::split_paths(&path)));
    let run = || {
        let mut python = std::process::Command::new("python3");
        python.arg(&script_file).env("PATH", path.as_ref().unwrap());
        python.env("HOME", workspace.path("")).env("PROSPECT_WORKSPACE", workspace.ideas_file());
        python.output()
    };
    let Ok(ran) = run() else {
        eprintln!("python3 is not installed: the script was not run");
        return;
    };
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{said}");
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(said.starts_with("Assistant: 0 excited, 0 crossed out, 1 comment"), "{said}");
    let ideas = workspace.text();
    assert!(ideas.contains("from = \"assistant\""), "{ideas}");
    assert_eq!(ideas.matches("status = ").count(), TWO.matches("status = ").count());
    assert!(run().is_ok_and(|again| again.status.success()));
    assert_eq!(workspace.text(), ideas);
}

#[cfg(unix)]
#[test]
fn undo_of_answers_is_whole_or_refused() {
    let symlink = |target: &str, path: &Path| std::os::unix::fs::symlink(target, path).unwrap();
    let files = [
        ("ideas.toml", "[[idea]]\ntitle = \"Alpha\"\n"),
        ("z.toml", "[[idea]]\ntitle = \"Beta\"\n"),
    ];
    let sheet = r#"{"ideas": [{"id": "alpha", "ratings": {"headroom": 3}},
                              {"id": "beta", "ratings": {"headroom": 4}}]}"#;
    type Spoil<'f> = (&'f str, &'f dyn Fn(&Path));
    let unreadable: [Spoil<'_>; 4] = [
        ("not UTF-8", &|path| fs::write(path, b"\xff[[idea]]\ntitle = \"Beta\"\n").unwrap()),
        ("a folder", &|path| fs::create_dir(path).unwrap()),
        ("a link that leads nowhere", &|path| symlink("nowhere", path)),
        ("a device", &|path| symlink("/dev/zero", path)),
    ];
    for (what, spoil) in unreadable {
        let workspace = TestWorkspace::with_files(&files);
        fs::write(workspace.path("reply.json"), sheet).unwrap();
        workspace.ok(&["answers", "reply.json", "--from", "mara"]);
        let (path, kept) = (workspace.file("z.toml"), workspace.path("kept.toml"));
        let said = fs::read_to_string(workspace.file("people/mara.toml")).unwrap();
        fs::rename(&path, &kept).unwrap();
        spoil(&path);
        let ran = workspace.run(&["undo"]);
        assert_ne!(ran.code, 0, "{what}: {}", ran.stdout);
        assert!(ran.stderr.contains("z.toml"), "{what}: {}", ran.stderr);
        assert_eq!(fs::read_to_string(workspace.file("people/mara.toml")).unwrap(), said, "{what}");
        if path.is_dir() { fs::remove_dir(&path) } else { fs::remove_file(&path) }.unwrap();
        fs::rename(&kept, &path).unwrap();
        workspace.ok(&["undo"]);
        for (name, text) in files {
            assert_eq!(fs::read_to_string(workspace.file(name)).unwrap(), text, "{what}");
        }
        assert!(!workspace.file("people").exists(), "{what}");
    }
}
