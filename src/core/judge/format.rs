//! Numbers as people read them.

/// A difference with its sign and one decimal: `+3.5`, `−0.2`, `0.0`.
pub(crate) fn signed(x: f64) -> String {
    let tenths = (x * 10.0).round() / 10.0;
    match tenths {
        x if x > 0.0 => format!("+{x:.1}"),
        x if x < 0.0 => format!("−{:.1}", -x),
        _ => "0.0".to_owned(),
    }
}

/// A probability in whole percent, never claiming certainty: `65 %`,
/// `over 99 %`.
///
/// ```
/// assert_eq!(prospect_core::judge::percent(0.654), "65 %");
/// assert_eq!(prospect_core::judge::percent(0.999), "over 99 %");
/// ```
#[must_use]
pub fn percent(p: f64) -> String {
    match (p * 100.0).round() {
        whole if whole < 1.0 => "under 1 %".to_owned(),
        whole if whole > 99.0 => "over 99 %".to_owned(),
        whole => format!("{whole:.0} %"),
    }
}

/// With one decimal, unless that is 0.
pub(crate) fn tenth(x: f64) -> String {
    ((x * 10.0).round() / 10.0).to_string()
}

/// A place in figures: `1st`, `2nd`, `11th`, `23rd`.
#[must_use]
pub fn ordinal(n: usize) -> String {
    let ending = match (n % 100, n % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

/// `once`, `twice`, `3 times`.
pub(crate) fn times(n: usize) -> String {
    match n {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => format!("{n} times"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_stands_before_what_is_not_nothing() {
        assert_eq!([3.46, -0.18, -0.04, 0.04].map(signed), ["+3.5", "−0.2", "0.0", "0.0"]);
    }

    #[test]
    fn places_have_their_endings() {
        assert_eq!(
            [1, 2, 3, 4, 11, 12, 13, 21, 112].map(ordinal).join(" "),
            "1st 2nd 3rd 4th 11th 12th 13th 21st 112th"
        );
    }

    #[test]
    fn nothing_is_certain() {
        let shown = [0.0, 0.004, 0.006, 0.65, 0.994, 0.999].map(percent);
        assert_eq!(shown, ["under 1 %", "under 1 %", "1 %", "65 %", "99 %", "over 99 %"]);
    }
}
