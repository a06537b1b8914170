//! One file of settings, read whole: every fault is reported with its place.

use std::io::ErrorKind;
use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::setting::{KEYS, Setting, UI_TABLES};
use super::{FILTERS, LoadReport, NO_WEIGHT, Origin, PLAIN_NAME, filter_hint};
use crate::command::{self, KeyOverride, Keymap, OverrideError};
use crate::domain::{GOAL_LISTS, GoalField, Problem, SettingValue, Severity, setting_path};
use crate::find::FilterError;
use crate::regular_file::{self, check_inside};
use crate::text::did_you_mean;
use crate::toml_value::{setting_of, settings_of};

/// What is wrong with the text of a workspace's settings.
pub(super) fn problems_in(file: &Path, text: &str, known: &[Setting]) -> Vec<Problem> {
    let mut found = Found::default();
    let layer = FileLayer { file, is_workspace: true, text, known };
    layer.read_text(text, &mut LoadReport::default(), &mut found);
    found.problems.append(&mut found.ui_problems);
    found.problems.sort_by_key(|problem| (problem.line, problem.column));
    found.problems
}

/// Reads a file, if it exists, over what was read before; of its entries only
/// those in `known` may occur, and keys only where it is not that of a workspace.
pub(super) fn read(file: &Path, is_workspace: bool, known: &[Setting], report: &mut LoadReport) {
    let folder = file.parent().filter(|_| is_workspace);
    let inside = folder.map_or(Ok(()), |folder| check_inside(file, folder));
    let bytes = match inside.and_then(|()| regular_file::read(file)) {
        Ok((bytes, _)) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return,
        Err(error) => {
            let layer = FileLayer { file, is_workspace, text: "", known };
            let problem = layer.problem(0..0, "unreadable", error.to_string());
            return report.problems.push(problem);
        }
    };
    let text = String::from_utf8_lossy(&bytes);
    let layer = FileLayer { file, is_workspace, text: &text, known };
    let mut found = Found::default();
    match std::str::from_utf8(&bytes) {
        Ok(text) => layer.read_text(text, report, &mut found),
        Err(error) => {
            let at = error.valid_up_to();
            let message = "this is not UTF-8 text".to_owned();
            found.problems.push(layer.problem(at..at, "not-utf-8", message));
        }
    }
    found.problems.sort_by_key(|problem| (problem.line, problem.column));
    found.ui_problems.sort_by_key(|problem| (problem.line, problem.column));
    report.problems.append(&mut found.problems);
    report.settings.ui_problems.append(&mut found.ui_problems);
}

/// What is wrong with a file.
#[derive(Default)]
struct Found {
    /// What no command should pass over.
    problems: Vec<Problem>,
    /// What concerns only the looks of the workbench.
    ui_problems: Vec<Problem>,
}

impl Found {
    /// The faults of a table.
    fn of(&mut self, table: &str) -> &mut Vec<Problem> {
        if UI_TABLES.contains(&table) { &mut self.ui_problems } else { &mut self.problems }
    }
}

/// The tables that may stand in a file of these settings.
pub(super) fn tables(known: &[Setting], is_workspace: bool) -> Vec<&'static str> {
    let mut tables: Vec<&str> = known.iter().map(|setting| setting.table).collect();
    tables.dedup();
    tables.push(FILTERS);
    tables.extend(GOAL_LISTS.map(|(list, _)| list));
    if !is_workspace {
        tables.push(KEYS);
    }
    tables
}

struct FileLayer<'a> {
    file: &'a Path,
    is_workspace: bool,
    text: &'a str,
    known: &'a [Setting],
}

impl FileLayer<'_> {
    fn read_text(&self, text: &str, report: &mut LoadReport, found: &mut Found) {
        let (document, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            found.problems.extend(errors.into_iter().map(|error| {
                self.problem(error.span().unwrap_or_default(), "syntax", error.message().to_owned())
            }));
            return;
        }
        for (name, table) in document.get_ref() {
            let word = name.get_ref().as_ref();
            if !self.tables().contains(&word) {
                found.problems.push(self.unknown(name.span(), word, &self.tables()));
                continue;
            }
            if let Some((list, fields)) = GOAL_LISTS.iter().find(|(list, _)| *list == word) {
                self.check_list(list, fields, table, &mut found.ui_problems);
                continue;
            }
            match table.get_ref().as_table() {
                Some(entries) if word == FILTERS => {
                    self.read_filters(entries, report, &mut found.ui_problems);
                }
                Some(entries) if word == KEYS => {
                    self.read_keys(entries, report, &mut found.ui_problems);
                }
                Some(entries) => self.read_table(word, entries, report, found.of(word)),
                None => {
                    let message = format!("{word} must be a table: [{word}]");
                    found.of(word).push(self.problem(table.span(), "wrong-type", message));
                }
            }
        }
        if let Ok(values) = settings_of(text) {
            report.settings.set_goals(&values);
        }
        let weights = document.get_ref().iter().find(|(name, _)| name.get_ref() == "weights");
        let is_zero = report.settings.stated_weights == [0.0; _];
        if let Some((name, _)) = weights.filter(|_| is_zero) {
            let message = NO_WEIGHT.to_owned();
            found.problems.push(self.problem(name.span(), "no-weight", message));
        }
    }

    fn read_table(
        &self,
        table: &str,
        entries: &DeTable<'_>,
        report: &mut LoadReport,
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
            if let Err(expected) = setting.read(&read, &mut report.settings) {
                let message =
                    format!("{setting} must be {expected}; found {}", self.excerpt(value.span()));
                let mut problem = self.problem(value.span(), "wrong-value", message);
                if let SettingValue::Text(word) = &read {
                    problem.hint = did_you_mean(word, setting.accepted_words());
                }
                found.push(problem);
            } else {
                report.origins.insert(setting.to_string(), self.origin(key.span()));
            }
        }
    }

    /// Checks a list of tables: goals, quarters. They change no ranking, so
    /// that a fault stops nothing.
    fn check_list(
        &self,
        list: &str,
        fields: &'static [GoalField],
        value: &Spanned<DeValue<'_>>,
        found: &mut Vec<Problem>,
    ) {
        let entries = value.get_ref().as_array().map(|entries| &entries[..]).unwrap_or_default();
        if entries.is_empty() || entries.iter().any(|entry| !entry.get_ref().is_table()) {
            let message = format!("{list} must be a list of tables: [[{list}]]");
            return found.push(self.problem(value.span(), "wrong-type", message));
        }
        let keys: Vec<&str> = fields.iter().map(|field| field.key).collect();
        for entry in entries {
            let Some(table) = entry.get_ref().as_table() else { continue };
            for (key, value) in table {
                let Some(field) = fields.iter().find(|field| field.key == key.get_ref()) else {
                    found.push(self.unknown(
                        key.span(),
                        &format!("{list}.{}", key.get_ref()),
                        &keys,
                    ));
                    continue;
                };
                if !field.value.accepts(&setting_of(value, self.text)) {
                    let (expected, here) = (field.value.expected(), self.excerpt(value.span()));
                    let message = format!("{} must be {expected}; found {here}", field.key);
                    found.push(self.problem(value.span(), "wrong-value", message));
                }
            }
            for field in fields.iter().filter(|field| field.required) {
                if !table.iter().any(|(key, _)| key.get_ref() == field.key) {
                    let message = format!("a {list} needs {}: {}", field.key, field.meaning);
                    found.push(self.problem(entry.span(), "missing", message));
                }
            }
        }
    }

    /// Reads the searches that were saved under names.
    fn read_filters(
        &self,
        entries: &DeTable<'_>,
        report: &mut LoadReport,
        found: &mut Vec<Problem>,
    ) {
        for (key, value) in entries {
            let name = key.get_ref().as_ref();
            let setting = format!("{FILTERS}.{name}");
            if setting_path(&setting).is_none() {
                let message = format!("a filter cannot be called \"{name}\"");
                let hint = PLAIN_NAME.to_owned();
                found.push(Problem { hint, ..self.problem(key.span(), "wrong-name", message) });
                continue;
            }
            let SettingValue::Text(text) = setting_of(value, self.text) else {
                let excerpt = self.excerpt(value.span());
                let message = format!("{setting} must be text in quotes; found {excerpt}");
                found.push(self.problem(value.span(), "wrong-value", message));
                continue;
            };
            match report.settings.filters.save(name, &text) {
                Ok(()) => {
                    report.origins.insert(setting, self.origin(key.span()));
                }
                Err(fault) => {
                    found.push(self.describe_filter_error(&setting, value.span(), &fault));
                }
            }
        }
    }

    /// Points at the part of the text that is wrong, where it stands there as it is.
    fn describe_filter_error(
        &self,
        setting: &str,
        span: Range<usize>,
        fault: &FilterError,
    ) -> Problem {
        let at = self.excerpt(span.clone()).find(&fault.part).filter(|_| !fault.part.is_empty());
        let part = at.map(|at| span.start + at..span.start + at + fault.part.len());
        let message = format!("{setting}: {}", fault.message);
        let problem = self.problem(part.unwrap_or(span), "wrong-filter", message);
        Problem { hint: filter_hint(fault), ..problem }
    }

    /// Reads which keys are wanted for which command, and finds out which of them can be had.
    fn read_keys(&self, entries: &DeTable<'_>, report: &mut LoadReport, found: &mut Vec<Problem>) {
        let mut wanted: Vec<Wanted> = Vec::new();
        for (name, value) in entries {
            let known = command::all().iter().find(|entry| entry.id == name.get_ref());
            let Some(entry) = known else {
                found.push(self.unknown_command(name.span(), name.get_ref()));
                continue;
            };
            match chords(value) {
                Some((keys, spans)) => wanted.push(Wanted {
                    key_override: KeyOverride { command: entry.command, keys },
                    name: name.span(),
                    spans,
                }),
                None => {
                    let expected = "keys in quotes, \"g x\", or a list of such";
                    let found_here = self.excerpt(value.span());
                    let message =
                        format!("{KEYS}.{} must be {expected}; found {found_here}", entry.id);
                    found.push(self.problem(value.span(), "wrong-value", message));
                }
            }
        }
        // Where two want the same, the one that stands first has it.
        wanted.sort_by_key(|wanted| wanted.name.start);
        let overrides: Vec<KeyOverride> =
            wanted.iter().map(|wanted| wanted.key_override.clone()).collect();
        let (keymap, faults) = Keymap::with(&overrides);
        for (at, Wanted { key_override, name, .. }) in wanted.iter().enumerate() {
            if faults.iter().all(|fault| fault.key_override != at) {
                let setting = format!("{KEYS}.{}", key_override.command.spec().id);
                report.origins.insert(setting, self.origin(name.clone()));
            }
        }
        report.settings.keymap = keymap;
        found.extend(faults.into_iter().map(|fault| self.key_fault(fault, &wanted)));
    }

    fn key_fault(&self, fault: OverrideError, wanted: &[Wanted]) -> Problem {
        let OverrideError { key_override, key, message, hint } = fault;
        let Wanted { key_override, name, spans } = &wanted[key_override];
        let span = key.and_then(|key| spans.get(key)).unwrap_or(name).clone();
        let keeps = Keymap::default().keys(key_override.command).join("  ");
        let hint = match keeps.is_empty() {
            true => hint,
            false => format!("{hint} (built in for {}: {keeps})", key_override.command.spec().id),
        };
        Problem { hint, ..self.problem(span, "wrong-key", message) }
    }

    fn unknown_command(&self, span: Range<usize>, name: &str) -> Problem {
        let ids = command::all().iter().map(|entry| entry.id);
        let hint = match did_you_mean(name, ids) {
            hint if hint.is_empty() => "prospect keys lists the commands".to_owned(),
            hint => hint,
        };
        let message = format!("there is no command \"{name}\"");
        Problem { hint, ..self.problem(span, "unknown-command", message) }
    }

    fn origin(&self, span: Range<usize>) -> Origin {
        let line = self.problem(span, "", String::new()).line;
        Origin::File { file: self.file.to_owned(), line, is_workspace: self.is_workspace }
    }

    fn tables(&self) -> Vec<&'static str> {
        tables(self.known, self.is_workspace)
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

/// The keys that are wanted for a command, and where they stand.
struct Wanted {
    key_override: KeyOverride,
    name: Range<usize>,
    spans: Vec<Range<usize>>,
}

/// One chord, or a list of them, each with its place.
fn chords(value: &Spanned<DeValue<'_>>) -> Option<(Vec<String>, Vec<Range<usize>>)> {
    let one =
        |value: &Spanned<DeValue<'_>>| Some((value.get_ref().as_str()?.to_owned(), value.span()));
    match value.get_ref() {
        DeValue::Array(list) => {
            list.iter().map(one).collect::<Option<Vec<_>>>().map(|list| list.into_iter().unzip())
        }
        _ => one(value).map(|(keys, span)| (vec![keys], vec![span])),
    }
}
