//! The judgements against numbers that independent programs computed, against
//! brute force, and against the laws that they must obey.

mod duels;
mod oracles;
mod quarter;
mod robustness;
mod similarity;
