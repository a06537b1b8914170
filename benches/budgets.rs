//! The budgets that docs/performance.md states, measured as ratios in one run:
//!
//! ```sh
//! cargo bench --bench budgets
//! ```
//!
//! Prints Markdown. Nothing here asserts: a busy machine is not a bug.

mod support;

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use prospect::command::{KeyPress, parse_keys};
use prospect::config::{Paths, Settings};
use prospect::domain::{Criterion, Date, Edit, Field, Rating, Value};
use prospect::store::{OnConflict, Workspace};
use prospect::tui::{HeadlessApp, Options};

const SIZE: (u16, u16) = (120, 40);

/// The argument with which this program calls itself to measure memory.
const LOAD_ONLY: &str = "--load-only";

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == LOAD_ONLY) {
        return print_memory_after_loading(Path::new(&arguments[at + 1]));
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    println!("| what | ideas | measured | beside | ratio | budget |");
    println!("|---|---|---|---|---|---|");
    Bench::new(folder.path(), 200).weigh("p99 < 16 ms");
    next_pair(&folder.path().join("duels"), 300, 2_000);
    for ideas in [2_000, 10_000] {
        let bench = Bench::new(folder.path(), ideas);
        bench.start();
        bench.keys();
        bench.outside();
        bench.save();
        bench.memory();
    }
    version();
}

/// A file of so many ideas, and what is measured on it.
struct Bench {
    ideas: usize,
    path: PathBuf,
    text: String,
    paths: Paths,
}

impl Bench {
    fn new(folder: &Path, ideas: usize) -> Self {
        let text = support::workspace(ideas);
        let path = folder.join(format!("{ideas}.toml"));
        fs::write(&path, &text).expect("a workspace");
        let paths = Paths {
            config: folder.join("config.toml"),
            workspace: path.clone(),
            state: folder.join("state"),
        };
        Self { ideas, path, text, paths }
    }

    fn open(&self) -> HeadlessApp {
        let options = Options {
            workspace: Some(self.path.clone()),
            paths: self.paths.clone(),
            settings: Settings::default(),
            as_of: Date::constant(2026, 1, 1),
            day_stays: true,
            color: true,
            demo: false,
        };
        HeadlessApp::open(options, SIZE).expect("a session")
    }

    /// Reading everything and drawing the first frame, beside what the toml
    /// crate needs to parse the same bytes into a table.
    fn start(&self) {
        let frame = median(9, || drop(black_box(self.open().screen())));
        let parse = median(9, || drop(black_box(toml::from_str::<toml::Table>(&self.text))));
        self.row("start to first frame", frame, "bare parse", parse, "≤ 0.25");
    }

    /// From a key to the finished frame.
    fn keys(&self) {
        let is_large = self.ideas > 2_000;
        let frame = if is_large { "p99 < 16 ms" } else { "p99 < 8 ms" };
        let letter = if is_large { "p99 < 4 ms" } else { "p99 < 8 ms" };
        let scripts = [
            ("move", "jjkGgg".repeat(40), frame),
            // With all columns: digits rate only a marked cell.
            ("rate", format!("z{}", "7j3j0j".repeat(40)), frame),
            ("find", find_script(), letter),
            ("triage", triage_script(), "p99 < 8 ms"),
        ];
        for (what, script, budget) in scripts {
            self.keys_of(what, &mut self.open(), &script, budget);
        }
        self.weigh(frame);
    }

    /// A weight moved on the Map, everything ranked again and drawn.
    fn weigh(&self, budget: &str) {
        let mut app = self.open();
        for key in parse_keys("g5").expect("keys") {
            press(&mut app, key);
        }
        self.keys_of("weigh", &mut app, &"llll<gt><lt>hhhh".repeat(10), budget);
    }

    fn keys_of(&self, what: &str, app: &mut HeadlessApp, script: &str, budget: &str) {
        let keys = parse_keys(script).expect("keys");
        let mut times: Vec<Duration> = Vec::new();
        for (at, key) in keys.into_iter().enumerate() {
            times.push(press(app, key));
            // Every other key comes while what the one before it has set off
            // is still being worked out.
            if at % 2 == 1 {
                app.run_until_idle();
            }
        }
        app.run_until_idle();
        times.sort();
        let at = |share: f64| times[(share * (times.len() - 1) as f64) as usize];
        println!(
            "| key to frame: {what} ({} keys) | {} | p50 {}, p99 {} | | | {budget} |",
            times.len(),
            self.ideas,
            shown(at(0.50)),
            shown(at(0.99)),
        );
    }

    /// From an outside change to the frame that shows it: only what the thread
    /// that draws does of it.
    fn outside(&self) {
        let one = self.text.replacen("title = \"", "title = \"Another ", 1);
        let all = self.text.replace("title = \"", "title = \"The ");
        for (what, changed) in [("one idea", one), ("every idea", all)] {
            let mut app = self.open();
            keys(&mut app, "g1");
            app.run_until_idle();
            let mut times: Vec<Duration> = [&changed, &self.text]
                .repeat(5)
                .into_iter()
                .map(|text| {
                    fs::write(&self.path, text).expect("a changed workspace");
                    keys(&mut app, "R");
                    hear_all(&mut app)
                })
                .collect();
            times.sort();
            println!(
                "| outside change of {what} to frame, on the drawing thread | {} | {} | | | < 4 ms |",
                self.ideas,
                shown(times[times.len() / 2]),
            );
        }
    }

    /// Saving one rating, beside a plain atomic write of the same bytes.
    fn save(&self) {
        let (mut workspace, loaded) =
            Workspace::open(&self.path, &self.paths.state).expect("a workspace");
        let mut portfolio = loaded.portfolio;
        let id = portfolio.ideas()[self.ideas / 2].id.clone();
        let mut answer = 0.0;
        let save = median(15, || {
            answer = if answer == 3.0 { 4.0 } else { 3.0 };
            let value = Some(Value::Rating(Rating::value(answer)));
            let edit = Edit::set(&id, Field::Rating(Criterion::Headroom), value);
            let inverse = portfolio.apply(&edit).expect("an edit that fits");
            workspace.commit(&edit, &inverse, OnConflict::Ask).expect("a saved edit");
        });
        let bytes = fs::read(&self.path).expect("the file");
        let plain = median(15, || plain_atomic_write(&self.path, &bytes));
        self.row("save one rating", save, "plain atomic write", plain, "≤ 3");
    }

    /// Resident memory of a process that has loaded the file, in its bytes.
    fn memory(&self) {
        let program = std::env::current_exe().expect("this program");
        let output = Command::new(program).arg(LOAD_ONLY).arg(&self.path).output();
        let printed = output.expect("a child process").stdout;
        let bytes: f64 = String::from_utf8_lossy(&printed).trim().parse().unwrap_or(f64::NAN);
        let file = self.text.len() as f64;
        // A small file is little beside the program itself.
        let budget = if self.ideas > 2_000 { 3 } else { 8 };
        println!(
            "| resident memory after loading | {} | {:.1} MB | file {:.1} MB | {:.1} | ≤ {budget} |",
            self.ideas,
            bytes / 1e6,
            file / 1e6,
            bytes / file
        );
    }

    fn row(&self, what: &str, measured: Duration, name: &str, beside: Duration, budget: &str) {
        println!(
            "| {what} | {} | {} | {name} {} | {:.2} | {budget} |",
            self.ideas,
            shown(measured),
            shown(beside),
            measured.as_secs_f64() / beside.as_secs_f64(),
        );
    }
}

/// From an answer to the frame with the next pair, among ideas on the shortlist
/// with so many answers so far. What may come next was worked out before, as
/// while a person thinks.
fn next_pair(folder: &Path, ideas: usize, duels: usize) {
    let path = folder.join("ideas.toml");
    let paths = Paths {
        config: folder.join("config.toml"),
        workspace: path.clone(),
        state: folder.join("state"),
    };
    fs::create_dir(folder).expect("a folder");
    let text = support::workspace(ideas);
    let statuses = ["inbox", "active", "parked"].map(|status| format!("status = \"{status}\""));
    let text = statuses
        .iter()
        .fold(text, |text, status| text.replace(status.as_str(), "status = \"shortlist\""));
    fs::write(&path, text).expect("a workspace");
    fs::write(folder.join("duels.toml"), duel_log(ideas, duels)).expect("duels");
    let options = Options {
        workspace: Some(path),
        paths,
        settings: Settings::default(),
        as_of: Date::constant(2026, 1, 1),
        day_stays: true,
        color: true,
        demo: false,
    };
    let mut app = HeadlessApp::open_speculative(options, SIZE).expect("a session");
    keys(&mut app, "g3");
    app.run_until_idle();
    let mut times: Vec<Duration> = Vec::new();
    let mut at_once = 0;
    for key in parse_keys(&"hlt".repeat(20)).expect("keys") {
        let before = without_message(&app);
        times.push(press(&mut app, key));
        let first = without_message(&app);
        app.run_until_idle();
        // What comes later changes nothing of it any more.
        at_once += usize::from(first != before && without_message(&app) == first);
    }
    times.sort();
    println!(
        "| key to next pair ({} keys, {at_once} of them with the pair in the first frame) | \
         {ideas}, {duels} duels | p50 {}, p99 {} | | | p99 < 16 ms |",
        times.len(),
        shown(times[times.len() / 2]),
        shown(times[times.len() * 99 / 100]),
    );
}

/// What is shown but for the last lines, where it is said as soon as an answer is saved.
fn without_message(app: &HeadlessApp) -> Vec<String> {
    let text = app.screen().to_text();
    let lines = text.lines().take(usize::from(SIZE.1) - 2);
    lines.map(str::to_owned).collect()
}

/// The text of a log of duels between ideas of such a workspace. The smaller
/// number wins more often.
fn duel_log(ideas: usize, duels: usize) -> String {
    let mut numbers = support::Numbers::new(13);
    let ideas = ideas as u64;
    let mut text = String::new();
    for id in 0..duels {
        let left = numbers.below(ideas);
        let right = (left + 1 + numbers.below(ideas - 1)) % ideas;
        let winner = match numbers.below(10) {
            0 => "tie",
            1 | 2 if left < right => "right",
            1 | 2 => "left",
            _ if left < right => "left",
            _ => "right",
        };
        let _ = write!(
            text,
            "[[duel]] # d{id}\nid = \"d{id}\"\nat = 2025-12-{:02}T10:00:00Z\nby = \"bench\"\n\
             left = \"idea-{left}\"\nright = \"idea-{right}\"\nwinner = \"{winner}\"\n\n",
            1 + id % 28
        );
    }
    text
}

/// Every letter of some queries, with the key that clears them.
fn find_script() -> String {
    ["sparse", "tokens drift", "etude", "idea 19", "xqz"]
        .map(|query| format!("/{}<esc>", query.replace(' ', "<space>")))
        .concat()
        .repeat(8)
}

/// Cards sorted, looked up and weighed, with what each reminds of asked for
/// along the way.
fn triage_script() -> String {
    let sorted = "yd1npd4".repeat(20);
    let weighed = "7890255<esc>p2w<enter>".repeat(10);
    format!("g2{sorted}/sparse<esc>/tag:replay<enter>*d2uv*y<esc>{weighed}")
}

/// The time that a person waits: the key, and the frame after it. What was set
/// off is done afterwards, as on the worker's thread.
fn press(app: &mut HeadlessApp, key: KeyPress) -> Duration {
    let start = Instant::now();
    app.press(key);
    drop(black_box(app.screen()));
    start.elapsed()
}

/// Presses keys and draws nothing.
fn keys(app: &mut HeadlessApp, text: &str) {
    for key in parse_keys(text).expect("keys") {
        app.press(key);
    }
}

/// Lets others work, and takes the time of what follows for the thread that
/// draws.
fn hear_all(app: &mut HeadlessApp) -> Duration {
    let mut busy = Duration::ZERO;
    while let Some(reply) = app.next_reply() {
        let start = Instant::now();
        app.apply_reply(reply);
        drop(black_box(app.screen()));
        busy += start.elapsed();
    }
    busy
}

fn plain_atomic_write(path: &Path, bytes: &[u8]) {
    let folder = path.parent().expect("a folder");
    let mut file = tempfile::NamedTempFile::new_in(folder).expect("a temporary file");
    file.write_all(bytes).expect("written");
    file.as_file().sync_all().expect("synced");
    file.persist(path).expect("renamed");
    fs::File::open(folder).and_then(|folder| folder.sync_all()).expect("synced folder");
}

fn print_memory_after_loading(path: &Path) {
    let state = tempfile::tempdir().expect("a temporary folder");
    let loaded = Workspace::open(path, state.path()).expect("a workspace");
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse().unwrap_or(f64::NAN);
    println!("{}", kilobytes * 1024.0);
    drop(black_box(loaded));
}

/// The smallest thing that the program can be asked for.
fn version() {
    let program = env!("CARGO_BIN_EXE_prospect");
    let time = median(51, || {
        black_box(Command::new(program).arg("--version").output().expect("a child process"));
    });
    let nothing = median(51, || {
        black_box(Command::new("true").output().expect("a child process"));
    });
    println!(
        "| `prospect --version`, whole process | | {} | `true` {} | | < 5 ms |",
        shown(time),
        shown(nothing)
    );
    let size = fs::metadata(program).map_or(f64::NAN, |file| file.len() as f64);
    println!("| size of the binary | | {:.2} MB | | | < 10 MB |", size / 1e6);
}

/// The median of so many runs, after one that does not count.
fn median(runs: usize, mut work: impl FnMut()) -> Duration {
    work();
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[runs / 2]
}

fn shown(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}
