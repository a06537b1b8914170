//! The calendar file: what is ahead as all-day events of RFC 5545.

use icalendar::{Calendar, Component, Event, Property};

use super::number;
use crate::domain::{Date, Portfolio};
use crate::judge::{CalendarEvent, EventKind, calendar_events, describe_promise};

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
    let (summary, description) = words(event);
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
fn words(event: &CalendarEvent<'_>) -> (String, String) {
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
    use super::*;
    use crate::domain::{Forecast, Idea, Status};
    use ical::parser::ical::component::IcalEvent;
    use jiff::civil::date;
    use proptest::prelude::*;

    const TODAY: Date = Date::constant(2026, 11, 20);

    fn read(text: &str) -> Vec<IcalEvent> {
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
        let events = read(&text);
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
        assert!(read(&text).is_empty());
    }

    proptest! {
        #[test]
        fn no_text_breaks_out_of_its_line(id in "\\PC{1,12}|[\r\n:;]{1,4}", claim in "(\\PC|[\r\n\t\u{7}:;,])*") {
            let text = calendar(&with_claim(&id, &format!("a{claim}")), &claim, TODAY);
            let events = read(&text);
            prop_assert_eq!(events.len(), 1);
            prop_assert_eq!(value(&events[0], "DTSTART"), "20261127");
            prop_assert!(value(&events[0], "SUMMARY").starts_with("Forecast: a"));
        }
    }
}
