//! Syntax of one part of a text: a tree of values with spans, made by a scanner of the
//! plain TOML that most files consist of, or by the `toml` crate. The scanner gives up
//! where it has any doubt (rare escapes, inline tables, dotted keys, faults, …), so that the
//! two agree wherever it does not.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr2, memmem};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::domain::Date;
use crate::toml_value::number_of;

/// A key, and the value behind it.
type Cell<'t> = (Spanned<Cow<'t, str>>, Spanned<Node<'t>>);

/// A value.
#[derive(Debug, PartialEq)]
pub(super) enum Node<'t> {
    Text(Cow<'t, str>),
    /// `None` where it is too large or not finite.
    Number(Option<f64>),
    Flag(bool),
    /// The day of a date or date-time; `None` for a time alone and a day that is in no calendar.
    Date(Option<Date>),
    List(Vec<Spanned<Node<'t>>>),
    Table(Table<'t>),
}

impl<'t> Node<'t> {
    pub(super) fn as_str(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub(super) fn as_bool(&self) -> Option<bool> {
        if let Self::Flag(flag) = self { Some(*flag) } else { None }
    }

    pub(super) fn as_list(&self) -> Option<&[Spanned<Self>]> {
        if let Self::List(items) = self { Some(items) } else { None }
    }

    pub(super) fn as_number(&self) -> Option<f64> {
        if let Self::Number(number) = self { *number } else { None }
    }

    /// The day of a date, or of a text that holds one.
    pub(super) fn as_date(&self) -> Option<Date> {
        match self {
            Self::Date(date) => *date,
            Self::Text(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    fn of(value: DeValue<'t>) -> Self {
        match value {
            DeValue::String(text) => Self::Text(text),
            DeValue::Boolean(flag) => Self::Flag(flag),
            DeValue::Integer(_) | DeValue::Float(_) => Self::Number(number_of(&value)),
            DeValue::Datetime(_) => Self::Date(crate::store::print::date_of(&value)),
            DeValue::Array(items) => Self::List(items.into_iter().map(spanned).collect()),
            DeValue::Table(table) => Self::Table(Table::of(table)),
        }
    }
}

fn spanned<'t>(value: Spanned<DeValue<'t>>) -> Spanned<Node<'t>> {
    Spanned::new(value.span(), Node::of(value.into_inner()))
}

/// A table, in the order of its keys.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Table<'t> {
    cells: Vec<Cell<'t>>,
}

impl<'t> Table<'t> {
    pub(super) fn of(table: DeTable<'t>) -> Self {
        let cells = table.into_iter();
        Self { cells: cells.map(|(key, value)| (key, spanned(value))).collect() }
    }

    pub(super) fn get(&self, key: &str) -> Option<&Spanned<Node<'t>>> {
        self.get_key_value(key).map(|(_, value)| value)
    }

    pub(super) fn get_key_value(
        &self,
        key: &str,
    ) -> Option<(&Spanned<Cow<'t, str>>, &Spanned<Node<'t>>)> {
        self.iter().find(|(known, _)| *known.get_ref() == key)
    }

    pub(super) fn contains_key(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    pub(super) fn iter(
        &self,
    ) -> impl Iterator<Item = (&Spanned<Cow<'t, str>>, &Spanned<Node<'t>>)> {
        self.cells.iter().map(|(key, value)| (key, value))
    }

    /// Adds a cell; `None` if the key is there already.
    fn add(&mut self, key: Spanned<Cow<'t, str>>, value: Spanned<Node<'t>>) -> Option<()> {
        let is_new = !self.contains_key(key.get_ref());
        is_new.then(|| self.cells.push((key, value)))
    }

    fn sorted(mut self) -> Self {
        self.cells.sort_unstable_by(|(a, _), (b, _)| a.get_ref().cmp(b.get_ref()));
        self
    }
}

/// The header of an idea, as nearly every file writes it.
const HEADER: &str = "[[idea]]";

/// Reads the part at the beginning of a text: what stands before the first idea, or an
/// idea with its header. Returns its values, with spans counted from there, and where it
/// ends; `None` in doubt.
pub(super) fn plain_part(text: &str, is_before_ideas: bool) -> Option<(Table<'_>, usize)> {
    let mut scanner = Scanner { text, at: 0 };
    let mut root = Table::default();
    let mut ideas: Option<Spanned<Cow<'_, str>>> = None;
    let mut idea = Open::default();
    loop {
        let start = scanner.at;
        scanner.skip_blanks();
        match scanner.peek() {
            None => break,
            Some(b'[') if scanner.at > start => return None,
            Some(b'[') => {
                if scanner.rest().starts_with(HEADER) {
                    super::header(scanner.rest())?;
                    if is_before_ideas || ideas.is_some() {
                        break;
                    }
                    if start > 0 {
                        return None;
                    }
                    ideas = Some(Spanned::new(2..6, Cow::Borrowed("idea")));
                    scanner.at += HEADER.len();
                    idea.header = 0..scanner.at;
                } else {
                    ideas.as_ref()?;
                    idea.close_section()?;
                    idea.section = Some(scanner.section()?);
                }
            }
            Some(b'\n' | b'\r' | b'#') => {}
            Some(_) => {
                let (key, value) = scanner.cell()?;
                match (&ideas, &mut idea.section) {
                    (None, _) => root.add(key, value)?,
                    (Some(_), None) => idea.table.add(key, value)?,
                    (Some(_), Some(section)) => section.table.add(key, value)?,
                }
            }
        }
        scanner.end_line()?;
    }
    if let Some(key) = ideas {
        idea.close_section()?;
        let span = idea.header;
        let table = Spanned::new(span.clone(), Node::Table(idea.table.sorted()));
        root.add(key, Spanned::new(span, Node::List(vec![table])))?;
    }
    Some((root.sorted(), scanner.at))
}

/// The cells of the idea at whose header a part begins, without the sections below it;
/// `None` in doubt.
pub(super) fn own_table(part: &str) -> Option<Table<'_>> {
    part.starts_with(HEADER).then_some(())?;
    let mut scanner = Scanner { text: part, at: HEADER.len() };
    let mut table = Table::default();
    loop {
        scanner.end_line()?;
        scanner.skip_blanks();
        match scanner.peek() {
            None | Some(b'[') => return Some(table),
            Some(b'\n' | b'\r' | b'#') => {}
            Some(_) => {
                let (key, value) = scanner.cell()?;
                table.add(key, value)?;
            }
        }
    }
}

/// An idea that is being read.
#[derive(Default)]
struct Open<'t> {
    header: Range<usize>,
    table: Table<'t>,
    /// Names of the lists that consist of sections.
    lists: Vec<Cow<'t, str>>,
    section: Option<Section<'t>>,
}

/// `[idea.NAME]` or `[[idea.NAME]]`.
struct Section<'t> {
    key: Spanned<Cow<'t, str>>,
    header: Range<usize>,
    is_list: bool,
    table: Table<'t>,
}

impl Open<'_> {
    /// Puts the section that ends here where it belongs.
    fn close_section(&mut self) -> Option<()> {
        let Some(Section { key, header, is_list, table }) = self.section.take() else {
            return Some(());
        };
        let value = Spanned::new(header.clone(), Node::Table(table.sorted()));
        if !is_list {
            return self.table.add(key, value);
        }
        if !self.lists.contains(key.get_ref()) {
            self.lists.push(key.get_ref().clone());
            return self.table.add(key, Spanned::new(header, Node::List(vec![value])));
        }
        let cells = &mut self.table.cells;
        let (_, list) = cells.iter_mut().find(|(known, _)| known.get_ref() == key.get_ref())?;
        match list.as_mut() {
            Node::List(items) => items.push(value),
            _ => return None,
        }
        Some(())
    }
}

/// A position in a text. Every reader returns `None` in doubt.
struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scanner<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_blanks(&mut self) {
        while let Some(b' ' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    fn skip(&mut self, byte: u8) -> Option<()> {
        (self.peek() == Some(byte)).then(|| self.at += 1)
    }

    /// What may stand behind everything: blanks, a comment, and the end of the line.
    fn end_line(&mut self) -> Option<()> {
        self.skip_blanks();
        if self.peek() == Some(b'#') {
            let rest = self.rest().as_bytes();
            let mut length = memchr(b'\n', rest).unwrap_or(rest.len());
            if length < rest.len() && length > 0 && rest[length - 1] == b'\r' {
                length -= 1;
            }
            is_plain(&rest[..length]).then_some(())?;
            self.at += length;
        }
        self.newline().or_else(|| self.peek().is_none().then_some(()))
    }

    fn newline(&mut self) -> Option<()> {
        let length = match self.text.as_bytes().get(self.at..)? {
            [b'\n', ..] => 1,
            [b'\r', b'\n', ..] => 2,
            _ => return None,
        };
        self.at += length;
        Some(())
    }

    /// A key of letters, digits, `_` and `-`.
    fn key(&mut self) -> Option<Spanned<Cow<'t, str>>> {
        let rest = self.rest();
        let is_bare = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        let length = rest.bytes().take_while(is_bare).count();
        let span = self.at..self.at + length;
        self.at += length;
        (length > 0).then(|| Spanned::new(span, Cow::Borrowed(&rest[..length])))
    }

    fn section(&mut self) -> Option<Section<'t>> {
        let start = self.at;
        self.skip(b'[')?;
        let is_list = self.skip(b'[').is_some();
        self.rest().starts_with("idea.").then(|| self.at += "idea.".len())?;
        let key = self.key()?;
        self.skip(b']')?;
        if is_list {
            self.skip(b']')?;
        }
        // Room for the keys of most entries.
        let table = Table { cells: Vec::with_capacity(6) };
        Some(Section { key, header: start..self.at, is_list, table })
    }

    fn cell(&mut self) -> Option<Cell<'t>> {
        let key = self.key()?;
        self.skip_blanks();
        self.skip(b'=')?;
        self.skip_blanks();
        let value = if self.peek() == Some(b'[') { self.list() } else { self.scalar() };
        Some((key, value?))
    }

    /// A list of single values, on one line or several.
    fn list(&mut self) -> Option<Spanned<Node<'t>>> {
        let start = self.at;
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.skip_space();
            if self.skip(b']').is_some() {
                break;
            }
            items.push(self.scalar()?);
            self.skip_space();
            if self.skip(b',').is_none() {
                self.skip(b']')?;
                break;
            }
        }
        Some(Spanned::new(start..self.at, Node::List(items)))
    }

    /// Blanks and line breaks.
    fn skip_space(&mut self) {
        loop {
            self.skip_blanks();
            if self.newline().is_none() {
                return;
            }
        }
    }

    fn scalar(&mut self) -> Option<Spanned<Node<'t>>> {
        let start = self.at;
        let node = match self.peek()? {
            b'"' if self.rest().starts_with("\"\"\"") => self.long_text("\"\"\"")?,
            b'\'' if self.rest().starts_with("'''") => self.long_text("'''")?,
            quote @ (b'"' | b'\'') => self.short_text(quote)?,
            _ => self.word()?,
        };
        Some(Spanned::new(start..self.at, node))
    }

    fn short_text(&mut self, quote: u8) -> Option<Node<'t>> {
        self.at += 1;
        let mut text = Cow::Borrowed("");
        loop {
            let rest = self.rest();
            let length = match quote {
                b'"' => memchr2(quote, b'\\', rest.as_bytes())?,
                _ => memchr(quote, rest.as_bytes())?,
            };
            is_plain(&rest.as_bytes()[..length]).then_some(())?;
            // Nothing is copied where there is no escape.
            text += &rest[..length];
            self.at += length + 1;
            if rest.as_bytes()[length] == quote {
                return Some(Node::Text(text));
            }
            let escaped = match self.peek()? {
                b'"' => "\"",
                b'\\' => "\\",
                b'n' => "\n",
                b't' => "\t",
                _ => return None,
            };
            text += escaped;
            self.at += 1;
        }
    }

    fn long_text(&mut self, quotes: &str) -> Option<Node<'t>> {
        let inner = &self.rest()[quotes.len()..];
        let length = memmem::find(inner.as_bytes(), quotes.as_bytes())?;
        let text = &inner[..length];
        self.at += length + 2 * quotes.len();
        // A quote more belongs to the text.
        let is_plain = text.split('\n').all(|line| is_plain(line.as_bytes()))
            && !(quotes == "\"\"\"" && text.contains('\\'))
            && self.peek() != Some(quotes.as_bytes()[0]);
        let text = text.strip_prefix('\n').unwrap_or(text);
        is_plain.then_some(Node::Text(Cow::Borrowed(text)))
    }

    /// A number, a day, `true` or `false`.
    fn word(&mut self) -> Option<Node<'t>> {
        let rest = self.rest();
        let is_part = |byte: &u8| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+' | b'.' | b':')
        };
        let word = &rest[..rest.bytes().take_while(is_part).count()];
        self.at += word.len();
        match word {
            "true" => return Some(Node::Flag(true)),
            "false" => return Some(Node::Flag(false)),
            _ => {}
        }
        if word.len() == "2026-11-28".len() && word.as_bytes()[4] == b'-' {
            // Behind a blank the time may follow.
            let has_time = rest[word.len()..].starts_with(' ')
                && rest[word.len()..].trim_start().starts_with(|c: char| c.is_ascii_digit());
            return (!has_time).then(|| day(word)).flatten().map(|day| Node::Date(Some(day)));
        }
        number(word).map(|number| Node::Number(Some(number)))
    }
}

/// Whether there is nothing but text in some bytes: no line break and nothing that only
/// an escape may stand for.
fn is_plain(bytes: &[u8]) -> bool {
    !bytes.iter().any(|byte| (*byte < b' ' && *byte != b'\t') || *byte == 0x7f)
}

/// `2026-11-28`
fn day(word: &str) -> Option<Date> {
    let digits = |range: Range<usize>| {
        let digits = &word[range];
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<i16>().ok())?
    };
    (word.as_bytes()[7] == b'-').then_some(())?;
    let (month, day) = (digits(5..7)?, digits(8..10)?);
    Date::new(digits(0..4)?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A decimal number without an exponent, such as `-3` and `0.25`.
fn number(word: &str) -> Option<f64> {
    /// Digits that a float holds without rounding.
    const EXACT: usize = 15;
    let digits = word.strip_prefix('-').unwrap_or(word);
    let (whole, behind) = digits.split_once('.').unwrap_or((digits, "0"));
    let are_digits = |part: &str| {
        !part.is_empty() && part.len() <= EXACT && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_number =
        are_digits(whole) && are_digits(behind) && (whole == "0" || !whole.starts_with('0'));
    // Adding zero turns a negative zero into a plain one.
    is_number.then(|| word.parse::<f64>().ok()).flatten().map(|number| number + 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::read::outline::outlines_from;
    use crate::store::read::{Placed, next_header, outlines, parts};
    use proptest::prelude::*;
    use proptest::sample::{Index, select};

    /// What the `toml` crate makes of a text; `None` where it finds a fault.
    fn parsed(text: &str) -> Option<Table<'_>> {
        let (table, errors) = DeTable::parse_recoverable(text);
        errors.is_empty().then(|| Table::of(table.into_inner()))
    }

    /// Wherever the scanner has no doubt, it says what the lexer says. Returns how many
    /// parts were plain.
    fn check(text: &str) -> usize {
        let (mut start, mut is_before_ideas, mut plain) = (0, true, 0);
        while start < text.len() {
            let rest = &text[start..];
            let header = next_header(rest, is_before_ideas);
            if let Some((table, end)) = plain_part(rest, is_before_ideas) {
                assert_eq!(end, header.unwrap_or(rest.len()), "{rest:?}");
                assert_eq!(Some(table), parsed(&rest[..end]), "{:?}", &rest[..end]);
                plain += 1;
            }
            let Some(header) = header else { break };
            start += header;
            is_before_ideas = false;
        }
        check_outlines(text);
        plain
    }

    /// Every outline is that of a part, with the names that the whole part gives its idea.
    fn check_outlines(text: &str) {
        let parts = parts(text);
        let (outlines, end) = outlines_from(text, 0..text.len(), true);
        for outline in outlines.iter().flatten() {
            let part = parts.iter().find(|(range, _)| *range == outline.range);
            let (_, part) = part.expect("a part where the outline is");
            if part.is_sound() {
                assert_eq!(part.ideas.len(), 1, "{text:?}");
                let reading = &part.ideas[0];
                let idea = reading.idea.as_ref().expect("a sound part");
                let id = reading.has_id.then_some(idea.id.as_str());
                assert_eq!(outline.id.as_deref(), id, "{text:?}");
                assert_eq!(outline.title, idea.title, "{text:?}");
                assert_eq!(outline.aliases, idea.aliases, "{text:?}");
            }
        }
        if outlines.iter().all(Option::is_some) {
            let ranges = |parts: &[Placed]| parts.iter().map(|(range, _)| range.clone()).collect();
            let of_parts: Vec<Range<usize>> = ranges(&parts[1..]);
            let of_outlines = outlines.into_iter().flatten().map(|outline| outline.range);
            assert_eq!(of_outlines.collect::<Vec<_>>(), of_parts, "{text:?}");
            assert_eq!(end, text.len());
        }
    }

    const PIECES: [&str; 72] = [
        "[[idea]]\ntitle = \"One\"\n",
        "[[idea]]\nid = \"two\"\ntitle = \"Two\"\nstatus = \"active\"\n[idea.bet]\n",
        "[[idea]]\ntitle = \"Three\"\naliases = [\"3\", \"III\"]\n[[idea.log]]\ndate = 2026-01-02\n",
        "[[idea]]\nsummary = \"\"\"\nlong\"\"\"\ntitle = \"Four\"\n",
        "id = \"five\"\n",
        "aliases = [\n  \"v\", # five\n]\n",
        "[[idea]]\n",
        "[[idea]]\r\n",
        "[[idea]] # one\n",
        " [[idea]]\n",
        "[[ idea ]]\n",
        "[['idea']]\n",
        "[idea.ratings]\n",
        "[ idea.ratings ]\n",
        "[[idea.log]]\n",
        "[[idea.log]]",
        "[idea.log]\n",
        "[idea]\n",
        "[idea.a.b]\n",
        "[other]\n",
        "title = \"A title\"\n",
        "title = 'A title' # said\n",
        "title = \"é \\u00e9\"\n",
        "title = \"a \\\"b\\\" \\\\ \\n\\t\"\n",
        "title = \"a \\q\"\n",
        "title = \"\"\n",
        "summary = \"\"\"\nTwo\nlines\"\"\"\n",
        "summary = \"\"\"\\\n  folded\"\"\"\n",
        "summary = \"\"\"a \"\" b\"\"\"\"\n",
        "summary = '''\n[[idea]]\n'''\n",
        "summary = \"\"\"\n[[idea]]\r\n\"\"\"\n",
        "tags = [\"a\", 'b',]\n",
        "tags = [\n  \"a\", # one\n  'b'\n]\n",
        "tags = [\n\"a\"\n,'b'\n]\n",
        "tags = [\n[[idea]]\n]\n",
        "tags = []\n",
        "tags = [,]\n",
        "log = []\n",
        "log = [{ date = 2026-01-02 }]\n",
        "headroom = 7\n",
        "headroom = [3, 6.5]\n",
        "headroom = -0\n",
        "headroom = 007\n",
        "headroom = 1_000\n",
        "headroom = 1e3\n",
        "headroom = .5\n",
        "headroom = 5.\n",
        "headroom = inf\n",
        "headroom = 0x1F\n",
        "headroom = 123456789012345678\n",
        "hours = 0.1000000000000000055\n",
        "hours = +2\n",
        "date = 2026-01-02\n",
        "date = 2026-02-30\n",
        "date = 2026-01-02 10:00:00\n",
        "date = 2026-01-02T10:00:00Z\n",
        "date = 10:00:00\n",
        "recalled = true\n",
        "recalled = truer\n",
        "a.b = 1\n",
        "\"a\" = 1\n",
        "a = 1 b = 2\n",
        "a =\n",
        "= 1\n",
        "a-_1=1\n",
        "\n",
        "\r\n",
        "\t# a comment\n",
        "# a\rb\n",
        "# [[idea]]\r\n",
        "\u{feff}",
        "\u{7f}",
    ];

    fn cases() -> u32 {
        if std::env::var_os("PROSPECT_LONG").is_some() { 5000 } else { 300 }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(cases()))]

        #[test]
        fn the_scanner_agrees_with_the_lexer(
            pieces in proptest::collection::vec(select(&PIECES[..]), 0..24),
            change in any::<Option<(Index, char)>>(),
        ) {
            let mut text = pieces.concat();
            check(&text);
            if let Some((at, with)) = change
                && let Some((at, old)) = text.char_indices().nth(at.index(text.len() + 1))
            {
                text.replace_range(at..at + old.len_utf8(), &with.to_string());
            }
            check(&text);
        }

        #[test]
        fn it_agrees_on_mutated_files(
            changes in proptest::collection::vec((any::<Index>(), select(&PIECES[..])), 1..12),
            length in 0_usize..40,
            first: Index,
        ) {
            // Some ideas of the demo: what is changed in one says nothing about the others.
            let file = include_str!("../../../assets/demo/ideas.toml");
            let ideas: Vec<usize> = file.match_indices("[[idea]]\n").map(|(at, _)| at).collect();
            let first = first.index(ideas.len());
            let end = ideas.get(first + 4).copied().unwrap_or(file.len());
            let mut text = file[ideas[first]..end].to_owned();
            for (at, piece) in changes {
                let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
                let from = at.index(starts.len());
                let to = (from + length).min(starts.len() - 1);
                text.replace_range(starts[from]..starts[to], piece);
            }
            check(&text);
        }
    }

    #[test]
    fn what_people_write_is_plain() {
        let text = include_str!("../../../assets/demo/ideas.toml");
        let ideas = text.matches("\n[[idea]]\n").count();
        // What stands before the ideas is plain too, and one idea has inline tables.
        assert_eq!(check(text), ideas);
        assert_eq!(outlines(text).map(|outlines| outlines.len()), Some(ideas));
    }
}
