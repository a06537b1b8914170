//! Answers as `people/NAME.toml` holds them.

use std::collections::HashSet;
use std::fmt::Write;

use crate::domain::{Criterion, Portfolio};

use super::{Answered, Answers};

/// The text of `people/NAME.toml` with the answers added at its end, and the
/// ids of the ideas that stand there already, whose answers were not added.
/// `before` is the text so far, empty if there is no such file.
///
/// # Errors
/// `before` is not TOML.
pub fn append_ratings(
    before: &str,
    answers: &Answers,
    portfolio: &Portfolio,
) -> Result<(String, Vec<String>), toml::de::Error> {
    let table: toml::Table = toml::from_str(before.trim_start_matches('\u{feff}'))?;
    let there: HashSet<&str> = table
        .get("ratings")
        .and_then(toml::Value::as_table)
        .into_iter()
        .flat_map(toml::Table::keys)
        .map(|id| portfolio.get(id).map_or(id.as_str(), |idea| idea.id.as_str()))
        .collect();
    let (known, new): (Vec<&Answered>, Vec<&Answered>) =
        answers.answered.iter().partition(|answered| there.contains(answered.id.as_str()));
    let line_end = if before.contains("\r\n") { "\r\n" } else { "\n" };
    let mut text = before.to_owned();
    for answered in new {
        if !text.is_empty() {
            text.push_str(if text.ends_with('\n') { "" } else { line_end });
            text.push_str(line_end);
        }
        text.push_str(&ratings_table(answered).replace('\n', line_end));
    }
    Ok((text, known.into_iter().map(|answered| answered.id.clone()).collect()))
}

fn ratings_table(answered: &Answered) -> String {
    let mut table = String::new();
    for remark in &answered.remarks {
        let _ = writeln!(table, "# {}", comment(remark));
    }
    let _ = writeln!(table, "[ratings.{}]", key(&answered.id));
    for criterion in Criterion::ALL {
        let Some(rating) = answered.ratings[criterion.index()] else { continue };
        let _ = write!(table, "{} = ", criterion.id());
        let _ = match rating.is_value() {
            true => write!(table, "{}", rating.low()),
            false => write!(table, "[{}, {}]", rating.low(), rating.high()),
        };
        let reason = comment(&answered.reasons[criterion.index()]);
        let _ = if reason.is_empty() { writeln!(table) } else { writeln!(table, "  # {reason}") };
    }
    table
}

/// A comment holds no control characters but tabs.
fn comment(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect::<String>().trim().to_owned()
}

fn key(id: &str) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !id.is_empty() && id.chars().all(is_bare) {
        id.to_owned()
    } else {
        toml::Value::String(id.to_owned()).to_string()
    }
}
