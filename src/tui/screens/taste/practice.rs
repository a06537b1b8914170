//! The page Practice: which of two directions of the past mattered, and how sure one
//! is; then one direction in full.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Clear, Widget};

use crate::command::{Command, Invocation};
use crate::domain::{CardOutcome, Deck, DeckCard, PairAnswer};
use crate::judge::{CardPair, PairScore, Quarter, SURE, next_pair, own_deck};
use crate::text::{hundredths, sanitize, shorten, wrap};
use crate::tui::dialogs::practice_card::PracticeCard;
use crate::tui::screens::{Action, Unavailable};
use crate::tui::theme::Styles;
use crate::tui::widgets::{below, draw_lines, framed, put, sparkline, styled};
use crate::tui::world::World;

/// Pairs that are enough for a day.
const A_DAY: usize = 10;

/// Sessions that are drawn, at most.
const SESSIONS: usize = 24;

/// Rows of the cards of a pair, with their frames.
const CARD: u16 = 8;

#[derive(Clone, Debug, Default)]
pub(super) struct PracticePage {
    /// How sure the user is of the pair that is shown.
    sure: Option<f64>,
    /// Whether the last answer is shown, with the ends of both.
    told: bool,
    /// Pairs or cards that were passed over.
    skipped: usize,
    /// Whether a card is asked about in full.
    full: bool,
}

impl PracticePage {
    pub(super) fn available(&self, command: Command, world: &World) -> Result<(), Unavailable> {
        use Command as C;
        let is_pairs = !self.full;
        match command {
            C::Sure | C::PracticeLeft | C::PracticeRight if self.told => {
                Err(Unavailable("n or Space: the next pair"))
            }
            C::Sure | C::PracticeLeft | C::PracticeRight if self.full => {
                Err(Unavailable("that is for pairs: v goes back to them"))
            }
            C::PracticeLeft | C::PracticeRight if self.sure.is_none() => {
                Err(Unavailable("first: how sure are you? 5 even, 6 to 9 for 60 to 90 %"))
            }
            C::Sure | C::PracticeLeft | C::PracticeRight if self.pair(world).is_none() => {
                Err(Unavailable("every pair is answered"))
            }
            C::Open if is_pairs || self.told || self.card(world).is_none() => {
                Err(Unavailable("v asks about a card in full"))
            }
            _ => Ok(()),
        }
    }

    pub(super) fn run(&mut self, invocation: Invocation, world: &World) -> Option<Action> {
        use Command as C;
        match invocation.command {
            C::Sure => {
                let at = invocation.digit.and_then(|digit| usize::from(digit).checked_sub(5));
                match at.and_then(|at| SURE.get(at)) {
                    Some(sure) => self.sure = Some(*sure),
                    None => {
                        let said = "5 even, 6 to 9 for 60 to 90 %: below 5 choose the other one";
                        return Some(Action::Say(said.to_owned()));
                    }
                }
            }
            C::PracticeLeft => return self.choose(true, world),
            C::PracticeRight => return self.choose(false, world),
            C::NextCard if self.told => self.told = false,
            C::NextCard => {
                self.skipped += 1;
                self.sure = None;
            }
            C::PracticeForm => *self = Self { full: !self.full, ..Self::default() },
            C::Open => {
                let card = self.card(world).cloned();
                let round = round(world);
                let deck = world.practice.deck.name.clone();
                let ask = |card| Action::ask(PracticeCard { deck, round, card });
                return card.map(ask);
            }
            _ => {}
        }
        None
    }

    /// A guess was made: its end is told.
    pub(super) fn refresh(&mut self, before: usize, world: &World) {
        if self.full && world.practice.guesses.len() > before {
            self.told = true;
        }
    }

    fn choose(&mut self, left: bool, world: &World) -> Option<Action> {
        let own = own_deck(&world.portfolio, world.portfolio.as_of());
        let (Some(pair), Some(chance)) = (self.drawn(&own, world), self.sure.take()) else {
            return None;
        };
        self.told = true;
        Some(Action::KeepPair(PairAnswer {
            at: world.tick.now.clone(),
            by: world.person.clone(),
            deck: pair.deck.to_owned(),
            left: pair.left.id.clone(),
            right: pair.right.id.clone(),
            chance,
            is_right: pair.left_mattered() == left,
        }))
    }

    /// The pair that is shown, of the built-in deck and one's own ideas.
    fn drawn<'d>(&self, own: &'d Deck, world: &'d World) -> Option<CardPair<'d>> {
        let record = &world.practice;
        next_pair(&[own, &record.deck], &record.pairs, self.skipped as u64)
    }

    /// Whether there is a pair to ask about.
    fn pair(&self, world: &World) -> Option<()> {
        let own = own_deck(&world.portfolio, world.portfolio.as_of());
        self.drawn(&own, world).map(|_| ())
    }

    /// The card that is asked about in full: the first that was not answered in
    /// this round, after those that were passed over.
    fn card<'d>(&self, world: &'d World) -> Option<&'d DeckCard> {
        let record = &world.practice;
        let round = round(world);
        let is_open = |card: &&DeckCard| {
            !record.guesses.iter().any(|guess| guess.round == round && guess.card == card.id)
        };
        let open: Vec<&DeckCard> = record.deck.cards.iter().filter(is_open).collect();
        let at = self.skipped.checked_rem(open.len())?;
        open.get(at).copied()
    }

    pub(super) fn draw(&self, world: &World, styles: &Styles, area: Rect, buf: &mut Buffer) {
        if self.full {
            return self.draw_full(world, styles, area, buf);
        }
        let record = &world.practice;
        let own = own_deck(&world.portfolio, world.portfolio.as_of());
        let today = world.tick.now.date();
        let done = record.pairs.iter().filter(|answer| answer.at.date() == today).count();
        let last = record.pairs.last().filter(|_| self.told);
        let shown = match last {
            Some(answer) => answered(answer, &own, &record.deck),
            None => self.drawn(&own, world),
        };
        let number = if last.is_some() { done } else { done + 1 };
        let place = match number {
            number if number <= A_DAY => format!("card {number} of {A_DAY} today"),
            number => format!("card {number} today, {A_DAY} are enough"),
        };
        let title = "Pairs: which mattered by the year on its card?";
        put(title, area, 0, styles.accent, buf);
        let room = usize::from(area.width);
        if room > title.len() + place.len() + 2 {
            let x = area.right() - u16::try_from(place.len()).unwrap_or(0);
            buf.set_string(x, area.y, place, styles.quiet);
        }
        let mut area = below(area, 2);
        match &shown {
            Some(pair) => {
                draw_pair(pair, styles, area, buf);
                area = below(area, CARD);
            }
            None => {
                put(
                    "Every pair is answered. v asks about cards in full.",
                    area,
                    0,
                    styles.text,
                    buf,
                );
                area = below(area, 1);
            }
        }
        let mut lines = match (&shown, last) {
            (Some(pair), Some(answer)) => ends(pair, answer, styles, room),
            (Some(_), None) => vec![asked(self.sure, styles)],
            (None, _) => Vec::new(),
        };
        let (area, so_far) = (below(area, 1), so_far(&PairScore::of(&record.pairs), styles));
        if lines.len() + so_far.len() < usize::from(area.height) {
            lines.push(Line::default());
        }
        lines.extend(so_far);
        draw_lines(&lines, area, buf);
    }

    fn draw_full(&self, world: &World, styles: &Styles, area: Rect, buf: &mut Buffer) {
        let room = usize::from(area.width);
        let record = &world.practice;
        let round = round(world);
        let done = record.guesses.iter().filter(|guess| guess.round == round).count();
        let told = record.guesses.last().filter(|_| self.told);
        let card = match told {
            Some(guess) => record.deck.cards.iter().find(|card| card.id == guess.card),
            None => self.card(world),
        };
        let mut lines: Vec<Line<'static>> = Vec::new();
        let mut say = |text: &str, style| {
            lines.extend(styled(wrap(&sanitize(text), room), style));
        };
        let of = record.deck.cards.len();
        match card {
            None => say(
                "Every card is answered: prospect practice --results says what they say.",
                styles.text,
            ),
            Some(card) => {
                let number = if told.is_some() { done } else { done + 1 };
                say(
                    &format!(
                        "In full: card {number} of {of} · it is {} · {}",
                        card.year, card.field
                    ),
                    styles.accent,
                );
                say(&card.title, styles.strong);
                match told {
                    Some(guess) => {
                        say(
                            &format!("You gave it {:.0} %. {}", guess.chance * 100.0, end(card)),
                            styles.text,
                        );
                        say(&format!("Source: {}", card.source), styles.quiet);
                        say("n the next card", styles.quiet);
                    }
                    None => {
                        say(card.description.trim(), styles.text);
                        say(&format!("By the end of {}: {}?", card.by, card.claim), styles.text);
                        say(
                            "Enter answers it, n passes it over, v goes back to pairs",
                            styles.quiet,
                        );
                    }
                }
            }
        }
        draw_lines(&lines, area, buf);
    }
}

/// Which time the person goes through the deck.
fn round(world: &World) -> u32 {
    world.practice.guesses.iter().map(|guess| guess.round).max().unwrap_or(1)
}

fn answered<'d>(answer: &PairAnswer, own: &'d Deck, deck: &'d Deck) -> Option<CardPair<'d>> {
    let deck = [own, deck].into_iter().find(|deck| deck.name == answer.deck)?;
    let card = |id: &str| deck.cards.iter().find(|card| card.id == id);
    Some(CardPair { deck: &deck.name, left: card(&answer.left)?, right: card(&answer.right)? })
}

fn draw_pair(pair: &CardPair<'_>, styles: &Styles, area: Rect, buf: &mut Buffer) {
    let half = area.width / 2;
    let height = CARD.min(area.height);
    let left = Rect { width: half, height, ..area };
    let right = Rect { x: area.x + half, width: area.width - half, height, ..area };
    for (key, card, place) in [("h", pair.left, left), ("l", pair.right, right)] {
        Clear.render(place, buf);
        let block = framed(styles).title(Line::styled(format!(" {key} "), styles.key));
        let inner = block.inner(place);
        block.render(place, buf);
        let room = usize::from(inner.width);
        let year = match card.field.as_str() {
            "" => card.year.to_string(),
            field => format!("{} · {}", card.year, sanitize(field)),
        };
        let mut lines = vec![Line::styled(year, styles.quiet)];
        lines.extend(styled(wrap(&sanitize(&card.title), room), styles.strong));
        let claim = format!("by {}: {}", card.by, card.claim);
        lines.extend(styled(wrap(&sanitize(&claim), room), styles.text));
        draw_lines(&lines, inner, buf);
    }
}

fn asked(sure: Option<f64>, styles: &Styles) -> Line<'static> {
    match sure {
        None => Line::styled(
            "First:  how sure are you?   5 even   6 60 %   7 70 %   8 80 %   9 90 %",
            styles.text,
        ),
        Some(sure) => {
            let sure =
                if sure <= 0.5 { "even".to_owned() } else { format!("{:.0} %", sure * 100.0) };
            Line::styled(format!("You are sure: {sure}.  h left   l right"), styles.text)
        }
    }
}

/// Whether the answer was right, and how both ended.
fn ends(
    pair: &CardPair<'_>,
    answer: &PairAnswer,
    styles: &Styles,
    room: usize,
) -> Vec<Line<'static>> {
    let which = if pair.left_mattered() { "the left one" } else { "the right one" };
    let (word, style) =
        if answer.is_right { ("Right", styles.good) } else { ("Not so", styles.caution) };
    let mut lines = vec![Line::styled(format!("{word}: {which} mattered."), style)];
    for card in [pair.left, pair.right] {
        let title = shorten(&card.title, 30).into_owned();
        let said = wrap(&sanitize(&format!("{title}: {}", end(card))), room);
        lines.extend(styled(said, styles.text).take(3));
    }
    lines
}

fn end(card: &DeckCard) -> String {
    let word = match card.fate {
        CardOutcome::Hit => "it held.",
        CardOutcome::Slow => "not by then, but later.",
        CardOutcome::Fizzle => "it did not hold.",
    };
    format!("{word} {}", card.outcome)
}

/// How good the answers were so far, and from session to session.
fn so_far(score: &PairScore, styles: &Styles) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    let said = score.sentence();
    if !said.is_empty() {
        lines.push(Line::styled(format!("So far   {said}"), styles.text));
    }
    let recent = &score.sessions[score.sessions.len().saturating_sub(SESSIONS)..];
    if let [(_, first), .., (_, last)] = recent {
        let errors: Vec<f64> = recent.iter().map(|(_, error)| *error).collect();
        let line = sparkline(&errors, 2.0 * Quarter::COIN, SESSIONS);
        let (first, last, coin) =
            (hundredths(*first), hundredths(*last), hundredths(Quarter::COIN));
        let text = format!("Sessions {line}  mean error {first} → {last} (a coin: {coin})");
        lines.push(Line::styled(text, styles.text));
    } else if let [(_, error)] = recent {
        let (error, coin) = (hundredths(*error), hundredths(Quarter::COIN));
        lines.push(Line::styled(format!("Mean error {error} (a coin: {coin})"), styles.text));
    }
    lines
}
