//! What is said about somebody's taste, which takes longer to work out than a
//! frame may.

use crate::tui::message::Msg;
use crate::tui::screens::taste::Job;

use super::Craft;

/// Works out what the Taste screen says.
#[derive(Debug)]
pub(in crate::tui) struct Taster;

impl Craft for Taster {
    type Request = Box<Job>;

    fn perform(&mut self, job: Box<Job>) -> Option<Msg> {
        Some(Msg::Tasted(Box::new(job.run())))
    }

    /// Only the last state of the ideas is of interest.
    fn is_wanted(_: &Box<Job>, _: &Box<Job>) -> bool {
        false
    }

    fn fault(&mut self, reason: String) -> Msg {
        Msg::Fault(reason)
    }
}
