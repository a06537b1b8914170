//! Those who work while the screen is drawn.

use std::any::Any;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use crate::tui::message::Msg;

/// What a worker can do: from a request to a message, if there is something to
/// say.
pub(in crate::tui) trait Craft: Send + 'static {
    /// What it can be asked for.
    type Request: Send + 'static;

    /// Does what is asked.
    fn perform(&mut self, request: Self::Request) -> Option<Msg>;

    /// Whether a request that waits is still wanted now that a newer one has
    /// come.
    fn is_wanted(_waiting: &Self::Request, _newest: &Self::Request) -> bool {
        true
    }

    /// Whether anybody waits for the answer to a request.
    fn is_awaited(_request: &Self::Request) -> bool {
        true
    }

    /// What to say after a panic, and for which reason. Nothing that it left
    /// behind may be relied on.
    fn fault(&mut self, reason: String) -> Msg;
}

/// Somebody with a craft: on a thread of its own, so that nothing on screen
/// ever waits, or here, where requests lie until there is time for them.
#[derive(Debug)]
pub(in crate::tui) enum Worker<C: Craft> {
    /// On a thread; answers come as messages.
    Thread {
        /// `None` when nothing more is to come.
        requests: Option<Sender<C::Request>>,
        /// The thread, if what was handed over must be done before the end.
        thread: Option<JoinHandle<()>>,
    },
    /// On the thread that calls [`Worker::next`].
    Here {
        /// The craft.
        craft: C,
        /// What waits.
        queue: VecDeque<C::Request>,
        /// Whether what nobody waits for is done too.
        is_thorough: bool,
    },
}

impl<C: Craft> Worker<C> {
    /// Starts a thread that ends with the program, whatever it is at then.
    #[must_use]
    pub(in crate::tui) fn start(craft: C, answers: Sender<Msg>) -> Self {
        let (requests, inbox) = channel();
        std::thread::spawn(move || work(craft, &inbox, &answers));
        Self::Thread { requests: Some(requests), thread: None }
    }

    /// Starts a thread that finishes what it was handed before it ends.
    #[must_use]
    pub(in crate::tui) fn start_careful(craft: C, answers: Sender<Msg>) -> Self {
        let (requests, inbox) = channel();
        let thread = std::thread::spawn(move || work(craft, &inbox, &answers));
        Self::Thread { requests: Some(requests), thread: Some(thread) }
    }

    /// Works only when there is time; with `is_thorough` also on what nobody
    /// waits for.
    #[must_use]
    pub(in crate::tui) const fn here(craft: C, is_thorough: bool) -> Self {
        Self::Here { craft, queue: VecDeque::new(), is_thorough }
    }

    /// Hands over a request; false if nobody is there any more.
    pub(in crate::tui) fn give(&mut self, request: C::Request) -> bool {
        match self {
            Self::Thread { requests, .. } => {
                requests.as_ref().is_some_and(|requests| requests.send(request).is_ok())
            }
            // Where nobody draws meanwhile, only what is waited for is done.
            Self::Here { is_thorough: false, .. } if !C::is_awaited(&request) => true,
            Self::Here { queue, .. } => {
                queue.push_back(request);
                true
            }
        }
    }

    /// Works until there is something to say; `None` when nothing is left to
    /// do, or when the work is done on a thread.
    pub(in crate::tui) fn next(&mut self) -> Option<Msg> {
        let Self::Here { craft, queue, .. } = self else { return None };
        sift::<C>(queue);
        while let Some(request) = queue.pop_front() {
            if let Some(msg) = craft.perform(request) {
                return Some(msg);
            }
        }
        None
    }
}

/// Waits until what was handed over is done, where that matters.
impl<C: Craft> Drop for Worker<C> {
    fn drop(&mut self) {
        if let Self::Thread { requests, thread } = self {
            requests.take();
            if let Some(thread) = thread.take() {
                // It catches what its craft may throw.
                let _ = thread.join();
            }
        }
    }
}

/// Takes requests one by one, until nobody asks or listens any more.
fn work<C: Craft>(mut craft: C, inbox: &Receiver<C::Request>, answers: &Sender<Msg>) {
    let mut queue = VecDeque::new();
    loop {
        if queue.is_empty() {
            let Ok(request) = inbox.recv() else { return };
            queue.push_back(request);
        }
        queue.extend(inbox.try_iter());
        sift::<C>(&mut queue);
        let Some(request) = queue.pop_front() else { continue };
        let perform = AssertUnwindSafe(|| craft.perform(request));
        let answer =
            catch_unwind(perform).unwrap_or_else(|panic| Some(craft.fault(words(&*panic))));
        if answer.is_some_and(|answer| answers.send(answer).is_err()) {
            return;
        }
    }
}

/// Leaves only what is still wanted.
fn sift<C: Craft>(queue: &mut VecDeque<C::Request>) {
    if let Some(newest) = queue.pop_back() {
        queue.retain(|waiting| C::is_wanted(waiting, &newest));
        queue.push_back(newest);
    }
}

/// What to say of a panic.
fn words(panic: &(dyn Any + Send)) -> String {
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
    struct Parrot;

    impl Craft for Parrot {
        type Request = u8;

        fn perform(&mut self, request: u8) -> Option<Msg> {
            assert_ne!(request, 13, "unlucky");
            (request > 0).then(|| Msg::Fault(request.to_string()))
        }

        fn is_wanted(waiting: &u8, newest: &u8) -> bool {
            waiting % 2 == 1 || newest % 2 == 1
        }

        fn fault(&mut self, reason: String) -> Msg {
            Msg::Fault(reason)
        }
    }

    fn said(msg: Option<Msg>) -> Option<String> {
        msg.map(|msg| match msg {
            Msg::Fault(text) => text,
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn what_a_newer_request_makes_needless_is_not_done() {
        let mut parrot = Worker::here(Parrot, false);
        for number in [2, 1, 0, 4, 6] {
            assert!(parrot.give(number));
        }
        let heard: Vec<String> = std::iter::from_fn(|| said(parrot.next())).collect();
        assert_eq!(heard, ["1", "6"]);
    }

    #[test]
    fn a_panic_is_reported_and_the_work_goes_on() {
        let (answers, inbox) = channel();
        let mut parrot = Worker::start_careful(Parrot, answers);
        for number in [1, 13, 3] {
            assert!(parrot.give(number));
        }
        drop(parrot);
        let heard: Vec<String> = inbox.iter().filter_map(|msg| said(Some(msg))).collect();
        assert_eq!(heard.len(), 3);
        assert!(heard[1].starts_with("a fault in prospect: ") && heard[1].contains("unlucky"));
        assert_eq!(heard[2], "3");
    }
}
