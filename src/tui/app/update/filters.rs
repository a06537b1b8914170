//! Saved filters: shown, saved.

use crate::config::{describe_filter_error, filter_setting};
use crate::domain::{DuelPool, Edit, SettingValue};
use crate::find::{Filter, SAVED};
use crate::tui::app::model::{Model, Tone};
use crate::tui::dialogs::SaveFilter;
use crate::tui::screens::ScreenId;

use super::{duels, edits, navigation};

/// Asks for the name under which the search in force is to be saved.
pub(super) fn ask_to_save(model: &mut Model) {
    let search = model.world.portfolio.filters().expand(model.query());
    if let Err(fault) = Filter::strict(&search) {
        return model.say(Tone::Note, describe_filter_error(&fault));
    }
    model.ask(Box::new(SaveFilter { search }));
}

/// Shows what a saved filter finds, on this screen where it can be searched,
/// else on Rank; between duels, limits them to it.
pub(super) fn show(model: &mut Model, name: &str) {
    let query = format!("{SAVED}{name}");
    if model.screen == ScreenId::Duel {
        return duels::limit(model, DuelPool::found_by(query));
    }
    if matches!(model.screen, ScreenId::Map | ScreenId::Taste) {
        navigation::show_screen(model, ScreenId::Rank);
    }
    model.history.remember("/", &query);
    model.filter(&query);
}

/// Saves a filter under a name, and searches by that name from now on.
pub(super) fn save(model: &mut Model, name: &str, search: String) {
    match filter_setting(name) {
        Ok(setting) => {
            edits::edit(model, Edit::setting(&setting, Some(SettingValue::Text(search))));
            model.filter(&format!("{SAVED}{name}"));
        }
        Err(reason) => model.say(Tone::Trouble, reason),
    }
}
