//! Reader of a rater's file, `people/NAME.toml`.

use std::collections::HashMap;

use toml::de::{DeTable, DeValue};

use super::{Reader, syntax_diagnostics};
use crate::domain::{CRITERIA, Criterion, Field, Rater, Rating, Value};
use crate::store::diagnostic::Diagnostic;

/// Reads a file of ratings; what cannot be read is left out and reported.
/// `exists` tells whether an id or alias leads to an idea.
pub(crate) fn rater(
    name: &str,
    text: &str,
    exists: impl Fn(&str) -> bool,
) -> (Rater, Vec<Diagnostic>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader { text, offset: 0, diagnostics: Vec::new() };
    let mut ratings = HashMap::new();
    for (key, value) in table.get_ref() {
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("ratings", DeValue::Table(ideas)) => {
                for (id, value) in ideas {
                    if !exists(id.get_ref()) {
                        let message = format!("there is no idea \"{}\"", id.get_ref());
                        let span = reader.span(id);
                        reader.diagnostics.push(Diagnostic::warning(span, "unknown-idea", message));
                    }
                    if let DeValue::Table(table) = value.get_ref() {
                        ratings.insert(id.get_ref().to_string(), reader.answers(table));
                    } else {
                        let message = "ratings must be a table with an answer for each criterion";
                        let span = reader.span(value);
                        reader.diagnostics.push(Diagnostic::error(
                            span,
                            "wrong-type",
                            message.to_owned(),
                        ));
                    }
                }
            }
            _ => reader.unknown_key(key, "", &["ratings"]),
        }
    }
    let mut diagnostics = reader.diagnostics;
    diagnostics.extend(syntax_diagnostics(text, &(0..text.len()), &errors));
    (Rater { name: name.to_owned(), ratings }, diagnostics)
}

impl Reader<'_> {
    fn answers(&mut self, table: &DeTable<'_>) -> [Option<Rating>; CRITERIA] {
        let mut answers = [None; CRITERIA];
        for cell in table {
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
