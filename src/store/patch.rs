//! Replaced bytes, and how to find them again.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::file::SourceFile;
use crate::domain::{fnv_1a, fnv_1a_of_two};

/// How many bytes around a spot must be the same for it to be that spot.
const CONTEXT: usize = 32;

/// All patches of one file, in the order in which they were made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct FilePatch {
    /// Name of the file in its folder.
    pub(super) file: String,
    /// Length before; `None` if there was no file.
    pub(super) before: Option<usize>,
    /// Length after; `None` if the file was removed.
    pub(super) after: Option<usize>,
    /// Hash of the whole text before and after; absent in journals of 0.2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) before_hash: Option<TextHash>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) after_hash: Option<TextHash>,
    pub(super) patches: Vec<Patch>,
}

/// 64-bit FNV-1a of a text, as 16 hexadecimal digits. Journals hold it, so that
/// it must never be computed in another way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct TextHash(String);

impl TextHash {
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self::from_number(fnv_1a(bytes))
    }

    fn from_number(hash: u64) -> Self {
        Self(format!("{hash:016x}"))
    }
}

/// Length and hash of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TextId(usize, TextHash);

impl TextId {
    pub(super) fn of(text: &str) -> Self {
        Self(text.len(), TextHash::of(text.as_bytes()))
    }

    pub(super) fn is_of_nothing(&self) -> bool {
        self.0 == 0
    }
}

/// The side of a step that a file is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
    /// The step left the file as it was: it may be on either side.
    Both,
    /// Edited since, so that it cannot be told.
    Unclear,
}

impl FilePatch {
    /// That of a file of which no patch is known yet.
    pub(super) fn new(name: &str, before: Option<&str>, after: Option<&str>) -> Self {
        let (before_hash, after_hash) = fnv_1a_of_two(
            before.unwrap_or_default().as_bytes(),
            after.unwrap_or_default().as_bytes(),
        );
        Self {
            file: name.to_owned(),
            before: before.map(str::len),
            after: after.map(str::len),
            before_hash: before.map(|_| TextHash::from_number(before_hash)),
            after_hash: after.map(|_| TextHash::from_number(after_hash)),
            patches: Vec::new(),
        }
    }

    /// The side that a text, or a missing file, is on.
    pub(super) fn side_of(&self, text: Option<&str>) -> Side {
        match (self.exact_side_of(text), text) {
            (Side::Unclear, Some(text)) if self.has_hashes() => self.side_by_context(text),
            (side, _) => side,
        }
    }

    /// As [`Self::side_of`], but a text that was edited since is on no side.
    /// Records of 0.2 have no hashes: there the length and the patched bytes tell.
    pub(super) fn exact_side_of(&self, text: Option<&str>) -> Side {
        let is = |length: Option<usize>, hash: &Option<TextHash>| {
            length == text.map(str::len)
                && match (hash, text) {
                    (Some(hash), Some(text)) => *hash == TextHash::of(text.as_bytes()),
                    _ => true,
                }
        };
        let patched = |other: fn(&Self, &str) -> Option<String>| {
            self.has_hashes() || text.is_none_or(|text| other(self, text).is_some())
        };
        let before = is(self.before, &self.before_hash) && patched(Self::applied);
        let after = is(self.after, &self.after_hash) && patched(Self::unapplied);
        match (before, after) {
            (true, true) => Side::Both,
            (true, false) => Side::Before,
            (false, true) => Side::After,
            (false, false) => Side::Unclear,
        }
    }

    /// The text after the step; `None` if it removed the file, and nothing is
    /// known from journals of 0.2.
    pub(super) fn text_after(&self) -> Option<TextId> {
        self.after.zip(self.after_hash.clone()).map(|(length, hash)| TextId(length, hash))
    }

    const fn has_hashes(&self) -> bool {
        self.before_hash.is_some() || self.after_hash.is_some()
    }

    /// Whether a text is the one from before the step; a file that was not there counts as empty.
    pub(super) fn is_before(&self, text: &str) -> bool {
        match &self.before_hash {
            Some(hash) => *hash == TextHash::of(text.as_bytes()),
            None => text.len() == self.before.unwrap_or(0),
        }
    }

    /// The text from before the step, if `text` is the one from after it.
    pub(super) fn unapplied(&self, text: &str) -> Option<String> {
        let mut text = text.to_owned();
        for patch in self.patches.iter().rev() {
            let spot = patch.at..patch.at + patch.after.len();
            if text.get(spot.clone()) != Some(patch.after.as_str()) {
                return None;
            }
            text.replace_range(spot, &patch.before);
        }
        (Some(text.len()) == self.before || self.before.is_none() && text.is_empty())
            .then_some(text)
    }

    /// The text from after the step, if `text` is the one from before it.
    fn applied(&self, text: &str) -> Option<String> {
        let mut text = text.to_owned();
        for patch in &self.patches {
            let spot = patch.at..patch.at + patch.before.len();
            if text.get(spot.clone()) != Some(patch.before.as_str()) {
                return None;
            }
            text.replace_range(spot, &patch.after);
        }
        (Some(text.len()) == self.after).then_some(text)
    }

    /// The side of a text that was edited since: every patch is found exactly
    /// once with one of its texts, and nowhere with the other.
    fn side_by_context(&self, text: &str) -> Side {
        let is_all = |from: fn(&Patch) -> &str, to: fn(&Patch) -> &str, backwards: bool| {
            let mut text = text.to_owned();
            let mut patches: Vec<&Patch> = self.patches.iter().collect();
            if backwards {
                patches.reverse();
            }
            !patches.is_empty()
                && patches.into_iter().all(|patch| {
                    let here = patch.places(&text, from(patch));
                    let [at] = here[..] else { return false };
                    if !patch.places(&text, to(patch)).is_empty() {
                        return false;
                    }
                    text.replace_range(at..at + from(patch).len(), to(patch));
                    true
                })
        };
        let after = is_all(|patch| &patch.after, |patch| &patch.before, true);
        let before = is_all(|patch| &patch.before, |patch| &patch.after, false);
        match (before, after) {
            (true, false) => Side::Before,
            (false, true) => Side::After,
            _ => Side::Unclear,
        }
    }
}

/// One replaced stretch of a file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Patch {
    /// Where it starts in the file.
    pub(super) at: usize,
    /// The idea in whose part it starts once it is made, and where in it.
    pub(super) anchor: Option<(String, usize)>,
    pub(super) before: String,
    pub(super) after: String,
    /// The text right before it and right behind it.
    left: String,
    right: String,
}

impl Patch {
    /// The patch that has replaced `before` by what now stands at `spot`.
    pub(super) fn new(file: &SourceFile, spot: Range<usize>, before: String) -> Self {
        let text = &file.text;
        let left = floor_char_boundary(text, spot.start.saturating_sub(CONTEXT));
        let right = floor_char_boundary(text, (spot.end + CONTEXT).min(text.len()));
        let anchor = file.slots.iter().rfind(|slot| slot.range.start <= spot.start);
        let anchor = anchor
            .and_then(|slot| Some((slot.id.as_ref()?.to_string(), spot.start - slot.range.start)));
        Self {
            at: spot.start,
            anchor,
            before,
            after: text[spot.clone()].to_owned(),
            left: text[left..spot.start].to_owned(),
            right: text[spot.end..right].to_owned(),
        }
    }

    /// Where the written bytes stand in a file that was edited since: the only
    /// place with the same surroundings, in its idea if it has one.
    pub(super) fn find(&self, file: &SourceFile) -> Option<Range<usize>> {
        let places = self.places(&file.text, &self.after);
        let at = match &self.anchor {
            Some((id, _)) => {
                let slot = file.slots.iter().find(|slot| slot.id.as_deref() == Some(id))?;
                only(
                    places
                        .into_iter()
                        .filter(|at| slot.range.contains(at) || *at == slot.range.end),
                )?
            }
            None => only(places)?,
        };
        Some(at..at + self.after.len())
    }

    /// All places where `middle` stands in the surroundings of this patch. A spot
    /// at the end of its file is still there.
    fn places(&self, text: &str, middle: &str) -> Vec<usize> {
        let sought = [self.left.as_str(), middle, &self.right].concat();
        let fits = |start: &usize| !self.right.is_empty() || start + sought.len() == text.len();
        let mut from = 0;
        let starts = std::iter::from_fn(|| {
            let start = from + text.get(from..)?.find(&sought)?;
            from = start + text[start..].chars().next().map_or(1, char::len_utf8);
            Some(start)
        });
        starts.filter(fits).map(|start| start + self.left.len()).collect()
    }
}

fn only<T>(items: impl IntoIterator<Item = T>) -> Option<T> {
    let mut items = items.into_iter();
    items.next().filter(|_| items.next().is_none())
}

/// The range of `old` that differs from `new`, and what stands there instead.
pub(super) fn difference<'n>(old: &str, new: &'n str) -> Option<(Range<usize>, &'n str)> {
    if old == new {
        return None;
    }
    let same = old.bytes().zip(new.bytes()).take_while(|(old, new)| old == new).count();
    let start = floor_char_boundary(old, same);
    let (old_rest, new_rest) = (&old.as_bytes()[start..], &new.as_bytes()[start..]);
    let pairs = old_rest.iter().rev().zip(new_rest.iter().rev());
    let mut tail = pairs.take_while(|(old, new)| old == new).count();
    while !old.is_char_boundary(old.len() - tail) {
        tail -= 1;
    }
    Some((start..old.len() - tail, &new[start..new.len() - tail]))
}

fn floor_char_boundary(text: &str, mut offset: usize) -> usize {
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::file::FileKind;

    #[test]
    fn a_difference_is_small_and_on_characters() {
        assert_eq!(difference("a = 7\n", "a = 8\n"), Some((4..5, "8")));
        assert_eq!(difference("aa", "aaa"), Some((2..2, "a")));
        assert_eq!(difference("é", "è"), Some((0..2, "è")));
        assert_eq!(difference("xé", "x\u{129}"), Some((1..3, "\u{129}")));
        assert_eq!(difference("same", "same"), None);
    }

    #[test]
    fn a_spot_is_found_where_it_is_and_nowhere_else() {
        let mut file = SourceFile::new("x.toml".into(), FileKind::Ideas);
        let text = "[[idea]]\ntitle = \"A\"\na1 = 1\n[[idea]]\ntitle = \"B\"\na1 = 1\n";
        file.replace(0..0, text);
        let at = text.rfind("1\n").unwrap();
        for slot in &mut file.slots {
            slot.id.clone_from(&slot.slug);
        }
        let patch = Patch::new(&file, at..at + 1, "2".to_owned());
        assert_eq!(patch.anchor, Some(("b".to_owned(), at - text.rfind("[[").unwrap())));
        assert_eq!(patch.find(&file), Some(at..at + 1));
        file.replace(9..9, "note = 1\n");
        assert_eq!(patch.find(&file), Some(at + 9..at + 10));
        file.replace(at + 9..at + 10, "3");
        assert_eq!(patch.find(&file), None);
    }
}
