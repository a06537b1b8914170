//! Background worker that computes the Taste screen.

use crate::tui::app::message::Msg;
use crate::tui::screens::taste::TasteJob;

use super::BackgroundJob;

/// Works out what the Taste screen says.
#[derive(Debug)]
pub(crate) struct TasteWorker;

impl BackgroundJob for TasteWorker {
    type Request = Box<TasteJob>;

    fn perform(&mut self, job: Box<TasteJob>) -> Option<Msg> {
        Some(Msg::TasteReady(Box::new(job.run())))
    }

    /// Only the last state of the ideas is of interest.
    fn is_superseded_by(_: &Box<TasteJob>, _: &Box<TasteJob>) -> bool {
        true
    }

    fn on_panic(&mut self, reason: String) -> Msg {
        Msg::WorkerPanicked(reason)
    }
}
