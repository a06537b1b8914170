//! A hash that outlives the program.

/// FNV-1a (Fowler, Noll, Vo 1991), 64 bits: the same in every version, which
/// the hasher of the standard library does not promise. Not for secrets.
///
/// ```
/// assert_eq!(prospect_core::domain::fnv_1a(b"a"), 0xaf63_dc4c_8601_ec8c);
/// ```
#[must_use]
pub fn fnv_1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
