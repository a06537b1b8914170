//! From commands on an idea to the questions that lead to a decision.

use super::super::Action;
use crate::command::Command;
use crate::domain::{Idea, Outcome, PromiseResult, Status};
use crate::judge::{PromiseState, Review, describe_promise};
use crate::tui::dialogs::{About, Prompt, Question, Then};

/// Why ideas are given up, in the order of their numbers; each can be put into
/// other words.
pub(crate) const CAUSES: [&str; 6] = [
    "no traction for the effort it takes",
    "a better candidate waits",
    "somebody else did it",
    "too hard for us now",
    "it no longer matters",
    "",
];

/// Where an idea comes back to.
pub(crate) const RETURNS: [(Status, &str); 3] = [
    (Status::Active, "work on it again"),
    (Status::Shortlist, "one of the few to choose from"),
    (Status::Inbox, "look at it afresh"),
];

/// What a promise looks like in one line.
pub(crate) const PROMISE_HINT: &str = "day, chance, level or claim: 6w 70% t5 beats the baseline";

/// What a command on an idea leads to.
pub(super) fn action(command: Command, idea: &Idea, review: &Review) -> Option<Action> {
    use Command as C;
    let title = &idea.title;
    Some(match command {
        C::Log => Action::Ask(Prompt::log(&idea.id)),
        C::Continue => {
            line(idea, "go on, because", "what makes it worth going on", Question::GoOnWhy)
        }
        C::Pivot => {
            let hint = "the title of the new idea; this one is given up for it";
            line(idea, "pivot to", hint, Question::PivotTitle)
        }
        C::Park => {
            let then = Then::Idea { id: idea.id.clone(), about: About::Why(Status::Parked) };
            Action::Ask(Prompt::line("parked, because", "", "what has to happen first", then))
        }
        C::Abandon => {
            let causes =
                CAUSES.map(|cause| if cause.is_empty() { "something else" } else { cause });
            list(idea, format!("{title} is given up, because"), &causes, Question::Cause)
        }
        C::Revive => {
            let lines = RETURNS.map(|(_, meaning)| meaning);
            list(idea, format!("{title} comes back:"), &lines, Question::Revive)
        }
        C::Promise => promise(idea, review),
        C::JudgePromise => {
            let at = open_promise(idea, review)?;
            let said = describe_promise(idea.promises.get(at)?);
            let lines: Vec<&str> = PromiseResult::ALL.iter().map(|result| result.id()).collect();
            list(idea, format!("{said}:"), &lines, Question::PromiseEnd { at })
        }
        C::LookBack => {
            let lines: Vec<&str> = Outcome::ALL.iter().map(|outcome| meaning(*outcome)).collect();
            list(idea, format!("{title}: what the world made of it"), &lines, Question::Outcome)
        }
        C::Recall => {
            let hint = "total hours, then up to five levels 0–10, oldest first: 40h 2 4 5";
            line(idea, "from memory", hint, Question::Recall)
        }
        _ => return None,
    })
}

/// The promise that can be judged: the one that asks for it first, else the one
/// that stands.
pub(super) fn open_promise(idea: &Idea, review: &Review) -> Option<usize> {
    let open = review.promises.iter().filter(|standing| {
        let recorded = idea.promises.get(standing.position).is_none_or(|p| p.result.is_some());
        !recorded && standing.state != PromiseState::Void
    });
    open.max_by_key(|standing| (standing.asks, standing.state == PromiseState::Pending))
        .map(|standing| standing.position)
}

/// Asks for a promise; the one that stands is there to be moved.
fn promise(idea: &Idea, review: &Review) -> Action {
    let pending = review.promises.iter().find(|p| p.state == PromiseState::Pending);
    let text = pending.and_then(|standing| idea.promises.get(standing.position));
    let label = if text.is_some() { "promise, moved" } else { "promise" };
    let text = text.map(crate::domain::Promise::to_line).unwrap_or_default();
    let then = about(idea, Question::Promise);
    Action::Ask(Prompt::line(label, text, PROMISE_HINT, then))
}

const fn meaning(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Mattered => "others did it and it mattered",
        Outcome::Fizzled => "it was done and fizzled",
        Outcome::Open => "still open",
        Outcome::Nothing => "there was nothing in it",
    }
}

fn about(idea: &Idea, question: Question) -> Then {
    Then::Idea { id: idea.id.clone(), about: About::Review(question) }
}

fn line(idea: &Idea, label: &str, hint: &str, question: Question) -> Action {
    Action::Ask(Prompt::line(label, "", hint, about(idea, question)))
}

fn list(idea: &Idea, label: String, lines: &[&str], question: Question) -> Action {
    let lines = lines.iter().map(|line| (*line).to_owned()).collect();
    Action::Ask(Prompt::list(label, lines, 0, about(idea, question)))
}
