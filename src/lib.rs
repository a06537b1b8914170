//! `prospect`: a terminal workbench for choosing what to research next.

pub mod command;
pub mod config;
pub mod domain;
pub mod judge;
pub mod store;
pub mod text;
pub mod tui;
