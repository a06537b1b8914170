//! Effective settings: the user's settings overlaid with the workspace's.

use crate::config::Settings;
use crate::domain::SettingValues;

/// The settings below the workspace, what the workspace sets, and what follows from both.
#[derive(Debug, Default)]
pub(crate) struct EffectiveSettings {
    user: Settings,
    workspace: SettingValues,
    settings: Settings,
}

impl EffectiveSettings {
    /// What a workspace sets, over the settings below it. Where that makes no
    /// sense, those below are in force.
    #[must_use]
    pub(crate) fn new(user: Settings, workspace: &SettingValues) -> Self {
        let settings = user.with_workspace(workspace).unwrap_or_else(|_| user.clone());
        Self { user, workspace: workspace.clone(), settings }
    }

    #[must_use]
    pub(crate) const fn current(&self) -> &Settings {
        &self.settings
    }

    /// What would be in force if the workspace set this.
    ///
    /// # Errors
    /// What is wrong with a value, in words.
    pub(crate) fn with(&self, workspace: &SettingValues) -> Result<Settings, String> {
        self.user.with_workspace(workspace)
    }

    /// Takes note of the settings below the workspace; true if anything else is
    /// in force now. What the command line asked for still holds.
    pub(crate) fn set_user(&mut self, user: Settings) -> bool {
        let user = Settings { asks_ascii: self.user.asks_ascii, ..user };
        if user == self.user {
            return false;
        }
        *self = Self::new(user, &self.workspace);
        true
    }

    /// Takes note of what the workspace sets; true if anything else is in force
    /// now. Where a value makes no sense, everything stays as it was.
    pub(crate) fn set_workspace(&mut self, workspace: &SettingValues) -> bool {
        if *workspace == self.workspace {
            return false;
        }
        workspace.clone_into(&mut self.workspace);
        match self.with(workspace) {
            Ok(settings) if settings != self.settings => {
                self.settings = settings;
                true
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Criterion, SettingValue};

    #[test]
    fn what_makes_no_sense_changes_nothing() {
        let values = |headroom| {
            SettingValues::from([("weights.headroom".to_owned(), SettingValue::Number(headroom))])
        };
        let mut effective = EffectiveSettings::new(Settings::default(), &SettingValues::new());
        let headroom = |effective: &EffectiveSettings| {
            effective.current().score.weights[Criterion::Headroom.index()]
        };
        assert!(effective.set_workspace(&values(0.75)));
        assert!((headroom(&effective) - 0.5).abs() < 1e-12);
        assert!(!effective.set_workspace(&values(0.75)));
        assert!(!effective.set_workspace(&values(-1.0)));
        assert!((headroom(&effective) - 0.5).abs() < 1e-12, "as before, not as built in");
        assert!(effective.set_workspace(&SettingValues::new()));
        assert!((headroom(&effective) - 0.25).abs() < 1e-12);
    }
}
