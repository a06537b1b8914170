//! Notes and summaries over several lines.

use insta::assert_snapshot;

use super::{Desk, NARROW, WIDE, last_line};

const IDEAS: &str = "# ours\n[[idea]]\nid = \"a\"\ntitle = \"A first idea\"   # by the window\n\
                     summary = \"\"\"\nWhat it is.\n\"\"\"\n";

#[test]
fn a_note_keeps_its_lines_and_undo_gives_the_bytes_back() {
    let desk = Desk::with(IDEAS);
    let written = desk.press("N3h 6 first task works<enter><enter>- but  slowly<enter>", NARROW);
    assert_snapshot!("note_written", written.to_text());
    assert_eq!(desk.text(), IDEAS, "nothing is saved while it is written");
    let desk = Desk::with(IDEAS);
    let saved = desk.press("N3h 6 first task works<enter><enter>- but  slowly<enter><c-s>", NARROW);
    assert!(last_line(&saved.to_text()).contains("undoes"), "{}", saved.to_text());
    let entry = "\n[[idea.log]]\ndate = 2026-11-20\nhours = 3\ntraction = 6\n\
                 note = \"\"\"\nfirst task works\n\n- but  slowly\"\"\"\n";
    assert_eq!(desk.text(), format!("{IDEAS}{entry}"));
    assert_snapshot!("note_shown", desk.press("<enter>", NARROW).to_text());
    desk.press("u", NARROW);
    assert_eq!(desk.text(), IDEAS);
}

#[test]
fn the_summary_is_written_in_place() {
    let desk = Desk::with(IDEAS);
    let written = desk.press("i<up><end><enter>And why.", WIDE).to_text();
    assert_snapshot!("summary_written", written);
    desk.press("i<c-s>", NARROW);
    assert_eq!(desk.text(), IDEAS, "nothing was changed");
    desk.press("i<up><end><enter>And why.<c-s>", NARROW);
    assert_eq!(desk.text(), IDEAS.replace("What it is.\n", "What it is.\nAnd why.\n"));
    desk.press("u", NARROW);
    assert_eq!(desk.text(), IDEAS);
}

#[test]
fn nothing_that_is_written_is_lost() {
    let desk = Desk::with(IDEAS);
    let left = desk.press("Nsome thoughts<esc>", NARROW).to_text();
    assert_snapshot!("note_left", left);
    // Esc on the question goes on, and nothing typed means nothing asked.
    let on = desk.press("Nsome thoughts<esc><esc>, more", NARROW).to_text();
    assert!(on.contains("some thoughts, more"), "{on}");
    assert!(!desk.press("N<esc>", NARROW).to_text().contains("not saved"));
    // Left for later it is there the next time, and said at the start.
    desk.press("Nsome thoughts<esc>2", NARROW);
    let opened = desk.press("", NARROW).to_text();
    assert!(last_line(&opened).contains("a note of a is begun and not saved"), "{opened}");
    assert!(desk.press("N", NARROW).to_text().contains("some thoughts"));
    desk.press("N<c-s>", NARROW);
    assert!(desk.text().contains("note = \"some thoughts\""));
    assert!(!desk.press("N", NARROW).to_text().contains("some thoughts"));
    // What was begun on a line of its own outlives a program that is killed.
    desk.press("ikilled<enter>", NARROW);
    assert!(desk.press("i", NARROW).to_text().contains("killed"));
    desk.press("i<esc>", NARROW);
    assert!(desk.press("i", NARROW).to_text().contains("killed"), "looked at, not touched");
    desk.press("ix<esc>3", NARROW);
    assert!(!desk.press("i", NARROW).to_text().contains("killed"), "thrown away");
}
