//! Preview of an import: all that the page shows, and the plan to carry out.

use crate::exchange::{ImportPlan, Target};
use crate::text::count;

/// An import as it would be.
#[derive(Clone, Debug)]
pub(crate) struct ImportPreview {
    /// The path or name of the source, as it is shown.
    pub source: String,
    /// `CSV, 40 rows`
    pub format: String,
    /// The columns that have something in any row; none for whole ideas.
    pub columns: Vec<PreviewColumn>,
    /// A line for each new idea, and then for each that changes.
    pub ideas: Vec<PreviewIdea>,
    /// What to look at: each with its place and the reason.
    pub problems: Vec<String>,
    pub rows_left_out: usize,
    /// The file that new ideas are written to, as it is shown.
    pub file: String,
    pub plan: ImportPlan,
}

/// A column and what it becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PreviewColumn {
    pub name: String,
    pub target: Target,
    pub example: String,
}

/// A line about an idea.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PreviewIdea {
    pub title: String,
    /// Its status, or that it changes.
    pub state: String,
    /// Its tags, or the fields that change.
    pub details: String,
}

/// Why there is no preview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PreviewRefusal {
    pub message: String,
    /// What to do instead; may be empty.
    pub hint: String,
}

impl ImportPreview {
    /// `38 new ideas · 1 known and unchanged · 1 skipped · in ~/research/ideas.toml`
    pub(super) fn counts(&self) -> String {
        let plan = &self.plan;
        let new = match plan.added.len() {
            0 => "nothing new".to_owned(),
            many => count(many, "new idea"),
        };
        let rest = [
            (plan.updated.len(), "changed"),
            (plan.unchanged, "known and unchanged"),
            (self.rows_left_out, "skipped"),
        ];
        let rest = rest.iter().filter(|(number, _)| *number > 0);
        let rest: String = rest.map(|(number, what)| format!(" · {number} {what}")).collect();
        format!("{new}{rest} · in {}", self.file)
    }

    /// `38 imported`; `3 imported, 2 changed`
    pub(crate) fn done(&self) -> String {
        match (self.plan.added.len(), self.plan.updated.len()) {
            (added, 0) => format!("{added} imported"),
            (0, changed) => format!("{changed} changed"),
            (added, changed) => format!("{added} imported, {changed} changed"),
        }
    }

    /// Whether nothing would be written.
    pub(crate) const fn is_empty(&self) -> bool {
        self.plan.added.is_empty() && self.plan.updated.is_empty()
    }
}
