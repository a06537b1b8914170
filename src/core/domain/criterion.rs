//! The five criteria, and what is answered to them: by the owner of an idea, as a
//! value or a range (unknown is the absence of one), and by other people.

use std::fmt;

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
        short: "bet",
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

/// A value (`low == high`) or a range of values that the rater holds possible.
///
/// Unknown is `Option::<Rating>::None`, never a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rating {
    low: f64,
    high: f64,
}

impl Rating {
    /// A rating without doubt.
    #[must_use]
    pub const fn value(value: f64) -> Self {
        Self { low: value, high: value }
    }

    /// A range; `None` unless both ends are finite and `low <= high`.
    #[must_use]
    pub fn range(low: f64, high: f64) -> Option<Self> {
        (low.is_finite() && high.is_finite() && low <= high).then_some(Self { low, high })
    }

    /// Lower end.
    #[must_use]
    pub const fn low(self) -> f64 {
        self.low
    }

    /// Upper end.
    #[must_use]
    pub const fn high(self) -> f64 {
        self.high
    }

    /// Halfway between the ends.
    #[must_use]
    pub const fn middle(self) -> f64 {
        f64::midpoint(self.low, self.high)
    }

    /// Whether both ends are the same.
    #[must_use]
    pub fn is_value(self) -> bool {
        self.low == self.high
    }

    /// Whether the whole rating lies in `0..=max`.
    #[must_use]
    pub fn fits(self, max: f64) -> bool {
        self.low >= 0.0 && self.high <= max
    }

    /// Reads `7`, `3.5` or `3..7`.
    ///
    /// ```
    /// use prospect_core::domain::Rating;
    /// assert_eq!(Rating::parse("3..7"), Rating::range(3.0, 7.0));
    /// assert_eq!(Rating::parse("7..3"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let number = |text: &str| text.trim().parse::<f64>().ok().filter(|x| x.is_finite());
        let range = || {
            let ends = ["..", "–", "-", " to "].iter().find_map(|between| text.split_once(between));
            ends.and_then(|(low, high)| Self::range(number(low)?, number(high)?))
        };
        number(text).map(Self::value).or_else(range)
    }
}

/// `7`, `3.5` or `3..7`: what [`Rating::parse`] reads.
impl fmt::Display for Rating {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_value() {
            write!(f, "{}", self.low)
        } else {
            write!(f, "{}..{}", self.low, self.high)
        }
    }
}

/// A colleague's answers about one idea.
#[derive(Clone, Debug, PartialEq)]
pub struct RaterAnswers {
    /// The idea, under its present id.
    pub id: String,
    /// Answers by [`Criterion::index`].
    pub ratings: [Option<Rating>; CRITERIA],
    /// What stands behind a number, by [`Criterion::index`]; else empty.
    pub reasons: [String; CRITERIA],
    /// Lines that answer no question.
    pub remarks: Vec<String>,
}

impl RaterAnswers {
    /// Answers without a word beside them.
    #[must_use]
    pub fn new(id: impl Into<String>, ratings: [Option<Rating>; CRITERIA]) -> Self {
        Self {
            id: id.into(),
            ratings,
            reasons: std::array::from_fn(|_| String::new()),
            remarks: Vec::new(),
        }
    }

    /// Whether nothing was said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ratings.iter().all(Option::is_none) && self.remarks.is_empty()
    }

    /// The answer to a criterion's question.
    #[must_use]
    pub const fn rating(&self, criterion: Criterion) -> Option<Rating> {
        self.ratings[criterion.index()]
    }
}

/// Whether a person of this name can have a file of that name: no part of a
/// path, nothing hidden, nothing that a system would refuse.
///
/// ```
/// use prospect_core::domain::is_file_name;
/// assert!(is_file_name("Mara Lind"));
/// for name in ["", ".", "..", ".hidden", "a/b", "a\\b", "c:", "a\nb"] {
///     assert!(!is_file_name(name), "{name}");
/// }
/// ```
#[must_use]
pub fn is_file_name(name: &str) -> bool {
    let is_harmless = |c: char| !c.is_control() && !matches!(c, '/' | '\\' | ':');
    !name.starts_with('.')
        && name.trim() == name
        && (1..=200).contains(&name.len())
        && name.chars().all(is_harmless)
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

    #[test]
    fn what_is_printed_is_read_back() {
        for rating in [Rating::value(0.0), Rating::value(3.5), Rating::range(3.0, 7.25).unwrap()] {
            assert_eq!(Rating::parse(&rating.to_string()), Some(rating));
        }
        for wrong in ["", "x", "NaN", "inf", "3..", "..3", "7..3", "1..2..3"] {
            assert_eq!(Rating::parse(wrong), None, "{wrong}");
        }
    }
}
