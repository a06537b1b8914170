//! Drawing of the import page, and of the fields that a column may become.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::command::{Command, Keymap};
use crate::domain::Field;
use crate::exchange::Target;
use crate::text::{fit, sanitize, shorten, width, wrap};
use crate::tui::action::ImportList;
use crate::tui::theme::Styles;
use crate::tui::widgets::{Menu, page_offset};

use super::{ImportPage, ImportPreview, PreviewColumn, PreviewIdea, PreviewRefusal};

/// Rows for ideas that columns leave free: three, and how many more there are.
const IDEA_ROWS: usize = 4;

/// Problems that the page shows itself; all of them are listed on request.
const PROBLEMS_SHOWN: usize = 2;

/// Rows of the list of fields, its frame included.
const MENU_ROWS: u16 = 13;

/// Columns of the mark of the line under the cursor.
const MARK: usize = 3;

pub(crate) fn draw(
    page: &ImportPage,
    keymap: &Keymap,
    styles: &Styles,
    area: Rect,
    buf: &mut Buffer,
) {
    let lines = Vec::new();
    let mut painter = Painter { styles, keymap, buf, area, y: area.y, lines };
    painter.page(page);
    if let Some(menu) = &page.menu {
        with_menu(menu, styles, |menu| menu.render(menu_area(area), buf));
    }
}

/// The line of the page, or of the list of fields over it, at a cell of the area.
pub(crate) fn line_at(
    page: &ImportPage,
    keymap: &Keymap,
    at: Position,
    area: Rect,
) -> Option<usize> {
    let styles = &Styles::default();
    if let Some(menu) = &page.menu {
        return with_menu(menu, styles, |menu| menu.line_at(at, menu_area(area)));
    }
    let mut buf = Buffer::empty(area);
    let lines = Vec::new();
    let mut painter = Painter { styles, keymap, buf: &mut buf, area, y: area.y, lines };
    painter.page(page);
    painter.lines.iter().find(|(y, _)| *y == at.y).map(|(_, line)| *line)
}

/// Where the list of fields stands: the columns stay in sight above it.
fn menu_area(area: Rect) -> Rect {
    let rows = MENU_ROWS.min(area.height);
    Rect { y: area.bottom() - rows, height: rows, ..area }
}

fn name(page: &ImportPage) -> String {
    match &page.question.list {
        ImportList::File(path) => path.display().to_string(),
        ImportList::Pasted(_) => "what you pasted".to_owned(),
    }
}

/// Hands on the list of fields.
fn with_menu<T>(menu: &FieldMenu, styles: &Styles, with: impl FnOnce(Menu<'_>) -> T) -> T {
    let column = sanitize(&menu.column);
    let title = format!("{} becomes", shorten(&column, 30));
    let lines: Vec<String> = menu.targets.iter().map(|target| name_of(*target)).collect();
    let (cursor, title) = (menu.cursor, title.as_str());
    with(Menu { title, about: &[], lines: &lines, cursor, numbered: false, columns: 1, styles })
}
/// Lines from the top of an area to its bottom.
struct Painter<'a> {
    styles: &'a Styles,
    keymap: &'a Keymap,
    buf: &'a mut Buffer,
    area: Rect,
    /// The row of the next line.
    y: u16,
    /// The rows of the lines on which the cursor can stand.
    lines: Vec<(u16, usize)>,
}

impl Painter<'_> {
    fn page(&mut self, page: &ImportPage) {
        match (page.preview(), page.refusal()) {
            (Some(preview), _) => {
                self.heading(&preview.source, &preview.format, page.is_waiting);
                match page.problems {
                    Some(scroll) => self.problems(preview, scroll),
                    None => self.preview(page, preview),
                }
            }
            (None, Some(refusal)) => {
                self.heading(&name(page), "", page.is_waiting);
                self.refusal(refusal);
            }
            (None, None) => self.heading(&name(page), "", true),
        }
    }

    fn line(&mut self, line: &Line<'_>) {
        if self.y < self.area.bottom() {
            self.buf.set_line(self.area.x, self.y, line, self.area.width);
        }
        self.y += 1;
    }

    fn columns(&self) -> usize {
        usize::from(self.area.width)
    }

    fn rows(&self) -> usize {
        usize::from(self.area.bottom().saturating_sub(self.y))
    }

    fn heading(&mut self, source: &str, format: &str, is_waiting: bool) {
        let facts = if is_waiting { "reading …" } else { format };
        let room = self.columns().saturating_sub(width(" Import  ") + width(facts) + 2);
        let source = fit(&sanitize(source), room);
        let line = Line::from(vec![
            Span::styled(" Import  ", self.styles.strong),
            Span::styled(source, self.styles.accent),
            Span::styled(format!(" {facts}"), self.styles.quiet),
        ]);
        self.line(&line);
        self.y += 1;
    }

    fn refusal(&mut self, refusal: &PreviewRefusal) {
        let room = self.columns().saturating_sub(4);
        let parts = [(&refusal.message, self.styles.bad), (&refusal.hint, self.styles.text)];
        for (text, style) in parts.into_iter().filter(|(text, _)| !text.is_empty()) {
            for row in wrap(text, room) {
                self.line(&Line::styled(format!("  {row}"), style));
            }
            self.y += 1;
        }
        self.line(&Line::styled("  Nothing was written.", self.styles.quiet));
    }

    fn problems(&mut self, preview: &ImportPreview, scroll: usize) {
        let count = crate::text::count(preview.problems.len(), "thing");
        self.line(&Line::styled(format!(" {count} to look at"), self.styles.caution));
        self.y += 1;
        let room = self.columns().saturating_sub(5);
        let rows = preview.problems.iter().skip(scroll).flat_map(|text| wrap(text, room));
        let rows: Vec<String> = rows.take(self.rows()).collect();
        for row in rows {
            self.line(&Line::styled(format!("   {row}"), self.styles.text));
        }
    }

    fn preview(&mut self, page: &ImportPage, preview: &ImportPreview) {
        let columns = preview.columns.len();
        // The rule, the counts and, with columns, their header.
        let fixed = if columns == 0 { 1 } else { 3 };
        let left = self.rows().saturating_sub(fixed);
        let problem_rows = match preview.problems.len() {
            0 => 0,
            _ if left < 12 => 1,
            many => 2 + many.min(PROBLEMS_SHOWN),
        };
        let left = left.saturating_sub(problem_rows);
        let column_rows = columns.min(left.saturating_sub(IDEA_ROWS));
        if columns > 0 {
            self.mapping(preview, page.cursor, column_rows);
            let rule = "─".repeat(self.columns());
            self.line(&Line::styled(rule, self.styles.faint));
        }
        let counts = format!(" {}", preview.counts());
        let counts = shorten(&sanitize(&counts), self.columns()).into_owned();
        self.line(&Line::styled(counts, self.styles.strong));
        self.ideas(preview, page.cursor.checked_sub(columns), left - column_rows);
        if problem_rows > 0 {
            self.problem_lines(preview, problem_rows);
        }
    }

    /// The columns around the cursor.
    fn mapping(&mut self, preview: &ImportPreview, cursor: usize, rows: usize) {
        let all = &preview.columns;
        let widest = |widths: &mut dyn Iterator<Item = usize>| widths.max().unwrap_or(0);
        let names = widest(&mut all.iter().map(|column| width(&sanitize(&column.name))));
        let names = names.clamp(width("column"), self.columns() / 4) + 2;
        let has_titles = all.iter().any(|column| column.target == Target::Field(Field::Title));
        let becomes = |column: &PreviewColumn| match column.target {
            // Without titles of their own, texts begin with them.
            Target::Field(Field::Summary) if !has_titles => "title, summary".to_owned(),
            target => name_of(target),
        };
        let targets = widest(&mut all.iter().map(|column| width(&becomes(column))));
        let targets = targets.max(width("becomes")) + 2;
        let header = format!(
            "{}{}{}example",
            " ".repeat(MARK),
            fit("column", names),
            fit("becomes", targets)
        );
        self.line(&Line::styled(header, self.styles.quiet));
        let first = page_offset(cursor.min(all.len() - 1), all.len(), rows);
        let end = self.y + u16::try_from(rows).unwrap_or(u16::MAX);
        for (at, column) in all.iter().enumerate().skip(first).take(rows) {
            let room = self.columns().saturating_sub(MARK + names + targets + 1);
            let line = self.column(column, &becomes(column), at == cursor, (names, targets, room));
            self.lines.push((self.y, at));
            self.line(&line);
        }
        self.y = end;
    }

    fn column(
        &self,
        column: &PreviewColumn,
        becomes: &str,
        is_under_cursor: bool,
        (names, targets, room): (usize, usize, usize),
    ) -> Line<'static> {
        let styles = self.styles;
        let is_used = !matches!(column.target, Target::Unused | Target::Ignored);
        let style = |style| if is_under_cursor { styles.selected } else { style };
        let mark = if is_under_cursor { "▸" } else { " " };
        let mut example = sanitize(&column.example).into_owned();
        if column.target == Target::Unused && is_under_cursor {
            let key = self.keymap.key(Command::Open);
            let note = format!(" · {key} chooses what it becomes");
            let text = shorten(&example, room.saturating_sub(width(&note)));
            example = format!("{text}{note}");
        }
        Line::from(vec![
            Span::styled(
                format!("{}{}", fit(mark, MARK), fit(&sanitize(&column.name), names)),
                style(styles.text),
            ),
            Span::styled(
                fit(becomes, targets),
                style(if is_used { styles.accent } else { styles.quiet }),
            ),
            Span::styled(fit(&example, room + 1), style(styles.quiet)),
        ])
    }

    /// The ideas around the cursor, the first ones while it is above them.
    fn ideas(&mut self, preview: &ImportPreview, cursor: Option<usize>, rows: usize) {
        let all = &preview.ideas;
        let end = self.y + u16::try_from(rows).unwrap_or(u16::MAX);
        let has_more = all.len() > rows;
        let shown = if has_more { rows.saturating_sub(1) } else { all.len() };
        let first = page_offset(cursor.unwrap_or(0), all.len(), shown);
        let states = all.iter().skip(first).take(shown).map(|idea| width(&idea.state));
        let states = states.max().unwrap_or(0) + 2;
        let details = all.iter().skip(first).take(shown);
        let details = details.map(|idea| width(&sanitize(&idea.details))).max().unwrap_or(0);
        let details = details.min(self.columns() / 4);
        for (at, idea) in all.iter().enumerate().skip(first).take(shown) {
            let line = self.idea(at, idea, cursor == Some(at), (states, details));
            self.lines.push((self.y, preview.columns.len() + at));
            self.line(&line);
        }
        let below = all.len().saturating_sub(first + shown);
        if has_more {
            let [down, up] = [Command::Down, Command::Up].map(|command| self.keymap.key(command));
            let page = self.keymap.keys(Command::PageDown).pop().unwrap_or_default();
            let more = match below {
                0 => format!("   … {first} above"),
                _ => format!("   … {below} more ({down} {up}, {page})"),
            };
            self.line(&Line::styled(more, self.styles.quiet));
        }
        self.y = end;
    }

    fn idea(
        &self,
        at: usize,
        idea: &PreviewIdea,
        is_under_cursor: bool,
        (states, details): (usize, usize),
    ) -> Line<'static> {
        let styles = self.styles;
        let style = |style| if is_under_cursor { styles.selected } else { style };
        let mark = if is_under_cursor { "▸" } else { " " };
        let number = format!("{mark}{:>3}  ", at + 1);
        let titles = self.columns().saturating_sub(width(&number) + states + 1 + details);
        let details = fit(&sanitize(&idea.details), details);
        Line::from(vec![
            Span::styled(number, style(styles.quiet)),
            Span::styled(fit(&sanitize(&idea.title), titles.saturating_sub(1)), style(styles.text)),
            Span::styled(format!(" {}", fit(&idea.state, states)), style(styles.quiet)),
            Span::styled(details, style(styles.accent)),
        ])
    }

    fn problem_lines(&mut self, preview: &ImportPreview, rows: usize) {
        let count = crate::text::count(preview.problems.len(), "thing");
        let key = self.keymap.key(Command::Problems);
        let heading = format!(" {count} to look at  ({key})");
        if rows > 1 {
            self.y += 1;
        }
        self.line(&Line::styled(heading, self.styles.caution));
        let room = self.columns().saturating_sub(4);
        for text in preview.problems.iter().take(rows.saturating_sub(2)) {
            let text = shorten(&sanitize(text), room).into_owned();
            self.line(&Line::styled(format!("   {text}"), self.styles.text));
        }
    }
}

/// The fields that most columns become, in front of all others.
const USUAL: [Target; 9] = [
    Target::Field(Field::Title),
    Target::Field(Field::Summary),
    Target::Field(Field::Tags),
    Target::Field(Field::Status),
    Target::Field(Field::Links),
    Target::Field(Field::Created),
    Target::Field(Field::People),
    Target::Field(Field::From),
    Target::Ignored,
];

/// The list of fields for one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FieldMenu {
    pub column: String,
    pub targets: Vec<Target>,
    /// The line under the cursor.
    pub cursor: usize,
}

impl FieldMenu {
    /// The fields for a column, with the cursor on the one that it becomes now.
    pub(super) fn of(column: &PreviewColumn) -> Self {
        let names = Target::names();
        let others = names.iter().filter_map(|name| Target::from_name(name));
        let mut targets = USUAL.to_vec();
        targets.extend(others.filter(|target| !USUAL.contains(target)));
        let now = match column.target {
            Target::Unused => Target::Ignored,
            target => target,
        };
        let cursor = targets.iter().position(|target| *target == now).unwrap_or(0);
        Self { column: column.name.clone(), targets, cursor }
    }
}

/// A target as the page names it.
pub(super) fn name_of(target: Target) -> String {
    match target {
        Target::Unused | Target::Ignored => "(not used)".to_owned(),
        target => target.to_string(),
    }
}
