//! A report that can be mailed: the same content as one web page with pictures (no
//! script, no network, dark and light, on paper too) and as Markdown, with tables in
//! place of the pictures.

mod content;

pub use content::{Document, ReportInput};

use super::svg::Figure;
use crate::domain::Portfolio;
use crate::report::Ranking;
use crate::report::ranking::escaped;
use crate::report::review::goals;
use crate::report::svg::{self, escape};

/// A part of a report. All texts are plain: markup in them means nothing.
#[derive(Clone, Debug)]
enum Block {
    /// A heading of the second level.
    Section(&'static str),
    /// A heading of the third level.
    Heading(String),
    Text(String),
    List(Vec<String>),
    Table(Table),
    Figure(Figure),
}

/// A table; the first column names its row.
#[derive(Clone, Debug)]
struct Table {
    caption: &'static str,
    /// Names of the columns; those that hold numbers align to the right.
    head: Vec<(&'static str, Align)>,
    rows: Vec<Vec<String>>,
    /// Which column names the row.
    name: usize,
}

/// Which way a column leans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Align {
    Left,
    /// To the left, and never broken: a date, a word.
    Word,
    Right,
}

const STYLE: &str = include_str!("../../assets/report/page.css");

/// By this a report is known, so that nothing else is overwritten.
const GENERATOR: &str = "<meta name=\"generator\" content=\"prospect report\">";

/// Whether a text is a report of this program, as a page or as Markdown.
#[must_use]
pub fn is_report(text: &str) -> bool {
    text.contains(GENERATOR) || text.starts_with(MARK)
}

#[must_use]
pub fn html(document: &Document) -> String {
    let title = escape(&document.title);
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n{GENERATOR}\n\
         <title>{title}</title>\n<style>\n{STYLE}{}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#content\">Skip to the content</a>\n\
         <header>\n<h1>{title}</h1>\n<p>{}</p>\n</header>\n",
        svg::STYLE,
        escape(&document.facts)
    );
    page.push_str(&contents(document));
    page.push_str("<main id=\"content\" tabindex=\"-1\">\n");
    let (mut sections, mut figures) = (0, 0);
    for block in &document.blocks {
        match block {
            Block::Section(heading) => {
                if sections > 0 {
                    page.push_str("</section>\n");
                }
                sections += 1;
                page.push_str(&format!(
                    "<section aria-labelledby=\"s{sections}\">\n<h2 id=\"s{sections}\">{}</h2>\n",
                    escape(heading)
                ));
            }
            Block::Heading(heading) => page.push_str(&format!("<h3>{}</h3>\n", isolated(heading))),
            Block::Text(text) => page.push_str(&format!("<p>{}</p>\n", isolated(text))),
            Block::List(items) => {
                let items = items.iter().map(|item| format!("<li>{}</li>\n", isolated(item)));
                page.push_str(&format!("<ul>\n{}</ul>\n", items.collect::<String>()));
            }
            Block::Table(one) => page.push_str(&html_table(one)),
            Block::Figure(figure) => {
                figures += 1;
                let drawn = figure.svg(&format!("f{figures}"));
                page.push_str(&format!("<figure>{drawn}</figure>\n"));
            }
        }
    }
    if sections > 0 {
        page.push_str("</section>\n");
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

fn contents(document: &Document) -> String {
    let headings = document.blocks.iter().filter_map(|block| match block {
        Block::Section(heading) => Some(heading),
        _ => None,
    });
    let links = headings.enumerate().map(|(at, heading)| {
        format!("<li><a href=\"#s{}\">{}</a></li>\n", at + 1, escape(heading))
    });
    let links: String = links.collect();
    format!("<nav aria-label=\"Contents\">\n<ol>\n{links}</ol>\n</nav>\n")
}

fn html_table(table: &Table) -> String {
    let class = |align: Align| match align {
        Align::Left => "",
        Align::Word => " class=\"word\"",
        Align::Right => " class=\"number\"",
    };
    let head = table
        .head
        .iter()
        .map(|(name, align)| format!("<th scope=\"col\"{}>{}</th>", class(*align), escape(name)));
    let mut text = format!(
        "<div class=\"wide\" role=\"region\" aria-label=\"{caption}\" tabindex=\"0\">\n<table>\n\
         <caption>{caption}</caption>\n<thead>\n<tr>{}</tr>\n</thead>\n<tbody>\n",
        head.collect::<String>(),
        caption = escape(table.caption)
    );
    for row in &table.rows {
        let cells = row.iter().zip(&table.head).enumerate().map(|(at, (cell, (_, align)))| {
            if at == table.name {
                format!("<th scope=\"row\">{}</th>", isolated(cell))
            } else {
                format!("<td{}>{}</td>", class(*align), isolated(cell))
            }
        });
        text.push_str(&format!("<tr>{}</tr>\n", cells.collect::<String>()));
    }
    text + "</tbody>\n</table>\n</div>\n"
}

/// Text from the files: a title from right to left does not turn around what stands beside it.
fn isolated(text: &str) -> String {
    let escaped = escape(text);
    if text.is_ascii() { escaped } else { format!("<bdi>{escaped}</bdi>") }
}

/// By this a report is known, so that nothing else is overwritten.
const MARK: &str = "<!-- prospect report -->\n";

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
            Block::Table(one) => text.push_str(&markdown_table(one)),
            // Its sentence or its table follows.
            Block::Figure(_) => {}
        }
    }
    text
}

fn markdown_table(table: &Table) -> String {
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

impl Document {
    /// What the owner is after, with the hours and outputs so far; nothing without goals.
    fn goals(&mut self, all: &Ranking<'_>) {
        let goals = goals(all);
        if !goals.is_empty() {
            self.blocks.push(Block::Section("Goals"));
            self.blocks.push(Block::List(goals.into_iter().map(|(_, said)| said).collect()));
        }
    }

    /// What colleagues said in words, idea by idea; nothing where there are no words.
    fn others(&mut self, portfolio: &Portfolio) {
        let spoken = portfolio.spoken_of();
        if spoken.is_empty() {
            return;
        }
        self.blocks.push(Block::Section("What others say"));
        let items = spoken.into_iter().map(|(idea, said)| {
            let people = match idea.status.is_ranked_by_default() {
                true => String::new(),
                false => format!(" ({})", idea.status.shown()),
            };
            format!("{}{people}: {}", idea.title, said.join(" "))
        });
        self.blocks.push(Block::List(items.collect()));
    }
}
