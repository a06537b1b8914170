//! The Map screen, and the certainty shown on the Rank screen.

use std::fs;

use insta::assert_snapshot;

use crate::support::{NARROW, TestWorkspace, WIDE, last_line, screen};

/// What the demo's workspace sets, before and after some keys.
fn settings_after(keys: &str) -> (String, String) {
    let workspace = TestWorkspace::with_demo();
    let file = workspace.file("prospect.toml");
    let before = fs::read_to_string(&file).unwrap();
    workspace.press(keys, NARROW);
    (before, fs::read_to_string(&file).unwrap())
}

#[test]
fn risk_against_reward_and_the_balance() {
    assert_snapshot!("map_narrow", screen("g5", NARROW));
    assert_snapshot!("map_wide", screen("g5jjj", WIDE));
}

#[test]
fn a_weight_is_moved_and_the_ranking_follows() {
    let moved = screen("g5<gt><gt>", NARROW);
    assert_snapshot!("map_moved", moved);
    assert!(moved.contains('▲') && moved.contains('▼'), "{moved}");
    let dropped = screen("g5<gt><gt>x", NARROW);
    assert_eq!(dropped, screen("g5", NARROW), "dropped with one key");
    assert_eq!(screen("g5<gt><gt><esc>", NARROW), dropped, "and with Esc");
    let back = screen("g5llhh", NARROW);
    assert!(!back.contains("y keeps it"), "moved back is not moved: {back}");
}

#[test]
fn what_is_kept_is_written_and_undone_to_the_byte() {
    let (before, kept) = settings_after("g5<gt><gt><gt>y");
    assert_ne!(before, kept);
    assert!(kept.contains("headroom = 0.4"), "{kept}");
    let untouched = before.lines().filter(|line| !line.contains(" = 0."));
    assert!(untouched.into_iter().all(|line| kept.contains(line)), "{kept}");
    let (before, undone) = settings_after("g5<gt><gt><gt>yu");
    assert_eq!(before, undone);
    let said = screen("g5<gt><gt><gt>y", NARROW);
    assert!(last_line(&said).contains("weights changed · u undoes"), "{said}");
}

#[test]
fn what_was_kept_is_in_force_everywhere_and_after_a_restart() {
    let workspace = TestWorkspace::with_demo();
    workspace.press("g5<gt><gt><gt><gt><gt><gt>y", NARROW);
    let rank = workspace.press("", NARROW).to_text();
    assert_ne!(rank, screen("", NARROW));
    let undone = workspace.press("u", NARROW).to_text();
    assert!(last_line(&undone).contains("Undone: weights changed"), "{undone}");
    assert_eq!(workspace.press("", NARROW).to_text(), screen("", NARROW));
}

#[test]
fn the_dials_are_the_five_weights_and_no_more() {
    let (_, kept) = settings_after("g5]]l]<lt><lt>y");
    assert!(kept.contains("generality = 0.1\n"), "{kept}");
    let all_round = screen("g5]]]]]", NARROW);
    assert_eq!(all_round, screen("g5", NARROW));
    assert!(!all_round.contains("appetite") && !all_round.contains("a hit"), "{all_round}");
}

#[test]
fn the_idea_under_the_cursor_comes_along() {
    let workspace = TestWorkspace::with_demo();
    let title = "Surrogates that know when to call the solver";
    let map = workspace.press("jjg5", NARROW).to_text();
    assert!(map.contains(&format!("#3 {title}")), "{map}");
    // The Triage screen does not list it, and it is not forgotten there.
    let back = workspace.press("jjg5g2g4g1", WIDE).to_text();
    let cursor = back.lines().find(|line| line.starts_with('▸')).unwrap_or_default();
    assert!(cursor.contains("Surrogates"), "{back}");
    let opened = workspace.press("g5jj<enter>", WIDE).to_text();
    assert!(opened.lines().any(|line| line.starts_with('▸') && line.contains("Surrogates")));
}

#[test]
fn a_portfolio_is_suggested_with_a_reason_for_each() {
    assert_snapshot!("map_portfolio", screen("g5pjj", NARROW));
    assert_snapshot!("map_portfolio_wide", screen("g5p<gt><gt>jjj", WIDE));
    let none = screen("g5p<lt><lt><lt><lt><lt><lt>", NARROW);
    assert!(none.contains("no hours are free"), "{none}");
}

#[test]
fn a_workspace_without_bets_says_so() {
    let workspace = TestWorkspace::with("[[idea]]\ntitle = \"One\"\n[[idea]]\ntitle = \"Two\"\n");
    let text = workspace.press("g5", NARROW).to_text();
    assert!(text.contains("2 without a place on the map"), "{text}");
    assert!(text.contains("nothing is active"), "{text}");
    let empty = TestWorkspace::with("# nothing yet\n").press("g5", NARROW).to_text();
    assert!(empty.contains("no ideas yet: a adds the first"), "{empty}");
}

#[test]
fn no_size_is_too_much_for_the_map() {
    for size in [(60, 16), (61, 17), (100, 20), (200, 60)] {
        for keys in ["g5", "g5<gt>", "g5p"] {
            assert!(screen(keys, size).contains("Map"), "{size:?}");
        }
    }
}

#[test]
fn the_cheapest_question_is_gone_to() {
    let asked = screen("c", NARROW);
    assert!(asked.lines().any(|line| line.starts_with('▸')), "{asked}");
    let said = last_line(&asked);
    assert!(said.contains("If "), "{asked}");
    // Once it is settled, it is another one.
    let settled = screen("c9c", NARROW);
    let at = |screen: &str| screen.lines().find(|line| line.starts_with('▸')).map(str::to_owned);
    assert_ne!(at(&asked), at(&settled), "{settled}");
}

#[test]
fn neighbours_that_cannot_be_told_apart_are_held_together() {
    let rank = screen("", NARROW);
    assert!(rank.contains("1╭ Train on") && rank.contains("3╰ Surrogates"), "{rank}");
    // Sorted otherwise, neighbours are no neighbours.
    let sorted = screen("o2", NARROW);
    assert!(!sorted.contains('╭'), "{sorted}");
    let page = screen("j<enter>", WIDE);
    assert!(page.contains("are too close to call"), "{page}");
}
