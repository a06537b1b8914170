//! A question that opens.

use super::model::Model;
use crate::text;
use crate::tui::dialogs::{Dialog, Form, OpenDialog, Quit, TextEditor};

impl Model {
    /// Asks a question; a text that was begun before goes on.
    pub(crate) fn ask(&mut self, dialog: Box<dyn Dialog>) {
        let mut open = OpenDialog::new(dialog, &self.world);
        let begun = open.dialog.unsaved().and_then(|key| self.unsaved_texts.get(&key));
        if let (Form::Text(writing, _), Some(begun)) = (&mut open.form, begun)
            && open.dialog.stands(writing.text())
        {
            **writing = TextEditor::new(begun.clone());
            open.is_resumed = true;
        }
        self.dialog = Some(open);
    }

    /// Asks whether to quit although not everything could be saved.
    pub(crate) fn ask_to_lose(&mut self) {
        let unsaved = text::count(self.unsaved(), "change");
        self.ask(Box::new(Quit { unsaved }));
    }
}
