//! The pure part of prospect: what ideas are ([`domain`]) and what follows from
//! them ([`judge`]). A crate of its own, so that it cannot name a file format,
//! a terminal or a setting even by mistake, and so that it alone is compiled
//! for speed.

#![warn(missing_docs, unreachable_pub)]

pub mod domain;
pub mod judge;
