//! Reader of a rater's file, `people/NAME.toml`.

use toml::de::{DeTable, DeValue};

use super::values::Cell;
use super::{Reader, syntax_diagnostics};
use crate::domain::{CRITERIA, Criterion, Field, Opinion, Rater, Rating, Value};
use crate::store::diagnostic::Diagnostic;

/// The tables of a rater's file.
const TABLES: [&str; 4] = ["ratings", "comments", "excited", "hopeless"];

/// Reads a file of ratings and words; what cannot be read is left out and
/// reported. `exists` tells whether an id or alias leads to an idea.
pub(crate) fn rater(
    name: &str,
    text: &str,
    exists: impl Fn(&str) -> bool,
) -> (Rater, Vec<Diagnostic>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader { text, offset: 0, diagnostics: Vec::new() };
    let mut rater = Rater::new(name);
    for (key, value) in table.get_ref() {
        let table = key.get_ref().as_ref();
        if !TABLES.contains(&table) {
            reader.unknown_key(key, "", &TABLES);
            continue;
        }
        let DeValue::Table(ideas) = value.get_ref() else {
            let expected = "a table with a line for each idea";
            reader.wrong((key, value), "wrong-type", &expected, &[]);
            continue;
        };
        for (id, value) in ideas {
            if !exists(id.get_ref()) {
                let message = format!("there is no idea \"{}\"", id.get_ref());
                let span = reader.span(id);
                reader.diagnostics.push(Diagnostic::warning(span, "unknown-idea", message));
            }
            reader.about(&mut rater, table, (id, value));
        }
    }
    rater.opinions.retain(|_, opinion| !opinion.is_empty());
    let mut diagnostics = reader.diagnostics;
    diagnostics.extend(syntax_diagnostics(text, &(0..text.len()), &errors));
    (rater, diagnostics)
}

impl Reader<'_> {
    /// What a line of a table says about its idea.
    fn about(&mut self, rater: &mut Rater, table: &str, cell: Cell<'_, '_>) {
        let id = cell.0.get_ref().to_string();
        if table == "ratings" {
            if let DeValue::Table(answers) = cell.1.get_ref() {
                rater.ratings.insert(id, self.answers(answers));
            } else {
                let message = "ratings must be a table with an answer for each criterion";
                let span = self.span(cell.1);
                self.diagnostics.push(Diagnostic::error(span, "wrong-type", message.to_owned()));
            }
            return;
        }
        let opinion: &mut Opinion = rater.opinions.entry(id).or_default();
        match (table, cell.1.get_ref()) {
            ("excited", DeValue::Boolean(excited)) => opinion.excited = *excited,
            ("excited", _) => self.wrong(cell, "wrong-type", &"true or false", &[]),
            ("hopeless", DeValue::Boolean(hopeless)) => {
                opinion.hopeless = hopeless.then(String::new);
            }
            _ => match self.text_of(cell.1) {
                Some(why) if table == "hopeless" => opinion.hopeless = Some(why),
                Some(comment) => opinion.comment = comment,
                None => self.wrong(cell, "wrong-type", &"a text", &[]),
            },
        }
    }

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
