//! The store against real files.

mod crash;
mod duels;
mod edits;
mod faults;
mod files;
mod fuzz;
mod git_merge;
mod goals;
mod law;
mod merge;
mod outside;
mod people;
mod recorded;
mod rewrites;
mod settings;
#[path = "../support/mod.rs"]
mod support;
mod surroundings;
