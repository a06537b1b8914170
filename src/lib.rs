//! `prospect`: a terminal workbench for choosing what to research next.

pub mod config;
pub mod domain;
pub mod judge;
pub mod report;
pub mod store;
