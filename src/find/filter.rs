//! What is typed to find ideas: words, and conditions such as `status:active`.

use crate::domain::Idea;
use crate::judge::Flag;

use super::fold;

/// What a condition can be about.
pub const SUBJECTS: [&str; 5] = ["status", "tag", "person", "flag", "bet"];

/// A search, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The words, in any order.
    pub words: String,
    /// Subjects with how what they ask for begins, folded.
    conditions: Vec<(&'static str, String)>,
}

impl Filter {
    /// Takes a search apart. What looks like a condition on something unknown
    /// is a word.
    #[must_use]
    pub fn read(query: &str) -> Self {
        let mut filter = Self::default();
        for word in query.split_whitespace() {
            let condition = word.split_once(':').and_then(|(subject, value)| {
                let known = SUBJECTS.into_iter().find(|known| *known == subject)?;
                Some((known, fold(value)))
            });
            match condition {
                Some(condition) => filter.conditions.push(condition),
                None => {
                    if !filter.words.is_empty() {
                        filter.words.push(' ');
                    }
                    filter.words.push_str(word);
                }
            }
        }
        filter
    }

    /// Whether one of the conditions is about this subject.
    #[must_use]
    pub fn is_about(&self, subject: &str) -> bool {
        self.conditions.iter().any(|(about, _)| *about == subject)
    }

    /// Whether an idea with these flags meets every condition; of several on
    /// one subject that can only have one value, any.
    #[must_use]
    pub fn holds(&self, idea: &Idea, flags: impl Fn(&Idea) -> Vec<Flag>) -> bool {
        let meets = |(subject, value): &(&str, String)| {
            let begins = |text: &str| fold(text).starts_with(value.as_str());
            match *subject {
                "status" => begins(idea.status.id()),
                "tag" => idea.tags.iter().any(|tag| begins(tag)),
                "person" => idea.people.iter().chain(&idea.from).any(|name| begins(name)),
                "flag" => flags(idea).iter().any(|flag| begins(flag.id())),
                _ => idea.bet.is_some_and(|bet| begins(bet.id())),
            }
        };
        let is_choice = |subject: &str| matches!(subject, "status" | "bet");
        self.conditions.iter().all(|condition| {
            let same = self.conditions.iter().filter(|other| other.0 == condition.0);
            if is_choice(condition.0) { same.into_iter().any(meets) } else { meets(condition) }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{BetKind, Status};
    use crate::judge::{ScoreRule, flags, score};

    fn holds(query: &str) -> bool {
        let mut idea = Idea::new("a", "A");
        idea.status = Status::Active;
        idea.tags = vec!["reasoning".into(), "data".into()];
        idea.people = vec!["Mara".into()];
        idea.bet = Some(BetKind::NextHot);
        let score = score(&idea, &ScoreRule::default(), false);
        Filter::read(query).holds(&idea, |idea| flags(idea, &score))
    }

    #[test]
    fn conditions_are_met_as_they_are_typed() {
        for query in ["status:", "status:act", "tag:rea", "person:mar", "flag:incom", "bet:next"] {
            assert!(holds(query), "{query}");
        }
        for query in ["status:done", "tag:video", "person:jo", "flag:no-edge", "bet:hot"] {
            assert!(!holds(query), "{query}");
        }
    }

    #[test]
    fn tags_all_hold_and_of_statuses_any() {
        assert!(holds("tag:reasoning tag:data"));
        assert!(!holds("tag:reasoning tag:video"));
        assert!(holds("status:inbox status:active"));
    }

    #[test]
    fn words_are_left_over() {
        let filter = Filter::read("small status:active  models at 5:1");
        assert_eq!(filter.words, "small models at 5:1");
        assert_eq!(filter.conditions, [("status", "active".to_owned())]);
    }
}
