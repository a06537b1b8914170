//! A statement about what will hold, said in one line: a day, a chance, a level
//! and a claim in any order.

use jiff::civil::Date;

use super::days::month_of;
use super::{Forecast, Promise, day_from_words, not_ahead};

/// Words of a day at most: `in 3 weeks`, `by next fri`.
const DAY_WORDS: usize = 4;

/// What a line says about what will hold, as far as it says it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Statement {
    /// The day on which it is judged.
    pub by: Option<Date>,
    /// The probability that it will hold, 0–1.
    pub chance: Option<f64>,
    /// A level of traction, 0–10.
    pub level: Option<f64>,
    /// What will hold; empty if only a level will be reached.
    pub claim: String,
}

impl Statement {
    /// Reads a line as people say it: `6 weeks, 60 %, level 5`, `A beats B 70%
    /// fri`. A day stands at the beginning or at the end, or alone between
    /// commas; the last percentage is the chance; what is left is the claim.
    /// Text in double quotes belongs to the claim whatever it says; two of them in
    /// it stand for one.
    ///
    /// ```
    /// use prospect_core::domain::{Date, Statement};
    /// let friday = Date::constant(2026, 11, 20);
    /// let said = Statement::read("A beats B 70% fri", friday).unwrap();
    /// assert_eq!((said.claim.as_str(), said.chance), ("A beats B", Some(0.7)));
    /// assert_eq!(said.by, Some(Date::constant(2026, 11, 27)));
    /// ```
    ///
    /// # Errors
    /// Says what cannot be: a chance over 100 %, a level over 10.
    pub fn read(line: &str, today: Date) -> Result<Self, String> {
        let mut words = words(line);
        let chance = take_chance(&mut words)?;
        let level = take_level(&mut words)?;
        let by = take_day(&mut words, today);
        let claim: Vec<String> = words.into_iter().map(|word| word.text).collect();
        let claim = claim.join(" ").trim_matches([',', ';', ' ']).to_owned();
        Ok(Self { by, chance, level, claim })
    }

    /// A line that says a promise, to be changed and read again: the claim stands
    /// in quotes where it would be read otherwise, as with a percentage or a day in
    /// it.
    #[must_use]
    pub fn line(promise: &Promise, today: Date) -> String {
        let chance = promise.chance.map(|chance| format!("{}%", (chance * 1000.0).round() / 10.0));
        let level = promise.traction.map(|level| format!("level {level}"));
        let with = |claim: Option<String>| {
            let parts = [Some(promise.by.to_string()), chance.clone(), level.clone(), claim];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
        };
        let plain = with(promise.claim.clone());
        let is_kept = |said: &Self| {
            (said.by, said.level, said.chance.is_some(), said.claim.as_str())
                == (
                    Some(promise.by),
                    promise.traction,
                    promise.chance.is_some(),
                    promise.claim.as_deref().unwrap_or_default(),
                )
        };
        match Self::read(&plain, today) {
            Ok(said) if is_kept(&said) => plain,
            _ => with(
                promise.claim.as_ref().map(|claim| format!("\"{}\"", claim.replace('"', "\"\""))),
            ),
        }
    }

    /// The promise that the line makes on a day.
    ///
    /// # Errors
    /// Says what is missing or cannot be.
    pub fn promise(self, set: Date) -> Result<Promise, String> {
        let by = self.by.ok_or("by when? 6 weeks, next fri, 2027-01-15")?;
        if by <= set {
            return Err(not_ahead(by, set));
        }
        if self.claim.is_empty() && self.level.is_none() {
            return Err("what will hold by then? A claim, or level 5".to_owned());
        }
        Ok(Promise {
            set: Some(set),
            by,
            claim: (!self.claim.is_empty()).then_some(self.claim),
            traction: self.level,
            chance: self.chance,
            result: None,
            resolved: None,
            amended: None,
        })
    }

    /// The practice forecast that the line makes on a day; without a day of its
    /// own it is judged in a week.
    ///
    /// # Errors
    /// Says what is missing or cannot be.
    pub fn forecast(self, set: Date) -> Result<Forecast, String> {
        let claim = match (self.claim, self.level) {
            (claim, None) if claim.is_empty() => {
                return Err("what will hold by then? A beats B 70% fri".to_owned());
            }
            (claim, None) => claim,
            (claim, Some(level)) if claim.is_empty() => format!("level {level} or more"),
            (claim, Some(level)) => format!("{claim}, level {level} or more"),
        };
        let by = self.by.or_else(|| day_from_words("1w", set)).unwrap_or(set);
        if by <= set {
            return Err(not_ahead(by, set));
        }
        let chance = self.chance.ok_or("how sure are you? 70%")?;
        Ok(Forecast { set: Some(set), by, claim, chance, result: None, resolved: None })
    }
}

/// A word of the line.
#[derive(Clone, Debug)]
struct Word {
    text: String,
    /// It stood in double quotes: it is part of the claim.
    quoted: bool,
    /// A comma or a semicolon follows it.
    ends_part: bool,
}

impl Word {
    /// The word in lower case without the comma behind it; nothing if it is quoted.
    fn plain(&self) -> String {
        if self.quoted { String::new() } else { self.bare().to_lowercase() }
    }

    fn bare(&self) -> &str {
        self.text.trim_end_matches([',', ';'])
    }
}

fn words(line: &str) -> Vec<Word> {
    let plain = |part: &str| -> Vec<Word> {
        let word = |text: &str| Word {
            text: text.to_owned(),
            quoted: false,
            ends_part: text.ends_with([',', ';']),
        };
        part.split_whitespace().map(word).collect()
    };
    let mut words = Vec::new();
    let mut rest = line;
    while let Some((before, behind)) = rest.split_once('"') {
        words.extend(plain(before));
        let (text, after) = quoted(behind);
        let text = text.trim().to_owned();
        words.extend((!text.is_empty()).then_some(Word { text, quoted: true, ends_part: false }));
        rest = after;
    }
    words.extend(plain(rest));
    words
}

/// Splits what follows a double quote into the quoted text and what stands behind
/// it. Two quotes in the text stand for one.
fn quoted(mut rest: &str) -> (String, &str) {
    let mut text = String::new();
    while let Some((before, behind)) = rest.split_once('"') {
        text.push_str(before);
        match behind.strip_prefix('"') {
            Some(behind) => {
                text.push('"');
                rest = behind;
            }
            None => return (text, behind),
        }
    }
    text.push_str(rest);
    (text, "")
}

/// Takes the last percentage out of the words: `70%` or `70 %`.
fn take_chance(words: &mut Vec<Word>) -> Result<Option<f64>, String> {
    let number = |word: &str| word.replace(',', ".").parse::<f64>().ok();
    for at in (0..words.len()).rev() {
        let word = words[at].plain();
        let (from, share) = match word.strip_suffix('%') {
            Some("") if at > 0 => (at - 1, number(&words[at - 1].plain())),
            Some(share) => (at, number(share)),
            None => continue,
        };
        let Some(share) = share else { continue };
        if !(0.0..=100.0).contains(&share) {
            return Err(format!("{share} % cannot be: a chance is 0 to 100 %"));
        }
        remove(words, from..at + 1);
        return Ok(Some(share / 100.0));
    }
    Ok(None)
}

/// Takes a level out of the words: `level 5` or `t5`.
fn take_level(words: &mut Vec<Word>) -> Result<Option<f64>, String> {
    for at in 0..words.len() {
        let word = words[at].plain();
        let next = words.get(at + 1).map(Word::plain).unwrap_or_default();
        let short = word.strip_prefix('t').and_then(|level| level.parse::<f64>().ok());
        let (to, level) = match (word.as_str(), short) {
            (_, Some(level)) => (at + 1, level),
            ("level", None) => match next.parse::<f64>() {
                Ok(level) => (at + 2, level),
                Err(_) => continue,
            },
            _ => continue,
        };
        if !(0.0..=10.0).contains(&level) {
            return Err(format!("level {level}: levels go from 0 to 10"));
        }
        remove(words, at..to);
        return Ok(Some(level));
    }
    Ok(None)
}

/// Takes the day out of the words: the longest one at the beginning, else at
/// the end, else one that stands alone between commas.
fn take_day(words: &mut Vec<Word>, today: Date) -> Option<Date> {
    let spans = |words: &[Word]| {
        let starts = (0..words.len()).filter(|at| *at == 0 || words[at - 1].ends_part);
        let from_start = starts.flat_map(|at| (1..=DAY_WORDS).rev().map(move |n| at..at + n));
        let to_end = (1..=DAY_WORDS.min(words.len())).rev().map(|n| words.len() - n..words.len());
        let ends_part = |to: usize| to == words.len() || words[to - 1].ends_part;
        let first = |at: usize| at == 0;
        from_start
            .filter(|span| span.end <= words.len() && (first(span.start) || ends_part(span.end)))
            .chain(to_end)
            .collect::<Vec<_>>()
    };
    for span in spans(words) {
        if words[span.clone()].iter().any(|word| word.quoted) {
            continue;
        }
        let taken: Vec<String> = words[span.clone()].iter().map(Word::plain).collect();
        let says_when = matches!(taken[0].as_str(), "by" | "on" | "until" | "in" | "next");
        let day = match taken[0].as_str() {
            "by" | "on" | "until" => day_from_words(&taken[1..].join(" "), today),
            _ => day_from_words(&taken.join(" "), today),
        };
        // "as it may" and "on the march" name no month.
        let names_month = taken.len() == 1 && month_of(&taken[0]).is_some();
        if let Some(day) = day.filter(|_| says_when || !names_month || words.len() == 1) {
            remove(words, span);
            return Some(day);
        }
    }
    None
}

/// Removes words; a comma behind them goes to the word before.
fn remove(words: &mut Vec<Word>, span: std::ops::Range<usize>) {
    let ends_part = span.end > 0 && words[span.end - 1].ends_part;
    let start = span.start;
    words.drain(span);
    if ends_part && start > 0 {
        words[start - 1].ends_part = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// A Friday.
    const TODAY: Date = date(2026, 11, 20);

    fn read(line: &str) -> (Option<Date>, Option<f64>, Option<f64>, String) {
        let Statement { by, chance, level, claim } = Statement::read(line, TODAY).unwrap();
        (by, chance, level, claim)
    }

    #[test]
    fn day_chance_level_and_claim_stand_in_any_order() {
        let six_weeks = Some(date(2027, 1, 1));
        for line in ["6 weeks, 60 %, level 5", "level 5, 60%, in 6 weeks", "60% t5 6w", "6w 60% t5"]
        {
            assert_eq!(read(line), (six_weeks, Some(0.6), Some(5.0), String::new()), "{line}");
        }
        let friday = Some(date(2026, 11, 27));
        for line in ["A beats B 70% fri", "fri 70% A beats B", "70 %, by fri, A beats B"] {
            assert_eq!(read(line), (friday, Some(0.7), None, "A beats B".to_owned()), "{line}");
        }
    }

    #[test]
    fn the_last_percentage_is_the_chance_and_quotes_keep_a_claim_whole() {
        let (_, chance, _, claim) = read("beats 70% of baselines 60% fri");
        assert_eq!((chance, claim.as_str()), (Some(0.6), "beats 70% of baselines"));
        let (by, chance, _, claim) = read("\"done by fri at 70%\" 2w");
        assert_eq!((chance, claim.as_str()), (None, "done by fri at 70%"));
        assert_eq!(by, Some(date(2026, 12, 4)));
    }

    #[test]
    fn words_that_only_look_like_a_month_stay_in_the_claim() {
        assert_eq!(read("the loss falls as it may").3, "the loss falls as it may");
        assert_eq!(read("it runs by may").0, Some(date(2027, 5, 1)));
    }

    #[test]
    fn what_cannot_be_is_refused() {
        for line in ["it works 150% fri", "level 12 fri"] {
            assert!(Statement::read(line, TODAY).is_err(), "{line}");
        }
        for line in ["", "6w", "6w 60%", "yesterday level 5"] {
            assert!(Statement::read(line, TODAY).unwrap().promise(TODAY).is_err(), "{line}");
        }
        assert!(Statement::read("A beats B", TODAY).unwrap().forecast(TODAY).is_err());
        let forecast = Statement::read("A beats B 70%", TODAY).unwrap().forecast(TODAY).unwrap();
        assert_eq!(forecast.by, date(2026, 11, 27), "a week is the usual time");
    }

    #[test]
    fn a_promise_that_stands_is_read_again_as_it_was() {
        let quoted = "the \"small\" model wins";
        let claims = ["it works", "beats 70% of the baselines", "done by fri", "t5 and level 3"];
        for claim in claims.into_iter().chain([quoted, "\"small\" wins", "a  b", ""]) {
            for (chance, traction) in [(Some(0.6), Some(5.0)), (None, Some(5.0)), (Some(0.6), None)]
            {
                let mut promise = Statement {
                    by: Some(date(2027, 1, 15)),
                    chance,
                    level: traction,
                    claim: claim.to_owned(),
                };
                if claim.is_empty() && traction.is_none() {
                    promise.level = Some(1.0);
                }
                let promise = promise.promise(TODAY).unwrap();
                let line = Statement::line(&promise, TODAY);
                let again = Statement::read(&line, TODAY).unwrap().promise(TODAY).unwrap();
                assert_eq!(again, promise, "{line}");
            }
        }
    }

    #[test]
    fn what_a_promise_says_is_read_back() {
        for line in ["2027-01-15 70% t5 beats the baseline", "2027-01-15 t5"] {
            let promise = Statement::read(line, TODAY).unwrap().promise(TODAY).unwrap();
            assert_eq!(Promise::from_line(line, TODAY).unwrap(), promise, "{line}");
        }
    }
}
