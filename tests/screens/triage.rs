//! Triage: many cards at once, and what a restart must not lose.

use insta::assert_snapshot;

use crate::{Desk, NARROW, last_line, screen};

/// Ideas with tags, in the inbox.
fn inbox(ideas: &[(&str, &str)]) -> String {
    let idea = |(title, tag): &(&str, &str)| {
        format!("[[idea]]\ntitle = \"{title}\" # mine\ntags = [\"{tag}\"]\n\n")
    };
    ideas.iter().map(idea).collect()
}

const FOUR: [(&str, &str); 4] =
    [("Moss on roofs", "moss"), ("Bread", "food"), ("Moss in jars", "moss"), ("Soup", "food")];

fn text(desk: &Desk) -> String {
    std::fs::read_to_string(desk.file()).unwrap()
}

#[test]
fn all_with_a_tag_are_dropped_in_a_handful_of_keys_and_come_back_in_one() {
    let desk = Desk::with(&inbox(&FOUR));
    let before = text(&desk);
    let keys = "g2/tag:moss<enter>*d2";
    let shown = desk.press(keys, NARROW).to_text();
    assert!(shown.contains("2 of 4"), "{shown}");
    assert!(last_line(&shown).contains("moss-on-roofs: abandoned, and 1 more"), "{shown}");
    assert_eq!(text(&desk).matches("why = \"taken\"").count(), 2);
    desk.press("u", NARROW);
    assert_eq!(text(&desk), before);
}

#[test]
fn the_cards_are_listed_found_and_marked() {
    let listed = |keys: &str| Desk::with(&inbox(&FOUR)).press(keys, NARROW).to_text();
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
        let desk = Desk::with(&inbox(&FOUR));
        desk.press(&format!("g2v{keys}"), NARROW);
        text(&desk).matches("[[idea.decision]]").count()
    };
    assert_eq!(decided("d1"), 1);
    assert_eq!(decided("<space><space>d1"), 2);
    assert_eq!(decided("<space>j<space>p"), 2);
    assert_eq!(decided("*d1"), 4);
    assert_eq!(decided("**d1"), 1);
    assert_eq!(decided("*<esc>d1"), 1);
    let kept = Desk::with(&inbox(&FOUR)).press("g2v*y<esc>", NARROW).to_text();
    assert!(kept.contains("Second pass"), "{kept}");
    let undone = Desk::with(&inbox(&FOUR)).press("g2v*y<esc>u", NARROW).to_text();
    assert!(undone.contains("First pass") && undone.contains("0 of 4"), "{undone}");
}

#[test]
fn each_of_many_decisions_can_be_taken_back_by_itself() {
    let desk = Desk::with(&inbox(&FOUR));
    let shown = desk.press("g2v*d3jx", NARROW).to_text();
    assert!(shown.contains("3 dropped"), "{shown}");
    assert_eq!(text(&desk).matches("[[idea.decision]]").count(), 3);
}

#[test]
fn a_status_for_all_that_are_marked_is_one_step() {
    let desk = Desk::with(&inbox(&FOUR));
    let before = text(&desk);
    let shown = desk.press("/tag:food<enter>*s", NARROW).to_text();
    assert!(shown.contains("2 marked ideas are now"), "{shown}");
    desk.press("/tag:food<enter>*s5seen elsewhere<enter>", NARROW);
    assert_eq!(text(&desk).matches("why = \"seen elsewhere\"").count(), 2);
    desk.press("u", NARROW);
    assert_eq!(text(&desk), before);
    let parked = screen("<space><space>s4wait<enter>2w<enter>", NARROW);
    assert!(last_line(&parked).contains("and 1 more"), "{parked}");
}
