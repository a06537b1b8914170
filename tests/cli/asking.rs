//! Asking others: a sheet out, answers in, a page for the meeting.

use std::fs;

use crate::support::{TWO, TestWorkspace};

#[test]
fn a_sheet_goes_out_without_numbers_and_its_answers_come_back() {
    let workspace = TestWorkspace::with(TWO);
    let sheet = workspace.ok(&["ask", "narrow"]);
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
        let sheet = workspace.ok(&["ask", "narrow"]);
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
