//! Help with a line that is typed: what was typed before, and how a word can
//! end.

use std::collections::BTreeMap;

use tui_input::Input;

use crate::domain::{Idea, Portfolio};
use crate::find::fold;
use crate::text::sanitize;
use crate::tui::world::World;

/// Lines that are kept for each question.
const KEPT: usize = 100;

/// What has been answered so far, by question.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    lines: BTreeMap<String, Vec<String>>,
}

impl History {
    /// Takes note of an answer; one that was given before moves to the end.
    pub(crate) fn remember(&mut self, question: &str, line: &str) {
        if line.is_empty() {
            return;
        }
        let lines = self.lines.entry(question.to_owned()).or_default();
        lines.retain(|known| known != line);
        lines.push(line.to_owned());
        if lines.len() > KEPT {
            lines.remove(0);
        }
    }

    /// The answer so many steps back; 1 is the last one.
    fn back(&self, question: &str, steps: usize) -> Option<&str> {
        let lines = self.lines.get(question)?;
        lines.get(lines.len().checked_sub(steps)?).map(String::as_str)
    }
}

/// Where recalling and completing stand.
#[derive(Clone, Debug, Default)]
pub(crate) struct LineAssist {
    /// Steps back in the history.
    steps: usize,
    /// What was typed before the history was asked.
    draft: String,
    /// The completions that are being gone through.
    pub completions: Option<Completions>,
}

/// Words that a line can go on with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Completions {
    /// What stands in front of the word.
    before: String,
    behind: String,
    pub words: Vec<String>,
    /// Which of them stands in the line.
    pub at: usize,
}

impl LineAssist {
    /// Puts an earlier or a later answer in place of what is typed.
    pub(crate) fn recall(
        &mut self,
        older: bool,
        question: &str,
        history: &History,
        input: &mut Input,
    ) {
        let steps = if older { self.steps + 1 } else { self.steps.saturating_sub(1) };
        if steps == self.steps {
            return;
        }
        let text = match steps {
            0 => Some(self.draft.as_str()),
            _ => history.back(question, steps),
        };
        let Some(text) = text.map(str::to_owned) else { return };
        if self.steps == 0 {
            input.value().clone_into(&mut self.draft);
        }
        self.steps = steps;
        self.completions = None;
        *input = Input::from(sanitize(&text).into_owned());
    }

    /// Completes the word in front of the cursor, which begins at the byte
    /// `start`, with the first of these words; if that is done already, with
    /// the next.
    pub(crate) fn complete(&mut self, start: usize, words: Vec<String>, input: &mut Input) {
        let completions = match self.completions.take() {
            Some(completions) => {
                Completions { at: (completions.at + 1) % completions.words.len(), ..completions }
            }
            None if words.is_empty() => return,
            None => {
                let (front, behind) = input.value().split_at(typed_to(input));
                let before = front.get(..start).unwrap_or_default().to_owned();
                Completions { before, behind: behind.to_owned(), words, at: 0 }
            }
        };
        let front = format!("{}{}", completions.before, completions.words[completions.at]);
        let cursor = front.chars().count();
        *input = Input::from(front + &completions.behind).with_cursor(cursor);
        self.completions = Some(completions);
    }

    /// Begins afresh because something was typed.
    pub(crate) fn forget(&mut self) {
        self.completions = None;
    }
}

/// The byte at which the cursor stands.
pub(crate) fn typed_to(input: &Input) -> usize {
    let text = input.value();
    text.char_indices().nth(input.cursor()).map_or(text.len(), |(at, _)| at)
}

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
    let portfolio = &world.portfolio;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn earlier_answers_come_back_and_the_draft_is_kept() {
        let mut history = History::default();
        for line in ["one", "two", "one"] {
            history.remember("tags", line);
        }
        let (mut assist, mut input) = (LineAssist::default(), Input::from("draft"));
        let mut shown = Vec::new();
        for older in [true, true, true, false, false, false] {
            assist.recall(older, "tags", &history, &mut input);
            shown.push(input.value().to_owned());
        }
        assert_eq!(shown, ["one", "two", "two", "one", "draft", "draft"]);
        assist.recall(true, "title", &history, &mut input);
        assert_eq!(input.value(), "draft", "another question has its own history");
    }

    #[test]
    fn a_word_is_completed_where_the_cursor_stands() {
        let words = || vec!["replay".to_owned(), "reasoning".to_owned()];
        let (mut assist, mut input) =
            (LineAssist::default(), Input::from("data, re, x").with_cursor(8));
        assist.complete(6, words(), &mut input);
        assert_eq!((input.value(), input.cursor()), ("data, replay, x", 12));
        assist.complete(6, words(), &mut input);
        assert_eq!(input.value(), "data, reasoning, x");
        assist.complete(6, words(), &mut input);
        assert_eq!(input.value(), "data, replay, x");
    }
}
