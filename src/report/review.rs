//! The review of a workspace, for a person and as a memo; and what needs the user
//! now.

use super::ranking::escaped;
use super::{Line, Page, Ranking, number};
use crate::domain::{Date, Portfolio, Status};
use crate::judge::{
    Attention, GoalProgress, TimeSpent, Urgency, due_forecasts, goal_progress, hours_within,
    serving_no_goal, tag_rollups, wants_forecast,
};
use crate::text::{count, fit, sanitize, shorten, width};

/// The ideas of a ranking, those that need a decision first, the most urgent of
/// them first, else in the order of the files.
#[must_use]
pub fn agenda<'r, 'a>(ranking: &'r Ranking<'a>) -> Vec<&'r Line<'a>> {
    let mut lines: Vec<&Line<'_>> = ranking.lines.iter().collect();
    let position = |line: &Line<'_>| ranking.portfolio.position(&line.idea.id);
    lines.sort_by_key(|line| (line.review.urgency.is_none(), line.review.urgency, position(line)));
    lines
}

/// `prospect review`: what needs a decision and why, what the logs of the other
/// ideas at work say, whole directions, and where the hours of the last month
/// went. In lines of at most `columns`.
#[must_use]
pub fn review_text(ranking: &Ranking<'_>, spent: &TimeSpent, columns: usize) -> String {
    let mut page = Page::new(columns);
    let agenda = agenda(ranking);
    let due = in_need(ranking);
    let facts = format!("as of {}", ranking.as_of);
    page.title(&waiting(due), &facts);
    for line in agenda.iter().filter(|line| line.review.due) {
        let urgency = line.review.urgency.map_or("", Urgency::label);
        page.heading(&format!("{urgency}: {} ({})", line.idea.title, line.idea.id));
        for reason in &line.review.reasons {
            page.item("", reason);
        }
        if let Some(alternative) = alternative(ranking, line) {
            page.item("", &alternative);
        }
    }
    if let Some(attention) = &ranking.attention {
        page.heading("Hours against rank");
        page.item("", &attention.sentence());
    }
    let sentence = |line: &&&Line<'_>| {
        let review = &line.review;
        let said = review.reasons.first().cloned();
        let said = said.unwrap_or_else(|| review.traction.sentence(&ranking.settings.stall));
        (
            format!("{}  ", fit(review.traction.verdict.shown(), 14)),
            format!("{}: {said}", line.idea.id),
        )
    };
    let at_work =
        |line: &&&Line<'_>| !line.review.due && line.review.effective_status == Status::Active;
    page.section("No decision needed", agenda.iter().filter(at_work).map(|line| sentence(&line)));
    let directions = tag_rollups(ranking.portfolio, &ranking.settings.stall, ranking.as_of);
    let directions = directions.iter().map(|direction| {
        let said = direction.traction.sentence(&ranking.settings.stall);
        let ideas = direction.positions.len();
        (
            format!("{}  ", fit(direction.traction.verdict.shown(), 14)),
            format!("{} ({ideas} ideas): {said}", direction.tag),
        )
    });
    page.section("Whole directions", directions);
    page.section("Goals", goals(ranking));
    page.heading("Where the time went");
    page.item("", &spent.sentence());
    for (amount, idea) in hours(ranking) {
        page.item(&amount, &idea);
    }
    page.into_text()
}

/// How each goal stands, and which active ideas serve none; nothing without goals.
pub(super) fn goals(ranking: &Ranking<'_>) -> Vec<(String, String)> {
    let (goals, portfolio) = (&ranking.settings.goals, ranking.portfolio);
    let line = |progress: &GoalProgress<'_>| {
        let end = match (progress.goal.by, progress.is_over) {
            (Some(by), true) => format!("over since {by}"),
            (Some(by), false) => format!("by {by}"),
            (None, _) => String::new(),
        };
        let ideas = match progress.ideas.len() {
            0 => "no active idea serves it".to_owned(),
            n => count(n, "active idea"),
        };
        let not_for = match progress.goal.not_for.as_str() {
            "" => String::new(),
            not_for => format!("not for {not_for}"),
        };
        let said = [progress.sentence(), ideas, end, not_for];
        let said: Vec<String> = said.into_iter().filter(|said| !said.is_empty()).collect();
        format!("{}: {}", progress.goal.text, said.join("; "))
    };
    let progress = goal_progress(goals, portfolio, ranking.as_of);
    let none = serving_no_goal(goals, portfolio, ranking.as_of);
    let none: Vec<&str> = none.iter().map(|idea| idea.title.as_str()).collect();
    let none =
        (!none.is_empty()).then(|| format!("active and serving no goal: {}", none.join(", ")));
    let lines = progress.iter().map(line).chain(none);
    lines.map(|line| (String::new(), line)).collect()
}

/// How many ideas need a decision: those that are due, and the one that hours against
/// rank are about.
fn in_need(ranking: &Ranking<'_>) -> usize {
    let position = ranking.attention.as_ref().map(|attention| attention.position);
    let about = position.and_then(|at| ranking.portfolio.at(at)).map(|idea| idea.id.as_str());
    let needs = |line: &&Line<'_>| line.review.due || about == Some(line.idea.id.as_str());
    ranking.lines.iter().filter(needs).count()
}

fn waiting(due: usize) -> String {
    match due {
        0 => "Nothing needs a decision".to_owned(),
        1 => "1 idea needs a decision".to_owned(),
        many => format!("{many} ideas need a decision"),
    }
}

/// What one could do instead, and what staying costs.
fn alternative(ranking: &Ranking<'_>, line: &Line<'_>) -> Option<String> {
    if line.review.effective_status != Status::Active {
        return None;
    }
    let other = line.review.best_alternative?;
    let idea = ranking.portfolio.ideas().get(other.position)?;
    Some(format!("best alternative: {} ({}), {}", idea.title, idea.id, other.in_points()))
}

/// Hours of the last month with the idea and its verdict.
fn hours(ranking: &Ranking<'_>) -> Vec<(String, String)> {
    let spent = hours_within(ranking.portfolio, TimeSpent::DAYS, ranking.as_of);
    let total: f64 = spent.iter().map(|(_, hours)| hours).sum();
    let rows = spent.into_iter().filter_map(|(position, hours)| {
        let idea = &ranking.portfolio.ideas()[position];
        let line = ranking.lines.iter().find(|line| line.idea.id == idea.id)?;
        let verdict = line.review.traction.verdict.shown();
        Some((
            format!("{:>6} h  {:>3.0} %  ", number(hours), 100.0 * hours / total),
            format!("{} ({verdict})", idea.title),
        ))
    });
    rows.collect()
}

/// `prospect review --format md`: a memo that can be sent or kept.
#[must_use]
pub fn review_markdown(ranking: &Ranking<'_>, spent: &TimeSpent) -> String {
    let agenda = agenda(ranking);
    let (due, rest): (Vec<&Line<'_>>, Vec<&Line<'_>>) =
        agenda.into_iter().partition(|line| line.review.due);
    let mut text = format!("# Review of {}\n\n{}.\n", ranking.as_of, waiting(in_need(ranking)));
    for line in due {
        let urgency = line.review.urgency.map_or("", Urgency::label);
        text.push_str(&format!("\n## {}\n\n", escaped(&line.idea.title)));
        text.push_str(&format!(
            "`{}`, {}, **{urgency}**\n\n",
            line.idea.id,
            line.idea.status.shown()
        ));
        let alternative = alternative(ranking, line);
        for said in line.review.reasons.iter().chain(alternative.as_ref()) {
            text.push_str(&format!("- {}\n", escaped(said)));
        }
        text.push_str("\nDecision:\n");
    }
    if let Some(attention) = &ranking.attention {
        text.push_str(&format!("\n## Hours against rank\n\n{}.\n", attention.sentence()));
    }
    let quiet = rest.iter().filter(|line| line.review.effective_status == Status::Active);
    let mut quiet = quiet.peekable();
    if quiet.peek().is_some() {
        text.push_str("\n## No decision needed\n\n");
    }
    for line in quiet {
        let verdict = line.review.traction.verdict.shown();
        let said = line.review.traction.sentence(&ranking.settings.stall);
        let title = escaped(&line.idea.title);
        text.push_str(&format!("- {title} ({verdict}): {}\n", escaped(&said)));
    }
    let goals = goals(ranking);
    if !goals.is_empty() {
        text.push_str("\n## Goals\n\n");
    }
    for (_, said) in goals {
        text.push_str(&format!("- {}\n", escaped(&said)));
    }
    text.push_str(&format!("\n## Where the time went\n\n{}\n\n", spent.sentence()));
    for (amount, idea) in hours(ranking) {
        text.push_str(&format!("- {}: {}\n", amount.trim(), escaped(&idea)));
    }
    text
}

/// Widths of a column that holds all of these.
pub(super) fn widest<'t>(texts: impl IntoIterator<Item = &'t str>) -> usize {
    texts.into_iter().map(|text| width(&sanitize(text))).max().unwrap_or(0)
}

/// Columns that a status bar can spare.
const BAR: usize = 60;

#[derive(Clone, Debug)]
pub struct NextUp<'r, 'a> {
    /// The day that counts as today.
    pub as_of: Date,
    /// The ideas that need a decision, the most urgent first.
    pub due: Vec<&'r Line<'a>>,
    pub inbox: usize,
    /// Ideas in inbox and shortlist with an answer missing.
    pub incomplete: usize,
    /// Hours that went to an idea below the cut while better ones got none.
    pub attention: Option<&'r Attention>,
    /// Forecasts whose day has come.
    pub forecasts: usize,
    /// Whether something runs and nothing was forecast in the last seven days.
    pub wants_forecast: bool,
    portfolio: &'a Portfolio,
}

impl<'r, 'a> NextUp<'r, 'a> {
    /// Finds them in a workspace; the ranking must hold all its ideas.
    #[must_use]
    pub fn of(ranking: &'r Ranking<'a>) -> Self {
        let waits = |line: &&Line<'_>| {
            matches!(line.review.effective_status, Status::Inbox | Status::Shortlist)
        };
        let candidates = || ranking.lines.iter().filter(waits);
        let inbox = |line: &&Line<'_>| line.review.effective_status == Status::Inbox;
        Self {
            as_of: ranking.as_of,
            due: agenda(ranking).into_iter().filter(|line| line.review.due).collect(),
            inbox: candidates().filter(inbox).count(),
            incomplete: candidates().filter(|line| !line.score.is_complete()).count(),
            attention: ranking.attention.as_ref(),
            forecasts: due_forecasts(ranking.portfolio, ranking.as_of).len(),
            wants_forecast: wants_forecast(ranking.portfolio, ranking.as_of),
            portfolio: ranking.portfolio,
        }
    }

    /// The id of the idea at a position of the portfolio.
    #[must_use]
    pub fn id(&self, position: usize) -> Option<&'a str> {
        self.portfolio.at(position).map(|idea| idea.id.as_str())
    }

    /// The ideas that wait for this kind of thing, the most urgent first.
    fn of_kind(&self, kind: Kind) -> Vec<&'r Line<'a>> {
        let is_kind = |line: &&&Line<'_>| line.review.urgency.and_then(Kind::of) == Some(kind);
        self.due.iter().filter(is_kind).copied().collect()
    }

    /// How many need a decision for each reason, the most urgent first.
    fn counts(&self) -> Vec<(Urgency, usize)> {
        let urgencies = self.due.iter().filter_map(|line| line.review.urgency);
        let urgencies: Vec<Urgency> = urgencies.collect();
        urgencies.chunk_by(|a, b| a == b).map(|equal| (equal[0], equal.len())).collect()
    }
}

/// Columns for the text of a line before the command that does it.
const TEXT: usize = 44;

/// The kinds of things that wait, hard ones first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Promises whose day has come.
    Due,
    /// Ideas that need a decision.
    Decide,
}

impl Kind {
    const fn of(urgency: Urgency) -> Option<Self> {
        match urgency {
            Urgency::PromiseDue => Some(Self::Due),
            // Hours against rank have a line of their own.
            Urgency::SecondLook | Urgency::HoursAgainstRank => None,
            _ => Some(Self::Decide),
        }
    }
}

/// `prospect next`: at most five lines, one a kind, hard ones first.
#[must_use]
pub fn next_text(next: &NextUp<'_, '_>, columns: usize) -> String {
    let mut text = String::new();
    let room = columns.saturating_sub(12).min(TEXT.max(columns.saturating_sub(32)));
    let with_command =
        |said: &str, command: &str| format!("{}  {command}", fit(&sanitize(said), room));
    let due = next.of_kind(Kind::Due);
    let due = [(next.forecasts, "forecast"), (due.len(), "promise")];
    let due: Vec<String> =
        due.into_iter().filter(|(n, _)| *n > 0).map(|(n, noun)| count(n, noun)).collect();
    if !due.is_empty() {
        push_line(&mut text, "due", &with_command(&due.join(", "), "prospect resolve"));
    }
    if let Some(first) = next.of_kind(Kind::Decide).first() {
        let more = match next.of_kind(Kind::Decide).len() {
            1 => String::new(),
            n => format!(", and {} more", n - 1),
        };
        let why = first.review.urgency.map_or("", Urgency::label);
        let said = format!(": {why}{more}");
        let title = shorten(&first.idea.title, TEXT.saturating_sub(width(&said)).max(12));
        push_line(&mut text, "decide", &with_command(&format!("{title}{said}"), "prospect review"));
    }
    if let Some(attention) = next.attention {
        // Nothing stands behind it, so it may take the whole line.
        let said = attention.sentence();
        push_line(&mut text, "hours", &shorten(&said, columns.saturating_sub(12)));
    }
    if next.inbox > 0 {
        push_line(
            &mut text,
            "inbox",
            &with_command(
                &format!("{} to look at", count(next.inbox, "idea")),
                "prospect, then g2",
            ),
        );
    }
    if next.wants_forecast {
        push_line(&mut text, "forecast", "none this week: what will this week's run show?");
    }
    if text.is_empty() { "Nothing needs you now.\n".to_owned() } else { text }
}

fn push_line(text: &mut String, kind: &str, said: &str) {
    text.push_str(format!("  {} {said}", fit(kind, 9)).trim_end());
    text.push('\n');
}

/// A word for a status bar.
const fn brief(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::PromiseMissed => "missed",
        Urgency::SunkCost => "sunk cost?",
        Urgency::Stalled => "stalled",
        Urgency::PromiseDue => "due",
        Urgency::HoursAgainstRank => "hours against rank",
        Urgency::Back => "back",
        Urgency::Quiet => "quiet",
        Urgency::SecondLook => "to look at again",
    }
}

/// `prospect next --line`: `1 missed · 2 due`, what is hard in at most 60
/// columns; empty if nothing is.
#[must_use]
pub fn next_line(next: &NextUp<'_, '_>) -> String {
    let hard = next.counts().into_iter().filter(|(urgency, _)| Kind::of(*urgency).is_some());
    let mut parts: Vec<String> =
        hard.map(|(urgency, n)| format!("{n} {}", brief(urgency))).collect();
    parts.extend(next.attention.map(|_| "hours against rank".to_owned()));
    if parts.is_empty() {
        String::new()
    } else {
        format!("{}\n", shorten(&parts.join(" · "), BAR))
    }
}
