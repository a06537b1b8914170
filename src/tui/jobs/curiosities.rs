//! Curiosities of the answers to duels: cycles and surprises.

use std::sync::Arc;

use crate::judge::duel::{Curiosities, Round};

use super::next_pair::RoundKey;
use super::slot::Job;

/// The curiosities of a round.
#[derive(Clone, Debug)]
pub(crate) struct CuriosityJob {
    pub key: RoundKey,
    pub round: Arc<Round>,
}

impl Job for CuriosityJob {
    type Key = RoundKey;
    type Output = Curiosities;

    fn key(&self) -> &RoundKey {
        &self.key
    }

    fn run(&self) -> Curiosities {
        Curiosities::of(&self.round)
    }
}
