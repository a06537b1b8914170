//! Searches as they are typed: words, and conditions such as `status:active`.

use std::collections::BTreeMap;
use std::fmt;

use crate::domain::{BetKind, Idea, Status};
use crate::judge::Flag;

use super::fold;

/// What stands in front of the name of a saved filter in a search.
pub const SAVED: char = '@';

/// What a condition can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Status,
    Tag,
    /// A person who is into it or proposed it.
    Person,
    /// What is to be noticed about it.
    Flag,
    Bet,
}

impl Subject {
    /// All subjects, as they are offered.
    pub const ALL: [Self; 5] = [Self::Status, Self::Tag, Self::Person, Self::Flag, Self::Bet];

    /// The word in front of the colon.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Tag => "tag",
            Self::Person => "person",
            Self::Flag => "flag",
            Self::Bet => "bet",
        }
    }

    /// The values there are, where the program knows them all.
    #[must_use]
    pub fn values(self) -> Option<Vec<&'static str>> {
        match self {
            Self::Status => Some(Status::ALL.iter().map(|status| status.id()).collect()),
            Self::Flag => Some(Flag::ALL.iter().map(|flag| flag.id()).collect()),
            Self::Bet => Some(BetKind::ALL.iter().map(|bet| bet.id()).collect()),
            Self::Tag | Self::Person => None,
        }
    }

    /// Whether an idea has at most one value, so that of several conditions one is enough.
    const fn is_choice(self) -> bool {
        matches!(self, Self::Status | Self::Bet)
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The words, in any order.
    pub words: String,
    /// What must hold: a subject, and how its value begins.
    conditions: Vec<(Subject, String)>,
}

/// Why a text is no filter that could be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterError {
    /// The part of the text that is wrong; all of it where nothing stands out.
    pub part: String,
    /// What is wrong with it.
    pub message: String,
    /// The word that nothing is called.
    pub word: String,
    pub known: Vec<&'static str>,
}

impl Filter {
    /// Takes a search apart. What looks like a condition on something unknown is a word.
    #[must_use]
    pub fn read(query: &str) -> Self {
        let mut filter = Self::default();
        for word in query.split_whitespace() {
            match condition(word) {
                Some((subject, value)) => filter.conditions.push((subject, value.to_owned())),
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

    /// Reads a filter that is to be kept. What a search passes over is a fault
    /// here: it would go unnoticed later.
    ///
    /// # Errors
    /// It is empty, names a subject or a value that does not exist, or another saved filter.
    pub fn strict(text: &str) -> Result<Self, FilterError> {
        let fault = |part: &str, message: String| {
            let (part, word) = (part.to_owned(), String::new());
            FilterError { part, message, word, known: Vec::new() }
        };
        if text.trim().is_empty() {
            return Err(fault(text, "an empty filter finds everything".to_owned()));
        }
        for part in text.split_whitespace() {
            if part.starts_with(SAVED) {
                let message = format!("{part}: a saved filter cannot be made of others");
                return Err(fault(part, message));
            }
            match condition(part) {
                Some((_, "")) => {
                    return Err(fault(part, format!("nothing stands behind {part}")));
                }
                Some((subject, value)) => {
                    let known = subject.values().unwrap_or_default();
                    let begins = |known: &&str| known.starts_with(&fold(value));
                    if !known.is_empty() && !known.iter().any(begins) {
                        let message = format!("there is no {} \"{value}\"", subject.id());
                        return Err(FilterError {
                            word: value.to_owned(),
                            known,
                            ..fault(part, message)
                        });
                    }
                }
                None => {
                    let subject = part.split_once(':').map(|(subject, _)| subject);
                    let letters = |text: &&str| text.chars().all(|c| c.is_ascii_alphabetic());
                    if let Some(subject) = subject.filter(|s| !s.is_empty()).filter(letters) {
                        let message = format!("there is no condition \"{subject}:\"");
                        return Err(FilterError {
                            word: subject.to_owned(),
                            known: Subject::ALL.map(Subject::id).to_vec(),
                            ..fault(part, message)
                        });
                    }
                }
            }
        }
        Ok(Self::read(text))
    }

    /// Whether an idea with these flags meets every condition; of several on one
    /// subject that can only have one value, any. The words are left to the caller.
    pub fn holds(&self, idea: &Idea, flags: impl Fn(&Idea) -> Vec<Flag>) -> bool {
        let meets = |(subject, value): &(Subject, String)| {
            let value = fold(value);
            let begins = |text: &str| fold(text).starts_with(&value);
            match subject {
                Subject::Status => begins(idea.status.id()),
                Subject::Tag => idea.tags.iter().any(|tag| begins(tag)),
                Subject::Person => idea.people.iter().chain(&idea.from).any(|name| begins(name)),
                Subject::Flag => flags(idea).iter().any(|flag| begins(flag.id())),
                Subject::Bet => idea.bet.is_some_and(|bet| begins(bet.id())),
            }
        };
        self.conditions.iter().all(|condition| {
            let same = self.conditions.iter().filter(|other| other.0 == condition.0);
            let any = condition.0.is_choice();
            if any { same.into_iter().any(meets) } else { meets(condition) }
        })
    }

    /// Whether one of the conditions is about this subject.
    #[must_use]
    pub fn is_about(&self, subject: Subject) -> bool {
        self.conditions.iter().any(|(about, _)| *about == subject)
    }
}

/// `inbox or shortlist, tag data, "small models"`.
impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        for subject in Subject::ALL {
            let values = self.conditions.iter().filter(|(about, _)| *about == subject);
            let mut named: Vec<String> = Vec::new();
            for (_, value) in values {
                match subject.values() {
                    Some(known) => {
                        let begun = known.into_iter().filter(|id| id.starts_with(&fold(value)));
                        named.extend(begun.map(str::to_owned));
                    }
                    None => named.push(value.clone()),
                }
            }
            named.dedup();
            if named.is_empty() {
                continue;
            }
            let joined = named.join(if subject.is_choice() { " or " } else { " and " });
            parts.push(match subject {
                Subject::Status => joined,
                Subject::Bet => format!("{joined} bet"),
                _ => format!("{} {joined}", subject.id()),
            });
        }
        if !self.words.is_empty() {
            parts.push(format!("\"{}\"", self.words));
        }
        f.write_str(&parts.join(", "))
    }
}

/// A word as a condition, if it is one.
fn condition(word: &str) -> Option<(Subject, &str)> {
    let (subject, value) = word.split_once(':')?;
    let subject = Subject::ALL.into_iter().find(|known| known.id() == subject)?;
    Some((subject, value))
}

/// Filters that were saved, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedFilters(BTreeMap<String, String>);

impl SavedFilters {
    /// Keeps a filter under a name, over one of that name.
    ///
    /// # Errors
    /// The text is no filter. Nothing has changed then.
    pub fn save(&mut self, name: &str, text: &str) -> Result<(), FilterError> {
        Filter::strict(text)?;
        self.0.insert(name.to_owned(), text.to_owned());
        Ok(())
    }

    /// What was saved under a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// All names with what was saved under them, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The name of the filter with this text.
    #[must_use]
    pub fn name_of(&self, text: &str) -> Option<&str> {
        self.iter().find(|(_, saved)| *saved == text).map(|(name, _)| name)
    }

    /// A search with `@name` replaced by what was saved under that name. Where
    /// nothing was, the word stays.
    #[must_use]
    pub fn expand(&self, query: &str) -> String {
        if !query.contains(SAVED) {
            return query.to_owned();
        }
        let words = query.split_whitespace();
        let words = words.map(|word| self.named(word).unwrap_or(word));
        words.collect::<Vec<_>>().join(" ")
    }

    /// A word of a search that names a saved filter which does not exist.
    #[must_use]
    pub fn unknown<'a>(&self, query: &'a str) -> Option<&'a str> {
        let names = query.split_whitespace().filter(|word| word.starts_with(SAVED));
        names.into_iter().find(|word| self.named(word).is_none())
    }

    fn named(&self, word: &str) -> Option<&str> {
        self.get(word.strip_prefix(SAVED)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::{ScoreRule, flags, score};
    use proptest::prelude::*;

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
        assert_eq!(filter.conditions, [(Subject::Status, "active".to_owned())]);
    }

    #[test]
    fn a_filter_says_itself_in_words() {
        for (query, words) in [
            ("status:inb status:short tag:data", "inbox or shortlist, tag data"),
            ("small models bet:hot", "hot bet, \"small models\""),
            ("tag:a tag:b person:Mara flag:sunk", "tag a and b, person Mara, flag sunk-cost"),
            ("", ""),
        ] {
            assert_eq!(Filter::read(query).to_string(), words);
        }
    }

    #[test]
    fn what_nobody_would_notice_cannot_be_saved() {
        for (text, part) in [
            ("", ""),
            ("tag:data staus:active", "staus:active"),
            ("status:actve x", "status:actve"),
            ("tag:", "tag:"),
            ("status:active @other", "@other"),
        ] {
            assert_eq!(Filter::strict(text).unwrap_err().part, part, "{text}");
        }
        for text in ["status:act", "tag:anything person:anybody", "models at 5:1", "Größe :x"] {
            assert!(Filter::strict(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn a_name_stands_for_what_was_saved_under_it() {
        let mut saved = SavedFilters::default();
        saved.save("mine", "person:mara status:active").unwrap();
        assert!(saved.save("bad", "status:x").is_err());
        assert_eq!(saved.expand("@mine models"), "person:mara status:active models");
        assert_eq!(saved.expand("@yours  models"), "@yours models");
        assert_eq!((saved.unknown("@mine x"), saved.unknown("@yours x")), (None, Some("@yours")));
        assert_eq!(saved.name_of("person:mara status:active"), Some("mine"));
    }

    proptest! {
        /// Whatever is typed, what can be saved is read the same as when typed, and says itself.
        #[test]
        fn what_can_be_saved_is_what_was_typed(text in "[a-z:@ ]{0,20}|(status|tag|bet):[a-z-]{0,8}") {
            if let Ok(filter) = Filter::strict(&text) {
                prop_assert_eq!(&filter, &Filter::read(&text));
                prop_assert!(!filter.to_string().is_empty());
            }
        }
    }
}
