//! Text that leaves the program: the ranking and single ideas for people
//! (tables, Markdown), for spreadsheets (CSV) and for programs (JSON).
//!
//! A page of plain text that is being written: headings, paragraphs, items.

mod answers;
mod document;
mod duels;
mod export;
mod group_pages;
mod idea;
mod json;
mod practice;
mod ranking;
mod review;
mod robustness;
mod short_sheet;
mod svg;

pub use answers::{Answers, SheetNote, Started};
pub use document::{Document, ReportInput, html, is_report, markdown};
pub use duels::{
    LabelledReport, Standings, duel_simulation_text, labelled_text, pair_text, simulation_text,
    standings_text, taste_simulation_text, taste_text,
};
pub use export::{calendar, export_csv, export_json, export_markdown, export_toml};
pub use group_pages::{meeting_page, sheet};
pub use idea::{IdeaComparison, comparison_text, idea_text, promise};
pub use json::{
    calibration_json, comparison_json, duel_simulation_json, idea_json, labelled_json, next_json,
    pair_json, practice_json, problems_json, ranking_json, reviews_json, robustness_json,
    settings_json, simulation_json, standings_json, taste_json, taste_simulation_json,
};
pub use practice::{anchors_text, calibration_text, card_text, fate_text, practice_text};
pub use ranking::{Line, Ranking, ranking_csv, ranking_markdown, ranking_table, waterfall};
pub use review::{NextUp, agenda, next_line, next_text, review_markdown, review_text};
pub use robustness::{Robustness, robustness_text};
pub use short_sheet::{sheet_json, short_sheet};

use anstyle::Style;

use crate::text::{sanitize, width, wrap};

pub const STRONG: Style = Style::new().bold();

/// What is there to be read only when looked for.
pub const QUIET: Style = Style::new().dimmed();

/// A number with at most one decimal, and none where it is whole; the minus is a real one.
///
/// ```
/// assert_eq!(prospect::report::number(-25.92), "−25.9");
/// assert_eq!(prospect::report::number(16.0), "16");
/// assert_eq!(prospect::report::number(-0.01), "0");
/// ```
#[must_use]
pub fn number(x: f64) -> String {
    let tenths = (x * 10.0).round() / 10.0 + 0.0;
    tenths.to_string().replace('-', "−")
}

/// Text is easier to read in lines of no more than this.
const READABLE: usize = 88;

/// A page that is being written, its lines cut to a width.
struct Page {
    text: String,
    columns: usize,
}

impl Page {
    fn new(columns: usize) -> Self {
        Self { text: String::new(), columns: columns.clamp(30, READABLE) }
    }

    fn into_text(self) -> String {
        self.text
    }

    /// What the page is about, and facts about it.
    fn title(&mut self, title: &str, facts: &str) {
        for (text, style) in [(title, STRONG), (facts, QUIET)] {
            for line in wrap(text, self.columns) {
                self.text.push_str(&format!("{style}{line}{style:#}\n"));
            }
        }
    }

    /// Text apart from what stands above; nothing, if there is none.
    fn paragraph(&mut self, text: &str) {
        let lines = wrap(text, self.columns);
        if !lines.is_empty() {
            self.text.push_str(&format!("\n{}\n", lines.join("\n")));
        }
    }

    fn heading(&mut self, heading: &str) {
        self.text.push_str(&format!("\n{STRONG}{}{STRONG:#}\n", sanitize(heading)));
    }

    /// A text behind a label; what does not fit in one line goes on below.
    fn item(&mut self, label: &str, text: &str) {
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
    fn section(&mut self, heading: &str, items: impl IntoIterator<Item = (String, String)>) {
        let mut items = items.into_iter().peekable();
        if items.peek().is_some() {
            self.heading(heading);
        }
        for (label, text) in items {
            self.item(&label, &text);
        }
    }
}
