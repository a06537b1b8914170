//! Searches that are saved under names.

use insta::assert_snapshot;

use crate::support::{NARROW, TestWorkspace, last_line, screen};

/// Searches for active or shortlisted ideas and saves that as `now`.
const SAVE: &str = "/status:active status:short<enter>Wnow<enter>";

#[test]
fn a_search_is_saved_recalled_and_forgotten_and_all_is_undone() {
    let workspace = TestWorkspace::with_demo();
    let settings = workspace.file("prospect.toml");
    let before = std::fs::read_to_string(&settings).unwrap();
    let saved = workspace.press(SAVE, NARROW).to_text();
    assert_snapshot!("filter_saved", saved);
    let after = std::fs::read_to_string(&settings).unwrap();
    assert!(after.starts_with(&before), "only the end is new");
    assert!(after.contains("[filters]\nnow = \"status:active status:short\"\n"), "{after}");
    // By its name, from the list of names, and from the palette.
    let recalled = workspace.press("/@n<tab><enter>", NARROW).to_text();
    assert!(recalled.contains("idea · @now: active or shortlist"), "{recalled}");
    assert_eq!(workspace.press("fnow<enter>", NARROW).to_text(), recalled);
    assert_eq!(workspace.press(":@now<enter>", NARROW).to_text(), recalled);
    assert_snapshot!("filter_list", workspace.press("f", NARROW).to_text());
    assert_snapshot!("filter_typed", workspace.press("/@now seeds", NARROW).to_text());
    // Saved under the same name, another one takes its place.
    let other = workspace.press("/tag:eval<enter>Wnow", NARROW).to_text();
    assert!(last_line(&other).contains("in place of: status:active status:short"), "{other}");
    workspace.press("/tag:eval<enter>Wnow<enter>:forget-filter<enter><enter>", NARROW);
    assert!(!std::fs::read_to_string(&settings).unwrap().contains("now ="));
    workspace.press("uuu", NARROW);
    assert_eq!(std::fs::read_to_string(&settings).unwrap(), before);
}

#[test]
fn what_cannot_be_saved_says_why() {
    for (keys, says) in [
        ("W", "nothing is searched for: / first"),
        ("f", "no filter is saved yet: / finds, W saves what it finds by"),
        ("/staus:active<enter>W", "there is no condition \"staus:\"; did you mean \"status\"?"),
        ("/status:actve", "there is no status \"actve\"; did you mean \"active\"?"),
        ("/@nobody", "no filter is saved as @nobody"),
        ("/seeds<enter>Wtwo words<enter>", "a name is made of letters from a to z, digits"),
    ] {
        let text = screen(keys, NARROW);
        assert!(last_line(&text).contains(says), "{keys}: {text}");
    }
}

#[test]
fn a_faulty_filter_is_listed_and_stops_nothing_else() {
    let workspace = TestWorkspace::with_demo();
    let settings = workspace.file("prospect.toml");
    let text =
        "[weights]\nheadroom = 3\n[filters]\nold = \"tag:a  status:actve\"\nnew = \"tag:a\"\n";
    std::fs::write(&settings, text).unwrap();
    let listed = workspace.press("!", (120, 40)).to_text();
    assert!(listed.contains("prospect.toml:4:15"), "{listed}");
    assert!(listed.contains("filters.old: there is no status \"actve\""), "{listed}");
    assert!(listed.contains("did you mean \"active\"?"), "{listed}");
    let recalled = workspace.press("f", NARROW).to_text();
    assert!(recalled.contains("@new") && !recalled.contains("@old"), "{recalled}");
}

#[test]
fn flags_that_only_a_review_knows_are_found() {
    for flag in ["sunk-cost", "promise-missed", "promise-due", "disputed", "incomplete"] {
        let text = screen(&format!("/flag:{flag}<enter>"), NARROW);
        assert!(!text.contains("nothing found"), "{flag}: {text}");
    }
}
