//! Background workers: run a job on a thread, or inline for tests and `--keys`.

use std::any::Any;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use crate::tui::app::message::Msg;

/// Behaviour of a background worker: from a request to a message, if there is
/// one.
pub(crate) trait BackgroundJob: Send + 'static {
    /// What it can be asked for.
    type Request: Send + 'static;

    fn perform(&mut self, request: Self::Request) -> Option<Msg>;

    /// Whether a queued request is made needless by a newer one.
    fn is_superseded_by(_waiting: &Self::Request, _newest: &Self::Request) -> bool {
        false
    }

    /// Whether a request is computed ahead, in case its result is wanted.
    fn is_speculative(_request: &Self::Request) -> bool {
        false
    }

    /// The message to send after a panic. State that the job left behind must
    /// not be relied on.
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
        /// The thread, if what was handed over must be done before the end.
        thread: Option<JoinHandle<()>>,
    },
    /// On the thread that calls [`Worker::next`].
    Inline {
        job: C,
        queue: VecDeque<C::Request>,
        /// Whether speculative requests run too.
        run_speculative: bool,
    },
}

impl<C: BackgroundJob> Worker<C> {
    /// Starts a thread that ends with the program, whatever it is at then.
    #[must_use]
    pub(crate) fn start(job: C, replies: Sender<Msg>) -> Self {
        let (requests, inbox) = channel();
        std::thread::spawn(move || work(job, &inbox, &replies));
        Self::Thread { requests: Some(requests), thread: None }
    }

    /// Starts a thread that finishes what it was handed before it ends.
    #[must_use]
    pub(crate) fn start_careful(job: C, replies: Sender<Msg>) -> Self {
        let (requests, inbox) = channel();
        let thread = std::thread::spawn(move || work(job, &inbox, &replies));
        Self::Thread { requests: Some(requests), thread: Some(thread) }
    }

    /// Runs requests when [`Worker::next`] is called, speculative ones only if
    /// asked.
    #[must_use]
    pub(crate) const fn inline(job: C, run_speculative: bool) -> Self {
        Self::Inline { job, queue: VecDeque::new(), run_speculative }
    }

    /// Queues a request; false if the thread has ended.
    pub(crate) fn give(&mut self, request: C::Request) -> bool {
        match self {
            Self::Thread { requests, .. } => {
                requests.as_ref().is_some_and(|requests| requests.send(request).is_ok())
            }
            // Without a screen that is drawn meanwhile, nothing is gained ahead
            // of time.
            Self::Inline { run_speculative: false, .. } if C::is_speculative(&request) => true,
            Self::Inline { queue, .. } => {
                queue.push_back(request);
                true
            }
        }
    }

    /// Works until there is something to say; `None` when nothing is left to
    /// do, or when the work is done on a thread.
    pub(crate) fn next(&mut self) -> Option<Msg> {
        let Self::Inline { job, queue, .. } = self else { return None };
        drop_superseded::<C>(queue);
        while let Some(request) = queue.pop_front() {
            if let Some(msg) = job.perform(request) {
                return Some(msg);
            }
        }
        None
    }
}

/// Waits until what was handed over is done, where that matters.
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
    let mut queue = VecDeque::new();
    loop {
        if queue.is_empty() {
            let Ok(request) = inbox.recv() else { return };
            queue.push_back(request);
        }
        queue.extend(inbox.try_iter());
        drop_superseded::<C>(&mut queue);
        let Some(request) = queue.pop_front() else { continue };
        let perform = AssertUnwindSafe(|| job.perform(request));
        let answer = catch_unwind(perform)
            .unwrap_or_else(|panic| Some(job.on_panic(describe_panic(&*panic))));
        if answer.is_some_and(|answer| replies.send(answer).is_err()) {
            return;
        }
    }
}

/// Drops the requests that the newest makes needless.
fn drop_superseded<C: BackgroundJob>(queue: &mut VecDeque<C::Request>) {
    if let Some(newest) = queue.pop_back() {
        queue.retain(|waiting| !C::is_superseded_by(waiting, &newest));
        queue.push_back(newest);
    }
}

/// Describes a panic for the user.
fn describe_panic(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!("a fault in prospect: {}", text.unwrap_or("no reason was given"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Says the numbers that it is given; falls over at 13. Of even numbers
    /// only the newest is wanted.
    #[derive(Debug)]
    struct Echo;

    impl BackgroundJob for Echo {
        type Request = u8;

        fn perform(&mut self, request: u8) -> Option<Msg> {
            assert_ne!(request, 13, "unlucky");
            (request > 0).then(|| Msg::WorkerPanicked(request.to_string()))
        }

        fn is_superseded_by(waiting: &u8, newest: &u8) -> bool {
            waiting.is_multiple_of(2) && newest.is_multiple_of(2)
        }

        fn on_panic(&mut self, reason: String) -> Msg {
            Msg::WorkerPanicked(reason)
        }
    }

    fn reply_text(msg: Option<Msg>) -> Option<String> {
        msg.map(|msg| match msg {
            Msg::WorkerPanicked(text) => text,
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn what_a_newer_request_makes_needless_is_not_done() {
        let mut worker = Worker::inline(Echo, false);
        for number in [2, 1, 0, 4, 6] {
            assert!(worker.give(number));
        }
        let replies: Vec<String> = std::iter::from_fn(|| reply_text(worker.next())).collect();
        assert_eq!(replies, ["1", "6"]);
    }

    #[test]
    fn a_panic_is_reported_and_the_work_goes_on() {
        let (replies, inbox) = channel();
        let mut worker = Worker::start_careful(Echo, replies);
        for number in [1, 13, 3] {
            assert!(worker.give(number));
        }
        drop(worker);
        let replies: Vec<String> = inbox.iter().filter_map(|msg| reply_text(Some(msg))).collect();
        assert_eq!(replies.len(), 3);
        assert!(replies[1].starts_with("a fault in prospect: ") && replies[1].contains("unlucky"));
        assert_eq!(replies[2], "3");
    }
}
