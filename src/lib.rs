//! `prospect`: a terminal workbench for choosing what to research next.

pub mod domain;
