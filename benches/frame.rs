//! From a key to the finished frame: moving, rating with a new ranking, and
//! every letter of a search. Saving is on another thread in the workbench and
//! so is not measured here.
//!
//! Percentiles are what the budgets speak of, so this measures by itself.

mod support;

use std::time::{Duration, Instant};

use prospect::command::{KeyPress, parse_keys};
use prospect::config::{Paths, Settings};
use prospect::domain::Date;
use prospect::tui::{Options, Session};
use tempfile::TempDir;

/// A way of working: keys to begin with, and keys that are measured one by
/// one, over and over.
struct Scene {
    name: &'static str,
    before: &'static str,
    cycle: &'static str,
    rounds: usize,
}

const SCENES: [Scene; 3] = [
    Scene { name: "moving", before: "", cycle: "jj<c-d>jk", rounds: 1_000 },
    Scene { name: "rating", before: "jjjjjjjj", cycle: "9182736450", rounds: 200 },
    Scene {
        name: "searching",
        before: "/",
        cycle: "robust agent 12<c-u>tiny replay<c-u>eetude<c-u>s",
        rounds: 1_000,
    },
];

fn main() {
    println!("{:<12}{:>8}{:>12}{:>12}{:>12}", "key → frame", "ideas", "median", "p99", "slowest");
    for ideas in [2_000, 10_000] {
        for scene in &SCENES {
            let times = measure(scene, ideas);
            let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
            println!(
                "{:<12}{ideas:>8}{:>12}{:>12}{:>12}",
                scene.name,
                shown(at(0.5)),
                shown(at(0.99)),
                shown(at(1.0))
            );
        }
    }
}

fn shown(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}

/// The time of every key, sorted. What keys set off is done in between.
fn measure(scene: &Scene, ideas: usize) -> Vec<Duration> {
    let (mut session, _folder) = session(ideas);
    for key in keys(scene.before) {
        session.press(key);
    }
    let mut times: Vec<Duration> = keys(scene.cycle)
        .into_iter()
        .cycle()
        .take(scene.rounds)
        .map(|key| {
            session.settle();
            let start = Instant::now();
            session.press(key);
            std::hint::black_box(session.screen());
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times
}

/// A session on a generated workspace, and the folder that holds it.
fn session(ideas: usize) -> (Session, TempDir) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("ideas.toml");
    std::fs::write(&file, support::workspace(ideas)).expect("a workspace");
    let options = Options {
        workspace: Some(file),
        paths: Paths {
            config: folder.path().join("config.toml"),
            workspace: folder.path().join("new"),
            state: folder.path().join("state"),
        },
        settings: Settings::default(),
        as_of: Date::constant(2026, 3, 1),
        color: true,
        demo: false,
    };
    (Session::open(options, (120, 40)).expect("a session"), folder)
}

fn keys(text: &str) -> Vec<KeyPress> {
    parse_keys(text).expect("keys of the table")
}
