//! Units of time in languages other than English.

use crate::domain::fold;

/// Units as [`fold`] leaves them, by the English one.
const UNITS: [(&str, &[&str]); 2] = [
    (
        "h",
        &[
            "std",
            "stunde",
            "stunden",
            "heure",
            "heures",
            "hora",
            "horas",
            "ora",
            "ore",
            "uur",
            "uren",
            "timme",
            "timmar",
            "tim",
            "godz",
            "godzina",
            "godziny",
            "ч",
            "час",
            "часа",
            "часов",
            "小时",
            "小時",
            "時間",
            "시간",
        ],
    ),
    (
        "min",
        &[
            "minuten",
            "minuto",
            "minutos",
            "minuti",
            "minut",
            "minuter",
            "мин",
            "минут",
            "минуты",
            "分钟",
            "分鐘",
            "分",
            "분",
        ],
    ),
];

/// `2 h 30 min` for `2 Std. 30 Minuten`.
pub(super) fn in_english(text: &str) -> String {
    let text = [("½", ".5"), ("¼", ".25"), ("¾", ".75")]
        .iter()
        .fold(text.to_owned(), |text, (sign, number)| text.replace(sign, number));
    let folded = fold(&text).replace(". ", " ");
    let mut text = String::new();
    let mut word = String::new();
    for c in folded.trim_end_matches('.').chars().chain([' ']) {
        if c.is_alphabetic() {
            word.push(c);
            continue;
        }
        let known = UNITS.iter().find(|(_, words)| words.contains(&word.as_str()));
        text.push_str(known.map_or(word.as_str(), |(unit, _)| unit));
        word.clear();
        text.push(c);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::hours_from_text;

    #[test]
    fn hours_are_read_in_several_languages() {
        for (text, hours) in [
            ("2 Std. 30 Minuten", 2.5),
            ("1,5 Stunden", 1.5),
            ("3 heures", 3.0),
            ("90 minutos", 1.5),
            ("2小时30分钟", 2.5),
            ("1 ч", 1.0),
            ("3½ h", 3.5),
            ("½", 0.5),
        ] {
            assert_eq!(hours_from_text(&in_english(text)), Some(hours), "{text}");
        }
        assert_eq!(hours_from_text(&in_english("3 Wochen")), None);
    }
}
