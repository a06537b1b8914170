//! Names of months in several languages, as tables and letters write them.

use super::fold;
use super::when::month_of;

/// Names by month, folded: German, French, Spanish, Italian, Portuguese, Dutch,
/// Swedish, Polish, Russian (as in dates).
const NAMES: [&str; 12] = [
    "januar janvier enero gennaio janeiro januari styczen stycznia январь января",
    "februar fevrier febrero febbraio fevereiro februari luty lutego февраль февраля",
    "marz maerz mars marzo marco maart marzec marca март марта",
    "april avril abril aprile kwiecien kwietnia апрель апреля",
    "mai mayo maggio maio mei maj maja май мая",
    "juni juin junio giugno junho czerwiec czerwca июнь июня",
    "juli juillet julio luglio julho lipiec lipca июль июля",
    "august aout agosto augustus augusti sierpien sierpnia август августа",
    "september septembre septiembre settembre setembro wrzesien wrzesnia сентябрь сентября",
    "oktober octobre octubre ottobre outubro pazdziernik pazdziernika октябрь октября",
    "november novembre noviembre novembro listopad listopada ноябрь ноября",
    "dezember decembre diciembre dicembre dezembro december grudzien grudnia декабрь декабря",
];

/// The month that a word means, from 1: its name in one of the languages, or three
/// letters or more of it where that is no other month.
pub(super) fn month_in_any_language(word: &str) -> Option<i8> {
    if let Some(month) = month_of(word) {
        return Some(month);
    }
    let word = fold(word.trim_end_matches('.'));
    if word.chars().count() < 3 || !word.chars().all(char::is_alphabetic) {
        return None;
    }
    let is_name = |name: &str| fold(name) == word;
    let begins = |name: &str| fold(name).starts_with(&word);
    let whole = NAMES.iter().position(|names| names.split(' ').any(is_name));
    let begun = || {
        let mut months = (0..NAMES.len()).filter(|at| NAMES[*at].split(' ').any(begins));
        months.next().filter(|_| months.next().is_none())
    };
    whole.or_else(begun).and_then(|at| i8::try_from(at + 1).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_known_in_several_languages() {
        for (word, month) in [
            ("March", Some(3)),
            ("März", Some(3)),
            ("août", Some(8)),
            ("févr.", Some(2)),
            ("Dez", Some(12)),
            ("ottobre", Some(10)),
            ("мая", Some(5)),
            ("jui", None),
            ("juil", Some(7)),
            ("mal", None),
            ("de", None),
        ] {
            assert_eq!(month_in_any_language(word), month, "{word}");
        }
    }
}
