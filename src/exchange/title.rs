//! Lines of Markdown as plain text, items of lists with their check boxes, and titles for
//! texts that have none.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::domain::Status;

/// A first line that is longer is cut at the end of its first sentence.
const LONG: usize = 100;

/// The first line of a text without the marks of Markdown, or its first
/// sentence where the line is long; and what is left of the text, which is
/// everything where the line had to be cut. `None` without any text.
pub(super) fn title_and_rest(text: &str) -> Option<(String, String)> {
    let text = text.trim();
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    let bold = line.strip_prefix("**").and_then(|line| line.split_once("**"));
    if let Some((name, behind)) = bold.filter(|(name, _)| !name.trim().is_empty()) {
        let behind = behind.trim_start_matches([':', '.', ' ', '—', '–', '-']).trim();
        let rest = [behind, rest.trim_end()].into_iter().filter(|part| !part.is_empty());
        let rest = rest.collect::<Vec<_>>().join("\n");
        return Some((plain(name), rest.trim_end().to_owned()));
    }
    let title = plain(line);
    if title.is_empty() {
        return None;
    }
    if title.chars().count() <= LONG {
        return Some((title, rest.trim().to_owned()));
    }
    Some((first_sentence(&title), text.to_owned()))
}

/// The first sentence of a long line, or as many of its words as fit.
fn first_sentence(line: &str) -> String {
    let end = line.match_indices(['.', '?', '!', ':', ';']).find(|(at, _)| {
        let behind = &line[at + 1..];
        behind.starts_with(' ') && line[..*at].chars().count() >= 15
    });
    if let Some((at, sign)) = end.filter(|(at, _)| line[..*at].chars().count() <= LONG) {
        let question = if sign == "?" { "?" } else { "" };
        return format!("{}{question}", &line[..at]);
    }
    let mut title = String::new();
    for word in line.split_whitespace() {
        if title.chars().count() + word.chars().count() >= LONG {
            break;
        }
        title.push_str(if title.is_empty() { "" } else { " " });
        title.push_str(word);
    }
    if title.is_empty() {
        title = line.chars().take(LONG - 1).collect();
    }
    title + "…"
}

/// One line of Markdown as plain text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PlainLine {
    pub(super) text: String,
    /// Addresses that its links led to, in order.
    pub(super) links: Vec<String>,
    /// `#tag` words, which are no longer part of the text.
    pub(super) tags: Vec<String>,
    /// The day that stood behind the sign of the day on which a task was made.
    pub(super) created: Option<String>,
}

/// Signs that note programs write in front of the days of a task: made, due,
/// scheduled, begun, done, given up.
const DAY_SIGNS: [char; 6] = ['➕', '📅', '⏳', '🛫', '✅', '❌'];

/// The words of a line without the days of a task, and the day on which it was made.
fn without_days(text: &str) -> (Vec<&str>, Option<String>) {
    let (mut words, mut created) = (Vec::new(), None);
    let mut rest = text.split_whitespace().peekable();
    while let Some(word) = rest.next() {
        let mut letters = word.chars();
        let sign = letters.next().filter(|sign| DAY_SIGNS.contains(sign));
        let is_day = |text: &str| text.len() == 10 && text.parse::<crate::domain::Date>().is_ok();
        let day = match letters.as_str().trim_start_matches('\u{fe0f}') {
            "" => rest.next_if(|next| sign.is_some() && is_day(next)),
            behind => Some(behind).filter(|text| sign.is_some() && is_day(text)),
        };
        match (sign, day) {
            (Some('➕'), Some(day)) => created = Some(day.to_owned()),
            (Some(_), Some(_)) => {}
            _ => words.push(word),
        }
    }
    (words, created)
}

/// One line without marks of headings, emphasis, code, links and tags.
pub(super) fn plain_line(line: &str) -> PlainLine {
    let mut plain = PlainLine::default();
    let line = line.trim().trim_start_matches('#').trim();
    // A point in front, so that nothing is the beginning of a list or a quote.
    let line = format!(".{line}");
    let (mut text, mut images) = (String::with_capacity(line.len()), 0);
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_WIKILINKS;
    for event in Parser::new_ext(&line, options) {
        match event {
            Event::Start(Tag::Image { .. }) => images += 1,
            Event::End(TagEnd::Image) => images -= 1,
            Event::Start(Tag::Link { dest_url, .. }) if dest_url.contains("://") => {
                plain.links.push(dest_url.into_string());
            }
            Event::Text(words)
            | Event::Code(words)
            | Event::InlineHtml(words)
            | Event::Html(words)
                if images == 0 =>
            {
                text.push_str(&words);
            }
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    let text = text.strip_prefix('.').unwrap_or(&text);
    let mut words = Vec::new();
    let (kept, created) = without_days(text);
    plain.created = created;
    for word in kept {
        match tag_of(word) {
            Some(tag) => plain.tags.push(tag.to_owned()),
            None => words.push(word),
        }
    }
    plain.text = words.join(" ");
    plain
}

/// One line without marks of headings, emphasis, code and links.
pub(super) fn plain(line: &str) -> String {
    plain_line(line).text
}

/// The tag that a word is: `#nlp` or `#nlp/data`, but neither `#12` nor `C#`.
pub(super) fn tag_of(word: &str) -> Option<&str> {
    let tag = word.strip_prefix('#')?.trim_end_matches([',', ';', '.', ':']);
    let is_tag = tag.chars().all(|c| c.is_alphanumeric() || "_-/".contains(c));
    (is_tag && tag.chars().any(char::is_alphabetic)).then_some(tag)
}

/// The status that the box of an item stands for, if it has one, and its text:
/// `- text`, `* text`, `1. text`, with or without a box.
pub(super) fn list_item(line: &str) -> Option<(Option<Status>, &str)> {
    let marked = MARKS.iter().find_map(|mark| line.strip_prefix(mark)?.strip_prefix([' ', '\t']));
    let numbered = || {
        let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = line.len() - rest.len();
        let rest = rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") "));
        rest.filter(|_| (1..=4).contains(&digits))
    };
    if let Some((status, text)) = box_alone(line) {
        return Some((Some(status), text));
    }
    let text = marked.or_else(numbered)?.trim();
    let (status, text) = check_box(text)
        .or_else(|| box_alone(text))
        .map_or((None, text), |(status, text)| (Some(status), text));
    (!text.is_empty()).then_some((status, text))
}

/// Marks of items: those of Markdown, and what word processors put into a text
/// that is copied from them.
const MARKS: [&str; 14] = ["-", "*", "+", "•", "‣", "◦", "▪", "▸", "●", "○", "∙", "⁃", "–", "—"];

/// A box that stands in place of a mark, as note programs copy it.
fn box_alone(line: &str) -> Option<(Status, &str)> {
    let mut chars = line.chars();
    let status = match chars.next()? {
        '☐' | '□' => Status::Inbox,
        '☑' | '✓' | '✔' | '✅' => Status::Done,
        '☒' | '✗' | '✘' | '❌' => Status::Abandoned,
        _ => return None,
    };
    let text = chars.as_str().trim_start_matches('\u{fe0f}').trim();
    (!text.is_empty()).then_some((status, text))
}

/// The status that a check box stands for, as Obsidian, org-like lists and
/// issue trackers use them, and the text behind it.
fn check_box(text: &str) -> Option<(Status, &str)> {
    let inner = text.strip_prefix('[')?;
    let mark = inner.chars().next()?;
    let rest = inner[mark.len_utf8()..].strip_prefix(']')?;
    let status = match mark {
        'x' | 'X' | '✓' | '✔' => Status::Done,
        '-' | '~' => Status::Abandoned,
        '/' | 'o' | '.' => Status::Active,
        '>' | '<' => Status::Parked,
        c if c.is_alphanumeric() => return None,
        _ => Status::Inbox,
    };
    // `[x](address)` is a link.
    rest.starts_with([' ', '\t']).then(|| (status, rest.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_the_first_line_or_sentence() {
        let of = |text: &str| title_and_rest(text).map(|(title, rest)| format!("{title}|{rest}"));
        for (text, expected) in [
            ("Ask the solver", "Ask the solver|"),
            ("Ask the solver\nIt knows.\n", "Ask the solver|It knows."),
            ("**Ask**: the solver\nmore", "Ask|the solver\nmore"),
            ("[Ask](https://example.org/a) the `solver`", "Ask the solver|"),
            ("## Ask *the* solver", "Ask the solver|"),
            ("1. is `[a](b)` code?", "1. is [a](b) code?|"),
            ("![a picture](x.png) [[Note|a note]] of [[Other]]", "a note of Other|"),
            ("snake_case #nlp and #12, C#", "snake_case and #12, C#|"),
            ("an [open] bracket", "an [open] bracket|"),
        ] {
            assert_eq!(of(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(of(" \n "), None);
        let long = "Let models write out their reasoning. ".repeat(4);
        let (title, rest) = title_and_rest(&long).unwrap();
        assert_eq!(title, "Let models write out their reasoning");
        assert_eq!(rest, long.trim());
        assert!(first_sentence(&"word ".repeat(50)).ends_with("word…"));
    }
}
