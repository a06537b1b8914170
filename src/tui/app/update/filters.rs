//! Saved filters: recalled, saved, forgotten.

use crate::config::{describe_filter_error, filter_setting};
use crate::domain::{DuelPool, Edit, SettingValue};
use crate::find::{Filter, SAVED};
use crate::tui::app::model::{Model, Tone};
use crate::tui::dialogs::{Choice, Prompt, Then};
use crate::tui::screens::{Action, ScreenId};

use super::{duels, edits, navigation};

/// Asks for one of the saved filters.
pub(super) fn ask(model: &mut Model) {
    let names = names(model);
    model.prompt = Some(Prompt::pick("filter", choices(model, &names), Then::Filter(names)));
}

/// Asks which of the filters of the workspace is to be forgotten.
pub(super) fn ask_to_forget(model: &mut Model) {
    let own = own(model);
    model.prompt = Some(Prompt::pick("forget", choices(model, &own), Then::ForgetFilter(own)));
}

/// Asks for the name under which the search in force is to be saved.
pub(super) fn ask_to_save(model: &mut Model) {
    let text = model.world.portfolio.filters().expand(model.query());
    if let Err(fault) = Filter::strict(&text) {
        return model.say(Tone::Note, describe_filter_error(&fault));
    }
    let name = model.world.portfolio.filters().name_of(&text).unwrap_or_default().to_owned();
    let hint = format!("a short name for: {}", Filter::read(&text));
    model.prompt = Some(Prompt::line("save as", name, hint, Then::SaveFilter(text)));
}

/// Shows what a saved filter finds, on this screen where it can be searched,
/// else on Rank; between duels, limits them to it.
pub(super) fn recall(model: &mut Model, name: &str) {
    let query = format!("{SAVED}{name}");
    if model.screen == ScreenId::Duel {
        if let Err(reason) = duels::limit(model, DuelPool::found_by(query)) {
            model.say(Tone::Note, reason);
        }
        return;
    }
    if matches!(model.screen, ScreenId::Map | ScreenId::Taste) {
        navigation::show_screen(model, ScreenId::Rank);
    }
    model.history.remember("/", &query);
    model.filter(&query);
}

/// Saves a filter under a name, and searches by that name from now on.
pub(super) fn save(model: &mut Model, name: &str, text: &str) -> Result<Vec<Action>, String> {
    let name = name.strip_prefix(SAVED).unwrap_or(name);
    let setting = filter_setting(name)?;
    if model.world.portfolio.filters().get(name) == Some(text) {
        return Ok(vec![Action::Say(format!("{SAVED}{name} is that already"))]);
    }
    edits::edit(model, Edit::setting(&setting, Some(SettingValue::Text(text.to_owned()))));
    model.filter(&format!("{SAVED}{name}"));
    Ok(Vec::new())
}

/// Forgets the filter of a name.
pub(super) fn forget(name: &str) -> Vec<Action> {
    let setting = filter_setting(name).ok();
    setting.map(|setting| Action::Edit(Edit::setting(&setting, None))).into_iter().collect()
}

/// The names of all saved filters.
fn names(model: &Model) -> Vec<String> {
    model.world.portfolio.filters().iter().map(|(name, _)| name.to_owned()).collect()
}

/// The names of the filters that the workspace itself holds.
pub(crate) fn own(model: &Model) -> Vec<String> {
    let settings = model.world.portfolio.portfolio().settings();
    let is_own =
        |name: &String| filter_setting(name).is_ok_and(|setting| settings.contains_key(&setting));
    names(model).into_iter().filter(is_own).collect()
}

/// Filters to choose from, with what each finds in words.
pub(crate) fn choices(model: &Model, names: &[String]) -> Vec<Choice> {
    let choice = |name: &String| {
        let text = model.world.portfolio.filters().get(name).unwrap_or_default();
        Choice {
            key: format!("{SAVED}{name}"),
            name: "filter".to_owned(),
            text: Filter::read(text).to_string(),
            synonyms: String::new(),
            refusal: None,
        }
    };
    names.iter().map(choice).collect()
}
