//! Threads for the background jobs, one a kind; or none, where the owner runs
//! the jobs, as in tests and under `--keys`.

use std::sync::mpsc::{Receiver, Sender, channel};

use crate::tui::app::message::Msg;
use crate::tui::jobs::{JobKind, JobRequest};

use super::worker::caught;

/// Runs requests. Of each kind only the newest that waits is run.
#[derive(Debug)]
pub(super) enum JobScheduler {
    /// Results come as messages. The threads end with the program.
    Threads(Vec<Sender<JobRequest>>),
    /// On the thread that calls [`JobScheduler::next`].
    Inline {
        /// At most one of each kind.
        waiting: Vec<JobRequest>,
        /// Whether to run what is only run in case it is wanted.
        run_speculative: bool,
    },
}

impl JobScheduler {
    #[must_use]
    pub(super) fn threads(replies: &Sender<Msg>) -> Self {
        let start = |_: &JobKind| {
            let (requests, inbox) = channel();
            let replies = replies.clone();
            std::thread::spawn(move || work(&inbox, &replies));
            requests
        };
        Self::Threads(JobKind::ALL.iter().map(start).collect())
    }

    /// With `run_speculative`, jobs that are only run in case they are wanted
    /// are run too: without threads they gain no time.
    #[must_use]
    pub(super) const fn inline(run_speculative: bool) -> Self {
        Self::Inline { waiting: Vec::new(), run_speculative }
    }

    /// Queues a request, instead of one of its kind that waits.
    pub(super) fn give(&mut self, request: JobRequest) {
        let kind = request.kind();
        match self {
            // Without an answer there is nothing to say about the ideas, and
            // all else works.
            Self::Threads(requests) => drop(requests[kind as usize].send(request)),
            Self::Inline { run_speculative: false, .. } if kind.is_speculative() => {}
            Self::Inline { waiting, .. } => {
                waiting.retain(|other| other.kind() != kind);
                waiting.push(request);
            }
        }
    }

    /// Runs the first waiting request of a kind that is due; `None` when there
    /// is none, or when threads run them.
    pub(super) fn next(&mut self, is_due: impl Fn(JobKind) -> bool) -> Option<Msg> {
        let Self::Inline { waiting, .. } = self else { return None };
        let first = waiting.iter().position(|request| is_due(request.kind()))?;
        Some(perform(&waiting.remove(first)))
    }
}

/// Runs the newest request whenever there is one, until either channel is closed.
fn work(inbox: &Receiver<JobRequest>, replies: &Sender<Msg>) {
    while let Ok(first) = inbox.recv() {
        let newest = inbox.try_iter().last().unwrap_or(first);
        if replies.send(perform(&newest)).is_err() {
            return;
        }
    }
}

fn perform(request: &JobRequest) -> Msg {
    caught(|| request.run()).map_or_else(Msg::JobPanicked, Msg::JobDone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Date, Edit, Idea, Portfolio};
    use crate::judge::ScoreRule;
    use crate::tui::jobs::JobResult;
    use crate::tui::jobs::duels::PullJob;
    use crate::tui::jobs::review::ReviewJob;
    use crate::tui::world::scored_portfolio::ScoredPortfolio;

    #[test]
    fn of_each_kind_only_the_newest_is_run() {
        let portfolio = Portfolio::new(vec![Idea::new("a", "A")], Vec::new());
        let day = Date::constant(2026, 3, 1);
        let mut scored = ScoredPortfolio::new(portfolio, ScoreRule::default(), day);
        let review = |scored: &ScoredPortfolio| {
            JobRequest::Review(Box::new(ReviewJob::of(scored, 3, &Default::default())))
        };
        let mut scheduler = JobScheduler::inline(false);
        scheduler.give(review(&scored));
        scheduler.give(JobRequest::Pulls(Box::new(PullJob::of(&scored))));
        let edit = Edit::Add { idea: Box::new(Idea::new("b", "B")), before: None };
        scored.apply(&edit).unwrap();
        scheduler.give(review(&scored));
        let mut kinds = Vec::new();
        while let Some(Msg::JobDone(result)) = scheduler.next(|_| true) {
            if let JobResult::Review(_, findings) = &result {
                assert_eq!(findings.ideas.len(), 2);
            }
            kinds.push(result.kind());
        }
        assert_eq!(kinds, [JobKind::Pulls, JobKind::Review]);
    }
}
