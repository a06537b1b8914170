//! What follows from duels, which takes longer to work out than a frame may.

use crate::judge::duel::Curiosities;
use crate::tui::message::Msg;
use crate::tui::screens::duel::Exam;

use super::Craft;

/// Works out what follows from duels.
#[derive(Debug)]
pub(in crate::tui) struct Examiner;

impl Craft for Examiner {
    type Request = Exam;

    fn perform(&mut self, exam: Exam) -> Option<Msg> {
        Some(match exam {
            Exam::Round(job) => Msg::Judged(Box::new(job.run())),
            Exam::Curious(round) => Msg::Curious(Curiosities::of(&round)),
        })
    }

    /// What was asked for before the last answer is not wanted any more.
    fn is_wanted(waiting: &Exam, newest: &Exam) -> bool {
        match (waiting, newest) {
            (Exam::Round(waiting), Exam::Round(newest)) => waiting.belongs_with(newest),
            _ => true,
        }
    }

    fn is_awaited(exam: &Exam) -> bool {
        !matches!(exam, Exam::Round(job) if job.ahead)
    }

    fn fault(&mut self, reason: String) -> Msg {
        Msg::Fault(reason)
    }
}
