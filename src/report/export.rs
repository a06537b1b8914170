//! Everything that a workspace holds, for other programs and for reports; and the calendar
//! file, what is ahead as all-day events of RFC 5545.

use anyhow::Context;
use icalendar::{Calendar, Component, Event, Property};
use serde_json::{Value as Json, json};

use super::json::{idea_object, printed};
use super::ranking::{defused, escaped};
use super::{Ranking, number};
use crate::domain::{
    Date, Decision, Duel, DuelEntry, Entry, EntryKind, Field, Forecast, ForecastResult, Idea,
    LogEntry, Portfolio, Promise, PromiseResult, Reaction, Retraction, Value,
};
use crate::exchange::{EXPORT_MARKER, entries_from_cell, list_to_cell};
use crate::judge::{CalendarEvent, EventKind, calendar_events, describe_promise};
use crate::store::idea_toml;
use crate::text::sanitize;

/// The form of the JSON that is written; goes up when an older program could not read it.
const VERSION: u32 = 1;

/// `prospect export --format json`: the ideas as in their files, the duels, and
/// what other people said. `prospect import` reads the ideas back as they are.
#[must_use]
pub fn export_json(portfolio: &Portfolio) -> String {
    let people = portfolio.raters().iter().map(|rater| {
        let mut ratings: Vec<(&String, _)> = rater.ratings.iter().collect();
        ratings.sort_by_key(|(id, _)| *id);
        let ratings = ratings.into_iter().map(|(id, answers)| {
            let mut about = Idea::new("", "");
            about.ratings = *answers;
            (id.clone(), idea_object(&about)["ratings"].clone())
        });
        (rater.name.clone(), Json::Object(ratings.collect()))
    });
    let words = portfolio.raters().iter().map(|rater| {
        let mut words: Vec<_> = rater.reactions.iter().collect();
        words.sort_by_key(|(id, _)| *id);
        let words = words.into_iter().map(|(id, Reaction { excited, hopeless, comment })| {
            let said = json!({ "excited": excited, "hopeless": hopeless, "comment": comment });
            (id.clone(), said)
        });
        (rater.name.clone(), Json::Object(words.collect()))
    });
    printed(&json!({
        EXPORT_MARKER: VERSION,
        "ideas": portfolio.iter().map(idea_object).collect::<Vec<_>>(),
        "duels": portfolio.duels().entries.iter().map(duel).collect::<Vec<_>>(),
        "people": people.collect::<serde_json::Map<_, _>>(),
        "words": words.collect::<serde_json::Map<_, _>>(),
    }))
}

fn duel(entry: &DuelEntry) -> Json {
    match entry {
        DuelEntry::Duel(Duel { id, at, by, left, right, winner }) => json!({
            "id": id, "at": at.to_string(), "by": by,
            "left": left, "right": right, "winner": winner.id(),
        }),
        DuelEntry::Retraction(Retraction { duel, at }) => {
            json!({ "retracts": duel, "at": at.to_string() })
        }
    }
}

/// `prospect export --format toml`: one file that is a workspace.
#[must_use]
pub fn export_toml(portfolio: &Portfolio) -> String {
    portfolio.iter().map(idea_toml).collect::<Vec<_>>().join("\n")
}

/// `prospect export --format csv`: a line for each idea, a column for each
/// field, and the lists as lines of text.
///
/// # Errors
/// Never in practice: it writes to memory.
pub fn export_csv(portfolio: &Portfolio) -> anyhow::Result<String> {
    let fields = Field::all();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let names = fields.iter().map(ToString::to_string);
    let lists = EntryKind::ALL.map(|kind| kind.id().to_owned());
    writer.write_record(names.chain(lists)).context("the header")?;
    for idea in portfolio.ideas() {
        let cell = |field: &Field| match idea.get(*field) {
            Some(Value::List(list)) => marked(&list_to_cell(&list)),
            Some(value) => marked(&value.to_string()),
            None => String::new(),
        };
        let cells = fields.iter().map(cell);
        let entries = EntryKind::ALL.into_iter().map(|kind| marked(&entries_cell(idea, kind)));
        writer.write_record(cells.chain(entries)).context("a line")?;
    }
    let bytes = writer.into_inner().context("the end")?;
    String::from_utf8(bytes).context("the text")
}

/// A cell that no spreadsheet runs and from which an import takes the quote away
/// again: one is put before a quote too.
fn marked(cell: &str) -> String {
    if cell.starts_with('\'') { format!("'{}", defused(cell)) } else { defused(cell) }
}

/// The entries of a list as lines or, where lines could not be read back, as JSON.
fn entries_cell(idea: &Idea, kind: EntryKind) -> String {
    let entries: Vec<Entry> =
        (0..idea.entries(kind)).filter_map(|at| idea.entry(kind, at)).collect();
    let line = |entry: &Entry| match entry {
        Entry::Log(entry) => log_line(entry),
        Entry::Promise(promise) => promise_line(promise),
        Entry::Forecast(forecast) => forecast_line(forecast),
        Entry::Decision(decision) => decision_line(decision),
    };
    let lines = entries.iter().map(line).collect::<Vec<_>>().join("\n");
    if entries_from_cell(kind, &lines) == entries {
        return lines;
    }
    idea_object(idea)[kind.id()].to_string()
}

/// `2024-03-01 3h 6 first task works`, as an import reads it.
fn log_line(entry: &LogEntry) -> String {
    let parts = [
        Some(entry.date.to_string()),
        entry.hours.map(|hours| format!("{hours}h")),
        entry.traction.map(|level| level.to_string()),
        Some(entry.note.replace('\n', " ")).filter(|note| !note.is_empty()),
        entry.recalled.then(|| "(recalled)".to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn promise_line(promise: &Promise) -> String {
    let result = promise.result.map_or("open", PromiseResult::id);
    format!("{} ({result})", promise.to_line().replace('\n', " "))
}

fn forecast_line(forecast: &Forecast) -> String {
    let result = forecast.result.map_or("open", ForecastResult::id);
    format!("{} ({result})", forecast.to_line().replace('\n', " "))
}

fn decision_line(decision: &Decision) -> String {
    let Decision { date, from, to, why, .. } = decision;
    format!("{date} {from} → {to}: {}", why.replace('\n', " "))
}

/// `prospect export --format md`: every idea under a heading, in the order of
/// the ranking, with all that is known about it.
#[must_use]
pub fn export_markdown(ranking: &Ranking<'_>) -> String {
    let mut text = format!("# Ideas, as of {}\n", ranking.as_of);
    for line in &ranking.lines {
        let idea = line.idea;
        text.push_str(&format!("\n## {}\n\n", escaped(&idea.title)));
        for (name, said) in facts(idea) {
            text.push_str(&format!("- {name}: {}\n", escaped(&said)));
        }
        if line.score.rated {
            let (low, high) = (number(line.score.low), number(line.score.high));
            text.push_str(&format!("- score: {} ({low} to {high})\n", line.shown_score()));
        }
        if !idea.summary.trim().is_empty() {
            text.push_str(&format!("\n{}\n", below(&idea.summary)));
        }
        let lists = [
            ("Log", idea.log.iter().map(log_line).collect::<Vec<_>>()),
            ("Promises", idea.promises.iter().map(promise_line).collect()),
            ("Forecasts", idea.forecasts.iter().map(forecast_line).collect()),
            ("Decisions", idea.decisions.iter().map(decision_line).collect()),
        ];
        for (name, lines) in lists.into_iter().filter(|(_, lines)| !lines.is_empty()) {
            text.push_str(&format!("\n### {name}\n\n"));
            text.extend(lines.iter().map(|line| format!("- {}\n", escaped(line))));
        }
    }
    text
}

/// What the fields say that are neither title nor summary.
fn facts(idea: &Idea) -> Vec<(String, String)> {
    let fields = Field::all().into_iter();
    let fields = fields.filter(|field| !matches!(field, Field::Title | Field::Summary));
    fields.filter_map(|field| Some((field.to_string(), idea.get(field)?.to_string()))).collect()
}

/// Markdown below a heading of the second level: its own headings go two levels
/// down, and no line obeys a terminal.
fn below(markdown: &str) -> String {
    let mut fenced = false;
    let mut lines: Vec<String> = Vec::new();
    for line in markdown.trim().lines() {
        fenced ^= line.trim_start().starts_with("```");
        let hashes = line.len() - line.trim_start_matches('#').len();
        let is_heading = !fenced && (1..=6).contains(&hashes) && line[hashes..].starts_with(' ');
        let deeper = if is_heading { "#".repeat(2.min(6 - hashes)) } else { String::new() };
        lines.push(deeper + &sanitize(line));
    }
    lines.join("\n")
}

/// The file. The same ideas on the same day give the same bytes; an event keeps
/// its identifier, so that a calendar that reads the file again has it once.
#[must_use]
pub fn calendar(portfolio: &Portfolio, name: &str, as_of: Date) -> String {
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", "-//prospect//prospect//EN"));
    calendar.append_property(Property::new("X-WR-CALNAME", plain(name)));
    for event in calendar_events(portfolio, as_of) {
        calendar.push(all_day(&event, as_of));
    }
    calendar.to_string()
}

fn all_day(event: &CalendarEvent<'_>, as_of: Date) -> Event {
    let (summary, description) = summary_and_description(event);
    let mut day = Property::new("DTSTART", event.day.strftime("%Y%m%d").to_string());
    day.add_parameter("VALUE", "DATE");
    Event::new()
        .uid(&plain(&event.uid()))
        .append_property(day)
        .add_property("DTSTAMP", as_of.strftime("%Y%m%dT000000Z").to_string())
        .add_property("TRANSP", "TRANSPARENT")
        .summary(&plain(&summary))
        .description(&plain(&description))
        .done()
}

/// What stands in the calendar, and what is there to be read when it is opened.
fn summary_and_description(event: &CalendarEvent<'_>) -> (String, String) {
    let CalendarEvent { idea, position, .. } = event;
    let title = &idea.title;
    let percent = |chance: f64| format!(" (you gave it {} %)", number(chance * 100.0));
    match event.kind {
        EventKind::Promise => {
            let Some(promise) = idea.promises.get(*position) else { return Default::default() };
            let chance = promise.chance.map(percent).unwrap_or_default();
            let what = describe_promise(promise);
            let judge = format!("prospect resolve {}", idea.id);
            (format!("Promise: {what}"), format!("{title}{chance}\n{judge}"))
        }
        EventKind::Forecast => {
            let Some(forecast) = idea.forecasts.get(*position) else { return Default::default() };
            let (claim, chance) = (&forecast.claim, percent(forecast.chance));
            let judge = format!("prospect resolve {}", idea.id);
            (format!("Forecast: {claim}"), format!("{title}{chance}\n{judge}"))
        }
        EventKind::Parked => {
            (format!("Parked until today: {title}"), format!("prospect show {}", idea.id))
        }
        EventKind::SecondLook => {
            let if_so =
                idea.revive_if.as_ref().map(|phrase| format!("Bring it back if: {phrase}\n"));
            let show = format!("prospect show {}", idea.id);
            (format!("Second look: {title}"), if_so.unwrap_or_default() + &show)
        }
    }
}

/// Text without control characters; a line break stays one.
fn plain(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' => c,
        c if c.is_control() => ' ',
        c => crate::text::sanitize(c.encode_utf8(&mut [0; 4])).chars().next().unwrap_or(c),
    };
    text.trim().chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use ical::parser::ical::component::IcalEvent;
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{Criterion, Date, Forecast, Idea, Portfolio, Rating, Status};
    use crate::exchange::{ImportHistory, ImportOptions, Mapping, plan_import, read};

    fn imported(text: &str, name: &str) -> Vec<Idea> {
        let rows = read(name, text, None).unwrap();
        let mapping = Mapping::guess(&rows, &[]).unwrap();
        let read = mapping.read_ideas(&rows, false);
        let (items, skipped) = (read.ideas, read.faults);
        assert!(skipped.is_empty(), "{skipped:?}");
        let as_of = Date::constant(2026, 3, 1);
        let options =
            ImportOptions { source: name, keeps_ids: rows.keeps_ids, as_of, overwrite: false };
        let mut portfolio = Portfolio::default();
        let plan = plan_import(&items, &portfolio, &ImportHistory::default(), &options);
        portfolio.apply(&plan.edit).unwrap();
        portfolio.iter().cloned().collect()
    }

    fn text() -> impl Strategy<Value = String> {
        "[-=+@ a-zA-Zäß日\"'<>&#|,;\\n\\t\u{1b}\u{202e}]{0,20}x"
    }

    prop_compose! {
        fn day()(days in 0..20_000_i32) -> Date {
            Date::constant(1990, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap()
        }
    }

    prop_compose! {
        fn idea()(
            title in text(), summary in text(), tags in proptest::collection::vec(text(), 0..3),
            from in proptest::option::of(text()), created in proptest::option::of(day()),
            status in 0..6_usize, headroom in proptest::option::of((0..=20_u8, 0..=20_u8)),
            notes in proptest::collection::vec((day(), text(), proptest::option::of(0..=10_u8)), 0..3),
            why in text(), imported in proptest::option::of(text()),
        ) -> Idea {
            let mut idea = Idea::new("", title);
            (idea.summary, idea.tags, idea.from, idea.created) = (summary, tags, from, created);
            idea.imported = imported;
            idea.status = Status::ALL[status];
            idea.ratings[Criterion::Headroom.index()] = headroom.and_then(|(low, more)| {
                let low = f64::from(low) / 2.0;
                Rating::range(low, (low + f64::from(more) / 2.0).min(10.0))
            });
            idea.log = notes.into_iter().map(|(date, note, traction)| {
                let traction = traction.map(f64::from);
                LogEntry { date, hours: traction, traction, note, recalled: false, output: None }
            }).collect();
            let date = Date::constant(2026, 1, 1);
            let (from, to) = (Status::Inbox, idea.status);
            idea.decisions.push(Decision::new(date, from, to, why));
            idea
        }
    }

    proptest! {
        #[test]
        fn what_is_exported_as_json_is_imported_as_it_was(
            mut ideas in proptest::collection::vec(idea(), 1..5),
        ) {
            for (at, idea) in ideas.iter_mut().enumerate() {
                idea.id = format!("idea {at}");
            }
            let portfolio = Portfolio::new(ideas.clone(), Vec::new());
            prop_assert_eq!(imported(&export_json(&portfolio), "all.json"), ideas);
        }

        #[test]
        fn no_cell_starts_a_formula_and_ideas_come_back(
            mut ideas in proptest::collection::vec(idea(), 1..5),
        ) {
            for (at, idea) in ideas.iter_mut().enumerate() {
                idea.id = format!("idea-{at}");
            }
            let portfolio = Portfolio::new(ideas.clone(), Vec::new());
            let text = export_csv(&portfolio).unwrap();
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            for record in reader.records() {
                for cell in &record.unwrap() {
                    prop_assert!(!cell.trim_start().starts_with(['=', '+', '-', '@', '＝']), "{}", cell);
                    prop_assert!(!cell.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')), "{}", cell);
                }
            }
            // What would move a terminal is shown instead, so that it is not compared.
            let line = |line: &str| line.split('\t').map(sanitize).collect::<Vec<_>>().join("\t");
            let shown = |text: &str| text.split('\n').map(line).collect::<Vec<_>>().join("\n");
            let mut back = imported(&text, "all.csv");
            for idea in ideas.iter_mut().chain(&mut back) {
                idea.title = shown(&idea.title);
                idea.summary = shown(&idea.summary);
                idea.tags.iter_mut().for_each(|tag| *tag = shown(tag));
                for text in [&mut idea.from, &mut idea.imported].into_iter().flatten() {
                    *text = shown(text);
                }
                idea.log.iter_mut().for_each(|entry| entry.note = shown(&entry.note));
                idea.decisions.iter_mut().for_each(|decision| decision.why = shown(&decision.why));
            }
            prop_assert_eq!(back, ideas);
        }
    }

    const TODAY: Date = Date::constant(2026, 11, 20);

    fn read_calendar(text: &str) -> Vec<IcalEvent> {
        let mut calendars = ical::IcalParser::new(text.as_bytes());
        let calendar = calendars.next().unwrap().unwrap();
        assert!(calendars.next().is_none());
        calendar.events
    }

    fn value(event: &IcalEvent, name: &str) -> String {
        let found: Vec<_> = event.properties.iter().filter(|one| one.name == name).collect();
        assert_eq!(found.len(), 1, "{name}");
        found[0].value.clone().unwrap_or_default()
    }

    fn with_claim(id: &str, claim: &str) -> Portfolio {
        let mut idea = Idea::new(id, "A title; with, all\\ of it");
        idea.status = Status::Active;
        idea.forecasts.push(Forecast {
            set: Some(TODAY),
            by: date(2026, 11, 27),
            claim: claim.into(),
            chance: 0.7,
            result: None,
            resolved: None,
        });
        Portfolio::new(vec![idea], Vec::new())
    }

    #[test]
    fn a_parser_reads_what_is_ahead() {
        let claim = "the 8-shot version beats the 4-shot one; at last, and by a margin that nobody \
                     will call noise, größer als je zuvor";
        let portfolio = with_claim("a", claim);
        let text = calendar(&portfolio, "ideas", TODAY);
        assert_eq!(calendar(&portfolio, "ideas", TODAY), text);
        assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{text}");
        assert_eq!(text.matches("PRODID:").count(), 1);
        let events = read_calendar(&text);
        assert_eq!(events.len(), 1);
        assert_eq!(value(&events[0], "UID"), "forecast-1.a@prospect");
        assert_eq!(value(&events[0], "DTSTART"), "20261127");
        assert_eq!(value(&events[0], "DTSTAMP"), "20261120T000000Z");
        let escaped = claim.replace(';', "\\;").replace(',', "\\,");
        assert_eq!(value(&events[0], "SUMMARY"), format!("Forecast: {escaped}"));
        let said = "A title\\; with\\, all\\\\ of it (you gave it 70 %)\\nprospect resolve a";
        assert_eq!(value(&events[0], "DESCRIPTION"), said);
    }

    #[test]
    fn an_empty_calendar_is_one() {
        let text = calendar(&Portfolio::default(), "ideas", TODAY);
        assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"), "{text}");
        assert!(read_calendar(&text).is_empty());
    }

    proptest! {
        #[test]
        fn no_text_breaks_out_of_its_line(id in "\\PC{1,12}|[\r\n:;]{1,4}", claim in "(\\PC|[\r\n\t\u{7}:;,])*") {
            let text = calendar(&with_claim(&id, &format!("a{claim}")), &claim, TODAY);
            let events = read_calendar(&text);
            prop_assert_eq!(events.len(), 1);
            prop_assert_eq!(value(&events[0], "DTSTART"), "20261127");
            prop_assert!(value(&events[0], "SUMMARY").starts_with("Forecast: a"));
        }
    }
}
