//! Promises and practice forecasts: a day, a chance, and a level or a claim, in
//! one line and in any order.

use crate::domain::{Date, Edit, Entry, Idea, Statement, day_from_words, not_ahead};
use crate::judge::{level_forecast, percent, reminder};
use crate::tui::action::Action;
use crate::tui::world::World;

use super::dialog::{Answer, Dialog, Form, Prompt, idea, titled};
use super::line_assist::{behind, days, fitting};

pub(super) const PROMISE_HINT: &str =
    "day, chance, and a level 0–10 or a claim: 6 weeks, 60 %, level 5";

/// A promise; the one that stands is there to be moved.
#[derive(Debug)]
pub(crate) struct Promise {
    pub id: String,
}

impl Dialog for Promise {
    fn prompt(&self, world: &World) -> Prompt {
        let today = world.portfolio.as_of();
        let idea = world.portfolio.idea(&self.id);
        let standing = idea.and_then(|idea| idea.standing_promise(today));
        let text = standing.map(|(_, promise)| Statement::line(promise, today)).unwrap_or_default();
        let hint = match text.as_str() {
            "" => PROMISE_HINT,
            _ => "the one that stands: type what changes, such as a new day; → edits the line",
        };
        let form = Form::suggested(&text, hint);
        Prompt::new("promise", format!("promise for {}", titled(&self.id, world)), form)
    }

    fn preview(&self, answer: &Answer, _: usize, world: &World) -> Result<Option<String>, String> {
        promised(&self.id, answer.text(), world)
    }

    fn complete(&self, _: usize, front: &str, _: &World) -> (usize, Vec<String>) {
        fitting(behind(front, |c| c == ','), front, days())
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        let today = world.portfolio.as_of();
        let idea = idea(&self.id, world)?;
        let said = over_standing(Statement::read(answer.text(), today)?, idea, today);
        Ok(vec![Action::Edit(Edit::promise(idea, said.promise(today)?, today))])
    }
}

/// What a line says, with what it leaves open taken from the promise that stands.
fn over_standing(said: Statement, idea: &Idea, today: Date) -> Statement {
    let Some((_, standing)) = idea.standing_promise(today) else { return said };
    let says_what = !said.claim.is_empty() || said.level.is_some();
    let claim = standing.claim.clone().filter(|_| !says_what).unwrap_or(said.claim);
    Statement {
        by: said.by.or(Some(standing.by)),
        chance: said.chance.or(standing.chance),
        level: if says_what { said.level } else { standing.traction },
        claim,
    }
}

/// The promise that a line makes.
pub(super) fn promise_of(text: &str, today: Date) -> Result<crate::domain::Promise, String> {
    Statement::read(text, today)?.promise(today)
}

/// What is understood of a promise about an idea that is being typed, with what
/// the log says of its level and what became of promises like it.
pub(super) fn promised(id: &str, text: &str, world: &World) -> Result<Option<String>, String> {
    let today = world.portfolio.as_of();
    let said = Statement::read(text, today)?;
    if text.is_empty() {
        return Ok(None);
    }
    let said = match world.portfolio.idea(id) {
        Some(idea) => over_standing(said, idea, today),
        None => said,
    };
    if let Some(by) = said.by.filter(|by| *by <= today) {
        return Err(not_ahead(by, today));
    }
    let mut parts = Vec::new();
    parts.extend((!said.claim.is_empty()).then(|| said.claim.clone()));
    parts.extend(said.level.map(|level| format!("level {level} or more")));
    parts.push(match said.by {
        Some(by) => format!("by {}", day(by)),
        None => "by when?".to_owned(),
    });
    let foretold = said.level.zip(said.by).and_then(|(level, by)| {
        let idea = world.portfolio.idea(id)?;
        level_forecast(idea, level, by, world.portfolio.stall_rule(), today)
    });
    let log = foretold.map(|foretold| format!("the log gives {}", percent(foretold.chance)));
    if let Some(chance) = said.chance {
        let yours = format!("you give it {}", percent(chance));
        parts.push(log.map_or(yours.clone(), |log| format!("{yours}, {log}")));
        let remembered = reminder(&world.portfolio, chance, today);
        parts.extend((!remembered.is_empty()).then_some(remembered));
    } else {
        parts.extend(log);
    }
    Ok(Some(parts.join(" · ")))
}

/// `Fri 27 Nov`, with the year where it is another one than is obvious.
pub(super) fn day(day: Date) -> String {
    day.strftime("%a %-d %b %Y").to_string()
}

/// A practice forecast: it has no consequences.
#[derive(Debug)]
pub(crate) struct Forecast {
    pub id: String,
}

impl Dialog for Forecast {
    fn prompt(&self, world: &World) -> Prompt {
        let form =
            Form::line("what will this week's run show, and how sure are you? A beats B 70% fri");
        Prompt::new("forecast", format!("forecast for {}", titled(&self.id, world)), form)
    }

    fn preview(&self, answer: &Answer, _: usize, world: &World) -> Result<Option<String>, String> {
        let today = world.portfolio.as_of();
        let said = Statement::read(answer.text(), today)?;
        if answer.text().is_empty() {
            return Ok(None);
        }
        if let Some(by) = said.by.filter(|by| *by <= today) {
            return Err(not_ahead(by, today));
        }
        let chance = said.chance.map_or("how sure are you?".to_owned(), |chance| {
            format!("you give it {}", percent(chance))
        });
        let by = said.by.or_else(|| day_from_words("1w", today)).map(day).unwrap_or_default();
        let level = said.level.map(|level| format!("level {level} or more · "));
        let level = level.unwrap_or_default();
        let claim = if said.claim.is_empty() { "…" } else { &said.claim };
        Ok(Some(format!("{claim} · {level}{chance} · by {by}")))
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        let today = world.portfolio.as_of();
        let idea = idea(&self.id, world)?;
        let forecast = Statement::read(answer.text(), today)?.forecast(today)?;
        Ok(vec![Action::Edit(Edit::append(idea, Entry::Forecast(forecast)))])
    }
}
