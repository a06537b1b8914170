//! Workers: threads that do one thing after another, and the scheduler of the
//! background jobs.

use std::any::Any;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use crate::tui::app::message::Msg;
use crate::tui::jobs::{JobKind, JobRequest};

/// Behaviour of a background worker: from a request to a message, if there is one.
pub(crate) trait BackgroundJob: Send + 'static {
    /// What it can be asked for.
    type Request: Send + 'static;

    fn perform(&mut self, request: Self::Request) -> Option<Msg>;

    /// The message to send after a panic. State that the job left behind must not be relied on.
    fn on_panic(&mut self, reason: String) -> Msg;
}

/// Runner of a job: on a thread of its own, so that drawing never waits, or
/// inline, where requests are queued until the owner asks for the next result.
#[derive(Debug)]
pub(crate) enum Worker<C: BackgroundJob> {
    /// On a thread; answers come as messages.
    Thread {
        /// `None` when nothing more is to come.
        requests: Option<Sender<C::Request>>,
        thread: Option<JoinHandle<()>>,
    },
    /// On the thread that calls [`Worker::next`].
    Inline { job: C, queue: VecDeque<C::Request> },
}

impl<C: BackgroundJob> Worker<C> {
    /// Starts a thread that finishes what it was handed before it ends.
    pub(crate) fn start(job: C, replies: Sender<Msg>) -> Self {
        let (requests, inbox) = channel();
        let thread = std::thread::spawn(move || work(job, &inbox, &replies));
        Self::Thread { requests: Some(requests), thread: Some(thread) }
    }

    /// Runs requests when [`Worker::next`] is called.
    pub(crate) const fn inline(job: C) -> Self {
        Self::Inline { job, queue: VecDeque::new() }
    }

    /// Queues a request; false if the thread has ended.
    pub(crate) fn give(&mut self, request: C::Request) -> bool {
        match self {
            Self::Thread { requests, .. } => {
                requests.as_ref().is_some_and(|requests| requests.send(request).is_ok())
            }
            Self::Inline { queue, .. } => {
                queue.push_back(request);
                true
            }
        }
    }

    /// Works until there is something to say; `None` when nothing is left to
    /// do, or when the work is done on a thread.
    pub(crate) fn next(&mut self) -> Option<Msg> {
        let Self::Inline { job, queue } = self else { return None };
        while let Some(request) = queue.pop_front() {
            if let Some(msg) = job.perform(request) {
                return Some(msg);
            }
        }
        None
    }
}

/// Waits until what was handed over is done.
impl<C: BackgroundJob> Drop for Worker<C> {
    fn drop(&mut self) {
        if let Self::Thread { requests, thread } = self {
            requests.take();
            if let Some(thread) = thread.take() {
                // It catches panics of the job.
                let _ = thread.join();
            }
        }
    }
}

/// Runs requests one by one, until either channel is closed.
fn work<C: BackgroundJob>(mut job: C, inbox: &Receiver<C::Request>, replies: &Sender<Msg>) {
    while let Ok(request) = inbox.recv() {
        let answer =
            caught(|| job.perform(request)).unwrap_or_else(|reason| Some(job.on_panic(reason)));
        if answer.is_some_and(|answer| replies.send(answer).is_err()) {
            return;
        }
    }
}

/// What comes of some work; if it panics, that in words.
pub(super) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| describe_panic(&*panic))
}

/// Describes a panic for the user.
fn describe_panic(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!("a fault in prospect: {}", text.unwrap_or("no reason was given"))
}

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
    pub(super) fn threads(replies: &Sender<Msg>) -> Self {
        let start = |_: &JobKind| {
            let (requests, inbox) = channel();
            let replies = replies.clone();
            std::thread::spawn(move || run_jobs(&inbox, &replies));
            requests
        };
        Self::Threads(JobKind::ALL.iter().map(start).collect())
    }

    /// With `run_speculative`, jobs that are only run in case they are wanted
    /// are run too: without threads they gain no time.
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
fn run_jobs(inbox: &Receiver<JobRequest>, replies: &Sender<Msg>) {
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

    /// Says the numbers that it is given; panics at 13.
    #[derive(Debug)]
    struct Echo;

    impl BackgroundJob for Echo {
        type Request = u8;

        fn perform(&mut self, request: u8) -> Option<Msg> {
            assert_ne!(request, 13, "unlucky");
            (request > 0).then(|| Msg::JobPanicked(request.to_string()))
        }

        fn on_panic(&mut self, reason: String) -> Msg {
            Msg::JobPanicked(reason)
        }
    }

    fn reply_text(msg: Option<Msg>) -> Option<String> {
        msg.map(|msg| match msg {
            Msg::JobPanicked(text) => text,
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn a_panic_is_reported_and_the_work_goes_on() {
        let (replies, inbox) = channel();
        let mut worker = Worker::start(Echo, replies);
        for number in [1, 13, 3] {
            assert!(worker.give(number));
        }
        drop(worker);
        let replies: Vec<String> = inbox.iter().filter_map(|msg| reply_text(Some(msg))).collect();
        assert_eq!(replies.len(), 3);
        assert!(replies[1].starts_with("a fault in prospect: ") && replies[1].contains("unlucky"));
        assert_eq!(replies[2], "3");
    }

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
