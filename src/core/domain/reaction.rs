//! Another person's words about an idea, beside their ratings: drawn to it,
//! crossed out, a comment.

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

#[cfg(test)]
mod tests {
    use super::*;

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
