//! The plan of an import: new ideas, and fields that changed in the source; and the history
//! of imports, what the last import of every idea brought.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::identity::{Matches, family, is_strong};
use super::source_idea::{SourceIdea, entries};
use super::{Location, Skipped};
use crate::domain::{
    Date, Decision, Edit, Entry, EntryKind, Field, Idea, LogEntry, NewIds, Portfolio, Status,
    Value, fnv_1a,
};

/// A value that differs in the source and was left as it is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalEditKept {
    pub location: Location,
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
/// A field is changed if its source has changed it since the last import and
/// it was not edited here.
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
        let mut ids = NewIds::new(self.portfolio);
        let mut id_of = |(at, row): (usize, &SourceIdea)| {
            if let Some(idea) = matches.idea(at) {
                return idea.id.clone();
            }
            match row.idea.id.as_str() {
                "" => ids.of_title(&row.idea.title),
                id => ids.own(id),
            }
        };
        rows.iter().enumerate().map(&mut id_of).collect()
    }

    /// What `imported` says of an idea: a key that means the same everywhere,
    /// or the name of the source and the key there; nothing without a key, or
    /// where the id says it.
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

    /// The last import of an idea from this source, or by a key that means the same everywhere.
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

/// The values that the last import of every idea brought, by origin
/// (`papers.csv#17`, `uuid:…`), as hashes. They tell a change in the source from an
/// edit made here, and they know an idea again that was retitled here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportHistory(BTreeMap<String, LastImport>);

/// One idea as its source had it last. The names are those of a file on disk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LastImport {
    #[serde(rename = "id")]
    id: String,
    /// Hashes of the values, by the name of the field; empty for no value.
    #[serde(rename = "fields")]
    fields: BTreeMap<String, String>,
    /// Hashes of log entries, promises and decisions.
    #[serde(rename = "entries")]
    entries: Vec<String>,
}

/// The last imports of every idea that is still there, each with its origin.
pub(super) type LastImports<'a> = HashMap<&'a str, Vec<(&'a str, &'a LastImport)>>;

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

    pub(super) fn by_idea<'a>(&'a self, portfolio: &'a Portfolio) -> LastImports<'a> {
        let mut by_idea: LastImports<'a> = HashMap::new();
        for (origin, last) in &self.0 {
            // An idea that was renamed is found by its alias.
            if let Some(idea) = portfolio.get(&last.id) {
                by_idea.entry(&idea.id).or_default().push((origin, last));
            }
        }
        by_idea
    }

    /// Records an import of `idea`, the values of its source, as the idea `id`.
    /// It takes the place of `before`, an import under an older name of the source.
    pub(super) fn record(
        &mut self,
        origin: String,
        before: Option<&str>,
        id: &str,
        idea: &Idea,
        given: &[Field],
    ) {
        if let Some(before) = before {
            self.0.remove(before);
        }
        let hashes = given.iter().map(|field| (field.to_string(), hash_of(&idea.get(*field))));
        let last = LastImport {
            id: id.to_owned(),
            fields: hashes.collect(),
            entries: entries(idea).map(|entry| hash_of_entry(&entry)).collect(),
        };
        self.0.insert(origin, last);
    }
}

impl LastImport {
    /// Whether the source had this value; `None` if it had nothing to say about the field.
    pub(super) fn had(&self, field: Field, value: &Option<Value>) -> Option<bool> {
        Some(*self.fields.get(&field.to_string())? == hash_of(value))
    }

    pub(super) fn had_entry(&self, entry: &Entry) -> bool {
        self.entries.contains(&hash_of_entry(entry))
    }

    /// The hash of the title, to look it up by.
    pub(super) fn title_hash(&self) -> Option<&str> {
        self.fields.get("title").map(String::as_str)
    }
}

pub(super) fn hash_of(value: &Option<Value>) -> String {
    value.as_ref().map_or_else(String::new, |value| hash(&value.to_string()))
}

fn hash_of_entry(entry: &Entry) -> String {
    let number = |x: Option<f64>| x.map_or_else(String::new, |x| x.to_string());
    let words = match entry {
        Entry::Log(LogEntry { date, hours, traction, note, .. }) => {
            format!("{date} {} {} {note}", number(*hours), number(*traction))
        }
        Entry::Promise(promise) => promise.to_line(),
        Entry::Forecast(forecast) => forecast.to_line(),
        Entry::Decision(Decision { date, from, to, why, .. }) => {
            format!("{date} {from} {to} {why}")
        }
    };
    hash(&format!("{} {words}", entry.kind().id()))
}

fn hash(text: &str) -> String {
    format!("{:016x}", fnv_1a(text.as_bytes()))
}

#[cfg(test)]
mod tests;
