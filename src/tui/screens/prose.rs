//! Markdown, read rather than rendered.

use crate::text::wrap;

/// The text in lines, with soft line breaks joined and the marks of emphasis and code left out.
pub(super) fn lines(text: &str, columns: usize) -> Vec<String> {
    wrap(&unmarked(text), columns)
}

/// The text without `*emphasis*`, `**weight**` and `` `code` `` marks. Where a
/// mark has no partner, or is a list's bullet, it is text and stays.
fn unmarked(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['*', '`']) {
        let (before, marked) = rest.split_at(at);
        plain.push_str(before);
        let mark_end = marked.find(|c| !marked.starts_with(c)).unwrap_or(marked.len());
        let (mark, after) = marked.split_at(mark_end);
        match after.split_once(mark) {
            Some((inside, behind)) if is_marked(inside) => {
                plain.push_str(inside);
                rest = behind;
            }
            _ => {
                plain.push_str(mark);
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// Whether this can stand between two marks: on one paragraph, without a space beside the marks.
fn is_marked(inside: &str) -> bool {
    let edges = inside.starts_with(char::is_whitespace) || inside.ends_with(char::is_whitespace);
    !inside.is_empty() && !edges && !inside.contains("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_left_out_and_what_only_looks_like_one_stays() {
        assert_eq!(
            unmarked("find *which* rewrites **help** in `code`"),
            "find which rewrites help in code"
        );
        for text in ["2 * 3 * 4", "* one\n* two", "a * b", "**", "*open", "`", "5 *\n\n* 6"] {
            assert_eq!(unmarked(text), text);
        }
    }
}
