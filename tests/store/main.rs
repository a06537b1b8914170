//! The store against real files.

mod desk;
mod edits;
mod rewrites;
