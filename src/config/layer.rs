//! One file of settings, read whole: every fault is reported with its place.

use std::io::ErrorKind;
use std::ops::Range;
use std::path::Path;

use toml::de::DeTable;

use super::setting::{LEFT_TO_THE_WORKBENCH, Setting};
use super::{NO_WEIGHT, Settings};
use crate::domain::{Problem, SettingValue, Severity};
use crate::nearest::did_you_mean;
use crate::toml_value::setting_of;

/// Reads a text over the settings, as [`read`] does a file.
pub(super) fn read_text(
    file: &Path,
    text: &str,
    known: &[Setting],
    settings: &mut Settings,
) -> Vec<Problem> {
    let mut found = Vec::new();
    Layer { file, text, known }.read_text(text, settings, &mut found);
    found.sort_by_key(|problem| (problem.line, problem.column));
    found
}

/// Reads a file, if it exists, over the settings; of its entries only those in
/// `known` may occur.
pub(super) fn read(
    file: &Path,
    known: &[Setting],
    settings: &mut Settings,
    problems: &mut Vec<Problem>,
) {
    let bytes = match std::fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return,
        Err(error) => {
            let layer = Layer { file, text: "", known };
            return problems.push(layer.problem(0..0, "unreadable", error.to_string()));
        }
    };
    let text = String::from_utf8_lossy(&bytes);
    let layer = Layer { file, text: &text, known };
    let mut found = Vec::new();
    match std::str::from_utf8(&bytes) {
        Ok(text) => layer.read_text(text, settings, &mut found),
        Err(error) => {
            let at = error.valid_up_to();
            let message = "this is not UTF-8 text".to_owned();
            found.push(layer.problem(at..at, "not-utf-8", message));
        }
    }
    found.sort_by_key(|problem| (problem.line, problem.column));
    problems.append(&mut found);
}

struct Layer<'a> {
    file: &'a Path,
    text: &'a str,
    known: &'a [Setting],
}

impl Layer<'_> {
    fn read_text(&self, text: &str, settings: &mut Settings, found: &mut Vec<Problem>) {
        let (document, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            found.extend(errors.into_iter().map(|error| {
                self.problem(error.span().unwrap_or_default(), "syntax", error.message().to_owned())
            }));
            return;
        }
        for (name, table) in document.get_ref() {
            if LEFT_TO_THE_WORKBENCH.contains(&name.get_ref().as_ref()) {
                continue;
            }
            if !self.known.iter().any(|setting| setting.table == name.get_ref()) {
                found.push(self.unknown(name.span(), name.get_ref(), &self.tables()));
                continue;
            }
            match table.get_ref().as_table() {
                Some(entries) => self.read_table(name.get_ref(), entries, settings, found),
                None => {
                    let message = format!("{} must be a table: [{0}]", name.get_ref());
                    found.push(self.problem(table.span(), "wrong-type", message));
                }
            }
        }
        let weights = document.get_ref().iter().find(|(name, _)| name.get_ref() == "weights");
        if let Some((name, _)) = weights.filter(|_| settings.stated_weights == [0.0; _]) {
            let message = NO_WEIGHT.to_owned();
            found.push(self.problem(name.span(), "no-weight", message));
        }
    }

    fn read_table(
        &self,
        table: &str,
        entries: &DeTable<'_>,
        settings: &mut Settings,
        found: &mut Vec<Problem>,
    ) {
        for (key, value) in entries {
            let here = self.known.iter().filter(|setting| setting.table == table);
            let setting = here.clone().find(|setting| setting.key == key.get_ref());
            let Some(setting) = setting else {
                let keys: Vec<&str> = here.map(|setting| setting.key).collect();
                found.push(self.unknown(key.span(), &format!("{table}.{}", key.get_ref()), &keys));
                continue;
            };
            let read = setting_of(value, self.text);
            if let Err(expected) = setting.read(&read, settings) {
                let message =
                    format!("{setting} must be {expected}; found {}", self.excerpt(value.span()));
                let mut problem = self.problem(value.span(), "wrong-value", message);
                if let SettingValue::Text(word) = &read {
                    problem.hint = did_you_mean(word, expected.split('"').skip(1).step_by(2));
                }
                found.push(problem);
            }
        }
    }

    fn tables(&self) -> Vec<&'static str> {
        let mut tables: Vec<&str> = self.known.iter().map(|setting| setting.table).collect();
        tables.dedup();
        tables
    }

    fn unknown(&self, span: Range<usize>, name: &str, known: &[&'static str]) -> Problem {
        let word = name.rsplit('.').next().unwrap_or(name);
        let hint = match did_you_mean(word, known.iter().copied()) {
            hint if hint.is_empty() => format!("there are {}", known.join(", ")),
            hint => hint,
        };
        let message = format!("there is no setting \"{name}\" here");
        Problem { hint, ..self.problem(span, "unknown-setting", message) }
    }

    fn excerpt(&self, span: Range<usize>) -> &str {
        self.text.get(span).unwrap_or_default()
    }

    fn problem(&self, span: Range<usize>, code: &'static str, message: String) -> Problem {
        Problem::at(self.file, self.text, span, Severity::Error, code, message)
    }
}
