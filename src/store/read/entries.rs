//! Entries of an idea's lists.

use std::fmt::{self, Display};

use toml::Spanned;
use toml::de::DeTable;

use super::Reader;
use super::syntax::{Node, Table};
use crate::domain::{
    CleanSlate, Date, Decision, Entry, EntryKind, EntryValue, Forecast, ForecastResult, Idea,
    LogEntry, Promise, PromiseResult, Status, ValueKind,
};
use crate::store::diagnostic::Diagnostic;

/// An entry, written as an inline table.
pub(crate) fn entry(kind: EntryKind, text: &str) -> Option<Entry> {
    let line = format!("entry = {text}");
    let table = Table::of(DeTable::parse(&line).ok()?.into_inner());
    let mut reader = Reader { text: &line, offset: 0, diagnostics: Vec::new() };
    reader.entry(kind, table.get("entry")?)
}

/// The rows of one entry while they are read.
struct Row<'r, 'c, 't, 'f> {
    reader: &'r mut Reader<'t>,
    element: &'c Spanned<Node<'f>>,
    table: &'c Table<'f>,
    kind: EntryKind,
}

impl Reader<'_> {
    /// The entries of one list; those with a diagnostic are left out.
    pub(super) fn entries(&mut self, idea: &mut Idea, kind: EntryKind, value: &Spanned<Node<'_>>) {
        let Node::List(elements) = value.get_ref() else {
            let id = kind.id();
            let message = format!("{id} must be a list of tables, each with a header");
            let hint = format!("write [[idea.{id}]] with two brackets on each side");
            let diagnostic = Diagnostic::error(self.span(value), "not-a-list", message).hint(hint);
            return self.diagnostics.push(diagnostic);
        };
        match kind {
            EntryKind::Log => idea.log.reserve_exact(elements.len()),
            EntryKind::Promise => idea.promises.reserve_exact(elements.len()),
            EntryKind::Forecast => idea.forecasts.reserve_exact(elements.len()),
            EntryKind::Decision => idea.decisions.reserve_exact(elements.len()),
        }
        for element in elements {
            match self.entry(kind, element) {
                Some(Entry::Log(entry)) => idea.log.push(entry),
                Some(Entry::Promise(promise)) => idea.promises.push(promise),
                Some(Entry::Forecast(forecast)) => idea.forecasts.push(forecast),
                Some(Entry::Decision(decision)) => idea.decisions.push(decision),
                None => {}
            }
        }
    }

    fn entry(&mut self, kind: EntryKind, element: &Spanned<Node<'_>>) -> Option<Entry> {
        let diagnostics = self.diagnostics.len();
        let Node::Table(table) = element.get_ref() else {
            let message = format!("an entry of {} must be a table", kind.id());
            self.diagnostics.push(Diagnostic::error(self.span(element), "wrong-type", message));
            return None;
        };
        let mut row = Row { reader: self, element, table, kind };
        let entry = match kind {
            EntryKind::Log => row.log().map(Entry::Log),
            EntryKind::Promise => row.promise().map(Entry::Promise),
            EntryKind::Forecast => row.forecast().map(Entry::Forecast),
            EntryKind::Decision => row.decision().map(Entry::Decision),
        };
        entry.filter(|_| !self.diagnostics[diagnostics..].iter().any(Diagnostic::is_error))
    }
}

/// What numbers are expected, in words.
struct Scale {
    /// Infinite where there is no largest one.
    max: f64,
}

impl Display for Scale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.max {
            max if max.is_finite() => write!(f, "a number from 0 to {max}"),
            _ => f.write_str("a number, 0 or more"),
        }
    }
}

impl Row<'_, '_, '_, '_> {
    fn log(&mut self) -> Option<LogEntry> {
        self.check_keys();
        let date = self.date("date");
        let hours = self.number("hours");
        let traction = self.number("traction");
        let note = self.text("note").unwrap_or_default();
        let recalled = self.flag("recalled");
        let output = self.text("output").filter(|output| !output.is_empty());
        let date = self.required("date", date)?;
        Some(LogEntry { date, hours, traction, note, recalled, output })
    }

    fn promise(&mut self) -> Option<Promise> {
        self.check_keys();
        let by = self.date("by");
        let by = self.required("by", by);
        let promise = Promise {
            set: self.date("set"),
            // Without a day nothing is returned below; the rest is read for
            // its diagnostics.
            by: by.unwrap_or_default(),
            claim: self.text("claim").filter(|claim| !claim.is_empty()),
            traction: self.number("traction"),
            chance: self.number("chance"),
            result: self.word("result", PromiseResult::ALL, PromiseResult::id),
            resolved: self.date("resolved"),
            amended: self.date("amended"),
        };
        let given = |key: &str| {
            self.table.get(key).is_some_and(|value| value.get_ref().as_str() != Some(""))
        };
        if !given("claim") && !given("traction") {
            let message = "a promise needs a claim, a level of traction, or both".to_owned();
            let span = self.reader.span(self.element);
            self.reader.diagnostics.push(Diagnostic::error(span, "empty-promise", message));
        }
        by.map(|_| promise)
    }

    fn forecast(&mut self) -> Option<Forecast> {
        self.check_keys();
        let set = self.date("set");
        let by = self.date("by");
        let claim = self.text("claim").filter(|claim| !claim.trim().is_empty());
        let chance = self.number("chance");
        let result = self.word("result", ForecastResult::ALL, ForecastResult::id);
        let resolved = self.date("resolved");
        let by = self.required("by", by);
        if claim.is_none() && self.table.contains_key("claim") {
            let message = "a forecast needs a claim".to_owned();
            let span = self.reader.span(self.element);
            self.reader.diagnostics.push(Diagnostic::error(span, "empty-forecast", message));
        }
        let claim = self.required("claim", claim);
        let chance = self.required("chance", chance);
        Some(Forecast { set, by: by?, claim: claim?, chance: chance?, result, resolved })
    }

    fn decision(&mut self) -> Option<Decision> {
        self.check_keys();
        let date = self.date("date");
        let from = self.word("from", Status::ALL, Status::id);
        let to = self.word("to", Status::ALL, Status::id);
        let why = self.text("why").unwrap_or_default();
        let mut words = |key| self.text(key).filter(|text| !text.is_empty());
        let (cause, taken_by, lesson) = (words("cause"), words("taken_by"), words("lesson"));
        let (score, log_chance) = (self.number("score"), self.number("log_chance"));
        let clean_slate = self.word("clean_slate", CleanSlate::ALL, CleanSlate::id);
        let date = self.required("date", date);
        let from = self.required("from", from);
        let to = self.required("to", to);
        Some(Decision {
            cause,
            taken_by,
            lesson,
            score,
            clean_slate,
            log_chance,
            ..Decision::new(date?, from?, to?, why)
        })
    }

    fn check_keys(&mut self) {
        let fields = self.kind.fields();
        for (key, _) in self.table.iter() {
            if !fields.iter().any(|field| field.key == key.get_ref()) {
                let known: Vec<&str> = fields.iter().map(|field| field.key).collect();
                self.reader.unknown_key(key, self.kind.id(), &known);
            }
        }
    }

    /// A value that the entry cannot be without. One that is there but
    /// wrong has been reported already.
    fn required<T>(&mut self, key: &str, value: Option<T>) -> Option<T> {
        if value.is_none() && !self.table.contains_key(key) {
            let message = format!("an entry of {} needs a {key}", self.kind.id());
            let span = self.reader.span(self.element);
            self.reader.diagnostics.push(Diagnostic::error(span, "missing", message));
        }
        value
    }

    fn get<T>(
        &mut self,
        key: &str,
        expected: &dyn Display,
        read: impl Fn(&Reader<'_>, &Spanned<Node<'_>>) -> Result<T, &'static str>,
    ) -> Option<T> {
        let cell = self.table.get_key_value(key)?;
        match read(self.reader, cell.1) {
            Ok(value) => Some(value),
            Err(code) => {
                self.reader.wrong(cell, code, expected, &[]);
                None
            }
        }
    }

    fn text(&mut self, key: &str) -> Option<String> {
        self.get(key, &"text", |reader, value| reader.text_of(value).ok_or("wrong-type"))
    }

    fn flag(&mut self, key: &str) -> bool {
        let read = |_: &Reader<'_>, value: &Spanned<Node<'_>>| {
            value.get_ref().as_bool().ok_or("wrong-type")
        };
        self.get(key, &"true or false", read).unwrap_or_default()
    }

    fn date(&mut self, key: &str) -> Option<Date> {
        self.get(key, &ValueKind::Date, |_, value| {
            value.get_ref().as_date().ok_or(match value.get_ref() {
                Node::Text(_) | Node::Date(_) => "wrong-date",
                _ => "wrong-type",
            })
        })
    }

    /// A number on the scale that the table gives it.
    fn number(&mut self, key: &str) -> Option<f64> {
        let field = self.kind.fields().iter().find(|field| field.key == key);
        let max = match field.map(|field| field.value) {
            Some(EntryValue::Number { max }) => max,
            _ => f64::INFINITY,
        };
        self.get(key, &Scale { max }, |_, value| match value.get_ref().as_number() {
            Some(number) if number.is_finite() && (0.0..=max).contains(&number) => Ok(number),
            _ if matches!(value.get_ref(), Node::Number(_)) => Err("out-of-range"),
            _ => Err("wrong-type"),
        })
    }

    fn word<T: Copy>(&mut self, key: &str, all: &[T], id: fn(T) -> &'static str) -> Option<T> {
        let cell = self.table.get_key_value(key)?;
        let typed = cell.1.get_ref().as_str();
        let found = typed.and_then(|typed| all.iter().copied().find(|word| id(*word) == typed));
        if found.is_none() {
            let words: Vec<&str> = all.iter().map(|word| id(*word)).collect();
            let code = if typed.is_some() { "unknown-word" } else { "wrong-type" };
            self.reader.wrong(cell, code, &format!("one of {}", words.join(", ")), &words);
        }
        found
    }
}
