//! Examples of what columns become, for a person who checks a mapping.

use serde_json::Value as Json;

use super::mapping::{Column, Mapping, Target, values};
use super::{Rows, cell, entry_cell};
use crate::domain::{DateOrder, Field, Value, ValueKind};

/// At most so many words of a status are listed.
const WORDS: usize = 8;

impl Mapping {
    /// What a column becomes, by its first cell: a text, the tags of a row and
    /// how many differ, how a date is read, what each word of a status means.
    /// Empty where every cell is.
    #[must_use]
    pub fn example(&self, column: &Column, rows: &Rows) -> String {
        let mut cells = values(&rows.rows, &column.name);
        let Some(first) = cells.next() else { return String::new() };
        match column.target {
            Target::Field(Field::Status) => statuses(column, rows),
            Target::Field(field) => match field.kind() {
                ValueKind::Date => date(column, rows, first),
                ValueKind::List => list(field, column, rows),
                ValueKind::Text => one_line(first),
                _ => read_as(first, cell::value(field, first, column.order).ok().flatten()),
            },
            Target::LogDate => date(column, rows, first),
            Target::LogHours => match cell::hours(first) {
                Some(hours) => format!("{} = {hours} h", one_line(first)),
                None => one_line(first),
            },
            Target::Entries(kind) => {
                let entries =
                    cells.chain([first]).map(|cell| entry_cell::entries(kind, cell).0.len());
                format!("{} of them", entries.sum::<usize>())
            }
            Target::LogTraction | Target::LogNote | Target::Ignored | Target::Unused => {
                one_line(first)
            }
        }
    }
}

/// `03/04/2025 = 3 April 2025 (12 rows are day first)`
fn date(column: &Column, rows: &Rows, first: &Json) -> String {
    let text = one_line(first);
    let Some(day) = cell::date(first, column.order) else { return text };
    if text.starts_with(&day.to_string()) {
        return day.to_string();
    }
    let is_in_doubt = |cell: &&Json| {
        cell::date(cell, DateOrder::Unknown).is_none() && cell::date(cell, column.order).is_some()
    };
    let count = values(&rows.rows, &column.name).filter(is_in_doubt).count();
    let order = match (column.order, count) {
        (_, 0) | (DateOrder::Unknown, _) => String::new(),
        (DateOrder::DayFirst, 1) => " (read as day first)".to_owned(),
        (DateOrder::DayFirst, count) => format!(" ({count} rows are day first)"),
        (DateOrder::MonthFirst, 1) => " (read as month first)".to_owned(),
        (DateOrder::MonthFirst, count) => format!(" ({count} rows are month first)"),
    };
    format!("{text} = {}{order}", day.strftime("%-d %B %Y"))
}

/// `reasoning, data · 61 different`
fn list(field: Field, column: &Column, rows: &Rows) -> String {
    let of = |cell: &Json| match cell::value(field, cell, column.order) {
        Ok(Some(Value::List(list))) => list,
        _ => Vec::new(),
    };
    let lists: Vec<Vec<String>> = values(&rows.rows, &column.name).map(of).collect();
    let first = lists.iter().find(|list| !list.is_empty()).map(|list| list.join(", "));
    let all: std::collections::BTreeSet<&String> = lists.iter().flatten().collect();
    match (first, all.len()) {
        (Some(first), 2..) if field != Field::Links => format!("{first} · {} different", all.len()),
        (first, _) => first.unwrap_or_default(),
    }
}

/// `"In progress" → active (4), "Later" → parked (9)`
fn statuses(column: &Column, rows: &Rows) -> String {
    let mut words: Vec<(String, usize, String)> = Vec::new();
    for cell in values(&rows.rows, &column.name) {
        let text = one_line(cell);
        if let Some(word) = words.iter_mut().find(|word| word.0 == text) {
            word.1 += 1;
            continue;
        }
        let status = match cell::value(Field::Status, cell, column.order) {
            Ok(Some(status)) => status.to_string(),
            _ => "not known".to_owned(),
        };
        words.push((text, 1, status));
    }
    let one = |(text, count, status): &(String, usize, String)| {
        format!("\"{text}\" → {status} ({count})")
    };
    words.iter().take(WORDS).map(one).collect::<Vec<_>>().join(", ")
}

/// `High = 7`; the cell alone where it says the same.
fn read_as(cell: &Json, value: Option<Value>) -> String {
    let text = one_line(cell);
    match value.map(|value| value.to_string()) {
        Some(value) if value != text => format!("{text} = {value}"),
        _ => text,
    }
}

fn one_line(cell: &Json) -> String {
    cell::text(cell).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::read;

    #[test]
    fn every_kind_of_column_has_its_example() {
        let text = "Idea,Notes,Keywords,Stage,URL,Created,Hours,Owner\n\
            A,\"One\n\nparagraph\",\"reasoning, data\",In progress,https://example.org/a,03/04/2025,1:30,M. Costa\n\
            B,,data,Later,,13/04/2025,,\n\
            C,,agents,soonish,,05/04/2025,,\n";
        let rows = read("ideas.csv", text, None).unwrap();
        let mapping = Mapping::guess(&rows, &[]).unwrap();
        let examples: Vec<String> =
            mapping.columns.iter().map(|column| mapping.example(column, &rows)).collect();
        assert_eq!(
            examples,
            [
                "A",
                "One paragraph",
                "reasoning, data · 3 different",
                "\"In progress\" → active (1), \"Later\" → parked (1), \"soonish\" → not known (1)",
                "https://example.org/a",
                "03/04/2025 = 3 April 2025 (2 rows are day first)",
                "1:30 = 1.5 h",
                "M. Costa",
            ]
        );
    }
}
