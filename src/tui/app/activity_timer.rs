//! Time spent choosing: measured between two inputs on a screen made for it.
//! The time itself comes in as data.

use std::time::Duration;

use crate::domain::{Activity, Date, TimeEntry};

/// Longest time that counts between two inputs: after that the user is taken
/// to be away. A judgement.
const IDLE_CUTOFF: Duration = Duration::from_secs(120);

/// After so much the time is written down: what a crash can lose.
const WRITTEN_AFTER: Duration = Duration::from_secs(300);

#[derive(Debug, Default)]
pub(crate) struct ActivityTimer {
    /// What was measured before, here and in other workbenches.
    before: Vec<TimeEntry>,
    /// What was measured since, in the order of [`Activity::ALL`].
    running: [Duration; Activity::ALL.len()],
    /// How much of that has been written down.
    written: [Duration; Activity::ALL.len()],
    now: Duration,
    last_activity: Duration,
}

impl ActivityTimer {
    /// Goes on from what was measured before, here and elsewhere.
    pub(crate) fn resume_from(&mut self, before: Vec<TimeEntry>) {
        self.before = before;
    }

    /// Takes note of the time since the program began.
    pub(crate) fn set_time(&mut self, now: Duration) {
        self.now = now;
    }

    /// Records an input; until now this activity was on screen.
    pub(crate) fn record_activity(&mut self, on: Option<Activity>) {
        let since = self.now.saturating_sub(self.last_activity).min(IDLE_CUTOFF);
        self.last_activity = self.now;
        if let Some(on) = on {
            self.running[index(on)] += since;
        }
    }

    /// Everything that was measured, on a day that counts as today.
    pub(crate) fn time_spent(&self, today: Date) -> Vec<TimeEntry> {
        let running = Activity::ALL.iter().zip(self.running);
        let running = running.map(|(&on, time)| TimeEntry { day: today, on, time });
        self.before.iter().copied().chain(running).collect()
    }

    /// What is to be written down now, in whole seconds: when there is enough
    /// of it, or at the end. Counts as written from then on.
    pub(crate) fn drain(&mut self, today: Date, at_the_end: bool) -> Vec<TimeEntry> {
        let open: Duration = self.running.iter().zip(self.written).map(|(all, w)| *all - w).sum();
        if !at_the_end && open < WRITTEN_AFTER {
            return Vec::new();
        }
        let mut time_spent = Vec::new();
        for &on in Activity::ALL {
            let (all, written) = (self.running[index(on)], &mut self.written[index(on)]);
            let time = Duration::from_secs((all - *written).as_secs());
            if !time.is_zero() {
                *written += time;
                time_spent.push(TimeEntry { day: today, on, time });
            }
        }
        time_spent
    }
}

const fn index(on: Activity) -> usize {
    on as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date::constant(2026, 3, 1);

    fn at(activity_timer: &mut ActivityTimer, seconds: u64, on: Option<Activity>) {
        activity_timer.set_time(Duration::from_secs(seconds));
        activity_timer.record_activity(on);
    }

    fn time_entry(on: Activity, seconds: u64) -> TimeEntry {
        TimeEntry { day: TODAY, on, time: Duration::from_secs(seconds) }
    }

    #[test]
    fn idle_time_and_other_screens_do_not_count() {
        let mut activity_timer = ActivityTimer::default();
        at(&mut activity_timer, 10, None);
        at(&mut activity_timer, 25, Some(Activity::Triage));
        at(&mut activity_timer, 3625, Some(Activity::Triage));
        at(&mut activity_timer, 3630, Some(Activity::Duel));
        assert_eq!(activity_timer.drain(TODAY, false), []);
        let taken = activity_timer.drain(TODAY, true);
        assert_eq!(taken, [time_entry(Activity::Triage, 135), time_entry(Activity::Duel, 5)]);
        assert_eq!(activity_timer.drain(TODAY, true), []);
    }

    #[test]
    fn parts_of_a_second_are_not_lost_and_nothing_is_written_twice() {
        let mut activity_timer = ActivityTimer::default();
        activity_timer.resume_from(vec![time_entry(Activity::Map, 60)]);
        for tenth in 1..=3005 {
            activity_timer.set_time(Duration::from_millis(100 * tenth));
            activity_timer.record_activity(Some(Activity::Review));
        }
        assert_eq!(activity_timer.drain(TODAY, false), [time_entry(Activity::Review, 300)]);
        at(&mut activity_timer, 301, Some(Activity::Review));
        assert_eq!(activity_timer.drain(TODAY, true), [time_entry(Activity::Review, 1)]);
        let all: Duration =
            activity_timer.time_spent(TODAY).iter().map(|time_entry| time_entry.time).sum();
        assert_eq!(all, Duration::from_secs(361));
    }
}
