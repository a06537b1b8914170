//! The screens of the workbench: a state, the keys that are pressed, the screen.
//!
//! Every test runs the real application on a copy of a real workspace; only
//! the terminal is replaced.

mod duels;
mod filters;
mod goals;
mod imports;
mod map;
mod notes;
mod review;
mod scripts;
mod settings;
mod shell;
#[path = "../support/mod.rs"]
mod support;
mod taste;
mod triage;

use insta::assert_snapshot;
use prospect::command::parse_keys;
use prospect::config::{Settings, Theme};
use prospect::domain::Date;
use prospect::text;
use prospect::tui::{self, HeadlessApp, Options};

use crate::support::{NARROW, TestWorkspace, WIDE, last_line, screen};

/// The workbench after some keys.
fn app_after(options: Options, keys: &str) -> HeadlessApp {
    let mut app = HeadlessApp::open(options, NARROW).unwrap();
    press_in(&mut app, keys);
    app
}

fn press_in(app: &mut HeadlessApp, keys: &str) {
    for key in parse_keys(keys).unwrap() {
        app.run_until_idle();
        app.press(key);
    }
    app.run_until_idle();
}

#[test]
fn the_first_screen() {
    assert_snapshot!("first_narrow", screen("", NARROW));
    assert_snapshot!("first_wide", screen("", WIDE));
}

#[test]
fn all_columns() {
    assert_snapshot!("columns_narrow", screen("z", NARROW));
    assert_snapshot!("columns_wide", screen("zl", WIDE));
}

#[test]
fn one_idea() {
    assert_snapshot!("idea_narrow", screen("/cache<enter><enter>", NARROW));
    assert_snapshot!("idea_end_narrow", screen("/cache<enter><enter>G", NARROW));
    assert_snapshot!("idea_wide", screen("/cache<enter>", WIDE));
}

#[test]
fn the_page_of_a_duplicate_names_the_other_one() {
    let keys = "aCanaries<space>that<space>reveal<space>leaked<space>test<space>questions<enter>";
    let page = screen(&format!("{keys}/canaries<enter><enter>"), WIDE);
    let twin = "Same as \"Canaries that reveal leaked test questions\"";
    assert!(page.contains("duplicate") && page.contains(twin), "{page}");
}

#[test]
fn finding_as_you_type() {
    assert_snapshot!("find", screen("/seeds error", NARROW));
    assert_snapshot!("find_kept", screen("/seeds error<enter>", NARROW));
    assert_snapshot!("find_nothing", screen("/qqq", NARROW));
    let back = screen("/seeds error<enter><esc>", NARROW);
    assert!(back.contains("23 of 27"), "{back}");
}

#[test]
fn finding_reaches_the_dropped_too() {
    let found = screen("/phrasings<enter>", NARROW);
    assert!(found.contains("Search for better prompt ph"), "{found}");
    assert!(found.contains("dropped"), "{found}");
}

#[test]
fn the_keys() {
    assert_snapshot!("help", screen("?", NARROW));
    assert_snapshot!("help_searched", screen("?/status<enter>", NARROW));
}

#[test]
fn every_command_by_name() {
    assert_snapshot!("palette", screen(":", NARROW));
    assert_snapshot!("palette_found", screen(":change the", NARROW));
    assert_snapshot!("palette_outside", screen(":imp", NARROW));
    assert_snapshot!("palette_goes_there", screen(":pick the left<enter>", NARROW));
    assert_snapshot!("palette_delete", screen(":delete", NARROW));
    assert_snapshot!("palette_settings", screen(":settings", NARROW));
    assert_snapshot!("palette_nothing", screen(":qqq", NARROW));
    let help = screen(":too close to call<enter>", NARROW);
    assert!(help.contains("Help") && help.contains("too close to call"), "{help}");
    assert_snapshot!("palette_refused", screen(":save<enter>", NARROW));
    assert_snapshot!("chord_menu", screen("g", NARROW));
    assert_snapshot!("completion", screen("t, da<tab>", NARROW));
}

#[test]
fn questions() {
    assert_snapshot!("ask_exact", screen("=", NARROW));
    assert_snapshot!("ask_exact_refused", screen("=<c-u>11<enter>", NARROW));
    assert_snapshot!("ask_range", screen("j~", NARROW));
    assert_snapshot!("ask_status", screen("s", NARROW));
    assert_snapshot!("ask_why", screen("s5too crowded", NARROW));
    assert_snapshot!("ask_log", screen("L3h 6 it works", NARROW));
    assert_snapshot!("ask_bet", screen("b", NARROW));
    assert_snapshot!("bet_card", screen("bj<enter>j", NARROW));
}

#[test]
fn a_rating_moves_the_rank_and_undo_brings_it_back() {
    let moved = screen("zjj0h0h0", NARROW);
    assert_snapshot!("rating_moved", moved);
    let undone = screen("zjj0u", NARROW);
    assert!(last_line(&undone).contains("Undone: "), "{undone}");
    let redone = screen("zjj0uU", NARROW);
    assert!(last_line(&redone).contains("Redone: "), "{redone}");
}

#[test]
fn what_is_typed_is_on_disk_and_nothing_else_has_changed() {
    let workspace = TestWorkspace::with_demo();
    let before = workspace.text();
    workspace.press("zj3", NARROW);
    let after = workspace.text();
    let changed: Vec<(&str, &str)> =
        before.lines().zip(after.lines()).filter(|(before, after)| before != after).collect();
    assert_eq!(changed, [("headroom = 8", "headroom = 3")]);
    // In another session, as after a restart.
    workspace.press("u", NARROW);
    assert_eq!(workspace.text(), before);
}

#[test]
fn a_new_idea_is_under_the_cursor() {
    let added = screen("aA fresh thought<enter>", NARROW);
    assert_snapshot!("added", added);
}

/// The demo with an editor that changes every 8 to another text.
fn with_editor(workspace: &TestWorkspace, editor: &str) -> Options {
    let settings = Settings { editor: Some(editor.to_owned()), ..Settings::default() };
    Options { settings, ..workspace.options() }
}

/// The screen after some keys, where editors are started.
#[cfg(unix)]
fn edited(options: Options, keys: &str) -> String {
    let mut app = HeadlessApp::open(options, NARROW).unwrap();
    for key in parse_keys(keys).unwrap() {
        app.run_until_idle();
        app.press(key);
    }
    app.run_until_idle();
    app.screen().to_text()
}

#[test]
fn without_a_person_no_editor_is_started() {
    let workspace = TestWorkspace::with_demo();
    let before = workspace.text();
    let options = with_editor(&workspace, "sed -i 's/^headroom = .*/headroom = 2/'");
    let shown = tui::replay(options, "e", NARROW).unwrap().to_text();
    assert!(last_line(&shown).contains("an editor needs a person at a terminal"), "{shown}");
    assert_eq!(workspace.text(), before);
}

#[cfg(unix)]
#[test]
fn an_idea_is_edited_as_text() {
    let workspace = TestWorkspace::with_demo();
    let before = workspace.text();
    let options = with_editor(&workspace, "sed -i 's/^headroom = .*/headroom = 2 # by hand/'");
    let shown = edited(options, "e");
    assert!(last_line(&shown).contains("u undoes"), "{shown}");
    let after = workspace.text();
    let changed = before.lines().zip(after.lines()).filter(|(before, after)| before != after);
    assert_eq!(changed.map(|(_, after)| after).collect::<Vec<_>>(), ["headroom = 2 # by hand"]);
    workspace.press("u", NARROW);
    assert_eq!(workspace.text(), before);
}

#[cfg(unix)]
#[test]
fn a_text_that_is_wrong_is_shown_with_its_line_and_changes_nothing() {
    let workspace = TestWorkspace::with_demo();
    let before = workspace.text();
    let options = with_editor(&workspace, "sed -i 's/^headroom = .*/headroom = 20/'");
    let shown = edited(options.clone(), "e");
    assert_snapshot!("edited_wrong", shown);
    let left = edited(options, "e2");
    assert!(!left.contains("back to line"), "{left}");
    assert_eq!(workspace.text(), before);
}

#[test]
fn the_ranking_in_ascii() {
    let workspace = TestWorkspace::with_demo();
    let settings = Settings { ascii: true, ..Settings::default() };
    let options = Options { settings, ..workspace.options() };
    assert_snapshot!("ascii", tui::replay(options, "", NARROW).unwrap().to_text());
}

#[test]
fn every_theme_has_colours_of_its_own() {
    let workspace = TestWorkspace::with_demo();
    let mut pictures: Vec<String> = Theme::ALL
        .iter()
        .map(|theme| {
            let settings = Settings { theme: Some(*theme), ..Settings::default() };
            let options = Options { settings, ..workspace.options() };
            tui::replay(options, "", NARROW).unwrap().to_svg()
        })
        .collect();
    pictures.sort_unstable();
    pictures.dedup();
    assert_eq!(pictures.len(), Theme::ALL.len());
}

#[test]
fn a_status_says_what_follows() {
    let parked = screen("s42027-01-15<enter>needs data<enter>", NARROW);
    assert!(parked.contains("parked until 2027-01-15"), "{parked}");
    let opened = screen("s3<c-s><enter>G", NARROW);
    assert!(opened.contains("active"), "{opened}");
}

#[test]
fn nothing_is_there_yet() {
    assert_snapshot!("empty", TestWorkspace::with("").press("", NARROW).to_text());
    let workspace = TestWorkspace::with("");
    let options = Options { workspace: None, ..workspace.options() };
    let welcome = tui::replay(options.clone(), "", NARROW).unwrap().to_text();
    assert!(welcome.contains("Welcome"), "{welcome}");
    let demo = tui::replay(options.clone(), "3", NARROW).unwrap().to_text();
    assert!(demo.contains("23 of 27"), "{demo}");
    let empty = tui::replay(options, "4aFirst<enter>", NARROW).unwrap().to_text();
    assert!(empty.contains("1 idea"), "{empty}");
}

const BROKEN: &str = r#"
[[idea]]
title = "Fine"

[[idea]]
title = "Off the scale"
[idea.ratings]
headroom = 11

[[idea]]
title = "Unknown word"
status = "resting"
"#;

#[test]
fn what_cannot_be_read_is_listed_with_its_place() {
    let workspace = TestWorkspace::with(BROKEN);
    let first = workspace.press("", NARROW).to_text();
    assert!(first.contains("2 problems (!)"), "{first}");
    let listed = workspace.press("!", (100, 24)).to_text();
    assert_snapshot!("problems", listed.replace(&workspace.home().display().to_string(), "…"));
}

/// Titles that would do harm if they reached the terminal raw, or that are as
/// wide as they look.
const HOSTILE: &str = r#"
[[idea]]
title = "red \u001b[31m and \u001b]0;title\u0007 and \u009b2J"
summary = "a \u202e reversed \u2066 one"
tags = ["\u001b[2J"]

[[idea]]
title = "日本語の研究テーマは二倍の幅で表示される、とても長い題名"

[[idea]]
title = "e\u0301tude with a combining accent, 👩‍🔬 and ﷽"

[[idea]]
title = "שלום: text from right to left"
"#;

#[test]
fn text_from_files_does_no_harm() {
    for (keys, size) in [
        ("", NARROW),
        ("z", NARROW),
        ("g2", NARROW),
        ("g2y", NARROW),
        ("<enter>", NARROW),
        ("", WIDE),
        ("/red", NARROW),
    ] {
        let shown = TestWorkspace::with(HOSTILE).press(keys, size).to_text();
        assert!(!shown.chars().any(|c| c.is_control() && c != '\n'), "{shown}");
        assert!(!shown.contains(['\u{202e}', '\u{2066}']), "{shown}");
        for line in shown.lines() {
            assert!(text::width(line) <= usize::from(size.0), "{line}");
        }
    }
    assert_snapshot!("hostile", TestWorkspace::with(HOSTILE).press("", NARROW).to_text());
}

#[test]
fn a_small_terminal_asks_for_room() {
    assert_snapshot!("too_small", screen("", (40, 10)));
    for size in [(1, 1), (0, 0), (59, 30), (80, 15)] {
        let shown = screen("", size);
        assert!(!shown.contains("Rank"), "{shown}");
    }
    assert!(screen("", (60, 16)).contains("Rank"));
}

#[test]
fn every_size_and_every_page_fits() {
    for keys in [
        "",
        "z",
        "<enter>G",
        "?G",
        "s",
        "b",
        "b1",
        "~",
        "A",
        "jjjjL",
        "g2",
        "g2yG",
        "g2d1o",
        "g4",
        "g4n<enter>G",
        "g4t",
    ] {
        let workspace = TestWorkspace::with_demo();
        let mut app = app_after(workspace.options(), keys);
        for size in [(60, 16), (71, 19), (99, 25), (100, 30), (133, 47), (250, 70)] {
            app.resize(size);
            press_in(&mut app, &format!("<esc>{keys}"));
            let shown = app.screen().to_text();
            assert_eq!(shown.lines().count(), usize::from(size.1), "{keys} at {size:?}");
            for line in shown.lines() {
                assert!(text::width(line) <= usize::from(size.0), "{keys} at {size:?}: {line}");
            }
        }
    }
}

#[test]
fn without_colour_the_picture_has_two_and_bold_stays() {
    let workspace = TestWorkspace::with_demo();
    let options = Options { color: false, ..workspace.options() };
    let picture = tui::replay(options, "", NARROW).unwrap().to_svg();
    let mut colors: Vec<&str> = picture
        .match_indices("fill=\"#")
        .map(|(at, found)| &picture[at + found.len()..at + found.len() + 6])
        .collect();
    colors.sort_unstable();
    colors.dedup();
    assert_eq!(colors, ["16191d", "d4d4cf"]);
    assert!(picture.contains("font-weight=\"bold\""));
}

#[test]
fn what_was_found_is_marked_in_the_title() {
    let picture = TestWorkspace::with_demo().press("/cache<enter>", WIDE).to_svg();
    let marked = picture.lines().find(|line| line.ends_with(">cache</text>")).unwrap();
    assert!(marked.contains("text-decoration=\"underline\""), "{marked}");
}

/// The demo on another day after some keys.
fn screen_on(day: Date, keys: &str, size: (u16, u16)) -> String {
    let workspace = TestWorkspace::with_demo();
    let options = Options { as_of: day, ..workspace.options() };
    tui::replay(options, keys, size).unwrap().to_text()
}

const EARLIER: Date = Date::constant(2026, 6, 15);
const LATER: Date = Date::constant(2027, 2, 1);

#[test]
fn the_review_asks_first_and_shows_the_evidence_after() {
    assert_snapshot!("review_question", screen("g4", NARROW));
    assert_snapshot!("review_evidence", screen("g4n", NARROW));
    assert_snapshot!("review_wide", screen("g4n", WIDE));
    let asked = screen("g4", NARROW);
    assert!(!asked.contains("219"), "hours are hidden until it is answered: {asked}");
}

#[test]
fn the_review_on_other_days() {
    assert_snapshot!("review_earlier", screen_on(EARLIER, "g4y", WIDE));
    assert_snapshot!("review_later", screen_on(LATER, "g4y", WIDE));
}

/// The rows above the messages.
fn list(screen: &str) -> String {
    let lines: Vec<&str> = screen.lines().collect();
    lines[..lines.len().saturating_sub(2)].join("\n")
}

#[test]
fn a_second_look_shows_cause_and_lesson() {
    assert_snapshot!("review_second_look", screen("g48j<enter>", NARROW));
    let looked = screen("g48jo1<enter>seen at a conference<enter>", NARROW);
    assert!(!list(&looked).contains("Search for better prompt phrasings"), "{looked}");
}

#[test]
fn whole_directions() {
    assert_snapshot!("review_by_tag", screen("g4t", WIDE));
}

#[test]
fn a_decision_needs_an_answer_and_a_reason() {
    let early = screen("g4d", NARROW);
    assert!(last_line(&early).contains("would you start this today?"), "{early}");
    let without = screen("g4nc<c-u><c-s>", NARROW);
    assert!(last_line(&without).contains("a reason is needed"), "{without}");
    let promise = screen("g4nc<c-u>still the best<enter>6w 70% t7 on long texts<enter>", NARROW);
    assert!(list(&promise).contains("✓ An index of what did not work"), "{promise}");
    assert_snapshot!(
        "review_promise",
        screen("g4nc<c-u>still the best<enter>6w 70% t7 on long", NARROW)
    );
}

/// Every decision of the review, taken on the demo.
const DECISIONS: [&str; 9] = [
    "g4nc still the best<enter>6w 70% t7 on long texts<enter>",
    "g4nv Short texts only<enter>long ones do not work<enter>",
    "g4np2027-03-01<enter>needs memory<enter>",
    "g4nd1<enter><enter>measure earlier<enter>a model with twice the memory<enter>",
    "g4Jn<esc>",
    "g4jnP 6w 55% t5<enter>",
    "g48jo3<enter><enter>",
    "g48jrshort<enter>the field came back<enter>",
    "g4jjjjy:from memory<enter>40h 2 4 5<enter>",
];

#[test]
fn undoing_every_decision_gives_back_the_same_bytes() {
    for keys in DECISIONS {
        let workspace = TestWorkspace::with_demo();
        let before = workspace.text();
        workspace.press(keys, NARROW);
        assert_ne!(workspace.text(), before, "{keys}");
        workspace.press("u", NARROW);
        assert_eq!(workspace.text(), before, "{keys}");
    }
}

#[test]
fn the_workbench_opens_where_a_decision_waits() {
    let workspace = TestWorkspace::with_demo();
    let opened =
        |options: Options, keys: &str| tui::replay(options, keys, NARROW).unwrap().to_text();
    let waiting = Options { demo: false, ..workspace.options() };
    assert!(opened(waiting.clone(), "").contains("── to decide"));
    let long_ago = Options { as_of: Date::constant(2024, 1, 1), ..waiting };
    assert!(!opened(long_ago, "").contains("to be decided"));
    assert!(!opened(workspace.options(), "").contains("to be decided"));
}

/// Forty ideas without a decision, in a file as people write them.
fn inbox_of_forty() -> String {
    let mut text = String::from("# caught on the train\n");
    for number in 1..=40 {
        let word =
            ["lenses", "tides", "moss", "ferries", "kilns", "spores", "dunes", "bells"][number % 8];
        text += &format!("\n[[idea]] # {number}\ntitle = \"Thought {number} about {word}\"\n");
        if number % 3 == 0 {
            text += "tags = [\"a\",  \"b\"]   # kept as it is\n";
        }
    }
    text
}

#[test]
fn an_inbox_of_forty_is_empty_after_sixty_keys_and_comes_back_byte_for_byte() {
    let workspace = TestWorkspace::with(&inbox_of_forty());
    let before = std::fs::read(workspace.ideas_file()).unwrap();
    // Twenty are dropped for a cause, twenty are parked.
    let decisions = "d1d2pp".repeat(10);
    assert_eq!(prospect::command::parse_keys(&decisions).unwrap().len(), 60);
    let done = workspace.press(&format!("g2{decisions}"), NARROW).to_text();
    assert!(done.contains("The inbox is empty: 20 parked, 20 dropped"), "{done}");
    assert_snapshot!("triage_over", done);
    // In another session, as after a restart.
    let undone = workspace.press(&"u".repeat(40), NARROW).to_text();
    assert_eq!(std::fs::read(workspace.ideas_file()).unwrap(), before);
    assert!(undone.contains("40 ideas"), "{undone}");
}

#[test]
fn the_first_pass() {
    assert_snapshot!("triage_first_pass", screen("g2", NARROW));
    assert_snapshot!("triage_first_pass_wide", screen("g2", WIDE));
    assert_snapshot!("triage_cause", screen("g2d", NARROW));
    let dropped = screen("g2d1", NARROW);
    assert!(last_line(&dropped).contains("Dropped"), "{dropped}");
    let parked = screen("g2p", NARROW);
    assert!(last_line(&parked).contains("Parked"), "{parked}");
    let other = screen("g2d6somebody did it<enter>o", NARROW);
    assert!(other.contains("somebody did it"), "{other}");
}

/// The first card that is kept is the first to be rated once the others are
/// parked and the pause is over.
const WEIGH: &str = "g2yppppppp<enter>";

#[test]
fn the_second_pass() {
    let weigh = |keys: &str| screen(&format!("{WEIGH}{keys}"), NARROW);
    assert_snapshot!("triage_second_pass", weigh(""));
    assert_snapshot!("triage_case", weigh("CA sentence<enter>"));
    assert_snapshot!("triage_park", weigh("p2w"));
    assert_snapshot!("triage_park_on", weigh("pseeds error"));
    assert_snapshot!("triage_promise", weigh("Sit is the cheapest<enter>"));
    assert_snapshot!("triage_merge", weigh("m<c-u>seeds error"));
    assert_snapshot!("triage_bet", weigh("lllll"));
    for (keys, word) in [
        ("s", "shortlisted"),
        (
            "Sthe tests are there<enter>one day<enter>next month, it works twice, 60 %<enter>",
            "started",
        ),
        ("Sit is cheap<c-s>", "started"),
        ("p2w<c-s>", "until 4 Dec 2026"),
        ("pseeds error<c-s>", "until error"),
        ("d3", "not for me"),
        ("m<c-u>seeds error<enter>", "merged into"),
    ] {
        let decided = weigh(keys);
        assert!(decided.contains("The inbox is empty"), "{keys}: {decided}");
        assert!(decided.contains(word), "{keys}: {decided}");
    }
}

#[test]
fn digits_alone_rate_an_idea() {
    let workspace = TestWorkspace::with("[[idea]]\ntitle = \"Unrated\"\n");
    let rated = workspace.press("g2y<enter>7890250", NARROW);
    assert_snapshot!("triage_rated", rated.to_text());
    let text = workspace.text();
    for line in ["simplicity = 7", "generality = 8", "longevity = 9", "headroom = 10"] {
        assert!(text.contains(line), "{text}");
    }
    assert!(text.contains("next-hot") && text.contains("chance = 0.1"), "{text}");
}

#[test]
fn every_decision_of_the_round_can_be_taken_back() {
    let workspace = TestWorkspace::with_demo();
    let before = workspace.text();
    let keys = format!("{WEIGH}m<c-u>seeds error<enter>");
    let all = workspace.press(&format!("{keys}G{}", "x".repeat(9)), NARROW).to_text();
    assert!(all.contains("Nothing decided yet"), "{all}");
    let decisions = |text: &str| text.matches("[[idea.decision]]").count();
    let after = workspace.text();
    assert_eq!(decisions(&after), decisions(&before));
    let waiting = workspace.press("g2", NARROW).to_text();
    assert!(waiting.contains("0 of 8"), "{waiting}");
    workspace.press(&"u".repeat(16), NARROW);
    let undone = workspace.text();
    assert!(undone == before, "undoing everything gives back the same bytes");
}

#[test]
fn keeping_and_skipping_are_taken_back_too() {
    let first = screen("g2", NARROW);
    let without_last_line = |screen: &str| screen.lines().take(22).collect::<Vec<_>>().join("\n");
    for keys in ["g2yu", "g2nu", "g2ynuu", "g2d1u"] {
        assert_eq!(without_last_line(&screen(keys, NARROW)), without_last_line(&first), "{keys}");
    }
}

#[test]
fn what_was_parked_comes_back_and_says_why() {
    let workspace = TestWorkspace::with(
        "[[idea]]\ntitle = \"Back\"\nstatus = \"parked\"\nparked_until = 2026-11-01\n\n\
         [[idea]]\ntitle = \"Waits\"\nstatus = \"parked\"\nparked_until = 2027-11-01\n",
    );
    let shown = workspace.press("g2", NARROW).to_text();
    assert!(shown.contains("was parked until 2026-11-01"), "{shown}");
    assert!(shown.contains("0 of 1"), "{shown}");
}

#[test]
fn a_card_reminds_of_what_was_given_up_and_why() {
    let workspace = TestWorkspace::with(
        "[[idea]]\ntitle = \"Sort galaxies by shape with volunteers\"\nstatus = \"abandoned\"\n\
         [[idea.decision]]\ndate = 2026-01-02\nfrom = \"inbox\"\nto = \"abandoned\"\n\
         why = \"somebody else has the telescope time\"\n\n\
         [[idea]]\ntitle = \"Let volunteers sort galaxies by their shape\"\n\n\
         [[idea]]\ntitle = \"Bread with less salt\"\n",
    );
    let shown = workspace.press("g2", NARROW).to_text();
    assert_snapshot!("triage_reminder", shown);
    let other = workspace.press("g2n", NARROW).to_text();
    assert!(other.contains("Bread"), "{other}");
    assert!(!other.contains("≈") && other.contains("Later, at the end: "), "{other}");
}

#[test]
fn an_idea_is_caught_in_one_line() {
    let caught =
        TestWorkspace::with("").press("g2aA fresh thought #moss @mara !next", NARROW).to_text();
    assert_snapshot!("triage_capture", caught);
    let workspace = TestWorkspace::with("");
    workspace.press("aA fresh thought #moss @mara !next<enter>", NARROW);
    let text = workspace.text();
    for part in ["\"A fresh thought\"", "\"moss\"", "\"mara\"", "\"next-hot\""] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn screens_are_reached_by_number_and_by_tab() {
    for keys in ["g2", "<tab>", "<s-tab><s-tab><s-tab><s-tab><s-tab>", "g2g1<tab>"] {
        assert!(screen(keys, NARROW).contains("Pass 1"), "{keys}");
    }
    let nowhere = screen("g9", NARROW);
    assert!(last_line(&nowhere).contains("there is no screen 9"), "{nowhere}");
}

#[test]
fn a_new_idea_never_gets_the_id_of_one_that_cannot_be_read() {
    let workspace =
        TestWorkspace::with("[[idea]]\nid = \"x-y\"\ntitle = \"Broken\"\nstatus = \"no\"\n");
    let shown = workspace.press("aX<space>y<enter>", NARROW).to_text();
    assert!(last_line(&shown).contains("Added \"X y\""), "{shown}");
}
