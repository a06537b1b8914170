//! The pages of the documentation that are generated from the program's tables.

use std::fmt::Write as _;

use crate::command::{self, Keymap, Scope};
use crate::config::{Setting, Settings};
use crate::domain::{BetKind, Criterion, Question};

/// `docs/keys.md`: every key of the workbench.
#[must_use]
pub fn keys_page() -> String {
    let mut page = "# Keys\n\n\
        Generated from the table of commands; `prospect keys` prints the same, and `?` shows what \
        is valid on the screen before you.\n"
        .to_owned();
    let keymap = Keymap::default();
    for scope in Scope::ALL {
        let _ = write!(page, "\n## {}\n\n| key | does | name |\n|---|---|---|\n", scope.title());
        for entry in command::all().iter().filter(|entry| entry.scope == scope) {
            let keys: Vec<String> =
                keymap.bindings_or_name(entry).iter().map(|keys| format!("`{keys}`")).collect();
            let _ = writeln!(page, "| {} | {} | {} |", keys.join(" "), entry.help, entry.id);
        }
    }
    page
}

/// The tables of `docs/settings.md`: everything that can be set but keys.
#[must_use]
pub fn settings_tables() -> String {
    let settings = Settings::default();
    let mut page = String::new();
    let mut table = "";
    for setting in Setting::all() {
        let Setting { table: of, key, meaning, .. } = setting;
        if of != table {
            let files = if setting.is_personal() {
                "In your own file only."
            } else {
                "In your own file, and over it in that of a workspace."
            };
            let _ = write!(
                page,
                "\n### `[{of}]`\n\n{files}\n\n| key | built in | takes | what it is |\n|---|---|---|---|\n"
            );
            table = of;
        }
        let value = setting.value(&settings);
        let value = value.map_or_else(|| "–".to_owned(), |value| format!("`{value}`"));
        let _ = writeln!(page, "| `{key}` | {value} | {} | {meaning} |", setting.expected());
    }
    page
}

/// `docs/criteria.md`: every question, and what the numbers mean.
#[must_use]
pub fn criteria_page() -> String {
    let mut page = "# Criteria\n\n\
        Generated from the tables in `src/core/domain`. Answers go from 0 to 10 (a chance from 0 to 1); \
        a range says that you are unsure, and no answer says that you do not know.\n\n\
        ## The five criteria\n\n\
        | criterion | question | 0–2 | 5 | 9–10 | weight |\n|---|---|---|---|---|--:|\n"
        .to_owned();
    for criterion in Criterion::ALL {
        let weight = criterion.default_weight();
        let _ =
            writeln!(page, "| {} {} {weight:.2} |", criterion.id(), answers(criterion.question()));
    }
    page.push_str(
        "\nStrategy normally follows from the bet. How the five become a score stands in \
         [science.md](science.md).\n",
    );
    for kind in BetKind::ALL {
        let _ = write!(
            page,
            "\n## A {} bet\n\n| question | | low | middle | high |\n|---|---|---|---|---|\n",
            kind.id()
        );
        for input in kind.inputs() {
            let _ = writeln!(page, "| {} {}", input.id(), answers(input.question()));
        }
    }
    page
}

fn answers(question: &Question) -> String {
    let Question { text, low, middle, high } = question;
    format!("| {text} | {low} | {middle} | {high} |")
}
