//! Layout of the Taste screen.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;
use ratatui::widgets::Widget;

use crate::command::Command;
use crate::domain::{Criterion, Idea};
use crate::judge::taste::{Disagreement, LEAST_DUELS, LEAST_IDEAS, TasteStudy, answers};
use crate::judge::{Score, Waterfall, ordinal};
use crate::text::{fit, sanitize, width, wrap};
use crate::tui::jobs::taste::TasteFindings;
use crate::tui::screens::rating::criterion_name;
use crate::tui::theme::Styles;
use crate::tui::widgets::{Page as Lines, below, draw_lines, page_offset, put};
use crate::tui::world::World;

use super::statistics::TABS;
use super::weights::NAME;
use super::{Page, TasteScreen, View, statistics, weights};

/// Columns for a title, at most: both its places stand beside it.
const TITLE: usize = 76;

/// Columns for both places of an idea.
const PLACES: usize = 28;

/// Rows of the differences, at least, where anything stands below them.
const LEAST_LIST: u16 = 4;

/// A weight below this is next to none.
const HARDLY: f64 = 0.05;

/// From this height of the list on, every criterion of the idea under the cursor is shown.
const TALL: u16 = 20;

impl TasteScreen {
    pub(crate) fn draw_screen(&self, world: &World, styles: &Styles, area: Rect, buf: &mut Buffer) {
        let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
        let Some(findings) = self.findings() else {
            put("looking at your answers …", area, 0, styles.quiet, buf);
            return;
        };
        match self.view {
            View::Statistics(at) => {
                let (spent, columns) = (self.time_spent(world), usize::from(area.width));
                let lines = statistics::lines(findings, spent, styles, columns);
                return Lines { lines: &lines, scroll: at, styles }.render(area, buf);
            }
            View::Adoption(at) => {
                return weights::draw_adoption(findings, at, world, styles, area, buf);
            }
            _ => {}
        }
        tabs(self.view.page(), world, styles, area, buf);
        let area = below(area, TABS);
        match self.view {
            View::Forecasts(at) => {
                let lines = statistics::forecast_lines(findings, styles, usize::from(area.width));
                Lines { lines: &lines, scroll: at, styles }.render(area, buf);
            }
            View::Practice => self.practice.draw(world, styles, area, buf),
            _ => Weights { screen: self, findings, world, styles }.draw(area, buf),
        }
    }

    /// The line of the list of differences at a cell of the area, if that list is shown.
    pub(super) fn difference_at(&self, world: &World, at: Position, area: Rect) -> Option<usize> {
        let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
        let (findings, styles) = (self.findings()?, Styles::default());
        let weights = Weights { screen: self, findings, world, styles: &styles };
        let list = weights.list(below(area, TABS)).filter(|list| list.contains(at))?;
        let (_, selected) = self.listed().get(self.cursor())?;
        let explained = weights.explanation(selected, list).len();
        // What explains a line belongs to it.
        weights.rows(list, explained).take_while(|(y, _)| *y <= at.y).last().map(|(_, line)| line)
    }
}

/// The page whose title stands at a cell of the first row of the area.
pub(super) fn page_at(at: Position, area: Rect) -> Option<Page> {
    let mut end = area.x + 1;
    let is_there = |page: &&Page| {
        let start = end;
        end += u16::try_from(width(page.title())).unwrap_or(0) + 2;
        (start..end).contains(&at.x)
    };
    if at.y != area.y {
        return None;
    }
    Page::ALL.iter().find(is_there).copied()
}

/// ` [Weights]  Forecasts  Practice                                  ] [ page`
fn tabs(open: Page, world: &World, styles: &Styles, area: Rect, buf: &mut Buffer) {
    let mut x = area.x;
    for page in Page::ALL {
        let is_open = page == open;
        let title = page.title();
        let text = if is_open { format!("[{title}]") } else { format!(" {title} ") };
        let style = if is_open { styles.accent } else { styles.quiet };
        let room = usize::from(area.right().saturating_sub(x));
        (x, _) = buf.set_stringn(x, area.y, text, room, style);
    }
    let [next, previous] =
        [Command::NextPage, Command::PreviousPage].map(|command| world.keymap.key(command));
    let keys = format!("{next} {previous} page");
    let start = area.right().saturating_sub(u16::try_from(width(&keys)).unwrap_or(u16::MAX));
    if start > x {
        buf.set_string(start, area.y, keys, styles.quiet);
    }
}

struct Weights<'a> {
    screen: &'a TasteScreen,
    findings: &'a TasteFindings,
    world: &'a World,
    styles: &'a Styles,
}

impl Weights<'_> {
    fn draw(&self, area: Rect, buf: &mut Buffer) {
        let study = &self.findings.study;
        weights::draw(study, self.styles, area, buf);
        let (middle, notes) = self.parts(area);
        self.differences(middle, buf);
        for (note, row) in notes.iter().zip(below(area, middle.bottom() - area.y + 1).rows()) {
            put(note, row, 0, self.styles.quiet, buf);
        }
    }

    /// Where the differences stand, and the notes below them that have room.
    fn parts(&self, area: Rect) -> (Rect, Vec<String>) {
        let middle = below(area, weights::ROWS + 1);
        let mut notes = weights::notes(&self.findings.study);
        notes.push(self.screen.time_spent(self.world).sentence());
        let rows = u16::try_from(notes.len() + 1).unwrap_or(u16::MAX);
        if middle.height < rows + LEAST_LIST {
            return (middle, Vec::new());
        }
        (Rect { height: middle.height - rows, ..middle }, notes)
    }

    /// Where the list of differences stands, if the page of the weights is open.
    fn list(&self, area: Rect) -> Option<Rect> {
        (self.screen.view == View::Weights).then(|| below(self.parts(area).0, 1))
    }

    /// The row of each difference that is shown: those around the cursor, with so many
    /// rows below the one under it.
    fn rows(&self, list: Rect, explained: usize) -> impl Iterator<Item = (u16, usize)> {
        let (cursor, count) = (self.screen.cursor(), self.screen.listed().len());
        let rows = usize::from(list.height).saturating_sub(explained).min(count);
        let offset = page_offset(cursor, count, rows);
        let row = move |at: usize| at - offset + if at > cursor { explained } else { 0 };
        let y = move |at: usize| list.y + u16::try_from(row(at)).unwrap_or(u16::MAX);
        (offset..offset + rows).map(move |at| (y(at), at)).filter(move |(y, _)| *y < list.bottom())
    }

    /// Where duels and score differ, and what would explain the idea under the
    /// cursor; or what is missing before that can be said.
    fn differences(&self, area: Rect, buf: &mut Buffer) {
        let Self { screen, world, styles, .. } = self;
        put("Where duels and score differ most", area, 0, styles.accent, buf);
        let listed = screen.listed();
        let Some((_, selected)) = listed.get(screen.cursor()) else {
            return self.nothing_listed(below(area, 1), buf);
        };
        let list = below(area, 1);
        let explained = self.explanation(selected, list);
        for (y, at) in self.rows(list, explained.len()) {
            let (id, one) = &listed[at];
            let row = Rect { y, height: 1, ..list };
            let is_under_cursor = at == screen.cursor();
            let style = if is_under_cursor { styles.selected } else { styles.text };
            if is_under_cursor {
                buf.set_style(row, styles.selected);
            }
            let mark = if is_under_cursor { "▸" } else { " " };
            let title = world.portfolio.title_of(id);
            let room = usize::from(row.width).saturating_sub(PLACES + 4).min(TITLE);
            let title = fit(&sanitize(title), room);
            let by_duels = ordinal(one.rank_by_duels);
            let by_score = ordinal(one.rank_by_score);
            let text = format!("{mark} {title}  by duels {by_duels}, by score {by_score}");
            buf.set_stringn(row.x, row.y, text, usize::from(row.width), style);
            if is_under_cursor {
                let rest = below(Rect { y, height: list.bottom() - y, ..list }, 1);
                draw_lines(&explained, rest, buf);
            }
        }
    }

    fn nothing_listed(&self, area: Rect, buf: &mut Buffer) {
        let text = self.why_nothing();
        for (line, row) in wrap(&text, usize::from(area.width)).iter().zip(area.rows()) {
            put(line, row, 0, self.styles.text, buf);
        }
    }

    fn why_nothing(&self) -> String {
        let Self { findings, .. } = self;
        let study = &findings.study;
        let (answers, ideas) = (study.taste.duels, study.taste.ideas);
        let mut text = if study.taste.is_enough() {
            "Nowhere: both put your ideas in the same order.".to_owned()
        } else if findings.complete < LEAST_IDEAS {
            format!(
                "Too few ideas with every question answered yet: {} of {LEAST_IDEAS}. g1 goes on \
                 with them.",
                findings.complete
            )
        } else if answers < LEAST_DUELS {
            format!("Too few answers yet: {answers} of {LEAST_DUELS}. g3 asks the next question.")
        } else {
            format!("Too few ideas compared yet: {ideas} of {LEAST_IDEAS}. g3 asks about more.")
        };
        let unused = study.duels - study.taste.duels;
        if unused > 0 {
            let of = if unused == 1 { "answer is" } else { "answers are" };
            text += &format!(
                " {unused} more {of} about ideas with an open question, which say nothing about \
                 weights."
            );
        }
        if study.duels == 0 && !study.others.is_empty() {
            text += &format!(
                " The answers here are those of {}: taste is one person's. prospect taste --by \
                 NAME shows theirs; [ui] name in config.toml says who you are.",
                weights::names(study)
            );
        }
        text
    }

    /// What would explain a disagreement: in a sentence, and where there
    /// is room by every criterion.
    fn explanation(&self, one: &Disagreement, area: Rect) -> Vec<Line<'static>> {
        let Self { screen, findings, world, styles } = self;
        let Some((id, _)) = screen.listed().get(screen.cursor()) else { return Vec::new() };
        let Some((idea, score)) = world.portfolio.scored(id) else { return Vec::new() };
        let points = points(idea, score, &findings.study);
        let because = match (one.because, &points) {
            (Some(criterion), Some(points)) => {
                let (at, study) = (criterion.index(), &findings.study);
                let (stated, revealed) = (study.stated[at], study.taste.weights[at].mean);
                let ask = match () {
                    () if revealed < HARDLY => "hardly ask for it",
                    () if revealed > stated => "ask for more of it than you say",
                    () => "ask for less of it than you say",
                };
                let (name, answer) = (in_words(criterion), points.answers[at]);
                format!("because of {name}: {answer} of 10, and your duels {ask}")
            }
            _ => "no criterion explains it: perhaps something that is not asked".to_owned(),
        };
        let sentence = wrap(&because, usize::from(area.width.saturating_sub(4))).into_iter();
        let mut lines: Vec<Line<'static>> =
            sentence.map(|line| Line::styled(format!("    {line}"), styles.quiet)).collect();
        if let Some(points) = points.filter(|_| area.height >= TALL) {
            let heading =
                format!("    {}answer    points as stated    as revealed", fit("", NAME + 1));
            lines.push(Line::styled(heading, styles.quiet));
            let Points { answers, stated, revealed } = points;
            let row = |name: &str, answer: &str, [stated, revealed]: [f64; 2]| {
                let name = fit(name, NAME);
                format!("    {name} {answer:>6} {stated:>19.1} {revealed:>14.1}")
                    .replace(" -", " −")
            };
            lines.extend(Criterion::ALL.map(|criterion| {
                let at = criterion.index();
                let points = [&stated, &revealed].map(|of| of.contributions[at]);
                let style =
                    if one.because == Some(criterion) { styles.strong } else { styles.text };
                let answer = answers[at].to_string();
                Line::styled(row(criterion_name(criterion), &answer, points), style)
            }));
            let taken = [&stated, &revealed].map(|of| of.headroom_cap + of.strategy_cap);
            if taken.iter().any(|taken| *taken < -0.05) {
                lines.push(Line::styled(row("the cap", "", taken), styles.text));
            }
        }
        lines
    }
}

/// A criterion in a sentence.
const fn in_words(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Strategy => "the bet",
        other => other.id(),
    }
}

/// What an idea scores, part by part, by [`Criterion::index`].
struct Points {
    /// The answers, 0–10, in tenths.
    answers: [f64; 5],
    /// Points of score by the stated weights.
    stated: Waterfall,
    revealed: Waterfall,
}

/// What each answer of an idea contributes, and what a ceiling takes.
fn points(idea: &Idea, score: &Score, study: &TasteStudy) -> Option<Points> {
    let answers = answers(idea, score)?;
    let Score { contributions, headroom_cap, strategy_cap, .. } = *score;
    Some(Points {
        answers: answers.map(|answer| (answer * 10.0).round() / 10.0),
        stated: Waterfall { contributions, headroom_cap, strategy_cap },
        revealed: study.revealed_rule.waterfall(&answers),
    })
}
