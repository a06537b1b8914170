//! Signals, and a terminal that is gone: the terminal is handed back, and what was
//! begun is kept.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use signal_hook::consts::{SIGALRM, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2};

use super::faults::shared_workspace;
use crate::support::{BINARY, PtyApp, TestWorkspace, rounds, signal};

/// The files below a folder.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

impl TestWorkspace {
    /// A file of the program's own, by the end of its name.
    pub(super) fn state_file(&self, end: &str) -> PathBuf {
        let mut files = files_below(self.home()).into_iter();
        files.find(|file| file.to_string_lossy().ends_with(end)).unwrap()
    }

    /// The texts that were begun and not saved, as JSON.
    pub(super) fn unsaved_texts(&self) -> String {
        fs::read_to_string(self.state_file("drafts.json")).unwrap()
    }
}

#[test]
fn every_signal_that_ends_it_hands_the_terminal_back_and_keeps_what_was_begun() {
    let signals = [
        ("INT", SIGINT),
        ("QUIT", SIGQUIT),
        ("TERM", SIGTERM),
        ("HUP", SIGHUP),
        ("USR1", SIGUSR1),
        ("USR2", SIGUSR2),
        ("ALRM", SIGALRM),
    ];
    for (name, number) in signals.repeat(rounds(1, 20)) {
        let workspace = shared_workspace();
        let mut app = workspace.open_app(&[]);
        app.press("z3");
        app.wait_for("✓ headroom of ");
        app.press("Nhalf a thought");
        app.wait_for("half a thought");
        app.signal(name);
        assert_eq!(app.end().exit_code(), 128 + number as u32, "{name}");
        app.assert_handed_back();
        assert!(workspace.unsaved_texts().contains("half a thought"), "{name}");
        assert!(workspace.text().contains("headroom = 3"), "{name}");
    }
}

#[test]
fn a_signal_is_heard_behind_many_keys() {
    let workspace = shared_workspace();
    let mut app = workspace.open_app(&[]);
    app.press(&"jk".repeat(5000));
    app.signal("TERM");
    assert_eq!(app.end().exit_code(), 128 + SIGTERM as u32);
    app.assert_handed_back();
}

#[test]
fn a_terminal_that_hangs_up_ends_it_without_a_panic() {
    for begun in ["", "Nhalf a thought"].repeat(rounds(1, 20)) {
        let workspace = shared_workspace();
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pty = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(BINARY);
        command.arg(workspace.folder());
        command.env("TERM", "xterm-256color");
        for (name, value) in workspace.environment() {
            command.env(name, value);
        }
        let mut child = pty.slave.spawn_command(command).unwrap();
        drop(pty.slave);
        let mut reader = pty.master.try_clone_reader().unwrap();
        let mut writer = pty.master.take_writer().unwrap();
        let mut terminal = vt100::Parser::default();
        let mut read_until = |text: &str| {
            let mut bytes = [0; 4096];
            while !terminal.screen().contents().contains(text) {
                let count = reader.read(&mut bytes).unwrap();
                terminal.process(&bytes[..count]);
            }
        };
        read_until("The first idea");
        writer.write_all(begun.as_bytes()).unwrap();
        read_until(begun.trim_start_matches('N'));
        drop((reader, writer, pty.master));
        assert_eq!(child.wait().unwrap().exit_code(), 128 + SIGHUP as u32);
        if !begun.is_empty() {
            assert!(workspace.unsaved_texts().contains("half a thought"));
        }
    }
}

#[test]
fn an_interrupt_while_an_editor_has_the_terminal_is_for_the_editor() {
    let folder = tempfile::tempdir().unwrap();
    let editor = folder.path().join("editor");
    let script = "#!/bin/sh\ntrap : INT QUIT\n\
                  sh -c 'echo the editor is open; exec cat'\n\
                  echo 'and was interrupted'\nread answer\n";
    fs::write(&editor, script).unwrap();
    fs::set_permissions(&editor, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let editor = editor.display().to_string();
    let mut app = PtyApp::with_demo(&[("VISUAL", &editor)]);
    app.wait_for("23 of 27");
    app.press("e");
    app.wait_for("the editor is open");
    app.press("\x03");
    app.wait_for("and was interrupted");
    app.press("\r");
    app.wait_for("nothing was changed");
    app.quit();
}

/// The workbench as a job of a shell, and its process.
#[cfg(target_os = "linux")]
fn as_a_job() -> Option<(PtyApp, u32)> {
    if !Path::new("/bin/bash").exists() {
        return None;
    }
    let mut command = CommandBuilder::new("/bin/bash");
    command.args(["--norc", "--noprofile", "-i"]);
    let mut app = PtyApp::start(command, &[("PS1", "ready> ")]);
    app.wait_for("ready>");
    app.press(&format!("{BINARY} demo\n"));
    app.wait_for("23 of 27");
    let shell = app.child.process_id().unwrap();
    let children = fs::read_to_string(format!("/proc/{shell}/task/{shell}/children")).unwrap();
    let process = children.trim().parse().unwrap();
    Some((app, process))
}

/// Calls the job back, and leaves it and the shell.
#[cfg(target_os = "linux")]
fn goes_on(mut app: PtyApp) {
    app.press("fg\n");
    app.wait_until("drawn again", |screen| {
        screen.alternate_screen() && screen.contents().contains("23 of 27")
    });
    app.press("z3");
    app.wait_for("✓ headroom of ");
    app.press("q");
    app.wait_until("in the shell", |screen| {
        !screen.alternate_screen() && screen.contents().trim_end().ends_with("ready>")
    });
    app.press("exit\n");
    app.end();
}

#[cfg(target_os = "linux")]
#[test]
fn asked_to_stop_it_hands_the_terminal_back_and_takes_it_again() {
    let Some((mut app, process)) = as_a_job() else { return };
    signal(process, "TSTP");
    app.wait_until("back in the shell", |screen| {
        !screen.alternate_screen()
            && !screen.hide_cursor()
            && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
            && screen.contents().contains("Stopped")
    });
    goes_on(app);
}

#[cfg(target_os = "linux")]
#[test]
fn stopped_without_being_asked_it_takes_the_terminal_again_when_it_goes_on() {
    let Some((mut app, process)) = as_a_job() else { return };
    signal(process, "STOP");
    app.wait_for("Stopped");
    goes_on(app);
}
