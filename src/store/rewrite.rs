//! Replacing an idea's text by one that was edited as text.

use super::journal::StepKind;
use super::{Loaded, OnConflict, StoreError, Workspace};
use crate::domain::Edit;

/// A text that is on disk.
#[derive(Clone, Debug)]
pub struct Rewritten {
    /// What the text changed about the idea; `None` if not a byte.
    pub edit: Option<Edit>,
    /// As in [`super::Committed::outside`].
    pub outside: Option<Loaded>,
}

impl Workspace {
    /// Puts a text in place of that of an idea, and records it for undo.
    /// `before` is the text that it was made from. The text is taken byte for
    /// byte; only where the title of an idea without an id changes, the id is
    /// written into it.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] where the text is not one idea without diagnostics,
    /// with places in the text; [`StoreError::Conflict`] where the idea is not
    /// what `before` says. Nothing is written then.
    pub fn rewrite(
        &mut self,
        id: &str,
        before: &str,
        text: &str,
        on_conflict: OnConflict,
    ) -> Result<Rewritten, StoreError> {
        let result = self.rewrite_text(id, before, text, on_conflict);
        let edit = self.with_current_state(result)?;
        Ok(Rewritten { edit, outside: self.take_external_changes() })
    }

    fn rewrite_text(
        &mut self,
        id: &str,
        before: &str,
        text: &str,
        on_conflict: OnConflict,
    ) -> Result<Option<Edit>, StoreError> {
        let (_lock, _) = self.prepare()?;
        let mut transaction = self.transaction();
        transaction.rewrite(id, before, text, on_conflict)?;
        let Some(staged) = transaction.finish() else { return Ok(None) };
        self.write(StepKind::Edit, format!("{id} edited as text"), staged).map(Some)
    }
}
