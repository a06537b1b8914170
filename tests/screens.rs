//! What the workbench shows: a state, the keys that are pressed, the screen.
//!
//! Every test runs the real application on a copy of a real workspace; only
//! the terminal is replaced.

use std::path::PathBuf;

use insta::assert_snapshot;
use prospect::config::{Paths, Settings};
use prospect::tui::{self, Options, Screen};
use prospect::{demo, text};
use tempfile::TempDir;

const NARROW: (u16, u16) = (80, 24);
const WIDE: (u16, u16) = (120, 40);

/// A workspace that is gone with the test.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn with_demo() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        demo::unpack(&desk.workspace()).unwrap();
        desk
    }

    fn with(ideas: &str) -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        std::fs::create_dir(desk.workspace()).unwrap();
        std::fs::write(desk.file(), ideas).unwrap();
        desk
    }

    fn workspace(&self) -> PathBuf {
        self.folder.path().join("desk")
    }

    fn file(&self) -> PathBuf {
        self.workspace().join("ideas.toml")
    }

    fn options(&self) -> Options {
        let place = |name: &str| self.folder.path().join(name);
        Options {
            workspace: Some(self.workspace()),
            paths: Paths {
                config: place("config.toml"),
                workspace: place("new"),
                state: place("state"),
            },
            settings: Settings::default(),
            as_of: demo::DAY,
            color: true,
            demo: true,
        }
    }

    fn press(&self, keys: &str, size: (u16, u16)) -> Screen {
        tui::replay(self.options(), keys, size).unwrap()
    }
}

/// The demo after some keys.
fn screen(keys: &str, size: (u16, u16)) -> String {
    Desk::with_demo().press(keys, size).to_text()
}

fn last_line(screen: &str) -> &str {
    screen.lines().last().unwrap_or_default()
}

#[test]
fn the_first_sight() {
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
fn finding_as_you_type() {
    assert_snapshot!("find", screen("/seeds error", NARROW));
    assert_snapshot!("find_kept", screen("/seeds error<enter>", NARROW));
    assert_snapshot!("find_nothing", screen("/qqq", NARROW));
    let back = screen("/seeds error<enter><esc>", NARROW);
    assert!(back.contains("23 of 27 ideas"), "{back}");
}

#[test]
fn finding_reaches_the_abandoned_too() {
    let found = screen("/phrasings<enter>", NARROW);
    assert!(found.contains("Search for better prompt ph"), "{found}");
    assert!(found.contains("abandoned"), "{found}");
}

#[test]
fn the_keys() {
    assert_snapshot!("help", screen("?", NARROW));
    assert_snapshot!("help_searched", screen("?/status<enter>", NARROW));
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
    let moved = screen("jj0h0h0", NARROW);
    assert_snapshot!("rating_moved", moved);
    let undone = screen("jj0u", NARROW);
    assert!(last_line(&undone).contains("undid: "), "{undone}");
    let redone = screen("jj0uU", NARROW);
    assert!(last_line(&redone).contains("did again: "), "{redone}");
}

#[test]
fn what_is_typed_is_on_disk_and_nothing_else_has_changed() {
    let desk = Desk::with_demo();
    let before = std::fs::read_to_string(desk.file()).unwrap();
    desk.press("j3", NARROW);
    let after = std::fs::read_to_string(desk.file()).unwrap();
    let changed: Vec<(&str, &str)> =
        before.lines().zip(after.lines()).filter(|(before, after)| before != after).collect();
    assert_eq!(changed, [("headroom = 8", "headroom = 3")]);
    // In another session, as after a restart.
    desk.press("u", NARROW);
    assert_eq!(std::fs::read_to_string(desk.file()).unwrap(), before);
}

#[test]
fn a_new_idea_is_under_the_cursor() {
    let added = screen("aA fresh thought<enter>", NARROW);
    assert_snapshot!("added", added);
}

#[test]
fn a_status_says_what_follows() {
    let parked = screen("s4needs data<enter>2027-01-15<enter>", NARROW);
    assert!(parked.contains("parked until 2027-01-15"), "{parked}");
    let opened = screen("s3cheap to try<enter><enter>G", NARROW);
    assert!(opened.contains("cheap to try"), "{opened}");
}

#[test]
fn nothing_is_there_yet() {
    assert_snapshot!("empty", Desk::with("").press("", NARROW).to_text());
    let desk = Desk::with("");
    let options = Options { workspace: None, ..desk.options() };
    let welcome = tui::replay(options.clone(), "", NARROW).unwrap().to_text();
    assert!(welcome.contains("Welcome"), "{welcome}");
    let demo = tui::replay(options.clone(), "2", NARROW).unwrap().to_text();
    assert!(demo.contains("23 of 27 ideas"), "{demo}");
    let empty = tui::replay(options, "1aFirst<enter>", NARROW).unwrap().to_text();
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
    let desk = Desk::with(BROKEN);
    let first = desk.press("", NARROW).to_text();
    assert!(first.contains("2 ideas cannot be read (!)"), "{first}");
    assert_snapshot!("problems", desk.press("!", (100, 24)).to_text());
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
        let shown = Desk::with(HOSTILE).press(keys, size).to_text();
        assert!(!shown.chars().any(|c| c.is_control() && c != '\n'), "{shown}");
        assert!(!shown.contains(['\u{202e}', '\u{2066}']), "{shown}");
        for line in shown.lines() {
            assert!(text::width(line) <= usize::from(size.0), "{line}");
        }
    }
    assert_snapshot!("hostile", Desk::with(HOSTILE).press("", NARROW).to_text());
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
    let desk = Desk::with_demo();
    for size in [(60, 16), (71, 19), (99, 25), (100, 30), (133, 47), (250, 70)] {
        for keys in
            ["", "z", "g2", "g2yG", "g2d1o", "<enter>G", "?G", "s", "b", "b1", "~", "A", "jjjjL"]
        {
            let shown = desk.press(&format!("{keys}<esc>{keys}"), size).to_text();
            assert_eq!(shown.lines().count(), usize::from(size.1), "{keys} at {size:?}");
            for line in shown.lines() {
                assert!(text::width(line) <= usize::from(size.0), "{keys} at {size:?}: {line}");
            }
        }
    }
}

#[test]
fn without_colour_the_picture_has_two_and_bold_stays() {
    let desk = Desk::with_demo();
    let options = Options { color: false, ..desk.options() };
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
    let picture = Desk::with_demo().press("/cache<enter>", NARROW).to_svg();
    let marked = picture.lines().find(|line| line.ends_with(">cache</text>")).unwrap();
    assert!(marked.contains("text-decoration=\"underline\""), "{marked}");
}

/// Forty thoughts that nobody has looked at, in a file as people write them.
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
    let desk = Desk::with(&inbox_of_forty());
    let before = std::fs::read(desk.file()).unwrap();
    // Twenty are dropped for a cause, twenty are parked.
    let decisions = "d1d2pp".repeat(10);
    assert_eq!(prospect::command::parse_keys(&decisions).unwrap().len(), 60);
    let done = desk.press(&format!("g2{decisions}"), NARROW).to_text();
    assert!(done.contains("The inbox is empty: 20 parked, 20 dropped"), "{done}");
    assert_snapshot!("triage_over", done);
    // In another session, as after a restart.
    let undone = desk.press(&"u".repeat(40), NARROW).to_text();
    assert_eq!(std::fs::read(desk.file()).unwrap(), before);
    assert!(undone.contains("40 ideas"), "{undone}");
}

#[test]
fn the_first_pass() {
    assert_snapshot!("triage_first_pass", screen("g2", NARROW));
    assert_snapshot!("triage_first_pass_wide", screen("g2", WIDE));
    assert_snapshot!("triage_cause", screen("g2d", NARROW));
    let dropped = screen("g2d1", NARROW);
    assert!(last_line(&dropped).contains("abandoned"), "{dropped}");
    let parked = screen("g2p", NARROW);
    assert!(last_line(&parked).contains("parked"), "{parked}");
    let other = screen("g2d6somebody did it<enter>o", NARROW);
    assert!(other.contains("somebody did it"), "{other}");
}

/// The first card that is kept is the first to be weighed once the others are
/// parked.
const WEIGH: &str = "g2yppppppp";

#[test]
fn the_second_pass() {
    let weigh = |keys: &str| screen(&format!("{WEIGH}{keys}"), NARROW);
    assert_snapshot!("triage_second_pass", weigh(""));
    assert_snapshot!("triage_case", weigh("s"));
    assert_snapshot!("triage_park", weigh("p2w"));
    assert_snapshot!("triage_park_on", weigh("pseeds error"));
    assert_snapshot!("triage_promise", weigh("Snext month<enter>"));
    assert_snapshot!("triage_merge", weigh("m<c-u>seeds error"));
    assert_snapshot!("triage_bet", weigh("jjjj"));
    for (keys, word) in [
        ("sA sentence<enter><enter>a clerk<enter>one evening<enter>", "shortlisted"),
        ("Snext month<enter>it works twice<enter>60<enter>", "started"),
        ("S<enter>", "started"),
        ("p2w<enter>", "until 2026-12-04"),
        ("pseeds error<enter>", "until error"),
        ("d3", "not mine"),
        ("m<c-u>seeds error<enter>", "merged into"),
    ] {
        let decided = weigh(keys);
        assert!(decided.contains("The inbox is empty"), "{keys}: {decided}");
        assert!(decided.contains(word), "{keys}: {decided}");
    }
}

#[test]
fn digits_alone_rate_an_idea() {
    let desk = Desk::with("[[idea]]\ntitle = \"Unrated\"\n");
    let rated = desk.press("g2y7890250", NARROW);
    assert_snapshot!("triage_rated", rated.to_text());
    let text = std::fs::read_to_string(desk.file()).unwrap();
    for line in ["simplicity = 7", "generality = 8", "longevity = 9", "headroom = 10"] {
        assert!(text.contains(line), "{text}");
    }
    assert!(text.contains("next-hot") && text.contains("chance = 0.1"), "{text}");
}

#[test]
fn every_decision_of_the_round_can_be_taken_back() {
    let desk = Desk::with_demo();
    let before = std::fs::read_to_string(desk.file()).unwrap();
    let keys = format!("{WEIGH}m<c-u>seeds error<enter>");
    let all = desk.press(&format!("{keys}G{}", "x".repeat(8)), NARROW).to_text();
    assert!(all.contains("Nothing decided yet"), "{all}");
    let decisions = |text: &str| text.matches("[[idea.decision]]").count();
    let after = std::fs::read_to_string(desk.file()).unwrap();
    assert_eq!(decisions(&after), decisions(&before));
    let waiting = desk.press("g2", NARROW).to_text();
    assert!(waiting.contains("0 of 8"), "{waiting}");
    desk.press(&"u".repeat(16), NARROW);
    let undone = std::fs::read_to_string(desk.file()).unwrap();
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
    let desk = Desk::with(
        "[[idea]]\ntitle = \"Back\"\nstatus = \"parked\"\nparked_until = 2026-11-01\n\n\
         [[idea]]\ntitle = \"Waits\"\nstatus = \"parked\"\nparked_until = 2027-11-01\n",
    );
    let shown = desk.press("g2", NARROW).to_text();
    assert!(shown.contains("was parked until 2026-11-01"), "{shown}");
    assert!(shown.contains("0 of 1"), "{shown}");
}

#[test]
fn a_card_reminds_of_what_was_given_up_and_why() {
    let desk = Desk::with(
        "[[idea]]\ntitle = \"Sort galaxies by shape with volunteers\"\nstatus = \"abandoned\"\n\
         [[idea.decision]]\ndate = 2026-01-02\nfrom = \"inbox\"\nto = \"abandoned\"\n\
         why = \"somebody else has the telescope time\"\n\n\
         [[idea]]\ntitle = \"Let volunteers sort galaxies by their shape\"\n\n\
         [[idea]]\ntitle = \"Bread with less salt\"\n",
    );
    let shown = desk.press("g2", NARROW).to_text();
    assert_snapshot!("triage_reminder", shown);
    let other = desk.press("g2n", NARROW).to_text();
    assert!(other.contains("Bread"), "{other}");
    assert!(!other.contains("galaxies"), "{other}");
}

#[test]
fn an_idea_is_caught_in_one_line() {
    let caught = Desk::with("").press("g2aA fresh thought #moss @mara !next", NARROW).to_text();
    assert_snapshot!("triage_capture", caught);
    let desk = Desk::with("");
    desk.press("aA fresh thought #moss @mara !next<enter>", NARROW);
    let text = std::fs::read_to_string(desk.file()).unwrap();
    for part in ["\"A fresh thought\"", "\"moss\"", "\"mara\"", "\"next-hot\""] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn screens_are_reached_by_number_and_by_tab() {
    for keys in ["g2", "<tab>", "<s-tab>", "g2g1<tab>"] {
        assert!(screen(keys, NARROW).contains("First pass"), "{keys}");
    }
    let nowhere = screen("g9", NARROW);
    assert!(last_line(&nowhere).contains("there is no screen 9"), "{nowhere}");
}
