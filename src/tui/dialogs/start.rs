//! Starting an idea: why this one, the cheapest test, and a promise.

use crate::domain::{CaseField, Edit, Entry, Field, Idea, Status, Value};
use crate::judge::{level_forecast, ordinal, passed_over};
use crate::text::sanitize;
use crate::tui::action::Action;
use crate::tui::world::World;

use super::dialog::{Answer, Dialog, Form, Prompt, TypedLine, decided, decision, idea, titled};
use super::line_assist::{behind, days, fitting};
use super::promise::{PROMISE_HINT, promise_of, promised};

/// Ideas above it that are named at most.
const NAMED: usize = 3;

#[derive(Debug)]
pub(crate) struct Start {
    id: String,
    /// What stands in the way, in sentences; empty if nothing does.
    passed_over: Vec<String>,
}

impl Start {
    /// The question about an idea: those above it that are clearly better are named.
    pub(crate) fn new(idea: &Idea, world: &World) -> Self {
        Self { id: idea.id.clone(), passed_over: warning(idea, world) }
    }

    const fn asks_why(&self) -> bool {
        !self.passed_over.is_empty()
    }

    /// The typed line for the cheapest test, and the one behind it.
    const fn test_line(&self) -> usize {
        self.asks_why() as usize
    }
}

impl Dialog for Start {
    fn prompt(&self, world: &World) -> Prompt {
        let test = world.portfolio.idea(&self.id).and_then(|idea| idea.case(CaseField::Test));
        let hint = "what could show within days that it will not work? May stay empty";
        let promise = format!("{PROMISE_HINT}; may stay empty");
        let why = TypedLine::new("Why this one?", "what makes it worth starting before those");
        let why = self.asks_why().then_some(why);
        let others = [
            TypedLine::new("Cheapest test", hint).with(test.unwrap_or_default()),
            TypedLine::new("Promise", promise),
        ];
        let form = Form::lines(why.into_iter().chain(others).collect());
        Prompt::new("start", format!("Start {}", titled(&self.id, world)), form).verb("start")
    }

    fn about(&self, _answer: &Answer, _world: &World) -> Vec<String> {
        self.passed_over.clone()
    }

    fn preview(&self, answer: &Answer, at: usize, world: &World) -> Result<Option<String>, String> {
        if at != self.test_line() + 1 {
            return Ok(None);
        }
        promised(&self.id, answer.line(at), world)
    }

    fn complete(&self, line: usize, front: &str, _: &World) -> (usize, Vec<String>) {
        if line != self.test_line() + 1 {
            return (0, Vec::new());
        }
        fitting(behind(front, |c| c == ','), front, days())
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        let why = if self.asks_why() { answer.line(0) } else { "" };
        if self.asks_why() && why.is_empty() {
            return Err("why this one, before those above it?".to_owned());
        }
        let (test, promise) = (answer.line(self.test_line()), answer.line(self.test_line() + 1));
        Ok(vec![Action::Edit(started(idea(&self.id, world)?, why, test, promise, world)?)])
    }
}

fn started(
    idea: &Idea,
    why: &str,
    test: &str,
    promise: &str,
    world: &World,
) -> Result<Edit, String> {
    let today = world.portfolio.as_of();
    let promise = match promise {
        "" => None,
        line => Some(promise_of(line, today)?),
    };
    let level = promise.as_ref().and_then(|promise| Some((promise.traction?, promise.by)));
    let foretold = level.and_then(|(level, by)| {
        level_forecast(idea, level, by, world.portfolio.stall_rule(), today)
    });
    let mut decision = decision(idea, Status::Active, why, world);
    decision.log_chance = foretold.map(|foretold| foretold.chance);
    let mut edits = decided(idea, decision);
    let test = (!test.is_empty()).then(|| Value::Text(test.to_owned()));
    if idea.get(Field::Case(CaseField::Test)) != test {
        edits.push(Edit::set(&idea.id, Field::Case(CaseField::Test), test));
    }
    edits.extend(promise.map(|promise| Edit::append(idea, Entry::Promise(promise))));
    Ok(Edit::Group(edits))
}

/// What is said before an idea is started that stands below the cut.
fn warning(idea: &Idea, world: &World) -> Vec<String> {
    let (scored, k) = (&world.portfolio, world.settings.current().pursued);
    let Some(position) = scored.position(&idea.id) else { return Vec::new() };
    let rules = (scored.rule(), scored.stall_rule());
    let above = passed_over(scored, scored.scores(), rules, k, position, scored.as_of());
    if above.is_empty() {
        return Vec::new();
    }
    let place = scored.rank_of(&idea.id).map_or_else(String::new, |(rank, of)| {
        format!("It stands {} of {of} by score. ", ordinal(rank))
    });
    let mut said = vec![format!("{place}Clearly above it, not started:")];
    said.extend(above.iter().take(NAMED).filter_map(|(at, rank)| {
        Some(format!("  {rank}  {}", sanitize(&scored.at(*at)?.0.title)))
    }));
    let running = scored.iter().filter(|idea| idea.status == Status::Active).count();
    if running >= k {
        said.push(format!("{running} ideas are running; you mean to pursue {k}."));
    }
    said
}
