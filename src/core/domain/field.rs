//! Fields of an idea as values: what an edit sets, a patch writes and a
//! journal records all go through [`Idea::get`] and [`Idea::set`].

mod meaning;

use std::fmt;

use jiff::civil::Date;

use super::{BetInput, BetKind, CaseField, Criterion, EditError, Idea, Outcome, Rating, Status};

/// A field of an idea that holds one value or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// The id.
    Id,
    /// The title.
    Title,
    /// The summary.
    Summary,
    /// Keywords.
    Tags,
    /// Addresses.
    Links,
    /// Who is into this.
    People,
    /// Earlier ids.
    Aliases,
    /// Who proposed it.
    From,
    /// A folder whose work belongs to it.
    Dir,
    /// Where an import has it from.
    Imported,
    /// When it was captured.
    Created,
    /// Where it stands.
    Status,
    /// Parked until a day.
    ParkedUntil,
    /// Parked until another idea is decided.
    ParkedOn,
    /// Second look on a day.
    ReviveOn,
    /// Second look on a phrase.
    ReviveIf,
    /// The idea that took this one in.
    MergedInto,
    /// When its chances were looked at again.
    Rechecked,
    /// The answer on a criterion.
    Rating(Criterion),
    /// The kind of bet.
    Bet,
    /// The answer on a question about the bet.
    BetInput(BetInput),
    /// A sentence of the case.
    Case(CaseField),
    /// When hindsight was recorded.
    HindsightDate,
    /// What the world made of it.
    HindsightOutcome,
}

/// What a [`Field`] may hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ValueKind {
    /// A string.
    Text,
    /// A list of strings.
    List,
    /// A day.
    Date,
    /// A number or a range from 0 to `max`.
    Rating {
        /// Upper end of the scale.
        max: f64,
    },
    /// A [`Status`].
    Status,
    /// A [`BetKind`].
    Bet,
    /// An [`Outcome`].
    Outcome,
}

/// What a [`Field`] holds. An absent value is `Option::<Value>::None`; empty
/// text and empty lists are never stored.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A string, not empty.
    Text(String),
    /// A list of strings, not empty.
    List(Vec<String>),
    /// A day.
    Date(Date),
    /// A number or a range.
    Rating(Rating),
    /// A status.
    Status(Status),
    /// A kind of bet.
    Bet(BetKind),
    /// A hindsight outcome.
    Outcome(Outcome),
}

impl Field {
    /// Every field, in the order in which a new idea is written.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut all = vec![
            Self::Id,
            Self::Title,
            Self::Summary,
            Self::Tags,
            Self::Links,
            Self::People,
            Self::Aliases,
            Self::From,
            Self::Dir,
            Self::Imported,
            Self::Created,
            Self::Status,
            Self::ParkedUntil,
            Self::ParkedOn,
            Self::ReviveOn,
            Self::ReviveIf,
            Self::MergedInto,
            Self::Rechecked,
        ];
        all.extend(Criterion::ALL.map(Self::Rating));
        all.push(Self::Bet);
        all.extend(BetInput::ALL.map(Self::BetInput));
        all.extend(CaseField::ALL.iter().copied().map(Self::Case));
        all.extend([Self::HindsightDate, Self::HindsightOutcome]);
        all
    }

    /// Where the field stands in the file: the table inside the idea (empty
    /// for the idea itself) and the key.
    #[must_use]
    pub const fn path(self) -> (&'static str, &'static str) {
        match self {
            Self::Id => ("", "id"),
            Self::Title => ("", "title"),
            Self::Summary => ("", "summary"),
            Self::Tags => ("", "tags"),
            Self::Links => ("", "links"),
            Self::People => ("", "people"),
            Self::Aliases => ("", "aliases"),
            Self::From => ("", "from"),
            Self::Dir => ("", "dir"),
            Self::Imported => ("", "imported"),
            Self::Created => ("", "created"),
            Self::Status => ("", "status"),
            Self::ParkedUntil => ("", "parked_until"),
            Self::ParkedOn => ("", "parked_on"),
            Self::ReviveOn => ("", "revive_on"),
            Self::ReviveIf => ("", "revive_if"),
            Self::MergedInto => ("", "merged_into"),
            Self::Rechecked => ("", "rechecked"),
            Self::Rating(criterion) => ("ratings", criterion.id()),
            Self::Bet => ("bet", "kind"),
            Self::BetInput(input) => ("bet", input.id()),
            Self::Case(field) => ("case", field.id()),
            Self::HindsightDate => ("hindsight", "date"),
            Self::HindsightOutcome => ("hindsight", "outcome"),
        }
    }

    /// The field called `name` (`title`, `ratings.headroom`, `bet.kind`, …),
    /// if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let path = name.split_once('.').unwrap_or(("", name));
        Self::all().into_iter().find(|field| field.path() == path)
    }

    /// What the field may hold.
    #[must_use]
    pub const fn kind(self) -> ValueKind {
        match self {
            Self::Id
            | Self::Title
            | Self::Summary
            | Self::From
            | Self::Dir
            | Self::Imported
            | Self::ParkedOn
            | Self::ReviveIf
            | Self::MergedInto
            | Self::Case(_) => ValueKind::Text,
            Self::Tags | Self::Links | Self::People | Self::Aliases => ValueKind::List,
            Self::Created
            | Self::ParkedUntil
            | Self::ReviveOn
            | Self::Rechecked
            | Self::HindsightDate => ValueKind::Date,
            Self::Status => ValueKind::Status,
            Self::Rating(_) => ValueKind::Rating { max: 10.0 },
            Self::Bet => ValueKind::Bet,
            Self::BetInput(input) => ValueKind::Rating { max: input.max() },
            Self::HindsightOutcome => ValueKind::Outcome,
        }
    }
}

/// The name that [`Field::from_name`] reads: `title`, `ratings.headroom`.
impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path() {
            ("", key) => f.write_str(key),
            (table, key) => write!(f, "{table}.{key}"),
        }
    }
}

/// What the field must be given, in words: `a number from 0 to 10, or …`.
impl fmt::Display for ValueKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => f.write_str("text"),
            Self::List => f.write_str("a list of texts"),
            Self::Date => f.write_str("a date such as 2026-03-01"),
            Self::Rating { max } => {
                write!(f, "a number from 0 to {max}, or a range with its lower end first")
            }
            Self::Status => words(f, Status::ALL.iter().map(|status| status.id())),
            Self::Bet => words(f, BetKind::ALL.iter().map(|kind| kind.id())),
            Self::Outcome => words(f, Outcome::ALL.iter().map(|outcome| outcome.id())),
        }
    }
}

fn words<'a>(f: &mut fmt::Formatter<'_>, words: impl Iterator<Item = &'a str>) -> fmt::Result {
    f.write_str("one of ")?;
    for (i, word) in words.enumerate() {
        write!(f, "{}{word}", if i == 0 { "" } else { ", " })?;
    }
    Ok(())
}

/// The value as it is said to a person: `3..7`, `inbox`, `a, b`.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::List(list) => f.write_str(&list.join(", ")),
            Self::Date(date) => date.fmt(f),
            Self::Rating(rating) => rating.fmt(f),
            Self::Status(status) => status.fmt(f),
            Self::Bet(kind) => f.write_str(kind.id()),
            Self::Outcome(outcome) => outcome.fmt(f),
        }
    }
}

impl Idea {
    /// The value of a field; `None` if it is absent.
    #[must_use]
    pub fn get(&self, field: Field) -> Option<Value> {
        let text = |text: &Option<String>| text.clone().map(Value::Text);
        let list = |list: &Vec<String>| (!list.is_empty()).then(|| Value::List(list.clone()));
        match field {
            Field::Id => Some(Value::Text(self.id.clone())),
            Field::Title => Some(Value::Text(self.title.clone())),
            Field::Summary => (!self.summary.is_empty()).then(|| Value::Text(self.summary.clone())),
            Field::Tags => list(&self.tags),
            Field::Links => list(&self.links),
            Field::People => list(&self.people),
            Field::Aliases => list(&self.aliases),
            Field::From => text(&self.from),
            Field::Dir => text(&self.dir),
            Field::Imported => text(&self.imported),
            Field::Created => self.created.map(Value::Date),
            Field::Status => Some(Value::Status(self.status)),
            Field::ParkedUntil => self.parked_until.map(Value::Date),
            Field::ParkedOn => text(&self.parked_on),
            Field::ReviveOn => self.revive_on.map(Value::Date),
            Field::ReviveIf => text(&self.revive_if),
            Field::MergedInto => text(&self.merged_into),
            Field::Rechecked => self.rechecked.map(Value::Date),
            Field::Rating(criterion) => self.rating(criterion).map(Value::Rating),
            Field::Bet => self.bet.map(Value::Bet),
            Field::BetInput(input) => self.bet_input(input).map(Value::Rating),
            Field::Case(case) => text(&self.case[case as usize]),
            Field::HindsightDate => self.hindsight_date.map(Value::Date),
            Field::HindsightOutcome => self.hindsight_outcome.map(Value::Outcome),
        }
    }

    /// Sets a field, or clears it with `None`, and returns what it held. A
    /// cleared status is the inbox; empty text and empty lists count as absent.
    ///
    /// # Errors
    /// The value is of the wrong kind or off the scale, or the id or the title
    /// would be missing. The idea is then unchanged. Whether an id is free only
    /// the portfolio can tell.
    pub fn set(&mut self, field: Field, value: Option<Value>) -> Result<Option<Value>, EditError> {
        let before = self.get(field);
        let value = value.filter(|value| match value {
            Value::Text(text) => !text.is_empty(),
            Value::List(list) => !list.is_empty(),
            _ => true,
        });
        let wrong = || EditError::WrongValue { field, expected: field.kind() };
        match (field.kind(), value) {
            (ValueKind::Text, Some(Value::Text(text))) => self.set_text(field, Some(text)),
            (ValueKind::Text, None) if matches!(field, Field::Id | Field::Title) => {
                return Err(EditError::Required { field });
            }
            (ValueKind::Text, None) => self.set_text(field, None),
            (ValueKind::List, Some(Value::List(list))) => self.set_list(field, list),
            (ValueKind::List, None) => self.set_list(field, Vec::new()),
            (ValueKind::Date, Some(Value::Date(date))) => self.set_date(field, Some(date)),
            (ValueKind::Date, None) => self.set_date(field, None),
            (ValueKind::Rating { max }, Some(Value::Rating(rating))) if rating.fits(max) => {
                self.set_rating(field, Some(rating))?;
            }
            (ValueKind::Rating { .. }, None) => self.set_rating(field, None)?,
            (ValueKind::Status, Some(Value::Status(status))) => self.status = status,
            (ValueKind::Status, None) => self.status = Status::Inbox,
            (ValueKind::Bet, Some(Value::Bet(kind))) => self.bet = Some(kind),
            (ValueKind::Bet, None) => self.bet = None,
            (ValueKind::Outcome, Some(Value::Outcome(outcome))) => {
                self.hindsight_outcome = Some(outcome);
            }
            (ValueKind::Outcome, None) => self.hindsight_outcome = None,
            (_, Some(_)) => return Err(wrong()),
        }
        Ok(before)
    }

    fn set_text(&mut self, field: Field, text: Option<String>) {
        let place = match field {
            Field::Id => return self.id = text.unwrap_or_default(),
            Field::Title => return self.title = text.unwrap_or_default(),
            Field::Summary => return self.summary = text.unwrap_or_default(),
            Field::From => &mut self.from,
            Field::Dir => &mut self.dir,
            Field::Imported => &mut self.imported,
            Field::ParkedOn => &mut self.parked_on,
            Field::ReviveIf => &mut self.revive_if,
            Field::MergedInto => &mut self.merged_into,
            Field::Case(case) => &mut self.case[case as usize],
            _ => return,
        };
        *place = text;
    }

    fn set_list(&mut self, field: Field, list: Vec<String>) {
        match field {
            Field::Tags => self.tags = list,
            Field::Links => self.links = list,
            Field::People => self.people = list,
            Field::Aliases => self.aliases = list,
            _ => {}
        }
    }

    fn set_date(&mut self, field: Field, date: Option<Date>) {
        match field {
            Field::Created => self.created = date,
            Field::ParkedUntil => self.parked_until = date,
            Field::ReviveOn => self.revive_on = date,
            Field::Rechecked => self.rechecked = date,
            Field::HindsightDate => self.hindsight_date = date,
            _ => {}
        }
    }

    fn set_rating(&mut self, field: Field, rating: Option<Rating>) -> Result<(), EditError> {
        match field {
            Field::Rating(criterion) => self.ratings[criterion.index()] = rating,
            Field::BetInput(input) => {
                let before = std::mem::replace(&mut self.bet_inputs[input.index()], rating);
                if self.reward_lies_under_fallback() {
                    self.bet_inputs[input.index()] = before;
                    return Err(EditError::RewardUnderFallback);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Whether what is kept on failure exceeds, for certain, what is won on
    /// success: no bet can be read that way.
    #[must_use]
    pub fn reward_lies_under_fallback(&self) -> bool {
        match (self.bet_input(BetInput::Reward), self.bet_input(BetInput::Fallback)) {
            (Some(reward), Some(fallback)) => reward.high() < fallback.low() / 2.0,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_a_name_of_its_own() {
        for field in Field::all() {
            assert_eq!(Field::from_name(&field.to_string()), Some(field));
        }
        assert_eq!(Field::from_name("ratings.beauty"), None);
        assert_eq!(Field::from_name("log"), None);
    }

    #[test]
    fn setting_returns_what_restores_it() {
        let mut idea = Idea::new("a", "A");
        let rating = Field::Rating(Criterion::Headroom);
        let seven = Some(Value::Rating(Rating::value(7.0)));
        assert_eq!(idea.set(rating, seven.clone()), Ok(None));
        assert_eq!(idea.set(rating, None), Ok(seven));
        assert_eq!(idea, Idea::new("a", "A"));
    }

    #[test]
    fn what_does_not_fit_is_refused_and_changes_nothing() {
        let mut idea = Idea::new("a", "A");
        let before = idea.clone();
        let chance = Field::BetInput(BetInput::Chance);
        assert!(idea.set(chance, Some(Value::Rating(Rating::value(7.0)))).is_err());
        assert!(idea.set(Field::Title, None).is_err());
        assert!(idea.set(Field::Title, Some(Value::Text(String::new()))).is_err());
        assert!(idea.set(Field::Created, Some(Value::Text("today".into()))).is_err());
        assert_eq!(idea, before);
    }

    #[test]
    fn a_failure_keeps_no_more_than_a_success_wins() {
        let mut idea = Idea::new("a", "A");
        let number = |x| Some(Value::Rating(Rating::value(x)));
        idea.set(Field::BetInput(BetInput::Reward), number(3.0)).unwrap();
        // A fallback stands half as high as the same number of reward.
        let refused = idea.set(Field::BetInput(BetInput::Fallback), number(6.5));
        assert_eq!(refused, Err(EditError::RewardUnderFallback));
        assert_eq!(idea.bet_input(BetInput::Fallback), None);
        assert_eq!(idea.set(Field::BetInput(BetInput::Fallback), number(6.0)), Ok(None));
    }
}
