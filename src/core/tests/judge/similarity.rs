//! Accuracy of the search for similar ideas: on pairs labelled by hand, and on
//! real backlogs in which rewritten ideas are planted.
//!
//! `cargo test --test judge similarity -- --nocapture` prints the figures.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use prospect_core::domain::Idea;
use prospect_core::judge::{ALIKE, SimilarityIndex};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn tables(path: &Path, name: &str) -> Vec<toml::Table> {
    let text = fs::read_to_string(path).expect("a readable file");
    let table: toml::Table = text.parse().expect("TOML");
    let array = table[name].as_array().expect("an array of tables");
    array.iter().map(|entry| entry.as_table().expect("a table").clone()).collect()
}

fn idea(id: &str, table: &toml::Table) -> Idea {
    let text = |key: &str| table.get(key).and_then(|value| value.as_str()).unwrap_or_default();
    let tags = table.get("tags").and_then(|tags| tags.as_array());
    Idea {
        summary: text("summary").to_owned(),
        tags: tags.into_iter().flatten().filter_map(|tag| tag.as_str()).map(Into::into).collect(),
        ..Idea::new(id, text("title"))
    }
}

struct Pair {
    same: bool,
    left: Idea,
    right: Idea,
}

fn pairs() -> Vec<Pair> {
    let pair = |(number, table): (usize, &toml::Table)| Pair {
        same: table["same"].as_bool().expect("same = true or false"),
        left: idea(&format!("{number}-left"), table["left"].as_table().expect("left")),
        right: idea(&format!("{number}-right"), table["right"].as_table().expect("right")),
    };
    tables(&root().join("tests/judge/similarity/pairs.toml"), "pair")
        .iter()
        .enumerate()
        .map(pair)
        .collect()
}

#[derive(Default)]
struct Tally {
    yes: usize,
    all: usize,
}

impl Tally {
    fn count(&mut self, yes: bool) {
        self.yes += usize::from(yes);
        self.all += 1;
    }

    fn share(&self) -> f64 {
        self.yes as f64 / self.all as f64
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} of {} ({:.0} %)", self.yes, self.all, 100.0 * self.share())
    }
}

#[test]
fn duplicates_are_found_and_near_misses_are_not() {
    let pairs = pairs();
    let ideas: Vec<Idea> =
        pairs.iter().flat_map(|pair| [pair.left.clone(), pair.right.clone()]).collect();
    let index = SimilarityIndex::new(&ideas);
    for (half, parity) in [("tuning", 0), ("held out", 1)] {
        let (mut found, mut near_misses, mut strangers) = Default::default();
        for pair in pairs.iter().skip(parity).step_by(2) {
            let alike = index.like(&pair.left, ALIKE);
            let right = alike.iter().any(|other| other.id == pair.right.id);
            Tally::count(if pair.same { &mut found } else { &mut near_misses }, right);
            Tally::count(&mut strangers, alike.iter().any(|other| other.id != pair.right.id));
        }
        println!("{half}: found {found}; near misses {near_misses}; strangers {strangers}");
        assert!(found.share() >= 0.9, "{half}: found only {found}");
        assert!(
            near_misses.share() <= 0.1,
            "{half}: near misses taken for duplicates: {near_misses}"
        );
        assert!(strangers.share() <= 0.1, "{half}: others taken for duplicates: {strangers}");
    }
}

/// A real backlog, where it lies beside the project.
fn backlog(name: &str) -> Option<Vec<Idea>> {
    let path = root().join("../../../shared/data").join(name).join("ideas.toml");
    path.exists().then(|| {
        let id = |table: &toml::Table| table["id"].as_str().expect("an id").to_owned();
        tables(&path, "idea").iter().map(|table| idea(&id(table), table)).collect()
    })
}

fn are_one(known: &str, one: &Idea, other: &str, titles: &HashMap<&str, &str>) -> bool {
    titles.get(other) == Some(&one.title.as_str())
        || known.lines().any(|group| {
            let group: Vec<&str> = group.split_whitespace().collect();
            group.contains(&one.id.as_str()) && group.contains(&other)
        })
}

/// Numbers that look random and are the same every time (Knuth's MMIX
/// generator).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % n as u64) as usize
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            list.swap(i, self.below(i + 1));
        }
    }

    /// The words of a text, three of ten left out, others replaced.
    fn reword(&mut self, text: &str) -> Vec<String> {
        let mut words = Vec::new();
        for word in text.split_whitespace() {
            let plain = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            let synonym = SYNONYMS.iter().find(|(from, _)| *from == plain);
            match synonym {
                _ if self.below(10) < 3 => {}
                Some((_, to)) => words.push((*to).to_owned()),
                None => words.push(word.to_owned()),
            }
        }
        words
    }

    /// The same idea in the words of another person: title words reordered,
    /// a third of the sentences gone, the others reordered, words left out and
    /// replaced.
    fn rewrite(&mut self, idea: &Idea) -> Idea {
        let mut title = self.reword(&idea.title);
        self.shuffle(&mut title);
        let mut sentences: Vec<&str> = idea.summary.split_inclusive(['.', '\n']).collect();
        self.shuffle(&mut sentences);
        sentences.truncate(sentences.len() - sentences.len() / 3);
        let summary: Vec<String> =
            sentences.iter().map(|sentence| self.reword(sentence).join(" ")).collect();
        let mut planted = Idea::new("planted", title.join(" "));
        planted.summary = summary.join("\n");
        planted
    }
}

const SYNONYMS: &[(&str, &str)] = &[
    ("add", "introduce"),
    ("allow", "permit"),
    ("applications", "apps"),
    ("automatically", "by itself"),
    ("build", "construct"),
    ("change", "alter"),
    ("code", "source"),
    ("communicate", "talk"),
    ("create", "produce"),
    ("develop", "work out"),
    ("different", "various"),
    ("easy", "simple"),
    ("efficient", "lean"),
    ("fast", "quick"),
    ("find", "locate"),
    ("function", "routine"),
    ("functions", "routines"),
    ("good", "decent"),
    ("goal", "aim"),
    ("help", "assist"),
    ("image", "picture"),
    ("images", "pictures"),
    ("implement", "realise"),
    ("improve", "better"),
    ("improvements", "betterment"),
    ("large", "big"),
    ("list", "enumeration"),
    ("loop", "iteration"),
    ("machine", "computer"),
    ("make", "render"),
    ("method", "technique"),
    ("methods", "techniques"),
    ("package", "library"),
    ("people", "persons"),
    ("performance", "speed"),
    ("plot", "draw"),
    ("problem", "difficulty"),
    ("program", "application"),
    ("project", "effort"),
    ("provide", "offer"),
    ("run", "execute"),
    ("save", "store"),
    ("screen", "display"),
    ("search", "look up"),
    ("send", "transmit"),
    ("show", "present"),
    ("simple", "plain"),
    ("support", "handle"),
    ("system", "machinery"),
    ("task", "job"),
    ("think", "believe"),
    ("tool", "utility"),
    ("tools", "utilities"),
    ("user", "person"),
    ("users", "persons"),
    ("website", "site"),
    ("work", "labour"),
    ("write", "author"),
];

#[test]
fn planted_duplicates_are_found_in_real_backlogs() {
    let known = fs::read_to_string(root().join("tests/judge/similarity/known-duplicates.txt"))
        .expect("a file");
    for name in ["openastronomy", "samsquire"] {
        let Some(ideas) = backlog(name) else { continue };
        let index = SimilarityIndex::new(&ideas);
        let titles = ideas.iter().map(|idea| (idea.id.as_str(), idea.title.as_str())).collect();
        let mut dice = Dice(1);
        let (mut found, mut shown, mut wrong): (Tally, Tally, Tally) = Default::default();
        for idea in &ideas {
            let planted = index.like(&dice.rewrite(idea), ALIKE);
            found.count(planted.iter().any(|other| other.id == idea.id));
            let alike = index.like(idea, ALIKE);
            shown.count(!alike.is_empty());
            wrong.count(alike.iter().any(|other| !are_one(&known, idea, &other.id, &titles)));
        }
        println!(
            "{name}: planted found {found}; cards with a hint {shown}, with a wrong one {wrong}"
        );
        assert!(found.share() >= 0.9, "{name}: planted duplicates found: {found}");
        assert!(wrong.share() <= 0.1, "{name}: cards with a false alarm: {wrong}");
    }
}
