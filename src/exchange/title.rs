//! Titles for texts that have none.

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

/// One line without marks of headings, emphasis, code and links.
pub(super) fn plain(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line.trim().trim_start_matches('#').trim();
    while let Some(at) = rest.find('[') {
        let link = rest[at..].find("](").and_then(|middle| {
            let end = rest[at + middle..].find(')')?;
            Some((&rest[at + 1..at + middle], at + middle + end + 1))
        });
        let Some((name, end)) = link.filter(|(name, _)| !name.contains('[')) else {
            text.push_str(&rest[..=at]);
            rest = &rest[at + 1..];
            continue;
        };
        text.push_str(rest[..at].strip_suffix('!').unwrap_or(&rest[..at]));
        text.push_str(name);
        rest = &rest[end..];
    }
    text.push_str(rest);
    for mark in ["**", "__", "`"] {
        text = text.replace(mark, "");
    }
    let inner = text.strip_prefix('*').and_then(|text| text.strip_suffix('*'));
    let text = inner.unwrap_or(&text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
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
            ("## Ask *the* solver", "Ask *the* solver|"),
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
