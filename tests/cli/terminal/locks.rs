//! A workspace whose lock another process holds.

use std::fs::File;

use signal_hook::consts::SIGTERM;

use super::faults::shared_workspace;
use crate::support::TestWorkspace;

/// A workspace, and its lock, held by this process.
fn locked() -> (TestWorkspace, File) {
    let workspace = shared_workspace();
    assert!(workspace.call(&["set", "second", "ratings.headroom=2.5"]).status().unwrap().success());
    let lock = File::options().write(true).open(workspace.state_file(".lock")).unwrap();
    lock.lock().unwrap();
    (workspace, lock)
}

#[test]
fn a_save_that_waits_says_so_and_is_not_ticked_off_before_it_is_done() {
    let (workspace, lock) = locked();
    let mut app = workspace.open_app(&[]);
    app.press("z3");
    app.wait_for("saving … the workspace is locked by another process");
    app.wait_for("saving … the workspace is locked by process");
    assert!(!app.contents().contains('✓'), "{}", app.contents());
    app.press("j");
    app.wait_for("saving … the workspace is locked by process");
    lock.unlock().unwrap();
    app.wait_until("saved", |screen| !screen.contents().contains("saving"));
    app.press("k4");
    app.wait_for("✓ headroom of ");
    app.quit();
    assert!(workspace.text().contains("headroom = 4"));
}

#[test]
fn leaving_while_a_save_waits_says_what_is_unsaved_and_a_signal_ends_it() {
    let (workspace, _lock) = locked();
    let before = workspace.text();
    let mut app = workspace.open_app(&[]);
    app.press("z3");
    app.wait_for("saving …");
    app.press("Nwords worth keeping\x13");
    app.wait_for("saving … the workspace is locked by process");
    app.press("q");
    app.wait_for("leaving … 2 changes are not saved yet: locked by process");
    app.signal("TERM");
    assert_eq!(app.end().exit_code(), 128 + SIGTERM as u32);
    app.assert_handed_back();
    assert_eq!(app.contents().matches("not saved: ").count(), 2, "{}", app.contents());
    assert_eq!(workspace.text(), before);
    assert!(workspace.unsaved_texts().contains("words worth keeping"));
}
