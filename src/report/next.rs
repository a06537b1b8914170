//! Things that need the user now.

use super::{Line, Ranking, agenda};
use crate::domain::{Date, Portfolio, Status};
use crate::judge::{Attention, Urgency};
use crate::text::{count, fit, sanitize, shorten, width};

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
            Urgency::SecondLook => None,
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
    if !due.is_empty() {
        push_line(&mut text, "due", &with_command(&count(due.len(), "promise"), "prospect review"));
    }
    if let Some(first) = next.of_kind(Kind::Decide).first() {
        let more = match next.of_kind(Kind::Decide).len() {
            1 => String::new(),
            n => format!(", and {} more", n - 1),
        };
        let why = first.review.urgency.map_or("", Urgency::words);
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
