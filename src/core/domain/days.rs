//! Days as people say them: `2w`, `next month`, `fri`, `in 3 days`; and whole days
//! counted between dates.

use std::time::Duration;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::written_date::{DateOrder, date_from_text};

/// Why a day on or before `today` cannot be one to wait for.
#[must_use]
pub fn not_ahead(day: Date, today: Date) -> String {
    let when = if day == today { "is today: a later day is needed" } else { "is in the past" };
    format!("{day} {when}")
}

/// The day that a text means, seen from `today`; `None` if it means none.
///
/// - `2027-03-01`, and `2027-03` for the first day of that month; `1.3.2027`,
///   `1 March 2027`, `20270301` and what else [`date_from_text`] reads, but no
///   bare number
/// - `today`, `tomorrow`, `yesterday`
/// - `10d`, `2w`, `3m`, `1y`, `3 weeks`, `in 3 weeks`, `a month`; `3 weeks ago`
/// - `fri` or `friday`: the first one after today
/// - `next week`: its Monday; `next month`, `next year`: their first day;
///   `next fri`: the Friday of next week
/// - `last fri`: the last one before today; `last week`: its Monday; `last month`,
///   `last year`: their first day
/// - `march` or `mar`: the first day of the next March
///
/// Capitals do not matter.
///
/// ```
/// use prospect_core::domain::{Date, day_from_words};
/// let today = Date::constant(2026, 11, 20);
/// assert_eq!(day_from_words("2w", today), Some(Date::constant(2026, 12, 4)));
/// assert_eq!(day_from_words("next month", today), Some(Date::constant(2026, 12, 1)));
/// assert_eq!(day_from_words("soon", today), None);
/// ```
#[must_use]
pub fn day_from_words(text: &str, today: Date) -> Option<Date> {
    let text = text.to_lowercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        ["today"] => Some(today),
        ["tomorrow"] => today.tomorrow().ok(),
        ["yesterday"] => today.yesterday().ok(),
        ["next", unit] => next(unit, today),
        ["last", unit] => last(unit, today),
        ["in", rest @ ..] => amount(rest, today, 1),
        [rest @ .., "ago"] => amount(rest, today, -1),
        [word] => written(word)
            .or_else(|| amount(&words, today, 1))
            .or_else(|| weekday(word).and_then(|day| today.nth_weekday(1, day).ok()))
            .or_else(|| month_of(word).and_then(|month| first_of_next(month, today))),
        _ => amount(&words, today, 1).or_else(|| written(&text)),
    }
}

/// The day gone by that words begin with, seen from `today`, and how many words
/// say so: `2026-05-01`, `today`, `yesterday`, `mon` (the latest Monday, today
/// included), `last mon` (before today), `2 days ago`. A written day may also lie
/// ahead.
#[must_use]
pub(super) fn past_day(words: &[&str], today: Date) -> Option<(Date, usize)> {
    let lower: Vec<String> = words.iter().take(3).map(|word| word.to_lowercase()).collect();
    let back = |word: &str, from: Date| from.nth_weekday(-1, weekday(word)?).ok();
    match lower.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [count, unit, "ago"] => Some((amount(&[count, unit], today, -1)?, 3)),
        ["today", ..] => Some((today, 1)),
        ["yesterday", ..] => Some((today.yesterday().ok()?, 1)),
        ["last", word, ..] => Some((back(word, today)?, 2)),
        [word, ..] => {
            let written = word.len() == 10 && word.contains('-');
            let day = written.then(|| word.parse().ok()).flatten();
            Some((day.or_else(|| back(word, today.tomorrow().ok()?))?, 1))
        }
        [] => None,
    }
}

/// The day gone by that a text says, as the line of a log reads it; `None` where
/// it says anything else.
///
/// ```
/// use prospect_core::domain::{Date, past_day_from_words};
/// let today = Date::constant(2026, 11, 20);
/// assert_eq!(past_day_from_words("yesterday", today), Some(Date::constant(2026, 11, 19)));
/// assert_eq!(past_day_from_words("mon", today), Some(Date::constant(2026, 11, 16)));
/// assert_eq!(past_day_from_words("mon 3h", today), None);
/// ```
#[must_use]
pub fn past_day_from_words(text: &str, today: Date) -> Option<Date> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (day, used) = past_day(&words, today)?;
    (used == words.len()).then_some(day)
}

/// A date of any form but a bare number, which may mean anything.
fn written(text: &str) -> Option<Date> {
    let is_digits = |c: char| c.is_ascii_digit();
    let separators = text.matches(['/', '.']).count();
    let has_month =
        || text.split(|c: char| !c.is_alphabetic()).any(|word| month_of(word).is_some());
    let is_basic = text.len() == 8 && text.chars().all(is_digits);
    if text.chars().all(|c| is_digits(c) || c == '-') && text.contains('-') {
        return text.parse().ok().or_else(|| format!("{text}-01").parse().ok());
    }
    date_from_text(text, DateOrder::Unknown).filter(|_| is_basic || separators == 2 || has_month())
}

/// `2w`, `2 w`, `2 weeks`, `a week`: so long from today, or before it with -1.
fn amount(words: &[&str], today: Date, sign: i64) -> Option<Date> {
    let (count, unit) = match words {
        [word] => word.split_at(word.find(|c: char| !c.is_ascii_digit())?),
        ["a" | "an" | "one", unit] => ("1", *unit),
        [count, unit] => (*count, *unit),
        _ => return None,
    };
    // Later days are typing errors, and jiff's spans end somewhere.
    let count: i64 = count.parse().ok().filter(|count| (0..10_000).contains(count))?;
    let count = sign * count;
    let span = match unit {
        "d" | "day" | "days" => count.days(),
        "w" | "week" | "weeks" => count.weeks(),
        "m" | "month" | "months" => count.months(),
        "y" | "year" | "years" => count.years(),
        _ => return None,
    };
    today.checked_add(span).ok()
}

fn next(unit: &str, today: Date) -> Option<Date> {
    let monday = || today.nth_weekday(1, Weekday::Monday).ok();
    match unit {
        "week" => monday(),
        "month" => today.last_of_month().tomorrow().ok(),
        "year" => today.last_of_year().tomorrow().ok(),
        _ => {
            if let Some(day) = weekday(unit) {
                return monday()?.checked_add(i64::from(day.to_monday_zero_offset()).days()).ok();
            }
            first_of_next(month_of(unit)?, today)
        }
    }
}

fn last(unit: &str, today: Date) -> Option<Date> {
    match unit {
        "week" => today.tomorrow().ok()?.nth_weekday(-2, Weekday::Monday).ok(),
        "month" => today.first_of_month().yesterday().ok().map(Date::first_of_month),
        "year" => today.first_of_year().yesterday().ok().map(Date::first_of_year),
        _ => today.nth_weekday(-1, weekday(unit)?).ok(),
    }
}

fn first_of_next(month: i8, today: Date) -> Option<Date> {
    let year = today.year() + i16::from(month <= today.month());
    Date::new(year, month, 1).ok()
}

/// The day of the week with that name, in lower case: `friday`, `fri`.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    const DAYS: [&str; 7] =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let position = DAYS.iter().position(|day| abbreviates(word, day))?;
    Weekday::from_monday_zero_offset(i8::try_from(position).ok()?).ok()
}

/// The month with that name, from 1: `March`, `mar`, `Sept.`.
#[must_use]
pub fn month_of(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.to_lowercase();
    let position = MONTHS.iter().position(|month| abbreviates(&word, month))?;
    i8::try_from(position + 1).ok()
}

/// Three letters or more of a name, with or without a full stop.
fn abbreviates(word: &str, name: &str) -> bool {
    let word = word.trim_end_matches('.');
    word.len() >= 3 && name.starts_with(word)
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The date so many days later, or earlier if that is negative; the last or
/// first date there is, if that is too far.
pub(crate) fn after(date: Date, days: i64) -> Date {
    let span = DAY.saturating_mul(u32::try_from(days.unsigned_abs()).unwrap_or(u32::MAX));
    if days < 0 { date.saturating_sub(span) } else { date.saturating_add(span) }
}

/// Days from one date to another; 0 if that is not later.
pub(crate) fn between(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours().max(0) / 24
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    /// A Friday.
    const TODAY: Date = date(2026, 11, 20);

    #[test]
    fn days_are_understood_as_people_say_them() {
        for (text, day) in [
            ("2027-03-01", date(2027, 3, 1)),
            ("2027-03", date(2027, 3, 1)),
            ("Today", TODAY),
            ("tomorrow", date(2026, 11, 21)),
            ("yesterday", date(2026, 11, 19)),
            ("3 days ago", date(2026, 11, 17)),
            ("a week ago", date(2026, 11, 13)),
            ("last fri", date(2026, 11, 13)),
            ("last week", date(2026, 11, 9)),
            ("last month", date(2026, 10, 1)),
            ("last year", date(2025, 1, 1)),
            ("1.3.2027", date(2027, 3, 1)),
            ("1 March 2027", date(2027, 3, 1)),
            ("20270301", date(2027, 3, 1)),
            ("10d", date(2026, 11, 30)),
            ("2w", date(2026, 12, 4)),
            ("2 weeks", date(2026, 12, 4)),
            ("in 3 days", date(2026, 11, 23)),
            ("in a month", date(2026, 12, 20)),
            ("3m", date(2027, 2, 20)),
            ("1y", date(2027, 11, 20)),
            ("fri", date(2026, 11, 27)),
            ("sat", date(2026, 11, 21)),
            ("Thursday", date(2026, 11, 26)),
            ("next week", date(2026, 11, 23)),
            ("next sunday", date(2026, 11, 29)),
            ("next mon", date(2026, 11, 23)),
            ("next month", date(2026, 12, 1)),
            ("next year", date(2027, 1, 1)),
            ("dec", date(2026, 12, 1)),
            ("november", date(2027, 11, 1)),
            ("next march", date(2027, 3, 1)),
        ] {
            assert_eq!(day_from_words(text, TODAY), Some(day), "{text}");
        }
    }

    #[test]
    fn month_ends_do_not_overflow() {
        assert_eq!(day_from_words("1m", date(2027, 1, 31)), Some(date(2027, 2, 28)));
        assert_eq!(day_from_words("next month", date(2026, 12, 31)), Some(date(2027, 1, 1)));
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in [
            "",
            "soon",
            "2",
            "w",
            "2x",
            "fr",
            "in",
            "next",
            "next time",
            "2027-02-30",
            "-2w",
            "99999y",
            "9999y",
            "2027-03-01T10:00",
            "12-24",
            "a",
            "in 2 3 days",
        ] {
            assert_eq!(day_from_words(text, TODAY), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_day_or_none(text in "\\PC{0,20}", offset in 0..800_000_i32) {
            let today = date(1, 1, 1).checked_add(offset.days()).unwrap();
            let day = day_from_words(&text, today);
            prop_assert!(day.is_none_or(|day| day.to_string().len() >= 10));
            for unit in ["d", "w", "m", "y"] {
                let day = day_from_words(&format!("{}{unit}", text.len()), today);
                prop_assert!(day.is_some_and(|day| day >= today));
            }
            prop_assert_eq!(day_from_words(&today.to_string(), today), Some(today));
        }
    }

    #[test]
    fn days_are_counted_over_leap_days_and_to_the_ends_of_time() {
        let (from, to) = (Date::constant(2024, 2, 28), Date::constant(2024, 3, 1));
        assert_eq!((between(from, to), between(to, from)), (2, 0));
        assert_eq!((after(from, 2), after(to, -2)), (to, from));
        assert_eq!((after(Date::MAX, 1), after(Date::MIN, -1)), (Date::MAX, Date::MIN));
        assert_eq!(after(Date::MIN, between(Date::MIN, Date::MAX)), Date::MAX);
        assert_eq!(after(from, i64::MAX), Date::MAX);
    }
}
