//! Edits as JSON for the journal: values, entries and ideas in the words of the
//! file format.

use serde::{Deserialize, Serialize};

use super::value::TomlValue;
use super::{duels, print, read};
use crate::domain::{Change, Edit, EntryKind, Field, RaterAnswers, Rating, Reaction};

/// An [`Edit`] as it stands in the journal: variants and fields are the format.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum EditRecord {
    Set {
        id: String,
        field: String,
        value: Option<String>,
    },
    Insert {
        id: String,
        at: usize,
        list: String,
        entry: String,
    },
    Replace {
        id: String,
        at: usize,
        list: String,
        entry: String,
    },
    Remove {
        id: String,
        at: usize,
        list: String,
    },
    AddIdea {
        idea: String,
        before: Option<String>,
    },
    RemoveIdea {
        id: String,
    },
    Duel {
        entry: String,
    },
    Answer {
        person: String,
        id: String,
        ratings: Vec<Option<String>>,
        reasons: Vec<String>,
        remarks: Vec<String>,
    },
    Unanswer {
        person: String,
        id: String,
    },
    Reaction {
        person: String,
        id: String,
        excited: bool,
        hopeless: Option<String>,
        comment: String,
    },
    Setting {
        name: String,
        value: Option<String>,
    },
    Group {
        edits: Vec<Self>,
    },
}

impl EditRecord {
    pub(super) fn from_edit(edit: &Edit) -> Self {
        match edit {
            Edit::Change { id, change } => Self::from_change(id.clone(), change),
            Edit::Add { idea, before } => {
                Self::AddIdea { idea: print::idea(idea, "\n"), before: before.clone() }
            }
            Edit::Remove { id } => Self::RemoveIdea { id: id.clone() },
            Edit::AddRaterAnswers { person, answers } => Self::Answer {
                person: person.clone(),
                id: answers.id.clone(),
                ratings: answers.ratings.iter().map(|one| one.map(|one| one.to_string())).collect(),
                reasons: answers.reasons.to_vec(),
                remarks: answers.remarks.clone(),
            },
            Edit::RemoveRaterAnswers { person, id } => {
                Self::Unanswer { person: person.clone(), id: id.clone() }
            }
            Edit::Duel(entry) => Self::Duel { entry: duels::print(entry) },
            Edit::Reaction { person, id, reaction } => Self::Reaction {
                person: person.clone(),
                id: id.clone(),
                excited: reaction.excited,
                hopeless: reaction.hopeless.clone(),
                comment: reaction.comment.clone(),
            },
            Edit::Setting { name, value } => {
                let written = |value| TomlValue::from_setting(value).render("\n");
                Self::Setting { name: name.clone(), value: value.as_ref().map(written) }
            }
            Edit::Group(edits) => {
                Self::Group { edits: edits.iter().map(Self::from_edit).collect() }
            }
        }
    }

    fn from_change(id: String, change: &Change) -> Self {
        match change {
            Change::Set { field, value } => {
                let value = value.as_ref().map(|value| TomlValue::from_value(value).render("\n"));
                Self::Set { id, field: field.to_string(), value }
            }
            Change::Insert { at, entry } => {
                let (list, entry) = (entry.kind().id(), print::inline_entry(entry, "\n"));
                Self::Insert { id, at: *at, list: list.to_owned(), entry }
            }
            Change::Replace { at, entry } => {
                let (list, entry) = (entry.kind().id(), print::inline_entry(entry, "\n"));
                Self::Replace { id, at: *at, list: list.to_owned(), entry }
            }
            Change::Remove { at, kind } => Self::Remove { id, at: *at, list: kind.id().to_owned() },
        }
    }

    /// The edit; `None` if it speaks of something that this version does not know.
    pub(super) fn to_edit(&self) -> Option<Edit> {
        let kind = |list: &str| EntryKind::ALL.into_iter().find(|kind| kind.id() == list);
        let entry = |list: &str, text: &str| read::entry(kind(list)?, text);
        let edit = match self {
            Self::Set { id, field, value } => {
                let field = Field::from_name(field)?;
                let value = match value {
                    Some(text) => Some(read::field_value(field, text)?),
                    None => None,
                };
                Edit::set(id, field, value)
            }
            Self::Insert { id, at, list, entry: text } => {
                let change = Change::Insert { at: *at, entry: entry(list, text)? };
                Edit::Change { id: id.clone(), change }
            }
            Self::Replace { id, at, list, entry: text } => {
                let change = Change::Replace { at: *at, entry: entry(list, text)? };
                Edit::Change { id: id.clone(), change }
            }
            Self::Remove { id, at, list } => {
                let change = Change::Remove { at: *at, kind: kind(list)? };
                Edit::Change { id: id.clone(), change }
            }
            Self::AddIdea { idea, before } => {
                let mut part = read::part(idea, 0..idea.len());
                let idea = Box::new(part.ideas.pop()?.idea?);
                Edit::Add { idea, before: before.clone() }
            }
            Self::RemoveIdea { id } => Edit::Remove { id: id.clone() },
            Self::Answer { person, id, ratings, reasons, remarks } => {
                let rating = |text: &Option<String>| match text {
                    Some(text) => Rating::parse(text).map(Some),
                    None => Some(None),
                };
                let ratings: Vec<_> = ratings.iter().map(rating).collect::<Option<_>>()?;
                let answers = Box::new(RaterAnswers {
                    id: id.clone(),
                    ratings: ratings.try_into().ok()?,
                    reasons: reasons.clone().try_into().ok()?,
                    remarks: remarks.clone(),
                });
                Edit::AddRaterAnswers { person: person.clone(), answers }
            }
            Self::Unanswer { person, id } => {
                Edit::RemoveRaterAnswers { person: person.clone(), id: id.clone() }
            }
            Self::Duel { entry } => Edit::Duel(duels::read_entry(entry)?),
            Self::Reaction { person, id, excited, hopeless, comment } => Edit::Reaction {
                person: person.clone(),
                id: id.clone(),
                reaction: Reaction {
                    excited: *excited,
                    hopeless: hopeless.clone(),
                    comment: comment.clone(),
                },
            },
            Self::Setting { name, value } => {
                Edit::setting(name, value.as_deref().map(read::setting_value))
            }
            Self::Group { edits } => {
                Edit::Group(edits.iter().map(Self::to_edit).collect::<Option<_>>()?)
            }
        };
        Some(edit)
    }
}
