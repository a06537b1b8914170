//! Text that leaves the program: the ranking and single ideas for people
//! (tables, Markdown), for spreadsheets (CSV) and for programs (JSON).

mod answers;
mod ask;
mod calibration;
mod comparison;
mod document;
mod duels;
mod export;
mod idea;
mod json;
mod markdown;
mod meeting_page;
mod next;
mod practice;
mod ranking;
mod reference;
mod review;
mod robustness;
mod simulation;
mod spreadsheet;
mod svg;
mod table;
mod text_page;
mod waterfall;

use anstyle::Style;

pub use answers::{Answers, Started, Unread};
pub use ask::sheet;
pub use calibration::calibration_text;
pub use comparison::{IdeaComparison, comparison_text};
pub use document::{Document, ReportInput, html, is_report, markdown};
pub use duels::{Standings, pair_text, standings_text, taste_text};
pub use export::{export_csv, export_json, export_markdown, export_toml};
pub use idea::{idea_text, promise};
pub use json::{
    calibration_json, duel_simulation_json, idea_json, labelled_json, next_json, pair_json,
    problems_json, ranking_json, reviews_json, settings_json, simulation_json, standings_json,
    taste_json, taste_simulation_json,
};
pub use json::{comparison_json, practice_json, robustness_json};
pub use markdown::ranking_markdown;
pub use meeting_page::meeting_page;
pub use next::{NextUp, next_line, next_text};
pub use practice::{anchors_text, card_text, fate_text, practice_text};
pub use ranking::{Line, Ranking};
pub use reference::{criteria_page, keys_page, settings_tables};
pub use review::{agenda, review_markdown, review_text};
pub use robustness::{Robustness, robustness_text};
pub use simulation::{
    LabelledReport, duel_simulation_text, labelled_text, simulation_text, taste_simulation_text,
};
pub use spreadsheet::ranking_csv;
pub use table::ranking_table;
pub use waterfall::waterfall;

pub const STRONG: Style = Style::new().bold();

/// What is there to be read only when looked for.
pub const QUIET: Style = Style::new().dimmed();

/// A number with at most one decimal, and none where it is whole; the minus is
/// a real one.
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
