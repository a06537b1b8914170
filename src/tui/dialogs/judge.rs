//! Judging every forecast and promise that is due, in one box; then the estimates of the
//! ideas, looked at again.

use crate::domain::{BetInput, Edit, Entry, Field, Portfolio, Rating, Value};
use crate::judge::{
    DueEntry, ForecastHistory, Judgement, Recheck, RecheckReason, due_entries, percent, rechecks,
};
use crate::text::{fit, sanitize};
use crate::tui::action::Action;
use crate::tui::world::World;

use super::dialog::{Answer, Dialog, Form, List, Prompt, TypedLine, idea, shown_day};
use super::rate::read_rating;

const CLAIM: usize = 46;

/// What is due, a line each: `y` came true, `n` did not, `v` cannot be judged,
/// `s` later.
#[derive(Debug, Default)]
pub(crate) struct Judge {
    due: Vec<DueEntry>,
    /// What was said of each so far.
    judged: Vec<Option<Judgement>>,
    at: usize,
}

impl Judge {
    /// The question about all that is due; `None` if nothing is.
    pub(crate) fn new(world: &World) -> Option<Self> {
        let due = due_entries(&world.portfolio, world.portfolio.as_of());
        let judged = vec![None; due.len()];
        (!due.is_empty()).then_some(Self { due, judged, at: 0 })
    }

    /// To which idea the line of this number belongs, and since when it waits.
    fn explained(&self, at: usize, world: &World) -> Option<String> {
        let due = self.due.get(at)?;
        let title = sanitize(&world.portfolio.idea(&due.id)?.title).into_owned();
        let today = world.portfolio.as_of();
        let day = |day| shown_day(day, today);
        let (kind, set, by) = match &due.entry {
            Entry::Forecast(forecast) => ("forecast", forecast.set, forecast.by),
            Entry::Promise(promise) => ("promise", promise.set, promise.by),
            Entry::Log(_) | Entry::Decision(_) => return None,
        };
        let set = set.map(|set| format!(" of {}", day(set))).unwrap_or_default();
        Some(format!("{title} · {kind}{set} for {}", day(by)))
    }

    /// The question what is thought now of the ideas whose promises were judged,
    /// once these edits are made; `None` where no estimate is to be looked at.
    fn think_again(&self, edits: &[Edit], world: &World) -> Option<Action> {
        let is_judged = |id: &str| {
            let mut judged = self.due.iter().zip(&self.judged);
            judged.any(|(due, judged)| {
                due.id == id && matches!(due.entry, Entry::Promise(_)) && judged.is_some()
            })
        };
        ThinkAgain::after(edits, is_judged, world)
    }

    /// What was judged, in a sentence, with what the forecasts so far say.
    fn over(&self, world: &World) -> Action {
        let count = |judgement| self.judged.iter().filter(|it| **it == Some(judgement)).count();
        let (yes, no, void) = (count(Judgement::Yes), count(Judgement::No), count(Judgement::Void));
        if yes + no + void == 0 {
            return Action::Say("Nothing was judged; it waits.".to_owned());
        }
        let void = if void > 0 { format!(", {void} void") } else { String::new() };
        let total = self.judged.iter().flatten().count();
        let (portfolio, today) = (&world.portfolio, world.portfolio.as_of());
        let advice = ForecastHistory::of(portfolio, today).of_all();
        let advice = advice.map(|all| format!(" {}", all.advice())).unwrap_or_default();
        Action::Say(format!("Judged {total}: {yes} true, {no} not{void}.{advice}"))
    }
}

impl Dialog for Judge {
    fn prompt(&self, _: &World) -> Prompt {
        let lines = self.due.iter().zip(&self.judged).map(|(due, judged)| line(due, *judged));
        let keys = vec![('y', "came true"), ('n', "did not"), ('v', "void"), ('s', "later")];
        let form = Form::List(List { lines: lines.collect(), cursor: self.at, keys, columns: 1 });
        Prompt::new("judge", format!("Due: {}", self.due.len()), form).verb("later")
    }

    fn about(&self, answer: &Answer, world: &World) -> Vec<String> {
        self.explained(answer.chosen().unwrap_or_default(), world).into_iter().collect()
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        let (at, judgement) = match answer {
            Answer::Key('y', at) => (*at, Some(Judgement::Yes)),
            Answer::Key('n', at) => (*at, Some(Judgement::No)),
            Answer::Key('v', at) => (*at, Some(Judgement::Void)),
            Answer::Key(_, at) | Answer::Chosen(at) => (*at, None),
            Answer::Typed(_) => return Ok(Vec::new()),
        };
        let Some(due) = self.due.get_mut(at) else { return Ok(Vec::new()) };
        let mut edits: Vec<Edit> = Vec::new();
        if let Some(judgement) = judgement {
            let today = world.portfolio.as_of();
            let edit = due.judge(idea(&due.id, world)?, judgement, today);
            edits.extend(Some(edit.ok_or("it was changed, or judged, meanwhile")?));
            self.judged[at] = Some(judgement);
        }
        self.at = at + 1;
        let next = if self.at < self.due.len() {
            vec![Action::ask(std::mem::take(self))]
        } else {
            std::iter::once(self.over(world)).chain(self.think_again(&edits, world)).collect()
        };
        Ok(edits.into_iter().map(Action::Edit).chain(next).collect())
    }

    fn cancelled(&mut self, world: &World) -> Vec<Action> {
        if self.judged.iter().flatten().next().is_some() {
            std::iter::once(self.over(world)).chain(self.think_again(&[], world)).collect()
        } else {
            Vec::new()
        }
    }
}

fn line(due: &DueEntry, judged: Option<Judgement>) -> String {
    let (kind, claim, chance) = match &due.entry {
        Entry::Forecast(forecast) => {
            ("forecast", format!("\"{}\"", forecast.claim), Some(forecast.chance))
        }
        Entry::Promise(promise) => {
            ("promise", crate::judge::describe_promise(promise), promise.chance)
        }
        Entry::Log(_) | Entry::Decision(_) => ("", String::new(), None),
    };
    let said = match judged {
        Some(Judgement::Yes) => "true",
        Some(Judgement::No) => "not",
        Some(Judgement::Void) => "void",
        None => "",
    };
    let mark = if judged.is_some() { "✓" } else { " " };
    let chance = chance.map(percent).unwrap_or_default();
    let claim = fit(&sanitize(&claim), CLAIM);
    format!("{mark} {claim}  {kind:<8}  {chance:>5}  {said}")
}

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
        let mut portfolio = Portfolio::clone(&world.portfolio);
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
        let portfolio = &world.portfolio;
        let due = rechecks(portfolio, world.portfolio.as_of());
        due.into_iter()
            .find(|recheck| portfolio.at(recheck.position).is_some_and(|it| it.0.id == *id))
    }

    fn estimates(&self, world: &World) -> Vec<(Field, Option<Rating>)> {
        self.current(world).map(|recheck| recheck.estimates).unwrap_or_default()
    }
}

impl Dialog for ThinkAgain {
    fn prompt(&self, world: &World) -> Prompt {
        let idea = self.ids.first().and_then(|id| world.portfolio.idea(id));
        let title = idea.map_or("an idea that is gone", |idea| idea.title.as_str());
        let title = crate::text::sanitize(title);
        let recheck = self.current(world);
        let after = match recheck.as_ref().map(|recheck| recheck.reason) {
            Some(RecheckReason::Hours(hours)) => format!(" · {hours:.0} h later"),
            _ => String::new(),
        };
        let about = match recheck.map(|recheck| recheck.estimates.len()) {
            Some(1) => " of its headroom",
            _ => "",
        };
        let label = format!("{title}{after}: what do you think{about} now?");
        let line = |(field, before): (Field, Option<Rating>)| {
            let (label, text) = match field {
                Field::BetInput(BetInput::Chance) => ("chance", before.map(chance_range)),
                Field::BetInput(_) => ("edge", before.map(|before| before.to_string())),
                _ => ("headroom", before.map(|before| before.to_string())),
            };
            let hint = "before; Enter keeps it, what you type takes its place";
            TypedLine::new(label, hint).suggesting(&text.unwrap_or_default())
        };
        let form = Form::lines(self.estimates(world).into_iter().map(line).collect());
        Prompt::new("think-again", label, form).verb("keep")
    }

    fn preview(&self, answer: &Answer, at: usize, world: &World) -> Result<Option<String>, String> {
        let estimates = self.estimates(world);
        let Some((field, before)) = estimates.get(at) else { return Ok(None) };
        let now = read_rating(*field, answer.line(at))?;
        let shown =
            |rating: Option<Rating>| rating.map_or("unknown".to_owned(), |it| shown(*field, it));
        Ok((now != *before).then(|| format!("{}, before {}", shown(now), shown(*before))))
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        let Some(id) = self.ids.first().cloned() else { return Ok(Vec::new()) };
        let mut edits = Vec::new();
        for (line, (field, before)) in self.estimates(world).into_iter().enumerate() {
            let now = read_rating(field, answer.line(line))?;
            if now != before {
                edits.push(Edit::set(&id, field, now.map(Value::Rating)));
            }
        }
        edits.push(Recheck::looked_at(&id, world.portfolio.as_of()));
        self.ids.remove(0);
        let mut actions = vec![Action::Edit(Edit::Group(edits))];
        if !self.ids.is_empty() {
            actions.push(Action::ask(Self { ids: std::mem::take(&mut self.ids) }));
        }
        Ok(actions)
    }
}

fn shown(field: Field, rating: Rating) -> String {
    match field {
        Field::BetInput(BetInput::Chance) => chance_range(rating),
        _ => rating.to_string(),
    }
}

fn chance_range(chance: Rating) -> String {
    let number = |share: f64| (share * 1000.0).round() / 10.0;
    let (low, high) = (number(chance.low()), number(chance.high()));
    if chance.is_value() { format!("{low} %") } else { format!("{low}–{high} %") }
}
