//! Faults around a workbench that is open: a full disk, lost
//! permissions, other writers, a sudden end, a clock that jumps, a slow disk.
//!
//! Each runs a few rounds in every test run. With `PROSPECT_LONG` set it runs
//! as many as docs/reliability.md states, and prints what it did.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;

use crate::support::{BINARY, PATIENCE, PtyApp, TestWorkspace, is_long, rounds};

const IDEAS: &str = "\
# what we might do

[[idea]]
id = \"first\"
title = \"The first idea\"   # by the window
[idea.ratings]
simplicity = 9
generality = 8
longevity = 8
headroom = 9
strategy = 9

[[idea]]
id = \"second\"
title = \"The second idea\"
ratings = { headroom = 2 }
";

/// Nobody in particular, on every system.
const NOBODY: &str = "65534";

fn report(what: &str) {
    if is_long() {
        println!("| {what} |");
    }
}

/// A workspace that every user may read and write.
pub(super) fn shared_workspace() -> TestWorkspace {
    shared_workspace_within(&std::env::temp_dir())
}

fn shared_workspace_within(folder: &Path) -> TestWorkspace {
    let workspace = TestWorkspace::empty_within(folder);
    workspace.write("ideas.toml", IDEAS);
    for path in [workspace.home(), &workspace.folder()] {
        set_mode(path, 0o777);
    }
    set_mode(&workspace.ideas_file(), 0o666);
    workspace
}

impl TestWorkspace {
    pub(super) fn environment(&self) -> Vec<(&'static str, String)> {
        let home = self.home().display().to_string();
        ["HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"]
            .map(|variable| (variable, home.clone()))
            .into()
    }

    /// The workbench on the workspace, in a terminal, behind a wrapper such as
    /// `strace` with its options.
    pub(super) fn open_app(&self, wrapper: &[&str]) -> PtyApp {
        let mut app = self.start_app(wrapper, &[]);
        app.wait_for("The first idea");
        app
    }

    fn start_app(&self, wrapper: &[&str], extra: &[(&str, String)]) -> PtyApp {
        let words = wrapper.iter().copied().chain([BINARY]);
        let mut words = words.map(std::ffi::OsString::from);
        let mut command = CommandBuilder::new(words.next().unwrap());
        command.args(words);
        command.arg(self.folder());
        let environment = self.environment();
        let own = environment.iter().map(|(name, value)| (*name, value.as_str()));
        let extra = extra.iter().map(|(name, value)| (*name, value.as_str()));
        PtyApp::start(command, &own.chain(extra).collect::<Vec<_>>())
    }

    /// A call of the command line on the workspace.
    pub(super) fn call(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(BINARY);
        command.args(["--workspace"]).arg(self.folder()).args(arguments);
        command.envs(self.environment()).env_remove("PROSPECT_WORKSPACE");
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    fn undo_everything(&self) -> usize {
        let mut undone = 0;
        while self.call(&["undo"]).status().unwrap().success() {
            undone += 1;
        }
        undone
    }

    /// No temporary file, no half-written one.
    fn assert_tidy(&self) {
        let names = fs::read_dir(self.folder()).unwrap();
        let names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names, ["ideas.toml"]);
    }
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

impl PtyApp {
    /// Reads on until something outside the terminal is so.
    fn wait_until_it_is_so(&mut self, what: &str, holds: impl Fn() -> bool) {
        let end = Instant::now() + PATIENCE;
        while !holds() {
            assert!(Instant::now() < end, "never {what}:\n{}", self.contents());
            if let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(20)) {
                self.terminal.process(&bytes);
            }
        }
    }

    pub(super) fn quit(mut self) {
        self.press("q");
        assert!(self.end().success());
        self.assert_handed_back();
    }
}

fn has(program: &str) -> bool {
    let found = Command::new("sh").args(["-c", &format!("command -v {program}")]).output();
    found.is_ok_and(|output| output.status.success())
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|output| output.stdout == b"0\n")
}

/// The words to put before a command so that permissions hold for it; `None`
/// where the user cannot be changed.
fn as_unprivileged_user() -> Option<Vec<&'static str>> {
    if !is_root() {
        return Some(Vec::new());
    }
    let drop = ["setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"];
    // Nobody must be able to reach the binary, too.
    let reaches = Command::new(drop[0]).args(&drop[1..]).args([BINARY, "--version"]).output();
    reaches.is_ok_and(|output| output.status.success()).then(|| drop.to_vec())
}

#[test]
fn a_disk_that_fills_up_keeps_edits_in_memory_until_there_is_room() {
    if !has("prlimit") {
        return;
    }
    let workspace = shared_workspace();
    // No file may grow, and the signal for it is ignored: writing just fails.
    let wrapper = ["sh", "-c", "trap '' XFSZ; ulimit -S -f 0; exec \"$@\"", "sh"];
    let mut app = workspace.open_app(&wrapper);
    for (keys, unsaved) in [("z3", "1 unsaved"), ("4", "2 unsaved")] {
        app.press(keys);
        app.wait_for(unsaved);
        assert_eq!(workspace.text(), IDEAS);
    }
    let id = app.child.process_id().unwrap().to_string();
    let lifted = Command::new("prlimit").args(["--pid", &id, "--fsize=unlimited"]).status();
    assert!(lifted.unwrap().success());
    app.press("5");
    let saved = IDEAS.replace("headroom = 9", "headroom = 5");
    app.wait_until_it_is_so("saved", || workspace.text() == saved);
    app.wait_until("all saved", |screen| !screen.contents().contains("unsaved"));
    app.quit();
    assert_eq!(workspace.undo_everything(), 3);
    assert_eq!(workspace.text(), IDEAS);
    workspace.assert_tidy();
}

#[test]
fn a_disk_that_is_full_is_said_and_room_made_is_used() {
    if !is_long() || !is_root() {
        return;
    }
    let mount = tempfile::tempdir().unwrap();
    let on = mount.path().display().to_string();
    let mut mount_it = Command::new("mount");
    mount_it.args(["-t", "tmpfs", "-o", "size=128k", "none", &on]);
    if !mount_it.status().is_ok_and(|status| status.success()) {
        println!("skipped: no file system can be mounted here");
        return;
    }
    let workspace = shared_workspace_within(mount.path());
    let mut app = workspace.open_app(&[]);
    let ballast = workspace.path("ballast");
    let mut file = fs::File::create(&ballast).unwrap();
    while file.write_all(&[7; 1024]).is_ok() {}
    drop(file);
    for key in ["z3", "4"] {
        app.press(key);
        app.wait_for("unsaved");
        assert_eq!(workspace.text(), IDEAS);
    }
    fs::remove_file(&ballast).unwrap();
    app.press("5");
    let saved = IDEAS.replace("headroom = 9", "headroom = 5");
    app.wait_until_it_is_so("saved", || workspace.text() == saved);
    app.quit();
    workspace.assert_tidy();
    drop(workspace);
    assert!(Command::new("umount").arg(&on).status().unwrap().success());
    report("full tmpfs of 128 kB | 2 edits refused, then all 3 saved");
}

#[test]
fn permissions_that_are_lost_while_it_is_open_are_said_and_may_come_back() {
    let Some(wrapper) = as_unprivileged_user() else { return };
    let workspace = shared_workspace();
    let mut app = workspace.open_app(&wrapper);
    app.press("z3");
    let third = IDEAS.replace("headroom = 9", "headroom = 3");
    app.wait_until_it_is_so("saved", || workspace.text() == third);

    for (path, none, all) in
        [(workspace.folder(), 0o555, 0o777), (workspace.ideas_file(), 0o444, 0o666)]
    {
        set_mode(&path, none);
        app.press("4");
        app.wait_for("1 unsaved");
        assert_eq!(workspace.text(), third);
        workspace.assert_tidy();
        set_mode(&path, all);
        app.press("5");
        let fifth = IDEAS.replace("headroom = 9", "headroom = 5");
        app.wait_until_it_is_so("saved", || workspace.text() == fifth);
        app.press("3");
        app.wait_until_it_is_so("saved", || workspace.text() == third);
    }
    app.quit();
    report("folder, then file, made read-only while open | 2 edits kept, then saved");
}

#[test]
fn a_file_that_becomes_a_folder_is_said_and_may_come_back() {
    let workspace = shared_workspace();
    let mut app = workspace.open_app(&[]);
    let aside = workspace.path("aside.toml");
    fs::rename(workspace.ideas_file(), &aside).unwrap();
    fs::create_dir(workspace.ideas_file()).unwrap();
    app.wait_until("gone", |screen| !screen.contents().contains("The second idea"));
    assert!(workspace.ideas_file().is_dir());
    fs::remove_dir(workspace.ideas_file()).unwrap();
    fs::rename(&aside, workspace.ideas_file()).unwrap();
    app.wait_for("The second idea");
    app.press("z3");
    let third = IDEAS.replace("headroom = 9", "headroom = 3");
    app.wait_until_it_is_so("saved", || workspace.text() == third);
    app.quit();
    workspace.assert_tidy();
}

#[test]
fn two_workbenches_on_one_workspace_lose_nothing() {
    let each = rounds(15, 1_000);
    let workspace = shared_workspace();
    std::thread::scope(|scope| {
        for writer in ["left", "right"] {
            let workspace = &workspace;
            scope.spawn(move || {
                let mut app = workspace.open_app(&[]);
                for edit in 0..each {
                    // Both log on the same idea; the watcher brings in the other's.
                    let note = format!("{writer} {edit}.");
                    app.press(&format!("L1h {note}\r"));
                    app.wait_until_it_is_so("saved", || workspace.text().contains(&note));
                }
                app.quit();
            });
        }
    });
    let text = workspace.text();
    for writer in ["left", "right"] {
        for edit in 0..each {
            assert_eq!(
                text.matches(&format!("\"{writer} {edit}.\"")).count(),
                1,
                "{writer} {edit}"
            );
        }
    }
    assert_eq!(workspace.undo_everything(), 2 * each);
    assert_eq!(workspace.text(), IDEAS);
    report(&format!(
        "two workbenches at once, {each} edits each | all {} there, all undone",
        2 * each
    ));
}

#[cfg(target_os = "linux")]
#[test]
fn no_save_of_another_program_is_lost_while_a_workbench_writes() {
    let saves = rounds(4, 1_000);
    let workspace = shared_workspace();
    let mut app = workspace.open_app(&[]);
    let mut lost = Vec::new();
    for number in 0..saves {
        let save = crate::interrupted::Save::number(number);
        app.press(&format!("L1h before {number}.\r"));
        std::thread::sleep(Duration::from_millis(number as u64 % 20));
        let mark = format!("# save {number}\n");
        let text = workspace.text();
        save.write(&workspace.ideas_file(), &format!("{text}{mark}"));
        let after = format!("after {number}.");
        app.press(&format!("L1h {after}\r"));
        app.wait_until_it_is_so("saved", || workspace.text().contains(&after));
        let text = workspace.text();
        if !text.contains(&mark) || !text.starts_with("# what we might do\n") {
            lost.push((number, save));
        }
    }
    app.quit();
    report(&format!("saves while the workbench writes | {saves} saves, {} lost", lost.len()));
    assert!(lost.is_empty(), "{lost:?}");
}

#[test]
fn a_sudden_end_leaves_the_state_between_two_edits() {
    let storms = rounds(8, 200);
    let workspace = shared_workspace();
    let stages: Vec<String> =
        (1..=9).map(|n| IDEAS.replace("headroom = 9", &format!("headroom = {n}"))).collect();
    let mut seed = 7_u64;
    let mut noise = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let (mut changed, mut before) = (0, workspace.text());
    for storm in 0..storms {
        let mut app = workspace.open_app(&[]);
        // Edits as fast as they can be typed, and an edit by another process in between.
        app.press("z");
        for key in 0..30 {
            app.press(&(1 + (storm + key) % 8).to_string());
        }
        if storm % 3 == 0 {
            assert!(
                workspace
                    .call(&["set", "second", "ratings.headroom=2"])
                    .status()
                    .unwrap()
                    .success()
            );
        }
        let _ = app.output.recv_timeout(Duration::from_micros(noise(40_000)));
        app.child.kill().unwrap();
        app.child.wait().unwrap();
        let text = workspace.text();
        assert!(stages.contains(&text), "storm {storm}: {text}");
        changed += usize::from(text != before);
        before = text;
    }
    assert!(changed > 0, "no edit was ever saved");
    assert!(workspace.call(&["check", "--strict"]).status().unwrap().success());
    workspace.undo_everything();
    assert_eq!(workspace.text(), IDEAS);
    workspace.assert_tidy();
    report(&format!(
        "{storms} × kill −9 in a terminal | {changed} left a later state, none a broken one"
    ));
}

#[test]
fn a_clock_that_jumps_disturbs_neither_dates_nor_undo() {
    if !has("faketime") {
        return;
    }
    let workspace = shared_workspace();
    let clock = workspace.path("clock");
    let set = |time: &str| fs::write(&clock, format!("@{time}\n")).unwrap();
    set("2026-03-01 12:00:00");
    let library = Command::new("faketime").args(["2026-03-01 12:00:00", "env"]).output().unwrap();
    let library = String::from_utf8(library.stdout).unwrap();
    let preload = library.lines().find_map(|line| line.strip_prefix("LD_PRELOAD=")).unwrap();
    let clock_is = [
        ("LD_PRELOAD", preload.to_owned()),
        ("FAKETIME_TIMESTAMP_FILE", clock.display().to_string()),
        ("FAKETIME_NO_CACHE", "1".to_owned()),
        ("FAKETIME_DONT_FAKE_MONOTONIC", "1".to_owned()),
        ("TZ", "UTC".to_owned()),
    ];
    let mut texts = vec![workspace.text()];
    // Forward, far back, far forward, and over a leap day.
    let days = ["2026-03-01", "2026-03-02", "1999-12-31", "2037-01-01", "2028-02-29"];
    for day in days {
        set(&format!("{day} 12:00:00"));
        let mut app = workspace.start_app(&[], &clock_is);
        app.wait_for("The first idea");
        app.press("L2h 5 first\r");
        app.wait_until_it_is_so("saved", || {
            workspace.text().matches("first\"").count() > texts.len()
        });
        texts.push(workspace.text());
        assert!(texts.last().unwrap().contains(&format!("date = {day}")), "{day}");
        // The clock jumps while it is open.
        set("2001-01-01 00:00:00");
        app.press("u");
        let before = texts[texts.len() - 2].clone();
        app.wait_until_it_is_so("undone", || workspace.text() == before);
        app.press("U");
        let after = texts[texts.len() - 1].clone();
        app.wait_until_it_is_so("done again", || workspace.text() == after);
        app.quit();
    }
    assert!(workspace.call(&["check", "--strict"]).status().unwrap().success());
    assert!(workspace.call(&["review"]).status().unwrap().success());
    assert_eq!(workspace.undo_everything(), days.len());
    assert_eq!(workspace.text(), IDEAS);
    report(&format!(
        "clock set to {} days, and back while open | dates as set, undo in order",
        days.len()
    ));
}

#[test]
fn a_slow_disk_delays_no_key() {
    let works = has("strace")
        && Command::new("strace")
            .args(["-qq", "-e", "trace=fsync", "true"])
            .output()
            .is_ok_and(|output| output.status.success());
    if !works {
        return;
    }
    let edits = rounds(3, 60);
    let workspace = shared_workspace();
    let delay = "inject=fsync,fdatasync:delay_enter=200000";
    let strace = [
        "strace",
        "-f",
        "-qq",
        "-o",
        "/dev/null",
        "--seccomp-bpf",
        "-e",
        "trace=fsync,fdatasync",
        "-e",
        delay,
    ];
    let mut app = workspace.open_app(&strace);
    let mut slowest = Duration::ZERO;
    app.press("z");
    for edit in 0..edits {
        let value = 1 + edit % 8;
        let pressed = Instant::now();
        app.press(&value.to_string());
        app.wait_for(&format!("\"The first idea\": {value} "));
        slowest = slowest.max(pressed.elapsed());
    }
    let answered = Instant::now();
    app.quit();
    let saved = answered.elapsed();
    let last = format!("headroom = {}", 1 + (edits - 1) % 8);
    assert_eq!(workspace.text(), IDEAS.replace("headroom = 9", &last));
    assert_eq!(workspace.undo_everything(), edits);
    assert_eq!(workspace.text(), IDEAS);
    report(&format!(
        "every sync takes 200 ms longer | slowest of {edits} keys answered in {} ms; saved {:.1} s after the last",
        slowest.as_millis(),
        saved.as_secs_f64()
    ));
}
