//! Who takes part in a session of duels.

use crate::domain::{DuelPool, Idea, Portfolio};
use crate::judge::{Flag, Score, flags_of_answers};

use super::{Filter, Finder, Subject};

/// Whether each idea belongs to a pool, by position in [`Portfolio::ideas`].
/// `scores` and `keys` (each idea's [`search_key`](super::search_key)) are by
/// position, too.
#[must_use]
pub fn admitted(
    pool: &DuelPool,
    portfolio: &Portfolio,
    scores: &[Score],
    keys: &[String],
) -> Vec<bool> {
    let ideas = portfolio.ideas();
    let mut admitted = vec![false; ideas.len()];
    if !pool.only.is_empty() {
        for position in pool.only.iter().filter_map(|id| portfolio.position(id)) {
            admitted[position] = true;
        }
        return admitted;
    }
    let filter = Filter::read(&pool.query);
    let flags = |position: usize, idea: &Idea| -> Vec<Flag> {
        let score = scores.get(position);
        score.map_or_else(Vec::new, |score| flags_of_answers(portfolio, idea, score))
    };
    let found = if filter.words.is_empty() {
        (0..ideas.len()).collect()
    } else {
        Finder::default().find(&filter.words, keys)
    };
    for position in found {
        let Some(idea) = ideas.get(position) else { continue };
        let has_status = filter.is_about(Subject::Status) || idea.status.is_compared_by_default();
        admitted[position] = has_status && filter.holds(idea, |idea| flags(position, idea));
    }
    admitted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Status;
    use crate::find::search_key;
    use crate::judge::{ScoreRule, scores};

    fn pool(pool: &DuelPool) -> Vec<String> {
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
        let portfolio = Portfolio::new(ideas, Vec::new());
        let scores = scores(&portfolio, &ScoreRule::default());
        let keys: Vec<String> = portfolio.ideas().iter().map(search_key).collect();
        let admitted = admitted(pool, &portfolio, &scores, &keys);
        let ideas = portfolio.ideas().iter().zip(admitted);
        ideas.filter(|(_, is_in)| *is_in).map(|(idea, _)| idea.id.clone()).collect()
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
            assert_eq!(pool(&DuelPool::found_by(query)), members, "{query}");
        }
    }

    #[test]
    fn named_ideas_take_part_whatever_their_status_and_under_old_names() {
        let only = ["d", "old-a", "gone"].map(str::to_owned).to_vec();
        assert_eq!(pool(&DuelPool::of(only)), ["a", "d"]);
    }
}
