//! Sessions of duels, and their effect on the Rank screen.

use insta::assert_snapshot;
use prospect::command::parse_keys;
use prospect::tui::{HeadlessApp, Screen};

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
    assert!(again.to_text().contains("60 answers"), "{}", again.to_text());
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
    assert!(listed.contains(" = "), "{listed}");
    assert_eq!(listed.matches(" over ").count(), 2, "{listed}");
    let changed = workspace.press("g3pGt", NARROW).to_text();
    assert_eq!(changed.matches(" over ").count(), 1, "{changed}");
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
    assert!(whole.contains("13 ideas"), "{whole}");
    assert!(whole.contains("60 answers"), "{whole}");
    assert!(workspace.press("g3", NARROW).to_text().contains("13 ideas"), "that is kept too");
}

#[test]
fn a_filter_that_leaves_nothing_to_compare_is_refused() {
    let workspace = TestWorkspace::with_demo();
    let refused = workspace.press("g3fperson:nobody<enter>", NARROW).to_text();
    assert!(refused.contains("0 ideas · person nobody, and two are the least"), "{refused}");
    let given_up = workspace.press("g3fperson:nobody<enter><esc>", NARROW).to_text();
    assert!(given_up.contains("13 ideas"), "{given_up}");
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
fn a_finished_session_names_the_first_few_and_takes_no_answers() {
    let finished = |keys: &str| {
        TestWorkspace::with_demo().press(&format!("g3{ANSWERS}{keys}"), NARROW).to_text()
    };
    assert_snapshot!("finished_narrow", finished("d"));
    // Esc shows what came of the answers too; leaving just leaves.
    assert_eq!(finished("<esc>"), finished("d"));
    assert!(finished("g1").contains("to do"), "{}", finished("g1"));
    let workspace = TestWorkspace::with_demo();
    workspace.press("g3d", NARROW);
    let before = duels(&workspace);
    for key in ["h", "l", "t", "s", "z", "d", "<left>", "<right>"] {
        let shown = workspace.press(&format!("g3d{key}"), NARROW).to_text();
        assert!(shown.contains("no question is open: n asks on"), "{key}: {shown}");
    }
    assert_eq!(duels(&workspace), before);
    let asks = workspace.press("g3dn", NARROW).to_text();
    assert!(asks.contains("Which would you rather work on?"), "{asks}");
}

#[test]
fn the_result_leads_on_to_rank_an_idea_and_the_answers() {
    let workspace = TestWorkspace::with_demo();
    let ranked = workspace.press("g3dw", NARROW).to_text();
    assert!(ranked.contains("Rank is in the order of your duels"), "{ranked}");
    let opened = workspace.press("g3dj<enter>", NARROW).to_text();
    assert!(opened.contains("[g1 Rank]"), "{opened}");
    assert!(opened.contains("▸") && opened.contains("Explain one small model"), "{opened}");
    let answers = workspace.press("g3dp", NARROW).to_text();
    assert!(answers.contains("Your answers: 59"), "{answers}");
    assert!(workspace.press("g3dp<esc>", NARROW).to_text().contains("Finished for now"));
    let started = workspace.press("g3dS<enter>", NARROW).to_text();
    assert!(workspace.text().contains("to = \"active\""), "{started}");
}

/// Answers of a consistent judge of eight ideas, at most.
const MOST: usize = 18;

/// Eight shortlisted ideas, `Idea 1` to `Idea 8`.
fn eight() -> TestWorkspace {
    let idea = |n: u8| format!("[[idea]]\ntitle = \"Idea {n}\"\nstatus = \"shortlist\"\n\n");
    TestWorkspace::with(&(1..=8).map(idea).collect::<String>())
}

/// Answers until there is a result: which key, given the numbers of the two
/// cards. Says how many answers it took, and what is shown then.
fn judge(workspace: &TestWorkspace, answer: impl Fn(u32, u32) -> &'static str) -> (usize, String) {
    let mut app = HeadlessApp::open(workspace.options(), NARROW).unwrap();
    let mut press = |keys: &str| {
        for key in parse_keys(keys).unwrap() {
            app.run_until_idle();
            app.press(key);
        }
        app.run_until_idle();
        app.screen().to_text()
    };
    let mut shown = press("g3");
    for answers in 0..60 {
        let cards = shown.lines().nth(4).unwrap_or_default();
        let numbers: Vec<u32> = cards
            .split("Idea ")
            .skip(1)
            .filter_map(|rest| rest.split_whitespace().next()?.parse().ok())
            .collect();
        let (true, [left, right]) = (shown.contains("h ── left"), numbers.as_slice()) else {
            return (answers, shown);
        };
        shown = press(answer(*left, *right));
    }
    panic!("no end: {shown}");
}

#[test]
fn a_consistent_judge_of_eight_ideas_is_done_in_at_most_18_answers() {
    let workspace = eight();
    let (answers, shown) = judge(&workspace, |left, right| if left < right { "h" } else { "l" });
    assert!(answers <= MOST, "{answers}: {shown}");
    assert!(shown.contains(&format!("after {answers} answers: ")), "{shown}");
    for (place, title) in [("1  Idea", "Idea 1"), ("2  Idea", "Idea 2"), ("3  Idea", "Idea 3")] {
        assert!(shown.contains(place) && shown.contains(title), "{shown}");
    }
    assert_snapshot!("settled_narrow", shown);
    // So it is still when the screen is opened again, and can be asked on.
    assert!(workspace.press("g3", NARROW).to_text().contains(" answers: "));
    assert!(workspace.press("g3n", NARROW).to_text().contains("h ── left"));
    // An undone answer opens the question again.
    assert!(workspace.press("g3u", NARROW).to_text().contains("h ── left"));
}

/// The judge goes by a hidden order of the numbers, the best first.
fn judge_by(workspace: &TestWorkspace, order: [u32; 8]) -> (usize, String) {
    let place = |number| order.iter().position(|it| *it == number);
    judge(workspace, |left, right| if place(left) < place(right) { "h" } else { "l" })
}

#[test]
fn a_consistent_judge_is_done_whatever_the_order() {
    let orders = [
        [1, 2, 3, 4, 5, 6, 7, 8],
        [8, 7, 6, 5, 4, 3, 2, 1],
        [4, 8, 1, 6, 3, 7, 2, 5],
        [5, 2, 7, 3, 6, 1, 8, 4],
    ];
    for order in orders {
        let (answers, shown) = judge_by(&eight(), order);
        assert!(answers <= MOST, "{answers} answers, {order:?}: {shown}");
        for number in &order[..3] {
            let is_named = (1..=3).any(|at| shown.contains(&format!("{at}  Idea {number}")));
            assert!(is_named, "{number}, {order:?}: {shown}");
        }
    }
}

#[test]
fn when_all_are_equal_any_of_them_is_a_good_choice() {
    let (answers, shown) = judge(&eight(), |_, _| "t");
    assert!(answers <= 28, "{answers}");
    assert!(shown.contains("any of these is a good choice"), "{shown}");
}

#[test]
fn when_every_pair_is_answered_an_answer_can_be_given_again() {
    let workspace = TestWorkspace::with(
        &["One", "Two", "Three", "Four"]
            .map(|title| format!("[[idea]]\ntitle = \"{title}\"\nstatus = \"shortlist\"\n\n"))
            .concat(),
    );
    // Whatever it says on the way, it is asked on until nothing is left.
    let done = workspace.press("g3hnlnhnlnhnl", NARROW).to_text();
    assert!(done.contains("ask the most surprising answer again"), "{done}");
    let again = workspace.press("g3n", NARROW).to_text();
    assert!(again.contains("You have answered this before"), "{again}");
    let answered = workspace.press("g3nt", NARROW).to_text();
    assert!(!answered.contains("h ── left"), "{answered}");
}

#[test]
fn a_click_selects_a_card_and_a_second_one_chooses_it() {
    let workspace = TestWorkspace::with_demo();
    let mut app = HeadlessApp::open(workspace.options(), NARROW).unwrap();
    for key in parse_keys("g3").unwrap() {
        app.run_until_idle();
        app.press(key);
    }
    app.run_until_idle();
    app.click(60, 8);
    assert!(app.screen().to_text().contains("click again: this one"));
    assert!(app.screen().to_text().contains("59 answers"));
    app.click(60, 8);
    app.run_until_idle();
    assert!(app.screen().to_text().contains("60 answers"));
    // A key of the last line is run by a click on it.
    let column = app.screen().to_text().lines().last().unwrap().find("u undo").is_some();
    assert!(!column, "the demo has no room for it here");
    let finish = app.screen().to_text().lines().last().unwrap().find("d finish").unwrap();
    app.click(u16::try_from(finish).unwrap(), 23);
    app.run_until_idle();
    assert!(app.screen().to_text().contains("Finished for now"), "{}", app.screen().to_text());
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
