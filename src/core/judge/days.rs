//! Whole days between dates and from dates.

use std::time::Duration;

use crate::domain::Date;

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
    use super::*;

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
