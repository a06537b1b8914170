//! Background worker that computes the next duel pair and the curiosities.

use crate::judge::duel::Curiosities;
use crate::tui::app::message::Msg;
use crate::tui::screens::duel::DuelRequest;

use super::BackgroundJob;

/// Works out what follows from duels.
#[derive(Debug)]
pub(crate) struct DuelWorker;

impl BackgroundJob for DuelWorker {
    type Request = DuelRequest;

    fn perform(&mut self, request: DuelRequest) -> Option<Msg> {
        Some(match request {
            DuelRequest::Round(job) => Msg::DuelReady(Box::new(job.run())),
            DuelRequest::Curiosities(round) => Msg::CuriositiesReady(Curiosities::of(&round)),
        })
    }

    /// What was asked for before the last answer is not wanted any more.
    fn is_superseded_by(waiting: &DuelRequest, newest: &DuelRequest) -> bool {
        match (waiting, newest) {
            (DuelRequest::Round(waiting), DuelRequest::Round(newest)) => {
                !waiting.belongs_with(newest)
            }
            _ => false,
        }
    }

    fn is_speculative(request: &DuelRequest) -> bool {
        matches!(request, DuelRequest::Round(job) if job.ahead)
    }

    fn on_panic(&mut self, reason: String) -> Msg {
        Msg::WorkerPanicked(reason)
    }
}
