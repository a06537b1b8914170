//! Pages for a group: a sheet for a colleague to fill in, with any editor or in a
//! mail, and one page for a meeting (where people disagree, what no one would start
//! today, what all are drawn to and no one works on).
//!
//! In the sheet, text to be read stands behind `>`, one level deeper than what is to
//! be filled in; that is how [`Answers`](super::Answers) tells them apart, also in a
//! reply that quotes everything once more.

use std::fmt::Write;

use crate::domain::{CaseField, Criterion, Idea, Portfolio, Rating, Status};
use crate::judge::{Score, ScoreRule, disputes, others, score, scores};
use crate::text::sanitize;

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

/// Text on one line, without what a terminal would obey.
pub(super) fn one_line(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    sanitize(line.trim_end()).into_owned()
}

/// Ideas on which people disagree, at most.
const DISPUTES: usize = 3;

/// Scores above and below which a person would, or would not, start an idea
/// (0–100). A judgement, not a calibrated figure.
const DRAWN_TO: f64 = 60.0;
const NOT_DRAWN_TO: f64 = 50.0;

/// An answer of so much or less is one that a sceptic asks about (0–10).
const DOUBTED: f64 = 5.0;

/// From so many on, all raters together are everybody.
const FEWEST_RATERS: usize = 2;

/// The page, as Markdown. `owner` is what the owner of the ideas is called.
#[must_use]
pub fn meeting_page(portfolio: &Portfolio, rule: &ScoreRule, owner: &str) -> String {
    let scores = scores(portfolio, rule);
    let ideas: Vec<(&Idea, &Score)> = portfolio.iter().zip(&scores).collect();
    let mut page = "# For the group meeting\n\n## Where we disagree\n\n".to_owned();
    page.push_str(&disagreements(portfolio, &ideas, owner));
    page.push_str(&said_in_words(portfolio));
    page.push_str(&running(portfolio, &ideas));
    page.push_str("\n## Would anybody start this today?\n\n");
    page.push_str(&unwanted(portfolio, &ideas, rule));
    page.push_str("\n## Why does nobody work on this?\n\n");
    page.push_str(&wanted(portfolio, &ideas, rule));
    page
}

/// What others said in words; empty where there are none.
fn said_in_words(portfolio: &Portfolio) -> String {
    let spoken = portfolio.spoken_of().into_iter();
    let spoken = spoken.filter(|(idea, _)| idea.status.is_ranked_by_default());
    let lines: String = spoken
        .map(|(idea, said)| format!("- **{}**. {}\n", title(idea), one_line(&said.join(" "))))
        .collect();
    if lines.is_empty() { lines } else { format!("\n## What others say\n\n{lines}") }
}

/// What each running idea would show if it works, and what a sceptic would ask.
fn running(portfolio: &Portfolio, ideas: &[(&Idea, &Score)]) -> String {
    let lines: String = ideas
        .iter()
        .filter(|(idea, _)| idea.status == Status::Active)
        .map(|(idea, score)| {
            let (shows, asks) = (would_show(idea), sceptical_question(portfolio, idea, score));
            format!("- **{}**\n  - would show: {shows}\n  - a sceptic asks: {asks}\n", title(idea))
        })
        .collect();
    if lines.is_empty() { lines } else { format!("\n## What is running\n\n{lines}") }
}

/// What an idea would show: the result of its case, else what is promised, else what is forecast.
fn would_show(idea: &Idea) -> String {
    let promise = idea.promises.iter().rev();
    let promised = promise.filter(|promise| promise.result.is_none() && promise.amended.is_none());
    let promised = promised.filter_map(|promise| Some((promise.claim.as_deref()?, promise.by)));
    let forecast = idea.forecasts.iter().rev().filter(|forecast| forecast.result.is_none());
    let mut foretold =
        promised.chain(forecast.map(|forecast| (forecast.claim.as_str(), forecast.by)));
    match (idea.case(CaseField::Result), foretold.next()) {
        (Some(result), _) => one_line(result.trim()),
        (None, Some((claim, by))) => format!("{} (by {by})", one_line(claim.trim())),
        (None, None) => "not written down yet; a case or a promise says it".to_owned(),
    }
}

/// The question that a sceptic would ask first: why a colleague crossed the idea
/// out; else what its lowest answer, 5 or less, is about; else what would kill it.
fn sceptical_question(portfolio: &Portfolio, idea: &Idea, score: &Score) -> String {
    let crossed = portfolio.reactions(idea).into_iter();
    let crossed = crossed.filter_map(|(name, reaction)| Some((name, reaction.hopeless?)));
    if let Some((name, why)) = crossed.max_by_key(|(_, why)| why.len()) {
        let why = if why.is_empty() { "no reason given".to_owned() } else { one_line(&why) };
        return format!("{name} crossed it out ({why}). What do you answer?");
    }
    let known = Criterion::ALL.iter().filter(|one| !score.missing[one.index()]);
    let answer = |criterion: &Criterion| match criterion {
        Criterion::Strategy => score.strategy.middle(),
        _ => idea.rating(*criterion).map_or(f64::INFINITY, Rating::middle),
    };
    let lowest = known.min_by(|a, b| answer(a).total_cmp(&answer(b)));
    match (lowest.filter(|one| answer(one) <= DOUBTED), idea.case(CaseField::Test)) {
        (Some(criterion), _) => criterion.question().text.to_owned(),
        (None, Some(test)) => {
            format!("And if the cheapest test fails? ({})", one_line(test.trim()))
        }
        (None, None) => "What is the cheapest experiment that could kill it?".to_owned(),
    }
}

fn disagreements(portfolio: &Portfolio, ideas: &[(&Idea, &Score)], owner: &str) -> String {
    let mut found: Vec<(Dispute<'_>, &Idea)> = ideas
        .iter()
        .filter(|(idea, _)| idea.status.is_ranked_by_default())
        .filter_map(|(idea, score)| Some((widest(portfolio, idea, score, owner)?, *idea)))
        .collect();
    found.sort_by(|a, b| b.0.spread().total_cmp(&a.0.spread()).then_with(|| a.1.id.cmp(&b.1.id)));
    if found.is_empty() {
        return "Nothing so far: on no question do two of us differ by more than three points. \
                Ask more people with `prospect ask`.\n"
            .to_owned();
    }
    let mut text = String::new();
    for (number, (dispute, idea)) in (1..).zip(found.iter().take(DISPUTES)) {
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "{number}. **{}**. It hangs on {}: {}\n   {}.\n",
            title(idea),
            dispute.criterion.id(),
            dispute.criterion.question().text,
            dispute.voices()
        );
    }
    text
}

/// What people answered to one question.
struct Dispute<'a> {
    criterion: Criterion,
    /// From the lowest answer to the highest.
    answers: Vec<(&'a str, Rating)>,
}

impl Dispute<'_> {
    fn spread(&self) -> f64 {
        match (self.answers.first(), self.answers.last()) {
            (Some((_, low)), Some((_, high))) => high.middle() - low.middle(),
            _ => 0.0,
        }
    }

    /// `mara 2, we 5..7, tom 9`.
    fn voices(&self) -> String {
        let voice = |(name, rating): &(&str, Rating)| format!("{name} {rating}");
        self.answers.iter().map(voice).collect::<Vec<_>>().join(", ")
    }
}

/// The question on which the raters of an idea lie furthest apart, if they lie
/// too far apart on any.
fn widest<'a>(
    portfolio: &'a Portfolio,
    idea: &Idea,
    score: &Score,
    owner: &'a str,
) -> Option<Dispute<'a>> {
    let criteria = disputes(score, idea, &others(portfolio, idea));
    let dispute = |criterion: Criterion| {
        let own = match criterion {
            Criterion::Strategy if !score.missing[criterion.index()] => Some(score.strategy),
            _ => idea.rating(criterion),
        };
        let theirs = portfolio.raters().iter().filter_map(|rater| {
            let names = std::iter::once(&idea.id).chain(&idea.aliases);
            let answers = names.filter_map(|name| rater.ratings.get(name)).next()?;
            Some((rater.name.as_str(), answers[criterion.index()]?))
        });
        let mut answers: Vec<_> = own.map(|own| (owner, own)).into_iter().chain(theirs).collect();
        answers.sort_by(|a, b| a.1.middle().total_cmp(&b.1.middle()));
        Dispute { criterion, answers }
    };
    criteria.into_iter().map(dispute).max_by(|a, b| a.spread().total_cmp(&b.spread()))
}

/// The score that an idea would have with the ratings of each person, 0–100, the
/// owner included; only of those who left no criterion open. The bet is the
/// owner's, unless the person rated the strategy.
fn verdicts(portfolio: &Portfolio, idea: &Idea, own: &Score, rule: &ScoreRule) -> Vec<f64> {
    let theirs = others(portfolio, idea).into_iter().map(|answers| {
        let seen = Idea { ratings: *answers, ..idea.clone() };
        score(&seen, rule, false)
    });
    std::iter::once(own.clone())
        .chain(theirs)
        .filter(Score::is_complete)
        .map(|score| score.value())
        .collect()
}

fn unwanted(portfolio: &Portfolio, ideas: &[(&Idea, &Score)], rule: &ScoreRule) -> String {
    let running = ideas.iter().filter(|(idea, _)| idea.status == Status::Active);
    let judged = running.filter_map(|(idea, own)| {
        let verdicts = verdicts(portfolio, idea, own, rule);
        let best = verdicts.iter().copied().max_by(f64::total_cmp)?;
        (best < NOT_DRAWN_TO).then_some((best, verdicts.len(), *idea))
    });
    let lowest = judged.min_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.2.id.cmp(&b.2.id)));
    let Some((best, people, idea)) = lowest else {
        return "Nothing that runs: somebody would start each of them again.\n".to_owned();
    };
    let who = match people {
        1 => "The one of us who rated it gives it".to_owned(),
        n => format!("The kindest of {n} of us gives it"),
    };
    format!("**{}** runs. {who} {best:.0} of 100.\n", title(idea))
}

fn wanted(portfolio: &Portfolio, ideas: &[(&Idea, &Score)], rule: &ScoreRule) -> String {
    let resting = ideas
        .iter()
        .filter(|(idea, _)| idea.status.is_ranked_by_default() && idea.status != Status::Active);
    let judged = resting.filter_map(|(idea, own)| {
        let verdicts = verdicts(portfolio, idea, own, rule);
        let worst = verdicts.iter().copied().min_by(f64::total_cmp)?;
        let is_wanted = verdicts.len() >= FEWEST_RATERS && worst >= DRAWN_TO;
        is_wanted.then_some((worst, verdicts.len(), *idea))
    });
    let highest = judged.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.2.id.cmp(&a.2.id)));
    let Some((worst, people, idea)) = highest else {
        return format!(
            "Nothing that rests is rated {DRAWN_TO:.0} of 100 or more by {FEWEST_RATERS} of us or \
             more, without a dissenter.\n"
        );
    };
    let drawn = match idea.people.as_slice() {
        [] => String::new(),
        people => format!(" Into it: {}.", people.join(", ")),
    };
    format!(
        "**{}** is in status {} and nobody works on it. The sternest of {people} of us gives it \
         {worst:.0} of 100.{drawn}\n",
        title(idea),
        idea.status
    )
}

/// The title on one line, without what a terminal would obey.
fn title(idea: &Idea) -> String {
    let plain: String = idea.title.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Promise, Rater, Rating, Reaction};

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

    fn idea(id: &str, status: Status, own: f64) -> Idea {
        let ratings = [Some(Rating::value(own)); 5];
        Idea { status, ratings, ..Idea::new(id, format!("Title of {id}")) }
    }

    fn rater(name: &str, ratings: &[(&str, [f64; 5])]) -> Rater {
        let of = |(id, ratings): &(&str, [f64; 5])| {
            ((*id).to_owned(), ratings.map(|rating| Some(Rating::value(rating))))
        };
        Rater { ratings: ratings.iter().map(of).collect(), ..Rater::new(name) }
    }

    fn page(ideas: Vec<Idea>, raters: Vec<Rater>) -> String {
        meeting_page(&Portfolio::new(ideas, raters), &ScoreRule::default(), "we")
    }

    #[test]
    fn a_group_sees_what_to_talk_about() {
        let mut fine = idea("fine", Status::Active, 8.0);
        fine.promises.push(Promise {
            set: None,
            by: jiff::civil::date(2027, 1, 1),
            claim: Some("beats the baseline".into()),
            traction: None,
            chance: None,
            result: None,
            resolved: None,
            amended: None,
        });
        let ideas = vec![
            idea("calm", Status::Shortlist, 6.0),
            idea("wild", Status::Inbox, 5.0),
            idea("loved", Status::Shortlist, 8.0),
            idea("tired", Status::Active, 2.0),
            fine,
            idea("gone", Status::Abandoned, 1.0),
        ];
        let mara = rater(
            "mara",
            &[
                ("calm", [3.0, 6.0, 6.0, 6.0, 6.0]),
                ("wild", [5.0, 9.0, 5.0, 1.5, 5.0]),
                ("loved", [8.0; 5]),
                ("tired", [3.0; 5]),
                ("gone", [9.0; 5]),
            ],
        );
        let tom = rater("tom", &[("wild", [5.0, 4.0, 5.0, 10.0, 5.0]), ("loved", [7.0; 5])]);
        let mut lee = Rater::new("lee");
        let taken = Reaction { hopeless: Some("taken by May".into()), ..Reaction::default() };
        lee.set_reaction("fine", &taken);
        let page = page(ideas, vec![mara, tom, lee]);
        let expected = "\
# For the group meeting

## Where we disagree

1. **Title of wild**. It hangs on headroom: If it works perfectly, how much is there to win?
   mara 1.5, we 5, tom 10.

## What others say

- **Title of fine**. Lee crossed it out: \"taken by May\"

## What is running

- **Title of tired**
  - would show: not written down yet; a case or a promise says it
  - a sceptic asks: Could a colleague retell it after hearing it once?
- **Title of fine**
  - would show: beats the baseline (by 2027-01-01)
  - a sceptic asks: Lee crossed it out (taken by May). What do you answer?

## Would anybody start this today?

**Title of tired** runs. The kindest of 2 of us gives it 30 of 100.

## Why does nobody work on this?

**Title of loved** is in status shortlist and nobody works on it. The sternest of 3 of us gives it 70 of 100.
";
        assert_eq!(page, expected);
    }

    #[test]
    fn without_answers_the_page_says_so() {
        let page = page(vec![Idea::new("a", "A"), idea("b", Status::Active, 9.0)], Vec::new());
        for words in ["Nothing so far", "Nothing that runs", "Nothing that rests"] {
            assert!(page.contains(words), "{page}");
        }
    }

    #[test]
    fn the_three_widest_disputes_are_named_the_widest_first() {
        let ids = ["a", "b", "c", "d"];
        let ideas = ids.map(|id| idea(id, Status::Inbox, 5.0)).to_vec();
        let answers = [("a", [9.0; 5]), ("b", [0.5; 5]), ("c", [8.5; 5]), ("d", [10.0; 5])];
        let page = page(ideas, vec![rater("mara", &answers)]);
        let order: Vec<Option<usize>> =
            ids.iter().map(|id| page.find(&format!("Title of {id}**. It hangs"))).collect();
        assert!(order[3] < order[1] && order[1] < order[0] && order[2].is_none(), "{page}");
    }
}
