//! Rounds of duels, which take longer to work out than a frame may.

use crate::tui::message::Msg;
use crate::tui::screens::duel::Job;

use super::Craft;

/// Works out rounds of duels.
#[derive(Debug)]
pub(in crate::tui) struct Examiner;

impl Craft for Examiner {
    type Request = Box<Job>;

    fn perform(&mut self, job: Box<Job>) -> Option<Msg> {
        Some(Msg::Judged(Box::new(job.run())))
    }

    /// What was asked for before the last answer is not wanted any more.
    fn is_wanted(waiting: &Box<Job>, newest: &Box<Job>) -> bool {
        waiting.belongs_with(newest)
    }

    fn is_awaited(job: &Box<Job>) -> bool {
        !job.ahead
    }

    fn fault(&mut self, reason: String) -> Msg {
        Msg::Fault(reason)
    }
}
