//! What takes longer than a frame may, on a thread of its own.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, Sender, channel};

use crate::tui::message::Msg;
use crate::tui::screens::duel::Job;

/// Works out rounds of duels on a thread of its own.
#[derive(Debug)]
pub(in crate::tui) struct Examiner {
    jobs: Sender<Box<Job>>,
}

impl Examiner {
    /// Starts the thread; it ends with the program.
    #[must_use]
    pub(in crate::tui) fn start(answers: Sender<Msg>) -> Self {
        let (jobs, inbox): (Sender<Box<Job>>, Receiver<Box<Job>>) = channel();
        std::thread::spawn(move || {
            let mut queue: VecDeque<Box<Job>> = VecDeque::new();
            loop {
                if queue.is_empty() {
                    let Ok(job) = inbox.recv() else { return };
                    queue.push_back(job);
                }
                queue.extend(inbox.try_iter());
                let Some(last) = queue.pop_back() else { continue };
                // What was asked for before the last answer is not wanted any more.
                queue.retain(|job| job.belongs_with(&last));
                queue.push_back(last);
                let Some(job) = queue.pop_front() else { continue };
                if answers.send(Msg::Judged(Box::new(job.run()))).is_err() {
                    return;
                }
            }
        });
        Self { jobs }
    }

    /// Hands over a round to be worked out.
    pub(in crate::tui) fn send(&self, job: Box<Job>) {
        // Without the thread nothing is worked out, which the screen says.
        let _ = self.jobs.send(job);
    }
}
