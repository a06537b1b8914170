//! The workbench.

pub mod finder;
mod theme;
pub mod widgets;
