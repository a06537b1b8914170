//! The estimates of an idea, looked at again after a promise about it was judged, or
//! after many hours of work.

use crate::domain::{BetInput, Edit, Field, Rating, Value};
use crate::judge::{Recheck, RecheckReason, rechecks};
use crate::tui::action::Action;
use crate::tui::world::World;

use super::dialog::{Answer, Dialog, Form, Step, TypedLine};
use super::rate::read_rating;

/// What do you think now, about one idea and then the next of these.
#[derive(Debug)]
pub(crate) struct ThinkAgain {
    /// The ideas, the first one first.
    pub ids: Vec<String>,
}

impl ThinkAgain {
    /// The question about those ideas whose estimates are to be looked at again once
    /// these edits are made; `None` where there is none.
    pub(super) fn after<'e>(
        edits: impl IntoIterator<Item = &'e Edit>,
        is_asked: impl Fn(&str) -> bool,
        world: &World,
    ) -> Option<Action> {
        let mut portfolio = world.portfolio.portfolio().clone();
        for edit in edits {
            portfolio.apply(edit).ok()?;
        }
        let due = rechecks(&portfolio, world.portfolio.as_of());
        let ids = due.iter().filter_map(|recheck| portfolio.at(recheck.position));
        let ids: Vec<String> = ids.map(|it| it.id.clone()).filter(|id| is_asked(id)).collect();
        (!ids.is_empty()).then(|| Action::ask(Self { ids }))
    }

    /// The idea in question, with its estimates as they stand.
    fn current(&self, world: &World) -> Option<Recheck> {
        let id = self.ids.first()?;
        let portfolio = world.portfolio.portfolio();
        let due = rechecks(portfolio, world.portfolio.as_of());
        due.into_iter()
            .find(|recheck| portfolio.at(recheck.position).is_some_and(|it| it.id == *id))
    }

    fn estimates(&self, world: &World) -> Vec<(Field, Option<Rating>)> {
        self.current(world).map(|recheck| recheck.estimates).unwrap_or_default()
    }
}

impl Dialog for ThinkAgain {
    fn name(&self) -> &'static str {
        "think-again"
    }

    fn label(&self, world: &World) -> String {
        let idea = self.ids.first().and_then(|id| world.portfolio.idea(id));
        let title = idea.map_or("an idea that is gone", |idea| idea.title.as_str());
        let title = crate::text::sanitize(title);
        match self.current(world).map(|recheck| recheck.reason) {
            Some(RecheckReason::Hours(hours)) => {
                format!("{title} · {hours:.0} h later: what do you think now?")
            }
            _ => format!("{title}: what do you think now?"),
        }
    }

    fn verb(&self) -> &'static str {
        "keep"
    }

    fn form(&self, world: &World) -> Form {
        let line = |(field, before): (Field, Option<Rating>)| {
            let (label, text) = match field {
                Field::BetInput(BetInput::Chance) => ("chance", before.map(percent)),
                Field::BetInput(_) => ("edge", before.map(|before| before.to_string())),
                _ => ("headroom", before.map(|before| before.to_string())),
            };
            let hint = "before; Enter keeps it, what you type takes its place";
            TypedLine::new(label, hint).suggesting(&text.unwrap_or_default())
        };
        Form::lines(self.estimates(world).into_iter().map(line).collect())
    }

    fn preview(
        &self,
        answer: &Answer,
        line: usize,
        world: &World,
    ) -> Result<Option<String>, String> {
        let estimates = self.estimates(world);
        let Some((field, before)) = estimates.get(line) else { return Ok(None) };
        let now = read_rating(*field, answer.line(line))?;
        let shown =
            |rating: Option<Rating>| rating.map_or("unknown".to_owned(), |it| shown(*field, it));
        Ok((now != *before).then(|| format!("{}, before {}", shown(now), shown(*before))))
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Step {
        let Some(id) = self.ids.first().cloned() else { return Step::Done(Vec::new()) };
        let mut edits = Vec::new();
        for (line, (field, before)) in self.estimates(world).into_iter().enumerate() {
            match read_rating(field, answer.line(line)) {
                Ok(now) if now != before => {
                    edits.push(Edit::set(&id, field, now.map(Value::Rating)));
                }
                Ok(_) => {}
                Err(reason) => return Step::Refused(reason),
            }
        }
        edits.push(Recheck::looked_at(&id, world.portfolio.as_of()));
        self.ids.remove(0);
        let mut actions = vec![Action::Edit(Edit::Group(edits))];
        if !self.ids.is_empty() {
            actions.push(Action::ask(Self { ids: std::mem::take(&mut self.ids) }));
        }
        Step::Done(actions)
    }
}

fn shown(field: Field, rating: Rating) -> String {
    match field {
        Field::BetInput(BetInput::Chance) => percent(rating),
        _ => rating.to_string(),
    }
}

fn percent(chance: Rating) -> String {
    let number = |share: f64| (share * 1000.0).round() / 10.0;
    let (low, high) = (number(chance.low()), number(chance.high()));
    if chance.is_value() { format!("{low} %") } else { format!("{low}–{high} %") }
}
