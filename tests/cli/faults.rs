//! What goes wrong outside: killed processes, writers at the same time, a full
//! disk. Nothing may be lost or half done.

use std::process::{Command, Stdio};
use std::time::Instant;

use crate::bench::{Bench, TWO};

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
    bench: &Bench,
    rounds: usize,
    call: impl Fn(usize) -> Command,
    allowed: impl Fn(usize, &str) -> bool,
) -> usize {
    let started = Instant::now();
    assert!(call(0).status().unwrap().success());
    let whole = started.elapsed();
    let (mut seed, mut changed) = (7, 0);
    let mut before = bench.text();
    for round in 1..=rounds {
        let mut child = call(round).spawn().unwrap();
        std::thread::sleep(whole.mul_f64(1.1 * noise(&mut seed)));
        child.kill().unwrap();
        child.wait().unwrap();
        let text = bench.text();
        assert!(text == before || allowed(round, &text), "round {round}: {text}");
        changed += usize::from(text != before);
        before = text;
    }
    changed
}

/// Whatever was killed, the rest works, and the way back leads to the start.
fn nothing_is_left_behind(bench: &Bench) {
    assert_eq!(bench.run(&["check", "--strict"]).code, 0);
    while bench.run(&["undo"]).code == 0 {}
    assert_eq!(bench.text(), TWO, "undoing everything gives back the same bytes");
    let files: Vec<_> = std::fs::read_dir(bench.workspace()).unwrap().collect();
    assert_eq!(files.len(), 1, "nothing is left lying about: {files:?}");
}

#[test]
fn a_killed_call_leaves_the_state_before_or_after_its_edit() {
    let bench = Bench::with(TWO);
    let headroom = |round: usize| 3 + round % 2;
    let set = |round: usize| {
        let mut command = bench.std_command();
        command.args(["set", "narrow", &format!("ratings.headroom={}", headroom(round))]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let allowed = |round: usize, text: &str| text == with_headroom(headroom(round));
    let changed = kill_at_random(&bench, 150, set, allowed);
    assert!(changed > 0, "none was fast enough to write before its end");
    nothing_is_left_behind(&bench);
}

#[test]
fn a_killed_workbench_leaves_the_state_between_two_edits() {
    let bench = Bench::with(TWO);
    let rate = |_: usize| {
        let mut command = bench.std_command();
        command.args(["--keys", "34567893"]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let allowed = |_: usize, text: &str| (2..=9).any(|headroom| text == with_headroom(headroom));
    let changed = kill_at_random(&bench, 50, rate, allowed);
    assert!(changed > 5, "killed in the middle of a run of edits only {changed} times");
    nothing_is_left_behind(&bench);
}

#[test]
fn writers_at_the_same_time_lose_nothing() {
    const EACH: usize = 15;
    let bench = Bench::with(TWO);
    let bench = &bench;
    std::thread::scope(|scope| {
        for writer in ["left", "right"] {
            scope.spawn(move || {
                for i in 0..EACH {
                    bench.ok(&["log", "--id", "narrow", &format!("{writer} {i}")]);
                    bench.ok(&["add", "The same title"]);
                }
            });
        }
    });
    let idea = bench.json(&["show", "narrow", "--json"]);
    let log = idea["log"].as_array().unwrap();
    let mut notes: Vec<&str> = log.iter().map(|entry| entry["note"].as_str().unwrap()).collect();
    assert_eq!(notes.len(), 2 * EACH);
    notes.sort_unstable();
    notes.dedup();
    assert_eq!(notes.len(), 2 * EACH, "no note twice");
    let ranking = bench.json(&["rank", "--json"]);
    assert_eq!(ranking["ideas"].as_array().unwrap().len(), 2 + 2 * EACH);
}

/// Runs the binary where no file may grow beyond some blocks, as on a full
/// disk.
#[cfg(unix)]
fn with_little_room(bench: &Bench, blocks: u32, arguments: &[&str]) -> (Option<i32>, String) {
    let program = bench.std_command();
    let mut command = Command::new("sh");
    command.args(["-c", &format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\""), "sh"]);
    command.arg(program.get_program()).args(program.get_args()).args(arguments);
    command.env_clear().current_dir(bench.path());
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
    let bench = Bench::with(&big);
    for blocks in [0, 16] {
        let (code, stderr) = with_little_room(&bench, blocks, &["set", "narrow", "title=New"]);
        assert_eq!(code, Some(1), "{blocks} blocks: {stderr}");
        assert!(stderr.starts_with("error: "), "{stderr}");
        assert_eq!(bench.text(), big);
        assert_eq!(std::fs::read_dir(bench.workspace()).unwrap().count(), 1);
    }
    bench.ok(&["set", "narrow", "title=New"]);
    assert!(bench.text().contains("title = \"New\""));
    bench.ok(&["undo"]);
    assert_eq!(bench.text(), big);
}

/// Keys that edit, at random, with a move or two between them. None of them
/// leaves a question open.
fn random_keys(edits: usize) -> String {
    const EDITS: [&str; 12] = [
        "7",
        "3",
        "0",
        "-",
        ">",
        ">",
        "=4.5<enter><esc>",
        "~2..6<enter><esc>",
        "L2h<space>5<space>a<space>note<enter><esc>",
        "tsome,tags<enter><esc>",
        "t<enter><esc>",
        "aAnother<space>idea<enter><esc>",
    ];
    const MOVES: [&str; 5] = ["j", "k", "l", "h", "gg"];
    let mut seed = 11;
    let mut pick = |from: &[&'static str]| from[(noise(&mut seed) * from.len() as f64) as usize];
    (0..edits).map(|_| [pick(&MOVES), pick(&MOVES), pick(&EDITS)].concat()).collect()
}

#[test]
fn a_thousand_edits_and_as_many_undos_give_back_the_same_bytes() {
    let nasty = include_str!("../store/nasty.toml");
    let bench = Bench::with(nasty);
    let run = |keys: &str| {
        let mut command = bench.std_command();
        let status = command.args(["--keys", keys]).stdout(Stdio::null()).status().unwrap();
        assert!(status.success());
    };
    // To the Rank screen, wherever it opens.
    run(&format!("g1{}", random_keys(1_700)));
    assert_ne!(bench.text(), nasty);
    let mut undone = 0;
    while bench.text() != nasty && undone < 1_700 {
        run(&"u".repeat(100));
        undone += 100;
    }
    assert_eq!(bench.text(), nasty);
    assert!(undone >= 1_000, "only about {undone} of the keys changed anything");
}
