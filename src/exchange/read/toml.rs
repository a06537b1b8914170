//! TOML that is no workspace: a list of tables under any name.

use serde_json::{Map, Value as Json};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::json;
use crate::exchange::{Format, Input, Rows, Skipped};

pub(super) const FORMAT: Format = Format { extensions: &["toml"], looks_like, read };

/// Whether a text begins with the head of a table, comments aside.
fn looks_like(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.find(|line| !line.starts_with('#'));
    first.and_then(|line| line.strip_prefix("[[")?.split_once("]]")).is_some_and(|(name, _)| {
        let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        !name.is_empty() && name.chars().all(is_key)
    })
}

/// Reads the longest list of tables.
fn read(input: &Input<'_>) -> Result<Rows, Skipped> {
    let location = |offset| input.location_at(offset);
    let document = DeTable::parse(input.text).map_err(|error| Skipped {
        location: location(error.span().unwrap_or_default().start),
        message: error.message().to_owned(),
    })?;
    let mut rows = Rows::new("TOML");
    let lists = document.get_ref().iter().filter_map(|(key, value)| {
        let list = value.get_ref().as_array()?;
        list.iter().any(|one| one.get_ref().is_table()).then_some((key, list))
    });
    let mut lists: Vec<_> = lists.collect();
    lists.sort_by_key(|(_, list)| std::cmp::Reverse(list.len()));
    let Some(((_, longest), others)) = lists.split_first() else {
        let message = "there is no list of tables, such as [[idea]]".to_owned();
        return Err(Skipped { location: location(0), message });
    };
    for element in *longest {
        let at = location(element.span().start);
        json::push(value(element), at, None, &mut rows);
    }
    for (key, list) in others {
        let message = format!("\"{}\": another list, of {}", key.get_ref(), list.len());
        rows.skip(location(key.span().start), message);
    }
    Ok(rows)
}

fn value(value: &Spanned<DeValue<'_>>) -> Json {
    match value.get_ref() {
        DeValue::String(text) => Json::String(text.to_string()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| Json::String(number.to_string()), Json::from),
        DeValue::Float(number) => number.as_str().parse::<f64>().map_or(Json::Null, Json::from),
        DeValue::Boolean(flag) => Json::Bool(*flag),
        DeValue::Datetime(moment) => Json::String(moment.to_string()),
        DeValue::Array(list) => list.iter().map(self::value).collect(),
        DeValue::Table(table) => {
            let pairs =
                table.iter().map(|(key, inner)| (key.get_ref().to_string(), self::value(inner)));
            Json::Object(pairs.collect::<Map<_, _>>())
        }
    }
}
