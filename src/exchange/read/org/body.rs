//! The lines below an Org heading: text, properties, dates and the log.

use serde_json::{Value as Json, json};

/// Sorts the lines below a heading into text, log and properties.
pub(super) fn read_body(
    body: &[(usize, &str)],
    text: &mut Vec<String>,
    log: &mut Vec<Json>,
    mut cells: Option<&mut Vec<(String, Json)>>,
) {
    let mut drawer: Option<String> = None;
    let indent = body.iter().map(|(_, line)| *line).filter(|line| is_text(line));
    let indent = indent.map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0);
    for (_, line) in body {
        let bare = line.trim();
        if let Some(open) = &drawer {
            if bare.eq_ignore_ascii_case(":END:") {
                drawer = None;
            } else if open == "PROPERTIES" {
                let pair = bare.strip_prefix(':').and_then(|rest| rest.split_once(':'));
                if let (Some((key, value)), Some(cells)) = (pair, &mut cells) {
                    property(key, value.trim(), cells);
                }
            } else {
                logbook(bare, log);
            }
            continue;
        }
        let name = bare.strip_prefix(':').and_then(|rest| rest.strip_suffix(':'));
        if let Some(name) = name.filter(|name| !name.is_empty() && !name.contains([' ', ':'])) {
            drawer = Some(name.to_ascii_uppercase());
            continue;
        }
        if is_planning(bare) {
            if let Some(cells) = &mut cells {
                planning(bare, cells);
            }
            continue;
        }
        if bare.starts_with("CLOCK:") {
            logbook(bare, log);
            continue;
        }
        let is_stamp = bare.starts_with('[') && stamp(bare).is_some() && bare.ends_with(']');
        if let (true, Some(cells)) = (is_stamp && text.is_empty(), &mut cells) {
            cells.push(("created".to_owned(), json!(stamp(bare))));
            continue;
        }
        if bare.starts_with("# ") {
            continue;
        }
        text.push(markdown_line(line.get(indent..).unwrap_or(bare).trim_end()));
    }
}

pub(super) fn is_text(line: &str) -> bool {
    let bare = line.trim();
    !bare.is_empty() && !bare.starts_with(':') && !is_planning(bare) && !bare.starts_with("CLOCK:")
}

/// Blocks become fences, links Markdown links.
fn markdown_line(line: &str) -> String {
    let lower = line.trim_start().to_ascii_lowercase();
    if let Some(rest) = lower.strip_prefix("#+begin_") {
        let language = rest.strip_prefix("src").map(str::trim).unwrap_or_default();
        return format!("```{}", language.split(' ').next().unwrap_or_default());
    }
    if lower.starts_with("#+end_") {
        return "```".to_owned();
    }
    markdown_links(line)
}

fn property(key: &str, value: &str, cells: &mut Vec<(String, Json)>) {
    if value.is_empty() {
        return;
    }
    let key = key.to_ascii_lowercase();
    let value = match key.as_str() {
        "created" => stamp(value).map_or_else(|| json!(value), |day| json!(day)),
        _ => json!(value),
    };
    cells.push((key, value));
}

/// `SCHEDULED: <…> DEADLINE: <…>`: each a column of its own.
fn planning(line: &str, cells: &mut Vec<(String, Json)>) {
    for word in ["SCHEDULED:", "DEADLINE:", "CLOSED:"] {
        if let Some(day) = line.find(word).and_then(|at| stamp(&line[at + word.len()..])) {
            cells.push((word.trim_end_matches(':').to_lowercase(), json!(day)));
        }
    }
}

/// A clocked stretch of work, or a note with its date.
fn logbook(line: &str, log: &mut Vec<Json>) {
    if let Some(rest) = line.strip_prefix("CLOCK:") {
        let hours = rest.split_once("=>").and_then(|(_, span)| {
            let (hours, minutes) = span.trim().split_once(':')?;
            Some(hours.trim().parse::<f64>().ok()? + minutes.trim().parse::<f64>().ok()? / 60.0)
        });
        if let (Some(day), Some(hours)) = (stamp(rest), hours) {
            log.push(json!({ "date": day, "hours": (hours * 100.0).round() / 100.0 }));
        }
        return;
    }
    if let Some(rest) = line.strip_prefix("- Note taken on ") {
        if let Some(day) = stamp(rest) {
            let note = rest.split_once(']').map_or("", |(_, note)| note).trim();
            log.push(json!({ "date": day, "note": note.trim_end_matches('\\').trim() }));
        }
        return;
    }
    let is_state = line.starts_with("- State ") || line.starts_with("- Rescheduled");
    // What goes on below a note belongs to it.
    if let (false, false, Some(Json::Object(last))) = (line.is_empty(), is_state, log.last_mut())
        && let Some(Json::String(note)) = last.get_mut("note")
    {
        if !note.is_empty() {
            note.push(' ');
        }
        note.push_str(line);
    }
}

/// The day of the first `<2024-03-01 Fri>` or `[2024-03-01 Fri 10:00]`.
pub(super) fn stamp(text: &str) -> Option<&str> {
    let at = text.find(['<', '['])?;
    let day = text.get(at + 1..at + 11)?;
    let is_day = day.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    is_day.then_some(day)
}

/// A text without its links, and the addresses that they led to.
pub(super) fn link_text(text: &str) -> (String, Vec<String>) {
    let mut links = Vec::new();
    let text = replace_links(text, |address, words| {
        if address.contains("://") {
            links.push(address.to_owned());
        }
        words.unwrap_or(address).to_owned()
    });
    (text.split_whitespace().collect::<Vec<_>>().join(" "), links)
}

pub(super) fn markdown_links(text: &str) -> String {
    replace_links(text, |address, words| match words {
        Some(words) if address.contains("://") => format!("[{words}]({address})"),
        Some(words) => words.to_owned(),
        None => address.to_owned(),
    })
}

fn replace_links(text: &str, mut link: impl FnMut(&str, Option<&str>) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("[[") {
        let Some(end) = rest[at..].find("]]") else { break };
        let inner = &rest[at + 2..at + end];
        out.push_str(&rest[..at]);
        match inner.split_once("][") {
            Some((address, words)) => out.push_str(&link(address, Some(words))),
            None => out.push_str(&link(inner, None)),
        }
        rest = &rest[at + end + 2..];
    }
    out + rest
}

pub(super) fn is_planning(line: &str) -> bool {
    ["SCHEDULED:", "DEADLINE:", "CLOSED:"].iter().any(|word| line.starts_with(word))
}
