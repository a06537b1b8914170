//! A promise said in one line: `2027-01-15 70% t5 beats the direct answer`.

use jiff::civil::Date;

use super::{Promise, day_from_words, not_ahead};

impl Promise {
    /// A promise made on a day, from a line as it is typed: first the day on
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
            } else if let Some(read) = read_level(word).filter(|_| traction.is_none()) {
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
fn read_level(word: &str) -> Option<f64> {
    let level: f64 = word.strip_prefix('t')?.parse().ok()?;
    (0.0..=10.0).contains(&level).then_some(level)
}

#[cfg(test)]
mod tests {
    use super::*;

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
