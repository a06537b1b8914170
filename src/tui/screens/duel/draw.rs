//! Two cards, what is settled, and past answers.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Borders, Padding, Widget};

use crate::domain::{Criterion, Duel, Idea, Rating, Winner};
use crate::judge::Score;
use crate::judge::duel::{Certainty, NextPair, Round, SessionState};
use crate::text::{count, fit, sanitize, shorten, width, wrap};
use crate::tui::theme::Styles;
use crate::tui::widgets::Gauge;
use crate::tui::world::World;

use super::{DuelScreen, past};

/// What is asked of every pair.
const QUESTION: &str = "Which would you rather work on?";

/// Columns for the title of an idea in a reason: two of them and the words
/// between them fit on two lines.
const NAME: usize = 44;

/// Rows for what is settled.
const SETTLED: u16 = 6;

pub(crate) fn draw(
    screen: &DuelScreen,
    world: &World,
    styles: &Styles,
    area: Rect,
    buffer: &mut Buffer,
) {
    if let Some(at) = screen.past {
        return list(at, world, styles, area, buffer);
    }
    let rows = [Constraint::Length(3), Constraint::Min(6), Constraint::Length(SETTLED)];
    let [head, cards, settled] = Layout::vertical(rows).areas(area);
    let Some((_, round)) = &screen.round else {
        return put("working out the first pair …", head, 0, styles.quiet, buffer);
    };
    put_right(&screen.pool_words(round, world), QUESTION.len() + 3, head, styles.quiet, buffer);
    match round.next_pair {
        None => {
            let summary = round.summary(|entrant| title_of(round, entrant, world));
            let room = usize::from(head.width.saturating_sub(2));
            for (line, row) in wrap(&sanitize(&summary), room).iter().zip(0..head.height) {
                put(line, head, row, styles.strong, buffer);
            }
            if round.state() == SessionState::TooFew {
                return;
            }
        }
        Some(question) => {
            put(QUESTION, head, 0, styles.strong, buffer);
            let name = |entrant| shorten(title_of(round, entrant, world), NAME).into_owned();
            let (left, right) = (name(question.left), name(question.right));
            let named = |entrant| if entrant == question.left { left.as_str() } else { &right };
            let reason = question.reason.describe(screen.rule.k, named);
            let room = usize::from(head.width.saturating_sub(2));
            let lines = wrap(&sanitize(&format!("Asked because: {reason}")), room);
            for (line, row) in lines.iter().zip(1..head.height) {
                put(line, head, row, styles.quiet, buffer);
            }
            let is_current = screen.current().is_some();
            draw_cards(round, question, screen.reveals, is_current, world, styles, cards, buffer);
        }
    }
    draw_settled(screen, round, world, styles, settled, buffer);
}

#[expect(clippy::too_many_arguments, reason = "one call, and each is a different thing")]
fn draw_cards(
    round: &Round,
    question: NextPair,
    reveals: bool,
    is_current: bool,
    world: &World,
    styles: &Styles,
    area: Rect,
    buffer: &mut Buffer,
) {
    let halves = [Constraint::Fill(1), Constraint::Fill(1)];
    let [left, right] = Layout::horizontal(halves).spacing(1).areas(area);
    for (entrant, keys, half) in
        [(question.left, " h · left ", left), (question.right, " l · right ", right)]
    {
        let border = if is_current { styles.accent } else { styles.faint };
        let block = Block::new()
            .borders(Borders::ALL)
            .border_type(BorderType::Rounded)
            .border_style(border)
            .padding(Padding::horizontal(1))
            .title(Line::styled(keys, styles.key));
        let inner = block.inner(half);
        block.render(half, buffer);
        let position = world.portfolio.portfolio().position(&round.contest.entrants()[entrant].id);
        let Some((idea, score)) = position.and_then(|at| world.portfolio.at(at)) else { continue };
        let lines = card(idea, score, reveals, usize::from(inner.width), styles);
        for (line, row) in lines.iter().zip(inner.rows()) {
            buffer.set_line(row.x, row.y, line, row.width);
        }
    }
}

/// Title, criteria where they are wanted, summary.
fn card(
    idea: &Idea,
    score: &Score,
    reveals: bool,
    room: usize,
    styles: &Styles,
) -> Vec<Line<'static>> {
    let wrapped = |text: &str, style| {
        wrap(text, room).into_iter().map(move |line| Line::styled(line, style)).collect::<Vec<_>>()
    };
    let mut lines = wrapped(&idea.title, styles.strong);
    lines.push(Line::default());
    if reveals {
        lines.extend(Criterion::ALL.map(|criterion| gauge(criterion, idea, score, styles)));
        lines.push(Line::default());
    }
    lines.extend(wrapped(&idea.summary, styles.text));
    if !idea.tags.is_empty() {
        lines.push(Line::default());
        lines.extend(wrapped(&idea.tags.join(" · "), styles.quiet));
    }
    lines
}

fn gauge(criterion: Criterion, idea: &Idea, score: &Score, styles: &Styles) -> Line<'static> {
    let is_known = !score.missing[criterion.index()];
    let rating = match criterion {
        Criterion::Strategy => is_known.then_some(score.strategy),
        _ => idea.rating(criterion),
    };
    let share = |value: Option<f64>| value.map_or(0.0, |value| value / 10.0);
    let bar = Gauge { low: share(rating.map(Rating::low)), high: share(rating.map(Rating::high)) };
    let shown = rating.map_or_else(
        || "?".to_owned(),
        |rating| format!("{}", (rating.middle() * 10.0).round() / 10.0),
    );
    let name = Span::styled(fit(criterion.id(), 11), styles.quiet);
    let mut spans = vec![name, Span::styled(format!("{shown:>4} "), styles.strong)];
    spans.extend(bar.spans(styles.bar, styles.range, styles.faint));
    Line::from(spans)
}

/// The first k by certainty, with the rivals of the open ones; what has moved.
fn draw_settled(
    screen: &DuelScreen,
    round: &Round,
    world: &World,
    styles: &Styles,
    area: Rect,
    buffer: &mut Buffer,
) {
    let name = |entrant: usize| title_of(round, entrant, world);
    let cut = &round.cut;
    let heading = match round.state() {
        SessionState::Open => {
            let answers = count(round.contest.duels(), "answer");
            format!("Your {} so far · {answers}", cut.shown().len())
        }
        _ if round.next_pair.is_none() => format!("Your {}", cut.shown().len()),
        _ => round.summary(name),
    };
    put(&heading, area, 0, styles.strong, buffer);
    let groups = [
        (Certainty::Sure, styles.good),
        (Certainty::Likely, styles.text),
        (Certainty::Open, styles.text),
    ];
    for ((certainty, style), row) in groups.into_iter().zip(1..) {
        let shown = cut.shown().iter().filter(|entrant| cut.certainty(**entrant) == certainty);
        let mut names: Vec<&str> = shown.map(|entrant| name(*entrant)).collect();
        if names.is_empty() {
            continue;
        }
        let rivals = cut.contenders();
        let rival = rivals.first().filter(|_| certainty == Certainty::Open);
        names.extend(rival.map(|rival| name(*rival)));
        let between = if rival.is_some() { " or " } else { " · " };
        put(&format!("{:<8} {}", certainty.id(), names.join(between)), area, row, style, buffer);
    }
    if let Some(words) = screen.movement(world).and_then(|moved| moved.words(world)) {
        put(&format!("since you began: {words}"), area, 4, styles.quiet, buffer);
    }
}

/// Past answers, the latest first.
fn list(at: usize, world: &World, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let answers = past::answers(world);
    put("Past answers", area, 0, styles.strong, buffer);
    put("h l t change the one under the cursor, x strikes it", area, 1, styles.quiet, buffer);
    let room = usize::from(area.height.saturating_sub(3));
    let first = at.saturating_sub(room.saturating_sub(1));
    for (row, (index, duel)) in (3..).zip(answers.iter().enumerate().skip(first).take(room)) {
        let mark = if index == at { "▸" } else { " " };
        let style = if index == at { styles.selected } else { styles.text };
        let columns = usize::from(area.width).saturating_sub(16);
        let sentence = sentence(duel, columns, world);
        put(&format!("{mark} {}  {sentence}", duel.at.date()), area, row, style, buffer);
    }
}

/// An answer in so many columns; both titles have as much room.
fn sentence(duel: &Duel, room: usize, world: &World) -> String {
    let (one, between, other) = match duel.winner {
        Winner::Left => (&duel.left, "  rather than  ", &duel.right),
        Winner::Right => (&duel.right, "  rather than  ", &duel.left),
        Winner::Tie => (&duel.left, "  as gladly as  ", &duel.right),
    };
    let title = |id: &String| {
        sanitize(world.portfolio.idea(id).map_or(id.as_str(), |idea| &idea.title)).into_owned()
    };
    let half = room.saturating_sub(between.len()) / 2;
    format!("{}{between}{}", fit(&title(one), half), shorten(&title(other), half))
}

fn title_of<'b>(round: &'b Round, entrant: usize, world: &'b World) -> &'b str {
    let id = &round.contest.entrants()[entrant].id;
    world.portfolio.idea(id).map_or(id, |idea| &idea.title)
}

/// A text at the right end of the first row, in the room that `left` columns
/// leave it.
fn put_right(
    text: &str,
    left: usize,
    area: Rect,
    style: ratatui::style::Style,
    buffer: &mut Buffer,
) {
    let clean = sanitize(text);
    let room = usize::from(area.width).saturating_sub(left + 1);
    let text = shorten(&clean, room);
    let columns = u16::try_from(width(&text)).unwrap_or(u16::MAX).min(area.width);
    let x = area.right().saturating_sub(columns + 1).max(area.x);
    buffer.set_stringn(x, area.y, text, room, style);
}

/// A line of text, cut to the width.
fn put(text: &str, area: Rect, row: u16, style: ratatui::style::Style, buffer: &mut Buffer) {
    if row < area.height {
        let room = usize::from(area.width.saturating_sub(2));
        let clean = sanitize(text);
        buffer.set_stringn(area.x + 1, area.y + row, shorten(&clean, room), room, style);
    }
}
