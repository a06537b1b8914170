//! todo.txt: a task a line, with priority, dates, `+project`, `@context` and
//! `key:value`.

use serde_json::{Value as Json, json};

use crate::domain::Status;
use crate::exchange::{Format, Input, Row, Rows, Skipped};

pub(super) const FORMAT: Format = Format { extensions: &[], looks_like, read };

/// Whether a text is a list of tasks: most lines have a mark that only todo.txt
/// has, no line is of another kind, and the first is no header of a table.
fn looks_like(text: &str) -> bool {
    let filled = || text.lines().filter(|line| !line.trim().is_empty());
    let is_header = |line: &str| !has_mark(line) && line.contains([',', ';', '\t']);
    if filled().next().is_none_or(is_header) {
        return false;
    }
    let is_other = |line: &str| line.starts_with(['#', '-', '*', '<', '{', '[', ' ', '\t']);
    2 * filled().filter(|line| has_mark(line)).count() >= filled().count()
        && !filled().any(is_other)
}

/// `(A) …`, `x 2024-05-02 …`, or a date with a `+project` or `@context` behind.
fn has_mark(line: &str) -> bool {
    let is_done = line.strip_prefix("x ").is_some_and(|rest| day(rest).is_some());
    let is_dated = day(line).is_some_and(|(_, rest)| {
        rest.split(' ').any(|word| word.len() > 1 && word.starts_with(['+', '@']))
    });
    priority(line).is_some() || is_done || is_dated
}

/// Reads a file: each line an idea.
fn read(input: &Input<'_>) -> Result<Rows, Skipped> {
    let mut rows = Rows::new("todo.txt");
    for (at, line) in input.text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let location = input.location(at + 1);
        let cells = cells(line.trim());
        if cells.iter().all(|(column, _)| column != "title") {
            rows.skip(location, "a task without words");
            continue;
        }
        rows.rows.push(Row { location, cells });
    }
    Ok(rows)
}

fn cells(line: &str) -> Vec<(String, Json)> {
    let mut cells: Vec<(String, Json)> = Vec::new();
    let mut push = |column: &str, value: Json| cells.push((column.to_owned(), value));
    let (is_done, mut rest) =
        line.strip_prefix("x ").map_or((false, line), |rest| (true, rest.trim_start()));
    if let Some((letter, behind)) = priority(rest) {
        push("priority", json!(letter));
        rest = behind;
    }
    // A task that is done has the day on which it was done first.
    let days: Vec<&str> = std::iter::from_fn(|| {
        let (found, behind) = day(rest)?;
        rest = behind;
        Some(found)
    })
    .take(2)
    .collect();
    match (is_done, days.as_slice()) {
        (true, [done, rest @ ..]) => {
            push("completed", json!(done));
            rest.iter().for_each(|created| push("created", json!(created)));
        }
        (false, [created, ..]) => push("created", json!(created)),
        (_, []) => {}
    }
    let (mut title, mut tags, mut links) = (Vec::new(), Vec::new(), Vec::new());
    for word in rest.split_whitespace() {
        let tag = word.strip_prefix(['+', '@']).filter(|tag| !tag.is_empty());
        let pair = word.split_once(':').filter(|(key, value)| {
            let is_key = key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
            is_key && !key.is_empty() && !value.is_empty() && !value.starts_with("//")
        });
        match (tag, pair) {
            (Some(tag), _) => tags.push(tag),
            (_, Some((key, value))) => push(key, json!(value)),
            _ if word.starts_with("https://") || word.starts_with("http://") => links.push(word),
            _ => title.push(word),
        }
    }
    if !title.is_empty() {
        push("title", json!(title.join(" ")));
    } else if let Some(link) = links.first() {
        push("title", json!(link));
    }
    if !tags.is_empty() {
        push("tags", json!(tags));
    }
    if !links.is_empty() {
        push("links", json!(links));
    }
    push("status", json!(if is_done { Status::Done } else { Status::Inbox }.id()));
    cells
}

/// `(A) `, and what stands behind it.
fn priority(line: &str) -> Option<(&str, &str)> {
    let letter = line
        .strip_prefix('(')?
        .get(..1)
        .filter(|letter| letter.as_bytes()[0].is_ascii_uppercase())?;
    Some((letter, line[2..].strip_prefix(") ")?.trim_start()))
}

/// `2024-03-01 `, and what stands behind it.
fn day(line: &str) -> Option<(&str, &str)> {
    let (word, rest) = line.split_once(' ')?;
    let is_day = word.len() == 10
        && word.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    is_day.then_some((word, rest.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn priorities_dates_projects_and_contexts_leave_the_title() {
        let text = "(A) 2024-03-01 Probe +nlp @lab due:2024-04-01\nx 2024-05-02 2024-04-01 Smaller +distil\n\
                    Ask: see https://example.org/a +2\n+only @tags\n";
        assert!(looks_like(text));
        let input = Input { name: "todo.txt", text, shape: None };
        let rows = read(&input).unwrap();
        let shown: Vec<String> =
            rows.rows.iter().map(|row| json!(row.cells).to_string().replace('"', "")).collect();
        assert_eq!(
            shown,
            [
                "[[priority,A],[created,2024-03-01],[due,2024-04-01],[title,Probe],[tags,[nlp,lab]],[status,inbox]]",
                "[[completed,2024-05-02],[created,2024-04-01],[title,Smaller],[tags,[distil]],[status,done]]",
                "[[title,Ask: see],[tags,[2]],[links,[https://example.org/a]],[status,inbox]]",
            ]
        );
        assert_eq!(rows.skipped.len(), 1);
        for other in ["- (A) item\n", "(see above) text\n", "# x\n(A) y\n", "plain\nlines\n"] {
            assert!(!looks_like(other), "{other}");
        }
    }
}
