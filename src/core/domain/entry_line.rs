//! Entries said in one line: of the log (`3h 6 first task works`), a practice
//! forecast (`A beats B 70% 2026-01-07`), a promise (`2027-01-15 70% t5 beats the
//! direct answer`).

use std::fmt;

use jiff::civil::Date;

use super::days::past_day;
use super::duration::read_number;
use super::{Forecast, LogEntry, Promise, day_from_words, hours_with_unit, not_ahead};

/// Hours that one day has.
const HOURS_IN_A_DAY: f64 = 24.0;

/// The highest level of traction.
const TOP_LEVEL: f64 = 10.0;

/// A log line that says what cannot be: more hours than a day has, a level
/// above 10, or a day to come.
#[derive(Clone, Copy, Debug, Default, PartialEq, thiserror::Error)]
pub struct ImpossibleLog {
    /// Hours above 24.
    pub hours: Option<f64>,
    /// A level above 10.
    pub level: Option<f64>,
    /// A day after today.
    pub day: Option<Date>,
}

impl fmt::Display for ImpossibleLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reasons = [
            self.day.map(|day| format!("{day} is in the future")),
            self.hours.map(|hours| format!("{hours} h in one day cannot be")),
            self.level.map(|level| format!("level {level}: levels go from 0 to 10")),
        ];
        f.write_str(&reasons.into_iter().flatten().collect::<Vec<_>>().join("; "))
    }
}

impl LogEntry {
    /// An entry of that day from words of another program: first hours (`3h`,
    /// `45m`, `1h 30m`, `1:30`, as in [`hours_with_unit`]) and then a level of
    /// traction (0–10), each only if words say so, and the rest as the note. A
    /// word with spaces in it is always note.
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

    /// An entry from words as a person types them: a day, hours, a level of
    /// traction, in this order and each optional; the rest is the note.
    ///
    /// - the day: `2026-05-01`, `yesterday`, `mon`, `2 days ago`; else today
    /// - hours: `3h`, `3 h`, `45m`, `90min`, `2h30`, `1:30`
    /// - the level: a number from 0 to 10
    /// - a note that begins with `output:` is what left the house: `output: talk:
    ///   group seminar`
    ///
    /// A word with spaces in it, as a shell makes of a quoted text, is always
    /// note.
    ///
    /// ```
    /// use prospect_core::domain::{Date, LogEntry};
    /// let today = Date::constant(2026, 3, 1);
    /// let words = ["yesterday", "2h30", "6", "first task works"];
    /// let entry = LogEntry::from_typed_words(words, today).unwrap();
    /// assert_eq!(entry.date, Date::constant(2026, 2, 28));
    /// assert_eq!((entry.hours, entry.traction), (Some(2.5), Some(6.0)));
    /// assert_eq!(entry.note, "first task works");
    /// let entry = LogEntry::from_typed_words(["3h", "output:", "talk:", "seminar"], today);
    /// assert_eq!(entry.unwrap().output.as_deref(), Some("talk: seminar"));
    /// ```
    ///
    /// # Errors
    /// More than 24 hours, a level above 10 behind a day or hours, a day to come.
    pub fn from_typed_words<'a>(
        words: impl IntoIterator<Item = &'a str>,
        today: Date,
    ) -> Result<Self, ImpossibleLog> {
        let words: Vec<&str> = words.into_iter().collect();
        let (entry, used) = read_beginning(&words, today)?;
        let note = words[used..].join(" ").trim().to_owned();
        Ok(Self { note, ..entry }.with_output())
    }

    /// The same from a text, whose note keeps its lines.
    ///
    /// # Errors
    /// As for words.
    pub fn from_typed_text(text: &str, today: Date) -> Result<Self, ImpossibleLog> {
        let text = text.trim();
        let words: Vec<&str> = text.split_whitespace().collect();
        let (entry, used) = read_beginning(&words, today)?;
        let mut note = text;
        for word in &words[..used] {
            note = note[word.len()..].trim_start();
        }
        Ok(Self { note: note.to_owned(), ..entry }.with_output())
    }

    /// The entry with the line of its note that begins with `output:` as what left
    /// the house.
    fn with_output(self) -> Self {
        let Some(rest) = self.note.get(..MARK.len()).filter(|it| it.eq_ignore_ascii_case(MARK))
        else {
            return self;
        };
        let rest = &self.note[rest.len()..];
        let (output, note) = rest.split_once('\n').unwrap_or((rest, ""));
        let output = Some(output.trim().to_owned()).filter(|output| !output.is_empty());
        match output {
            Some(output) => Self { output: Some(output), note: note.trim().to_owned(), ..self },
            None => self,
        }
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

/// Day, hours and level at the beginning of a typed line, and how many words say
/// so.
fn read_beginning(words: &[&str], today: Date) -> Result<(LogEntry, usize), ImpossibleLog> {
    let (day, mut used) = past_day(words, today).map_or((None, 0), |(day, n)| (Some(day), n));
    let (hours, length) = leading_hours(&words[used..]);
    used += length;
    let level = words.get(used).and_then(|word| read_number(word));
    // "12 runs failed" is a note; behind hours a number is meant as the level.
    let level = level.filter(|level| *level <= TOP_LEVEL || used > 0);
    used += usize::from(level.is_some());
    let date = day.unwrap_or(today);
    let impossible = ImpossibleLog {
        hours: hours.filter(|hours| *hours > HOURS_IN_A_DAY),
        level: level.filter(|level| *level > TOP_LEVEL),
        day: Some(date).filter(|date| *date > today),
    };
    if impossible != ImpossibleLog::default() {
        return Err(impossible);
    }
    Ok((
        LogEntry {
            date,
            hours,
            traction: level,
            note: String::new(),
            recalled: false,
            output: None,
        },
        used,
    ))
}

/// What stands in front of an output.
const MARK: &str = "output:";

/// A duration has at most so many words: `1 h 30 min`.
const LONGEST: usize = 4;

/// The hours that words begin with, and how many of them say so.
fn leading_hours(words: &[&str]) -> (Option<f64>, usize) {
    let are_single = |words: &[&str]| words.iter().all(|word| !word.contains(char::is_whitespace));
    (1..=words.len().min(LONGEST))
        .rev()
        .filter(|count| are_single(&words[..*count]))
        // `3 m` is more likely three metres than three minutes, and a small number in
        // front of a lone letter is a level.
        .filter(|count| {
            let is_unsure = |pair: &[&str]| {
                let is_lone = matches!(pair[1].to_lowercase().as_str(), "m" | "s");
                is_lone && (pair[0] == words[0] || read_level(pair[0]).is_some())
            };
            !words[..*count].windows(2).any(is_unsure)
        })
        .find_map(|count| Some((Some(hours_with_unit(&words[..count].join(" "))?), count)))
        .unwrap_or((None, 0))
}

fn read_level(word: &str) -> Option<f64> {
    read_number(word).filter(|level| *level <= 10.0)
}

impl Forecast {
    /// The claim, the chance in percent and the day.
    #[must_use]
    pub fn to_line(&self) -> String {
        let percent = (self.chance * 1000.0).round() / 10.0;
        format!("{} {percent}% {}", self.claim, self.by)
    }
}

impl Promise {
    /// A promise made on a day, from a line as an export writes it: first the day on
    /// which it is judged (a date or words such as `4w`), then, in any order, a
    /// chance (`70%`) and a level of traction (`t5`), and the rest as the claim.
    ///
    /// ```
    /// use prospect_core::domain::{Date, Promise};
    /// let day = Date::constant(2026, 3, 1);
    /// let promise = Promise::from_line("2026-06-01 70% t5 beats the baseline", day).unwrap();
    /// assert_eq!((promise.chance, promise.traction), (Some(0.7), Some(5.0)));
    /// assert_eq!(promise.claim.as_deref(), Some("beats the baseline"));
    /// ```
    ///
    /// # Errors
    /// Says what is missing or wrong.
    pub fn from_line(line: &str, set: Date) -> Result<Self, String> {
        let mut words = line.split_whitespace().peekable();
        let first = words.next().ok_or("begin with the day, such as 2027-01-15 or 6w")?;
        let by = first.parse().ok().or_else(|| day_from_words(first, set));
        let by = by.ok_or_else(|| format!("\"{first}\" is not a day such as 2027-01-15 or 6w"))?;
        if by <= set {
            return Err(not_ahead(by, set));
        }
        let (mut chance, mut traction) = (None, None);
        while let Some(word) = words.peek() {
            if let Some(read) = read_chance(word).filter(|_| chance.is_none()) {
                chance = Some(read);
            } else if let Some(read) = read_asked_level(word).filter(|_| traction.is_none()) {
                traction = Some(read);
            } else {
                break;
            }
            words.next();
        }
        let claim = words.collect::<Vec<_>>().join(" ");
        let claim = (!claim.is_empty()).then_some(claim);
        if claim.is_none() && traction.is_none() {
            return Err("what will hold then? A claim, a level such as t5, or both".to_owned());
        }
        let (result, resolved, amended) = (None, None, None);
        Ok(Self { set: Some(set), by, claim, traction, chance, result, resolved, amended })
    }

    /// The line that [`Promise::from_line`] reads.
    #[must_use]
    pub fn to_line(&self) -> String {
        let chance = self.chance.map(|chance| format!("{}%", (chance * 1000.0).round() / 10.0));
        let level = self.traction.map(|level| format!("t{level}"));
        let parts = [Some(self.by.to_string()), chance, level, self.claim.clone()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// `70%` as 0.7.
fn read_chance(word: &str) -> Option<f64> {
    let percent: f64 = word.strip_suffix('%')?.parse().ok()?;
    (0.0..=100.0).contains(&percent).then_some(percent / 100.0)
}

/// `t5` as 5.
fn read_asked_level(word: &str) -> Option<f64> {
    let level: f64 = word.strip_prefix('t')?.parse().ok()?;
    (0.0..=10.0).contains(&level).then_some(level)
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
            let entry = LogEntry::from_typed_text(text, Date::constant(2026, 3, 1)).unwrap();
            (entry.hours, entry.traction, entry.note)
        };
        let lines = "works  now\n\n- one\n  - two";
        assert_eq!(read(&format!("3h 6 {lines}\n\n")), (Some(3.0), Some(6.0), lines.into()));
        assert_eq!(read("45m\nall of it"), (Some(0.75), None, "all of it".into()));
        assert_eq!(read("3 runs\n6"), (None, Some(3.0), "runs\n6".into()));
        assert_eq!(read(" \n "), (None, None, String::new()));
        for line in ["3h 6 works", "6 3h later", "h m", "12 runs", "3hm x"] {
            let words = LogEntry::from_words(line.split(' '), Date::constant(2026, 3, 1));
            assert_eq!(LogEntry::from_typed_text(line, words.date), Ok(words), "{line}");
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

    #[test]
    fn a_typed_line_may_begin_with_a_day_gone_by() {
        let friday = Date::constant(2026, 11, 20);
        for (line, day) in [
            ("yesterday 3 h 6 first task works", Date::constant(2026, 11, 19)),
            ("2026-11-18 3h 6 first task works", Date::constant(2026, 11, 18)),
            ("mon 180min 6 first task works", Date::constant(2026, 11, 16)),
            ("last friday 3:00 6 first task works", Date::constant(2026, 11, 13)),
            ("2 days ago 3h 6 first task works", Date::constant(2026, 11, 18)),
            ("3h 6 first task works", friday),
        ] {
            let entry = LogEntry::from_typed_text(line, friday).unwrap();
            let said = (entry.date, entry.hours, entry.traction, entry.note.as_str());
            assert_eq!(said, (day, Some(3.0), Some(6.0), "first task works"), "{line}");
        }
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let read = |line| LogEntry::from_typed_text(line, Date::constant(2026, 3, 1));
        let both = read("99h 12 lots").unwrap_err().to_string();
        assert_eq!(both, "99 h in one day cannot be; level 12: levels go from 0 to 10");
        assert!(read("2026-03-02 3h").unwrap_err().to_string().contains("is in the future"));
        assert!(read("24h 10 all day").is_ok());
        assert_eq!(read("12 runs failed").unwrap().note, "12 runs failed");
    }

    const DAY: Date = Date::constant(2026, 3, 1);

    #[test]
    fn a_line_is_read_back() {
        for line in ["2026-06-01 70% t5.5 it works", "2026-06-01 t5", "2026-06-01 12.5% 70% of it"]
        {
            assert_eq!(Promise::from_line(line, DAY).unwrap().to_line(), line);
        }
        let promise = Promise::from_line("2w t3 60%", DAY).unwrap();
        assert_eq!(promise.to_line(), "2026-03-15 60% t3");
    }

    #[test]
    fn what_is_missing_is_said() {
        for line in ["", "soon it works", "2026-03-01 it works", "2026-06-01", "2026-06-01 70%"] {
            assert!(Promise::from_line(line, DAY).is_err(), "{line}");
        }
        let promise = Promise::from_line("2026-06-01 700% tea is served", DAY).unwrap();
        assert_eq!((promise.chance, promise.traction), (None, None));
    }
}
