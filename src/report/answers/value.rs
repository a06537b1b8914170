//! A rating as a person writes it into a form.

use crate::domain::Rating;

/// Reads `7`, `3,5`, `4..7`, `4-7`, `4 – 7`, `4 to 7` or `7/10`, and what is said
/// behind it; `None` for nothing and for `?`.
///
/// # Errors
/// Says what was expected.
pub(super) fn read(text: &str) -> Result<Option<(Rating, &str)>, String> {
    let text = text.trim_start_matches(['~', ' ', '≈']).trim();
    if matches!(text, "" | "?" | "-" | "–" | "—") {
        return Ok(None);
    }
    let expected = || format!("\"{text}\" is not a number from 0 to 10, nor a range like 4..7");
    let (low, rest) = number(text).ok_or_else(expected)?;
    let (high, rest) = match second(rest) {
        Some((high, rest)) => (high, rest),
        None => (low, rest),
    };
    let rest = out_of_ten(rest);
    let glued = rest.strip_prefix(['.', ',']).unwrap_or(rest);
    if glued.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '/' | '%')) {
        return Err(expected());
    }
    let rating = Rating::range(low.min(high), high.max(low)).filter(|rating| rating.fits(10.0));
    let reason = rest.trim().trim_start_matches(['#', '.', ',', ';', ':', '-', '–', '—']).trim();
    let bare = reason.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
    Ok(Some((rating.ok_or_else(expected)?, bare.unwrap_or(reason))))
}

/// The number at the beginning of a text, and what stands behind it.
fn number(text: &str) -> Option<(f64, &str)> {
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let whole = digits(text);
    let fraction = text[whole..].strip_prefix(['.', ',']).map_or(0, digits);
    let end = if whole > 0 && fraction > 0 { whole + 1 + fraction } else { whole };
    let number = text[..end].replace(',', ".").parse().ok()?;
    Some((number, &text[end..]))
}

/// The upper end of a range, if one follows.
fn second(rest: &str) -> Option<(f64, &str)> {
    let rest = rest.trim_start();
    let behind = ["...", "..", "…", "-", "–", "—", "to ", "bis "]
        .iter()
        .find_map(|between| rest.strip_prefix(between))?;
    number(behind.trim_start())
}

fn out_of_ten(rest: &str) -> &str {
    let behind = rest.trim_start().strip_prefix('/').map(str::trim_start);
    behind.and_then(|behind| behind.strip_prefix("10")).unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn people_write_numbers_in_many_ways() {
        for (text, low, high, reason) in [
            ("7", 7.0, 7.0, ""),
            (" 7/10 ", 7.0, 7.0, ""),
            ("3,5", 3.5, 3.5, ""),
            ("~8", 8.0, 8.0, ""),
            ("4..7", 4.0, 7.0, ""),
            ("4-7", 4.0, 7.0, ""),
            ("7 – 4", 4.0, 7.0, ""),
            ("4 to 7 / 10", 4.0, 7.0, ""),
            ("7 (nobody else can)", 7.0, 7.0, "nobody else can"),
            ("7, 2 groups at most", 7.0, 7.0, "2 groups at most"),
            ("7. I think", 7.0, 7.0, "I think"),
            ("7 because of 3 things", 7.0, 7.0, "because of 3 things"),
        ] {
            let expected = (Rating::range(low, high).unwrap(), reason);
            assert_eq!(read(text), Ok(Some(expected)), "{text}");
        }
    }

    #[test]
    fn what_is_no_answer_is_told_apart_from_what_is_unknown() {
        for text in ["", "?", " - ", "—"] {
            assert_eq!(read(text), Ok(None), "{text}");
        }
        for text in ["high", "11", "-1", "7x", "4..11", "70%", "1/2", "5.5.5"] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_prospect_writes_is_read(low in 0..=100_u8, more in 0..=100_u8) {
            let high = f64::from((low + more).min(100)) / 10.0;
            let rating = Rating::range(f64::from(low) / 10.0, high).unwrap();
            let text = rating.to_string();
            prop_assert_eq!(read(&text), Ok(Some((rating, ""))));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "[0-9.,/ a-z–-]{0,8}|\\PC*") {
            if let Ok(Some((rating, _))) = read(&text) {
                prop_assert!(rating.fits(10.0));
            }
        }
    }
}
