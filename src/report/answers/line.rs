//! A line of a sheet: its mark (ticked, crossed out, or neither, however it was typed)
//! and the idea that it names, by its label, by its title, or by something near either.

use strsim::{levenshtein, normalized_damerau_levenshtein};

use crate::domain::{Idea, Portfolio};

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

/// How alike (0–1) a mistyped title must be to the real one.
const ALIKE: f64 = 0.7;

/// How far the most alike title must be ahead of the next one.
const AHEAD: f64 = 0.1;

/// How an idea was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Naming {
    /// By its id or the beginning of it, or by its title alone.
    Label,
    /// By its title; the label leads nowhere, or to another idea.
    Title,
    /// By a label with a typing error.
    NearLabel,
}

/// An idea that a line names, and the line behind the label.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named<'p, 't> {
    pub(super) idea: &'p Idea,
    pub(super) naming: Naming,
    /// The word that stands where the label is.
    pub(super) label: &'t str,
    /// The title and the comment.
    pub(super) body: &'t str,
}

/// The idea that the text behind a box names. `is_certain` is false for a line without
/// one, which may as well be part of a comment: then half a word is not enough.
pub(super) fn named<'p, 't>(
    portfolio: &'p Portfolio,
    text: &'t str,
    is_certain: bool,
) -> Option<Named<'p, 't>> {
    let end = text.find(|c: char| c.is_whitespace() || c == ':').unwrap_or(text.len());
    let (label, body) = (&text[..end], text[end..].trim_start());
    let found = |idea, naming, body| Some(Named { idea, naming, label, body });
    // The label is gone, the title is as it was.
    if let Some(idea) = by_title(portfolio, text, false) {
        return found(idea, Naming::Label, text);
    }
    let labelled = by_label(portfolio, label).filter(|(_, is_whole)| {
        let columns = text[end..].len() - body.len();
        is_certain || *is_whole || (label.chars().count() >= 4 && columns > 1)
    });
    if let Some((idea, _)) = labelled {
        let other = exactly_titled(portfolio, title_part(body)).filter(|other| other.id != idea.id);
        return match other {
            Some(other) if fold(title_part(body)) != fold(&idea.title) => {
                found(other, Naming::Title, body)
            }
            _ => found(idea, Naming::Label, body),
        };
    }
    for text in [body, text] {
        if let Some(idea) = by_title(portfolio, text, is_certain) {
            return found(idea, Naming::Title, text);
        }
    }
    let near = is_certain.then(|| near_label(portfolio, label)).flatten()?;
    found(near, Naming::NearLabel, body)
}

/// What is said behind a title: after its colon, or after as much of the line
/// as is the title; all of it where there is no title.
pub(super) fn comment<'t>(body: &'t str, title: &str) -> &'t str {
    let clean =
        |text: &'t str| text.trim().trim_start_matches(':').trim().trim_end_matches("~~").trim();
    if let Some(behind) = behind_title(body, title) {
        return clean(behind);
    }
    let colons = title.matches(':').count();
    if let Some((at, _)) = body.match_indices(':').nth(colons) {
        return clean(&body[at + 1..]);
    }
    let is_title = fold(title).starts_with(&fold(body)) || likeness(body, title) >= ALIKE;
    if !is_title {
        return clean(body);
    }
    // A mistyped title: what is more than its words.
    let words = title.split_whitespace().count();
    let starts = body.char_indices().filter(|(at, c)| {
        !c.is_whitespace() && !body[..*at].ends_with(|c: char| !c.is_whitespace())
    });
    starts.map(|(at, _)| at).nth(words).map_or("", |at| clean(&body[at..]))
}

/// What stands behind a title that is written as it is, whatever its spaces and capitals.
fn behind_title<'t>(body: &'t str, title: &str) -> Option<&'t str> {
    let mut rest = body;
    for word in title.split_whitespace() {
        rest = rest.trim_start();
        let mut letters = rest.chars();
        for expected in word.chars() {
            let found = letters.next()?;
            if !found.to_lowercase().eq(expected.to_lowercase()) && !is_quote(found, expected) {
                return None;
            }
        }
        rest = letters.as_str();
    }
    let ends = !rest.starts_with(char::is_alphanumeric);
    ends.then_some(rest)
}

/// Mail programs change quotation marks and dashes.
fn is_quote(a: char, b: char) -> bool {
    !a.is_alphanumeric() && !b.is_alphanumeric()
}

fn by_label<'p>(portfolio: &'p Portfolio, label: &str) -> Option<(&'p Idea, bool)> {
    if label.is_empty() {
        return None;
    }
    if let Some(idea) = portfolio.get(label) {
        return Some((idea, true));
    }
    let label = label.trim_end_matches(['.', ',', ';', '…']).to_lowercase();
    let begins = |idea: &&Idea| idea.names().any(|name| name.to_lowercase().starts_with(&label));
    let mut found = portfolio.iter().filter(begins);
    let idea = found.next().filter(|_| !label.is_empty())?;
    found.next().is_none().then_some((idea, false))
}

fn near_label<'p>(portfolio: &'p Portfolio, label: &str) -> Option<&'p Idea> {
    let label = label.to_lowercase();
    let letters = label.chars().count();
    if letters < 4 {
        return None;
    }
    let is_near = |idea: &&Idea| {
        let begins = |name: &str, n: usize| name.to_lowercase().chars().take(n).collect::<String>();
        let lengths = letters - 1..=letters + 1;
        let most = if letters < 7 { 1 } else { 2 };
        idea.names()
            .any(|name| lengths.clone().any(|n| levenshtein(&begins(name, n), &label) <= most))
    };
    let mut near = portfolio.iter().filter(is_near);
    let idea = near.next()?;
    near.next().is_none().then_some(idea)
}

fn exactly_titled<'p>(portfolio: &'p Portfolio, text: &str) -> Option<&'p Idea> {
    let text = fold(text);
    portfolio.iter().find(|idea| !text.is_empty() && fold(&idea.title) == text)
}

/// The idea whose title a text begins with, or nearly.
fn by_title<'p>(portfolio: &'p Portfolio, text: &str, is_certain: bool) -> Option<&'p Idea> {
    let begins = |idea: &&Idea| behind_title(text, &idea.title).is_some();
    let whole = portfolio.iter().filter(begins).max_by_key(|idea| idea.title.len());
    if whole.is_some() || !is_certain {
        return whole;
    }
    let mut alike: Vec<(f64, &Idea)> = portfolio
        .iter()
        .map(|idea| (likeness(text, &idea.title), idea))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .collect();
    alike.sort_by(|a, b| b.0.total_cmp(&a.0));
    match alike[..] {
        [(_, idea)] => Some(idea),
        [(best, idea), (next, _), ..] if best - next >= AHEAD => Some(idea),
        _ => None,
    }
}

/// How alike the beginning of a text is to a title, 0–1.
fn likeness(text: &str, title: &str) -> f64 {
    let title = fold(title);
    let part = fold(title_part(text));
    let start: String = fold(text).chars().take(title.chars().count()).collect();
    let alike = |text: &str| normalized_damerau_levenshtein(text, &title);
    alike(&part).max(alike(&start))
}

/// The text before the last colon.
fn title_part(text: &str) -> &str {
    text.rsplit_once(':').map_or(text, |(title, _)| title)
}

/// Letters and digits in lower case, with single spaces between words.
pub(super) fn fold(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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

    fn portfolio() -> Portfolio {
        let idea = |id: &str, title: &str| Idea::new(id, title);
        let ideas = vec![
            idea("train-on-worklogs", "Train on the work log, not only on the answer"),
            idea("learned-closure", "Learn the small eddies, solve the large ones"),
            idea("surrogates", "Surrogates: when to call the solver"),
            idea("x", "An idea of one letter"),
        ];
        Portfolio::new(ideas, Vec::new())
    }

    fn found(text: &str, is_certain: bool) -> Option<(String, Naming, String)> {
        let portfolio = portfolio();
        let named = named(&portfolio, text, is_certain)?;
        let said = comment(named.body, &named.idea.title);
        Some((named.idea.id.clone(), named.naming, said.to_owned()))
    }

    #[test]
    fn an_idea_is_found_by_label_title_or_nearly() {
        use Naming::{Label, NearLabel, Title};
        for (text, id, naming, said) in [
            ("train    Train on the work log, not only on the answer:", "train", Label, ""),
            ("TRAIN: yes", "train", Label, "yes"),
            ("train", "train", Label, ""),
            ("train great", "train", Label, "great"),
            (
                "surr  Surrogates: when to call the solver: at last: yes",
                "surr",
                Label,
                "at last: yes",
            ),
            ("lern   Learn the small eddies, solve the large ones: ours", "learn", Title, "ours"),
            ("lern   Learn the smal eddys, solve the large ones:", "learn", Title, ""),
            ("Learn the small eddies, solve the large ones", "learn", Label, ""),
            ("train  Learn the small eddies, solve the large ones: ours", "learn", Title, "ours"),
            ("surogat: hm", "surr", NearLabel, "hm"),
            ("x  An idea of one letter: ok", "x", Label, "ok"),
        ] {
            let (found, how, comment) = found(text, true).unwrap_or_else(|| panic!("{text}"));
            assert!(found.starts_with(id), "{text}: {found}");
            assert_eq!((how, comment.as_str()), (naming, said), "{text}");
        }
        assert_eq!(found("gone  Something that is not there:", true), None);
    }

    #[test]
    fn a_line_without_a_box_must_say_more() {
        assert_eq!(found("trai with care", false), None);
        assert_eq!(found("I would take this one", false), None);
        assert!(found("train  Train on the work log, not only on the answer: a", false).is_some());
        assert!(found("Train on the work log, not only on the answer: a", false).is_some());
    }
}
