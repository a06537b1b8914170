//! Edits of the workspace's settings, `prospect.toml`.

use super::Transaction;
use crate::domain::{Edit, EditError, SettingValue, SettingValues, setting_path};
use crate::store::diagnostic::{Diagnostic, problem_of};
use crate::store::file::FileKind;
use crate::store::folder::SETTINGS;
use crate::store::{OnConflict, StoreError, splice};

impl Transaction<'_> {
    /// What the workspace sets; nothing where that cannot be read.
    pub(super) fn settings(&self) -> SettingValues {
        let file = self.settings_file().and_then(|at| self.file(at).settings().ok());
        file.unwrap_or_default()
    }

    fn settings_file(&self) -> Option<usize> {
        self.positions().find(|at| self.file(*at).kind == FileKind::Settings)
    }

    /// Sets a value or clears it; `before` is what the edit expects to replace.
    pub(super) fn set_setting(
        &mut self,
        name: &str,
        value: Option<&SettingValue>,
        before: Option<&SettingValue>,
        on_conflict: OnConflict,
    ) -> Result<(), StoreError> {
        let not_a_setting = || EditError::NotASetting { name: name.to_owned() };
        let path = setting_path(name).ok_or_else(not_a_setting)?;
        let at = match self.settings_file() {
            Some(at) => at,
            None if value.is_none() => return Ok(()),
            None => self.new_file(SETTINGS),
        };
        let file = self.file(at);
        if !self.is_within(at) {
            let message = "it lies outside the workspace: a link leads there".to_owned();
            let error = Diagnostic::error(0..0, "outside", message);
            let problem = Box::new(problem_of(&file.path, &file.text, error));
            return Err(StoreError::Broken { id: SETTINGS.to_owned(), problem });
        }
        let mut settings = file.settings().map_err(|diagnostic| StoreError::Broken {
            id: SETTINGS.to_owned(),
            problem: Box::new(problem_of(&file.path, &file.text, diagnostic)),
        })?;
        let now = settings.get(name).cloned();
        if now.as_ref() != before && now.as_ref() != value && on_conflict == OnConflict::Ask {
            let said = |value: Option<&SettingValue>| {
                value.map_or_else(|| "nothing".to_owned(), ToString::to_string)
            };
            return Err(StoreError::Conflict {
                id: SETTINGS.to_owned(),
                what: name.to_owned(),
                mine: said(value),
                theirs: said(now.as_ref()),
                loaded: Box::default(),
            });
        }
        match value {
            Some(value) => settings.insert(name.to_owned(), value.clone()),
            None => settings.remove(name),
        };
        let text = splice::setting(&file.text, file.eol(), path, value);
        let whole = 0..file.text.len();
        let is_as_expected = self.splice(at, whole, &text) && self.settings() == settings;
        if !is_as_expected {
            return Err(self.refused(SETTINGS, at));
        }
        self.edits.push(Edit::setting(name, value.cloned()));
        self.inverses.push(Edit::setting(name, now));
        Ok(())
    }
}
