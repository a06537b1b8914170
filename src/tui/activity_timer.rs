//! Time spent choosing: measured between two inputs on a screen made for it.
//! The time itself comes in as data.

use std::time::Duration;

use crate::domain::{Date, Deliberation, Spell};

/// Longest time that counts between two inputs: after that the user is taken to
/// be away. A judgement.
const IDLE_CUTOFF: Duration = Duration::from_secs(120);

/// After so much the time is written down: what a crash can lose.
const WRITTEN_AFTER: Duration = Duration::from_secs(300);

#[derive(Debug, Default)]
pub(super) struct ActivityTimer {
    /// What was measured before, here and in other workbenches.
    before: Vec<Spell>,
    /// What was measured since, in the order of [`Deliberation::ALL`].
    running: [Duration; Deliberation::ALL.len()],
    /// How much of that has been written down.
    written: [Duration; Deliberation::ALL.len()],
    now: Duration,
    last_activity: Duration,
}

impl ActivityTimer {
    /// Goes on from what was measured before, here and elsewhere.
    pub(super) fn resume_from(&mut self, before: Vec<Spell>) {
        self.before = before;
    }

    /// Takes note of the time since the program began.
    pub(super) fn set_time(&mut self, now: Duration) {
        self.now = now;
    }

    /// Records an input; until now this activity was on screen.
    pub(super) fn record_activity(&mut self, on: Option<Deliberation>) {
        let since = self.now.saturating_sub(self.last_activity).min(IDLE_CUTOFF);
        self.last_activity = self.now;
        if let Some(on) = on {
            self.running[index(on)] += since;
        }
    }

    /// Everything that was measured, on a day that counts as today.
    #[must_use]
    pub(super) fn spells(&self, today: Date) -> Vec<Spell> {
        let running = Deliberation::ALL.iter().zip(self.running);
        let running = running.map(|(&on, time)| Spell { day: today, on, time });
        self.before.iter().copied().chain(running).collect()
    }

    /// What is to be written down now, in whole seconds: when there is enough
    /// of it, or at the end. Counts as written from then on.
    pub(super) fn drain(&mut self, today: Date, at_the_end: bool) -> Vec<Spell> {
        let open: Duration = self.running.iter().zip(self.written).map(|(all, w)| *all - w).sum();
        if !at_the_end && open < WRITTEN_AFTER {
            return Vec::new();
        }
        let mut spells = Vec::new();
        for &on in Deliberation::ALL {
            let (all, written) = (self.running[index(on)], &mut self.written[index(on)]);
            let time = Duration::from_secs((all - *written).as_secs());
            if !time.is_zero() {
                *written += time;
                spells.push(Spell { day: today, on, time });
            }
        }
        spells
    }
}

/// Its place in [`Deliberation::ALL`].
const fn index(on: Deliberation) -> usize {
    on as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date::constant(2026, 3, 1);

    fn at(activity_timer: &mut ActivityTimer, seconds: u64, on: Option<Deliberation>) {
        activity_timer.set_time(Duration::from_secs(seconds));
        activity_timer.record_activity(on);
    }

    fn spell(on: Deliberation, seconds: u64) -> Spell {
        Spell { day: TODAY, on, time: Duration::from_secs(seconds) }
    }

    #[test]
    fn idle_time_and_other_screens_do_not_count() {
        let mut activity_timer = ActivityTimer::default();
        at(&mut activity_timer, 10, None);
        at(&mut activity_timer, 25, Some(Deliberation::Triage));
        at(&mut activity_timer, 3625, Some(Deliberation::Triage));
        at(&mut activity_timer, 3630, Some(Deliberation::Duel));
        assert_eq!(activity_timer.drain(TODAY, false), []);
        let taken = activity_timer.drain(TODAY, true);
        assert_eq!(taken, [spell(Deliberation::Triage, 135), spell(Deliberation::Duel, 5)]);
        assert_eq!(activity_timer.drain(TODAY, true), []);
    }

    #[test]
    fn parts_of_a_second_are_not_lost_and_nothing_is_written_twice() {
        let mut activity_timer = ActivityTimer::default();
        activity_timer.resume_from(vec![spell(Deliberation::Map, 60)]);
        for tenth in 1..=3005 {
            activity_timer.set_time(Duration::from_millis(100 * tenth));
            activity_timer.record_activity(Some(Deliberation::Review));
        }
        assert_eq!(activity_timer.drain(TODAY, false), [spell(Deliberation::Review, 300)]);
        at(&mut activity_timer, 301, Some(Deliberation::Review));
        assert_eq!(activity_timer.drain(TODAY, true), [spell(Deliberation::Review, 1)]);
        let all: Duration = activity_timer.spells(TODAY).iter().map(|spell| spell.time).sum();
        assert_eq!(all, Duration::from_secs(361));
    }
}
