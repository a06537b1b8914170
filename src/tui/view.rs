//! The model on the screen. Nothing here changes anything.

mod footer;
mod page;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::text::{sanitize, shorten, width};

use super::ask::{Form, Prompt};
use super::model::{Model, title_rows};
use super::screens::{ScreenId, rank, triage};
use super::theme::Styles;
use super::widgets::{LineField, Menu};

/// Below this size there is no room to work in.
const LEAST: (u16, u16) = (60, 16);

/// Draws everything and says where the cursor stands, if text is typed.
pub(super) fn view(
    model: &Model,
    styles: &Styles,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    if area.width < LEAST.0 || area.height < LEAST.1 {
        ask_for_room(styles, area, buffer);
        return None;
    }
    let prompt_rows = model.prompt.as_ref().map_or(0, |prompt| match prompt.form {
        Form::Line { .. } => 1,
        Form::List { .. } => 0,
    });
    let title = Rect { height: 1, ..area };
    let title_rows = title_rows(area.height);
    let footer_rows = 1 + prompt_rows;
    let footer = Rect { y: area.bottom() - footer_rows, height: footer_rows, ..area };
    let body =
        Rect { y: area.y + title_rows, height: area.height - title_rows - footer_rows, ..area };
    draw_title(model, styles, title, buffer);
    match (&model.page, model.screen) {
        (Some(page), _) => page::draw(page, model, styles, body, buffer),
        (None, ScreenId::Rank) => rank::draw(&model.rank, &model.backlog, styles, body, buffer),
        (None, ScreenId::Triage) => {
            triage::draw(&model.triage, &model.backlog, styles, body, buffer);
        }
    }
    match &model.prompt {
        None => {
            footer::draw(model, styles, footer, buffer);
            None
        }
        Some(prompt) => draw_prompt(prompt, model, styles, body, footer, buffer),
    }
}

fn ask_for_room(styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let lines = [
        format!("{}×{} is too small", area.width, area.height),
        format!("prospect needs {}×{}", LEAST.0, LEAST.1),
    ];
    let top = area.y + area.height.saturating_sub(2) / 2;
    for (line, y) in lines.iter().zip(top..area.bottom()) {
        let columns = u16::try_from(width(line)).unwrap_or(0).min(area.width);
        let x = area.x + (area.width - columns) / 2;
        buffer.set_stringn(x, y, line, usize::from(area.width), styles.text);
    }
}

/// Where this is: the screens, the workspace, and what is amiss with it.
fn draw_title(model: &Model, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let mut left = vec![Span::styled(" prospect ", styles.strong)];
    for (number, screen) in (1..).zip(ScreenId::ALL) {
        let style = if screen == model.screen { styles.accent } else { styles.quiet };
        left.push(Span::styled(format!("  {number} {}", screen.title()), style));
    }
    let (x, _) = buffer.set_line(area.x, area.y, &Line::from(left), area.width);
    let mut facts = Vec::new();
    if model.unsaved() > 0 {
        facts.push((format!("{} unsaved", model.unsaved()), styles.bad));
    }
    match model.broken() {
        0 => {}
        1 => facts.push(("1 idea cannot be read (!)".to_owned(), styles.caution)),
        many => facts.push((format!("{many} ideas cannot be read (!)"), styles.caution)),
    }
    let ideas = model.backlog.portfolio().ideas().len();
    let listed = model.rank.listed();
    let count = match ideas {
        1 => "1 idea".to_owned(),
        _ if listed == ideas => format!("{ideas} ideas"),
        _ => format!("{listed} of {ideas} ideas"),
    };
    facts.push((count, styles.quiet));
    facts.push((shorten(&sanitize(&model.name), 24).into_owned(), styles.quiet));
    facts.push((model.backlog.as_of().to_string(), styles.quiet));
    let mut right = Vec::new();
    for (i, (text, style)) in facts.into_iter().enumerate() {
        if i > 0 {
            right.push(Span::styled(" · ", styles.faint));
        }
        right.push(Span::styled(text, style));
    }
    let right = Line::from(right);
    let columns = u16::try_from(right.width()).unwrap_or(u16::MAX);
    let room = area.right().saturating_sub(x + 2);
    let start = area.right().saturating_sub(columns.min(room) + 1);
    buffer.set_line(start, area.y, &right, columns.min(room));
}

fn draw_prompt(
    prompt: &Prompt,
    model: &Model,
    styles: &Styles,
    body: Rect,
    footer: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    let refusal = prompt.refusal.as_deref();
    match &prompt.form {
        Form::Line { input, hint } => {
            let understood =
                super::answers::understood(&prompt.then, input.value(), &model.backlog);
            let (text, style) = match (refusal, &understood) {
                (Some(refusal), _) => (refusal, styles.bad),
                (None, Some(understood)) => (understood.as_str(), styles.text),
                (None, None) => (hint.as_str(), styles.quiet),
            };
            let clean = sanitize(text);
            let room = usize::from(footer.width.saturating_sub(2));
            let y = footer.bottom() - 1;
            buffer.set_stringn(footer.x + 1, y, shorten(&clean, room), room, style);
            let field = LineField {
                label: &format!(" {}", prompt.label),
                input,
                label_style: styles.accent,
                text_style: styles.strong,
            };
            Some(field.render(Rect { height: 1, ..footer }, buffer))
        }
        Form::List { lines, cursor } => {
            let title = sanitize(&prompt.label);
            let lines: Vec<String> = lines.iter().map(|line| sanitize(line).into_owned()).collect();
            Menu { title: &title, lines: &lines, cursor: *cursor, styles }.render(body, buffer);
            match refusal {
                Some(refusal) => {
                    let row = Rect { height: 1, ..footer };
                    buffer.set_stringn(
                        row.x + 1,
                        row.y,
                        sanitize(refusal),
                        usize::from(row.width.saturating_sub(2)),
                        styles.bad,
                    );
                }
                None => footer::draw(model, styles, footer, buffer),
            }
            None
        }
    }
}
