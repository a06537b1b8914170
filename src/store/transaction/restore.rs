//! Steps of the journal taken back byte for byte.

use super::Transaction;
use crate::domain::{Edit, Idea, Portfolio};
use crate::store::folder::is_own;
use crate::store::patch::{FilePatch, Side};

impl Transaction<'_> {
    /// Puts back what a step replaced. `false`, with the transaction in an unusable
    /// state, if the files no longer hold what the step wrote, or if that would
    /// not amount to `inverse`.
    pub(crate) fn restore(&mut self, files: &[FilePatch], edit: &Edit, inverse: &Edit) -> bool {
        let mut ids = edit.ids();
        ids.extend(inverse.ids());
        let Some(before) = self.ideas(&ids) else { return false };
        let duels = self.duels.clone().into_owned();
        let Some(raters) = self.raters([edit, inverse]) else { return false };
        let expected = Portfolio::new(before, raters).with_duels(duels);
        let mut expected = expected.with_settings(self.settings());
        let Ok(again) = expected.apply(inverse) else { return false };
        if !files.iter().rev().all(|file| self.restore_file(file)) || !self.assign_ids() {
            return false;
        }
        if self.settings() != *expected.settings() {
            return false;
        }
        let Some(mut raters) = self.raters([edit, inverse]) else { return false };
        raters.retain(|rater| !rater.is_silent());
        if raters != expected.raters() {
            return false;
        }
        let expected_duels = expected.duels().entries.clone();
        let expected = by_id(expected.iter().cloned().collect());
        if self.ideas(&ids).map(by_id) != Some(expected) {
            return false;
        }
        self.new_duels = expected_duels.len() - self.duels.entries.len();
        let has_duels = self.new_duels > 0;
        if has_duels {
            self.duels.to_mut().entries = expected_duels;
        }
        self.edits.push(inverse.clone());
        // A duel that is taken back comes again under another id.
        self.inverses.push(if has_duels { again } else { edit.clone() });
        true
    }

    /// Puts back what a step replaced in one file.
    pub(crate) fn restore_file(&mut self, step: &FilePatch) -> bool {
        let found = self.positions().find(|at| self.file(*at).name == step.file);
        let at = match (found, step.after) {
            (Some(at), Some(_)) if self.file(at).read_errors.is_empty() => at,
            (None, None) if is_own(&step.file) => self.new_file(&step.file),
            _ => return false,
        };
        if !self.is_within(at) {
            return false;
        }
        let text = step.after.map(|_| self.file(at).text.as_str());
        let is_exact = matches!(step.exact_side_of(text), Side::After | Side::Both);
        for patch in step.patches.iter().rev() {
            let spot = if is_exact {
                Some(patch.at..patch.at + patch.after.len())
            } else {
                patch.find(self.file(at))
            };
            if !spot.is_some_and(|spot| self.splice(at, spot, &patch.before)) {
                return false;
            }
        }
        if is_exact && !step.is_before(&self.file(at).text) {
            return false;
        }
        if step.before.is_none() {
            if !self.file(at).text.is_empty() {
                return false;
            }
            self.removed.insert(at);
        }
        true
    }

    /// Those of some ideas that exist, in the order of their ids as given; `None`
    /// if one cannot be read.
    fn ideas(&self, ids: &[&str]) -> Option<Vec<Idea>> {
        let mut ideas: Vec<Idea> = Vec::new();
        for place in ids.iter().filter_map(|id| self.find_id(id)) {
            let idea = self.idea(place).ok()?;
            if ideas.iter().all(|other| other.id != idea.id) {
                ideas.push(idea);
            }
        }
        Some(ideas)
    }
}

fn by_id(mut ideas: Vec<Idea>) -> Vec<Idea> {
    ideas.sort_by(|a, b| a.id.cmp(&b.id));
    ideas
}
