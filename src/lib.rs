//! `prospect`: a terminal workbench for choosing what to research next.

pub mod cli;
pub mod command;
pub mod config;
pub mod demo;
pub mod domain;
pub mod exchange;
pub mod judge;
pub mod nearest;
pub mod report;
pub mod store;
pub mod text;
mod toml_value;
pub mod tui;
