//! The edit that makes one idea into another.

use super::{Change, Edit, EntryKind, Field, Idea, Portfolio};

impl Edit {
    /// The edit that makes an idea into another: what differs, and nothing
    /// else. `None` if no row of single changes leads there, as where each is
    /// only allowed after the other.
    #[must_use]
    pub fn between(before: &Idea, after: &Idea) -> Option<Self> {
        let set = |field| {
            let value = after.get(field);
            (before.get(field) != value).then_some(Change::Set { field, value })
        };
        let fields = Field::all().into_iter().filter(|field| *field != Field::Id);
        let mut changes: Vec<Change> = fields.filter_map(set).collect();
        changes.extend(EntryKind::ALL.into_iter().flat_map(|kind| entries(before, after, kind)));
        // Last, because everything before goes by the old one.
        changes.extend(set(Field::Id));
        let change = |change| Self::Change { id: before.id.clone(), change };
        let edit = Self::Group(changes.into_iter().map(change).collect());
        let mut trial = Portfolio::new(vec![before.clone()], Vec::new());
        trial.apply(&edit).ok()?;
        trial.iter().eq([after]).then_some(edit)
    }
}

/// The changes of a list: the entries between what is equal at its beginning
/// and at its end.
fn entries(before: &Idea, after: &Idea, kind: EntryKind) -> Vec<Change> {
    let (old, new) = (before.entries(kind), after.entries(kind));
    let same = |i: usize, j: usize| before.entry(kind, i) == after.entry(kind, j);
    let shorter = old.min(new);
    let start = (0..shorter).take_while(|at| same(*at, *at)).count();
    let tail = (1..=shorter - start).take_while(|back| same(old - back, new - back)).count();
    let (old_end, new_end) = (old - tail, new - tail);
    let replaced = old_end.min(new_end);
    let entry = |at| after.entry(kind, at);
    let replace = (start..replaced)
        .filter_map(|at| entry(at).map(|entry| Change::Replace { at, entry }))
        .filter(|change| !matches!(change, Change::Replace { at, .. } if same(*at, *at)));
    let remove = (replaced..old_end).rev().map(|at| Change::Remove { at, kind });
    let insert =
        (replaced..new_end).filter_map(|at| entry(at).map(|entry| Change::Insert { at, entry }));
    replace.chain(remove).chain(insert).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Criterion, LogEntry, Rating, Value};
    use jiff::civil::date;

    fn idea(notes: &[&str]) -> Idea {
        let mut idea = Idea::new("a", "A");
        let entry = |note: &&str| LogEntry::from_words(note.split(' '), date(2026, 3, 1));
        idea.log = notes.iter().map(entry).collect();
        idea
    }

    #[test]
    fn the_difference_makes_one_into_the_other_and_is_small() {
        let lists: [&[&str]; 6] =
            [&[], &["one"], &["one", "two"], &["two"], &["one", "three", "two"], &["four", "two"]];
        for before in lists {
            for after in lists {
                let edit = Edit::between(&idea(before), &idea(after)).unwrap();
                let least = before.len().abs_diff(after.len());
                let steps = edit.flatten().len();
                assert!((least..=before.len().max(after.len())).contains(&steps), "{edit:?}");
            }
        }
        let steps = Edit::between(&idea(lists[2]), &idea(lists[4])).unwrap().flatten().len();
        assert_eq!(steps, 1, "one entry in between is one change");
    }

    #[test]
    fn fields_and_the_id_are_seen() {
        let before = idea(&["one"]);
        let mut after = before.clone();
        after.id = "b".into();
        after.ratings[Criterion::Headroom.index()] = Some(Rating::value(7.0));
        let edit = Edit::between(&before, &after).unwrap();
        let rated = Some(Value::Rating(Rating::value(7.0)));
        let steps = [
            Edit::set("a", Field::Rating(Criterion::Headroom), rated),
            Edit::set("a", Field::Id, Some(Value::Text("b".into()))),
        ];
        assert_eq!(edit, Edit::Group(steps.into()));
        assert_eq!(Edit::between(&before, &before), Some(Edit::Group(Vec::new())));
    }
}
