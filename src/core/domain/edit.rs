//! Edits as values: what a keypress, a command, a journal and a patch all
//! speak about. Applying one to a [`Portfolio`](super::Portfolio) gives its
//! inverse.

use std::collections::{BTreeMap, HashSet};

use super::{
    Decision, DuelEntry, Field, Forecast, Idea, LogEntry, Promise, RaterAnswers, Reaction,
    SettingValue, Value, ValueKind, setting_path,
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

/// The lists that an idea has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// [`Idea::log`].
    Log,
    /// [`Idea::promises`].
    Promise,
    /// [`Idea::forecasts`].
    Forecast,
    /// [`Idea::decisions`].
    Decision,
}

impl EntryKind {
    /// All lists, in the order in which a new idea is written.
    pub const ALL: [Self; 4] = [Self::Log, Self::Promise, Self::Forecast, Self::Decision];

    /// The name of the list's table in an idea.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Log => "log",
            Self::Promise => "promise",
            Self::Forecast => "forecast",
            Self::Decision => "decision",
        }
    }
}

/// An element of one of the lists that an idea has.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// Of [`Idea::log`].
    Log(LogEntry),
    /// Of [`Idea::promises`].
    Promise(Promise),
    /// Of [`Idea::forecasts`].
    Forecast(Forecast),
    /// Of [`Idea::decisions`].
    Decision(Decision),
}

impl Entry {
    /// The list it belongs to.
    #[must_use]
    pub const fn kind(&self) -> EntryKind {
        match self {
            Self::Log(_) => EntryKind::Log,
            Self::Promise(_) => EntryKind::Promise,
            Self::Forecast(_) => EntryKind::Forecast,
            Self::Decision(_) => EntryKind::Decision,
        }
    }
}

/// Why an edit cannot be applied. Nothing has changed then.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum EditError {
    /// No idea has this id or alias.
    #[error("there is no idea \"{id}\"")]
    NoSuchIdea {
        /// The id that was asked for.
        id: String,
    },
    /// Another idea has this id.
    #[error("the id \"{id}\" is taken")]
    IdTaken {
        /// The id.
        id: String,
    },
    /// No duel that counts has this id.
    #[error("there is no duel \"{id}\" to take back")]
    NoSuchDuel {
        /// The id that was asked for.
        id: String,
    },
    /// The name is not one that a setting can have, or the number is none.
    #[error("\"{name}\" cannot be set: a setting is TABLE.KEY with a value")]
    NotASetting {
        /// The name.
        name: String,
    },
    /// The name cannot be that of a file.
    #[error("\"{name}\" cannot be the name of a file")]
    NotAName {
        /// The name.
        name: String,
    },
    /// An answer would take the place of an earlier one.
    #[error("{person} has answered about \"{id}\" before")]
    AnsweredAlready {
        /// Who has.
        person: String,
        /// The idea.
        id: String,
    },
    /// There is no answer to take out.
    #[error("{person} has not answered about \"{id}\"")]
    NotAnswered {
        /// Who has not.
        person: String,
        /// The idea.
        id: String,
    },
    /// The value is of the wrong kind or off the scale.
    #[error("{field} must be {expected}")]
    WrongValue {
        /// The field.
        field: Field,
        /// What it may hold.
        expected: ValueKind,
    },
    /// The field cannot be empty.
    #[error("{field} must not be empty")]
    Required {
        /// The field.
        field: Field,
    },
    /// What is kept on failure would exceed what is won on success.
    #[error(
        "bet.reward must be at least half of bet.fallback: a failure keeps no more than a success wins"
    )]
    RewardUnderFallback,
    /// No entry stands there.
    #[error("\"{id}\" has no {} number {}", kind.id(), at + 1)]
    NoSuchEntry {
        /// The idea.
        id: String,
        /// Which list.
        kind: EntryKind,
        /// Position from 0.
        at: usize,
    },
    /// A number in an entry is off its scale.
    #[error("{what} must be {expected}")]
    WrongEntry {
        /// Which number.
        what: &'static str,
        /// What it may be.
        expected: &'static str,
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

impl Entry {
    /// Whether every number lies on its scale, and a promise or forecast says
    /// something.
    ///
    /// # Errors
    /// Names the first number that does not.
    pub fn check(&self) -> Result<(), EditError> {
        let within = |what, value: Option<f64>, max: f64, expected| match value {
            Some(x) if !(0.0..=max).contains(&x) => Err(EditError::WrongEntry { what, expected }),
            _ => Ok(()),
        };
        match self {
            Self::Log(entry) => {
                within("hours", entry.hours, f64::MAX, "a number of hours, 0 or more")?;
                within("traction", entry.traction, 10.0, "a number from 0 to 10")
            }
            Self::Promise(promise) => {
                within("traction", promise.traction, 10.0, "a number from 0 to 10")?;
                within("chance", promise.chance, 1.0, "a number from 0 to 1")?;
                if promise.claim.is_none() && promise.traction.is_none() {
                    let expected = "a claim, a level of traction, or both";
                    return Err(EditError::WrongEntry { what: "a promise", expected });
                }
                Ok(())
            }
            Self::Forecast(forecast) => {
                within("chance", Some(forecast.chance), 1.0, "a number from 0 to 1")?;
                if forecast.claim.trim().is_empty() {
                    let expected = "a claim";
                    return Err(EditError::WrongEntry { what: "a forecast", expected });
                }
                Ok(())
            }
            Self::Decision(decision) => {
                within("score", decision.score, 100.0, "a number from 0 to 100")?;
                within("log_chance", decision.log_chance, 1.0, "a number from 0 to 1")
            }
        }
    }
}
