//! The review of a portfolio: verdicts, sunk cost, promises, and what is due.

mod reasons;
#[cfg(test)]
mod tests;

pub(crate) use reasons::rests;

use crate::domain::{Criterion, Date, Idea, Portfolio, Status};

use crate::judge::workflow::next_step::Candidates;
use crate::judge::{
    Alternative, EffortUnit, Flag, PromiseStanding, Score, ScoreRule, SecondLook, StallRule,
    Traction, disputes, effective_status, flags, others, promise_flags, promises, second_looks,
};

/// What there is to say about one idea.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    /// Where it stands: as in the file, unless it was parked and is back.
    pub effective_status: Status,
    /// The verdict on its traction and the figures behind it.
    pub traction: Traction,
    /// The best of the candidates that score higher; with sunk cost, the best
    /// of those that are probably better.
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
    pub const fn words(self) -> &'static str {
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
    let of = |idea| Traction::of(idea, stall_rule, as_of);
    let tractions = portfolio.iter().map(of).collect();
    review_of(portfolio, tractions, scores, (score_rule, stall_rule), as_of)
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
    p_better: f64,
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
        let least = match traction.effort.unit {
            EffortUnit::Hours => self.rule.block_hours,
            EffortUnit::Weeks => self.rule.block_weeks,
        };
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
        let (alternative, p_better) = self.candidates.better_than(position, rule.better)?;
        Some(SunkCost { alternative, p_better })
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
