//! Other people and what they said about ideas, in numbers and in words.

use std::collections::HashMap;

use super::{CRITERIA, Idea, Portfolio, Rating};

/// What a person said about an idea, as the one-minute sheet asks for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reaction {
    /// Whether they ticked it: they would start it.
    pub excited: bool,
    /// Why it is taken or hopeless, if they crossed it out; empty without a
    /// reason.
    pub hopeless: Option<String>,
    /// Anything else they said; empty if they said nothing.
    pub comment: String,
}

impl Reaction {
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

/// What another person said about ideas, in numbers and in words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rater {
    /// Name of the person.
    pub name: String,
    /// Answers by idea id (or alias), then by
    /// [`Criterion::index`](super::Criterion::index).
    pub ratings: HashMap<String, [Option<Rating>; CRITERIA]>,
    /// Words by idea id (or alias).
    pub reactions: HashMap<String, Reaction>,
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
        self.ratings.is_empty() && self.reactions.is_empty()
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
    pub fn reaction(&self, idea: &Idea) -> Reaction {
        let mut said = Reaction::default();
        for one in idea.names().filter_map(|name| self.reactions.get(name)) {
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
    pub fn reaction_key<'i>(&self, idea: &'i Idea) -> &'i str {
        idea.names().find(|name| self.reactions.contains_key(*name)).unwrap_or(&idea.id)
    }

    /// Sets what they said about an idea, filed under this name.
    pub fn set_reaction(&mut self, key: &str, reaction: &Reaction) {
        if reaction.is_empty() {
            self.reactions.remove(key);
        } else {
            self.reactions.insert(key.to_owned(), reaction.clone());
        }
    }
}

impl Portfolio {
    /// What others said about an idea in words, each under their shown name, in
    /// the order of their names.
    #[must_use]
    pub fn reactions(&self, idea: &Idea) -> Vec<(String, Reaction)> {
        let said = self.raters().iter().map(|rater| (rater.shown_name(), rater.reaction(idea)));
        said.filter(|(_, reaction)| !reaction.is_empty()).collect()
    }

    /// Who is drawn to an idea, under their shown names.
    #[must_use]
    pub fn drawn_to(&self, idea: &Idea) -> Vec<String> {
        let excited = self.reactions(idea).into_iter().filter(|(_, reaction)| reaction.excited);
        excited.map(|(name, _)| name).collect()
    }

    /// The ideas that others said something about, with a sentence a person; those
    /// that draw most people first, then in file order.
    #[must_use]
    pub fn spoken_of(&self) -> Vec<(&Idea, Vec<String>)> {
        if self.raters().iter().all(|rater| rater.reactions.is_empty()) {
            return Vec::new();
        }
        let said = self.iter().map(|idea| (idea, self.reactions(idea)));
        let mut spoken: Vec<_> = said.filter(|(_, reactions)| !reactions.is_empty()).collect();
        spoken.sort_by_key(|(_, reactions)| {
            std::cmp::Reverse(reactions.iter().filter(|(_, reaction)| reaction.excited).count())
        });
        let sentences = |reactions: Vec<(String, Reaction)>| {
            reactions.iter().map(|(name, reaction)| reaction.sentence(name)).collect()
        };
        spoken.into_iter().map(|(idea, reactions)| (idea, sentences(reactions))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_under_earlier_ids_count() {
        let mut idea = Idea::new("new", "A");
        idea.aliases.push("old".into());
        let mut rater = Rater::new("ines");
        assert_eq!(rater.reaction_key(&idea), "new");
        rater.set_reaction("old", &Reaction { excited: true, ..Reaction::default() });
        assert_eq!(rater.reaction_key(&idea), "old");
        rater.set_reaction("new", &Reaction { comment: "later".to_owned(), ..Reaction::default() });
        let said = rater.reaction(&idea);
        assert!(said.excited && said.comment == "later", "{said:?}");
        rater.set_reaction("new", &Reaction::default());
        rater.set_reaction("old", &Reaction::default());
        assert!(rater.is_silent());
        assert_eq!(rater.shown_name(), "Ines");
    }

    fn reaction(excited: bool, hopeless: Option<&str>, comment: &str) -> Reaction {
        Reaction { excited, hopeless: hopeless.map(str::to_owned), comment: comment.to_owned() }
    }

    #[test]
    fn an_reaction_is_a_sentence() {
        for (said, sentence) in [
            (reaction(true, None, ""), "Ines is drawn to it."),
            (reaction(true, None, "now"), "Ines is drawn to it. \"now\""),
            (reaction(false, Some(""), ""), "Ines crossed it out."),
            (
                reaction(false, Some("taken"), "see May"),
                "Ines crossed it out: \"taken\" \"see May\"",
            ),
            (reaction(false, None, "hm"), "Ines: \"hm\""),
            (reaction(false, None, ""), ""),
        ] {
            assert_eq!(said.sentence("Ines"), sentence);
        }
    }
}
