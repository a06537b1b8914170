//! An open question, and what can be said about its answer so far.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};

use tui_input::Input;

use crate::text::{sanitize, shorten, width, wrap};
use crate::tui::app::model::Model;
use crate::tui::dialogs::{
    Form, Lines, List, OpenDialog, Picker, TextEditor, TypedLine, writing_columns,
};
use crate::tui::theme::Styles;
use crate::tui::widgets::{LineField, Menu, PickLine, PickList, TextArea, panel, put};

use super::{footer, overlay};

/// Columns of a box at most: longer lines are hard to read.
const WIDEST: u16 = 100;

/// Rows of what is said below a line of a box, at most.
const EXPLAINED: usize = 3;

/// Rows above the message line that one typed line takes: a rule, the question, the line.
const LINE_ROWS: u16 = 3;

/// Draws the open question, and says where the cursor stands if text is typed.
pub(super) fn draw(
    open: &OpenDialog,
    model: &Model,
    styles: &Styles,
    (body, footer): (Rect, Rect),
    buf: &mut Buffer,
) -> Option<Position> {
    Question { open, model, styles }.draw(body, footer, buf)
}

/// The line of the open list at a cell of the terminal, if one is there.
pub(crate) fn line_at(at: Position, body: Rect, model: &Model) -> Option<usize> {
    let open = model.dialog.as_ref()?;
    let question = Question { open, model, styles: &Styles::default() };
    match &open.prompt.form {
        Form::List(_) if open.dialog.fills_screen() => overlay::line_at(at, body),
        Form::List(list) => question.with_menu(list, |menu| menu.line_at(at, body)),
        Form::Pick(picker) => question.with_pick_list(picker, |list| list.line_at(at, body)),
        Form::Lines(_) | Form::Text(..) => None,
    }
}

struct Question<'a> {
    open: &'a OpenDialog,
    model: &'a Model,
    styles: &'a Styles,
}

impl Question<'_> {
    /// Draws it, and says where the cursor stands if text is typed.
    fn draw(&self, body: Rect, footer: Rect, buf: &mut Buffer) -> Option<Position> {
        let Self { open, model, styles } = *self;
        let last = Rect { y: footer.bottom() - 1, height: 1, ..footer };
        footer::draw_question_keys(open, model, styles, last, buf);
        match &open.prompt.form {
            Form::Lines(Lines { lines, .. }) if lines.len() == 1 && self.about().is_empty() => {
                Some(self.draw_line(&lines[0], body, footer, buf))
            }
            Form::Lines(lines) => {
                if !self.draw_refusal(footer, buf) {
                    // What led to this question.
                    footer::message(model, styles, footer, buf);
                }
                Some(self.draw_box(lines, body, buf))
            }
            Form::Text(writing, hint) => {
                let understood = open.dialog.preview(&open.answer(), 0, &model.world);
                let begun = if open.is_resumed { "this is what you had begun · " } else { "" };
                let hint = format!("{begun}{hint}");
                let (said, style) = self.said(&understood, &hint);
                remark(said, style, footer, buf);
                footer::keys(model, styles, last, buf);
                Some(self.draw_writing(writing, body, buf))
            }
            Form::List(list) => {
                if !open.dialog.fills_screen() {
                    self.with_menu(list, |menu| menu.render(body, buf));
                }
                self.draw_refusal(footer, buf);
                None
            }
            Form::Pick(picker) => {
                self.draw_refusal(footer, buf);
                Some(self.with_pick_list(picker, |list| list.render(body, buf)))
            }
        }
    }

    /// Why the answer cannot be taken; false if it can.
    fn draw_refusal(&self, footer: Rect, buf: &mut Buffer) -> bool {
        let refusal = self.open.refusal.as_deref();
        refusal.inspect(|refusal| remark(refusal, self.styles.bad, footer, buf)).is_some()
    }

    /// What stands in the message line: why the answer cannot be taken, what is
    /// understood of it, or how it can be given.
    fn said<'t>(
        &'t self,
        understood: &'t Result<Option<String>, String>,
        hint: &'t str,
    ) -> (&'t str, Style) {
        let styles = self.styles;
        match (&self.open.refusal, understood) {
            (Some(refusal), _) => (refusal, styles.bad),
            (None, Err(wrong)) => (wrong, styles.bad),
            (None, Ok(Some(understood))) => (understood, styles.text),
            (None, Ok(None)) => (hint, styles.quiet),
        }
    }

    /// One line to be typed, above what is understood of it, which ends in the message line.
    fn draw_line(&self, line: &TypedLine, body: Rect, footer: Rect, buf: &mut Buffer) -> Position {
        let Self { open, model, styles } = *self;
        let room = usize::from(body.width);
        let understood = open.dialog.preview(&open.answer(), 0, &model.world);
        let (text, style) = self.said(&understood, &line.hint);
        let mut said = wrap(&sanitize(text), room.saturating_sub(2));
        said.truncate(2);
        let last = said.pop().unwrap_or_default();
        let rows = (LINE_ROWS + u16::from(!said.is_empty())).min(body.height);
        let area = Rect { y: body.bottom() - rows, height: rows, ..body };
        Clear.render(area, buf);
        buf.set_string(area.x, area.y, "─".repeat(room), styles.faint);
        let label = sanitize(&open.prompt.label);
        let label = shorten(&label, room.saturating_sub(2));
        buf.set_stringn(area.x + 1, area.y + 1, label, room, styles.accent);
        match (&open.refusal, &line.assist.completions) {
            (None, Some(completions)) => {
                self.draw_offered(&completions.words, completions.at, footer, buf);
            }
            _ => {
                for text in &said {
                    buf.set_stringn(area.x + 1, area.bottom() - 1, text, room, style);
                }
                remark(&last, style, footer, buf);
            }
        }
        let row = Rect { y: area.y + 2, height: 1, ..area };
        let style = if line.replaces { styles.found } else { styles.strong };
        let input = &shown_input(line);
        LineField { label: " >", input, label_style: styles.accent, text_style: style }
            .render(row, buf)
    }

    /// Several lines to be typed, in a box above the message line.
    fn draw_box(&self, Lines { lines, at }: &Lines, body: Rect, buf: &mut Buffer) -> Position {
        let Self { open, styles, .. } = *self;
        let columns = usize::from(body.width.min(WIDEST).saturating_sub(4));
        let mut about: Vec<String> = self
            .about()
            .into_iter()
            .flat_map(|text| if text.starts_with(' ') { vec![text] } else { wrap(&text, columns) })
            .collect();
        let labels = lines.iter().map(|line| width(line.label)).max().unwrap_or(0) + 2;
        let explain = |at| self.explanation(at, columns.saturating_sub(labels));
        let mut hints: Vec<(Vec<String>, Style)> = (0..lines.len()).map(explain).collect();
        let gap = usize::from(!about.is_empty());
        let rows = |hints: &[(Vec<String>, Style)]| -> usize {
            about.len() + hints.iter().map(|(hint, _)| 1 + hint.len()).sum::<usize>()
        };
        let is_roomy = rows(&hints) + gap + 2 <= usize::from(body.height);
        if !is_roomy {
            // Only the line under the cursor is explained.
            let others = hints.iter_mut().enumerate().filter(|(number, _)| number != at);
            others.for_each(|(_, (hint, _))| hint.clear());
        }
        let gap = if is_roomy { gap } else { 0 };
        let wanted = rows(&hints) + gap;
        let inner = panel(&sanitize(&open.prompt.label), columns, wanted, styles, body, buf);
        about
            .truncate(about.len().saturating_sub(wanted.saturating_sub(usize::from(inner.height))));
        let mut rows = inner.rows();
        for (text, row) in about.iter().zip(rows.by_ref()) {
            let style = if text.starts_with(' ') { styles.strong } else { styles.text };
            buf.set_stringn(row.x, row.y, text, usize::from(row.width), style);
        }
        let mut rows = rows.skip(gap);
        let mut cursor = inner.as_position();
        for (number, (line, (hint, style))) in lines.iter().zip(&hints).enumerate() {
            let Some(row) = rows.next() else { break };
            let label_style = if number == *at { styles.accent } else { styles.text };
            buf.set_stringn(row.x, row.y, line.label, labels, label_style);
            let here = self.draw_typed(line, labels, row, buf);
            if number == *at {
                cursor = here;
            }
            for (text, row) in hint.iter().zip(rows.by_ref()) {
                let x = row.x + u16::try_from(labels).unwrap_or(0);
                let room = usize::from(row.right().saturating_sub(x));
                buf.set_stringn(x, row.y, shorten(text, room), room, *style);
            }
        }
        cursor
    }

    /// What is typed in a line of a box, behind its label; returns where the cursor stands.
    fn draw_typed(&self, line: &TypedLine, labels: usize, row: Rect, buf: &mut Buffer) -> Position {
        let indent = u16::try_from(labels).unwrap_or(0).saturating_sub(1);
        let room = Rect { x: row.x + indent, width: row.width.saturating_sub(indent), ..row };
        let style = if line.replaces { self.styles.found } else { self.styles.strong };
        LineField { label: "", input: &shown_input(line), label_style: style, text_style: style }
            .render(room, buf)
    }

    /// What stands below a line of a box: what is understood of it, what is wrong, what it
    /// can be completed to, or a hint.
    fn explanation(&self, number: usize, columns: usize) -> (Vec<String>, Style) {
        let Self { open, model, styles } = *self;
        let Form::Lines(Lines { lines, at }) = &open.prompt.form else { return Default::default() };
        let line = &lines[number];
        let understood = open.dialog.preview(&open.answer(), number, &model.world);
        let text = match (&understood, &line.assist.completions) {
            (_, Some(completions)) if number == *at => completions.words.join("  "),
            (Ok(Some(understood)), _) => format!("→ {understood}"),
            (Err(wrong), _) => wrong.clone(),
            (Ok(None), _) => line.hint.clone(),
        };
        let style = match &understood {
            Err(_) if number == *at => styles.bad,
            Ok(Some(_)) => styles.text,
            _ => styles.quiet,
        };
        (wrap(&sanitize(&text), columns).into_iter().take(EXPLAINED).collect(), style)
    }

    /// Hands on the menu of a list.
    fn with_menu<T>(&self, list: &List, with: impl FnOnce(Menu<'_>) -> T) -> T {
        let Self { open, styles, .. } = *self;
        let title = sanitize(&open.prompt.label);
        let lines: Vec<String> =
            list.lines.iter().map(|line| sanitize(line).into_owned()).collect();
        let about: Vec<String> =
            self.about().iter().map(|line| sanitize(line).into_owned()).collect();
        let List { cursor, columns, .. } = *list;
        let numbered = list.keys.is_empty();
        with(Menu {
            title: &title,
            about: &about,
            lines: &lines,
            cursor,
            numbered,
            columns,
            styles,
        })
    }

    /// The text over the whole screen, below what it is about.
    fn draw_writing(&self, writing: &TextEditor, body: Rect, buf: &mut Buffer) -> Position {
        let styles = self.styles;
        Clear.render(body, buf);
        let columns = writing_columns(body.width);
        let clean = sanitize(&self.open.prompt.label);
        let room = usize::from(body.width.saturating_sub(4));
        buf.set_stringn(body.x + 2, body.y, shorten(&clean, room), room, styles.accent);
        let rule = "─".repeat(columns + 1);
        buf.set_string(body.x + 2, body.y + 1, rule, styles.faint);
        let (rows, cursor) = writing.laid_out(columns);
        let area = Rect {
            x: body.x + 2,
            y: body.y + 2,
            width: u16::try_from(columns + 1).unwrap_or(body.width),
            height: body.height.saturating_sub(2),
        };
        let text = writing.text();
        TextArea { text, rows: &rows, cursor, style: styles.text }.render(area, buf)
    }

    /// Hands on the list of a picker.
    fn with_pick_list<T>(&self, picker: &Picker, with: impl FnOnce(PickList<'_>) -> T) -> T {
        let Self { open, styles, .. } = *self;
        let lines: Vec<PickLine<'_>> = picker
            .shown()
            .map(|choice| PickLine {
                text: &choice.text,
                aside: choice.refusal.as_deref().unwrap_or(&choice.aside),
                enabled: choice.refusal.is_none(),
            })
            .collect();
        let label = sanitize(&open.prompt.label);
        let (input, cursor) = (&picker.input, picker.cursor());
        let nothing = open.dialog.nothing_found();
        with(PickList { label: &label, input, lines: &lines, cursor, nothing, styles })
    }

    /// The words that the line can go on with, from the one that stands in it on.
    fn draw_offered(&self, words: &[String], at: usize, footer: Rect, buf: &mut Buffer) {
        let styles = self.styles;
        let style = |i| if i == 0 { styles.found } else { styles.quiet };
        let words = words[at..].iter().chain(&words[..at]).enumerate();
        let spans: Vec<Span<'_>> = words
            .flat_map(|(i, word)| [Span::styled(word.as_str(), style(i)), Span::raw("  ")])
            .collect();
        buf.set_line(footer.x + 1, footer.y, &Line::from(spans), footer.width.saturating_sub(2));
    }

    /// What is worth knowing about the answer as it stands.
    fn about(&self) -> Vec<String> {
        self.open.dialog.about(&self.open.answer(), &self.model.world)
    }
}

/// What is typed; a suggestion, which the first letter replaces, from its beginning.
fn shown_input(line: &TypedLine) -> Input {
    let input = line.input.clone();
    if line.replaces { input.with_cursor(0) } else { input }
}

/// What can be said about the answer, in the message line.
fn remark(text: &str, style: Style, footer: Rect, buf: &mut Buffer) {
    let inside = Rect { x: footer.x + 1, width: footer.width.saturating_sub(2), ..footer };
    put(text, inside, 0, style, buf);
}
