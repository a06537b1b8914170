//! The column beside the card on a wide terminal: in the first pass the next
//! cards and the last decisions, in the second the ranking.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::text::{fit, sanitize, shorten};
use crate::tui::theme::Styles;
use crate::tui::widgets::{draw_lines, page_offset};
use crate::tui::world::World;

use super::round::Done;
use super::{Pass, TriageScreen, lists};

/// From this width on there is room beside the card.
pub(super) const BESIDE: u16 = 116;

/// Columns of a word for what became of a card.
const WORD: usize = 12;

impl TriageScreen {
    pub(super) fn draw_side(&self, world: &World, styles: &Styles, area: Rect, buf: &mut Buffer) {
        let lines = match self.pass() {
            Pass::Second => self.ranking_lines(world, styles, area),
            Pass::First | Pass::Over => self.next_cards(world, styles, area),
        };
        draw_lines(&lines, area, buf);
    }

    /// The cards that come next, and what was decided last.
    fn next_cards(&self, world: &World, styles: &Styles, area: Rect) -> Vec<Line<'static>> {
        let columns = usize::from(area.width);
        let title = |id: &str| sanitize(world.portfolio.title_of(id)).into_owned();
        let heading = |text: &str| Line::styled(text.to_owned(), styles.strong);
        let half = usize::from(area.height) / 2;
        let next = self.waiting().into_iter().filter(|id| {
            self.round.pass_of(id) == Pass::First && Some(*id) != self.card.as_deref()
        });
        let next: Vec<&str> = next.collect();
        let mut lines = vec![heading("Next cards")];
        for id in next.iter().take(half.saturating_sub(3)) {
            lines.push(Line::styled(
                format!("  {}", shorten(&title(id), columns - 2)),
                styles.quiet,
            ));
        }
        let more = next.len().saturating_sub(half.saturating_sub(3));
        if more > 0 {
            lines.push(Line::styled(format!("  … {more} more"), styles.quiet));
        }
        let history = self.round.history();
        if !history.is_empty() {
            lines.extend([Line::default(), heading("Decided last")]);
        }
        for done in history.iter().rev().take(half) {
            let word = match done {
                Done::Decided(decided) => lists::word(decided.to),
                Done::Kept(_) => "kept",
            };
            let text = shorten(&title(done.id()), columns.saturating_sub(WORD + 2)).into_owned();
            lines.push(Line::styled(format!("  {}{text}", fit(word, WORD)), styles.quiet));
        }
        lines
    }

    /// The rated ideas in their order, the card among them marked.
    fn ranking_lines(&self, world: &World, styles: &Styles, area: Rect) -> Vec<Line<'static>> {
        let columns = usize::from(area.width);
        let rated = world.portfolio.ranked().iter();
        let rated: Vec<(usize, usize)> =
            rated.filter_map(|standing| Some((standing.rank?, standing.position))).collect();
        let card = self.card.as_deref().and_then(|id| world.portfolio.position(id));
        let here = rated.iter().position(|(_, position)| Some(*position) == card);
        let rows = usize::from(area.height).saturating_sub(1);
        let first = page_offset(here.unwrap_or(0), rated.len(), rows);
        let mut lines = vec![Line::styled("The ranking", styles.strong)];
        for (place, position) in rated.into_iter().skip(first).take(rows) {
            let Some((idea, score)) = world.portfolio.at(position) else { continue };
            let is_card = Some(position) == card;
            let style = if is_card { styles.selected } else { styles.quiet };
            let mark = if is_card { "▸" } else { " " };
            let unsure = if score.is_complete() { " " } else { "~" };
            let value = format!("{unsure}{}", score.shown());
            let room = columns.saturating_sub(14);
            let title = fit(&sanitize(&idea.title), room);
            lines.push(Line::styled(format!("{mark} {place:>3}  {title} {value:>6}"), style));
        }
        lines
    }
}
