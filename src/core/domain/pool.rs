//! The pool of ideas that take part in duels.

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
}
