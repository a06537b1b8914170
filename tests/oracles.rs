//! The judge against numbers that independent programs computed.

mod oracles {
    mod calibration;
    mod score;
    mod traction;
}
