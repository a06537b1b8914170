//! Sessions of duels, and their effect on the Rank screen.

use insta::assert_snapshot;
use prospect::tui::Screen;

use crate::support::{NARROW, TestWorkspace, WIDE, last_line, screen};

/// What `duels.toml` of a workspace holds.
fn duels(workspace: &TestWorkspace) -> String {
    std::fs::read_to_string(workspace.file("duels.toml")).unwrap_or_default()
}

#[test]
fn two_cards() {
    assert_snapshot!("duel_narrow", screen("g3", NARROW));
    assert_snapshot!("duel_wide", screen("g3z", WIDE));
}

#[test]
fn an_answer_brings_the_next_pair_and_a_slip_is_corrected() {
    let workspace = TestWorkspace::with_demo();
    let before = duels(&workspace);
    let cards = |screen: &Screen| -> Vec<String> {
        screen.to_text().lines().skip(5).take(2).map(str::to_owned).collect()
    };
    let first = cards(&workspace.press("g3", NARROW));
    let answered = workspace.press("g3l", NARROW);
    assert_ne!(cards(&answered), first);
    assert!(last_line(&answered.to_text()).contains("undoes"), "{}", answered.to_text());
    // In other sessions, as after a restart.
    let again = workspace.press("g3", NARROW);
    assert_eq!(cards(&again), cards(&answered), "the session goes on where it stood");
    assert!(again.to_text().contains("26 answers"), "{}", again.to_text());
    let undone = workspace.press("g3u", NARROW);
    assert_eq!(cards(&undone), first);
    let added = duels(&workspace).split_off(before.len());
    assert_eq!((added.matches("[[duel]]").count(), added.matches("[[retract]]").count()), (1, 1));
}

#[test]
fn a_skipped_pair_rests_and_nothing_is_written() {
    let workspace = TestWorkspace::with_demo();
    let before = duels(&workspace);
    let first = workspace.press("g3", NARROW).to_text();
    assert_ne!(workspace.press("g3s", NARROW).to_text(), first);
    assert_eq!(duels(&workspace), before);
}

#[test]
fn past_answers_are_changed_and_struck() {
    let workspace = TestWorkspace::with_demo();
    std::fs::remove_file(workspace.file("duels.toml")).unwrap();
    let listed = workspace.press("g3lhtp", NARROW).to_text();
    assert!(listed.contains("as gladly as"), "{listed}");
    assert_eq!(listed.matches("  rather than  ").count(), 2, "{listed}");
    let changed = workspace.press("g3pGt", NARROW).to_text();
    assert_eq!(changed.matches("  as gladly as  ").count(), 2, "{changed}");
    assert!(changed.contains("answer changed: "), "{changed}");
    let struck = workspace.press("g3px", NARROW).to_text();
    assert_eq!(struck.matches("2026-11-20  ").count(), 2, "{struck}");
    let back = workspace.press("g3uu", NARROW).to_text();
    assert!(back.contains("3 answers"), "{back}");
}

#[test]
fn with_nothing_to_compare_the_screen_says_so() {
    let workspace = TestWorkspace::with("[[idea]]\ntitle = \"Alone\"\nstatus = \"shortlist\"\n");
    let shown = workspace.press("g3", NARROW).to_text();
    assert!(shown.contains("You need at least two ideas"), "{shown}");
    let refused = workspace.press("g3l", NARROW).to_text();
    assert!(last_line(&refused).contains("nothing to compare"), "{refused}");
    assert!(workspace.press("g3g1", NARROW).to_text().contains("Alone"));
}

#[test]
fn a_session_is_limited_to_a_filter_and_goes_on_the_next_day() {
    let workspace = TestWorkspace::with_demo();
    assert_snapshot!("limit_typed", workspace.press("g3/tag:sim<tab>", NARROW).to_text());
    let limited = workspace.press("g3ftag:simulation<enter>", NARROW).to_text();
    assert!(limited.contains("3 ideas · tag simulation"), "{limited}");
    // In other sessions, as after a restart.
    let next_day = workspace.press("g3l", NARROW).to_text();
    assert!(next_day.contains("3 ideas · tag simulation"), "{next_day}");
    let whole = workspace.press("g3f<c-u><enter>", NARROW).to_text();
    assert!(whole.contains("13 ideas · shortlist and active"), "{whole}");
    assert!(whole.contains("26 answers"), "{whole}");
    assert!(workspace.press("g3", NARROW).to_text().contains("13 ideas"), "that is kept too");
}

#[test]
fn a_filter_that_leaves_nothing_to_compare_is_refused() {
    let workspace = TestWorkspace::with_demo();
    let refused = workspace.press("g3fperson:nobody<enter>", NARROW).to_text();
    assert!(refused.contains("0 ideas · person nobody, and two are the least"), "{refused}");
    let given_up = workspace.press("g3fperson:nobody<enter><esc>", NARROW).to_text();
    assert!(given_up.contains("13 ideas · shortlist and active"), "{given_up}");
    let inbox = workspace.press("g3fstatus:inbox<enter>", NARROW).to_text();
    assert!(inbox.contains(" ideas · inbox"), "{inbox}");
}

#[test]
fn marked_ideas_are_compared_with_each_other() {
    let workspace = TestWorkspace::with_demo();
    let refused = workspace.press("v", NARROW).to_text();
    assert!(last_line(&refused).contains("mark some ideas first"), "{refused}");
    let marked = workspace.press("<space><space><space><space><space>v", NARROW).to_text();
    assert!(marked.contains("5 ideas · as marked"), "{marked}");
    assert!(workspace.press("g3", NARROW).to_text().contains("5 ideas · as marked"));
    let found = workspace.press("/tag:simulation<enter>v", NARROW).to_text();
    assert!(found.contains("3 ideas · tag simulation"), "{found}");
}

/// Wins for the idea that stands last, which moves the ranking.
const ANSWERS: &str = "lllhhhlll";

#[test]
fn what_a_session_has_moved_is_shown_at_its_end() {
    let workspace = TestWorkspace::with_demo();
    assert_snapshot!("moved_narrow", workspace.press(&format!("g3{ANSWERS}d"), NARROW).to_text());
    // A new session begins there, and nothing has moved in it.
    let again = workspace.press("g3d", NARROW).to_text();
    assert!(last_line(&again).contains("nothing has moved"), "{again}");
}

#[test]
fn leaving_the_screen_ends_the_session_too() {
    let session = format!("g3{ANSWERS}");
    for leave in ["<tab>", "g1", "q"] {
        let left = TestWorkspace::with_demo().press(&format!("{session}{leave}"), WIDE).to_text();
        assert!(left.contains("What has moved"), "{leave}: {left}");
    }
    let closed = TestWorkspace::with_demo().press(&format!("{session}g1<esc>"), NARROW).to_text();
    assert!(closed.contains("#  idea"), "{closed}");
    for quiet in ["g3g1", "g3lug1", "g3sg1"] {
        let left = TestWorkspace::with_demo().press(quiet, NARROW).to_text();
        assert!(!left.contains("What has moved"), "{quiet}: {left}");
    }
}

#[test]
fn the_pull_has_its_own_column_and_orders_on_request_only() {
    assert_snapshot!("pull_narrow", screen("w", NARROW));
    assert_snapshot!("pull_columns_wide", screen("zww", WIDE));
    let thrice = screen("www", NARROW);
    assert_eq!(thrice, screen("", NARROW), "back to the ranking");
    let chosen = screen("o2", NARROW);
    assert_eq!(chosen, screen("w", NARROW), "by its name in the list of orders, too");
}

#[test]
fn an_answer_moves_the_pull_and_no_score() {
    let workspace = TestWorkspace::with_demo();
    let rows = |keys: &str| -> Vec<String> {
        let shown = workspace.press(keys, (140, 40)).to_text();
        shown.lines().filter(|line| line.contains('±')).map(str::to_owned).collect()
    };
    let scores = |rows: &[String]| -> Vec<String> {
        rows.iter().map(|row| row.split('%').next().unwrap_or_default().to_owned()).collect()
    };
    let before = rows("z");
    let after = rows("g3lg1<esc>z");
    assert_eq!(before.len(), after.len());
    assert_ne!(before, after, "the pull has moved");
    assert_eq!(scores(&before), scores(&after));
}

#[test]
fn without_duels_there_is_no_pull_and_nothing_to_order_by() {
    let workspace = TestWorkspace::with("[[idea]]\ntitle = \"Alone\"\n");
    assert!(!workspace.press("z", NARROW).to_text().contains("pull"));
    let refused = workspace.press("w", NARROW).to_text();
    assert!(last_line(&refused).contains("there are no duels yet"), "{refused}");
}

#[test]
fn circles_and_surprises_are_a_curiosity() {
    let workspace = TestWorkspace::with_demo();
    let ideas = ["small-teacher", "leak-canaries", "learned-closure"];
    let entry = |id: usize, left: &str, right: &str| {
        format!(
            "[[duel]] # {id}\nid = \"{id}\"\nat = 2026-11-19T10:00:00Z\nby = \"me\"\n\
             left = \"{left}\"\nright = \"{right}\"\nwinner = \"left\"\n"
        )
    };
    let round = ideas.iter().zip(ideas.iter().cycle().skip(1)).enumerate();
    let log: String = round.map(|(id, (left, right))| entry(id, left, right)).collect();
    std::fs::write(workspace.file("duels.toml"), log).unwrap();
    assert_snapshot!("curious", workspace.press("g3c", NARROW).to_text());
    std::fs::remove_file(workspace.file("duels.toml")).unwrap();
    let nothing = workspace.press("g3c", NARROW).to_text();
    assert!(last_line(&nothing).contains("nothing curious"), "{nothing}");
}
