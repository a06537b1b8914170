//! Typing a rating, and choosing the way of betting.

use crate::domain::{BetInput, BetKind, Edit, Field, Rating, Value, ValueKind};
use crate::tui::action::Action;
use crate::tui::world::World;

use super::dialog::{Answer, Dialog, Form, Prompt, for_each, titled};

/// A rating, as a number or a range.
#[derive(Debug)]
pub(crate) struct Rate {
    pub id: String,
    pub field: Field,
    /// What stands there to begin with.
    pub text: String,
}

const CHANCE: Field = Field::BetInput(BetInput::Chance);

/// What is typed as a rating; nothing where it is empty.
pub(super) fn read_rating(field: Field, text: &str) -> Result<Option<Rating>, String> {
    let is_chance = field == CHANCE;
    if text.is_empty() {
        return Ok(None);
    }
    let kind = field.kind();
    let max = if let ValueKind::Rating { max } = kind { max } else { 10.0 };
    let plain = text.replace('%', "").replace(" ", "");
    let rating = Rating::parse(&plain).and_then(|rating| {
        let percent = is_chance && (text.contains('%') || rating.high() > 1.0);
        let scale = if percent { 100.0 } else { 1.0 };
        Rating::range(rating.low() / scale, rating.high() / scale)
    });
    rating.filter(|rating| rating.fits(max)).map(Some).ok_or_else(|| {
        if is_chance {
            "a chance is 0 to 100 %, or a range such as 10–40 %".to_owned()
        } else {
            format!("it must be {kind}")
        }
    })
}

impl Dialog for Rate {
    fn prompt(&self, world: &World) -> Prompt {
        let hint = if self.field == CHANCE {
            "a chance such as 30 % or 0.3, or a range such as 10–40 %; empty for unknown"
        } else {
            "0 to 10, or a range such as 3–7; empty for unknown"
        };
        let name = self.field.path().1;
        let label = format!("{name} of {}", titled(&self.id, world));
        Prompt::new(name, label, Form::suggested(&self.text, hint))
    }

    fn preview(&self, answer: &Answer, _: usize, _: &World) -> Result<Option<String>, String> {
        read_rating(self.field, answer.text()).map(|_| None)
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        let rating = read_rating(self.field, answer.text())?.map(Value::Rating);
        for_each(std::slice::from_ref(&self.id), world, |idea| {
            let changes = idea.get(self.field) != rating;
            Ok(changes.then(|| Edit::set(&idea.id, self.field, rating.clone())))
        })
    }
}

/// The way of betting.
#[derive(Debug)]
pub(crate) struct Bet {
    pub id: String,
}

impl Dialog for Bet {
    fn prompt(&self, world: &World) -> Prompt {
        let lines = vec![
            "hot       many work on it: do it better than they".to_owned(),
            "next-hot  few work on it: it may be what comes next".to_owned(),
            "no bet    not said, or rated directly".to_owned(),
        ];
        let bet = world.portfolio.idea(&self.id).and_then(|idea| idea.bet);
        let form = Form::list(lines, usize::from(bet == Some(BetKind::NextHot)));
        Prompt::new("bet", "Which way of betting?", form)
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        let kind = answer.chosen().and_then(|line| BetKind::ALL.get(line).copied());
        let value = kind.map(Value::Bet);
        let mut actions = for_each(std::slice::from_ref(&self.id), world, |idea| {
            let changes = idea.get(Field::Bet) != value;
            Ok(changes.then(|| Edit::set(&idea.id, Field::Bet, value.clone())))
        })?;
        actions.extend(kind.map(|_| Action::AskBet));
        Ok(actions)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chances_and_ranges_are_read_as_people_type_them() {
        let chance = |text| read_rating(CHANCE, text);
        for text in ["30 %", "30%", "0.3", "30"] {
            assert_eq!(chance(text), Ok(Some(Rating::value(0.3))), "{text}");
        }
        assert_eq!(chance("10–40 %"), Ok(Rating::range(0.1, 0.4)));
        assert_eq!(chance("0.1..0.4"), Ok(Rating::range(0.1, 0.4)));
        assert!(chance("150 %").is_err());
        let reward = |text| read_rating(Field::BetInput(BetInput::Reward), text);
        assert_eq!(reward("4-9"), Ok(Rating::range(4.0, 9.0)));
        assert!(reward("11").is_err());
        assert_eq!(reward(""), Ok(None));
    }
}
