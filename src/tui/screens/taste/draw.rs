//! Layout of the Taste screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::domain::{Criterion, Idea};
use crate::judge::taste::{Disagreement, LEAST_IDEAS, TasteStudy, answers};
use crate::judge::{Calibration, Score};
use crate::text::{fit, sanitize, shorten, wrap};
use crate::tui::jobs::taste::TasteFindings;
use crate::tui::theme::Styles;
use crate::tui::widgets::page_offset;
use crate::tui::world::World;

use super::{TasteScreen, View, adoption, statistics, weights};

/// Columns for the name of a criterion, and for the label of a sentence.
pub(super) const NAME: usize = 11;

/// Columns for a title, at most: what would explain it stands beside it.
const TITLE: usize = 76;

/// From this height of the list on, every criterion of the idea under the
/// cursor is shown.
const TALL: u16 = 20;

pub(crate) fn draw(
    screen: &TasteScreen,
    world: &World,
    styles: &Styles,
    area: Rect,
    buffer: &mut Buffer,
) {
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let Some(findings) = screen.findings() else {
        put("looking at your answers …", area, 0, styles.quiet, buffer);
        return;
    };
    match screen.view {
        View::Overview => Overview { screen, findings, world, styles }.draw(area, buffer),
        View::Statistics(at) => {
            let lines = statistics::lines(screen, findings, styles, usize::from(area.width));
            scrolled(&lines, at, area, buffer);
        }
        View::Adoption(at) => {
            adoption::draw(findings, at, world, styles, area, buffer);
        }
    }
}

/// The lines from one on.
pub(super) fn scrolled(lines: &[Line<'_>], at: usize, area: Rect, buffer: &mut Buffer) {
    for (line, row) in lines.iter().skip(at).zip(area.rows()) {
        buffer.set_line(row.x, row.y, line, row.width);
    }
}

struct Overview<'a> {
    screen: &'a TasteScreen,
    findings: &'a TasteFindings,
    world: &'a World,
    styles: &'a Styles,
}

impl Overview<'_> {
    fn draw(&self, area: Rect, buffer: &mut Buffer) {
        let study = &self.findings.study;
        put(&weights::headline(study), area, 0, self.styles.strong, buffer);
        put(&weights::facts(study), area, 1, self.styles.quiet, buffer);
        weights::draw(study, self.styles, below(area, 2), buffer);
        let trust = self.trust(usize::from(area.width));
        let trust_rows = u16::try_from(trust.len()).unwrap_or(u16::MAX);
        let middle = below(area, 9);
        let middle = Rect { height: middle.height.saturating_sub(trust_rows + 1), ..middle };
        self.disagreements(middle, buffer);
        scrolled(&trust, 0, below(area, middle.bottom() - area.y + 1), buffer);
    }

    /// Where gut and rubric disagree, and what would explain the one under the
    /// cursor; or what is missing before that can be said.
    fn disagreements(&self, area: Rect, buffer: &mut Buffer) {
        let Self { screen, world, styles, .. } = self;
        let listed = screen.listed();
        let Some((_, selected)) = listed.get(screen.cursor()) else {
            return self.nothing_listed(area, buffer);
        };
        let heading = "Where gut and rubric disagree most: place by score → place by duels alone";
        put(heading, area, 0, styles.accent, buffer);
        let explained = self.explanation(selected, area);
        let explained_rows = u16::try_from(explained.len()).unwrap_or(u16::MAX);
        let list = below(area, 1);
        let list = Rect { height: list.height.saturating_sub(explained_rows), ..list };
        let rows = usize::from(list.height).min(listed.len());
        let offset = page_offset(screen.cursor(), listed.len(), rows);
        let lines = listed.iter().enumerate().skip(offset).take(rows);
        let mut end = list.y;
        for ((at, (id, one)), row) in lines.zip(list.rows()) {
            let is_under_cursor = at == screen.cursor();
            let style = if is_under_cursor { styles.selected } else { styles.text };
            if is_under_cursor {
                buffer.set_style(row, styles.selected);
            }
            let mark = if is_under_cursor { "▸" } else { " " };
            let because = one.because.map_or("no criterion", Criterion::id);
            let arrow = if one.rank_by_duels < one.rank_by_score { "▲" } else { "▼" };
            let places = format!("{:>3} → {:<3}", one.rank_by_score, one.rank_by_duels);
            let title = world.portfolio.idea(id).map_or(id.as_str(), |idea| &idea.title);
            let room = usize::from(row.width).saturating_sub(12 + NAME + 2).min(TITLE);
            let title = fit(&sanitize(title), room);
            let text = format!("{mark}{places}{arrow} {title} {because}");
            buffer.set_stringn(row.x, row.y, text, usize::from(row.width), style);
            end = row.bottom();
        }
        scrolled(
            &explained,
            0,
            Rect { y: end, height: area.bottom().saturating_sub(end), ..area },
            buffer,
        );
    }

    fn nothing_listed(&self, area: Rect, buffer: &mut Buffer) {
        let study = &self.findings.study;
        put("Where gut and rubric disagree", area, 0, self.styles.accent, buffer);
        let mut text = if study.taste.is_enough() {
            "Nowhere: both put your ideas in the same order.".to_owned()
        } else if self.findings.complete < LEAST_IDEAS {
            format!(
                "Not shown before that can be said. Only answers about ideas with all five \
                 questions answered count, and {} of your ideas are that far: g 1 goes on with \
                 them.",
                self.findings.complete
            )
        } else {
            "Not shown before that can be said: few answers would name a criterion that a few \
             more acquit. g 3 asks the next question."
                .to_owned()
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
        let lines = wrap(&text, usize::from(area.width));
        for (line, row) in lines.iter().zip(below(area, 1).rows()) {
            put(line, row, 0, self.styles.text, buffer);
        }
    }

    /// What would explain a disagreement: in a sentence, and where there is
    /// room by every criterion.
    fn explanation(&self, one: &Disagreement, area: Rect) -> Vec<Line<'static>> {
        let Self { screen, findings, world, styles } = self;
        let Some((id, _)) = screen.listed().get(screen.cursor()) else { return Vec::new() };
        let position = world.portfolio.portfolio().position(id);
        let Some((idea, score)) = position.and_then(|at| world.portfolio.at(at)) else {
            return Vec::new();
        };
        let wanted = if one.rank_by_duels < one.rank_by_score { "more" } else { "less" };
        let points = points(idea, score, &findings.study);
        let because = match (one.because, &points) {
            (Some(criterion), Some(points)) => {
                let Points { answer, stated, revealed } = points[criterion.index()];
                let is_capped = match criterion {
                    Criterion::Headroom => score.headroom_cap < 0.0,
                    Criterion::Strategy => score.strategy_cap < 0.0,
                    _ => false,
                };
                let ceiling = if is_capped { ", ceiling included" } else { "" };
                let text = format!(
                    "{} would explain it: {answer} of 10 makes {stated:.0} points as \
                     stated{ceiling}, {revealed:.0} as revealed",
                    criterion.id()
                );
                text.replace('-', "−")
            }
            _ => "no criterion explains it: perhaps something that is not asked".to_owned(),
        };
        let sentence = format!("wanted {wanted} than it scores; {because}");
        let sentence = wrap(&sentence, usize::from(area.width.saturating_sub(2))).into_iter();
        let mut lines: Vec<Line<'static>> =
            sentence.map(|line| Line::styled(format!("  {line}"), styles.quiet)).collect();
        if let Some(points) = points.filter(|_| area.height >= TALL) {
            lines.push(Line::default());
            let heading =
                format!("  {}answer    points as stated    as revealed", fit("", NAME + 1));
            lines.push(Line::styled(heading, styles.quiet));
            lines.extend(Criterion::ALL.map(|criterion| {
                let Points { answer, stated, revealed } = points[criterion.index()];
                let text = format!(
                    "  {} {answer:>6} {stated:>19.1} {revealed:>14.1}",
                    fit(criterion.id(), NAME)
                )
                .replace(" -", " −");
                let style =
                    if one.because == Some(criterion) { styles.strong } else { styles.text };
                Line::styled(text, style)
            }));
        }
        lines
    }

    /// How far promises and choices could be trusted, and where the time went.
    fn trust(&self, columns: usize) -> Vec<Line<'static>> {
        let Self { screen, findings, styles, .. } = self;
        let promises = findings.promises.as_ref().map_or_else(
            || "none with a chance has been kept or missed yet".to_owned(),
            Calibration::sentence,
        );
        let selection = &findings.selection;
        let choices = if selection.judged.is_empty() {
            "no hindsight yet: second looks on the Review screen ask for it".to_owned()
        } else {
            let [scores, _] = selection.comparisons();
            format!("of what was dropped or done: {}; {scores}", selection.outcomes())
        };
        let time = screen.time_spent().sentence();
        let said = [("promises", promises), ("choices", choices), ("time", time)];
        let lines = said.iter().flat_map(|(label, text)| {
            let text = wrap(text, columns.saturating_sub(NAME));
            text.into_iter().enumerate().map(move |(at, line)| {
                let label = if at == 0 { *label } else { "" };
                Line::from(vec![
                    Span::styled(fit(label, NAME), styles.accent),
                    Span::styled(line, styles.text),
                ])
            })
        });
        lines.collect()
    }
}

#[derive(Clone, Copy)]
struct Points {
    /// The answer, 0–10, in tenths.
    answer: f64,
    /// Points of score by the stated weights, with what a ceiling takes away
    /// counted to the criterion that sets it.
    stated: f64,
    revealed: f64,
}

/// What each answer of an idea contributes, by [`Criterion::index`].
fn points(idea: &Idea, score: &Score, study: &TasteStudy) -> Option<[Points; 5]> {
    let answers = answers(idea, score)?;
    let revealed = study.revealed_rule.waterfall(&answers).by_criterion();
    Some(std::array::from_fn(|i| {
        let cap = match Criterion::ALL[i] {
            Criterion::Headroom => score.headroom_cap,
            Criterion::Strategy => score.strategy_cap,
            _ => 0.0,
        };
        Points {
            answer: (answers[i] * 10.0).round() / 10.0,
            stated: score.contributions[i] + cap,
            revealed: revealed[i],
        }
    }))
}

/// What is left of an area below so many rows.
pub(super) fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}

/// A line of text, cut to the width.
pub(super) fn put(text: &str, area: Rect, row: u16, style: Style, buffer: &mut Buffer) {
    if row < area.height {
        let room = usize::from(area.width);
        let clean = sanitize(text);
        buffer.set_stringn(area.x, area.y + row, shorten(&clean, room), room, style);
    }
}
