//! Simulations that reproduce the accuracy figures which the documentation
//! states: invented ideas whose truth is known, judged by the same code as
//! real ones.

mod duels;
mod stall;
mod taste;

use std::num::NonZero;
use std::thread;

pub use duels::{
    Checkpoint, DuelSimulation, Method, Rubric, SCENARIOS, Scenario, ScenarioResult, StopResult,
};
pub use stall::{
    Detector, LIFETIME_ENTRIES, LabelledGroup, LabelledLogs, LabelledRow, Lifetime, LifetimeShape,
    NaiveRule, SINGLE_LOOK_ENTRIES, SingleLook, StallSimulation,
};
pub use taste::{CHOOSERS, Chooser, TasteRow, TasteSimulation};

/// The results of `runs` independent runs in their order, on as many threads as
/// there are processors. However many those are, the results are the same.
fn in_parallel<T: Send>(runs: usize, run: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let run = &run;
    let mut results: Vec<(usize, T)> = thread::scope(|scope| {
        let share = |first: usize| {
            move || (first..runs).step_by(threads).map(|at| (at, run(at))).collect::<Vec<_>>()
        };
        let workers: Vec<_> = (0..threads).map(|first| scope.spawn(share(first))).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
    });
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}
