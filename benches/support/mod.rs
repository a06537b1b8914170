//! Workspaces for measurements: the same bytes for the same number of ideas.

use std::fmt::Write as _;

/// Words that titles and notes are made of.
const WORDS: &[&str] = &[
    "sparse",
    "replay",
    "agent",
    "proof",
    "mesh",
    "reward",
    "tiny",
    "causal",
    "robust",
    "folding",
    "memory",
    "search",
    "étude",
    "noise",
    "curriculum",
    "kernel",
    "latent",
    "audit",
    "protein",
    "weather",
    "compiler",
    "unlearning",
    "tokens",
    "drift",
    "teacher",
    "fusion",
    "graph",
    "speech",
    "privacy",
    "scaling",
    "lattice",
    "router",
];

/// A small deterministic generator (SplitMix64; Steele, Lea and Flood 2014).
pub(crate) struct Numbers(u64);

impl Numbers {
    /// Starts at a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number below `bound`.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % bound
    }

    /// So many words, with spaces between them.
    pub(crate) fn words(&mut self, count: u64) -> String {
        let words = (0..count).map(|_| WORDS[self.below(WORDS.len() as u64) as usize]);
        words.collect::<Vec<_>>().join(" ")
    }
}

/// The text of a file with `ideas` ideas of ten log entries each, about 1.3 kB
/// an idea.
pub(crate) fn workspace(ideas: usize) -> String {
    let mut numbers = Numbers::new(7);
    let mut text = String::from("# Written by a program, for measurements.\n");
    for i in 0..ideas {
        let statuses = ["inbox", "shortlist", "active", "parked"];
        let (title, summary) = (numbers.words(5), numbers.words(30));
        let status = statuses[numbers.below(4) as usize];
        let tag = numbers.words(1);
        let _ = write!(
            text,
            "\n[[idea]]\nid = \"idea-{i}\"\ntitle = \"{title} {i}\"\nsummary = \"{summary}\"\n\
             tags = [\"{tag}\", \"bench\"]\ncreated = 2025-01-{:02}\nstatus = \"{status}\"\n\n\
             [idea.ratings]\n",
            1 + numbers.below(28)
        );
        for criterion in ["simplicity", "generality", "longevity", "headroom"] {
            match numbers.below(10) {
                0 => {}
                1 => {
                    let low = numbers.below(6);
                    let _ = writeln!(text, "{criterion} = [{low}, {}]", low + numbers.below(4));
                }
                _ => {
                    let _ = writeln!(text, "{criterion} = {}", numbers.below(11));
                }
            }
        }
        if numbers.below(2) == 0 {
            let _ = write!(
                text,
                "\n[idea.bet]\nkind = \"hot\"\nedge = {}\ncommitment = {}\ncrowding = {}\n",
                numbers.below(11),
                numbers.below(11),
                numbers.below(11)
            );
        } else {
            let _ = write!(
                text,
                "\n[idea.bet]\nkind = \"next-hot\"\nchance = 0.{}\nreward = {}\nfallback = {}\n",
                1 + numbers.below(9),
                5 + numbers.below(6),
                numbers.below(5)
            );
        }
        for entry in 0..10 {
            let _ = write!(
                text,
                "\n[[idea.log]]\ndate = 2025-{:02}-{:02}\nhours = {}\ntraction = {}\nnote = \"{}\"\n",
                2 + entry,
                1 + numbers.below(28),
                1 + numbers.below(12),
                numbers.below(11),
                numbers.words(4)
            );
        }
    }
    text
}
