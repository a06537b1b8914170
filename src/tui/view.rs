//! The model on the screen, and what lies at a cell of it. Nothing here changes anything.

mod dialog;
mod footer;
mod overlay;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::command::{Command, Invocation, KeyPress};
use crate::text::{count, sanitize, shorten, width};
use crate::tui::app::model::Model;
use crate::tui::dialogs::Form;
use crate::tui::import;
use crate::tui::screens::ScreenId;
use crate::tui::theme::Styles;
use crate::tui::world::{FOOTER_ROWS, LEAST_SIZE, title_rows};

pub(super) use dialog::line_at;
pub(super) use footer::command_at;

/// Draws everything and says where the cursor stands, if text is typed.
pub(super) fn view(
    model: &Model,
    styles: &Styles,
    area: Rect,
    buf: &mut Buffer,
) -> Option<Position> {
    if area.width < LEAST_SIZE.0 || area.height < LEAST_SIZE.1 {
        ask_for_room(styles, area, buf);
        return None;
    }
    let title = Rect { height: 1, ..area };
    let title_rows = title_rows(area.height);
    let footer = Rect { y: area.bottom() - FOOTER_ROWS, height: FOOTER_ROWS, ..area };
    let body =
        Rect { y: area.y + title_rows, height: area.height - title_rows - FOOTER_ROWS, ..area };
    draw_title(model, styles, title, buf);
    match (&model.overlay, &model.import) {
        (Some(overlay), _) => overlay::draw(overlay, model, styles, body, buf),
        (None, Some(page)) => import::draw(page, &model.world.keymap, styles, body, buf),
        (None, None) if model.new_workspace.is_some() => draw_welcome(model, styles, body, buf),
        (None, None) => model.current().draw(&model.world, styles, body, buf),
    }
    match &model.dialog {
        None => {
            overlay::draw_chord(model, styles, body, buf);
            footer::draw(model, styles, footer, buf);
            None
        }
        Some(open) => dialog::draw(open, model, styles, (body, footer), buf),
    }
}

/// The welcome, also below a question that follows from it.
fn draw_welcome(model: &Model, styles: &Styles, area: Rect, buf: &mut Buffer) {
    let Some(folder) = &model.new_workspace else { return };
    let cursor = model.dialog.as_ref().and_then(|open| match &open.prompt.form {
        Form::List(list) if open.dialog.fills_screen() => Some(list.cursor),
        _ => None,
    });
    overlay::draw_welcome(cursor, &folder.display().to_string(), styles, area, buf);
}

fn ask_for_room(styles: &Styles, area: Rect, buf: &mut Buffer) {
    let lines = [
        format!(
            "At least {}×{}, please; this is {}×{}.",
            LEAST_SIZE.0, LEAST_SIZE.1, area.width, area.height
        ),
        "Keys are off until then (q quits).".to_owned(),
    ];
    let top = area.y + area.height.saturating_sub(2) / 2;
    for (line, y) in lines.iter().zip(top..area.bottom()) {
        let columns = u16::try_from(width(line)).unwrap_or(0).min(area.width);
        let x = area.x + (area.width - columns) / 2;
        buf.set_stringn(x, y, line, usize::from(area.width), styles.text);
    }
}

/// The title line: the screens, the workspace, and its problems.
fn draw_title(model: &Model, styles: &Styles, area: Rect, buf: &mut Buffer) {
    let tab = |(screen, text)| {
        Span::styled(text, if screen == model.screen { styles.accent } else { styles.quiet })
    };
    let left: Line<'_> = tabs(model).into_iter().map(tab).collect();
    let (x, _) = buf.set_line(area.x, area.y, &left, area.width);
    let mut facts = amiss(model, styles);
    let amiss = facts.len();
    let ideas = model.world.portfolio.ideas().len();
    let listed = model.screens.rank.listed();
    let number = match ideas {
        1 => "1 idea".to_owned(),
        _ if listed == ideas => format!("{ideas} ideas"),
        _ => format!("{listed} of {ideas} ideas"),
    };
    facts.push((number, styles.quiet));
    let order = model.screens.rank.sorted_by();
    facts.extend(order.map(|order| (format!("by {order}"), styles.caution)));
    facts.push((workspace_and_day(model), styles.quiet));
    // Where there is little room, what is counted is left out first; never the
    // problems, and the name of the workspace last.
    let room = area.right().saturating_sub(x + 2);
    let columns = |facts: &[(String, Style)]| {
        facts.iter().map(|(text, _)| width(text) + 3).sum::<usize>().saturating_sub(3)
    };
    while columns(&facts) > usize::from(room) && facts.len() > amiss + 1 {
        facts.remove(amiss);
    }
    if columns(&facts) > usize::from(room) && amiss > 0 {
        facts.truncate(amiss);
    }
    let columns = u16::try_from(columns(&facts)).unwrap_or(u16::MAX).min(room);
    let dot = || Span::styled(" · ", styles.faint);
    let facts = facts.into_iter().map(|(text, style)| Span::styled(text, style));
    let right: Line<'_> = facts.flat_map(|fact| [dot(), fact]).skip(1).collect();
    buf.set_line(area.right().saturating_sub(columns + 1), area.y, &right, columns);
}

/// What is not as it should be: edits that are not saved, problems.
fn amiss(model: &Model, styles: &Styles) -> Vec<(String, Style)> {
    let mut amiss = Vec::new();
    if model.unsaved() > 0 {
        amiss.push((format!("{} unsaved", model.unsaved()), styles.bad));
    }
    let problems = model.broken()
        + model.settings_problems.len()
        + usize::from(model.settings_faults().next().is_some());
    if problems > 0 {
        let key = model.world.keymap.key(Command::Problems);
        amiss.push((format!("{} ({key})", count(problems, "problem")), styles.caution));
    }
    amiss
}

/// `demo · 20 Nov`; the year where it is not this one is in every date anyway.
fn workspace_and_day(model: &Model) -> String {
    let day = model.world.portfolio.as_of().strftime("%-d %b");
    let name = sanitize(&model.name);
    format!("{} · {day}", shorten(&name, 24))
}

/// The tabs as they are written: the keys that open each, and what waits there.
pub(super) fn tabs(model: &Model) -> Vec<(ScreenId, String)> {
    let tab = |screen: ScreenId| {
        // At the least width the word demo needs the room of the counts.
        let is_bare = model.world.size.width < 64 && model.world.demo;
        let waiting = match model.screens.get(screen).waiting(&model.world) {
            _ if is_bare => String::new(),
            0 => String::new(),
            count => format!(" {count}"),
        };
        let text = format!("g{} {}{waiting}", screen.number(), screen.title());
        // At the least width there is one column between two tabs.
        let behind = if model.world.size.width < 64 { "" } else { " " };
        if screen == model.screen { format!("[{text}]") } else { format!(" {text}{behind}") }
    };
    ScreenId::ALL.iter().map(|screen| (*screen, tab(*screen))).collect()
}

/// The tab at a cell of the terminal.
pub(super) fn tab_at(at: Position, model: &Model) -> Option<ScreenId> {
    if at.y != 0 {
        return None;
    }
    let (mut end, column) = (0, usize::from(at.x));
    let at_column = |(screen, text): (ScreenId, String)| {
        let start = end;
        end += width(&text);
        (start..end).contains(&column).then_some(screen)
    };
    tabs(model).into_iter().find_map(at_column)
}

/// The command whose key in the last line is at a cell of the terminal; none for
/// which a digit has to be chosen.
pub(super) fn key_at(at: Position, model: &Model) -> Option<Invocation> {
    let is_last = at.y + 1 == model.world.size.height;
    match is_last.then(|| command_at(at.x, model)).flatten()? {
        Command::GoTo => {
            let digit = u8::try_from(ScreenId::Rank.number()).ok();
            Some(Invocation { command: Command::GoTo, digit })
        }
        command if command.spec().takes_digit() => None,
        command => Some(Invocation { command, digit: None }),
    }
}

/// The key in the last line at a cell of the terminal, while a question is open.
pub(super) fn dialog_key_at(at: Position, model: &Model) -> Option<KeyPress> {
    let is_last = at.y + 1 == model.world.size.height;
    is_last.then(|| footer::dialog_key_at(at.x, model)).flatten()
}

/// Where the screen is drawn: below the title, above the footer.
pub(super) fn body(model: &Model) -> Rect {
    let top = Position::new(0, title_rows(model.world.size.height));
    Rect::from((top, model.world.room()))
}
