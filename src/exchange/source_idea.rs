//! The ideas that the rows of a source describe.

use std::collections::HashMap;

use serde_json::Value as Json;

use super::column_names::bare;
use super::mapping::{Column, Mapping, Target};
use super::title::{PlainLine, plain_line, title_and_rest};
use super::{Location, Row, Rows, Skipped, cell, entry_cell, key};
use crate::domain::{Date, Entry, EntryKind, Field, Idea, LogEntry, Status, Value, slug, unique};

/// The member of a JSON object that marks it as an export of this program.
pub const EXPORT_MARKER: &str = "prospect";

/// An idea as a source has it.
#[derive(Clone, Debug)]
pub struct SourceIdea {
    pub location: Location,
    /// The name by which its source refers to it, unique there: its id or, without
    /// one, made of its title.
    pub name: String,
    /// Keys that mean the same in every source, the best first: `uuid:…`, `doi:…`,
    /// `url:…`.
    pub strong_keys: Vec<String>,
    /// Whether its name is a key in its source: an id that is not just the number of a row.
    pub has_weak_key: bool,
    /// What the source says. It has an id only where it is a whole idea or the
    /// source's id may serve as one.
    pub idea: Idea,
    /// The fields that the source speaks of, empty ones included; never the id.
    pub given: Vec<Field>,
}

/// The ideas that rows describe.
#[derive(Clone, Debug)]
pub struct IdeasRead {
    pub ideas: Vec<SourceIdea>,
    /// Cells and rows that were left out.
    pub faults: Vec<Skipped>,
    /// How many rows became no idea.
    pub rows_left_out: usize,
}

/// The ideas of a workspace, whole, by their ids. `file` is its name.
#[must_use]
pub fn ideas_of_workspace<'i>(
    ideas: impl IntoIterator<Item = &'i Idea>,
    file: &str,
) -> Vec<SourceIdea> {
    let item = |idea: &Idea| SourceIdea {
        location: Location { file: file.to_owned(), line: 0 },
        name: idea.id.clone(),
        strong_keys: Vec::new(),
        has_weak_key: true,
        idea: idea.clone(),
        given: everything(),
    };
    ideas.into_iter().map(item).collect()
}

fn everything() -> Vec<Field> {
    Field::all().into_iter().filter(|field| *field != Field::Id).collect()
}

impl Mapping {
    /// The ideas that the rows describe, and what was left out: a row without anything
    /// to make a title of is left out, a cell that makes no sense is left empty. With
    /// `keep_rest`, columns that become nothing are put below the summary.
    #[must_use]
    pub fn read_ideas(&self, rows: &Rows, keep_rest: bool) -> IdeasRead {
        let mut items: Vec<SourceIdea> = Vec::new();
        let (mut skipped, mut rows_left_out) = (Vec::new(), 0);
        let mut positions: HashMap<String, usize> = HashMap::new();
        let mut strong_keys: Vec<Vec<String>> = Vec::new();
        let mut ids: Vec<String> = Vec::new();
        let is_uuid = self
            .of(Target::Field(Field::Id))
            .any(|column| matches!(bare(&column.name).as_str(), "uuid" | "guid"));
        for row in &rows.rows {
            let mut reader = RowReader::new(row);
            reader.fields(self, rows.keeps_ids);
            if keep_rest {
                reader.rest(self);
            }
            let has_title = rows.keeps_ids || reader.title();
            let is_log = self.is_log();
            let entry = is_log.then(|| reader.log_entry(self)).flatten();
            let RowReader { mut idea, faults, .. } = reader;
            let location = || row.location.clone();
            skipped.extend(
                faults.into_iter().map(|message| Skipped { location: location(), message }),
            );
            if !has_title || idea.title.is_empty() {
                let message = "no title, and no text to make one of".to_owned();
                skipped.push(Skipped { location: location(), message });
                rows_left_out += 1;
                continue;
            }
            let name = if idea.id.is_empty() { slug(&idea.title) } else { idea.id.clone() };
            if let Some(at) = positions.get(&name).filter(|_| is_log) {
                items[*at].idea.log.extend(entry);
                continue;
            }
            idea.log.extend(entry);
            let has_weak_key = rows.keeps_ids || !idea.id.is_empty();
            ids.extend(has_weak_key.then(|| idea.id.clone()));
            if !rows.keeps_ids && (is_uuid || !key::serves_as_id(&idea.id)) {
                idea.id.clear();
            }
            let name = unique(name, |name| positions.contains_key(name));
            positions.insert(name.clone(), items.len());
            let given = if rows.keeps_ids { everything() } else { self.given() };
            strong_keys.push(self.strong_keys(row));
            let (location, strong_keys) = (location(), Vec::new());
            items.push(SourceIdea { location, name, strong_keys, has_weak_key, idea, given });
        }
        key::keep_unique(&mut strong_keys);
        let are_keys = rows.keeps_ids || key::are_keys(ids.iter().map(String::as_str));
        for (item, keys) in items.iter_mut().zip(strong_keys) {
            item.strong_keys = keys;
            item.has_weak_key &= are_keys;
        }
        IdeasRead { ideas: items, faults: skipped, rows_left_out }
    }

    /// The keys of a row that mean the same in every source, the best first.
    fn strong_keys(&self, row: &Row) -> Vec<String> {
        let mut keys: Vec<String> = self
            .columns
            .iter()
            .filter(|column| column.target != Target::Ignored)
            .filter_map(|column| {
                let cell = cell_of(row, &column.name)?.as_str()?;
                key::strong_key(&bare(&column.name), cell)
            })
            .collect();
        keys.sort_by_key(|key| ["uuid", "doi:", "url:"].map(|scheme| !key.starts_with(scheme)));
        keys.dedup();
        keys
    }

    /// The fields that some column becomes; a title is made if need be.
    fn given(&self) -> Vec<Field> {
        let is_given = |field: &Field| match field {
            Field::Id => false,
            Field::Title | Field::Summary => {
                self.has(Target::Field(Field::Title)) || self.has(Target::Field(Field::Summary))
            }
            field => self.has(Target::Field(*field)),
        };
        Field::all().into_iter().filter(is_given).collect()
    }
}

/// A row that becomes an idea.
struct RowReader<'r> {
    row: &'r Row,
    idea: Idea,
    has_status: bool,
    faults: Vec<String>,
}

fn cell_of<'r>(row: &'r Row, column: &str) -> Option<&'r Json> {
    row.cells.iter().find(|(name, _)| name == column).map(|(_, value)| value)
}

impl<'r> RowReader<'r> {
    fn new(row: &'r Row) -> Self {
        Self { row, idea: Idea::new("", ""), has_status: false, faults: Vec::new() }
    }

    fn cell(&self, column: &Column) -> Option<&'r Json> {
        cell_of(self.row, &column.name)
    }

    /// The cells that become fields and lists.
    fn fields(&mut self, mapping: &Mapping, keeps_ids: bool) {
        for column in &mapping.columns {
            let is_name = matches!(column.target, Target::Field(Field::Title | Field::Id));
            let cell = match self.cell(column) {
                None => continue,
                Some(cell) if !keeps_ids && !is_name && cell::is_nothing(cell) => continue,
                Some(Json::String(text)) if !keeps_ids => {
                    Json::from(text.trim().replace("\r\n", "\n"))
                }
                Some(cell) => cell.clone(),
            };
            match column.target {
                Target::Field(field) => {
                    let value = match keeps_ids {
                        true => cell::exact_value(field, &cell),
                        false => cell::value(field, &cell, column.order),
                    };
                    match value {
                        Ok(value) => self.set(field, value, &column.name),
                        Err(fault) => self.faults.push(format!("{}: {fault}", column.name)),
                    }
                }
                Target::Entries(kind) => {
                    let (entries, faults) = entry_cell::entries(kind, &cell);
                    self.faults.extend(faults);
                    for entry in entries {
                        match entry {
                            Entry::Log(entry) => self.idea.log.push(entry),
                            Entry::Promise(promise) => self.idea.promises.push(promise),
                            Entry::Forecast(forecast) => self.idea.forecasts.push(forecast),
                            Entry::Decision(decision) => self.idea.decisions.push(decision),
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// Sets a field; what several columns say is put together.
    fn set(&mut self, field: Field, value: Option<Value>, column: &str) {
        let Some(value) = value else { return };
        if let Value::Status(status) = value {
            // Of several columns, the one that says it was given up wins: an issue
            // is closed because it is not planned.
            if self.has_status && status != Status::Abandoned {
                return;
            }
            self.has_status = true;
        }
        let value = match value {
            Value::Text(text) if field == Field::Title && text.contains("](") => {
                // A title is no Markdown: the address behind its words is a link.
                let PlainLine { text, links, .. } = plain_line(&text);
                let new = links.into_iter().filter(|link| !self.idea.links.contains(link));
                let new: Vec<String> = new.collect();
                self.idea.links.extend(new);
                Value::Text(text)
            }
            value => value,
        };
        let value = match (self.idea.get(field), value) {
            (Some(Value::List(mut list)), Value::List(more)) => {
                list.extend(more.into_iter().filter(|one| !list.contains(one)).collect::<Vec<_>>());
                Value::List(list)
            }
            (Some(Value::Text(text)), Value::Text(more)) if field == Field::Summary => {
                Value::Text(format!("{text}\n\n**{column}**: {more}"))
            }
            (_, value) => value,
        };
        if let Err(error) = self.idea.set(field, Some(value)) {
            self.faults.push(format!("{column}: {error}"));
        }
    }

    /// Puts what no column becomes below the summary.
    fn rest(&mut self, mapping: &Mapping) {
        let unused = mapping.columns.iter().filter(|column| column.target == Target::Unused);
        let lines: Vec<String> = unused
            .filter_map(|column| {
                Some(format!("- {}: {}", column.name, cell::text(self.cell(column)?)))
            })
            .collect();
        if !lines.is_empty() {
            let summary = [self.idea.summary.trim_end().to_owned(), lines.join("\n")];
            self.idea.summary = summary.join("\n\n").trim().to_owned();
        }
    }

    /// Makes the title one line, or makes one of the text where there is none.
    /// `false` without anything to make one of.
    fn title(&mut self) -> bool {
        let idea = &mut self.idea;
        idea.summary = idea.summary.trim_end().to_owned();
        if idea.title.trim().is_empty() {
            let Some((title, rest)) = title_and_rest(&idea.summary) else { return false };
            (idea.title, idea.summary) = (title, rest);
        }
        idea.title = idea.title.split_whitespace().collect::<Vec<_>>().join(" ");
        idea.id = idea.id.trim().to_owned();
        !idea.title.is_empty()
    }

    /// The log entry that the row is; `None` if it says nothing.
    fn log_entry(&mut self, mapping: &Mapping) -> Option<LogEntry> {
        let hours = self.amount(mapping, Target::LogHours, cell::hours, entry_cell::HOURS);
        let traction = self.amount(mapping, Target::LogTraction, cell::number, entry_cell::LEVEL);
        let note = self.log_cell(mapping, Target::LogNote).map(|(_, cell)| cell::text(cell));
        let note = note.unwrap_or_default().trim().to_owned();
        if hours.is_none() && traction.is_none() && note.is_empty() {
            return None;
        }
        let day = self.log_cell(mapping, Target::LogDate);
        let date: Option<Date> = match day {
            None => self.idea.created,
            Some((column, cell)) => cell::date(cell, column.order).or_else(|| {
                let fault = cell::date_fault(cell, column.order);
                self.faults.push(format!("{}: {fault}", column.name));
                None
            }),
        };
        let Some(date) = date else {
            if day.is_none() {
                self.faults.push("a log entry needs a date".to_owned());
            }
            return None;
        };
        let entry = LogEntry { date, hours, traction, note, recalled: false, output: None };
        match Entry::Log(entry.clone()).check() {
            Ok(()) => Some(entry),
            Err(error) => {
                self.faults.push(error.to_string());
                None
            }
        }
    }

    /// The cell that becomes a part of a log entry, with its column.
    fn log_cell<'m>(&self, mapping: &'m Mapping, target: Target) -> Option<(&'m Column, &'r Json)> {
        let column = mapping.of(target).next()?;
        let cell = self.cell(column).filter(|cell| !cell::is_nothing(cell))?;
        Some((column, cell))
    }

    /// A number of a log entry; one that cannot be read is a fault.
    fn amount(
        &mut self,
        mapping: &Mapping,
        target: Target,
        read: fn(&Json) -> Option<f64>,
        what: &str,
    ) -> Option<f64> {
        let (column, cell) = self.log_cell(mapping, target)?;
        let amount = read(cell);
        if amount.is_none() {
            self.faults.push(format!("{}: {}", column.name, cell::expected(what, cell)));
        }
        amount
    }
}

/// The entries of an idea, each with its list.
pub(super) fn entries(idea: &Idea) -> impl Iterator<Item = Entry> + '_ {
    EntryKind::ALL
        .into_iter()
        .flat_map(move |kind| (0..idea.entries(kind)).filter_map(move |at| idea.entry(kind, at)))
}
