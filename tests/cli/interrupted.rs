//! Interrupted and raced writes: a kill or an error at every system call, kills
//! at random moments, and saves by another program while this one writes.
//!
//! With `PROSPECT_LONG` set each runs as many rounds as docs/reliability.md
//! states, and prints its counts.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::{TestWorkspace, is_long, rounds};

/// Entries that cannot be told apart by what stands around them, and more than
/// one file.
const REPETITIVE: &str = "\
# ours

[[idea]]
title = \"A\"

[[idea.log]]
date = 2026-02-28
hours = 1

[[idea.log]]
date = 2026-02-28
hours = 1

[idea.case]
pitch = \"some words that are long enough to be context\"

[[idea]]
id = \"b\"
title = \"B\"
status = \"active\"
";

const OTHER: &str = "[[idea]]\ntitle = \"C\"\nstatus = \"active\"\n";

const OPERATIONS: [&[&str]; 11] = [
    &["log", "--id", "a", "--date", "2026-02-28", "1h"],
    &["rm", "b"],
    &["duel", "b", "c", "--winner", "left"],
    &["undo"],
    &["redo"],
    &["set", "a", "ratings.headroom=5", "tags=x,y"],
    &["set", "c", "title=Another title"],
    &["set", "b", "status=parked", "--why", "later"],
    &["add", "D", "--tag", "new"],
    &["promise", "a", "--by", "2026-06-01", "--claim", "it works"],
    &["rm", "a"],
];

/// A workspace in which every operation has something to do.
fn workspace() -> TestWorkspace {
    let files = TestWorkspace::with_files(&[("ideas.toml", REPETITIVE), ("more.toml", OTHER)]);
    files.ok(&["set", "a", "from=me"]);
    files.ok(&["log", "--id", "a", "--date", "2026-02-28", "1h"]);
    files.ok(&["set", "c", "from=you"]);
    files.ok(&["undo"]);
    files
}

fn texts(files: &TestWorkspace) -> [String; 2] {
    ["ideas.toml", "more.toml"].map(|name| fs::read_to_string(files.file(name)).unwrap())
}

/// Undoes everything; the first texts must be there again, or `None`.
fn undo_all(files: &TestWorkspace) -> Option<String> {
    let mut said = String::new();
    for _ in 0..200 {
        let ran = files.run(&["undo"]);
        said.push_str(&ran.stdout);
        said.push_str(&ran.stderr);
        if ran.code != 0 {
            break;
        }
    }
    let is_at_the_start = texts(files) == [REPETITIVE, OTHER] && said.contains("nothing to undo");
    (!is_at_the_start).then_some(said)
}

/// A system call of an operation: its name, and which one of that name it is.
struct Call {
    name: String,
    number: usize,
}

const CALLS: &str = "write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,openat,unlink,\
                     unlinkat,ftruncate,link,linkat,mkdir,chmod,fchmod,fchown";

fn strace(files: &TestWorkspace, options: &[&str], operation: &[&str]) -> Command {
    let program = files.std_command();
    let mut command = Command::new("strace");
    command.args(["-f", "-o"]).arg(files.path("trace")).args(options);
    command.arg(program.get_program()).args(program.get_args()).args(operation);
    command.env_clear().current_dir(files.home()).stdout(Stdio::null()).stderr(Stdio::null());
    for (name, value) in program.get_envs() {
        if let Some(value) = value {
            command.env(name, value);
        }
    }
    command
}

/// The calls of an operation from the first one on that touches the state folder.
fn calls(operation: &[&str]) -> Vec<Call> {
    let files = workspace();
    let status = strace(&files, &["-e", &format!("trace={CALLS}")], operation).status();
    assert!(status.unwrap().success(), "{operation:?}");
    let trace = fs::read_to_string(files.path("trace")).unwrap();
    let mut seen = std::collections::HashMap::new();
    let mut calls = Vec::new();
    let main = trace.split_whitespace().next().unwrap_or_default();
    let mut is_touched = false;
    for line in trace.lines().filter_map(|line| line.strip_prefix(main)) {
        let Some((name, _)) = line.trim_start().split_once('(') else { continue };
        let number = seen.entry(name.to_owned()).or_insert(0);
        *number += 1;
        is_touched |= line.contains("prospect/") && line.contains(".lock");
        if is_touched && !line.contains("write(1,") {
            calls.push(Call { name: name.to_owned(), number: *number });
        }
    }
    calls
}

#[test]
fn a_fault_at_every_system_call_leaves_the_state_before_or_after() {
    let has_strace = Command::new("strace").arg("-V").output().is_ok();
    assert!(has_strace || !is_long(), "the long form needs strace");
    if !has_strace {
        println!("skipped: there is no strace");
        return;
    }
    let operations = if is_long() { &OPERATIONS[..] } else { &OPERATIONS[..2] };
    let mut trials = 0;
    let mut failures = Vec::new();
    for operation in operations {
        let before = texts(&workspace());
        let after = workspace();
        after.ok(operation);
        let after = texts(&after);
        let calls = calls(operation);
        assert!(calls.len() > 5, "{operation:?}");
        for call in calls.iter().step_by(rounds(9, 1)) {
            for fault in ["error=EIO:signal=KILL", "error=EIO", "error=ENOSPC"] {
                trials += 1;
                let files = workspace();
                let inject = format!("inject={}:{fault}:when={}", call.name, call.number);
                let _ = strace(&files, &["-e", &inject], operation).status().unwrap();
                let now = texts(&files);
                let is_whole = (0..2).all(|at| now[at] == before[at] || now[at] == after[at]);
                let what = format!("{operation:?}, {inject}");
                if !is_whole {
                    failures.push(format!("{what}: neither before nor after"));
                } else if files.run(&["check", "--strict"]).code != 0 {
                    failures.push(format!("{what}: check"));
                } else if let Some(said) = undo_all(&files) {
                    failures.push(format!("{what}: {said}"));
                }
            }
        }
    }
    println!("| a fault at each system call | {trials} trials, {} failures |", failures.len());
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn a_save_right_after_a_write_is_not_taken_for_ours() {
    if Command::new("strace").arg("-V").output().is_err() {
        println!("skipped: there is no strace");
        return;
    }
    let files = workspace();
    let path = files.file("ideas.toml");
    // The folder is synced last, when the new text is in its place already.
    let slow = ["-e", "trace=fsync", "-e", "inject=fsync:delay_enter=700000"];
    let mut writer = strace(&files, &slow, &["set", "b", "title=Renamed"]).spawn().unwrap();
    let started = Instant::now();
    let whole = loop {
        let text = fs::read_to_string(&path).unwrap();
        if text.contains("Renamed") {
            break text;
        }
        assert!(started.elapsed() < Duration::from_secs(30), "nothing was written");
        thread::sleep(Duration::from_millis(2));
    };
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    assert!(writer.wait().unwrap().success());
    let mut noted = fs::read_dir(files.home().join(".local/state/prospect")).unwrap().flatten();
    let noted =
        noted.find_map(|folder| fs::read_to_string(folder.path().join("last-write.json")).ok());
    assert!(!noted.unwrap().contains("ideas.toml"), "the half of another program counts as ours");
}

/// Numbers that look random and are the same in every run.
fn noise(state: &mut u64) -> f64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 40) as f64 / (1_u64 << 24) as f64
}

#[test]
fn a_storm_of_kills_leaves_every_workspace_undoable_to_the_first_byte() {
    const KILLS: usize = 6;
    let mut seed = 3;
    let mut failures = Vec::new();
    let workspaces = rounds(4, 500);
    for round in 0..workspaces {
        let files = workspace();
        for kill in 0..KILLS {
            let mut command = files.std_command();
            match (round + kill) % 5 {
                0 => command.args(["--keys", "L1h<enter>L1h<enter>uL1h<enter>", "--print"]),
                1 => command.args(["undo"]),
                2 => command.args(["set", "a", "from=", "tags=x"]),
                _ => command.args(["log", "--id", "a", "--date", "2026-02-28", "1h"]),
            };
            command.stdout(Stdio::null()).stderr(Stdio::null());
            let mut child = command.spawn().unwrap();
            let longest = if (round + kill) % 5 == 0 { 0.15 } else { 0.03 };
            thread::sleep(Duration::from_secs_f64(longest * noise(&mut seed)));
            child.kill().unwrap();
            child.wait().unwrap();
        }
        if files.run(&["check", "--strict"]).code != 0 {
            failures.push("check".to_owned());
        }
        failures.extend(undo_all(&files));
    }
    let kills = workspaces * KILLS;
    println!(
        "| kills at random | {kills} kills, {workspaces} workspaces, {} failures |",
        failures.len()
    );
    assert!(failures.is_empty(), "{failures:#?}");
}

/// How another program saves a file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Save {
    renames: bool,
    in_halves: bool,
}

impl Save {
    /// All four ways in turn.
    pub(crate) const fn number(number: usize) -> Self {
        Self { renames: number.is_multiple_of(2), in_halves: number % 4 < 2 }
    }

    pub(crate) fn write(self, file: &Path, text: &str) {
        let target = if self.renames { file.with_extension("outside") } else { file.to_owned() };
        let mut open = File::create(&target).unwrap();
        let middle = if self.in_halves { text.len() / 2 } else { text.len() };
        open.write_all(&text.as_bytes()[..middle]).unwrap();
        if self.in_halves {
            thread::sleep(Duration::from_millis(30));
            open.write_all(&text.as_bytes()[middle..]).unwrap();
        }
        drop(open);
        if self.renames {
            fs::rename(&target, file).unwrap();
        }
    }
}

#[test]
fn no_save_of_another_program_is_lost_while_this_one_writes() {
    let files = TestWorkspace::with(REPETITIVE);
    let file = files.ideas_file();
    let stop = AtomicBool::new(false);
    let written = AtomicUsize::new(0);
    let mut lost = Vec::new();
    let saves = rounds(8, 1_000);
    thread::scope(|scope| {
        let writer = || {
            while !stop.load(Ordering::Relaxed) {
                let mut command = files.std_command();
                command.args(["set", "a", &format!("from={}", written.load(Ordering::Relaxed))]);
                let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
                assert!(status.is_ok());
                written.fetch_add(1, Ordering::Relaxed);
            }
        };
        scope.spawn(writer);
        for number in 0..saves {
            let save = Save::number(number);
            let mark = format!("# save {number}\n");
            let text = fs::read_to_string(&file).unwrap();
            save.write(&file, &format!("{text}{mark}"));
            // Until it was read and written at least once.
            let before = written.load(Ordering::Relaxed);
            let started = Instant::now();
            while written.load(Ordering::Relaxed) < before + 2
                && started.elapsed() < Duration::from_secs(20)
            {
                thread::sleep(Duration::from_millis(1));
            }
            let now = fs::read_to_string(&file).unwrap();
            if !now.contains(&mark) || !now.starts_with("# ours\n") {
                lost.push((number, save));
            }
        }
        stop.store(true, Ordering::Relaxed);
    });
    println!(
        "| saves while the command line writes | {saves} saves, {} writes, {} lost |",
        written.load(Ordering::Relaxed),
        lost.len()
    );
    assert!(lost.is_empty(), "{lost:?}");
    assert_eq!(files.run(&["check"]).code, 0);
}
