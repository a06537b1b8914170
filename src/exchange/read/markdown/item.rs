//! Items of lists, and their check boxes.

use crate::domain::Status;

/// The status that the box of an item stands for, if it has one, and its text:
/// `- text`, `* text`, `1. text`, with or without a box.
pub(super) fn item(line: &str) -> Option<(Option<Status>, &str)> {
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
