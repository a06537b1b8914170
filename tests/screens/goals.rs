//! Goals, the questions of the quarter, and the estimates that are looked at again.

use insta::assert_snapshot;
use prospect::tui::{self, Options};

use crate::support::{NARROW, TestWorkspace, last_line, screen};

fn settings(workspace: &TestWorkspace) -> String {
    std::fs::read_to_string(workspace.folder().join("prospect.toml")).unwrap()
}

/// What a workspace shows some days later after some keys.
fn later(workspace: &TestWorkspace, days: i64, keys: &str) -> String {
    let as_of = workspace.options().as_of.saturating_add(jiff::Span::new().days(days));
    let options = Options { as_of, ..workspace.options() };
    tui::replay(options, keys, NARROW).unwrap().to_text()
}

#[test]
fn a_goal_is_written_changed_and_removed_from_its_row() {
    assert_snapshot!("goal_row", screen("g4G6k", NARROW));
    let workspace = TestWorkspace::with_demo();
    let before = settings(&workspace);
    assert_snapshot!("goal_box", workspace.press("g4G6k<enter>", NARROW).to_text());
    // What stands in a line is there to be changed.
    workspace.press("g4G6k<enter><enter><enter><c-u>8<enter><enter><enter><enter>", NARROW);
    assert_eq!(settings(&workspace), before.replace("hours_per_week = 12", "hours_per_week = 8"));
    let said = workspace.press("g4G6k<enter><enter><enter>lots<enter>", NARROW).to_text();
    assert!(last_line(&said).contains("hours a week: a number up to 168"), "{said}");
    workspace.press("u", NARROW);
    assert_eq!(settings(&workspace), before);
    workspace.press("g4G6k<enter><c-u><enter><enter><enter><enter><enter><enter>", NARROW);
    assert!(!settings(&workspace).contains("[[goal]]"), "{}", settings(&workspace));
    let keys = "g4G5k<enter>Teach<enter>31 Dec<enter>2<enter>talk<enter>tooling<enter><enter>";
    let shown = workspace.press(keys, NARROW).to_text();
    assert!(shown.contains("Teach"), "{shown}");
    let written = "[[goal]]\ntext = \"Teach\"\nby = 2026-12-31\nsince = 2026-11-20\n\
                   hours_per_week = 2\noutputs = [\"talk\"]\ntags = [\"tooling\"]\n";
    assert!(settings(&workspace).ends_with(written), "{}", settings(&workspace));
}

#[test]
fn the_questions_of_a_quarter_come_back_after_a_week() {
    let asks = |screen: &str| screen.contains("Three questions about the quarter");
    let workspace = TestWorkspace::with_demo();
    let before = settings(&workspace);
    assert_snapshot!("quarter_box", workspace.press("g4Gk<enter>", NARROW).to_text());
    assert!(!asks(&workspace.press("g4Gk<enter><esc>", NARROW).to_text()));
    assert!(!asks(&later(&workspace, 6, "g4G")));
    assert!(asks(&later(&workspace, 7, "g4G")));
    // Left empty, it is put off as well, and nothing is written.
    assert!(!asks(&later(&workspace, 7, "g4Gk<enter><enter><enter><enter>")));
    assert_eq!(settings(&workspace), before);
    let answer = "g4Gk<enter>praise<enter>Ines, for asking first<enter><enter>";
    assert!(!asks(&later(&workspace, 14, answer)));
    let written = "\n[[quarter]]\ndate = 2026-12-04\nover_optimised = \"praise\"\n\
                   admire = \"Ines, for asking first\"\n";
    assert_eq!(settings(&workspace), before + written);
    assert!(!asks(&later(&workspace, 41, "g4G")), "answered for this quarter");
    let next = later(&workspace, 42, "g4G<enter>");
    assert!(next.contains("January to March") && next.contains("Last time (4 Dec)"), "{next}");
}

#[test]
fn after_a_promise_is_judged_its_estimates_are_looked_at_again() {
    let workspace = TestWorkspace::with(
        "[[idea]]\nid = \"a\"\ntitle = \"A\"\nstatus = \"active\"\n[idea.ratings]\nheadroom = 9\n\
         [idea.bet]\nkind = \"next-hot\"\nchance = 0.2\n[[idea.promise]]\nset = 2026-11-01\n\
         by = 2026-11-20\nclaim = \"it works\"\nchance = 0.6\n[[idea.decision]]\n\
         date = 2026-10-01\nfrom = \"inbox\"\nto = \"active\"\n",
    );
    let before = workspace.text();
    assert_snapshot!("think_again", workspace.press("Jy", NARROW).to_text());
    assert!(workspace.text().contains("result = \"kept\""));
    workspace.press("uu", NARROW);
    assert_eq!(workspace.text(), before);
    let said = workspace.press("Jy35<enter><enter>", NARROW).to_text();
    let now = workspace.text();
    assert!(now.contains("chance = 0.35") && now.contains("rechecked = 2026-11-20"), "{said}{now}");
    assert!(!workspace.press("J", NARROW).to_text().contains("what do you think now"));
}

#[test]
fn after_forty_hours_of_work_the_estimates_are_looked_at_again() {
    let workspace = TestWorkspace::with(
        "[[idea]]\nid = \"a\"\ntitle = \"A\"\nstatus = \"active\"\n[idea.ratings]\nheadroom = 9\n\
         [idea.bet]\nkind = \"hot\"\nedge = 6\n[[idea.log]]\ndate = 2026-09-20\nhours = 70\n\
         [[idea.log]]\ndate = 2026-11-02\nhours = 36\n[[idea.decision]]\ndate = 2026-10-01\n\
         from = \"inbox\"\nto = \"active\"\n",
    );
    let before = workspace.text();
    let asks = |screen: &str| screen.contains("what do you think now?");
    let early = workspace.press("L3h 5<enter>", NARROW).to_text();
    assert!(!asks(&early), "39 h since it was started: {early}");
    workspace.press("u", NARROW);
    assert_eq!(workspace.text(), before);
    assert_snapshot!(
        "think_again_after_hours",
        workspace.press("L4h30 5<enter>", NARROW).to_text()
    );
    // One that is put off comes back with the next entry; one that is kept rests.
    workspace.press("L1h<enter><enter><enter>", NARROW);
    let now = workspace.text();
    assert!(now.contains("edge = 6\n") && now.contains("headroom = 9\n"), "{now}");
    assert!(now.contains("rechecked = 2026-11-20"), "{now}");
    assert!(!asks(&workspace.press("L5h<enter>", NARROW).to_text()));
    workspace.press("uuuu", NARROW);
    assert_eq!(workspace.text(), before);
}
