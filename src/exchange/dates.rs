//! Dates as other programs write them.

use jiff::Timestamp;

use crate::domain::{Date, month_of};

/// Which of two numbers of a date such as `3/4/2024` is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateOrder {
    /// `31/12/2024`.
    DayFirst,
    /// `12/31/2024`.
    MonthFirst,
    /// Nothing tells.
    Unknown,
}

/// The order that all of these dates allow, if one of them can be read in one
/// way only.
pub(super) fn order_of<'t>(texts: impl IntoIterator<Item = &'t str>) -> DateOrder {
    let pairs = texts.into_iter().filter_map(|text| {
        let (a, b, _) = slashed(text)?;
        Some((a, b))
    });
    let (mut first, mut second) = (0, 0);
    for (a, b) in pairs {
        first = first.max(a);
        second = second.max(b);
    }
    match (first > 12, second > 12) {
        (true, false) => DateOrder::DayFirst,
        (false, true) => DateOrder::MonthFirst,
        _ => DateOrder::Unknown,
    }
}

/// The day that a text means: `2024-03-01` with or without a time, `2024/03/01`,
/// `1.3.2024`, `1 March 2024`, `March 1, 2024`, `Mar 2024`, `2024-03`, `2024`,
/// seconds or milliseconds since 1970; `3/4/2024` where the order is known or
/// only one is possible.
pub(super) fn day(text: &str, order: DateOrder) -> Option<Date> {
    let text = text.trim();
    if text.len() > 40 {
        return None;
    }
    year_first(text)
        .or_else(|| day_and_month(text, order))
        .or_else(|| with_a_name(text))
        .or_else(|| since_1970(text))
}

/// `2024-03-01`, `2024-03-01T10:00Z`, `2024/3/1`, `2024-03`, `2024`.
fn year_first(text: &str) -> Option<Date> {
    let day = text.split(['T', ' ']).next()?;
    let parts: Vec<&str> = day.split(['-', '/', '.']).collect();
    let number = |at: usize| -> Option<i8> {
        match parts.get(at) {
            None => Some(1),
            Some(part) if part.len() <= 2 => part.parse().ok(),
            Some(_) => None,
        }
    };
    let year = parts.first().filter(|part| part.len() == 4)?;
    let year = year.parse::<i16>().ok().filter(|year| (1900..2200).contains(year))?;
    let is_whole = day.len() == text.len() || parts.len() == 3;
    if parts.len() > 3 || !is_whole {
        return None;
    }
    Date::new(year, number(1)?, number(2)?).ok()
}

/// The three numbers of `3/4/2024` or `3.4.2024`.
fn slashed(text: &str) -> Option<(i8, i8, i16)> {
    let day = text.split([' ', 'T']).next()?;
    let mut parts = day.split(['/', '.', '-']);
    let (a, b) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    parts.next().is_none().then_some((a, b, year))
}

fn day_and_month(text: &str, order: DateOrder) -> Option<Date> {
    let (a, b, year) = slashed(text)?;
    // With points it is the day that comes first, wherever points are used.
    let order = if text.contains('.') { DateOrder::DayFirst } else { order };
    let day_first = match order {
        DateOrder::DayFirst => true,
        DateOrder::MonthFirst => false,
        DateOrder::Unknown if a == b || a > 12 => true,
        DateOrder::Unknown if b > 12 => false,
        DateOrder::Unknown => return None,
    };
    let (day, month) = if day_first { (a, b) } else { (b, a) };
    Date::new(year, month, day).ok()
}

/// `1 March 2024`, `March 1st, 2024`, `Fri 1 Mar 2024`, `March 2024`.
fn with_a_name(text: &str) -> Option<Date> {
    let (mut day, mut month, mut year) = (None, None, None);
    for word in text.split([' ', ',', '-', '/', '.']).filter(|word| !word.is_empty()) {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if let Some(found) = month_of(word).filter(|_| month.is_none()) {
            month = Some(found);
        } else if digits.len() == 4 && year.is_none() {
            year = Some(digits.parse::<i16>().ok()?);
        } else if (1..=2).contains(&digits.len()) && day.is_none() {
            day = Some(digits.parse::<i8>().ok()?);
        } else if !(day.is_none() && is_weekday(word)) {
            return None;
        }
    }
    Date::new(year?, month?, day.unwrap_or(1)).ok()
}

fn is_weekday(word: &str) -> bool {
    let word = word.to_lowercase();
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().any(|day| word.starts_with(day))
}

/// Seconds or milliseconds, of a day between 2001 and 2100.
fn since_1970(text: &str) -> Option<Date> {
    let number: i64 = text.parse().ok()?;
    let seconds = match number {
        1_000_000_000..4_102_444_800 => number,
        1_000_000_000_000..4_102_444_800_000 => number / 1000,
        _ => return None,
    };
    let moment = Timestamp::from_second(seconds).ok()?;
    Some(moment.to_zoned(jiff::tz::TimeZone::UTC).date())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn days_are_read_as_people_and_programs_write_them() {
        for (text, expected) in [
            ("2024-03-01", date(2024, 3, 1)),
            ("2024-03-01T10:00:00Z", date(2024, 3, 1)),
            ("2024-03-01 10:00", date(2024, 3, 1)),
            ("2024/3/1", date(2024, 3, 1)),
            ("2024-03", date(2024, 3, 1)),
            ("2024", date(2024, 1, 1)),
            ("1.3.2024", date(2024, 3, 1)),
            ("31/12/2024", date(2024, 12, 31)),
            ("12/31/2024", date(2024, 12, 31)),
            ("1 March 2024", date(2024, 3, 1)),
            ("March 1st, 2024", date(2024, 3, 1)),
            ("Fri, 1 Mar 2024", date(2024, 3, 1)),
            ("Sept 2024", date(2024, 9, 1)),
            ("1-May-2024", date(2024, 5, 1)),
            ("1709251200", date(2024, 3, 1)),
            ("1709251200000", date(2024, 3, 1)),
        ] {
            assert_eq!(day(text, DateOrder::Unknown), Some(expected), "{text}");
        }
        for text in ["", "soon", "3/4/2024", "2024-02-30", "12", "17", "v2024", "3/4/24", "may be"]
        {
            assert_eq!(day(text, DateOrder::Unknown), None, "{text}");
        }
    }

    #[test]
    fn one_date_tells_how_the_others_are_meant() {
        let order = order_of(["3/4/2024", "13/4/2024"]);
        assert_eq!(order, DateOrder::DayFirst);
        assert_eq!(day("3/4/2024", order), Some(date(2024, 4, 3)));
        assert_eq!(order_of(["3/4/2024", "3/24/2024"]), DateOrder::MonthFirst);
        assert_eq!(order_of(["3/14/2024", "14/3/2024"]), DateOrder::Unknown);
    }

    proptest! {
        #[test]
        fn any_text_is_a_day_or_none(text in "\\PC{0,30}") {
            let _ = day(&text, DateOrder::Unknown);
        }
    }
}
