//! The real binary: commands, exit codes, JSON, faults.

#[path = "cli/asking.rs"]
mod asking;
#[path = "cli/bench.rs"]
mod bench;
#[path = "cli/commands.rs"]
mod commands;
#[path = "cli/documents.rs"]
mod documents;
#[path = "cli/duels.rs"]
mod duels;
#[path = "cli/exchange.rs"]
mod exchange;
#[path = "cli/faults.rs"]
mod faults;
#[path = "cli/help.rs"]
mod help;
#[path = "cli/mistakes.rs"]
mod mistakes;
#[path = "cli/practice.rs"]
mod practice;
#[path = "cli/rank.rs"]
mod rank;
#[path = "cli/review.rs"]
mod review;
#[path = "cli/robust.rs"]
mod robust;
#[path = "cli/schema.rs"]
mod schema;
#[path = "cli/settings.rs"]
mod settings;
#[path = "cli/workbench.rs"]
mod workbench;
