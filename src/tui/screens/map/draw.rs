//! Layout of the Map screen.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::widgets::Widget;

use crate::domain::{Criterion, Idea, Status};
use crate::judge::WeightInterval;
use crate::text::{fit, hundredths, sanitize, shorten, width, wrap};
use crate::tui::theme::Styles;
use crate::tui::widgets::{Slider, below, page_offset, put};
use crate::tui::world::World;

use super::control::{Control, Entry};
use super::portfolio::EACH;
use super::{MapScreen, plot, portfolio};

/// Rows for the idea under the cursor and the balance.
const BOTTOM: u16 = 5;

/// Columns of the panel with the dials.
const PANEL: u16 = 34;

/// Columns of the same where there is room.
const WIDE_PANEL: u16 = 46;

/// From this width on there is.
const ROOMY: u16 = 110;

/// Columns for the name of a control.
const NAME: usize = 12;

/// Rows for how far a weight may move.
const WORDS: usize = 3;

/// Columns of the title of an idea that would enter the first few.
const ENTERS: usize = 30;

impl MapScreen {
    pub(crate) fn draw_screen(&self, world: &World, styles: &Styles, area: Rect, buf: &mut Buffer) {
        let Areas { main, left, right, bottom } = areas(area);
        let view = View { screen: self, world, styles };
        if self.entries.is_empty() {
            let text = "  no ideas yet: a adds the first";
            buf.set_stringn(left.x, left.y, text, usize::from(left.width), styles.quiet);
        } else if self.plan.is_open() {
            view.plan(main, buf);
        } else {
            let left = Rect { x: left.x + 1, width: left.width.saturating_sub(1), ..left };
            self.draw_plot(world, styles, left, buf);
            view.panel(right, buf);
        }
        view.bottom(bottom, buf);
    }

    /// The line of the list at a cell of the area: of the ranking, or of what is
    /// suggested.
    pub(super) fn line_at(&self, world: &World, at: Position, area: Rect) -> Option<usize> {
        let Areas { main, right, .. } = areas(area);
        let view = View { screen: self, world, styles: &Styles::default() };
        let rows: Vec<Rect> = if self.plan.is_open() {
            main.rows().skip(2 + Control::all(true).len()).collect()
        } else {
            view.ranking_rows(right)
        };
        let row = rows.iter().position(|row| row.contains(at))?;
        let line = page_offset(self.cursor(world), self.entries.len(), rows.len()) + row;
        (line < self.entries.len()).then_some(line)
    }
}

struct Areas {
    /// All but the bottom.
    main: Rect,
    left: Rect,
    right: Rect,
    bottom: Rect,
}

fn areas(area: Rect) -> Areas {
    let bottom_rows = BOTTOM.min(area.height / 3);
    let main = Rect { height: area.height - bottom_rows, ..area };
    let bottom = Rect { y: main.bottom(), height: bottom_rows, ..area };
    let panel = if area.width >= ROOMY { WIDE_PANEL } else { PANEL };
    let left = Rect { width: area.width.saturating_sub(panel + 1), ..main };
    let right = Rect { x: left.right() + 1, width: panel.min(area.width), ..main };
    Areas { main, left, right, bottom }
}

struct View<'a> {
    screen: &'a MapScreen,
    world: &'a World,
    styles: &'a Styles,
}

impl View<'_> {
    fn idea(&self, entry: &Entry) -> Option<&Idea> {
        self.world.portfolio.at(entry.position).map(|(idea, _)| idea)
    }

    /// The dials, how far the one under the cursor may move, and who rose or fell.
    fn panel(&self, area: Rect, buf: &mut Buffer) {
        let rows: Vec<Rect> = area.rows().collect();
        let Some((first, rest)) = rows.split_first() else { return };
        let (title, style) = match self.screen.tried {
            Some(_) => ("moved: y keeps it, x drops it", self.styles.caution),
            None => ("[ ] choose, h l move", self.styles.quiet),
        };
        buf.set_stringn(first.x, first.y, title, usize::from(first.width), style);
        let below = self.controls(rest, buf);
        let words = self.interval_words();
        let lines = wrap(&words, usize::from(area.width.saturating_sub(1)));
        for (line, row) in lines.iter().take(WORDS).zip(below) {
            buf.set_stringn(row.x, row.y, line, usize::from(row.width), self.styles.quiet);
        }
        self.ranking(&self.ranking_rows(area), buf);
    }

    /// The rows of the ranking below the dials and how far the one under the
    /// cursor may move.
    fn ranking_rows(&self, area: Rect) -> Vec<Rect> {
        let words = wrap(&self.interval_words(), usize::from(area.width.saturating_sub(1)));
        let above = 1 + Control::all(false).len() + words.len().min(WORDS);
        area.rows().skip(above).collect()
    }

    /// Draws the dials there are and gives back the rows below them.
    fn controls<'r>(&self, rows: &'r [Rect], buf: &mut Buffer) -> &'r [Rect] {
        let controls = Control::all(self.screen.plan.is_open());
        for (control, row) in controls.iter().zip(rows) {
            self.control(*control, *row, buf);
        }
        rows.get(controls.len()..).unwrap_or_default()
    }

    fn control(&self, control: Control, row: Rect, buf: &mut Buffer) {
        let Self { screen, styles, .. } = self;
        let is_chosen = control == Control::Hours || control == screen.control;
        let mark = if is_chosen { "▸" } else { " " };
        let style = if is_chosen { styles.accent } else { styles.text };
        let name = format!("{mark} {}", fit(control.name(), NAME));
        let (x, _) = buf.set_stringn(row.x, row.y, &name, usize::from(row.width), style);
        let bar = Rect { x: x + 1, width: row.right().saturating_sub(x + 6), height: 1, ..row };
        let (now, kept) = (screen.rule(self.world), self.world.portfolio.rule());
        let (knob, heavy, line) = (style, styles.bar, styles.faint);
        match control {
            Control::Weight(criterion) => {
                let at = criterion.index();
                let (value, before) = (now.weights[at], kept.weights[at]);
                let holds = self.interval(criterion).map(|it| (it.low, it.high));
                let value = Some(value);
                Slider { value, before, holds, knob, heavy, line }.render(bar, buf);
                self.value(&hundredths(now.weights[at]), row, style, buf);
            }
            Control::Hours => {
                let before = f64::from(screen.plan.hours) / 60.0;
                let value = Some(before);
                Slider { value, before, holds: None, knob, heavy, line }.render(bar, buf);
                self.value(&format!("{} h", screen.plan.hours), row, style, buf);
            }
        }
    }

    fn value(&self, text: &str, row: Rect, style: Style, buf: &mut Buffer) {
        let columns = u16::try_from(width(text)).unwrap_or(0);
        buf.set_string(row.right().saturating_sub(columns), row.y, text, style);
    }

    /// How far a weight may move before the first few are others.
    fn interval(&self, criterion: Criterion) -> Option<WeightInterval> {
        Some(self.screen.sensitivity(self.world)?.stability[criterion.index()].top)
    }

    /// `Same first 3 for weights .22 to .35; above that "Surrogates …" enters`,
    /// of the weight under the control.
    fn interval_words(&self) -> String {
        let Self { screen, world, .. } = self;
        let Control::Weight(criterion) = screen.control else { return String::new() };
        let (Some(sensitivity), Some(interval)) =
            (screen.sensitivity(world), self.interval(criterion))
        else {
            return "How far it may move: a moment …".to_owned();
        };
        let WeightInterval { low, high, below, above } = interval;
        let weight = screen.rule(world).weights[criterion.index()];
        let enters = |word: &str, passing| {
            let (riser, _) = sensitivity.passing(passing);
            format!("; {word} that \"{}\" enters", shorten(&sanitize(riser), ENTERS))
        };
        let range = match (below, above) {
            (None, None) => "whatever it weighs".to_owned(),
            (None, Some(_)) => format!("for weights up to {}", hundredths(high)),
            (Some(_), None) => format!("for weights from {} on", hundredths(low)),
            (Some(_), Some(_)) => {
                format!("for weights {} to {}", hundredths(low), hundredths(high))
            }
        };
        let entering = match (below, above) {
            (below, Some(above)) if below.is_none() || high - weight <= weight - low => {
                enters("above", above)
            }
            (Some(below), _) => enters("below", below),
            _ => String::new(),
        };
        format!("Same first {} {range}{entering}", self.world.settings.current().pursued)
    }

    /// The ranking around the cursor, with arrows for who rose and fell.
    fn ranking(&self, rows: &[Rect], buf: &mut Buffer) {
        let Self { screen, world, styles } = self;
        let cursor = screen.cursor(world);
        let offset = page_offset(cursor, screen.entries.len(), rows.len());
        let visible = screen.entries.iter().enumerate().skip(offset);
        for ((at, entry), row) in visible.zip(rows) {
            let Some(idea) = self.idea(entry) else { continue };
            let style = if at == cursor { styles.selected } else { styles.text };
            if at == cursor {
                buf.set_style(*row, styles.selected);
                buf.set_string(row.x + 7, row.y, "▸", styles.selected);
            }
            let rank = entry.rank.map_or_else(|| "·".to_owned(), |rank| rank.to_string());
            buf.set_string(row.x, row.y, format!("{rank:>3}"), style);
            let (arrow, arrow_style) = match entry.rise() {
                0 => (String::new(), style),
                rise if rise > 0 => (format!("▲{rise}"), styles.good),
                fall => (format!("▼{}", -fall), styles.caution),
            };
            let arrow_style = if at == cursor { styles.over(arrow_style) } else { arrow_style };
            buf.set_stringn(row.x + 4, row.y, arrow, 3, arrow_style);
            let chance =
                screen.sensitivity(world).map(|sensitivity| sensitivity.shown_chance(&idea.id));
            let chance = chance.unwrap_or_else(|| "…".to_owned());
            let room = usize::from(row.width.saturating_sub(8 + 6));
            let title = shorten(&sanitize(&idea.title), room).into_owned();
            buf.set_stringn(row.x + 8, row.y, title, room, style);
            self.value(&chance, *row, if at == cursor { style } else { styles.quiet }, buf);
        }
    }

    /// What is suggested: each idea with its reason.
    fn plan(&self, area: Rect, buf: &mut Buffer) {
        let Self { screen, world, styles } = self;
        let rows: Vec<Rect> = area.rows().collect();
        let Some((first, rest)) = rows.split_first() else { return };
        let room = usize::from(area.width);
        let hours = screen.plan.hours;
        let title = format!(" What to have active in {hours} h a week, {EACH} h for each");
        buf.set_stringn(first.x, first.y, title, room, styles.accent);
        let suggestions = screen.plan.suggestions();
        let ideas = screen.entries.iter().filter_map(|entry| self.idea(entry));
        let sentence = format!(" {}", screen.plan.sentence(ideas));
        let Some((second, rest)) = rest.split_first() else { return };
        buf.set_stringn(second.x, second.y, shorten(&sentence, room), room, styles.text);
        let narrow: Vec<Rect> =
            rest.iter().map(|row| Rect { width: row.width.min(PANEL + 10), ..*row }).collect();
        let below = self.controls(&narrow, buf).len();
        let rest = &rest[rest.len() - below..];
        let cursor = screen.cursor(world);
        let offset = page_offset(cursor, suggestions.len(), rest.len());
        let lines = screen.entries.iter().zip(suggestions).enumerate().skip(offset);
        for ((at, (entry, suggestion)), row) in lines.zip(rest) {
            let Some(idea) = self.idea(entry) else { continue };
            let mark = match (suggestion.is_in(), idea.status == Status::Active) {
                (true, true) => "keep",
                (true, false) => "start",
                (false, true) => "pause",
                (false, false) => "–",
            };
            let style = match () {
                () if at == cursor => styles.selected,
                () if suggestion.is_in() => styles.text,
                () => styles.quiet,
            };
            if at == cursor {
                buf.set_style(*row, styles.selected);
            }
            let here = if at == cursor { "▸" } else { " " };
            let rank = entry.rank.map_or_else(|| "·".to_owned(), |rank| rank.to_string());
            let title = sanitize(&idea.title);
            let columns = usize::from(row.width / 3);
            let reason = suggestion.reason();
            let text = format!("{here}{rank:>3} {mark:<5} {} {reason}", fit(&title, columns));
            let room = usize::from(row.width);
            buf.set_stringn(row.x, row.y, shorten(&text, room), room, style);
        }
    }

    /// The idea under the cursor, and the balance.
    fn bottom(&self, area: Rect, buf: &mut Buffer) {
        let Self { screen, world, styles } = self;
        put(&"─".repeat(usize::from(area.width)), area, 0, styles.faint, buf);
        let area = below(area, 1);
        let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
        let cursor = screen.cursor(world);
        if let Some((entry, idea)) =
            screen.entries.get(cursor).and_then(|entry| Some((entry, self.idea(entry)?)))
        {
            put(&self.title(entry, idea), area, 0, styles.strong, buf);
            let suggestion = screen.plan.suggestions().get(cursor);
            let words = match suggestion.filter(|_| screen.plan.is_open()) {
                Some(suggestion) => suggestion.reason(),
                None => plot::describe(idea),
            };
            put(&words, area, 1, styles.text, buf);
        }
        for (row, (name, words)) in (2..).zip(portfolio::balance_lines(world)) {
            put(&format!("{}{words}", fit(name, 8)), area, row, styles.quiet, buf);
        }
    }

    /// Rank, title, score and what is not on the map.
    fn title(&self, entry: &Entry, idea: &Idea) -> String {
        let rank = entry.rank.map_or_else(|| "not rated".to_owned(), |rank| format!("#{rank}"));
        let title = sanitize(&idea.title);
        let mut text = format!("{rank} {title}");
        if entry.rank.is_some() {
            text += &format!(" · {} · score {}", idea.status.shown(), entry.score.shown());
        }
        let missing = self.screen.missing(self.world);
        if missing > 0 && !self.screen.plan.is_open() {
            text += &format!(" · {missing} without a place on the map");
        }
        text
    }
}
