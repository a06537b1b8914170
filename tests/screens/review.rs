//! The Review screen: evidence, decisions, and what comes back.

use insta::assert_snapshot;
use prospect::config::Settings;
use prospect::domain::Date;
use prospect::tui::{self, Options};

use crate::support::{NARROW, TestWorkspace, WIDE, screen};

/// What a workspace shows on a day after some keys.
fn on(workspace: &TestWorkspace, day: Date, keys: &str) -> String {
    let options = Options { as_of: day, ..workspace.options() };
    tui::replay(options, keys, WIDE).unwrap().to_text()
}

/// The line of the list that holds a text, and all below it.
fn from<'s>(screen: &'s str, text: &str) -> &'s str {
    &screen[screen.find(text).unwrap_or(screen.len())..]
}

#[test]
fn where_the_time_went() {
    assert_snapshot!("where_the_time_went", screen("g4G", WIDE));
    assert_snapshot!("where_the_time_went_narrow", screen("g4G", NARROW));
}

/// The line of a screen that holds a text.
fn line<'s>(screen: &'s str, text: &str) -> &'s str {
    screen.lines().find(|line| line.contains(text)).unwrap_or_default()
}

#[test]
fn what_was_done_this_week_is_ticked_and_the_cursor_goes_on() {
    let workspace = TestWorkspace::with_demo();
    let before = workspace.press("g4gg", NARROW).to_text();
    assert_snapshot!("week", before);
    assert!(line(&before, "Learn the small").contains("last: 8 days ago"), "{before}");
    assert!(line(&before, "This week").contains("3 of 12 done"), "{before}");
    // Enter on what was not logged this week logs, and the next row that waits follows.
    let logged = workspace.press("g4ggjjj<enter>3h<space>6<enter>", NARROW).to_text();
    assert!(line(&logged, "✓ Learn the small").contains("3 h, level 6"), "{logged}");
    assert!(line(&logged, "▸ ").contains("the third model is caught"), "{logged}");
    assert!(line(&logged, "This week").contains("4 of 12 done"), "{logged}");
    let decided = workspace.press("g4nc<c-u>one more month<c-s>", NARROW).to_text();
    assert!(line(&decided, "✓ An index").contains("continued"), "{decided}");
    assert!(line(&decided, "▸ ").contains("Prune the attention cache"), "{decided}");
    let judged = workspace.press("g4ggG<c-u><c-u><c-u>Jy<esc>", NARROW).to_text();
    assert!(line(&judged, "This week").contains("6 of 12 done"), "{judged}");
    let undone = workspace.press("g4uuu", NARROW).to_text();
    assert!(line(&undone, "This week").contains("3 of 12 done"), "{undone}");
}

#[test]
fn many_ideas_without_an_entry_are_one_line_until_they_are_asked_for() {
    let idea = |n: u8| {
        format!(
            "[[idea]]\ntitle = \"Idea {n}\"\nstatus = \"active\"\n[[idea.decision]]\ndate = 2026-11-10\nfrom = \"inbox\"\nto = \"active\"\n\n"
        )
    };
    let workspace = TestWorkspace::with(&(1..=7).map(idea).collect::<String>());
    let shown = workspace.press("g4", NARROW).to_text();
    assert!(shown.contains("7 to log") && !shown.contains("Idea 7"), "{shown}");
    let listed = workspace.press("g4gg<enter>", NARROW).to_text();
    assert!(listed.contains("Idea 6") && listed.contains("no entry yet"), "{listed}");
}

#[test]
fn evidence_in_plain_ascii() {
    let workspace = TestWorkspace::with_demo();
    let settings = Settings { ascii: true, ..Settings::default() };
    let options = Options { settings, ..workspace.options() };
    let screen = tui::replay(options, "g4n<enter>", NARROW).unwrap().to_text();
    assert!(screen.is_ascii(), "{screen}");
    assert_snapshot!("evidence_ascii", screen);
}

#[test]
fn what_is_given_up_comes_back_with_its_cause() {
    let workspace = TestWorkspace::with_demo();
    workspace.press(
        "g4jndno traction and none in sight<enter><enter>measure earlier<enter><enter>",
        NARROW,
    );
    let title = "Prune the attention";
    let quarter = Date::constant(2027, 2, 18);
    let looks = |day| {
        let screen = on(&workspace, day, "g4");
        from(&screen, "── second looks").contains(title)
    };
    assert!(!looks(Date::constant(2027, 2, 17)), "not before 90 days have passed");
    assert!(looks(quarter));
    let look = on(&workspace, quarter, "g4/prune the attention<enter>");
    for said in ["no traction and none in sight", "measure earlier"] {
        assert!(look.contains(said), "{said}\n{look}");
    }
    on(&workspace, quarter, "g4/prune the attention<enter>o1<enter>two labs ship it<enter>");
    assert!(!looks(quarter), "one look is enough for now");
    let text = workspace.text();
    assert!(text.contains("outcome = \"mattered\"") && text.contains("two labs ship it"));
}

#[test]
fn a_missed_promise_stays_until_something_is_decided() {
    let first = |keys: &str| {
        let screen = screen(keys, NARROW);
        screen
            .lines()
            .skip_while(|line| !line.contains("── to decide"))
            .nth(1)
            .unwrap_or_default()
            .to_owned()
    };
    let missed =
        |line: &str| line.contains("An index of what did not work") && line.contains("missed");
    for ignored in [
        "",
        "n",
        "y",
        "nL2h 6 better<enter>",
        "nP6w 60% t6<enter>",
        "n:from memory<enter>9h 5<enter>",
    ] {
        let line = first(&format!("g4{ignored}"));
        assert!(missed(&line), "{ignored}: {line}");
    }
    for decided in ["nctry<enter>6w 70% t7<enter>", "np2w<enter>needs memory<enter>", "nd1<c-s>"] {
        let line = first(&format!("g4{decided}"));
        assert!(!missed(&line), "{decided}: {line}");
    }
}

#[test]
fn what_was_said_last_time_stands_beside_the_answer_of_today() {
    let shown = screen("g4jn<enter>", NARROW);
    assert_snapshot!("said_last_time", shown);
    for said in [
        "You would not start it today. On 6 Nov you said the same and went on,",
        "level 7 by 15 Dec, moved twice. You gave it 60 %, the log gives",
        "It still stands, and this question stays until you decide.",
    ] {
        let line = shown.replace("\n           ", " ").replace("\n ", " ");
        assert!(line.contains(said), "{said}\n{shown}");
    }
}

#[test]
fn a_promise_that_is_moved_again_says_so() {
    let workspace = TestWorkspace::with_demo();
    let moved =
        workspace.press("g4nP6w 60% t6<enter>P<c-u>9w 60% t6<enter><enter>", WIDE).to_text();
    assert!(moved.contains("level 6 by 22 Jan 2027, moved once. You gave it 60 %"), "{moved}");
    let again = workspace.press("g4nP<c-u>12w 60% t6<enter><enter>", WIDE).to_text();
    assert!(again.contains("level 6 by 12 Feb 2027, moved twice. You gave it 60 %"), "{again}");
}

#[test]
fn what_is_recalled_is_told_apart() {
    let screen = screen(
        "g4jjjjy:from memory<enter>60h 2 3 4 4 5<enter>/low precision<enter>L9h 6<enter>",
        WIDE,
    );
    assert!(screen.contains('○') && screen.contains('●'), "{screen}");
    assert_snapshot!("recalled", screen);
}

#[test]
fn the_prompt_says_what_became_of_promises_like_it() {
    let text = "[[idea]]\ntitle = \"Rising\"\nstatus = \"active\"\n".to_owned();
    let made = (0..11).map(|i| {
        let result = if i < 5 { "kept" } else { "missed" };
        format!(
            "[[idea.promise]]\nset = 2025-01-01\nby = 2025-02-01\nclaim = \"{i}\"\nchance = 0.7\n\
             result = \"{result}\"\nresolved = 2025-02-01\n"
        )
    });
    let text = made.fold(text, |text, promise| text + &promise);
    let log = (1..9).map(|week| {
        let day = week * 3;
        format!("[[idea.log]]\ndate = 2026-10-{day:02}\nhours = 8\ntraction = {}\n", week / 2)
    });
    let workspace = TestWorkspace::with(&log.fold(text, |text, entry| text + &entry));
    let prompt = workspace.press("g4/rising<enter>P6w 70% t5", NARROW).to_text();
    let said = &prompt;
    assert!(said.contains("of your 70 % promises, 45 % were kept (5 of 11)"), "{said}");
    assert!(said.contains("the log gives "), "{said}");
    let few = screen("g4nP6w 70% t5", NARROW);
    assert!(few.contains("too few to judge"), "{few}");
}

#[test]
fn what_cannot_be_is_said_while_it_is_typed() {
    let promised = screen("/canaries<enter>P2026-01-01 60% x", NARROW);
    assert!(promised.contains("2026-01-01 is in the past"), "{promised}");
    let foretold = screen("/canaries<enter>FA beats B 70% 2026-11-19", NARROW);
    assert!(foretold.contains("2026-11-19 is in the past"), "{foretold}");
    // The first letter replaces the promise that stands; what is not given anew stays.
    let moved = screen("/canaries<enter>P8 weeks", NARROW);
    assert!(moved.contains("names the leaked set") && moved.contains("15 Jan 2027"), "{moved}");
}

#[test]
fn every_cause_of_a_drop_is_in_sight() {
    let asked = screen("g4nd", NARROW).replace('│', "");
    let asked = asked.split_whitespace().collect::<Vec<_>>().join(" ");
    for cause in ["1 no traction", "2 others have it", "5 it no longer matters"] {
        assert!(asked.contains(cause), "{cause}: {asked}");
    }
}

#[test]
fn what_is_decided_is_counted_once() {
    for (keys, done) in [("g4", "3 of 12 done"), ("g4jnc<enter>", "4 of 12 done")] {
        let shown = screen(keys, NARROW);
        assert!(shown.contains(done), "{keys}: {shown}");
    }
}
