//! A question, and what can be said about its answer so far.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;
use tui_input::Input;

use crate::text::{sanitize, shorten};
use crate::tui::app::model::Model;
use crate::tui::dialogs::answers;
use crate::tui::dialogs::{Form, Picker, Prompt, TextEditor, writing_columns};
use crate::tui::theme::Styles;
use crate::tui::widgets::{LineField, Menu, PickLine, PickList, TextArea};

use super::footer;

/// Draws a question, and says where the cursor stands if text is typed.
pub(super) fn draw(
    prompt: &Prompt,
    model: &Model,
    styles: &Styles,
    body: Rect,
    footer: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    let refusal = prompt.refusal.as_deref();
    match &prompt.form {
        Form::Line { input, hint, assist } => {
            let understood = answers::understood(&prompt.then, input.value(), &model.world);
            match (refusal, &assist.completions, &understood) {
                (Some(refusal), _, _) => remark(refusal, styles.bad, footer, buffer),
                (None, None, Some(understood)) => remark(understood, styles.text, footer, buffer),
                (None, None, None) => remark(hint, styles.quiet, footer, buffer),
                (None, Some(completions), _) => {
                    offered(&completions.words, completions.at, styles, footer, buffer);
                }
            }
            Some(field(&prompt.label, input, styles, footer, buffer))
        }
        Form::Text { writing, hint } => {
            let understood = answers::understood(&prompt.then, writing.text(), &model.world);
            let said = refusal.or(understood.as_deref()).unwrap_or(hint);
            let style = match (refusal, &understood) {
                (Some(_), _) => styles.bad,
                (None, Some(_)) => styles.text,
                (None, None) => styles.quiet,
            };
            remark(said, style, Rect { height: 1, ..footer }, buffer);
            let last = Rect { y: footer.bottom() - 1, height: 1, ..footer };
            footer::keys(model, styles, last, buffer);
            Some(draw_writing(&prompt.label, writing, styles, body, buffer))
        }
        Form::List { lines, cursor } => {
            let title = sanitize(&prompt.label);
            let lines: Vec<String> = lines.iter().map(|line| sanitize(line).into_owned()).collect();
            Menu { title: &title, lines: &lines, cursor: *cursor, styles }.render(body, buffer);
            match refusal {
                Some(refusal) => remark(refusal, styles.bad, footer, buffer),
                None => footer::draw(model, styles, footer, buffer),
            }
            None
        }
        Form::Pick(picker) => {
            draw_picker(picker, styles, body, buffer);
            let keys = "Enter takes it · ↑ ↓ move · Esc leaves";
            let (text, style) =
                refusal.map_or((keys, styles.quiet), |refusal| (refusal, styles.bad));
            remark(text, style, footer, buffer);
            Some(field(&prompt.label, &picker.input, styles, footer, buffer))
        }
    }
}

/// The text over the whole screen, below what it is about.
fn draw_writing(
    label: &str,
    writing: &TextEditor,
    styles: &Styles,
    body: Rect,
    buffer: &mut Buffer,
) -> Position {
    for row in body.rows() {
        buffer.set_string(row.x, row.y, " ".repeat(usize::from(row.width)), Style::reset());
    }
    let columns = writing_columns(body.width);
    let clean = sanitize(label);
    let room = usize::from(body.width.saturating_sub(4));
    buffer.set_stringn(body.x + 2, body.y, shorten(&clean, room), room, styles.accent);
    let rule = "─".repeat(columns + 1);
    buffer.set_string(body.x + 2, body.y + 1, rule, styles.faint);
    let (rows, cursor) = writing.laid_out(columns);
    let area = Rect {
        x: body.x + 2,
        y: body.y + 2,
        width: u16::try_from(columns + 1).unwrap_or(body.width),
        height: body.height.saturating_sub(2),
    };
    let text = writing.text();
    TextArea { text, rows: &rows, cursor, style: styles.text }.render(area, buffer)
}

fn draw_picker(picker: &Picker, styles: &Styles, body: Rect, buffer: &mut Buffer) {
    let lines: Vec<PickLine<'_>> = picker
        .shown()
        .map(|choice| PickLine {
            key: &choice.key,
            text: &choice.text,
            aside: choice.refusal.as_deref().unwrap_or(&choice.name),
            enabled: choice.refusal.is_none(),
        })
        .collect();
    let title = match picker.input.value() {
        "" => "type to find".to_owned(),
        _ => format!("{} found", lines.len()),
    };
    PickList { title: &title, lines: &lines, cursor: picker.cursor(), styles }.render(body, buffer);
}

/// The line that is typed, in the first row of the footer.
fn field(
    label: &str,
    input: &Input,
    styles: &Styles,
    footer: Rect,
    buffer: &mut Buffer,
) -> Position {
    let label = format!(" {label}");
    let field =
        LineField { label: &label, input, label_style: styles.accent, text_style: styles.strong };
    field.render(Rect { height: 1, ..footer }, buffer)
}

/// What can be said about the answer, in the last row of the footer.
fn remark(text: &str, style: Style, footer: Rect, buffer: &mut Buffer) {
    let clean = sanitize(text);
    let room = usize::from(footer.width.saturating_sub(2));
    let text = shorten(&clean, room);
    buffer.set_stringn(footer.x + 1, footer.bottom() - 1, text, room, style);
}

/// The words that the line can go on with, from the one that stands in it on.
fn offered(words: &[String], at: usize, styles: &Styles, footer: Rect, buffer: &mut Buffer) {
    let style = |i| if i == 0 { styles.found } else { styles.quiet };
    let words = words[at..].iter().chain(&words[..at]).enumerate();
    let spans: Vec<Span<'_>> = words
        .flat_map(|(i, word)| [Span::styled(word.as_str(), style(i)), Span::raw("  ")])
        .collect();
    let y = footer.bottom() - 1;
    buffer.set_line(footer.x + 1, y, &Line::from(spans), footer.width.saturating_sub(2));
}
