//! One candidate, with everything that its file says about it.

use jiff::civil::Date;

use super::{
    BET_INPUTS, BetInput, BetKind, CRITERIA, CaseField, CleanSlate, Criterion, EditError, Field,
    ForecastResult, Outcome, PromiseResult, Rating, Status, Value, ValueKind,
};

/// One candidate direction of research.
#[derive(Clone, Debug, PartialEq)]
pub struct Idea {
    /// Name by which other ideas, duels and people refer to it; unique in a
    /// portfolio, never empty.
    pub id: String,
    /// Short name for people; never empty.
    pub title: String,
    /// Markdown of any length; empty if there is none.
    pub summary: String,
    /// Keywords.
    pub tags: Vec<String>,
    /// Addresses or references.
    pub links: Vec<String>,
    /// Who is into this.
    pub people: Vec<String>,
    /// Earlier ids, of renamed and merged ideas, that still lead here.
    pub aliases: Vec<String>,
    /// Who proposed it.
    pub from: Option<String>,
    /// A folder whose work belongs to it.
    pub dir: Option<String>,
    /// Where an import has it from: `papers.csv#17`.
    pub imported: Option<String>,
    /// When it was captured.
    pub created: Option<Date>,
    /// Where it stands.
    pub status: Status,
    /// With status parked: the day on which it returns.
    pub parked_until: Option<Date>,
    /// With status parked: the idea that must be decided first.
    pub parked_on: Option<String>,
    /// With status abandoned: the day for a second look.
    pub revive_on: Option<Date>,
    /// With status abandoned: a phrase that calls for a second look when it
    /// turns up in a newer idea or log.
    pub revive_if: Option<String>,
    /// The idea that took this one in.
    pub merged_into: Option<String>,
    /// When headroom, and the chance or the edge, were last looked at again.
    pub rechecked: Option<Date>,
    /// Answers by [`Criterion::index`]; 0–10, `None` is unknown.
    pub ratings: [Option<Rating>; CRITERIA],
    /// Which way of betting this is.
    pub bet: Option<BetKind>,
    /// Answers by [`BetInput::index`]; 0–[`BetInput::max`], `None` is unknown.
    pub bet_inputs: [Option<Rating>; BET_INPUTS],
    /// The four sentences, by position in [`CaseField::ALL`].
    pub case: [Option<String>; 4],
    /// When hindsight was recorded.
    pub hindsight_date: Option<Date>,
    /// What the world made of it.
    pub hindsight_outcome: Option<Outcome>,
    /// What was done and what there was to show, in file order.
    pub log: Vec<LogEntry>,
    /// Kill criteria and forecasts, in file order.
    pub promises: Vec<Promise>,
    /// Practice forecasts, in file order.
    pub forecasts: Vec<Forecast>,
    /// Changes of status with their reasons, in file order.
    pub decisions: Vec<Decision>,
}

impl Idea {
    /// The promise that still stands on a day, with its place in
    /// [`Idea::promises`]: neither resolved nor moved, and its own day is yet to
    /// come.
    #[must_use]
    pub fn standing_promise(&self, today: Date) -> Option<(usize, &Promise)> {
        let stands = |promise: &Promise| {
            promise.result.is_none() && promise.amended.is_none() && promise.by > today
        };
        self.promises.iter().enumerate().find(|(_, promise)| stands(promise))
    }

    /// An idea in the inbox about which nothing but its name is known.
    #[must_use]
    pub fn new(id: impl Into<String>, title: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            summary: String::new(),
            tags: Vec::new(),
            links: Vec::new(),
            people: Vec::new(),
            aliases: Vec::new(),
            from: None,
            dir: None,
            imported: None,
            created: None,
            status: Status::Inbox,
            parked_until: None,
            parked_on: None,
            revive_on: None,
            revive_if: None,
            merged_into: None,
            rechecked: None,
            ratings: [None; CRITERIA],
            bet: None,
            bet_inputs: [None; BET_INPUTS],
            case: [const { None }; 4],
            hindsight_date: None,
            hindsight_outcome: None,
            log: Vec::new(),
            promises: Vec::new(),
            forecasts: Vec::new(),
            decisions: Vec::new(),
        }
    }

    /// The answer on a criterion.
    #[must_use]
    pub const fn rating(&self, criterion: Criterion) -> Option<Rating> {
        self.ratings[criterion.index()]
    }

    /// The answer on a question about the bet.
    #[must_use]
    pub const fn bet_input(&self, input: BetInput) -> Option<Rating> {
        self.bet_inputs[input.index()]
    }

    /// One sentence of the case.
    #[must_use]
    pub fn case(&self, field: CaseField) -> Option<&str> {
        self.case[field as usize].as_deref()
    }

    /// Whether any criterion or any question of its bet is answered.
    #[must_use]
    pub fn has_ratings(&self) -> bool {
        self.ratings.iter().any(Option::is_some)
            || self.bet.is_some_and(|kind| {
                kind.inputs().iter().any(|input| self.bet_input(*input).is_some())
            })
    }

    /// Hours logged, in total.
    #[must_use]
    pub fn hours(&self) -> f64 {
        self.log.iter().filter_map(|entry| entry.hours).sum()
    }

    /// The id and the earlier ones, under which others may speak of it.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.id).chain(&self.aliases).map(String::as_str)
    }
}

/// What was done on a day and what there was to show.
#[derive(Clone, Debug, PartialEq)]
pub struct LogEntry {
    /// The day.
    pub date: Date,
    /// Hours worked since the entry before, 0 or more.
    pub hours: Option<f64>,
    /// What could be shown to a sceptic on that day, 0–10.
    pub traction: Option<f64>,
    /// A note; empty if there is none.
    pub note: String,
    /// Filled in later from memory.
    pub recalled: bool,
    /// What left the house, its kind before the colon: `talk: group seminar`.
    pub output: Option<String>,
}

/// A kill criterion and a forecast in one: by a date a claim holds, or
/// traction has reached a level.
#[derive(Clone, Debug, PartialEq)]
pub struct Promise {
    /// When it was made.
    pub set: Option<Date>,
    /// The day on which it is judged.
    pub by: Date,
    /// Judged yes or no by the user.
    pub claim: Option<String>,
    /// Level read from the log, 0–10.
    pub traction: Option<f64>,
    /// The user's own probability that it will be kept, 0–1.
    pub chance: Option<f64>,
    /// How it ended, if that has been recorded.
    pub result: Option<PromiseResult>,
    /// When it was resolved.
    pub resolved: Option<Date>,
    /// When it was replaced by a later promise; its text stays.
    pub amended: Option<Date>,
}

/// A claim about one's own work with a chance and a day: practice without
/// consequences.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// When it was made.
    pub set: Option<Date>,
    /// The day on which it is judged.
    pub by: Date,
    /// What will hold by then; never empty.
    pub claim: String,
    /// The user's own probability that it will, 0–1.
    pub chance: f64,
    /// How it ended, if that has been recorded.
    pub result: Option<ForecastResult>,
    /// When it was resolved.
    pub resolved: Option<Date>,
}

/// A dated change of status with its reason.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The day.
    pub date: Date,
    /// Status before.
    pub from: Status,
    /// Status after; may be the same after a second look.
    pub to: Status,
    /// The reason; empty if none was given.
    pub why: String,
    /// The cause, where an idea was dropped: a word or a few.
    pub cause: Option<String>,
    /// Who has it, where it was dropped because others do: a paper, a group, an
    /// address.
    pub taken_by: Option<String>,
    /// What was learned.
    pub lesson: Option<String>,
    /// The idea's score on that day, 0–100; `None` with nothing rated, or in
    /// files that are older than this field.
    pub score: Option<f64>,
    /// The answer to "would you start this today?", from the review.
    pub clean_slate: Option<CleanSlate>,
    /// What the log foretold for the promise that was made then, 0–1.
    pub log_chance: Option<f64>,
}

impl Decision {
    /// A decision with its reason and nothing else.
    #[must_use]
    pub fn new(date: Date, from: Status, to: Status, why: impl Into<String>) -> Self {
        Self {
            date,
            from,
            to,
            why: why.into(),
            cause: None,
            taken_by: None,
            lesson: None,
            score: None,
            clean_slate: None,
            log_chance: None,
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
