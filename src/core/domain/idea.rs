//! One candidate, with everything that its file says about it.

use jiff::civil::Date;

use super::{
    BET_INPUTS, BetInput, BetKind, CRITERIA, CaseField, CleanSlate, Criterion, ForecastResult,
    Outcome, PromiseResult, Rating, Status,
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
