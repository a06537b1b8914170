//! The store against real files.

mod crash;
mod desk;
mod duels;
mod edits;
mod faults;
mod files;
mod fuzz;
mod law;
mod merge;
mod outside;
mod people;
mod rewrites;
mod settings;
mod surroundings;
