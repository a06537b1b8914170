//! The full form of a practice card: how likely its claim is, the five ratings, the
//! bet, and whether its end was known.

use crate::domain::{BetKind, CRITERIA, Criterion, DeckCard, Field, Guess, Rating};
use crate::tui::action::Action;
use crate::tui::world::World;

use super::dialog::{Answer, Dialog, Form, Prompt, TypedLine};
use super::rate::read_rating;

/// The questions about one card of a deck.
#[derive(Debug)]
pub(crate) struct PracticeCard {
    pub deck: String,
    pub round: u32,
    pub card: DeckCard,
}

impl PracticeCard {
    fn guess(&self, answer: &Answer, world: &World) -> Result<Guess, String> {
        Ok(Guess {
            at: world.tick.now.clone(),
            by: world.person.clone(),
            deck: self.deck.clone(),
            round: self.round,
            card: self.card.id.clone(),
            chance: chance(answer.text())?,
            ratings: ratings(answer.line(1))?,
            bet: bet(answer.line(2))?,
            known: is_yes(answer.line(3)),
        })
    }
}

impl Dialog for PracticeCard {
    fn prompt(&self, _: &World) -> Prompt {
        let claim = format!("in percent: by the end of {}, {}", self.card.by, self.card.claim);
        let form = Form::lines(vec![
            TypedLine::new("Chance of the claim", claim),
            TypedLine::new("Ratings", "simplicity generality longevity headroom bet: 7 4..6 - 9 6"),
            TypedLine::new("Bet", "hot or next-hot; may stay empty"),
            TypedLine::new("Did you know the end?", "y if you did: then the chance does not count"),
        ]);
        Prompt::new("practice-card", crate::text::sanitize(&self.card.title).into_owned(), form)
    }

    fn preview(&self, answer: &Answer, at: usize, _: &World) -> Result<Option<String>, String> {
        let text = answer.line(at);
        match at {
            0 if !text.is_empty() => {
                chance(text).map(|chance| Some(format!("{:.0} %", chance * 100.0)))
            }
            1 => ratings(text).map(|_| None),
            2 => bet(text).map(|_| None),
            _ => Ok(None),
        }
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        Ok(vec![Action::KeepGuess(self.guess(answer, world)?)])
    }
}

fn chance(text: &str) -> Result<f64, String> {
    let percent: Option<f64> = text.trim_end_matches(['%', ' ']).replace(',', ".").parse().ok();
    let percent = percent.filter(|percent| (0.0..=100.0).contains(percent));
    percent.map(|percent| percent / 100.0).ok_or_else(|| "a chance from 0 to 100 %".to_owned())
}

/// Answers in the order of the criteria; `-` is one that is not known.
fn ratings(text: &str) -> Result<[Option<Rating>; CRITERIA], String> {
    let mut ratings = [None; CRITERIA];
    let words: Vec<&str> = text.split([' ', ';']).filter(|word| !word.is_empty()).collect();
    if words.len() > CRITERIA {
        return Err(format!("{CRITERIA} ratings at most: 7 4..6 - 9 6"));
    }
    for (criterion, word) in Criterion::ALL.into_iter().zip(words) {
        if word != "-" {
            let read = read_rating(Field::Rating(criterion), word);
            ratings[criterion.index()] =
                read.map_err(|why| format!("{}: {why}", criterion.id()))?;
        }
    }
    Ok(ratings)
}

fn bet(text: &str) -> Result<Option<BetKind>, String> {
    match text {
        "" | "-" => Ok(None),
        "next" => Ok(Some(BetKind::NextHot)),
        text => BetKind::from_id(text).map(Some).ok_or_else(|| "hot or next-hot".to_owned()),
    }
}

fn is_yes(text: &str) -> bool {
    matches!(text, "y" | "yes" | "Y" | "x")
}
