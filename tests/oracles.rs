//! The judge against numbers that independent programs computed.

mod oracles {
    mod score;
    mod traction;
}
