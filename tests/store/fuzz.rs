//! Mutated bytes: real files, changed at random, through every reader. Nothing
//! panics, every problem has a place, and an edit touches nothing else.
//!
//! ```sh
//! cargo test --release --locked --test store fuzz -- --ignored --nocapture
//! ```
//! tries 12 million bytes and says so.

use std::path::Path;

use prospect::config::Settings;
use prospect::domain::{Duel, DuelEntry, Edit, Field, Idea, Problem, Value, Winner};
use prospect::store::{OnConflict, StoreError, Wanted, Workspace, duels, read_deck};

use crate::support::{OpenWorkspace, TestWorkspace, rounds};

/// Real files, and ones that were written to be nasty.
const SEEDS: [&str; 8] = [
    include_str!("../../assets/demo/ideas.toml"),
    include_str!("../../assets/demo/duels.toml"),
    include_str!("../../assets/demo/prospect.toml"),
    include_str!("../../assets/demo/people/mara.toml"),
    include_str!("../../assets/starter/ideas.toml"),
    include_str!("../../assets/decks/history.toml"),
    include_str!("nasty.toml"),
    "[weights]\nheadroom = 3\n[risk]\nappetite = \"bold\"\n[ui]\nname = \"me\"\nmouse = false\n\
     [theme]\nname = \"dark\"\n[keys]\nquit = [\"q\", \"<c-q>\"]\n[duel]\nk = 4\n[triage]\n\
     lenses = [\"Would they call it small?\"]\n",
];

/// Which of them hold ideas.
const IDEAS: [usize; 2] = [0, 6];

/// What breaks parsers more often than a random byte does.
const TOKENS: [&[u8]; 26] = [
    b"[[idea]]\n",
    b"\n[[idea.log]]\n",
    b"[idea.ratings]\n",
    b"[[duel]]\n",
    b"[[card]]\n",
    b"\"\"\"",
    b"'''",
    b"\"",
    b"\\",
    b"#",
    b"\r",
    b"\r\n",
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\xe2\x80\xae",
    b"\xed\xa0\x80",
    b"= nan",
    b"= -0.0",
    b"= 1e999",
    b"= 99999999999999999999",
    b"2026-02-30",
    b"2026-03-01T25:00:00Z",
    b"{ a = ",
    b"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
    b"a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a = 1\n",
];

/// Numbers that look random and are the same in every run (SplitMix64; Steele,
/// Lea and Flood 2014).
struct Noise(u64);

impl Noise {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % bound.max(1) as u64) as usize
    }

    /// A stretch of some seed, most often of ideas; begun at a header or
    /// anywhere.
    fn stretch(&mut self, longest: usize) -> Vec<u8> {
        let seed = if self.below(2) == 0 { IDEAS[self.below(IDEAS.len())] } else { self.below(8) };
        let seed = SEEDS[seed].as_bytes();
        let mut start = self.below(seed.len());
        if self.below(8) > 0 {
            let header = seed[..start].windows(3).rposition(|bytes| bytes == b"\n[[");
            start = header.map_or(0, |at| at + 1);
        }
        let length = self.below(longest) + 1;
        seed[start..(start + length).min(seed.len())].to_vec()
    }

    /// A text with a few things wrong with it; now and then with none.
    fn mutant(&mut self) -> Vec<u8> {
        let mut bytes = self.stretch(6_000);
        for _ in 0..self.below(6) {
            let at = self.below(bytes.len());
            let end = at + self.below((bytes.len() - at).min(80));
            match self.below(8) {
                0 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
                1 if at < bytes.len() => bytes[at] = self.below(256) as u8,
                2 => drop(bytes.drain(at..end)),
                3 => {
                    let copy = bytes[at..end].to_vec();
                    bytes.splice(at..at, copy);
                }
                4 => {
                    let other = self.stretch(200);
                    bytes.splice(at..at, other);
                }
                5 => bytes.truncate(at),
                _ => {
                    let token = TOKENS[self.below(TOKENS.len())];
                    bytes.splice(at..at, token.iter().copied());
                }
            }
        }
        bytes
    }
}

impl Noise {
    /// Some ideas as most people write them, one of them with a token too much in
    /// every other text.
    fn plain_ideas(&mut self) -> Vec<u8> {
        let mut text = String::from("# My ideas\n");
        for at in 0..self.below(6) + 3 {
            let id =
                if self.below(3) > 0 { format!("id = \"idea-{at}\"\n") } else { String::new() };
            let more = [
                "",
                "tags = [\n  \"a\", # one\n  \"b\"\n]\n",
                "summary = \"\"\"\nTwo\nlines\"\"\"\n",
                "summary = '''\n[[idea]]\n'''\n",
                "aliases = [\"old\"]\nbet.kind = \"hot\"\n",
            ][self.below(5)];
            text += &format!(
                "\n[[idea]]\n{id}title = \"Idea {at}\"\n{more}\n[idea.ratings]\nheadroom = {}\n\n\
                 [[idea.log]]\ndate = 2026-01-1{at}\nnote = \"[[idea]] {at}\"\n",
                self.below(11)
            );
        }
        let mut bytes = text.into_bytes();
        if self.below(2) > 0 {
            let at = self.below(bytes.len());
            let token = TOKENS[self.below(TOKENS.len())];
            bytes.splice(at..at, token.iter().copied());
        }
        bytes
    }
}

/// Names the case when something goes wrong with it.
struct Case<'a> {
    seed: u64,
    bytes: &'a [u8],
}

impl Drop for Case<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("seed {}: {:?}", self.seed, String::from_utf8_lossy(self.bytes));
        }
    }
}

fn assert_placed(problems: &[Problem], bytes: &[u8]) {
    let lines = bytes.iter().filter(|byte| **byte == b'\n').count() + 1;
    for problem in problems {
        assert!((1..=lines).contains(&problem.line), "{problem}");
        assert!(problem.column <= problem.excerpt.chars().count() + 1, "{problem}");
        assert!(problem.column >= 1 && problem.width >= 1, "{problem}");
        assert!(!problem.message.is_empty(), "{problem}");
    }
}

/// What stands in the file about every idea that can be read.
fn texts(workspace: &Workspace, ids: &[String]) -> Vec<Option<String>> {
    ids.iter().map(|id| workspace.idea_text(id)).collect()
}

/// What came of a text that was read as ideas.
#[derive(Default)]
struct Tried {
    is_edited: bool,
    /// Whether ideas were passed over that no edit was about.
    is_less_read: bool,
}

/// Reads the bytes as ideas, edits one of them and adds one.
fn ideas(bytes: &[u8], noise: &mut Noise, files: &TestWorkspace) -> Tried {
    let on_disk = || std::fs::read(files.file("ideas.toml")).unwrap();
    files.write("ideas.toml", bytes);
    let mut opened = files.open();
    assert_placed(&opened.problems, bytes);
    let ids: Vec<String> = opened.portfolio.iter().map(|idea| idea.id.clone()).collect();
    let mut tried = Tried::default();
    if ids.is_empty() {
        return tried;
    }
    let edited = ids[noise.below(ids.len())].clone();
    let others: Vec<String> = ids.into_iter().filter(|id| *id != edited).collect();
    let before = texts(&opened.workspace, &others);
    let from = Some(Value::Text("nobody".to_owned()));
    let set = Edit::set(&edited, Field::From, from);
    let new = opened.portfolio.free_id("Fresh");
    let idea = Box::new(Idea::new(new.as_str(), "Fresh"));
    let add = Edit::Add { idea, before: None };
    let wanted = [
        (set, Wanted { ids: &[&edited], ..Wanted::default() }),
        (add, Wanted { titles: &["fresh"], ..Wanted::default() }),
    ];
    for (edit, wanted) in wanted {
        let done = try_edit(&mut opened, &edit);
        tried.is_edited |= done;
        // Before an idea that is added a missing line break is put.
        if done && !wanted.ids.is_empty() {
            assert_eq!(texts(&opened.workspace, &others), before, "the others stay");
        }
        let after = on_disk();
        undo(&mut opened, done);
        assert!(on_disk() == bytes, "undo gives back the bytes, a refused edit changes none");

        let (path, state) = (files.folder(), files.state());
        let (workspace, loaded) = Workspace::open_wanted(&path, &state, wanted).unwrap();
        let portfolio = loaded.portfolio;
        let mut less = OpenWorkspace { workspace, portfolio, problems: Vec::new() };
        if let [id] = wanted.ids {
            assert_eq!(less.portfolio.get(id), opened.portfolio.get(id));
        }
        tried.is_less_read |= less.portfolio.ideas().len() < opened.portfolio.ideas().len();
        assert_eq!(less.portfolio.free_id("Fresh"), new);
        assert_eq!(texts(&less.workspace, &others), before, "the others stand where they did");
        assert_eq!(try_edit(&mut less, &edit), done);
        assert!(on_disk() == after, "the same edit, with less read");
        undo(&mut opened, done);
    }
    tried
}

/// Whether an edit can be made.
fn try_edit(opened: &mut OpenWorkspace, edit: &Edit) -> bool {
    match opened.try_edit(edit) {
        Ok(_) => true,
        Err(StoreError::Broken { .. } | StoreError::Refused { .. } | StoreError::Edit(_)) => false,
        Err(error) => panic!("{error:?}"),
    }
}

/// Takes an edit back, if there was one.
fn undo(opened: &mut OpenWorkspace, was_made: bool) {
    if was_made {
        let undone = opened.workspace.undo(OnConflict::Ask).unwrap().unwrap();
        match undone.outside {
            Some(outside) => opened.portfolio = outside.portfolio,
            None => drop(opened.portfolio.apply(&undone.edit).unwrap()),
        }
    }
}

/// Reads the bytes as a log of duels and appends one.
fn duel_log(bytes: &[u8]) {
    let file = Path::new("duels.toml");
    let (entries, problems) = duels::parse(file, bytes);
    assert_placed(&problems, bytes);
    let at = jiff::civil::date(2026, 3, 1).to_zoned(jiff::tz::TimeZone::UTC).unwrap();
    let new = DuelEntry::Duel(Duel {
        id: "20260301-000000-fresh".into(),
        at,
        by: "me".into(),
        left: "a".into(),
        right: "b".into(),
        winner: Winner::Tie,
    });
    let addition = duels::append(bytes, std::slice::from_ref(&new));
    let mut after = bytes[..addition.keep].to_vec();
    after.extend(addition.text.as_bytes());
    let (read, _) = duels::parse(file, &after);
    assert_eq!(read.last(), Some(&new), "{}", String::from_utf8_lossy(&after));
    assert_eq!(read.len(), entries.len() + 1, "none is lost by an append");
}

fn settings(bytes: &[u8], files: &TestWorkspace) {
    files.write("config.toml", bytes);
    files.write("prospect.toml", bytes);
    let read = Settings::load(Some(&files.file("config.toml")), Some(&files.folder()));
    if let Err(problems) = read {
        assert!(!problems.is_empty());
        assert_placed(&problems, bytes);
    }
    std::fs::remove_file(files.file("prospect.toml")).unwrap();
    std::fs::remove_file(files.file("config.toml")).unwrap();
}

fn deck(bytes: &[u8], files: &TestWorkspace) {
    files.write("deck.txt", bytes);
    match read_deck(&files.file("deck.txt")) {
        Ok((deck, problems)) => {
            assert!(!deck.cards.is_empty());
            assert_placed(&problems, bytes);
        }
        Err(problems) => assert_placed(&problems, bytes),
    }
}

/// Tries so many bytes at least, and says how many texts that were and how many
/// of them could be edited.
fn fuzz(least: usize) -> (usize, usize, usize) {
    let (mut tried, mut texts, mut edited) = (0, 0, 0);
    let mut files = TestWorkspace::with_files(&[]);
    while tried < least {
        // The journal grows with every edit.
        if texts % 500 == 499 {
            files = TestWorkspace::with_files(&[]);
        }
        let seed = 1_000_003 * texts as u64;
        let mut noise = Noise(seed);
        let bytes = noise.mutant();
        let case = Case { seed, bytes: &bytes };
        edited += usize::from(ideas(&bytes, &mut noise, &files).is_edited);
        duel_log(&bytes);
        settings(&bytes, &files);
        deck(&bytes, &files);
        drop(case);
        tried += bytes.len();
        texts += 1;
    }
    (tried, texts, edited)
}

#[test]
fn whatever_the_bytes_nothing_panics_and_nothing_is_lost() {
    let (_, texts, edited) = fuzz(150_000);
    assert!(edited * 10 > texts, "only {edited} of {texts} texts could be edited");
}

#[test]
fn an_edit_with_less_read_is_the_same_edit() {
    let mut files = TestWorkspace::with_files(&[]);
    let (texts, mut less_read) = (rounds(24, 1000), 0);
    for at in 0..texts {
        if at % 500 == 499 {
            files = TestWorkspace::with_files(&[]);
        }
        let seed = 1_000_033 * at as u64;
        let mut noise = Noise(seed);
        let bytes = noise.plain_ideas();
        let case = Case { seed, bytes: &bytes };
        less_read += usize::from(ideas(&bytes, &mut noise, &files).is_less_read);
        drop(case);
    }
    assert!(less_read * 3 > texts, "only {less_read} of {texts} texts were passed over in part");
}

#[test]
#[ignore = "takes minutes; docs/reliability.md states what it found"]
fn twelve_million_bytes() {
    let (bytes, texts, edited) = fuzz(12_000_000);
    println!("{bytes} bytes in {texts} texts, each through four readers; {edited} edited, undone");
}

#[test]
fn depth_is_refused_and_not_followed() {
    let files = TestWorkspace::with_files(&[]);
    for (open, close) in [("[", "]"), ("{a=", "}"), ("a.", "")] {
        let deep = |times| open.repeat(times) + &close.repeat(times);
        for text in [format!("x = {}", deep(20_000)), format!("{}b = 1", open.repeat(20_000))] {
            let text = format!("[[idea]]\ntitle = 'A'\n{text}\n[[idea]]\ntitle = 'B'\n");
            ideas(text.as_bytes(), &mut Noise(1), &files);
            duel_log(text.as_bytes());
            settings(text.as_bytes(), &files);
            deck(text.as_bytes(), &files);
        }
    }
}
