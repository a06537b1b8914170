//! One idea, whole, for a person; and two side by side: why one stands above the
//! other.

use super::{Line, Page, QUIET, Ranking, STRONG, number, waterfall};
use crate::domain::{
    BetInput, CaseField, Criterion, Date, Decision, Idea, LogEntry, Portfolio, Promise, Question,
    Rating, link_kind,
};
use crate::judge::{
    Comparison, Sampling, ScoreRule, SimilarityIndex, Study, compare, others, percent,
    perhaps_in_words, perhaps_like, said_by_others, score, similar_past_ideas,
};
use crate::text::{fit, sanitize, shorten, wrap};

/// `prospect show`: everything that is known about an idea up to the day of the
/// ranking, in lines of at most `columns`.
#[must_use]
pub fn idea_text(ranking: &Ranking<'_>, line: &Line<'_>, columns: usize) -> String {
    let idea = line.idea;
    let past = |date: Date| date <= ranking.as_of;
    let mut page = Page::new(columns);
    page.title(&idea.title, &facts(idea));
    page.paragraph(&idea.summary);
    let said = said_by_others(ranking.portfolio, idea);
    page.section("People", said.into_iter().map(|said| (String::new(), said)));
    score_terms(&mut page, ranking, line);
    page.section("Ratings", Criterion::ALL.map(|criterion| rating(line, criterion)));
    if let Some(kind) = idea.bet {
        let answers = kind.inputs().map(|input| bet_input(idea, input));
        page.section(&format!("Bet: {}", kind.id()), answers);
    }
    traction(&mut page, ranking, line);
    log(&mut page, idea, ranking.as_of);
    let made = line.review.promises.iter().map(|made| (&idea.promises[made.position], made.state));
    page.section(
        "Promises",
        made.map(|(made, state)| (format!("{}  ", fit(state.id(), 7)), promise(made))),
    );
    let decisions = idea.decisions.iter().filter(|decision| past(decision.date));
    page.section("Decisions", decisions.flat_map(decision));
    let case = CaseField::ALL.iter();
    page.section(
        "Case",
        case.filter_map(|field| Some((fit(field.id(), 8), idea.case(*field)?.to_owned()))),
    );
    page.section("Hindsight", hindsight(idea));
    page.section("Links", links(idea));
    page.into_text()
}

/// The links by kind, papers first.
fn links(idea: &Idea) -> impl Iterator<Item = (String, String)> {
    const KINDS: [&str; 4] = ["paper", "code", "page", "note"];
    KINDS.into_iter().flat_map(|kind| {
        let links = idea.links.iter().filter(move |link| link_kind(link) == kind);
        links.map(move |link| (format!("{}  ", fit(kind, 5)), link.clone()))
    })
}

/// A promise in words: `by 2026-06-01: beats the baseline (60 % sure)`.
#[must_use]
pub fn promise(promise: &Promise) -> String {
    let mut what = Vec::new();
    what.extend(promise.claim.clone());
    what.extend(promise.traction.map(|level| format!("level {} or more", number(level))));
    let mut text = format!("by {}: {}", promise.by, what.join(", and "));
    if let Some(chance) = promise.chance {
        text.push_str(&format!(" ({} % sure)", number(chance * 100.0)));
    }
    if let Some(date) = promise.amended {
        text.push_str(&format!(", replaced on {date}"));
    }
    text
}

fn facts(idea: &Idea) -> String {
    let list = |what: &str, list: &[String]| {
        (!list.is_empty()).then(|| format!("{what} {}", list.join(", ")))
    };
    let mut facts = vec![idea.id.clone(), idea.status.shown().to_owned()];
    facts.extend(idea.parked_until.map(|date| format!("until {date}")));
    facts.extend(idea.parked_on.as_ref().map(|id| format!("until {id} is decided")));
    facts.extend(idea.revive_on.map(|date| format!("second look on {date}")));
    facts.extend(idea.revive_if.as_ref().map(|phrase| format!("second look if \"{phrase}\"")));
    facts.extend(idea.merged_into.as_ref().map(|id| format!("merged into {id}")));
    facts.extend(idea.created.map(|date| format!("since {date}")));
    facts.extend(idea.from.as_ref().map(|from| format!("from {from}")));
    facts.extend(list("tags", &idea.tags));
    facts.extend(list("with", &idea.people));
    facts.extend(idea.dir.as_ref().map(|dir| format!("in {dir}")));
    facts.join(" · ")
}

fn score_terms(page: &mut Page, ranking: &Ranking<'_>, line: &Line<'_>) {
    let mut heading = format!("Score {}", line.shown_score());
    match line.shown_range() {
        range if range.is_empty() => {}
        range => heading.push_str(&format!(" ({range})")),
    }
    match line.rank {
        Some(rank) => heading.push_str(&format!(", rank {rank} of {}", ranking.lines.len())),
        None => heading.push_str(", not ranked"),
    }
    page.heading(&heading);
    page.item("", &waterfall(line.idea, &line.score, &ranking.settings.score));
    for flag in &line.review.flags {
        page.item("! ", flag.id());
    }
    similar(page, ranking, line.idea);
}

/// The ideas that say the same, and where there is none those that perhaps do.
fn similar(page: &mut Page, ranking: &Ranking<'_>, idea: &Idea) {
    let index = SimilarityIndex::new(ranking.portfolio.iter());
    let alike = similar_past_ideas(idea, ranking.portfolio, &index, ranking.as_of);
    for other in &alike {
        page.item("", &other.sentence());
    }
    let near = perhaps_like(idea, ranking.portfolio, &index);
    let near = perhaps_in_words(&near, ranking.portfolio).filter(|_| alike.is_empty());
    if let Some(near) = near {
        page.item("", &format!("{near}."));
    }
}

fn rating(line: &Line<'_>, criterion: Criterion) -> (String, String) {
    match line.idea.rating(criterion) {
        None if criterion == Criterion::Strategy && line.idea.bet.is_some() => {
            let strategy = line.score.strategy;
            let (low, high) = (number(strategy.low()), number(strategy.high()));
            let shown = if low == high { low } else { format!("{low}..{high}") };
            (label(criterion.id(), &shown), "follows from the bet".to_owned())
        }
        rating => answer(criterion.id(), rating, criterion.question()),
    }
}

fn bet_input(idea: &Idea, input: BetInput) -> (String, String) {
    match idea.bet_input(input) {
        Some(chance) if input == BetInput::Chance => {
            let [low, high] = [chance.low(), chance.high()].map(|chance| number(chance * 100.0));
            let share = if low == high { low } else { format!("{low} to {high}") };
            let words = format!("{share} of 100 bets like this come true");
            (label(input.id(), &chance.to_string()), words)
        }
        rating => answer(input.id(), rating, input.question()),
    }
}

fn answer(name: &str, rating: Option<Rating>, question: &Question) -> (String, String) {
    match rating {
        None => (label(name, "?"), format!("unknown: {}", question.text)),
        Some(rating) => (label(name, &rating.to_string()), anchor(rating, question).to_owned()),
    }
}

fn label(name: &str, answer: &str) -> String {
    format!("{}{}", fit(name, 12), fit(answer, 9))
}

/// The anchor of the scale that lies nearest: they stand at 0–2, 5 and 9–10.
fn anchor(rating: Rating, question: &Question) -> &'static str {
    match rating.middle() {
        middle if middle < 3.5 => question.low,
        middle if middle < 7.0 => question.middle,
        _ => question.high,
    }
}

/// What the log and the promises come to; of an idea without a log only what asks for something.
fn traction(page: &mut Page, ranking: &Ranking<'_>, line: &Line<'_>) {
    let Line { idea, review, .. } = line;
    let mut said = review.reasons.clone();
    let mut heading = "To decide".to_owned();
    if !idea.log.is_empty() {
        let sentence = review.traction.sentence(&ranking.settings.stall);
        said.retain(|reason| *reason != sentence);
        said.insert(0, sentence);
        heading = format!("Traction: {}", review.traction.verdict.shown());
    }
    page.section(&heading, said.into_iter().map(|said| ("· ".to_owned(), said)));
}

fn log(page: &mut Page, idea: &Idea, as_of: Date) {
    let mut entries: Vec<&LogEntry> = idea.log.iter().filter(|entry| entry.date <= as_of).collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.date));
    let hours: f64 = entries.iter().filter_map(|entry| entry.hours).sum();
    let heading = if hours > 0.0 { format!("Log, {} h", number(hours)) } else { "Log".to_owned() };
    page.section(&heading, entries.into_iter().map(logged));
}

fn logged(entry: &LogEntry) -> (String, String) {
    let hours = entry.hours.map_or_else(String::new, |hours| format!("{} h", number(hours)));
    let traction =
        entry.traction.map_or_else(String::new, |level| format!("traction {}", number(level)));
    let label = format!("{}  {}{}", entry.date, fit(&hours, 8), fit(&traction, 14));
    let recalled = if entry.recalled { " (from memory)" } else { "" };
    (label, format!("{}{recalled}", noted(entry)))
}

/// The note, with what left the house in front of it.
fn noted(entry: &LogEntry) -> String {
    let output = entry.output.as_ref().map(|output| format!("[{output}]"));
    let note = Some(&entry.note).filter(|note| !note.is_empty()).cloned();
    output.into_iter().chain(note).collect::<Vec<_>>().join(" ")
}

/// A decision and, on a line of its own, what was learned.
fn decision(decision: &Decision) -> Vec<(String, String)> {
    let Decision { date, from, to, why, lesson, .. } = decision;
    let reason = if why.is_empty() { String::new() } else { format!(": {why}") };
    let date = format!("{date}  ");
    let blank = fit("", date.len());
    let mut lines = vec![(date, format!("{from} → {to}{reason}"))];
    lines.extend(lesson.as_ref().map(|lesson| (blank, format!("learned: {lesson}"))));
    lines
}

fn hindsight(idea: &Idea) -> Option<(String, String)> {
    let outcome = idea.hindsight_outcome?;
    let date = idea.hindsight_date.map_or_else(String::new, |date| format!("{date}  "));
    Some((date, outcome.to_string()))
}

/// Titles above the columns are cut to this width.
const TITLE_COLUMNS: usize = 18;

/// Two ideas and what tells them apart.
#[derive(Clone, Debug)]
pub struct IdeaComparison<'a> {
    pub left: &'a Idea,
    pub right: &'a Idea,
    /// Their scores, term by term; `None` unless both are rated.
    pub terms: Option<Comparison>,
    /// The probability that the one is better than the other.
    pub chance: Option<f64>,
}

impl<'a> IdeaComparison<'a> {
    /// Compares two ideas of a portfolio.
    #[must_use]
    pub fn new(
        left: &'a Idea,
        right: &'a Idea,
        portfolio: &Portfolio,
        rule: &ScoreRule,
        sampling: &Sampling,
    ) -> Self {
        let judged = |idea: &Idea| {
            let mut answers = others(portfolio, idea).into_iter().flatten();
            score(idea, rule, answers.any(Option::is_some))
        };
        let study = Study::new(&[left, right], portfolio, rule, sampling);
        let terms = compare(&judged(left), &judged(right));
        Self { left, right, terms, chance: study.pairwise(0, 1) }
    }

    /// Why one stands above the other, in a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        match &self.terms {
            Some(terms) => terms.sentence(&self.left.title, &self.right.title),
            None => {
                let unrated = if self.left.has_ratings() { self.right } else { self.left };
                format!(
                    "nothing about \"{}\" is rated, so there is nothing to compare",
                    unrated.title
                )
            }
        }
    }
}

/// `prospect why`: the sentence, then the terms, in at most `columns` columns
/// where the words allow.
#[must_use]
pub fn comparison_text(pair: &IdeaComparison<'_>, columns: usize) -> String {
    let mut text = wrap(&sanitize(&pair.sentence()), columns.max(20)).join("\n") + "\n";
    let Some(comparison) = &pair.terms else { return text };
    let title = |idea: &Idea| shorten(&sanitize(&idea.title), TITLE_COLUMNS).into_owned();
    let (left, right) = (title(pair.left), title(pair.right));
    let line = |name: &str, left: &str, right: &str, difference: &str| {
        let cell = |text: &str| {
            format!("{}{text}", " ".repeat(TITLE_COLUMNS.saturating_sub(crate::text::width(text))))
        };
        format!("  {name:<14}{}  {}  {difference:>10}", cell(left), cell(right))
    };
    text.push_str(&format!("\n{QUIET}{}{QUIET:#}\n", line("", &left, &right, "difference")));
    for term in &comparison.terms {
        let (left, right) = (number(term.left), number(term.right));
        text.push_str(&line(term.name(), &left, &right, &signed(term.difference())));
        text.push('\n');
    }
    let total = line(
        "score",
        &number(comparison.left),
        &number(comparison.right),
        &signed(comparison.difference()),
    );
    text.push_str(&format!("{STRONG}{total}{STRONG:#}\n"));
    if let Some(chance) = pair.chance {
        let likely = if chance >= 0.5 { (pair.left, chance) } else { (pair.right, 1.0 - chance) };
        let sentence = format!(
            "With weights near yours, ranges, unknowns and the noise of plain numbers drawn at \
             random, \"{}\" is the better one in {} of the draws.",
            likely.0.title,
            percent(likely.1)
        );
        text.push('\n');
        text.push_str(&(wrap(&sanitize(&sentence), columns.max(20)).join("\n") + "\n"));
    }
    text
}

fn signed(x: f64) -> String {
    if x > 0.0 { format!("+{}", number(x)) } else { number(x) }
}
