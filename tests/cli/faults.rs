//! Faults outside the program: killed processes, writers at the same time, a full
//! disk. Nothing may be lost or half done.
//!
//! With `PROSPECT_LONG` set each runs as many rounds as docs/reliability.md
//! states.

use std::process::{Command, Stdio};
use std::time::Instant;

use crate::support::{TWO, TestWorkspace, rounds};

/// Numbers that look random and are the same in every run.
fn noise(state: &mut u64) -> f64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 40) as f64 / (1_u64 << 24) as f64
}

/// The file of [`TWO`] with another headroom for the first idea.
fn with_headroom(headroom: usize) -> String {
    TWO.replace("headroom = 2", &format!("headroom = {headroom}"))
}

/// Starts a call over and over, kills each at some moment within the time that
/// a whole one takes, and looks at what is left: one of the texts that `allowed`
/// allows. Gives the number of rounds that left something new.
fn kill_at_random(
    workspace: &TestWorkspace,
    rounds: usize,
    call: impl Fn(usize) -> Command,
    allowed: impl Fn(usize, &str) -> bool,
) -> usize {
    let started = Instant::now();
    assert!(call(0).status().unwrap().success());
    let whole = started.elapsed();
    let (mut seed, mut changed) = (7, 0);
    let mut before = workspace.text();
    for round in 1..=rounds {
        let mut child = call(round).spawn().unwrap();
        let mut longest = whole.mul_f64(1.1);
        // Every other time not before it has begun to write, however busy the machine is.
        if round % 2 == 0 {
            while workspace.text() == before && child.try_wait().unwrap().is_none() {}
            longest = whole.mul_f64(0.1);
        }
        let has_begun = workspace.text() != before && child.try_wait().unwrap().is_none();
        std::thread::sleep(longest.mul_f64(noise(&mut seed)));
        child.kill().unwrap();
        child.wait().unwrap();
        let text = workspace.text();
        assert!(text == before || allowed(round, &text), "round {round}: {text}");
        changed += usize::from(has_begun || text != before);
        before = text;
    }
    changed
}

/// Whatever was killed, the rest works, and the way back leads to the start.
fn nothing_is_left_behind(workspace: &TestWorkspace) {
    assert_eq!(workspace.run(&["check", "--strict"]).code, 0);
    while workspace.run(&["undo"]).code == 0 {}
    assert_eq!(workspace.text(), TWO, "undoing everything gives back the same bytes");
    let files: Vec<_> = std::fs::read_dir(workspace.folder()).unwrap().collect();
    assert_eq!(files.len(), 1, "nothing is left lying about: {files:?}");
}

#[test]
fn a_killed_call_leaves_the_state_before_or_after_its_edit() {
    let workspace = TestWorkspace::with(TWO);
    let headroom = |round: usize| 3 + round % 2;
    let set = |round: usize| {
        let mut command = workspace.std_command();
        command.args(["set", "narrow", &format!("ratings.headroom={}", headroom(round))]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let allowed = |round: usize, text: &str| text == with_headroom(headroom(round));
    let changed = kill_at_random(&workspace, rounds(40, 150), set, allowed);
    assert!(changed > 0, "none was fast enough to write before its end");
    nothing_is_left_behind(&workspace);
}

#[test]
fn a_killed_workbench_leaves_the_state_between_two_edits() {
    let workspace = TestWorkspace::with(TWO);
    let rate = |_: usize| {
        let mut command = workspace.std_command();
        command.args(["--keys", "z34567893"]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let allowed = |_: usize, text: &str| (2..=9).any(|headroom| text == with_headroom(headroom));
    let rounds = rounds(16, 50);
    let changed = kill_at_random(&workspace, rounds, rate, allowed);
    assert!(changed > rounds / 10, "killed in the middle of a run of edits only {changed} times");
    nothing_is_left_behind(&workspace);
}

#[test]
fn writers_at_the_same_time_lose_nothing() {
    const EACH: usize = 15;
    let workspace = TestWorkspace::with(TWO);
    let workspace = &workspace;
    std::thread::scope(|scope| {
        for writer in ["left", "right"] {
            scope.spawn(move || {
                for i in 0..EACH {
                    workspace.ok(&["log", "--id", "narrow", &format!("{writer} {i}")]);
                    workspace.ok(&["add", "The same title"]);
                }
            });
        }
    });
    let idea = workspace.json(&["show", "narrow", "--json"]);
    let log = idea["log"].as_array().unwrap();
    let mut notes: Vec<&str> = log.iter().map(|entry| entry["note"].as_str().unwrap()).collect();
    assert_eq!(notes.len(), 2 * EACH);
    notes.sort_unstable();
    notes.dedup();
    assert_eq!(notes.len(), 2 * EACH, "no note twice");
    let ranking = workspace.json(&["rank", "--json"]);
    assert_eq!(ranking["ideas"].as_array().unwrap().len(), 2 + 2 * EACH);
}

/// Runs the binary where no file may grow beyond some blocks, as on a full
/// disk.
#[cfg(unix)]
fn with_little_room(
    workspace: &TestWorkspace,
    blocks: u32,
    arguments: &[&str],
) -> (Option<i32>, String) {
    let program = workspace.std_command();
    let mut command = Command::new("sh");
    command.args(["-c", &format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\""), "sh"]);
    command.arg(program.get_program()).args(program.get_args()).args(arguments);
    command.env_clear().current_dir(workspace.home());
    for (name, value) in program.get_envs() {
        if let Some(value) = value {
            command.env(name, value);
        }
    }
    let output = command.output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_said_and_changes_nothing() {
    let big = format!("{TWO}# {}\n", "x".repeat(50_000));
    let workspace = TestWorkspace::with(&big);
    for blocks in [0, 16] {
        let (code, stderr) = with_little_room(&workspace, blocks, &["set", "narrow", "title=New"]);
        assert_eq!(code, Some(1), "{blocks} blocks: {stderr}");
        assert!(stderr.starts_with("error: "), "{stderr}");
        assert_eq!(workspace.text(), big);
        assert_eq!(std::fs::read_dir(workspace.folder()).unwrap().count(), 1);
    }
    workspace.ok(&["set", "narrow", "title=New"]);
    assert!(workspace.text().contains("title = \"New\""));
    workspace.ok(&["undo"]);
    assert_eq!(workspace.text(), big);
}

/// Keys that edit, at random, with a move or two between them. None of them
/// leaves a question open.
fn random_keys(edits: usize) -> String {
    const EDITS: [&str; 14] = [
        "1",
        "2",
        "3",
        "4",
        "5",
        "6",
        "7",
        "8",
        "9",
        "0",
        "=4.5<enter><esc>",
        "~2..6<enter><esc>",
        "L2h<space>5<space>a<space>note<enter><esc>",
        "aAnother<space>idea<enter><esc>",
    ];
    const MOVES: [&str; 5] = ["j", "k", "l", "h", "gg"];
    let mut seed = 11;
    let mut pick = |from: &[&'static str]| from[(noise(&mut seed) * from.len() as f64) as usize];
    (0..edits).map(|_| [pick(&MOVES), pick(&MOVES), pick(&EDITS)].concat()).collect()
}

#[test]
fn many_edits_and_as_many_undos_give_back_the_same_bytes() {
    let nasty = include_str!("../store/nasty.toml");
    let workspace = TestWorkspace::with(nasty);
    let run = |keys: &str| {
        let mut command = workspace.std_command();
        let status = command.args(["--keys", keys]).stdout(Stdio::null()).status().unwrap();
        assert!(status.success());
    };
    let edits = rounds(150, 1_500);
    run(&format!("g1z{}", random_keys(edits)));
    assert_ne!(workspace.text(), nasty);
    let (mut undone, batch) = (0, edits / 15);
    while workspace.text() != nasty && undone < edits {
        run(&"u".repeat(batch));
        undone += batch;
    }
    assert_eq!(workspace.text(), nasty);
    assert!(undone >= edits * 2 / 3, "only about {undone} of the keys changed anything");
}
