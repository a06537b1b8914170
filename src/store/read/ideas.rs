//! One idea: its own fields and those of the tables below it.

use std::sync::LazyLock;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Reader, Reading};
use crate::domain::{EditError, EntryKind, Field, Idea, ValueKind, slug};
use crate::store::diagnostic::Diagnostic;

/// The fields of an idea, by the table in which they stand.
static TABLES: LazyLock<Vec<(&str, Vec<Field>)>> = LazyLock::new(|| {
    ["", "ratings", "bet", "case", "hindsight"]
        .map(|table| {
            (table, Field::all().into_iter().filter(|field| field.path().0 == table).collect())
        })
        .into()
});

impl Reader<'_> {
    /// Reads one element of the list of ideas.
    pub(super) fn idea(&mut self, element: &Spanned<DeValue<'_>>) -> Reading {
        let mut place = self.span(element);
        let mut idea = Idea::new("", "");
        if let DeValue::Table(table) = element.get_ref() {
            self.fields(&mut idea, table, "");
            self.title_and_id(&mut idea, table, &place);
            if let Some((key, _)) = table.get_key_value("id") {
                place = self.span(key);
            }
        } else {
            let message = "an idea must be a table".to_owned();
            self.diagnostics.push(Diagnostic::error(place.clone(), "wrong-type", message));
        }
        let has_id = !idea.id.is_empty();
        let name = [&idea.id, &idea.title].into_iter().find(|name| !name.is_empty()).cloned();
        let mut diagnostics = std::mem::take(&mut self.diagnostics);
        for diagnostic in &mut diagnostics {
            diagnostic.idea.clone_from(&name);
        }
        if !has_id {
            idea.id = slug(&idea.title);
        }
        let idea = (!diagnostics.iter().any(Diagnostic::is_error)).then_some(idea);
        Reading { idea, has_id, name, place, diagnostics }
    }

    /// Reads a table of an idea; the name is empty for the idea itself.
    fn fields(&mut self, idea: &mut Idea, table: &DeTable<'_>, name: &str) {
        let known = TABLES.iter().find(|(table, _)| *table == name);
        let known = known.map_or(&[][..], |(_, fields)| fields);
        for (key, value) in table {
            let word = key.get_ref().as_ref();
            if let Some(field) = known.iter().find(|field| field.path().1 == word) {
                self.field(idea, *field, (key, value));
            } else if !name.is_empty() || !self.below(idea, word, value) {
                let mut words: Vec<&str> = known.iter().map(|field| field.path().1).collect();
                if name.is_empty() {
                    words.extend(crate::store::print::SECTIONS);
                }
                self.unknown_key(key, name, &words);
            }
        }
    }

    fn field(&mut self, idea: &mut Idea, field: Field, cell: super::values::Cell<'_, '_>) {
        let Some(value) = self.value(field.kind(), cell) else { return };
        match idea.set(field, Some(value)) {
            Ok(_) => {}
            // An empty id counts as none; a missing title is reported once.
            Err(EditError::Required { .. }) => {}
            Err(EditError::RewardUnderFallback) => {
                let message = EditError::RewardUnderFallback.to_string();
                let span = self.span(cell.1);
                self.diagnostics.push(Diagnostic::error(span, "reward-under-fallback", message));
            }
            Err(error) => {
                self.diagnostics.push(Diagnostic::error(
                    self.span(cell.1),
                    "wrong-type",
                    error.to_string(),
                ));
            }
        }
    }

    /// Reads what hangs below an idea; `false` if nothing of that name does.
    fn below(&mut self, idea: &mut Idea, name: &str, value: &Spanned<DeValue<'_>>) -> bool {
        if let Some(kind) = EntryKind::ALL.into_iter().find(|kind| kind.id() == name) {
            self.entries(idea, kind, value);
            return true;
        }
        if !TABLES.iter().any(|(table, _)| *table == name) {
            return false;
        }
        match value.get_ref() {
            DeValue::Table(table) => self.fields(idea, table, name),
            _ => {
                let message = format!("{name} must be a table");
                let diagnostic = Diagnostic::error(self.span(value), "wrong-type", message);
                self.diagnostics.push(diagnostic.hint(format!("write [idea.{name}]")));
            }
        }
        true
    }

    fn title_and_id(
        &mut self,
        idea: &mut Idea,
        table: &DeTable<'_>,
        header: &std::ops::Range<usize>,
    ) {
        let written = table.get_key_value("title");
        let is_wrong = written.is_some_and(|(_, title)| !title.get_ref().is_str());
        if idea.title.is_empty() && !is_wrong {
            let span = written.map_or(header.clone(), |(_, title)| self.span(title));
            let expected = ValueKind::Text;
            let message = format!("an idea needs a title: {expected} that is not empty");
            self.diagnostics.push(Diagnostic::error(span, "missing", message));
        }
    }
}
