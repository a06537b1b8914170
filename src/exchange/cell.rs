//! Cells as values of fields.

use serde_json::{Map, Value as Json};

use super::languages;
use super::status_words::status_of;
use super::title::plain_line;
use crate::domain::{
    BetKind, Date, DateOrder, Field, Outcome, Rating, Value, ValueKind, date_from_text,
    hours_from_text, is_address, is_ambiguous_date, links_from_text, whole_reference,
};

/// Words that programs write for nothing, in lower case.
const NOTHING: [&str; 14] = [
    "",
    "na",
    "n/a",
    "#n/a",
    "<na>",
    "nan",
    "null",
    "none",
    "nil",
    "undefined",
    "#value!",
    "#ref!",
    "-",
    "—",
];

/// Keys of an object with its name, the best first.
const NAMES: [&str; 8] =
    ["name", "title", "label", "login", "displayName", "username", "value", "text"];

/// Keys of an object with its address, the best first.
const ADDRESSES: [&str; 6] = ["html_url", "url", "href", "link", "address", "uri"];

/// Whether a cell holds nothing: no text, or a word that stands for it.
pub(super) fn is_nothing(cell: &Json) -> bool {
    match cell {
        Json::Null => true,
        Json::String(text) => NOTHING.contains(&text.trim().to_lowercase().as_str()),
        Json::Array(list) => list.iter().all(is_nothing),
        _ => false,
    }
}

/// A cell as one text: numbers and flags as they are written, objects by their
/// names, a list with commas.
pub(super) fn text(cell: &Json) -> String {
    match cell {
        Json::String(text) => text.clone(),
        Json::Array(list) => list.iter().map(text).collect::<Vec<_>>().join(", "),
        Json::Object(object) => name_of(object).unwrap_or_else(|| cell.to_string()),
        Json::Null => String::new(),
        cell => cell.to_string(),
    }
}

/// The name of an object, such as a label or a person.
pub(super) fn name_of(object: &Map<String, Json>) -> Option<String> {
    member(object, &NAMES)
}

fn member(object: &Map<String, Json>, keys: &[&str]) -> Option<String> {
    let texts = keys.iter().filter_map(|key| object.get(*key)?.as_str());
    texts.map(str::trim).find(|text| !text.is_empty()).map(str::to_owned)
}

/// A number, also one that is written as a text.
pub(super) fn number(cell: &Json) -> Option<f64> {
    let text = || cell.as_str()?.trim().replace(',', ".").parse().ok();
    let number = cell.as_f64().or_else(text);
    number.filter(|number: &f64| number.is_finite()).map(|number| number + 0.0)
}

/// Hours, as a number of them or as a duration.
pub(super) fn hours(cell: &Json) -> Option<f64> {
    let text = || {
        let text = cell.as_str()?;
        hours_from_text(text).or_else(|| hours_from_text(&languages::in_english(text)))
    };
    let hours = cell.as_f64().or_else(text);
    hours.filter(|hours| hours.is_finite() && *hours >= 0.0).map(|hours| hours + 0.0)
}

pub(super) fn date(cell: &Json, order: DateOrder) -> Option<Date> {
    match cell {
        Json::String(text) => date_from_text(text, order),
        Json::Number(number) => date_from_text(&number.to_string(), order),
        _ => None,
    }
}

/// Whether a cell is a date of which nothing tells which number is the day.
pub(super) fn is_ambiguous(cell: &Json, order: DateOrder) -> bool {
    order == DateOrder::Unknown && cell.as_str().is_some_and(is_ambiguous_date)
}

/// The reason why a cell is no date.
pub(super) fn date_fault(cell: &Json, order: DateOrder) -> String {
    if is_ambiguous(cell, order) {
        let read = |order| date(cell, order).map_or_else(String::new, |date| date.to_string());
        let (day, month) = (read(DateOrder::DayFirst), read(DateOrder::MonthFirst));
        return format!("{}: day or month first? Write {day} or {month}", text(cell).trim());
    }
    expected("a date such as 2024-03-01", cell)
}

/// `a number was expected, found "x"`
pub(super) fn expected(what: &str, cell: &Json) -> String {
    format!("must be {what}; found \"{}\"", beginning(cell))
}

fn beginning(cell: &Json) -> String {
    text(cell).lines().next().unwrap_or_default().chars().take(40).collect()
}

/// The elements of a list: of one, or of a text.
fn list(field: Field, cell: &Json) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    let mut add = |part: &str| {
        let part = part.trim();
        let part = match field {
            Field::Tags => part.trim_start_matches('#').trim_start(),
            _ => part,
        };
        let doi = field == Field::Links && is_doi(part);
        let doi = doi.then(|| format!("https://doi.org/{part}"));
        let part = doi.as_deref().unwrap_or(part);
        let is_left_out = part.is_empty() || field == Field::Links && is_for_machines(part);
        if !is_left_out && !list.iter().any(|known| known == part) {
            list.push(part.to_owned());
        }
    };
    match cell {
        Json::Array(elements) => {
            for element in elements.iter().filter(|element| !is_nothing(element)) {
                match element {
                    Json::Object(object) if field == Field::Links => {
                        add(&member(object, &ADDRESSES).unwrap_or_else(|| text(element)));
                    }
                    Json::String(text) if field == Field::Links => {
                        add(&whole_reference(text).unwrap_or_else(|| text.clone()));
                    }
                    Json::Object(object) if name_of(object).is_none() => {}
                    element => add(&text(element)),
                }
            }
        }
        Json::Object(object) if field == Field::Links => {
            add(&member(object, &ADDRESSES).unwrap_or_else(|| text(cell)));
        }
        cell => {
            let text = text(cell);
            if let Some(elements) = json_list(&text) {
                return self::list(field, &elements);
            }
            match field {
                // The words of a Markdown link are those of a title.
                Field::Links if text.contains("](") => {
                    plain_line(&text).links.iter().for_each(|link| add(link));
                }
                Field::Links => links_from_text(&text).iter().for_each(|link| add(link)),
                _ => parts(field, &text).for_each(&mut add),
            }
        }
    }
    list
}

/// The parts of a text, at line ends, semicolons or commas, whichever is there
/// first; tags that all have a `#` also at white space.
fn parts(field: Field, text: &str) -> impl Iterator<Item = &str> {
    let signs = ['\n', ';', '；', ',', '，', '、', '|'];
    let separator = signs.into_iter().find(|sign| text.contains(*sign));
    let are_marked =
        field == Field::Tags && text.split_whitespace().all(|one| one.starts_with('#'));
    let is_between = move |c: char| {
        Some(c) == separator || are_marked && (c.is_whitespace() || matches!(c, ',' | ';'))
    };
    text.split(is_between)
}

/// A list that is written as JSON in a cell, or as Python writes it: `['a', 'b']`.
fn json_list(text: &str) -> Option<Json> {
    let text = text.trim();
    let list = |text: &str| serde_json::from_str(text).ok().filter(Json::is_array);
    let python = || list(&text.replace('\'', "\"")).filter(|_| text.starts_with("['"));
    text.starts_with('[').then(|| list(text).or_else(python)).flatten()
}

/// Whether a text in a column of links is a DOI without its address.
fn is_doi(text: &str) -> bool {
    let number = text.strip_prefix("10.").and_then(|rest| rest.split_once('/'));
    number.is_some_and(|(registrant, suffix)| {
        registrant.starts_with(|c: char| c.is_ascii_digit()) && !suffix.is_empty()
    })
}

/// Whether an address is for programs or of a picture: `api.…`, avatars.
pub(super) fn is_for_machines(address: &str) -> bool {
    let Some((_, rest)) = address.split_once("://") else { return false };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    host.starts_with("api.")
        || host.starts_with("avatars")
        || host.contains("gravatar")
        || path.starts_with("api/")
        || path.starts_with("rest/api/")
}

/// The value that a cell gives to a field; `None` for an empty one.
///
/// # Errors
/// Says what was expected and what was found.
pub(super) fn value(field: Field, cell: &Json, order: DateOrder) -> Result<Option<Value>, String> {
    let value = match field.kind() {
        ValueKind::Text => Some(Value::Text(text(cell))),
        ValueKind::List => Some(Value::List(list(field, cell))),
        ValueKind::Date => match date(cell, order) {
            Some(date) => Some(Value::Date(date)),
            None if is_ambiguous(cell, order) => {
                return Err(date_fault(cell, order));
            }
            None => None,
        },
        ValueKind::Rating { max } => rating(cell).filter(|one| one.fits(max)).map(Value::Rating),
        ValueKind::Status => status_of(&text(cell)).map(Value::Status),
        ValueKind::Bet => {
            let word = text(cell).to_lowercase().replace([' ', '_'], "-");
            BetKind::from_id(if word == "next" { "next-hot" } else { &word }).map(Value::Bet)
        }
        ValueKind::Outcome => Outcome::from_id(&text(cell).to_lowercase()).map(Value::Outcome),
    };
    let value =
        value.ok_or_else(|| format!("{field} {}", expected(&field.kind().to_string(), cell)))?;
    let is_empty = match &value {
        Value::Text(text) => text.is_empty(),
        Value::List(list) => list.is_empty(),
        _ => false,
    };
    Ok((!is_empty).then_some(value))
}

/// The value of a cell of our own export, exactly as it was.
///
/// # Errors
/// As [`value`].
pub(super) fn exact_value(field: Field, cell: &Json) -> Result<Option<Value>, String> {
    let strings = |list: &[Json]| list.iter().map(text).collect::<Vec<_>>();
    let list = match (field.kind(), cell) {
        (ValueKind::List, Json::Array(list)) => strings(list),
        (ValueKind::List, Json::String(text)) => match json_list(text) {
            Some(Json::Array(list)) => strings(&list),
            _ => text.split(',').map(|part| part.trim().to_owned()).collect(),
        },
        _ => return value(field, cell, DateOrder::Unknown),
    };
    Ok((!list.is_empty()).then_some(Value::List(list)))
}

/// A list as a cell of a table: with commas or, where that could not be read back, as JSON.
#[must_use]
pub fn list_to_cell(list: &[String]) -> String {
    let plain = list.join(", ");
    let is_read_back = exact_value(Field::Tags, &Json::from(plain.as_str()))
        .is_ok_and(|value| value == Some(Value::List(list.to_vec())));
    let loses_mark = list.iter().any(|part| part.starts_with('#') || part.contains(['\n', ';']));
    if is_read_back && !loses_mark {
        return plain;
    }
    serde_json::to_string(list).unwrap_or(plain)
}

/// `7`, `"3..7"`, `"3-7"`, `[3, 7]`.
fn rating(cell: &Json) -> Option<Rating> {
    match cell {
        Json::Array(ends) => match &ends[..] {
            [low, high] => Rating::range(number(low)?, number(high)?),
            _ => None,
        },
        Json::String(text) => {
            let text = text.trim();
            Rating::parse(text).or_else(|| number(cell).map(Rating::value)).or_else(|| {
                let (low, high) = text.split_once(['-', '–'])?;
                Rating::range(low.trim().parse().ok()?, high.trim().parse().ok()?)
            })
        }
        cell => number(cell).map(Rating::value),
    }
}

/// Whether a text is an e-mail address.
pub(super) fn is_mail(text: &str) -> bool {
    let text = text.trim();
    let is_one = |(name, host): (&str, &str)| !name.is_empty() && host.contains('.');
    !text.contains(char::is_whitespace)
        && !is_address(text)
        && text.split_once('@').is_some_and(is_one)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn of(field: Field, cell: &Json) -> Result<Option<String>, String> {
        value(field, cell, DateOrder::Unknown).map(|value| value.map(|value| value.to_string()))
    }

    #[test]
    fn cells_become_values() {
        let rating = Field::Rating(crate::domain::Criterion::Headroom);
        for (field, cell, expected) in [
            (Field::Tags, json!("a; b, c; a"), "a, b, c"),
            (Field::Tags, json!(["a", 3]), "a, 3"),
            (Field::Tags, json!("#nlp, #data"), "nlp, data"),
            (Field::Tags, json!("#nlp #data"), "nlp, data"),
            (Field::Tags, json!("machine learning, C#"), "machine learning, C#"),
            (Field::Tags, json!([{"id": 1, "name": "idea", "color": "red"}]), "idea"),
            (Field::People, json!([{"login": "mara"}, {"name": "Tom"}]), "mara, Tom"),
            (Field::Links, json!([{"url": "https://a.org", "title": "A"}]), "https://a.org"),
            (Field::Links, json!("https://m.org/@52.1,13.4,12z"), "https://m.org/@52.1,13.4,12z"),
            (Field::Links, json!("10.1000/x"), "https://doi.org/10.1000/x"),
            (
                Field::Links,
                json!(["https://api.github.com/x", "https://github.com/x"]),
                "https://github.com/x",
            ),
            (Field::Created, json!("1 March 2024"), "2024-03-01"),
            (Field::Status, json!("In progress"), "active"),
            (Field::Bet, json!("Next hot"), "next-hot"),
            (rating, json!("3-7"), "3..7"),
            (rating, json!("7,5"), "7.5"),
            (rating, json!([3, 7.5]), "3..7.5"),
            (rating, json!(4), "4"),
            (Field::Id, json!(17), "17"),
        ] {
            assert_eq!(of(field, &cell), Ok(Some(expected.to_owned())), "{field} {cell}");
        }
        assert_eq!(of(Field::From, &json!("")), Ok(None));
        let fault = of(rating, &json!("high")).unwrap_err();
        assert_eq!(
            fault,
            "ratings.headroom must be a number from 0 to 10, or a range with its lower end first; found \"high\""
        );
        let fault = of(Field::Created, &json!("03/04/2024")).unwrap_err();
        assert!(
            fault.contains("03/04/2024: day or month first? Write 2024-04-03 or 2024-03-04"),
            "{fault}"
        );
    }

    #[test]
    fn words_for_nothing_are_nothing() {
        for text in ["", " ", "NA", "N/A", "NaN", "#N/A", "null", "None", "-"] {
            assert!(is_nothing(&json!(text)), "{text}");
        }
        for cell in [json!("nano"), json!(0), json!(false), json!("no")] {
            assert!(!is_nothing(&cell), "{cell}");
        }
    }

    proptest! {
        #[test]
        fn a_list_is_read_back_from_a_cell(list in prop::collection::vec("[a-c ,;#'\\[\\n\"日]{1,6}", 1..4)) {
            let cell = Json::from(list_to_cell(&list));
            prop_assert_eq!(exact_value(Field::Tags, &cell), Ok(Some(Value::List(list))));
        }
    }
}
