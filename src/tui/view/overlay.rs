//! Layers over a screen: an overlay, the small menu after the first key of a chord,
//! the page of a program that has no workspace yet.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::command::Command;
use crate::text::{sanitize, shorten, width};
use crate::tui::app::model::{Model, Overlay, OverlayKind};
use crate::tui::dialogs::program::Welcome;
use crate::tui::overlays::{self, OverlayLine};
use crate::tui::screens::ScreenId;
use crate::tui::theme::Styles;
use crate::tui::widgets::{self, KeyMenu, draw_lines};

pub(super) fn draw(
    overlay: &Overlay,
    model: &Model,
    styles: &Styles,
    area: Rect,
    buf: &mut Buffer,
) {
    let mut heading =
        vec![Span::styled(format!(" {}", overlays::title(overlay.kind, model)), styles.strong)];
    let note = if overlay.query.is_empty() {
        let key = |command| model.world.keymap.key(command);
        let find = key(Command::Find);
        let examples = match overlay.kind {
            OverlayKind::Help => ": bar, tie, cap, undo …",
            _ => "",
        };
        format!("  {find} searches{examples}  {} closes", key(Command::Back))
    } else {
        format!("  with \"{}\"", sanitize(&overlay.query))
    };
    heading.push(Span::styled(note, styles.quiet));
    buf.set_line(area.x, area.y, &Line::from(heading), area.width);
    let text = Rect {
        x: area.x + 1,
        y: area.y + 2,
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(2),
    };
    let room = overlays::columns(area.width);
    let lines: Vec<Line<'_>> = overlays::lines(overlay, model, room)
        .into_iter()
        .map(|line| drawn(line, room, styles))
        .collect();
    if lines.is_empty() {
        buf.set_string(text.x, text.y, "nothing found", styles.quiet);
    }
    widgets::Page { lines: &lines, scroll: overlay.scroll, styles }.render(text, buf);
}

fn drawn(line: OverlayLine, room: usize, styles: &Styles) -> Line<'static> {
    let fitted = |text: &str| shorten(&sanitize(text), room).into_owned();
    match line {
        OverlayLine::Blank => Line::default(),
        OverlayLine::Heading(text) => Line::styled(fitted(&text), styles.accent),
        OverlayLine::Text(text) => Line::styled(fitted(&text), styles.quiet),
        OverlayLine::Plain(text) => Line::styled(fitted(&text), styles.text),
        OverlayLine::Trouble(text) => Line::styled(fitted(&text), styles.bad),
        OverlayLine::Keys { keys, help } => {
            let space = " ".repeat(overlays::KEYS.saturating_sub(width(&keys)).max(1));
            Line::from(vec![
                Span::styled(keys, styles.key),
                Span::raw(space),
                Span::styled(help, styles.text),
            ])
        }
    }
}

/// Draws how the chord can go on, if one has begun.
pub(super) fn draw_chord(model: &Model, styles: &Styles, area: Rect, buf: &mut Buffer) {
    if model.chord.is_empty() {
        return;
    }
    let ways: Vec<(String, String)> = model
        .world
        .keymap
        .continuations(model.scopes(), &model.chord)
        .into_iter()
        .flat_map(|(key, command)| match command {
            Command::GoTo => screens(),
            _ => vec![(key, command.spec().help.to_owned())],
        })
        .collect();
    let title: String = model.chord.iter().map(ToString::to_string).collect();
    KeyMenu { title: &title, ways: &ways, styles }.render(area, buf);
}

/// The screens with their numbers.
fn screens() -> Vec<(String, String)> {
    let screen = |screen: &ScreenId| (screen.number().to_string(), screen.title().to_owned());
    ScreenId::ALL.iter().map(screen).collect()
}

/// Rows above the choices.
const TITLE: u16 = 4;

/// Where there is little room, the choices stand close together.
const fn is_roomy(area: Rect) -> bool {
    area.height >= 20
}

/// The choice at a cell of the area.
pub(super) fn line_at(at: Position, area: Rect) -> Option<usize> {
    let mut row = area.y + TITLE;
    Welcome::CHOICES.iter().position(|(_, more)| {
        let first = row;
        let rows = 1 + u16::try_from(more.len()).unwrap_or(0);
        row += rows + u16::from(is_roomy(area));
        (first..first + rows).contains(&at.y)
    })
}

/// Draws the choices, with the cursor on one of them, and where ideas would be
/// kept.
pub(super) fn draw_welcome(
    cursor: Option<usize>,
    folder: &str,
    styles: &Styles,
    area: Rect,
    buf: &mut Buffer,
) {
    let mut lines = vec![
        Line::default(),
        Line::styled("  Welcome. prospect helps you choose what to research next.", styles.strong),
        Line::styled("  Nothing is here yet. What would you like to do?", styles.text),
        Line::default(),
    ];
    let is_roomy = is_roomy(area);
    for (at, (choice, more)) in Welcome::CHOICES.iter().enumerate() {
        let is_marked = cursor == Some(at);
        let style = |style: Style| if is_marked { styles.selected } else { style };
        lines.push(Line::from(vec![
            Span::styled(if is_marked { "  ▸" } else { "   " }, style(styles.accent)),
            Span::styled((at + 1).to_string(), style(styles.key)),
            Span::styled(format!("  {choice}"), style(styles.text)),
        ]));
        lines.extend(more.iter().map(|text| Line::styled(format!("        {text}"), styles.quiet)));
        if is_roomy {
            lines.push(Line::default());
        }
    }
    let room = usize::from(area.width.saturating_sub(3));
    let folder = shorten(&sanitize(folder), room).into_owned();
    lines.extend([
        Line::default(),
        Line::styled("  Your ideas will be kept in plain files in", styles.quiet),
        Line::styled(format!("  {folder}"), styles.text),
        Line::styled("  (another folder: prospect init FOLDER)", styles.quiet),
    ]);
    draw_lines(&lines, area, buf);
}
