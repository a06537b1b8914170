//! The review of a portfolio: verdicts, sunk cost, promises, what is due, and the
//! reasons in plain sentences.

#[cfg(test)]
mod tests;

use crate::domain::{Criterion, Date, Idea, Portfolio, Status, days};
use crate::judge::workflow::next_step::{Better, Candidates};
use crate::judge::workflow::promise::moved;
use crate::judge::{
    Alternative, EffortUnit, Flag, PromiseStanding, PromiseState, Score, ScoreRule, SecondLook,
    StallRule, Traction, Verdict, describe_promise, disputes, effective_status, flags, numeric,
    others, promise_flags, promises, second_looks,
};
use crate::parallel;

/// What there is to say about one idea.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    /// Where it stands: as in the file, unless it was parked and is back.
    pub effective_status: Status,
    /// The verdict on its traction and the figures behind it.
    pub traction: Traction,
    /// The best of the candidates that score higher; with sunk cost, the best
    /// of those that are probably better, by the duels where there are enough.
    pub best_alternative: Option<Alternative>,
    /// Much invested, stalled or declining, and a better candidate waits.
    pub sunk_cost: bool,
    /// A block of effort or more invested, stalled or declining, at work.
    pub stalled: bool,
    /// How its promises stand, in file order.
    pub promises: Vec<PromiseStanding>,
    /// Why it is due for a second look, if it was abandoned and is.
    pub second_look: Option<SecondLook>,
    /// Criteria on which its raters differ widely.
    pub disputes: Vec<Criterion>,
    /// Whether it needs a decision now.
    pub due: bool,
    /// Why, if it does: the most urgent reason.
    pub urgency: Option<Urgency>,
    /// What to know about it in plain sentences without full stops: what needs
    /// a decision, the most urgent first, then what else there is to say.
    pub reasons: Vec<String>,
    /// Everything that its score does not say, the most urgent first.
    pub flags: Vec<Flag>,
}

/// Why an idea needs a decision, the most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    /// A promise was missed, and no decision followed.
    PromiseMissed,
    /// Much invested, stalled or declining, and a better candidate waits.
    SunkCost,
    /// Much invested, stalled or declining, whatever is promised.
    Stalled,
    /// A promise has to be judged.
    PromiseDue,
    /// Much of the last month went to it, and better ideas got nothing.
    HoursAgainstRank,
    /// It was parked, and what it waited for has come.
    Back,
    /// Active without evidence or a promise for a month.
    Quiet,
    /// Abandoned, and its time for a second look has come.
    SecondLook,
}

impl Urgency {
    /// The word in JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::PromiseMissed => "promise-missed",
            Self::SunkCost => "sunk-cost",
            Self::Stalled => "stalled",
            Self::PromiseDue => "promise-due",
            Self::HoursAgainstRank => "hours-against-rank",
            Self::Back => "back",
            Self::Quiet => "quiet",
            Self::SecondLook => "second-look",
        }
    }

    /// A word or two for a list.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::PromiseMissed => "promise missed",
            Self::SunkCost => "sunk cost?",
            Self::Stalled => "stalled",
            Self::PromiseDue => "promise due",
            Self::HoursAgainstRank => "hours against rank",
            Self::Back => "is back",
            Self::Quiet => "quiet",
            Self::SecondLook => "second look",
        }
    }
}

/// The positions of those that need a decision, the most urgent first, else in
/// the order of the portfolio.
#[must_use]
pub fn agenda(reviews: &[Review]) -> Vec<usize> {
    let mut due: Vec<(Urgency, usize)> = reviews
        .iter()
        .enumerate()
        .filter_map(|(position, review)| Some((review.urgency?, position)))
        .collect();
    due.sort_unstable();
    due.into_iter().map(|(_, position)| position).collect()
}

/// Reviews all ideas of a portfolio as of a day, in its order. `scores` are
/// those of [`crate::judge::scores`] under the same rule. Hours decide whether to ask,
/// never how an idea scores.
#[must_use]
pub fn review(
    portfolio: &Portfolio,
    scores: &[Score],
    score_rule: &ScoreRule,
    stall_rule: &StallRule,
    as_of: Date,
) -> Vec<Review> {
    let tractions = tractions(portfolio, stall_rule, as_of);
    review_of(portfolio, tractions, scores, (score_rule, stall_rule), as_of)
}

/// The verdict on every idea, in the order of the portfolio.
fn tractions(portfolio: &Portfolio, rule: &StallRule, as_of: Date) -> Vec<Traction> {
    const MANY: usize = 500;
    parallel::map(portfolio.ideas(), MANY, |idea| Traction::of(idea, rule, as_of))
}

/// As [`review`], where the verdicts on traction are known already: they take
/// most of the time and change only with the log of an idea. `tractions` are in
/// the order of the portfolio.
#[must_use]
pub fn review_of(
    portfolio: &Portfolio,
    tractions: Vec<Traction>,
    scores: &[Score],
    (score_rule, stall_rule): (&ScoreRule, &StallRule),
    as_of: Date,
) -> Vec<Review> {
    let all_hours = tractions.iter().map(|traction| traction.effort.hours).sum();
    let mut context = ReviewContext {
        portfolio,
        scores,
        rule: stall_rule,
        as_of,
        all_hours,
        candidates: Candidates::of(portfolio, scores, score_rule, as_of),
    };
    let looks = second_looks(portfolio, as_of);
    let each = tractions.into_iter().zip(looks).enumerate();
    each.map(|(position, (traction, look))| context.review(position, traction, look)).collect()
}

/// What is common to the review of all ideas.
struct ReviewContext<'a> {
    portfolio: &'a Portfolio,
    scores: &'a [Score],
    rule: &'a StallRule,
    as_of: Date,
    all_hours: f64,
    candidates: Candidates<'a>,
}

/// What would be better than an idea that costs more than it brings.
struct SunkCost {
    alternative: Alternative,
    better: Better,
}

impl ReviewContext<'_> {
    fn review(
        &mut self,
        position: usize,
        traction: Traction,
        second_look: Option<SecondLook>,
    ) -> Review {
        let idea = &self.portfolio.ideas()[position];
        let score = &self.scores[position];
        let effective_status = effective_status(idea, self.portfolio, self.as_of);
        let sunk = self.sunk_cost(position, effective_status, &traction);
        let stalled = self.is_stalled(effective_status, &traction);
        let best_alternative = match &sunk {
            Some(sunk) => Some(sunk.alternative),
            None => self.candidates.best_for(position),
        };
        let mut review = Review {
            effective_status,
            traction,
            best_alternative,
            sunk_cost: sunk.is_some(),
            stalled,
            promises: promises(idea, self.as_of),
            second_look,
            disputes: disputes(score, idea, &others(self.portfolio, idea)),
            due: false,
            urgency: None,
            reasons: Vec::new(),
            flags: Vec::new(),
        };
        review.flags = review.all_flags(idea, score);
        let asks = self.what_asks(idea, &review, sunk.as_ref());
        review.urgency = asks.first().map(|(urgency, _)| *urgency);
        review.due = review.urgency.is_some();
        review.reasons = asks.into_iter().map(|(_, reason)| reason).collect();
        review.reasons.extend(self.what_else(idea, &review));
        review
    }

    /// Whether a block of effort or more went into an idea at work that has
    /// stalled or declines: it needs a decision, whatever is promised.
    fn is_stalled(&self, status: Status, traction: &Traction) -> bool {
        let at_work = matches!(status, Status::Inbox | Status::Shortlist | Status::Active);
        let least = self.rule.block(traction.effort.unit);
        at_work && traction.effort.total >= least && traction.verdict.is_stall()
    }

    /// Whether an idea that is being worked on has cost much, brings too little,
    /// and keeps a better one waiting.
    fn sunk_cost(
        &mut self,
        position: usize,
        status: Status,
        traction: &Traction,
    ) -> Option<SunkCost> {
        let rule = self.rule;
        let least = match traction.effort.unit {
            EffortUnit::Hours => rule.block_hours.max(rule.invested_share * self.all_hours),
            EffortUnit::Weeks => rule.block_weeks,
        };
        if traction.effort.total < least || !self.is_stalled(status, traction) {
            return None;
        }
        let (alternative, better) = self.candidates.better_than(position, rule.better)?;
        Some(SunkCost { alternative, better })
    }
}

impl Review {
    /// The promises that ask for something. Those of an idea that is done or
    /// abandoned no longer do.
    fn asking(&self) -> impl Iterator<Item = &PromiseStanding> {
        let over = matches!(self.effective_status, Status::Done | Status::Abandoned);
        self.promises.iter().filter(move |promise| promise.asks && !over)
    }

    /// Asks for a decision for a reason that lies outside the idea and its log.
    /// What is more urgent stays first.
    pub fn ask(&mut self, urgency: Urgency, reason: String) {
        let is_first = self.urgency.is_none_or(|other| urgency < other);
        self.reasons.insert(usize::from(!is_first).min(self.reasons.len()), reason);
        if is_first {
            self.urgency = Some(urgency);
        }
        self.due = true;
    }

    /// Raises a flag that needs more than the idea and its log, such as
    /// [`Flag::Duplicate`]; the most urgent stays first.
    pub fn raise(&mut self, flag: Flag) {
        self.flags =
            Flag::ALL.into_iter().filter(|it| *it == flag || self.flags.contains(it)).collect();
    }

    fn all_flags(&self, idea: &Idea, score: &Score) -> Vec<Flag> {
        let from_score = flags(idea, score);
        let from_promises = promise_flags(self.asking());
        let is_raised = |flag: &Flag| match flag {
            Flag::SunkCost => self.sunk_cost,
            Flag::Stalled => self.stalled && !self.sunk_cost,
            Flag::PromiseMissed | Flag::PromiseDue => from_promises.contains(flag),
            Flag::Disputed => !self.disputes.is_empty(),
            Flag::NoEdge | Flag::Incomplete | Flag::Duplicate => from_score.contains(flag),
        };
        Flag::ALL.into_iter().filter(is_raised).collect()
    }
}

/// An active idea without evidence is asked about after so many days.
const A_MONTH: i64 = 30;

/// After a decision to go on an idea rests for so many days. A judgement.
const REST_DAYS: i64 = 14;

impl ReviewContext<'_> {
    /// What needs a decision, the most urgent first.
    pub(super) fn what_asks(
        &self,
        idea: &Idea,
        review: &Review,
        sunk: Option<&SunkCost>,
    ) -> Vec<(Urgency, String)> {
        let promises = |missed: bool| {
            let asking =
                review.asking().filter(move |p| (p.state == PromiseState::Missed) == missed);
            asking.map(|standing| promise(idea, standing))
        };
        let rests = rests(idea, self.rule, self.as_of);
        let stalled = if sunk.is_some() || rests {
            None
        } else if review.stalled {
            Some(self.stalled_in_words(&review.traction))
        } else {
            self.is_left_stalled(review)
        };
        let sunk = sunk.filter(|_| !rests).map(|sunk| self.sunk_cost_in_words(review, sunk));
        let second_look = review.second_look.as_ref().map(|look| look.sentence(idea));
        let because = |urgency| move |reason| (urgency, reason);
        promises(true)
            .map(because(Urgency::PromiseMissed))
            .chain(sunk.map(because(Urgency::SunkCost)))
            .chain(stalled.map(because(Urgency::Stalled)))
            .chain(promises(false).map(because(Urgency::PromiseDue)))
            .chain(self.is_back(idea, review).map(because(Urgency::Back)))
            .chain(self.is_quiet(idea, review).map(because(Urgency::Quiet)))
            .chain(second_look.map(because(Urgency::SecondLook)))
            .collect()
    }

    /// What there is to say that does not need a decision.
    pub(super) fn what_else(&self, idea: &Idea, review: &Review) -> Vec<String> {
        let has_log = idea.log.iter().any(|entry| entry.date <= self.as_of);
        let verdict = has_log.then(|| review.traction.sentence(self.rule));
        let disputes: Vec<&str> = review.disputes.iter().map(|criterion| criterion.id()).collect();
        let disputed = (!disputes.is_empty())
            .then(|| format!("raters lie far apart on {}", disputes.join(" and ")));
        let facts = review.traction.facts(self.rule);
        verdict.into_iter().chain(facts).chain(disputed).collect()
    }

    /// `68 h went in and the next 40 h will probably bring little: go on, park
    /// it or drop it?`
    fn stalled_in_words(&self, traction: &Traction) -> String {
        let effort = &traction.effort;
        let (invested, block) = match effort.unit {
            EffortUnit::Hours => {
                (format!("{:.0} h went in", effort.hours), format!("{:.0} h", traction.block))
            }
            EffortUnit::Weeks => (
                format!("{:.0} weeks went in", effort.total),
                format!("{:.0} weeks", traction.block),
            ),
        };
        format!("{invested} and the next {block} will probably bring little: go on, park or drop?")
    }

    /// An active idea that had stalled and was then left alone is asked about until
    /// something is decided.
    fn is_left_stalled(&self, review: &Review) -> Option<String> {
        let effort = &review.traction.effort;
        let days = effort.idle_days?;
        let asks = review.effective_status == Status::Active
            && effort.total >= self.rule.block(effort.unit)
            && review.traction.rests_stalled(self.rule);
        asks.then(|| {
            format!("it had stalled, and nothing was done for {days} days: go on, park or drop?")
        })
    }

    /// `68 h went in, 21 % of all hours, while "…" waits: it scores 12.3 more
    /// and is 91 % likely to be the better one`, or, where duels say so, `by the
    /// duels it is 91 % likely to be the better one`.
    fn sunk_cost_in_words(&self, review: &Review, sunk: &SunkCost) -> String {
        let effort = &review.traction.effort;
        let invested = match effort.unit {
            EffortUnit::Hours => {
                let share = 100.0 * effort.hours / self.all_hours;
                format!("{:.0} h went in, {share:.0} % of all hours,", effort.hours)
            }
            EffortUnit::Weeks => format!("{:.0} weeks went in", effort.total),
        };
        let title = &self.portfolio.ideas()[sunk.alternative.position].title;
        let is = match sunk.better {
            Better::ByDuels(p) => format!("by the duels it is {}", numeric::percent(p)),
            Better::ByRatings(p) => {
                let more = sunk.alternative.opportunity_cost;
                format!("it scores {more:.1} more and is {}", numeric::percent(p))
            }
        };
        format!("{invested} while \"{title}\" waits: {is} likely to be the better one")
    }

    fn is_back(&self, idea: &Idea, review: &Review) -> Option<String> {
        if review.effective_status == idea.status {
            return None;
        }
        let until = match idea.parked_until.filter(|day| *day <= self.as_of) {
            Some(day) => day.to_string(),
            None => format!("{} was decided", idea.parked_on.as_ref()?),
        };
        Some(format!("back: it was parked until {until}"))
    }

    /// An active idea with neither evidence nor a promise that is alive is asked
    /// about when nothing has been said about it for a month.
    fn is_quiet(&self, idea: &Idea, review: &Review) -> Option<String> {
        let is_live = |promise: &PromiseStanding| {
            matches!(promise.state, PromiseState::Pending | PromiseState::Due)
        };
        let is_judged =
            !matches!(review.traction.verdict, Verdict::NotEnoughEvidence | Verdict::Dormant);
        if review.effective_status != Status::Active
            || is_judged
            || review.promises.iter().any(is_live)
        {
            return None;
        }
        let logged = idea.log.iter().map(|entry| entry.date);
        let decided = idea.decisions.iter().map(|decision| decision.date);
        let spoken: Vec<Date> = logged.chain(decided).chain(idea.created).collect();
        let question = "would you start this today?";
        if spoken.is_empty() {
            return Some(format!("active with neither evidence nor a promise: {question}"));
        }
        let last = spoken.into_iter().filter(|date| *date <= self.as_of).max()?;
        let days = days::between(last, self.as_of);
        (days >= A_MONTH)
            .then(|| format!("neither evidence nor a promise for {days} days: {question}"))
    }
}

/// Whether an idea rests after a decision to go on with it: for two weeks or
/// one block of hours, whichever comes first, whatever the answer to the
/// clean-slate question was.
pub(crate) fn rests(idea: &Idea, rule: &StallRule, as_of: Date) -> bool {
    let goes_on = idea.decisions.iter().filter(|decision| {
        decision.date <= as_of && decision.from == Status::Active && decision.to == Status::Active
    });
    let Some(since) = goes_on.map(|decision| decision.date).max() else { return false };
    let later = idea.log.iter().filter(|entry| entry.date > since && entry.date <= as_of);
    let hours: f64 = later.filter_map(|entry| entry.hours).sum();
    days::between(since, as_of) < REST_DAYS && hours < rule.block_hours
}

/// `promise missed on 2026-02-01 (moved twice): "beats the baseline"`.
fn promise(idea: &Idea, standing: &PromiseStanding) -> String {
    let promise = &idea.promises[standing.position];
    let moved = moved(standing.amended).map(|moved| format!(" ({moved})")).unwrap_or_default();
    let when = format!("{}{moved}", promise.by);
    let what = describe_promise(promise);
    match standing.state {
        PromiseState::Missed => format!("promise missed on {when}: {what}"),
        PromiseState::Unknown => {
            format!("nothing was observed to judge the promise of {when} by: {what}")
        }
        _ => format!("promise to be judged since {when}: {what}"),
    }
}
