//! The three questions of a quarter.

use crate::domain::{Date, Edit, QuarterAnswers, SettingValue, quarter_start};
use crate::text::sanitize;
use crate::tui::action::Action;
use crate::tui::world::World;

use super::dialog::{Answer, Dialog, Form, Step, TypedLine};

/// Three questions, each of which may stay empty.
#[derive(Debug)]
pub(crate) struct QuarterBox;

impl Dialog for QuarterBox {
    fn name(&self) -> &'static str {
        "quarter"
    }

    fn label(&self, world: &World) -> String {
        format!("{}: three questions, each may stay empty", months(world.portfolio.as_of()))
    }

    fn form(&self, _world: &World) -> Form {
        let line = TypedLine::new;
        Form::lines(vec![
            line("What did I try too hard to get?", "papers, a benchmark, praise …"),
            line("Whom do I admire, and for which habit?", ""),
            line("What would I stop?", ""),
        ])
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

    fn submit(&mut self, answer: &Answer, world: &World) -> Step {
        let [over_optimised, admire, stop] = [0, 1, 2].map(|at| answer.line(at).to_owned());
        let date = Some(world.portfolio.as_of());
        let quarter = QuarterAnswers { date, over_optimised, admire, stop };
        if quarter.is_empty() {
            return Step::Done(self.cancelled(world));
        }
        let mut tables = match world.portfolio.portfolio().settings().get("quarter") {
            Some(SettingValue::Tables(tables)) => tables.clone(),
            _ => Vec::new(),
        };
        tables.push(quarter.to_table());
        let value = Some(SettingValue::Tables(tables));
        Step::Done(vec![Action::Edit(Edit::setting("quarter", value))])
    }

    fn cancelled(&self, _world: &World) -> Vec<Action> {
        vec![Action::PutOffQuarter]
    }
}

/// `October to December`
pub(crate) fn months(day: Date) -> String {
    let first = quarter_start(day);
    let last = first.saturating_add(jiff::Span::new().months(2));
    format!("{} to {}", first.strftime("%B"), last.strftime("%B"))
}
