//! A page of plain text that is being written: headings, paragraphs, items.

use super::{QUIET, STRONG};
use crate::text::{sanitize, width, wrap};

/// Text is easier to read in lines of no more than this.
const READABLE: usize = 88;

/// A page that is being written, its lines cut to a width.
pub(super) struct Page {
    text: String,
    columns: usize,
}

impl Page {
    pub(super) fn new(columns: usize) -> Self {
        Self { text: String::new(), columns: columns.clamp(30, READABLE) }
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// What the page is about, and facts about it.
    pub(super) fn title(&mut self, title: &str, facts: &str) {
        for (text, style) in [(title, STRONG), (facts, QUIET)] {
            for line in wrap(text, self.columns) {
                self.text.push_str(&format!("{style}{line}{style:#}\n"));
            }
        }
    }

    /// Text apart from what stands above; nothing, if there is none.
    pub(super) fn paragraph(&mut self, text: &str) {
        let lines = wrap(text, self.columns);
        if !lines.is_empty() {
            self.text.push_str(&format!("\n{}\n", lines.join("\n")));
        }
    }

    pub(super) fn heading(&mut self, heading: &str) {
        self.text.push_str(&format!("\n{STRONG}{}{STRONG:#}\n", sanitize(heading)));
    }

    /// A text behind a label; what does not fit in one line goes on below.
    pub(super) fn item(&mut self, label: &str, text: &str) {
        let room = self.columns.saturating_sub(width(label) + 2);
        let lines = wrap(text, room);
        let mut lines = lines.iter();
        let first = format!("  {label}{}", lines.next().map_or("", String::as_str));
        self.text.push_str(first.trim_end());
        self.text.push('\n');
        for line in lines {
            self.text.push_str(&format!("  {}{line}\n", " ".repeat(width(label))));
        }
    }

    /// Items under a heading; nothing, if there are none.
    pub(super) fn section(
        &mut self,
        heading: &str,
        items: impl IntoIterator<Item = (String, String)>,
    ) {
        let mut items = items.into_iter().peekable();
        if items.peek().is_some() {
            self.heading(heading);
        }
        for (label, text) in items {
            self.item(&label, &text);
        }
    }
}
