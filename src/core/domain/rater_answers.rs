//! Another person's answers about an idea, and the name that they are filed under.

use super::{CRITERIA, Criterion, Rating};

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
