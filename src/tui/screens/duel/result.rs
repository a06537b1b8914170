//! The result: the first few with how certain they are, what is not among them, what
//! has moved, and how the scores differ; and the past answers. It takes no answers.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::command::{Command, Keymap};
use crate::domain::{Duel, DuelPool, Winner};
use crate::judge::duel::{PoolOrder, Round, SessionState};
use crate::judge::percent;
use crate::text::{count, fit, sanitize, shorten, width, wrap};
use crate::tui::theme::Styles;
use crate::tui::widgets::{draw_lines, page_offset, styled};
use crate::tui::world::World;

use super::card::put;
use super::{Action, DuelScreen, NAME, entered, title_of};

/// Columns for a title that is one of many.
const SHORT: usize = 24;

/// From this height on there is room for what the numbers mean.
const ROOMY: u16 = 16;

/// Columns of the list of the first few, so that the numbers stand near.
const LIST: usize = 76;

impl DuelScreen {
    /// The first line of the list of the first few.
    pub(super) fn list_start(&self, round: &Round, world: &World, area: Rect) -> u16 {
        let lines = self.verdict(round, world, text_columns(area)).len();
        area.y + u16::try_from(lines).unwrap_or(0) + 1
    }

    pub(super) fn draw_result(
        &self,
        round: &Round,
        world: &World,
        styles: &Styles,
        area: Rect,
        buf: &mut Buffer,
    ) {
        let columns = text_columns(area);
        let verdict = self.verdict(round, world, columns);
        let mut lines: Vec<Line<'static>> =
            styled(verdict.into_iter().map(|line| format!(" {line}")), styles.strong).collect();
        if round.state() != SessionState::TooFew {
            lines.push(Line::default());
            lines.extend(self.first_lines(round, world, styles, columns.min(LIST)));
            if area.height >= ROOMY {
                lines.extend(meaning(round, styles, columns.min(LIST)));
            }
            // What can be done is never out of sight.
            let keys = self.keys(round, world, styles);
            let room = usize::from(area.height).saturating_sub(lines.len() + keys.len() + 1);
            lines.extend(self.notes(round, world, (columns, room), styles));
            lines.push(Line::default());
            lines.extend(keys);
        }
        draw_lines(&lines, area, buf);
    }

    /// How the session stands, in one or two sentences.
    fn verdict(&self, round: &Round, world: &World, columns: usize) -> Vec<String> {
        let summary = round.summary(|entrant| title_of(round, entrant, world));
        if self.current().is_none() {
            return wrap(&format!("{summary} (being worked out …)"), columns);
        }
        wrap(&summary, columns)
    }

    /// The first few, the one under the cursor marked, with how likely each belongs.
    fn first_lines(
        &self,
        round: &Round,
        world: &World,
        styles: &Styles,
        columns: usize,
    ) -> Vec<Line<'static>> {
        let cut = &round.cut;
        let knows = round.state() != SessionState::NothingToChoose;
        let row = |(i, entrant): (usize, &usize)| {
            let is_here = i == self.line;
            let style = if is_here { styles.selected } else { styles.text };
            let mark = if is_here { "▸" } else { " " };
            let chance = if knows { percent(cut.chances()[*entrant]) } else { String::new() };
            let head = format!("  {mark} {}  ", i + 1);
            let room = columns.saturating_sub(width(&head) + width(&chance) + 1);
            let title = sanitize(title_of(round, *entrant, world)).into_owned();
            Line::from(vec![
                Span::styled(head, style),
                Span::styled(fit(&title, room), style),
                Span::styled(format!(" {chance}"), style),
            ])
        };
        cut.shown().iter().enumerate().map(row).collect()
    }

    /// What else there is to say, as far as there is room for whole sentences: what
    /// is not among the first, then what has moved and how scores and answers differ.
    fn notes(
        &self,
        round: &Round,
        world: &World,
        (columns, rows): (usize, usize),
        styles: &Styles,
    ) -> Vec<Line<'static>> {
        let start = self.session_start.as_ref();
        let moved = start.and_then(|start| start.movement(round, world));
        let pool = self.members.pool();
        let limit = (*pool != DuelPool::default()).then(|| {
            let key = world.keymap.key(Command::Limit);
            format!("Took part: {}; {key} changes that.", self.pool_words(round, world))
        });
        let others = vec![not_among(round, world)];
        let changes = vec![limit, moved, by_score(round, world), both_ways(round, world)];
        let mut lines = Vec::new();
        for paragraph in [others, changes] {
            let mut wrapped: Vec<Line<'static>> = Vec::new();
            for sentence in paragraph.into_iter().flatten() {
                let sentence = wrap(&sentence, columns.saturating_sub(1));
                if lines.len() + 1 + wrapped.len() + sentence.len() <= rows {
                    let indented = sentence.into_iter().map(|line| format!("  {line}"));
                    wrapped.extend(styled(indented, styles.text));
                }
            }
            if !wrapped.is_empty() {
                lines.push(Line::default());
                lines.extend(wrapped);
            }
        }
        lines
    }

    /// What can be done here, each with its key.
    fn keys(&self, round: &Round, world: &World, styles: &Styles) -> Vec<Line<'static>> {
        let keymap: &Keymap = &world.keymap;
        let ask_on = match round.pairs_left() {
            0 => "ask the most surprising answer again".to_owned(),
            1 => "ask on: 1 pair has not been asked".to_owned(),
            left => format!("ask on: {left} pairs have not been asked"),
        };
        let answers = answers(world).len();
        let others = match answers.saturating_sub(round.contest.duels_in_pool()) {
            0 => String::new(),
            others => format!(" ({others} about ideas that do not take part)"),
        };
        let lines = [
            (Command::StartFirst, "start the marked one".to_owned()),
            (Command::RankByDuels, "Rank in this order (w again: by score)".to_owned()),
            (Command::AskOn, ask_on),
            (Command::Past, format!("your {}{others}, to change one", count(answers, "answer"))),
        ];
        let offered = lines.into_iter().filter(|(command, _)| self.offers(*command, round, world));
        offered
            .map(|(command, text)| {
                Line::from(vec![
                    Span::styled(format!("  {}", fit(&keymap.key(command), 7)), styles.key),
                    Span::styled(text, styles.text),
                ])
            })
            .collect()
    }
}

fn text_columns(area: Rect) -> usize {
    usize::from(area.width.saturating_sub(2)).min(100)
}

/// What the numbers beside the first few mean.
fn meaning(round: &Round, styles: &Styles, columns: usize) -> Vec<Line<'static>> {
    if round.state() == SessionState::NothingToChoose {
        return Vec::new();
    }
    let k = round.cut.shown().len();
    let top = if k == 1 { "first".to_owned() } else { format!("in the top {k}") };
    let words = format!("the numbers: how likely it is that your answers would put it {top}");
    let mut lines = vec![Line::default()];
    let wrapped = wrap(&words, columns).into_iter();
    lines.extend(styled(wrapped.map(|line| format!("  {line}")), styles.quiet));
    lines
}

/// A pair that was answered in more than one way, if there is one.
fn both_ways(round: &Round, world: &World) -> Option<String> {
    let pair = round.answered_both_ways().into_iter().next()?;
    let title = |entrant| shorten(title_of(round, entrant, world), NAME);
    let key = world.keymap.key(Command::Past);
    Some(format!(
        "You have answered both ways between \"{}\" and \"{}\"; both answers count half. {key} \
         shows them.",
        title(pair.first()),
        title(pair.second()),
    ))
}

/// The ideas that are not among the first few, the likeliest first.
fn not_among(round: &Round, world: &World) -> Option<String> {
    /// How many are named; the others are counted.
    const NAMED: usize = 4;
    let mut others: Vec<usize> =
        (0..round.contest.pool()).filter(|entrant| !round.cut.shown().contains(entrant)).collect();
    let chance = |entrant: &usize| round.cut.chances()[*entrant];
    others.sort_by(|one, other| chance(other).total_cmp(&chance(one)));
    let name = |entrant: &usize| shorten(title_of(round, *entrant, world), SHORT).into_owned();
    let mut names: Vec<String> = others.iter().take(NAMED).map(name).collect();
    if others.len() > NAMED {
        names.push(format!("{} more", others.len() - NAMED));
    }
    (!names.is_empty()).then(|| format!("Not among them: {}", names.join(" · ")))
}

/// How the first few by score differ; `None` where not all are rated, because
/// then there is no order by score.
fn by_score(round: &Round, world: &World) -> Option<String> {
    let (duels, scores) = (PoolOrder::of(round), PoolOrder::by_score(round));
    let is_rated = |id: &String| {
        let position = world.portfolio.position(id);
        position.is_some_and(|at| world.portfolio.scores()[at].rated)
    };
    if duels.ids.len() == duels.k || !duels.ids.iter().all(is_rated) {
        return None;
    }
    let (by_score, by_duels) = (entered(&scores, &duels, world), entered(&duels, &scores, world));
    let first = match duels.k {
        1 => "the first is".to_owned(),
        k => format!("the first {k} are"),
    };
    Some(match by_score.matches('"').count() / 2 {
        0 => format!("By score {first} the same."),
        1 if duels.k > 1 => format!(
            "By score {first} the same except that {by_score} stands where you put {by_duels}."
        ),
        1 => format!("By score {by_score} stands where you put {by_duels}."),
        _ => format!("By score {by_score} stand where you put {by_duels}."),
    })
}

/// Rows above the list.
pub(super) const HEAD: u16 = 3;

/// The answers that count, the latest first.
pub(super) fn answers(world: &World) -> Vec<&Duel> {
    let mut duels = world.portfolio.duels().standing(world.portfolio.as_of());
    // Within one second, too, what was written later comes first.
    duels.reverse();
    duels.sort_by_key(|duel| std::cmp::Reverse(duel.at.timestamp()));
    duels
}

/// Takes the answer at a place of the list back.
pub(super) fn strike(at: usize, world: &World) -> Option<Action> {
    let duel = *answers(world).get(at)?;
    Some(Action::Answer { instead_of: Some(duel.id.clone()), answer: None })
}

/// Gives another answer to the question at a place of the list: left is the
/// idea that is named first there.
pub(super) fn change(at: usize, winner: Winner, world: &World) -> Option<Action> {
    let duel = *answers(world).get(at)?;
    let winner = match (duel.winner, winner) {
        (Winner::Right, Winner::Left) => Winner::Right,
        (Winner::Right, Winner::Right) => Winner::Left,
        (_, winner) => winner,
    };
    if duel.winner == winner {
        return Some(Action::Say("That was the answer already.".to_owned()));
    }
    let answer = Some((duel.left.clone(), duel.right.clone(), winner));
    Some(Action::Answer { instead_of: Some(duel.id.clone()), answer })
}

/// The answer at the top of the list, so that the one under the cursor is in sight.
pub(super) fn offset(at: usize, world: &World, area: Rect) -> usize {
    page_offset(at, answers(world).len(), usize::from(area.height.saturating_sub(HEAD)))
}

/// Draws the answers, the latest first.
pub(super) fn draw_past(at: usize, world: &World, styles: &Styles, area: Rect, buf: &mut Buffer) {
    let answers = answers(world);
    put(&format!("Your answers: {}", answers.len()), area, 0, styles.strong, buf);
    let hint = "h the first one, l the second, t equal; x deletes the answer; u undoes";
    put(hint, area, 1, styles.quiet, buf);
    let first = offset(at, world, area);
    for (row, (index, duel)) in (HEAD..area.height).zip(answers.iter().enumerate().skip(first)) {
        let mark = if index == at { "▸" } else { " " };
        let style = if index == at { styles.selected } else { styles.text };
        let columns = usize::from(area.width).saturating_sub(16);
        let sentence = sentence(duel, columns, world);
        put(&format!("{mark} {}  {sentence}", duel.at.date()), area, row, style, buf);
    }
}

/// An answer in so many columns, `A over B` or `A = B`; both titles have as much room.
pub(super) fn sentence(duel: &Duel, room: usize, world: &World) -> String {
    let (one, between, other) = match duel.winner {
        Winner::Left => (&duel.left, " over ", &duel.right),
        Winner::Right => (&duel.right, " over ", &duel.left),
        Winner::Tie => (&duel.left, " = ", &duel.right),
    };
    let title = |id| sanitize(world.portfolio.title_of(id)).into_owned();
    let half = room.saturating_sub(width(" over ")) / 2;
    format!("{}{between}{}", fit(&title(one), half), shorten(&title(other), half))
}
