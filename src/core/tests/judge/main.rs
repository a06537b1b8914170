//! The judgements against numbers that independent programs computed, against
//! brute force, and against the laws that they must obey.

mod calibration;
mod duels;
mod score;
mod similarity;
mod traction;
mod robustness {
    mod oracles;
    mod properties;
    mod support;
}
