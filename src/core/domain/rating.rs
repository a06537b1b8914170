//! An answer on a scale: a value or a range. Unknown is the absence of one.

use std::fmt;

/// A value (`low == high`) or a range of values that the rater holds possible.
///
/// Unknown is `Option::<Rating>::None`, never a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rating {
    low: f64,
    high: f64,
}

impl Rating {
    /// A rating without doubt.
    #[must_use]
    pub const fn value(value: f64) -> Self {
        Self { low: value, high: value }
    }

    /// A range; `None` unless both ends are finite and `low <= high`.
    #[must_use]
    pub fn range(low: f64, high: f64) -> Option<Self> {
        (low.is_finite() && high.is_finite() && low <= high).then_some(Self { low, high })
    }

    /// Lower end.
    #[must_use]
    pub const fn low(self) -> f64 {
        self.low
    }

    /// Upper end.
    #[must_use]
    pub const fn high(self) -> f64 {
        self.high
    }

    /// Halfway between the ends.
    #[must_use]
    pub const fn middle(self) -> f64 {
        f64::midpoint(self.low, self.high)
    }

    /// Whether both ends are the same.
    #[must_use]
    pub fn is_value(self) -> bool {
        self.low == self.high
    }

    /// Whether the whole rating lies in `0..=max`.
    #[must_use]
    pub fn fits(self, max: f64) -> bool {
        self.low >= 0.0 && self.high <= max
    }

    /// Reads `7`, `3.5` or `3..7`.
    ///
    /// ```
    /// use prospect_core::domain::Rating;
    /// assert_eq!(Rating::parse("3..7"), Rating::range(3.0, 7.0));
    /// assert_eq!(Rating::parse("7..3"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let number = |text: &str| text.trim().parse::<f64>().ok().filter(|x| x.is_finite());
        match text.split_once("..") {
            Some((low, high)) => Self::range(number(low)?, number(high)?),
            None => number(text).map(Self::value),
        }
    }
}

/// `7`, `3.5` or `3..7`: what [`Rating::parse`] reads.
impl fmt::Display for Rating {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_value() {
            write!(f, "{}", self.low)
        } else {
            write!(f, "{}..{}", self.low, self.high)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_read_back() {
        for rating in [Rating::value(0.0), Rating::value(3.5), Rating::range(3.0, 7.25).unwrap()] {
            assert_eq!(Rating::parse(&rating.to_string()), Some(rating));
        }
        for wrong in ["", "x", "NaN", "inf", "3..", "..3", "7..3", "1..2..3"] {
            assert_eq!(Rating::parse(wrong), None, "{wrong}");
        }
    }
}
