//! Writes waiting for the store: requests in order, one at a time.

use std::collections::VecDeque;

use crate::domain::{Edit, TriageRound};

use super::message::Request;

/// Requests to the store in the order in which they were made. Only the first
/// is ever on its way, so nothing that follows a failure overtakes it.
#[derive(Clone, Debug, Default)]
pub(crate) struct SaveQueue {
    queue: VecDeque<Request>,
    state: State,
    /// The process that holds the lock which the first request waits for.
    pub locked_by: Option<String>,
}

/// Where the first request stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum State {
    /// There is none, or it has not been sent.
    #[default]
    Idle,
    /// It has been sent and not been answered.
    Sent,
    /// It failed, for this reason, and waits to be sent again.
    Failed(String),
}

impl SaveQueue {
    /// Adds a request behind all others.
    pub(crate) fn push(&mut self, request: Request) {
        self.queue.push_back(request);
    }

    /// Has the files read again, once for all that has changed by then.
    pub(crate) fn reload_quietly(&mut self) {
        if self.last() != Some(&Request::ReloadQuietly) {
            self.push(Request::ReloadQuietly);
        }
    }

    /// Has a round of triage remembered, instead of how it was before.
    pub(crate) fn save_triage_round(&mut self, round: TriageRound) {
        if matches!(self.last(), Some(Request::SaveTriageRound(_))) {
            self.queue.pop_back();
        }
        self.push(Request::SaveTriageRound(Box::new(round)));
    }

    /// The request to send now, if none is on its way. One that has failed is sent again.
    pub(crate) fn send(&mut self) -> Option<Request> {
        if self.state == State::Sent {
            return None;
        }
        let first = self.queue.front().cloned()?;
        self.state = State::Sent;
        Some(first)
    }

    /// The first request is done with.
    pub(crate) fn done(&mut self) -> Option<Request> {
        self.state = State::Idle;
        self.queue.pop_front()
    }

    /// The first request failed. An edit stays to be sent again; anything else
    /// is dropped, because it can simply be asked for again.
    pub(crate) fn failed(&mut self, reason: String) {
        match self.queue.front() {
            Some(Request::Commit { .. }) => self.state = State::Failed(reason),
            _ => {
                self.done();
            }
        }
    }

    /// Lets the first request be sent again and win over outside changes.
    pub(crate) fn retry_overwriting(&mut self) {
        self.state = State::Idle;
        if let Some(
            Request::Commit { overwrite, .. }
            | Request::Undo { overwrite }
            | Request::Redo { overwrite }
            | Request::Rewrite { overwrite, .. },
        ) = self.queue.front_mut()
        {
            *overwrite = true;
        }
    }

    /// Lets what has failed be sent again.
    pub(crate) fn retry(&mut self) {
        if self.failure().is_some() {
            self.state = State::Idle;
        }
    }

    /// Why the first request could not be done, if it failed.
    pub(crate) fn failure(&self) -> Option<&str> {
        match &self.state {
            State::Failed(reason) => Some(reason),
            State::Idle | State::Sent => None,
        }
    }

    /// Takes the last edit out again, if saving has failed and it is not on its
    /// way: what never reached the disk is taken back without it.
    pub(crate) fn pop_unsaved(&mut self) -> Option<Request> {
        self.failure()?;
        let is_edit = |request: &Request| {
            !matches!(request, Request::SaveTriageRound(_) | Request::SaveImportHistory(_))
        };
        let last = self.queue.iter().rposition(is_edit).and_then(|at| {
            // An import that is not written must not be remembered.
            if matches!(self.queue.get(at + 1), Some(Request::SaveImportHistory(_))) {
                self.queue.remove(at + 1);
            }
            self.queue.remove(at)
        });
        if self.queue.is_empty() {
            self.state = State::Idle;
        }
        last
    }

    /// Whether an edit is on its way to disk.
    pub(crate) fn is_saving(&self) -> bool {
        self.failure().is_none() && self.edits().next().is_some()
    }

    /// The edits that are not on disk yet, in order.
    pub(crate) fn edits(&self) -> impl Iterator<Item = &Edit> {
        self.queue.iter().filter_map(|request| match request {
            Request::Commit { edit, .. } => Some(edit),
            _ => None,
        })
    }

    /// What takes the edits back that are not on disk yet, in the order of the edits.
    pub(crate) fn inverses(&self) -> impl DoubleEndedIterator<Item = &Edit> {
        self.queue.iter().filter_map(|request| match request {
            Request::Commit { inverse, .. } => Some(inverse),
            _ => None,
        })
    }

    /// Goes through the edits in order with their inverses, which may be
    /// renewed, and drops those for which this does not hold. Only for when
    /// none is on its way.
    pub(crate) fn retain_edits(&mut self, mut keep: impl FnMut(&Edit, &mut Edit) -> bool) {
        self.queue.retain_mut(|request| match request {
            Request::Commit { edit, inverse, .. } => keep(edit, inverse),
            _ => true,
        });
    }

    /// The request that comes last, if it is not on its way.
    pub(crate) fn last(&self) -> Option<&Request> {
        self.queue.back().filter(|_| self.state != State::Sent || self.queue.len() > 1)
    }

    /// The request that is on its way or comes next.
    pub(crate) fn first(&self) -> Option<&Request> {
        self.queue.front()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.queue.is_empty()
    }

    /// Whether a step of undo or redo is under way: until it is answered the
    /// state of the ideas is not known.
    pub(crate) fn has_undo_in_flight(&self) -> bool {
        let keeps_all = |request: &Request| {
            matches!(
                request,
                Request::Commit { .. }
                    | Request::Reload
                    | Request::ReloadQuietly
                    | Request::SaveTriageRound(_)
                    | Request::SaveImportHistory(_)
            )
        };
        self.queue.iter().any(|request| !keeps_all(request))
    }
}
