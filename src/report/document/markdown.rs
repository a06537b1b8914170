//! A report as Markdown: what the page says, with the tables in place of the
//! pictures.

use super::{Align, Block, Document, Table};
use crate::report::markdown::escaped;

/// By this a report is known, so that nothing else is overwritten.
pub(super) const MARK: &str = "<!-- prospect report -->\n";

#[must_use]
pub fn markdown(document: &Document) -> String {
    let facts = escaped(&document.facts);
    let mut text = format!("{MARK}# {}\n\n{facts}\n", escaped(&document.title));
    for block in &document.blocks {
        match block {
            Block::Section(heading) => text.push_str(&format!("\n## {heading}\n")),
            Block::Heading(heading) => text.push_str(&format!("\n### {}\n", escaped(heading))),
            Block::Text(said) => text.push_str(&format!("\n{}\n", escaped(said))),
            Block::List(items) => {
                text.push('\n');
                text.extend(items.iter().map(|item| format!("- {}\n", escaped(item))));
            }
            Block::Table(one) => text.push_str(&table(one)),
            // Its sentence or its table follows.
            Block::Figure(_) => {}
        }
    }
    text
}

fn table(table: &Table) -> String {
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let head = table.head.iter().map(|(name, _)| (*name).to_owned()).collect();
    let lines = table
        .head
        .iter()
        .map(|(_, align)| if *align == Align::Right { "--:".to_owned() } else { ":--".to_owned() });
    let mut text = format!("\n{}:\n\n{}{}", table.caption, row(head), row(lines.collect()));
    text.extend(
        table.rows.iter().map(|cells| row(cells.iter().map(|cell| escaped(cell)).collect())),
    );
    text
}
