//! The five criteria: one table that rating keys, cards, help, the score and
//! the generated documentation all read.

/// What an idea is judged on.
///
/// Everything there is to know about a criterion stands in its row of
/// [`Criterion::ALL`]; a new one is a variant and a row in this file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Criterion {
    /// Could a colleague retell it?
    Simplicity,
    /// How far beyond the first test case does it hold?
    Generality,
    /// Who needs it in five years?
    Longevity,
    /// How much is there to win? Caps the score.
    Headroom,
    /// How good is the bet? Follows from the bet unless rated directly.
    Strategy,
}

/// A question that a person answers with a number, and what the ends and the
/// middle of its scale mean in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// The question as it stands on the card.
    pub text: &'static str,
    /// What the lowest answers (0–2) mean.
    pub low: &'static str,
    /// What the middle (5) means.
    pub middle: &'static str,
    /// What the highest answers (9–10) mean.
    pub high: &'static str,
}

struct Row {
    criterion: Criterion,
    id: &'static str,
    short: &'static str,
    weight: f64,
    question: Question,
}

/// Number of criteria.
pub const CRITERIA: usize = TABLE.len();

const TABLE: [Row; 5] = [
    Row {
        criterion: Criterion::Simplicity,
        id: "simplicity",
        short: "sim",
        weight: 0.15,
        question: Question {
            text: "Could a colleague retell it after hearing it once?",
            low: "needs a whiteboard and caveats",
            middle: "two moving parts",
            high: "one sentence",
        },
    },
    Row {
        criterion: Criterion::Generality,
        id: "generality",
        short: "gen",
        weight: 0.20,
        question: Question {
            text: "How far beyond the first test case would it hold?",
            low: "that data set",
            middle: "a family of tasks",
            high: "nearly anything people train",
        },
    },
    Row {
        criterion: Criterion::Longevity,
        id: "longevity",
        short: "lon",
        weight: 0.20,
        question: Question {
            text: "Who needs it in five years?",
            low: "the next model removes the problem",
            middle: "a useful stepping stone",
            high: "the question outlives today's methods",
        },
    },
    Row {
        criterion: Criterion::Headroom,
        id: "headroom",
        short: "hea",
        weight: 0.25,
        question: Question {
            text: "If it works perfectly, how much is there to win?",
            low: "a point on a full benchmark",
            middle: "a clear gain with a visible end",
            high: "no ceiling in sight",
        },
    },
    Row {
        criterion: Criterion::Strategy,
        id: "strategy",
        short: "str",
        weight: 0.20,
        question: Question {
            text: "How good is the bet, as a hot topic or as the next one?",
            low: "crowded and no edge, or a long shot for little",
            middle: "a fair bet among others",
            high: "we can do what they cannot, or a cheap shot at much",
        },
    },
];

impl Criterion {
    /// All criteria, in the order in which they are shown.
    pub const ALL: [Self; CRITERIA] = {
        let mut all = [Self::Simplicity; CRITERIA];
        let mut i = 0;
        while i < CRITERIA {
            all[i] = TABLE[i].criterion;
            i += 1;
        }
        all
    };

    /// Position in [`Criterion::ALL`], and in every array with one place for
    /// each criterion.
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The word used in files, on the command line and in JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        TABLE[self.index()].id
    }

    /// Three letters for the head of a narrow column.
    #[must_use]
    pub const fn short(self) -> &'static str {
        TABLE[self.index()].short
    }

    /// Built-in weight; the five sum to 1.
    #[must_use]
    pub const fn default_weight(self) -> f64 {
        TABLE[self.index()].weight
    }

    /// The question and its anchors.
    #[must_use]
    pub const fn question(self) -> &'static Question {
        &TABLE[self.index()].question
    }

    /// The criterion of that name, if there is one.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|criterion| criterion.id() == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_variants() {
        for (i, criterion) in Criterion::ALL.into_iter().enumerate() {
            assert_eq!(criterion.index(), i);
            assert_eq!(Criterion::from_id(criterion.id()), Some(criterion));
        }
    }

    #[test]
    fn default_weights_sum_to_one() {
        let sum: f64 = Criterion::ALL.iter().map(|c| c.default_weight()).sum();
        assert!((sum - 1.0).abs() < 1e-12);
    }
}
