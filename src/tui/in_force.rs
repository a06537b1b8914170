//! The settings in force: what the person set, with what the workspace sets
//! over it.

use crate::config::Settings;
use crate::domain::SettingValues;

/// The settings below the workspace, what the workspace sets, and what follows
/// from both.
#[derive(Debug, Default)]
pub(super) struct InForce {
    below: Settings,
    workspace: SettingValues,
    settings: Settings,
}

impl InForce {
    /// What a workspace sets, over the settings below it. Where that makes no
    /// sense, those below are in force.
    #[must_use]
    pub(super) fn new(below: Settings, workspace: &SettingValues) -> Self {
        let settings = below.with_workspace(workspace).unwrap_or_else(|_| below.clone());
        Self { below, workspace: workspace.clone(), settings }
    }

    /// The settings in force.
    #[must_use]
    pub(super) const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// What would be in force if the workspace set this.
    ///
    /// # Errors
    /// What is wrong with a value, in words.
    pub(super) fn with(&self, workspace: &SettingValues) -> Result<Settings, String> {
        self.below.with_workspace(workspace)
    }

    /// Takes note of the settings below the workspace; true if anything else is
    /// in force now. What the command line asked for still holds.
    pub(super) fn follow_below(&mut self, below: Settings) -> bool {
        let below = Settings { asks_ascii: self.below.asks_ascii, ..below };
        if below == self.below {
            return false;
        }
        *self = Self::new(below, &self.workspace);
        true
    }

    /// Takes note of what the workspace sets; true if anything else is in force
    /// now. Where a value makes no sense, everything stays as it was.
    pub(super) fn follow(&mut self, workspace: &SettingValues) -> bool {
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
        let mut in_force = InForce::new(Settings::default(), &SettingValues::new());
        let headroom =
            |in_force: &InForce| in_force.settings().score.weights[Criterion::Headroom.index()];
        assert!(in_force.follow(&values(0.75)));
        assert!((headroom(&in_force) - 0.5).abs() < 1e-12);
        assert!(!in_force.follow(&values(0.75)));
        assert!(!in_force.follow(&values(-1.0)));
        assert!((headroom(&in_force) - 0.5).abs() < 1e-12, "as before, not as built in");
        assert!(in_force.follow(&SettingValues::new()));
        assert!((headroom(&in_force) - 0.25).abs() < 1e-12);
    }
}
