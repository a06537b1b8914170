//! Words for a status in other programs.

use crate::domain::Status;

/// In lower case, without apostrophes, with a space for every other sign.
const WORDS: &[(Status, &[&str])] = &[
    (
        Status::Inbox,
        &[
            "new",
            "open",
            "opened",
            "reopened",
            "todo",
            "to do",
            "backlog",
            "idea",
            "ideas",
            "proposed",
            "proposal",
            "draft",
            "planned",
            "not started",
            "unstarted",
            "pending",
            "triage",
            "needs triage",
            "unresolved",
            "recurring",
            "to read",
        ],
    ),
    (
        Status::Shortlist,
        &[
            "shortlisted",
            "selected",
            "selected for development",
            "next",
            "next up",
            "up next",
            "accepted",
            "candidate",
            "ready",
            "review",
            "last call",
        ],
    ),
    (
        Status::Active,
        &[
            "doing",
            "in progress",
            "inprogress",
            "started",
            "wip",
            "ongoing",
            "current",
            "working",
            "assigned",
            "living",
            "in review",
            "in development",
            "half done",
            "reading",
        ],
    ),
    (
        Status::Parked,
        &[
            "paused",
            "later",
            "on hold",
            "hold",
            "blocked",
            "deferred",
            "someday",
            "someday maybe",
            "maybe",
            "waiting",
            "stagnant",
            "shelved",
            "archived",
            "archive",
            "icebox",
            "snoozed",
            "postponed",
        ],
    ),
    (
        Status::Abandoned,
        &[
            "dropped",
            "rejected",
            "declined",
            "cancelled",
            "canceled",
            "withdrawn",
            "killed",
            "removed",
            "deleted",
            "wontfix",
            "wont fix",
            "wont do",
            "will not do",
            "not planned",
            "stopped",
            "failed",
            "duplicate",
            "obsolete",
            "superseded",
            "invalid",
            "discarded",
        ],
    ),
    (
        Status::Done,
        &[
            "closed",
            "finished",
            "complete",
            "completed",
            "final",
            "merged",
            "shipped",
            "published",
            "resolved",
            "fixed",
            "released",
            "read",
        ],
    ),
];

/// The status that a word means; of several words the first may do.
pub(super) fn status_of(text: &str) -> Option<Status> {
    let kept = text.chars().filter(|c| !matches!(c, '\'' | '’' | '`'));
    let spaced: String = kept.map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let text = spaced.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let known = |word: &str| {
        let other = || WORDS.iter().find(|(_, words)| words.contains(&word)).map(|(one, _)| *one);
        Status::from_id(word).or_else(other)
    };
    known(&text).or_else(|| known(text.split(' ').next()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_read_as_other_programs_write_them() {
        for (text, expected) in [
            ("Not started", Status::Inbox),
            ("pending", Status::Inbox),
            ("Triage", Status::Inbox),
            ("In progress", Status::Active),
            ("IN_PROGRESS", Status::Active),
            ("in-progress", Status::Active),
            ("In Review", Status::Active),
            ("🟢 Active", Status::Active),
            ("On hold", Status::Parked),
            ("Archived", Status::Parked),
            ("Shelved", Status::Parked),
            ("Won't do", Status::Abandoned),
            ("Won’t Do", Status::Abandoned),
            ("Wont do", Status::Abandoned),
            ("NOT_PLANNED", Status::Abandoned),
            ("deleted", Status::Abandoned),
            ("Duplicate", Status::Abandoned),
            ("Obsolete", Status::Abandoned),
            ("Superseded", Status::Abandoned),
            ("removed undone", Status::Abandoned),
            ("completed", Status::Done),
            ("Done ✅", Status::Done),
        ] {
            assert_eq!(status_of(text), Some(expected), "{text}");
        }
        for text in ["", "3", "soon", "Maine"] {
            assert_eq!(status_of(text), None, "{text}");
        }
    }

    #[test]
    fn no_word_means_two_statuses() {
        let mut words: Vec<&str> = WORDS.iter().flat_map(|(_, words)| *words).copied().collect();
        let count = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), count);
    }
}
