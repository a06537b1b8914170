//! Notes and summaries over several lines.

use insta::assert_snapshot;

use crate::support::{NARROW, TestWorkspace, WIDE, last_line};

const IDEAS: &str = "# ours\n[[idea]]\nid = \"a\"\ntitle = \"A first idea\"   # by the window\n\
                     summary = \"\"\"\nWhat it is.\n\"\"\"\n";

#[test]
fn a_note_keeps_its_lines_and_undo_gives_the_bytes_back() {
    let workspace = TestWorkspace::with(IDEAS);
    let written =
        workspace.press("N3h 6 first task works<enter><enter>- but  slowly<enter>", NARROW);
    assert_snapshot!("note_written", written.to_text());
    assert_eq!(workspace.text(), IDEAS, "nothing is saved while it is written");
    let workspace = TestWorkspace::with(IDEAS);
    let saved =
        workspace.press("N3h 6 first task works<enter><enter>- but  slowly<enter><c-s>", NARROW);
    assert!(last_line(&saved.to_text()).contains("undoes"), "{}", saved.to_text());
    let entry = "\n[[idea.log]]\ndate = 2026-11-20\nhours = 3\ntraction = 6\n\
                 note = \"\"\"\nfirst task works\n\n- but  slowly\"\"\"\n";
    assert_eq!(workspace.text(), format!("{IDEAS}{entry}"));
    assert_snapshot!("note_shown", workspace.press("<enter>", NARROW).to_text());
    workspace.press("u", NARROW);
    assert_eq!(workspace.text(), IDEAS);
}

#[test]
fn the_summary_is_written_in_place() {
    let workspace = TestWorkspace::with(IDEAS);
    let written = workspace.press("i<up><end><enter>And why.", WIDE).to_text();
    assert_snapshot!("summary_written", written);
    workspace.press("i<c-s>", NARROW);
    assert_eq!(workspace.text(), IDEAS, "nothing was changed");
    workspace.press("i<up><end><enter>And why.<c-s>", NARROW);
    assert_eq!(workspace.text(), IDEAS.replace("What it is.\n", "What it is.\nAnd why.\n"));
    workspace.press("u", NARROW);
    assert_eq!(workspace.text(), IDEAS);
}

#[test]
fn nothing_that_is_written_is_lost() {
    let workspace = TestWorkspace::with(IDEAS);
    let left = workspace.press("Nsome thoughts<esc>", NARROW).to_text();
    assert_snapshot!("note_left", left);
    // Esc on the question goes on, and nothing typed means nothing asked.
    let on = workspace.press("Nsome thoughts<esc><esc>, more", NARROW).to_text();
    assert!(on.contains("some thoughts, more"), "{on}");
    assert!(!workspace.press("N<esc>", NARROW).to_text().contains("not saved"));
    // Left for later it is there the next time, and said at the start.
    workspace.press("Nsome thoughts<esc>2", NARROW);
    let opened = workspace.press("", NARROW).to_text();
    assert!(last_line(&opened).contains("a note of a is begun and not saved"), "{opened}");
    assert!(workspace.press("N", NARROW).to_text().contains("some thoughts"));
    workspace.press("N<c-s>", NARROW);
    assert!(workspace.text().contains("note = \"some thoughts\""));
    assert!(!workspace.press("N", NARROW).to_text().contains("some thoughts"));
    // What was begun on a line of its own outlives a program that is killed.
    workspace.press("ikilled<enter>", NARROW);
    assert!(workspace.press("i", NARROW).to_text().contains("killed"));
    workspace.press("i<esc>", NARROW);
    assert!(workspace.press("i", NARROW).to_text().contains("killed"), "looked at, not touched");
    workspace.press("ix<esc>3", NARROW);
    assert!(!workspace.press("i", NARROW).to_text().contains("killed"), "thrown away");
}
