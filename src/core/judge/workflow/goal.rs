//! Hours, outputs and ideas set against each goal.

use crate::domain::{Date, Goal, Idea, LogEntry, Portfolio, Status, days, quarter_start};
use crate::judge::effective_status;

/// Days whose hours are set against the hours a week that were meant.
const WEEK: i64 = 7;

/// What has gone into a goal, and what has come of it.
#[derive(Clone, Debug, PartialEq)]
pub struct GoalProgress<'a> {
    /// The goal.
    pub goal: &'a Goal,
    /// Hours logged in the last seven days on ideas that serve it.
    pub hours: f64,
    /// Each wanted kind of output, with how many there are and how many are wanted.
    pub outputs: Vec<(&'a str, usize, usize)>,
    /// The active ideas that serve it, in file order.
    pub ideas: Vec<&'a Idea>,
    /// Whether its day has passed.
    pub is_over: bool,
}

impl GoalProgress<'_> {
    /// Outputs there are, of those that are wanted, and how many are wanted.
    #[must_use]
    pub fn made(&self) -> (usize, usize) {
        let sum = |of: fn(&(&str, usize, usize)) -> usize| self.outputs.iter().map(of).sum();
        (sum(|(_, made, wanted)| *made.min(wanted)), sum(|(_, _, wanted)| *wanted))
    }

    /// `12 h a week meant, 5 went in; 2 of 3 outputs`; empty where the goal names
    /// neither.
    #[must_use]
    pub fn sentence(&self) -> String {
        let hours = self.goal.hours_per_week.map(|meant| {
            format!("{} h a week meant, {} went in", number(meant), number(self.hours))
        });
        let (made, wanted) = self.made();
        let noun = if wanted == 1 { "output" } else { "outputs" };
        let outputs = (wanted > 0).then(|| format!("{made} of {wanted} {noun}"));
        hours.into_iter().chain(outputs).collect::<Vec<_>>().join("; ")
    }

    /// `5 of 12 h a week · 0 of 1 paper`, for a narrow column.
    #[must_use]
    pub fn short(&self) -> String {
        let hours = self
            .goal
            .hours_per_week
            .map(|meant| format!("{} of {} h a week", number(self.hours), number(meant)));
        let outputs = self.outputs.iter();
        let outputs = outputs.map(|(kind, made, wanted)| format!("{made} of {wanted} {kind}"));
        hours.into_iter().chain(outputs).collect::<Vec<_>>().join(" · ")
    }
}

/// How each goal stands, in file order. Hours are those of the last seven days;
/// outputs those of the log since the goal's day, or else since the quarter of
/// its last day (or of today) began. Entries after `as_of` do not count.
#[must_use]
pub fn goal_progress<'a>(
    goals: &'a [Goal],
    portfolio: &'a Portfolio,
    as_of: Date,
) -> Vec<GoalProgress<'a>> {
    let progress = |goal: &'a Goal| {
        let serving = || portfolio.iter().filter(|idea| goal.is_served_by(idea));
        let week = days::after(as_of, 1 - WEEK)..=as_of;
        let hours = |idea: &Idea| -> f64 {
            let entries = idea.log.iter().filter(|entry| week.contains(&entry.date));
            entries.filter_map(|entry| entry.hours).sum()
        };
        let end = goal.by.map_or(as_of, |by| by.min(as_of));
        let period = goal.since.unwrap_or_else(|| quarter_start(end))..=end;
        let entries = || serving().flat_map(|idea| &idea.log);
        let made: Vec<&str> =
            entries().filter(|entry| period.contains(&entry.date)).filter_map(kind).collect();
        let mut outputs: Vec<(&str, usize, usize)> = Vec::new();
        for wanted in &goal.outputs {
            match outputs.iter_mut().find(|(kind, _, _)| kind.eq_ignore_ascii_case(wanted)) {
                Some((_, _, count)) => *count += 1,
                None => {
                    let count = made.iter().filter(|kind| kind.eq_ignore_ascii_case(wanted));
                    outputs.push((wanted, count.count(), 1));
                }
            }
        }
        let is_active = |idea: &&Idea| effective_status(idea, portfolio, as_of) == Status::Active;
        GoalProgress {
            goal,
            hours: serving().map(hours).sum(),
            outputs,
            ideas: serving().filter(is_active).collect(),
            is_over: goal.is_over(as_of),
        }
    };
    goals.iter().map(progress).collect()
}

/// The active ideas that serve none of the goals that are not over; none where
/// there is no such goal.
#[must_use]
pub fn serving_no_goal<'a>(goals: &[Goal], portfolio: &'a Portfolio, as_of: Date) -> Vec<&'a Idea> {
    let current: Vec<&Goal> = goals.iter().filter(|goal| !goal.is_over(as_of)).collect();
    let serves_none = |idea: &&Idea| {
        !current.is_empty()
            && effective_status(idea, portfolio, as_of) == Status::Active
            && !current.iter().any(|goal| goal.is_served_by(idea))
    };
    portfolio.iter().filter(serves_none).collect()
}

/// The kind of an entry's output: what stands before the colon.
fn kind(entry: &LogEntry) -> Option<&str> {
    let output = entry.output.as_deref()?;
    Some(output.split_once(':').map_or(output, |(kind, _)| kind).trim())
}

/// With at most one decimal; what adds up to nothing is 0 without a sign.
fn number(x: f64) -> f64 {
    (x * 10.0).round() / 10.0 + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = Date::constant(2026, 11, 20);

    fn worked(id: &str, tag: &str, log: &[(Date, f64, &str)]) -> Idea {
        let mut idea = Idea::new(id, id);
        idea.status = Status::Active;
        idea.tags = vec![tag.to_owned()];
        for (day, hours, output) in log {
            let mut entry = LogEntry::from_words(["x"], *day);
            entry.hours = Some(*hours);
            entry.output = Some((*output).to_owned()).filter(|output| !output.is_empty());
            idea.log.push(entry);
        }
        idea
    }

    fn goal(tags: &[&str], outputs: &[&str]) -> Goal {
        let owned = |list: &[&str]| list.iter().map(|one| (*one).to_owned()).collect();
        let (tags, outputs) = (owned(tags), owned(outputs));
        Goal { text: "G".into(), hours_per_week: Some(12.0), tags, outputs, ..Goal::default() }
    }

    #[test]
    fn hours_outputs_and_ideas_are_set_against_a_goal() {
        let ideas = vec![
            worked(
                "a",
                "tooling",
                &[
                    (date(2026, 11, 20), 3.0, "Talk: seminar"),
                    (date(2026, 11, 14), 2.0, "paper"),
                    (date(2026, 11, 13), 4.0, ""),
                    (date(2026, 9, 30), 4.0, "talk: long ago"),
                    (date(2026, 11, 21), 9.0, "talk: tomorrow"),
                ],
            ),
            worked("b", "other", &[(date(2026, 11, 20), 9.0, "paper")]),
        ];
        let portfolio = Portfolio::new(ideas, Vec::new());
        let goals = [goal(&["tooling"], &["paper", "talk", "talk"])];
        let progress = goal_progress(&goals, &portfolio, TODAY);
        assert_eq!(progress[0].sentence(), "12 h a week meant, 5 went in; 2 of 3 outputs");
        assert_eq!(progress[0].short(), "5 of 12 h a week · 1 of 1 paper · 1 of 2 talk");
        let names = |ideas: &[&Idea]| ideas.iter().map(|idea| idea.id.clone()).collect::<Vec<_>>();
        assert_eq!(names(&progress[0].ideas), ["a"]);
        assert_eq!(names(&serving_no_goal(&goals, &portfolio, TODAY)), ["b"]);
        let since = Goal { since: Some(date(2026, 9, 1)), ..goals[0].clone() };
        assert_eq!(goal_progress(&[since], &portfolio, TODAY)[0].made(), (3, 3));
    }

    #[test]
    fn a_goal_that_is_over_asks_nothing_of_an_idea() {
        let portfolio = Portfolio::new(vec![worked("a", "x", &[])], Vec::new());
        let over = Goal { by: Some(date(2026, 11, 19)), ..goal(&["y"], &[]) };
        assert!(serving_no_goal(std::slice::from_ref(&over), &portfolio, TODAY).is_empty());
        assert!(goal_progress(&[over], &portfolio, TODAY)[0].is_over);
        assert!(serving_no_goal(&[], &portfolio, TODAY).is_empty());
        let bare = Goal { text: "G".into(), ..Goal::default() };
        assert_eq!(goal_progress(&[bare], &portfolio, TODAY)[0].sentence(), "");
    }
}
