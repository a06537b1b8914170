//! How the word that is being typed can end: tags, ids, days.

use crate::domain::{BetKind, Idea, Status};
use crate::find::{SUBJECTS, fold};
use crate::judge::Flag;
use crate::text::sanitize;

use super::ask::{About, Then};
use super::backlog::Backlog;

/// Completions that are offered at most.
const MOST: usize = 50;

/// Days in words, as examples of what is understood.
const DAYS: [&str; 7] =
    ["tomorrow", "next week", "2 weeks", "next month", "3 months", "next year", "a year"];

/// Where the word in front of the cursor begins, and what it can become. `text`
/// ends at the cursor.
#[must_use]
pub(super) fn completions(then: &Then, text: &str, backlog: &Backlog) -> (usize, Vec<String>) {
    let ideas = backlog.portfolio().ideas();
    let (start, words) = match then {
        Then::Find | Then::Limit => {
            let start = behind(text, char::is_whitespace);
            (start, conditions(ideas, text.get(start..).unwrap_or_default()))
        }
        Then::Idea { about: About::Tags, .. } => {
            (behind(text, |c| c == ','), by_use(ideas, |idea| &idea.tags))
        }
        Then::Idea { about: About::ParkedUntil { .. }, id } => {
            (0, days_and_ideas(ideas, std::slice::from_ref(id)))
        }
        Then::Ideas { about: About::ParkedUntil { .. }, ids } => (0, days_and_ideas(ideas, ids)),
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
fn days_and_ideas(ideas: &[Idea], except: &[String]) -> Vec<String> {
    let others = ideas.iter().map(|idea| idea.id.clone()).filter(|id| !except.contains(id));
    DAYS.iter().map(|day| (*day).to_owned()).chain(others).collect()
}

/// What a search can go on with: values of a condition whose subject stands
/// there, else subjects and tags.
fn conditions(ideas: &[Idea], word: &str) -> Vec<String> {
    let of = |subject: &str, values: Vec<String>| -> Vec<String> {
        values.into_iter().map(|value| format!("{subject}:{value}")).collect()
    };
    match word.split_once(':') {
        Some(("status", _)) => {
            of("status", Status::ALL.iter().map(|status| status.id().to_owned()).collect())
        }
        Some(("flag", _)) => {
            of("flag", Flag::ALL.iter().map(|flag| flag.id().to_owned()).collect())
        }
        Some(("bet", _)) => of("bet", BetKind::ALL.iter().map(|bet| bet.id().to_owned()).collect()),
        Some(("tag", _)) => of("tag", by_use(ideas, |idea| &idea.tags)),
        Some(("person", _)) => of("person", by_use(ideas, |idea| &idea.people)),
        _ => {
            let subjects = SUBJECTS.iter().map(|subject| format!("{subject}:"));
            subjects.chain(by_use(ideas, |idea| &idea.tags)).collect()
        }
    }
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
fn by_use<'a>(ideas: &'a [Idea], words: impl Fn(&'a Idea) -> &'a [String]) -> Vec<String> {
    let mut counts = std::collections::BTreeMap::new();
    for word in ideas.iter().flat_map(words) {
        *counts.entry(word).or_insert(0_usize) += 1;
    }
    let mut counted: Vec<(&String, usize)> = counts.into_iter().collect();
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counted.into_iter().map(|(word, _)| word.clone()).collect()
}
