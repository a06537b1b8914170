//! The mark at the beginning of a line of a sheet: ticked, crossed out, or
//! neither, however it was typed.

/// What a line begins with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mark<'t> {
    pub(super) ticked: bool,
    pub(super) crossed: bool,
    /// Whether there is a box, or what is left of one.
    pub(super) has_box: bool,
    /// The mark as typed where it is none that the sheet asks for.
    pub(super) unusual: Option<&'t str>,
}

impl<'t> Mark<'t> {
    /// Reads the marks of a line and gives what stands behind them. `is_name`
    /// says whether a word names an idea: an idea may be called `x`.
    pub(super) fn read(line: &'t str, is_name: impl Fn(&str) -> bool) -> (Self, &'t str) {
        let mut mark = Self::default();
        let mut rest = line.trim_start();
        loop {
            let word = rest.split_whitespace().next().unwrap_or_default();
            if word.is_empty() || is_name(word) {
                return (mark, rest);
            }
            if let Some(behind) = rest.strip_prefix("~~") {
                mark.crossed = true;
                rest = behind.trim_start();
            } else if let Some(behind) = rest.strip_prefix(['☐', '☑', '☒']) {
                mark.has_box = true;
                mark.ticked |= !rest.starts_with('☐');
                rest = behind.trim_start();
            } else if let Some((inside, behind)) = boxed(rest).filter(|_| !mark.has_box) {
                mark.has_box = true;
                mark.inside(inside, &line[..line.len() - behind.len()]);
                rest = behind.trim_start();
            } else if let Some(behind) = bare(rest, is_cross) {
                mark.crossed = true;
                rest = behind;
            } else if let Some(behind) = bare(rest, is_tick) {
                mark.ticked = true;
                rest = behind;
            } else if let Some(behind) = bare(rest, |c| matches!(c, '*' | '•' | '+')) {
                rest = behind;
            } else {
                return (mark, rest);
            }
        }
    }

    fn inside(&mut self, inside: &str, typed: &'t str) {
        let mut letters = inside.chars();
        let (first, more) = (letters.next(), letters.next());
        match (first, more) {
            (None, _) => {}
            (Some(c), None) if is_cross(c) => self.crossed = true,
            (Some(c), None) => {
                let is_yes = is_tick(c) || c.is_ascii_digit() || "yYvV*+".contains(c);
                self.ticked |= is_yes;
                if !matches!(c, 'x' | 'X') {
                    self.unusual = Some(typed.trim());
                }
            }
            (Some(c), Some(_)) => {
                self.ticked |= is_tick(c) || inside.eq_ignore_ascii_case("yes");
                self.unusual = Some(typed.trim());
            }
        }
        let is_closed = typed.trim_end().ends_with([']', ')', '}']);
        let is_open = typed.contains(['[', '(', '{']);
        if first.is_some() && !(is_closed && is_open) {
            self.unusual = Some(typed.trim());
        }
    }
}

/// What is in a box, and what stands behind it: `[x] a`, `(x) a`, `[x a`, `x] a`.
fn boxed(text: &str) -> Option<(&str, &str)> {
    let is_end = |c: char| matches!(c, ']' | ')' | '}');
    match text.strip_prefix(['[', '(', '{']) {
        Some(inside) => match inside.char_indices().take(5).find(|(_, c)| is_end(*c)) {
            Some((end, _)) => Some((inside[..end].trim(), &inside[end + 1..])),
            None => {
                let word = inside.split_whitespace().next().unwrap_or_default();
                let is_mark =
                    word.chars().count() == 1 && word.chars().all(|c| is_tick(c) || is_cross(c));
                let at = match word.chars().next() {
                    _ if is_mark => inside.find(word)? + word.len(),
                    Some(c) if is_cross(c) => inside.find(c)? + c.len_utf8(),
                    _ => 0,
                };
                Some((inside[..at].trim(), &inside[at..]))
            }
        },
        None => {
            let mut letters = text.char_indices();
            let (_, first) = letters.next()?;
            let (end, second) = letters.next()?;
            let is_half = (is_tick(first) || is_cross(first)) && is_end(second);
            is_half.then(|| (&text[..end], &text[end + 1..]))
        }
    }
}

/// What stands behind a mark without a box, which has a space or a box behind it.
fn bare(text: &str, is_mark: impl Fn(char) -> bool) -> Option<&str> {
    let behind = text.strip_prefix(is_mark)?;
    behind.starts_with([' ', '\t', '[', '(', '☐']).then(|| behind.trim_start())
}

fn is_tick(c: char) -> bool {
    matches!(c, 'x' | 'X' | '×' | '✓' | '✔' | '✗' | '✘' | 'х' | 'Х')
}

fn is_cross(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '−' | '‐' | '‑')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(line: &str) -> (bool, bool, bool, &str) {
        let (mark, rest) = Mark::read(line, |word| word == "xy" || word == "+1");
        (mark.ticked, mark.crossed, mark.unusual.is_some(), rest)
    }

    #[test]
    fn a_mark_is_read_however_it_is_typed() {
        for line in ["[x] a: b", "[X]a: b", " [ x ] a: b", "x [ ] a: b", "[ ] x a: b", "* [x] a: b"]
        {
            assert_eq!(read(line), (true, false, false, "a: b"), "{line}");
        }
        for line in ["[x a: b", "x] a: b", "[✓] a: b", "[1] a: b", "[xx] a: b", "[yes] a: b"] {
            assert_eq!(read(line), (true, false, true, "a: b"), "{line}");
        }
        assert_eq!(read("(x) a: b"), (true, false, false, "a: b"));
        for line in [
            "- [ ] a: b",
            "-[ ] a: b",
            "[-] a: b",
            "– [ ] a: b",
            "[ ] - a: b",
            "- a: b",
            "~~[ ] a: b",
        ] {
            assert_eq!(read(line), (false, true, false, "a: b"), "{line}");
        }
        for line in ["[ ] a: b", "[] a: b", "[ a: b", "☐ a: b", "a: b", "* a: b"] {
            assert_eq!(read(line), (false, false, false, "a: b"), "{line}");
        }
        assert_eq!(read("- [x] a"), (true, true, false, "a"));
        assert_eq!(read("[?] a"), (false, false, true, "a"));
    }

    #[test]
    fn what_begins_like_a_mark_may_be_a_name() {
        assert_eq!(read("[ ] xy is fine"), (false, false, false, "xy is fine"));
        assert_eq!(read("xylophones"), (false, false, false, "xylophones"));
        assert_eq!(read("+1 more"), (false, false, false, "+1 more"));
    }

    proptest! {
        #[test]
        fn any_line_has_a_rest(line in "[x\\[\\]() ~*–-]{0,9}\\PC*") {
            let (_, rest) = Mark::read(&line, |_| false);
            prop_assert!(line.ends_with(rest));
        }
    }
}
