//! From commands on the card to decisions about it and questions first.

use crate::command::{Command, Invocation};
use crate::domain::{BetKind, CaseField, Date, Edit, Field, Idea, Status, Value, day_from_words};
use crate::tui::ask::{About, Prompt, Then};
use crate::tui::backlog::Backlog;

use super::{Proposal, TriageScreen, rating};

/// How long "not now" is.
const NOT_NOW: &str = "3m";

/// What a command on the card on the table leads to.
pub(super) fn proposals(
    screen: &mut TriageScreen,
    invocation: Invocation,
    backlog: &Backlog,
) -> Vec<Proposal> {
    use Command as C;
    let Some(idea) = screen.idea(backlog) else { return Vec::new() };
    let field = screen.question.unwrap_or(Field::Bet);
    let proposal = match invocation.command {
        C::Drop | C::GiveUp => Some(Proposal::Ask(Prompt::cause(idea))),
        C::NotNow => not_now(idea, backlog.as_of()),
        C::ParkUntil => {
            let hint = "a day (2w, next month, 2027-03-01), or words of an idea to wait for";
            Some(ask(idea, "park until", hint, About::Park))
        }
        C::Shortlist => {
            let first = CaseField::ALL.first().copied();
            first.map(|first| Proposal::Ask(Prompt::case(idea, Vec::new(), first)))
        }
        C::Start => {
            let hint = "a promise: by which day will something hold? empty for none";
            Some(ask(idea, "promise by", hint, About::PromiseBy))
        }
        C::MergeInto => {
            let hint = "words of the idea that takes this one in";
            let echo = screen.reminders(backlog).and_then(|recalled| recalled.lines.first());
            let guess = echo.map_or("", |echo| &echo.id);
            let then = Then::Idea { id: idea.id.clone(), about: About::Merge };
            Some(Proposal::Ask(Prompt::line("merge into", guess, hint, then)))
        }
        C::Rate if field == Field::Bet => bet(idea, invocation.digit.unwrap_or(0)),
        // The bet is answered by its two numbers, not on a scale.
        C::Exact | C::Range | C::NudgeDown | C::NudgeUp if field == Field::Bet => {
            Some(Proposal::Say("1 is hot, 2 is next-hot".to_owned()))
        }
        _ => rating::proposal(invocation, idea, field),
    };
    proposal.into_iter().collect()
}

fn ask(idea: &Idea, label: &str, hint: &str, about: About) -> Proposal {
    Proposal::Ask(Prompt::line(label, "", hint, Then::Idea { id: idea.id.clone(), about }))
}

fn not_now(idea: &Idea, today: Date) -> Option<Proposal> {
    let day = day_from_words(NOT_NOW, today)?;
    let mut edits = vec![
        Edit::decide(idea, Status::Parked, today, "not now"),
        Edit::set(&idea.id, Field::ParkedUntil, Some(Value::Date(day))),
    ];
    if idea.parked_on.is_some() {
        edits.push(Edit::set(&idea.id, Field::ParkedOn, None));
    }
    Some(Proposal::Edit(Edit::Group(edits)))
}

fn bet(idea: &Idea, digit: u8) -> Option<Proposal> {
    let kind = usize::from(digit).checked_sub(1).and_then(|at| BetKind::ALL.get(at).copied());
    match kind {
        None => Some(Proposal::Say("1 is hot, 2 is next-hot".to_owned())),
        Some(kind) if idea.bet == Some(kind) => {
            Some(Proposal::Say(format!("{} already", kind.id())))
        }
        Some(kind) => Some(Proposal::Edit(Edit::set(&idea.id, Field::Bet, Some(Value::Bet(kind))))),
    }
}
