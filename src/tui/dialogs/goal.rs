//! A goal: what its owner is after, with an input and outputs; the questions of the quarter.

use crate::domain::{
    Date, DateOrder, Edit, Goal, QuarterAnswers, SettingTable, SettingValue, date_from_text,
    day_from_words, quarter_start,
};
use crate::text::sanitize;
use crate::tui::action::Action;
use crate::tui::world::World;

use super::dialog::{Answer, Dialog, Form, Prompt, TypedLine};
use super::line_assist::{behind, by_use, days, fitting};
use super::promise::day;

/// A goal of the workspace, or a new one.
#[derive(Debug)]
pub(crate) struct GoalBox {
    /// Its position among the goals; `None` for a new one.
    pub at: Option<usize>,
}

/// The lines of the box, in their order.
const BY: usize = 1;
const HOURS: usize = 2;
const TAGS: usize = 4;

impl GoalBox {
    fn goal(&self, world: &World) -> Option<Goal> {
        world.settings.current().goals.get(self.at?).cloned()
    }

    /// The goal as it was typed; nothing where it has no text.
    fn typed(&self, answer: &Answer, world: &World) -> Result<Option<Goal>, String> {
        let today = world.portfolio.as_of();
        let by = by(answer.line(BY), today)?;
        let hours_per_week = hours(answer.line(HOURS))?;
        if answer.text().is_empty() {
            return Ok(None);
        }
        let before = self.goal(world);
        let since = before.as_ref().map_or(Some(today), |goal| goal.since);
        Ok(Some(Goal {
            text: answer.text().to_owned(),
            by,
            since,
            hours_per_week,
            outputs: list(answer.line(3)),
            tags: list(answer.line(TAGS)),
            not_for: answer.line(5).to_owned(),
        }))
    }
}

impl Dialog for GoalBox {
    fn prompt(&self, world: &World) -> Prompt {
        let Goal { text, by, hours_per_week, outputs, tags, not_for, .. } =
            self.goal(world).unwrap_or_default();
        let hint = match self.at {
            Some(_) => "empty removes the goal",
            None => "Ship the replay paper",
        };
        let by = by.map(|by| by.to_string()).unwrap_or_default();
        let hours = hours_per_week.map(|hours| hours.to_string()).unwrap_or_default();
        let form = Form::lines(vec![
            TypedLine::new("What are you after?", hint).with(&text),
            TypedLine::new("By when?", "a day: 31 Dec, in 3 months; may stay empty").with(&by),
            TypedLine::new("Hours a week", "what you mean to put in; may stay empty").with(&hours),
            TypedLine::new("Outputs", "a word each: paper, talk; may stay empty")
                .with(&outputs.join(", ")),
            TypedLine::new("Tags that serve it", "without any, every idea serves it")
                .with(&tags.join(", ")),
            TypedLine::new("What it is not for", "may stay empty").with(&not_for),
        ]);
        let label = if self.at.is_some() { "Goal".to_owned() } else { "A new goal".to_owned() };
        Prompt::new("goal", label, form)
    }

    fn preview(&self, answer: &Answer, at: usize, world: &World) -> Result<Option<String>, String> {
        match at {
            BY => Ok(by(answer.line(BY), world.portfolio.as_of())?.map(day)),
            HOURS => hours(answer.line(HOURS)).map(|_| None),
            TAGS if !answer.line(TAGS).is_empty() => {
                let goal = Goal { tags: list(answer.line(TAGS)), ..Goal::default() };
                let serving = world.portfolio.iter().filter(|it| goal.is_served_by(it));
                Ok(Some(crate::text::count(serving.count(), "idea")))
            }
            _ => Ok(None),
        }
    }

    fn complete(&self, line: usize, front: &str, world: &World) -> (usize, Vec<String>) {
        match line {
            BY => fitting(0, front, days()),
            TAGS => {
                let tags = by_use(&world.portfolio, |idea| &idea.tags);
                fitting(behind(front, |c| c == ','), front, tags)
            }
            _ => (0, Vec::new()),
        }
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        let goal = self.typed(answer, world)?;
        let mut tables = tables(world);
        match (self.at, goal) {
            (None, None) => return Err("say what you are after".to_owned()),
            (None, Some(goal)) => tables.push(goal.to_table()),
            (Some(at), None) if at < tables.len() => drop(tables.remove(at)),
            (Some(at), Some(goal)) => match tables.get_mut(at) {
                Some(table) => *table = goal.update(table),
                None => return Err("the goal is gone".to_owned()),
            },
            (Some(_), None) => return Err("the goal is gone".to_owned()),
        }
        let value = (!tables.is_empty()).then_some(SettingValue::Tables(tables));
        Ok(vec![Action::Edit(Edit::setting("goal", value))])
    }
}

/// The goals of the workspace as they stand in its file; the user's own where it has none.
fn tables(world: &World) -> Vec<SettingTable> {
    match world.portfolio.settings().get("goal") {
        Some(SettingValue::Tables(tables)) => tables.clone(),
        _ => world.settings.current().goals.iter().map(Goal::to_table).collect(),
    }
}

fn by(text: &str, today: Date) -> Result<Option<Date>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let of_year = |year: i16| {
        let has_month = text.contains(char::is_alphabetic);
        has_month.then(|| date_from_text(&format!("{text} {year}"), DateOrder::Unknown)).flatten()
    };
    let this_year = || of_year(today.year()).filter(|day| *day >= today);
    let read = text.parse().ok().or_else(|| day_from_words(text, today));
    let read = read.or_else(this_year).or_else(|| of_year(today.year() + 1));
    read.map(Some).ok_or_else(|| format!("\"{text}\" is no day: 31 Dec, in 3 months"))
}

fn hours(text: &str) -> Result<Option<f64>, String> {
    let number = text.trim_end_matches(['h', ' ']).replace(',', ".");
    if number.is_empty() {
        return Ok(None);
    }
    let hours: Option<f64> = number.parse().ok();
    let hours = hours.filter(|hours| (0.0..=168.0).contains(hours));
    hours.map(Some).ok_or_else(|| "hours a week: a number up to 168".to_owned())
}

fn list(text: &str) -> Vec<String> {
    let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
    items.map(str::to_owned).collect()
}

/// Three questions, each of which may stay empty.
#[derive(Debug)]
pub(crate) struct QuarterBox;

impl Dialog for QuarterBox {
    fn prompt(&self, world: &World) -> Prompt {
        let line = TypedLine::new;
        let form = Form::lines(vec![
            line("What did I try too hard to get?", "papers, a benchmark, praise …"),
            line("Whom do I admire, and for which habit?", ""),
            line("What would I stop?", ""),
        ]);
        let label =
            format!("{}: three questions, each may stay empty", months(world.portfolio.as_of()));
        Prompt::new("quarter", label, form)
    }

    fn about(&self, _answer: &Answer, world: &World) -> Vec<String> {
        let today = world.portfolio.as_of();
        let quarters = world.settings.current().quarters.iter();
        let answered =
            quarters.filter(|it| !it.is_empty() && it.date.is_some_and(|day| day <= today));
        let Some(last) = answered.max_by_key(|quarter| quarter.date) else { return Vec::new() };
        let said = [&last.over_optimised, &last.admire, &last.stop];
        let said: Vec<String> = said
            .into_iter()
            .filter(|text| !text.trim().is_empty())
            .map(|text| format!("\"{}\"", sanitize(text.trim())))
            .collect();
        let day = last.date.map(|day| day.strftime("%-d %b").to_string()).unwrap_or_default();
        vec![format!("Last time ({day}): {}", said.join(" · "))]
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        let [over_optimised, admire, stop] = [0, 1, 2].map(|at| answer.line(at).to_owned());
        let date = Some(world.portfolio.as_of());
        let quarter = QuarterAnswers { date, over_optimised, admire, stop };
        if quarter.is_empty() {
            return Ok(self.cancelled(world));
        }
        let mut tables = match world.portfolio.settings().get("quarter") {
            Some(SettingValue::Tables(tables)) => tables.clone(),
            _ => Vec::new(),
        };
        tables.push(quarter.to_table());
        let value = Some(SettingValue::Tables(tables));
        Ok(vec![Action::Edit(Edit::setting("quarter", value))])
    }

    fn cancelled(&mut self, _world: &World) -> Vec<Action> {
        vec![Action::PutOffQuarter]
    }
}

/// `October to December`
pub(crate) fn months(day: Date) -> String {
    let first = quarter_start(day);
    let last = first.saturating_add(jiff::Span::new().months(2));
    format!("{} to {}", first.strftime("%B"), last.strftime("%B"))
}
