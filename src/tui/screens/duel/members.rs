//! Members of the duels: the ideas that take part.

use crate::domain::{DuelPool, Idea};
use crate::find::{Finder, Subject};
use crate::judge::duel::Contest;
use crate::text;
use crate::tui::world::World;

/// Who takes part. Those in whom certain words are found are looked up again
/// only when texts have changed.
#[derive(Debug, Default)]
pub(super) struct Members {
    pool: DuelPool,
    /// The state of the texts that was looked at, the words, and the positions
    /// of those in whom they were found.
    found: Option<(u64, String, Vec<usize>)>,
}

impl Members {
    pub(super) fn of(pool: DuelPool) -> Self {
        Self { pool, found: None }
    }

    /// What they have in common.
    pub(super) const fn pool(&self) -> &DuelPool {
        &self.pool
    }

    /// So many of them, in words: `5 ideas · tag data`.
    pub(super) fn describe(&self, count: usize, world: &World) -> String {
        let ideas = text::count(count, "idea");
        match (self.pool.only.is_empty(), self.pool.query.as_str()) {
            (false, _) => format!("{ideas} · as marked"),
            (true, "") => ideas,
            (true, query) => format!("{ideas} · {}", world.portfolio.in_words(query)),
        }
    }

    pub(super) fn count(&mut self, world: &World) -> usize {
        self.look_up(world).into_iter().filter(|is_in| *is_in).count()
    }

    /// The contest between them, as the duels stand.
    pub(super) fn contest(&mut self, world: &World) -> Contest {
        let portfolio = &world.portfolio;
        let members = self.look_up(world);
        let in_pool =
            |idea: &Idea| portfolio.position(&idea.id).is_some_and(|position| members[position]);
        let duels = portfolio.duels().standing(world.portfolio.as_of());
        Contest::of_ideas(portfolio, world.portfolio.scores(), in_pool, duels)
    }

    /// Whether each idea takes part, by position of the portfolio.
    fn look_up(&mut self, world: &World) -> Vec<bool> {
        let ideas = world.portfolio.ideas();
        let mut members = vec![false; ideas.len()];
        if !self.pool.only.is_empty() {
            let positions = self.pool.only.iter();
            for position in positions.filter_map(|id| world.portfolio.position(id)) {
                members[position] = true;
            }
            return members;
        }
        let filter = world.portfolio.filter(&self.pool.query);
        let names_status = filter.is_about(Subject::Status);
        let takes_part = |position: usize| {
            (names_status || ideas[position].status.is_compared_by_default())
                && world.portfolio.meets(&filter, position)
        };
        if filter.words.is_empty() {
            return (0..ideas.len()).map(takes_part).collect();
        }
        for &position in self.find(&filter.words, world) {
            members[position] = takes_part(position);
        }
        members
    }

    /// The positions of those in whom words are found.
    fn find(&mut self, words: &str, world: &World) -> &[usize] {
        let texts = world.portfolio.text_revision();
        let is_known =
            self.found.as_ref().is_some_and(|(at, of, _)| (*at, of.as_str()) == (texts, words));
        if !is_known {
            let found = Finder::default().find(words, world.portfolio.search_keys());
            self.found = Some((texts, words.to_owned(), found));
        }
        self.found.as_ref().map_or(&[], |(.., found)| found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Date, Portfolio, Status};
    use crate::judge::ScoreRule;
    use crate::tui::world::ScoredPortfolio;

    fn world() -> World {
        let idea = |id: &str, status, tag: &str| {
            let mut idea = Idea::new(id, format!("Idea {id}"));
            idea.status = status;
            idea.tags = vec![tag.to_owned()];
            idea.aliases = vec![format!("old-{id}")];
            idea
        };
        let ideas = vec![
            idea("a", Status::Shortlist, "data"),
            idea("b", Status::Active, "agents"),
            idea("c", Status::Inbox, "data"),
            idea("d", Status::Done, "data"),
        ];
        let day = Date::constant(2026, 3, 1);
        let portfolio = Portfolio::new(ideas, Vec::new());
        World::new(ScoredPortfolio::new(portfolio, ScoreRule::default(), day))
    }

    fn names(pool: DuelPool) -> Vec<String> {
        let contest = Members::of(pool).contest(&world());
        contest.entrants()[..contest.pool()].iter().map(|entrant| entrant.id.clone()).collect()
    }

    #[test]
    fn the_shortlist_and_the_active_take_part_unless_a_status_is_asked_for() {
        for (query, members) in [
            ("", &["a", "b"][..]),
            ("tag:data", &["a"]),
            ("tag:data status:inbox status:done", &["c", "d"]),
            ("agents", &["b"]),
            ("flag:incomplete status:shortlist", &["a"]),
            ("nothing", &[]),
        ] {
            assert_eq!(names(DuelPool::found_by(query)), members, "{query}");
        }
    }

    #[test]
    fn named_ideas_take_part_whatever_their_status_and_under_old_names() {
        let only = ["d", "old-a", "gone"].map(str::to_owned).to_vec();
        assert_eq!(names(DuelPool::of(only)), ["a", "d"]);
    }

    #[test]
    fn a_pool_says_who_is_in_it() {
        let marked = DuelPool::of(vec!["a".into(), "b".into()]);
        for (pool, words) in [
            (DuelPool::default(), "12 ideas"),
            (DuelPool::found_by("tag:data small"), "12 ideas · tag data, \"small\""),
            (marked, "12 ideas · as marked"),
        ] {
            assert_eq!(Members::of(pool).describe(12, &world()), words);
        }
    }
}
