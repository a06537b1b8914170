//! A log entry said in one line: `3h 6 first task works`.

use jiff::civil::Date;

use super::LogEntry;

impl LogEntry {
    /// Reads words: hours (`3h`, `1.5h`, `45m`) if the first word says so, then
    /// traction if a whole number or half from 0 to 10 follows, then the note.
    ///
    /// ```
    /// use prospect::domain::{Date, LogEntry};
    /// let entry = LogEntry::from_words(["3h", "6", "first task works"], Date::constant(2026, 3, 1));
    /// assert_eq!((entry.hours, entry.traction), (Some(3.0), Some(6.0)));
    /// assert_eq!(entry.note, "first task works");
    /// ```
    #[must_use]
    pub fn from_words<'a>(words: impl IntoIterator<Item = &'a str>, date: Date) -> Self {
        let mut words = words.into_iter().peekable();
        let hours = words.peek().and_then(|word| hours(word));
        if hours.is_some() {
            words.next();
        }
        let traction = words.peek().and_then(|word| traction(word));
        if traction.is_some() {
            words.next();
        }
        let note = words.collect::<Vec<_>>().join(" ").trim().to_owned();
        Self { date, hours, traction, note, recalled: false }
    }

    /// Whether it says anything beyond its date.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.hours.is_none() && self.traction.is_none() && self.note.is_empty()
    }
}

fn hours(word: &str) -> Option<f64> {
    let (number, minutes) = match (word.strip_suffix('h'), word.strip_suffix('m')) {
        (Some(number), _) => (number, false),
        (_, Some(number)) => (number, true),
        _ => return None,
    };
    let number = plain_number(number)?;
    Some(if minutes { number / 60.0 } else { number })
}

fn traction(word: &str) -> Option<f64> {
    plain_number(word).filter(|level| *level <= 10.0)
}

/// A number of digits with at most one point: not `inf`, `1e3` or `+4`.
fn plain_number(word: &str) -> Option<f64> {
    let plain = word.starts_with(|c: char| c.is_ascii_digit())
        && word.chars().all(|c| c.is_ascii_digit() || c == '.');
    word.parse().ok().filter(|_| plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> (Option<f64>, Option<f64>, String) {
        let entry = LogEntry::from_words(line.split_whitespace(), Date::constant(2026, 3, 1));
        (entry.hours, entry.traction, entry.note)
    }

    #[test]
    fn hours_then_traction_then_the_note() {
        assert_eq!(read("3h 6 it works"), (Some(3.0), Some(6.0), "it works".into()));
        assert_eq!(read("45m reading"), (Some(0.75), None, "reading".into()));
        assert_eq!(read("6 it works"), (None, Some(6.0), "it works".into()));
        assert_eq!(read("1.5h"), (Some(1.5), None, String::new()));
    }

    #[test]
    fn what_only_looks_like_a_number_is_a_note() {
        for line in ["11 runs failed", "h", "m 6", "-3h", "infh", "1e3", "nan", "+4"] {
            assert_eq!(read(line), (None, None, line.into()), "{line}");
        }
        assert!(LogEntry::from_words([], Date::constant(2026, 3, 1)).is_empty());
    }
}
