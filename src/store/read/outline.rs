//! Outline of a text: where each idea stands and what it is called, found without taking
//! the rest apart. To change one idea nothing more has to be known of the others.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr_iter, memmem};

use super::syntax::{Node, own_table, plain_part};
use super::{Key, header, in_shares, parts_from};

/// The names of an idea, and where it stands. Whether the rest of it can be read is not known.
#[derive(Debug, PartialEq)]
pub(crate) struct Outline<'t> {
    /// The part of the text that holds this idea and no other.
    pub(crate) range: Range<usize>,
    /// `None` if it is not written.
    pub(crate) id: Option<Cow<'t, str>>,
    pub(crate) title: Cow<'t, str>,
    pub(crate) aliases: Vec<Cow<'t, str>>,
}

/// The outlines of all ideas of a text, in order; `None` in doubt: where what is needed
/// cannot be read, or ideas are not written below headers.
pub(crate) fn outlines(text: &str) -> Option<Vec<Outline<'_>>> {
    in_shares(text, |range, is_before_ideas| outlines_from(text, range, is_before_ideas))
        .into_iter()
        .collect()
}

/// The outlines of the parts that begin in a range, and where the one behind them begins.
/// The range begins with a part.
pub(super) fn outlines_from(
    text: &str,
    range: Range<usize>,
    is_before_ideas: bool,
) -> (Vec<Option<Outline<'_>>>, usize) {
    let mut outlines = Vec::new();
    let mut start = range.start;
    if is_before_ideas {
        let (parts, end) = parts_from(text, start..start, true);
        let is_plain = parts.iter().all(|(_, part)| part.is_sound() && part.ideas.is_empty());
        outlines.extend((!is_plain).then_some(None));
        start = end;
    }
    while start < range.end {
        let (outline, end) = outline(text, start);
        outlines.push(outline);
        start = end;
    }
    (outlines, start)
}

/// The outline of the part that begins at a header, and where that part ends.
fn outline(text: &str, start: usize) -> (Option<Outline<'_>>, usize) {
    let rest = &text[start..];
    if let Some(length) = length_of_part(rest)
        && let Some(outline) = own_names(&rest[..length], start)
    {
        let end = outline.range.end;
        return (Some(outline), end);
    }
    let (mut parts, end) = parts_from(text, start..start + 1, false);
    let outline = match parts.as_mut_slice() {
        [(range, part)] if part.is_sound() && part.ideas.len() == 1 => {
            part.ideas.pop().and_then(|reading| {
                let idea = reading.idea?;
                let owned = |text: &String| Cow::Owned(text.clone());
                Some(Outline {
                    range: range.clone(),
                    id: reading.has_id.then(|| owned(&idea.id)),
                    title: owned(&idea.title),
                    aliases: idea.aliases.iter().map(owned).collect(),
                })
            })
        }
        _ => None,
    };
    (outline, end)
}

/// The length of the part at the beginning of a text; `None` in doubt.
fn length_of_part(text: &str) -> Option<usize> {
    let length = match next_header_line(text) {
        Some((at, Key::Bare)) => at,
        Some((_, Key::Quoted)) => return None,
        None => text.len(),
    };
    let part = &text.as_bytes()[..length];
    // Without a line feed behind it, it ends some lines and not others.
    let ends_no_line = |at: usize| part.get(at + 1) != Some(&b'\n');
    if memchr_iter(b'\r', part).any(ends_no_line) {
        return None;
    }
    let has = |quotes: &str| memmem::find(part, quotes.as_bytes()).is_some();
    if !has("\"\"\"") && !has("'''") {
        // All other values end with their line, or at the header at the latest.
        return Some(length);
    }
    plain_part(text, false).map(|(_, end)| end).filter(|end| *end == length)
}

/// Where the next line starts that looks like the header of an idea; the first line is
/// passed over.
fn next_header_line(text: &str) -> Option<(usize, Key)> {
    let bytes = text.as_bytes();
    memmem::find_iter(bytes, "[[").find_map(|at| {
        if text[at..].starts_with("[[idea.") {
            return None;
        }
        let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t');
        let start = at - bytes[..at].iter().rev().take_while(|byte| is_blank(byte)).count();
        let begins_line = start > 0 && bytes[start - 1] == b'\n';
        begins_line.then(|| Some((start, header(&text[start..])?))).flatten()
    })
}

/// What the idea of a part is called, if that is written in the plainest way.
fn own_names(part: &str, offset: usize) -> Option<Outline<'_>> {
    let table = own_table(part)?;
    let id = match table.get("id") {
        Some(id) => Some(name(id.get_ref())?),
        None => None,
    };
    let aliases = match table.get("aliases") {
        Some(list) => list.get_ref().as_list()?.iter().map(|one| name(one.get_ref())).collect(),
        None => Some(Vec::new()),
    };
    let title = name(table.get("title")?.get_ref())?;
    Some(Outline { range: offset..offset + part.len(), id, title, aliases: aliases? })
}

/// A text that is not empty and has one line.
fn name<'t>(value: &Node<'t>) -> Option<Cow<'t, str>> {
    match value {
        Node::Text(text) if !text.is_empty() && !text.contains(['\r', '\n']) => Some(text.clone()),
        _ => None,
    }
}
