//! What the pages over a screen say: the keys, and what cannot be read.

use crate::command::{Entry, Scope, all, keys_shown};
use crate::domain::{Problem, Severity};

use super::finder::fold;
use super::model::{Model, Page, PageKind};

/// Rows of the terminal that a page does not have: title, heading and footer.
pub(super) const ROWS_AROUND: u16 = 4;

/// A line of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PageLine {
    /// The heading of a group.
    Heading(String),
    /// Keys and what they do.
    Keys {
        /// The keys, as people read them.
        keys: String,
        /// What they do.
        help: &'static str,
    },
    /// Something that is wrong.
    Trouble(String),
    /// More about it.
    Text(String),
    /// Nothing.
    Blank,
}

/// The title of a page.
#[must_use]
pub(super) const fn title(kind: PageKind) -> &'static str {
    match kind {
        PageKind::Help => "Keys",
        PageKind::Problems => "What is wrong with the files",
    }
}

/// What a page says, filtered by its search.
#[must_use]
pub(super) fn lines(page: &Page, model: &Model) -> Vec<PageLine> {
    match page.kind {
        PageKind::Help => help(&page.query, model.screen.scope()),
        PageKind::Problems => model
            .problems
            .iter()
            .filter(|problem| holds(&problem.to_string(), &page.query))
            .flat_map(problem)
            .collect(),
    }
}

/// The keys that are valid everywhere first, then those of the screen, then
/// those of what it opens.
fn help(query: &str, screen: Scope) -> Vec<PageLine> {
    let own: &[Scope] = match screen {
        Scope::Triage => &[Scope::Sort, Scope::Weigh, Scope::Triage, Scope::Rating],
        _ => &[Scope::Rank, Scope::Rating, Scope::Detail],
    };
    let scopes =
        [&[Scope::Everywhere, Scope::Screens], own, &[Scope::Prompt, Scope::Choice]].concat();
    let mut lines = Vec::new();
    for scope in scopes {
        let rows: Vec<PageLine> = all()
            .iter()
            .filter(|entry| entry.scope == scope)
            .map(|entry| (entry, keys(entry)))
            .filter(|(entry, keys)| holds(&format!("{} {keys} {}", entry.id, entry.help), query))
            .map(|(entry, keys)| PageLine::Keys { keys, help: entry.help })
            .collect();
        if rows.is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(PageLine::Blank);
        }
        lines.push(PageLine::Heading(scope.title().to_owned()));
        lines.extend(rows);
    }
    lines
}

fn keys(entry: &Entry) -> String {
    entry.keys.iter().map(|keys| keys_shown(keys)).collect::<Vec<_>>().join("  ")
}

/// Whether a text holds all words of a query, in any order.
fn holds(text: &str, query: &str) -> bool {
    let text = fold(text);
    fold(query).split_whitespace().all(|word| text.contains(word))
}

/// What is wrong, where, with a pointer at the spot.
fn problem(problem: &Problem) -> Vec<PageLine> {
    let number = problem.line.to_string();
    let margin = " ".repeat(number.len());
    let before: usize =
        problem.excerpt.chars().take(problem.column.saturating_sub(1)).map(columns).sum();
    let below: usize = problem
        .excerpt
        .chars()
        .skip(problem.column.saturating_sub(1))
        .take(problem.width.max(1))
        .map(columns)
        .sum();
    let mark = match problem.severity {
        Severity::Error => "✗",
        Severity::Warning => "!",
    };
    let mut lines = vec![
        PageLine::Trouble(format!("{mark} {problem}")),
        PageLine::Text(format!("  {number} │ {}", problem.excerpt)),
        PageLine::Text(format!("  {margin} │ {}{}", " ".repeat(before), "^".repeat(below.max(1)))),
    ];
    if !problem.hint.is_empty() {
        lines.push(PageLine::Text(format!("  {margin} = {}", problem.hint)));
    }
    lines.push(PageLine::Blank);
    lines
}

fn columns(c: char) -> usize {
    crate::text::width(&crate::text::sanitize(c.encode_utf8(&mut [0; 4])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_page_at_80_by_24_holds_the_keys_that_are_valid_everywhere() {
        let lines = help("", Scope::Rank);
        let first = &lines[..usize::from(24 - ROWS_AROUND)];
        for entry in all().iter().filter(|entry| entry.scope == Scope::Everywhere) {
            let shown = PageLine::Keys { keys: keys(entry), help: entry.help };
            assert!(first.contains(&shown), "{}", entry.id);
        }
    }

    #[test]
    fn help_is_searched_by_all_words() {
        let lines = help("status why", Scope::Rank);
        assert_eq!(lines.len(), 2);
        assert!(matches!(&lines[1], PageLine::Keys { keys, .. } if keys == "s"));
    }

    #[test]
    fn the_pointer_stands_under_what_is_meant() {
        let wrong = Problem {
            file: "ideas.toml".into(),
            line: 12,
            column: 3,
            excerpt: "日本x = 11".into(),
            width: 1,
            severity: Severity::Error,
            code: "out-of-range",
            message: "no".into(),
            hint: String::new(),
            idea: None,
        };
        let pointer = &problem(&wrong)[2];
        assert_eq!(*pointer, PageLine::Text("     │     ^".into()));
    }
}
