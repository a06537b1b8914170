//! Going on with an idea that the review asks about.

use crate::domain::{CleanSlate, Date, Decision, Edit, Entry, Idea, Status};
use crate::judge::{level_forecast, percent};
use crate::text::sanitize;
use crate::tui::action::Action;
use crate::tui::world::World;

use super::dialog::{Answer, Dialog, Form, Prompt, TypedLine, decided, decision, idea, titled};
use super::promise::{PROMISE_HINT, day, promise_of, promised};

/// Going on: a reason, and a promise only where none stands.
#[derive(Debug)]
pub(crate) struct GoOn {
    pub id: String,
    /// The answer to "would you start this today?", if it was asked.
    pub slate: Option<CleanSlate>,
}

impl GoOn {
    fn has_promise(&self, world: &World) -> bool {
        let idea = world.portfolio.idea(&self.id);
        idea.is_some_and(|idea| idea.standing_promise(world.portfolio.as_of()).is_some())
    }
}

impl Dialog for GoOn {
    fn prompt(&self, world: &World) -> Prompt {
        let again = world.portfolio.idea(&self.id).and_then(last_reason);
        let hint = match (&self.slate, &again) {
            (_, Some((day, _))) => {
                format!(
                    "what you wrote on {}; the first letter you type replaces it",
                    day.strftime("%-d %b")
                )
            }
            (Some(CleanSlate::No), None) => {
                "you would not start it today: what speaks for it?".to_owned()
            }
            _ => "what makes it worth going on".to_owned(),
        };
        let question = match self.slate {
            Some(CleanSlate::No) => "Why go on, against your \"no\"?",
            _ => "Why go on?",
        };
        let why = TypedLine::new(question, hint).suggesting(again.map_or("", |(_, why)| why));
        let promise = (!self.has_promise(world))
            .then(|| TypedLine::new("Promise", format!("{PROMISE_HINT}; may stay empty")));
        let label = format!("Continue {}", titled(&self.id, world));
        let form = Form::lines(std::iter::once(why).chain(promise).collect());
        Prompt::new("continue", label, form).verb("continue")
    }

    fn about(&self, _answer: &Answer, world: &World) -> Vec<String> {
        let today = world.portfolio.as_of();
        let idea = world.portfolio.idea(&self.id);
        let Some((_, promise)) = idea.and_then(|idea| idea.standing_promise(today)) else {
            return Vec::new();
        };
        let mut said = Vec::new();
        said.extend(promise.traction.map(|level| format!("level {level}")));
        said.extend(promise.claim.as_deref().map(|claim| format!("\"{}\"", sanitize(claim))));
        let yours = promise.chance.map(|chance| format!("you {}", percent(chance)));
        let log = promise.traction.and_then(|level| {
            let rule = world.portfolio.stall_rule();
            let foretold = level_forecast(idea?, level, promise.by, rule, today)?;
            Some(format!("the log {}", percent(foretold.chance)))
        });
        let chances: Vec<String> = yours.into_iter().chain(log).collect();
        let chances =
            if chances.is_empty() { String::new() } else { format!(" ({})", chances.join(", ")) };
        let said = said.join(" and ");
        vec![format!("The promise stands: {said} by {}{chances}.", day(promise.by))]
    }

    fn preview(&self, answer: &Answer, at: usize, world: &World) -> Result<Option<String>, String> {
        if at == 0 { Ok(None) } else { promised(&self.id, answer.line(at), world) }
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        if answer.text().is_empty() {
            return Err("a reason is needed: what makes it worth going on?".to_owned());
        }
        Ok(vec![Action::Edit(self.goes_on(idea(&self.id, world)?, answer, world)?)])
    }
}

impl GoOn {
    fn goes_on(&self, idea: &Idea, answer: &Answer, world: &World) -> Result<Edit, String> {
        let today = world.portfolio.as_of();
        let promise = match answer.line(1) {
            "" => None,
            line => Some(promise_of(line, today)?),
        };
        let judged =
            promise.as_ref().or(idea.standing_promise(today).map(|(_, standing)| standing));
        let foretold = judged.and_then(|promise| {
            let rule = world.portfolio.stall_rule();
            level_forecast(idea, promise.traction?, promise.by, rule, today)
        });
        let mut decision = decision(idea, Status::Active, answer.text(), world);
        decision.clean_slate = self.slate;
        decision.log_chance = foretold.map(|foretold| foretold.chance);
        let mut edits = decided(idea, decision);
        edits.extend(promise.map(|promise| Edit::append(idea, Entry::Promise(promise))));
        Ok(Edit::Group(edits))
    }
}

/// When and why it was last decided to go on.
fn last_reason(idea: &Idea) -> Option<(Date, &str)> {
    let last = idea.decisions.last()?;
    let went_on = (last.from, last.to) == (Status::Active, Status::Active);
    (went_on && !last.why.is_empty()).then_some((last.date, last.why.as_str()))
}

/// A new idea that grew out of one, which is dropped for it.
#[derive(Debug)]
pub(crate) struct NewIdea {
    pub id: String,
    /// The answer to "would you start this today?", if it was asked.
    pub slate: Option<CleanSlate>,
}

impl Dialog for NewIdea {
    fn prompt(&self, world: &World) -> Prompt {
        let form = Form::lines(vec![
            TypedLine::new("Title", "the new idea; this one is dropped for it"),
            TypedLine::new(
                "Why",
                "what this one taught that the new one builds on; may stay empty",
            ),
        ]);
        let label = format!("A new idea out of {}", titled(&self.id, world));
        Prompt::new("new idea out of this one", label, form)
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        if answer.text().is_empty() {
            return Err("the new idea needs a title".to_owned());
        }
        let idea = idea(&self.id, world)?;
        Ok(vec![Action::Edit(self.grows_out(idea, answer.line(0), answer.line(1), world))])
    }
}

impl NewIdea {
    /// Gives an idea up for a new one that keeps its tags, its people and its
    /// folder, and says where it comes from.
    fn grows_out(&self, idea: &Idea, title: &str, why: &str, world: &World) -> Edit {
        let today = world.portfolio.as_of();
        let id = world.portfolio.free_id(title);
        let because = if why.is_empty() { String::new() } else { format!(": {why}") };
        let origin = format!("grew out of {}{because}", idea.id);
        let started = Decision::new(today, Status::Inbox, Status::Active, origin.clone());
        let new = Idea {
            summary: format!("It {origin}."),
            tags: idea.tags.clone(),
            people: idea.people.clone(),
            dir: idea.dir.clone(),
            created: Some(today),
            status: Status::Active,
            decisions: vec![started],
            ..Idea::new(id.clone(), title)
        };
        let why = format!("a new idea grew out of it, {id}{because}");
        let mut given_up = decision(idea, Status::Abandoned, &why, world);
        given_up.clean_slate = self.slate;
        let mut edits = decided(idea, given_up);
        edits.push(Edit::Add { idea: Box::new(new), before: None });
        Edit::Group(edits)
    }
}
