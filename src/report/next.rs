//! The few things that need the user now.

use super::text_page::Page;
use super::{Line, Ranking, agenda};
use crate::domain::{Date, Status};
use crate::judge::Urgency;
use crate::text::{fit, shorten};

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
}

impl<'r, 'a> NextUp<'r, 'a> {
    /// What waits in a workspace; the ranking must hold all its ideas.
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
        }
    }

    /// How many need a decision for each reason, the most urgent first.
    fn counts(&self) -> Vec<(Urgency, usize)> {
        let urgencies = self.due.iter().filter_map(|line| line.review.urgency);
        let urgencies: Vec<Urgency> = urgencies.collect();
        urgencies.chunk_by(|a, b| a == b).map(|equal| (equal[0], equal.len())).collect()
    }
}

/// `prospect next`: one line each.
#[must_use]
pub fn next_text(next: &NextUp<'_, '_>, columns: usize) -> String {
    let mut page = Page::new(columns);
    for line in &next.due {
        let urgency = line.review.urgency.map_or("", Urgency::words);
        let reason = line.review.reasons.first().map_or("", String::as_str);
        page.item(&format!("{}  ", fit(urgency, 14)), &format!("{}: {reason}", line.idea.id));
    }
    if next.inbox > 0 {
        page.item(&format!("{}  ", fit("inbox", 14)), &ideas(next.inbox, "to be looked at"));
    }
    if next.incomplete > 0 {
        let text = ideas(next.incomplete, "with an answer missing");
        page.item(&format!("{}  ", fit("ratings", 14)), &text);
    }
    let text = page.into_text();
    if text.is_empty() { "nothing waits\n".to_owned() } else { text }
}

fn ideas(n: usize, what: &str) -> String {
    format!("{n} idea{} {what}", if n == 1 { "" } else { "s" })
}

/// A word for a status bar.
const fn brief(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::PromiseMissed => "missed",
        Urgency::SunkCost => "sunk cost?",
        Urgency::PromiseDue => "due",
        Urgency::Back => "back",
        Urgency::Quiet => "quiet",
        Urgency::SecondLook => "to look at again",
    }
}

/// `prospect next --line`: `1 missed · 2 to look at again · inbox 3`, at
/// most 60 columns; empty if nothing waits.
#[must_use]
pub fn next_line(next: &NextUp<'_, '_>) -> String {
    let mut parts: Vec<String> =
        next.counts().into_iter().map(|(urgency, n)| format!("{n} {}", brief(urgency))).collect();
    if next.inbox > 0 {
        parts.push(format!("inbox {}", next.inbox));
    }
    if parts.is_empty() {
        String::new()
    } else {
        format!("{}\n", shorten(&parts.join(" · "), BAR))
    }
}
