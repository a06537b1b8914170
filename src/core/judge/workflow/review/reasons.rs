//! The reasons of a review, in plain sentences.

use super::{Review, ReviewContext, SunkCost, Urgency};
use crate::domain::{Date, Idea, Status};
use crate::judge::workflow::promise::moved;
use crate::judge::{
    EffortUnit, PromiseStanding, PromiseState, StallRule, Traction, Verdict, days,
    describe_promise, format,
};

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
        let stalled = (review.stalled && sunk.is_none() && !rests)
            .then(|| self.stalled_in_words(&review.traction));
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

    /// `68 h went in, 21 % of all hours, while "…" waits: it scores 12.3 more
    /// and is 91 % likely to be the better one`.
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
        let (more, chance) = (sunk.alternative.opportunity_cost, format::percent(sunk.p_better));
        format!(
            "{invested} while \"{title}\" waits: it scores {more:.1} more and is {chance} likely \
             to be the better one"
        )
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
