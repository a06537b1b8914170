//! The one-minute sheet for a colleague: an open question, then a line an idea
//! to tick, to cross out or to comment on. Plain text for a mail, or JSON for a
//! script; [`Answers`](super::Answers) reads both back.

use serde_json::{Value as Json, json};

use super::group_pages::one_line;
use crate::domain::{Criterion, Date, Idea, Portfolio};

/// The question that comes before the list, so that the list does not answer it.
pub(super) const QUESTION: &str = "What would you start this month, on this list or not?";

/// What a colleague is asked to do with the list.
pub(super) const REQUEST: [&str; 2] = [
    "Put x in front of up to three that excite you, and - in front of what is taken",
    "or hopeless. A word why after the colon helps most.",
];

/// The line below the list.
pub(super) const END: &str = "Send it back as it is; typing errors do no harm.";

/// The first words of a sheet.
pub(super) const HEADING: &str = "Which of these would you start?";

/// So many may be ticked before it is remarked upon.
pub(super) const TICKS: usize = 3;

/// Letters that a label has at least, where its id has them: shorter ones say
/// nothing and do not survive a typing error.
const READABLE: usize = 6;

/// The sheet as text. The owner's ratings, bets, log and decisions are left out:
/// they would anchor the answers. `owner` is empty where no name is known.
#[must_use]
pub fn short_sheet(portfolio: &Portfolio, ideas: &[&Idea], owner: &str, date: Date) -> String {
    let labels: Vec<&str> = ideas.iter().map(|idea| label(portfolio, idea)).collect();
    let columns = labels.iter().map(|label| crate::text::width(label)).max().unwrap_or(0);
    let from = if owner.is_empty() { String::new() } else { format!("From {owner}, ") };
    let day = date.strftime("%-d %B %Y");
    let mut sheet = format!("{HEADING}   {from}{day}. One minute.\n\n{QUESTION}\n>\n\n");
    sheet += &format!("{}\n{}\n\n", REQUEST[0], REQUEST[1]);
    for (idea, label) in ideas.iter().zip(labels) {
        let label = crate::text::fit(&one_line(label), columns);
        sheet += &format!("[ ] {label}  {}:\n", one_line(&idea.title));
    }
    sheet + &format!("\n{END}\n")
}

/// The sheet as JSON to be filled in: `start`, and for every idea `excited`,
/// `hopeless`, `comment`. With `full` also the criteria with their questions,
/// and `ratings` for every idea.
#[must_use]
pub fn sheet_json(
    portfolio: &Portfolio,
    ideas: &[&Idea],
    owner: &str,
    date: Date,
    full: bool,
) -> String {
    let idea = |idea: &&Idea| {
        let mut row = json!({
            "id": idea.id,
            "label": label(portfolio, idea),
            "title": idea.title,
            "summary": idea.summary,
            "links": idea.links,
            "excited": false,
            "hopeless": null,
            "comment": "",
        });
        if full {
            let ratings = Criterion::ALL.map(|criterion| (criterion.id().to_owned(), Json::Null));
            row["ratings"] = Json::Object(ratings.into_iter().collect());
        }
        row
    };
    let mut sheet = json!({
        "from": owner,
        "date": date.to_string(),
        "question": QUESTION,
        "start": [],
        "request": REQUEST.join(" "),
        "ideas": ideas.iter().map(idea).collect::<Vec<_>>(),
    });
    if full {
        let question = |criterion: Criterion| {
            let question = criterion.question();
            json!({
                "id": criterion.id(),
                "question": question.text,
                "0-2": question.low,
                "5": question.middle,
                "9-10": question.high,
            })
        };
        sheet["criteria"] = Criterion::ALL.into_iter().map(question).collect();
    }
    super::json::printed(&sheet)
}

/// The shortest readable beginning of an idea's id that leads to no other idea;
/// the whole id where it is itself the beginning of another one.
pub(super) fn label<'i>(portfolio: &Portfolio, idea: &'i Idea) -> &'i str {
    let others = portfolio.iter().filter(|other| other.id != idea.id).flat_map(Idea::names);
    let shared = others.map(|name| common_start(&idea.id, name)).max().unwrap_or(0);
    let mut ends = idea.id.char_indices().map(|(at, c)| at + c.len_utf8());
    let end = ends.by_ref().skip(READABLE - 1).chain([idea.id.len()]).find(|end| *end > shared);
    let label = &idea.id[..end.unwrap_or(idea.id.len())];
    let bare = label.trim_end_matches('-');
    if bare.len() > shared { bare } else { label }
}

/// How many bytes two texts have in common at their beginning.
fn common_start(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn portfolio(ids: &[&str]) -> Portfolio {
        let idea = |id: &&str| Idea::new(*id, format!("Title of {id}"));
        Portfolio::new(ids.iter().map(idea).collect(), Vec::new())
    }

    #[test]
    fn a_label_is_a_readable_beginning_that_leads_to_one_idea() {
        let ids =
            ["train-on-worklogs", "surrogates", "surrogate-models", "train", "ab", "größere-a"];
        let portfolio = portfolio(&ids);
        let labels: Vec<&str> = portfolio.iter().map(|idea| label(&portfolio, idea)).collect();
        assert_eq!(labels, ["train-", "surrogates", "surrogate-", "train", "ab", "größer"]);
    }

    #[test]
    fn eighteen_ideas_take_a_minute_and_under_thirty_lines() {
        let ids: Vec<String> = (10..28).map(|n| format!("idea-{n}-of-many")).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let portfolio = portfolio(&ids);
        let ideas: Vec<&Idea> = portfolio.iter().collect();
        let sheet = short_sheet(&portfolio, &ideas, "Mara", date(2026, 11, 20));
        assert_eq!(sheet.lines().count(), 28);
        assert!(sheet.starts_with(
            "Which of these would you start?   From Mara, 20 November 2026. One minute.\n\n\
             What would you start this month, on this list or not?\n>\n"
        ));
        assert!(sheet.contains("\n[ ] idea-10  Title of idea-10-of-many:\n"), "{sheet}");
    }

    #[test]
    fn a_title_cannot_move_the_readers_cursor() {
        let portfolio = Portfolio::new(vec![Idea::new("a", "A\n\u{1b}[2J\u{202e}b")], Vec::new());
        let ideas: Vec<&Idea> = portfolio.iter().collect();
        for sheet in [
            short_sheet(&portfolio, &ideas, "", date(2026, 1, 2)),
            sheet_json(&portfolio, &ideas, "", date(2026, 1, 2), true),
        ] {
            assert!(!sheet.contains(['\u{1b}', '\u{202e}']), "{sheet}");
        }
    }
}
