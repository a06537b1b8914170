//! New ideas, entries and values as TOML text: what an edit writes, and in which style;
//! and entries of an idea's lists as rows of keys and values.

use std::fmt::Write as _;

use toml::de::DeValue;
use toml_writer::{ToTomlValue, TomlStringBuilder};

use crate::domain::{
    CleanSlate, Criterion, Date, Entry, EntryKind, Field, ForecastResult, Idea, PromiseResult,
    RaterAnswers, SettingTable, SettingValue, Status, Value,
};
use crate::toml_value::number_of;

/// What hangs below an idea, in the order in which a new idea is written.
pub(super) const SECTIONS: [&str; 8] =
    ["ratings", "bet", "log", "promise", "forecast", "decision", "case", "hindsight"];

/// An idea as it is written into a file, from its header to the end of its last line.
#[must_use]
pub fn idea_toml(idea: &Idea) -> String {
    self::idea(idea, "\n")
}

/// A whole idea, from its header to the end of its last line.
pub(super) fn idea(idea: &Idea, eol: &str) -> String {
    let mut text = format!("[[idea]]{eol}");
    lines(&mut text, &fields(idea, ""), eol);
    for section in SECTIONS {
        if let Some(kind) = EntryKind::ALL.into_iter().find(|kind| kind.id() == section) {
            for entry in entries(idea, kind) {
                text.push_str(eol);
                text.push_str(&entry_section(&entry, eol));
            }
        } else {
            let fields = fields(idea, section);
            if !fields.is_empty() {
                text.push_str(&format!("{eol}[idea.{section}]{eol}"));
                lines(&mut text, &fields, eol);
            }
        }
    }
    text
}

/// A whole idea as an inline table.
pub(super) fn inline_idea(idea: &Idea, eol: &str) -> String {
    let mut pairs = pairs(&fields(idea, ""), eol);
    for section in SECTIONS {
        if let Some(kind) = EntryKind::ALL.into_iter().find(|kind| kind.id() == section) {
            let entries: Vec<_> =
                entries(idea, kind).map(|entry| inline_entry(&entry, eol)).collect();
            if !entries.is_empty() {
                pairs.push(format!("{section} = [{}]", entries.join(", ")));
            }
        } else {
            let fields = fields(idea, section);
            if !fields.is_empty() {
                pairs.push(format!("{section} = {}", inline(&fields, eol)));
            }
        }
    }
    format!("{{ {} }}", pairs.join(", "))
}

/// An entry with a header of its own.
pub(super) fn entry_section(entry: &Entry, eol: &str) -> String {
    let mut text = format!("[[idea.{}]]{eol}", entry.kind().id());
    lines(&mut text, &present(cells(entry)), eol);
    text
}

/// An entry as an inline table.
pub(super) fn inline_entry(entry: &Entry, eol: &str) -> String {
    inline(&present(cells(entry)), eol)
}

fn entries(idea: &Idea, kind: EntryKind) -> impl Iterator<Item = Entry> {
    (0..idea.entries(kind)).filter_map(move |at| idea.entry(kind, at))
}

/// The fields of one table that are worth a line: an idea without a status is in the inbox.
fn fields(idea: &Idea, table: &str) -> Vec<(&'static str, TomlValue)> {
    Field::all()
        .into_iter()
        .filter(|field| field.path().0 == table)
        .filter(|field| *field != Field::Status || idea.status != Status::Inbox)
        .filter_map(|field| Some((field.path().1, TomlValue::from_value(&idea.get(field)?))))
        .collect()
}

fn present(cells: Vec<(&'static str, Option<TomlValue>)>) -> Vec<(&'static str, TomlValue)> {
    cells.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
}

fn pairs(cells: &[(&str, TomlValue)], eol: &str) -> Vec<String> {
    cells.iter().map(|(key, value)| format!("{key} = {}", value.render(eol))).collect()
}

fn lines(text: &mut String, cells: &[(&str, TomlValue)], eol: &str) {
    for pair in pairs(cells, eol) {
        text.push_str(&pair);
        text.push_str(eol);
    }
}

fn inline(cells: &[(&str, TomlValue)], eol: &str) -> String {
    format!("{{ {} }}", pairs(cells, eol).join(", "))
}

/// A rater's answers about an idea, as a table of the rater's file.
pub(super) fn answers(answered: &RaterAnswers, eol: &str) -> String {
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
    table.replace('\n', eol)
}

/// A comment holds no control characters but tabs.
fn comment(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect::<String>().trim().to_owned()
}

/// A key as it is written: bare where that is possible.
pub(super) fn key(id: &str) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !id.is_empty() && id.chars().all(is_bare) {
        id.to_owned()
    } else {
        toml::Value::String(id.to_owned()).to_string()
    }
}

/// The keys of an entry in the order in which they are written, each with its
/// value; `None` is left out of the file.
pub(super) fn cells(entry: &Entry) -> Vec<(&'static str, Option<TomlValue>)> {
    let number = |x: Option<f64>| x.map(TomlValue::Number);
    let date = |day: Option<Date>| day.map(TomlValue::Date);
    let text = |text: Option<&str>| {
        text.filter(|text| !text.is_empty()).map(|text| TomlValue::Text(text.to_owned()))
    };
    match entry {
        Entry::Log(entry) => vec![
            ("date", date(Some(entry.date))),
            ("hours", number(entry.hours)),
            ("traction", number(entry.traction)),
            ("note", text(Some(&entry.note))),
            ("recalled", entry.recalled.then_some(TomlValue::Flag(true))),
            ("output", text(entry.output.as_deref())),
        ],
        Entry::Promise(promise) => vec![
            ("set", date(promise.set)),
            ("by", date(Some(promise.by))),
            ("claim", text(promise.claim.as_deref())),
            ("traction", number(promise.traction)),
            ("chance", number(promise.chance)),
            ("result", text(promise.result.map(PromiseResult::id))),
            ("resolved", date(promise.resolved)),
            ("amended", date(promise.amended)),
        ],
        Entry::Forecast(forecast) => vec![
            ("set", date(forecast.set)),
            ("by", date(Some(forecast.by))),
            ("claim", text(Some(&forecast.claim))),
            ("chance", number(Some(forecast.chance))),
            ("result", text(forecast.result.map(ForecastResult::id))),
            ("resolved", date(forecast.resolved)),
        ],
        Entry::Decision(decision) => vec![
            ("date", date(Some(decision.date))),
            ("from", text(Some(decision.from.id()))),
            ("to", text(Some(decision.to.id()))),
            ("why", text(Some(&decision.why))),
            ("cause", text(decision.cause.as_deref())),
            ("taken_by", text(decision.taken_by.as_deref())),
            ("lesson", text(decision.lesson.as_deref())),
            ("score", number(decision.score)),
            ("clean_slate", text(decision.clean_slate.map(CleanSlate::id))),
            ("log_chance", number(decision.log_chance)),
        ],
    }
}

/// A value that can be written into a file.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum TomlValue {
    Text(String),
    Number(f64),
    Date(Date),
    Flag(bool),
    List(Vec<Self>),
    Table(Vec<(String, Self)>),
    /// Anything else, as it was written.
    Other(String),
}

impl TomlValue {
    /// A range is written as a list of its two ends.
    pub(super) fn from_value(value: &Value) -> Self {
        match value {
            Value::Text(text) => Self::Text(text.clone()),
            Value::List(list) => Self::List(list.iter().cloned().map(Self::Text).collect()),
            Value::Date(date) => Self::Date(*date),
            Value::Rating(rating) if rating.is_value() => Self::Number(rating.low()),
            Value::Rating(rating) => {
                Self::List(vec![Self::Number(rating.low()), Self::Number(rating.high())])
            }
            Value::Status(status) => Self::Text(status.id().to_owned()),
            Value::Bet(kind) => Self::Text(kind.id().to_owned()),
            Value::Outcome(outcome) => Self::Text(outcome.id().to_owned()),
        }
    }

    pub(super) fn from_setting(value: &SettingValue) -> Self {
        match value {
            SettingValue::Number(number) => Self::Number(*number),
            SettingValue::Text(text) => Self::Text(text.clone()),
            SettingValue::Flag(flag) => Self::Flag(*flag),
            SettingValue::List(list) => Self::List(list.iter().cloned().map(Self::Text).collect()),
            SettingValue::Tables(tables) => {
                let cells = |table: &SettingTable| {
                    let cells = table.iter();
                    cells.map(|(key, value)| (key.clone(), Self::from_setting(value))).collect()
                };
                Self::List(tables.iter().map(|table| Self::Table(cells(table))).collect())
            }
            SettingValue::Other(written) => Self::Other(written.clone()),
        }
    }

    /// The text of a new value, with the line ending of its file.
    pub(super) fn render(&self, eol: &str) -> String {
        match self {
            Self::Text(text) => quoted(text, eol, None),
            Self::Number(number) => render_number(*number),
            Self::Date(date) => date.to_string(),
            Self::Flag(flag) => flag.to_string(),
            Self::Other(written) => written.clone(),
            Self::Table(cells) => {
                let cell = |(key, value): &(String, Self)| {
                    format!("{} = {}", super::print::key(key), value.render(eol))
                };
                format!("{{ {} }}", cells.iter().map(cell).collect::<Vec<_>>().join(", "))
            }
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(|item| item.render(eol)).collect();
                format!("[{}]", items.join(", "))
            }
        }
    }

    /// The text that replaces `old`, in the style of `old` as far as the new value allows.
    pub(super) fn render_in_style_of(&self, old: &str, eol: &str) -> String {
        let style = Style::of(old);
        match self {
            Self::Text(text) => quoted(text, eol, style),
            Self::Date(date) if style.is_some() => quoted(&date.to_string(), eol, style),
            _ => self.render(eol),
        }
    }

    /// Whether a value in a file already says this.
    pub(super) fn equals(&self, value: &DeValue<'_>) -> bool {
        match (self, value) {
            (Self::Text(text), DeValue::String(old)) => text == old,
            (Self::Number(number), _) => number_of(value) == Some(*number),
            (Self::Date(date), _) => date_of(value) == Some(*date),
            (Self::Flag(flag), DeValue::Boolean(old)) => flag == old,
            (Self::List(items), DeValue::Array(old)) => {
                items.len() == old.len()
                    && items.iter().zip(old.iter()).all(|(item, old)| item.equals(old.get_ref()))
            }
            _ => false,
        }
    }
}

/// The day of a TOML date or date-time, or of a string that holds one.
pub(super) fn date_of(value: &DeValue<'_>) -> Option<Date> {
    match value {
        DeValue::Datetime(moment) => {
            let date = moment.date?;
            let year = i16::try_from(date.year).ok()?;
            Date::new(year, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?).ok()
        }
        DeValue::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// Large numbers need an exponent: without a point they would be integers, and
/// those of TOML end at 64 bits.
fn render_number(number: f64) -> String {
    if number.abs() < 1e15 { number.to_string() } else { format!("{number:e}") }
}

#[derive(Clone, Copy, PartialEq)]
enum Style {
    Basic,
    TomlValue,
    MultiLineBasic,
    MultiLineLiteral,
}

impl Style {
    fn of(old: &str) -> Option<Self> {
        if old.starts_with("\"\"\"") {
            Some(Self::MultiLineBasic)
        } else if old.starts_with("'''") {
            Some(Self::MultiLineLiteral)
        } else if old.starts_with('"') {
            Some(Self::Basic)
        } else if old.starts_with('\'') {
            Some(Self::TomlValue)
        } else {
            None
        }
    }
}

fn quoted(text: &str, eol: &str, style: Option<Style>) -> String {
    let builder = TomlStringBuilder::new(text);
    // A line break that is not the file's own can only be kept as an escape.
    if text.contains('\r') {
        return escaped(&builder.as_basic().to_toml_value());
    }
    let string = match style {
        // Literal strings hold no escapes.
        _ if text.contains(is_hidden) && text.contains('\n') => Some(builder.as_ml_basic()),
        _ if text.contains(is_hidden) => Some(builder.as_basic()),
        Some(Style::Basic) if !text.contains('\n') => Some(builder.as_basic()),
        Some(Style::TomlValue) => builder.as_literal(),
        Some(Style::MultiLineBasic) => Some(builder.as_ml_basic()),
        Some(Style::MultiLineLiteral) => builder.as_ml_literal(),
        _ => None,
    };
    let written = escaped(&string.unwrap_or_else(|| builder.as_default()).to_toml_value());
    if eol == "\n" { written } else { written.replace('\n', eol) }
}

/// A control character beyond ASCII, or one that turns the line around: `toml`
/// writes these as they are, and a terminal would obey them.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A basic string with escapes for what is hidden.
fn escaped(written: &str) -> String {
    written.chars().fold(String::with_capacity(written.len()), |mut text, c| {
        match is_hidden(c) {
            true => text.push_str(&format!("\\u{:04x}", u32::from(c))),
            false => text.push(c),
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::EntryKind;
    use crate::store::read;

    #[test]
    fn what_is_written_is_what_is_read_in_its_order() {
        for (kind, text) in [
            (EntryKind::Log, "{ date = 2026-03-01 }"),
            (EntryKind::Promise, "{ by = 2026-03-01, traction = 5 }"),
            (EntryKind::Forecast, "{ by = 2026-03-01, claim = \"it works\", chance = 0.7 }"),
            (EntryKind::Decision, "{ date = 2026-03-01, from = \"inbox\", to = \"active\" }"),
        ] {
            let entry = read::entry(kind, text).unwrap();
            let written: Vec<&str> = cells(&entry).iter().map(|(key, _)| *key).collect();
            let read: Vec<&str> = kind.fields().iter().map(|field| field.key).collect();
            assert_eq!(written, read);
        }
    }

    fn like(old: &str, new: &str) -> String {
        TomlValue::Text(new.to_owned()).render_in_style_of(old, "\n")
    }

    #[test]
    fn the_quotes_stay_where_the_text_allows() {
        assert_eq!(like("'a'", "b\\c"), r"'b\c'");
        assert_eq!(like("'a'", "it's"), "\"it's\"");
        assert_eq!(like("\"a\"", "say \"b\""), r#""say \"b\"""#);
        assert_eq!(like("\"\"\"a\"\"\"", "b"), "\"\"\"b\"\"\"");
        assert_eq!(like("'''a'''", "b\nc"), "'''\nb\nc'''");
        assert_eq!(like("\"a\"", "b\nc"), "\"\"\"\nb\nc\"\"\"");
    }

    #[test]
    fn every_text_is_read_back() {
        for text in [
            "",
            "plain",
            "a\nb\n",
            "\n",
            "tab\t",
            "\"\"\"",
            "'''\"\"\"",
            "\\",
            "\u{1b}[31m",
            "a\r\nb",
            "\u{7f}",
            "\u{202e}עברית",
            "\u{9b}31m\n\\\u{2066}\"",
            "\\\n",
        ] {
            for old in ["1", "'a'", "\"a\"", "'''a'''", "\"\"\"a\"\"\""] {
                let written = like(old, text);
                let read = DeValue::parse(&written).unwrap_or_else(|e| panic!("{written:?}: {e}"));
                assert_eq!(read.get_ref().as_str(), Some(text), "{written:?}");
                assert!(!written.contains(is_hidden), "{written:?}");
            }
        }
    }

    #[test]
    fn every_number_is_read_back() {
        for number in [0.0, 3.5, 7.0, 1e-9, 1e15, 1e300, 123_456_789.25] {
            let written = render_number(number);
            let read = DeValue::parse(&written).unwrap();
            assert_eq!(number_of(read.get_ref()), Some(number), "{written}");
        }
        for wrong in ["nan", "inf", "-inf", "true", "'7'"] {
            assert_eq!(number_of(DeValue::parse(wrong).unwrap().get_ref()), None, "{wrong}");
        }
    }
}
