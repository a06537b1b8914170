//! The Taste screen.

use std::fs;

use insta::assert_snapshot;
use prospect::config::Settings;
use prospect::tui;

use crate::{Desk, NARROW, WIDE, last_line, screen};

/// Ninety answers about the ideas of the demo, made up: by somebody to whom
/// simplicity is nearly everything.
const DUELS: &str = include_str!("../fixtures/taste/duels.toml");

/// The demo with these duels in place of its own.
fn desk_with(duels: &str) -> Desk {
    let desk = Desk::with_demo();
    fs::write(desk.workspace().join("duels.toml"), duels).unwrap();
    desk
}

/// What the workspace sets, if it sets anything.
fn settings(desk: &Desk) -> Option<String> {
    fs::read_to_string(desk.workspace().join("prospect.toml")).ok()
}

#[test]
fn too_few_answers_give_ranges_and_no_number() {
    let few = screen("g6", NARROW);
    assert_snapshot!("taste_few_narrow", few);
    assert!(few.contains("25 of at least 40 answers"), "{few}");
    assert!(!few.contains('●'), "no weight is named: {few}");
    assert_snapshot!("taste_few_wide", screen("g6", WIDE));
    let refused = screen("g6A", NARROW);
    assert!(last_line(&refused).contains("too few answers to adopt anything"), "{refused}");
}

#[test]
fn enough_answers_reveal_weights_and_disagreements() {
    let desk = desk_with(DUELS);
    let shown = desk.press("g6", NARROW).to_text();
    assert_snapshot!("taste_narrow", shown);
    assert!(shown.contains("You weigh simplicity more than you say, and headroom less"), "{shown}");
    assert_snapshot!("taste_wide", desk.press("g6jj", WIDE).to_text());
    assert_snapshot!("taste_statistics", desk.press("g6z", NARROW).to_text());
    let end = desk.press("g6zG", NARROW).to_text();
    assert!(end.contains("0 of 10 pairs") && end.contains("last 30 days"), "{end}");
    assert_eq!(desk.press("g6zGz", NARROW).to_text(), shown, "and back");
}

#[test]
fn it_can_be_read_in_ascii_and_without_colour() {
    let desk = desk_with(DUELS);
    let mut options = desk.options();
    options.settings = Settings { ascii: true, ..Settings::default() };
    options.color = false;
    let shown = tui::replay(options, "g6", NARROW).unwrap().to_text();
    assert_snapshot!("taste_ascii", shown);
    assert!(shown.is_ascii(), "{shown}");
}

#[test]
fn a_disagreement_is_opened_on_the_rank_screen() {
    let desk = desk_with(DUELS);
    let taste = desk.press("g6j", NARROW).to_text();
    let under_cursor = taste.lines().find(|line| line.contains('▸')).unwrap();
    let title = under_cursor.split(['▲', '▼']).nth(1).unwrap();
    let title = title.trim().split("  ").next().unwrap();
    let opened = desk.press("g6j<enter>", WIDE).to_text();
    let cursor = opened.lines().find(|line| line.starts_with('▸')).unwrap_or_default();
    assert!(cursor.contains(&title[..20]), "{title}\n{opened}");
}

#[test]
fn adopting_is_shown_first_and_left_with_one_key() {
    let desk = desk_with(DUELS);
    let before = settings(&desk);
    let asked = desk.press("g6A", NARROW).to_text();
    assert_snapshot!("taste_adoption", asked);
    assert!(asked.contains('▲') && asked.contains('▼'), "{asked}");
    let overview = desk.press("g6", NARROW).to_text();
    for leave in ["g6An", "g6A<esc>", "g6AG<esc>"] {
        assert_eq!(desk.press(leave, NARROW).to_text(), overview, "{leave}");
    }
    assert_eq!(settings(&desk), before);
}

#[test]
fn what_is_adopted_is_one_edit_and_undone_to_the_byte() {
    let desk = desk_with(DUELS);
    let before = settings(&desk).unwrap();
    let adopted = desk.press("g6Ay", NARROW).to_text();
    assert_snapshot!("taste_adopted", adopted);
    assert!(last_line(&adopted).contains("weights and taste changed · u undoes"), "{adopted}");
    let after = settings(&desk).unwrap();
    for line in ["simplicity = 0.397", "[taste]\nsimplicity = 0.15\n", "# also caps the score"] {
        assert!(after.contains(line.trim_start_matches("# ")), "{line}\n{after}");
    }
    let ranked = desk.press("", NARROW).to_text();
    assert_ne!(ranked, desk_with(DUELS).press("", NARROW).to_text(), "it is in force");
    let undone = desk.press("u", NARROW).to_text();
    assert!(last_line(&undone).contains("undid: weights and taste changed"), "{undone}");
    assert_eq!(settings(&desk).unwrap(), before);
    desk.press("U", NARROW);
    assert_eq!(settings(&desk).unwrap(), after, "and done again");
}

#[test]
fn a_workspace_that_sets_nothing_sets_nothing_again() {
    let desk = desk_with(DUELS);
    fs::remove_file(desk.workspace().join("prospect.toml")).unwrap();
    desk.press("g6Ay", NARROW);
    assert!(settings(&desk).unwrap().contains("[taste]"));
    desk.press("u", NARROW);
    assert_eq!(settings(&desk).unwrap_or_default(), "");
}

/// The rows of the weights: name, stated, bar, revealed.
fn revealed(screen: &str) -> Vec<String> {
    let rows =
        screen.lines().skip_while(|line| !line.contains("weight     stated")).skip(1).take(5);
    rows.map(|row| row.split('%').nth(1).unwrap_or_default().replace(['○', '─', '━'], "")).collect()
}

#[test]
fn no_duel_counts_twice() {
    let desk = desk_with(DUELS);
    let before = revealed(&desk.press("g6", NARROW).to_text());
    assert_eq!(before.len(), 5);
    let adopted = desk.press("g6Ay", NARROW).to_text();
    assert_eq!(revealed(&adopted), before, "the same duels reveal the same weights");
    let file = settings(&desk);
    let again = desk.press("g6A", NARROW).to_text();
    assert!(last_line(&again).contains("adopted already"), "{again}");
    desk.press("g6Ayy", NARROW);
    assert_eq!(settings(&desk), file, "adopting twice changes nothing");
    // A weight that is moved by hand later is compared, and not a new prior.
    let text = file.unwrap().replace("simplicity = 0.397", "simplicity = 0.8");
    fs::write(desk.workspace().join("prospect.toml"), text).unwrap();
    let moved = desk.press("g6", NARROW).to_text();
    assert_eq!(revealed(&moved), before, "{moved}");
}

#[test]
fn nobody_else_counts() {
    let theirs = desk_with(&DUELS.replace("by = \"me\"", "by = \"ana\""));
    let shown = theirs.press("g6", NARROW).to_text();
    assert_snapshot!("taste_of_another", shown);
    assert!(shown.contains("0 of at least 40 answers"), "{shown}");
    // Half of the answers are mine.
    let mut ids = 0;
    let mixed: String = DUELS
        .lines()
        .map(|line| {
            ids += usize::from(line.starts_with("id"));
            let line = if ids % 2 == 0 { line.replace("\"me\"", "\"ana\"") } else { line.into() };
            line + "\n"
        })
        .collect();
    let shown = desk_with(&mixed).press("g6", NARROW).to_text();
    assert!(shown.contains("from 45 answers about 21 ideas; not counted: 45 of ana"), "{shown}");
}

#[test]
fn a_workspace_with_nothing_in_it() {
    let empty = Desk::with("# nothing yet\n");
    assert_snapshot!("taste_nothing", empty.press("g6", NARROW).to_text());
    for keys in ["g6A", "g6z", "g6<enter>", "g6L", "g6/", "g6jGgg"] {
        assert!(empty.press(keys, NARROW).to_text().contains("6 Taste"), "{keys}");
    }
}

#[test]
fn no_size_is_too_much_for_it() {
    let desk = desk_with(DUELS);
    for size in [(60, 16), (61, 17), (100, 20), (200, 60)] {
        for keys in ["g6", "g6z", "g6A", "g6G"] {
            let shown = desk.press(keys, size).to_text();
            assert!(shown.contains("Taste"), "{size:?} {keys}");
        }
    }
}
