//! Readers of values that are typed on the command line.

use crate::domain::{
    BetKind, Date, Field, Outcome, Rating, Status, Value, ValueKind, day_from_words,
    hours_from_text, links_from_text, past_day_from_words,
};
use crate::text::did_you_mean;

use super::CliError;

/// A day such as 2026-03-01.
pub(super) fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "a date such as 2026-03-01".to_owned())
}

/// A day to come: 2026-03-01, fri, 2w.
pub(super) fn day(text: &str, today: Date) -> Result<Date, CliError> {
    let day = text.parse().ok().or_else(|| day_from_words(text, today));
    day.ok_or_else(|| no_day(text, "a day such as 2026-03-01, fri, 2w or next month"))
}

/// A day gone by: 2026-03-01, yesterday, mon.
pub(super) fn past_day(text: &str, today: Date) -> Result<Date, CliError> {
    let day = past_day_from_words(text, today);
    day.ok_or_else(|| no_day(text, "a day such as 2026-03-01, yesterday, mon or \"2 days ago\""))
}

fn no_day(text: &str, expected: &str) -> CliError {
    CliError::with_hint(format!("\"{text}\" is not a day"), expected)
}

/// A number from 0 to 10.
pub(super) fn level(text: &str) -> Result<f64, String> {
    number(text, 10.0)
}

/// A number from 0 to 1.
pub(super) fn chance(text: &str) -> Result<f64, String> {
    number(text, 1.0)
}

/// A chance in percent, `70` or `70%`, as a number from 0 to 1.
pub(super) fn percent(text: &str) -> Result<f64, String> {
    let percent = text.strip_suffix('%').unwrap_or(text).trim_end();
    number(percent, 100.0).map(|percent| percent / 100.0)
}

/// Hours of a day's log entry.
pub(super) fn hours(text: &str) -> Result<f64, String> {
    let hours = hours_from_text(text).filter(|hours| *hours <= 24.0);
    hours.ok_or_else(|| "hours of one day, 0 to 24, such as 1.5, 1:30 or 90m".to_owned())
}

pub(super) fn positive(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|number: &f64| *number > 0.0 && number.is_finite());
    number.ok_or_else(|| "a number above 0".to_owned())
}

fn number(text: &str, most: f64) -> Result<f64, String> {
    let number = text.parse().ok().filter(|number| (0.0..=most).contains(number));
    number.ok_or_else(|| format!("a number from 0 to {most}"))
}

/// `FIELD=VALUE`; without a value, the field is cleared.
pub(super) fn assignment(text: &str) -> Result<(Field, Option<Value>), CliError> {
    let Some((name, text)) = text.split_once('=') else {
        return Err(CliError::with_hint(
            format!("\"{text}\" is not FIELD=VALUE"),
            format!("{text}= clears a field; a workspace is named with --workspace"),
        ));
    };
    let field = field(name)?;
    Ok((field, value(field, text)?))
}

/// The field of that name.
fn field(name: &str) -> Result<Field, CliError> {
    if let Some(field) = Field::from_name(name) {
        return Ok(field);
    }
    let names: Vec<String> = Field::all().iter().map(ToString::to_string).collect();
    let hint = match did_you_mean(name, names.iter().map(String::as_str)) {
        hint if hint.is_empty() => format!("there are {}", names.join(", ")),
        hint => hint,
    };
    Err(CliError::with_hint(format!("there is no field \"{name}\""), hint))
}

/// What a field is to hold; nothing, if nothing is given.
pub(super) fn value(field: Field, text: &str) -> Result<Option<Value>, CliError> {
    let text = if matches!(field.kind(), ValueKind::Text) { text } else { text.trim() };
    // A text of line breaks alone is one; a title or an id of blanks is none.
    let is_free =
        matches!(field.kind(), ValueKind::Text) && !matches!(field, Field::Title | Field::Id);
    if text.is_empty() || !is_free && text.trim().is_empty() {
        return Ok(None);
    }
    let value = match field.kind() {
        ValueKind::Text => Some(Value::Text(text.to_owned())),
        ValueKind::List if field == Field::Links => Some(Value::List(links_from_text(text))),
        ValueKind::List => Some(Value::List(list(text))),
        ValueKind::Date => date(text).ok().map(Value::Date),
        ValueKind::Rating { max } => {
            Rating::parse(text).filter(|rating| rating.fits(max)).map(Value::Rating)
        }
        ValueKind::Status => Status::from_id(text).map(Value::Status),
        ValueKind::Bet => BetKind::from_id(text).map(Value::Bet),
        ValueKind::Outcome => Outcome::from_id(text).map(Value::Outcome),
    };
    match value {
        Some(value) => Ok(Some(value)),
        None => {
            let hint = if matches!(field.kind(), ValueKind::Rating { .. }) {
                "a range is LO..HI, such as 3..7; nothing clears it"
            } else {
                ""
            };
            Err(CliError::with_hint(
                format!("{field} must be {}; found \"{text}\"", field.kind()),
                hint,
            ))
        }
    }
}

pub(super) fn list(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

/// A status by its word.
pub(super) fn status(text: &str) -> Result<Status, String> {
    Status::from_id(text).ok_or_else(|| ValueKind::Status.to_string())
}
