//! From a key to the finished frame: moving, rating with a new ranking, and
//! every letter of a search. Saving is on another thread in the workbench and
//! so is not measured here.

mod support;

use divan::Bencher;
use prospect::command::{KeyPress, parse_keys};
use prospect::config::{Paths, Settings};
use prospect::domain::Date;
use prospect::tui::{Options, Session};
use tempfile::TempDir;

const SIZES: [usize; 2] = [2_000, 10_000];

fn main() {
    divan::main();
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

/// Measures one key after another of a cycle; what they set off is done
/// between the measurements.
fn measure(bencher: Bencher<'_, '_>, ideas: usize, before: &str, cycle: &str) {
    let (mut session, _folder) = session(ideas);
    for key in keys(before) {
        session.press(key);
    }
    session.settle();
    let session = std::cell::RefCell::new(session);
    let mut cycle = keys(cycle).into_iter().cycle();
    bencher
        .with_inputs(|| {
            session.borrow_mut().settle();
            cycle.next().expect("a cycle")
        })
        .bench_local_values(|key| {
            let mut session = session.borrow_mut();
            session.press(key);
            session.screen()
        });
}

#[divan::bench(args = SIZES, sample_count = 500, sample_size = 1)]
fn moving(bencher: Bencher<'_, '_>, ideas: usize) {
    measure(bencher, ideas, "", "jj<c-d>jk");
}

#[divan::bench(args = SIZES, sample_count = 60, sample_size = 1)]
fn rating(bencher: Bencher<'_, '_>, ideas: usize) {
    measure(bencher, ideas, "jjjjjjjj", "9182736450");
}

#[divan::bench(args = SIZES, sample_count = 500, sample_size = 1)]
fn searching(bencher: Bencher<'_, '_>, ideas: usize) {
    measure(bencher, ideas, "/", "robust agent 12<c-u>tiny<c-u>eetude<c-u>");
}
