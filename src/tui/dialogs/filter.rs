//! Finding, and filters that are saved under a name.

use crate::config::{describe_filter_error, filter_setting};
use crate::domain::{DuelPool, Edit, SettingValue};
use crate::find::{Filter, SAVED, SavedFilters, Subject};
use crate::tui::action::Action;
use crate::tui::world::World;

use super::dialog::{Answer, Dialog, Form, Prompt};
use super::line_assist::{behind, by_use, fitting};
use super::pick::Choice;

/// Filters while it is typed; the answer keeps the filter.
#[derive(Debug)]
pub(crate) struct Find {
    /// The search in force.
    pub query: String,
    /// It searches the page that is open, not the ideas.
    pub in_page: bool,
}

impl Dialog for Find {
    fn prompt(&self, _: &World) -> Prompt {
        let hint = if self.in_page {
            "all words, in any order"
        } else {
            "words in any order; status:active tag:data flag:… bet:… · Tab completes"
        };
        Prompt::new("/", "find", Form::edited(&self.query, hint)).verb("keep")
    }

    fn preview(&self, answer: &Answer, _: usize, world: &World) -> Result<Option<String>, String> {
        Ok(sought(answer.text(), world))
    }

    fn complete(&self, _: usize, front: &str, world: &World) -> (usize, Vec<String>) {
        conditions(front, world)
    }

    fn submit(&mut self, _answer: &Answer, _world: &World) -> Result<Vec<Action>, String> {
        Ok(Vec::new())
    }

    fn changed(&self, answer: &Answer, _world: &World) -> Vec<Action> {
        vec![Action::Filter(answer.text().to_owned())]
    }

    fn cancelled(&mut self, _world: &World) -> Vec<Action> {
        vec![Action::Filter(String::new())]
    }
}

/// Limits the duels to what a search finds.
#[derive(Debug)]
pub(crate) struct Limit {
    /// The limit in force.
    pub query: String,
}

impl Dialog for Limit {
    fn prompt(&self, _: &World) -> Prompt {
        let form = Form::edited(&self.query, "tag:data status:shortlist …; empty: all take part");
        Prompt::new("only", "only", form).verb("limit")
    }

    fn preview(&self, answer: &Answer, _: usize, world: &World) -> Result<Option<String>, String> {
        Ok(sought(answer.text(), world))
    }

    fn complete(&self, _: usize, front: &str, world: &World) -> (usize, Vec<String>) {
        conditions(front, world)
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        let query = world.portfolio.filters().expand(answer.text());
        Ok(vec![Action::Limit(DuelPool::found_by(&query))])
    }
}

/// What a search asks for, where it is more than words, or the part of
/// it that cannot be understood.
fn sought(text: &str, world: &World) -> Option<String> {
    if let Some(name) = world.portfolio.filters().unknown(text) {
        return Some(format!("no filter is saved as {name}"));
    }
    let text = world.portfolio.filters().expand(text);
    match Filter::strict(&text) {
        Ok(filter) => (filter.words != text).then(|| filter.to_string()),
        Err(fault) => (!fault.word.is_empty()).then(|| describe_filter_error(&fault)),
    }
}

/// What a search can go on with: values of a condition whose subject stands
/// there, else subjects, saved filters and tags.
fn conditions(front: &str, world: &World) -> (usize, Vec<String>) {
    let start = behind(front, char::is_whitespace);
    let word = front.get(start..).unwrap_or_default();
    let (portfolio, filters) = (&world.portfolio, world.portfolio.filters());
    let subject = word.split_once(':').map(|(subject, _)| subject);
    let subject = Subject::ALL.into_iter().find(|known| Some(known.id()) == subject);
    let Some(subject) = subject else {
        let subjects = Subject::ALL.map(|subject| format!("{}:", subject.id()));
        let saved = filters.iter().map(|(name, _)| format!("{SAVED}{name}"));
        let tags = by_use(portfolio, |idea| &idea.tags);
        return fitting(start, front, subjects.into_iter().chain(saved).chain(tags).collect());
    };
    let values = match subject {
        Subject::Tag => by_use(portfolio, |idea| &idea.tags),
        Subject::Person => by_use(portfolio, |idea| &idea.people),
        _ => subject.values().unwrap_or_default().into_iter().map(str::to_owned).collect(),
    };
    let values = values.into_iter().map(|value| format!("{}:{value}", subject.id()));
    fitting(start, front, values.collect())
}

/// Shows what a saved filter finds.
#[derive(Debug)]
pub(crate) struct ShowFilter;

impl Dialog for ShowFilter {
    fn prompt(&self, world: &World) -> Prompt {
        let form = Form::pick(filter_choices(world.portfolio.filters()).map(|(_, choice)| choice));
        Prompt::new("saved searches", "saved search", form).verb("show")
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        let chosen =
            answer.chosen().and_then(|at| filter_choices(world.portfolio.filters()).nth(at));
        let (name, _) = chosen.ok_or("no saved search goes by that")?;
        Ok(vec![Action::ShowFilter(name)])
    }
}

/// Saves a search under a name.
#[derive(Debug)]
pub(crate) struct SaveFilter {
    search: String,
}

impl SaveFilter {
    /// The search in force, unless a part of it cannot be understood.
    pub(crate) fn of(query: &str, world: &World) -> Result<Self, String> {
        let search = world.portfolio.filters().expand(query);
        Filter::strict(&search).map_err(|fault| describe_filter_error(&fault))?;
        Ok(Self { search })
    }
}

impl Dialog for SaveFilter {
    fn prompt(&self, world: &World) -> Prompt {
        let name = world.portfolio.filters().name_of(&self.search).unwrap_or_default();
        let form =
            Form::suggested(name, format!("a short name for: {}", Filter::read(&self.search)));
        Prompt::new("save as", "save this search as", form)
    }

    fn preview(&self, answer: &Answer, _: usize, world: &World) -> Result<Option<String>, String> {
        let name = answer.text();
        let now = world.portfolio.filters().get(name.strip_prefix(SAVED).unwrap_or(name));
        Ok(now.filter(|now| *now != self.search).map(|now| format!("in place of: {now}")))
    }

    fn complete(&self, _: usize, front: &str, world: &World) -> (usize, Vec<String>) {
        let names = world.portfolio.filters().iter().map(|(name, _)| name.to_owned());
        fitting(0, front, names.collect())
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        let name = answer.text();
        let name = name.strip_prefix(SAVED).unwrap_or(name);
        let setting = filter_setting(name)?;
        if world.portfolio.filters().get(name) == Some(&self.search) {
            return Ok(vec![Action::Say(format!("{SAVED}{name} is that already"))]);
        }
        let search = Some(SettingValue::Text(self.search.clone()));
        // From now on it is searched by that name.
        let by_name = Action::Filter(format!("{SAVED}{name}"));
        Ok(vec![Action::Edit(Edit::setting(&setting, search)), by_name])
    }
}

#[derive(Debug)]
pub(crate) struct ForgetFilter;

impl ForgetFilter {
    /// The filters that the workspace itself holds.
    pub(crate) fn own(world: &World) -> Vec<(String, Choice)> {
        let settings = world.portfolio.settings();
        let is_own = |(name, _): &(String, Choice)| {
            filter_setting(name).is_ok_and(|setting| settings.contains_key(&setting))
        };
        filter_choices(world.portfolio.filters()).filter(is_own).collect()
    }
}

impl Dialog for ForgetFilter {
    fn prompt(&self, world: &World) -> Prompt {
        let form = Form::pick(Self::own(world).into_iter().map(|(_, choice)| choice));
        Prompt::new("forget", "forget the saved search", form).verb("forget")
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        let own = Self::own(world);
        let chosen = answer.chosen().and_then(|at| own.get(at));
        let (name, _) = chosen.ok_or("no saved search goes by that")?;
        Ok(vec![Action::Edit(Edit::setting(&filter_setting(name)?, None))])
    }
}

/// The saved filters to choose from, with what each finds in words.
pub(crate) fn filter_choices(
    filters: &SavedFilters,
) -> impl Iterator<Item = (String, Choice)> + '_ {
    filters.iter().map(|(name, text)| {
        let choice = Choice {
            text: format!("Saved search {SAVED}{name}"),
            aside: Filter::read(text).to_string(),
            synonyms: "filter".to_owned(),
            refusal: None,
        };
        (name.to_owned(), choice)
    })
}
