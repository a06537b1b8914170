//! One idea (its own fields and those of the tables below it), the file of a rater,
//! `people/NAME.toml`, and single values, with a message that says what was expected
//! and what was found.

use std::fmt::Display;
use std::sync::{Arc, LazyLock};

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::syntax::{Node, Table};
use super::{Reader, Reading, syntax_diagnostics};
use crate::domain::{
    BetKind, CRITERIA, Criterion, EditError, EntryKind, Field, Idea, Outcome, Rater, Rating,
    Reaction, SettingValue, Status, Value, ValueKind, slug,
};
use crate::store::diagnostic::{Diagnostic, nearest};
use crate::toml_value::{self, with_plain_breaks};

/// The name of a table, and the fields that stand in it with their keys.
type TableFields = (&'static str, Vec<(&'static str, Field)>);

/// The fields of an idea and their keys, by the table in which they stand.
static TABLES: LazyLock<Vec<TableFields>> = LazyLock::new(|| {
    let fields: Vec<_> = Field::all().into_iter().map(|field| (field.path(), field)).collect();
    ["", "ratings", "bet", "case", "hindsight"]
        .map(|table| {
            let own = fields.iter().filter(|((of, _), _)| *of == table);
            (table, own.map(|((_, key), field)| (*key, *field)).collect())
        })
        .into()
});

impl Reader<'_> {
    /// Reads one element of the list of ideas.
    pub(super) fn idea(&mut self, element: &Spanned<Node<'_>>) -> Reading {
        let mut place = self.span(element);
        let mut idea = Idea::new("", "");
        if let Node::Table(table) = element.get_ref() {
            self.fields(&mut idea, table, "");
            self.title_and_id(&mut idea, table, &place);
            if let Some((key, _)) = table.get_key_value("id") {
                place = self.span(key);
            }
        } else {
            let message = "an idea must be a table".to_owned();
            self.diagnostics.push(Diagnostic::error(place.clone(), "wrong-type", message));
        }
        let has_id = !idea.id.is_empty();
        let name = [&idea.id, &idea.title].into_iter().find(|name| !name.is_empty()).cloned();
        let mut diagnostics = std::mem::take(&mut self.diagnostics);
        for diagnostic in &mut diagnostics {
            diagnostic.idea.clone_from(&name);
        }
        if !has_id {
            idea.id = slug(&idea.title);
        }
        let idea = (!diagnostics.iter().any(Diagnostic::is_error)).then(|| Arc::new(idea));
        Reading { idea, has_id, name, place, diagnostics }
    }

    /// Reads a table of an idea; the name is empty for the idea itself.
    fn fields(&mut self, idea: &mut Idea, table: &Table<'_>, name: &str) {
        let known = TABLES.iter().find(|(table, _)| *table == name);
        let known = known.map_or(&[][..], |(_, fields)| fields);
        for (key, value) in table.iter() {
            let word = key.get_ref().as_ref();
            if let Some((_, field)) = known.iter().find(|(known, _)| *known == word) {
                self.field(idea, *field, (key, value));
            } else if !name.is_empty() || !self.below(idea, word, value) {
                let mut words: Vec<&str> = known.iter().map(|(key, _)| *key).collect();
                if name.is_empty() {
                    words.extend(crate::store::print::SECTIONS);
                }
                self.unknown_key(key, name, &words);
            }
        }
    }

    fn field(&mut self, idea: &mut Idea, field: Field, cell: Cell<'_, '_>) {
        let Some(value) = self.value(field.kind(), cell) else { return };
        match idea.set(field, Some(value)) {
            Ok(_) => {}
            // An empty id counts as none; a missing title is reported once.
            Err(EditError::Required { .. }) => {}
            Err(EditError::RewardUnderFallback) => {
                let message = EditError::RewardUnderFallback.to_string();
                let span = self.span(cell.1);
                self.diagnostics.push(Diagnostic::error(span, "reward-under-fallback", message));
            }
            Err(error) => {
                self.diagnostics.push(Diagnostic::error(
                    self.span(cell.1),
                    "wrong-type",
                    error.to_string(),
                ));
            }
        }
    }

    /// Reads what hangs below an idea; `false` if nothing of that name does.
    fn below(&mut self, idea: &mut Idea, name: &str, value: &Spanned<Node<'_>>) -> bool {
        if let Some(kind) = EntryKind::ALL.into_iter().find(|kind| kind.id() == name) {
            self.entries(idea, kind, value);
            return true;
        }
        if !TABLES.iter().any(|(table, _)| *table == name) {
            return false;
        }
        match value.get_ref() {
            Node::Table(table) => self.fields(idea, table, name),
            _ => {
                let message = format!("{name} must be a table");
                let diagnostic = Diagnostic::error(self.span(value), "wrong-type", message);
                self.diagnostics.push(diagnostic.hint(format!("write [idea.{name}]")));
            }
        }
        true
    }

    fn title_and_id(
        &mut self,
        idea: &mut Idea,
        table: &Table<'_>,
        header: &std::ops::Range<usize>,
    ) {
        let written = table.get_key_value("title");
        let is_wrong = written.is_some_and(|(_, title)| title.get_ref().as_str().is_none());
        if idea.title.is_empty() && !is_wrong {
            let span = written.map_or(header.clone(), |(_, title)| self.span(title));
            let expected = ValueKind::Text;
            let message = format!("an idea needs a title: {expected} that is not empty");
            self.diagnostics.push(Diagnostic::error(span, "missing", message));
        }
    }
}

pub(super) type Cell<'c, 't> = (&'c Spanned<DeString<'t>>, &'c Spanned<Node<'t>>);

/// The value of a field, written as in a file.
pub(crate) fn field_value(field: Field, text: &str) -> Option<Value> {
    let line = format!("value = {text}");
    let table = Table::of(DeTable::parse(&line).ok()?.into_inner());
    let mut reader = Reader { text: &line, offset: 0, diagnostics: Vec::new() };
    let cell = table.get_key_value("value")?;
    reader.value(field.kind(), cell)
}

/// The value of a setting, written as in a file.
pub(crate) fn setting_value(text: &str) -> SettingValue {
    match DeValue::parse(text) {
        Ok(value) => toml_value::setting_of(&value, text),
        Err(_) => SettingValue::Other(text.to_owned()),
    }
}

impl Reader<'_> {
    /// The value of a key; what is wrong with it becomes a diagnostic.
    pub(super) fn value(&mut self, kind: ValueKind, cell: Cell<'_, '_>) -> Option<Value> {
        let value = cell.1;
        let read = match kind {
            ValueKind::Text => self.text_of(value).map(Value::Text),
            ValueKind::List => self.list_of(value).map(Value::List),
            ValueKind::Date => value.get_ref().as_date().map(Value::Date),
            ValueKind::Rating { max } => {
                rating_of(value.get_ref()).filter(|rating| rating.fits(max)).map(Value::Rating)
            }
            ValueKind::Status => word(value, Status::from_id).map(Value::Status),
            ValueKind::Bet => word(value, BetKind::from_id).map(Value::Bet),
            ValueKind::Outcome => word(value, Outcome::from_id).map(Value::Outcome),
        };
        if read.is_none() {
            self.wrong(cell, fault_code(kind, value.get_ref()), &kind, &accepted_words(kind));
        }
        read
    }

    /// Reports a value that is not what it must be.
    pub(super) fn wrong(
        &mut self,
        (key, value): Cell<'_, '_>,
        code: &'static str,
        expected: &dyn Display,
        words: &[&str],
    ) {
        let found = self.raw(value).lines().next().unwrap_or_default();
        let found: String = found.chars().take(40).collect();
        let message = format!("{} must be {expected}; found {found}", key.get_ref());
        let mut diagnostic = Diagnostic::error(self.span(value), code, message);
        let typed = value.get_ref().as_str();
        if let Some(word) = typed.and_then(|typed| nearest(typed, words.iter().copied())) {
            diagnostic = diagnostic.hint(format!("did you mean \"{word}\"?"));
        }
        self.diagnostics.push(diagnostic);
    }

    /// Line breaks inside a multi-line string are those of the file; in an
    /// idea they are always `\n`.
    pub(super) fn text_of(&self, value: &Spanned<Node<'_>>) -> Option<String> {
        value.get_ref().as_str().map(|text| with_plain_breaks(text, self.raw(value)))
    }

    fn list_of(&self, value: &Spanned<Node<'_>>) -> Option<Vec<String>> {
        value.get_ref().as_list()?.iter().map(|item| self.text_of(item)).collect()
    }
}

fn word<T>(value: &Spanned<Node<'_>>, from_id: impl Fn(&str) -> Option<T>) -> Option<T> {
    value.get_ref().as_str().and_then(from_id)
}

fn rating_of(value: &Node<'_>) -> Option<Rating> {
    let Node::List(ends) = value else { return value.as_number().map(Rating::value) };
    match &ends[..] {
        [low, high] => Rating::range(low.get_ref().as_number()?, high.get_ref().as_number()?),
        _ => None,
    }
}

/// Whether the value is of the right type but not one of those that may stand there.
fn fault_code(kind: ValueKind, value: &Node<'_>) -> &'static str {
    match (kind, value) {
        (ValueKind::Rating { .. }, Node::Number(_)) => "out-of-range",
        (ValueKind::Rating { .. }, Node::List(ends)) => match &ends[..] {
            [low, high] => match (low.get_ref().as_number(), high.get_ref().as_number()) {
                (Some(low), Some(high)) if low > high => "low-above-high",
                (Some(_), Some(_)) => "out-of-range",
                _ => "wrong-type",
            },
            _ => "wrong-type",
        },
        (ValueKind::Date, Node::Text(_) | Node::Date(_)) => "wrong-date",
        (ValueKind::Status | ValueKind::Bet | ValueKind::Outcome, Node::Text(_)) => "unknown-word",
        _ => "wrong-type",
    }
}

fn accepted_words(kind: ValueKind) -> Vec<&'static str> {
    match kind {
        ValueKind::Status => Status::ALL.iter().map(|status| status.id()).collect(),
        ValueKind::Bet => BetKind::ALL.iter().map(|kind| kind.id()).collect(),
        ValueKind::Outcome => Outcome::ALL.iter().map(|outcome| outcome.id()).collect(),
        _ => Vec::new(),
    }
}

/// The tables of a rater's file.
const RATER_TABLES: [&str; 4] = ["ratings", "comments", "excited", "hopeless"];

/// Reads a file of ratings and words; what cannot be read is left out and
/// reported. `exists` tells whether an id or alias leads to an idea.
pub(crate) fn rater(
    name: &str,
    text: &str,
    exists: impl Fn(&str) -> bool,
) -> (Rater, Vec<Diagnostic>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let table = Table::of(table.into_inner());
    let mut reader = Reader { text, offset: 0, diagnostics: Vec::new() };
    let mut rater = Rater::new(name);
    for (key, value) in table.iter() {
        let table = key.get_ref().as_ref();
        if !RATER_TABLES.contains(&table) {
            reader.unknown_key(key, "", &RATER_TABLES);
            continue;
        }
        let Node::Table(ideas) = value.get_ref() else {
            let expected = "a table with a line for each idea";
            reader.wrong((key, value), "wrong-type", &expected, &[]);
            continue;
        };
        for (id, value) in ideas.iter() {
            if !exists(id.get_ref()) {
                let message = format!("there is no idea \"{}\"", id.get_ref());
                let span = reader.span(id);
                reader.diagnostics.push(Diagnostic::warning(span, "unknown-idea", message));
            }
            reader.about(&mut rater, table, (id, value));
        }
    }
    rater.reactions.retain(|_, reaction| !reaction.is_empty());
    let mut diagnostics = reader.diagnostics;
    diagnostics.extend(syntax_diagnostics(text, &(0..text.len()), &errors));
    (rater, diagnostics)
}

impl Reader<'_> {
    /// What a line of a table says about its idea.
    fn about(&mut self, rater: &mut Rater, table: &str, cell: Cell<'_, '_>) {
        let id = cell.0.get_ref().to_string();
        if table == "ratings" {
            if let Node::Table(answers) = cell.1.get_ref() {
                rater.ratings.insert(id, self.answers(answers));
            } else {
                let message = "ratings must be a table with an answer for each criterion";
                let span = self.span(cell.1);
                self.diagnostics.push(Diagnostic::error(span, "wrong-type", message.to_owned()));
            }
            return;
        }
        let reaction: &mut Reaction = rater.reactions.entry(id).or_default();
        match (table, cell.1.get_ref()) {
            ("excited", Node::Flag(excited)) => reaction.excited = *excited,
            ("excited", _) => self.wrong(cell, "wrong-type", &"true or false", &[]),
            ("hopeless", Node::Flag(hopeless)) => {
                reaction.hopeless = hopeless.then(String::new);
            }
            _ => match self.text_of(cell.1) {
                Some(why) if table == "hopeless" => reaction.hopeless = Some(why),
                Some(comment) => reaction.comment = comment,
                None => self.wrong(cell, "wrong-type", &"a text", &[]),
            },
        }
    }

    fn answers(&mut self, table: &Table<'_>) -> [Option<Rating>; CRITERIA] {
        let mut answers = [None; CRITERIA];
        for cell in table.iter() {
            let word = cell.0.get_ref().as_ref();
            if let Some(criterion) = Criterion::ALL.into_iter().find(|one| one.id() == word) {
                if let Some(Value::Rating(rating)) =
                    self.value(Field::Rating(criterion).kind(), cell)
                {
                    answers[criterion.index()] = Some(rating);
                }
            } else {
                self.unknown_key(cell.0, "ratings", &Criterion::ALL.map(Criterion::id));
            }
        }
        answers
    }
}
