//! The plan of an import: new ideas, and fields that changed in the source.

use std::collections::{HashMap, HashSet};

use super::history::{ImportHistory, LastImport, LastImports};
use super::identity::{Matches, family, is_strong};
use super::source_idea::{SourceIdea, entries};
use super::{Location, Skipped};
use crate::domain::{
    Date, Decision, Edit, Entry, EntryKind, Field, Idea, Portfolio, Status, Value, slug, unique,
};

/// A value that differs in the source and was left as it is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalEditKept {
    pub location: Location,
    /// Of the idea.
    pub id: String,
    pub field: Field,
    /// The value in the source.
    pub theirs: String,
}

/// A key that names something else in the source than it did before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReusedKey {
    pub location: Location,
    pub key: String,
    /// Of the idea that the key named before, which is left alone.
    pub id: String,
}

/// Everything that an import would do.
#[derive(Clone, Debug)]
pub struct ImportPlan {
    /// All of it as one edit.
    pub edit: Edit,
    /// New ideas, with their ids.
    pub added: Vec<Idea>,
    /// Ids of ideas that change, each with the names of what does.
    pub updated: Vec<(String, Vec<String>)>,
    /// How many ideas are as the source has them.
    pub unchanged: usize,
    /// Values that were edited here and differ in the source.
    pub kept: Vec<LocalEditKept>,
    /// Rows that are added because their key named something else before.
    pub reused_keys: Vec<ReusedKey>,
    /// Rows that could not be taken in.
    pub skipped: Vec<Skipped>,
    /// The history to save once the edit is written.
    pub history: ImportHistory,
}

/// Options of an import.
#[derive(Clone, Copy, Debug)]
pub struct ImportOptions<'a> {
    /// The name of the source.
    pub source: &'a str,
    /// Whether its ideas keep their ids: they come from a workspace or an export.
    pub keeps_ids: bool,
    /// The day that counts as today.
    pub as_of: Date,
    /// Whether the source wins where both have changed.
    pub overwrite: bool,
}

/// Compares the ideas of a source with those that are there.
///
/// A field is changed if its source has changed it since the last import and it
/// was not edited here.
#[must_use]
pub fn plan_import(
    rows: &[SourceIdea],
    portfolio: &Portfolio,
    history: &ImportHistory,
    options: &ImportOptions<'_>,
) -> ImportPlan {
    let last = history.by_idea(portfolio);
    let matches = Matches::find(rows, portfolio, &last, options.source, options.keeps_ids);
    let mut planner = Planner::new(portfolio, history, &last, *options);
    let ids = planner.ids(rows, &matches);
    let by_name: HashMap<&str, &String> =
        rows.iter().zip(&ids).map(|(row, id)| (row.name.as_str(), id)).collect();
    for (at, (row, id)) in rows.iter().zip(&ids).enumerate() {
        let mut theirs = row.idea.clone();
        for reference in [&mut theirs.parked_on, &mut theirs.merged_into] {
            if let Some(id) = reference.as_deref().and_then(|name| by_name.get(name)) {
                *reference = Some((*id).clone());
            }
        }
        match matches.idea(at) {
            Some(mine) => planner.update(row, &theirs, mine),
            None => {
                let other = matches.other_of_key(at);
                if let Some(other) = other.filter(|_| row.has_weak_key || options.keeps_ids) {
                    planner.plan.reused_keys.push(ReusedKey {
                        location: row.location.clone(),
                        key: row.name.clone(),
                        id: other.id.clone(),
                    });
                }
                planner.add(row, theirs, id);
            }
        }
    }
    planner.finish()
}

struct Planner<'a> {
    portfolio: &'a Portfolio,
    options: ImportOptions<'a>,
    last: &'a LastImports<'a>,
    edits: Vec<Edit>,
    plan: ImportPlan,
}

impl<'a> Planner<'a> {
    fn new(
        portfolio: &'a Portfolio,
        history: &ImportHistory,
        last: &'a LastImports<'a>,
        options: ImportOptions<'a>,
    ) -> Self {
        let plan = ImportPlan {
            edit: Edit::Group(Vec::new()),
            added: Vec::new(),
            updated: Vec::new(),
            unchanged: 0,
            kept: Vec::new(),
            reused_keys: Vec::new(),
            skipped: Vec::new(),
            history: history.clone(),
        };
        Self { portfolio, options, last, edits: Vec::new(), plan }
    }

    /// The id that each row has or gets here.
    fn ids(&self, rows: &[SourceIdea], matches: &Matches<'_>) -> Vec<String> {
        let mut new: HashSet<String> = HashSet::new();
        let mut id_of = |(at, row): (usize, &SourceIdea)| {
            if let Some(idea) = matches.idea(at) {
                return idea.id.clone();
            }
            let wanted = match row.idea.id.as_str() {
                "" => slug(&row.idea.title),
                id => id.to_owned(),
            };
            let id = unique(wanted, |id| new.contains(id) || self.portfolio.is_taken(id));
            new.insert(id.clone());
            id
        };
        rows.iter().enumerate().map(&mut id_of).collect()
    }

    /// What `imported` says of an idea: a key that means the same everywhere, or the
    /// name of the source and the key there; nothing without a key, or where the id
    /// says it.
    fn imported(&self, row: &SourceIdea, id: &str) -> Option<String> {
        let weak = || format!("{}#{}", self.options.source, row.name);
        if self.options.keeps_ids {
            return if id == row.name { row.idea.imported.clone() } else { Some(weak()) };
        }
        row.strong_keys.first().cloned().or_else(|| row.has_weak_key.then(weak))
    }

    /// The name of an idea in the history of imports.
    fn origin(&self, row: &SourceIdea, id: &str) -> String {
        let source = self.options.source;
        match self.imported(row, id) {
            _ if self.options.keeps_ids => format!("{source}#{}", row.name),
            Some(imported) => imported,
            None => format!("{source}#={id}"),
        }
    }

    /// The last import of an idea from this source, or by a key that means the same
    /// everywhere.
    fn last_import(&self, origin: &str, id: &str) -> Option<(&'a str, &'a LastImport)> {
        let all = self.last.get(id)?;
        let is_of_family = |other: &str| {
            let source = other.split_once('#').map_or(other, |(source, _)| source);
            family(source) == family(self.options.source)
        };
        all.iter()
            .find(|(other, _)| *other == origin)
            .or_else(|| all.iter().find(|(other, _)| is_strong(other) || is_of_family(other)))
            .copied()
    }

    fn add(&mut self, row: &SourceIdea, mut idea: Idea, id: &str) {
        id.clone_into(&mut idea.id);
        let origin = self.origin(row, id);
        idea.imported = self.imported(row, id);
        self.plan.history.record(origin, None, id, &idea, &row.given);
        if idea.created.is_none() && !self.options.keeps_ids {
            idea.created = Some(self.options.as_of);
        }
        self.edits.push(Edit::Add { idea: Box::new(idea.clone()), before: None });
        self.plan.added.push(idea);
    }

    fn update(&mut self, row: &SourceIdea, theirs: &Idea, mine: &Idea) {
        let origin = self.origin(row, &mine.id);
        let last = self.last_import(&origin, &mine.id);
        let mut after = mine.clone();
        let mut changed = Vec::new();
        if mine.imported.is_none() && last.is_none() {
            after.imported = self.imported(row, &mine.id);
        }
        for field in row.given.iter().copied().filter(|field| *field != Field::Imported) {
            let (now, new) = (mine.get(field), theirs.get(field));
            // A day of capture that the source does not know was set here.
            if now == new || (field == Field::Created && new.is_none()) {
                continue;
            }
            let is_theirs = match last.and_then(|(_, last)| last.had(field, &new)) {
                Some(true) => continue,
                Some(false) => last.and_then(|(_, last)| last.had(field, &now)) == Some(true),
                None => now.is_none() && new.is_some(),
            };
            if is_theirs || self.options.overwrite {
                match after.set(field, new) {
                    Ok(_) => changed.push(field.to_string()),
                    Err(error) => self.skip(row, error.to_string()),
                }
            } else {
                let theirs = new.map_or_else(String::new, |value: Value| value.to_string());
                let (location, id) = (row.location.clone(), mine.id.clone());
                self.plan.kept.push(LocalEditKept { location, id, field, theirs });
            }
        }
        changed.extend(new_entries(&mut after, theirs, last.map(|(_, last)| last)));
        self.decide(mine, &mut after);
        let before = last.map(|(before, _)| before).filter(|before| !is_strong(before));
        self.plan.history.record(origin, before, &mine.id, theirs, &row.given);
        if after == *mine {
            self.plan.unchanged += 1;
            return;
        }
        match Edit::between(mine, &after) {
            Some(Edit::Group(edits)) => {
                self.edits.extend(edits);
                self.plan.updated.push((mine.id.clone(), changed));
            }
            _ => {
                let message =
                    format!("{} cannot be changed in this order; edit it by hand", mine.id);
                self.skip(row, message);
            }
        }
    }

    /// Every change of status appends a decision, unless the source brings one.
    fn decide(&self, mine: &Idea, after: &mut Idea) {
        let (from, to): (Status, Status) = (mine.status, after.status);
        if from != to && after.decisions.len() == mine.decisions.len() {
            let (date, why) = (self.options.as_of, format!("as in {}", self.options.source));
            after.decisions.push(Decision::new(date, from, to, why));
        }
    }

    fn skip(&mut self, row: &SourceIdea, message: String) {
        self.plan.skipped.push(Skipped { location: row.location.clone(), message });
    }

    fn finish(mut self) -> ImportPlan {
        self.plan.edit = Edit::Group(self.edits);
        self.plan
    }
}

/// Appends the entries that the source has got since the last import; returns the
/// names of the lists that grew.
fn new_entries(after: &mut Idea, theirs: &Idea, last: Option<&LastImport>) -> Vec<String> {
    let mut changed: Vec<String> = Vec::new();
    for entry in entries(theirs) {
        let is_known = match last {
            Some(last) => last.had_entry(&entry),
            None => {
                entries(after).any(|own| own.kind() == entry.kind() && day(&own) == day(&entry))
            }
        };
        if is_known || entries(after).any(|own| own == entry) {
            continue;
        }
        let kind: EntryKind = entry.kind();
        match entry {
            Entry::Log(entry) => after.log.push(entry),
            Entry::Promise(promise) => after.promises.push(promise),
            Entry::Forecast(forecast) => after.forecasts.push(forecast),
            Entry::Decision(decision) => after.decisions.push(decision),
        }
        if changed.last().is_none_or(|last| last != kind.id()) {
            changed.push(kind.id().to_owned());
        }
    }
    changed
}

fn day(entry: &Entry) -> Date {
    match entry {
        Entry::Log(entry) => entry.date,
        Entry::Promise(promise) => promise.by,
        Entry::Forecast(forecast) => forecast.by,
        Entry::Decision(decision) => decision.date,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::{Mapping, read};
    use jiff::civil::date;
    use proptest::prelude::*;

    const DAY: Date = date(2026, 3, 1);

    /// A workspace that imports, with what it remembers of it.
    #[derive(Default)]
    struct Workspace {
        portfolio: Portfolio,
        history: ImportHistory,
    }

    impl Workspace {
        fn import_as(&mut self, name: &str, text: &str, overwrite: bool) -> ImportPlan {
            let rows = read(name, text, None).unwrap();
            let (items, _) = Mapping::guess(&rows, &[]).unwrap().read_ideas(&rows, false);
            let keeps_ids = rows.keeps_ids;
            let options = ImportOptions { source: name, keeps_ids, as_of: DAY, overwrite };
            let plan = plan_import(&items, &self.portfolio, &self.history, &options);
            self.portfolio.apply(&plan.edit).unwrap();
            self.history.clone_from(&plan.history);
            plan
        }

        fn import(&mut self, text: &str) -> ImportPlan {
            self.import_as("x.csv", text, false)
        }

        fn set(&mut self, id: &str, field: Field, text: &str) {
            let value = Some(Value::Text(text.to_owned()));
            self.portfolio.apply(&Edit::set(id, field, value)).unwrap();
        }

        fn at(&self, position: usize) -> &Idea {
            self.portfolio.at(position).unwrap()
        }

        fn imported(&self, position: usize) -> Option<&str> {
            self.at(position).imported.as_deref()
        }
    }

    /// Added, updated, unchanged.
    fn counts(plan: &ImportPlan) -> (usize, usize, usize) {
        (plan.added.len(), plan.updated.len(), plan.unchanged)
    }

    #[test]
    fn again_only_what_changed_in_the_source_changes() {
        let mut here = Workspace::default();
        let first = "id,title,text,tags,from\n17,One,Text.,a,mara\n25,Two,More.,b,tom\n";
        let plan = here.import(first);
        assert_eq!((plan.added.len(), here.imported(0)), (2, Some("x.csv#17")));
        assert_eq!(counts(&here.import(first)), (0, 0, 2));

        // The one is retitled here and the other retagged in the source.
        here.set("one", Field::Title, "My one");
        let second =
            "id,title,text,tags,from\n17,Uno,Text.,a,anna\n25,Two,More.,\"b,c\",\n31,Three,,,\n";
        let plan = here.import(second);
        assert_eq!(plan.kept.len(), 1, "{:?}", plan.kept);
        assert_eq!((plan.kept[0].field, plan.kept[0].location.line), (Field::Title, 2));
        let (one, two, three) = (here.at(0), here.at(1), here.at(2));
        assert_eq!((one.title.as_str(), one.from.as_deref()), ("My one", Some("anna")));
        assert_eq!((two.tags.len(), &two.from, three.title.as_str()), (2, &None, "Three"));

        // Said once, and the source's on request.
        assert!(here.import(second).kept.is_empty());
        let plan = here.import_as("x.csv", &second.replace("Uno", "Eins"), true);
        assert_eq!((plan.kept.len(), here.at(0).title.as_str()), (0, "Eins"));
    }

    #[test]
    fn without_history_nothing_is_overwritten_and_nothing_doubled() {
        let mut here = Workspace::default();
        here.import("id,title,text,from\n17,One,Text.,\n");
        here.history = ImportHistory::default();
        let plan = here.import("id,title,text,from\n17,Uno,Text.,mara\n");
        assert_eq!((plan.kept.len(), here.portfolio.iter().len()), (1, 1));
        assert_eq!(here.at(0).from.as_deref(), Some("mara"), "it was empty here");
    }

    #[test]
    fn a_status_from_the_source_is_a_decision_and_logs_only_grow() {
        let mut here = Workspace::default();
        here.import("title,status,log\nOne,open,2026-01-01 2h 3 begun\n");
        let second =
            "title,status,log\nOne,done,\"2026-01-01 2h 3 begun\n2026-02-01 1h 6 works\"\n";
        let plan = here.import(second);
        assert_eq!(plan.updated, [("one".to_owned(), vec!["status".to_owned(), "log".to_owned()])]);
        assert_eq!((here.at(0).log.len(), here.at(0).decisions.len()), (2, 1));
        assert_eq!(here.at(0).decisions[0].why, "as in x.csv");
        here.import(second);
        assert_eq!(here.at(0).log.len(), 2);
    }

    #[test]
    fn what_was_typed_by_hand_is_not_doubled() {
        let hand = Idea::new("mine", "Ask the solver");
        let portfolio = Portfolio::new(vec![hand], Vec::new());
        let mut here = Workspace { portfolio, ..Workspace::default() };
        let plan = here.import("title,from\nask the solver,tom\nAsk the solver,anna\n");
        assert_eq!(counts(&plan), (1, 1, 0));
        assert_eq!(here.at(0).from.as_deref(), Some("tom"));
        assert_eq!(
            (here.at(0).title.as_str(), here.at(1).id.as_str()),
            ("Ask the solver", "ask-the-solver")
        );
    }

    #[test]
    fn rows_of_a_log_belong_to_one_idea() {
        let mut here = Workspace::default();
        let text =
            "title,date,hours,traction,note\nOne,2026-01-01,3,2,begun\nOne,2026-01-08,4,,more\n";
        assert_eq!(here.import(text).added.len(), 1);
        let log = &here.at(0).log;
        assert_eq!((log.len(), log[1].hours, log[0].note.as_str()), (2, Some(4.0), "begun"));
    }

    #[test]
    fn references_follow_their_ideas() {
        let mut here = Workspace::default();
        here.import("id,title,status,parked_on\n7,One,parked,8\n8,Two,open,\n");
        assert_eq!(here.at(0).parked_on.as_deref(), Some("two"));
    }

    #[test]
    fn a_key_that_names_something_else_adds_and_says_so() {
        for (first, second) in [
            ("id,title\n17,Alpha\n", "id,title\n17,Beta\n"),
            ("id,title,text\n17,Alpha,A.\n", "id,title,text\n17,Beta,B.\n"),
        ] {
            let mut here = Workspace::default();
            here.import(first);
            let plan = here.import(second);
            assert_eq!(counts(&plan), (1, 0, 0), "{second}");
            assert_eq!(
                (plan.reused_keys[0].key.as_str(), plan.reused_keys[0].id.as_str()),
                ("17", "alpha")
            );
            let again = here.import(second);
            assert_eq!((counts(&again), again.reused_keys.len()), ((0, 0, 1), 0));
        }
        // A number of a row is no key, and nothing has to be said about it.
        let mut here = Workspace::default();
        here.import_as("stdin", r#"[{"number":1,"title":"Alpha"}]"#, false);
        let plan = here.import_as("stdin", r#"[{"number":1,"title":"Beta"}]"#, false);
        assert_eq!((counts(&plan), plan.reused_keys.len(), here.imported(0)), ((1, 0, 0), 0, None));
    }

    #[test]
    fn tasks_follow_their_uuid_and_not_their_number() {
        let mut here = Workspace::default();
        let tasks = |first: &str, second: &str| {
            format!(
                r#"[{{"id":{first},"uuid":"aa-1","title":"First"}},{{"id":{second},"uuid":"aa-2","title":"Second"}}]"#
            )
        };
        here.import_as("t.json", &tasks("1", "2"), false);
        assert_eq!((here.imported(0), here.at(0).id.as_str()), (Some("uuid:aa-1"), "first"));
        let renamed = tasks("0", "1").replace("First", "Begun").replace("Second", "First");
        assert_eq!(counts(&here.import_as("t.json", &renamed, false)), (0, 2, 0));
        assert_eq!((here.at(0).title.as_str(), here.at(1).title.as_str()), ("Begun", "First"));
    }

    #[test]
    fn a_renamed_download_is_known_again() {
        let mut here = Workspace::default();
        let text = "ID,Title,Text\n1,Probe,\n2,Smaller,Why.\n";
        here.import_as("ideas.csv", text, false);
        for name in ["ideas (1).csv", "ideas-2026-03-01.csv", "other.csv"] {
            assert_eq!(counts(&here.import_as(name, text, false)), (0, 0, 2), "{name}");
        }
        // An edit here stays an edit here under the new name too.
        here.set("probe", Field::Title, "My probe");
        assert_eq!(counts(&here.import_as("ideas (2).csv", text, false)), (0, 0, 2));
        assert_eq!(here.at(0).title, "My probe");
    }

    #[test]
    fn an_empty_date_stays_as_it_was_filled_here() {
        let mut here = Workspace::default();
        let text = "Title,Date\nA,2024-03-01\nB,\n";
        here.import(text);
        assert_eq!(counts(&here.import(text)), (0, 0, 2));
        assert_eq!(here.at(1).created, Some(DAY));
    }

    #[test]
    fn keys_of_version_0_2_stay() {
        let mut idea = Idea::new("one", "One");
        idea.imported = Some("x.csv#one".to_owned());
        let portfolio = Portfolio::new(vec![idea], Vec::new());
        let mut here = Workspace { portfolio, ..Workspace::default() };
        assert_eq!(counts(&here.import("title\nOne\n")), (0, 0, 1));
        assert_eq!(here.imported(0), Some("x.csv#one"));
        here.set("one", Field::Title, "Mine");
        here.history = ImportHistory::default();
        assert_eq!(here.import("title\nOne\n").added.len(), 0);
    }

    /// Rows with few titles and texts, so that they are often the same.
    fn things() -> impl Strategy<Value = Vec<(u8, u8)>> {
        proptest::collection::vec((0..4_u8, 0..3_u8), 1..7)
    }

    /// A table of things, each with the number by which the test knows it.
    fn table(things: &[(usize, (u8, u8))], with_id: bool) -> String {
        let mut text = "id,title,text,mark\n".to_owned();
        for (number, (title, words)) in things {
            let id = if with_id { (number * 7 + 40).to_string() } else { String::new() };
            let words = if *words == 0 { String::new() } else { format!("Text {words}") };
            text.push_str(&format!("{id},T{title},{words},m{number}\n"));
        }
        text
    }

    proptest! {
        #[test]
        fn the_same_bytes_twice_change_nothing(things in things(), with_id: bool) {
            let things: Vec<_> = things.into_iter().enumerate().collect();
            let text = table(&things, with_id);
            let mut here = Workspace::default();
            prop_assert_eq!(counts(&here.import(&text)), (things.len(), 0, 0));
            let before: Vec<Idea> = here.portfolio.iter().cloned().collect();
            prop_assert_eq!(counts(&here.import(&text)), (0, 0, things.len()));
            // Nor where the history is lost.
            here.history = ImportHistory::default();
            prop_assert_eq!(counts(&here.import(&text)), (0, 0, things.len()));
            prop_assert_eq!(here.portfolio.iter().cloned().collect::<Vec<_>>(), before);
        }

        #[test]
        fn ratings_never_move_to_something_else(
            things in things(), more in things(), dropped in proptest::collection::vec(any::<bool>(), 7),
            order in Just((0..14_usize).collect::<Vec<_>>()).prop_shuffle(),
            renamed in 0..14_usize, with_id: bool,
        ) {
            let first: Vec<_> = things.iter().copied().enumerate().collect();
            let mut here = Workspace::default();
            here.import(&table(&first, with_id));
            // The rating of an idea is what it is about: its title and text.
            let about = |idea: &Idea| format!("{}|{}", idea.title, idea.summary);
            let ids: Vec<(String, String)> =
                here.portfolio.iter().map(|idea| (idea.id.clone(), about(idea))).collect();
            let mut second: Vec<_> =
                first.iter().zip(&dropped).filter(|(_, drop)| !**drop).map(|(one, _)| *one).collect();
            second.extend(more.iter().copied().enumerate().map(|(at, one)| (at + 100, one)));
            second.sort_by_key(|(number, _)| order.get(number % 100).copied());
            let mut is_renamed = None;
            let count = second.len();
            if let Some(row) = second.get_mut(renamed % count.max(1)) {
                row.1.0 += 10;
                is_renamed = Some(row.1.0);
            }
            let plan = here.import(&table(&second, with_id));
            prop_assert_eq!(plan.added.len() + plan.updated.len() + plan.unchanged, second.len());
            for (id, before) in &ids {
                let now = here.portfolio.get(id).map(about).unwrap_or_default();
                let (title, text) = before.split_once('|').unwrap();
                let (new_title, new_text) = now.split_once('|').unwrap();
                // Never both at once, and a title only by a key or as the renamed one.
                prop_assert!(title == new_title || text == new_text && !text.is_empty(), "{before} {now}");
                prop_assert!(title == new_title || with_id && is_renamed.is_some(), "{before} {now}");
            }
        }

        #[test]
        fn equal_rows_match_as_many_ideas(count in 1..5_usize, rows in 1..5_usize) {
            let mut here = Workspace::default();
            let text = |count: usize| "title,text\n".to_owned() + &"A,Same.\n".repeat(count);
            here.import(&text(count));
            let plan = here.import(&text(rows));
            prop_assert_eq!((plan.added.len(), plan.unchanged), (rows.saturating_sub(count), rows.min(count)));
        }
    }
}
