//! The store against real files.

mod crash;
mod desk;
mod edits;
mod faults;
mod files;
mod law;
mod merge;
mod outside;
mod surroundings;
