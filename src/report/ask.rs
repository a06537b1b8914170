//! A sheet for a colleague: what would you start, and what do you think of
//! these? A text that can be filled in with any editor, or in a mail.
//!
//! Text to be read stands behind `>`, one level deeper than what is to be
//! filled in; that is how [`Answers`](super::Answers) tells them apart, also in
//! a reply that quotes everything once more.

use std::fmt::Write;

use crate::domain::{Criterion, Idea};

/// The first question of every sheet. It stands before the list, so that the
/// list does not answer it.
pub(super) const START: &str = "What would you start this month?";

/// What an idea's part of the sheet is recognised by.
pub(super) const IDEA: &str = "idea";

/// The sheet for these ideas, as Markdown. The owner's ratings, bets, log and
/// decisions are left out: they would anchor the answers.
#[must_use]
pub fn sheet(ideas: &[&Idea]) -> String {
    let mut sheet = format!(
        "# Before you hear what we think\n\n\
         > Please answer behind the colons, save the file and send it back. Answers are\n\
         > numbers from 0 to 10, or ranges such as `4..7` where you are unsure. What you\n\
         > do not know, leave empty. Remarks are welcome behind a number or below it.\n\
         > We have left out our own answers on purpose.\n\n\
         ## {START}\n\n\
         > Anything, not only from this list. One idea in a line.\n\n- \n- \n- \n"
    );
    for (number, idea) in (1..).zip(ideas) {
        // Writing to a string cannot fail.
        let _ =
            write!(sheet, "\n## {number}. {}\n\n{IDEA}: {}\n\n", one_line(&idea.title), idea.id);
        sheet.push_str(&quoted(&idea.summary));
        for link in &idea.links {
            sheet.push_str(&quoted(link));
        }
        for criterion in Criterion::ALL {
            let question = criterion.question();
            let _ = write!(
                sheet,
                "\n> **{}** 0-2: {}. 5: {}. 9-10: {}.\n\n{}: \n",
                question.text,
                question.low,
                question.middle,
                question.high,
                criterion.id()
            );
        }
    }
    sheet
}

/// Text behind `>`, without what a terminal would obey.
fn quoted(text: &str) -> String {
    let quoted = |line: &str| {
        let line = one_line(line);
        if line.is_empty() { ">\n".to_owned() } else { format!("> {line}\n") }
    };
    text.trim().lines().map(quoted).collect()
}

fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect::<String>()
        .trim_end()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Rating;

    #[test]
    fn nobody_is_anchored() {
        let mut idea = Idea::new("a", "Let agents\nread logs");
        idea.summary = "Search first.\n\n\u{1b}[31mThen act.".into();
        let plain = sheet(&[&idea]);
        idea.ratings = [Some(Rating::value(8.25)); 5];
        idea.bet = Some(crate::domain::BetKind::Hot);
        idea.bet_inputs = [Some(Rating::value(0.625)); 6];
        assert_eq!(sheet(&[&idea]), plain);
        assert!(plain.contains("\n## 1. Let agents read logs\n\nidea: a\n\n> Search first.\n>\n>"));
        assert!(!plain.contains('\u{1b}'));
    }

    #[test]
    fn the_open_question_comes_before_the_list() {
        let sheet = sheet(&[&Idea::new("a", "A"), &Idea::new("b", "B")]);
        let heads: Vec<&str> = sheet.lines().filter(|line| line.starts_with("## ")).collect();
        assert_eq!(heads, ["## What would you start this month?", "## 1. A", "## 2. B"]);
        for criterion in Criterion::ALL {
            assert_eq!(sheet.matches(criterion.question().text).count(), 2);
            assert_eq!(sheet.lines().filter(|l| *l == format!("{}: ", criterion.id())).count(), 2);
        }
    }
}
