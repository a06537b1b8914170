//! A practice deck, read with every diagnostic it has.

use std::collections::HashSet;

use toml::Spanned;
use toml::de::DeTable;

use super::syntax::{Node, Table};
use super::{Reader, syntax_diagnostics};
use crate::domain::{CardOutcome, Deck, DeckCard};
use crate::store::diagnostic::Diagnostic;

/// The keys of a card, in the order in which the documentation lists them.
const KEYS: [&str; 10] =
    ["id", "year", "field", "title", "description", "by", "claim", "kind", "outcome", "source"];

/// Reads a deck; with a diagnostic that is an error it is not complete.
pub(crate) fn deck(text: &str) -> (Deck, Vec<Diagnostic>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let table = Table::of(table.into_inner());
    let mut reader = Reader { text, offset: 0, diagnostics: Vec::new() };
    let mut deck = Deck { name: String::new(), title: String::new(), cards: Vec::new() };
    let mut ids = HashSet::new();
    for cell @ (key, value) in table.iter() {
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("name", _) => deck.name = reader.line(cell),
            ("title", _) => deck.title = reader.line(cell),
            ("card", Node::List(cards)) => {
                for card in cards {
                    let card = reader.card(card, &mut ids);
                    deck.cards.extend(card);
                }
            }
            _ => reader.unknown_key(key, "", &["name", "title", "card"]),
        }
    }
    let mut diagnostics = reader.diagnostics;
    diagnostics.extend(syntax_diagnostics(text, &(0..text.len()), &errors));
    let start = || 0..text.lines().next().map_or(0, str::len);
    for (is_missing, what) in [
        (deck.name.is_empty(), "a deck needs a name: name = \"history\""),
        (deck.cards.is_empty(), "a deck needs cards: [[card]] tables"),
    ] {
        if is_missing && !diagnostics.iter().any(Diagnostic::is_error) {
            diagnostics.push(Diagnostic::error(start(), "missing", what.to_owned()));
        }
    }
    (deck, diagnostics)
}

impl Reader<'_> {
    fn card(&mut self, element: &Spanned<Node<'_>>, ids: &mut HashSet<String>) -> Option<DeckCard> {
        let Node::Table(table) = element.get_ref() else {
            let message = "a card must be a table".to_owned();
            self.diagnostics.push(Diagnostic::error(self.span(element), "wrong-type", message));
            return None;
        };
        let before = self.diagnostics.len();
        let mut card = DeckCard {
            id: String::new(),
            year: 0,
            field: String::new(),
            title: String::new(),
            description: String::new(),
            by: 0,
            claim: String::new(),
            fate: CardOutcome::Fizzle,
            outcome: String::new(),
            source: String::new(),
        };
        for cell in table.iter() {
            match cell.0.get_ref().as_ref() {
                "id" => card.id = self.line(cell),
                "year" => card.year = self.year(cell),
                "field" => card.field = self.line(cell),
                "title" => card.title = self.line(cell),
                "description" => card.description = self.line(cell),
                "by" => card.by = self.year(cell),
                "claim" => card.claim = self.line(cell),
                "kind" => card.fate = self.fate(cell),
                "outcome" => card.outcome = self.line(cell),
                "source" => card.source = self.line(cell),
                _ => self.unknown_key(cell.0, "card", &KEYS),
            }
        }
        // Which field it belongs to may be left open.
        let missing: Vec<&str> = KEYS
            .into_iter()
            .filter(|key| *key != "field" && !table.contains_key(key))
            .map(|key| if key == "kind" { "kind (hit, slow or fizzle)" } else { key })
            .collect();
        let place = self.span(element);
        if !missing.is_empty() {
            let message = format!("the card has no {}", missing.join(", no "));
            self.diagnostics.push(Diagnostic::error(place.clone(), "missing", message));
        }
        if !card.id.is_empty() && !ids.insert(card.id.clone()) {
            let message = format!("the id \"{}\" is taken by an earlier card", card.id);
            self.diagnostics.push(Diagnostic::error(place.clone(), "duplicate-id", message));
        }
        let is_sound = !self.diagnostics[before..].iter().any(Diagnostic::is_error);
        if is_sound && card.by <= card.year {
            let message = format!("by must be later than year; {} is not", card.by);
            self.diagnostics.push(Diagnostic::error(place, "out-of-range", message));
        }
        (!self.diagnostics[before..].iter().any(Diagnostic::is_error)).then_some(card)
    }

    /// A text that says something; what is wrong with it becomes a diagnostic.
    fn line(&mut self, cell: super::ideas::Cell<'_, '_>) -> String {
        match self.text_of(cell.1) {
            Some(text) if !text.trim().is_empty() => text.trim().to_owned(),
            _ => {
                self.wrong(cell, "wrong-type", &"a text that is not empty", &[]);
                String::new()
            }
        }
    }

    fn year(&mut self, cell: super::ideas::Cell<'_, '_>) -> i16 {
        let written = self.raw(cell.1).replace('_', "");
        if !matches!(cell.1.get_ref(), Node::Number(_)) || written.contains(['.', 'e', 'n']) {
            self.wrong(cell, "wrong-type", &"a year such as 1975", &[]);
            return 0;
        }
        let year = written.parse().ok().filter(|year| (1..=9999).contains(year));
        if year.is_none() {
            self.wrong(cell, "out-of-range", &"a year such as 1975", &[]);
        }
        year.unwrap_or_default()
    }

    fn fate(&mut self, cell: super::ideas::Cell<'_, '_>) -> CardOutcome {
        let fate = cell.1.get_ref().as_str().and_then(CardOutcome::from_id);
        if fate.is_none() {
            let words: Vec<&str> = CardOutcome::ALL.iter().map(|fate| fate.id()).collect();
            self.wrong(cell, "unknown-word", &"hit, slow or fizzle", &words);
        }
        fate.unwrap_or(CardOutcome::Fizzle)
    }
}
