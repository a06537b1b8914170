//! The robustness of a ranking, against numbers that independent programs
//! computed, against brute force, and against the laws that it must obey.

mod robustness {
    mod oracles;
    mod properties;
    mod support;
}
