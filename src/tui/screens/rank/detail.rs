//! One idea in detail, as lines: beside the table, below it, or alone.

mod chart;
mod history;
mod sum;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::command::Command;
use crate::domain::{BetKind, CaseField, Idea, Status};
use crate::judge::{Flag, Score};
use crate::text::{sanitize, shorten, width, wrap, wrap_markdown};
use crate::tui::dialogs::shown_day;
use crate::tui::jobs::similar::SimilarityKey;
use crate::tui::screens::Screen;
use crate::tui::theme::Styles;
use crate::tui::widgets::{labelled, styled};
use crate::tui::world::World;

pub(super) use chart::Axis;

use super::table::shown_score;
use super::{RankScreen, columns, rating};
use crate::tui::screens::deciding;

/// Columns for the name of a criterion.
const NAME: usize = 14;

/// An idea with all that its detail needs.
#[derive(Clone, Copy)]
pub(super) struct Detail<'a> {
    screen: &'a RankScreen,
    world: &'a World,
    idea: &'a Idea,
    score: &'a Score,
    styles: &'a Styles,
    width: usize,
}

impl<'a> Detail<'a> {
    /// The idea under the cursor, in so many columns; `None` if there is none.
    pub(super) fn new(
        screen: &'a RankScreen,
        world: &'a World,
        styles: &'a Styles,
        width: u16,
    ) -> Option<Self> {
        let idea = screen.idea(world)?;
        let (_, score) = world.portfolio.scored(&idea.id)?;
        Some(Self { screen, world, idea, score, styles, width: usize::from(width) })
    }

    /// Everything there is to say.
    pub(super) fn lines(&self) -> Vec<Line<'static>> {
        let mut lines = self.head();
        lines.push(Line::default());
        lines.extend(self.next_step());
        lines.extend(self.people());
        lines.extend(self.waterfall());
        lines.extend(self.sureness());
        lines.extend(self.summary());
        lines.extend(self.similar());
        lines.extend(self.promises());
        lines.extend(self.log());
        lines.extend(self.decisions());
        lines.extend(self.case());
        lines.extend(self.links());
        lines
    }

    /// The next step, and the key that does it.
    fn next_step(&self) -> Vec<Line<'static>> {
        let Some(step) = self.screen.next_step(self.idea, self.world) else { return Vec::new() };
        let enter = self.world.keymap.key(Command::Open);
        let key = match deciding::key_of(step, self.world) {
            None => String::new(),
            Some(key) if key == enter => enter,
            Some(key) => format!("{enter}, or {key}"),
        };
        let label = Span::styled("TO DO  ", self.styles.accent);
        let indent = " ".repeat(label.width());
        let said = format!("▸ {}", step.sentence());
        let mut lines = labelled(label, &said, self.width, self.styles.strong);
        let key = Span::styled(key, self.styles.key);
        match lines.last_mut() {
            Some(last) if last.width() + 3 + key.width() <= self.width => {
                last.push_span("   ");
                last.push_span(key);
            }
            _ => lines.push(Line::from(vec![Span::from(indent), key])),
        }
        lines.push(Line::default());
        lines
    }

    /// The most important in so many lines.
    pub(super) fn short(&self, rows: usize) -> Vec<Line<'static>> {
        let room = self.width;
        let title = sanitize(&self.idea.title);
        let mut lines = vec![Line::styled(shorten(&title, room).into_owned(), self.styles.strong)];
        lines.extend(self.facts().into_iter().take(1));
        if let (Some(facts), Some(names)) = (lines.last_mut(), self.drawn_to())
            && facts.width() + 3 + width(&names) <= room
        {
            facts.push_span(Span::styled(format!(" · {names}"), self.styles.good));
        }
        if self.score.rated {
            let sum = sum::line(self.score, self.world.portfolio.rule(), self.idea);
            let whole = format!("{} · {sum}", self.score_words());
            // The sum ends with the score, so it can do without the word.
            let text = if width(&whole) <= room { whole } else { sum };
            lines.push(Line::styled(shorten(&text, room).into_owned(), self.styles.text));
        }
        let prose = wrap_markdown(&self.idea.summary, usize::MAX);
        if let Some(first) = prose.first() {
            let text = shorten(first, room).into_owned();
            lines.push(Line::styled(text, self.styles.quiet));
        }
        lines.truncate(rows);
        lines
    }

    /// How sure its place is, as far as that is known.
    fn sureness(&self) -> Vec<Line<'static>> {
        let words = columns::describe_chance(&self.idea.id, self.world);
        let lines = words.map(|words| wrap(&words, self.width)).unwrap_or_default();
        styled(lines, self.styles.quiet).collect()
    }

    fn head(&self) -> Vec<Line<'static>> {
        let mut lines: Vec<Line<'static>> =
            styled(wrap(&self.idea.title, self.width), self.styles.strong).collect();
        lines.extend(self.facts());
        let who = [
            self.idea
                .created
                .map(|day| format!("since {}", shown_day(day, self.world.portfolio.as_of()))),
            (!self.idea.people.is_empty()).then(|| self.idea.people.join(", ")),
            self.idea.from.as_ref().map(|from| format!("from {from}")),
        ];
        let who: Vec<String> = who.into_iter().flatten().collect();
        if !who.is_empty() {
            let text = sanitize(&who.join(" · ")).into_owned();
            lines.push(Line::styled(shorten(&text, self.width).into_owned(), self.styles.quiet));
        }
        lines
    }

    /// What others say about it.
    fn people(&self) -> Vec<Line<'static>> {
        let said = self.world.portfolio.said_by_others(self.idea).into_iter().enumerate();
        let mut lines: Vec<Line<'static>> = said
            .flat_map(|(at, said)| {
                let label = if at == 0 { "PEOPLE   " } else { "         " };
                let label = Span::styled(label, self.styles.accent);
                labelled(label, &said, self.width, self.styles.text)
            })
            .collect();
        lines.extend((!lines.is_empty()).then(Line::default));
        lines
    }

    /// Who is drawn to it, in short.
    fn drawn_to(&self) -> Option<String> {
        let names = self.world.portfolio.drawn_to(self.idea);
        let names = sanitize(&names.join(", ")).into_owned();
        (!names.is_empty()).then(|| format!("drawn to it: {names}"))
    }

    /// Status, bet, what to do next, flags, tags.
    fn facts(&self) -> Vec<Line<'static>> {
        let Self { idea, styles, .. } = self;
        let bet = match idea.bet {
            Some(BetKind::Hot) => "hot",
            Some(BetKind::NextHot) => "next-hot",
            None => "no bet",
        };
        let mut facts = vec![(self.status(), styles.accent), (bet.to_owned(), styles.text)];
        if !self.screen.is_open()
            && let Some(step) = self.screen.next_step(idea, self.world)
        {
            facts.push((format!("to do: {}", deciding::cell(step, self.world)), styles.text));
        }
        let disputes: Vec<&str> =
            self.world.portfolio.disputes(idea).into_iter().map(rating::criterion_name).collect();
        let flags =
            self.world.portfolio.flags(idea).into_iter().filter(|flag| *flag != Flag::Incomplete);
        facts.extend(flags.map(|flag| match flag {
            Flag::Disputed => (format!("disputed: {}", disputes.join(", ")), styles.caution),
            flag => (flag.id().to_owned(), styles.caution),
        }));
        facts.extend(idea.tags.iter().map(|tag| (sanitize(tag).into_owned(), styles.quiet)));
        self.flow(facts)
    }

    /// Short facts with dots between them, on as many lines as they need.
    fn flow(&self, facts: Vec<(String, Style)>) -> Vec<Line<'static>> {
        let mut lines = vec![Line::default()];
        let mut used = 0;
        for (fact, style) in facts {
            let fact = shorten(&fact, self.width).into_owned();
            let needed = width(&fact);
            if used > 0 && used + 3 + needed > self.width {
                lines.push(Line::default());
                used = 0;
            }
            if let Some(line) = lines.last_mut() {
                if used > 0 {
                    line.push_span(Span::styled(" · ", self.styles.faint));
                    used += 3;
                }
                line.push_span(Span::styled(fact, style));
                used += needed;
            }
        }
        lines
    }

    fn status(&self) -> String {
        match (self.idea.status, self.idea.parked_until, &self.idea.parked_on) {
            (Status::Parked, Some(day), _) => format!("parked until {day}"),
            (Status::Parked, None, Some(on)) => format!("parked on {}", sanitize(on)),
            (status, _, _) => status.shown().to_owned(),
        }
    }

    fn score_words(&self) -> String {
        let score = self.score;
        if !score.rated {
            return "not rated yet".to_owned();
        }
        let mut words = format!("score {}", shown_score(score));
        if score.high - score.low >= 0.05 {
            words += &format!(" ({:.1}–{:.1})", score.low, score.high);
        }
        words
    }

    fn summary(&self) -> Vec<Line<'static>> {
        let prose = wrap_markdown(&self.idea.summary, self.width);
        let gap = (!prose.is_empty()).then(Line::default);
        gap.into_iter().chain(styled(prose, self.styles.text)).collect()
    }

    /// The ideas that say the same, or the nearest below that, on the page of one idea.
    fn similar(&self) -> Vec<Line<'static>> {
        let key = SimilarityKey::of(&self.idea.id, &self.world.portfolio);
        let found = self.world.results.similar.get(&key).filter(|_| self.screen.is_open());
        let Some(found) = found else { return Vec::new() };
        let same = found.lines.iter().map(|idea| (&idea.said, self.styles.caution));
        let perhaps = found.perhaps.iter().map(|said| (said, self.styles.quiet));
        let said = same.chain(perhaps);
        let said: Vec<Line<'static>> =
            said.flat_map(|(said, style)| styled(wrap(said, self.width), style)).collect();
        let gap = (!said.is_empty()).then(Line::default);
        gap.into_iter().chain(said).collect()
    }

    /// A heading with a blank line above it.
    fn heading(&self, text: &str) -> Vec<Line<'static>> {
        let rule = "─".repeat(self.width.saturating_sub(width(text) + 1));
        let heading = Line::from(vec![
            Span::styled(text.to_owned(), self.styles.accent),
            Span::styled(format!(" {rule}"), self.styles.faint),
        ]);
        vec![Line::default(), heading]
    }

    fn case(&self) -> Vec<Line<'static>> {
        let mut lines = Vec::new();
        for field in CaseField::ALL {
            let Some(text) = self.idea.case(*field) else { continue };
            let name = Span::styled(format!("{:<NAME$}", field.id()), self.styles.quiet);
            lines.extend(labelled(name, text, self.width, self.styles.text));
        }
        if lines.is_empty() { lines } else { [self.heading("case"), lines].concat() }
    }

    fn links(&self) -> Vec<Line<'static>> {
        if self.idea.links.is_empty() {
            return Vec::new();
        }
        let links = self.idea.links.iter().map(|link| {
            let clean = sanitize(link);
            Line::styled(shorten(&clean, self.width).into_owned(), self.styles.quiet)
        });
        self.heading("links").into_iter().chain(links).collect()
    }
}
