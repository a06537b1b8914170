//! What belongs to no screen: counts, panes, long texts, conflicts.

use super::*;

#[test]
fn a_count_goes_in_front_of_a_motion() {
    let rank = |keys: &str| screen(keys, NARROW);
    for (counted, plain) in [
        ("#5j", "jjjjj"),
        ("#12G", "jjjjjjjjjjj"),
        ("G#3k", "Gkkk"),
        ("#3gg", "jj"),
        ("#2l", "ll"),
        ("#999j", "G"),
        ("#5<esc>j", "j"),
        ("#15<bs>j", "j"),
    ] {
        assert_eq!(rank(counted), rank(plain), "{counted}");
    }
    // Where digits mean nothing else they need nothing in front.
    assert_eq!(screen("g43j", NARROW), screen("g4jjj", NARROW));
    assert_eq!(screen("?10j", NARROW), screen("?jjjjjjjjjj", NARROW));
    assert_snapshot!("count", rank("#12"));
    assert!(last_line(&rank("#3D")).contains("\"remove\" takes no count"));
    // A digit on its own still rates.
    assert!(last_line(&rank("3")).contains("headroom 3"));
}
