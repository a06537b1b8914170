//! Layout of the Triage screen, and the card as lines.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::command::Command;
use crate::domain::{Date, Idea};
use crate::judge::Progress;
use crate::text::{sanitize, wrap, wrap_markdown};
use crate::tui::dialogs::shown_day;
use crate::tui::screens::rating::criterion_name;
use crate::tui::theme::Styles;
use crate::tui::widgets::{Page, styled};
use crate::tui::world::World;

use super::rate::Rating;
use super::{Pass, TriageScreen, side};

/// Rows above the card: how far the round is, and a blank line.
const HEAD: u16 = 2;

/// Columns of the bar that shows how far the round is.
const BAR: usize = 20;

/// Rows that the card keeps, whatever stands below it.
const LEAST_CARD: u16 = 3;

/// The answers of the first pass, and what comes of each.
const ANSWERS: [(Command, &str); 4] = [
    (Command::Keep, "rate it in pass 2"),
    (Command::NotNow, "for three months"),
    (Command::DropCard, "then one digit says why"),
    (Command::SkipCard, "it comes again at the end"),
];

impl TriageScreen {
    pub(crate) fn draw_screen(&self, world: &World, styles: &Styles, area: Rect, buf: &mut Buffer) {
        if self.list.is_some() {
            return self.draw_cards(world, styles, area, buf);
        }
        if self.shows_overview() {
            return self.draw_done(world, styles, area, buf);
        }
        if self.shows_pause() {
            return self.draw_pause(world, styles, area, buf);
        }
        let (area, beside) = columns(area);
        if let Some(beside) = beside {
            self.draw_side(world, styles, beside, buf);
        }
        self.draw_head(styles, area, buf);
        let bottom = self.bottom(world, styles, area);
        let (text, below) = split(&bottom, area);
        let lines = self.card_lines(world, styles, usize::from(text.width.saturating_sub(1)));
        Page { lines: &lines, scroll: self.scroll, styles }.render(text, buf);
        for (line, row) in bottom.iter().zip(below.rows()) {
            match line {
                Below::Rule => {
                    buf.set_string(row.x, row.y, "─".repeat(usize::from(row.width)), styles.faint);
                }
                Below::Text(line) | Below::Verbs(line) => {
                    buf.set_line(row.x, row.y, line, row.width);
                }
            }
        }
    }

    /// The pass and how far it is.
    fn draw_head(&self, styles: &Styles, area: Rect, buf: &mut Buffer) {
        let pass = self.pass();
        let progress = self.round.progress(pass, |id| self.shows(id));
        let name = match pass {
            Pass::Second => " Pass 2: rate what you kept   ",
            Pass::First | Pass::Over => " Pass 1: worth a closer look? ",
        };
        let mut line = Line::from(vec![
            Span::styled(name, styles.strong),
            Span::styled(format!("   {progress}  "), styles.text),
        ]);
        if self.query.is_empty() {
            line.push_span(Span::styled(bar(&progress), styles.bar));
            let left = progress.time_left().unwrap_or_default();
            line.push_span(Span::styled(format!("   {left}"), styles.quiet));
        } else {
            line.push_span(Span::styled(format!("/{}", sanitize(&self.query)), styles.caution));
        }
        buf.set_line(area.x, area.y, &line, area.width);
    }

    /// The rows below the card, as many as there is room for; blank ones go first.
    fn bottom(&self, world: &World, styles: &Styles, area: Rect) -> Vec<Below> {
        if self.is_whole {
            return Vec::new();
        }
        let blank = || Below::Text(Line::default());
        let mut rows = vec![Below::Rule];
        match self.pass() {
            Pass::Second => {
                let card = self.card.as_deref().and_then(|id| world.portfolio.scored(id));
                let Some(entry) = card else { return Vec::new() };
                let rating = Rating::of(self, entry, world, styles, usize::from(area.width));
                rows.extend(rating.answers.into_iter().map(Below::Text));
                rows.push(blank());
                rows.extend(rating.question.into_iter().map(Below::Text));
                rows.extend([blank(), Below::Rule, Below::Verbs(rating.verbs), blank()]);
            }
            Pass::First | Pass::Over => {
                rows.extend(ANSWERS.map(|(command, meaning)| {
                    let key = world.keymap.key(command);
                    Below::Text(Line::from(vec![
                        Span::styled(format!("  {key}  "), styles.key),
                        Span::styled(format!("{:<8}", command.spec().short), styles.strong),
                        Span::styled(meaning, styles.quiet),
                    ]))
                }));
                rows.push(blank());
            }
        }
        let room = usize::from(area.height.saturating_sub(HEAD + LEAST_CARD));
        while rows.len() > room {
            let is_blank = |row: &Below| matches!(row, Below::Text(line) if line.width() == 0);
            let Some(at) = rows.iter().rposition(is_blank) else { break };
            rows.remove(at);
        }
        rows
    }

    /// The row of the keys that decide, if they are in sight.
    pub(super) fn verbs_row(&self, world: &World, area: Rect) -> Option<u16> {
        let (area, _) = columns(area);
        let bottom = self.bottom(world, &Styles::default(), area);
        let (_, below) = split(&bottom, area);
        let at = bottom.iter().position(|row| matches!(row, Below::Verbs(_)))?;
        let row = below.y + u16::try_from(at).ok()?;
        (row < below.bottom()).then_some(row)
    }

    /// How far the card can be scrolled.
    pub(super) fn last_scroll(&self, world: &World) -> usize {
        let area = Rect::new(0, 0, world.room().width, world.room().height);
        let (area, _) = columns(area);
        let (text, _) = split(&self.bottom(world, &Styles::default(), area), area);
        let columns = usize::from(text.width.saturating_sub(1));
        let lines = self.card_lines(world, &Styles::default(), columns).len();
        lines.saturating_sub(usize::from(text.height))
    }

    /// Everything there is to read on the card, in lines that fit.
    pub(super) fn card_lines(
        &self,
        world: &World,
        styles: &Styles,
        columns: usize,
    ) -> Vec<Line<'static>> {
        let Some(idea) = self.on_table(world) else { return Vec::new() };
        let mut lines: Vec<Line<'static>> =
            styled(wrap(&idea.title, columns), styles.strong).collect();
        let mut add = |text: &str, style| lines.extend(styled(wrap(text, columns), style));
        if let Some(returned) = self.round.returned(&idea.id) {
            add(&format!("↩ {returned}"), styles.accent);
        }
        let facts = facts(idea, world.portfolio.as_of());
        if !facts.is_empty() {
            add(&facts, styles.quiet);
        }
        if let Some(similar) = self.reminders(world) {
            for idea in similar.lines.iter().take(REMINDERS) {
                add(&format!("≈ {}", idea.said), styles.caution);
                if let Some(lesson) = &idea.lesson {
                    add(&format!("  {lesson}"), styles.caution);
                }
            }
            if let Some(perhaps) = &similar.perhaps {
                add(perhaps, styles.quiet);
            }
        }
        let disputed: Vec<&str> =
            world.portfolio.disputes(idea).into_iter().map(criterion_name).collect();
        if !disputed.is_empty() {
            let names = disputed.join(", ");
            add(&format!("≠ disputed: people disagree on {names}"), styles.caution);
        }
        let summary = wrap_markdown(&idea.summary, columns);
        if !idea.summary.trim().is_empty() {
            lines.push(Line::default());
            lines.extend(styled(summary, styles.text));
        }
        lines
    }
}

/// The card with what belongs to it, and what stands beside it where there is room.
fn columns(area: Rect) -> (Rect, Option<Rect>) {
    if area.width < side::BESIDE {
        return (area, None);
    }
    let columns = [Constraint::Fill(2), Constraint::Fill(1)];
    let [main, beside] = Layout::horizontal(columns).spacing(3).areas(area);
    (main, Some(beside))
}

fn bar(progress: &Progress) -> String {
    let full = (progress.decided * BAR).checked_div(progress.all).unwrap_or(0).min(BAR);
    format!("{}{}", "━".repeat(full), "┄".repeat(BAR - full))
}

/// A row below the card.
enum Below {
    Rule,
    Text(Line<'static>),
    /// The keys that decide.
    Verbs(Line<'static>),
}

/// The card, and what stands below it.
fn split(bottom: &[Below], area: Rect) -> (Rect, Rect) {
    let rows = u16::try_from(bottom.len()).unwrap_or(u16::MAX);
    let rows = rows.min(area.height.saturating_sub(HEAD + LEAST_CARD));
    let below = Rect { y: area.bottom() - rows, height: rows, ..area };
    let text = Rect {
        x: area.x + 2,
        y: area.y + HEAD,
        width: area.width.saturating_sub(4).min(100),
        height: area.height.saturating_sub(HEAD + rows),
    };
    (text, below)
}

const REMINDERS: usize = 2;

fn facts(idea: &Idea, today: Date) -> String {
    let list = |mark: &str, words: &[String]| {
        words.iter().map(|word| format!("{mark}{word}")).collect::<Vec<_>>().join(" ")
    };
    let parts = [
        list("#", &idea.tags),
        list("@", &idea.people),
        idea.bet.map(|kind| kind.id().to_owned()).unwrap_or_default(),
        idea.from.as_ref().map(|from| format!("from {from}")).unwrap_or_default(),
        idea.created.map(|day| format!("since {}", shown_day(day, today))).unwrap_or_default(),
        idea.links.join(" "),
    ];
    let parts: Vec<&str> =
        parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}
