//! Edits as values: what a keypress, a command, a journal and a patch all
//! speak about. Applying one to a [`Portfolio`](super::Portfolio) gives its
//! inverse.

use std::collections::{BTreeMap, HashSet};

use super::{
    Date, Decision, DuelEntry, EditError, Entry, EntryKind, Field, Idea, Promise, RaterAnswers,
    Reaction, SettingValue, Status, Value, setting_path,
};

/// A change to a portfolio.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Change one thing about one idea.
    Change {
        /// The idea's id before the change.
        id: String,
        /// What changes.
        change: Change,
    },
    /// Add an idea whose id is not taken.
    Add {
        /// The new idea.
        idea: Box<Idea>,
        /// The id of the idea that it is put in front of; `None` for the end.
        before: Option<String>,
    },
    /// Remove an idea.
    Remove {
        /// Its id.
        id: String,
    },
    /// Add an entry to the log of duels.
    Duel(DuelEntry),
    /// Add another person's answers about an idea on which they had none.
    AddRaterAnswers {
        /// Their name.
        person: String,
        /// The answers.
        answers: Box<RaterAnswers>,
    },
    /// Remove another person's answers about an idea.
    RemoveRaterAnswers {
        /// Their name.
        person: String,
        /// The idea.
        id: String,
    },
    /// Set what another person said about an idea in words.
    Reaction {
        /// Their name.
        person: String,
        /// The idea.
        id: String,
        /// What they said; an empty one takes it out.
        reaction: Reaction,
    },
    /// Set what the ranking of this workspace depends on, or clear it, so that
    /// the layer below counts again.
    Setting {
        /// Its name: `weights.headroom`.
        name: String,
        /// Its new value; `None` clears it.
        value: Option<SettingValue>,
    },
    /// Several edits that are done and undone as one, in this order.
    Group(Vec<Self>),
}

/// One change to one idea.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Set a field, or clear it.
    Set {
        /// The field.
        field: Field,
        /// Its new value; `None` clears it.
        value: Option<Value>,
    },
    /// Insert an entry into its list.
    Insert {
        /// Position, at most the length of the list.
        at: usize,
        /// The entry.
        entry: Entry,
    },
    /// Replace the entry of the same list at a position.
    Replace {
        /// Position of an existing entry.
        at: usize,
        /// What stands there afterwards.
        entry: Entry,
    },
    /// Remove an entry.
    Remove {
        /// Position of an existing entry.
        at: usize,
        /// Which list.
        kind: EntryKind,
    },
}

impl Edit {
    /// Sets a field of an idea, or clears it.
    pub fn set(id: impl Into<String>, field: Field, value: Option<Value>) -> Self {
        Self::Change { id: id.into(), change: Change::Set { field, value } }
    }

    /// Sets what the ranking of the workspace depends on, or clears it.
    pub fn setting(name: impl Into<String>, value: Option<SettingValue>) -> Self {
        Self::Setting { name: name.into(), value }
    }

    /// Appends an entry to its list.
    #[must_use]
    pub fn append(idea: &Idea, entry: Entry) -> Self {
        let at = idea.entries(entry.kind());
        Self::Change { id: idea.id.clone(), change: Change::Insert { at, entry } }
    }

    /// Renames an idea; the old id stays as an alias through which every
    /// reference still resolves.
    #[must_use]
    pub fn rename(idea: &Idea, id: &str) -> Self {
        let mut aliases = idea.aliases.clone();
        aliases.retain(|alias| alias != id);
        aliases.push(idea.id.clone());
        Self::Group(vec![
            Self::set(&idea.id, Field::Aliases, Some(Value::List(aliases))),
            Self::set(&idea.id, Field::Id, Some(Value::Text(id.to_owned()))),
        ])
    }

    /// The single edits of a group, in order; the edit itself if it is none.
    pub fn flatten(&self) -> Vec<&Self> {
        match self {
            Self::Group(edits) => edits.iter().flat_map(Self::flatten).collect(),
            step => vec![step],
        }
    }

    /// One edit for each idea that it is about, with the steps about it.
    #[must_use]
    pub fn by_idea(&self) -> BTreeMap<&str, Self> {
        let mut parts: BTreeMap<&str, Vec<Self>> = BTreeMap::new();
        for step in self.flatten() {
            for id in step.ids() {
                parts.entry(id).or_default().push(step.clone());
            }
        }
        parts.into_iter().map(|(id, steps)| (id, Self::Group(steps))).collect()
    }

    /// The ids that the edit speaks of, each once, in order.
    #[must_use]
    pub fn ids(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = Vec::new();
        let mut seen = HashSet::new();
        for step in self.flatten() {
            let id = match step {
                Self::Change { id, .. }
                | Self::Remove { id }
                | Self::RemoveRaterAnswers { id, .. }
                | Self::Reaction { id, .. } => id,
                Self::AddRaterAnswers { answers, .. } => &answers.id,
                Self::Add { idea, .. } => &idea.id,
                Self::Duel(_) | Self::Setting { .. } | Self::Group(_) => continue,
            };
            if seen.insert(id) {
                ids.push(id.as_str());
            }
        }
        ids
    }

    /// What the edit does, in words for a toast or a list of changes:
    /// `ratings.headroom of written-out-reasoning: 7`.
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Self::Change { id, change } => match change {
                Change::Set { field: Field::Status, value: Some(status) } => {
                    let status = match status {
                        Value::Status(status) => status.shown().to_owned(),
                        other => other.to_string(),
                    };
                    format!("{id}: {status}")
                }
                Change::Set { field: Field::MergedInto, value: Some(other) } => {
                    format!("{id}: merged into {other}")
                }
                Change::Set { field, value: Some(value) } => {
                    format!("{field} of {id}: {}", shortened(&value.to_string()))
                }
                Change::Set { field, value: None } => format!("{field} of {id} cleared"),
                Change::Insert { entry, .. } => format!("{} added to {id}", entry.kind().id()),
                Change::Replace { entry, .. } => format!("{} of {id} changed", entry.kind().id()),
                Change::Remove { kind, .. } => format!("{} removed from {id}", kind.id()),
            },
            Self::Add { idea, .. } => format!("added {}", idea.id),
            Self::Remove { id } => format!("removed {id}"),
            Self::Duel(entry) => entry.describe(),
            Self::AddRaterAnswers { person, answers } => {
                format!("answers of {person} on {}", answers.id)
            }
            Self::RemoveRaterAnswers { person, id } => {
                format!("answers of {person} on {id} taken out")
            }
            Self::Reaction { person, id, reaction } if reaction.is_empty() => {
                format!("words of {person} on {id} taken out")
            }
            Self::Reaction { person, id, .. } => format!("words of {person} on {id}"),
            Self::Setting { name, .. } if name == "goal" => "goals changed".to_owned(),
            Self::Setting { name, .. } if name == "quarter" => {
                "answers of the quarter changed".to_owned()
            }
            Self::Setting { name, value: Some(value) } => {
                format!("{name}: {}", shortened(&value.to_string()))
            }
            Self::Setting { name, value: None } => format!("{name} cleared"),
            Self::Group(edits) => match (edits.as_slice(), self.settings_tables().as_slice()) {
                ([Self::Duel(DuelEntry::Retraction(_)), Self::Duel(answer)], _) => {
                    format!("answer changed: {}", answer.describe())
                }
                (_, []) => {
                    let first = edits.first().map(Self::describe).unwrap_or_default();
                    let is_new = |edit: &&Self| matches!(edit, Self::Add { .. });
                    let added = edits.iter().take_while(is_new).count();
                    match self.additional_ideas().max(added.saturating_sub(1)) {
                        0 => first,
                        more => format!("{first}, and {more} more"),
                    }
                }
                (_, tables) => format!("{} changed", tables.join(" and ")),
            },
        }
    }

    /// The tables of a group of several settings, each once, in order; none for
    /// any other edit.
    fn settings_tables(&self) -> Vec<&str> {
        let tables = self.flatten().into_iter().map(|step| match step {
            Self::Setting { name, .. } => setting_path(name).map(|(table, _)| table),
            _ => None,
        });
        let tables: Option<Vec<&str>> = tables.collect();
        let mut tables = tables.filter(|tables| tables.len() > 1).unwrap_or_default();
        tables.dedup();
        tables
    }

    /// On how many ideas besides the first one the same is done: 0 for an edit
    /// of one idea, and for one that joins, adds or removes ideas.
    #[must_use]
    pub fn additional_ideas(&self) -> usize {
        let is_alike = |step: &&Self| match step {
            Self::Change { change, .. } => {
                !matches!(change, Change::Set { field: Field::MergedInto | Field::Id, .. })
            }
            Self::AddRaterAnswers { .. } | Self::Reaction { .. } => true,
            _ => false,
        };
        let all = self.flatten().iter().all(is_alike);
        if all { self.ids().len().saturating_sub(1) } else { 0 }
    }
}

fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() > 40 || text.contains('\n') {
        line.chars().take(40).chain(['…']).collect()
    } else {
        line.to_owned()
    }
}

impl Idea {
    /// Number of entries in a list.
    #[must_use]
    pub fn entries(&self, kind: EntryKind) -> usize {
        match kind {
            EntryKind::Log => self.log.len(),
            EntryKind::Promise => self.promises.len(),
            EntryKind::Forecast => self.forecasts.len(),
            EntryKind::Decision => self.decisions.len(),
        }
    }

    /// The entry at a position of a list.
    #[must_use]
    pub fn entry(&self, kind: EntryKind, at: usize) -> Option<Entry> {
        match kind {
            EntryKind::Log => self.log.get(at).cloned().map(Entry::Log),
            EntryKind::Promise => self.promises.get(at).cloned().map(Entry::Promise),
            EntryKind::Forecast => self.forecasts.get(at).cloned().map(Entry::Forecast),
            EntryKind::Decision => self.decisions.get(at).cloned().map(Entry::Decision),
        }
    }

    /// Applies one change and returns the change that takes it back.
    ///
    /// # Errors
    /// As [`Idea::set`]; or there is no entry at that position, or a number in
    /// the entry is off its scale. The idea is then unchanged.
    pub fn change(&mut self, change: &Change) -> Result<Change, EditError> {
        match change {
            Change::Set { field, value } => {
                let value = self.set(*field, value.clone())?;
                Ok(Change::Set { field: *field, value })
            }
            Change::Insert { at, entry } => {
                let kind = entry.kind();
                if *at > self.entries(kind) {
                    return Err(self.no_such_entry(kind, *at));
                }
                entry.check()?;
                match entry.clone() {
                    Entry::Log(entry) => self.log.insert(*at, entry),
                    Entry::Promise(promise) => self.promises.insert(*at, promise),
                    Entry::Forecast(forecast) => self.forecasts.insert(*at, forecast),
                    Entry::Decision(decision) => self.decisions.insert(*at, decision),
                }
                Ok(Change::Remove { at: *at, kind })
            }
            Change::Replace { at, entry } => {
                let kind = entry.kind();
                let before = self.entry(kind, *at).ok_or_else(|| self.no_such_entry(kind, *at))?;
                entry.check()?;
                match entry.clone() {
                    Entry::Log(entry) => self.log[*at] = entry,
                    Entry::Promise(promise) => self.promises[*at] = promise,
                    Entry::Forecast(forecast) => self.forecasts[*at] = forecast,
                    Entry::Decision(decision) => self.decisions[*at] = decision,
                }
                Ok(Change::Replace { at: *at, entry: before })
            }
            Change::Remove { at, kind } => {
                let entry = self.entry(*kind, *at).ok_or_else(|| self.no_such_entry(*kind, *at))?;
                match kind {
                    EntryKind::Log => drop(self.log.remove(*at)),
                    EntryKind::Promise => drop(self.promises.remove(*at)),
                    EntryKind::Forecast => drop(self.forecasts.remove(*at)),
                    EntryKind::Decision => drop(self.decisions.remove(*at)),
                }
                Ok(Change::Insert { at: *at, entry })
            }
        }
    }

    fn no_such_entry(&self, kind: EntryKind, at: usize) -> EditError {
        EditError::NoSuchEntry { id: self.id.clone(), kind, at }
    }
}

impl Edit {
    /// Changes the status and records the decision, for this reason.
    #[must_use]
    pub fn decide(idea: &Idea, to: Status, date: Date, why: &str) -> Self {
        Self::record(idea, Decision::new(date, idea.status, to, why))
    }

    /// Records a decision and sets the status that it leads to. Every change of
    /// status goes through here, because each appends a decision.
    #[must_use]
    pub fn record(idea: &Idea, decision: Decision) -> Self {
        Self::Group(vec![
            Self::set(&idea.id, Field::Status, Some(Value::Status(decision.to))),
            Self::append(idea, Entry::Decision(decision)),
        ])
    }

    /// The same edit in which every decision that has no score yet carries that
    /// of its idea, in tenths: what was thought on that day. Every edit that is
    /// made by a user goes through here.
    #[must_use]
    pub fn with_scores(self, score_of: &impl Fn(&str) -> Option<f64>) -> Self {
        match self {
            Self::Group(edits) => {
                Self::Group(edits.into_iter().map(|edit| edit.with_scores(score_of)).collect())
            }
            Self::Change {
                id,
                change: Change::Insert { at, entry: Entry::Decision(mut decision) },
            } => {
                let tenths = |score: f64| (score * 10.0).round() / 10.0;
                decision.score = decision.score.or_else(|| score_of(&id).map(tenths));
                let entry = Entry::Decision(decision);
                Self::Change { id, change: Change::Insert { at, entry } }
            }
            other => other,
        }
    }

    /// Makes a promise. The one that still stands, if there is one, is moved by
    /// that: its words stay, with the day.
    #[must_use]
    pub fn promise(idea: &Idea, promise: Promise, today: Date) -> Self {
        let moved = idea.standing_promise(today).map(|(at, old)| {
            let entry = Entry::Promise(Promise { amended: Some(today), ..old.clone() });
            Self::Change { id: idea.id.clone(), change: Change::Replace { at, entry } }
        });
        Self::Group(
            moved.into_iter().chain([Self::append(idea, Entry::Promise(promise))]).collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::Portfolio;

    #[test]
    fn a_decision_keeps_the_score_of_its_day() {
        let idea = Idea::new("a", "A");
        let mut portfolio = Portfolio::new(vec![idea.clone()], Vec::new());
        let edit = Edit::decide(&idea, Status::Active, date(2026, 3, 1), "cheap to try");
        let scored = edit.with_scores(&|id| (id == "a").then_some(71.4321));
        portfolio.apply(&scored).unwrap();
        assert_eq!(portfolio.ideas()[0].decisions[0].score, Some(71.4));
        let again = scored.clone().with_scores(&|_| Some(3.0));
        assert_eq!(again, scored, "one that is known stays");
    }
}
