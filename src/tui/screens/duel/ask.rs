//! The question: two cards, the first few so far, and why this pair is asked.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{BorderType, Widget};

use crate::domain::Winner;
use crate::judge::duel::{Certainty, NextPair, Round};
use crate::judge::percent;
use crate::text::{count, fit, sanitize, shorten, wrap};
use crate::tui::theme::Styles;
use crate::tui::widgets::{draw_lines, framed, labelled};
use crate::tui::world::World;

use super::card::{put, put_right};
use super::{DuelScreen, card, result, title_of};

/// The question about every pair.
const QUESTION: &str = "Which would you rather work on?";

/// Columns for the title of an idea in a reason: two of them and the words
/// between them fit on two lines.
const NAME: usize = 44;

/// Columns of a word for how certain it is.
const WORD: usize = 9;

/// Columns of a chance in words: `under 1 %`.
const CHANCE: usize = 11;

/// Rows of a card beyond which more room is not needed.
const TALLEST: u16 = 34;

/// From this width on the first few stand beside the cards, with all others and the last answers.
const BESIDE: u16 = 120;

/// Rows above the cards: the question, and a blank line.
const HEAD: u16 = 2;

/// Where the parts stand.
pub(super) struct Areas {
    pub left: Rect,
    pub right: Rect,
    /// The first few so far.
    standing: Rect,
    reason: Rect,
}

impl DuelScreen {
    pub(super) fn areas(&self, world: &World, area: Rect) -> Areas {
        let Some((_, round)) = &self.round else {
            return Areas { left: area, right: area, standing: area, reason: area };
        };
        let head = if area.height < 18 { 1 } else { HEAD };
        let body = Rect { y: area.y + head, height: area.height.saturating_sub(head), ..area };
        let is_beside = area.width >= BESIDE;
        let (main, standing) = if is_beside {
            let columns = [Constraint::Fill(3), Constraint::Fill(1)];
            let [main, side] = Layout::horizontal(columns).spacing(2).areas(body);
            (main, Some(side))
        } else {
            (body, None)
        };
        let reasons = self.reason(round, world, usize::from(main.width.saturating_sub(2))).len();
        let reasons = u16::try_from(reasons).unwrap_or(1);
        let wanted = if is_beside {
            reasons + 1
        } else {
            let least = round.cut.shown().len() + 2;
            let lines = standing_lines(round, world, &Styles::default(), usize::from(main.width));
            u16::try_from(lines.len().max(least)).unwrap_or(u16::MAX).saturating_add(reasons)
        };
        let cards = main.height.saturating_sub(wanted.saturating_add(u16::from(area.height >= 18)));
        let cards = cards.clamp(6, TALLEST).min(main.height);
        let below = Rect { y: main.y + cards, height: main.height - cards, ..main };
        let halves = [Constraint::Fill(1), Constraint::Fill(1)];
        let [left, right] = Layout::horizontal(halves).areas(Rect { height: cards, ..main });
        let (standing, reason) = match standing {
            Some(side) => (side, below),
            None => {
                let rows = below.height.saturating_sub(reasons).min(wanted.saturating_sub(reasons));
                let standing = Rect { height: rows, ..below };
                let reason = Rect {
                    y: standing.bottom(),
                    height: below.bottom() - standing.bottom(),
                    ..below
                };
                (standing, reason)
            }
        };
        Areas { left, right, standing, reason }
    }

    pub(super) fn draw_question(
        &self,
        world: &World,
        styles: &Styles,
        area: Rect,
        buf: &mut Buffer,
    ) {
        let Some((_, round)) = &self.round else {
            return put("Working out the first pair …", area, 0, styles.quiet, buf);
        };
        let Some(question) = self.shown_pair() else { return };
        put(QUESTION, area, 0, styles.strong, buf);
        let (all, within) = (round.contest.duels(), round.contest.duels_in_pool());
        let within = if within < all { format!(", {within} about these") } else { String::new() };
        let answers = count(all, "answer") + &within;
        let pool = self.pool_words(round, world);
        put_right(&format!("{pool} · {answers}"), QUESTION.len() + 3, area, styles.quiet, buf);
        let areas = self.areas(world, area);
        self.draw_card(round, question, Winner::Left, world, styles, areas.left, buf);
        self.draw_card(round, question, Winner::Right, world, styles, areas.right, buf);
        let room = usize::from(areas.reason.width.saturating_sub(2));
        for (line, row) in self.reason(round, world, room).iter().zip(0..) {
            put(line, areas.reason, row, styles.quiet, buf);
        }
        if area.width >= BESIDE {
            return beside(round, world, styles, areas.standing, buf);
        }
        let mut lines = standing_lines(round, world, styles, usize::from(areas.standing.width));
        if lines.len() > usize::from(areas.standing.height) {
            lines = short_lines(round, world, styles, usize::from(areas.standing.width));
        }
        draw_lines(&lines, areas.standing, buf);
    }

    /// Why this pair is asked, in lines.
    fn reason(&self, round: &Round, world: &World, columns: usize) -> Vec<String> {
        let Some(question) = self.shown_pair() else { return Vec::new() };
        let name = |entrant| shorten(title_of(round, entrant, world), NAME).into_owned();
        let (left, right) = (name(question.left), name(question.right));
        let named = |entrant| if entrant == question.left { left.as_str() } else { &right };
        let reason = question.reason.describe(self.rule.k, named);
        wrap(&format!("Asked because: {reason}"), columns)
    }

    #[expect(clippy::too_many_arguments, reason = "one call a card, and each is a different thing")]
    fn draw_card(
        &self,
        round: &Round,
        question: NextPair,
        side: Winner,
        world: &World,
        styles: &Styles,
        area: Rect,
        buf: &mut Buffer,
    ) {
        let (entrant, keys) = match side {
            Winner::Left => (question.left, " h ── left "),
            _ => (question.right, " l ── right "),
        };
        let is_clicked = self.clicked == Some(side);
        let border = match (self.current().is_some(), is_clicked) {
            (false, _) => styles.faint,
            (true, false) => styles.accent,
            (true, true) => styles.strong,
        };
        let mut block = framed(styles).border_style(border).title(Line::styled(keys, styles.key));
        if is_clicked {
            block = block.border_type(BorderType::Double);
            block = block.title_bottom(Line::styled(" click again: this one ", styles.strong));
        }
        let inner = block.inner(area);
        block.render(area, buf);
        let id = &round.contest.entrants()[entrant].id;
        let Some((idea, score)) = world.portfolio.scored(id) else { return };
        let (columns, rows) = (usize::from(inner.width), usize::from(inner.height));
        let lines = card::lines(idea, score, self.reveals, columns, rows, styles);
        draw_lines(&lines, inner, buf);
    }
}

/// An idea of the first few, with the word for how certain it is; or a rival of the open ones.
struct Standing<'a> {
    word: &'static str,
    title: &'a str,
}

/// The first few, the surest first; behind the open ones the likeliest rival.
fn standings<'a>(round: &'a Round, world: &'a World) -> Vec<Standing<'a>> {
    let cut = &round.cut;
    let first = cut.shown().iter().map(|entrant| Standing {
        word: cut.certainty(*entrant).id(),
        title: title_of(round, *entrant, world),
    });
    let is_open = |entrant: &usize| cut.certainty(*entrant) == Certainty::Open;
    let rival = cut.contenders().first().copied().filter(|_| cut.shown().iter().any(is_open));
    let rival = rival.map(|entrant| Standing { word: "", title: title_of(round, entrant, world) });
    first.chain(rival).collect()
}

fn heading(round: &Round) -> String {
    match round.cut.shown().len() {
        1 => "Your first so far".to_owned(),
        k => format!("Your {k} so far"),
    }
}

fn style_of(word: &str, styles: &Styles) -> ratatui::style::Style {
    if word == Certainty::Sure.id() { styles.good } else { styles.text }
}

/// The first few in full, each in as many lines as it needs.
fn standing_lines(
    round: &Round,
    world: &World,
    styles: &Styles,
    columns: usize,
) -> Vec<Line<'static>> {
    let mut lines = vec![Line::styled(format!(" {}", heading(round)), styles.strong)];
    for Standing { word, title } in standings(round, world) {
        let title = if word.is_empty() { format!("or {title}") } else { title.to_owned() };
        let style = style_of(word, styles);
        let word = Span::styled(format!("   {}", fit(word, WORD)), style);
        lines.extend(labelled(word, &title, columns.saturating_sub(1), style));
    }
    lines
}

/// The first few, each in one line.
fn short_lines(
    round: &Round,
    world: &World,
    styles: &Styles,
    columns: usize,
) -> Vec<Line<'static>> {
    let mut lines = vec![Line::styled(format!(" {}", heading(round)), styles.strong)];
    lines.extend(standings(round, world).into_iter().map(|Standing { word, title }| {
        let or = if word.is_empty() { "or " } else { "" };
        let title = sanitize(title);
        let room = columns.saturating_sub(WORD + 4 + or.len());
        let text = format!("   {}{or}{}", fit(word, WORD), shorten(&title, room));
        Line::styled(text, style_of(word, styles))
    }));
    lines
}

/// What stands beside the cards on a wide terminal: the first few, all others
/// with how likely they belong, and the last answers.
fn beside(round: &Round, world: &World, styles: &Styles, area: Rect, buf: &mut Buffer) {
    let columns = usize::from(area.width);
    let mut lines = standing_lines(round, world, styles, columns);
    let mut others: Vec<usize> =
        (0..round.contest.pool()).filter(|entrant| !round.cut.shown().contains(entrant)).collect();
    let chance = |entrant: &usize| round.cut.chances()[*entrant];
    others.sort_by(|one, other| chance(other).total_cmp(&chance(one)));
    let heading = |text: &str| [Line::default(), Line::styled(format!(" {text}"), styles.strong)];
    if !others.is_empty() {
        lines.extend(heading("The others, how likely among them"));
    }
    let other = |entrant: &usize| {
        let title = sanitize(title_of(round, *entrant, world)).into_owned();
        let chance = fit(&percent(chance(entrant)), CHANCE);
        let title = shorten(&title, columns.saturating_sub(CHANCE + 4)).into_owned();
        Line::styled(format!("   {chance}{title}"), styles.quiet)
    };
    lines.extend(others.iter().map(other));
    let answers = result::answers(world);
    if !answers.is_empty() {
        lines.extend(heading("Your last answers"));
    }
    for duel in answers.iter().take(usize::from(area.height)) {
        let text = result::sentence(duel, columns.saturating_sub(4), world);
        lines.push(Line::styled(format!("   {text}"), styles.quiet));
    }
    draw_lines(&lines, area, buf);
}
