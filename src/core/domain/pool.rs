//! Who takes part in a session of duels.

/// To which ideas a session of duels is limited. The default is no limit: the
/// shortlist and the active ideas take part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DuelPool {
    /// What they are found by, in the words of a search: `tag:data`. Unless it
    /// asks for a status, only the shortlist and the active ideas take part.
    pub query: String,
    /// Ids of the only ideas that take part, of whatever status; empty if the
    /// search says who does.
    pub only: Vec<String>,
}

impl DuelPool {
    /// Those that a search finds; an empty one is no limit.
    #[must_use]
    pub fn found_by(query: impl Into<String>) -> Self {
        Self { query: query.into(), only: Vec::new() }
    }

    /// These ideas and no others.
    #[must_use]
    pub fn of(ids: Vec<String>) -> Self {
        Self { query: String::new(), only: ids }
    }

    /// So many ideas of this pool, in words: `5 ideas with tag:data`.
    #[must_use]
    pub fn words(&self, count: usize) -> String {
        let ideas = if count == 1 { "1 idea".to_owned() } else { format!("{count} ideas") };
        if !self.only.is_empty() {
            return format!("{ideas}, as marked");
        }
        match self.query.as_str() {
            "" => format!("{ideas}, shortlist and active"),
            query => format!("{ideas} with {query}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pool_says_who_is_in_it() {
        let marked = DuelPool::of(vec!["a".into(), "b".into()]);
        for (pool, words) in [
            (DuelPool::default(), "12 ideas, shortlist and active"),
            (DuelPool::found_by("tag:data small"), "12 ideas with tag:data small"),
            (marked, "12 ideas, as marked"),
        ] {
            assert_eq!(pool.words(12), words);
        }
        assert!(DuelPool::default().words(1).starts_with("1 idea,"));
    }
}
