//! Portfolio with derived state: scores, order and search keys, kept in step
//! with every edit.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Deref;
use std::sync::Arc;

use crate::domain::{Change, Criterion, Date, Edit, EditError, Field, Idea, Portfolio, Status};
use crate::find::{Filter, SAVED, SavedFilters, search_key};
use crate::judge::{
    Flag, Score, ScoreRule, StallRule, Standing, disputes, flags_of_answers, others, promise_flags,
    promises, rank_order, said_by_others, score, scores, sort_for_rank, standings,
};

/// The flags that need more than an idea and its answers.
const OF_REVIEW: [Flag; 3] = [Flag::SunkCost, Flag::Stalled, Flag::Duplicate];

/// The flags that only a review can raise, by the id of the idea.
pub(crate) type ReviewFlags = HashMap<String, Vec<Flag>>;

/// Those of the flags of each idea, by id, that only a review can raise.
pub(crate) fn review_flags<'f>(
    flagged: impl Iterator<Item = (&'f str, &'f [Flag])>,
) -> ReviewFlags {
    let of_review = |flags: &[Flag]| -> Vec<Flag> {
        flags.iter().copied().filter(|flag| OF_REVIEW.contains(flag)).collect()
    };
    let flagged = flagged.map(|(id, flags)| (id, of_review(flags)));
    let flagged = flagged.filter(|(_, flags)| !flags.is_empty());
    flagged.map(|(id, flags)| (id.to_owned(), flags)).collect()
}

/// A portfolio and its scores. Only what an edit touches is judged again.
#[derive(Clone, Debug)]
pub(crate) struct ScoredPortfolio {
    /// Shared with threads that read it; an edit never waits for them.
    portfolio: Arc<Portfolio>,
    revision: u64,
    /// Counts the changes of titles, texts and tags.
    text_revision: u64,
    /// Counts the changes of what the ranking follows from.
    rating_revision: u64,
    /// Counts the changes of the duels.
    duel_revision: u64,
    rule: ScoreRule,
    stall_rule: StallRule,
    as_of: Date,
    scores: Vec<Score>,
    keys: OnceCell<Vec<String>>,
    /// Positions of all ideas in the order of the ranking.
    order: OnceCell<Vec<usize>>,
    /// The ranking of the ideas that it lists by default.
    ranked: OnceCell<Vec<Standing>>,
    /// As the last review found them.
    review_flags: Arc<ReviewFlags>,
    filters: SavedFilters,
}

/// What is concluded about ideas by a rule, and what they are found by.
#[derive(Clone, Debug)]
pub(crate) struct PortfolioScores {
    rule: ScoreRule,
    scores: Vec<Score>,
    keys: Vec<String>,
    order: Vec<usize>,
    ranked: Vec<Standing>,
}

impl PortfolioScores {
    /// Judges ideas by a rule.
    pub(crate) fn of(portfolio: &Portfolio, rule: &ScoreRule) -> Self {
        let scores = scores(portfolio, rule);
        let entries = entries(portfolio, &scores);
        let order = rank_order(&entries);
        Self {
            rule: rule.clone(),
            ranked: ranked_of(&order, &entries, |idea| idea.status.is_ranked_by_default()),
            order,
            scores,
            keys: portfolio.iter().map(search_key).collect(),
        }
    }
}

/// Read as the portfolio that it holds; changed only by edits, so that all else follows.
impl Deref for ScoredPortfolio {
    type Target = Portfolio;

    fn deref(&self) -> &Portfolio {
        &self.portfolio
    }
}

impl ScoredPortfolio {
    /// Judges a portfolio as on a day.
    pub(crate) fn new(portfolio: Portfolio, rule: ScoreRule, as_of: Date) -> Self {
        let mut scored = Self {
            portfolio: Arc::new(portfolio),
            revision: 0,
            text_revision: 0,
            rating_revision: 0,
            duel_revision: 0,
            rule,
            stall_rule: StallRule::default(),
            as_of,
            scores: Vec::new(),
            keys: OnceCell::new(),
            order: OnceCell::new(),
            ranked: OnceCell::new(),
            review_flags: Arc::default(),
            filters: SavedFilters::default(),
        };
        scored.rescore_all();
        scored
    }

    /// Takes another portfolio in place of this one, which it returns with what was
    /// concluded about it. What was concluded elsewhere is taken over if it holds here.
    pub(crate) fn replace(
        &mut self,
        portfolio: Portfolio,
        scores: Option<PortfolioScores>,
    ) -> (Arc<Portfolio>, PortfolioScores) {
        self.revision += 1;
        self.text_revision += 1;
        self.rating_revision += 1;
        self.duel_revision += 1;
        let before = std::mem::replace(&mut self.portfolio, Arc::new(portfolio));
        let scores_before = PortfolioScores {
            rule: self.rule.clone(),
            scores: std::mem::take(&mut self.scores),
            keys: self.keys.take().unwrap_or_default(),
            order: self.order.take().unwrap_or_default(),
            ranked: self.ranked.take().unwrap_or_default(),
        };
        match scores.filter(|scores| scores.rule == self.rule) {
            Some(PortfolioScores { scores, keys, order, ranked, .. }) => {
                self.scores = scores;
                self.keys = OnceCell::from(keys);
                self.order = OnceCell::from(order);
                self.ranked = OnceCell::from(ranked);
            }
            None => self.rescore_all(),
        }
        (before, scores_before)
    }

    /// The ideas, to be read by another thread.
    pub(crate) fn share(&self) -> Arc<Portfolio> {
        Arc::clone(&self.portfolio)
    }

    /// Which state of the ideas and the duels this is: another number whenever
    /// anything about them may have changed.
    pub(crate) const fn revision(&self) -> u64 {
        self.revision
    }

    /// Which state of the titles, texts and tags this is: another number
    /// whenever one of them may have changed.
    pub(crate) const fn text_revision(&self) -> u64 {
        self.text_revision
    }

    /// Which state of everything that the ranking follows from this is, but
    /// for the rule: another number whenever something may have changed.
    pub(crate) const fn rating_revision(&self) -> u64 {
        self.rating_revision
    }

    /// Which state of the duels this is: another number whenever they may have changed.
    pub(crate) const fn duel_revision(&self) -> u64 {
        self.duel_revision
    }

    /// How answers become a score.
    pub(crate) fn rule(&self) -> &ScoreRule {
        &self.rule
    }

    /// Where "stalled" and its neighbours begin.
    pub(crate) fn stall_rule(&self) -> &StallRule {
        &self.stall_rule
    }

    /// Judges by other rules from now on.
    pub(crate) fn set_rules(&mut self, rule: ScoreRule, stall_rule: StallRule) {
        if rule != self.rule {
            self.rule = rule;
            self.score_all();
        }
        self.stall_rule = stall_rule;
    }

    /// The day as which everything is judged and under which it is written.
    pub(crate) const fn as_of(&self) -> Date {
        self.as_of
    }

    /// Judges as on another day.
    pub(crate) fn set_as_of(&mut self, day: Date) {
        self.as_of = day;
    }

    /// The scores, by position of the portfolio.
    pub(crate) fn scores(&self) -> &[Score] {
        &self.scores
    }

    /// The score of an idea, 0–100; `None` with nothing rated.
    pub(crate) fn score_of(&self, id: &str) -> Option<f64> {
        let (_, score) = self.scored(id)?;
        score.rated.then(|| score.value())
    }

    /// The idea and its score at a position of the portfolio.
    pub(crate) fn at(&self, position: usize) -> Option<(&Idea, &Score)> {
        Some((self.portfolio.at(position)?, self.scores.get(position)?))
    }

    /// The idea with this id and its score.
    pub(crate) fn scored(&self, id: &str) -> Option<(&Idea, &Score)> {
        self.at(self.portfolio.position(id)?)
    }

    /// The title of an idea; its id where it is gone.
    pub(crate) fn title_of<'a>(&'a self, id: &'a str) -> &'a str {
        self.idea(id).map_or(id, |idea| &idea.title)
    }

    /// The questions about an idea on which people are far apart.
    pub(crate) fn disputes(&self, idea: &Idea) -> Vec<Criterion> {
        let scored = self.scored(&idea.id);
        scored.map_or_else(Vec::new, |(_, score)| {
            disputes(score, idea, &others(&self.portfolio, idea))
        })
    }

    /// What others say about an idea, a sentence a person.
    pub(crate) fn said_by_others(&self, idea: &Idea) -> Vec<String> {
        said_by_others(&self.portfolio, idea)
    }

    /// What an idea is flagged with, the most urgent first; those that only a
    /// review can raise as far as the last one knows.
    pub(crate) fn flags(&self, idea: &Idea) -> Vec<Flag> {
        let score = self.portfolio.position(&idea.id).and_then(|at| self.scores.get(at));
        let answers =
            score.map_or_else(Vec::new, |score| flags_of_answers(&self.portfolio, idea, score));
        let over = matches!(idea.status, Status::Done | Status::Abandoned);
        let promises = if over { Vec::new() } else { promises(idea, self.as_of) };
        let from_promises = promise_flags(promises.iter().filter(|promise| promise.asks));
        let is_raised = |flag: &Flag| match flag {
            flag if OF_REVIEW.contains(flag) => {
                self.review_flags.get(&idea.id).is_some_and(|flags| flags.contains(flag))
            }
            Flag::PromiseMissed | Flag::PromiseDue => from_promises.contains(flag),
            answered => answers.contains(answered),
        };
        Flag::ALL.into_iter().filter(is_raised).collect()
    }

    /// What the last review flagged each idea with.
    pub(crate) fn review_flags(&self) -> &ReviewFlags {
        &self.review_flags
    }

    /// Takes note of what a review flagged each idea with.
    pub(crate) fn set_review_flags(&mut self, flags: Arc<ReviewFlags>) {
        self.review_flags = flags;
    }

    /// Whether any idea has a flag that only a review can keep up to date.
    pub(crate) fn has_review_flags(&self) -> bool {
        !self.review_flags.is_empty()
    }

    /// The filters that were saved.
    pub(crate) const fn filters(&self) -> &SavedFilters {
        &self.filters
    }

    /// Takes note of the filters that were saved.
    pub(crate) fn set_filters(&mut self, filters: SavedFilters) {
        self.filters = filters;
    }

    /// A search as it is typed, taken apart.
    pub(crate) fn filter(&self, query: &str) -> Filter {
        Filter::read(&self.filters.expand(query))
    }

    /// A search in words; one that is nothing but the name of a saved filter with that name.
    pub(crate) fn in_words(&self, query: &str) -> String {
        let words = self.filter(query).to_string();
        let name = query.trim();
        let is_name = name.starts_with(SAVED) && !name.contains(char::is_whitespace);
        if is_name && self.filters.unknown(name).is_none() {
            format!("{name}: {words}")
        } else {
            words
        }
    }

    /// Whether the idea at a position meets every condition of a filter.
    pub(crate) fn meets(&self, filter: &Filter, position: usize) -> bool {
        let idea = self.portfolio.ideas().get(position);
        idea.is_some_and(|idea| filter.holds(idea, |idea| self.flags(idea)))
    }

    /// The idea with this id or alias.
    pub(crate) fn idea(&self, id: &str) -> Option<&Idea> {
        self.portfolio.get(id)
    }

    /// Ranks the ideas that are to be shown.
    pub(crate) fn ranking(&self, shown: impl Fn(&Idea) -> bool) -> Vec<Standing> {
        let entries = entries(&self.portfolio, &self.scores);
        ranked_of(self.order.get_or_init(|| rank_order(&entries)), &entries, shown)
    }

    /// The ranking of the ideas that it lists by default.
    pub(crate) fn ranked(&self) -> &[Standing] {
        self.ranked.get_or_init(|| self.ranking(|idea| idea.status.is_ranked_by_default()))
    }

    /// Where an idea stands by its score, and among how many.
    pub(crate) fn rank_of(&self, id: &str) -> Option<(usize, usize)> {
        let ranked = self.ranked();
        let position = self.portfolio.position(id);
        let rank = ranked.iter().find(|it| Some(it.position) == position)?.rank?;
        Some((rank, ranked.iter().filter(|it| it.rank.is_some()).count()))
    }

    /// Title and tags of every idea by position, folded for searching.
    pub(crate) fn search_keys(&self) -> &[String] {
        self.keys.get_or_init(|| self.portfolio.iter().map(search_key).collect())
    }

    /// Applies an edit and returns the edit that takes it back.
    ///
    /// # Errors
    /// The edit does not fit; nothing has changed then.
    pub(crate) fn apply(&mut self, edit: &Edit) -> Result<Edit, EditError> {
        let inverse = Arc::make_mut(&mut self.portfolio).apply(edit)?;
        self.revision += 1;
        if edit.flatten().into_iter().any(is_about_text) {
            self.text_revision += 1;
        }
        let is_about_answers = edit.flatten().into_iter().any(is_about_answers);
        if is_about_answers {
            self.rating_revision += 1;
        }
        if edit.flatten().into_iter().any(|step| matches!(step, Edit::Duel(_))) {
            self.duel_revision += 1;
        }
        if edit.flatten().into_iter().all(stays_in_place) {
            for id in edit.ids() {
                self.rescore(id);
            }
            if is_about_answers {
                self.ranked.take();
                if let Some(order) = self.order.get_mut() {
                    sort_for_rank(order, &entries(&self.portfolio, &self.scores));
                }
            }
        } else {
            self.rescore_all();
        }
        Ok(inverse)
    }

    fn rescore(&mut self, id: &str) {
        let Some(position) = self.portfolio.position(id) else { return };
        let idea = &self.portfolio.ideas()[position];
        self.scores[position] = score(idea, &self.rule, rated_by_others(&self.portfolio, idea));
        if let Some(key) = self.keys.get_mut().and_then(|keys| keys.get_mut(position)) {
            *key = search_key(idea);
        }
    }

    fn rescore_all(&mut self) {
        self.score_all();
        self.keys.take();
    }

    fn score_all(&mut self) {
        self.scores = scores(&self.portfolio, &self.rule);
        self.order.take();
        self.ranked.take();
    }
}

/// The ranking of those ideas that are shown. `order` is that of all.
fn ranked_of(
    order: &[usize],
    entries: &[(&Idea, &Score)],
    shown: impl Fn(&Idea) -> bool,
) -> Vec<Standing> {
    let sorted = order.iter().copied().filter(|position| shown(entries[*position].0));
    standings(sorted.collect(), entries)
}

fn entries<'a>(portfolio: &'a Portfolio, scores: &'a [Score]) -> Vec<(&'a Idea, &'a Score)> {
    portfolio.iter().zip(scores).collect()
}

/// Whether every idea keeps its position and its id under an edit.
fn stays_in_place(step: &Edit) -> bool {
    match step {
        Edit::Change { change: Change::Set { field: Field::Id | Field::Aliases, .. }, .. } => false,
        Edit::Change { .. }
        | Edit::Duel(_)
        | Edit::Setting { .. }
        | Edit::AddRaterAnswers { .. }
        | Edit::RemoveRaterAnswers { .. }
        | Edit::Reaction { .. } => true,
        Edit::Add { .. } | Edit::Remove { .. } | Edit::Group(_) => false,
    }
}

/// Whether an edit may change what is compared when ideas are found alike.
fn is_about_text(step: &Edit) -> bool {
    match step {
        Edit::Change { change: Change::Set { field, .. }, .. } => {
            matches!(
                field,
                Field::Id | Field::Title | Field::Summary | Field::Tags | Field::MergedInto
            )
        }
        Edit::Change { .. }
        | Edit::Duel(_)
        | Edit::Setting { .. }
        | Edit::AddRaterAnswers { .. }
        | Edit::RemoveRaterAnswers { .. }
        | Edit::Reaction { .. } => false,
        Edit::Add { .. } | Edit::Remove { .. } | Edit::Group(_) => true,
    }
}

/// Whether an edit may change which ideas are ranked and where: all but what
/// only adds to their history.
fn is_about_answers(step: &Edit) -> bool {
    let is_history = matches!(
        step,
        Edit::Change {
            change: Change::Insert { .. } | Change::Replace { .. } | Change::Remove { .. },
            ..
        }
    );
    !is_history && !matches!(step, Edit::Duel(_) | Edit::Setting { .. })
}

fn rated_by_others(portfolio: &Portfolio, idea: &Idea) -> bool {
    others(portfolio, idea).into_iter().flatten().any(Option::is_some)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Criterion, Rating, Value};
    use jiff::civil::date;

    fn rated(id: &str, value: f64) -> Idea {
        let mut idea = Idea::new(id, id);
        idea.ratings = [Some(Rating::value(value)); 5];
        idea
    }

    #[test]
    fn what_is_judged_step_by_step_equals_what_is_judged_at_once() {
        let ideas = vec![rated("a", 3.0), rated("b", 5.0), Idea::new("c", "C")];
        let day = date(2026, 3, 1);
        let mut scored =
            ScoredPortfolio::new(Portfolio::new(ideas, Vec::new()), ScoreRule::default(), day);
        assert_eq!(scored.search_keys().len(), 3);
        let ten = Some(Value::Rating(Rating::value(10.0)));
        let text = |text: &str| Some(Value::Text(text.into()));
        let edits = [
            Edit::set("a", Field::Rating(Criterion::Headroom), ten),
            Edit::Remove { id: "b".into() },
            Edit::set("c", Field::Title, text("Über C")),
            Edit::Add { idea: Box::new(rated("d", 9.0)), before: Some("a".into()) },
            Edit::set("c", Field::Id, text("e")),
        ];
        for edit in edits {
            scored.apply(&edit).unwrap();
            let fresh =
                ScoredPortfolio::new(Portfolio::clone(&scored), scored.rule.clone(), scored.as_of);
            assert_eq!(scored.scores, fresh.scores);
            assert_eq!(scored.search_keys(), fresh.search_keys());
            assert_eq!(scored.ranking(|_| true), fresh.ranking(|_| true));
            assert_eq!(scored.ranked(), fresh.ranked());
        }
    }
}
