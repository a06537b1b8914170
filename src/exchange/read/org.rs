//! Org files: headings with states, tags, drawers and dates.

mod body;

use serde_json::{Value as Json, json};

use crate::domain::Status;
use crate::exchange::{Format, Input, Row, Rows, Skipped};
use body::{is_planning, is_text, link_text, markdown_links, read_body, stamp};

pub(super) const FORMAT: Format = Format { extensions: &["org"], looks_like, read };

/// States that Org itself or its users' configurations know, beside those that
/// a file declares with `#+TODO:`.
const STATES: &[(&str, Status)] = &[
    ("TODO", Status::Inbox),
    ("IDEA", Status::Inbox),
    ("NEXT", Status::Shortlist),
    ("PROJ", Status::Active),
    ("STARTED", Status::Active),
    ("STRT", Status::Active),
    ("DOING", Status::Active),
    ("INPROGRESS", Status::Active),
    ("IN-PROGRESS", Status::Active),
    ("WAIT", Status::Parked),
    ("WAITING", Status::Parked),
    ("HOLD", Status::Parked),
    ("SOMEDAY", Status::Parked),
    ("MAYBE", Status::Parked),
    ("DEFERRED", Status::Parked),
    ("KILL", Status::Abandoned),
    ("CANCELLED", Status::Abandoned),
    ("CANCELED", Status::Abandoned),
    ("REJECTED", Status::Abandoned),
    ("DONE", Status::Done),
];

/// A heading with what stands below it, up to the next heading.
struct Section<'t> {
    line: usize,
    level: usize,
    state: Option<Status>,
    title: &'t str,
    tags: Vec<&'t str>,
    /// Lines below, with their numbers.
    body: Vec<(usize, &'t str)>,
}

/// Whether a text is an Org file: headings of stars, and a drawer, a planning line,
/// a `#+KEYWORD:` or a deeper heading with a state, none of which Markdown has.
fn looks_like(text: &str) -> bool {
    let is_deep_state = |line: &str| {
        let (level, rest) = level_of(line);
        let word = rest.split(' ').next().unwrap_or_default();
        level > 1 && STATES.iter().any(|(state, _)| *state == word)
    };
    let is_mark = |line: &str| {
        let bare = line.trim_start();
        let is_keyword = bare.strip_prefix("#+").is_some_and(|rest| rest.contains(':'));
        is_keyword || bare.eq_ignore_ascii_case(":PROPERTIES:") || is_planning(bare)
    };
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if !is_heading(first) && !first.starts_with(['#', ':']) {
        return false;
    }
    let headings = || text.lines().filter(|line| is_heading(line));
    headings().any(is_deep_state) || (headings().next().is_some() && text.lines().any(is_mark))
}

/// Reads an Org file. Where headings have states, ideas are the topmost of
/// them and their siblings without headings of their own; else the headings of
/// the level that most have, and those above it that have nothing below.
fn read(input: &Input<'_>) -> Result<Rows, Skipped> {
    let mut rows = Rows::new("Org");
    let location = |line| input.location(line);
    let text = input.text;
    let states = declared_states(text);
    let (preamble, sections) = sections(text, &states);
    let file_tags: Vec<&str> = preamble
        .iter()
        .filter_map(|(_, line)| keyword(line, "FILETAGS"))
        .flat_map(|tags| tags.split([':', ' ']))
        .filter(|tag| !tag.is_empty())
        .collect();
    let stray = preamble.iter().find(|(_, line)| {
        let line = line.trim();
        !line.is_empty() && !line.starts_with('#') && !line.starts_with(':')
    });
    if let Some((line, _)) = stray {
        rows.skip(location(*line), "text above the first heading");
    }
    let ideas = ideas(&sections);
    let mut at = 0;
    while let Some(section) = sections.get(at) {
        if !ideas[at] {
            if section.body.iter().any(|(_, line)| is_text(line)) {
                rows.skip(location(section.line), "text below a heading that groups ideas");
            }
            at += 1;
            continue;
        }
        let end = end_of(&sections, at);
        if section.title.starts_with("COMMENT ") || section.tags.contains(&"ARCHIVE") {
            rows.skip(location(section.line), "commented out or archived");
        } else if section.title.is_empty() {
            rows.skip(location(section.line), "a heading without words");
        } else {
            let parents = parents(&sections, at);
            let mut cells = cells(section, &sections[at + 1..end]);
            let inherited = parents.iter().flat_map(|parent| parent.tags.iter().copied());
            let tags =
                file_tags.iter().copied().chain(inherited).chain(section.tags.iter().copied());
            let mut unique: Vec<&str> = Vec::new();
            for tag in tags {
                if !unique.contains(&tag) {
                    unique.push(tag);
                }
            }
            if !unique.is_empty() {
                cells.push(("tags".to_owned(), json!(unique)));
            }
            let groups = |parent: &&&Section<'_>| {
                parent.level > 1 || sections.iter().filter(|one| one.level == 1).count() > 1
            };
            if let Some(parent) = parents.iter().rev().find(groups) {
                cells.push(("section".to_owned(), json!(link_text(parent.title).0)));
            }
            rows.rows.push(Row { location: location(section.line), cells });
        }
        at = end;
    }
    Ok(rows)
}

/// The states that the file declares: those behind `|` (or the last one) are final.
fn declared_states(text: &str) -> Vec<(String, Status)> {
    let mut states: Vec<(String, Status)> =
        STATES.iter().map(|(word, status)| ((*word).to_owned(), *status)).collect();
    let lines = text.lines().filter_map(|line| {
        keyword(line, "TODO")
            .or_else(|| keyword(line, "SEQ_TODO"))
            .or_else(|| keyword(line, "TYP_TODO"))
    });
    for line in lines {
        let words: Vec<&str> = line.split_whitespace().collect();
        let bar = words.iter().position(|word| *word == "|");
        let last = words.len().saturating_sub(1);
        for (at, word) in words.iter().enumerate().filter(|(_, word)| **word != "|") {
            // `DONE(d!)` names its key and what is noted.
            let word = word.split('(').next().unwrap_or(word);
            let is_final = bar.map_or(at == last, |bar| at > bar);
            let status = if is_final { Status::Done } else { Status::Inbox };
            if !word.is_empty() && states.iter().all(|(known, _)| known != word) {
                states.push((word.to_owned(), status));
            }
        }
    }
    states
}

/// The value of `#+KEY: value`.
fn keyword<'t>(line: &'t str, key: &str) -> Option<&'t str> {
    let (found, value) = line.trim_start().strip_prefix("#+")?.split_once(':')?;
    found.eq_ignore_ascii_case(key).then(|| value.trim())
}

fn is_heading(line: &str) -> bool {
    let rest = line.trim_start_matches('*');
    rest.len() < line.len() && rest.starts_with(' ')
}

fn level_of(line: &str) -> (usize, &str) {
    let rest = line.trim_start_matches('*');
    (line.len() - rest.len(), rest.trim())
}

/// `Title :tag:tag:` in its parts.
fn split_tags(text: &str) -> (&str, Vec<&str>) {
    let found = text.strip_suffix(':').and_then(|front| {
        let at = front.rfind([' ', '\t'])?;
        let tags = front[at..].trim_start().strip_prefix(':')?;
        let is_tag = |tag: &str| {
            !tag.is_empty() && tag.chars().all(|c| c.is_alphanumeric() || "_@#%".contains(c))
        };
        let tags: Vec<&str> = tags.split(':').collect();
        tags.iter().all(|tag| is_tag(tag)).then(|| (text[..at].trim_end(), tags))
    });
    found.unwrap_or((text, Vec::new()))
}

/// What stands above the first heading, and the headings.
fn sections<'t>(
    text: &'t str,
    states: &[(String, Status)],
) -> (Vec<(usize, &'t str)>, Vec<Section<'t>>) {
    let mut preamble = Vec::new();
    let mut sections: Vec<Section<'t>> = Vec::new();
    let mut in_block = false;
    for (at, line) in text.lines().enumerate() {
        let bare = line.trim_start().to_ascii_lowercase();
        if bare.starts_with("#+begin_") {
            in_block = true;
        } else if bare.starts_with("#+end_") {
            in_block = false;
        }
        if !is_heading(line) || in_block {
            match sections.last_mut() {
                Some(section) => section.body.push((at + 1, line)),
                None => preamble.push((at + 1, line)),
            }
            continue;
        }
        let (level, rest) = level_of(line);
        let (rest, tags) = split_tags(rest);
        let (word, behind) = rest.split_once(' ').unwrap_or((rest, ""));
        let state = states.iter().find(|(state, _)| state == word).map(|(_, status)| *status);
        let title = if state.is_some() { behind.trim_start() } else { rest };
        let title = match title.strip_prefix("[#") {
            Some(priority) => priority.split_once(']').map_or(title, |(_, rest)| rest.trim_start()),
            None => title,
        };
        sections.push(Section { line: at + 1, level, state, title, tags, body: Vec::new() });
    }
    (preamble, sections)
}

/// Where what belongs to a heading ends.
fn end_of(sections: &[Section<'_>], at: usize) -> usize {
    let below = &sections[at + 1..];
    let next = below.iter().position(|one| one.level <= sections[at].level);
    next.map_or(sections.len(), |more| at + 1 + more)
}

/// The headings that a heading stands below, the topmost first.
fn parents<'s, 't>(sections: &'s [Section<'t>], at: usize) -> Vec<&'s Section<'t>> {
    let mut level = sections[at].level;
    let mut parents = Vec::new();
    for section in sections[..at].iter().rev() {
        if section.level < level {
            level = section.level;
            parents.push(section);
        }
    }
    parents.reverse();
    parents
}

fn ideas(sections: &[Section<'_>]) -> Vec<bool> {
    let has_children =
        |at: usize| sections.get(at + 1).is_some_and(|next| next.level > sections[at].level);
    let mut ideas = vec![false; sections.len()];
    if sections.iter().any(|section| section.state.is_some()) {
        let levels: Vec<usize> = sections
            .iter()
            .filter(|section| section.state.is_some())
            .map(|section| section.level)
            .collect();
        for at in 0..sections.len() {
            let section = &sections[at];
            let is_sibling = levels.contains(&section.level) && !has_children(at);
            ideas[at] = section.state.is_some() || is_sibling;
        }
        return ideas;
    }
    let count = |level| sections.iter().filter(|section| section.level == level).count();
    let most = sections
        .iter()
        .map(|section| section.level)
        .max_by_key(|level| (count(*level), usize::MAX - *level));
    for at in 0..sections.len() {
        let level = sections[at].level;
        ideas[at] = Some(level) == most || (Some(level) < most && !has_children(at));
    }
    ideas
}

/// A title without the time stamp at its end, and the day of one that is
/// no appointment: `Probe [2024-03-01 Fri]`.
fn without_stamp(title: &str) -> (&str, Option<&str>) {
    let (open, is_past) = match title.chars().next_back() {
        Some(']') => ('[', true),
        Some('>') => ('<', false),
        _ => return (title, None),
    };
    let found = title.rfind(open).filter(|at| *at > 0);
    match found.and_then(|at| Some((at, stamp(&title[at..])?))) {
        Some((at, day)) => (title[..at].trim_end(), is_past.then_some(day)),
        None => (title, None),
    }
}

/// What a heading says about its idea; headings below it become part of the text.
fn cells(section: &Section<'_>, below: &[Section<'_>]) -> Vec<(String, Json)> {
    let (title, day) = without_stamp(section.title);
    let (title, links) = link_text(title);
    let mut cells = vec![("title".to_owned(), Json::String(title))];
    cells.extend(day.map(|day| ("created".to_owned(), json!(day))));
    if let Some(status) = section.state {
        cells.push(("status".to_owned(), json!(status.id())));
    }
    let mut text: Vec<String> = Vec::new();
    let mut log: Vec<Json> = Vec::new();
    read_body(&section.body, &mut text, &mut log, Some(&mut cells));
    for one in below {
        let done = match one.state {
            Some(Status::Done) => "- [x] ",
            Some(Status::Abandoned) => "- [-] ",
            Some(_) => "- [ ] ",
            None => "- ",
        };
        let indent = "  ".repeat(one.level - section.level - 1);
        text.push(format!("{indent}{done}{}", markdown_links(one.title)));
        let mut inner = Vec::new();
        read_body(&one.body, &mut inner, &mut log, None);
        text.extend(
            inner
                .into_iter()
                .filter(|line| !line.is_empty())
                .map(|line| format!("{indent}  {line}")),
        );
    }
    let text = text.join("\n").trim().to_owned();
    if !text.is_empty() {
        cells.push(("text".to_owned(), Json::String(text)));
    }
    if !links.is_empty() {
        cells.push(("links".to_owned(), json!(links)));
    }
    if !log.is_empty() {
        cells.push(("log".to_owned(), Json::Array(log)));
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let input = Input { name: "x.org", text, shape: None };
        let rows = read(&input).unwrap();
        let row = |row: &Row| {
            let cells = row.cells.iter().map(|(name, value)| {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                format!("{name}={}", text.replace('\n', "/"))
            });
            format!("{} {}", row.location.line, cells.collect::<Vec<_>>().join(" "))
        };
        rows.rows.iter().map(row).collect()
    }

    #[test]
    fn states_tags_drawers_and_dates() {
        let text = "#+TITLE: Lab\n* Ideas\n** TODO [#A] Probe the tokenizer  :nlp:data:\n   \
                    SCHEDULED: <2024-03-01 Fri>\n   :PROPERTIES:\n   :ID: abc-1\n   :END:\n   \
                    Look at merges.\n** DONE Smaller teachers :distil:\n** A thought\n";
        assert!(looks_like(text));
        assert_eq!(
            shown(text),
            [
                "3 title=Probe the tokenizer status=inbox scheduled=2024-03-01 id=abc-1 \
                 text=Look at merges. tags=[\"nlp\",\"data\"]",
                "9 title=Smaller teachers status=done tags=[\"distil\"]",
                "10 title=A thought",
            ]
        );
    }

    #[test]
    fn what_is_below_an_idea_is_its_text_or_its_log() {
        let text = "#+TODO: OPEN | SHIPPED\n* OPEN Ask [[https://example.org/a][the solver]]\n\
                    [2024-02-03 Sat]\n:LOGBOOK:\nCLOCK: [2024-03-01 Fri 10:00]--[2024-03-01 Fri 12:30] =>  2:30\n\
                    - Note taken on [2024-03-02 Sat 09:00] \\\\\n  it works once\n:END:\nSee [[https://example.org/b][b]].\n\
                    #+BEGIN_SRC rust\n* not a heading\n#+END_SRC\n** DONE first step\n* SHIPPED Old\n* COMMENT no\n";
        assert_eq!(
            shown(text),
            [
                "2 title=Ask the solver status=inbox created=2024-02-03 \
                 text=See [b](https://example.org/b)./```rust/* not a heading/```/- [x] first step \
                 links=[\"https://example.org/a\"] \
                 log=[{\"date\":\"2024-03-01\",\"hours\":2.5},{\"date\":\"2024-03-02\",\"note\":\"it works once\"}]",
                "14 title=Old status=done",
            ]
        );
    }

    #[test]
    fn without_states_the_commonest_level_is_the_ideas() {
        let text = "#+FILETAGS: :lab:\n* Vision\n** One\ntext\n** Two :x:\n* Alone\n* Language\n** Three\n** Four\n";
        assert_eq!(
            shown(text),
            [
                "3 title=One text=text tags=[\"lab\"] section=Vision",
                "5 title=Two tags=[\"lab\",\"x\"] section=Vision",
                "6 title=Alone tags=[\"lab\"]",
                "8 title=Three tags=[\"lab\"] section=Language",
                "9 title=Four tags=[\"lab\"] section=Language",
            ]
        );
        assert!(!looks_like("* a list item\n* another\n"));
    }
}
