//! Reading and saving, beside what the `toml` crate and a plain atomic write of
//! the same bytes take: `cargo bench --bench store`.

use std::fmt::Write;
use std::fs;

use divan::{Bencher, counter::BytesCount};
use prospect::domain::{Criterion, Edit, Field, Portfolio, Rating, Value};
use prospect::store::{OnConflict, Workspace, write_atomic};
use tempfile::TempDir;

const SIZES: [usize; 2] = [2_000, 10_000];

fn main() {
    divan::main();
}

/// Ideas with ten log entries each.
fn ideas(count: usize) -> String {
    let mut text = String::from("# A long list.\n");
    for idea in 0..count {
        let simplicity = idea % 10;
        let _ = write!(
            text,
            r#"
[[idea]]
id = "idea-{idea}"
title = "Idea number {idea} about something worth a title"
summary = """
Some text of more than one line,
for idea {idea}."""
tags = ["reasoning", "prompting"]
created = 2021-10-01
status = "active"

[idea.ratings]
simplicity = {simplicity}   # a first guess
generality = 8
longevity = [6, 9]

[idea.bet]
kind = "next-hot"
chance = 0.3
reward = 9
fallback = 3
"#
        );
        for entry in 0..10 {
            let day = entry + 1;
            let _ = write!(
                text,
                "\n[[idea.log]]\ndate = 2022-01-{day:02}\nhours = {day}\ntraction = {entry}\nnote = \"entry {entry} of idea {idea}\"\n"
            );
        }
    }
    text
}

/// A folder on disk, not in memory: what counts is a real write.
fn folder(text: &str) -> TempDir {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    fs::create_dir(folder.path().join("w")).expect("a folder");
    fs::write(folder.path().join("w/ideas.toml"), text).expect("a file");
    folder
}

fn open(folder: &TempDir) -> (Workspace, Portfolio) {
    let opened = Workspace::open(&folder.path().join("w"), &folder.path().join("state"));
    let (workspace, loaded) = opened.expect("a workspace");
    (workspace, loaded.portfolio)
}

#[divan::bench(args = SIZES)]
fn read_with_the_toml_crate(bencher: Bencher<'_, '_>, count: usize) {
    let text = ideas(count);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| toml::from_str::<toml::Table>(&text).expect("valid TOML"));
}

#[divan::bench(args = SIZES)]
fn read_into_ideas(bencher: Bencher<'_, '_>, count: usize) {
    let text = ideas(count);
    let folder = folder(&text);
    bencher.counter(BytesCount::of_str(&text)).bench(|| open(&folder));
}

#[divan::bench(args = SIZES)]
fn write_the_same_bytes(bencher: Bencher<'_, '_>, count: usize) {
    let text = ideas(count);
    let folder = folder(&text);
    let path = folder.path().join("plain.toml");
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| write_atomic(&path, text.as_bytes()).expect("a write"));
}

#[divan::bench(args = SIZES)]
fn save_one_rating(bencher: Bencher<'_, '_>, count: usize) {
    let text = ideas(count);
    let folder = folder(&text);
    let (mut workspace, mut portfolio) = open(&folder);
    let id = format!("idea-{}", count - 2);
    let mut half_points = 0_u8;
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        half_points = (half_points + 1) % 20;
        let rating = Value::Rating(Rating::value(f64::from(half_points) / 2.0));
        let edit = Edit::set(&id, Field::Rating(Criterion::Headroom), Some(rating));
        let inverse = portfolio.apply(&edit).expect("an edit");
        workspace.commit(&edit, &inverse, OnConflict::Ask).expect("a save")
    });
}
