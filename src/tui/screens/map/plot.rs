//! Position of an idea in the risk/reward plot.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::widgets::Widget;

use crate::domain::{BetInput, BetKind, Idea, Rating, Status};
use crate::judge::RiskRewardPoint;
use crate::text::{sanitize, shorten};
use crate::tui::theme::Styles;
use crate::tui::widgets::{Mark, Scatter};
use crate::tui::world::World;

use super::MapScreen;

/// From this width of a plane on, titles stand beside the points.
const TITLED: u16 = 34;

/// Columns of a title beside a point.
const TITLE: usize = 16;

/// So many of the best are drawn, and the one under the cursor: more than a plane has room for.
const MOST: usize = 500;

impl MapScreen {
    pub(super) fn draw_plot(&self, world: &World, styles: &Styles, area: Rect, buf: &mut Buffer) {
        let halves = [Constraint::Fill(1), Constraint::Fill(1)];
        let [left, right] = Layout::horizontal(halves).spacing(1).areas(area);
        let upright = ["0", "5", "10"];
        let is_wide = left.width >= TITLED;
        let marks = &self.marks(world, BetKind::NextHot, is_wide, styles);
        let (title, across) = if is_wide {
            ("◆ next-hot: reward against chance", ["chance 1 %", "10 %", "90 %"])
        } else {
            ("◆ next-hot: reward", ["1 %", "chance", "90 %"])
        };
        let corners = ["unlikely, large", "likely, large", "unlikely, small", "likely, small"];
        Scatter { title, marks, corners, upright, across, styles }.render(left, buf);
        let is_wide = right.width >= TITLED;
        let marks = &self.marks(world, BetKind::Hot, is_wide, styles);
        let title =
            if is_wide { "● hot: commitment against edge" } else { "● hot: commitment" };
        let across = ["0", "edge", "10"];
        let corners = ["no edge", "edge and effort", "neither", "edge unused"];
        Scatter { title, marks, corners, upright, across, styles }.render(right, buf);
    }

    /// The points of one kind of bet: the idea under the cursor first, then by
    /// rank. What is not known exactly is hollow and stands in its middle.
    fn marks(&self, world: &World, kind: BetKind, titled: bool, styles: &Styles) -> Vec<Mark> {
        let selected = self.cursor(world);
        let entries = self.entries.iter().enumerate();
        let entries = entries.filter(|(at, _)| *at < MOST || *at == selected);
        let mut points: Vec<(bool, Mark)> = entries
            .filter_map(|(at, entry)| {
                let idea = world.portfolio.ideas().get(entry.position)?;
                let place = RiskRewardPoint::of(idea).filter(|place| place.bet == kind)?;
                let is_selected = at == selected;
                let symbol = match (kind, place.is_exact) {
                    (BetKind::NextHot, true) => "◆",
                    (BetKind::NextHot, false) => "◇",
                    (BetKind::Hot, true) => "●",
                    (BetKind::Hot, false) => "○",
                };
                let active = if idea.status == Status::Active { "*" } else { "" };
                let rank = entry.rank.map_or_else(|| "·".to_owned(), |rank| rank.to_string());
                let number = format!("{active}{rank}");
                let title = format!("{number} {}", shorten(&sanitize(&idea.title), TITLE));
                let labels = if titled || is_selected { vec![title, number] } else { vec![number] };
                let style = if is_selected { styles.selected } else { style(idea, styles) };
                Some((is_selected, Mark { x: place.across, y: place.up, symbol, labels, style }))
            })
            .collect();
        points.sort_by_key(|(is_selected, _)| !is_selected);
        points.into_iter().map(|(_, mark)| mark).collect()
    }

    /// How many listed ideas stand in neither plane.
    pub(super) fn missing(&self, world: &World) -> usize {
        let ideas = world.portfolio.ideas();
        let listed = self.entries.iter().filter_map(|entry| ideas.get(entry.position));
        listed.filter(|idea| RiskRewardPoint::of(idea).is_none()).count()
    }
}

fn style(idea: &Idea, styles: &Styles) -> Style {
    match idea.status {
        Status::Active => styles.good,
        Status::Parked => styles.quiet,
        _ => styles.text,
    }
}

/// The answers that place an idea, in words.
pub(super) fn describe(idea: &Idea) -> String {
    let said = |input: BetInput| {
        let rating = idea.bet_input(input);
        let percent = |rating: Rating| {
            let whole = |chance: f64| (chance * 1000.0).round() / 10.0;
            if rating.is_value() {
                format!("{} %", whole(rating.low()))
            } else {
                format!("{}–{} %", whole(rating.low()), whole(rating.high()))
            }
        };
        let value = match rating {
            None => "?".to_owned(),
            Some(rating) if input == BetInput::Chance => percent(rating),
            Some(rating) => rating.to_string(),
        };
        format!("{} {value}", input.id())
    };
    match idea.bet {
        None => "no bet declared: b on the Rank screen does".to_owned(),
        Some(kind) => {
            let answers = kind.inputs().map(said).join(" · ");
            let word = if kind == BetKind::Hot { "hot" } else { "next-hot" };
            format!("{word}: {answers}")
        }
    }
}
