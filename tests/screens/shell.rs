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
    assert!(last_line(&rank("z3")).contains("headroom of "));
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

/// Keys that lead to every screen, page, box and list.
const EVERYWHERE: [&str; 66] = [
    "",
    "z",
    "s",
    "b1",
    "~",
    "/cache",
    "<enter>",
    "<enter>G",
    "<enter><enter>",
    "A",
    "w",
    "ww",
    "/tag:data<enter>",
    "<space><space>",
    "g2",
    "g2<enter>",
    "g2v<space>",
    "g2o",
    "g2yypd2pppp",
    "g2yypd2ppppo",
    "g2yypd2ppppw",
    "g2yppppppp<enter>",
    "g2yppppppp<enter>hhh",
    "g2yppppppp<enter>lllll",
    "g2yppppppp<enter>m",
    "g2yppppppp<enter>S",
    "g2yppppppp<enter>p",
    "g2d",
    "g2d6",
    "g2pppppppp",
    "g3",
    "g3z",
    "g3d",
    "g3p",
    "g3c",
    "g3f",
    "g4",
    "g4<enter>",
    "g4n",
    "g4nc",
    "g4t",
    "g4J",
    "g5",
    "g5p",
    "g5lll",
    "g6",
    "g6z",
    "g6]",
    "g6]]",
    "?",
    "!",
    ":",
    "g",
    "a",
    "L",
    "P",
    "F",
    "J",
    "C",
    "S",
    "p",
    "d",
    "m",
    "t",
    "i",
    ":theme<enter>",
];

#[test]
fn ascii_means_ascii_on_every_screen_and_in_every_box() {
    for keys in EVERYWHERE {
        let workspace = TestWorkspace::with_demo();
        let mut options = workspace.options();
        options.settings.ascii = true;
        let mut app = app_after(options, keys);
        for size in [NARROW, WIDE, (160, 50)] {
            app.resize(size);
            app.run_until_idle();
            let shown = app.screen().to_text();
            let other: String = shown.chars().filter(|c| !c.is_ascii()).collect();
            assert!(other.is_empty(), "{keys} at {size:?} shows {other}:\n{shown}");
        }
    }
}

#[test]
fn another_size_leaves_no_page_blank() {
    for keys in EVERYWHERE.into_iter().filter(|keys| keys.len() < 4 || keys.contains("<enter>")) {
        let workspace = TestWorkspace::with_demo();
        let mut app = app_after(workspace.options(), &format!("{keys}G<c-d>"));
        for size in [(200, 60), (60, 16), (160, 50), (80, 24)] {
            app.resize(size);
            app.run_until_idle();
            let shown = app.screen().to_text();
            let filled = |line: &&str| !line.trim_matches([' ', '│', '─']).is_empty();
            let body: Vec<&str> = shown.lines().skip(1).collect();
            let rows = body.len().saturating_sub(2);
            let upper = body[..rows / 2].iter().copied().filter(filled).count();
            assert!(upper > 0, "{keys} at {size:?}:\n{shown}");
        }
    }
}

#[test]
fn a_page_that_was_scrolled_begins_at_its_top_where_all_of_it_fits() {
    let large = (200, 120);
    for keys in ["g6z", "g6]", "?", "g4n<enter>"] {
        let workspace = TestWorkspace::with_demo();
        let mut app = app_after(workspace.options(), &format!("{keys}G"));
        app.resize(large);
        app.run_until_idle();
        assert_eq!(app.screen().to_text(), screen(keys, large), "{keys}");
    }
}

#[test]
fn with_marks_a_verb_acts_on_all_of_them_or_refuses() {
    let workspace = TestWorkspace::with_demo();
    let before = workspace.text();
    // Two are marked; the cursor stands on a third.
    for key in ["L", "N", "F", "P", "C", "S", "m", "r", "t", "i", "b", "e", "z7", "z=", "z~", "z-"]
    {
        let shown = workspace.press(&format!("<space><space>{key}"), NARROW).to_text();
        assert!(shown.contains("one idea at a time: Esc clears the marks"), "{key}: {shown}");
    }
    assert_eq!(workspace.text(), before);
    for (keys, asked) in [("p", "Park 2 marked ideas"), ("d", "Drop 2 marked ideas")] {
        let shown = workspace.press(&format!("<space><space>{keys}"), NARROW).to_text();
        assert!(shown.contains(asked), "{keys}: {shown}");
    }
    let marked = workspace.press("<space><space>", NARROW).to_text();
    assert!(marked.contains("2 marked · 23 of 27"), "{marked}");
    let cleared = workspace.press("<space><space><esc>", NARROW).to_text();
    assert!(!cleared.contains("marked"), "{cleared}");
    // On its page an idea is alone, whatever is marked behind it.
    let page = workspace.press("<space><space><enter>L", NARROW).to_text();
    assert!(page.contains("log for \"Surrogates that know when to call the solver\""), "{page}");
    let removed = workspace.press("<space><space>D", NARROW).to_text();
    assert!(removed.contains("21 of 25") && !removed.contains(" marked · "), "{removed}");
    workspace.press("u", NARROW);
    assert_eq!(workspace.text(), before);
}

#[test]
fn clicks_select_on_every_screen_and_a_second_one_acts() {
    let workspace = TestWorkspace::with_demo();
    let mut app = HeadlessApp::open(workspace.options(), NARROW).unwrap();
    let press = |app: &mut HeadlessApp, keys: &str| {
        for key in parse_keys(keys).unwrap() {
            app.run_until_idle();
            app.press(key);
        }
        app.run_until_idle();
    };
    // The row in which a text stands, beside the sign of the cursor or not.
    let row = |app: &HeadlessApp, text: &str| {
        let shown = app.screen().to_text();
        let at = shown.lines().position(|line| line.contains(text));
        u16::try_from(at.unwrap_or_else(|| panic!("{text}: {shown}"))).unwrap()
    };
    press(&mut app, "g4");
    let second = row(&app, "Where does low precision");
    app.click(10, second);
    assert!(app.screen().to_text().contains("▸ Where does low"), "{}", app.screen().to_text());
    press(&mut app, "g5");
    let third = row(&app, "Predict one big");
    app.click(60, third);
    let selected = row(&app, "▸Predict");
    assert_ne!(selected, third, "the list has moved below the pointer");
    app.click(60, third);
    app.run_until_idle();
    assert!(app.screen().to_text().contains("[g1 Rank]"), "{}", app.screen().to_text());
    press(&mut app, "g6");
    app.click(14, 1);
    assert!(app.screen().to_text().contains("[Forecasts]"), "{}", app.screen().to_text());
}
