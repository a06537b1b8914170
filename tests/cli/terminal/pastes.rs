//! Pasted text of any size.

use signal_hook::consts::SIGTERM;

use super::faults::shared_workspace;

fn pasted(text: &str) -> String {
    format!("\x1b[200~{text}\x1b[201~")
}

/// A one-line question, the keys that open it, and what it shows then.
const PROMPTS: [(&str, &str); 5] = [
    ("/", "words in any order"),
    ("a", "new idea"),
    (":", "Enter run"),
    ("t", "tags"),
    ("r", "title"),
];

#[test]
fn a_line_takes_what_a_line_can_hold_at_once() {
    let workspace = shared_workspace();
    let mut app = workspace.open_app(&[]);
    for (keys, shown) in PROMPTS {
        for text in ["many words ", "ab cd ", "longword"] {
            app.press(keys);
            app.wait_for(shown);
            app.press(&pasted(&(text.repeat(60_000 / text.len()) + " the end")));
            app.wait_for("the end");
            // It still answers, and nothing of it is left.
            app.press("\x15zebra");
            app.wait_for("zebra");
            app.press("\x1b");
            app.wait_until("closed", |screen| screen.contents().contains("? help"));
        }
    }
    app.quit();
    assert_eq!(workspace.text().matches("[[idea]]").count(), 2);
}

#[test]
fn a_line_refuses_what_no_line_can_hold() {
    let workspace = shared_workspace();
    let mut app = workspace.open_app(&[]);
    for (size, said) in [(100_000, "that is 100 kB"), (1_000_000, "that is 1000 kB")] {
        for (keys, shown) in PROMPTS {
            app.press(keys);
            app.wait_for(shown);
            app.press(&pasted(&"x".repeat(size)));
            app.wait_for(&format!("{said}: too long for one line; nothing was taken"));
            app.press("zebra");
            app.wait_for("zebra");
            app.press("\x1b");
            app.wait_until("closed", |screen| screen.contents().contains("? help"));
        }
    }
    app.quit();
}

#[test]
fn a_note_takes_a_megabyte_and_a_signal_is_heard_meanwhile() {
    let workspace = shared_workspace();
    let mut app = workspace.open_app(&[]);
    app.press("N");
    app.wait_for("Log for \"The first idea\"");
    let line = "one line of a long text that was pasted\n";
    app.press(&pasted(&line.repeat(1_000_000 / line.len())));
    app.signal("TERM");
    assert_eq!(app.end().exit_code(), 128 + SIGTERM as u32);
    app.assert_handed_back();
}

#[test]
fn a_note_of_a_megabyte_is_saved() {
    let workspace = shared_workspace();
    let mut app = workspace.open_app(&[]);
    app.press("N");
    app.wait_for("Log for \"The first idea\"");
    let line = "one line of a long text that was pasted\n";
    let lines = 1_000_000 / line.len();
    app.press(&pasted(&line.repeat(lines)));
    app.wait_for(&format!("a note of {lines} lines"));
    app.press("\x13");
    app.wait_for("✓ ");
    app.quit();
    assert_eq!(workspace.text().matches(line.trim_end()).count(), lines);
}
