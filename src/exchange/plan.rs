//! The plan of an import: new ideas, and fields that changed in the source.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::source_idea::{SourceIdea, entries};
use super::{Location, Skipped};
use crate::domain::{
    Date, Decision, Edit, Entry, EntryKind, Field, Idea, LogEntry, Portfolio, Status, Value, fnv_1a,
};

/// The values that the last import of every idea brought, by origin
/// (`papers.csv#17`), as hashes. They tell a change in the source from an edit made
/// here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportHistory(BTreeMap<String, LastImport>);

/// One idea as its source had it last. The names are those of a file on disk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct LastImport {
    /// Its id here.
    #[serde(rename = "id")]
    id: String,
    /// Hashes of the values, by the name of the field.
    #[serde(rename = "fields")]
    fields: BTreeMap<String, String>,
    /// Hashes of log entries, promises and decisions.
    #[serde(rename = "entries")]
    entries: Vec<String>,
}

impl ImportHistory {
    /// Reads what [`ImportHistory::to_json`] wrote; what cannot be read is forgotten.
    #[must_use]
    pub fn from_json(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// The text of the file on disk.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

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
/// An idea is known again by `imported`, the name of its source and its key
/// there; a whole one by its id. Failing that, an idea of the same title that no
/// import has brought is taken for it. A field is changed if its source has
/// changed it since the last import and nobody has changed it here.
#[must_use]
pub fn plan_import(
    items: &[SourceIdea],
    portfolio: &Portfolio,
    history: &ImportHistory,
    options: &ImportOptions<'_>,
) -> ImportPlan {
    let mut planner = Planner::new(portfolio, history, *options);
    let matches = planner.matches(items);
    let names: HashMap<&str, String> =
        items.iter().zip(&matches).map(|(item, (id, _))| (item.key.as_str(), id.clone())).collect();
    for (item, (id, is_new)) in items.iter().zip(&matches) {
        let mut idea = item.idea.clone();
        for reference in [&mut idea.parked_on, &mut idea.merged_into] {
            if let Some(id) = reference.as_deref().and_then(|key| names.get(key)) {
                *reference = Some(id.clone());
            }
        }
        planner.origin(&mut idea, item, id);
        if *is_new {
            planner.add(item, idea, id);
        } else {
            planner.update(item, &idea, id);
        }
    }
    planner.finish()
}

struct Planner<'a> {
    portfolio: &'a Portfolio,
    options: ImportOptions<'a>,
    before: &'a ImportHistory,
    edits: Vec<Edit>,
    plan: ImportPlan,
}

impl<'a> Planner<'a> {
    fn new(
        portfolio: &'a Portfolio,
        history: &'a ImportHistory,
        options: ImportOptions<'a>,
    ) -> Self {
        let plan = ImportPlan {
            edit: Edit::Group(Vec::new()),
            added: Vec::new(),
            updated: Vec::new(),
            unchanged: 0,
            kept: Vec::new(),
            skipped: Vec::new(),
            history: history.clone(),
        };
        Self { portfolio, options, before: history, edits: Vec::new(), plan }
    }

    fn origin_of(&self, item: &SourceIdea) -> String {
        format!("{}#{}", self.options.source, item.key)
    }

    /// The id that each item has or gets here, and whether it is new. No idea
    /// is matched twice.
    fn matches(&self, items: &[SourceIdea]) -> Vec<(String, bool)> {
        let ideas = self.portfolio.iter();
        let by_origin: HashMap<&str, &Idea> =
            ideas.clone().filter_map(|idea| Some((idea.imported.as_deref()?, idea))).collect();
        let mut by_title: HashMap<String, &Idea> = HashMap::new();
        for idea in ideas.filter(|idea| idea.imported.is_none()).rev() {
            by_title.insert(idea.title.to_lowercase(), idea);
        }
        let mut taken: std::collections::HashSet<String> = std::collections::HashSet::new();
        let mut found: Vec<Option<String>> = Vec::with_capacity(items.len());
        for item in items {
            let origin = self.origin_of(item);
            let known = self.before.0.get(&origin).map(|known| known.id.as_str());
            let whole = || {
                let idea = self.portfolio.get(&item.key)?;
                let is_it = known == Some(item.key.as_str()) || idea.title == item.idea.title;
                is_it.then_some(idea)
            };
            let same_title = || by_title.get(&item.idea.title.to_lowercase()).copied();
            let idea = by_origin.get(origin.as_str()).copied();
            let idea = idea.or_else(|| if self.options.keeps_ids { whole() } else { same_title() });
            let id = idea.map(|idea| idea.id.clone()).filter(|id| taken.insert(id.clone()));
            found.push(id);
        }
        let mut finish = |(item, found): (&SourceIdea, Option<String>)| {
            let id = found.clone().unwrap_or_else(|| {
                let is_taken = |id: &str| taken.contains(id) || self.portfolio.is_taken(id);
                let wanted = match item.idea.id.as_str() {
                    "" => crate::domain::slug(&item.idea.title),
                    id => id.to_owned(),
                };
                let id = crate::domain::unique(wanted, is_taken);
                taken.insert(id.clone());
                id
            });
            (id, found.is_none())
        };
        items.iter().zip(found).map(&mut finish).collect()
    }

    /// Says where an idea comes from, unless its id does.
    fn origin(&self, idea: &mut Idea, item: &SourceIdea, id: &str) {
        if !self.options.keeps_ids || id != item.key {
            idea.imported = Some(self.origin_of(item));
        }
    }

    fn add(&mut self, item: &SourceIdea, mut idea: Idea, id: &str) {
        id.clone_into(&mut idea.id);
        if idea.created.is_none() && !self.options.keeps_ids {
            idea.created = Some(self.options.as_of);
        }
        self.remember(item, &idea, id);
        self.edits.push(Edit::Add { idea: Box::new(idea.clone()), before: None });
        self.plan.added.push(idea);
    }

    fn update(&mut self, item: &SourceIdea, theirs: &Idea, id: &str) {
        let Some(mine) = self.portfolio.get(id) else { return };
        let known = self.before.0.get(&self.origin_of(item));
        let mut after = mine.clone();
        let mut changed = Vec::new();
        let mut fields = item.given.clone();
        fields.push(Field::Imported);
        for field in fields {
            let (now, new) = (mine.get(field), theirs.get(field));
            if now == new {
                continue;
            }
            let base = known.and_then(|known| known.fields.get(&field.to_string()));
            let is_theirs = match base {
                Some(base) if *base == hash_of(&new) => continue,
                Some(base) => *base == hash_of(&now),
                None => now.is_none() && new.is_some(),
            };
            if field == Field::Imported || is_theirs || self.options.overwrite {
                match after.set(field, new) {
                    Ok(_) => changed.push(field.to_string()),
                    Err(error) => self.skip(item, error.to_string()),
                }
            } else {
                let said =
                    |value: Option<Value>| value.map_or_else(String::new, |one| one.to_string());
                let (location, id) = (item.location.clone(), id.to_owned());
                self.plan.kept.push(LocalEditKept { location, id, field, theirs: said(new) });
            }
        }
        changed.extend(self.new_entries(&mut after, theirs, known));
        self.decide(mine, &mut after);
        self.remember(item, theirs, id);
        if after == *mine {
            self.plan.unchanged += 1;
            return;
        }
        match Edit::between(mine, &after) {
            Some(Edit::Group(edits)) => {
                self.edits.extend(edits);
                changed.retain(|name| name != "imported");
                self.plan.updated.push((id.to_owned(), changed));
            }
            _ => self.skip(item, format!("{id} cannot be changed in this order; edit it by hand")),
        }
    }

    /// Every change of status appends a decision, unless the source brings one.
    fn decide(&self, mine: &Idea, after: &mut Idea) {
        let (from, to): (Status, Status) = (mine.status, after.status);
        if from != to && after.decisions.len() == mine.decisions.len() {
            let (date, why) = (self.options.as_of, format!("as in {}", self.options.source));
            after.decisions.push(Decision { date, from, to, why, lesson: None });
        }
    }

    /// Appends the entries that the source has got since the last import.
    fn new_entries(
        &self,
        after: &mut Idea,
        theirs: &Idea,
        known: Option<&LastImport>,
    ) -> Vec<String> {
        let mut changed: Vec<String> = Vec::new();
        for entry in entries(theirs) {
            let is_known = match known {
                Some(known) => known.entries.contains(&hash_of_entry(&entry)),
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
                Entry::Decision(decision) => after.decisions.push(decision),
            }
            if changed.last().is_none_or(|last| last != kind.id()) {
                changed.push(kind.id().to_owned());
            }
        }
        changed
    }

    fn remember(&mut self, item: &SourceIdea, idea: &Idea, id: &str) {
        let fields = item.given.iter().map(|field| (field.to_string(), hash_of(&idea.get(*field))));
        let known = LastImport {
            id: id.to_owned(),
            fields: fields.collect(),
            entries: entries(idea).map(|entry| hash_of_entry(&entry)).collect(),
        };
        self.plan.history.0.insert(self.origin_of(item), known);
    }

    fn skip(&mut self, item: &SourceIdea, message: String) {
        self.plan.skipped.push(Skipped { location: item.location.clone(), message });
    }

    fn finish(mut self) -> ImportPlan {
        self.plan.edit = Edit::Group(self.edits);
        self.plan
    }
}

fn day(entry: &Entry) -> Date {
    match entry {
        Entry::Log(entry) => entry.date,
        Entry::Promise(promise) => promise.by,
        Entry::Decision(decision) => decision.date,
    }
}

fn hash_of(value: &Option<Value>) -> String {
    value.as_ref().map_or_else(String::new, |value| hash(&value.to_string()))
}

/// An entry by what it says.
fn hash_of_entry(entry: &Entry) -> String {
    let number = |x: Option<f64>| x.map_or_else(String::new, |x| x.to_string());
    let words = match entry {
        Entry::Log(LogEntry { date, hours, traction, note, .. }) => {
            format!("{date} {} {} {note}", number(*hours), number(*traction))
        }
        Entry::Promise(promise) => promise.to_line(),
        Entry::Decision(Decision { date, from, to, why, .. }) => {
            format!("{date} {from} {to} {why}")
        }
    };
    hash(&format!("{} {words}", entry.kind().id()))
}

/// A hash as it is kept.
fn hash(text: &str) -> String {
    format!("{:016x}", fnv_1a(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::{Mapping, read};
    use jiff::civil::date;

    const DAY: Date = date(2026, 3, 1);

    /// Imports a table, and gives the plan that was carried out.
    fn import(
        text: &str,
        portfolio: &mut Portfolio,
        history: &mut ImportHistory,
        overwrite: bool,
    ) -> ImportPlan {
        let rows = read("x.csv", text, None).unwrap();
        let (items, _) = Mapping::guess(&rows, &[]).unwrap().read_ideas(&rows, false);
        let options = ImportOptions { source: "x.csv", keeps_ids: false, as_of: DAY, overwrite };
        let plan = plan_import(&items, portfolio, history, &options);
        portfolio.apply(&plan.edit).unwrap();
        history.clone_from(&plan.history);
        plan
    }

    #[test]
    fn again_only_what_changed_in_the_source_changes() {
        let (mut portfolio, mut history) = (Portfolio::default(), ImportHistory::default());
        let first = "id,title,tags,from\n1,One,a,mara\n2,Two,b,tom\n";
        let plan = import(first, &mut portfolio, &mut history, false);
        assert_eq!(
            (plan.added.len(), portfolio.ideas()[0].imported.as_deref()),
            (2, Some("x.csv#1"))
        );
        let again = import(first, &mut portfolio, &mut history, false);
        assert_eq!((again.added.len(), again.updated.len(), again.unchanged), (0, 0, 2));

        // Somebody retitles the one and retags the other; the source changes all.
        let title = Some(Value::Text("My one".to_owned()));
        portfolio.apply(&Edit::set("one", Field::Title, title)).unwrap();
        let second = "id,title,tags,from\n1,Uno,a,anna\n2,Two,\"b,c\",\n3,Three,,\n";
        let plan = import(second, &mut portfolio, &mut history, false);
        assert_eq!(plan.kept.len(), 1, "{:?}", plan.kept);
        assert_eq!((plan.kept[0].field, plan.kept[0].location.line), (Field::Title, 2));
        let [one, two, three] = portfolio.ideas() else { panic!() };
        assert_eq!((one.title.as_str(), one.from.as_deref()), ("My one", Some("anna")));
        assert_eq!((two.tags.len(), &two.from, three.title.as_str()), (2, &None, "Three"));

        // Said once, and the source's on request.
        assert!(import(second, &mut portfolio, &mut history, false).kept.is_empty());
        let plan = import(&second.replace("Uno", "Eins"), &mut portfolio, &mut history, true);
        assert_eq!((plan.kept.len(), portfolio.ideas()[0].title.as_str()), (0, "Eins"));
    }

    #[test]
    fn without_memory_nothing_is_overwritten_and_nothing_doubled() {
        let (mut portfolio, mut history) = (Portfolio::default(), ImportHistory::default());
        import("id,title,from\n1,One,\n", &mut portfolio, &mut history, false);
        let mut forgotten = ImportHistory::default();
        let plan = import("id,title,from\n1,Uno,mara\n", &mut portfolio, &mut forgotten, false);
        assert_eq!((plan.kept.len(), portfolio.ideas().len()), (1, 1));
        assert_eq!(portfolio.ideas()[0].from.as_deref(), Some("mara"), "it was empty here");
    }

    #[test]
    fn a_status_from_the_source_is_a_decision_and_logs_only_grow() {
        let (mut portfolio, mut history) = (Portfolio::default(), ImportHistory::default());
        let first = "title,status,log\nOne,open,2026-01-01 2h 3 begun\n";
        import(first, &mut portfolio, &mut history, false);
        let second =
            "title,status,log\nOne,done,\"2026-01-01 2h 3 begun\n2026-02-01 1h 6 works\"\n";
        let plan = import(second, &mut portfolio, &mut history, false);
        assert_eq!(plan.updated, [("one".to_owned(), vec!["status".to_owned(), "log".to_owned()])]);
        let idea = &portfolio.ideas()[0];
        assert_eq!((idea.log.len(), idea.decisions.len()), (2, 1));
        assert_eq!(idea.decisions[0].why, "as in x.csv");
        import(second, &mut portfolio, &mut history, false);
        assert_eq!(portfolio.ideas()[0].log.len(), 2);
    }

    #[test]
    fn what_was_typed_by_hand_is_not_doubled() {
        let hand = Idea::new("mine", "Ask the solver");
        let mut portfolio = Portfolio::new(vec![hand], Vec::new());
        let text = "title,from\nask the solver,tom\nAsk the solver,anna\n";
        let plan = import(text, &mut portfolio, &mut ImportHistory::default(), false);
        assert_eq!((plan.added.len(), plan.updated.len()), (1, 1));
        assert_eq!(portfolio.ideas()[0].from.as_deref(), Some("tom"));
        assert_eq!(portfolio.ideas()[1].id, "ask-the-solver");
    }

    #[test]
    fn rows_of_a_log_belong_to_one_idea() {
        let (mut portfolio, mut history) = (Portfolio::default(), ImportHistory::default());
        let text =
            "title,date,hours,traction,note\nOne,2026-01-01,3,2,begun\nOne,2026-01-08,4,,more\n";
        let plan = import(text, &mut portfolio, &mut history, false);
        assert_eq!(plan.added.len(), 1);
        let log = &portfolio.ideas()[0].log;
        assert_eq!((log.len(), log[1].hours, log[0].note.as_str()), (2, Some(4.0), "begun"));
    }

    #[test]
    fn references_follow_their_ideas() {
        let (mut portfolio, mut history) = (Portfolio::default(), ImportHistory::default());
        let text = "id,title,status,parked_on\n7,One,parked,8\n8,Two,open,\n";
        import(text, &mut portfolio, &mut history, false);
        assert_eq!(portfolio.ideas()[0].parked_on.as_deref(), Some("two"));
    }
}
