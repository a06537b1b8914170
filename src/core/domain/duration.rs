//! Durations as people and time trackers write them.

/// Hours, from a number of them or from a duration with units: `1.5`, `2,5`, and
/// everything that [`hours_with_unit`] reads. `None` if the text is neither.
#[must_use]
pub fn hours_from_text(text: &str) -> Option<f64> {
    let text = text.trim();
    read_number(text).or_else(|| hours_with_unit(text))
}

/// Hours, from a duration that says its units: `2h`, `1.5h`, `90m`, `90min`,
/// `2h30`, `1h 15m`, `3 hours`, `PT1H30M` (ISO 8601), or from a clock: `1:30`,
/// `01:30:00`.
///
/// ```
/// use prospect_core::domain::hours_with_unit;
/// assert_eq!(hours_with_unit("1:30"), Some(1.5));
/// assert_eq!(hours_with_unit("2h30"), Some(2.5));
/// assert_eq!(hours_with_unit("90 min"), Some(1.5));
/// assert_eq!(hours_with_unit("2"), None);
/// ```
#[must_use]
pub fn hours_with_unit(text: &str) -> Option<f64> {
    let text = text.trim().to_lowercase();
    clock(&text).or_else(|| units(text.strip_prefix("pt").unwrap_or(&text)))
}

/// `1:30` or `01:30:00`.
fn clock(text: &str) -> Option<f64> {
    let (hours, rest) = text.split_once(':')?;
    let (minutes, seconds) = rest.split_once(':').unwrap_or((rest, "00"));
    let sixtieth = |part: &str| {
        let is_one = part.len() == 2 && part.chars().all(|c| c.is_ascii_digit());
        part.parse::<f64>().ok().filter(|number| is_one && *number < 60.0)
    };
    let is_whole = (1..=4).contains(&hours.len()) && hours.chars().all(|c| c.is_ascii_digit());
    let hours = hours.parse::<f64>().ok().filter(|_| is_whole)?;
    Some(hours + sixtieth(minutes)? / 60.0 + sixtieth(seconds)? / 3600.0)
}

/// Numbers with units, the larger unit first; minutes right behind hours need no
/// unit: `2h30`.
fn units(text: &str) -> Option<f64> {
    let mut rest = text;
    let mut total = 0.0;
    let mut last = f64::INFINITY;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !is_of_number(c)).unwrap_or(rest.len());
        let (number, behind) = rest.split_at(end);
        let word = behind.trim_start();
        let end = word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len());
        let (unit, behind) = word.split_at(end);
        let unit = match unit {
            "h" | "hr" | "hrs" | "hour" | "hours" => 1.0,
            "m" | "min" | "mins" | "minute" | "minutes" => 60.0,
            "s" | "sec" | "secs" | "second" | "seconds" => 3600.0,
            "" if last == 1.0 && number.len() == 2 && !text.contains(' ') => 60.0,
            _ => return None,
        };
        if last.is_finite() && unit <= last {
            return None;
        }
        total += read_number(number)? / unit;
        last = unit;
        rest = behind.trim_start();
    }
    last.is_finite().then_some(total)
}

const fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',')
}

/// A number in plain digits, with a point or a comma before at most two decimals:
/// no sign, no exponent, no `inf`.
pub(super) fn read_number(text: &str) -> Option<f64> {
    let point = match text.split_once(',') {
        Some((_, decimals)) if decimals.len() <= 2 => text.replace(',', "."),
        Some(_) => return None,
        None => text.to_owned(),
    };
    point.parse().ok().filter(|_| text.chars().all(is_of_number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn durations_are_read_as_people_and_trackers_write_them() {
        for (text, hours) in [
            ("1:30", 1.5),
            ("01:30:00", 1.5),
            ("0:45", 0.75),
            ("90m", 1.5),
            ("90min", 1.5),
            ("90 min", 1.5),
            ("2h", 2.0),
            ("1.5h", 1.5),
            ("2,5h", 2.5),
            ("2h30", 2.5),
            ("2h30m", 2.5),
            ("1h 15m", 1.25),
            ("1 hour 15 minutes", 1.25),
            ("3 h", 3.0),
            ("PT1H30M", 1.5),
            ("2", 2.0),
            ("2.5", 2.5),
            ("2,5", 2.5),
        ] {
            assert_eq!(hours_from_text(text), Some(hours), "{text}");
        }
    }

    #[test]
    fn what_is_no_duration_is_none() {
        for text in [
            "", "low", "h", "m", "-1h", "1:5", "1:75", "1:30:5", "3hm", "1e2h", "nan", "2h 3h",
            "15m 2h", "3h 6", "3,000", "2d",
        ] {
            assert_eq!(hours_from_text(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn all_ways_to_write_hours_and_minutes_agree(hours in 0..50_u32, minutes in 0..60_u32) {
            let expected = f64::from(hours) + f64::from(minutes) / 60.0;
            for text in [
                format!("{hours}:{minutes:02}"),
                format!("{hours:02}:{minutes:02}:00"),
                format!("{hours}h{minutes}m"),
                format!("{hours}h{minutes:02}"),
                format!("{hours} h {minutes} min"),
                format!("{}m", hours * 60 + minutes),
            ] {
                let read = hours_with_unit(&text);
                prop_assert!(read.is_some_and(|read| (read - expected).abs() < 1e-9), "{}", text);
            }
        }

        #[test]
        fn any_text_is_hours_or_none(text in "\\PC{0,20}") {
            let hours = hours_from_text(&text);
            prop_assert!(hours.is_none_or(|hours| hours >= 0.0 && hours.is_finite()));
        }
    }
}
