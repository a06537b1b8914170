//! Parts shared by all screens: counts, panes, long texts, conflicts.

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
    assert!(last_line(&rank("z3")).contains("headroom 3"));
}

#[test]
fn the_divider_moves_and_stays_where_it_was_put() {
    let workspace = TestWorkspace::with_demo();
    assert_snapshot!("divider_beside", workspace.press("{{{{", WIDE).to_text());
    assert_snapshot!("divider_below", workspace.press("{{{", NARROW).to_text());
    assert_eq!(
        workspace.press("", NARROW).to_text(),
        workspace.press("}}}}}}}}}}}}}}}}}}}}{{{{{{{", NARROW).to_text()
    );
}

#[test]
fn traction_is_drawn_over_hours_or_over_time() {
    let page = |keys: &str| screen(&format!("/cache<enter><enter>{keys}"), (80, 40));
    assert_snapshot!("traction_hours", page("jjjjjjjj"));
    assert_snapshot!("traction_time", page("xjjjjjjjj"));
    assert_eq!(page("xxjjjjjjjj"), page("jjjjjjjj"));
}

/// The smallest and a large size.
#[test]
fn every_screen_at_60_by_16_and_at_160_by_50() {
    let places = [
        ("rank", "g1"),
        ("triage", "g2"),
        ("duel", "g3"),
        ("review", "g4"),
        ("map", "g5"),
        ("taste", "g6"),
    ];
    for (name, keys) in places {
        assert_snapshot!(format!("small_{name}"), screen(keys, (60, 16)));
        assert_snapshot!(format!("large_{name}"), screen(keys, (160, 50)));
    }
    for (name, keys) in [("help", "?"), ("palette", ":"), ("prompt", "L"), ("columns", "z")] {
        assert_snapshot!(format!("small_{name}"), screen(keys, (60, 16)));
    }
}

#[test]
fn every_question_about_days_tags_and_people_completes_them() {
    for (keys, line) in [
        ("aTrace it #rea<tab>", "Trace it #reasoning"),
        ("aTrace it @ma<tab> !n<tab>", "Trace it @Mara !next"),
        ("t, eff<tab>", "reasoning, data, agents, efficiency"),
        ("s4next m<tab>", "Until  next month"),
        ("s4when<tab>", "Until  when-to-stop"),
        ("/flag:sunk<tab>", "> flag:sunk-cost"),
        ("/person:<tab>", "> person:"),
        ("g4P<c-u>3<tab>", "> 3 months"),
    ] {
        let text = screen(keys, WIDE);
        assert!(text.contains(line), "{keys}: {line}: {text}");
    }
}
