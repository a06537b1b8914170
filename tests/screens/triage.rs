//! Triage: many cards at once, and what survives a restart.

use insta::assert_snapshot;

use crate::support::{NARROW, TestWorkspace, last_line, screen};

/// Ideas with tags, in the inbox.
fn inbox(ideas: &[(&str, &str)]) -> String {
    let idea = |(title, tag): &(&str, &str)| {
        format!("[[idea]]\ntitle = \"{title}\" # mine\ntags = [\"{tag}\"]\n\n")
    };
    ideas.iter().map(idea).collect()
}

const FOUR: [(&str, &str); 4] =
    [("Moss on roofs", "moss"), ("Bread", "food"), ("Moss in jars", "moss"), ("Soup", "food")];

fn text(workspace: &TestWorkspace) -> String {
    workspace.text()
}

#[test]
fn all_with_a_tag_are_dropped_in_a_handful_of_keys_and_come_back_in_one() {
    let workspace = TestWorkspace::with(&inbox(&FOUR));
    let before = text(&workspace);
    let keys = "g2/tag:moss<enter>*d2";
    let shown = workspace.press(keys, NARROW).to_text();
    assert!(shown.contains("2 of 4"), "{shown}");
    assert!(last_line(&shown).contains("moss-on-roofs: dropped, and 1 more"), "{shown}");
    assert_eq!(text(&workspace).matches("why = \"others have it\"").count(), 2);
    workspace.press("u", NARROW);
    assert_eq!(text(&workspace), before);
}

#[test]
fn the_cards_are_listed_found_and_marked() {
    let listed = |keys: &str| TestWorkspace::with(&inbox(&FOUR)).press(keys, NARROW).to_text();
    assert_snapshot!("triage_list", listed("g2yv"));
    assert_snapshot!("triage_filter", listed("g2/tag:moss<enter>"));
    assert_snapshot!("triage_marked", listed("g2/tag:moss<enter>*"));
    assert_snapshot!("triage_cause_of_many", listed("g2/tag:moss<enter>*d"));
    assert_snapshot!("triage_nothing_found", listed("g2/qqq<enter>"));
    let back = listed("g2/qqq<enter><esc>");
    assert!(back.contains("0 of 4"), "{back}");
}

#[test]
fn a_decision_in_the_list_is_about_the_marked_or_the_one_under_the_cursor() {
    let decided = |keys: &str| {
        let workspace = TestWorkspace::with(&inbox(&FOUR));
        workspace.press(&format!("g2v{keys}"), NARROW);
        text(&workspace).matches("[[idea.decision]]").count()
    };
    assert_eq!(decided("d1"), 1);
    assert_eq!(decided("<space><space>d1"), 2);
    assert_eq!(decided("<space>j<space>p"), 2);
    assert_eq!(decided("*d1"), 4);
    assert_eq!(decided("**d1"), 1);
    assert_eq!(decided("*<esc>d1"), 1);
    let kept = TestWorkspace::with(&inbox(&FOUR)).press("g2v*y<esc>", NARROW).to_text();
    assert!(kept.contains("Second pass"), "{kept}");
    let undone = TestWorkspace::with(&inbox(&FOUR)).press("g2v*y<esc>u", NARROW).to_text();
    assert!(undone.contains("First pass") && undone.contains("0 of 4"), "{undone}");
}

#[test]
fn each_of_many_decisions_can_be_taken_back_by_itself() {
    let workspace = TestWorkspace::with(&inbox(&FOUR));
    let shown = workspace.press("g2v*d3jx", NARROW).to_text();
    assert!(shown.contains("3 dropped"), "{shown}");
    assert_eq!(text(&workspace).matches("[[idea.decision]]").count(), 3);
}

#[test]
fn a_status_for_all_that_are_marked_is_one_step() {
    let workspace = TestWorkspace::with(&inbox(&FOUR));
    let before = text(&workspace);
    let shown = workspace.press("/tag:food<enter>*s", NARROW).to_text();
    assert!(shown.contains("2 marked ideas are now"), "{shown}");
    workspace.press("/tag:food<enter>*s5seen elsewhere<c-s>", NARROW);
    assert_eq!(text(&workspace).matches("why = \"seen elsewhere\"").count(), 2);
    workspace.press("u", NARROW);
    assert_eq!(text(&workspace), before);
    let parked = screen("<space><space>s42w<c-s>", NARROW);
    assert!(last_line(&parked).contains("and 1 more"), "{parked}");
}

/// The screen after each of several sittings, the program being started anew
/// for each.
fn sittings(workspace: &TestWorkspace, keys: &[&str]) -> Vec<String> {
    keys.iter().map(|keys| workspace.press(keys, NARROW).to_text()).collect()
}

#[test]
fn a_restart_goes_on_where_the_last_sitting_ended() {
    let workspace = TestWorkspace::with(&inbox(&FOUR));
    let before = text(&workspace);
    let shown = sittings(&workspace, &["g2yn", "g2", "g2yy", "g2", "g2uuuu"]);
    assert!(shown[1].contains("Moss in jars") && shown[1].contains("1 of 4"), "{}", shown[1]);
    assert!(shown[3].contains("Second pass") && shown[3].contains("0 of 3"), "{}", shown[3]);
    assert!(shown[4].contains("First pass") && shown[4].contains("0 of 4"), "{}", shown[4]);
    assert_eq!(text(&workspace), before, "what is no decision is not in the file");
}

#[test]
fn what_was_decided_before_a_restart_can_be_taken_back_after_it() {
    let workspace = TestWorkspace::with(&inbox(&FOUR));
    let shown = sittings(&workspace, &["g2d1p", "g2o", "g2d2d3", "g2", "g2jx", "g2jj"]);
    assert!(shown[1].contains("So far: 1 parked, 1 dropped"), "{}", shown[1]);
    assert!(shown[3].contains("The inbox is empty: 1 parked, 3 dropped"), "{}", shown[3]);
    assert!(shown[4].contains("So far: 3 dropped"), "{}", shown[4]);
    assert!(shown[5].contains("Bread") && shown[5].contains("3 of 4"), "{}", shown[5]);
}

#[test]
fn a_round_that_is_over_is_not_the_next_one() {
    let workspace = TestWorkspace::with(&inbox(&FOUR[..2]));
    let shown = sittings(&workspace, &["g2yd1d1", "g2", "aFresh<enter>", "g2"]);
    assert!(shown[1].contains("2 dropped"), "{}", shown[1]);
    assert!(shown[3].contains("0 of 1"), "{}", shown[3]);
}

#[test]
fn a_full_inbox_takes_sixty_keys_and_undo_gives_back_the_same_bytes() {
    let titles: Vec<String> = (1..=40).map(|n| format!("Half a thought, number {n}")).collect();
    let ideas: Vec<(&str, &str)> = titles.iter().map(|title| (title.as_str(), "new")).collect();
    let workspace = TestWorkspace::with(&format!("# my own words\n\n{}", inbox(&ideas)));
    let before = text(&workspace);
    let (morning, evening) = ("d1p".repeat(12), "pd4".repeat(8));
    assert_eq!(morning.len() + evening.len(), 60);
    let shown =
        sittings(&workspace, &[&format!("g2{morning}"), "g2", &format!("g2{evening}"), "g2", "q"]);
    assert!(shown[1].contains("24 of 40"), "{}", shown[1]);
    assert_snapshot!("triage_summary", shown[2]);
    assert!(shown[3].contains("The inbox is empty: 20 parked, 20 dropped"), "{}", shown[3]);
    assert_eq!(text(&workspace).matches("[[idea.decision]]").count(), 40);
    let shown = sittings(&workspace, &["g2uuuuuuuuuuuuu", "g2", &"u".repeat(27)]);
    assert!(shown[1].contains("27 of 40"), "{}", shown[1]);
    assert!(text(&workspace) == before, "undoing everything gives back the same bytes");
    let again = workspace.press("g2", NARROW).to_text();
    assert!(again.contains("0 of 40"), "{again}");
}

#[test]
fn what_people_disagree_on_is_said_on_rank() {
    let workspace = TestWorkspace::with_demo();
    let found = workspace.press("g1/flag:disputed<enter><enter>", NARROW).to_text();
    assert!(
        found.contains("disputed: longevity") || found.contains("disputed: headroom"),
        "{found}"
    );
    let column = workspace.press("g1/flag:disputed<enter>z", (160, 40)).to_text();
    assert!(column.contains("disputed"), "{column}");
}
