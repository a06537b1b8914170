//! Another person's words about an idea, beside their ratings: drawn to it,
//! crossed out, a comment.

use super::{Idea, Portfolio, Rater};

/// What a person said about an idea, as the one-minute sheet asks for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opinion {
    /// Whether they ticked it: they would start it.
    pub excited: bool,
    /// Why it is taken or hopeless, if they crossed it out; empty without a
    /// reason.
    pub hopeless: Option<String>,
    /// Anything else they said; empty if they said nothing.
    pub comment: String,
}

impl Opinion {
    /// Whether nothing was said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The sentences about a person of that name, in the order in which they
    /// weigh: `Ines is drawn to it.`, `Lee crossed it out: "taken"`.
    #[must_use]
    pub fn sentence(&self, name: &str) -> String {
        let quoted = |text: &str| format!("\"{}\"", text.trim());
        let comment = Some(self.comment.as_str()).filter(|text| !text.trim().is_empty());
        let mut said = match &self.hopeless {
            Some(why) if why.trim().is_empty() => format!("{name} crossed it out."),
            Some(why) => format!("{name} crossed it out: {}", quoted(why)),
            None if self.excited => format!("{name} is drawn to it."),
            None => match comment {
                Some(comment) => return format!("{name}: {}", quoted(comment)),
                None => return String::new(),
            },
        };
        if let Some(comment) = comment {
            said += &format!(" {}", quoted(comment));
        }
        said
    }
}

impl Rater {
    /// A person who has said nothing yet.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// Whether they said nothing about any idea.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        self.ratings.is_empty() && self.opinions.is_empty()
    }

    /// The name as it is read by people: with a capital.
    #[must_use]
    pub fn shown_name(&self) -> String {
        let mut letters = self.name.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(letters).collect()
    }

    /// What they said about an idea in words, under its id and its earlier ones.
    #[must_use]
    pub fn opinion(&self, idea: &Idea) -> Opinion {
        let mut said = Opinion::default();
        for one in idea.names().filter_map(|name| self.opinions.get(name)) {
            said.excited |= one.excited;
            said.hopeless = said.hopeless.or_else(|| one.hopeless.clone());
            if said.comment.is_empty() {
                said.comment.clone_from(&one.comment);
            }
        }
        said
    }

    /// The name under which their words about an idea stand, or are to stand.
    #[must_use]
    pub fn opinion_key<'i>(&self, idea: &'i Idea) -> &'i str {
        idea.names().find(|name| self.opinions.contains_key(*name)).unwrap_or(&idea.id)
    }

    /// Sets what they said about an idea, filed under this name.
    pub fn set_opinion(&mut self, key: &str, opinion: &Opinion) {
        if opinion.is_empty() {
            self.opinions.remove(key);
        } else {
            self.opinions.insert(key.to_owned(), opinion.clone());
        }
    }
}

impl Portfolio {
    /// What others said about an idea in words, each under their shown name, in
    /// the order of their names.
    #[must_use]
    pub fn opinions(&self, idea: &Idea) -> Vec<(String, Opinion)> {
        let said = self.raters().iter().map(|rater| (rater.shown_name(), rater.opinion(idea)));
        said.filter(|(_, opinion)| !opinion.is_empty()).collect()
    }

    /// Who is drawn to an idea, under their shown names.
    #[must_use]
    pub fn drawn_to(&self, idea: &Idea) -> Vec<String> {
        let excited = self.opinions(idea).into_iter().filter(|(_, opinion)| opinion.excited);
        excited.map(|(name, _)| name).collect()
    }

    /// The ideas that others said something about, with a sentence a person; those
    /// that draw most people first, then in file order.
    #[must_use]
    pub fn spoken_of(&self) -> Vec<(&Idea, Vec<String>)> {
        if self.raters().iter().all(|rater| rater.opinions.is_empty()) {
            return Vec::new();
        }
        let said = self.iter().map(|idea| (idea, self.opinions(idea)));
        let mut spoken: Vec<_> = said.filter(|(_, opinions)| !opinions.is_empty()).collect();
        spoken.sort_by_key(|(_, opinions)| {
            std::cmp::Reverse(opinions.iter().filter(|(_, opinion)| opinion.excited).count())
        });
        let sentences = |opinions: Vec<(String, Opinion)>| {
            opinions.iter().map(|(name, opinion)| opinion.sentence(name)).collect()
        };
        spoken.into_iter().map(|(idea, opinions)| (idea, sentences(opinions))).collect()
    }
}

impl Idea {
    /// The id and the earlier ones, under which others may speak of it.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.id).chain(&self.aliases).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opinion(excited: bool, hopeless: Option<&str>, comment: &str) -> Opinion {
        Opinion { excited, hopeless: hopeless.map(str::to_owned), comment: comment.to_owned() }
    }

    #[test]
    fn an_opinion_is_a_sentence() {
        for (said, sentence) in [
            (opinion(true, None, ""), "Ines is drawn to it."),
            (opinion(true, None, "now"), "Ines is drawn to it. \"now\""),
            (opinion(false, Some(""), ""), "Ines crossed it out."),
            (
                opinion(false, Some("taken"), "see May"),
                "Ines crossed it out: \"taken\" \"see May\"",
            ),
            (opinion(false, None, "hm"), "Ines: \"hm\""),
            (opinion(false, None, ""), ""),
        ] {
            assert_eq!(said.sentence("Ines"), sentence);
        }
    }

    #[test]
    fn words_under_earlier_ids_count() {
        let mut idea = Idea::new("new", "A");
        idea.aliases.push("old".into());
        let mut rater = Rater::new("ines");
        assert_eq!(rater.opinion_key(&idea), "new");
        rater.set_opinion("old", &opinion(true, None, ""));
        assert_eq!(rater.opinion_key(&idea), "old");
        rater.set_opinion("new", &opinion(false, None, "later"));
        assert_eq!(rater.opinion(&idea), opinion(true, None, "later"));
        rater.set_opinion("new", &Opinion::default());
        rater.set_opinion("old", &Opinion::default());
        assert!(rater.is_silent());
        assert_eq!(rater.shown_name(), "Ines");
    }
}
