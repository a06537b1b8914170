//! Earlier ideas that a card resembles, shown before anything is decided about it.

use std::collections::BTreeSet;

use crate::domain::{Date, Decision, Idea, Portfolio, Status};

use crate::judge::{ALIKE, PERHAPS, Resemblance, SimilarityIndex};

/// An idea that another one resembles.
#[derive(Clone, Debug, PartialEq)]
pub struct SimilarPastIdea<'a> {
    /// The idea.
    pub idea: &'a Idea,
    /// How alike both are, from [`ALIKE`] to 1.
    pub likeness: f64,
    /// The words that both have, the most telling first.
    pub words: Vec<String>,
    /// The decision by which it was given up, if it is abandoned: reason and
    /// lesson are the cause of death.
    pub ending: Option<&'a Decision>,
}

impl SimilarPastIdea<'_> {
    /// `Same as "…" (dropped: others have it)?`
    #[must_use]
    pub fn sentence(&self) -> String {
        let status = self.idea.status.shown();
        let why = self.ending.map(|decision| decision.why.as_str()).filter(|why| !why.is_empty());
        let why = why.map_or_else(String::new, |why| format!(": {why}"));
        format!("Same as \"{}\" ({status}{why})?", self.idea.title)
    }
}

/// The ideas that a card resembles: the abandoned ones first, because their
/// lesson has been paid for, then by likeness. Ideas that were
/// merged are left out, for what took them in says the same.
#[must_use]
pub fn similar_past_ideas<'a>(
    card: &Idea,
    portfolio: &'a Portfolio,
    index: &SimilarityIndex,
    as_of: Date,
) -> Vec<SimilarPastIdea<'a>> {
    let mut similar_past_ideas: Vec<SimilarPastIdea<'a>> = index
        .like(card, ALIKE)
        .into_iter()
        .filter_map(|found| {
            let idea = portfolio.get(&found.id)?;
            let ending = ending(idea, as_of);
            let is_news = idea.id != card.id && idea.merged_into.is_none();
            is_news.then_some(SimilarPastIdea {
                idea,
                likeness: found.likeness,
                words: found.words,
                ending,
            })
        })
        .collect();
    similar_past_ideas.sort_by_key(|reminder| reminder.idea.status != Status::Abandoned);
    similar_past_ideas
}

/// The ids of the ideas that say much the same as another one, which was not merged
/// itself. Reads all words anew.
#[must_use]
pub fn alike_ids(portfolio: &Portfolio) -> BTreeSet<String> {
    let ideas = portfolio.ideas();
    let stands = |row: usize| ideas[row].merged_into.is_none();
    let found = SimilarityIndex::new(portfolio.iter()).have_alike(ALIKE, stands);
    let found = ideas.iter().zip(found).filter(|(_, is_alike)| *is_alike);
    found.map(|(idea, _)| idea.id.clone()).collect()
}

/// Whether an idea is a duplicate, the rule of [`Flag::Duplicate`](crate::judge::Flag::Duplicate):
/// it is still to be decided or worked on, and is one of those that are
/// [alike](alike_ids).
#[must_use]
pub fn is_duplicate(idea: &Idea, alike: &BTreeSet<String>) -> bool {
    idea.status.is_ranked_by_default() && alike.contains(&idea.id)
}

/// The ids of all duplicates of a portfolio, with its words read anew.
#[must_use]
pub fn all_duplicates(portfolio: &Portfolio) -> BTreeSet<String> {
    let alike = alike_ids(portfolio);
    let found = portfolio.iter().filter(|idea| is_duplicate(idea, &alike));
    found.map(|idea| idea.id.clone()).collect()
}

/// Words in common that are named.
const WORDS: usize = 4;

/// `Perhaps like "…" (logs, runs), "…" (logs)`, without a full stop; `None` where
/// there is none.
#[must_use]
pub fn perhaps_in_words(found: &[Resemblance], portfolio: &Portfolio) -> Option<String> {
    let told = found.iter().filter_map(|found| {
        let words: Vec<&str> = found.words.iter().take(WORDS).map(String::as_str).collect();
        let title = &portfolio.get(&found.id)?.title;
        Some(format!("\"{title}\" ({})", words.join(", ")))
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| format!("Perhaps like {}", told.join(", ")))
}

/// At most so many ideas are offered as perhaps alike.
const NEAREST: usize = 3;

/// The nearest of the ideas that share words with one but are not alike, the
/// nearest first. Ideas that were merged are left out.
#[must_use]
pub fn perhaps_like(
    idea: &Idea,
    portfolio: &Portfolio,
    index: &SimilarityIndex,
) -> Vec<Resemblance> {
    let near = index.like(idea, PERHAPS).into_iter().filter(|found| found.likeness < ALIKE);
    let stands = |found: &Resemblance| {
        portfolio.get(&found.id).is_some_and(|other| other.merged_into.is_none())
    };
    near.filter(stands).take(NEAREST).collect()
}

/// The last decision that ended an abandoned idea. A second look that changed
/// nothing ended nothing.
fn ending(idea: &Idea, as_of: Date) -> Option<&Decision> {
    if idea.status != Status::Abandoned {
        return None;
    }
    let to_abandoned = || {
        idea.decisions
            .iter()
            .filter(|decision| decision.to == Status::Abandoned && decision.date <= as_of)
    };
    to_abandoned()
        .filter(|decision| decision.from != Status::Abandoned)
        .max_by_key(|decision| decision.date)
        .or_else(|| to_abandoned().max_by_key(|decision| decision.date))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Edit, merge};
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 20);

    fn backlog() -> Portfolio {
        let idea = |id: &str, title: &str| Idea::new(id, title);
        let mut portfolio = Portfolio::new(
            vec![
                idea("fresh", "Agents that read the logs of failed runs"),
                idea("twin", "Agents that read logs of failed runs"),
                idea("dead", "Read logs of failed runs with agents"),
                idea("other", "Explain one small model completely"),
            ],
            Vec::new(),
        );
        let dead = |portfolio: &Portfolio| portfolio.get("dead").unwrap().clone();
        let drop = Edit::decide(&dead(&portfolio), Status::Abandoned, date(2025, 3, 1), "too slow");
        portfolio.apply(&drop).unwrap();
        let look = Edit::decide(&dead(&portfolio), Status::Abandoned, date(2026, 3, 1), "still so");
        portfolio.apply(&look).unwrap();
        portfolio
    }

    #[test]
    fn the_dead_are_remembered_first_with_their_cause() {
        let portfolio = backlog();
        let index = SimilarityIndex::new(portfolio.iter());
        let found = similar_past_ideas(portfolio.get("fresh").unwrap(), &portfolio, &index, TODAY);
        let ids: Vec<&str> = found.iter().map(|reminder| reminder.idea.id.as_str()).collect();
        assert_eq!(ids, ["dead", "twin"]);
        assert_eq!(found[0].ending.map(|decision| decision.why.as_str()), Some("too slow"));
        assert_eq!(found[1].ending, None);
        let said = "Same as \"Read logs of failed runs with agents\" (dropped: too slow)?";
        assert_eq!(found[0].sentence(), said);
        assert!(found[0].words.contains(&"logs".to_owned()));
    }

    #[test]
    fn a_duplicate_is_flagged_until_it_is_merged_or_given_up() {
        let mut portfolio = backlog();
        let flagged = |portfolio: &Portfolio| Vec::from_iter(all_duplicates(portfolio));
        assert_eq!(flagged(&portfolio), ["fresh", "twin"]);
        for source in ["dead", "twin"] {
            let edit = merge(&portfolio, source, "fresh", TODAY).unwrap();
            portfolio.apply(&edit).unwrap();
        }
        assert_eq!(flagged(&portfolio), [""; 0]);
    }

    #[test]
    fn below_the_bar_the_nearest_are_offered_with_their_words() {
        let mut portfolio = backlog();
        let near = Idea::new("near", "Read the logs of old machines");
        portfolio.apply(&Edit::Add { idea: Box::new(near.clone()), before: None }).unwrap();
        let index = SimilarityIndex::new(portfolio.iter());
        let found = perhaps_like(&near, &portfolio, &index);
        assert!((1..=3).contains(&found.len()), "{found:?}");
        assert!(found.iter().all(|found| (PERHAPS..ALIKE).contains(&found.likeness)));
        assert!(found[0].words.contains(&"logs".to_owned()), "{found:?}");
        let said = perhaps_in_words(&found, &portfolio).unwrap();
        assert!(
            said.starts_with("Perhaps like \"Read logs of failed runs with agents\" ("),
            "{said}"
        );
        let alone = Idea::new("alone", "Nothing in common");
        assert_eq!(perhaps_like(&alone, &portfolio, &index), []);
    }
}
