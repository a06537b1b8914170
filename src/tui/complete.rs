//! Completions of the word being typed: tags, ids, days.

use crate::domain::{Idea, Portfolio};
use crate::find::{SAVED, SavedFilters, Subject, fold};
use crate::text::sanitize;

use super::dialogs::{About, Question, Then};
use super::world::World;

/// Completions that are offered at most.
const MOST: usize = 50;

/// Days in words, as examples of what is understood.
const DAYS: [&str; 7] =
    ["tomorrow", "next week", "2 weeks", "next month", "3 months", "next year", "a year"];

/// The same in one word.
const SPANS: [&str; 6] = ["2w", "4w", "6w", "2m", "3m", "6m"];

/// Where the word in front of the cursor begins, and what it can become. `text`
/// ends at the cursor.
#[must_use]
pub(super) fn completions(then: &Then, text: &str, world: &World) -> (usize, Vec<String>) {
    let portfolio = world.portfolio.portfolio();
    let (start, words) = match then {
        Then::Find | Then::Limit => {
            let start = behind(text, char::is_whitespace);
            let word = text.get(start..).unwrap_or_default();
            (start, conditions(portfolio, world.portfolio.filters(), word))
        }
        Then::SaveFilter(_) => {
            (0, world.portfolio.filters().iter().map(|(name, _)| name.to_owned()).collect())
        }
        Then::Add => {
            let start = behind(text, char::is_whitespace);
            (start, marked(portfolio, text.get(start..).unwrap_or_default()))
        }
        Then::Idea { about: About::PromiseBy, .. } => {
            (0, DAYS.iter().map(|day| (*day).to_owned()).collect())
        }
        // The day stands first, in one word.
        Then::Idea {
            about: About::Review(Question::Promise | Question::GoOnPromise { .. }),
            ..
        } if !text.contains(' ') => (0, SPANS.iter().map(|span| (*span).to_owned()).collect()),
        Then::Idea { about: About::Tags, .. } => {
            (behind(text, |c| c == ','), by_use(portfolio, |idea| &idea.tags))
        }
        Then::Idea { about: About::ParkedUntil { .. }, id } => {
            (0, days_and_ideas(portfolio, std::slice::from_ref(id)))
        }
        Then::Ideas { about: About::ParkedUntil { .. }, ids } => {
            (0, days_and_ideas(portfolio, ids))
        }
        _ => return (0, Vec::new()),
    };
    let typed = fold(text.get(start..).unwrap_or_default());
    // What begins with the word comes before what only holds it.
    let (mut fitting, holding): (Vec<String>, Vec<String>) = words
        .into_iter()
        .map(|word| sanitize(&word).into_owned())
        .filter(|word| fold(word).contains(&typed))
        .partition(|word| fold(word).starts_with(&typed));
    fitting.extend(holding);
    fitting.truncate(MOST);
    (start, fitting)
}

/// Days in words, and the ideas other than these.
fn days_and_ideas(portfolio: &Portfolio, except: &[String]) -> Vec<String> {
    let others = portfolio.iter().map(|idea| idea.id.clone()).filter(|id| !except.contains(id));
    DAYS.iter().map(|day| (*day).to_owned()).chain(others).collect()
}

/// What a search can go on with: values of a condition whose subject stands
/// there, else subjects, saved filters and tags.
fn conditions(portfolio: &Portfolio, filters: &SavedFilters, word: &str) -> Vec<String> {
    let subject = word.split_once(':').map(|(subject, _)| subject);
    let subject = Subject::ALL.into_iter().find(|known| Some(known.id()) == subject);
    let Some(subject) = subject else {
        let subjects = Subject::ALL.map(|subject| format!("{}:", subject.id()));
        let saved = filters.iter().map(|(name, _)| format!("{SAVED}{name}"));
        let tags = by_use(portfolio, |idea| &idea.tags);
        return subjects.into_iter().chain(saved).chain(tags).collect();
    };
    let values = match subject {
        Subject::Tag => by_use(portfolio, |idea| &idea.tags),
        Subject::Person => by_use(portfolio, |idea| &idea.people),
        _ => subject.values().unwrap_or_default().into_iter().map(str::to_owned).collect(),
    };
    values.into_iter().map(|value| format!("{}:{value}", subject.id())).collect()
}

/// What a word of a new idea can become behind its mark: a tag, a person, a bet.
fn marked(portfolio: &Portfolio, word: &str) -> Vec<String> {
    let (mark, values) = match word.chars().next() {
        Some('#') => ('#', by_use(portfolio, |idea| &idea.tags)),
        Some('@') => ('@', by_use(portfolio, |idea| &idea.people)),
        Some('!') => ('!', vec!["hot".to_owned(), "next".to_owned()]),
        _ => return Vec::new(),
    };
    let written = |value: String| {
        let holds_space = value.contains(char::is_whitespace);
        if holds_space { format!("{mark}\"{value}\"") } else { format!("{mark}{value}") }
    };
    values.into_iter().map(written).collect()
}

/// Where the last part of a text begins, without the blanks in front of it.
fn behind(text: &str, separates: fn(char) -> bool) -> usize {
    let part = text.rfind(separates).map_or(text, |at| {
        let mut rest = text[at..].chars();
        rest.next();
        rest.as_str()
    });
    text.len() - part.trim_start().len()
}

/// Every word that the ideas use, the most used first.
fn by_use<'a>(portfolio: &'a Portfolio, words: impl Fn(&'a Idea) -> &'a [String]) -> Vec<String> {
    let mut counts = std::collections::BTreeMap::new();
    for word in portfolio.iter().flat_map(words) {
        *counts.entry(word).or_insert(0_usize) += 1;
    }
    let mut counted: Vec<(&String, usize)> = counts.into_iter().collect();
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counted.into_iter().map(|(word, _)| word.clone()).collect()
}
