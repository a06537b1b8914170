//! Layout of the Triage screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::command::{Keymap, Scope, all};
use crate::domain::Field;
use crate::judge::Progress;
use crate::text::{sanitize, shorten};
use crate::tui::screens::Screen;
use crate::tui::theme::Styles;
use crate::tui::widgets::Page;
use crate::tui::world::World;

use super::{Pass, TriageScreen, card, cards, overview, question};

/// Rows above the card: how far the round is, and a blank line.
const HEAD: u16 = 2;

/// Columns of the bar that shows how far the round is.
const BAR: usize = 20;

pub(crate) fn draw(
    screen: &TriageScreen,
    world: &World,
    styles: &Styles,
    area: Rect,
    buffer: &mut Buffer,
) {
    let keymap = &world.keymap;
    if screen.list.is_some() {
        return cards::draw(screen, world, keymap, styles, area, buffer);
    }
    if screen.shows_overview() {
        return overview::draw(screen, keymap, styles, area, buffer);
    }
    head(screen, styles, area, buffer);
    let (text, bottom) = split(screen, world, area);
    let lines = card::lines(screen, world, styles, usize::from(text.width.saturating_sub(1)));
    Page { lines: &lines, scroll: screen.scroll, styles }.render(text, buffer);
    let rule = "─".repeat(usize::from(bottom.width));
    buffer.set_string(bottom.x, bottom.y, rule, styles.faint);
    let bottom = Rect { y: bottom.y + 1, height: bottom.height.saturating_sub(1), ..bottom };
    match screen.pass() {
        Pass::Second => weigh(screen, world, styles, bottom, buffer),
        Pass::First | Pass::Over => sort(keymap, styles, bottom, buffer),
    }
}

/// The pass and how far it is.
fn head(screen: &TriageScreen, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let pass = screen.pass();
    let progress = screen.round.progress(pass, |id| screen.shows(id));
    let name = match pass {
        Pass::Second => " Second pass: what is it worth?",
        Pass::First | Pass::Over => " First pass: worth a closer look?",
    };
    let mut line = Line::from(vec![
        Span::styled(name, styles.strong),
        Span::styled(format!("  {progress}  "), styles.text),
    ]);
    if screen.query.is_empty() {
        line.push_span(Span::styled(bar(&progress), styles.bar));
    } else {
        line.push_span(Span::styled(format!("/{}", sanitize(&screen.query)), styles.caution));
    }
    buffer.set_line(area.x, area.y, &line, area.width);
}

fn bar(progress: &Progress) -> String {
    let full = (progress.decided * BAR).checked_div(progress.all).unwrap_or(0).min(BAR);
    format!("{}{}", "━".repeat(full), "┄".repeat(BAR - full))
}

/// The card, and what is asked about it below.
fn split(screen: &TriageScreen, world: &World, area: Rect) -> (Rect, Rect) {
    let answers = screen.idea(world).map_or(0, |idea| {
        card::answers(screen, idea, &Styles::default(), usize::from(area.width)).len()
    });
    let rows = match screen.pass() {
        Pass::Second => 2 + question::rows(area.width) + u16::try_from(answers).unwrap_or(0),
        Pass::First | Pass::Over => 1 + sorting_rows(),
    };
    let rows = rows.min(area.height.saturating_sub(HEAD + 3));
    let bottom = Rect { y: area.bottom() - rows, height: rows, ..area };
    let text = Rect {
        x: area.x + 2,
        y: area.y + HEAD,
        width: area.width.saturating_sub(4).min(100),
        height: area.height.saturating_sub(HEAD + rows),
    };
    (text, bottom)
}

/// How far the card can be scrolled.
pub(super) fn last_scroll(screen: &TriageScreen, world: &World) -> usize {
    let area = Rect::new(0, 0, world.room().width, world.room().height);
    let (text, _) = split(screen, world, area);
    let columns = usize::from(text.width.saturating_sub(1));
    let lines = card::lines(screen, world, &Styles::default(), columns).len();
    lines.saturating_sub(usize::from(text.height))
}

fn sorting_rows() -> u16 {
    let rows = all().iter().filter(|entry| entry.scope == Scope::Sort).count();
    u16::try_from(rows).unwrap_or(0)
}

/// The four answers, each with its key, so that none has to be looked up.
fn sort(keymap: &Keymap, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let entries = all().iter().filter(|entry| entry.scope == Scope::Sort);
    for (entry, row) in entries.zip(area.rows()) {
        let keys = keymap.key(entry.command);
        let mut line = Line::from(vec![
            Span::styled(format!("  {keys}  "), styles.key),
            Span::styled(format!("{:<6}", entry.short), styles.strong),
        ]);
        let room = usize::from(row.width).saturating_sub(line.width() + 1);
        line.push_span(Span::styled(shorten(entry.help, room), styles.quiet));
        buffer.set_line(row.x, row.y, &line, row.width);
    }
}

/// The questions with their answers, where the card would stand, and the
/// question under the cursor with what its scale means.
fn weigh(screen: &TriageScreen, world: &World, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let position =
        screen.idea(world).and_then(|idea| world.portfolio.portfolio().position(&idea.id));
    let Some((idea, score)) = position.and_then(|position| world.portfolio.at(position)) else {
        return;
    };
    let mut rows = area.rows();
    for (line, row) in
        card::answers(screen, idea, styles, usize::from(area.width)).iter().zip(&mut rows)
    {
        buffer.set_line(row.x, row.y, line, row.width);
    }
    let landing = screen.landing(world).unwrap_or("nothing is rated yet: the digits rate");
    if let Some(row) = rows.next() {
        let line = Line::from(vec![
            Span::styled(" → ", styles.accent),
            Span::styled(landing.to_owned(), styles.text),
        ]);
        buffer.set_line(row.x, row.y, &line, row.width);
    }
    let Some(first) = rows.next() else { return };
    let rest = Rect { y: first.y, height: area.bottom() - first.y, ..area };
    match screen.question {
        Some(Field::Bet) => bet(styles, rest, buffer),
        Some(field) => question::draw(field, idea, score, styles, rest, buffer),
        None => {}
    }
}

fn bet(styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let lines = [
        Line::from(vec![
            Span::styled(" ◂ bet ▸ ", styles.accent),
            Span::styled("Which way of betting?", styles.text),
        ]),
        Line::from(vec![
            Span::styled("   1 ", styles.key),
            Span::styled("hot: many work on it, do it better than they", styles.quiet),
        ]),
        Line::from(vec![
            Span::styled("   2 ", styles.key),
            Span::styled("next-hot: few work on it, it may be what comes next", styles.quiet),
        ]),
    ];
    for (line, row) in lines.iter().zip(area.rows()) {
        buffer.set_line(row.x, row.y, line, row.width);
    }
}
