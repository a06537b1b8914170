//! Layout of the Map screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

use crate::domain::{Criterion, Idea, Status};
use crate::judge::{Appetite, WeightInterval};
use crate::text::{fit, sanitize, shorten, width, wrap};
use crate::tui::theme::Styles;
use crate::tui::widgets::{Slider, page_offset};
use crate::tui::world::World;

use super::control::Control;
use super::{Entry, MapScreen, balance, plot};

/// Rows for the idea under the cursor and the balance.
const BOTTOM: u16 = 6;

/// Columns of the panel with the dials.
const PANEL: u16 = 34;

/// Columns of the same where there is room.
const WIDE_PANEL: u16 = 46;

/// From this width on there is.
const ROOMY: u16 = 110;

/// Columns for the name of a control.
const NAME: usize = 11;

pub(crate) fn draw(
    screen: &MapScreen,
    world: &World,
    styles: &Styles,
    area: Rect,
    buffer: &mut Buffer,
) {
    let bottom_rows = BOTTOM.min(area.height / 3);
    let main = Rect { height: area.height - bottom_rows, ..area };
    let bottom = Rect { y: main.bottom(), height: bottom_rows, ..area };
    let panel = if area.width >= ROOMY { WIDE_PANEL } else { PANEL };
    let left = Rect { width: area.width.saturating_sub(panel + 1), ..main };
    let right = Rect { x: left.right() + 1, width: panel.min(area.width), ..main };
    let view = View { screen, world, styles };
    if screen.entries.is_empty() {
        let text = "  no ideas yet: a adds the first";
        buffer.set_stringn(left.x, left.y, text, usize::from(left.width), styles.quiet);
    } else if screen.plan.is_open() {
        view.plan(main, buffer);
    } else {
        let left = Rect { x: left.x + 1, width: left.width.saturating_sub(1), ..left };
        plot::draw(screen, world, styles, left, buffer);
        view.panel(right, buffer);
    }
    view.bottom(bottom, buffer);
}

struct View<'a> {
    screen: &'a MapScreen,
    world: &'a World,
    styles: &'a Styles,
}

impl View<'_> {
    fn idea(&self, entry: &Entry) -> Option<&Idea> {
        self.world.portfolio.portfolio().at(entry.position)
    }

    /// The dials, how far the one under the cursor may move, and who rose or
    /// fell.
    fn panel(&self, area: Rect, buffer: &mut Buffer) {
        let rows: Vec<Rect> = area.rows().collect();
        let Some((first, rest)) = rows.split_first() else { return };
        let (title, style) = match self.screen.tried {
            Some(_) => ("moved: y keeps it, x drops it", self.styles.caution),
            None => ("[ ] choose, h l move", self.styles.quiet),
        };
        buffer.set_stringn(first.x, first.y, title, usize::from(first.width), style);
        let below = self.controls(rest, buffer);
        let words = self.interval_words();
        let lines = wrap(&words, usize::from(area.width.saturating_sub(1)));
        for (line, row) in lines.iter().take(2).zip(below) {
            buffer.set_stringn(row.x, row.y, line, usize::from(row.width), self.styles.quiet);
        }
        self.ranking(below.get(2..).unwrap_or_default(), buffer);
    }

    /// Draws the dials there are and gives back the rows below them.
    fn controls<'r>(&self, rows: &'r [Rect], buffer: &mut Buffer) -> &'r [Rect] {
        let controls = Control::all(self.screen.plan.is_open());
        for (control, row) in controls.iter().zip(rows) {
            self.control(*control, *row, buffer);
        }
        rows.get(controls.len()..).unwrap_or_default()
    }

    fn control(&self, control: Control, row: Rect, buffer: &mut Buffer) {
        let Self { screen, styles, .. } = self;
        let is_chosen = control == screen.control;
        let mark = if is_chosen { "▸" } else { " " };
        let style = if is_chosen { styles.accent } else { styles.text };
        let name = format!("{mark} {}", fit(control.name(), NAME));
        let (x, _) = buffer.set_stringn(row.x, row.y, &name, usize::from(row.width), style);
        let bar = Rect { x: x + 1, width: row.right().saturating_sub(x + 6), height: 1, ..row };
        let (now, kept) = (screen.targets(), &screen.kept);
        match control {
            Control::Weight(criterion) => {
                let at = criterion.index();
                let (value, before) = (now.rule.weights[at], kept.rule.weights[at]);
                let holds = self.interval(criterion).map(|it| (it.low, it.high));
                self.slider((value, before), holds, style, bar, buffer);
                self.value(&hundredths(value), row, style, buffer);
            }
            Control::Share => {
                let (value, before) = (now.next_hot_share, kept.next_hot_share);
                self.slider((value, before), None, style, bar, buffer);
                self.value(&format!("{:.0} %", value * 100.0), row, style, buffer);
            }
            Control::Appetite => {
                let all = [Appetite::Cautious, Appetite::Neutral, Appetite::Bold];
                let mut x = bar.x;
                for appetite in all {
                    let is_it = appetite == now.rule.appetite;
                    let text = if is_it {
                        format!("‹{}›", appetite.id())
                    } else {
                        let letter = &appetite.id()[..1];
                        format!(" {letter} ")
                    };
                    let style = if is_it { style } else { styles.quiet };
                    let room = usize::from(row.right().saturating_sub(x));
                    (x, _) = buffer.set_stringn(x, row.y, text, room, style);
                }
                let moved = now.rule.appetite != kept.rule.appetite;
                let text =
                    if moved { format!(" was {}", kept.rule.appetite.id()) } else { String::new() };
                let room = usize::from(row.right().saturating_sub(x));
                buffer.set_stringn(x, row.y, text, room, styles.quiet);
            }
            Control::Hours => {
                let share = f64::from(screen.plan.hours) / 60.0;
                self.slider((share, share), None, style, bar, buffer);
                self.value(&format!("{} h", screen.plan.hours), row, style, buffer);
            }
            Control::Each => {
                let share = f64::from(screen.plan.each) / 60.0;
                self.slider((share, share), None, style, bar, buffer);
                self.value(&format!("{} h", screen.plan.each), row, style, buffer);
            }
        }
    }

    fn slider(
        &self,
        (value, before): (f64, f64),
        holds: Option<(f64, f64)>,
        knob: Style,
        area: Rect,
        buffer: &mut Buffer,
    ) {
        let (heavy, line) = (self.styles.bar, self.styles.faint);
        let value = Some(value);
        Slider { value, before, holds, knob, heavy, line }.render(area, buffer);
    }

    fn value(&self, text: &str, row: Rect, style: Style, buffer: &mut Buffer) {
        let columns = u16::try_from(width(text)).unwrap_or(0);
        buffer.set_string(row.right().saturating_sub(columns), row.y, text, style);
    }

    /// How far a weight may move before the first few are others.
    fn interval(&self, criterion: Criterion) -> Option<WeightInterval> {
        Some(self.screen.sensitivity(self.world)?.stability[criterion.index()].top)
    }

    fn interval_words(&self) -> String {
        let Self { screen, world, .. } = self;
        let Control::Weight(criterion) = screen.control else {
            return match screen.control {
                Control::Appetite => "how small chances are read".to_owned(),
                Control::Share => "share of the effort for next-hot bets".to_owned(),
                Control::Hours => "what a week has for research".to_owned(),
                _ => "what one active idea takes a week".to_owned(),
            };
        };
        let (Some(sensitivity), Some(interval)) =
            (screen.sensitivity(world), self.interval(criterion))
        else {
            return "how far it may move: a moment …".to_owned();
        };
        let top = screen.top;
        let (low, high) = (hundredths(interval.low), hundredths(interval.high));
        let mut words = match (interval.below, interval.above) {
            (None, None) => return format!("the top {top} holds whatever it weighs"),
            (None, Some(_)) => format!("top {top} holds up to {high}"),
            (Some(_), None) => format!("top {top} holds from {low} on"),
            (Some(_), Some(_)) => format!("top {top} holds from {low} to {high}"),
        };
        let weight = screen.rule().weights[criterion.index()];
        let nearer_above = interval.high - weight <= weight - interval.low;
        let passing = match (interval.below, interval.above) {
            (Some(below), Some(above)) => Some(if nearer_above { above } else { below }),
            (below, above) => below.or(above),
        };
        if let Some(passing) = passing {
            let (riser, _) = sensitivity.passing(passing);
            words += &format!("; then {} is in", sanitize(riser));
        }
        words
    }

    /// The ranking around the cursor, with arrows for who rose and fell.
    fn ranking(&self, rows: &[Rect], buffer: &mut Buffer) {
        let Self { screen, world, styles } = self;
        let cursor = screen.cursor(world);
        let offset = page_offset(cursor, screen.entries.len(), rows.len());
        let visible = screen.entries.iter().enumerate().skip(offset);
        for ((at, entry), row) in visible.zip(rows) {
            let Some(idea) = self.idea(entry) else { continue };
            let style = if at == cursor { styles.selected } else { styles.text };
            if at == cursor {
                buffer.set_style(*row, styles.selected);
                buffer.set_string(row.x + 7, row.y, "▸", styles.selected);
            }
            let rank = entry.rank.map_or_else(|| "·".to_owned(), |rank| rank.to_string());
            buffer.set_string(row.x, row.y, format!("{rank:>3}"), style);
            let (arrow, arrow_style) = match entry.rise() {
                0 => (String::new(), style),
                rise if rise > 0 => (format!("▲{rise}"), styles.good),
                fall => (format!("▼{}", -fall), styles.caution),
            };
            let arrow_style = if at == cursor { styles.over(arrow_style) } else { arrow_style };
            buffer.set_stringn(row.x + 4, row.y, arrow, 3, arrow_style);
            let chance =
                screen.sensitivity(world).map(|sensitivity| sensitivity.shown_chance(&idea.id));
            let chance = chance.unwrap_or_else(|| "…".to_owned());
            let room = usize::from(row.width.saturating_sub(8 + 6));
            let title = shorten(&sanitize(&idea.title), room).into_owned();
            buffer.set_stringn(row.x + 8, row.y, title, room, style);
            self.value(&chance, *row, if at == cursor { style } else { styles.quiet }, buffer);
        }
    }

    /// What is suggested: each idea in or out, with the reason.
    fn plan(&self, area: Rect, buffer: &mut Buffer) {
        let Self { screen, world, styles } = self;
        let rows: Vec<Rect> = area.rows().collect();
        let Some((first, rest)) = rows.split_first() else { return };
        let suggestions = screen.plan.suggestions();
        let chosen = suggestions.iter().filter(|suggestion| suggestion.is_in()).count();
        let used = u32::try_from(chosen).unwrap_or(u32::MAX).saturating_mul(screen.plan.each);
        let title =
            format!(" A portfolio: {chosen} at once, {used} of {} h a week", screen.plan.hours);
        buffer.set_stringn(first.x, first.y, title, usize::from(first.width), styles.accent);
        let narrow: Vec<Rect> =
            rest.iter().map(|row| Rect { width: row.width.min(PANEL + 10), ..*row }).collect();
        let below = self.controls(&narrow, buffer).len();
        let rest = &rest[rest.len() - below..];
        let cursor = screen.cursor(world);
        let offset = page_offset(cursor, suggestions.len(), rest.len());
        let lines = screen.entries.iter().zip(suggestions).enumerate().skip(offset);
        for ((at, (entry, suggestion)), row) in lines.zip(rest) {
            let Some(idea) = self.idea(entry) else { continue };
            let mark = match (suggestion.is_in(), idea.status == Status::Active) {
                (true, true) => "✓ stays",
                (true, false) => "✓ start",
                (false, true) => "× rest",
                (false, false) => "· not",
            };
            let style = match () {
                () if at == cursor => styles.selected,
                () if suggestion.is_in() => styles.text,
                () => styles.quiet,
            };
            if at == cursor {
                buffer.set_style(*row, styles.selected);
            }
            let here = if at == cursor { "▸" } else { " " };
            let rank = entry.rank.map_or_else(|| "·".to_owned(), |rank| rank.to_string());
            let title = sanitize(&idea.title);
            let columns = usize::from(row.width / 3);
            let reason = suggestion.sentence();
            let reason = reason.split_once(": ").map_or("", |(_, reason)| reason);
            let text = format!("{here}{rank:>3} {mark:<7} {} {reason}", fit(&title, columns));
            let room = usize::from(row.width);
            buffer.set_stringn(row.x, row.y, shorten(&text, room), room, style);
        }
    }

    /// The idea under the cursor, and the balance.
    fn bottom(&self, area: Rect, buffer: &mut Buffer) {
        let Self { screen, world, styles } = self;
        let rows: Vec<Rect> = area.rows().collect();
        let Some((rule, rows)) = rows.split_first() else { return };
        buffer.set_string(rule.x, rule.y, "─".repeat(usize::from(rule.width)), styles.faint);
        let put = |row: usize, text: &str, style: Style, buffer: &mut Buffer| {
            if let Some(row) = rows.get(row) {
                let room = usize::from(row.width.saturating_sub(2));
                buffer.set_stringn(row.x + 1, row.y, shorten(text, room), room, style);
            }
        };
        let cursor = screen.cursor(world);
        if let Some((entry, idea)) =
            screen.entries.get(cursor).and_then(|entry| Some((entry, self.idea(entry)?)))
        {
            put(0, &self.title(entry, idea), styles.strong, buffer);
            let suggestion = screen.plan.suggestions().get(cursor);
            let words = match suggestion.filter(|_| screen.plan.is_open()) {
                Some(suggestion) => suggestion.sentence(),
                None => plot::words(idea),
            };
            put(1, &words, styles.text, buffer);
        }
        let share = screen.targets().next_hot_share;
        for (i, (name, words)) in balance::lines(world, share).into_iter().enumerate() {
            put(2 + i, &format!("{}{words}", fit(name, 8)), styles.quiet, buffer);
        }
    }

    /// Rank, title, score and what is not on the map.
    fn title(&self, entry: &Entry, idea: &Idea) -> String {
        let rank = entry.rank.map_or_else(|| "not rated".to_owned(), |rank| format!("#{rank}"));
        let title = sanitize(&idea.title);
        let mut text = format!("{rank} {title}");
        if entry.rank.is_some() {
            text += &format!(" · {} · score {:.1}", idea.status.shown(), entry.score.value());
        }
        let missing = plot::missing(self.screen, self.world);
        if missing > 0 && !self.screen.plan.is_open() {
            text += &format!(" · {missing} without a place on the map");
        }
        text
    }
}

/// A share in hundredths: `.25`, `1`.
fn hundredths(share: f64) -> String {
    let text = format!("{share:.2}");
    text.strip_prefix('0').map_or_else(|| text.clone(), str::to_owned)
}
