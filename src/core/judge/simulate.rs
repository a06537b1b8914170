//! Simulations that reproduce the accuracy figures which the documentation
//! states: invented ideas whose truth is known, judged by the same code as
//! real ones.

mod duels;
mod stall;

pub use duels::{
    Checkpoint, DuelSimulation, Method, Rubric, SCENARIOS, Scenario, ScenarioResult, StopResult,
};
pub use stall::{
    Detector, LIFETIME_ENTRIES, LabelledGroup, LabelledLogs, LabelledRow, Lifetime, LifetimeShape,
    NaiveRule, SINGLE_LOOK_ENTRIES, SingleLook, StallSimulation,
};
