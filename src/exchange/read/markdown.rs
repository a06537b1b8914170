//! Markdown, line by line: lists, headings with text, notes with front matter.
//!
//! A parser of the whole language would weigh more than everything else here;
//! what an import needs are headings, items and fences, and they begin lines.

use serde_json::{Value as Json, json};

use super::front_matter::front_matter;
use crate::domain::Status;
use crate::exchange::title::{PlainLine, list_item, plain, plain_line, tag_of, title_and_rest};
use crate::exchange::{Format, Input, Location, Row, Rows, Shape, Skipped};

pub(super) const FORMAT: Format =
    Format { extensions: &["md", "markdown", "txt"], looks_like, read: read_file };

/// Whether a text begins with front matter.
fn looks_like(text: &str) -> bool {
    text.starts_with("---\n") && front_matter(text).is_some()
}

fn read_file(input: &Input<'_>) -> Result<Rows, Skipped> {
    Ok(read(input.name, input.text, input.shape))
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind<'t> {
    Blank,
    /// Its level, from 1, and its text.
    Heading(usize, &'t str),
    /// The line below a heading that makes it one.
    Underline,
    /// The status that its box stands for, if it has one, and its text; not indented.
    Item(Option<Status>, &'t str),
    /// What is indented or between fences: it goes with what is above.
    Below,
    Text,
}

struct Line<'t> {
    number: usize,
    text: &'t str,
    kind: Kind<'t>,
}

/// Whether the first line is a heading or an item.
pub(super) fn begins_like(text: &str) -> bool {
    lines(text.trim_start(), 1)
        .first()
        .is_some_and(|line| matches!(line.kind, Kind::Heading(..) | Kind::Item(..)))
}

/// Reads a file. Without a shape: a note if it has front matter, unless that
/// stands above a list; a list if most of what is not heading belongs to items;
/// else by its headings; without any, every paragraph or line.
fn read(name: &str, text: &str, shape: Option<Shape>) -> Rows {
    let front = front_matter(text);
    let (body, first) = front.as_ref().map_or((text, 1), |front| (front.body, front.body_line));
    let lines = lines(body, first);
    let shape = shape.unwrap_or_else(|| guess(&lines, front.is_some()));
    let mut rows = Rows::new(match shape {
        Shape::List => "a Markdown list",
        Shape::Headings if level_of(&lines).is_none() => "plain text",
        Shape::Headings => "Markdown headings",
        Shape::Note => "a Markdown note",
    });
    if shape == Shape::Note {
        read_note(name, text, &mut rows);
        return rows;
    }
    let location = |line| Location { file: name.to_owned(), line };
    match shape {
        Shape::List => list(&lines, location, &mut rows),
        _ => headings(&lines, location, &mut rows),
    }
    if let Some(front) = front {
        for (line, message) in front.skipped {
            rows.skip(location(line), message);
        }
        // What holds for the file holds for all its ideas, but its title.
        let shared: Vec<_> =
            front.cells.into_iter().filter(|(key, _)| !key.eq_ignore_ascii_case("title")).collect();
        for row in &mut rows.rows {
            let new = shared.iter().filter(|(key, _)| row.cells.iter().all(|(own, _)| own != key));
            let new: Vec<_> = new.cloned().collect();
            row.cells.extend(new);
        }
    }
    rows
}

/// Reads a file that is one idea: its title is that of the front matter, the
/// first heading, or the name of the file.
pub(super) fn read_note(name: &str, text: &str, rows: &mut Rows) {
    let front = front_matter(text);
    let (body, first) = front.as_ref().map_or((text, 1), |front| (front.body, front.body_line));
    let (mut cells, skipped) = front.map(|front| (front.cells, front.skipped)).unwrap_or_default();
    for (line, message) in skipped {
        rows.skip(Location { file: name.to_owned(), line }, message);
    }
    let mut body = body.trim();
    let stem = name.rsplit('/').next().unwrap_or(name);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem).replace(['_', '-'], " ");
    if cells.iter().all(|(key, _)| !key.eq_ignore_ascii_case("title")) {
        let lines = lines(body, first);
        let heading = lines.first().and_then(|line| match line.kind {
            Kind::Heading(_, text) => Some((text, line.text.len())),
            _ => None,
        });
        let mut title = vec![("title".to_owned(), Json::String(stem))];
        if let Some((text, length)) = heading {
            title = title_cells(text);
            body = body[length..].trim_start();
            if lines.get(1).is_some_and(|line| line.kind == Kind::Underline) {
                body = body.split_once('\n').map_or("", |(_, rest)| rest).trim();
            }
        }
        cells.splice(0..0, title);
    }
    add_tags(&mut cells, body);
    if !body.is_empty() {
        cells.push(("text".to_owned(), Json::String(body.to_owned())));
    }
    if let Some((folder, _)) = name.rsplit_once('/') {
        cells.push(("folder".to_owned(), Json::String(folder.to_owned())));
    }
    if cells.iter().all(|(key, _)| !key.eq_ignore_ascii_case("id")) {
        cells.push(("id".to_owned(), Json::String(name.to_owned())));
    }
    rows.rows.push(Row { location: Location { file: name.to_owned(), line: 1 }, cells });
}

/// Adds the `#tag` words of a note to the tags of its front matter.
fn add_tags(cells: &mut Vec<(String, Json)>, body: &str) {
    let is_text = |line: &&Line<'_>| !matches!(line.kind, Kind::Heading(..));
    let lines = lines(body, 1);
    let mut tags: Vec<&str> = Vec::new();
    for tag in lines.iter().filter(is_text).flat_map(|line| line.text.split_whitespace()) {
        tags.extend(tag_of(tag).filter(|tag| !tags.contains(tag)));
    }
    if tags.is_empty() {
        return;
    }
    let known = cells.iter_mut().find(|(key, _)| key.eq_ignore_ascii_case("tags"));
    match known {
        Some((_, Json::Array(list))) => {
            list.extend(tags.into_iter().map(Json::from));
        }
        Some((_, Json::String(text))) => *text = format!("{text}, {}", tags.join(", ")),
        _ => cells.push(("tags".to_owned(), json!(tags))),
    }
}

/// What begins a comment, and what ends it: in HTML, and in Obsidian.
const COMMENTS: [(&str, &str); 2] = [("<!--", "-->"), ("%%", "%%")];

fn lines(text: &str, first: usize) -> Vec<Line<'_>> {
    let mut fence: Option<&str> = None;
    let mut after_item = false;
    let mut comment: Option<(&str, &str)> = None;
    let mut lines: Vec<Line<'_>> = Vec::new();
    for (at, text) in text.lines().enumerate() {
        let bare = text.trim_start();
        let mark = COMMENTS.into_iter().find(|(begin, _)| bare.starts_with(begin));
        if fence.is_none() && (comment.is_some() || mark.is_some()) {
            let open = comment.or(mark);
            // What ends a comment may be what began it.
            let inside = if comment.is_some() { bare } else { bare.get(2..).unwrap_or_default() };
            comment = open.filter(|(_, end)| !inside.contains(end));
            lines.push(Line { number: first + at, text: "", kind: Kind::Blank });
            continue;
        }
        let mark = ["```", "~~~"].into_iter().find(|mark| bare.starts_with(mark));
        let inside = fence.is_some();
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            _ => {}
        }
        let kind = match () {
            () if inside || mark.is_some() => Kind::Below,
            () if bare.is_empty() => Kind::Blank,
            () if text.starts_with([' ', '\t']) => match item(bare) {
                // Lists are often indented by a space as a whole.
                Some(Kind::Item(status, inner))
                    if !after_item && text.starts_with(' ') && !text.starts_with("    ") =>
                {
                    Kind::Item(status, inner)
                }
                _ => Kind::Below,
            },
            () => heading(text).or_else(|| item(text)).unwrap_or(Kind::Text),
        };
        if let (Kind::Text, Some(above)) = (kind, lines.last_mut())
            && let Some(level) = underline(text)
            && above.kind == Kind::Text
        {
            above.kind = Kind::Heading(level, above.text.trim());
            lines.push(Line { number: first + at, text, kind: Kind::Underline });
            continue;
        }
        match kind {
            Kind::Item(..) => after_item = true,
            Kind::Heading(..) | Kind::Text => after_item = false,
            Kind::Blank | Kind::Underline | Kind::Below => {}
        }
        lines.push(Line { number: first + at, text, kind });
    }
    lines
}

fn heading(line: &str) -> Option<Kind<'_>> {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    let is_one = (1..=6).contains(&level) && text.starts_with([' ', '\t']);
    is_one.then(|| Kind::Heading(level, text.trim().trim_end_matches('#').trim()))
}

/// The level of the heading above a line of `===` or `---`.
fn underline(line: &str) -> Option<usize> {
    let line = line.trim_end();
    let all = |sign| line.len() >= 3 && line.chars().all(|c| c == sign);
    if all('=') { Some(1) } else { all('-').then_some(2) }
}

fn item(line: &str) -> Option<Kind<'_>> {
    list_item(line).map(|(status, text)| Kind::Item(status, text))
}

fn guess(lines: &[Line<'_>], has_front: bool) -> Shape {
    let count = |is: fn(&Kind<'_>) -> bool| lines.iter().filter(|line| is(&line.kind)).count();
    let items = count(|kind| matches!(kind, Kind::Item(..)));
    let texts = count(|kind| *kind == Kind::Text);
    let headings = level_of(lines).map_or(0, |level| lines_of(lines, level));
    let is_list = items >= 2 && items >= 2 * texts && items > headings && !has_described(lines);
    match (is_list, has_front) {
        (true, _) => Shape::List,
        (false, true) => Shape::Note,
        (false, false) => Shape::Headings,
    }
}

/// Whether most headings have a paragraph of their own: then the items below
/// are steps, and the headings are the ideas.
fn has_described(lines: &[Line<'_>]) -> bool {
    let Some(level) = level_of(lines) else { return false };
    let (mut headings, mut described) = (0, 0);
    let mut is_open = false;
    for line in lines {
        match line.kind {
            Kind::Heading(of, _) => {
                is_open = of == level;
                headings += usize::from(is_open);
            }
            Kind::Text if is_open => {
                described += 1;
                is_open = false;
            }
            Kind::Item(..) => is_open = false,
            _ => {}
        }
    }
    headings >= 2 && 2 * described > headings
}

fn list(lines: &[Line<'_>], location: impl Fn(usize) -> Location, rows: &mut Rows) {
    let mut section = None;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        match line.kind {
            Kind::Heading(_, text) => section = Some(plain(text)),
            Kind::Item(status, text) => {
                // What is indented, or goes on without a blank line, is its.
                let mut end = at;
                let mut open = true;
                while let Some(next) = lines.get(end) {
                    match next.kind {
                        Kind::Below => {}
                        Kind::Blank => open = false,
                        Kind::Text if open => {}
                        _ => break,
                    }
                    end += 1;
                }
                let below = dedented(&lines[at..end]);
                at = end;
                let whole = [text, below.as_str()].join("\n");
                let mut cells = text_cells(whole.trim());
                if let Some(status) = status {
                    cells.push(("status".to_owned(), json!(status.id())));
                }
                if let Some(section) = &section {
                    cells.push(("section".to_owned(), Json::String(section.clone())));
                }
                rows.rows.push(Row { location: location(line.number), cells });
            }
            Kind::Text => rows.skip(location(line.number), "text between the items"),
            Kind::Below => rows.skip(location(line.number), "this belongs to no item"),
            Kind::Blank | Kind::Underline => {}
        }
    }
}

/// A text whose first line becomes the title, with what stood in that line beside it.
fn text_cells(text: &str) -> Vec<(String, Json)> {
    cells("text", text, plain_line(text.lines().next().unwrap_or_default()))
}

/// A title, with the links, tags and day that stood in it.
fn title_cells(line: &str) -> Vec<(String, Json)> {
    let plain = plain_line(line);
    cells("title", &plain.text.clone(), plain)
}

fn cells(
    name: &str,
    text: &str,
    PlainLine { links, tags, created, .. }: PlainLine,
) -> Vec<(String, Json)> {
    let mut cells = vec![(name.to_owned(), Json::String(text.to_owned()))];
    cells.extend((!links.is_empty()).then(|| ("links".to_owned(), json!(links))));
    cells.extend((!tags.is_empty()).then(|| ("tags".to_owned(), json!(tags))));
    cells.extend(created.map(|day| ("created".to_owned(), json!(day))));
    cells
}

/// Lines without what they are all indented by.
fn dedented(lines: &[Line<'_>]) -> String {
    let indent = |text: &str| text.len() - text.trim_start().len();
    let filled = lines.iter().filter(|line| !line.text.trim().is_empty());
    let least = filled.map(|line| indent(line.text)).min().unwrap_or(0);
    let cut = lines.iter().map(|line| line.text.get(least..).unwrap_or_default().trim_end());
    cut.collect::<Vec<_>>().join("\n")
}

/// The level whose headings are ideas: the one that most of them have, the upper one of equals.
fn level_of(lines: &[Line<'_>]) -> Option<usize> {
    let levels = 1..=6_usize;
    let count = |level: usize| {
        lines.iter().filter(|line| matches!(line.kind, Kind::Heading(of, _) if of == level)).count()
    };
    levels.rev().filter(|level| count(*level) > 0).max_by_key(|level| count(*level))
}

fn headings(lines: &[Line<'_>], location: impl Fn(usize) -> Location, rows: &mut Rows) {
    let Some(level) = level_of(lines) else { return paragraphs(lines, location, rows) };
    let mut section: Option<String> = None;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        match line.kind {
            Kind::Heading(of, text) if of < level => {
                section = Some(plain(text)).filter(|_| of > 1 || lines_of(lines, of) > 1);
            }
            Kind::Heading(of, text) if of == level => {
                let is_next =
                    |next: &Line<'_>| matches!(next.kind, Kind::Heading(of, _) if of <= level);
                let end =
                    lines[at..].iter().position(is_next).map_or(lines.len(), |more| at + more);
                let below = &lines[at..end];
                let is_underline = |line: &&Line<'_>| line.kind == Kind::Underline;
                let skipped = usize::from(below.first().as_ref().is_some_and(is_underline));
                let body: Vec<&str> = below[skipped..].iter().map(|line| line.text).collect();
                at = end;
                let body = body.join("\n").trim().to_owned();
                let mut cells = title_cells(text);
                if cells[0].1 == "" {
                    rows.skip(location(line.number), "a heading without words");
                    continue;
                }
                if !body.is_empty() {
                    cells.push(("text".to_owned(), Json::String(body)));
                }
                if let Some(section) = &section {
                    cells.push(("section".to_owned(), Json::String(section.clone())));
                }
                rows.rows.push(Row { location: location(line.number), cells });
            }
            Kind::Blank | Kind::Underline => {}
            _ => rows.skip(location(line.number), "above the first heading of an idea"),
        }
    }
}

fn lines_of(lines: &[Line<'_>], level: usize) -> usize {
    lines.iter().filter(|line| matches!(line.kind, Kind::Heading(of, _) if of == level)).count()
}

/// Without headings and lists: paragraphs if there are any of several lines, else lines.
fn paragraphs(lines: &[Line<'_>], location: impl Fn(usize) -> Location, rows: &mut Rows) {
    let filled = |line: &&Line<'_>| !line.text.trim().is_empty();
    let has_gaps = lines.iter().any(|line| line.kind == Kind::Blank);
    let has_lines = lines.windows(2).any(|pair| pair.iter().all(|line| filled(&line)));
    let mut push = |part: &[Line<'_>]| {
        let text: Vec<&str> = part.iter().map(|line| line.text.trim_end()).collect();
        let text = text.join("\n");
        let Some(first) = part.first().filter(|_| title_and_rest(&text).is_some()) else { return };
        // An item among lines that are none loses its mark all the same.
        let (status, beginning) = match first.kind {
            Kind::Item(status, inner) => (status, inner),
            _ => (None, first.text),
        };
        let rest = text.get(first.text.trim_end().len()..).unwrap_or_default();
        let mut cells = text_cells(format!("{}{rest}", beginning.trim_end()).trim());
        cells.extend(status.map(|status| ("status".to_owned(), json!(status.id()))));
        rows.rows.push(Row { location: location(first.number), cells });
    };
    if has_gaps && has_lines {
        lines.split(|line| line.kind == Kind::Blank).for_each(&mut push);
    } else {
        lines.iter().filter(filled).for_each(|line| push(std::slice::from_ref(line)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(rows: &Rows) -> Vec<String> {
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
    fn a_list_with_text_below_its_items() {
        let text = "# Ideas\n\n## NLP\n- [ ] one\n  goes on\n\n  - nested\n- [x] two\n\n## Vision\n\
                    1. three\n```\n- not an item\n```\n";
        let rows = read("x.md", text, None);
        assert_eq!(
            shown(&rows),
            [
                "4 text=one/goes on//- nested status=inbox section=NLP",
                "8 text=two status=done section=NLP",
                "11 text=three/```/- not an item/``` section=Vision",
            ]
        );
        assert!(rows.skipped.is_empty(), "{:?}", rows.skipped);
    }

    #[test]
    fn headings_with_text() {
        let text = "Backlog\n=======\n\nintro\n\n## One\nText.\n### Deeper\n- a\n\n## Two\n";
        let rows = read("x.md", text, None);
        assert_eq!(shown(&rows), ["6 title=One text=Text./### Deeper/- a", "11 title=Two"]);
        assert_eq!(rows.skipped[0].location.line, 4);
    }

    #[test]
    fn notes_and_plain_lines() {
        let note = "---\ntags: [a]\n---\n# Ask the solver\nIt knows.\n";
        let rows = read("ask.md", note, None);
        assert_eq!(shown(&rows), ["1 title=Ask the solver tags=[\"a\"] text=It knows. id=ask.md"]);
        let rows = read("x.txt", "one\n\ntwo\n", None);
        assert_eq!(shown(&rows), ["1 text=one", "3 text=two"]);
        let rows = read("x.txt", "one\nmore\n\ntwo\n", None);
        assert_eq!(shown(&rows), ["1 text=one/more", "4 text=two"]);
        let rows = super::super::read_notes([("a_b.md", "just text"), ("c.md", "")]);
        assert_eq!(shown(&rows), ["1 title=a b text=just text id=a_b.md", "1 title=c id=c.md"]);
    }

    #[test]
    fn links_and_tags_leave_the_title() {
        let text = "- [Smaller teachers](https://example.org/x)\n- [Sparse heads](https://example.org/s): prune #nlp\n\
                    - see <https://example.org/a> and `[a](b)`\n";
        assert_eq!(
            shown(&read("x.md", text, None)),
            [
                "1 text=[Smaller teachers](https://example.org/x) links=[\"https://example.org/x\"]",
                "2 text=[Sparse heads](https://example.org/s): prune #nlp links=[\"https://example.org/s\"] tags=[\"nlp\"]",
                "3 text=see <https://example.org/a> and `[a](b)` links=[\"https://example.org/a\"]",
            ]
        );
        let text = "## [One](https://example.org/1)\ntext\n## Two\n";
        assert_eq!(
            shown(&read("x.md", text, None)),
            ["1 title=One links=[\"https://example.org/1\"] text=text", "3 title=Two"]
        );
        let note = "---\ntags: [a]\n---\n# [Ask](https://example.org/n)\nIt #knows, #12.\n";
        let rows = super::super::read_notes([("sub/ask.md", note)]);
        assert_eq!(
            shown(&rows),
            [
                "1 title=Ask links=[\"https://example.org/n\"] tags=[\"a\",\"knows\"] text=It #knows, #12. folder=sub id=sub/ask.md"
            ]
        );
    }

    #[test]
    fn boxes_comments_underlines_and_steps() {
        let text = "- [-] cancelled\n- [/] half\n- [>] later\n- [x] ready\n- [?] asked\n- [x](https://example.org/)\n";
        let statuses: Vec<String> = shown(&read("x.md", text, None))
            .iter()
            .map(|row| row.split("status=").nth(1).unwrap_or("-").to_owned())
            .collect();
        assert_eq!(statuses, ["abandoned", "active", "parked", "done", "inbox", "-"]);
        let text = "<!-- template\n- not an idea\n-->\n# Ideas\n- Probe\n- Smaller\n";
        assert_eq!(
            shown(&read("x.md", text, None)),
            ["5 text=Probe section=Ideas", "6 text=Smaller section=Ideas"]
        );
        let text = "Probe\n=====\n\nText one.\n\nSmaller\n=======\n\nText two.\n";
        assert_eq!(
            shown(&read("x.md", text, None)),
            ["1 title=Probe text=Text one.", "6 title=Smaller text=Text two."]
        );
        let text = "## Probe\nWe look.\n- step\n- step\n- step\n\n## Smaller\nWe train.\n- step\n- step\n- step\n";
        assert_eq!(
            shown(&read("x.md", text, None)),
            [
                "1 title=Probe text=We look./- step/- step/- step",
                "7 title=Smaller text=We train./- step/- step/- step"
            ]
        );
    }
}
