//! Words that a line can go on with: tags, ids, days.

use crate::domain::{Idea, Portfolio};
use crate::find::fold;
use crate::text::sanitize;
use crate::tui::world::World;

/// Completions that are offered at most.
const MOST: usize = 50;

/// Days in words, as examples of what is understood.
const DAYS: [&str; 7] =
    ["tomorrow", "next week", "2 weeks", "next month", "3 months", "next year", "a year"];

/// Those of the words that hold what is typed from `start` on; what begins with it comes first.
pub(super) fn fitting(start: usize, front: &str, words: Vec<String>) -> (usize, Vec<String>) {
    let typed = fold(front.get(start..).unwrap_or_default());
    let (mut fitting, holding): (Vec<String>, Vec<String>) = words
        .into_iter()
        .map(|word| sanitize(&word).into_owned())
        .filter(|word| fold(word).contains(&typed))
        .partition(|word| fold(word).starts_with(&typed));
    fitting.extend(holding);
    fitting.truncate(MOST);
    (start, fitting)
}

pub(super) fn days() -> Vec<String> {
    DAYS.iter().map(|day| (*day).to_owned()).collect()
}

/// Days in words, and the ideas other than these.
pub(super) fn days_and_ideas(world: &World, except: &[String]) -> Vec<String> {
    let portfolio = world.portfolio.portfolio();
    let others = portfolio.iter().map(|idea| idea.id.clone()).filter(|id| !except.contains(id));
    days().into_iter().chain(others).collect()
}

/// Where the last part of a text begins, without the blanks in front of it.
pub(super) fn behind(text: &str, separates: fn(char) -> bool) -> usize {
    let part = text.rfind(separates).map_or(text, |at| {
        let mut rest = text[at..].chars();
        rest.next();
        rest.as_str()
    });
    text.len() - part.trim_start().len()
}

/// Every word that the ideas use, the most used first.
pub(super) fn by_use<'a>(
    portfolio: &'a Portfolio,
    words: impl Fn(&'a Idea) -> &'a [String],
) -> Vec<String> {
    let mut counts = std::collections::BTreeMap::new();
    for word in portfolio.iter().flat_map(words) {
        *counts.entry(word).or_insert(0_usize) += 1;
    }
    let mut counted: Vec<(&String, usize)> = counts.into_iter().collect();
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counted.into_iter().map(|(word, _)| word.clone()).collect()
}
