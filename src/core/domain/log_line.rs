//! A log entry said in one line: `3h 6 first task works`.

use jiff::civil::Date;

use super::duration::read_number;
use super::{LogEntry, hours_with_unit};

impl LogEntry {
    /// An entry of that day from words as they are typed: first hours (`3h`,
    /// `45m`, `1h 30m`, `1:30`, as in [`hours_with_unit`]) and then a level of traction (0–10), each only if a
    /// whole word says so, and the rest as the note. A word with spaces in it,
    /// as a shell makes of a quoted text, is always note.
    ///
    /// ```
    /// use prospect_core::domain::{Date, LogEntry};
    /// let day = Date::constant(2026, 3, 1);
    /// let entry = LogEntry::from_words(["45m", "6", "first", "task", "works"], day);
    /// assert_eq!((entry.hours, entry.traction), (Some(0.75), Some(6.0)));
    /// assert_eq!(entry.note, "first task works");
    /// let entry = LogEntry::from_words(["3 runs failed"], day);
    /// assert_eq!((entry.hours, entry.traction), (None, None));
    /// ```
    #[must_use]
    pub fn from_words<'a>(words: impl IntoIterator<Item = &'a str>, date: Date) -> Self {
        let words: Vec<&str> = words.into_iter().collect();
        let (hours, count) = leading_hours(&words);
        let mut words = words[count..].iter().copied().peekable();
        let traction = words.peek().and_then(|word| read_level(word));
        words.next_if(|_| traction.is_some());
        let note = words.collect::<Vec<_>>().join(" ").trim().to_owned();
        Self { date, hours, traction, note, recalled: false, output: None }
    }

    /// An entry of that day from text as it is typed: hours and a level at the
    /// beginning, as in [`LogEntry::from_words`], and all that follows as the
    /// note, line by line as it is.
    #[must_use]
    pub fn from_text(text: &str, date: Date) -> Self {
        let first: Vec<&str> = text.split_whitespace().take(LONGEST).collect();
        let (hours, count) = leading_hours(&first);
        let mut rest = text.trim();
        for word in &first[..count] {
            rest = rest[word.len()..].trim_start();
        }
        let word = rest.split_whitespace().next().unwrap_or_default();
        let traction = read_level(word);
        if traction.is_some() {
            rest = rest[word.len()..].trim_start();
        }
        Self { date, hours, traction, note: rest.to_owned(), recalled: false, output: None }
    }

    /// Whether it says anything beyond its date.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.hours.is_none()
            && self.traction.is_none()
            && self.note.is_empty()
            && self.output.is_none()
    }
}

/// A duration has at most so many words: `1 h 30 min`.
const LONGEST: usize = 4;

/// The hours that words begin with, and how many of them say so.
fn leading_hours(words: &[&str]) -> (Option<f64>, usize) {
    let are_single = |words: &[&str]| words.iter().all(|word| !word.contains(char::is_whitespace));
    (1..=words.len().min(LONGEST))
        .rev()
        .filter(|count| are_single(&words[..*count]))
        // `3 m` is more likely three metres than three minutes.
        .filter(|count| *count == 1 || !matches!(words[1], "m" | "s"))
        .find_map(|count| Some((Some(hours_with_unit(&words[..count].join(" "))?), count)))
        .unwrap_or((None, 0))
}

fn read_level(word: &str) -> Option<f64> {
    read_number(word).filter(|level| *level <= 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hours, traction and note of what was typed, split at spaces.
    fn typed(line: &str) -> (Option<f64>, Option<f64>, String) {
        let entry = LogEntry::from_words(line.split(' '), Date::constant(2026, 3, 1));
        (entry.hours, entry.traction, entry.note)
    }

    #[test]
    fn hours_then_traction_then_the_note() {
        assert_eq!(typed("3h 6 works"), (Some(3.0), Some(6.0), "works".into()));
        assert_eq!(typed("1h30m"), (Some(1.5), None, String::new()));
        assert_eq!(typed("90m 7.5"), (Some(1.5), Some(7.5), String::new()));
        assert_eq!(typed("1h 15m 6 works"), (Some(1.25), Some(6.0), "works".into()));
        assert_eq!(typed("1:30 2,5 works"), (Some(1.5), Some(2.5), "works".into()));
        assert_eq!(typed("90 min 3"), (Some(1.5), Some(3.0), String::new()));
        assert_eq!(typed("6 3h later"), (None, Some(6.0), "3h later".into()));
    }

    #[test]
    fn a_text_keeps_its_lines() {
        let read = |text: &str| {
            let entry = LogEntry::from_text(text, Date::constant(2026, 3, 1));
            (entry.hours, entry.traction, entry.note)
        };
        let lines = "works  now\n\n- one\n  - two";
        assert_eq!(read(&format!("3h 6 {lines}\n\n")), (Some(3.0), Some(6.0), lines.into()));
        assert_eq!(read("45m\nall of it"), (Some(0.75), None, "all of it".into()));
        assert_eq!(read("3 runs\n6"), (None, Some(3.0), "runs\n6".into()));
        assert_eq!(read(" \n "), (None, None, String::new()));
        for line in ["3h 6 works", "6 3h later", "h m", "12 runs", "3hm x"] {
            let words = LogEntry::from_words(line.split(' '), Date::constant(2026, 3, 1));
            assert_eq!(LogEntry::from_text(line, words.date), words, "{line}");
        }
    }

    #[test]
    fn what_is_neither_is_note() {
        for note in ["12 runs", "-1 things", "h", "m", "infh", "nan", "3hm x", "1e2h"] {
            let (hours, traction, rest) = typed(note);
            assert_eq!((hours, traction, rest.as_str()), (None, None, note));
        }
        assert!(LogEntry::from_words([], Date::constant(2026, 3, 1)).is_empty());
        assert_eq!(typed("3 h more"), (Some(3.0), None, "more".into()));
        assert_eq!(typed("3 m more"), (None, Some(3.0), "m more".into()));
    }
}
