//! Background jobs: what is worked out beside the thread that draws, and what
//! has come of it.

pub(crate) mod duels;
pub(crate) mod review;
pub(crate) mod sensitivity;
pub(crate) mod similar;
mod slot;
pub(crate) mod taste;

use std::sync::Arc;

pub(crate) use slot::{Discarded, Job, JobSlot};

/// Declares the jobs: a slot for each, and the enums by which the root and
/// the runtime pass them on.
macro_rules! jobs {
    ($($kind:ident => $slot:ident: $job:ty,)+) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum JobKind {
            $($kind,)+
        }

        impl JobKind {
            pub(crate) const ALL: &[Self] = &[$(Self::$kind,)+];
        }

        /// A job to be run.
        #[derive(Clone, Debug)]
        pub(crate) enum JobRequest {
            $($kind(Box<$job>),)+
        }

        /// What came of a job, and what it is valid for.
        #[derive(Clone, Debug)]
        pub(crate) enum JobResult {
            $($kind(<$job as Job>::Key, Arc<<$job as Job>::Output>),)+
        }

        /// The newest result of every job.
        #[derive(Debug, Default)]
        pub(crate) struct JobResults {
            $(pub $slot: JobSlot<$job>,)+
        }

        impl JobRequest {
            pub(crate) const fn kind(&self) -> JobKind {
                match self {
                    $(Self::$kind(_) => JobKind::$kind,)+
                }
            }

            pub(crate) fn run(&self) -> JobResult {
                match self {
                    $(Self::$kind(job) => JobResult::$kind(job.key().clone(), Arc::new(job.run())),)+
                }
            }
        }

        /// Equal when the same comes of them.
        impl PartialEq for JobRequest {
            fn eq(&self, other: &Self) -> bool {
                match (self, other) {
                    $((Self::$kind(one), Self::$kind(other)) => one.key() == other.key(),)+
                    _ => false,
                }
            }
        }

        impl JobResult {
            pub(crate) const fn kind(&self) -> JobKind {
                match self {
                    $(Self::$kind(..) => JobKind::$kind,)+
                }
            }
        }

        impl JobResults {
            /// Whether a job is to be run: its result is not there, and it is
            /// not under way. From now on it is.
            pub(crate) fn begin(&mut self, request: &JobRequest) -> bool {
                match request {
                    $(JobRequest::$kind(job) => self.$slot.begin(job.key()),)+
                }
            }

            /// Takes in what came of a job; gives back what came of it before.
            pub(crate) fn take(&mut self, result: JobResult) -> Option<Discarded> {
                match result {
                    $(JobResult::$kind(key, output) => self.$slot.take(key, output),)+
                }
            }
        }
    };
}

jobs! {
    Review => review: review::ReviewJob,
    Sensitivity => sensitivity: sensitivity::SensitivityJob,
    NextPair => next_pair: duels::RoundJob,
    LookAhead => look_ahead: duels::RoundJob,
    Curiosities => curiosities: duels::CuriosityJob,
    Pulls => pulls: duels::PullJob,
    Taste => taste: taste::TasteJob,
    Similar => similar: similar::SimilarityJob,
}

impl JobKind {
    /// Whether its result is only drawn, so that no key has to wait for it.
    pub(crate) const fn is_only_drawn(self) -> bool {
        matches!(self, Self::Sensitivity | Self::LookAhead)
    }

    /// Whether it is run in case its result is wanted.
    pub(crate) const fn is_speculative(self) -> bool {
        matches!(self, Self::LookAhead)
    }
}
