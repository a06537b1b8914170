//! Dates as people and other programs write them.

use jiff::Timestamp;
use jiff::civil::Date;

use super::days::{month_of, weekday};
use super::fold;

/// Which of two numbers of a date such as `3/4/2024` is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// `31/12/2024`.
    DayFirst,
    /// `12/31/2024`.
    MonthFirst,
    /// It is not known.
    Unknown,
}

impl DateOrder {
    /// The order that all of these dates allow, if one of them can be read in one
    /// way only.
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let (mut first, mut second) = (0, 0);
        for (a, b, _) in texts.into_iter().filter_map(numbers) {
            first = first.max(a);
            second = second.max(b);
        }
        match (first > 12, second > 12) {
            (true, false) => Self::DayFirst,
            (false, true) => Self::MonthFirst,
            _ => Self::Unknown,
        }
    }
}

/// The day that a text means, whatever time of the day stands behind it:
/// `2024-03-01`, `2024/03/01`, `20240301T101500Z`, `1.3.2024`, `1 March 2024`,
/// `March 1, 2024 10:15 AM`, `Fri Mar 01 2024 10:00:00 GMT+0000`, `01/Mar/24`; the
/// first day of `Mar 2024`, `2024-03`, `2024`; seconds or milliseconds since 1970;
/// and `3/4/2024` where `order` is known or only one order is possible.
///
/// ```
/// use prospect_core::domain::{Date, DateOrder, date_from_text};
/// let of = |text| date_from_text(text, DateOrder::Unknown);
/// assert_eq!(of("20240301T101500Z"), Some(Date::constant(2024, 3, 1)));
/// assert_eq!(of("31/12/2024"), Some(Date::constant(2024, 12, 31)));
/// assert_eq!(of("03/04/2024"), None);
/// ```
#[must_use]
pub fn date_from_text(text: &str, order: DateOrder) -> Option<Date> {
    let text = text.trim();
    if text.len() > 80 {
        return None;
    }
    let latin = with_plain_signs(text);
    let text = latin.as_deref().unwrap_or(text);
    year_first(text)
        .or_else(|| basic(text))
        .or_else(|| day_and_month(text, order))
        .or_else(|| with_a_name(text))
        .or_else(|| since_1970(text))
}

/// Whether a text is a date of which nothing tells which number is the day.
#[must_use]
pub fn is_ambiguous_date(text: &str) -> bool {
    let text = text.trim();
    numbers(text).is_some_and(|(a, b, _)| (1..=12).contains(&a) && (1..=12).contains(&b))
        && date_from_text(text, DateOrder::Unknown).is_none()
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
    let years = if parts.len() == 3 { 1000..2200 } else { 1900..2200 };
    let year = year.parse::<i16>().ok().filter(|year| years.contains(year))?;
    let is_whole = day.len() == text.len() || parts.len() == 3;
    if parts.len() > 3 || !is_whole {
        return None;
    }
    Date::new(year, number(1)?, number(2)?).ok()
}

/// `20240301`, `20240301T101500Z` (ISO 8601, basic format).
fn basic(text: &str) -> Option<Date> {
    let (day, time) = text.split_once('T').unwrap_or((text, ""));
    let is_time = time.chars().all(|c| c.is_ascii_digit() || matches!(c, 'Z' | '+' | '-'));
    if day.len() != 8 || !day.chars().all(|c| c.is_ascii_digit()) || !is_time {
        return None;
    }
    let year = day[..4].parse().ok().filter(|year| (1900..2200).contains(year))?;
    Date::new(year, day[4..6].parse().ok()?, day[6..].parse().ok()?).ok()
}

/// The three numbers of `3/4/2024` or `3.4.2024`.
fn numbers(text: &str) -> Option<(i8, i8, i16)> {
    let day = text.trim().split([' ', 'T', ',']).next()?;
    let mut parts = day.split(['/', '.', '-']);
    let (a, b) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    parts.next().is_none().then_some((a, b, year))
}

fn day_and_month(text: &str, order: DateOrder) -> Option<Date> {
    let (a, b, year) = numbers(text)?;
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

/// `2024-3-1` for `2024年3月1日` and `2024년 3월 1일`, with what stands behind.
fn with_plain_signs(text: &str) -> Option<String> {
    let (year, rest) = text.split_once(['年', '년'])?;
    let (month, rest) = rest.split_once(['月', '월'])?;
    let (day, time) = rest.split_once(['日', '일']).unwrap_or((rest, ""));
    let day = if day.trim().is_empty() { "1" } else { day.trim() };
    Some(format!("{}-{}-{day} {}", year.trim(), month.trim(), time.trim()).trim().to_owned())
}

/// `1 March 2024`, `March 1st, 2024`, `Fri 1 Mar 2024`, `March 2024`, `01/Mar/24`,
/// `1. März 2024`, `1 de marzo de 2024`, with a time at the end.
fn with_a_name(text: &str) -> Option<Date> {
    let (mut day, mut month, mut year) = (None, None, None);
    for word in text.split([' ', ',', '-', '/', '.']).filter(|word| !word.is_empty()) {
        if word.contains(':') && month.is_some() && day.is_some() {
            if year.is_some() {
                break;
            }
            continue;
        }
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if let Some(found) = month_in_any_language(word).filter(|_| month.is_none()) {
            month = Some(found);
        } else if digits.len() == 4 && year.is_none() {
            year = Some(digits.parse::<i16>().ok()?);
        } else if (1..=2).contains(&digits.len()) && day.is_none() {
            day = Some(digits.parse::<i8>().ok()?);
        } else if digits.len() == 2 && month.is_some() && year.is_none() {
            year = Some(2000 + digits.parse::<i16>().ok()?);
        } else if ["de", "del", "of"].contains(&word) && day.is_some() {
            // Words in between.
        } else if !(day.is_none() && weekday(&word.to_lowercase()).is_some()) {
            return None;
        }
    }
    Date::new(year?, month?, day.unwrap_or(1)).ok()
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

/// Names by month, folded: German, French, Spanish, Italian, Portuguese, Dutch,
/// Swedish, Polish, Russian (as in dates).
const MONTHS: [&str; 12] = [
    "januar janvier enero gennaio janeiro januari styczen stycznia январь января",
    "februar fevrier febrero febbraio fevereiro februari luty lutego февраль февраля",
    "marz maerz mars marzo marco maart marzec marca март марта",
    "april avril abril aprile kwiecien kwietnia апрель апреля",
    "mai mayo maggio maio mei maj maja май мая",
    "juni juin junio giugno junho czerwiec czerwca июнь июня",
    "juli juillet julio luglio julho lipiec lipca июль июля",
    "august aout agosto augustus augusti sierpien sierpnia август августа",
    "september septembre septiembre settembre setembro wrzesien wrzesnia сентябрь сентября",
    "oktober octobre octubre ottobre outubro pazdziernik pazdziernika октябрь октября",
    "november novembre noviembre novembro listopad listopada ноябрь ноября",
    "dezember decembre diciembre dicembre dezembro december grudzien grudnia декабрь декабря",
];

/// The month that a word means, from 1: its name in one of the languages, or three
/// letters or more of it where that is no other month.
fn month_in_any_language(word: &str) -> Option<i8> {
    if let Some(month) = month_of(word) {
        return Some(month);
    }
    let word = fold(word.trim_end_matches('.'));
    if word.chars().count() < 3 || !word.chars().all(char::is_alphabetic) {
        return None;
    }
    let is_name = |name: &str| fold(name) == word;
    let begins = |name: &str| fold(name).starts_with(&word);
    let whole = MONTHS.iter().position(|names| names.split(' ').any(is_name));
    let begun = || {
        let mut months = (0..MONTHS.len()).filter(|at| MONTHS[*at].split(' ').any(begins));
        months.next().filter(|_| months.next().is_none())
    };
    whole.or_else(begun).and_then(|at| i8::try_from(at + 1).ok())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Option<Date> {
        date_from_text(text, DateOrder::Unknown)
    }

    #[test]
    fn dates_are_read_as_people_and_programs_write_them() {
        for (text, expected) in [
            ("2024-03-01", date(2024, 3, 1)),
            ("2024-03-01T10:00:00Z", date(2024, 3, 1)),
            ("2024-03-01 10:00", date(2024, 3, 1)),
            ("2024/3/1", date(2024, 3, 1)),
            ("2024/03/01 10:15:22", date(2024, 3, 1)),
            ("20240301", date(2024, 3, 1)),
            ("20240301T101500Z", date(2024, 3, 1)),
            ("2024-03", date(2024, 3, 1)),
            ("2024", date(2024, 1, 1)),
            ("1892-05-02", date(1892, 5, 2)),
            ("1.3.2024", date(2024, 3, 1)),
            ("1.3.2024 10:15", date(2024, 3, 1)),
            ("31/12/2024", date(2024, 12, 31)),
            ("12/31/2024", date(2024, 12, 31)),
            ("12/31/2024, 10:15 AM", date(2024, 12, 31)),
            ("1 March 2024", date(2024, 3, 1)),
            ("March 1st, 2024", date(2024, 3, 1)),
            ("March 1, 2024 10:15 AM", date(2024, 3, 1)),
            ("Fri, 1 Mar 2024", date(2024, 3, 1)),
            ("Fri, 01 Mar 2024 10:15:00 +0100", date(2024, 3, 1)),
            ("Fri Mar 01 2024 10:00:00 GMT+0000 (GMT)", date(2024, 3, 1)),
            ("Fri Mar  1 10:00:00 2024", date(2024, 3, 1)),
            ("01/Mar/24 10:15 AM", date(2024, 3, 1)),
            ("2024-Mar-01", date(2024, 3, 1)),
            ("Sept 2024", date(2024, 9, 1)),
            ("1. März 2024", date(2024, 3, 1)),
            ("1er août 2024", date(2024, 8, 1)),
            ("1 de marzo de 2024", date(2024, 3, 1)),
            ("15 déc. 2024 10:15", date(2024, 12, 15)),
            ("1 марта 2024", date(2024, 3, 1)),
            ("2024年3月1日", date(2024, 3, 1)),
            ("2024年3月1日 10:15", date(2024, 3, 1)),
            ("2024년 3월 1일", date(2024, 3, 1)),
            ("1-May-2024", date(2024, 5, 1)),
            ("1709251200", date(2024, 3, 1)),
            ("1709251200000", date(2024, 3, 1)),
        ] {
            assert_eq!(day(text), Some(expected), "{text}");
        }
        for text in [
            "",
            "soon",
            "3/4/2024",
            "2024-02-30",
            "20241301",
            "12",
            "17",
            "v2024",
            "3/4/24",
            "may be",
            "10:15",
            "March 2024 draft",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn one_date_tells_how_the_others_are_meant() {
        let order = DateOrder::of(["3/4/2024", "13/4/2024"]);
        assert_eq!(order, DateOrder::DayFirst);
        assert_eq!(date_from_text("3/4/2024", order), Some(date(2024, 4, 3)));
        assert_eq!(DateOrder::of(["3/4/2024", "3/24/2024"]), DateOrder::MonthFirst);
        assert_eq!(DateOrder::of(["3/14/2024", "14/3/2024"]), DateOrder::Unknown);
        assert!(is_ambiguous_date("3/4/2024 10:00"));
        for text in ["13/4/2024", "4/4/2024", "3.4.2024", "2024-03-04", "soon"] {
            assert!(!is_ambiguous_date(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_day_or_none(text in "\\PC{0,30}") {
            let _ = (day(&text), is_ambiguous_date(&text));
        }
    }

    #[test]
    fn months_are_known_in_several_languages() {
        for (word, month) in [
            ("March", Some(3)),
            ("März", Some(3)),
            ("août", Some(8)),
            ("févr.", Some(2)),
            ("Dez", Some(12)),
            ("ottobre", Some(10)),
            ("мая", Some(5)),
            ("jui", None),
            ("juil", Some(7)),
            ("mal", None),
            ("de", None),
        ] {
            assert_eq!(month_in_any_language(word), month, "{word}");
        }
    }
}
