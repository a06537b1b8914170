//! `prospect`: a terminal workbench for choosing what to research next.

pub mod cli;
pub mod command;
pub mod config;
pub mod demo;
mod editor;
pub mod exchange;
pub mod find;
mod import_source;
mod regular_file;
pub mod report;
pub mod store;
pub mod text;
mod toml_value;
pub mod tui;

use prospect_core::parallel;
pub use prospect_core::{domain, judge};
