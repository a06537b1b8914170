//! An idea caught in one line: `Let agents read logs #agents @mara !next`.

use jiff::civil::Date;

use super::{BetKind, Idea, references_in_title};

/// What a line says about a new idea.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capture {
    /// What is left when the marked words are taken out; empty if nothing is.
    pub title: String,
    /// Words behind `#`, each once.
    pub tags: Vec<String>,
    /// Words behind `@`, each once.
    pub people: Vec<String>,
    /// `!hot`, or `!next` (also `!next-hot`); the last one counts.
    pub bet: Option<BetKind>,
    /// Papers that the title names by DOI or arXiv identifier, as addresses.
    pub links: Vec<String>,
}

impl Capture {
    /// Reads a line. A mark counts at the beginning of a word only, so `C#` and
    /// `me@example.org` are left alone, and so is `!` before anything but a bet.
    /// Quotes hold a tag or a name of several words together: `@"Mara Lind"`.
    /// A backslash keeps a mark as it is: `\#1 reason` has the title `#1 reason`.
    ///
    /// ```
    /// use prospect_core::domain::{BetKind, Capture};
    /// let capture = Capture::parse("Let agents read logs #agents @mara !next");
    /// assert_eq!(capture.title, "Let agents read logs");
    /// assert_eq!(capture.tags, ["agents"]);
    /// assert_eq!(capture.people, ["mara"]);
    /// assert_eq!(capture.bet, Some(BetKind::NextHot));
    /// ```
    #[must_use]
    pub fn parse(line: &str) -> Self {
        let mut capture = Self::default();
        let mut title: Vec<&str> = Vec::new();
        let mut rest = line.trim_start();
        while !rest.is_empty() {
            let (word, behind) = split_word(rest);
            rest = behind.trim_start();
            match Marked::read(word) {
                Marked::Tag(tag) => push_new(&mut capture.tags, tag),
                Marked::Person(name) => push_new(&mut capture.people, name),
                Marked::Bet(kind) => capture.bet = Some(kind),
                Marked::Title(word) => title.push(word),
            }
        }
        capture.title = title.join(" ");
        capture.links = references_in_title(&capture.title);
        capture
    }

    /// The idea in the inbox that the line describes.
    #[must_use]
    pub fn into_idea(self, id: impl Into<String>, created: Date) -> Idea {
        Idea {
            tags: self.tags,
            people: self.people,
            links: self.links,
            bet: self.bet,
            created: Some(created),
            ..Idea::new(id, self.title)
        }
    }
}

enum Marked<'a> {
    Tag(&'a str),
    Person(&'a str),
    Bet(BetKind),
    Title(&'a str),
}

impl<'a> Marked<'a> {
    fn read(word: &'a str) -> Self {
        let mut letters = word.chars();
        let mark = letters.next();
        let behind = letters.as_str();
        let name = unquote(behind);
        match mark {
            Some('\\') if behind.starts_with(['#', '@', '!', '\\']) => Self::Title(behind),
            Some('#') if !name.is_empty() => Self::Tag(name),
            Some('@') if !name.is_empty() => Self::Person(name),
            Some('!') => match name {
                "next" => Self::Bet(BetKind::NextHot),
                name => BetKind::from_id(name).map_or(Self::Title(word), Self::Bet),
            },
            _ => Self::Title(word),
        }
    }
}

/// The first word and what stands behind it. Spaces between quotes right behind
/// a mark do not end the word.
fn split_word(text: &str) -> (&str, &str) {
    let quoted = text
        .strip_prefix(['#', '@'])
        .and_then(|behind| behind.strip_prefix('"'))
        .and_then(|inner| inner.find('"'))
        .map(|end| end + 3);
    let from = quoted.unwrap_or(0);
    let end = text[from..].find(char::is_whitespace).map_or(text.len(), |end| from + end);
    text.split_at(end)
}

/// What stands between quotes; else the word without the punctuation of the
/// sentence around it.
fn unquote(text: &str) -> &str {
    match text.strip_prefix('"').and_then(|inner| inner.split_once('"')) {
        Some((inner, _)) => inner.trim(),
        None => text.trim_end_matches(['.', ',', ';', ':', '?', '!']),
    }
}

fn push_new(list: &mut Vec<String>, word: &str) {
    if !list.iter().any(|known| known == word) {
        list.push(word.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_may_stand_anywhere() {
        let capture = Capture::parse("  #a  Read !hot the @b logs, @b #c #a. ");
        assert_eq!(capture.title, "Read the logs,");
        assert_eq!(capture.tags, ["a", "c"]);
        assert_eq!(capture.people, ["b"]);
        assert_eq!(capture.bet, Some(BetKind::Hot));
    }

    #[test]
    fn papers_in_the_line_become_links() {
        let capture = Capture::parse("arXiv:2401.12345 #nlp");
        assert_eq!(capture.links, ["https://arxiv.org/abs/2401.12345"]);
        assert_eq!(capture.title, "arXiv:2401.12345");
        let capture = Capture::parse("Redo https://doi.org/10.1000/x with less");
        assert_eq!(capture.links, ["https://doi.org/10.1000/x"]);
        assert_eq!(Capture::parse("Gain of 2401.12345 points").links, [""; 0]);
    }

    #[test]
    fn quotes_hold_words_together() {
        let capture = Capture::parse("Read \"old logs\" #\"long context\" @\"Mara Lind\", soon");
        assert_eq!(capture.title, "Read \"old logs\" soon");
        assert_eq!(capture.tags, ["long context"]);
        assert_eq!(capture.people, ["Mara Lind"]);
        assert_eq!(Capture::parse("#\"open end").tags, ["\"open"]);
    }

    #[test]
    fn what_is_no_mark_is_title() {
        for title in ["C# for you", "mail me@example.org", "# @ !", "wow !important !", "a \\ b"] {
            assert_eq!(
                Capture::parse(title),
                Capture { title: title.into(), ..Default::default() }
            );
        }
        assert_eq!(Capture::parse(r"\#1 \@home \!hot \\#x").title, r"#1 @home !hot \#x");
        assert_eq!(Capture::parse("#tag").title, "");
    }

    proptest! {
        #[test]
        fn no_word_is_lost(words in prop::collection::vec("[#@!]?[a-z]{1,5}", 0..8)) {
            let capture = Capture::parse(&words.join("  "));
            let mut kept: Vec<String> = capture.title.split_whitespace().map(Into::into).collect();
            kept.extend(capture.tags.iter().map(|tag| format!("#{tag}")));
            kept.extend(capture.people.iter().map(|name| format!("@{name}")));
            for word in words.iter().filter(|word| !["!hot", "!next"].contains(&word.as_str())) {
                prop_assert!(kept.contains(word), "{} is gone", word);
            }
        }

        #[test]
        fn any_line_is_read(line in "\\PC*") {
            let capture = Capture::parse(&line);
            prop_assert!(capture.title.len() <= line.len());
        }
    }
}
