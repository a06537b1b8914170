//! Map of the spans of every key, value and table of a TOML text, for splicing.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use toml_parser::parser::{Event, EventKind, RecursionGuard, parse_document};
use toml_parser::{ParseError, Source};

/// One step of the way from the document to a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum PathSegment {
    Key(String),
    Index(usize),
}

impl PathSegment {
    pub(super) fn key(name: &str) -> Self {
        Self::Key(name.to_owned())
    }
}

/// The way from the document to a value, through headers, dotted keys,
/// inline tables and lists alike.
pub(super) type KeyPath = Vec<PathSegment>;

/// A key with its value.
#[derive(Debug)]
pub(super) struct KeyValueSpan {
    pub(super) path: KeyPath,
    /// The key as written, dots included.
    pub(super) key: Range<usize>,
    /// The last step of the key.
    pub(super) last: Range<usize>,
    pub(super) value: Range<usize>,
    /// Position in [`SpanMap::tables`] of the table in which it is written.
    pub(super) table: usize,
}

/// A table with a text of its own.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) path: KeyPath,
    /// The header, or the braces and what is between them.
    pub(super) span: Range<usize>,
    pub(super) is_inline: bool,
}

/// All tables and pairs of a text, in the order in which they are written.
#[derive(Debug, Default)]
pub(super) struct SpanMap {
    pub(super) tables: Vec<Table>,
    pub(super) pairs: Vec<KeyValueSpan>,
}

impl SpanMap {
    /// Maps a text that the TOML parser accepts.
    pub(super) fn of(text: &str) -> Self {
        let source = Source::new(text);
        let tokens = source.lex().into_vec();
        let mut events = Vec::with_capacity(tokens.len());
        let mut errors: Vec<ParseError> = Vec::new();
        // As deep as the reader goes: both see the same text, or none.
        let mut guard = RecursionGuard::new(&mut events, 80);
        parse_document(&tokens, &mut guard, &mut errors);
        let mut visitor = SpanVisitor {
            source,
            events: &events,
            lists: HashMap::new(),
            span_map: Self::default(),
        };
        visitor.document();
        visitor.span_map
    }

    /// The pair at a path.
    pub(super) fn pair(&self, path: &[PathSegment]) -> Option<&KeyValueSpan> {
        self.pairs.iter().find(|pair| pair.path == path)
    }

    /// The table at a path, if it has a header or braces of its own.
    pub(super) fn table(&self, path: &[PathSegment]) -> Option<&Table> {
        self.tables.iter().find(|table| table.path == path)
    }
}

struct SpanVisitor<'t, 'e> {
    source: Source<'t>,
    events: &'e [Event],
    /// Number of elements so far of every list that is written with headers.
    lists: HashMap<KeyPath, usize>,
    span_map: SpanMap,
}

impl SpanVisitor<'_, '_> {
    fn next(&mut self) -> Option<Event> {
        let (first, rest) = self.events.split_first()?;
        self.events = rest;
        Some(*first)
    }

    fn document(&mut self) {
        self.span_map.tables.push(Table { path: Vec::new(), span: 0..0, is_inline: false });
        let mut current = 0;
        while let Some(event) = self.next() {
            match event.kind() {
                EventKind::StdTableOpen | EventKind::ArrayTableOpen => {
                    self.header(event);
                    current = self.span_map.tables.len() - 1;
                }
                EventKind::SimpleKey => self.pair(event, current),
                _ => {}
            }
        }
    }

    fn header(&mut self, open: Event) {
        let is_list = open.kind() == EventKind::ArrayTableOpen;
        let mut path = KeyPath::new();
        let mut end = open.span().end();
        while let Some(event) = self.next() {
            end = event.span().end();
            match event.kind() {
                EventKind::SimpleKey => {
                    self.descend_into_list(&mut path);
                    path.push(self.step(event));
                }
                EventKind::StdTableClose | EventKind::ArrayTableClose | EventKind::Newline => break,
                _ => {}
            }
        }
        if is_list {
            let count = self.lists.entry(path.clone()).or_default();
            path.push(PathSegment::Index(*count));
            *count += 1;
        } else {
            self.descend_into_list(&mut path);
        }
        let span = open.span().start()..end;
        self.span_map.tables.push(Table { path, span, is_inline: false });
    }

    /// A header that passes through a list means its last element.
    fn descend_into_list(&self, path: &mut KeyPath) {
        if let Some(count) = self.lists.get(path) {
            path.push(PathSegment::Index(count - 1));
        }
    }

    fn step(&self, event: Event) -> PathSegment {
        let mut key = Cow::Borrowed("");
        if let Some(raw) = self.source.get(event) {
            raw.decode_key(&mut key, &mut ());
        }
        PathSegment::Key(key.into_owned())
    }

    /// A pair from its first key on, in a table that has been entered.
    fn pair(&mut self, first: Event, table: usize) {
        let mut path = self.span_map.tables[table].path.clone();
        path.push(self.step(first));
        let mut last = first.span();
        while let Some(event) = self.next() {
            match event.kind() {
                EventKind::SimpleKey => {
                    path.push(self.step(event));
                    last = event.span();
                }
                EventKind::KeyValSep => break,
                _ => {}
            }
        }
        let at = self.span_map.pairs.len();
        let key = first.span().start()..last.end();
        let last = last.start()..last.end();
        self.span_map.pairs.push(KeyValueSpan {
            path: path.clone(),
            key,
            last,
            value: 0..0,
            table,
        });
        if let Some(value) = self.value(&path) {
            self.span_map.pairs[at].value = value;
        }
    }

    /// The span of the value that comes next, after mapping what is in it.
    fn value(&mut self, path: &KeyPath) -> Option<Range<usize>> {
        loop {
            let event = self.next()?;
            let start = event.span().start();
            match event.kind() {
                EventKind::Scalar => return Some(start..event.span().end()),
                EventKind::ArrayOpen => return Some(start..self.array(path, event)),
                EventKind::InlineTableOpen => return Some(start..self.inline_table(path, event)),
                EventKind::Newline | EventKind::ArrayClose | EventKind::InlineTableClose => {
                    return None;
                }
                _ => {}
            }
        }
    }

    fn array(&mut self, path: &KeyPath, open: Event) -> usize {
        let mut index = 0;
        while let Some(event) = self.events.first().copied() {
            match event.kind() {
                EventKind::ArrayClose => {
                    self.next();
                    return event.span().end();
                }
                EventKind::Scalar | EventKind::ArrayOpen | EventKind::InlineTableOpen => {
                    let mut path = path.clone();
                    path.push(PathSegment::Index(index));
                    self.value(&path);
                    index += 1;
                }
                _ => {
                    self.next();
                }
            }
        }
        open.span().end()
    }

    fn inline_table(&mut self, path: &KeyPath, open: Event) -> usize {
        let table = self.span_map.tables.len();
        let start = open.span().start();
        let span = start..open.span().end();
        self.span_map.tables.push(Table { path: path.clone(), span, is_inline: true });
        while let Some(event) = self.next() {
            match event.kind() {
                EventKind::InlineTableClose => {
                    let end = event.span().end();
                    self.span_map.tables[table].span = start..end;
                    return end;
                }
                EventKind::SimpleKey => self.pair(event, table),
                _ => {}
            }
        }
        open.span().end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(path: &KeyPath) -> String {
        let steps = path.iter().map(|step| match step {
            PathSegment::Key(key) => key.clone(),
            PathSegment::Index(index) => format!("#{index}"),
        });
        steps.collect::<Vec<_>>().join(".")
    }

    #[test]
    fn every_spelling_of_a_key_is_found() {
        let text = r#"
top = 1
[[idea]] # first
ratings . "headroom" = [1, 2] # why
bet = { kind = "hot", "x".y = {} }
log = [ { date = 1 }, { date = 2 } ]
[[idea]]
[idea.case]
pitch = """
[[idea]]"""
[[idea.log]]
[[idea.log]]
[idea.log.more]
note = 'n'
"#;
        let span_map = SpanMap::of(text);
        let pairs: Vec<_> = span_map
            .pairs
            .iter()
            .map(|pair| (written(&pair.path), &text[pair.value.clone()]))
            .collect();
        let expected = [
            ("top", "1"),
            ("idea.#0.ratings.headroom", "[1, 2]"),
            ("idea.#0.bet", "{ kind = \"hot\", \"x\".y = {} }"),
            ("idea.#0.bet.kind", "\"hot\""),
            ("idea.#0.bet.x.y", "{}"),
            ("idea.#0.log", "[ { date = 1 }, { date = 2 } ]"),
            ("idea.#0.log.#0.date", "1"),
            ("idea.#0.log.#1.date", "2"),
            ("idea.#1.case.pitch", "\"\"\"\n[[idea]]\"\"\""),
            ("idea.#1.log.#1.more.note", "'n'"),
        ];
        let expected: Vec<_> = expected.map(|(path, value)| (path.to_owned(), value)).to_vec();
        assert_eq!(pairs, expected);
        let headroom = &span_map.pairs[1];
        assert_eq!(&text[headroom.key.clone()], "ratings . \"headroom\"");
        assert_eq!(&text[headroom.last.clone()], "\"headroom\"");
        let tables: Vec<_> = span_map
            .tables
            .iter()
            .filter(|table| !table.is_inline)
            .map(|table| (written(&table.path), &text[table.span.clone()]))
            .collect();
        let expected = [
            ("", ""),
            ("idea.#0", "[[idea]]"),
            ("idea.#1", "[[idea]]"),
            ("idea.#1.case", "[idea.case]"),
            ("idea.#1.log.#0", "[[idea.log]]"),
            ("idea.#1.log.#1", "[[idea.log]]"),
            ("idea.#1.log.#1.more", "[idea.log.more]"),
        ];
        let expected: Vec<_> = expected.map(|(path, span)| (path.to_owned(), span)).to_vec();
        assert_eq!(tables, expected);
    }
}
