//! One job at a time of a kind: its newest result, and the one under way.

use std::any::Any;
use std::fmt::{self, Debug};
use std::sync::Arc;

/// Something to be worked out on another thread. It holds all that it reads.
pub(crate) trait Job: Debug + Send {
    /// What the result is valid for: equal keys lead to equal results.
    type Key: Clone + Debug + PartialEq + Send;
    type Output: Debug + Send + Sync + 'static;

    fn key(&self) -> &Self::Key;

    fn run(&self) -> Self::Output;
}

/// Something of thousands of parts that is wanted no longer: to let go of it takes
/// longer than to draw a frame.
#[derive(Clone)]
pub(crate) struct Discarded(pub Arc<dyn Any + Send + Sync>);

impl fmt::Debug for Discarded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Discarded")
    }
}

impl PartialEq for Discarded {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// The results of a kind of job.
#[derive(Debug)]
pub(crate) struct JobSlot<J: Job> {
    latest: Option<(J::Key, Arc<J::Output>)>,
    /// What was begun last. One that panicked is not begun again before another is.
    begun: Option<J::Key>,
}

impl<J: Job> Default for JobSlot<J> {
    fn default() -> Self {
        Self { latest: None, begun: None }
    }
}

impl<J: Job> JobSlot<J> {
    /// The newest result, with what it is valid for.
    pub(crate) const fn latest(&self) -> Option<&(J::Key, Arc<J::Output>)> {
        self.latest.as_ref()
    }

    /// The newest result, whatever it is valid for.
    pub(crate) fn output(&self) -> Option<&J::Output> {
        self.latest.as_ref().map(|(_, output)| &**output)
    }

    /// The result for a key, if that is the newest.
    pub(crate) fn get(&self, key: &J::Key) -> Option<&Arc<J::Output>> {
        self.latest.as_ref().filter(|(known, _)| known == key).map(|(_, output)| output)
    }

    /// Whether the newest result is the one that was asked for last.
    pub(crate) fn is_settled(&self) -> bool {
        self.latest.as_ref().map(|(key, _)| key) == self.begun.as_ref()
    }

    /// Whether a job is to be run: its result is not there, and it is not under
    /// way. From now on it is.
    pub(super) fn begin(&mut self, key: &J::Key) -> bool {
        let is_new = self.begun.as_ref() != Some(key);
        if is_new {
            self.begun = Some(key.clone());
        }
        is_new && self.get(key).is_none()
    }

    /// Takes in a result; gives back the one before.
    pub(super) fn take(&mut self, key: J::Key, output: Arc<J::Output>) -> Option<Discarded> {
        self.latest.replace((key, output)).map(|(_, before)| Discarded(before))
    }
}
