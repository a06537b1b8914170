use std::collections::HashMap;

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::domain::Rater;
use crate::report::sheet;

fn portfolio() -> Portfolio {
    let mut logs = Idea::new("logs", "Let agents read logs");
    logs.summary = "Search first.\n## Not a heading\nheadroom: 3\nidea: cache".into();
    let mut cache = Idea::new("cache", "Prune the cache");
    cache.aliases = vec!["kv-cache".into()];
    Portfolio::new(vec![logs, cache], Vec::new())
}

fn blank(portfolio: &Portfolio) -> String {
    sheet(&portfolio.iter().collect::<Vec<_>>())
}

/// The sheet with answers put behind the colons, in order.
fn filled(portfolio: &Portfolio, answers: &[&str]) -> String {
    let mut answers = answers.iter();
    let fill = |line: &str| {
        let is_open = Criterion::ALL.iter().any(|c| line == format!("{}: ", c.id()));
        let answer = answers.next_if_open(is_open);
        format!("{line}{answer}\n")
    };
    blank(portfolio).lines().map(fill).collect()
}

trait NextIfOpen<'a> {
    fn next_if_open(&mut self, is_open: bool) -> &'a str;
}

impl<'a, I: Iterator<Item = &'a &'a str>> NextIfOpen<'a> for I {
    fn next_if_open(&mut self, is_open: bool) -> &'a str {
        if is_open { self.next().copied().unwrap_or_default() } else { "" }
    }
}

fn values(answered: &RaterAnswers) -> [Option<String>; CRITERIA] {
    answered.ratings.map(|rating| rating.map(|rating| rating.to_string()))
}

fn some(values: [&str; CRITERIA]) -> [Option<String>; CRITERIA] {
    values.map(|value| Some(value.to_owned()).filter(|value| !value.is_empty()))
}

#[test]
fn an_empty_sheet_says_nothing() {
    let portfolio = portfolio();
    assert_eq!(Answers::read(&blank(&portfolio), &portfolio), Answers::default());
    assert_eq!(Answers::read("", &portfolio), Answers::default());
}

#[test]
fn what_is_filled_in_is_read() {
    let portfolio = portfolio();
    let text = filled(&portfolio, &["8", "", "3-7", "?", "7 (nobody else can)", "1"]);
    let answers = Answers::read(&text, &portfolio);
    assert_eq!(answers.unread, []);
    assert_eq!(answers.answered.len(), 2);
    assert_eq!(answers.answered[0].id, "logs");
    assert_eq!(values(&answers.answered[0]), some(["8", "", "3..7", "", "7"]));
    assert_eq!(answers.answered[0].reasons[4], "nobody else can");
    assert_eq!(values(&answers.answered[1]), some(["1", "", "", "", ""]));
}

#[test]
fn a_reply_that_quotes_everything_reads_the_same() {
    let portfolio = portfolio();
    let text = filled(&portfolio, &["8", "2", "3-7", "9", "7", "1", "2", "3", "4", "5"]);
    let reply: String = text.lines().map(|line| format!("> {line}\r\n")).collect();
    let reply =
        format!("Hello, here you are.\r\nheadroom: 9\r\n\r\nYou wrote:\r\n{reply}\r\n-- \r\nM.");
    assert_eq!(Answers::read(&reply, &portfolio), Answers::read(&text, &portfolio));
}

#[test]
fn names_are_recognised_in_many_dresses() {
    let text = "\u{feff}**Idea:** `kv-cache`\n  - *Headroom* = 7/10\nGENERALITY : 3\nGood one.\n--\nlongevity: 1";
    let answers = Answers::read(text, &portfolio());
    assert_eq!(answers.answered[0].id, "cache");
    assert_eq!(values(&answers.answered[0]), some(["", "3", "", "7", ""]));
    assert_eq!(answers.answered[0].remarks, ["Good one."]);
}

#[test]
fn what_cannot_be_read_is_named_by_its_line() {
    let text =
        "idea: logs\nheadroom: lots\nsimplicity: 3\nsimplicity: 4\n\nidea: gone\nheadroom: 3\n";
    let answers = Answers::read(text, &portfolio());
    let unread: Vec<(&str, &str)> =
        answers.unread.iter().map(|note| (note.place.as_str(), note.message.as_str())).collect();
    assert_eq!(
        unread,
        [
            (
                "line 2",
                "headroom of logs: \"lots\" is not a number from 0 to 10, nor a range like 4..7"
            ),
            ("line 4", "simplicity of logs: is answered twice; this answer counts"),
            ("line 6", "there is no idea \"gone\"; what follows about it is left out"),
        ]
    );
    assert_eq!(values(&answers.answered[0]), some(["4", "", "", "", ""]));
}

#[test]
fn what_they_would_start_becomes_ideas_from_them() {
    let mut portfolio = portfolio();
    let first = format!(
        "## {START}\n> One in a line.\n\n- Weigh the moon\n  with a spring\n  balance\n-\n"
    );
    let text =
        format!("{first}2. prune the Cache!\nlet us see\n* Weigh the moon\n\n## 1. A\nno idea");
    let answers = Answers::read(&text, &portfolio);
    let titles: Vec<&str> = answers.started.iter().map(|started| started.title.as_str()).collect();
    assert_eq!(titles, ["Weigh the moon", "prune the Cache!", "Weigh the moon"]);
    let edit = answers.edit(&portfolio, "mara", date(2026, 11, 20));
    let before = portfolio.clone();
    let inverse = portfolio.apply(&edit).unwrap();
    let new = portfolio.get("weigh-the-moon").unwrap();
    assert_eq!(new.summary, "with a spring\nbalance");
    assert_eq!(new.from.as_deref(), Some("mara"));
    assert_eq!(new.created, Some(date(2026, 11, 20)));
    assert_eq!(portfolio.get("weigh-the-moon-2").unwrap().title, "Weigh the moon");
    assert_eq!(portfolio.get("cache").unwrap().people, ["mara"]);
    assert_eq!(portfolio.ideas().len(), 4);
    portfolio.apply(&inverse).unwrap();
    assert_eq!(portfolio, before);
}

#[test]
fn lines_without_bullets_are_an_idea_each() {
    let text =
        format!("## {START}\nIdea: weigh the moon\nCount the stars\n\nidea: logs\nheadroom: 3");
    let answers = Answers::read(&text, &portfolio());
    assert_eq!((answers.started.len(), answers.answered.len()), (2, 1));
}

#[test]
fn answers_are_added_to_what_is_there() {
    let text = "idea: logs\nheadroom: 4-6 # really\n\nidea: cache\nheadroom: 2";
    let answers = Answers::read(text, &portfolio());
    let ids = |portfolio: &Portfolio, from| -> Vec<String> {
        let new = answers.new_answers(portfolio, from);
        new.into_iter().map(|answered| answered.id.clone()).collect()
    };
    assert_eq!(ids(&portfolio(), "mara"), ["logs", "cache"]);
    let ratings = HashMap::from([("kv-cache".to_owned(), [None; CRITERIA])]);
    let rater = Rater { ratings, ..Rater::new("mara") };
    let portfolio = Portfolio::new(portfolio().iter().cloned().collect(), vec![rater]);
    assert_eq!(ids(&portfolio, "mara"), ["logs"]);
    assert_eq!(ids(&portfolio, "tomasz"), ["logs", "cache"]);
}

proptest! {
    #[test]
    fn any_text_is_read(text in "(idea: logs|headroom: |> |- |# |[0-9]|\\PC|\n){0,40}") {
        let portfolio = portfolio();
        let answers = Answers::read(&text, &portfolio);
        prop_assert!(portfolio.clone().apply(&answers.edit(&portfolio, "m", date(2026, 1, 1))).is_ok());
    }
}

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
